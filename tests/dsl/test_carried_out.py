"""What has been paid is not withdrawn, and neither is what has happened."""

import pytest

from tests.dsl.deals import Deal, opened

COSTS = """
Clause 2 "Costs":
  "Cost" means a claim, made by the Seller, stating Sum as amount.
  For each Cost, {when}the {who} {act} the Sum of such Cost {way}.
  "Whole" means the sum of Sum of every Cost.
{more}
"""
OTHER = "For each Cost, the Buyer must pay USD 1.00 to the Agent."
CAP = (
    "The total paid under section 2 must not exceed USD 3.00 in the life of this agreement; the excess is not payable."
)


def cost(
    when: str = "",
    who: str = "Buyer",
    act: str = "must pay",
    way: str = "to the Seller",
    more: str = "",
    fund: str = "",
) -> Deal:
    deal = opened(COSTS.format(when=when, who=who, act=act, way=way, more=more))
    if fund:
        deal.does("", f"Buyer: deposit USD {fund} into the Fund.")
    deal.does("", 'Seller: present the Cost "C" stating Sum as USD 5.00.')
    return deal


@pytest.mark.parametrize("when", ["", "when such Cost has been made, then "])
def test_a_claim_that_has_been_paid_is_not_withdrawn(when: str) -> None:
    deal = cost(when)
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")

    told = deal.fails("", 'Seller: withdraw "C".', "2")

    assert '"C" has been carried out and can no longer be withdrawn' in told
    assert deal.figure("the Whole") == "USD 5.00"


def test_a_claim_that_was_paid_under_a_power_or_by_a_deposit_is_not_withdrawn() -> None:
    paid = cost(who="Agent", act="may pay", way="to the Seller from the Fund", fund="9.00")
    paid.does("", 'Agent: pay USD 5.00 to the Seller from the Fund about "C".')
    brought = cost(act="must deposit", way="into the Fund")
    brought.does("", "Buyer: deposit USD 5.00 into the Fund under section 2.")

    for deal in (paid, brought):
        assert "has been carried out" in deal.fails("", 'Seller: withdraw "C".', "2")


def test_a_claim_that_a_cap_has_cut_off_is_carried_out_with_what_it_leaves() -> None:
    deal = cost(more=CAP)
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")

    assert deal.got("Seller") == "USD 3.00"
    assert "has been carried out" in deal.fails("", 'Seller: withdraw "C".', "2")


@pytest.mark.parametrize(("paid", "more"), [("", ""), ("4.99", ""), ("5.00", OTHER)])
def test_a_claim_for_which_something_is_still_owed_may_be_withdrawn(paid: str, more: str) -> None:
    """Nothing or a part has been paid, or another duty has not: what was done stands, what was to be done ends."""
    deal = cost(more=more)
    if paid:
        deal.does("", f"Buyer: pay USD {paid} to the Seller.")

    deal.does("", 'Seller: withdraw "C".')

    assert deal.figure("the Whole") == "USD 0.00"
    assert deal.got("Seller") == f"USD {paid or '0.00'}"


def test_what_has_happened_is_not_withdrawn() -> None:
    deal = opened('Clause 2 "Storms": "Storm" means an event, made by the Seller.')
    deal.does("", "Seller: report the Storm.")

    assert '"Storm" is on record as what has happened' in deal.fails("", 'Seller: withdraw "Storm".', "2")
