"""What comes in all the deals of a person, as one stream that is taken up again anywhere.

Deals are written beside each other, and there is one order over them: that in which their entries are sealed into the
log of all deals, a moment after they were stored. So one number is a place in the stream, whichever process is asked,
and nothing is left out or told twice; an entry that is not sealed yet has no place, and comes when it is. Only what is
in deals where the person has a seat when it is read is told.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, select

from api.evidence.log import size_of
from api.evidence.sealer import Sealer
from api.store import Store, StoredEvent
from api.store.evidence_tables import leaf
from api.store.reads import HERE
from api.store.rows import event_from, read_rows
from api.store.tables import event, membership
from api.streams import BadPlace, Follower, Streams

NO_DEAL: Final = ""
WINDOW: Final = 10_000
"""So many entries of the log of all deals are gone through with one question."""
AT_ONCE: Final = 100
TAIL: Final = 0.5
"""So many seconds what was seen of the end of the log of all deals is good for all that follow it."""


class NotSealed(Exception):
    """Entries are stored and not sealed any more, so that what follows the log of all deals comes no further."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry, and how many the log of all deals had with it."""

    place: int
    event: StoredEvent


@dataclass(frozen=True, slots=True)
class Reach:
    """What was found from a place on, how far was looked, and whether there is more."""

    found: tuple[Sealed, ...]
    place: int
    more: bool


class Everywhere:
    """The log of all deals as it is followed in one service."""

    def __init__(self, store: Store, streams: Streams, sealer: Sealer | None) -> None:
        self._store = store
        self._streams = streams
        self._sealer = sealer
        self._tail = (-TAIL, 0)

    async def follow(
        self, person: str, after: int | None, good: Callable[[], bool], once: bool = False
    ) -> AsyncGenerator[Sealed, None]:
        """Every entry in the deals of a person after a place, or from the present on.

        Raises BadPlace where the log has not come so far, TooMany, and NotSealed where nothing is sealed any more.
        """
        place = await asyncio.to_thread(self._store.look, size_of)
        if after is not None and after > place:
            raise BadPlace(f"the log of all deals has {place} entries, and not {after}")
        place = place if after is None else after

        def more() -> bool:
            return self._halted() or self._end() > place

        follower = Follower(person, NO_DEAL, good, once, more=more)
        async with aclosing(self._streams.pulses(follower)) as pulses:
            async for _ in pulses:
                going = True
                while going and self._streams.goes_on(follower):
                    reach = await asyncio.to_thread(sealed_after, self._store, person, place)
                    for each in reach.found:
                        place = each.place
                        yield each
                    place, going = reach.place, reach.more
                if self._halted() and not once:
                    raise NotSealed

    def _halted(self) -> bool:
        """Whether entries are stored and, for good, not sealed."""
        return self._sealer is not None and self._sealer.halted is not None

    def _end(self) -> int:
        """How many entries were sealed when it was looked last."""
        at, seen = self._tail
        if time.monotonic() - at > TAIL:
            seen = self._store.look(size_of)
            self._tail = time.monotonic(), seen
        return seen


def sealed_after(store: Store, person: str, place: int) -> Reach:
    """The next entries in the deals of a person after a place, the oldest first."""

    def look(connection: Connection) -> Reach:
        end = size_of(connection)
        upto = min(place + WINDOW, end)
        found = tuple(_between(connection, person, place, upto))
        if len(found) > AT_ONCE:
            found = found[:AT_ONCE]
            upto = found[-1].place
        return Reach(found, max(upto, place), upto < end)

    return store.look(look)


def _between(connection: Connection, person: str, start: int, end: int) -> Iterator[Sealed]:
    mine = select(membership.c.deal).where(membership.c.person == person, membership.c.acts == 1, HERE)
    query = (
        select(leaf.c.number, event)
        .join(event, and_(event.c.deal == leaf.c.deal, event.c.version == leaf.c.version))
        .where(leaf.c.number >= start, leaf.c.number < end, leaf.c.deal.in_(mine))
        .order_by(leaf.c.number)
        .limit(AT_ONCE + 1)
    )
    for row in read_rows(connection, query):
        yield Sealed(row["number"] + 1, event_from(row))
