"""What may have occurred by itself, because its condition rests on a blank or a reading, counts neither as having
happened nor as not having happened."""

import pytest

from tests.dsl.deals import Deal, opened

EVENT = """
Clause 2 "Event":
  "Doubt" means an ambiguity "Does a go accept?" with readings Accepts and Rejects, settled by the Buyer and the Seller.
  "Go" means a claim, made by the Buyer.
  "Late Go" means a claim, made by the Buyer.
  "Acceptance" means an event.
  "Untouched" means that no Acceptance has been made.
  "Kept" means that any of (i) an Acceptance has been made; or (ii) the Doubt is read as Rejects.
  When a Go has been made and the Doubt is read as Accepts{also}, then an Acceptance occurs.

Clause 3 "Effect":
  {effect}
"""
PASSES = (
    "When a Late Go has been made and no Acceptance has been made, then USD 100.00 passes from the Fund to the Buyer."
)
ENDS = "When a Late Go has been made and no Acceptance has been made, then this agreement terminates."
OWED = "When a Late Go has been made and no Acceptance has been made, then the Seller must pay USD 7.00 to the Buyer."
MADE, NONE = "an Acceptance has been made.", "no Acceptance has been made."


def gone(effect: str = PASSES, also: str = "") -> Deal:
    """A deal with USD 100.00 in its fund and a go, which accepts under one reading only."""
    deal = opened(EVENT.format(effect=effect, also=also))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    assert (deal.asks(MADE), deal.asks(NONE)) == ("pending", "true")
    deal.does("", "Buyer: make the Go.")
    return deal


def settles(deal: Deal, reading: str) -> None:
    """Both parties choose a reading."""
    for who in ("Buyer", "Seller"):
        deal.does("", f"{who}: choose {reading} for the Doubt.")


@pytest.mark.parametrize("question", [MADE, NONE, "the number of Acceptances is equal to 0.", "Untouched applies."])
def test_what_occurs_under_one_reading_has_neither_been_made_nor_not(question: str) -> None:
    deal = gone()

    told = deal.why(question)

    assert told.truth.value == "open"
    assert ("reading", "2", "Doubt") in {(wait.what, wait.section, wait.about) for wait in told.awaited()}


@pytest.mark.parametrize(
    ("reading", "made", "balance"), [("Accepts", "true", "100.00"), ("Rejects", "pending", "0.00")]
)
def test_no_money_passes_on_the_absence_of_what_may_have_occurred(reading: str, made: str, balance: str) -> None:
    deal = gone()
    deal.does("", "Buyer: make the Late Go.")
    while_open = deal.figure("the balance of the Fund")
    settles(deal, reading)

    assert while_open == "USD 100.00"
    assert (deal.asks(MADE), deal.figure("the balance of the Fund")) == (made, f"USD {balance}")
    assert deal.asks("the number of Acceptances is equal to 0.") == ("false" if made == "true" else "true")


def test_nobody_owes_what_the_absence_of_what_may_have_occurred_would_make_due() -> None:
    deal = gone(OWED)
    deal.does("", "Buyer: make the Late Go.")

    deal.does("", "Seller: choose Rejects for the Doubt.")
    refused = deal.fails("", "Seller: pay USD 7.00 to the Buyer.")
    deal.does("", "Buyer: choose Rejects for the Doubt.")
    deal.does("", "Seller: pay USD 7.00 to the Buyer.")

    assert "Doubt" in refused


@pytest.mark.parametrize(("reading", "ended"), [("Accepts", "false"), ("Rejects", "true")])
def test_an_agreement_that_ends_unless_something_occurred_may_have_ended(reading: str, ended: str) -> None:
    deal = gone(ENDS)
    deal.does("", "Buyer: make the Late Go.")
    while_open = deal.asks("this agreement has terminated.")
    told = deal.fails("", "Buyer: deposit USD 1.00 into the Fund.")
    settles(deal, reading)

    assert while_open == "open"
    assert "Open: waits for the reading of Doubt" in told
    assert deal.asks("this agreement has terminated.") == ended


def test_each_reading_is_judged_with_what_would_have_occurred_under_it() -> None:
    assert gone().asks("Kept applies.") == "true"


def test_what_occurs_once_only_if_it_has_not_yet_asks_for_itself_without_end() -> None:
    deal = gone(also=" and Untouched applies")
    while_open = deal.asks(MADE)
    settles(deal, "Accepts")

    assert while_open == "open"
    assert (deal.asks(MADE), deal.asks("the number of Acceptances is equal to 1.")) == ("true", "true")


def test_what_waits_for_an_act_has_not_occurred_whatever_else_is_open() -> None:
    deal = gone(also=" and a Late Go has been made")

    assert (deal.asks(MADE), deal.asks(NONE)) == ("pending", "true")


BILLS = """
Clause 2 "Bills":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Approval" means an event, about a Bill, stating Score as amount.
  "Approved" of a Bill means that an Approval about such Bill has been made.
  "Settled" of a Bill means that no Approval about such Bill has been made.
  For each Bill, when the Amount of such Bill is at least USD 50.00 and the Amount of such Bill is at least the Limit,
    then an Approval occurs about such Bill stating Score as USD 1.00.
"""


def test_it_is_open_for_those_entries_alone_for_which_it_may_have_occurred() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: make the Bill "Small" stating Amount as USD 10.00.')
    no_approval = deal.asks("no Approval has been made.")
    deal.does("", 'Seller: make the Bill "Great" stating Amount as USD 60.00.')
    asked = (
        'no Approval about "Small" has been made.',
        'no Approval about "Great" has been made.',
        "no Approval has been made.",
        "every Bill is Settled.",
        "the number of Bills which is Approved is equal to 0.",
        "the Score of the latest Approval is equal to USD 1.00.",
    )
    while_open = [deal.asks(each) for each in asked]
    told = {wait.text for wait in deal.why(asked[1]).awaited()}
    deal.does("", "Buyer: fill the Limit with USD 55.00.")

    assert (no_approval, while_open) == ("true", ["true", *["open"] * 5])
    assert told == {"the blank Limit"}
    assert [deal.asks(each) for each in asked] == ["true", "false", "false", "false", "false", "true"]
