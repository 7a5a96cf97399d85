"""Whoever changes the log behind the store's back is seen, and where."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from api.databases import Server, database
from api.store import Known, Report, Store, guards
from api.store import postgres as connections
from api.store.chain import seal
from api.store.driver import writing_engine
from api.store.tables import event, head
from tests.api.postgres import Postgres
from tests.api.store_ledger import LedgerHandler, Where, command, do, ledger, opening

# `printf 100 | sha256sum`: the text of the other deal
SHA256_OF_100 = "ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306"


def fill(where: Where) -> None:
    """A deal of five entries and another, of two."""
    with ledger(where) as store:
        do(store, opening("boat"))
        do(store, opening(limit=10))
        do(store, command("k2", add=3))
        do(store, command("k3", "ben", add=8))
        do(store, command("k4", grant=[["carl", "Agent", True], ["ben", "Seller", False]]))
        do(store, command("k5", "carl", add=7))
        do(store, command("b2", deal="boat", add=1))
        assert store.verify_file().sound


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with them, to copy."""
    path = tmp_path_factory.mktemp("filled") / "db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def filled_server(postgres: Postgres) -> str:
    """The name of a database with them, to copy."""
    postgres.sql("CREATE DATABASE filled TEMPLATE ready STRATEGY file_copy")
    fill(postgres.url("filled"))
    return "filled"


@pytest.fixture(params=["sqlite", "postgresql"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """A database with them, for one test."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("filled_file"), tmp_path / "db")
        return tmp_path / "db"
    postgres: Postgres = request.getfixturevalue("postgres")
    name = f"copy_{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]}"
    postgres.sql(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('filled_server')} STRATEGY file_copy")
    return postgres.url(name)


@contextmanager
def forger(path: Where) -> Iterator[Connection]:
    """Somebody with the database, an SQL prompt and no scruples."""
    where = database(path)
    if isinstance(where, Server):
        engine = connections.writing_engine(where, 1)
        with engine.begin() as connection:
            connection.exec_driver_sql("SET session_replication_role = replica")  # no checks of what is referred to
            for name in guards.POSTGRESQL:
                connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table_of(name)}")
            yield connection
            for name, sql in guards.POSTGRESQL.items():
                connection.exec_driver_sql(sql)
                connection.exec_driver_sql(f"ALTER TABLE {table_of(name)} ENABLE ALWAYS TRIGGER {name}")
        engine.dispose()
        return
    engine = writing_engine(where)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        for name in guards.SQLITE:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for sql in guards.SQLITE.values():
            connection.exec_driver_sql(sql)
        connection.commit()
    engine.dispose()


def table_of(guard: str) -> str:
    """The table that a guard stands before."""
    return guard.partition("_is_")[0]


def looking(path: Where) -> Store:
    return Store.read_only(path, LedgerHandler())


def verify(path: Where, known: Known | None = None) -> Report:
    with looking(path) as store:
        return store.verify("bicycle", known)


def places(report: Report) -> set[tuple[str, int | None, str | None]]:
    return {(fault.table, fault.version, fault.column) for fault in report.faults}


def test_an_untouched_deal_is_sound(path: Where) -> None:
    with looking(path) as store:
        last = store.read.history("bicycle")[-1]

    assert verify(path) == Report("bicycle", entries=5, head="checked", seal=last.hash, faults=())


EDITS: list[tuple[str, str, set[tuple[str, int | None, str | None]]]] = [
    ("deal", "'boat2'", {("event", 4, "version"), ("event", 4, "prev_hash")}),
    ("version", "30", {("event", 4, "version"), ("event", 30, "version")}),
    ("kind", "'accepted'", {("event", 3, "kind"), ("head", 5, "state")}),
    ("actor", "'eve'", {("event", 3, None)}),
    ("key", "'k9'", {("event", 3, None)}),
    ("request_sha256", "'00'", {("event", 3, None)}),
    ("effective_at_us", "effective_at_us + 1", {("event", 3, None)}),
    ("zone", "'UTC'", {("event", 3, None)}),
    ("recorded_at_us", "recorded_at_us + 1", {("event", 3, None), ("event", 4, "recorded_at_us")}),
    ("agreement", "'Boat Sale'", {("event", 3, "agreement")}),
    ("agreement_sha256", "'00'", {("event", 3, "agreement_sha256")}),
    ("members", '\'[["eve","Buyer",true]]\'', {("event", 3, "members"), ("membership", 3, "acts")}),
    ("body", "'{}'", {("event", 3, None)}),
    ("answer", "'{}'", {("event", 3, None)}),
    ("algorithm", "'none'", {("event", 3, "algorithm")}),
    ("prev_hash", "'00'", {("event", 3, "prev_hash")}),
    ("hash", "'00'", {("event", 3, "hash"), ("event", 4, "prev_hash")}),
]


@pytest.mark.parametrize(("column", "value", "expected"), EDITS, ids=[edit[0] for edit in EDITS])
def test_an_edited_column_is_seen_and_named(
    path: Where, column: str, value: str, expected: set[tuple[str, int | None, str | None]]
) -> None:
    with forger(path) as connection:
        changed = connection.exec_driver_sql(f'UPDATE event SET "{column}" = {value} WHERE "key" = \'k3\'')
        assert changed.rowcount == 1

    assert expected <= places(verify(path))
    with looking(path) as store:
        assert not store.verify_file().sound


def test_every_column_has_been_edited() -> None:
    assert [edit[0] for edit in EDITS] == [column.name for column in event.columns]


def delete(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'k3'")


def delete_first(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'open-bicycle'")


def delete_last(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'k5'")


def copy_of_last(connection: Connection) -> dict[str, Any]:
    row = connection.execute(event.select().where(event.c.key == "k5")).one()._asdict()
    return {**row, "key": "forged"}


def insert(connection: Connection) -> None:
    forged = copy_of_last(connection) | {"version": 6}
    connection.execute(event.insert(), forged)


def insert_with_a_good_seal(connection: Connection) -> None:
    last = copy_of_last(connection)
    forged = last | {"version": 6, "prev_hash": last["hash"]}
    forged["recorded_at_us"] += 1
    connection.execute(event.insert(), forged | {"hash": seal(forged)})


def reorder(connection: Connection) -> None:
    for old, new in ((3, 30), (4, 3), (30, 4)):
        connection.exec_driver_sql(f"UPDATE event SET version = {new} WHERE deal = 'bicycle' AND version = {old}")


FORGERIES: list[tuple[Callable[[Connection], None], set[tuple[str, int | None, str | None]]]] = [
    (delete, {("event", 4, "version"), ("event", 4, "prev_hash")}),
    (delete_first, {("event", 2, "version"), ("event", 2, "prev_hash")}),
    (delete_last, {("head", 5, "version"), ("head", 5, "hash"), ("head", 5, "state")}),
    (insert, {("event", 6, "prev_hash"), ("event", 6, None), ("head", 5, "version")}),
    (insert_with_a_good_seal, {("head", 5, "version"), ("head", 5, "hash")}),
    (reorder, {("event", 3, "prev_hash"), ("event", 3, None), ("event", 4, "recorded_at_us")}),
]


@pytest.mark.parametrize(("forge", "expected"), FORGERIES, ids=[forge.__name__ for forge, _ in FORGERIES])
def test_a_forged_log_is_seen(
    path: Where,
    forge: Callable[[Connection], None],
    expected: set[tuple[str, int | None, str | None]],
) -> None:
    with forger(path) as connection:
        forge(connection)

    assert expected <= places(verify(path))


def rewrite(connection: Connection) -> None:
    """Change the first deposit from 3 to 2 and put every later seal and the head right again."""
    rows = connection.execute(event.select().where(event.c.deal == "bicycle").order_by(event.c.version))
    before = "0" * 64
    for row in [row._asdict() for row in rows]:
        changed = row | {"prev_hash": before}
        if row["key"] == "k2":
            changed |= {"body": '{"add":2}', "answer": '{"kind":"accepted","total":2}'}
        if row["key"] == "k5":
            changed |= {"answer": '{"kind":"accepted","total":9}'}
        before = changed["hash"] = seal(changed)
        connection.execute(event.update().where(event.c.deal == "bicycle", event.c.version == row["version"]), changed)
    connection.execute(head.update().where(head.c.deal == "bicycle"), {"state": '{"total":9}', "hash": before})


def test_a_log_rewritten_whole_is_seen_by_whoever_kept_a_seal(path: Where) -> None:
    with looking(path) as store:
        kept = [Known(entry.version, entry.hash) for entry in store.read.history("bicycle")]
    assert all(verify(path, known).sound for known in kept)

    with forger(path) as connection:
        rewrite(connection)

    assert verify(path).sound  # the chain alone cannot tell
    assert [verify(path, known).sound for known in kept] == [True, False, False, False, False]
    assert places(verify(path, kept[1])) == {("event", 2, "hash")}


def test_a_seal_for_an_entry_that_is_gone_is_missed(path: Where) -> None:
    assert places(verify(path, Known(6, "00"))) == {("event", 6, "hash")}
    assert "the log has no such entry" in verify(path, Known(6, "00")).faults[0].problem


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE deal SET agreement = 'x' WHERE id = 'bicycle'", ("deal", None, "agreement")),
        ("UPDATE deal SET opened_by = 'x' WHERE id = 'bicycle'", ("deal", None, "opened_by")),
        ("UPDATE deal SET opened_at_us = 0 WHERE id = 'bicycle'", ("deal", None, "opened_at_us")),
        (
            f"UPDATE deal SET agreement_sha256 = '{SHA256_OF_100}' WHERE id = 'bicycle'",
            ("deal", None, "agreement_sha256"),
        ),
        ("UPDATE agreement_text SET text = '9'", ("agreement_text", None, "text")),
        ("DELETE FROM deal WHERE id = 'bicycle'", ("deal", None, None)),
        ("DELETE FROM event WHERE deal = 'bicycle'", ("event", None, None)),
        ("UPDATE head SET state = 'x' WHERE deal = 'bicycle'", ("head", 5, "state")),
        ("UPDATE head SET hash = 'x' WHERE deal = 'bicycle'", ("head", 5, "hash")),
        ("UPDATE head SET version = 4 WHERE deal = 'bicycle'", ("head", 4, "version")),
        ("UPDATE membership SET acts = 1 WHERE person = 'ben'", ("membership", 4, "acts")),
        ("DELETE FROM membership WHERE person = 'carl'", ("membership", 4, "acts")),
        (
            "INSERT INTO membership VALUES ('bicycle', 'eve', 'Agent', 1, 2)",
            ("membership", 2, "acts"),
        ),
        ("UPDATE event SET body = '{' WHERE \"key\" = 'k2'", ("event", 2, None)),
        (f"UPDATE deal SET opened_at_us = {2**63 - 1}", ("deal", None, "opened_at_us")),
        (f"UPDATE deal SET opened_at_us = {2**63 - 1}", ("event", None, None)),
        (f"UPDATE event SET effective_at_us = {2**63 - 1}", ("event", 5, None)),
        ("UPDATE event SET members = '[[\"ana\"]]' WHERE \"key\" = 'k2'", ("event", 2, "members")),
        ("UPDATE event SET members = '[[1,2,3]]' WHERE \"key\" = 'k2'", ("event", 2, "members")),
        ("UPDATE event SET members = '5' WHERE \"key\" = 'k2'", ("event", 2, "members")),
        ("UPDATE event SET members = '{' WHERE \"key\" = 'k2'", ("event", 2, "members")),
    ],
)
def test_what_was_folded_from_the_log_must_agree_with_it(
    path: Where, statement: str, expected: tuple[str, int | None, str | None]
) -> None:
    with forger(path) as connection:
        assert connection.exec_driver_sql(statement).rowcount >= 1

    assert expected in places(verify(path))


def file_faults(store: Store) -> list[str]:
    return [fault.problem for fault in store.verify_file().faults]


def test_a_missing_guard_is_seen(path: Where) -> None:
    with ledger(path, LedgerHandler()) as store, store._writing.begin() as connection:
        on = "" if isinstance(path, Path) else " ON event"
        connection.exec_driver_sql(f"DROP TRIGGER event_is_never_changed{on}")

    with looking(path) as store:
        assert file_faults(store) == ["the guard event_is_never_changed is missing or was changed"]


LOG_AND_EVIDENCE = ("agreement_text", "deal", "event", "leaf", "node", "checkpoint", "tree")


def run(store: Store, statements: str) -> None:
    """Statements as somebody with the database and an SQL prompt runs them."""
    link = store._writing.raw_connection()
    execute: Any = getattr(link, "executescript", link.cursor().execute)
    execute(statements)
    link.commit()
    link.close()


def test_each_guard_that_is_gone_is_named_and_can_be_put_back(path: Where) -> None:
    """The log, the texts and deals it refers to, the tree over it and its checkpoints are never changed or deleted."""
    file = isinstance(path, Path)
    ends = ("changed", "deleted") if file else ("changed", "deleted", "emptied")
    expected = {"event_is_the_next", *(f"{table}_is_never_{end}" for table in LOG_AND_EVIDENCE for end in ends)}
    with ledger(path, LedgerHandler()) as store:
        for name in sorted(expected):
            run(store, f"DROP TRIGGER {name}" + ("" if file else f" ON {table_of(name)}"))
            (fault,) = store.verify_file().faults
            run(store, fault.remedy)

            assert fault.problem == f"the guard {name} is missing or was changed"
            assert store.verify_file().sound
    assert set(guards.SQLITE if file else guards.POSTGRESQL) == expected


def test_a_trigger_that_nobody_of_us_made_is_seen(path: Where) -> None:
    file = isinstance(path, Path)
    does = "BEGIN SELECT 1; END" if file else "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    with ledger(path, LedgerHandler()) as store:
        run(store, f"CREATE TRIGGER quiet BEFORE UPDATE ON head {does}")
        (fault,) = store.verify_file().faults
        run(store, fault.remedy)

        assert (fault.table, fault.problem) == (
            "head",
            "the trigger quiet is none of ours: it may change what is written",
        )
        assert store.verify_file().sound


def test_an_entry_without_its_deal_is_seen(path: Where) -> None:
    with forger(path) as connection:
        connection.exec_driver_sql("DELETE FROM deal WHERE id = 'boat'")

    with looking(path) as store:
        assert any(problem.endswith(" to no deal") for problem in file_faults(store))
        assert {r.deal: r.sound for r in store.verify_file().deals} == {
            "bicycle": True,
            "boat": False,
        }


@pytest.mark.parametrize("path", ["sqlite"], indirect=True)
def test_a_lying_index_is_seen(path: Where) -> None:
    """An index without a row would let a used key be used again; only a full check compares."""
    with forger(path) as connection:
        connection.exec_driver_sql("PRAGMA writable_schema=ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = replace(sql, 'person, deal', 'deal, person')"
            " WHERE name = 'ix_membership_person_deal'"
        )

    with looking(path) as store:
        assert any(problem.endswith(" missing from index ix_membership_person_deal") for problem in file_faults(store))


CHANGED = [
    (
        "UPDATE sqlite_master SET sql = replace(sql, 'deal TEXT NOT NULL', 'deal TEXT') WHERE name = 'head'",
        "the table head is not defined as it was made",
    ),
    ("DROP INDEX ix_membership_person_deal", "the index ix_membership_person_deal is missing"),
    ("CREATE TABLE aside (note TEXT)", "the table aside was not made by Clausula"),
]


@pytest.mark.parametrize("path", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("sql", "problem"), CHANGED)
def test_tables_that_are_not_as_they_were_made_are_seen(path: Where, sql: str, problem: str) -> None:
    with forger(path) as connection:
        connection.exec_driver_sql("PRAGMA writable_schema=ON")
        connection.exec_driver_sql(sql)

    with looking(path) as store:
        assert file_faults(store) == [problem]
