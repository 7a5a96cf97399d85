"""A day that recurs and a movement that passes by itself keep their names, too, whatever is told late."""

from tests.dsl.deals import opened
from tests.dsl.test_names_kept import LATE, same_again

PASSING = """
Clause 2 "Passing":
  "Bill" means a claim, made by the Seller.
  "Payment" means a movement, out of the Fund.
  "Query" means a claim, made by the Buyer, about a Payment.
  For each Bill, when such Bill has been made, then USD 5.00 passes from the Fund to the Seller.
"""


def test_a_movement_that_passes_by_itself_keeps_its_name() -> None:
    deal = opened(PASSING)
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "B".')
    deal.does("10:00 on 4 September 2005", 'Buyer: present the Query "Q" about "Payment under section 2".')

    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "A".', recorded=LATE)

    made = {each.name: each.at.day for each in deal.state.of_kind("Payment")}
    assert made == {"Payment under section 2": 3, "Payment under section 2 (2)": 2}
    same_again(deal)


RECURRING = """
Clause 2 "Dues":
  "Start" means a claim, made by the Seller.
  "Due Day" means an event, every 1 month from the making of the earliest Start.
  For each Due Day, the Buyer must pay USD 10.00 to the Seller by 5 calendar days after the Day of such Due Day.
"""


def test_a_day_that_recurs_keeps_its_name() -> None:
    """From 10 September monthly: 10 October is "Due Day 2". From 10 August on, 10 September stays "Due Day"."""
    deal = opened(RECURRING, start="09:00 on 1 August 2005")
    deal.does("10:00 on 10 September 2005", "Seller: present a Start.")
    deal.does("10:00 on 11 October 2005", 'Buyer: pay USD 10.00 to the Seller about "Due Day 2".')

    deal.does("10:00 on 10 August 2005", "Seller: present a Start.", recorded="10:00 on 12 October 2005")

    days = {each.name: str(each.content("Day")) for each in deal.state.of_kind("Due Day")}
    assert days == {"Due Day": "2005-09-10", "Due Day 2": "2005-10-10", "Due Day 3": "2005-08-10"}
    assert deal.status("2", "Due Day 2") == "fulfilled"
    same_again(deal)
