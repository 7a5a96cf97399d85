"""Values of time: dates found from others, and what stood, or who filled a role, as of a time."""

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from dsl.calendars import Calendar
from dsl.terms.contents import Term
from dsl.terms.hours import Opening

if TYPE_CHECKING:
    from dsl.terms.values import Value


@dataclass(frozen=True, slots=True)
class AsOf(Term):
    """A value as it stood at an instant, or at the end of a date."""

    value: "Value"
    moment: "Value"


@dataclass(frozen=True, slots=True)
class DayOf(Term):
    """The date of an instant in the agreement's zone."""

    moment: "Value"


@dataclass(frozen=True, slots=True)
class BusinessDayOf(Term):
    """The date of an instant if it is a business day and not after its closing, else the next business day.

    Here and below `calendar` is None for that of the agreement.
    """

    calendar: Calendar | None
    closing: time | None
    moment: "Value"


@dataclass(frozen=True, slots=True)
class Rolled(Term):
    """A date or instant on the first business day on or after it; `forward` is False for on or before."""

    calendar: Calendar | None
    forward: bool
    origin: "Value"


@dataclass(frozen=True, slots=True)
class MonthEdge(Term):
    """The first or the last day of a month."""

    last: bool
    moment: "Value"


@dataclass(frozen=True, slots=True)
class DaysBetween(Term):
    """How many days there are from the first one on and before the last one: all, the business days, or all where each
    month has `thirty`."""

    business: bool
    calendar: Calendar | None
    first: "Value"
    last: "Value"
    thirty: bool = False


@dataclass(frozen=True, slots=True)
class Today(Term):
    """The current date in the agreement's zone."""


@dataclass(frozen=True, slots=True)
class HolderOf(Term):
    """Who filled a role up to an instant, or at the end of a day: a party's name, or text."""

    role: str
    moment: "Value"


@dataclass(frozen=True, slots=True)
class ClockOn(Term):
    """The instant at a clock time, or at that of another instant, on a day; in a zone, or else in the agreement's."""

    hour: "time | Value"
    day: "Value"
    zone: str = ""


DayValue = Opening | ClockOn | DayOf | BusinessDayOf | Rolled | MonthEdge | DaysBetween | Today
