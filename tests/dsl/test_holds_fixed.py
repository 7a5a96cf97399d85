"""A hold under `when` is fixed as soon as its figure is known, and one under `while` follows it."""

from tests.dsl.deals import Deal, opened

LATER = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  "Cost" means a finding, made by the Agent, about a Claim, stating Amount as amount.
  For each Claim, when such Claim has been made,
    then the Agent must hold the Amount of the latest Cost about such Claim in the Fund.
  The Agent may pay any amount to the Buyer from the Fund.
  For each Claim, the Agent may pay any amount to the Seller from the Fund.
"""


def claimed(text: str) -> Deal:
    deal = opened(text)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: present the Claim "C".')
    return deal


def test_under_when_a_figure_that_is_unknown_at_first_is_fixed_when_it_becomes_known() -> None:
    deal = claimed(LATER)
    deal.fails("", "Agent: pay USD 1.00 to the Buyer from the Fund.")

    deal.does("", 'Agent: find the Cost "K-1" about "C" stating Amount as USD 30.00.')
    first = deal.figure("the held part of the Fund")
    deal.does("", 'Agent: find the Cost "K-2" about "C" stating Amount as USD 70.00.')

    assert (first, deal.figure("the held part of the Fund")) == ("USD 30.00", "USD 30.00")


def test_what_was_paid_about_the_claim_before_its_figure_was_known_counts_against_it() -> None:
    deal = claimed(LATER)
    deal.does("", 'Agent: pay USD 10.00 to the Seller from the Fund about "C" under section 2.')

    deal.does("", 'Agent: find the Cost "K-1" about "C" stating Amount as USD 30.00.')

    assert deal.figure("the held part of the Fund") == "USD 20.00"


def test_under_while_the_hold_follows_its_figure() -> None:
    deal = claimed(LATER.replace("when such Claim", "while such Claim"))

    deal.does("", 'Agent: find the Cost "K-1" about "C" stating Amount as USD 30.00.')
    deal.does("", 'Agent: find the Cost "K-2" about "C" stating Amount as USD 70.00.')

    assert deal.figure("the held part of the Fund") == "USD 70.00"
