"""A database to a copy of it in one file, and such a file to a database again.

A backup is a database file of Clausula, whatever it was taken from: so it can be looked into, verified, and brought
back to either kind. It shows one moment of a database that may be written to all the while. What is brought back is
verified before it counts, and nothing half is ever left: a file gets its name when it is whole, and a server commits
once. That a backup is older than what somebody saw, no backup can tell; a seal that was kept outside can, and so
`verify` takes one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, func, select

from api.databases import Database, Server, UnsafeDatabase
from api.store import driver, postgres
from api.store.evidence_tables import checkpoint
from api.store.handler import Handler
from api.store.lock import ProcessLock
from api.store.migrate import SET_LOCAL, migrate, require_newest
from api.store.tables import event, metadata
from api.store.verify import FileReport, every_deal, verify_file, verify_within

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Copied:
    """How much was copied, and when its last entry was recorded, in microseconds since 1970 in UTC; 0 without any.

    `sealed` says whether checkpoints of it were signed, which are kept outside the database and not copied with it.
    """

    deals: int
    entries: int
    last_recorded_at_us: int
    sealed: bool


class Unsound(UnsafeDatabase):
    """What was to be brought back is not as it was written."""


def backup(source: Database, to: Path) -> Copied:
    """Copy a database, at one moment and beside whoever writes, into a file that is not there yet.

    Raises FileExistsError, and UnsafeDatabase where there is no database of this version.
    """
    with _unfinished(to) as part, reading(source) as readable:
        require_newest(readable)
        writable = driver.writing_engine(part)
        try:
            migrate(writable)
            with readable.begin() as here, writable.begin() as there:
                unhurried(here)
                copied = copy_everything(here, there)
            _alone(writable)
        finally:
            writable.dispose()
    return copied


def restore(file: Path, to: Database, handler: Handler) -> Copied:
    """Bring a backup back into a file that is not there yet, or into an empty database on a server.

    A backup of an earlier version is brought up to date; the backup itself is left as it is. Raises FileExistsError;
    UnsafeDatabase where the place is not empty; and Unsound where the backup is not as it was written.
    """
    if any(_beside(file, end).exists() and _beside(file, end).stat().st_size for end in ("-wal", "-journal")):
        raise UnsafeDatabase(f"{file} is a database in use, and not a backup: `clausula backup` makes one of it.")
    if isinstance(to, Server):
        with _staged(file, Path(f"{file}.{os.getpid()}.restoring")) as staged:
            return _restore_to_server(staged, to, handler)
    with _unfinished(to) as part, _staged(file, part) as staged:
        return _checked(staged, handler)


def _alone(engine: Engine) -> None:
    """Let the file be all there is: one that keeps a second beside it cannot be read from a disk that is closed."""
    connection = engine.raw_connection()
    connection.cursor().execute("PRAGMA journal_mode=DELETE").close()
    connection.close()


def _restore_to_server(staged: Path, to: Server, handler: Handler) -> Copied:
    copied = _checked(staged, handler)
    with writing(to) as writable, reading(staged) as readable, readable.begin() as here, writable.begin() as there:
        for table in metadata.sorted_tables:
            if there.execute(select(table).limit(1)).first() is not None:
                raise UnsafeDatabase(f"{to} is not empty: a backup is brought back into an empty database.")
        copy_everything(here, there)
        for id in every_deal(there):
            _require(verify_within(there, handler, id).faults, str(to))
    return copied


def unhurried(connection: Connection) -> None:
    """Let this one transaction take its time between two statements, as for the states of a long log, and read it all.

    Reading whole tables is what it is for, and no table is read here as a whole otherwise.
    """
    if connection.dialect.name == "postgresql":
        for setting, value in {
            "idle_in_transaction_session_timeout": "0",
            **dict.fromkeys(postgres.BY_KEY, "on"),
        }.items():
            connection.execute(SET_LOCAL, {"setting": setting, "value": value})


def copy_everything(here: Connection, there: Connection) -> Copied:
    """Every row of every table, in an order in which each finds what it refers to."""
    for table in metadata.sorted_tables:
        copy_rows(here, there, select(table).order_by(*table.primary_key.columns), table)
    return _count(there)


def copy_rows(here: Connection, there: Connection, query: Select[Any], table: Table) -> None:
    """The rows that a query finds in one database, into the table of another."""
    rows = here.execution_options(yield_per=AT_ONCE).execute(query)
    for some in rows.mappings().partitions(AT_ONCE):
        there.execute(table.insert(), [dict(row) for row in some])


def _count(connection: Connection) -> Copied:
    entries, last = connection.execute(
        select(func.count(), func.coalesce(func.max(event.c.recorded_at_us), 0)).select_from(event)
    ).one()
    sealed = connection.execute(select(checkpoint.c.size).limit(1)).first() is not None
    return Copied(len(every_deal(connection)), entries, last, sealed)


def _checked(staged: Path, handler: Handler) -> Copied:
    """Verify a file that was brought up to date."""
    with reading(staged) as readable:
        report: FileReport = verify_file(readable, handler)
        faults = [*report.faults, *(fault for each in report.deals for fault in each.faults)]
        _require(faults, "the backup")
        with readable.begin() as connection:
            return _count(connection)


def _require(faults: Sequence[Any], what: str) -> None:
    if faults:
        first = faults[0]
        raise Unsound(
            f"{what} is not as it was written, {len(faults)} faults; the first: {first.table} {first.problem}"
        )


@contextmanager
def reading(where: Database) -> Iterator[Engine]:
    """Connections that cannot write."""
    if isinstance(where, Server):
        engine = postgres.reading_engine(where)
        postgres.reach(engine, where)
    else:
        if not where.exists():
            raise FileNotFoundError(2, "No such file or directory", str(where))
        engine = driver.reading_engine(where.resolve())
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def writing(where: Database) -> Iterator[Engine]:
    """A connection that writes, to tables of this version; a file is this process's alone meanwhile."""
    with ExitStack() as undo:
        if isinstance(where, Server):
            engine = postgres.writing_engine(where, 1)
            undo.callback(engine.dispose)
            postgres.reach(engine, where)
        else:
            lock = ProcessLock(where.resolve())
            undo.callback(lock.release)
            engine = driver.writing_engine(where.resolve())
            undo.callback(engine.dispose)
        migrate(engine)
        yield engine


@contextmanager
def _unfinished(to: Path) -> Iterator[Path]:
    """A file beside, which gets the name at the end, unless something failed or the name was taken meanwhile."""
    part = _beside(to, f".{os.getpid()}.part")
    if to.exists():
        raise FileExistsError(17, "there is such a file already", str(to))
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        os.link(part, to)
        folder = os.open(to.absolute().parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            _beside(part, end).unlink(missing_ok=True)


@contextmanager
def _staged(file: Path, copy: Path) -> Iterator[Path]:
    """A copy of a backup, brought up to date."""
    try:
        shutil.copyfile(file, copy)
        copy.chmod(0o600)
        engine = driver.writing_engine(copy)
        try:
            migrate(engine)
        finally:
            engine.dispose()
        yield copy
    finally:
        if not copy.name.endswith(".part"):
            for end in ("", "-wal", "-shm", "-journal"):
                _beside(copy, end).unlink(missing_ok=True)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
