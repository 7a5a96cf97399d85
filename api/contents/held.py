"""Which content is held for which deal: the rows, as whoever puts it there and whoever asks for it need them.

A row is written after the bytes are on the disk, and bytes are let go of under a lock that keeps new rows away, when no
row is left that needs them. So no row stands for bytes that were never there; bytes without a row, as an upload leaves
behind that was cut off at its very end, harm nobody and go with the next `sweep`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, Connection, Row, func, select, text

from api.contents import Contents
from api.store import Store, content, personal
from api.store.codec import from_microseconds, to_microseconds
from api.store.tables import event, moved

NAMED: Final = re.compile(r"sha256:([0-9a-f]{64})(?![0-9a-f])", re.IGNORECASE)
"""How a paper names a file."""

_ANY: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LOCK: Final = text("LOCK TABLE content IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class Held:
    """Content that is held for a deal, or was: once erased, type, size and who put it there are None."""

    deal: str
    sha256: str
    held_at: datetime
    media_type: str | None
    size: int | None
    person: str | None
    erased_at: datetime | None = None


class NotHeld(Enum):
    """Why content is not held for a deal."""

    ERASED = "it was held here, was erased, and is not taken again"
    OVER_QUOTA = "the person who puts it there would have more than is allowed"
    MOVED = "the deal goes on in another database"
    SWEPT = "somebody let go of the same bytes at this very moment"


def held(store: Store, deal: str, sha256: str) -> Held | None:
    """The content of a hash that a deal has or had."""
    query = select(content).where(content.c.deal == deal, content.c.sha256 == sha256)
    row = store.look(lambda connection: connection.execute(query).one_or_none())
    return _held(row) if row is not None else None


def held_for(store: Store, deal: str) -> tuple[Held, ...]:
    """All content that a deal has or had, the oldest first."""
    query = select(content).where(content.c.deal == deal).order_by(content.c.held_at_us, content.c.sha256)
    return tuple(map(_held, store.look(lambda connection: connection.execute(query).all())))


def everything(store: Store) -> tuple[Held, ...]:
    """All content that any deal has or had, deal by deal."""
    query = select(content).order_by(content.c.deal, content.c.held_at_us, content.c.sha256)
    return tuple(map(_held, store.look(lambda connection: connection.execute(query).all())))


def used_by(store: Store, person: str) -> int:
    """How many bytes a person has put there, in all deals; the same for two deals counts twice."""
    return store.look(lambda connection: _used(connection, person))


def hold(store: Store, contents: Contents, asked: Held, quota: int) -> Held | NotHeld:
    """Let a deal have content whose bytes are there already. Who put it there first is the one who is named."""

    def write(connection: Connection) -> Held | NotHeld:
        _alone(connection)
        if connection.execute(select(moved.c.deal).where(moved.c.deal == asked.deal)).first() is not None:
            return NotHeld.MOVED
        row = connection.execute(select(content).where(*_same(asked))).one_or_none()
        if row is not None:
            return _held(row) if row.erased_at_us is None else NotHeld.ERASED
        if _used(connection, str(asked.person)) + (asked.size or 0) > quota:
            return NotHeld.OVER_QUOTA
        connection.execute(content.insert(), row_of(asked))
        return asked

    def take_back(connection: Connection) -> None:
        _alone(connection)
        if contents.size(asked.sha256) is None:
            connection.execute(content.delete().where(*_same(asked)))

    found = store.write(write)
    if isinstance(found, Held) and contents.size(asked.sha256) is None:
        store.write(take_back)
        return NotHeld.SWEPT
    return found


def url_of(deal: str, sha256: str) -> str:
    """Where the content of a deal is given out, from the root of the service."""
    return f"/deals/{deal}/documents/{sha256}"


# ---------------------------------------------------------------- letting it go


def erase(store: Store, contents: Contents, sha256: str, at: datetime) -> int:
    """Erase content in every deal: for how many it was held. The hash stays, and stands for nothing.

    What the disk keeps of a file that was let go of, and copies that were made before, are beyond this.
    """
    gone = {"media_type": None, "size": None, "person": None, "erased_at_us": to_microseconds(at)}
    live = content.c.sha256 == sha256, content.c.erased_at_us.is_(None)
    count = store.write(lambda connection: connection.execute(content.update().where(*live), gone).rowcount)
    let_go(store, contents, sha256)
    return int(count)


def named_in(deal: str, connection: Connection) -> frozenset[str]:
    """Every hash that stands anywhere in the log of a deal, accepted or refused, or in what is kept about persons.

    It need not be written as a paper names a file: what anybody may have meant is not taken for an orphan.
    """
    texts = [*connection.execute(select(event.c.body).where(event.c.deal == deal)).scalars()]
    kept = select(personal.c.value).where(personal.c.deal == deal, personal.c.value.is_not(None))
    texts += connection.execute(kept).scalars()
    return frozenset(found for each in texts for found in _ANY.findall(each.lower()))


def orphans(store: Store, before: datetime) -> Iterator[Held]:
    """Content that was put there before an instant and that nothing in the log of its deal has named so far."""
    for deal, some in groupby(everything(store), lambda each: each.deal):
        named = store.look(partial(named_in, deal))
        yield from (each for each in some if _live(each) and each.held_at < before and each.sha256 not in named)


def strays(store: Store, contents: Contents, before: datetime) -> Iterator[str]:
    """The hashes of bytes that have been there since before an instant and that no deal has."""
    live = {each.sha256 for each in everything(store) if _live(each)}
    for each in contents.all():
        if each.at < before and each.sha256 not in live:
            yield each.sha256


def sweep(store: Store, contents: Contents, before: datetime) -> tuple[tuple[Held, ...], int]:
    """Let go of orphans, of strays and of what uploads left behind: which orphans, and how many others."""
    found = tuple(each for each in orphans(store, before) if store.write(partial(_forget, each)))
    for each in found:
        let_go(store, contents, each.sha256)
    others = 0
    for sha256 in strays(store, contents, before):
        others += let_go(store, contents, sha256)
    for file in contents.incoming.iterdir():
        if from_microseconds(file.stat().st_mtime_ns // 1000) < before:
            file.unlink(missing_ok=True)
            others += 1
    return found, others


def _forget(orphan: Held, connection: Connection) -> bool:
    """Delete the row of an orphan, unless it has been named since it was found."""
    if orphan.sha256 in named_in(orphan.deal, connection):
        return False
    return connection.execute(content.delete().where(*_same(orphan))).rowcount == 1


def _live(held: Held) -> bool:
    return held.erased_at is None


def let_go(store: Store, contents: Contents, sha256: str) -> bool:
    """Remove bytes unless a deal has them: whether they were removed."""
    query = select(content.c.deal).where(content.c.sha256 == sha256, content.c.erased_at_us.is_(None)).limit(1)

    def write(connection: Connection) -> bool:
        _alone(connection)
        return connection.execute(query).first() is None and contents.remove(sha256)

    return store.write(write)


# ------------------------------------------------------------------------ rows


def _alone(connection: Connection) -> None:
    """Keep every other writer of this table waiting until the end of the transaction; a file has one at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)


def _same(held: Held) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return content.c.deal == held.deal, content.c.sha256 == held.sha256


def _used(connection: Connection, person: str) -> int:
    query = select(func.coalesce(func.sum(content.c.size), 0)).where(content.c.person == person)
    return int(connection.execute(query).scalar_one())


def row_of(held: Held) -> dict[str, str | int | None]:
    """The row of the table."""
    return {
        "deal": held.deal,
        "sha256": held.sha256,
        "held_at_us": to_microseconds(held.held_at),
        "media_type": held.media_type,
        "size": held.size,
        "person": held.person,
        "erased_at_us": to_microseconds(held.erased_at) if held.erased_at is not None else None,
    }


def _held(row: Row[tuple[object, ...]]) -> Held:
    erased = row.erased_at_us
    return Held(
        row.deal,
        row.sha256,
        from_microseconds(row.held_at_us),
        row.media_type,
        row.size,
        row.person,
        from_microseconds(erased) if erased is not None else None,
    )
