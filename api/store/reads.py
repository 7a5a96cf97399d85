"""What is committed to what a person or a follower may want to see of it.

Each look is one short transaction on a connection that cannot write, so it shows one moment and
holds nothing up. Lists are read by key and not by offset: page a thousand costs what page one
costs, and an entry that arrives while somebody turns pages neither repeats nor hides another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, Select, select, tuple_

from api.store.codec import from_microseconds
from api.store.desk import read_history
from api.store.handler import Handler, StoredDeal, StoredEvent
from api.store.rows import deal_from, event_from, read_rows
from api.store.tables import agreement_text, deal, event, head, membership, moved

LARGEST_PAGE = 500
HERE = ~select(moved.c.deal).where(moved.c.deal == membership.c.deal).exists()
"""A deal that has moved is not shown any more: what is here is not its present."""


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of a deal in their order, and whether there are more in the direction of reading."""

    events: tuple[StoredEvent, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A deal as one of its members sees it at one moment."""

    deal: StoredDeal
    parties: tuple[str, ...]
    version: int
    recorded_at: datetime
    hash: str
    state: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A deal in a person's list, and the parties he or she acts for in it."""

    deal: str
    agreement: str
    agreement_sha256: str
    opened_at: datetime
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """A page of a person's deals, the newest first."""

    seats: tuple[Seat, ...]
    more: bool


class Reads:
    """The questions that can be asked of the store."""

    def __init__(self, engine: Engine, handler: Handler) -> None:
        self._engine = engine
        self._handler = handler

    def look(self, id: str, person: str) -> Look | None:
        """The deal with its state, if there is one that this person is a member of."""
        with self._engine.begin() as connection:
            parties = _parties(connection, id, person)
            found = read_deal(connection, id) if parties else None
            last = _last(connection, id) if found else None
            if found is None or last is None:
                return None
            state = self._state(connection, id, last)
            history = read_history(connection, id) if state is None else ()
        if state is None:
            state = self._handler.replay(found, history)
        return Look(found, parties, last.version, last.recorded_at, last.hash, state)

    def parties_of(self, id: str, person: str) -> tuple[str, ...]:
        """The parties that a person acts for in a deal, sorted; a stranger has none."""
        with self._engine.begin() as connection:
            return _parties(connection, id, person)

    def deals_of(self, person: str, *, after: str | None = None, limit: int = 50) -> Seats:
        """The deals that a person may see, the newest first, from behind the deal `after`."""
        limit = _page_size(limit)
        ids = select(membership.c.deal).where(membership.c.person == person, membership.c.acts == 1, HERE)
        query = select(deal).where(deal.c.id.in_(ids))
        if after is not None:
            ever = select(membership.c.deal).where(membership.c.person == person)
            cursor = select(deal.c.opened_at_us, deal.c.id).where(deal.c.id == after, deal.c.id.in_(ever))
            query = query.where(tuple_(deal.c.opened_at_us, deal.c.id) < cursor.scalar_subquery())
        query = query.order_by(deal.c.opened_at_us.desc(), deal.c.id.desc()).limit(limit + 1)
        with self._engine.begin() as connection:
            rows = read_rows(connection, query)
            parties = _all_parties(connection, person, [row["id"] for row in rows])
        seats = tuple(
            Seat(
                deal=row["id"],
                agreement=row["agreement"],
                agreement_sha256=row["agreement_sha256"],
                opened_at=from_microseconds(row["opened_at_us"]),
                parties=parties[row["id"]],
            )
            for row in rows[:limit]
        )
        return Seats(seats, more=len(rows) > limit)

    def events_after(self, id: str, version: int, limit: int = 100) -> Page:
        """The entries after a version, the oldest first: what a follower reads from its cursor."""
        limit = _page_size(limit)
        query = select(event).where(event.c.deal == id, event.c.version > version)
        rows = self._entries(query.order_by(event.c.version).limit(limit + 1))
        return Page(rows[:limit], more=len(rows) > limit)

    def tail(self, id: str, version: int, limit: int = 100) -> tuple[Page, frozenset[str]]:
        """The entries after a version, and who acts for a party of the deal at the same moment, whoever asks."""
        limit = _page_size(limit)
        query = select(event).where(event.c.deal == id, event.c.version > version)
        seated = select(membership.c.person).where(membership.c.deal == id, membership.c.acts == 1, HERE)
        with self._engine.begin() as connection:
            rows = read_rows(connection, query.order_by(event.c.version).limit(limit + 1))
            persons = frozenset(connection.execute(seated).scalars())
        events = tuple(event_from(row) for row in rows)
        return Page(events[:limit], more=len(events) > limit), persons

    def events_before(self, id: str, version: int | None = None, limit: int = 100) -> Page:
        """The last entries before a version, or the last of all; they too come oldest first."""
        limit = _page_size(limit)
        query = select(event).where(event.c.deal == id)
        if version is not None:
            query = query.where(event.c.version < version)
        rows = self._entries(query.order_by(event.c.version.desc()).limit(limit + 1))
        return Page(rows[:limit][::-1], more=len(rows) > limit)

    def history(self, id: str) -> tuple[StoredEvent, ...]:
        """Every entry of a deal, in order."""
        with self._engine.begin() as connection:
            return read_history(connection, id)

    def deal(self, id: str) -> StoredDeal | None:
        """A deal with its pinned text, whoever asks: for the service's own errands."""
        with self._engine.begin() as connection:
            return read_deal(connection, id)

    def deals_beginning(self, start: str) -> tuple[str, ...]:
        """Up to two deals whose number begins like this, whoever asks: for who keeps the database."""
        query = select(deal.c.id).where(deal.c.id.startswith(start, autoescape=True)).order_by(deal.c.id).limit(2)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query).scalars())

    def _entries(self, query: Select[tuple[object, ...]]) -> tuple[StoredEvent, ...]:
        with self._engine.begin() as connection:
            return tuple(event_from(row) for row in read_rows(connection, query))

    def _state(self, connection: Connection, id: str, last: StoredEvent) -> str | None:
        query = select(head.c.state).where(
            head.c.deal == id,
            head.c.version == last.version,
            head.c.hash == last.hash,
            head.c.engine_version == self._handler.engine_version,
        )
        state: str | None = connection.execute(query).scalar_one_or_none()
        return state


def read_deal(connection: Connection, id: str) -> StoredDeal | None:
    """A deal with its pinned text."""
    query = select(deal, agreement_text.c.text).join(agreement_text).where(deal.c.id == id)
    rows = read_rows(connection, query)
    return deal_from(rows[0], rows[0]["text"]) if rows else None


def _last(connection: Connection, id: str) -> StoredEvent | None:
    query = select(event).where(event.c.deal == id).order_by(event.c.version.desc()).limit(1)
    rows = read_rows(connection, query)
    return event_from(rows[0]) if rows else None


def _parties(connection: Connection, id: str, person: str) -> tuple[str, ...]:
    return _all_parties(connection, person, [id]).get(id, ())


def _all_parties(connection: Connection, person: str, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = (
        select(membership.c.deal, membership.c.party)
        .where(membership.c.person == person, membership.c.acts == 1, membership.c.deal.in_(ids), HERE)
        .order_by(membership.c.deal, membership.c.party)
    )
    parties: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        parties[row.deal] = (*parties.get(row.deal, ()), row.party)
    return parties


def _page_size(limit: int) -> int:
    if not 1 <= limit <= LARGEST_PAGE:
        raise ValueError(f"a page has between 1 and {LARGEST_PAGE} rows, not {limit}")
    return limit
