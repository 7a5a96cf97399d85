"""A window opens before it closes."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dsl.calendars import end_of_day, start_of_day
from dsl.diagnostics import Diagnostic
from dsl.rules.acts_of import norms
from dsl.rules.facts import known
from dsl.terms import Ban, Terms

_TICK = timedelta(microseconds=1)


def closed_windows(terms: Terms) -> Iterator[Diagnostic]:
    """A duty or power that must be performed by a date, and not before a later one.

    Both dates are written out, here or in the definition of a name, so the act is never timely: one of the two is a
    slip.
    """
    for provision, norm in norms(terms):
        if isinstance(norm, Ban) or norm.window.by is None or norm.window.not_before is None:
            continue
        closes = _closes(known(norm.window.by, terms), norm.window.strictly_before, terms.zone)
        opens = _opens(known(norm.window.not_before, terms), terms.zone)
        if closes is not None and opens is not None and closes <= opens:
            yield Diagnostic(
                "A window that closes before it opens",
                norm.window.span,
                "never timely",
                f"It closes {norm.window.by.text} and opens {norm.window.not_before.text}.",
                "Correct one of the two dates.",
                section=provision.section,
            )


def _opens(content: object, zone: str) -> datetime | None:
    """The first instant of a window, where it is written out."""
    if isinstance(content, datetime):
        return content
    return start_of_day(content, zone) if isinstance(content, date) else None


def _closes(content: object, strictly_before: bool, zone: str) -> datetime | None:
    """The first instant after a window, where it is written out: `by` an instant or a day, that is still timely."""
    if strictly_before or not isinstance(content, date):
        return _opens(content, zone)
    return content + _TICK if isinstance(content, datetime) else end_of_day(content, zone)
