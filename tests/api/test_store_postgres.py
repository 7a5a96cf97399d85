"""What a server has to be for the store to trust it, and what is said of one that is not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from api.access import Journal
from api.clock import ManualClock
from api.contents.folder import Folder
from api.contents.held import Held, hold, sweep
from api.contents.uploads import taken
from api.databases import Server, UnsafeDatabase, database
from api.evidence import personal
from api.evidence.sealer import Sealer
from api.store import Store, postgres
from api.store.migrate import migrate, newest
from api.store.postgres import weaker_than_durable
from api.store.tables import metadata
from api.webhooks import hooks
from api.webhooks.outbox import KEPT, Drawn, Outbox
from api.webhooks.signing import Vault
from tests.api.postgres import GUARDED, Postgres
from tests.api.store_ledger import NOON, LedgerHandler, command, do, ledger, opening


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Postgres:
    """The server that the tests share."""
    found: Postgres = request.getfixturevalue("postgres")
    return found


SOUND = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "synchronous_standby_names": ""}


def server_at(url: str) -> Server:
    where = database(url)
    assert isinstance(where, Server)
    return where


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ana:s3cret@db.example/deals", "postgresql://ana@db.example/deals"),
        ("postgres://ana:s3cret@db:5433/deals?sslmode=require", "postgresql://ana@db:5433/deals"),
        ("postgresql+psycopg://ana:s%403cret@[::1]:5432/deals", "postgresql://ana@[::1]:5432/deals"),
        ("postgresql://ana@one,two:5433/deals?password=s3cret", "postgresql://ana@one,two:5433/deals"),
        ("postgresql:///deals?host=/run/postgresql", "postgresql:///deals"),
    ],
)
def test_a_server_is_shown_without_its_password(url: str, shown: str) -> None:
    where = server_at(url)

    assert str(where) == shown
    assert "s3cret" not in repr(where)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:se/cret@db/deals",
        "postgresql://ana:12/cret@db/deals",
        "postgresql://ana:se#cret@db/deals",
        "postgresql://ana:12?cret@db/deals",
        "postgresql://ana:cret@[::1/deals",
        "postgresql://db:port/deals",
    ],
)
def test_a_url_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(UnsafeDatabase, match="USER:PASSWORD@HOST:PORT/DATABASE") as refused:
        database(url)

    assert "cret" not in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql://ana@db/deals?no_such_option=1", "postgresql://ana@db/%zz"])
def test_a_url_that_libpq_does_not_take_is_told_as_one(url: str) -> None:
    with pytest.raises(UnsafeDatabase, match="cannot be read by libpq"):
        ledger(url)


# ----------------------------------------------------------------- out of reach


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(UnsafeDatabase) as refused:
        ledger("postgresql://ana:s3cret@127.0.0.1:1/deals")

    assert str(refused.value).startswith("postgresql://ana@127.0.0.1:1/deals cannot be used: ")
    assert "onnection refused" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_a_wrong_password_is_told_without_it(guarded: str) -> None:
    with pytest.raises(UnsafeDatabase) as refused:
        ledger(guarded.replace("right", "wr0ng"))

    assert 'password authentication failed for user "guarded"' in str(refused.value)
    assert "wr0ng" not in str(refused.value)
    with pytest.raises(UnsafeDatabase, match="permission denied for schema public"):
        ledger(guarded)  # the password is right, and the tables are not there yet


@pytest.fixture
def guarded(running: Postgres) -> Iterator[str]:
    """The URL of somebody who has to give a password, and has no rights."""
    running.sql("CREATE DATABASE guarded", f"CREATE ROLE {GUARDED} LOGIN PASSWORD 'right'")
    yield running.url("guarded", user=f"{GUARDED}:right")
    running.sql("DROP DATABASE guarded WITH (FORCE)", f"DROP ROLE {GUARDED}")


def test_a_database_that_is_not_there_is_told(running: Postgres) -> None:
    with pytest.raises(UnsafeDatabase, match='database "nowhere" does not exist'):
        ledger(running.url("nowhere"))


def test_a_database_without_tables_is_not_read(running: Postgres) -> None:
    with pytest.raises(UnsafeDatabase, match="is not a database of Clausula"):
        Store.read_only(running.url("template1"), LedgerHandler())


# ---------------------------------------------------------- weaker than durable


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, ""),
        ({"synchronous_commit": "remote_apply"}, ""),
        ({"synchronous_commit": "local"}, ""),
        ({"fsync": "off"}, "fsync is off and must be on"),
        ({"full_page_writes": "off"}, "full_page_writes is off and must be on"),
        ({"synchronous_commit": "off"}, "synchronous_commit is off and must be on"),
        ({"synchronous_commit": "local", "synchronous_standby_names": "one"}, "synchronous_commit is local"),
    ],
)
def test_settings_weaker_than_durable_are_refused(changed: dict[str, str], told: str) -> None:
    found = weaker_than_durable(SOUND | changed, 180_006)

    assert found.startswith(told)
    assert bool(found) == bool(told)


@pytest.mark.parametrize(("version", "fits"), [(150_018, False), (160_000, True), (170_010, True), (180_006, True)])
def test_the_server_has_a_version_that_is_tested(version: int, fits: bool) -> None:
    assert (weaker_than_durable(SOUND, version) == "") is fits


def test_a_role_that_does_not_wait_for_the_disk_is_refused(running: Postgres, server: str) -> None:
    running.sql("CREATE ROLE hasty SUPERUSER LOGIN", "ALTER ROLE hasty SET synchronous_commit = off")

    with pytest.raises(UnsafeDatabase, match="synchronous_commit is off and must be on"):
        ledger(server.replace("postgres@", "hasty@"))


def test_each_connection_has_limits(server: str) -> None:
    with ledger(server) as store:
        for engine in (store._writing, store._reading):
            with engine.connect() as connection:
                found = {
                    name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
                    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
                }
            assert found == {
                "statement_timeout": "30s",
                "lock_timeout": "10s",
                "idle_in_transaction_session_timeout": "1min",
            }


def test_reading_shows_one_moment(server: str) -> None:
    with ledger(server) as store, store._reading.connect() as connection:
        isolation = connection.exec_driver_sql("SHOW transaction_isolation").scalar_one()
        writing = connection.exec_driver_sql("SHOW transaction_read_only").scalar_one()

    assert (isolation, writing) == ("repeatable read", "on")


# ----------------------------------------------------------------------- tables


DESCRIBED = (
    """SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    ORDER BY table_name, ordinal_position""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1",
)
"""Columns, rules and indexes, as the server tells them."""


def test_the_migrations_make_the_tables_that_the_code_knows(running: Postgres, server: str) -> None:
    running.sql("CREATE DATABASE described")
    described = engine_at(running.url("described"))
    with described.begin() as connection:
        metadata.create_all(connection)
        expected = [connection.exec_driver_sql(query).all() for query in DESCRIBED]
    described.dispose()

    made = engine_at(server)
    with made.begin() as connection:
        assert [connection.exec_driver_sql(query).all() for query in DESCRIBED] == expected
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    made.dispose()


def engine_at(url: str) -> Engine:
    return postgres.writing_engine(server_at(url), 1)


def test_two_that_start_at_once_make_the_tables_once(running: Postgres) -> None:
    running.sql("CREATE DATABASE shared_start")
    engines = [engine_at(running.url("shared_start")) for _ in range(4)]

    with ThreadPoolExecutor(4) as nodes:
        list(nodes.map(migrate, engines))

    with engines[0].connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    assert found == [newest()]
    for engine in engines:
        engine.dispose()


INSERTS = {
    "replaces a version": ("2", "'new'", "old.prev_hash", "must be the next one"),
    "leaves a gap": ("4", "'new'", "old.hash", "must be the next one"),
    "does not follow the seal": ("3", "'new'", "old.prev_hash", "must be the next one"),
    "uses a key again": ("3", "old.key", "old.hash", "uq_event_deal_actor_key"),
}


@pytest.mark.parametrize("role", ["origin", "replica"])
@pytest.mark.parametrize("case", INSERTS)
def test_only_the_next_entry_is_taken(server: str, case: str, role: str) -> None:
    version, key, before, told = INSERTS[case]
    with ledger(server) as store:
        do(store, opening())
        do(store, command("a", add=1))
        with store._writing.begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL session_replication_role = {role}")
            names = [row.column_name for row in connection.exec_driver_sql(COLUMNS)]
            changed = {"version": version, "key": key, "prev_hash": before}
            values = ", ".join(changed.get(name, f'old."{name}"') for name in names)
            with pytest.raises(IntegrityError, match=told):
                connection.exec_driver_sql(f"INSERT INTO event SELECT {values} FROM event AS old WHERE old.version = 2")


COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = 'event' ORDER BY ordinal_position"


@pytest.mark.parametrize("table", ["agreement_text", "deal", "event"])
def test_what_is_written_is_not_emptied(server: str, table: str) -> None:
    with ledger(server) as store:
        do(store, opening())
        with (
            pytest.raises(IntegrityError, match=f"{table} is append-only"),
            store._writing.begin() as connection,
        ):
            connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("ALTER TABLE event DISABLE TRIGGER event_is_never_changed", "the guard event_is_never_changed is missing"),
        ("ALTER TABLE event ENABLE TRIGGER event_is_never_deleted", "the guard event_is_never_deleted is missing"),
        (
            "ALTER FUNCTION clausula_append_only() RENAME TO something_else",
            "the guard clausula_append_only is missing or was changed",
        ),
        ("ALTER TABLE event DROP CONSTRAINT uq_event_deal_actor_key", "the rule uq_event_deal_actor_key is missing"),
    ],
)
def test_a_guard_that_was_taken_away_is_seen(server: str, damage: str, problem: str) -> None:
    with ledger(server) as store:
        do(store, opening())
        assert store.verify_file().sound
        with store._writing.begin() as connection:
            connection.exec_driver_sql(damage)

        assert any(fault.problem.startswith(problem) for fault in store.verify_file().faults)


# ----------------------------------------------------------------------- rights


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("UPDATE ON event", ("event", "PUBLIC was given the right to UPDATE it")),
        ("UPDATE (hash, deal) ON leaf", ("leaf", "PUBLIC was given the right to UPDATE it")),
        ("TRUNCATE ON checkpoint", ("checkpoint", "PUBLIC was given the right to TRUNCATE it")),
        ("DELETE ON tree", ("tree", "PUBLIC was given the right to DELETE it")),
    ],
)
def test_a_right_to_rewrite_in_other_hands_is_seen_and_can_be_taken_back(
    server: str, given: str, told: tuple[str, str]
) -> None:
    with ledger(server) as store:
        with store._writing.begin() as connection:
            connection.exec_driver_sql(f"GRANT {given} TO PUBLIC")
        found = store.verify_file().faults
        with store._writing.begin() as connection:
            for fault in found:
                connection.exec_driver_sql(fault.remedy)

        assert {(fault.table, fault.problem) for fault in found} == {told}
        assert store.verify_file().sound


def test_the_role_of_the_documentation_can_serve_and_cannot_rewrite(
    running: Postgres, server: str, tmp_path: Path
) -> None:
    """The statements of docs/operations.md, run as they stand there."""
    name = server.partition("@/")[2].partition("?")[0]
    running.sql("DROP ROLE IF EXISTS clausula_service", *documented_rights(), database=name)

    with ledger(server.replace("postgres@", "clausula_service@")) as store:
        do(store, opening())
        assert do(store, command("a", add=1)).version == 2
        assert Sealer(store, bytes(32), tmp_path / "checkpoints", ManualClock(NOON)).seal() == 2
        kept = personal.keep(store, "bicycle", "ana", "12 Elm Street", NOON)
        assert isinstance(kept, personal.Personal)
        assert personal.erase(store, "ana", NOON) == 1
        folder = Folder(tmp_path / "documents")
        sha256, size = taken(folder, [b"a paper"], 100, {})
        put = Held("bicycle", sha256, NOON, "text/plain", size, "ana")
        assert hold(store, folder, put, 100) == put
        assert sweep(store, folder, NOON + timedelta(days=1))[0] == (put,)
        journal = Journal(store, ManualClock(NOON))
        journal.record("bicycle", "ana", "r", "", "deal")
        journal.flush()
        wanted = hooks.Wanted("ana", "bicycle", "https://a.example/", "dealEvents", "", "1")
        made, box = hooks.make(store, Vault(bytes(32)), wanted, NOON), Outbox(store)
        assert isinstance(made, hooks.Made)
        assert box.put(box.behind(NOON)[0], [Drawn("2", "{}")], None, NOON)
        box.arrived(box.claim(NOON)[0], "Answered 200.", NOON)
        box.forget(NOON + KEPT)
        assert store.verify_file().sound
        for statement in (
            "UPDATE event SET answer = 'x'",
            "UPDATE leaf SET hash = 'x'",
            "DELETE FROM checkpoint",
            "TRUNCATE node",
            "DELETE FROM tree",
            "DELETE FROM event",
            "TRUNCATE event",
            "UPDATE deal SET opened_by = 'x'",
            "DELETE FROM agreement_text",
            "ALTER TABLE event DISABLE TRIGGER ALL",
            "DROP TRIGGER event_is_never_changed ON event",
        ):
            with (
                pytest.raises(DBAPIError, match=r"permission denied|must be owner"),
                store._writing.begin() as connection,
            ):
                connection.exec_driver_sql(statement)
    running.sql("DROP OWNED BY clausula_service", "DROP ROLE clausula_service", database=name)


def documented_rights() -> list[str]:
    page = (Path(__file__).parent.parent.parent / "docs" / "operations.md").read_text()
    block = page.partition("```sql\n")[2].partition("```")[0]
    return [statement.strip() for statement in block.split(";") if statement.strip()]
