"""Time passes whether or not anybody is watching, and a deadline falls where it was said to fall."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dsl.calendars import (
    Calendar,
    Indeterminate,
    Period,
    Unit,
    add_to_date,
    after,
    end_of_day,
    local_date,
    start_of_day,
)
from dsl.engine import advance, tick
from dsl.windows import TICK
from tests.dsl.deals import Deal, opened
from tests.laws.stories import START, Story, few, stories, tell

waits = st.integers(1, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))
moments = waits.map(lambda wait: START + wait)


@few
@given(story=stories, wait=waits)
def test_ticking_twice_is_ticking_once(story: Story, wait: timedelta) -> None:
    state = tell(story).last
    ahead = state.now + wait

    there = advance(story.agreement, state, ahead)

    assert tick(story.agreement, there, ahead) == ()
    assert advance(story.agreement, there, ahead) == there


@few
@given(story=stories, first=waits, second=waits)
def test_waiting_in_two_steps_is_waiting_in_one(story: Story, first: timedelta, second: timedelta) -> None:
    state = tell(story).last
    near, far = state.now + first, state.now + first + second

    at_once = advance(story.agreement, state, far)

    assert advance(story.agreement, advance(story.agreement, state, near), far) == at_once


WINDOW = """
Clause 2 "Fee":
  "Start" means an act, made by the Seller.
  When a Start has been made, then the Buyer must pay USD 5.00 to the Seller within {period}.
"""
UNITS = ("hours", "calendar days", "business days", "clear business days", "months", "years")


@few
@given(number=st.integers(1, 12), unit=st.sampled_from(UNITS), start=moments)
def test_an_act_at_the_deadline_is_timely_and_one_after_it_is_late(number: int, unit: str, start: datetime) -> None:
    text = WINDOW.format(period=f"{number} {unit}")
    timely, late = opened(text), opened(text)
    for deal in (timely, late):
        deal.attempts(start, "Seller: take a Start.")
    due = due_of(timely)

    assert due == expected(timely, start)
    timely.attempts(due, "Buyer: pay USD 5.00 to the Seller.")
    late.until(due)
    assert late.status("2") == "active"
    late.attempts(due + TICK, "Buyer: pay USD 5.00 to the Seller.")

    assert timely.status("2") == "fulfilled"
    assert late.status("2") == "fulfilled late"


def due_of(deal: Deal) -> datetime:
    """The deadline of the duty of section 2."""
    norm = next(norm for norm in deal.state.norms.values() if norm.provision.startswith("2/"))
    assert norm.due is not None
    return norm.due


def expected(deal: Deal, start: datetime) -> datetime:
    """The deadline as the calendar counts it: hours to the minute, everything else to the end of the last day."""
    provision = next(each for each in deal.agreement.provisions if each.section == "2")
    period = provision.statement.window.within  # type: ignore[union-attr]
    assert isinstance(period, Period)
    calendar = deal.agreement.terms.calendar
    if period.unit is Unit.HOUR:
        found = after(start, period, calendar)
        assert not isinstance(found, Indeterminate)
        return found
    last = add_to_date(local_date(start, calendar.zone), period, calendar)
    assert not isinstance(last, Indeterminate)
    return end_of_day(last, calendar.zone) - TICK


CALENDAR = Calendar("US", "America/New_York")
STOPPED = """
Clause 2 "Fee" {edge}:
  The Buyer must pay USD 5.00 to the Seller within {period}{stop}.
Clause 3 "Stop":
  "Halt" means an act, made by the Seller.
  "Halted" means that a Halt has been made.
"""


@few
@given(
    period=st.sampled_from(("240 hours", "10 calendar days", "10 business days")),
    suspended=st.booleans(),
    begins=st.integers(0, 60 * 24 * 9),
    lasts=st.integers(0, 60 * 24 * 30),
)
def test_a_clock_that_is_stopped_stands_still(period: str, suspended: bool, begins: int, lasts: int) -> None:
    edge = "subject to section 3 by suspension while Halted applies" if suspended else ""
    stop = "" if suspended else " not counting time while Halted applies"
    deal = opened(STOPPED.format(edge=edge, stop=stop, period=period))
    began, before = deal.now, due_of(deal)
    halted = began + timedelta(minutes=begins)
    resumed = halted + timedelta(minutes=lasts)

    deal.attempts(halted, 'Seller: take the Halt "H".')
    deal.until(resumed)
    assert deal.status("2") == ("suspended" if suspended else "active")
    deal.attempts(resumed, 'Seller: withdraw the Halt "H".')

    assert deal.status("2") == "active"
    if period == "240 hours":
        assert due_of(deal) == began + timedelta(hours=240) + (resumed - halted)
    else:
        assert due_of(deal) == moved(before, halted, resumed, business=period == "10 business days")


def moved(before: datetime, halted: datetime, resumed: datetime, business: bool) -> datetime:
    """A deadline put off by one day for each at whose end the clock stood still; business days, if only they count."""
    last, day = local_date(before, CALENDAR.zone), local_date(halted, CALENDAR.zone)
    while halted <= end_of_day(day, CALENDAR.zone) - TICK < resumed:
        if not business or CALENDAR.is_business_day(day):
            last += timedelta(days=1)
            while business and not CALENDAR.is_business_day(last):
                last += timedelta(days=1)
        day += timedelta(days=1)
    return end_of_day(last, CALENDAR.zone) - TICK


OPENED = date(2005, 9, 1)
RENT = """
Clause 2 "Rent":
  "Rent Day" means an event, every {period} from {start}.
"""


@few
@given(number=st.integers(1, 40), unit=st.sampled_from(("calendar days", "months")), waited=st.lists(waits, max_size=4))
def test_what_recurs_comes_on_each_of_its_days_however_time_passes(
    number: int, unit: str, waited: list[timedelta]
) -> None:
    deal = opened(RENT.format(period=f"{number} {unit}", start="31 August 2005"))
    every = deal.agreement.terms.kinds["Rent Day"].every
    assert every is not None
    for wait in waited:
        deal.until(deal.now + wait)

    days = [
        add_to_date(date(2005, 8, 31), replace(every.period, number=times * number), CALENDAR) for times in range(200)
    ]
    begun = [day for day in days if isinstance(day, date) and OPENED <= day <= local_date(deal.now, CALENDAR.zone)]
    assert [entry.content("Day") for entry in deal.state.entries] == begun
    assert [entry.at for entry in deal.state.entries if entry.content("Day") != OPENED] == [
        start_of_day(day, CALENDAR.zone) for day in begun if day != OPENED
    ]
