"""A database of every earlier version is brought up to date, and nothing in its log is different by a byte.

`earlier/` holds what the code at each migration wrote, as SQL, with the very same requests; the seals that it
acknowledged are below. Whoever adds a migration adds what the code before it wrote.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as on

from api.clock import ManualClock
from api.databases import Server, database
from api.evidence import personal
from api.evidence.audit import audit
from api.evidence.outside import read_outside
from api.evidence.sealer import Sealer
from api.store import Command, Opening, Stored, driver, postgres
from api.store.driver import choose_driver
from api.store.migrate import MIGRATIONS, migrate, newest
from tests.api.bad_days.crashes import Chance, Files, after_a_kill, after_a_power_cut, lay_down
from tests.api.bad_days.disk import Step, watched
from tests.api.bad_days.trying import Tried
from tests.api.postgres import Postgres
from tests.api.store_ledger import NOON, Where, command, do, ledger, opening

EARLIER = Path(__file__).parent / "earlier"
DUMPS = sorted(EARLIER.glob("*.sqlite.sql"))
ENTRIES = 'SELECT deal, version, actor, "key", request_sha256, members, body, answer, hash FROM event ORDER BY 1, 2'
WRITTEN: tuple[Command | Opening, ...] = (
    opening("bicycle", limit=100, key="open-bicycle"),
    command("add", add=7, note="siete — 七 — \U0001f6b2"),
    command("too-much", "ben", add=1000),
    command("seat", grant=[["carl", "Agent", True], ["ben", "Seller", False]]),
    command("late", "carl", add=1, at="2026-03-01T08:00:00-05:00"),
    opening("boat", limit=20, key="open-boat"),
    command("row", "ben", deal="boat", add=20),
    command("again", "ben", deal="boat", add=1),
)
SEALS = (
    "b6edf9b91d2d155021ad14593113565794f829fcd4d8645f8fa0a2d604c2fef4",
    "0cd8d9ebd0a7179e87a5e7045ddfc2a95d2a0b9b047e16157618c08161fe2ea6",
    "2c75461466aea260f9fa1c35c4ab2a4879f691e8c95f19d0534eb3a68827f9bf",
    "2cfa1d4eba380baa07a6b19c3324571088d80a824e8deea51d61e1c0d4224ebd",
    "4204355cd6d870e317ead2ace98ecf74c251d3d2c9bbfb4913b1749302ab6612",
    "1fbf9a6dfe7533df891d74b674fde7b46c42e7c79e139712e8763ee887fa2f97",
    "5dbecf0b75e7855d64841eb4615659d4fe4f3aaf3cb720584a859b81e7f5243f",
    "a19cc6b5f7e9a25bfc602832dde80cdae328bb18b5e8c5cfd856d7b7fd1c8851",
)
"""What the code of each of those versions answered to these requests, one after the other."""


def laid_out(dump: Path, path: Path) -> Path:
    """The file that a version wrote."""
    connection = choose_driver().connect(str(path))
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    return path


def entries(path: Path) -> list[tuple[Any, ...]]:
    connection = choose_driver().connect(str(path))
    found: list[tuple[Any, ...]] = connection.execute(ENTRIES).fetchall()
    connection.close()
    return found


def goes_on(where: Where) -> None:
    """All that was acknowledged is there, is answered again as it was, and has a next entry."""
    with ledger(where, clock=ManualClock(NOON + timedelta(days=1))) as store:
        assert store.verify_file().sound
        for request, seal in zip(WRITTEN, SEALS, strict=True):
            outcome = store.submit(request).result(timeout=60)
            assert isinstance(outcome, Stored)
            assert (outcome.replayed, outcome.event.hash) == (True, seal)
        assert do(store, command("next", "carl", add=1)).version == 6
        assert store.verify_file().sound


def test_there_is_a_database_of_every_earlier_version() -> None:
    folder = MIGRATIONS / "versions"
    revisions = [name.stem[1:5] for name in folder.glob("r[0-9]*.py")]

    assert newest() == max(revisions)
    assert {dump.name[1:5] for dump in DUMPS} >= set(revisions) - {newest()}


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name.partition(".")[0])
def test_a_file_of_an_earlier_version_goes_on(tmp_path: Path, dump: Path) -> None:
    path = laid_out(dump, tmp_path / "db")
    before = entries(path)

    ledger(path).close()

    assert entries(path) == before
    assert {row[-1] for row in before} == set(SEALS)
    goes_on(path)


@pytest.mark.parametrize("dump", sorted(EARLIER.glob("*.postgresql.sql")), ids=lambda dump: dump.name.partition(".")[0])
def test_a_server_of_an_earlier_version_goes_on(postgres: Postgres, dump: Path) -> None:
    name = f"earlier_{dump.name[1:5]}"
    postgres.sql(f"CREATE DATABASE {name}")
    postgres.sql(dump.read_text(encoding="utf-8"), database=name)
    before = postgres.sql(ENTRIES, database=name)
    beside = beside_the_log(postgres, name)

    ledger(postgres.url(name)).close()

    assert postgres.sql(ENTRIES, database=name) == before
    assert {each: rows for each, rows in beside_the_log(postgres, name).items() if each in beside} == beside
    assert {row[-1] for row in before} == set(SEALS)
    goes_on(postgres.url(name))


def test_a_process_of_the_version_before_goes_on_while_another_makes_the_tables_of_this_one(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both then act in one deal. What the one writes needs none of the tables that the other has made."""
    before = max(revision for dump in DUMPS if (revision := dump.name[1:5]) != newest())
    postgres.sql("CREATE DATABASE neighbours")
    postgres.sql((EARLIER / f"r{before}.postgresql.sql").read_text(encoding="utf-8"), database="neighbours")
    url = postgres.url("neighbours")
    clock = ManualClock(NOON + timedelta(days=1))
    monkeypatch.setattr("api.store.migrate.newest", lambda: before)
    with ledger(url, clock=clock) as older, ThreadPoolExecutor(4) as people:
        monkeypatch.undo()
        assert revision_of(postgres) == before
        asked = [people.submit(do, older, command(f"meanwhile-{n}", add=1)) for n in range(100)]
        with ledger(url, clock=clock) as newer:
            assert revision_of(postgres) == newest()
            asked += [people.submit(do, (older, newer)[n % 2], command(f"then-{n}", add=1)) for n in range(20)]
            told = {each.result(timeout=60).hash for each in asked}
            log = newer.read.history("bicycle")

            assert len(told) == 120
            assert told == {entry.hash for entry in log[-120:]}
            assert newer.verify_file().sound


def revision_of(postgres: Postgres) -> str:
    """Which version the tables are of."""
    ((found,),) = postgres.sql("SELECT version_num FROM alembic_version", database="neighbours")
    return str(found)


def beside_the_log(postgres: Postgres, name: str) -> dict[str, list[tuple[object, ...]]]:
    """What a version kept beside the log: the tree and its checkpoints, keys of persons, what can be erased, access."""
    tables = ("tree", "leaf", "node", "checkpoint", "person_key", "personal", "reading", "revoked")
    there = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    found = {table for (table,) in postgres.sql(there, database=name)} & set(tables)
    return {str(each): postgres.sql(f"SELECT * FROM {each} ORDER BY 1, 2", database=name) for each in found}


def test_a_server_that_sealed_before_goes_on_sealing(postgres: Postgres, tmp_path: Path) -> None:
    """The eight entries that the fourth version sealed and signed are the beginning of what is signed now."""
    postgres.sql("CREATE DATABASE sealed_before")
    postgres.sql((EARLIER / "r0004.postgresql.sql").read_text(encoding="utf-8"), database="sealed_before")
    ((_, _, before),) = postgres.sql("SELECT * FROM checkpoint", database="sealed_before")
    with ledger(postgres.url("sealed_before"), clock=ManualClock(NOON + timedelta(days=1))) as store:
        do(store, command("next", add=1))

        assert Sealer(store, bytes(32), tmp_path / "checkpoints", ManualClock(NOON + timedelta(days=1))).seal() == 1
        kept = read_outside(tmp_path / "checkpoints", None)
        assert [found.size for found, _ in kept.checkpoints] == [8, 9]
        assert kept.checkpoints[0][1] == before
        assert audit(store.reading, tmp_path / "checkpoints").sound
        assert [(each.about, each.value) for each in personal.values_of(store, "bicycle")] == [("ana", "12 Elm Street")]
        assert [(each.about, each.value) for each in personal.values_of(store, "boat")] == [("ben", None)]


# ------------------------------------------------------------ in the middle of it


def upgraded(dump: Path, folder: Path) -> tuple[Files, list[Step]]:
    """The files before an upgrade, and all that it did to them."""
    folder.mkdir()
    path = laid_out(dump, folder / "db")
    before = {"db": bytearray(path.read_bytes())}
    with watched(folder) as disk:
        engine = driver.writing_engine(path)
        migrate(engine)
        engine.dispose()
    return before, disk.steps


def crashes(before: Files, steps: list[Step], images: int) -> Iterator[tuple[str, Files]]:
    """Where a process dies, and where the power fails, in the middle of an upgrade."""
    for nth in range(images):
        chance = Chance(f"upgrade-{nth}")
        upto = 1 + chance.below(len(steps))
        yield f"power-{nth}", after_a_power_cut(steps[:upto], chance, before)
        yield f"kill-{nth}", after_a_kill(steps[:upto], before)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name.partition(".")[0])
def test_an_upgrade_that_is_cut_short_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, dump: Path, depth: int, tried: Tried
) -> None:
    before, steps = upgraded(dump, tmp_path / "whole")
    versions = []
    for name, files in crashes(before, steps, 2 * min(depth, 40)):
        path = lay_down(files, tmp_path / name)
        connection = choose_driver().connect(str(path))
        versions.append(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        connection.close()
        goes_on(path)

    assert set(versions) <= {dump.name[1:5], newest()}
    tried(crashes=len(versions), left_the_old=versions.count(dump.name[1:5]), left_the_new=versions.count(newest()))


def test_tables_that_cannot_be_made_whole_are_not_made_at_all(
    request: pytest.FixtureRequest, depth: int, tried: Tried
) -> None:
    """On a server, whichever statement of making the tables fails."""
    server: Postgres = request.getfixturevalue("postgres")
    server.sql("CREATE DATABASE half_made")
    where = database(server.url("half_made"))
    assert isinstance(where, Server)
    engine = postgres.writing_engine(where, 1)
    count, failing = 0, 0

    def fail(*_: object) -> None:
        nonlocal count
        count += 1
        if count == failing:
            raise InterruptedError("something failed, say")

    on.listen(engine, "before_cursor_execute", fail)
    while count >= failing:
        count, failing = 0, failing + (1 if depth > 1 else 9)
        if failing > 1 and made(server):
            break
        try:
            migrate(engine)
        except InterruptedError:
            assert made(server) == 0
    engine.dispose()
    assert made(server) > 5
    tried(statements=failing)


def made(server: Postgres) -> int:
    """How many tables there are."""
    ((count,),) = server.sql("SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'", database="half_made")
    assert isinstance(count, int)
    return count
