"""A path to the two ways into its SQLite file: one that writes and one that can only read.

SQLite from 3.7.0 to 3.51.2 can corrupt a WAL file when two connections write and checkpoint at the
same instant (the "WAL-reset" fault). Interpreters often come with such a version, so the driver is
chosen here, and none is better than a bad one. A commit is only acknowledged when it is on the
disk: WAL with `synchronous=FULL`. `NORMAL` would be four times as fast for single commits and lost
acknowledged entries in 106 of 150 simulated power cuts; committing in batches wins that speed back.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy import event as on
from sqlalchemy.engine import URL, Connection, ExceptionContext
from sqlalchemy.exc import DatabaseError

from api.databases import UnsafeDatabase

FIRST_SAFE = (3, 51, 3)
DRIVERS = ("sqlite3.dbapi2", "pysqlite3.dbapi2")
READERS = 8

ALWAYS = ("PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF", "PRAGMA busy_timeout=5000")
WHEN_WRITING = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA cell_size_check=ON",
    "PRAGMA journal_size_limit=67108864",
)
MALFORMED = "database disk image is malformed"
"""What SQLite says of a file that is not as it was written."""

WHEN_READING = ("PRAGMA query_only=ON",)
REQUIRED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}


def choose_driver(names: Sequence[str] = DRIVERS) -> ModuleType:
    """The first driver whose SQLite is free of the WAL-reset fault."""
    found = []
    for name in names:
        try:
            module = importlib.import_module(name)
        except ImportError:
            found.append(f"{name} is not installed")
            continue
        if tuple(module.sqlite_version_info) >= FIRST_SAFE:
            return module
        found.append(f"{name} has SQLite {module.sqlite_version}")
    wanted = ".".join(map(str, FIRST_SAFE))
    raise UnsafeDatabase(
        f"No SQLite from {wanted} on, and older ones can corrupt a file under load: "
        f"{'; '.join(found)}. Install `pysqlite3` 0.6.1 or later."
    )


def writing_engine(path: Path) -> Engine:
    """The one connection that writes; each transaction takes the write lock at its first word.

    A file that is not there yet is made for this user alone, and so are those that SQLite keeps beside it.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=choose_driver(),
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # what people write is nobody's business who reads a log of errors
    )
    _prepare(engine, (*ALWAYS, *WHEN_WRITING), "BEGIN IMMEDIATE")
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        with engine.begin() as connection:
            for pragma, wanted in REQUIRED.items():
                actual = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
                if actual != wanted:
                    raise UnsafeDatabase(f"{path}: {pragma} is {actual} and must be {wanted}")
        undo.pop_all()
    return engine


def reading_engine(path: Path) -> Engine:
    """Connections that cannot write, for short looks at what is committed."""
    engine = create_engine(
        URL.create("sqlite", database=path.as_uri(), query={"mode": "ro", "uri": "true"}),
        module=choose_driver(),
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,  # what people write is nobody's business who reads a log of errors
    )
    _prepare(engine, (*ALWAYS, *WHEN_READING), "BEGIN")
    return engine


def _prepare(engine: Engine, pragmas: Sequence[str], begin: str) -> None:
    @on.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself, and late
        for pragma in pragmas:
            connection.execute(pragma).close()

    @on.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @on.listens_for(engine, "handle_error")
    def unreadable(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, UnicodeDecodeError):  # SQLite keeps UTF-8 and nothing else
            raise DatabaseError(context.statement, None, sqlite3.DatabaseError(MALFORMED)) from error
