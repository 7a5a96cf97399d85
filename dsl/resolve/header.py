"""What the sentences below the title say: the law, the time zone, the business days and the currency."""

from dataclasses import replace

from dsl import syntax
from dsl.calendars import Calendar
from dsl.money import EXPONENTS, is_currency
from dsl.resolve.literals import calendar_of, day, made_of, zone_of
from dsl.resolve.names import Names
from dsl.resolve.scope import Scope

_SAID = {
    syntax.Version: "version",
    syntax.Source: "source",
    syntax.GoverningLaw: "governing law",
    syntax.TimeZone: "time zone",
    syntax.BusinessDays: "calendar",
    syntax.Currency: "currency",
}


def header(nodes: tuple[syntax.Header, ...], scope: Scope) -> dict[str, str]:
    """The words of the header by what they are; the zone, calendar and currency are put among the names."""
    said: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, syntax.Note):
            continue
        what = _SAID[type(node)]
        if what in said:
            scope.wrong(
                node, f"Two sentences about the {what}", "said before", "There is one of it.", "Keep one of them."
            )
            continue
        said[what] = _one(node, scope.names, scope)
    return said


def _one(node: syntax.Header, names: Names, scope: Scope) -> str:
    match node:
        case syntax.TimeZone():
            names.zone = zone_of(node.text, scope)
            return names.zone
        case syntax.BusinessDays():
            names.calendar = calendar_of(node.calendars, scope).said
            return names.calendar
        case syntax.Currency():
            names.currency = node.unit.text
            if not is_currency(names.currency):
                why = "Currencies have the three letters of ISO 4217."
                hint = scope.near(names.currency, EXPONENTS) or "Write it like `USD`."
                scope.wrong(node.unit, "Unknown currency", "no currency has this code", why, hint)
                names.currency = "?"
            return names.currency
        case _:
            return node.text.text


def calendar(nodes: tuple[syntax.Header, ...], scope: Scope) -> Calendar:
    """The calendar with the days that the agreement itself closes and opens."""
    zone = scope.names.zone or "UTC"
    for node in nodes:
        if isinstance(node, syntax.BusinessDays):
            closed = tuple(day(each.text, each, scope) for each in node.closed)
            opened = tuple(day(each.text, each, scope) for each in node.open)
            for each, at in zip(node.open, opened, strict=True):
                if at in closed:
                    scope.wrong(
                        each, "Closed and open on one day", "closed as well", "A day is one or the other.", "Keep one."
                    )
            return replace(made_of(node.calendars, zone), added=closed, removed=opened)
    return Calendar("", zone)
