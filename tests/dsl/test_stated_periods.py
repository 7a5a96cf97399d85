"""Periods that a field, a blank or a name holds, and clock times of days that are found."""

from dsl.calendars import Period, Unit
from dsl.explain import render_derivation
from dsl.figures import figures_for
from tests.dsl.deals import HEAD, Deal, opened, problems

REQUESTS = """
Clause 2 "Requests":
  "Request" means a claim, made by the Seller, stating Extension as period.
  "Cure Period" means a required blank period.
  "Grace" means 2 business days.
  "Report" means a claim, made by the Seller.
  The Seller must make a Report by 9 September 2005 extended by the Extension of the latest Request.

Clause 3 "Cure":
  For each Request, when such Request has been made,
    then the Buyer must pay USD 5.00 to the Seller within the Cure Period.

Clause 4 "Costs":
  For each Request, when such Request has been made,
    then the Agent must pay USD 1.00 to the Seller
      within the Extension of such Request after the making of such Request.
"""


def requests(cure: object) -> Deal:
    return opened(REQUESTS, Cure_Period=cure)


def is_so(deal: Deal, question: str) -> bool:
    return deal.asks(f"{question}.") == "true"


def test_a_deadline_is_extended_by_a_stated_period_in_its_own_unit() -> None:
    """From Friday 9 September 3 business days lead to the 14th, 3 calendar days to the 12th, a month on."""
    for stated, due in (
        ("3 business days", "14 September 2005"),
        ("3 calendar days", "12 September 2005"),
        ("1 month", "9 October 2005"),
    ):
        deal = requests(Period(5, Unit.BUSINESS_DAY))
        assert is_so(deal, "the deadline of section 2 is equal to 9 September 2005")

        deal.does("10:00 on 2 September 2005", f"Seller: present the Request stating Extension as {stated}.")

        assert is_so(deal, f"the deadline of section 2 is equal to {due}")


def test_a_time_is_as_long_as_a_blank_or_a_field_says() -> None:
    """From Friday 2 September: 5 business days are 6, 7, 8, 9 and 12; one month is 2 October."""
    deal = requests(Period(5, Unit.BUSINESS_DAY))
    deal.does("10:00 on 2 September 2005", 'Seller: present the Request "R" stating Extension as 1 month.')

    assert is_so(deal, 'the deadline of section 3 for "R" is equal to 12 September 2005')
    assert is_so(deal, 'the deadline of section 4 for "R" is equal to 2 October 2005')


def test_a_named_period_counts_in_a_silence_and_in_a_bound() -> None:
    """Two business days after Thursday 1 September are the 2nd and Tuesday the 6th."""
    deal = requests(Period(5, Unit.BUSINESS_DAY))
    quiet = "no Report has been made for the Grace"
    in_time = "no Report has been made within the Grace after 1 September 2005"
    deal.passes("23:59 on 6 September 2005")
    assert deal.asks(f"{quiet}.") == deal.asks(f"{in_time}.") == "pending"
    deal.passes("00:00 on 7 September 2005")
    assert is_so(deal, quiet)
    assert is_so(deal, in_time)


def test_a_clock_that_stood_still_moves_a_stated_period_in_its_own_days() -> None:
    """Two business days are 2 and 6 September; stopped from the 2nd to the 7th, both are lost: the 7th and 8th."""
    deal = opened(
        """
Clause 2 "Stop":
  "Grace" means 2 business days.
  "Dispute" means a claim, made by the Buyer.
  "Disputed" means that a Dispute has been made.
  "Report" means a claim, made by the Seller.
  The Seller must make a Report within the Grace not counting time while Disputed applies.
"""
    )
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Dispute "D".')
    deal.does("10:00 on 7 September 2005", 'Buyer: withdraw "D".')

    assert is_so(deal, "the deadline of section 2 is equal to 8 September 2005")


def test_a_stated_period_is_in_days_and_is_shown() -> None:
    deal = requests(Period(5, Unit.BUSINESS_DAY))
    deal.does("10:00 on 2 September 2005", 'Seller: present the Request "R" stating Extension as 3 business days.')

    told = render_derivation(figures_for(deal.agreement, deal.state, "2")[0])
    assert "3 business days: 12, 13, 14 September 2005" in told
    within = "The Seller must pay USD 5.00 to the Buyer within the Grace."
    assert "A period in hours" in problems(HEAD + f'Clause 2 "G": "Grace" means 2 hours. {within}')
    assert "A period is wanted here" in problems(HEAD + f'Clause 2 "G": "Grace" means 2 June 2026. {within}')


def test_a_clock_time_on_a_day_that_is_found() -> None:
    """The Trigger is on Friday 2 September at 17:30; three business days later is Thursday 8 September."""
    deal = opened('Clause 2 "K": "Trigger" means a claim, made by the Buyer.')
    deal.does("17:30 on 2 September 2005", "Buyer: present the Trigger.")
    day = "3 business days after the making of the latest Trigger"

    assert is_so(deal, f"12:00 on {day} is equal to 12:00 on 8 September 2005")
    assert is_so(deal, f"the hour of the making of the latest Trigger on {day} is equal to 17:30 on 8 September 2005")
    assert is_so(deal, f"2 hours after 12:00 on {day} is equal to 14:00 on 8 September 2005")
    assert is_so(deal, "02:30 on the later of 2 April 2006 and 1 April 2006 is equal to 03:30 on 2 April 2006")


def test_a_clock_time_is_a_deadline_to_the_minute() -> None:
    deal = opened(
        """
Clause 2 "K":
  "Trigger" means a claim, made by the Buyer.
  For each Trigger, when such Trigger has been made,
    then the Seller must pay USD 5.00 to the Buyer by 11:00 on 1 business day after the making of such Trigger.
"""
    )
    deal.does("17:30 on 2 September 2005", 'Buyer: present the Trigger "T".')
    deal.passes("11:00 on 6 September 2005")
    assert deal.status("2", "T") == "active"
    deal.passes("11:01 on 6 September 2005")
    assert deal.status("2", "T") == "overdue"


def test_only_an_instant_has_an_hour() -> None:
    wrong = problems(
        HEAD + 'Clause 2 "K": The Seller must pay USD 5.00 to the Buyer by the hour of 2 June 2026 on 3 June 2026.'
    )

    assert "The hour of a date" in wrong


def test_what_nobody_has_extended_ends_at_its_own_time() -> None:
    """Without a request the report is due on Friday 9 September; one after that comes too late for it."""
    deal = requests(Period(5, Unit.BUSINESS_DAY))
    deal.passes("23:59 on 9 September 2005")
    assert is_so(deal, "section 2 is active")
    deal.passes("00:00 on 10 September 2005")
    assert is_so(deal, "section 2 is overdue")

    deal.does("10:00 on 12 September 2005", "Seller: present the Request stating Extension as 1 month.")
    assert is_so(deal, "section 2 is overdue")


def test_a_time_that_is_extended_by_a_blank_is_open_until_it_is_filled() -> None:
    deal = opened(
        'Clause 2 "Report": "Extension" means an optional blank period, filled by the Buyer. '
        '"Report" means a claim, made by the Seller. '
        "The Seller must make a Report by 12:00 on 9 September 2005 extended by the Extension."
    )
    deal.passes("10:00 on 12 September 2005")
    assert deal.asks("section 2 is overdue.") == "false"
    assert deal.asks("9 September 2005 extended by the Extension is before 30 September 2005.") == "open"

    deal.does("10:00 on 12 September 2005", "Buyer: fill the Extension with 2 calendar days.")
    assert is_so(deal, "section 2 is overdue")
