"""How a period was counted, day by day: a period and where it starts in, the days that count and those left out.

`calendars` says where a period ends. Whoever has to sign for a date wants to see the way there as well: which business
days were counted, which holiday lies between, and that a month has no 31st.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from dsl.calendars import (
    Calendar,
    Indeterminate,
    Period,
    Unit,
    add_to_date,
    count_days,
    on_or_after,
    take_from_date,
)

_DAY = timedelta(days=1)
_MOST = 12


@dataclass(frozen=True, slots=True)
class Counting:
    """The days of a period in the order they were counted, and the days left out that are no ordinary weekend."""

    period: Period
    days: tuple[date, ...]
    left_out: tuple[tuple[date, str], ...] = ()
    clamped: bool = False

    def __str__(self) -> str:
        told = str(self.period)
        if self.days:
            told += f": {say_days(self.days)}"
        if self.period.unit is Unit.CLEAR_BUSINESS_DAY and self.days:
            told += ", of which the last day is left out of the count"
        if self.left_out:
            told += "; left out: " + ", ".join(f"{say_day(day)} ({why})" for day, why in self.left_out)
        if self.clamped:
            told += "; that month has no such day, so its last day counts"
        return told


def counted(origin: date, period: Period, calendar: Calendar, forward: bool = True) -> Counting:
    """The days that were counted from a date on; none for hours, months and years, which are not counted by days."""
    end = (add_to_date if forward else take_from_date)(origin, period, calendar)
    if period.unit is Unit.HOUR or isinstance(end, Indeterminate):
        return Counting(period, ())
    if period.unit in (Unit.MONTH, Unit.YEAR):
        return Counting(period, (), clamped=end.day != origin.day)
    step = _DAY if forward else -_DAY
    between = [origin + number * step for number in range(1, abs((end - origin).days) + 1)]
    if not period.unit.of_business:
        return Counting(period, tuple(between))
    days = tuple(day for day in between if calendar.is_business_day(day) is True)
    left_out = tuple((day, why) for day in between if day not in days and (why := _why_left_out(day, calendar)))
    return Counting(period, days, left_out)


def days_of_thirty(first: date, last: date) -> int:
    """How many days there are where each month has 30: a 31st is a 30th, at the end only if the first day is one too.

    Where the last one is the earlier, the days between them count below nothing.
    """
    if last < first:
        return -days_of_thirty(last, first)
    begins = min(first.day, 30)
    ends = 30 if begins == 30 and last.day == 31 else last.day
    return 360 * (last.year - first.year) + 30 * (last.month - first.month) + ends - begins


def put_off(last: date, stopped: date, resumed: date, business: bool, calendar: Calendar) -> date | Indeterminate:
    """The last day of a time, put off by one day for each day at whose end time stood still.

    The day of the stop is such a day, that of resuming is not; of a time in business days, only those count.
    """
    left = count_days(stopped, last, calendar if business else None)
    first = on_or_after(resumed, calendar) if business else resumed
    if isinstance(left, Indeterminate) or isinstance(first, Indeterminate):
        return left if isinstance(left, Indeterminate) else first
    return add_to_date(first, Period(left, Unit.BUSINESS_DAY if business else Unit.DAY), calendar)


def _why_left_out(day: date, calendar: Calendar) -> str:
    """Why no business is done on a day; nothing needs to be said of a weekend."""
    if calendar.is_weekend(day):
        return ""
    return "a holiday by this agreement" if day in calendar.added else calendar.holiday(day)


def say_day(day: date) -> str:
    """A day with its day of the week: `Fri 2 Sep 2005`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def say_days(days: tuple[date, ...]) -> str:
    """Several days, those of a month together: `6, 7, 8, 9, 12 September 2005`; of many the first and the last."""
    if len(days) > _MOST:
        return f"{say_days(days[:3])} and so on to {say_day(days[-1])}"
    months = [tuple(each) for _, each in groupby(days, key=lambda day: (day.year, day.month))]
    return ", ".join(f"{', '.join(str(day.day) for day in month)} {month[0]:%B %Y}" for month in months)
