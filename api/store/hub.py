"""A commit to a tap on the shoulder of whoever follows the deal.

The tap is a hint and carries only the newest version: the follower reads the entries from its own
cursor, so a tap that is lost, doubled or late can neither lose an entry nor show one twice, and a
slow follower costs no memory here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import TypeAlias

Wake: TypeAlias = Callable[[int], None]
Watch: TypeAlias = Callable[[str], None]

log = logging.getLogger(__name__)


class Hub:
    """Knows who follows which deal, within this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._wakes: dict[str, dict[object, Wake]] = {}
        self._watchers: dict[object, Watch] = {}

    def follow(self, deal: str, wake: Wake) -> Callable[[], None]:
        """Call `wake(version)` after each commit to a deal, until the returned function is called.

        It is called on the writer's thread and must return at once; under asyncio, let it be a
        `loop.call_soon_threadsafe`. It may raise RuntimeError, as that does when its loop is closed, and nothing else.
        """
        token = object()
        with self._guard:
            self._wakes.setdefault(deal, {})[token] = wake
        return lambda: self._leave(deal, token)

    def watch(self, wake: Watch) -> Callable[[], None]:
        """Call `wake(deal)` after each commit to any deal, until the returned function is called; it must not fail."""
        token = object()
        with self._guard:
            self._watchers[token] = wake
        return lambda: self._unwatch(token)

    def _unwatch(self, token: object) -> None:
        with self._guard:
            self._watchers.pop(token, None)

    def publish_all(self, newest: Mapping[str, int]) -> None:
        """Tell all who follow some deals how far each has come."""
        for deal, version in newest.items():
            self.publish(deal, version)

    def publish(self, deal: str, version: int) -> None:
        """Tell all who follow a deal how far it has come; one who cannot be told is dropped."""
        with self._guard:
            wakes = tuple(self._wakes.get(deal, {}).items())
            watchers = tuple(self._watchers.values())
        for watcher in watchers:
            watcher(deal)
        for token, wake in wakes:
            try:
                wake(version)
            except RuntimeError:  # the loop is closed that it would be told on
                log.warning("a follower of deal %s could not be woken", deal, exc_info=True)
                self._leave(deal, token)

    def followed(self) -> tuple[str, ...]:
        """The deals that somebody follows."""
        with self._guard:
            return tuple(self._wakes)

    def _leave(self, deal: str, token: object) -> None:
        with self._guard:
            followers = self._wakes.get(deal, {})
            followers.pop(token, None)
            if not followers:
                self._wakes.pop(deal, None)
