"""A disk that is really full, where this machine lets us have a small one: both engines go on when there is room."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from api.store import Command, DiskFull, Store, Stored
from tests.api.bad_days.trying import Tried
from tests.api.postgres import UNPRIVILEGED, Postgres
from tests.api.store_ledger import command, do, ledger, opening

BALLAST = 1 << 20


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own in memory, with ballast in it that can be thrown away."""
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(asked, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root can have a disk of its own, and not on every machine")
    try:
        (folder / "ballast").write_bytes(bytes(BALLAST))
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def big(key: str) -> Command:
    """An attempt with a note that cannot be made smaller."""
    return command(key, add=1, note=hashlib.shake_128(key.encode()).hexdigest(10_000))


def fill(store: Store) -> tuple[dict[str, str], str]:
    """Write until nothing fits any more: what was stored, and the key that was not."""
    told: dict[str, str] = {}
    for n in count():
        outcome = store.submit(big(f"k{n}")).result(timeout=60)
        if not isinstance(outcome, Stored):
            assert outcome == DiskFull()
            return told, f"k{n}"
        told[outcome.event.key] = outcome.event.hash
    raise AssertionError("a counter came to an end")


def full_and_not(store: Store, folder: Path) -> int:
    """Fill the disk, throw the ballast away, go on; how many entries fitted before."""
    do(store, opening(limit=10**9))
    told, refused = fill(store)
    for _ in range(3):
        assert store.submit(big(refused)).result(timeout=60) == DiskFull()
    assert store.read.look("bicycle", "ana") is not None
    assert store.writable
    assert {entry.key: entry.hash for entry in store.read.history("bicycle")[1:]} == told

    (folder / "ballast").unlink()

    assert do(store, big(refused)).version == len(told) + 2
    assert store.verify_file().sound
    return len(told)


def test_a_file_on_a_full_disk(tmp_path: Path, tried: Tried) -> None:
    with small_disk(tmp_path / "small", "3m") as folder, ledger(folder / "db") as store:
        stored = full_and_not(store, folder)
    tried(stored_until_full=stored)


def test_a_server_with_a_full_tablespace(tmp_path: Path, postgres: Postgres, tried: Tried) -> None:
    with small_disk(postgres.folder / "small", "14m") as folder:
        (folder / "space").mkdir()
        subprocess.run(["chown", UNPRIVILEGED, str(folder / "space")], check=True)
        postgres.sql(
            f"CREATE TABLESPACE small LOCATION '{folder}/space'",
            "CREATE DATABASE small TEMPLATE ready TABLESPACE small STRATEGY file_copy",
        )
        with ledger(postgres.url("small")) as store:
            stored = full_and_not(store, folder)
        postgres.sql("DROP DATABASE small", "DROP TABLESPACE small")
    tried(stored_until_full=stored)
