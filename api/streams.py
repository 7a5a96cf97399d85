"""The log of a deal, followed: a page of it whenever there is something new, for as long as one may read it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Final

from api.access import Access
from api.store import Page, Store, StoredEvent

MOST_OF_A_PERSON: Final = 100


class TooMany(Exception):
    """A person follows as many deals as anybody may at once."""


class Streams:
    """All that is being followed in one service."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access
        self._stopping = threading.Event()
        self._waiting: dict[Callable[[], None], str] = {}

    async def follow(
        self, person: str, deal: str, after: int, read: Callable[[int], Page | None], good: Callable[[], bool]
    ) -> AsyncIterator[StoredEvent]:
        """Every entry after a version, as `read` gives them; it ends when that gives none, or `good` does not hold.

        Raises TooMany where the person follows too much already.
        """
        if sum(who == person for who in self._waiting.values()) >= MOST_OF_A_PERSON:
            raise TooMany
        loop = asyncio.get_running_loop()
        woken = asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(woken.set)

        leave, unwatch = self._store.follow(deal, lambda _: wake()), self._access.watch(good, wake)
        self._waiting[wake] = person
        try:
            while good() and not self._stopping.is_set():
                woken.clear()
                page = await asyncio.to_thread(read, after)
                if page is None:
                    return
                for event in page.events:
                    after = event.version
                    yield event
                if not page.more and good() and not self._stopping.is_set():
                    await woken.wait()
        finally:
            del self._waiting[wake]
            leave()
            unwatch()

    def end(self) -> None:
        """Let every follower go. Called on the loop that they wait on."""
        self._stopping.set()
        for wake in tuple(self._waiting):
            wake()
