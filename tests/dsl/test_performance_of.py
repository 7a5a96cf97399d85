"""The instant at which a section had been performed, from which another time is counted."""

import pytest

from tests.dsl.deals import HEAD, opened, problems

TEXT = """
Clause 2 "Delivery":
  "Order" means a claim, made by the Buyer.
  "Delivery" means a claim, made by the Seller, about an Order.
  For each Order, the Seller must make a Delivery about such Order within 2 calendar days.
Clause 3 "Price":
  For each Order, the Buyer must pay USD 5.00 to the Seller
    within 3 business days after the performance of section 2 for such Order.
Clause 4 "Deposit":
  The Buyer must deposit USD 10.00 into the Fund.
  The Agent must pay USD 1.00 to the Buyer from the Fund
    within 24 hours after the performance of section 4, first sentence.
"""


def test_the_time_of_each_row_is_counted_from_its_own_performance() -> None:
    """Friday 2 September: 6, 7, 8 September, Monday being Labor Day. B has not been delivered, so nobody is late."""
    deal = opened(TEXT)
    deal.does("10:00 on 1 September 2005", 'Buyer: present the Order "A".')
    deal.does("10:00 on 1 September 2005", 'Buyer: present the Order "B".')
    assert deal.asks('the deadline of section 3 for "A" is equal to 8 September 2005.') == "pending"

    deal.does("11:00 on 2 September 2005", 'Seller: present the Delivery about "A".')

    assert deal.asks('the performance of section 2 for "A" is equal to 11:00 on 2 September 2005.') == "true"
    assert deal.asks('the deadline of section 3 for "A" is equal to 8 September 2005.') == "true"
    deal.passes("10:00 on 9 September 2005")
    assert (deal.status("3", "A"), deal.status("3", "B")) == ("overdue", "active")


def test_what_was_performed_late_counts_from_when_it_was() -> None:
    """Delivered on Wednesday 7 September, when it was overdue: 8, 9, 12 September."""
    deal = opened(TEXT)
    deal.does("10:00 on 1 September 2005", 'Buyer: present the Order "A".')
    deal.does("11:00 on 7 September 2005", 'Seller: present the Delivery about "A".')

    assert deal.status("2", "A") == "fulfilled late"
    assert deal.asks('the deadline of section 3 for "A" is equal to 12 September 2005.') == "true"


def test_it_is_pending_again_when_what_performed_it_is_taken_back() -> None:
    deal = opened(TEXT)
    deal.does("10:00 on 1 September 2005", 'Buyer: present the Order "A".')
    deal.does("11:00 on 2 September 2005", 'Seller: present the Delivery "D" about "A".')
    deal.does("12:00 on 2 September 2005", 'Seller: withdraw the Delivery "D".')

    assert deal.asks('the performance of section 2 for "A" is equal to 11:00 on 2 September 2005.') == "pending"
    deal.passes("10:00 on 30 September 2005")
    assert deal.status("3", "A") == "active"


def test_hours_after_a_payment_are_counted_to_the_minute() -> None:
    """The last of two payments came at 15:30."""
    deal = opened(TEXT)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 4.00 into the Fund under section 4.")
    deal.does("15:30 on 1 September 2005", "Buyer: deposit USD 6.00 into the Fund under section 4.")

    assert deal.asks("the deadline of section 4, second sentence is equal to 15:30 on 2 September 2005.") == "true"


@pytest.mark.parametrize("section", ["1", "5"])
def test_a_section_that_has_no_duty_is_a_mistake(section: str) -> None:
    more = 'Clause 5 "Leave": The Buyer may pay USD 1.00 to the Agent.'
    bad = "Clause 6: The Buyer must pay USD 1.00 to the Seller within 2 calendar days after the performance of section"

    assert f"Section {section} has no duty" in problems(f"{HEAD}{TEXT} {more} {bad} {section}.")
