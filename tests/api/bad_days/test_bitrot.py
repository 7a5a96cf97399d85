"""One bit of a file turns by itself: whatever it changes of what is kept is seen, wherever in the file it lies."""

import sqlite3
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from api.databases import UnsafeDatabase
from api.store import Store
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import LedgerHandler, command, do, ledger, opening

FLIPS = 100
"""Of each run, times the depth."""


def filled(path: Path) -> bytes:
    """A file with two deals, of forty and of ten entries, as it lies on the disk."""
    with ledger(path) as store:
        do(store, opening(limit=500))
        do(store, opening("boat"))
        for nth in range(39):
            do(store, command(f"k{nth}", ("ana", "ben")[nth % 2], add=nth, note=f"the {nth}th" * (nth % 5)))
        for nth in range(9):
            do(store, command(f"b{nth}", deal="boat", add=20))
        do(store, command("more", grant=[["carl", "Agent", True]]))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    return path.read_bytes()


def content(path: Path) -> Any:
    """Every row of every table, and every rule over them, as SQLite reads them; how it failed, if it cannot."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.text_factory = bytes
            rules = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 2").fetchall()
            tables = [name.decode() for kind, name, _, _ in rules if kind == b"table"]
            rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
            return rules, {name: sorted(map(repr, found)) for name, found in rows.items()}
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # of a damaged message
        return str(error)


def is_sound(path: Path) -> bool:
    """Whether `clausula verify --all` would find nothing wrong."""
    try:
        with Store.read_only(path, LedgerHandler()) as store:
            return store.verify_file().sound
    except (UnsafeDatabase, DBAPIError):
        return False


def test_one_turned_bit_that_changes_anything_is_seen(tmp_path: Path, depth: int, tried: Tried) -> None:
    path = tmp_path / "db"
    whole = filled(path)
    before = content(path)
    assert is_sound(path)
    seen = Counter[str]()
    for nth in range(FLIPS * depth):
        bit = int.from_bytes(sha256(f"bit {nth}".encode()).digest()[:8]) % (len(whole) * 8)
        torn = bytearray(whole)
        torn[bit // 8] ^= 1 << bit % 8
        path.write_bytes(torn)
        changed, sound = content(path) != before, is_sound(path)
        assert not (changed and sound), f"bit {bit} changes what is kept, and nothing tells"
        seen["changed and seen" if changed else "unused, or of an index alone" if sound else "seen"] += 1
        for beside in tmp_path.glob("db-*"):
            beside.unlink()
    assert seen["changed and seen"] > FLIPS * depth // 10
    tried(flips=FLIPS * depth, changed=seen["changed and seen"], missed=0)


@pytest.mark.parametrize(
    ("damage", "wanted"),
    [
        ("UPDATE event SET version = x'0939' WHERE version = 9", "event version a whole number"),
        ("UPDATE event SET recorded_at_us = 'noon' WHERE version = 3", "event recorded_at_us a whole number"),
        ("UPDATE membership SET person = x'00ff' WHERE person = 'ben'", "membership person a text"),
        ("UPDATE agreement_text SET text = x'00ff'", "agreement_text text a text"),
        ("UPDATE head SET state = x'00ff'", "head state a text"),
    ],
)
def test_a_value_that_damage_gave_another_type_is_named(tmp_path: Path, damage: str, wanted: str) -> None:
    path = tmp_path / "db"
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '')")
        connection.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
        connection.execute("PRAGMA writable_schema=RESET")
        connection.execute(damage)

    with Store.read_only(path, LedgerHandler()) as store:
        faults = [fault for report in store.verify_file().deals for fault in report.faults]

    table, column, kind = wanted.split(maxsplit=2)
    told = f"must be {kind}, and something else is kept"
    assert (table, column, told) in {(fault.table, fault.column, fault.problem) for fault in faults}
