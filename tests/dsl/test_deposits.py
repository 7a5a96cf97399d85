"""What a deposit is paid under: as much of it as is still owed there, up to the cap on it, and not before its time."""

import pytest

from tests.dsl.deals import Deal, opened

RENT = """
Clause 2 "Rent":
  "Reserve" means a fund in USD, held by the Agent{purpose}.
  The Buyer must deposit USD 100.00 into the Reserve by 2 September 2005.
Clause 3 "Later":
  The Buyer must deposit USD 50.00 into the Reserve by 12 September 2005 not before 12 September 2005.
Clause 4 "Back":
  The Agent may refund any amount to the Buyer from the Reserve.
  The Agent may refund any amount to the Buyer from the excess of the Reserve.
"""
GIFTS = """
Clause 2 "One for one":
  "Gift" means a claim, made by the Seller, stating Amount as amount.
  For each Gift, {when}the Buyer must {act} within 3 business days.
  The total paid under section 2 must not exceed USD 20.00 in the life of this agreement; the excess is not payable.
"""


def rent(purpose: str = "") -> Deal:
    return opened(RENT.format(purpose=purpose))


@pytest.mark.parametrize("when", ["", "when such Gift has been made, then "])
@pytest.mark.parametrize(
    ("act", "paid"),
    [
        ("deposit the Amount of such Gift into the Fund", 'deposit USD {} into the Fund about "{}" under section 2'),
        ("pay the Amount of such Gift to the Seller", 'pay USD {} to the Seller about "{}"'),
    ],
)
def test_what_a_cap_leaves_of_a_deposit_performs_it_as_of_a_payment(when: str, act: str, paid: str) -> None:
    """20.00 for gifts of 12.00, 9.00 and 5.00: the second is paid up to 8.00, the third falls away; 6.00 is excess."""
    deal = opened(GIFTS.format(when=when, act=act))
    for name, amount in (("G1", "12.00"), ("G2", "9.00"), ("G3", "5.00")):
        deal.does("", f'Seller: make the Gift "{name}" stating Amount as USD {amount}.')

    deal.does("", f"Buyer: {paid.format('12.00', 'G1')}.")
    deal.does("", f"Buyer: {paid.format('9.00', 'G2')}.")

    assert (deal.status("2", "G2"), deal.status("2", "G3")) == ("fulfilled", "excused")
    assert deal.figure("the amount paid under section 2") == "USD 20.00"
    assert deal.figure("the excess under section 2") == "USD 6.00"
    deal.fails("", f"Buyer: {paid.format('5.00', 'G3')}.")
    deal.passes("10:00 on 1 October 2005")
    assert (deal.status("2", "G2"), deal.status("2", "G3")) == ("fulfilled", "excused")


def test_a_deposit_before_its_time_is_refused_as_a_payment_is() -> None:
    """Not before 12 September: what section 2 asks for is there, so a deposit on 5 September can only be for 3."""
    deal = rent()
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 100.00 into the Reserve.")

    early = deal.fails("10:00 on 5 September 2005", "Buyer: deposit USD 50.00 into the Reserve.", "3")

    assert "Not yet" in early
    assert deal.holds("Reserve") == "USD 100.00"
    deal.does("10:00 on 12 September 2005", "Buyer: deposit USD 50.00 into the Reserve.")
    assert deal.status("3") == "fulfilled"
    assert deal.figure("the amount paid under section 3") == "USD 50.00"


def test_who_says_under_which_section_may_still_bring_more() -> None:
    """100.00 is owed and 170.00 comes: 70.00 is paid under no section; what is owed later is owed as before."""
    deal = rent()

    taken = deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 170.00 into the Reserve under section 2.")

    assert taken.note == "USD 70.00 of USD 170.00 is more than is owed under section 2"
    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert (deal.holds("Reserve"), deal.holds("Reserve", "excess")) == ("USD 170.00", "USD 0.00")
    deal.does("10:00 on 5 September 2005", "Buyer: deposit USD 5.00 into the Reserve under section 2.")
    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert (deal.holds("Reserve"), deal.status("3")) == ("USD 175.00", "active")


def test_more_than_is_owed_serves_the_purpose_of_its_fund_first() -> None:
    """For 120.00: of 170.00, 100.00 is owed, 20.00 more serve the purpose, and 50.00 are excess."""
    deal = rent(", for USD 120.00")

    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 170.00 into the Reserve under section 2.")

    assert (deal.holds("Reserve"), deal.holds("Reserve", "excess")) == ("USD 120.00", "USD 50.00")
    assert deal.figure("the amount paid under section 2") == "USD 100.00"


def test_what_is_owed_counts_as_paid_also_where_it_is_beyond_the_purpose() -> None:
    """For 70.00: all of the 100.00 is owed under section 2, though 30.00 of it is excess of the fund."""
    deal = rent(", for USD 70.00")

    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 110.00 into the Reserve under section 2.")

    assert (deal.holds("Reserve"), deal.holds("Reserve", "excess")) == ("USD 70.00", "USD 40.00")
    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert deal.status("2") == "fulfilled"
