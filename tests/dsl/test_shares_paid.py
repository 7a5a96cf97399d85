"""What is owed as a share stays the same while others who share are paid, and moves with what comes in and goes out."""

import pytest

from tests.dsl.deals import Deal, opened

BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date.
  "Unpaid" of a Bill means the Amount of such Bill less the amount paid under section 3 for such Bill.
  "Open" of a Bill means that the Unpaid of such Bill is more than USD 0.00.
  "Next Part" of a Bill means the share of such Bill in the balance of the Fund {division}.
Clause 3 "Payment":
  For each Bill, the Agent {binds} pay {amount} to the Seller from the Fund.
Clause 4 "Back":
  The Agent may refund any amount to the Buyer from the Fund.
"""
IN_ORDER = "in order of Due of every Bill up to Unpaid"
IN_PROPORTION = "in proportion to Amount of every Bill"


def divided(
    division: str, binds: str = "must", amount: str = "the Next Part of such Bill", fund: str = "40.00"
) -> Deal:
    deal = opened(BILLS.format(division=division, binds=binds, amount=amount))
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 50.00 and Due as 20 September 2005.')
    deal.does("", 'Seller: present the Bill "C" stating Amount as USD 25.00 and Due as 20 September 2005.')
    deal.does("", f"Buyer: deposit USD {fund} into the Fund.")
    return deal


@pytest.mark.parametrize("binds", ["must", "may"])
@pytest.mark.parametrize(
    ("division", "amount"),
    [
        (IN_ORDER, "the Next Part of such Bill"),
        (IN_ORDER, f"the share of such Bill in the balance of the Fund {IN_ORDER}"),
        ("in order of Due of every Bill which is Open up to Unpaid", "the Next Part of such Bill"),
        (IN_PROPORTION, "the Next Part of such Bill"),
    ],
)
def test_each_is_paid_its_part_one_after_the_other(binds: str, division: str, amount: str) -> None:
    """40.00 for 50.00 and 25.00: 26.67 and 13.33, whoever of them is paid first."""
    for first, second in (("A", "C"), ("C", "A")):
        deal = divided(division, binds, amount)
        parts = {"A": "26.67", "C": "13.33"}

        deal.does("", f'Agent: pay USD {parts[first]} to the Seller from the Fund about "{first}".')
        deal.does("", f'Agent: pay USD {parts[second]} to the Seller from the Fund about "{second}".')

        assert deal.holds() == "USD 0.00"


def test_all_are_paid_their_parts_in_one_act_and_those_of_what_comes_later() -> None:
    """40.00 and then 10.00: of 50.00 in all A has 33.34 and C 16.66, so that 6.67 and 3.33 are owed now."""
    deal = divided(IN_ORDER)
    deal.does("", "Agent: pay USD 40.00 to the Seller from the Fund about every Bill.")
    assert deal.figure('the amount paid under section 3 for "A"') == "USD 26.67"

    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")

    told = deal.fails("", 'Agent: pay USD 6.68 to the Seller from the Fund about "A".', "3")
    assert "USD 6.68 is more than the USD 6.67 that can still be paid" in told
    deal.does("", "Agent: pay USD 10.00 to the Seller from the Fund about every Bill.")
    assert deal.figure('the amount paid under section 3 for "A"') == "USD 33.34"
    assert deal.figure('the amount paid under section 3 for "C"') == "USD 16.66"


def test_more_may_come_in_while_somebody_has_not_been_paid_yet() -> None:
    """A has 26.67 of 40.00, then 10.00 comes: C is owed 16.66 and A 6.67, together the 23.33 that are there."""
    deal = divided(IN_ORDER)
    deal.does("", 'Agent: pay USD 26.67 to the Seller from the Fund about "A".')
    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")

    deal.fails("", 'Agent: pay USD 16.67 to the Seller from the Fund about "C".', "3")
    deal.does("", 'Agent: pay USD 16.66 to the Seller from the Fund about "C".')
    deal.does("", 'Agent: pay USD 6.67 to the Seller from the Fund about "A".')

    assert deal.holds() == "USD 0.00"


def test_who_comes_first_later_takes_nothing_back_from_who_has_been_paid() -> None:
    """A has 26.67 of 40.00; of the 13.33 left, N (20.00) comes first. With 30.00 more, of 70.00 in all: N 20.00,
    A 33.34 (6.67 more) and C 16.66, together the 43.33 that are there."""
    deal = divided(IN_ORDER)
    deal.does("", 'Agent: pay USD 26.67 to the Seller from the Fund about "A".')
    deal.does("", 'Seller: present the Bill "N" stating Amount as USD 20.00 and Due as 10 September 2005.')

    deal.fails("", 'Agent: pay USD 0.01 to the Seller from the Fund about "C".', "3")
    deal.fails("", 'Agent: pay USD 0.01 to the Seller from the Fund about "A".', "3")
    deal.does("", "Buyer: deposit USD 30.00 into the Fund.")
    deal.does("", "Agent: pay USD 43.33 to the Seller from the Fund about every Bill.")

    paid = [deal.figure(f'the amount paid under section 3 for "{name}"') for name in "NAC"]
    assert paid == ["USD 20.00", "USD 33.34", "USD 16.66"]


def test_what_goes_out_otherwise_is_borne_by_who_has_not_been_paid() -> None:
    """Of 90.00, A has 60.00; then 15.00 go back. Of 75.00 A would have 50.00, so C gets the 15.00 that are left."""
    deal = divided(IN_PROPORTION, fund="90.00")
    deal.does("", 'Agent: pay USD 60.00 to the Seller from the Fund about "A".')
    deal.does("", "Agent: refund USD 15.00 to the Buyer from the Fund.")

    deal.does("", 'Agent: pay USD 15.00 to the Seller from the Fund about "C".')

    assert deal.holds() == "USD 0.00"


def test_shares_of_one_whole_leave_those_of_another_alone() -> None:
    """Of each receipt its own parts: 10.00 is 6.67 and 3.33, 40.00 is 26.67 and 13.33, whatever has been paid."""
    deal = opened("""
Clause 2 "Receipts":
  "Receipt" means a claim, made by the Seller, stating Amount as amount.
  "Part" means a claim, made by the Seller, about a Receipt, stating Weight as number.
  "Left" of a Receipt means the Amount of such Receipt less the amount paid under section 3 for such Receipt.
  "Sum" of a Part means
    the share of such Part in the Left of the Receipt of such Part in proportion to Weight of every Part about
      the Receipt of such Part.
Clause 3 "Payment":
  For each Part, the Agent must pay the Sum of such Part to the Seller from the Fund.
Clause 4 "Back":
  The Agent may refund any amount to the Buyer from the Fund.
""")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    for receipt, amount in (("R", "10.00"), ("S", "40.00")):
        deal.does("", f'Seller: present the Receipt "{receipt}" stating Amount as USD {amount}.')
        for part, weight in (("1", 2), ("2", 1)):
            deal.does("", f'Seller: present the Part "{receipt}{part}" about "{receipt}" stating Weight as {weight}.')

    for part, amount in (("R1", "6.67"), ("S2", "13.33"), ("R2", "3.33"), ("S1", "26.67")):
        deal.does("", f'Agent: pay USD {amount} to the Seller from the Fund about "{part}".')

    assert deal.holds() == "USD 0.00"
