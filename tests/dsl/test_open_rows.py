"""Rows of which it is open whether a sentence means them are neither counted in nor left out."""

import pytest

from tests.dsl.deals import Deal, opened

BILLS = """
Clause 2 "Bills":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Vote" means a finding, made by the Buyer, about a Bill.
  "Paper" means a writing, signed by the Buyer and the Seller, stating Amount as amount.
  "Voted" of a Bill means that a Vote about such Bill has been made.
  "Large" of a Bill means that any of
    (i) the Amount of such Bill is at least USD 50.00; or
    (ii) the Amount of such Bill is at least the Limit.
  "Approved" of a Bill means that any of
    (i) a Vote about such Bill has been made; or
    (ii) the Amount of such Bill is at most the Limit.
  "Big" of a Paper means that any of
    (i) the Amount of such Paper is at least USD 50.00; or
    (ii) the Amount of such Paper is at least the Limit.
  "Top Bill" means the latest Bill which is Large.
"""


def billed(text: str = "") -> Deal:
    """A deal with a bill of USD 10.00, which is large only if the limit, a blank, is low, and one of USD 60.00."""
    deal = opened(BILLS + text)
    deal.does("", 'Seller: make the Bill "Small" stating Amount as USD 10.00.')
    deal.does("", 'Seller: make the Bill "Great" stating Amount as USD 60.00.')
    return deal


@pytest.mark.parametrize(
    "question",
    [
        "the number of Bills which is Approved is equal to 0.",
        "the number of Bills which is not Approved is equal to 2.",
        "the number of Votes about the Top Bill is equal to 0.",
        "no Vote about the Top Bill has been made.",
        "no Bill which is Approved has been made.",
        "no Bill which is Approved has been made within 2 calendar days after 1 September 2005.",
    ],
)
def test_what_no_row_is_surely_is_not_denied_while_a_blank_may_make_it_so(question: str) -> None:
    deal = billed()
    deal.passes("10:00 on 20 September 2005")

    assert deal.asks(question) == "open"


def test_every_row_is_so_only_if_the_rows_that_may_be_meant_are_so() -> None:
    deal = billed()
    deal.does("", 'Buyer: find the Vote about "Great".')
    without = deal.asks("every Bill which is Large is Voted.")
    deal.does("", 'Buyer: find the Vote about "Small".')

    assert (without, deal.asks("every Bill which is Large is Voted.")) == ("open", "true")


def test_a_row_that_may_be_meant_counts_beside_one_that_is_still_on_its_way() -> None:
    deal = opened(BILLS)
    deal.does("", 'Buyer: sign the Paper "Small" stating Amount as USD 10.00.')
    deal.does("", 'Buyer: sign the Paper "Great" stating Amount as USD 60.00.')
    deal.does("", 'Seller: sign the Paper "Great".')
    every = deal.asks("every Paper which is Big has been completed.")
    deal.does("", 'Seller: sign the Paper "Small".')
    deal.does("", 'Buyer: sign the Paper "Third" stating Amount as USD 70.00.')

    assert every == "open"
    assert deal.asks("no Paper which is Big and whose Amount is less than USD 60.00 has been completed.") == "open"


def test_an_absence_that_rests_on_a_reading_is_judged_under_every_reading() -> None:
    deal = opened(
        """
Clause 2 "Bills":
  "Scope" means an ambiguity "What is large?" with readings Wide and Narrow.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Vote" means a finding, made by the Buyer, about a Bill.
  "Large" of a Bill means that any of
    (i) all of (A) the Amount of such Bill is at least USD 50.00; and (B) Scope is read as Wide; or
    (ii) all of (A) the Amount of such Bill is at least USD 55.00; and (B) Scope is read as Narrow; or
    (iii) a Vote about such Bill has been made.
"""
    )
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 60.00.')

    assert deal.asks("no Bill which is Large has been made.") == "false"
    assert deal.asks("the number of Bills which is Large is equal to 1.") == "true"


def test_an_agreement_that_may_have_ended_for_a_row_may_have_ended() -> None:
    deal = opened(
        BILLS
        + """
Clause 3 "End":
  For each Bill which is Large, when such Bill has been made, then this agreement terminates.
"""
    )
    deal.does("", 'Seller: make the Bill "Small" stating Amount as USD 10.00.')

    assert deal.asks("this agreement has terminated.") == "open"
    deal.does("", "Buyer: fill the Limit with USD 20.00.")
    assert deal.asks("this agreement has terminated.") == "false"
