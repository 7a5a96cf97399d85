"""A window opens before it closes."""

from collections.abc import Iterator
from datetime import date, datetime

from dsl.calendars import end_of_day, start_of_day
from dsl.diagnostics import Diagnostic
from dsl.rules.acts_of import norms
from dsl.terms import Ban, Literal, Terms, Value


def closed_windows(terms: Terms) -> Iterator[Diagnostic]:
    """A duty or power that must be performed by a date, and not before a later one.

    Both dates are written out, so the act is never timely: one of the two is a slip.
    """
    for provision, norm in norms(terms):
        if isinstance(norm, Ban) or norm.window.by is None or norm.window.not_before is None:
            continue
        closes = _instant(norm.window.by, terms.zone, end=not norm.window.strictly_before)
        opens = _instant(norm.window.not_before, terms.zone, end=False)
        if closes is not None and opens is not None and closes < opens:
            yield Diagnostic(
                "A window that closes before it opens",
                norm.window.span,
                "never timely",
                f"It closes {norm.window.by.text} and opens {norm.window.not_before.text}.",
                "Correct one of the two dates.",
                section=provision.section,
            )


def _instant(value: Value, zone: str, end: bool) -> datetime | None:
    """The first or the last moment of a date that is written out, or the instant itself."""
    content = value.content if isinstance(value, Literal) else None
    if isinstance(content, datetime):
        return content
    if isinstance(content, date):
        return end_of_day(content, zone) if end else start_of_day(content, zone)
    return None
