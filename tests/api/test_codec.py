"""What is written down can be read back, and there is one way to write it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api import codec
from api.store import canonical
from dsl.actions import Attempt, Fill, Make
from dsl.calendars import Period, Unit
from dsl.engine import advance
from dsl.events import Acted, Opened, Refused
from dsl.given import Given
from dsl.money import Quantity
from dsl.reasons import Reason, Truth, Wait
from dsl.state import State
from dsl.terms import Content, EntryName, NameValue, Plan, PlanLine, SectionValue
from tests.api.escrow import TEN
from tests.dsl.deals import opened

CONTENTS: tuple[Content, ...] = (
    True,
    False,
    0,
    -7,
    "",
    'he said "no"',
    Quantity(1_200_000_000, "USD"),
    Quantity(3, "Shares"),
    date(2005, 9, 1),
    datetime(2005, 9, 1, 14, 0, 0, 123456, tzinfo=UTC),
    Period(5, Unit.BUSINESS_DAY),
    NameValue("On Deposit"),
    SectionValue("3.1(a)(iv)"),
    EntryName("C-1"),
    Plan((PlanLine("ATG", Quantity(5, "USD")),), "Omaha"),
    Plan(()),
)


@pytest.mark.parametrize("content", CONTENTS, ids=str)
def test_every_content_comes_back_as_it_was(content: Content) -> None:
    opened = Opened(TEN, (), (("It", content),))

    again = codec.read(codec.write(opened, Opened), Opened)

    assert again == opened
    assert type(again.blanks[0][1]) is type(content)


def test_an_attempt_comes_back_as_it_was() -> None:
    make = Make("Claim", "C-1", (("Amount", Quantity(5, "USD")),), to=("Purchaser",))
    acted = Acted(TEN, Attempt("Escrow Agent", make), "4.1(c)", "4.1(c)/1.1", "C-1", "trimmed")

    assert codec.read_attempted(codec.write(acted, codec.Attempted)) == acted


def test_the_names_on_record_come_back_as_they_were_and_older_entries_have_none() -> None:
    names = (Given("Round", 'Round under 1/1.1 "B"', 1, TEN), Given("Round 2", 'Round under 1/1.1 "C"', 1, TEN))
    acted = Acted(TEN, Attempt("Seller", Make("Bill", "A")), "1", names=names)

    assert codec.read_attempted(codec.write(acted, codec.Attempted)) == acted
    assert '"names"' not in codec.write(Acted(TEN, acted.attempt, "1"), codec.Attempted)


def test_reasons_of_any_depth_come_back_as_they_were() -> None:
    leaf = Reason(Truth.OPEN, "leaf", "3.1", "note", (Wait("time", "then", ("ATG",), TEN, "2"),))
    tree = Reason(Truth.FALSE, "top", children=(Reason(Truth.PENDING, "middle", children=(leaf, leaf)),))
    refused = Refused(TEN, Attempt("ATG", Fill("It", 1)), "3.1", "no", (tree, leaf))

    assert codec.read_attempted(codec.write(refused, codec.Attempted)) == refused


def test_the_order_of_what_came_about_is_kept() -> None:
    state = State("digest", "1", TEN, TEN, latches={"z": TEN, "a": TEN, "m": TEN})

    again = codec.read(codec.write(state, State), State)

    assert again == state
    assert list(again.latches) == ["z", "a", "m"]


def test_the_worlds_of_a_deal_come_back_with_it_and_go_on_as_before() -> None:
    deal = opened(
        '\nClause 2 "Go":\n  "Doubt" means an ambiguity "Does a go accept?" with readings Accepts and Rejects,\n'
        '    settled by the Buyer.\n  "Go" means a claim, made by the Buyer.\n'
        "  When a Go has been made and the Doubt is read as Accepts,\n"
        "    then the Seller must pay USD 7.00 to the Buyer by 2 September 2005.\n"
    )
    deal.does("10:00 on 1 September 2005", "Buyer: make the Go.")

    again = codec.read(codec.write(deal.state, State), State)

    assert again == deal.state
    assert [world.readings for world in again.worlds] == [(("Doubt", "Accepts"),), (("Doubt", "Rejects"),)]
    later = TEN + timedelta(days=3)
    assert advance(deal.agreement, again, later) == advance(deal.agreement, deal.state, later)


def test_a_text_has_one_form() -> None:
    text = codec.write(Opened(TEN), Opened)

    assert text == canonical({"at": 1125583200000000})


@pytest.mark.parametrize("text", ["{}", "[]", '{"at":"noon"}', '{"at":1,"blanks":[["It",{"coin":1}]]}'])
def test_a_foreign_text_is_told_apart(text: str) -> None:
    with pytest.raises(codec.Undecodable):
        codec.read(text, Opened)
