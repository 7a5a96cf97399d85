"""Who has read what of a deal: a record that the parties of the deal can read in their turn.

A line is taken down in memory when something is shown, and written to the database in batches about once a second, off
the path of the request; a service that stops in an orderly way writes down all of them first. One that is killed loses
the lines of the last second, and of no more than `MOST_WAITING` readings: where so many wait, because the database does
not take them, nothing more is shown to anybody.
"""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, tuple_

from api.clock import Clock
from api.store import Store, reading
from api.store.codec import from_microseconds, to_microseconds

MOST_WAITING: Final = 10_000
LONGEST_FIELDS: Final = 1000


class NotRecorded(Exception):
    """Too many readings wait to be written down; until they are, nothing is shown."""

    retry_after: Final = 1
    """In how many seconds to ask again: so often it is tried to write them down, all at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something of a deal that was shown to a person: when, by which operation, and which fields of it."""

    deal: str
    at: datetime
    id: str
    person: str
    request: str
    operation: str
    fields: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of them, the newest first, and whether there are older ones."""

    lines: tuple[Line, ...]
    more: bool


class Journal:
    """Takes the readings of one service down."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._guard = threading.Lock()
        self._pen = threading.Lock()
        self._waiting: list[Line] = []

    @property
    def waiting(self) -> int:
        """How many readings wait to be written down."""
        return len(self._waiting)

    def require_room(self) -> None:
        """Raise NotRecorded where nothing more can be taken down, and so nothing may be shown."""
        if self.waiting >= MOST_WAITING:
            raise NotRecorded

    def record(self, deal: str, person: str, request: str, operation: str, fields: str) -> None:
        """Take down what is about to be shown."""
        self.require_room()
        line = Line(deal, self._clock.now(), secrets.token_hex(8), person, request, operation, fields[:LONGEST_FIELDS])
        with self._guard:
            self._waiting.append(line)

    def flush(self) -> None:
        """Write down what waits. What cannot be written goes on waiting."""
        with self._pen:
            with self._guard:
                lines = tuple(self._waiting)
            if not lines:
                return
            rows = [_row(each) for each in lines]
            self._store.write(lambda connection: connection.execute(insert(reading), rows).close())
            with self._guard:
                del self._waiting[: len(lines)]

    def lines(self, deal: str, before: tuple[datetime, str] | None, limit: int) -> Lines:
        """The readings of a deal before one of them, or the last of all, whoever asks."""
        query = select(reading).where(reading.c.deal == deal)
        if before is not None:
            at, id = before
            query = query.where(tuple_(reading.c.at_us, reading.c.id) < tuple_(to_microseconds(at), id))
        query = query.order_by(reading.c.at_us.desc(), reading.c.id.desc()).limit(limit + 1)
        rows: Sequence[dict[str, object]] = self._store.look(
            lambda connection: [row._asdict() for row in connection.execute(query)]
        )
        return Lines(tuple(map(_line, rows[:limit])), len(rows) > limit)


def _row(line: Line) -> dict[str, str | int]:
    return {
        "deal": line.deal,
        "at_us": to_microseconds(line.at),
        "id": line.id,
        "person": line.person,
        "request": line.request,
        "operation": line.operation,
        "fields": line.fields,
    }


def _line(row: dict[str, object]) -> Line:
    at = from_microseconds(int(str(row.pop("at_us"))))
    return Line(at=at, **{name: str(value) for name, value in row.items()})
