"""A sealed file of two deals, and somebody who changes it behind the back of the store: for the tests of evidence."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, Connection, and_

from api.auth import secret_in
from api.clock import Clock, ManualClock
from api.evidence import log
from api.evidence.audit import Audit, audit
from api.evidence.sealer import Sealer
from api.store import Store, guards
from api.store.chain import seal
from api.store.driver import writing_engine
from api.store.evidence_tables import leaf, node
from api.store.tables import event, head
from tests.api.store_ledger import NOON, command, do, ledger, minutes, opening

T = TypeVar("T")


def sealer(store: Store) -> Sealer:
    """The sealer of a store, with its key and its file beside the database."""
    path = Path(unquote(urlsplit(store.reading.url.database or "").path))
    return Sealer(store, secret_in(path.with_name("seal.key")), outside(path), ManualClock(NOON))


class Telling(Sealer):
    """A sealer that tells whenever it has looked for what is to be sealed."""

    def __init__(self, store: Store, seed: bytes, outside: Path, clock: Clock) -> None:
        super().__init__(store, seed, outside, clock)
        self._looked = threading.Condition()

    def seal(self, everywhere: bool = True) -> int:
        count = super().seal(everywhere)
        with self._looked:
            self._looked.notify_all()
        return count

    def wait_for(self, true: Callable[[], T]) -> T:
        """What something gives, once that is true; it is asked again after each look."""
        with self._looked:
            found = self._looked.wait_for(true, timeout=60)
        assert found, "it was never sealed"
        return found


def outside(path: Path) -> Path:
    """Where the checkpoints of a database are kept."""
    return path.with_name("checkpoints")


def write(store: Store, clock: ManualClock) -> None:
    """A deal of five entries and another of two, sealed after the first four of them and at the end."""
    four = (opening("boat"), opening(limit=10), command("k2", add=3), command("k3", "ben", add=8))
    three = (
        command("k4", grant=[["carl", "Agent", True], ["ben", "Seller", False]]),
        command("k5", "carl", add=7),
        command("b2", deal="boat", add=1),
    )
    for requests in (four, three):
        for request in requests:
            clock.advance(minutes(1))
            do(store, request)
        sealer(store).seal()


def audited(path: Path) -> Audit:
    """What the audit finds in a file."""
    with ledger(path) as store:
        return audit(store.reading, outside(path))


def problems(path: Path) -> list[str]:
    """What the audit finds, in its words."""
    return [each.problem for each in audited(path).faults]


@contextmanager
def forger(path: Path) -> Iterator[Connection]:
    """Somebody with the file, an SQL prompt and no scruples."""
    made = guards.SQLITE
    engine = writing_engine(path)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        for name in made:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for sql in made.values():
            connection.exec_driver_sql(sql)
        connection.commit()
    engine.dispose()


def rewrite_deal(connection: Connection) -> None:
    """Change the first deposit from 3 to 2 and put every later answer, seal and the head right again."""
    rows = connection.execute(event.select().where(event.c.deal == "bicycle").order_by(event.c.version))
    before = "0" * 64
    for row in [row._asdict() for row in rows]:
        changed: dict[str, Any] = row | {"prev_hash": before}
        if row["key"] == "k2":
            changed |= {"body": '{"add":2}', "answer": '{"kind":"accepted","total":2}'}
        if row["key"] == "k5":
            changed |= {"answer": '{"kind":"accepted","total":9}'}
        before = changed["hash"] = seal(changed)
        connection.execute(event.update().where(is_row(row)), changed)
    connection.execute(head.update().where(head.c.deal == "bicycle"), {"state": '{"total":9}', "hash": before})


def is_row(row: dict[str, Any]) -> ColumnElement[bool]:
    """The condition that finds an entry."""
    return and_(event.c.deal == row["deal"], event.c.version == row["version"])


def rebuild_tree(connection: Connection, order: Sequence[int] = ()) -> None:
    """Make the leaves and the tree over them anew from whatever the log now says, or in another order of it."""
    query = event.select().order_by(event.c.recorded_at_us, event.c.deal, event.c.version)
    entries = [log.Entry(row.deal, row.version, row.hash) for row in connection.execute(query)]
    connection.execute(leaf.delete())
    connection.execute(node.delete())
    log.append(connection, 0, [entries[at] for at in order] if order else entries)


def mth(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, as it is written there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()
