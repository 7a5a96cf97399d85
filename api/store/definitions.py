"""The tables and indexes of a file, as SQLite keeps their definitions, compared with those that the migrations make.

SQLite takes its rules from these texts (what is unique, what is never empty, which types a column takes), and checks
the rows, not the texts. The rules of a new file are made once, in memory, by the same migrations.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, StaticPool, create_engine

from api.store.driver import choose_driver
from api.store.migrate import migrate

DEFINITIONS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index')"


def changed_definitions(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each table or index that is not there, was changed, or does not belong there: whose it is, and what is wrong."""
    wanted, found = _of_a_new_file(), _definitions(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield wanted[name][1], f"the {wanted[name][0]} {name} is missing"
        elif name not in wanted:
            yield found[name][1], f"the {found[name][0]} {name} was not made by Clausula"
        elif found[name] != wanted[name]:
            yield wanted[name][1], f"the {wanted[name][0]} {name} is not defined as it was made"


def _definitions(connection: Connection) -> dict[str, tuple[str, str, str | None]]:
    """What kind each is, of which table, and the text that made it; SQLite has none for the index of a key."""
    rows = connection.exec_driver_sql(DEFINITIONS)
    read = {str(name): (str(kind), str(table), sql) for kind, name, table, sql in rows}  # damage can take a name away
    return {name: each for name, each in read.items() if not name.startswith("sqlite_stat")}


@cache
def _of_a_new_file() -> dict[str, tuple[str, str, str | None]]:
    engine = create_engine("sqlite://", poolclass=StaticPool, module=choose_driver())
    migrate(engine)
    with engine.begin() as connection:
        made = _definitions(connection)
    engine.dispose()
    return made
