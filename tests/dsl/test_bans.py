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


PANEL = """
Clause 2 "Panel":
  "Ann" means a party, "A1".
  "Ben" means a party, "B1".
  "Cat" means a party, "C1".
  "Nora" means a person acting for the Buyer.
  "Panel" means a group of Ann, Ben and Cat, acting by 2 of them.
  "Claim" means a claim, made by the Buyer or Ann.
  "Decision" means a finding, made by the Panel, about a Claim.
  "Ruling" means a writing, signed by the Panel, about a Claim.
  Nora may act for Ben.
Clause 3 "Own judge":
  For each Claim, the Maker of such Claim must not make a Decision about such Claim,
    and the Maker of such Claim must not sign a Ruling about such Claim.
  For each Claim whose Maker is the Buyer, Nora must not make a Decision about such Claim.
"""


def test_whoever_has_made_a_claim_does_not_decide_it_with_the_others() -> None:
    deal = opened(PANEL)
    deal.does("", 'Ann: present the Claim "A".')

    own = deal.fails("", 'Ann: find the Decision "D" about "A".', "3, first sentence")
    deal.fails("", 'Ann: sign the Ruling "R" about "A".', "3, first sentence")
    deal.does("", 'Ben by Nora: find the Decision "D" about "A".')
    deal.does("", 'Cat: find the Decision "D" about "A".')

    assert "This is forbidden." in own
    assert deal.asks('"D" has been made.') == "true"


def test_what_a_person_must_not_do_the_person_does_for_nobody() -> None:
    """Nora acts for the Buyer, who has made the claim; for Ben, who has not, she does not decide it either."""
    deal = opened(PANEL)
    deal.does("", 'Buyer: present the Claim "B".')

    refused = deal.fails("", 'Ben by Nora: find the Decision "D" about "B".', "3, second sentence")
    deal.does("", 'Ann: find the Decision "D" about "B".')
    deal.does("", 'Cat: find the Decision "D" about "B".')

    assert "This is forbidden." in refused
    assert deal.asks('"D" has been made.') == "true"
