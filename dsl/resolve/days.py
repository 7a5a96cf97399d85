"""Days found from other times: the day of an instant, rolled days, the ends of a month, days counted, and today."""

from collections.abc import Callable
from datetime import time

from dsl import syntax
from dsl.calendars import Calendar, Unit
from dsl.resolve.comparing import Typed
from dsl.resolve.fitting import DATE, INSTANT, NUMBER, PERIOD
from dsl.resolve.literals import calendar_of, need_calendar, need_zone, period, time_of_day, zone_of
from dsl.resolve.scope import Scope
from dsl.terms import (
    BusinessDayOf,
    ClockOn,
    DayOf,
    DaysBetween,
    Hours,
    Literal,
    MonthEdge,
    Opening,
    Rolled,
    Today,
    Value,
)


def day_value(node: syntax.DayValue, a_time: Callable[[syntax.Value], Typed], scope: Scope) -> Typed:
    """A day or a number of days; `a_time` reads a date or an instant."""
    words = scope.words(node)
    need_zone(node, scope)
    match node:
        case syntax.Opening():
            origin = a_time(node.origin)
            return Typed(Opening(words, node.span, hours(node.hours, scope), origin.value), INSTANT)
        case syntax.ClockOn():
            zone = zone_of(node.zone, scope) if node.zone is not None else ""
            return Typed(ClockOn(words, node.span, _hour(node, a_time, scope), a_time(node.day).value, zone), INSTANT)
        case syntax.Today():
            return Typed(Today(words, node.span), DATE)
        case syntax.DayOf():
            return Typed(DayOf(words, node.span, a_time(node.moment).value), DATE)
        case syntax.MonthEdge():
            return Typed(MonthEdge(words, node.span, node.edge == "last", a_time(node.moment).value), DATE)
        case syntax.BusinessDayOf():
            moment = a_time(node.moment)
            closing = _closing(node, moment, scope)
            return Typed(BusinessDayOf(words, node.span, _calendar(node, scope), closing, moment.value), DATE)
        case syntax.Rolled():
            origin = a_time(node.origin)
            forward = node.direction == "on or after"
            return Typed(Rolled(words, node.span, _calendar(node, scope), forward, origin.value), origin.type)
        case syntax.DaysBetween():
            business, thirty = node.days == "business days", node.days == "days in months of 30 days"
            first, last = a_time(node.first).value, a_time(node.last).value
            if not thirty and node.days.startswith("days"):
                why = "Interest is counted by months of 30 days, or by the days that there are."
                hint = "Write `days in months of 30 days` or `calendar days`."
                scope.wrong(node, "Months of other days", f"these are `{node.days}`", why, hint)
            calendar = _of_days(node, business, scope)
            return Typed(DaysBetween(words, node.span, business, calendar, first, last, thirty), NUMBER)


def hours(node: syntax.Hours, scope: Scope) -> Hours:
    """`between 09:00 and 17:00 on a business day`; without times, the whole day."""
    need_zone(node, scope)
    need_calendar(node, scope)
    opens = time_of_day(node.opens, node, scope) if node.opens is not None else time.min
    closes = time_of_day(node.closes, node, scope) if node.closes is not None else time.max
    if closes < opens:
        why = "Hours begin and end on one day."
        scope.wrong(node, "Closed before it opens", "ends before it begins", why, "Write the earlier time first.")
    return Hours(scope.words(node), node.span, opens, closes)


def of_date(node: syntax.Hours, moment: Typed, place: syntax.Node, scope: Scope) -> Hours:
    """Hours that a time is asked to be within; a date can only be on a business day."""
    if node.opens is not None and moment.type.name == "date":
        why = "A date is a whole day; an instant is one moment of it."
        scope.wrong(place, "The hour of a date", "a date has no hour", why, "Write `is on a business day`.")
    return hours(node, scope)


def stated_period(node: syntax.Period, scope: Scope) -> Typed:
    """A period as the content of a field, a blank or a name."""
    made = period(node, scope)
    if made.unit is Unit.HOUR:
        why = "Whoever counts by a stated period gets a day, and hours end within one."
        hint = "State the number of hours as a number, and write `(the Hours of such ...) hours after ...`."
        scope.wrong(node, "A period in hours", "not in days, months or years", why, hint)
    return Typed(Literal(scope.words(node), node.span, made), PERIOD)


def _hour(node: syntax.ClockOn, a_time: Callable[[syntax.Value], Typed], scope: Scope) -> time | Value:
    """A clock time that is written out, or that of an instant."""
    if isinstance(node.hour, str):
        return time_of_day(node.hour, node, scope)
    found = a_time(node.hour)
    if found.type.name == "date":
        why = "A date is a whole day; an instant is one moment of it."
        scope.wrong(node.hour, "The hour of a date", "a date has no hour", why, "Write the time: `17:00 on ...`.")
    return found.value


def _calendar(node: syntax.BusinessDayOf | syntax.Rolled | syntax.DaysBetween, scope: Scope) -> Calendar | None:
    if node.calendars is not None:
        return calendar_of(node.calendars, scope)
    need_calendar(node, scope)
    return None


def _of_days(node: syntax.DaysBetween, business: bool, scope: Scope) -> Calendar | None:
    if business:
        return _calendar(node, scope)
    if node.calendars is not None:
        why = "A calendar says which days are business days, and calendar days are the same everywhere."
        scope.wrong(node.calendars, "Calendar days of a calendar", "not needed here", why, "Leave it out.")
    return None


def _closing(node: syntax.BusinessDayOf, moment: Typed, scope: Scope) -> time | None:
    if node.closing is None:
        return None
    if moment.type.name == "date":
        scope.wrong(
            node.moment,
            "A closing time of a date",
            "a date has no hour",
            "Only an instant can be before or after the close of business.",
            "Leave out `closing at ...`, or start from an instant such as `the receipt of ...`.",
        )
    return time_of_day(node.closing, node, scope)
