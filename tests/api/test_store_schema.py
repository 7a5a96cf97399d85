"""The tables that the migrations make, the guards on them, and the SQLite underneath."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from api.databases import UnsafeDatabase
from api.store import guards
from api.store.driver import choose_driver, writing_engine
from api.store.migrate import migrate, newest, require_newest
from api.store.tables import metadata
from tests.api.store_ledger import Where, command, do, ledger, opening


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A file with the tables of today and nothing in them."""
    engine = writing_engine(tmp_path / "db")
    migrate(engine)
    yield engine
    engine.dispose()


def schema(connection: Connection) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    found = {row.name: row.sql.strip() for row in connection.exec_driver_sql(query)}
    found.pop("alembic_version", None)
    return found


def test_the_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    described = create_engine("sqlite://", module=choose_driver())
    with described.begin() as connection:
        metadata.create_all(connection)
        for sql in guards.SQLITE.values():
            connection.exec_driver_sql(sql)
        expected = schema(connection)
    described.dispose()

    with engine.begin() as connection:
        assert schema(connection) == expected
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert sorted(guards.SQLITE) == sorted(name for name in expected if "_is_" in name)
    assert all(sql.endswith("STRICT") for sql in expected.values() if "CREATE TABLE" in sql)


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    migrate(engine)

    with engine.begin() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest() == "0006"


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    engine = writing_engine(tmp_path / "db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE membership (x)")

    with pytest.raises(DBAPIError, match="membership already exists"):
        migrate(engine)

    with engine.begin() as connection:
        assert schema(connection) == {"membership": "CREATE TABLE membership (x)"}
    engine.dispose()


def test_a_file_of_the_first_version_keeps_its_texts(tmp_path: Path) -> None:
    first = writing_engine(tmp_path / "db")
    migrate(first, "0001")
    with first.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO agreement_text (sha256, name, text) VALUES ('ab', 'sale', 'Agreement.')"
        )

    migrate(first)

    with first.begin() as connection:
        assert connection.exec_driver_sql("SELECT * FROM agreement_text").all() == [("ab", "Agreement.")]
    first.dispose()


def test_a_file_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(UnsafeDatabase, match="newer Clausula"):
        migrate(engine)


@pytest.mark.parametrize("opened", [migrate, require_newest])
def test_a_file_that_says_it_is_of_two_versions_is_refused(engine: Engine, opened: Callable[[Engine], None]) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")

    with pytest.raises(UnsafeDatabase, match="several versions of Clausula at once"):
        opened(engine)


@pytest.mark.parametrize("table", ["agreement_text", "deal", "event"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_what_is_written_stays_written(db: Where, table: str, verb: str) -> None:
    column = {"agreement_text": "text", "deal": "opened_by", "event": "answer"}[table]
    statement = {"UPDATE": f"UPDATE {table} SET {column} = 'x'", "DELETE": f"DELETE FROM {table}"}
    with ledger(db) as store:
        do(store, opening())
        with (
            pytest.raises(IntegrityError, match=f"{table} is append-only"),
            store._writing.begin() as connection,
        ):
            connection.exec_driver_sql(statement[verb])


INSERTS = {
    "replaces a version": {"version": "2", "key": "'new'", "prev_hash": "old.prev_hash"},
    "leaves a gap": {"version": "4", "key": "'new'", "prev_hash": "old.hash"},
    "does not follow the seal": {"version": "3", "key": "'new'", "prev_hash": "old.prev_hash"},
    "uses a key again": {"version": "3", "key": "old.key", "prev_hash": "old.hash"},
}


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("case", INSERTS)
def test_replacing_is_no_way_around(tmp_path: Path, case: str, recursive: str) -> None:
    with ledger(tmp_path / "db") as store:
        do(store, opening())
        do(store, command("a", add=1))
        history = store.read.history("bicycle")
        with store._writing.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"PRAGMA recursive_triggers={recursive}")
            statement = replacing(connection, INSERTS[case])
            with pytest.raises(IntegrityError, match="must be the next one"):
                connection.exec_driver_sql(statement)
            right = {"version": "3", "key": "'new'", "prev_hash": "old.hash"}
            assert connection.exec_driver_sql(replacing(connection, right)).rowcount == 1

        assert store.read.history("bicycle")[:2] == history


def replacing(connection: Connection, changes: dict[str, str]) -> str:
    info = connection.exec_driver_sql("PRAGMA table_info(event)")
    columns = [row.name for row in info]
    values = ", ".join(changes.get(column, f'old."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT OR REPLACE INTO event ({names}) SELECT {values} FROM event AS old WHERE old.version = 2"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("agreement_text", "('sha', NULL)"),
        ("deal", "('d', 'a', 'no such text', 1, 'ana')"),
        ("deal", "('d', 'a', 'sha', 'noon', 'ana')"),
        ("membership", "('bicycle', 'ana', 'Agent', 2, 1)"),
        ("head", "('bicycle', 1, 'h', NULL, '{}')"),
    ],
)
def test_a_row_of_the_wrong_shape_is_refused(db: Where, table: str, row: str) -> None:
    with ledger(db) as store:
        do(store, opening())
        with pytest.raises((DataError, IntegrityError)), store._writing.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {row}")


def test_a_number_is_no_text_in_a_file(tmp_path: Path) -> None:
    """SQLite would keep any value in any column; its strict tables do not."""
    with (
        ledger(tmp_path / "db") as store,
        pytest.raises(IntegrityError),
        store._writing.begin() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO agreement_text VALUES (1.5, x'00')")


def test_a_commit_waits_for_the_disk(engine: Engine) -> None:
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def driver(version: str) -> ModuleType:
    module = ModuleType(f"sqlite_{version.replace('.', '_')}")
    module.sqlite_version = version  # type: ignore[attr-defined]
    module.sqlite_version_info = tuple(map(int, version.split(".")))  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(
    ("versions", "chosen"),
    [
        (["3.51.3", "3.53.4"], 0),
        (["3.51.2", "3.53.4"], 1),
        (["3.40.1", "3.51.3"], 1),
        (["4.0.0", "3.40.1"], 0),
    ],
)
def test_the_first_safe_sqlite_is_used(monkeypatch: pytest.MonkeyPatch, versions: list[str], chosen: int) -> None:
    drivers = [driver(version) for version in versions]
    for module in drivers:
        monkeypatch.setitem(sys.modules, module.__name__, module)

    assert choose_driver([module.__name__ for module in drivers]) is drivers[chosen]


def test_no_safe_sqlite_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    old = driver("3.51.2")
    monkeypatch.setitem(sys.modules, old.__name__, old)

    with pytest.raises(UnsafeDatabase) as refused:
        choose_driver([old.__name__, "no_such_driver"])

    assert str(refused.value) == (
        "No SQLite from 3.51.3 on, and older ones can corrupt a file under load: "
        "sqlite_3_51_2 has SQLite 3.51.2; no_such_driver is not installed. "
        "Install `pysqlite3` 0.6.1 or later."
    )


def test_the_migrations_run_from_an_installed_copy(tmp_path: Path) -> None:
    """The package's files alone, somewhere else, as a wheel would lay them out."""
    package = Path(__file__).parent.parent.parent / "api"
    site = tmp_path / "site %d"
    shutil.copytree(package, site / "api", ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "from pathlib import Path\n"
        "import api.store.migrate as m, api.store.driver as d\n"
        "assert m.__file__.startswith(sys.argv[1]), m.__file__\n"
        "m.migrate(d.writing_engine(Path(sys.argv[2])))\n"
    )

    subprocess.run(
        [sys.executable, "-c", program, str(site), str(tmp_path / "db")],
        check=True,
        cwd=tmp_path,
        timeout=60,
    )

    engine = writing_engine(tmp_path / "db")
    with engine.begin() as connection:
        assert "event" in schema(connection)
    engine.dispose()


FIRST_ENTRIES = """
INSERT INTO agreement_text VALUES ('ab', 'Agreement.');
INSERT INTO deal VALUES ('d', 'sale', 'ab', 1, 'ana'), ('e', 'sale', 'ab', 2, 'ana');
INSERT INTO event SELECT 1, 'e', 1, 'opened', 'ana', 'k1', 'r', 2, 'UTC', 2, 'sale', 'ab', '[]', '{}', '{}', 'x',
  printf('%064d', 0), 'h1';
INSERT INTO event SELECT 2, 'd', 1, 'opened', 'ana', 'k2', 'r', 1, 'UTC', 1, 'sale', 'ab', '[]', '{}', '{}', 'x',
  printf('%064d', 0), 'h2';
INSERT INTO event SELECT 3, 'e', 2, 'refused', 'ben', 'k1', 'r', 3, 'UTC', 3, 'sale', 'ab', '[]', '1', '2', 'x',
  'h1', 'h3'
"""


def test_a_file_of_the_second_version_keeps_its_entries(tmp_path: Path) -> None:
    second = writing_engine(tmp_path / "db")
    migrate(second, "0002")
    with second.begin() as connection:
        for statement in FIRST_ENTRIES.split(";"):
            connection.exec_driver_sql(statement)
        names = [column.name for column in metadata.tables["event"].columns]
        kept = "SELECT " + ", ".join(f'"{name}"' for name in names) + " FROM event ORDER BY deal, version"
        before = connection.exec_driver_sql(kept).all()

    migrate(second)

    with second.begin() as connection:
        assert connection.exec_driver_sql(kept).all() == before
        assert [row[:2] for row in before] == [("d", 1), ("e", 1), ("e", 2)]
    with second.begin() as connection, pytest.raises(IntegrityError, match="event is append-only"):
        connection.exec_driver_sql("DELETE FROM event")
    second.dispose()
