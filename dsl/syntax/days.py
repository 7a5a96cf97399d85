"""Days found from other times: written as they are said, worked out over the calendar."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsl.syntax.common import Calendars, Node, Period, Text

if TYPE_CHECKING:
    from dsl.syntax.values import Value


@dataclass(frozen=True, slots=True)
class CountedPeriod(Node):
    """A period whose length is a figure: `(the Notice Days of such Lease) business days`."""

    number: "Value"
    unit: str
    calendars: Calendars | None


@dataclass(frozen=True, slots=True)
class StatedPeriod(Node):
    """A period that a field, a blank or a name holds: `the Extension of such Request`."""

    value: "Value"


Length = Period | CountedPeriod | StatedPeriod


@dataclass(frozen=True, slots=True)
class Shift(Node):
    """A time moved by a period: `5 business days after X`, `X extended by the Extension of such Request`."""

    period: Length
    direction: str
    origin: "Value"


@dataclass(frozen=True, slots=True)
class AsOf(Node):
    """A value as it stood: `the balance of the Fund as of 31 December 2026`."""

    value: "Value"
    moment: "Value"


@dataclass(frozen=True, slots=True)
class DayOf(Node):
    """The date of an instant in the agreement's zone: `the day of the giving of such Notice`."""

    moment: "Value"


@dataclass(frozen=True, slots=True)
class BusinessDayOf(Node):
    """The business day on which an instant counts: `the business day closing at 16:00 of X`."""

    calendars: Calendars | None
    closing: str | None
    moment: "Value"


@dataclass(frozen=True, slots=True)
class Rolled(Node):
    """A time moved to a business day if it is on none: `the business day on or after X`."""

    calendars: Calendars | None
    direction: str
    origin: "Value"


@dataclass(frozen=True, slots=True)
class MonthEdge(Node):
    """`the first day of the month of X`, `the last day of the month of X`."""

    edge: str
    moment: "Value"


@dataclass(frozen=True, slots=True)
class DaysBetween(Node):
    """How many days there are: `the number of calendar days from X to Y`, the first counted and the last not; or
    `business days`, or `days in months of 30 days`."""

    days: str
    calendars: Calendars | None
    first: "Value"
    last: "Value"


@dataclass(frozen=True, slots=True)
class Today(Node):
    """The current date in the agreement's zone: `today`."""


@dataclass(frozen=True, slots=True)
class ClockOn(Node):
    """A clock time of a day that is found: `17:00 on the Last Day`, `the hour of the giving of X on the Last Day`; in
    another zone, `17:00 in "Asia/Tokyo" on the Last Day`."""

    hour: "str | Value"
    day: "Value"
    zone: Text | None = None


@dataclass(frozen=True, slots=True)
class Hours(Node):
    """`between 09:00 and 17:00 on a business day`; without times, the whole day."""

    opens: str | None
    closes: str | None


@dataclass(frozen=True, slots=True)
class Opening(Node):
    """A time moved into hours if it is outside them: `the first moment between ... on a business day on or after X`."""

    hours: Hours
    origin: "Value"


DayValue = Opening | ClockOn | DayOf | BusinessDayOf | Rolled | MonthEdge | DaysBetween | Today
