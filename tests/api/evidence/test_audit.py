"""Whoever changes what was sealed is seen by who kept the checkpoints, however thoroughly it was done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from api.evidence import log
from api.evidence.checkpoint import Checkpoint
from api.evidence.note import SigningKey
from api.store.chain import seal
from api.store.evidence_tables import checkpoint
from api.store.tables import event
from tests.api.evidence.forging import (
    audited,
    forger,
    is_row,
    outside,
    problems,
    rebuild_tree,
    rewrite_deal,
    sealer,
)
from tests.api.store_ledger import NOON, command, do, ledger

AT = "2026-03-02 12:00:00 UTC"


def test_an_untouched_database_agrees_with_all_that_was_signed(path: Path) -> None:
    found = audited(path)

    assert found.sound
    assert (found.sealed, found.waiting, found.checkpoints) == (7, 0, 2)
    assert found.last is not None
    assert found.last.size == 7


def test_what_is_not_sealed_yet_is_counted(path: Path) -> None:
    with ledger(path) as store:
        do(store, command("k6", "carl", add=1))

    assert (audited(path).sound, audited(path).waiting) == (True, 1)


def test_a_database_that_was_never_sealed_has_nothing_to_compare(tmp_path: Path) -> None:
    with ledger(tmp_path / "db"):
        pass

    found = audited(tmp_path / "db")
    assert (found.sound, found.sealed, found.checkpoints, found.last) == (True, 0, 0, None)


# ------------------------------------------------------- with the tree left alone


def edit(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE event SET body = '{}', hash = 'x' WHERE \"key\" = 'k3'")


def delete(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'k3'")


def delete_last(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'k5'")
    connection.exec_driver_sql("UPDATE head SET version = 4")


def reorder(connection: Connection) -> None:
    for old, new in ((3, 30), (4, 3), (30, 4)):
        connection.exec_driver_sql(f"UPDATE event SET version = {new} WHERE deal = 'bicycle' AND version = {old}")


def insert(connection: Connection) -> None:
    """One more entry for a deal, although versions of it beyond were sealed: the leaf of that version is gone too."""
    connection.exec_driver_sql("UPDATE leaf SET deal = 'ghost' WHERE number = 3")


@pytest.mark.parametrize(
    ("forge", "expected"),
    [
        (edit, "the entry of deal bicycle is not the one that was sealed"),
        (delete, "the entry of deal bicycle was sealed, and is gone"),
        (delete_last, "the entry of deal bicycle was sealed, and is gone"),
        (reorder, "the entry of deal bicycle is not the one that was sealed"),
        (insert, "the entry of deal bicycle is among sealed ones, and was not sealed"),
    ],
)
def test_a_changed_log_is_seen(path: Path, forge: Callable[[Connection], None], expected: str) -> None:
    with forger(path) as connection:
        forge(connection)

    assert expected in problems(path)


# ------------------------------- with every seal, head and leaf put right again


def truncate(connection: Connection) -> None:
    """Cut off the last two entries, with their leaves, subtrees and checkpoint, and set the head back."""
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" IN ('k5', 'b2')")
    rebuild_tree(connection)
    connection.exec_driver_sql("DELETE FROM checkpoint WHERE size > 5")


def rewrite(connection: Connection) -> None:
    rewrite_deal(connection)
    rebuild_tree(connection)


def edit_last(connection: Connection) -> None:
    row = connection.execute(event.select().where(event.c.key == "k5")).one()._asdict() | {"answer": '{"x":1}'}
    connection.execute(event.update().where(is_row(row)), row | {"hash": seal(row)})
    rebuild_tree(connection)


def delete_deal(connection: Connection) -> None:
    for table in ("event", "head", "membership"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE deal = 'boat'")
    connection.exec_driver_sql("DELETE FROM deal WHERE id = 'boat'")
    rebuild_tree(connection)


def swap(connection: Connection) -> None:
    """Two entries of different deals change places, as if the one had been stored before the other."""
    rebuild_tree(connection, (1, 0, 2, 3, 4, 5, 6))


def put_in(connection: Connection) -> None:
    """Another entry in the place of one, with a good seal, and as if it had been stored much earlier."""
    row = connection.execute(event.select().where(event.c.key == "b2")).one()._asdict()
    forged: dict[str, Any] = row | {"recorded_at_us": row["recorded_at_us"] - 290_000_000, "key": "forged"}
    forged.pop("pos", None)
    connection.exec_driver_sql("DELETE FROM event WHERE \"key\" = 'b2'")
    connection.execute(event.insert(), forged | {"hash": seal(forged)})
    rebuild_tree(connection)


FIRST = f"the first 4 entries are not those that were signed by {AT}"
SECOND = f"the sealed entries 5 to 7 are not those that were signed by {AT}"
SHORT = (
    f"{{}} entries are sealed, and 7 were, by {AT}: the database was put back to an earlier state, or its end was cut "
    "off"
)


@pytest.mark.parametrize(
    ("forge", "expected"),
    [
        (truncate, SHORT.format(5)),
        (rewrite, FIRST),
        (edit_last, SECOND),
        (delete_deal, FIRST),
        (swap, FIRST),
        (put_in, FIRST),
    ],
)
def test_a_log_made_anew_is_seen(path: Path, forge: Callable[[Connection], None], expected: str) -> None:
    with forger(path) as connection:
        forge(connection)

    assert expected in problems(path)


def test_the_chain_alone_cannot_tell_what_the_checkpoints_tell(path: Path) -> None:
    with forger(path) as connection:
        rewrite(connection)

    with ledger(path) as store:
        assert store.verify_file().sound
    assert not audited(path).sound


def test_a_forger_with_a_key_of_his_own_is_seen(path: Path) -> None:
    with forger(path) as connection:
        rewrite(connection)
        forged = Checkpoint(str(log.origin_of(connection)), 7, log.root_of(connection, 7), NOON)
        key = SigningKey(forged.origin, bytes(32))
        connection.execute(checkpoint.delete())
        connection.execute(checkpoint.insert(), {"size": 7, "key": str(key.public), "note": key.sign(forged.text)})

    assert FIRST in problems(path)
    assert "the checkpoint of 7 entries: no known key has signed the note" in problems(path)


def test_even_a_forger_with_the_key_is_seen_while_the_file_outside_is_out_of_reach(path: Path) -> None:
    with forger(path) as connection:
        rewrite(connection)
        forged = Checkpoint(str(log.origin_of(connection)), 7, log.root_of(connection, 7), NOON)
        key = SigningKey(forged.origin, bytes.fromhex(path.with_name("seal.key").read_text()))
        connection.execute(checkpoint.update().where(checkpoint.c.size == 7), {"note": key.sign(forged.text)})

    assert FIRST in problems(path)
    assert "the checkpoint of 7 entries is of others" in problems(path)


def test_a_database_of_an_earlier_day_is_seen(path: Path) -> None:
    older = path.read_bytes()
    with ledger(path) as store:
        do(store, command("k6", "carl", add=1))
        sealer(store).seal()
    path.write_bytes(older)

    assert problems(path) == [SHORT.format(7).replace("and 7 were", "and 8 were")]


def test_another_name_of_the_log_is_seen(path: Path) -> None:
    with forger(path) as connection:
        connection.exec_driver_sql("UPDATE tree SET origin = 'clausula/00'")

    assert any("and not of clausula/00" in each for each in problems(path))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM leaf WHERE number = 2", "the leaf 2 is missing"),
        ("DELETE FROM leaf WHERE number = 0", "the leaf 0 is missing"),
        ("UPDATE leaf SET hash = 'x' WHERE number = 0", FIRST),
        ("UPDATE leaf SET number = 70 WHERE number = 6", "the leaf 6 is missing"),
        ("UPDATE node SET hash = 'x' WHERE level = 2", "the subtree (2, 0) is not that of its leaves"),
        ("DELETE FROM node WHERE level = 1 AND number = 2", "the subtree (1, 2) is not that of its leaves"),
        ("UPDATE checkpoint SET note = 'x' WHERE size = 4", "the checkpoint of 4 entries: a note has an empty line"),
        ("UPDATE checkpoint SET size = 5 WHERE size = 4", "the checkpoint of 5 entries is of others"),
        ("UPDATE checkpoint SET size = 9 WHERE size = 7", "the checkpoint of 9 entries is of others"),
    ],
)
def test_a_tree_that_was_changed_is_seen(path: Path, statement: str, expected: str) -> None:
    with forger(path) as connection:
        assert connection.exec_driver_sql(statement).rowcount == 1

    assert any(each.startswith(expected) for each in problems(path)), problems(path)


def test_a_database_from_before_the_first_seal_is_seen(path: Path) -> None:
    with forger(path) as connection:
        for table in ("tree", "leaf", "node", "checkpoint"):
            connection.exec_driver_sql(f"DELETE FROM {table}")

    assert SHORT.format("0").replace("and 7 were", "and 4 were") in problems(path)
    assert audited(path).origin == ""


# ------------------------------------------------------------- the file outside


def test_without_the_file_outside_nothing_is_said_to_be_right(path: Path) -> None:
    outside(path).unlink()

    assert [each.partition(",")[0] for each in problems(path)][:1] == ["no checkpoint is kept outside"]


def test_a_changed_file_outside_is_seen(path: Path) -> None:
    outside(path).write_text(outside(path).read_text().replace("at 2026", "at 2027", 1))

    assert any("line 2: the signature by" in each for each in problems(path))


def test_a_file_outside_with_less_than_the_database_is_no_fault(path: Path) -> None:
    """The machine stopped before the last line was written."""
    text = outside(path).read_text()
    outside(path).write_text(text[: text.index("\n", text.index('{"checkpoint"')) + 1])

    assert audited(path).sound
    assert audited(path).checkpoints == 1


def test_without_the_file_outside_the_likely_cause_is_told_once(path: Path) -> None:
    """As after a backup was brought back somewhere else: no key is known there, so that no note can be checked."""
    with forger(path) as connection:
        assert len(connection.execute(checkpoint.select()).all()) > 1
    outside(path).unlink()

    (told,) = problems(path)
    assert not audited(path).comparable
    assert str(outside(path)) in told
    assert "CLAUSULA_CHECKPOINTS" in told
