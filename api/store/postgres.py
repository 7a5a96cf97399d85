"""A PostgreSQL server to the two ways into it: connections that write, and connections that only look.

The URL goes to libpq as it is, so all that libpq knows (several hosts, certificates, a password file) works here. Only
a primary is taken: a standby may be behind, and what is decided on an old state is decided wrongly. A server that is
told to acknowledge what is not on the disk is refused, at the start and on each new connection; and each connection
gets limits, so that neither a lost client nor a long wait can hold a lock for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from api.databases import SHAPE, Server, UnsafeDatabase

FIRST_SUPPORTED: Final = 16
READERS: Final = 8

LIMITS: Final[Mapping[str, str]] = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
"""What ends a statement, a wait for a lock and a transaction that nobody goes on with."""

BY_KEY: Final[Mapping[str, str]] = {
    f"enable_{name}": "off" for name in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort")
}
"""How questions are answered: each names the keys of a few rows, and no table is read as a whole, or sorted.

What the server would choose hangs on statistics that nobody may have gathered, and on how small the tables were when it
made a plan that it still keeps. Where there is no other way it does these things all the same.
"""

DEFAULTS: Final[Mapping[str, str]] = {
    "application_name": "clausula",
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "target_session_attrs": "primary",
}
"""How libpq connects where the URL says nothing else."""

_SETTINGS: Final = ("fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names")


class Link(psycopg.Connection[tuple[Any, ...]]):
    """A connection that does not take a commit for done while the server warns about it.

    Where a standby has to confirm each commit and the wait for it is cut short, the server warns that the transaction
    may not have reached the standby, and then tells of success. A failover would lose what was acknowledged.
    """

    _warned = ""

    def commit(self) -> None:
        """Commit, and raise OperationalError where the server warns; the transaction is then in doubt."""
        self._warned = ""
        super().commit()
        if self._warned:
            raise psycopg.OperationalError(f"the commit is in doubt: {self._warned}")

    def heed(self, notice: psycopg.errors.Diagnostic) -> None:
        """Remember a warning."""
        if notice.severity_nonlocalized == "WARNING":
            self._warned = notice.message_primary or "the server warned"


class Unreachable(UnsafeDatabase):
    """There is no server, or it does not let us in."""


def writing_engine(server: Server, writers: int) -> Engine:
    """A connection for each writer; a decision is made under row locks, on what was committed last."""
    return _engine(server, writers, "READ COMMITTED", BY_KEY, ping=False)  # what is lost is tried again anyway


def reading_engine(server: Server) -> Engine:
    """Connections that cannot write; each transaction shows one moment."""
    engine = _engine(server, READERS, "REPEATABLE READ", {**BY_KEY, "default_transaction_read_only": "on"}, ping=True)
    return engine.execution_options(postgresql_readonly=True)


def single_connection(server: Server) -> Link:
    """A connection outside the pools, each statement its own transaction: for notices between nodes."""
    connection = connect(server, {})
    connection.autocommit = True
    return connection


def connect(server: Server, settings: Mapping[str, str]) -> Link:
    """A new connection with our limits, to a server that keeps what it acknowledges."""
    try:
        asked = conninfo_to_dict(server.url)
        asked |= {name: value for name, value in DEFAULTS.items() if name not in asked}
        connection = Link.connect(make_conninfo("", **asked), autocommit=True)
    except psycopg.ProgrammingError as error:
        raise Unreachable(f"the URL of the database cannot be read by libpq: the store needs {SHAPE}") from error
    with ExitStack() as undo:
        undo.callback(connection.close)
        wanted = {**LIMITS, **settings}
        sets = ", ".join(["set_config(%s, %s, false)"] * len(wanted))
        gets = ", ".join(["current_setting(%s)"] * len(_SETTINGS))
        names = [each for pair in wanted.items() for each in pair]
        row = connection.execute(f"SELECT {gets}, {sets}", [*_SETTINGS, *names]).fetchone()
        weaker = weaker_than_durable(dict(zip(_SETTINGS, row or (), strict=False)), connection.info.server_version)
        if weaker:
            raise UnsafeDatabase(f"{server}: {weaker}")
        connection.autocommit = False
        connection.add_notice_handler(connection.heed)
        undo.pop_all()
    return connection


def weaker_than_durable(settings: Mapping[str, str], version: int) -> str:
    """What stands against trusting this server with a ledger; empty if nothing does."""
    if version // 10_000 < FIRST_SUPPORTED:
        return f"the store needs PostgreSQL {FIRST_SUPPORTED} or later, and this is {version // 10_000}"
    for name in ("fsync", "full_page_writes"):
        if settings[name] != "on":
            return f"{name} is {settings[name]} and must be on: without it a crash can break the database"
    commits = settings["synchronous_commit"]
    if commits == "off":
        return "synchronous_commit is off and must be on: a crash would lose what was acknowledged"
    if commits == "local" and settings["synchronous_standby_names"]:
        return (
            "synchronous_commit is local, there are synchronous standbys, and a failover would lose data: it must be on"
        )
    return ""


def reach(engine: Engine, server: Server) -> None:
    """Connect once, so that what keeps us out is said in words, and without the password."""
    try:
        with engine.connect():
            pass
    except OperationalError as error:
        raise Unreachable(f"{server} cannot be used: {said(error.orig, server)}") from None


def said(error: BaseException | None, server: Server) -> str:
    """The last thing that libpq tells of why it could not connect, without the password."""
    password = str(conninfo_to_dict(server.url).get("password") or "")
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or ["no reason was given"]
    told = next((line for line in lines if "FATAL" in line or "failed" in line), lines[0])
    return told.replace(password, "***") if password else told


def _engine(server: Server, size: int, isolation: str, settings: Mapping[str, str], *, ping: bool) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(server, settings),
        isolation_level=isolation,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=ping,
        use_native_hstore=False,  # asks the server on each new connection, and there is none here
        hide_parameters=True,  # what people write is nobody's business who reads a log of errors
        execution_options={"shown": server.shown},
    )
