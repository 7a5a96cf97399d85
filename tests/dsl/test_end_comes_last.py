"""What falls due at the instant at which the agreement ends still happens, whatever the order of the text."""

from itertools import permutations as all_orders

import pytest

from tests.dsl.deals import Deal, opened

BOTH = """When 10 September 2005 has passed,
    then USD {}.00 passes from the Fund to the Agent, and this agreement terminates."""
END = "When 10 September 2005 has passed, then this agreement terminates."
PASS = "When 10 September 2005 has passed, then USD 5.00 passes from the Fund to the Seller."
CHAIN = """When the balance of the Fund is at most USD 2.00, then a Note occurs.
  "Note" means an event.
  When a Note has been made, then USD 1.00 passes from the Fund to the Agent."""


def orders(*sentences: str) -> list[tuple[str, ...]]:
    return list(all_orders(sentences))


def clauses(*sentences: str) -> str:
    return "".join(f'Clause {number} "C":\n  {each}\n' for number, each in enumerate(sentences, 2))


def held(*sentences: str) -> Deal:
    deal = opened(clauses(*sentences))
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 7.00 into the Fund.")
    return deal


@pytest.mark.parametrize("order", orders(END, PASS, CHAIN))
def test_money_that_passes_at_the_end_passes_with_all_that_follows_from_it(order: tuple[str, ...]) -> None:
    """Five of seven pass, which makes a Note, on which one more passes; then it ends."""
    deal = held(*order)

    deal.passes("10:00 on 11 September 2005")

    assert deal.holds() == "USD 1.00"
    assert deal.state.terminated is not None
    assert [change.text for change in deal.state.changes if "terminates" in change.text] == ["the agreement terminates"]


@pytest.mark.parametrize(
    "order",
    orders(
        "When the balance of the Fund is at least USD 5.00, then this agreement terminates.",
        "When the balance of the Fund is at least USD 5.00, then USD 5.00 passes from the Fund to the Seller.",
    ),
)
def test_an_end_whose_condition_has_held_for_a_moment_does_not_come(order: tuple[str, ...]) -> None:
    """Once what passes at that instant has passed, two of seven are left: less than the end waits for. The
    other sentence, with `when`, happens once only, so nine more leave eleven, and then it ends."""
    deal = held(*order)

    assert (deal.holds(), deal.state.terminated) == ("USD 2.00", None)

    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 9.00 into the Fund.")

    assert (deal.holds(), deal.state.terminated) == ("USD 11.00", deal.now)


MAYBE = """"Scope" means an ambiguity "How far?" with readings Wide and Narrow, settled by the Buyer.
  While the balance of the Fund is at least USD 5.00 and the Scope is read as Wide, then this agreement terminates."""


def test_an_end_that_may_have_held_for_a_moment_does_not_come_under_any_reading() -> None:
    """The duty is there from the opening, and nothing ends however wide the Scope is; on the 4th it is late."""
    deal = opened("""
Clause 2 "End" subject to section 3 by condition while the Scope is read as Wide:
  "Scope" means an ambiguity "How far?" with readings Wide and Narrow, settled by the Buyer.
  While section 3 is dormant, then this agreement terminates.
Clause 3 "Duty":
  The Seller must pay USD 10.00 to the Buyer by 3 September 2005.
""")
    assert deal.asks("this agreement has terminated.") == "false"

    deal.passes("10:00 on 4 September 2005")

    assert deal.asks("section 3 is overdue.") == "true"


def test_an_end_that_may_have_come_between_two_acts_of_one_instant_may_have_come() -> None:
    """Where the Scope is wide, the seven have ended all before the Agent can pay six of them."""
    deal = held(MAYBE, "The Agent may pay any amount to the Seller from the Fund.")

    assert deal.asks("this agreement has terminated.") == "open"
    assert "the reading of Scope" in deal.fails("", "Agent: pay USD 6.00 to the Seller from the Fund.")


CALLS = """"Call" means an event, every 1 month from 10 September 2005 to 10 October 2005.
  "Debt" means an event, about a Call.
  For each Call, when such Call has been made, then a Debt occurs about such Call."""
PAYING = """For each Debt, the Buyer must pay USD 10.00 to the Seller within 5 calendar days.
  "Unmet" of a Debt means USD 10.00 less the amount paid under section {} for such Debt."""
SETTLED = """When the number of Calls is equal to 2
    and the sum of Unmet of every Debt is equal to USD 0.00, then this agreement terminates."""


@pytest.mark.parametrize("order", orders(CALLS, PAYING, SETTLED))
def test_nothing_is_settled_while_the_last_debt_has_only_just_arisen(order: tuple[str, ...]) -> None:
    """The second Call comes at midnight and with it a debt of ten: the end waits until that is paid."""
    deal = opened(clauses(*order).replace("{}", str(order.index(PAYING) + 2)))
    deal.does("10:00 on 11 September 2005", "Buyer: pay USD 10.00 to the Seller.")

    deal.passes("10:00 on 11 October 2005")

    assert deal.asks("the sum of Unmet of every Debt is equal to USD 10.00.") == "true"
    assert deal.state.terminated is None

    deal.does("10:00 on 12 October 2005", "Buyer: pay USD 10.00 to the Seller.")

    assert deal.state.terminated == deal.now


@pytest.mark.parametrize(
    "order",
    orders(
        BOTH.format(3),
        PASS,
        END,
    ),
)
def test_of_two_ends_at_one_instant_each_brings_what_its_sentence_says_if_it_can(order: tuple[str, ...]) -> None:
    """Five of the ten go to the Seller and three to the Agent, whichever end is named first."""
    deal = held(*order)
    deal.does("", "Buyer: deposit USD 3.00 into the Fund.")

    deal.passes("10:00 on 11 September 2005")

    assert (deal.got("Seller"), deal.got("Agent"), deal.holds()) == ("USD 5.00", "USD 3.00", "USD 2.00")


@pytest.mark.parametrize(
    "order",
    orders(
        "The Buyer must pay USD 1.00 to the Seller by 10 September 2005, failing which this agreement terminates.",
        PASS,
        """The Seller must pay USD 1.00 to the Agent by 10 September 2005, failing which a Default occurs.
  "Default" means an event.""",
    ),
)
def test_who_is_late_with_the_instant_of_the_end_is_late(order: tuple[str, ...]) -> None:
    deal = held(*order)

    deal.passes("10:00 on 11 September 2005")

    assert deal.asks("the number of Defaults is equal to 1.") == "true"
    assert (deal.got("Seller"), deal.state.terminated is not None) == ("USD 5.00", True)


def test_what_waits_for_the_end_comes_after_it() -> None:
    deal = held(
        "When this agreement has terminated, then USD 2.00 passes from the Fund to the Buyer.",
        END,
        PASS,
        "Section 2 survives.",
    )

    deal.passes("10:00 on 11 September 2005")

    assert (deal.got("Seller"), deal.holds()) == ("USD 5.00", "USD 0.00")


def test_an_end_that_cannot_pass_its_money_any_more_does_not_come() -> None:
    """The five that go to the Seller leave too little for the end, whose sentence is done whole or not at all."""
    deal = held(BOTH.format(6), PASS)

    deal.passes("10:00 on 11 September 2005")

    assert (deal.got("Seller"), deal.holds(), deal.state.terminated) == ("USD 5.00", "USD 2.00", None)
