"""A sealed file of two deals, and somebody who changes it behind the back of the store: for the tests of evidence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from api.clock import FixedClock
from api.evidence import log
from api.evidence.audit import Audit, audit
from api.evidence.sealer import Sealer
from api.store import EVIDENCE_GUARDS, Store
from api.store.chain import seal
from api.store.driver import writing_engine
from api.store.evidence_tables import leaf, node
from api.store.tables import APPEND_ONLY, event
from tests.api.store_ledger import NOON, command, do, ledger, opening


def sealer(store: Store) -> Sealer:
    """The sealer of a store, with its key and its file beside the database."""
    return Sealer(store, store.path.with_name("seal.key"), outside(store.path), FixedClock(NOON))


def outside(path: Path) -> Path:
    """Where the checkpoints of a database are kept."""
    return path.with_name("checkpoints")


def write(store: Store) -> None:
    """A deal of five entries and another of two, sealed after the first four of them and at the end."""
    do(store, opening("boat"))
    do(store, opening(limit=10))
    do(store, command("k2", add=3))
    do(store, command("k3", "ben", add=8))
    sealer(store).seal()
    do(store, command("k4", grant=[["carl", "Agent", True], ["ben", "Seller", False]]))
    do(store, command("k5", "carl", add=7))
    do(store, command("b2", deal="boat", add=1))
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
    guards = APPEND_ONLY | EVIDENCE_GUARDS
    engine = writing_engine(path)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        for name in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for sql in guards.values():
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
        connection.execute(event.update().where(event.c.pos == row["pos"]), changed)
    connection.exec_driver_sql("UPDATE head SET state = '{\"total\":9}', hash = ? WHERE deal = 'bicycle'", (before,))


def rebuild_tree(connection: Connection) -> None:
    """Make the leaves and the tree over them anew from whatever the log now says."""
    rows = connection.execute(event.select().order_by(event.c.pos)).all()
    connection.execute(leaf.delete())
    connection.execute(node.delete())
    log.append(connection, 0, [log.Entry(row.deal, row.version, row.hash) for row in rows])


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
