"""What is stored is sealed a moment later: in one order, once, signed, and written outside."""

import json
import stat
import threading
from collections.abc import Collection
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, and_
from sqlalchemy.exc import IntegrityError

from api.clock import ManualClock
from api.evidence import log
from api.evidence.outside import OutsideError, read_outside, write_outside
from api.evidence.sealer import Diverged, Sealer, Sealing
from api.store import Command, Opening, Store
from api.store.evidence_tables import leaf
from api.store.tables import event
from tests.api.evidence.forging import forger, mth, outside, sealer
from tests.api.store_ledger import NOON, Where, command, do, ledger, minutes, opening


def leaves(store: Store) -> list[tuple[str, int]]:
    with store.reading.begin() as connection:
        rows = connection.execute(leaf.select().order_by(leaf.c.number)).all()
    assert [row.number for row in rows] == list(range(len(rows)))
    return [(row.deal, row.version) for row in rows]


def origin(store: Store) -> str:
    return log.begin(store.writing)


def test_entries_become_leaves_in_the_order_they_were_stored(path: Path) -> None:
    with ledger(path) as store:
        assert leaves(store) == [
            ("boat", 1),
            ("bicycle", 1),
            ("bicycle", 2),
            ("bicycle", 3),
            ("bicycle", 4),
            ("bicycle", 5),
            ("boat", 2),
        ]


def test_each_checkpoint_states_the_root_that_the_definition_gives(path: Path) -> None:
    with ledger(path) as store:
        same = and_(event.c.deal == leaf.c.deal, event.c.version == leaf.c.version)
        with store.reading.begin() as connection:
            seals = [
                row.hash.encode() for row in connection.execute(event.select().join(leaf, same).order_by(leaf.c.number))
            ]
        kept = read_outside(outside(path), origin(store))

    assert [(found.size, found.root) for found, _ in kept.checkpoints] == [(4, mth(seals[:4])), (7, mth(seals))]
    assert len(kept.keys) == 1


def test_sealing_again_changes_nothing(path: Path) -> None:
    with ledger(path) as store:
        before = outside(path).read_bytes()

        assert sealer(store).seal() == 0

        assert outside(path).read_bytes() == before


def test_many_entries_are_sealed_in_several_steps(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "unsealed", lambda connection, deals, real=log.unsealed: real(connection, deals, 3))
    with ledger(fresh) as store:
        do(store, opening())
        for number in range(10):
            do(store, command(f"k{number}", add=1))

        assert sealer(store).seal() == 11

        kept = read_outside(outside(fresh), origin(store))
        assert [found.size for found, _ in kept.checkpoints] == [3, 6, 9, 11]


def test_what_waits_in_many_deals_is_sealed_in_the_order_of_its_instants(
    db: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five deals, of which one has most of the entries and others some here and there; two of each are read at once."""
    monkeypatch.setattr(log, "LEAST", 2)
    monkeypatch.setattr(log, "unsealed", lambda connection, deals, real=log.unsealed: real(connection, deals, 7))
    clock, stored = ManualClock(NOON), []
    asked: list[Command | Opening]
    with ledger(db, clock=clock) as store:
        asked = [opening(f"deal-{deal}") for deal in range(5)]
        asked += [command(f"k{n}", deal=f"deal-{n % 4 if n % 7 == 0 else 4}", add=1) for n in range(40)]
        for each in asked:
            clock.advance(minutes(1))
            entry = do(store, each)
            stored.append((entry.deal, entry.version))

        assert Sealer(store, bytes(32), tmp_path / "checkpoints", clock).seal() == 45

        assert leaves(store) == stored


def test_only_what_has_moved_is_looked_at_between_the_sweeps(path: Path) -> None:
    with ledger(path) as store:
        found = sealer(store)
        leave = store.watch(found.moved)
        assert found.seal() == 0
        assert found.seal(everywhere=False) == 0
        do(store, command("k6", "carl", add=1))

        assert found.seal(everywhere=False) == 1

        leave()
        do(store, command("k7", "carl", add=1))
        assert found.seal(everywhere=False) == 0
        assert found.seal() == 1


def test_an_entry_that_shows_up_late_is_sealed_late_and_not_lost(fresh: Path) -> None:
    """With several writers an earlier instant may be committed after a later one."""
    clock = ManualClock(NOON + minutes(10))
    with ledger(fresh, clock=clock) as store:
        do(store, opening())
        assert sealer(store).seal() == 1
        clock.set(NOON)
        do(store, opening("boat"))
        clock.set(NOON + minutes(20))
        do(store, command("k2", add=1))
        clock.set(NOON + minutes(15))
        do(store, command("b2", deal="boat", add=1))

        assert sealer(store).seal() == 3

        assert leaves(store) == [("bicycle", 1), ("boat", 1), ("boat", 2), ("bicycle", 2)]


def test_what_follows_a_gap_is_not_signed(fresh: Path) -> None:
    with ledger(fresh) as store:
        do(store, opening())
        do(store, command("k2", add=1))
        do(store, command("k3", add=1))
        do(store, opening("boat"))
    with forger(fresh) as connection:
        connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'k2'")

    with ledger(fresh) as store:
        assert sealer(store).seal() == 2
        assert sealer(store).seal() == 0

        assert leaves(store) == [("bicycle", 1), ("boat", 1)]


def test_a_checkpoint_that_was_not_written_outside_is_written_at_the_next_start(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine stops between the commit and the write, or the disk outside is full."""
    with ledger(fresh) as store:
        do(store, opening())
        found = sealer(store)
        with monkeypatch.context() as patch:
            patch.setattr("api.evidence.sealer.write_outside", full)
            with pytest.raises(OSError, match="full"):
                found.seal()
        assert not read_outside(outside(fresh), origin(store)).checkpoints

        again = sealer(store)

        assert [size(each) for each in lines(fresh)] == [None, 1]
        assert again.halted is None
        assert found.seal() == 0  # and the first one, had it gone on, would have written it as well
        assert [size(each) for each in lines(fresh)] == [None, 1, 1]
        assert read_outside(outside(fresh), origin(store)).last


def full(*_: object, **__: object) -> None:
    raise OSError("the disk is full")


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in outside(path).read_text(encoding="utf-8").splitlines()]


def size(line: dict[str, str]) -> int | None:
    return int(line["checkpoint"].splitlines()[1]) if "checkpoint" in line else None


def test_a_line_that_was_torn_is_taken_away(fresh: Path) -> None:
    with ledger(fresh) as store:
        do(store, opening())
        sealer(store).seal()
        with outside(fresh).open("a") as file:
            file.write('{"checkpoint": "claus')
        do(store, command("k2", add=1))

        assert sealer(store).seal() == 1

        assert [size(each) for each in lines(fresh)] == [None, 1, 2]


def test_two_sealers_at_once_seal_everything_once(fresh: Path) -> None:
    with ledger(fresh) as store:
        for deal in range(3):
            do(store, opening(f"deal-{deal}"))
        sealers = [sealer(store) for _ in range(3)]
        stop = threading.Event()

        def keep_sealing(one: Sealer) -> None:
            while not stop.is_set():
                one.seal()

        threads = [threading.Thread(target=keep_sealing, args=(one,)) for one in sealers]
        for thread in threads:
            thread.start()
        for number in range(12):
            do(store, command(f"k{number}", deal=f"deal-{number % 3}", add=1))
        stop.set()
        for thread in threads:
            thread.join()
        sealer(store).seal()

        assert len(leaves(store)) == 15
        assert len(set(leaves(store))) == 15
        with store.reading.begin() as connection:
            last = read_outside(outside(fresh), origin(store)).last
            assert last is not None
            assert (last.size, last.root) == (15, log.root_of(connection, 15))


def test_who_is_always_second_seals_too(db: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever one has looked up what is to be sealed, another seals it, and then something more is stored: 1 and 2 are
    the other's and 3 is its own; after that each has every second one, until there are 21.
    """
    looked_up, keys = log.unsealed, (f"k{number}" for number in count())
    with ledger(db) as store:
        do(store, opening())
        first, second = (Sealer(store, bytes(32), tmp_path / name, ManualClock(NOON)) for name in ("first", "second"))

        def too_late(connection: Connection, deals: Collection[str]) -> tuple[log.Entry, ...]:
            if connection.engine is not store.reading or len(leaves(store)) >= 20:
                return looked_up(connection, deals)
            do(store, command(next(keys), add=1))
            with store.reading.begin() as later, monkeypatch.context() as patch:
                found = looked_up(later, deals)
                patch.setattr(log, "unsealed", looked_up)
                assert first.seal() == len(found)
            do(store, command(next(keys), add=1))
            return found

        monkeypatch.setattr(log, "unsealed", too_late)

        assert second.seal() == 10
        assert leaves(store) == [("bicycle", version) for version in range(1, 22)]


# ------------------------------------------------------------------------ keys


def test_the_key_is_for_its_owner_alone(fresh: Path) -> None:
    with ledger(fresh) as store:
        sealer(store)

    assert stat.S_IMODE(fresh.with_name("seal.key").stat().st_mode) == 0o600


def test_a_new_key_is_told_outside_and_the_old_one_still_counts(fresh: Path) -> None:
    with ledger(fresh) as store:
        do(store, opening())
        sealer(store).seal()
        fresh.with_name("seal.key").unlink()
        do(store, command("k2", add=1))
        sealer(store).seal()

        kept = read_outside(outside(fresh), origin(store))

    assert len(set(kept.keys)) == 2
    assert [found.size for found, _ in kept.checkpoints] == [1, 2]


def test_two_databases_are_two_logs(tmp_path: Path) -> None:
    with ledger(tmp_path / "a") as one, ledger(tmp_path / "b") as other:
        assert origin(one) != origin(other)


# --------------------------------------------------- what the sealer refuses to sign


def test_a_database_that_was_put_back_is_not_signed(fresh: Path) -> None:
    with ledger(fresh) as store:
        do(store, opening())
        sealer(store).seal()
    older = fresh.read_bytes()
    with ledger(fresh) as store:
        do(store, command("k2", add=1))
        sealer(store).seal()
    fresh.write_bytes(older)

    with ledger(fresh) as store:
        do(store, command("k2", add=2))
        found = sealer(store)
        assert found.halted is not None
        assert "put back to an earlier state" in found.halted
        with pytest.raises(Diverged):
            found.seal()

        assert leaves(store) == [("bicycle", 1)]
        assert len(lines(fresh)) == 3


@pytest.mark.parametrize(
    "statement",
    ["UPDATE leaf SET hash = 'x' WHERE number = 6", "UPDATE node SET hash = '00' WHERE level = 2", "DELETE FROM node"],
)
def test_a_tree_that_was_changed_under_a_running_sealer_is_not_signed(path: Path, statement: str) -> None:
    with ledger(path) as store:
        found = sealer(store)
        with store.writing.begin() as connection:
            for verb in ("changed", "deleted"):
                for table in ("leaf", "node"):
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_is_never_{verb}")
            connection.exec_driver_sql(statement)
        do(store, command("k6", "carl", add=1))

        with pytest.raises(Diverged):
            found.seal()
        assert found.halted
        with Sealing(store, found, interval=3600):
            assert size(lines(path)[-1]) == 7
        assert size(lines(path)[-1]) == 7


@pytest.mark.parametrize("table", ["leaf", "node", "checkpoint", "tree"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_what_is_sealed_stays(path: Path, table: str, verb: str) -> None:
    column = {"leaf": "hash", "node": "hash", "checkpoint": "note", "tree": "origin"}[table]
    statement = {"UPDATE": f"UPDATE {table} SET {column} = 'x'", "DELETE": f"DELETE FROM {table}"}
    with (
        ledger(path) as store,
        pytest.raises(IntegrityError, match=f"{table} is append-only"),
        store.writing.begin() as connection,
    ):
        connection.exec_driver_sql(statement[verb])


# -------------------------------------------------------------- the file outside


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('{"key"', '{"kee"', 1),
        lambda text: text.replace("at 2026", "at 2027", 1),
        lambda text: "".join(reversed(text.splitlines(keepends=True))),  # a checkpoint before its key
        lambda text: "[]\n" + text,
        lambda text: "\n" + text,
        lambda text: text.replace("clausula/", "clausulA/", 1),
    ],
)
def test_a_file_that_was_changed_is_not_gone_on_from(path: Path, change: object) -> None:
    with ledger(path) as store:
        text = outside(path).read_text(encoding="utf-8")
        outside(path).write_text(change(text), encoding="utf-8")  # type: ignore[operator]

        with pytest.raises(OutsideError):
            read_outside(outside(path), origin(store))


def test_a_file_of_another_log_is_refused(tmp_path: Path) -> None:
    with ledger(tmp_path / "a") as store:
        do(store, opening())
        sealer(store).seal()
    with ledger(tmp_path / "b") as store:
        found = sealer(store)

    assert found.halted
    assert "is a key of the log" in found.halted


def test_a_key_line_alone_is_a_file(fresh: Path) -> None:
    with ledger(fresh) as store:
        found = sealer(store)
        write_outside(outside(fresh), key=found._key.public)

        assert read_outside(outside(fresh), origin(store)).last is None
