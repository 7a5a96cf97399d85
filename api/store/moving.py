"""A deal from one database to another, where its log goes on: from a file to a server, or back.

First the deal is checked and closed where it is, and that is committed: from then on no entry can be made of which the
copy would not know. Then its rows are written to the other database in one transaction, which checks them before it
commits. So a move that is interrupted leaves all or nothing there, and a deal that is closed here; to move it again
goes on where that one stopped. Entries are copied as they are, and so have the same seals. A deal that comes back is
opened again with what was added elsewhere; where the two logs went different ways, nothing is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, select

from api.clock import Clock
from api.databases import Database, UnsafeDatabase
from api.store.codec import to_microseconds
from api.store.content_tables import content
from api.store.handler import Handler
from api.store.keeping import copy_rows, unhurried, writing
from api.store.rows import read_rows
from api.store.statements import STATEMENTS
from api.store.store import found
from api.store.tables import NO_HASH, agreement_text, deal, event, head, membership, moved
from api.store.verify import verify_within


class Diverged(UnsafeDatabase):
    """A deal cannot go on there: its log there is another, or it has moved elsewhere."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A deal that goes on in the other database: how many entries it has, and the seal of the last."""

    deal: str
    entries: int
    seal: str


def move(
    source: Database, to: Database, ids: Sequence[str] | None, handler: Handler, clock: Clock
) -> Iterator[Arrived]:
    """Move some deals, or all that are there; yields each as soon as it has arrived.

    Raises UnsafeDatabase where a deal is not there, or cannot go on in the other database.
    """
    source, to = found(source), found(to)
    if isinstance(source, Path) and not source.exists():
        raise FileNotFoundError(2, "No such file or directory", str(source))
    if str(source) == str(to):
        raise UnsafeDatabase(f"{to} is where the deals are: name another database to move them to.")
    with writing(source) as here, writing(to) as there:
        if ids is None:
            with here.begin() as connection:
                gone = select(moved.c.deal).where(moved.c.destination != str(to))
                ids = (
                    connection.execute(select(deal.c.id).where(deal.c.id.not_in(gone)).order_by(deal.c.id))
                    .scalars()
                    .all()
                )
        for id in ids:
            _close(here, id, handler, str(to), to_microseconds(clock.now()))
            yield _carry(here, there, id, handler)


def _close(here: Engine, id: str, handler: Handler, to: str, at_us: int) -> None:
    """No more entries here: whoever writes one holds the head, and sees this when he gets it."""
    with here.begin() as connection:
        unhurried(connection)
        _hold(connection, id)
        if connection.execute(select(deal.c.id).where(deal.c.id == id)).first() is None:
            raise UnsafeDatabase(f"there is no deal {id} to move.")
        destination = connection.execute(select(moved.c.destination).where(moved.c.deal == id)).scalar_one_or_none()
        faults = verify_within(connection, handler, id).faults
        if faults:
            raise Diverged(f"the deal {id} is not as it was written, and stays where it is: {faults[0].problem}.")
        if destination is None:
            connection.execute(moved.insert(), {"deal": id, "destination": to, "moved_at_us": at_us})
        elif destination != to:
            raise Diverged(f"the deal {id} has moved to {destination} already.")


def _carry(here: Engine, there: Engine, id: str, handler: Handler) -> Arrived:
    with here.begin() as source, there.begin() as target:
        unhurried(source)
        unhurried(target)
        _hold(target, id)
        known = _sealed(target, id)
        log = _sealed(source, id)
        if log[: len(known)] != known:
            raise Diverged(f"the deal {id} is there already, and its log there is another.")
        pinned = select(deal.c.agreement_sha256).where(deal.c.id == id)
        text = select(agreement_text).where(agreement_text.c.sha256.in_(pinned))
        statements = STATEMENTS[target.dialect.name]
        statements.write(target, (statements.writes.texts, read_rows(source, text)))
        if not known:
            copy_rows(source, target, select(deal).where(deal.c.id == id), deal)
        added = select(event).where(event.c.deal == id, event.c.version > len(known)).order_by(event.c.version)
        copy_rows(source, target, added, event)
        _carry_contents(source, target, id)
        for table, write in ((membership, statements.writes.members), (head, statements.writes.heads)):
            statements.write(target, (write, read_rows(source, select(table).where(table.c.deal == id))))
        target.execute(delete(moved).where(moved.c.deal == id))
        report = verify_within(target, handler, id)
        if not report.sound or _sealed(target, id) != log:
            told = report.faults[0].problem if report.faults else "the copy is not the same"
            raise Diverged(f"the deal {id} did not arrive as it was written; it is closed here: {told}.")
    return Arrived(id, len(log), log[-1][1] if log else NO_HASH)


def _carry_contents(source: Connection, target: Connection, id: str) -> None:
    """The rows of what is held for a deal. What was erased at either place is erased."""
    erased = content.c.erased_at_us
    for row in read_rows(source, select(content).where(content.c.deal == id)):
        same = content.c.deal == id, content.c.sha256 == row["sha256"]
        if target.execute(select(erased).where(*same)).first() is None:
            target.execute(content.insert(), dict(row))
        elif row["erased_at_us"] is not None:
            target.execute(content.update().where(*same, erased.is_(None)), dict(row))


def _hold(connection: Connection, id: str) -> None:
    lock = STATEMENTS[connection.dialect.name].lock
    if lock is not None:
        connection.execute(lock, {"ids": [id]})


def _sealed(connection: Connection, id: str) -> list[tuple[int, str]]:
    """Versions and seals of a log, in order."""
    query = select(event.c.version, event.c.hash).where(event.c.deal == id).order_by(event.c.version)
    return [(row.version, row.hash) for row in connection.execute(query)]
