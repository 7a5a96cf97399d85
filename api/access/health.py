"""How a service is: whether it takes acts, how much it holds, and which versions are at work; nothing of any deal."""

import platform
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select

from api.access.journal import Journal
from api.contents import Contents
from api.evidence.log import size_of
from api.evidence.sealer import Stoppage
from api.store import Store
from api.store.codec import from_microseconds
from api.store.evidence_tables import checkpoint
from api.store.migrate import newest
from api.store.tables import deal, event
from dsl.engine import VERSION


@dataclass(frozen=True, slots=True)
class Health:
    """Sizes are bytes; of a database that is no file on this machine they are not known.

    `last_checkpoint` is the newest signed note of the log of all deals; None if nothing was sealed yet. Where entries
    are stored and not sealed, `sealing_stopped` says since when, why and what to do. `documents` is where documents are
    held, and `documents_out` why they can neither be put nor got now.
    """

    ready: bool
    deals: int
    entries: int
    entries_sealed: int
    last_recorded_at: datetime | None
    readings_waiting: int
    database: str
    database_bytes: int | None
    wal_bytes: int | None
    tables_version: str
    program_version: str
    meaning_version: str
    python_version: str
    last_checkpoint: str | None
    sealing_stopped: Stoppage | None
    documents: str
    documents_out: str | None


def health_of(store: Store, journal: Journal, stopped: Stoppage | None, contents: Contents | None = None) -> Health:
    """The health of a store as it is now, of what is taken down of it, of what seals it, and of where documents are."""

    file = store.where if isinstance(store.where, Path) else None

    def counted(connection: Connection) -> tuple[int, int, int, int | None, str, str, int, str | None]:
        deals = connection.execute(select(func.count()).select_from(deal)).scalar_one()
        entries, last = connection.execute(select(func.count(), func.max(event.c.recorded_at_us))).one()
        found = MigrationContext.configure(connection).get_current_revision() or ""
        numbers = connection.dialect.server_version_info or ()
        here = func.pg_database_size(func.current_database())
        size = connection.execute(select(here)).scalar_one() if file is None else 0
        notes = select(checkpoint.c.note).order_by(checkpoint.c.size.desc()).limit(1)
        note = connection.execute(notes).scalar_one_or_none()
        return (
            deals,
            entries,
            size_of(connection),
            last,
            found,
            f"{connection.dialect.name} {'.'.join(map(str, numbers))}",
            size,
            note,
        )

    deals, entries, sealed, last, tables, database, size, note = store.look(counted)
    return Health(
        ready=store.writable and tables == newest(),
        deals=deals,
        entries=entries,
        entries_sealed=sealed,
        last_recorded_at=from_microseconds(last) if last is not None else None,
        readings_waiting=journal.waiting,
        database=database,
        database_bytes=size if file is None else _size(file),
        wal_bytes=None if file is None else _size(file.with_name(f"{file.name}-wal")),
        tables_version=tables,
        program_version=version("clausula"),
        meaning_version=VERSION,
        python_version=platform.python_version(),
        last_checkpoint=note,
        sealing_stopped=stopped,
        documents=contents.where if contents is not None else "",
        documents_out=out_of_reach(contents) if contents is not None else None,
    )


def out_of_reach(contents: Contents) -> str | None:
    """Why documents can neither be put nor got now; None where they can."""
    try:
        contents.reach()
    except OSError as error:
        return f"{error.strerror or type(error).__name__}: {contents.where}"
    return None


def _size(path: Path) -> int | None:
    """The size of a file; none if there is no such file."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
