"""What must or may be done by a time can still be done when it begins to hold."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dsl.calendars import Period, end_of_day, start_of_day
from dsl.diagnostics import Diagnostic
from dsl.rules.facts import NOUNS, known, needed
from dsl.terms import Arrived, Condition, Defined, Duty, Power, Shift, StageOf, StageReached, Terms, Value, Window

_TICK = timedelta(microseconds=1)


def deadlines_before_triggers(terms: Terms) -> Iterator[Diagnostic]:
    """A duty or power whose time is over before what it waits for can be so.

    `When 5 May 2026 has passed, then the Buyer must pay by 1 May 2026` is overdue in the moment it arises, and so is
    what must be done 5 business days before the giving of the very notice that it waits for.
    """
    for provision in terms.provisions:
        statement = provision.statement
        if not isinstance(statement, Duty | Power) or provision.trigger is None:
            continue
        for asked in needed(provision.trigger, terms):
            if _too_late(statement.window, asked, terms):
                yield Diagnostic(
                    "A deadline before its trigger",
                    statement.window.span,
                    "over before it begins",
                    f"It begins to hold only when this is so: {asked.text}.",
                    "Count the time from the trigger (`within 5 business days`), or correct one of the two.",
                    section=provision.section,
                )
                break


def _too_late(window: Window, asked: Condition, terms: Terms) -> bool:
    """Whether the window has closed at the earliest moment at which something can be so."""
    if window.by is None:
        return False
    match asked:
        case Arrived():
            begins = _begins(known(asked.instant, terms), asked.word, terms.zone)
            ends = _ends(known(window.by, terms), window.strictly_before, terms.zone)
            return begins is not None and ends is not None and ends < begins
        case StageReached(quantifier="some", bound=None):
            return _is_before(
                window.by,
                window.strictly_before,
                StageOf("", asked.span, NOUNS.get(asked.stage, ""), asked.subject),
                terms,
            )
        case _:
            return False


def _begins(content: object, word: str, zone: str) -> datetime | None:
    """The first instant at which a time has come or passed."""
    if isinstance(content, datetime):
        return content if word == "come" else content + _TICK
    if isinstance(content, date):
        return start_of_day(content, zone) if word == "come" else end_of_day(content, zone)
    return None


def _ends(content: object, strictly: bool, zone: str) -> datetime | None:
    """The last instant that is in time."""
    if isinstance(content, datetime):
        return content - _TICK if strictly else content
    if isinstance(content, date):
        return (start_of_day(content, zone) if strictly else end_of_day(content, zone)) - _TICK
    return None


def _is_before(value: Value, strictly: bool, stage: StageOf, terms: Terms) -> bool:
    """Whether a time is some time before an entry reaches the stage that is waited for."""
    match value:
        case Defined(name=name):
            return _is_before(terms.values[name].value, strictly, stage, terms)
        case Shift(forward=False, period=period, origin=origin):
            return isinstance(period, Period) and period.number > 0 and _is_at_most(origin, stage, terms)
        case _:
            return strictly and value == stage


def _is_at_most(value: Value, stage: StageOf, terms: Terms) -> bool:
    match value:
        case Defined(name=name):
            return _is_at_most(terms.values[name].value, stage, terms)
        case Shift(forward=False, origin=origin):
            return _is_at_most(origin, stage, terms)
        case _:
            return value == stage
