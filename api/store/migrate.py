"""A database of any earlier version, or an empty one, to the tables of this version.

The writer does this when it starts, in one transaction: a crash half way leaves the database as it
was. A file is under its process lock then; on a server, where several may start at once, a lock of
the server lets one do it and the others wait. Where nothing is to be done no right to change tables
is needed. The steps lie in `migrations/versions`, inside the package, so an
installed wheel has them too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from api.databases import UnsafeDatabase

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATING = "10min"
TURNS = 4_714_257_313_201_871
"""The number of the lock; any would do, as long as nobody else takes it."""

SET_LOCAL = text("SELECT set_config(:setting, :value, true)")
TAKE_TURNS = text("SELECT pg_advisory_xact_lock(:number)")


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the tables of a database up to date."""
    with engine.begin() as connection:
        if _revision(connection) == newest():
            return
        if engine.dialect.name == "postgresql":
            for setting in ("statement_timeout", "lock_timeout"):
                connection.execute(SET_LOCAL, {"setting": setting, "value": MIGRATING})
            connection.execute(TAKE_TURNS, {"number": TURNS})
        try:
            command.upgrade(configuration(connection), to)
        except ProgrammingError as error:
            if not isinstance(error.orig, InsufficientPrivilege):
                raise
            raise UnsafeDatabase(
                f"{where_is(engine)} has not the tables of this version, and this user may not make them: "
                f"{error.orig.diag.message_primary}. Start `clausula serve` once as their owner."
            ) from error
        except CommandError as error:
            raise UnsafeDatabase(
                f"{where_is(engine)} cannot be brought up to date: {error}. "
                "If a newer Clausula wrote it, open it with that one."
            ) from error


def require_newest(engine: Engine) -> None:
    """Refuse to read a database whose tables are those of another version, or that has none."""
    with engine.begin() as connection:
        found = _revision(connection)
    if found is None:
        raise UnsafeDatabase(f"{where_is(engine)} is not a database of Clausula.")
    if found != newest():
        raise UnsafeDatabase(
            f"{where_is(engine)} was written by another version of Clausula. "
            "`clausula serve` brings an older one up to date; a newer one needs that version."
        )


def _revision(connection: Connection) -> str | None:
    try:
        return MigrationContext.configure(connection).get_current_revision()
    except CommandError as error:
        raise UnsafeDatabase(
            f"{where_is(connection.engine)} says that its tables are those of several versions of Clausula at once. "
            "Restore it from a backup."
        ) from error


def where_is(engine: Engine) -> str:
    """The path of a file, or what may be shown of a server."""
    return str(engine.get_execution_options().get("shown") or unquote(urlsplit(engine.url.database or "").path))


@cache
def newest() -> str | None:
    """The revision that this version of the program works with."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def configuration(connection: Connection | None = None) -> Config:
    """What the migration tool needs to know; there is no file of settings."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
