"""Time as agreements count it: hours, days, business days, months and years.

A `Period` and a `Calendar` turn one instant into another, or one date into another. The meanings are these; an
agreement that wants another one has to say so.

- An **instant** is an aware `datetime` in UTC. Its date is the date in the calendar's time zone.
- **Hours** elapse: 24 hours is exactly that, also over a night when the clocks change.
- **Calendar days, months and years** keep the time on the wall in that zone. A month ends no later than its last day:
  a month after 31 January is the last day of February, and a year after 29 February is 28 February. A year is twelve
  months.
- A time on the wall that the clocks skip in spring moves forward by what they skip; of one that comes twice in autumn
  the first is meant.
- **N business days after** a date is the N-th business day strictly after it, whether or not the date itself is one, at
  the same time on the wall. **Before** is the same, backwards.
- **N clear business days** leave out both the first and the last day, so they end one later.
- A period of nothing changes nothing, except that no clear business days still end on the next business day.

A business day is one that is not on a weekend and not a public holiday, with the days on which a holiday is observed.
Holidays and weekends come from the `holidays` library (`feasts.py`), by a country (`US`, the federal holidays), one of
its parts (`US-NY`) or a financial market (`NYSE`). What the library does not know gives `Indeterminate` with the
reason, never a guess: a name or a year that it does not cover, and the days around a feast whose date it only
estimates. Days that the agreement closes or opens settle the question, also on a weekend.

Time zones come from the pinned `tzdata` package, not from the machine, so the same agreement gives the same dates
everywhere; this module tells `zoneinfo` so when it is loaded. What the two packages say never changes while a program
runs, which makes it safe to remember.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

import holidays
from holidays.version import __version__

from dsl.feasts import feasts, weekends

reset_tzpath(to=())  # The machine has no zones to offer, so the package is asked.

_DAY = timedelta(days=1)
_FIRST_INSTANT = datetime.min.replace(tzinfo=UTC)
_LAST_INSTANT = datetime.max.replace(tzinfo=UTC)


class UnknownZone(ValueError):
    """A time zone without a name in the tz database; a check of ours should have found it."""


@dataclass(frozen=True, slots=True)
class Indeterminate:
    """The calendar cannot tell, for this reason; it is neither a yes nor a no."""

    reason: str

    def __bool__(self) -> bool:
        raise TypeError("An indeterminate answer is neither yes nor no.")


class Unit(Enum):
    """What a period is counted in."""

    HOUR = "hour"
    DAY = "calendar day"
    BUSINESS_DAY = "business day"
    CLEAR_BUSINESS_DAY = "clear business day"
    MONTH = "month"
    YEAR = "year"

    @property
    def in_days(self) -> bool:
        """Whether a time of it ends with a day; hours elapse."""
        return self is not Unit.HOUR

    @property
    def of_business(self) -> bool:
        """Whether only business days count."""
        return self in (Unit.BUSINESS_DAY, Unit.CLEAR_BUSINESS_DAY)


LONGEST_PERIOD = 99_999  # units of time: longer than any deal


@dataclass(frozen=True, slots=True)
class Period:
    """So many of one unit of time, as in "5 business days"; perhaps of a calendar that is not the agreement's."""

    number: int
    unit: Unit
    calendar: "Calendar | None" = None

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("A period is not less than nothing; count backwards with `before`.")

    def __str__(self) -> str:
        of = f" of {self.calendar.said}" if self.calendar is not None else ""
        return f"{self.number} {self.unit.value}{'' if self.number == 1 else 's'}{of}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays and the time zone that an agreement counts by.

    `added` dates are no business days and `removed` dates are, whatever the library says, also on a
    weekend. `weekend` counts Monday as 0 and stands in place of the weekends of the library.
    With `others` a day counts when it is a business day in all of the calendars, or, with `any_of`, in
    any of them.
    """

    name: str
    zone: str
    added: tuple[date, ...] = ()
    removed: tuple[date, ...] = ()
    weekend: tuple[int, ...] | None = None
    others: tuple[str, ...] = ()
    any_of: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its calendars."""
        return (self.name, *self.others)

    @property
    def said(self) -> str:
        """Its calendars as an agreement writes them."""
        *first, last = (f'"{name}"' for name in self.names)
        return f"{', '.join(first)} {'or' if self.any_of else 'and'} {last}" if first else last

    def is_business_day(self, day: date) -> bool | Indeterminate:
        """Whether business is done on a day in this calendar."""
        for name in self.names:
            if not known_calendar(name):
                return Indeterminate(f"`{name}` is not a calendar that the holidays library has.")
        if day in self.removed:
            return True
        if self.is_weekend(day) or day in self.added:
            return False
        unknown: Indeterminate | None = None
        for name in self.names:
            holiday = self._ends_the_week(name, day) or _is_holiday(name, day)
            if isinstance(holiday, Indeterminate):
                unknown = holiday
            elif holiday is not self.any_of:
                return not holiday
        return not self.any_of if unknown is None else unknown

    def is_weekend(self, day: date) -> bool:
        """Whether a day is on the weekend of one of its calendars, or, with `any_of`, of all of them."""
        return (all if self.any_of else any)(self._ends_the_week(name, day) for name in self.names)

    def _ends_the_week(self, name: str, day: date) -> bool:
        if self.weekend is not None:
            return day.weekday() in self.weekend
        return known_calendar(name) and day in weekends(name, day.year)

    def holiday(self, day: date) -> str:
        """What a public holiday is called; empty where the library has no holiday on that day."""
        return (feasts(self.name, day.year) or {}).get(day, "") if known_calendar(self.name) else ""


def calendar_version() -> str:
    """The version of the library that the holidays come from."""
    return __version__


def known_calendar(name: str) -> bool:
    """Whether the library has holidays under this name."""
    return name in calendar_names()


@lru_cache(maxsize=1)
def calendar_names() -> frozenset[str]:
    """The names of all calendars: countries, their parts and financial markets."""
    supported = holidays.list_supported_countries() | holidays.list_supported_financial()
    parts = {f"{code}-{part}" for code, known in supported.items() for part in known}
    return frozenset(parts | set(supported))


def known_zone(name: str) -> bool:
    """Whether a time zone has this name."""
    return name in zone_names()


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(available_timezones())


def after(instant: datetime, period: Period, calendar: Calendar) -> datetime | Indeterminate:
    """The instant at which a period that starts at an instant ends."""
    return _moved_instant(instant, period, calendar, 1)


def before(instant: datetime, period: Period, calendar: Calendar) -> datetime | Indeterminate:
    """The instant from which a period that ends at an instant is counted backwards."""
    return _moved_instant(instant, period, calendar, -1)


def add_to_date(day: date, period: Period, calendar: Calendar) -> date | Indeterminate:
    """The date on which a period that starts on a date ends."""
    return _moved_date(day, period, calendar, 1)


def take_from_date(day: date, period: Period, calendar: Calendar) -> date | Indeterminate:
    """The date from which a period that ends on a date is counted backwards."""
    return _moved_date(day, period, calendar, -1)


def on_or_after(day: date, calendar: Calendar) -> date | Indeterminate:
    """The day itself if it is a business day, otherwise the next one: rolling forward."""
    return _nth_business_day(day - _DAY, 1, calendar, 1) if day > date.min else _beyond()


def on_or_before(day: date, calendar: Calendar) -> date | Indeterminate:
    """The day itself if it is a business day, otherwise the last one before: rolling back."""
    return _nth_business_day(day + _DAY, 1, calendar, -1) if day < date.max else _beyond()


def rolled(moment: date, forward: bool, calendar: Calendar) -> date | Indeterminate:
    """A date, or an instant at its time on the wall, on the first business day on or after it (or before it)."""
    roll = on_or_after if forward else on_or_before
    if not isinstance(moment, datetime):
        return roll(moment, calendar)
    aware = _aware(moment)
    try:
        zone = _zone(calendar.zone)
        wall = aware.astimezone(zone)
        day = roll(wall.date(), calendar)
        if isinstance(day, Indeterminate) or day == wall.date():
            return day if isinstance(day, Indeterminate) else aware
        return instant_of(day, wall.time(), calendar.zone)
    except OverflowError:
        return _beyond()


def business_day_of(moment: date, closing: time | None, calendar: Calendar) -> date | Indeterminate:
    """The date of a moment if it is a business day and the moment is not after its closing, else the next one."""
    day = local_date(moment, calendar.zone) if isinstance(moment, datetime) else moment
    found = on_or_after(day, calendar)
    if closing is None or found != day or not isinstance(moment, datetime) or isinstance(found, Indeterminate):
        return found
    try:
        late = moment.astimezone(_zone(calendar.zone)).time() > closing
    except OverflowError:
        return _beyond()
    return _nth_business_day(day, 1, calendar, 1) if late else found


def count_days(first: date, last: date, calendar: Calendar | None) -> int | Indeterminate:
    """How many days there are from the first one on and before the last one: business days, if a calendar is given.

    Where the last one is the earlier, the days between them count below nothing.
    """
    if last < first:
        found = count_days(last, first, calendar)
        return found if isinstance(found, Indeterminate) else -found
    length = (last - first).days
    if calendar is None:
        return length
    count = 0
    for distance in range(length):
        open_for_business = calendar.is_business_day(first + distance * _DAY)
        if isinstance(open_for_business, Indeterminate):
            return open_for_business
        count += open_for_business
    return count


def local_date(instant: datetime, zone: str) -> date:
    """The date on the wall in a time zone at an instant."""
    try:
        return _aware(instant).astimezone(_zone(zone)).date()
    except OverflowError:
        return instant.date()


def start_of_day(day: date, zone: str) -> datetime:
    """The instant at which a day begins in a time zone, at midnight or when the clocks reach it."""
    try:
        return datetime.combine(day, time.min, _zone(zone)).astimezone(UTC)
    except OverflowError:
        return _FIRST_INSTANT if day.year == 1 else _LAST_INSTANT


def end_of_day(day: date, zone: str) -> datetime:
    """The instant at which a day is over in a time zone: the start of the next."""
    return start_of_day(day + _DAY, zone) if day < date.max else _LAST_INSTANT


def _moved_instant(instant: datetime, period: Period, calendar: Calendar, direction: int) -> datetime | Indeterminate:
    aware = _aware(instant)
    try:
        if period.unit is Unit.HOUR:
            return aware + direction * timedelta(hours=period.number)
        zone = _zone(calendar.zone)
        wall = aware.astimezone(zone)
        day = _moved_date(wall.date(), period, calendar, direction)
        if isinstance(day, Indeterminate):
            return day
        return aware if day == wall.date() else instant_of(day, wall.time(), calendar.zone)
    except OverflowError:
        return _beyond()
    except UnknownZone as unknown:
        return Indeterminate(str(unknown))


def instant_of(day: date, wall: time, zone: str) -> datetime:
    """The instant at a time on the wall: the first of two equal ones, and in a gap the one moved forward."""
    return datetime.combine(day, wall.replace(fold=0), _zone(zone)).astimezone(UTC)


def local_time(instant: datetime, zone: str) -> time:
    """The time on the wall in a time zone at an instant."""
    return instant.astimezone(_zone(zone)).time()


def _moved_date(day: date, period: Period, calendar: Calendar, direction: int) -> date | Indeterminate:
    match period.unit:
        case Unit.HOUR:
            return Indeterminate(f"{period} cannot be counted from a date without a time of day.")
        case Unit.DAY:
            try:
                return day + direction * timedelta(days=period.number)
            except OverflowError:
                return _beyond()
        case Unit.BUSINESS_DAY:
            return _nth_business_day(day, period.number, calendar, direction)
        case Unit.CLEAR_BUSINESS_DAY:
            return _nth_business_day(day, period.number + 1, calendar, direction)
        case Unit.MONTH:
            return _months_later(day, direction * period.number)
        case Unit.YEAR:
            return _months_later(day, direction * 12 * period.number)
        case _:
            assert_never(period.unit)


def _nth_business_day(day: date, number: int, calendar: Calendar, direction: int) -> date | Indeterminate:
    while number > 0:
        if day == (date.max if direction > 0 else date.min):
            return _beyond()
        day += direction * _DAY
        open_for_business = calendar.is_business_day(day)
        if isinstance(open_for_business, Indeterminate):
            return open_for_business
        number -= open_for_business
    return day


def _months_later(day: date, months: int) -> date | Indeterminate:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return _beyond()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_holiday(name: str, day: date) -> bool | Indeterminate:
    table = feasts(name, day.year)
    if table is None:
        return Indeterminate(f"The holidays library does not cover {day.year} for `{name}`.")
    if "estimated" not in table.get(day, "estimated").casefold():
        return True
    for near in (day, day - _DAY, day + _DAY):
        feast = (feasts(name, near.year) or {}).get(near, "")
        if "estimated" in feast.casefold():
            return Indeterminate(
                f"The holidays library only estimates the date of a holiday around {day} for "
                f"`{name}` ({feast}); the agreement can add or remove {day}."
            )
    return False


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    if name not in zone_names():
        raise UnknownZone(f"`{name}` is not a time zone.")
    # Not the shared copy: someone may have asked the machine for it before this module was loaded.
    return ZoneInfo.no_cache(name)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant has a time zone.")
    return instant.astimezone(UTC)


def _beyond() -> Indeterminate:
    return Indeterminate("The date is outside the years 1 to 9999.")
