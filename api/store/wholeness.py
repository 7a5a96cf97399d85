"""A database to what is wrong with it beside the logs in it: its own checks, its guards, rows that refer to nothing.

SQLite reads the whole file and compares each index with its table; their definitions are compared with those that the
migrations make. A PostgreSQL server checks its pages itself where it was set up with checksums, and compares an index
with its table where the extension amcheck is installed; here it is asked for the guards, the keys and the references,
which a person with rights over the tables could have taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select, text

from api.store import guards
from api.store.definitions import changed_definitions
from api.store.tables import metadata


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it was written: the table, the version, and the column if that shows."""

    table: str
    version: int | None
    column: str | None
    problem: str
    remedy: str = ""
    """The statements of SQL that put a guard back; empty where no statement mends it."""


def database_faults(connection: Connection) -> Iterator[Fault]:
    """All that is wrong with the database itself."""
    if connection.dialect.name == "sqlite":
        yield from _file_faults(connection)
    else:
        yield from _server_faults(connection)


def _file_faults(connection: Connection) -> Iterator[Fault]:
    for problem in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if problem != "ok":
            yield Fault("file", None, None, problem)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        which = f"row {row}" if row is not None else "a row"
        yield Fault(table, None, None, f"{which} refers to no {parent}")
    for table, problem in changed_definitions(connection):
        yield Fault(table, None, None, problem)
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type='trigger'").all()
    yield from _guard_faults({row.name: row.sql for row in rows}, guards.SQLITE, guards.put_back_in_a_file)
    for row in rows:
        if row.name not in guards.SQLITE:
            yield Fault(row.tbl_name, None, None, STRANGER.format(row.name), f'DROP TRIGGER "{row.name}";')


STRANGER = "the trigger {} is none of ours: it may change what is written"
TRIGGERS = text("""
SELECT tgname AS name, relname AS table, tgenabled = 'A' AS always, pg_get_triggerdef(pg_trigger.oid, true) AS sql
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND pg_table_is_visible(pg_class.oid) ORDER BY tgname
""")
RIGHTS = text("""
SELECT relname AS table, coalesce(rolname, 'PUBLIC') AS role, privilege_type AS right,
  string_agg(attname, ', ') AS columns
FROM (
  SELECT oid, relname, relowner, NULL AS attname, acl.* FROM pg_class, aclexplode(relacl) acl
  UNION ALL SELECT pg_class.oid, relname, relowner, attname, acl.*
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl) acl
) AS given LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE relname = ANY(:tables) AND pg_table_is_visible(given.oid) AND grantee <> relowner
  AND privilege_type = ANY(:writes)
GROUP BY relname, rolname, privilege_type, attname IS NULL ORDER BY 1, 2, 3
""")
BODIES = text("SELECT proname AS name, prosrc AS sql FROM pg_proc WHERE pg_function_is_visible(oid) AND prolang <> 0")
CONSTRAINTS = text("""
SELECT conname FROM pg_constraint WHERE convalidated
AND conrelid = ANY(SELECT oid FROM pg_class WHERE pg_table_is_visible(oid))
""")


def _server_faults(connection: Connection) -> Iterator[Fault]:
    yield from _trigger_faults(connection)
    yield from _right_faults(connection)
    kept = set(connection.execute(CONSTRAINTS).scalars())
    for table in metadata.sorted_tables:
        names = {str(each.name) for each in table.constraints}
        for name in sorted(names - kept):
            yield Fault(table.name, None, None, f"the rule {name} is missing")
        yield from _lost_references(connection, table.name)


def _trigger_faults(connection: Connection) -> Iterator[Fault]:
    rows = connection.execute(TRIGGERS).all()
    always = {row.name: row.sql for row in rows if row.always}
    bodies = {row.name: row.sql for row in connection.execute(BODIES)}
    yield from _guard_faults(always, guards.POSTGRESQL, guards.put_back_on_a_server)
    yield from _guard_faults(bodies, guards.FUNCTIONS, guards.put_back_on_a_server)
    for row in rows:
        if row.name not in guards.POSTGRESQL and row.table in metadata.tables:
            remedy = f'DROP TRIGGER "{row.name}" ON {row.table};'
            yield Fault(row.table, None, None, STRANGER.format(row.name), remedy)


def _right_faults(connection: Connection) -> Iterator[Fault]:
    """Rights to rewrite what is never changed, in the hands of others than the owner."""
    told = {"tables": list(guards.NEVER_CHANGED), "writes": list(guards.WRITES)}
    for row in connection.execute(RIGHTS, told):
        if (row.table, row.right) != guards.LOCKED:
            role = row.role if row.role == "PUBLIC" else f'"{row.role}"'
            columns = f" ({row.columns})" if row.columns else ""
            remedy = f"REVOKE {row.right}{columns} ON {row.table} FROM {role};"
            yield Fault(row.table, None, None, f"{row.role} was given the right to {row.right} it", remedy)


def _lost_references(connection: Connection, name: str) -> Iterator[Fault]:
    """Rows that refer to nothing: possible only where the rule was taken away for a while."""
    table = metadata.tables[name]
    for rule in table.foreign_key_constraints:
        parent = rule.referred_table.alias()
        pairs = [(each.parent, parent.c[each.column.name]) for each in rule.elements]
        matched = and_(*(mine == theirs for mine, theirs in pairs))
        lost = select(func.count()).select_from(table.outerjoin(parent, matched)).where(pairs[0][1].is_(None))
        count = connection.execute(lost).scalar_one()
        if count:
            yield Fault(name, None, None, f"{count} rows refer to no {rule.referred_table.name}")


def _guard_faults(
    found: Mapping[str, str], wanted: Mapping[str, str], put_back: Callable[[str], str]
) -> Iterator[Fault]:
    for name, sql in wanted.items():
        if found.get(name, "").strip() != sql.strip():
            yield Fault("file", None, None, f"the guard {name} is missing or was changed", put_back(name))
