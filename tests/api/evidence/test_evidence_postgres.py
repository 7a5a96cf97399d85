"""The same evidence on PostgreSQL, with several processes that write and several that seal."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import psycopg
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from api.clock import ManualClock
from api.everywhere import sealed_after
from api.evidence import keys, personal, signature
from api.evidence.audit import Audit, audit
from api.evidence.proofs import consistency_proof
from api.evidence.receipt import Sealed, receipt_for, verify_receipt
from api.evidence.sealer import Diverged, Sealer, Sealing
from api.store import Store
from tests.api.evidence.forging import rebuild_tree, rewrite_deal
from tests.api.evidence.signing import RFC_PUBLIC, RFC_SECRET
from tests.api.store_ledger import NOON, command, do, ledger, opening

Place: TypeAlias = tuple[int, str, int]
"""A place in the log of all deals, and the deal and version of its entry."""

TABLES = ("event", "deal", "leaf", "node", "checkpoint", "tree")


def sealer_of(store: Store, folder: Path, name: str = "checkpoints") -> Sealer:
    return Sealer(store, bytes(range(32)), folder / name, ManualClock(NOON))


def audited(store: Store, folder: Path, name: str = "checkpoints") -> Audit:
    return audit(store.reading, folder / name)


@contextmanager
def owner(store: Store) -> Iterator[Connection]:
    """The owner of the database, with every trigger out of the way."""
    with store.writing.begin() as connection:
        for table in TABLES:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield connection
        for table in TABLES:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def followed(store: Store, end: int) -> list[Place]:
    """What somebody is told who goes on from a place in the log of all deals again and again, up to its end."""
    found: list[Place] = []
    place = 0
    while place < end:
        reach = sealed_after(store, "ana", place)
        found += [(each.place, each.event.deal, each.event.version) for each in reach.found]
        place = reach.place
    return found


def test_two_nodes_write_and_seal_at_once_and_every_entry_is_sealed_and_told_once(server: str, tmp_path: Path) -> None:
    with ledger(server) as one, ledger(server) as other:
        stores = (one, other)
        for n in range(4):
            do(one, opening(f"deal-{n}"))
        sealings = [Sealing(store, sealer_of(store, tmp_path, f"of-{at}"), 0.005) for at, store in enumerate(stores)]
        with sealings[0], sealings[1], ThreadPoolExecutor(18) as people:
            readers = [people.submit(followed, store, 64) for store in stores]
            list(people.map(lambda n: do(stores[n % 2], command(f"k{n}", deal=f"deal-{n % 4}", add=1)), range(60)))
            told = [each.result(timeout=60) for each in readers]

        found = [audited(one, tmp_path, f"of-{at}") for at in range(2)]

        assert [each.faults for each in found] == [(), ()]
        assert [(each.sealed, each.waiting) for each in found] == [(64, 0), (64, 0)]
        assert told[0] == told[1]
        assert [place for place, _, _ in told[0]] == list(range(1, 65))
        for deal in range(4):
            assert [version for _, name, version in told[0] if name == f"deal-{deal}"] == list(range(1, 17))
        for deal in range(4):
            for version in range(1, 17):
                receipt = receipt_for(other.reading, f"deal-{deal}", version)
                assert isinstance(receipt, Sealed)
                assert verify_receipt(receipt.text).entry["version"] == version
        assert consistency_proof(one.reading, 3, 64)


def test_a_commit_that_comes_late_gets_a_later_leaf(server: str, tmp_path: Path) -> None:
    """The entry of one transaction is older than those that were sealed while it was not committed."""
    with ledger(server) as store:
        do(store, opening())
        do(store, opening("boat"))
        found = sealer_of(store, tmp_path)
        assert found.seal() == 2
        late, hold = threading.Event(), threading.Event()

        def slow() -> None:
            with psycopg.connect(server) as connection:
                connection.execute(
                    "INSERT INTO event SELECT 'boat', 2, 'accepted', actor, 'late', request_sha256, effective_at_us,"
                    " zone, recorded_at_us + 1, agreement, agreement_sha256, members, body, answer, algorithm, hash,"
                    " 'x' FROM event WHERE deal = 'boat'"
                )
                late.set()
                hold.wait(30)

        thread = threading.Thread(target=slow)
        thread.start()
        assert late.wait(30)
        do(store, command("k2", add=1))
        assert found.seal() == 1
        hold.set()
        thread.join()

        assert found.seal() == 1
        assert [each.problem for each in audited(store, tmp_path).faults] == []


def test_a_log_that_was_rewritten_whole_is_seen(server: str, tmp_path: Path) -> None:
    with ledger(server) as store:
        do(store, opening(limit=10))
        for key, add in (("k2", 3), ("k3", 2), ("k4", 2), ("k5", 2)):
            do(store, command(key, add=add))
        found = sealer_of(store, tmp_path)
        found.seal()
        assert audited(store, tmp_path).sound

        with owner(store) as connection:
            rewrite_deal(connection)
            rebuild_tree(connection)

        faults = [each.problem for each in audited(store, tmp_path).faults]
        assert "the first 5 entries are not those that were signed by 2026-03-02 12:00:00 UTC" in faults
        do(store, command("k6", add=0))
        with pytest.raises(Diverged):
            found.seal()
        assert "not those that were signed" in (sealer_of(store, tmp_path).halted or "")


@pytest.mark.parametrize("table", ["leaf", "node", "checkpoint", "tree"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET {} = 'x'"])
def test_what_is_sealed_stays(server: str, tmp_path: Path, table: str, statement: str) -> None:
    column = {"leaf": "hash", "node": "hash", "checkpoint": "note", "tree": "origin"}[table]
    with ledger(server) as store:
        do(store, opening())
        do(store, command("k2", add=1))
        sealer_of(store, tmp_path).seal()
        with pytest.raises(DBAPIError, match=f"{table} is append-only"), store.writing.begin() as connection:
            connection.exec_driver_sql(statement.format(table, column))


def test_keys_and_personal_values_on_a_server(server: str) -> None:
    with ledger(server) as store:
        do(store, opening())
        proof = signature.sign(RFC_SECRET, signature.key_text("ana", RFC_PUBLIC))
        made = keys.register(store, keys.Registration("ana", RFC_PUBLIC, proof), NOON)
        kept = personal.keep(store, "bicycle", "ana", "12 Rose Lane", NOON)
        assert isinstance(kept, personal.Personal)

        assert keys.keys_of(store, "ana") == (made,)
        assert personal.values_of(store, "bicycle") == (kept,)
        assert personal.erase(store, "ana", NOON) == 1
        (gone,) = personal.values_of(store, "bicycle")
        assert (gone.value, gone.salt, gone.erased_at) == (None, None, NOON)
