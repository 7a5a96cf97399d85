"""A file of any earlier version, or none yet, to the tables of this version.

The writer does this when it starts, in one transaction under its process lock: a crash half way
leaves the file as it was. The steps lie in `migrations/versions`, inside the package, so an
installed wheel has them too.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from api.store.driver import UnsafeDatabase

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the tables of a file up to date."""
    with engine.begin() as connection:
        try:
            command.upgrade(configuration(connection), to)
        except CommandError as error:
            raise UnsafeDatabase(
                f"{engine.url.database} cannot be brought up to date: {error}. "
                "If a newer Clausula wrote it, open it with that one."
            ) from error


def require_newest(engine: Engine) -> None:
    """Refuse to read a file whose tables are those of another version, or that has none."""
    with engine.begin() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        raise UnsafeDatabase(f"{_file(engine)} is not a database of Clausula.")
    if found != newest():
        raise UnsafeDatabase(
            f"{_file(engine)} was written by another version of Clausula. "
            "`clausula serve` brings an older one up to date; a newer one needs that version."
        )


def _file(engine: Engine) -> str:
    return unquote(urlsplit(engine.url.database or "").path)


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
