"""Backups that are whole, and deals that move between a file and a server with every seal as it was."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.clock import ManualClock
from api.databases import UnsafeDatabase, database
from api.store import AlreadyWritten, Known, Moved, Store, Stored, StoredEvent, UnknownDeal, keeping, moving
from api.store.keeping import Unsound, backup, restore
from api.store.moving import Diverged, move
from tests.api.postgres import Postgres
from tests.api.store_ledger import NOON, LedgerHandler, Where, command, do, ledger, opening
from tests.api.test_store_verify import forger

HANDLER = LedgerHandler()
CLOCK = ManualClock(NOON)


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path, postgres: Postgres) -> Where:
    """A second database, of the other kind than the first."""
    kind = request.node.callspec.params["db"]
    if kind == "postgresql":
        return tmp_path / "other"
    postgres.sql("DROP DATABASE IF EXISTS other WITH (FORCE)", "CREATE DATABASE other TEMPLATE ready")
    return postgres.url("other")


def filled(db: Where) -> dict[str, tuple[StoredEvent, ...]]:
    """Two deals under one text and one under another, with accepted and refused entries, and new members."""
    with ledger(db) as store:
        for name, limit in (("bicycle", 10), ("boat", 10), ("car", 99)):
            do(store, opening(name, limit=limit))
            for n in range(3):
                do(store, command(f"{name}-{n}", deal=name, add=4))
        do(store, command("seat", grant=[["carl", "Agent", True], ["ben", "Seller", False]]))
    return logs(db)


def logs(db: Where) -> dict[str, tuple[StoredEvent, ...]]:
    with Store.read_only(db, HANDLER) as store:
        return {name: store.read.history(name) for name in ("bicycle", "boat", "car")}


def sound(db: Where) -> bool:
    with Store.read_only(db, HANDLER) as store:
        return store.verify_file().sound


# ---------------------------------------------------------------------- backups


def test_a_backup_is_a_database_with_the_same_logs(db: Where, tmp_path: Path) -> None:
    before = filled(db)

    copied = backup(database(db), tmp_path / "backup")

    assert (copied.deals, copied.entries) == (3, 13)
    assert logs(tmp_path / "backup") == before
    assert sound(tmp_path / "backup")
    assert {path.name for path in tmp_path.glob("backup*")} == {"backup"}  # reading it takes no files beside it
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


def test_a_backup_comes_back_into_either_kind(db: Where, other: Where, tmp_path: Path) -> None:
    before = filled(db)
    backup(database(db), tmp_path / "backup")

    copied = restore(tmp_path / "backup", database(other), HANDLER)

    assert (copied.deals, copied.entries) == (3, 13)
    assert logs(other) == before
    with ledger(other) as store:
        assert store.submit(command("bicycle-0", add=4)).result(timeout=60) == Stored(before["bicycle"][1], True)
        assert do(store, command("next", "carl", add=1)).version == 6
        assert store.verify_file().sound


def test_a_backup_taken_while_people_write_is_of_one_moment(db: Where, tmp_path: Path) -> None:
    with ledger(db) as store, ThreadPoolExecutor(32) as people:
        do(store, opening(limit=10**9))
        do(store, opening("boat", limit=10**9))

        def write(name: int) -> int:
            for n in range(5):
                do(store, command(f"{name}-{n}", deal=("bicycle", "boat")[n % 2], add=1))
            return 5

        writing = [people.submit(write, name) for name in range(32)]
        sizes = [backup(database(db), tmp_path / f"backup-{n}").entries for n in range(3)]
        assert sum(each.result(timeout=60) for each in writing) == 160
        final = {name: store.read.history(name) for name in ("bicycle", "boat")}

    assert sizes == sorted(sizes)
    for n in range(3):
        assert sound(tmp_path / f"backup-{n}")
        kept = logs(tmp_path / f"backup-{n}")
        assert all(final[name][: len(kept[name])] == kept[name] for name in final)


def test_an_older_backup_is_seen_by_whoever_kept_a_later_seal(db: Where, other: Where, tmp_path: Path) -> None:
    filled(db)
    backup(database(db), tmp_path / "backup")
    with ledger(db) as store:
        later = do(store, command("later", add=1))

    restore(tmp_path / "backup", database(other), HANDLER)

    with Store.read_only(other, HANDLER) as store:
        assert store.verify("bicycle").sound  # alone it cannot tell
        found = store.verify("bicycle", Known(later.version, later.hash))
    assert [fault.problem for fault in found.faults] == ["was seen before, and the log has no such entry"]


def test_a_backup_replaces_nothing_and_neither_does_bringing_it_back(db: Where, tmp_path: Path) -> None:
    before = filled(db)
    backup(database(db), tmp_path / "backup")

    with pytest.raises(FileExistsError):
        backup(database(db), tmp_path / "backup")
    with pytest.raises((FileExistsError, UnsafeDatabase)):
        restore(tmp_path / "backup", database(db), HANDLER)

    assert logs(db) == before


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_backup_that_was_changed_is_not_brought_back(db: Where, other: Where, tmp_path: Path) -> None:
    filled(db)
    backup(database(db), tmp_path / "backup")
    with forger(tmp_path / "backup") as connection:
        connection.exec_driver_sql("UPDATE event SET body = '{}' WHERE \"key\" = 'boat-1'")

    for place in (database(other), tmp_path / "new"):
        with pytest.raises(Unsound, match="the entry does not match its seal"):
            restore(tmp_path / "backup", place, HANDLER)

    assert not (tmp_path / "new").exists()
    assert logs(other) == {"bicycle": (), "boat": (), "car": ()}
    assert not [path for path in tmp_path.iterdir() if "part" in path.name or "restoring" in path.name]


def test_a_backup_that_fails_half_way_leaves_no_file(
    db: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(db)

    def fail(*_: object) -> None:
        raise InterruptedError("the power went, say")

    monkeypatch.setattr(keeping, "_count", fail)
    with pytest.raises(InterruptedError):
        backup(database(db), tmp_path / "backup")

    assert not list(tmp_path.glob("backup*"))


# ------------------------------------------------------------------------ moves


def moved(source: Where, to: Where, *ids: str) -> list[str]:
    return [each.deal for each in move(database(source), database(to), ids or None, HANDLER, CLOCK)]


def test_everything_moves_with_the_same_seals_and_goes_on_there(db: Where, other: Where) -> None:
    before = filled(db)

    assert moved(db, other) == ["bicycle", "boat", "car"]

    assert logs(other) == before
    with ledger(other) as there, ledger(db) as here:
        assert there.verify_file().sound
        assert here.submit(command("more", "ana", add=1)).result(timeout=60) == Moved("bicycle")
        assert here.submit(command("more", "eve", add=1)).result(timeout=60) == UnknownDeal("bicycle")
        assert here.submit(command("bicycle-0", add=4)).result(timeout=60) == Stored(before["bicycle"][1], True)
        assert do(there, command("more", "ana", add=1)).version == 6
        assert here.read.look("bicycle", "ana") is None
        assert here.read.deals_of("ana").seats == ()
        assert len(there.read.deals_of("ana").seats) == 3
        assert here.verify_file().sound


def test_a_deal_moves_alone_and_comes_back_with_what_was_added(db: Where, other: Where) -> None:
    before = filled(db)
    moved(db, other, "boat")
    with ledger(other) as there:
        added = do(there, command("there", deal="boat", grant=[["carl", "Agent", True]]))
        assert there.read.deal("bicycle") is None

    assert moved(other, db, "boat") == ["boat"]

    with ledger(db) as here, Store.read_only(other, HANDLER) as there:
        assert here.read.history("boat") == (*before["boat"], added)
        assert do(here, command("here", "carl", deal="boat", add=0)).version == 6
        assert here.verify_file().sound
        assert there.read.look("boat", "ana") is None


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes when a deal that was carried over is looked at before the commit."""
    real = moving._sealed
    count = 0

    def fail(*asked: object) -> object:
        nonlocal count
        count += 1
        if count == 3:
            raise InterruptedError("the power went, say")
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "_sealed", fail)


def test_a_move_that_is_interrupted_leaves_nothing_half_and_is_taken_up(db: Where, other: Where, power: None) -> None:
    before = filled(db)
    with pytest.raises(InterruptedError):
        moved(db, other, "bicycle")
    with ledger(db) as here:
        assert here.submit(command("meanwhile", add=1)).result(timeout=60) == Moved("bicycle")
    assert logs(other)["bicycle"] == ()

    assert moved(db, other) == ["bicycle", "boat", "car"]
    assert moved(db, other) == ["bicycle", "boat", "car"]  # once more does no harm

    assert logs(other) == before
    assert sound(other)


def test_logs_that_went_different_ways_are_not_joined(db: Where, other: Where, tmp_path: Path) -> None:
    filled(db)
    backup(database(db), tmp_path / "backup")
    restore(tmp_path / "backup", database(other), HANDLER)
    for place, amount in ((db, 1), (other, 2)):
        with ledger(place) as store:
            do(store, command("fork", "ana", deal="car", add=amount))
    theirs = logs(other)["car"]

    with pytest.raises(Diverged, match="its log there is another"):
        moved(db, other, "car")

    assert logs(other)["car"] == theirs


def test_a_deal_that_was_tampered_with_stays_where_it_is(db: Where, other: Where) -> None:
    filled(db)
    with forger(db) as connection:
        connection.exec_driver_sql("UPDATE event SET body = '{}' WHERE \"key\" = 'car-1'")

    with pytest.raises(Diverged, match="stays where it is"):
        moved(db, other, "car")

    with ledger(db) as here:
        assert do(here, command("boat-more", deal="boat", add=1)).version == 5
        assert here.read.look("car", "ana") is not None


def test_what_cannot_move_is_told(db: Where, other: Where) -> None:
    filled(db)
    with pytest.raises(UnsafeDatabase, match="there is no deal plane"):
        moved(db, other, "plane")
    with pytest.raises(UnsafeDatabase, match="where the deals are"):
        moved(db, db, "boat")
    with ledger(db) as store:
        if isinstance(db, Path):
            with pytest.raises(AlreadyWritten):
                moved(db, other, "boat")
        else:
            assert moved(db, other, "boat") == ["boat"]  # a server goes on meanwhile
            assert store.submit(command("more", deal="boat", add=1)).result(timeout=60) == Moved("boat")
