"""Periods whose length is a figure: stated by an entry, filled in as a blank, or worked out."""

import pytest

from tests.dsl.deals import HEAD, opened, problems

LEASE = """
Clause 2 "Terms":
  "Grace" means an optional blank number, filled by the Buyer.
  "Lease" means a claim, made by the Seller, stating Notice Days as number.
  "End" of a Lease means (the Notice Days of such Lease) calendar days after the making of such Lease.

Clause 3 "Rent":
  For each Lease, when such Lease has been made, then the Buyer must pay USD 5.00 to the Seller
    within (the Notice Days of such Lease) business days.

Clause 4 "Report":
  The Seller must make a Lease within (the Grace plus 1) calendar days after 1 September 2005.
"""


def test_a_period_is_as_long_as_an_entry_states() -> None:
    deal = opened(LEASE)

    deal.does("10:00 on 1 September 2005", 'Seller: make the Lease "L-1" stating Notice Days as 2.')
    deal.does("10:00 on 1 September 2005", 'Seller: make the Lease "L-2" stating Notice Days as 10.')

    # Thursday; Friday is the first business day, Monday is Labor Day, Tuesday the second.
    assert deal.asks('the deadline of section 3 for "L-1" is equal to 6 September 2005.') == "true"
    assert deal.asks('the deadline of section 3 for "L-2" is equal to 16 September 2005.') == "true"
    assert deal.asks('the deadline of section 3 for "L-1" is not before 23:59 on 6 September 2005.') == "true"
    assert deal.asks('the End of "L-2" is equal to 11 September 2005.') == "true"


def test_a_period_of_a_blank_is_open_until_it_is_filled() -> None:
    deal = opened(LEASE)
    deal.passes("10:00 on 2 September 2005")
    before = deal.asks("(the Grace) calendar days after 1 September 2005 is before 9 September 2005.")

    deal.does("", "Buyer: fill the Grace with 3.")

    assert before == "open"
    assert deal.asks("the deadline of section 4 is equal to 5 September 2005.") == "true"
    deal.passes("00:00 on 6 September 2005")
    assert deal.status("4") == "overdue"


def test_a_figure_below_nothing_is_no_length_of_time() -> None:
    deal = opened(LEASE)
    deal.does("", "Buyer: fill the Grace with 3.")

    why = deal.why("(the Grace less 4) calendar days after 1 September 2005 is before 9 September 2005.")

    assert why.truth.value == "open"
    assert "is -1, which is no length" in why.waits[0].text


@pytest.mark.parametrize("figure", ["the Price", "5 percent", "1 September 2005"])
def test_only_a_number_counts_days(figure: str) -> None:
    text = f'Clause 2 "Price": "Price" means USD 5.00.\n  "End" means ({figure}) business days after 1 September 2005.'

    assert "A number is wanted here" in problems(HEAD + text)
