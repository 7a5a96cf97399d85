"""The present moment, asked for in one place, so that all that lies behind can be told the time.

A promise about deadlines can only be tested if time is an argument. The service reads a `Clock`
once for each attempt, at its edge, and hands the instant on; nothing below this module asks the
machine what time it is.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whoever can say what time it is."""

    def now(self) -> datetime:
        """The present instant, in UTC and aware of it."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant as the machine knows it."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that moves only by hand, forwards or back; one that nobody moves stands still."""

    def __init__(self, at: datetime) -> None:
        _require_aware(at)
        self._at = at.astimezone(UTC)
        self._guard = threading.Lock()

    def now(self) -> datetime:
        """The instant the hands were last set to."""
        with self._guard:
            return self._at

    def set(self, at: datetime) -> None:
        """Put the hands to an instant, which may be an earlier one."""
        _require_aware(at)
        with self._guard:
            self._at = at.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move the hands on by a span, or back if the span is negative."""
        with self._guard:
            self._at += by


def _require_aware(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError("an instant needs its offset from UTC; this one has none")
