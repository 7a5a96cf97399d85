"""Days found from other times: the day of an instant, rolled days, the ends of a month, days counted, and today.

What the calendar does not know is an open gap, as everywhere. Who reads `today` reads it again at the next midnight.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, assert_never

from dsl import terms as t
from dsl.calendars import (
    LONGEST_PERIOD,
    Calendar,
    Indeterminate,
    Period,
    add_to_date,
    after,
    before,
    business_day_of,
    count_days,
    end_of_day,
    instant_of,
    local_date,
    local_time,
    rolled,
    take_from_date,
)
from dsl.counting import days_of_thirty
from dsl.hours import opening
from dsl.reasons import Gap, Truth, Wait, joined

if TYPE_CHECKING:
    from dsl.judge import Judge
    from dsl.values import Known, Values


def day_value(values: "Values", value: t.DayValue) -> "Known":
    """The day or the number of days that a value stands for."""
    match value:
        case t.Today():
            return today(values)
        case t.ClockOn():
            return _clock_on(values, value)
        case t.Opening():
            return opening(values, value)
        case t.DaysBetween():
            return _days_between(values, value)
        case t.Rolled():
            return _moved(values, value.origin, lambda origin: rolled(origin, value.forward, _calendar(values, value)))
        case t.DayOf():
            return _moved(values, value.moment, values.day_of)
        case t.MonthEdge():
            return _moved(values, value.moment, lambda moment: month_edge(values.day_of(moment), value.last))
        case t.BusinessDayOf():
            calendar = _calendar(values, value)
            return _moved(values, value.moment, lambda moment: business_day_of(moment, value.closing, calendar))
        case _:  # pragma: no cover
            assert_never(value)


def shifted(values: "Values", origin: t.Content, period: t.Length, forward: bool) -> "Known":
    """An instant or a date moved by a period over its calendar, or that of the agreement."""
    length = length_now(values, period)
    if isinstance(length, Gap):
        return length
    calendar = length.calendar or values.terms.calendar
    if isinstance(origin, datetime):
        return known((after if forward else before)(origin, length, calendar))
    assert isinstance(origin, date)
    return known((add_to_date if forward else take_from_date)(origin, length, calendar))


def length_now(values: "Values", period: t.Length) -> Period | Gap:
    """A period as it is counted now; a figure below nothing, or longer than any deal, is no length of time."""
    if isinstance(period, Period):
        return period
    if isinstance(period, t.Stated):
        stated = values.value(period.value)
        assert isinstance(stated, Gap | Period)
        return stated
    number = values.value(period.number)
    if isinstance(number, Gap):
        return number
    if not isinstance(number, int) or not 0 <= number <= LONGEST_PERIOD:
        return Gap(Truth.OPEN, (Wait("figure", f"{period.number.text} is {values.say(number)}, which is no length"),))
    return Period(number, period.unit, period.calendar)


def counted(values: "Values", origin: t.Content, period: t.Length, forward: bool = True) -> "Known":
    """Where a period ends that is counted from a date or an instant: hours end at an instant, days on a day."""
    start = values.day_of(origin) if period.unit.in_days and isinstance(origin, date) else origin
    return values.shifted(start, period, forward)


def month_edge(day: date, last: bool) -> date:
    """The first or the last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1] if last else 1)


def known(found: date | int | Indeterminate) -> "date | int | Gap":
    """What a calendar says; what it cannot say is an open gap."""
    return Gap(Truth.OPEN, (Wait("calendar", found.reason),)) if isinstance(found, Indeterminate) else found


def today(values: "Values", *, watched: bool = True) -> date:
    """The current date; who reads it is asked again when the next day begins, unless somebody else sees to that."""
    day = values.local_day(values.judge.now)
    if watched:
        values.judge.instants.add(end_of_day(day, values.terms.zone))
    return day


def _moved(values: "Values", origin: t.Value, move: Callable[[date], date | Indeterminate]) -> "Known":
    found = values.value(origin)
    if isinstance(found, Gap):
        return found
    assert isinstance(found, date)
    return known(move(found))


def _clock_on(values: "Values", value: t.ClockOn) -> "Known":
    day = values.value(value.day)
    hour = value.hour if isinstance(value.hour, time) else values.value(value.hour)
    if isinstance(day, Gap) or isinstance(hour, Gap):
        return joined(day, hour)
    assert isinstance(day, date)
    zone = value.zone or values.terms.zone
    wall = local_time(hour, zone) if isinstance(hour, datetime) else hour
    assert isinstance(wall, time)
    return instant_of(local_date(day, zone) if isinstance(day, datetime) else day, wall, zone)


def _days_between(values: "Values", value: t.DaysBetween) -> "Known":
    first, last = values.value(value.first), values.value(value.last)
    if isinstance(first, Gap) or isinstance(last, Gap):
        return joined(first, last)
    assert isinstance(first, date)
    assert isinstance(last, date)
    edges = values.day_of(first), values.day_of(last)
    if value.thirty:
        return days_of_thirty(*edges)
    return known(count_days(*edges, _calendar(values, value) if value.business else None))


def _calendar(values: "Values", value: t.BusinessDayOf | t.Rolled | t.DaysBetween) -> Calendar:
    return value.calendar or values.terms.calendar


def open_end(judge: "Judge", window: t.Window, since: datetime) -> Gap | None:
    """Why it is open how long an act is timely; None if that is known, waits for something to come, or has no end."""
    end = window_end(judge, window, since)
    return end if isinstance(end, Gap) and end.truth is Truth.OPEN else None


def window_end(judge: "Judge", window: t.Window, since: datetime) -> t.Content | Gap | None:
    """The instant or the day with which a window ends; None if it has no end, and why it is not known yet."""
    if window.within is None:
        return judge.values.value(window.by) if window.by is not None else None
    origin = _earliest(judge, window, since) if window.origin is None else judge.values.value(window.origin)
    return origin if isinstance(origin, Gap) else counted(judge.values, origin, window.within)


def _earliest(judge: "Judge", window: t.Window, since: datetime) -> t.Content | Gap:
    """When a time without an origin begins to run: with the norm, but not before the act may be done at all."""
    if window.not_before is None:
        return since
    start = judge.values.value(window.not_before)
    return start if isinstance(start, Gap) else max(since, judge.moment(start))
