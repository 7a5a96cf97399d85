"""Sentences that bind in, provisions out: rows and triggers, windows, and what is to be done."""

import pytest

from dsl import terms
from dsl.calendars import Period, Unit
from dsl.terms import Balance, BlankValue, Duty, Enter, Literal, Move, Power
from tests.dsl.sale import deal, only

# ---------------------------------------------------------------- provisions


def test_each_statement_is_a_provision_under_the_row_and_trigger_of_its_sentence() -> None:
    first, second, third = deal(
        "For each Claim, when such Claim is Settled, then the Seller may give an Objection about such Claim,"
        " and the Buyer must sign the Receipt. While Late applies, then the Buyer must not withdraw a Claim."
    ).provisions

    assert [each.key.partition(".")[2] for each in (first, second, third)] == ["1", "2", "1"]
    assert first.key.partition(".")[0] == second.key.partition(".")[0] != third.key.partition(".")[0]
    assert [each.cited for each in (first, third)] == ["2, first sentence", "2, second sentence"]
    assert first.rows is not None
    assert first.rows.noun == "Claim"
    assert first.trigger == second.trigger
    assert (first.latches, third.latches) == (True, False)
    assert third.rows is None


def test_a_section_with_one_sentence_that_binds_is_cited_by_its_number() -> None:
    provision = only('Note "drafted in a hurry". The Buyer must sign the Receipt.')

    assert provision.cited == "2"


def test_ordinals_are_words_up_to_twenty_and_figures_after() -> None:
    cited = [each.cited for each in deal(" ".join(["The Buyer must sign the Receipt."] * 23)).provisions]

    assert cited[1] == "2, second sentence"
    assert cited[19:] == [
        "2, twentieth sentence",
        "2, 21st sentence",
        "2, 22nd sentence",
        "2, 23rd sentence",
    ]


def test_parties_joined_by_or_may_perform_for_each_other_and_by_and_they_may_not() -> None:
    either = only("The Buyer or the Seller must pay EUR 5.00 to the Agent.").statement
    both = only("The Buyer and the Seller must pay EUR 5.00 to the Agent.").statement
    jointly = only("The Buyer and the Seller jointly and severally must pay EUR 5.00 to the Agent.").statement

    assert [duty.jointly for duty in (either, both, jointly) if isinstance(duty, Duty)] == [True, False, True]


def test_all_that_is_said_about_time_is_one_window() -> None:
    duty = only(
        "The Buyer must sign the Receipt within 5 business days after the Handover Day not before 1 May 2026"
        " not counting time while Late applies, failing which this agreement terminates."
    ).statement

    assert isinstance(duty, Duty)
    assert duty.window.within == Period(5, Unit.BUSINESS_DAY)
    assert isinstance(duty.window.origin, BlankValue)
    assert isinstance(duty.window.not_before, Literal)
    assert isinstance(duty.window.stopped_while, terms.Holds)
    assert duty.window.stopped_while.condition == "Late"
    assert isinstance(duty.failing, terms.Terminates)


def test_by_a_time_includes_it_and_before_a_time_does_not() -> None:
    by = only("The Buyer must sign the Receipt by 5 May 2026.").statement
    before = only("The Buyer may sign the Receipt before 5 May 2026.").statement
    vague = only("The Buyer must sign the Receipt promptly.").statement

    assert isinstance(by, Duty)
    assert isinstance(before, Power)
    assert isinstance(vague, Duty)
    assert (by.window.strictly_before, before.window.strictly_before) == (False, True)
    assert (vague.window.vague, vague.window.by) == ("promptly", None)


# ---------------------------------------------------------------------- acts


def _move(words: str) -> Move:
    statement = only(f"The Agent may {words}.").statement
    assert isinstance(statement, Power)
    assert isinstance(statement.act, Move)
    return statement.act


@pytest.mark.parametrize(
    ("words", "verb", "fund", "into", "payees"),
    [
        ("pay EUR 5.00 to the Seller", "pay", "", False, ("Seller",)),
        ("pay EUR 5.00 to the Seller from the Fund", "pay", "Fund", False, ("Seller",)),
        ("release the Fund to the Seller or the Buyer", "release", "Fund", False, ("Seller", "Buyer")),
        ("refund the excess of the Fund to the Buyer", "refund", "Fund", False, ("Buyer",)),
        ("retain EUR 5.00 from the Fund", "retain", "Fund", False, ()),
        ("credit any amount to the Fund", "credit", "Fund", True, ()),
        ("deposit the Price into the Fund", "deposit", "Fund", True, ()),
        ("deposit the Fund with the Seller", "deposit", "Fund", False, ("Seller",)),
        ("release the Fund according to the latest Order", "release", "Fund", False, ()),
    ],
)
def test_money_moves_from_or_into_a_fund(words: str, verb: str, fund: str, into: bool, payees: tuple[str, ...]) -> None:
    move = _move(words)

    assert (move.verb, move.fund, move.into, move.payees) == (verb, fund, into, payees)


def test_a_fund_where_an_amount_is_wanted_is_all_it_holds() -> None:
    assert isinstance(_move("release the Fund to the Seller").amount, Balance)
    assert _move("pay any amount to the Seller from the Fund").amount is None


def test_the_fund_is_known_from_a_value_that_speaks_of_it() -> None:
    agreement = deal('"Remains" means the balance of the Fund. The Agent may deposit the Remains with the Seller.')
    (provision,) = agreement.provisions

    assert isinstance(provision.statement, Power)
    assert isinstance(provision.statement.act, Move)
    assert provision.statement.act.fund == "Fund"


@pytest.mark.parametrize(
    ("words", "verb", "kinds"),
    [
        ("give an Objection", "make", ("Objection",)),
        ("issue an Order", "make", ("Order",)),
        ("sign the Papers", "sign", ("Order", "Receipt")),
        ("deliver the Receipt", "deliver", ("Receipt",)),
        ("withdraw a Claim", "withdraw", ("Claim",)),
    ],
)
def test_every_word_for_making_is_making(words: str, verb: str, kinds: tuple[str, ...]) -> None:
    statement = only(f"The Sides may {words}.").statement

    assert isinstance(statement, Power)
    assert isinstance(statement.act, Enter)
    assert (statement.act.verb, statement.act.kinds) == (verb, kinds)
