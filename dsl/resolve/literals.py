"""Figures, dates and times as they are written, made exact; what cannot be one is reported.

A time on the wall becomes an instant in UTC by the agreement's zone, whose data `dsl.calendars` takes from the pinned
package. A time that the clocks skip moves forward, and of one that comes twice the first is meant, as everywhere.
"""

from datetime import UTC, date, datetime, time
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from dsl import syntax
from dsl.calendars import LONGEST_PERIOD, Calendar, Period, Unit, calendar_names, known_calendar, known_zone, zone_names
from dsl.money import EXPONENTS, Quantity, Rate, is_currency, parse_amount, parse_money
from dsl.resolve.fitting import DATE, INSTANT, NUMBER, RATE, TEXT, TRUTH, UNKNOWN
from dsl.resolve.scope import Scope
from dsl.terms import Content, Type

_YEAR = "January February March April May June July August September October November December"
_MONTHS = tuple(_YEAR.split())
_MOST_DIGITS = 15
_SOME_DAY = date(2000, 1, 1)
_UNITS = {unit.value: unit for unit in Unit}


def literal(node: syntax.Literal, scope: Scope) -> tuple[Content, Type]:
    """What a figure, a date or quoted words mean, and the type of it."""
    match node:
        case syntax.TextLiteral():
            return node.text.text, TEXT
        case syntax.MoneyLiteral() | syntax.QuantityLiteral():
            made = quantity(node, scope)
            return made, Type("amount", (made.unit,)) if made.unit != "?" else UNKNOWN
        case syntax.NumberLiteral():
            return number(node.text, node, scope), NUMBER
        case syntax.PercentLiteral() | syntax.DecimalLiteral():
            return rate(node, scope), RATE
        case syntax.DateLiteral():
            return day(node.text, node, scope), DATE
        case syntax.InstantLiteral():
            return instant(node, scope), INSTANT
        case syntax.TruthLiteral():
            return node.word == "yes", TRUTH


def quantity(node: syntax.MoneyLiteral | syntax.QuantityLiteral, scope: Scope) -> Quantity:
    """`USD 2,500.00` or `1,000 Shares`."""
    return money(node, scope) if isinstance(node, syntax.MoneyLiteral) else counted(node, scope)


def money(node: syntax.MoneyLiteral, scope: Scope) -> Quantity:
    """`USD 2,500.00`."""
    parsed = parse_money(node.text)
    if isinstance(parsed, Quantity):
        return parsed
    code = node.text[:3]
    hint = "" if is_currency(code) else scope.near(code, EXPONENTS)
    scope.wrong(node, "Not an amount of money", "cannot be read", parsed, hint or "Write it like `USD 2,500.00`.")
    return Quantity(0, "?")


def counted(node: syntax.QuantityLiteral, scope: Scope) -> Quantity:
    """`1,000 Shares`."""
    name = unit(node.unit, scope)
    parsed = parse_amount(node.text, name) if name != "?" else Quantity(0, "?")
    if isinstance(parsed, Quantity):
        return parsed
    scope.wrong(node, "Not an amount", "cannot be read", parsed, f"Write it like `1,000 {name}`.")
    return Quantity(0, "?")


def unit(node: syntax.Name, scope: Scope) -> str:
    """A currency, or a unit that some field or blank counts in."""
    known = scope.names.units
    meant = scope.names.unit(node.text)
    if is_currency(node.text) or meant:
        return meant or node.text
    scope.wrong(
        node,
        "Unknown unit",
        "neither a currency nor a declared unit",
        "A unit is a currency of ISO 4217, or one that a field counts in: `stating Size as amount of Shares`.",
        scope.near(node.text, (*sorted(known), *EXPONENTS)) or "Write the currency code, such as `USD`.",
    )
    return "?"


def number(text: str, node: syntax.Node, scope: Scope) -> int:
    """`1,000`."""
    digits = text.replace(",", "")
    if len(digits) <= _MOST_DIGITS:
        return int(digits)
    why = f"A number has at most {_MOST_DIGITS} digits."
    scope.wrong(node, "Number too long", f"{len(digits)} digits", why, "Write a shorter number.")
    return 1


def percentage(text: str, node: syntax.Node, scope: Scope) -> tuple[int, int]:
    """`2.5` as a fraction of a whole: 25 of 1000."""
    whole, _, decimals = text.partition(".")
    return number(whole + decimals, node, scope), int(100 * 10 ** min(len(decimals), _MOST_DIGITS))


def rate(node: syntax.PercentLiteral | syntax.DecimalLiteral, scope: Scope) -> Rate:
    """`5 percent`, `1.0856`: exact."""
    over, under = percentage(node.text, node, scope)
    ratio = Fraction(over, under)
    return Rate.of(ratio if isinstance(node, syntax.PercentLiteral) else ratio * 100)


def day(text: str, node: syntax.Node, scope: Scope) -> date:
    """`6 September 2005`."""
    need_zone(node, scope)
    number_text, month, year = text.split()
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(number_text))
    except ValueError:
        why = f"{month} {year} has no day {int(number_text)}."
        scope.wrong(node, "No such date", "not in the calendar", why, "Correct the day, the month or the year.")
        return _SOME_DAY


def instant(node: syntax.InstantLiteral, scope: Scope) -> datetime:
    """`11:20 on 6 September 2005`, in the agreement's zone."""
    on = day(node.date, node, scope)
    clock = time_of_day(node.time, node, scope)
    try:
        return datetime.combine(on, clock, _zone(scope.names.zone)).astimezone(UTC)
    except OverflowError:
        return datetime.combine(on, clock, UTC)


def time_of_day(text: str, node: syntax.Node, scope: Scope) -> time:
    """`11:20`."""
    hours, minutes = (int(part) for part in text.split(":"))
    if hours > 23 or minutes > 59:
        hint = "Write `00:00` on the next day." if (hours, minutes) == (24, 0) else "Hours go to 23 and minutes to 59."
        scope.wrong(node, "No such time", "not on the clock", "A day runs from 00:00 to 23:59.", hint)
        return time()
    return time(hours, minutes)


def period(node: syntax.Period, scope: Scope) -> Period:
    """`5 business days`."""
    made = _UNITS[node.unit.removesuffix("s")]
    own: Calendar | None = None
    if node.calendars is not None and made not in (Unit.BUSINESS_DAY, Unit.CLEAR_BUSINESS_DAY):
        why = f"A calendar says which days are business days, and {made.value}s are the same everywhere."
        scope.wrong(
            node.calendars, f"{made.value.capitalize()}s of a calendar", "not needed here", why, "Leave it out."
        )
    elif node.calendars is not None:
        own = calendar_of(node.calendars, scope)
    elif made in (Unit.BUSINESS_DAY, Unit.CLEAR_BUSINESS_DAY):
        need_calendar(node, scope)
    if made is not Unit.HOUR:
        need_zone(node, scope)
    count = number(node.number, node, scope)
    if count > LONGEST_PERIOD:
        why = f"A period has at most {LONGEST_PERIOD:,} units of time."
        scope.wrong(node, "Period too long", "longer than any deal", why, "Write a shorter period.")
        count = 1
    return Period(count, made, own)


def calendar_of(node: syntax.Calendars, scope: Scope) -> Calendar:
    """`"US" and "DE-HE"`: every name must be one that the library has."""
    said = [each.text for each in node.names]
    for place, each in enumerate(node.names):
        if not known_calendar(each.text):
            why = "A calendar is a country (`US`), a part of one (`US-NY`) or a market (`NYSE`)."
            hint = scope.near(each.text, calendar_names()) or 'Write it like `"US-NY"`.'
            scope.wrong(each, "Unknown calendar", "no calendar has this name", why, hint)
        elif each.text in said[:place]:
            scope.wrong(each, "Calendar named twice", "named before", "Once is enough.", "Leave it out here.")
    if len(said) > 1 and not node.joined_by:
        why = "Must business be done in all of these places, or in any one of them?"
        scope.wrong(node, "`and` or `or`?", "only commas join them", why, "Write `and` or `or` before the last.")
    return made_of(node, scope.names.zone or "UTC")


def made_of(node: syntax.Calendars, zone: str) -> Calendar:
    """The calendar of one or more names."""
    first, *others = (each.text for each in node.names)
    return Calendar(first, zone, others=tuple(others), any_of=node.joined_by == "or")


def zone_of(node: syntax.Text, scope: Scope) -> str:
    """The name of a time zone."""
    if known_zone(node.text):
        return node.text
    why = "Time zones have names of the tz database."
    hint = scope.near(node.text, zone_names()) or 'Write it like `"America/New_York"`.'
    scope.wrong(node, "Unknown time zone", "no time zone has this name", why, hint)
    return "UTC"


def need_zone(place: syntax.Node, scope: Scope) -> None:
    """Days and times mean nothing without a time zone."""
    if not scope.names.zone:
        scope.once(
            place,
            "No time zone",
            "counted in a time zone",
            "A day begins and ends at different instants in different places.",
            'Add `The time zone is "America/New_York".` below the title.',
        )


def need_calendar(place: syntax.Node, scope: Scope) -> None:
    """Business days are those of a calendar."""
    if not scope.names.calendar:
        scope.once(
            place,
            "No business-day calendar",
            "business days of no calendar",
            "Which days are business days depends on the place.",
            'Add `The business days are those of "US-NY".` below the title.',
        )


def need_currency(place: syntax.Node, scope: Scope) -> str:
    """An `amount` alone is of the agreement's currency."""
    if not scope.names.currency:
        scope.once(
            place,
            "No currency",
            "an amount of no currency",
            "An amount without a unit is of the currency of the agreement, and this one names none.",
            "Add `The currency is USD.` below the title, or write `amount of USD`.",
        )
    return scope.names.currency or "?"


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    # Not the shared copy: someone may have asked the machine for it before the pinned data was chosen.
    return ZoneInfo.no_cache(name if known_zone(name) else "UTC")
