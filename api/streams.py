"""What is followed: told whenever there may be something new, for as long as one may follow it.

A pulse says no more than "look again". Whoever follows looks from where it has come to, so that a pulse that is lost,
doubled or late can neither lose anything nor show it twice. There is one after each commit to the deal, in this process
or another, and one when the instant has come that the follower waits for.

What many look for at once, as all who follow one deal do after a commit to it, is read once for all of them.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from api.access import Access
from api.store import Page, Store, StoredEvent

MOST_OF_A_PERSON: Final = 100
PAGE: Final = 100

_Told: TypeAlias = tuple[Page, frozenset[str]]
"""Entries of a deal and who has a seat in it, at one moment."""


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
        self._access = access
        self._stopping = threading.Event()
        self._waiting: dict[Callable[[], None], str] = {}
        self._taps = _Taps(store)
        self._tails = _Shared(lambda deal, after: store.read.tail(deal, after, PAGE))

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

        leave, unwatch = self._taps.follow(follower.deal, woken), self._access.watch(nothing_new, wake)
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

    async def events(self, follower: Follower, after: int) -> AsyncGenerator[StoredEvent, None]:
        """Every entry after a version, for as long as the person has a seat in the deal. Raises TooMany."""
        async with aclosing(self.pulses(follower)) as pulses:
            async for _ in pulses:
                more = True
                while more and self.goes_on(follower):
                    page, seated = await self._tails.read(follower.deal, after)
                    if follower.person not in seated:
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


class _Taps:
    """Wakes all who follow a deal on one loop by one tap, so that no commit waits for a crowd to be woken."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._crowds: dict[tuple[asyncio.AbstractEventLoop, str], tuple[set[asyncio.Event], Callable[[], None]]] = {}

    def follow(self, deal: str, woken: asyncio.Event) -> Callable[[], None]:
        """Set an event after each commit to a deal, until the returned function is called."""
        loop = asyncio.get_running_loop()
        if (loop, deal) not in self._crowds:
            crowd: set[asyncio.Event] = set()

            def wake(_: int) -> None:
                loop.call_soon_threadsafe(_wake, crowd)

            self._crowds[loop, deal] = crowd, self._store.follow(deal, wake)
        self._crowds[loop, deal][0].add(woken)
        return lambda: self._leave((loop, deal), woken)

    def _leave(self, where: tuple[asyncio.AbstractEventLoop, str], woken: asyncio.Event) -> None:
        crowd, leave = self._crowds[where]
        crowd.remove(woken)
        if not crowd:
            del self._crowds[where]
            leave()


def _wake(crowd: set[asyncio.Event]) -> None:
    for each in crowd:
        each.set()


class _Shared:
    """What several want to read at once, read once: by a look that begins after each of them has asked for it."""

    def __init__(self, look: Callable[[str, int], _Told]) -> None:
        self._look = look
        self._begun: dict[_Wanted, asyncio.Task[_Told]] = {}
        self._asked: dict[_Wanted, asyncio.Task[_Told]] = {}

    async def read(self, deal: str, after: int) -> _Told:
        """The entries of a deal after a version, and who has a seat in it."""
        wanted = asyncio.get_running_loop(), deal, after
        asked = self._asked.get(wanted)
        if asked is None:
            asked = self._asked[wanted] = asyncio.create_task(self._after(self._begun.get(wanted), wanted))
        return await asyncio.shield(asked)

    async def _after(self, before: "asyncio.Task[_Told] | None", wanted: "_Wanted") -> _Told:
        if before is not None:
            await asyncio.wait([before])
        self._begun[wanted] = mine = self._asked.pop(wanted)
        try:
            return await asyncio.to_thread(self._look, *wanted[1:])
        finally:
            if self._begun[wanted] is mine:
                del self._begun[wanted]


_Wanted: TypeAlias = tuple[asyncio.AbstractEventLoop, str, int]
