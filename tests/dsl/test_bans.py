"""A ban forbids while it is in force, and nobody may do what it may forbid as long as that is open."""

from tests.dsl.deals import Deal, opened

PAY = """
Clause 2 "Pay" subject to section 3 by suspension:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  The Agent may pay any amount to the Seller from the Fund.

Clause 3 "Ban":
  {ban}
"""


def funded(ban: str) -> Deal:
    """A deal with USD 100.00 in the fund."""
    deal = opened(PAY.format(ban=ban))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    return deal


def test_what_may_be_forbidden_is_refused_until_that_is_settled() -> None:
    deal = funded(
        "While the Limit is at least USD 50.00, then the Agent must not pay any amount to the Seller from the Fund."
    )

    told = deal.fails("", "Agent: pay USD 10.00 to the Seller from the Fund.", "3")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")
    deal.does("", "Agent: pay USD 10.00 to the Seller from the Fund.")

    assert "Open: waits for the blank Limit." in told
    assert "it is open whether this is forbidden" in told


def test_a_ban_over_rows_that_may_be_meant_may_forbid() -> None:
    deal = opened(
        """
Clause 2 "Bills":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Vote" means a finding, made by the Buyer, about a Bill.

Clause 3 "Ban":
  For each Bill whose Amount is at least the Limit, the Buyer must not find a Vote about such Bill.
"""
    )
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 10.00.')

    deal.fails("", 'Buyer: find the Vote about "A".', "3")
    deal.does("", "Buyer: fill the Limit with USD 20.00.")
    deal.does("", 'Buyer: find the Vote about "A".')


def test_a_ban_that_would_have_ended_with_the_agreement_forbids_nothing_any_more() -> None:
    deal = funded(
        """"Stop" means a claim, made by the Buyer.
  When a Stop has been made, then this agreement terminates.
  Section 2 survives.
  While the Limit is at least USD 50.00, then the Agent must not pay any amount to the Seller from the Fund."""
    )
    deal.does("", "Buyer: make the Stop.")

    deal.does("", "Agent: pay USD 10.00 to the Seller from the Fund.")
