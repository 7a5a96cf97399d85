"""Clocks that stand still: also where the deadline is known later than the stop, or the stop is told late."""

import pytest

from tests.dsl.deals import HEAD, Deal, opened, problems

DISPUTES = """
Clause 2 "Disputes":
  "Dispute" means a claim, made by the Buyer.
  "Answer" means a claim, made by the Buyer.
  "Disputed" means that a Dispute has been made and no Answer has been made.
"""


def disputed(duty: str) -> Deal:
    """A duty with a dispute from Friday 2 September to Tuesday 6 September 2005; Monday is a holiday."""
    deal = opened(DISPUTES + f'Clause 3 "Duty": {duty}')
    deal.does("10:00 on 2 September 2005", "Buyer: present the Dispute.")
    deal.does("10:00 on 6 September 2005", "Buyer: present the Answer.")
    return deal


def test_a_deadline_that_is_first_known_after_a_stop_counts_with_it() -> None:
    """2, 3, 4 and 5 September ended while the clock stood still: four days after 20 September."""
    for act in ("make a Report", "pay USD 5.00 to the Buyer"):
        deal = disputed(
            f""""Report" means a claim, made by the Seller.
  "Last Day" means an optional blank date, filled by the Buyer.
  The Seller must {act} by the Last Day not counting time while Disputed applies."""
        )

        deal.does("10:00 on 7 September 2005", "Buyer: fill the Last Day with 20 September 2005.")

        assert deal.asks("the deadline of section 3 is equal to 24 September 2005.") == "true"


def test_a_number_of_days_that_is_first_known_after_a_stop_is_counted_from_the_beginning() -> None:
    """Three business days from Thursday 1 September are 2, 6 and 7 September; 2 September stood still: 8 September."""
    deal = disputed(
        """"Days" means an optional blank number, filled by the Buyer.
  The Seller must pay USD 5.00 to the Buyer within (the Days) business days not counting time while Disputed applies."""
    )

    deal.does("10:00 on 7 September 2005", "Buyer: fill the Days with 3.")

    assert deal.asks("the deadline of section 3 is equal to 8 September 2005.") == "true"


@pytest.mark.parametrize("named", ["3 business days after 1 September 2005", "the Last Day"])
def test_business_days_after_a_day_stand_still_as_business_days_however_they_are_said(named: str) -> None:
    """2, 6 and 7 September; of the days at whose end the clock stood still only 2 September is a business day."""
    deal = disputed(
        f""""Last Day" means 3 business days after 1 September 2005.
  The Seller must pay USD 5.00 to the Buyer by {named} not counting time while Disputed applies.
  Accepted "Last Day is never used": "It is, in the other case."."""
    )

    assert deal.asks("the deadline of section 3 is equal to 8 September 2005.") == "true"


def test_a_deadline_that_was_over_before_the_stop_is_not_put_off_by_it() -> None:
    deal = disputed(
        """"Last Day" means an optional blank date, filled by the Buyer.
  "Report" means a claim, made by the Seller.
  The Seller must make a Report by the Last Day not counting time while Disputed applies."""
    )

    deal.does("10:00 on 7 September 2005", "Buyer: fill the Last Day with 1 September 2005.")

    assert deal.asks("the deadline of section 3 is equal to 1 September 2005.") == "true"
    assert deal.status("3") == "overdue"


INTERRUPTIONS = """
Clause 2 "Force majeure":
  "Interruption" means a claim, made by the Seller, stating Start as date.
  "Resumption" means a claim, made by the Seller, about an Interruption, stating Last Day as date.
  "End" of an Interruption means the Last Day of the latest Resumption about such Interruption.

Clause 3 "Delivery":
  "Delivery" means an act, made by the Seller.
  "Default" means an event.
  The Seller must take a Delivery by 12 September 2005
    not counting time from the Start to the End of every Interruption,
    failing which a Default occurs.
"""


def test_a_stop_that_is_told_late_counts_from_its_event_and_what_was_recorded_meanwhile_is_kept() -> None:
    deal = opened(INTERRUPTIONS)
    deal.passes("00:00 on 13 September 2005")
    assert deal.status("3") == "overdue"

    deal.does("10:00 on 14 September 2005", 'Seller: present the Interruption "I" stating Start as 8 September 2005.')

    assert deal.status("3") == "active"
    assert deal.asks("a Default has been made.") == "true"
    told = [(change.text, change.cause) for change in deal.state.changes]
    assert ("the duty of Seller is overdue", "its time has passed") in told
    assert told[-1] == (
        "the duty of Seller is active",
        "its clock has stood still since 00:00 on 8 September 2005; that it was overdue stays on record",
    )


def test_the_deadline_is_recomputed_by_the_days_that_are_stated_however_late() -> None:
    """From 8 to 16 September are nine days: 12 becomes 21 September, though the end is told on 20 September."""
    deal = opened(INTERRUPTIONS)
    deal.does("10:00 on 14 September 2005", 'Seller: present the Interruption "I" stating Start as 8 September 2005.')

    deal.does(
        "10:00 on 20 September 2005", 'Seller: present the Resumption about "I" stating Last Day as 16 September 2005.'
    )

    assert deal.asks("the deadline of section 3 is equal to 21 September 2005.") == "true"
    deal.does("23:59 on 21 September 2005", "Seller: take the Delivery.")
    assert deal.status("3") == "fulfilled"


def test_two_stops_that_overlap_count_once() -> None:
    """8 to 10 and 9 to 11 September are four days: 16 September."""
    deal = opened(INTERRUPTIONS)
    for name, start, last in (("A", 8, 10), ("B", 9, 11)):
        deal.does(
            "10:00 on 12 September 2005",
            f'Seller: present the Interruption "{name}" stating Start as {start} September 2005.',
        )
        deal.does(
            "10:01 on 12 September 2005",
            f'Seller: present the Resumption about "{name}" stating Last Day as {last} September 2005.',
        )

    assert deal.asks("the deadline of section 3 is equal to 16 September 2005.") == "true"


def test_a_stop_that_began_after_the_time_was_over_changes_nothing() -> None:
    deal = opened(INTERRUPTIONS)

    deal.does("10:00 on 14 September 2005", 'Seller: present the Interruption "I" stating Start as 13 September 2005.')

    assert deal.status("3") == "overdue"
    assert deal.asks("the deadline of section 3 is equal to 12 September 2005.") == "true"


def test_a_stop_that_is_withdrawn_has_not_stopped_the_clock() -> None:
    deal = opened(INTERRUPTIONS)
    deal.does("10:00 on 9 September 2005", 'Seller: present the Interruption "I" stating Start as 8 September 2005.')

    deal.does("10:00 on 14 September 2005", 'Seller: withdraw "I".')

    assert deal.asks("the deadline of section 3 is equal to 12 September 2005.") == "true"
    assert deal.status("3") == "overdue"


def test_what_a_clock_stops_for_has_times() -> None:
    wrong = problems(
        HEAD
        + """
Clause 2 "Stop":
  "Interruption" means a claim, made by the Seller, stating Start as date and Name as text.
  The Seller must pay USD 5.00 to the Buyer by 12 September 2005
    not counting time from the Start to the Name of every Interruption.
"""
    )

    assert "Not a time" in wrong
