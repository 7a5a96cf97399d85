"""How long things took lately to how many seconds somebody who was turned away should wait before asking again."""

from __future__ import annotations

import math
import threading
from typing import Final

SHORTEST: Final = 1
LONGEST: Final = 60
"""Seconds: nobody is told to come back sooner, or later, than that."""

_NEWEST: Final = 0.2
"""How much of the pace is what was done last."""


class Pace:
    """What one of the things that are done one after the other, or a few at a time, takes on the average of late."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._each: float | None = None

    def done(self, count: int, seconds: float) -> None:
        """Take note that so many were done in so many seconds."""
        each = seconds / count
        with self._guard:
            self._each = each if self._each is None else self._each + _NEWEST * (each - self._each)

    def seconds_for(self, waiting: int, more: float = 0.0) -> int:
        """In how many whole seconds those that wait should be done, with some `more`; from `SHORTEST` to `LONGEST`."""
        return min(LONGEST, max(SHORTEST, math.ceil(waiting * (self._each or 0.0) + more)))
