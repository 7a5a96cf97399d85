"""What is followed: told whenever there may be something new, for as long as one may follow it.

A pulse says no more than "look again". Whoever follows looks from where it has come to, so that a pulse that is lost,
doubled or late can neither lose anything nor show it twice. There is one after each commit to the deal, in this process
or another, and one when the instant has come that the follower waits for.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.access import Access
from api.store import Page, Store, StoredEvent

MOST_OF_A_PERSON: Final = 100


class BadPlace(ValueError):
    """What is said to be a place in the course of a deal, or in the log of all deals, is none."""


class TooMany(Exception):
    """A person follows as many deals as anybody may at once."""


def _always() -> bool:
    return True


def _never() -> bool:
    return False


@dataclass(slots=True)
class Follower:
    """Somebody who follows a deal for as long as `good` holds; `once`: what there is now, and nothing that comes.

    `due` is the instant that the follower waits for next, if it waits for one; it is moved on as time goes on. `more`
    says that there is something of which no commit to a deal tells.
    """

    person: str
    deal: str
    good: Callable[[], bool] = _always
    once: bool = False
    due: datetime | None = None
    more: Callable[[], bool] = _never


class Streams:
    """All that is being followed in one service."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access
        self._stopping = threading.Event()
        self._waiting: dict[Callable[[], None], str] = {}

    @property
    def stopping(self) -> bool:
        """Whether the service is about to stop, and nothing is followed any more."""
        return self._stopping.is_set()

    def goes_on(self, follower: Follower) -> bool:
        """Whether somebody may still follow."""
        return follower.good() and not self.stopping

    async def pulses(self, follower: Follower) -> AsyncGenerator[None, None]:
        """One at once, and one whenever there may be something new, until the follower may follow no more.

        Raises TooMany where the person follows too much already.
        """
        if not follower.once and self._followed_by(follower.person) >= MOST_OF_A_PERSON:
            raise TooMany
        loop = asyncio.get_running_loop()
        woken = asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(woken.set)

        def nothing_new() -> bool:
            waits = follower.due is None or self._access.clock.now() < follower.due
            return follower.good() and waits and not follower.more()

        leave, unwatch = self._store.follow(follower.deal, lambda _: wake()), self._access.watch(nothing_new, wake)
        if not follower.once:
            self._waiting[wake] = follower.person
        try:
            while self.goes_on(follower):
                woken.clear()
                yield
                if follower.once:
                    return
                if self.goes_on(follower):
                    await woken.wait()
        finally:
            self._waiting.pop(wake, None)
            leave()
            unwatch()

    async def events(
        self, follower: Follower, after: int, read: Callable[[int], Page | None]
    ) -> AsyncGenerator[StoredEvent, None]:
        """Every entry after a version, as `read` gives them; it ends when that gives none. Raises TooMany."""
        async with aclosing(self.pulses(follower)) as pulses:
            async for _ in pulses:
                more = True
                while more and self.goes_on(follower):
                    page = await asyncio.to_thread(read, after)
                    if page is None:
                        return
                    for event in page.events:
                        after = event.version
                        yield event
                    more = page.more

    def end(self) -> None:
        """Let every follower go. Called on the loop that they wait on."""
        self._stopping.set()
        for wake in tuple(self._waiting):
            wake()

    def _followed_by(self, person: str) -> int:
        return sum(who == person for who in self._waiting.values())
