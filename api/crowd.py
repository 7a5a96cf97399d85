"""Requests over HTTP to those that are let in: so many are worked on at once, and the next ones are told when to come.

What waits for room costs memory and is answered late; what is turned away at the door costs next to nothing, and knows
it at once. A request counts until its answer begins, so that a stream, which has no end, does not count for ever.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.store import Pace


class Overloaded(Exception):
    """So many requests are being worked on that this one was not looked at."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Crowd:
    """Counts the requests that are worked on; used on one event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0
        self._pace = Pace()
        self._left = 0.0

    @contextmanager
    def one_more(self) -> Iterator[Callable[[], None]]:
        """Let a request in; what it is given is called as soon as its answer begins. Raises Overloaded."""
        if self._inside >= self._most:
            raise Overloaded(self._pace.seconds_for(self._inside))
        came, inside = time.monotonic(), True
        self._inside += 1

        def leave() -> None:
            nonlocal inside
            if inside:
                inside = False
                self._inside -= 1
                now = time.monotonic()
                self._pace.done(1, now - max(came, self._left))
                self._left = now

        try:
            yield leave
        finally:
            leave()
