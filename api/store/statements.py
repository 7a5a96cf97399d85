"""The statements of the writer, built once for each kind of database.

To put a statement together takes longer than to run it, and a fixed list of them shows at a glance
that what people send can only ever become a parameter. They say the same in both databases; what
differs is how many values are handed over at once. SQLite is asked about lists and given rows one
after the other, in no time, within the process. A server gets all questions of a batch in one
message and all its writes in another, with an array for each column that is asked about and the rows
to write as one JSON text for each table, so that neither the number of messages nor the text of a
statement depends on how many requests wait. To write arrays of long texts takes the driver ten times as long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from psycopg.rows import dict_row
from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Compiled,
    Connection,
    Executable,
    FromClause,
    Insert,
    Integer,
    Select,
    Table,
    TableValuedAlias,
    and_,
    any_,
    bindparam,
    column,
    func,
    literal_column,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg

from api.store.tables import Whole, Words, agreement_text, deal, event, head, membership, moved

Row: TypeAlias = Mapping[str, str | int | None]
Record: TypeAlias = Mapping[str, Any]
Asked: TypeAlias = tuple[Select[Any], Mapping[str, Any]]
Among: TypeAlias = Callable[[str, ColumnElement[Any]], ColumnElement[bool]]
AmongPairs: TypeAlias = Callable[[Sequence[ColumnElement[Any]]], ColumnElement[bool]]
Last: TypeAlias = tuple[FromClause, ColumnElement[bool]]
"""The last entries of deals, and what joins them to the deals."""

_latest = (select(func.max(event.c.version)).where(event.c.deal == deal.c.id).correlate(deal)).scalar_subquery()

HISTORY = select(event).where(event.c.deal == bindparam("id")).order_by(event.c.version)

ONE: Final = literal_column("1", Integer)
"""Said in the statement itself: a server that is told the number later plans for many rows."""

_KEY = (event.c.deal, event.c.actor, event.c.key)
_HEADS = ("version", "hash", "engine_version", "state")
_MEMBERS = ("acts", "since_version")


@dataclass(frozen=True, slots=True)
class Writes:
    """The bulk writes, one for each table."""

    texts: Insert
    deals: Insert
    entries: Insert
    members: Insert
    heads: Insert


@dataclass(frozen=True, slots=True)
class Statements:
    """What a writer asks and writes."""

    lock: Select[Any] | None
    """The heads of some deals, held until the commit: whoever else writes to one of them waits. They are locked in
    their order, so that two that lock several never wait for each other. SQLite has one writer, and nothing to lock.
    """

    deals: Select[Any]
    """Deals with where their logs stand, and the state if the head belongs to that very entry and these rules."""

    texts: Select[Any]
    known: Select[Any]
    seats: Select[Any]
    writes: Writes
    in_arrays: bool

    def ask(self, connection: Connection, *asked: Asked) -> list[list[Record]]:
        """The rows of some questions, each with its values; `pairs` are several values that belong together.

        A server gets all of them in one message, and answers one after the other: what is asked after a lock is
        answered as it stands once the lock is had.
        """
        if not self.in_arrays:
            return [[row._asdict() for row in connection.execute(query, told)] for query, told in asked]
        return _at_once(connection, [(query, _in_arrays(told)) for query, told in asked])

    def write(self, connection: Connection, *rows: tuple[Insert, Sequence[Row]]) -> None:
        """Write some rows of each table, if there are any."""
        some = [(statement, each) for statement, each in rows if each]
        if self.in_arrays:
            _at_once(connection, [(statement, {"rows": _JSON.encode(each)}) for statement, each in some])
            return
        for statement, each in some:
            connection.execute(statement, list(each))


def _in_arrays(told: Mapping[str, Any]) -> Mapping[str, Any]:
    pairs = told.get("pairs")
    return told if pairs is None else {f"of_{nth}": list(each) for nth, each in enumerate(zip(*pairs, strict=True))}


def _at_once(connection: Connection, asked: Sequence[tuple[Executable, Mapping[str, Any]]]) -> list[list[Record]]:
    """Send statements to a server without waiting for each, and then read what came of them.

    This is the way past SQLAlchemy, which waits; it spells the statements.
    """
    link = connection.connection.driver_connection
    if link is None:
        raise RuntimeError("the connection is gone")
    spelled = [(_spelled(query), told) for query, told in asked]
    with link.pipeline():
        cursors = [
            link.cursor(row_factory=dict_row).execute(query.string.encode(), query.construct_params(told))
            for query, told in spelled
        ]
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


@lru_cache(maxsize=64)
def _spelled(query: ClauseElement) -> Compiled:
    return query.compile(dialect=_SPELLING)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SPELLING = psycopg.dialect()  # type: ignore[no-untyped-call]


def _asked(
    among: Among, pairs: AmongPairs, last: Last, known: Select[Any], writes: Writes, *, lock: bool
) -> Statements:
    heads = select(head.c.deal).where(among("ids", head.c.deal)).order_by(head.c.deal).with_for_update()
    return Statements(
        lock=heads if lock else None,
        deals=_standing(*last).where(among("ids", deal.c.id)),
        texts=select(agreement_text.c.sha256, agreement_text.c.text).where(among("hashes", agreement_text.c.sha256)),
        known=known,
        seats=select(membership.c.deal, membership.c.person, membership.c.party).where(
            pairs((membership.c.deal, membership.c.person)), membership.c.acts == 1
        ),
        writes=writes,
        in_arrays=lock,
    )


def _standing(last: FromClause, of_the_deal: ColumnElement[bool]) -> Select[Any]:
    """Deals with their last entries, and with the heads that belong to those very entries and these rules."""
    entry = last.c
    belongs = and_(
        head.c.deal == deal.c.id,
        head.c.version == entry.version,
        head.c.hash == entry.hash,
        head.c.engine_version == bindparam("engine_version"),
    )
    gone = moved.c.deal.label("moved")
    return (
        select(*deal.columns, entry.version, entry.hash, entry.recorded_at_us, head.c.state, gone)
        .select_from(deal)
        .join(last, of_the_deal)
        .outerjoin(head, belongs)
        .outerjoin(moved, moved.c.deal == deal.c.id)
    )


def _for_sqlite() -> Statements:
    def among_pairs(columns: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
        return tuple_(*columns).in_(bindparam("pairs", expanding=True))

    return _asked(
        lambda name, column: column.in_(bindparam(name, expanding=True)),
        among_pairs,
        (event, and_(event.c.deal == deal.c.id, event.c.version == _latest)),
        select(event).where(among_pairs(_KEY)),
        lock=False,
        writes=Writes(
            texts=sqlite.insert(agreement_text).on_conflict_do_nothing(),
            deals=deal.insert(),
            entries=event.insert(),
            members=_replacing(sqlite.insert(membership), membership, _MEMBERS),
            heads=_replacing(sqlite.insert(head), head, _HEADS),
        ),
    )


def _for_server() -> Statements:
    return _asked(
        lambda name, column: column == any_(_array(name, column.type)),
        _among_arrays,
        (_last_entry(), true()),
        _known_to_server(),
        lock=True,
        writes=Writes(
            texts=_from_json(agreement_text).on_conflict_do_nothing(),
            deals=_from_json(deal),
            entries=_from_json(event),
            members=_replacing(_from_json(membership), membership, _MEMBERS),
            heads=_replacing(_from_json(head), head, _HEADS),
        ),
    )


def _last_entry() -> FromClause:
    """The last entry of a deal: the first row that the index comes to from behind, whatever the server expects.

    A server plans by its statistics, which are old or missing where they are needed most, and keeps plans that it made
    for a table of a few rows. So the question about one row is put so that no plan reads more than that row.
    """
    ours = select(event.c.version, event.c.hash, event.c.recorded_at_us).where(event.c.deal == deal.c.id)
    return ours.order_by(event.c.version.desc()).limit(ONE).lateral("last")


def _known_to_server() -> Select[Any]:
    """The entries under some keys: for each key the first row of the index that is not before it, if it has that key.

    To ask for an equal key would leave the server the choice of reading every entry of the deal.
    """
    asked = _rows(_KEY)
    wanted = tuple_(*asked.c)
    nearest = select(event).where(tuple_(*_KEY) >= wanted).order_by(*_KEY).limit(ONE).lateral("nearest")
    return select(nearest).select_from(asked).join(nearest, tuple_(*(nearest.c[each.key] for each in _KEY)) == wanted)


def _among_arrays(columns: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether some columns hold, in one of the places of as many arrays, what stands there."""
    return tuple_(*columns).in_(select(*_rows(columns).c))


def _rows(columns: Sequence[ColumnElement[Any]]) -> TableValuedAlias:
    """As many arrays as there are columns, as rows."""
    names = [f"of_{nth}" for nth in range(len(columns))]
    arrays = [_array(name, column.type) for name, column in zip(names, columns, strict=True)]
    return func.unnest(*arrays).table_valued(*names).render_derived()


def _from_json(table: Table) -> postgresql.Insert:
    """Insert the rows that a JSON text holds."""
    columns = [column(each.name, Whole if each.type is Whole else Words) for each in table.columns]
    written = func.json_to_recordset(bindparam("rows", type_=postgresql.JSON))
    rows = written.table_valued(*columns).render_derived(with_types=True)
    return postgresql.insert(table).from_select([each.name for each in columns], select(*rows.c))


def _array(name: str, kind: Any) -> Any:
    return bindparam(name, type_=postgresql.ARRAY(Whole if kind is Whole else Words))


def _replacing(statement: Any, table: Table, columns: Sequence[str]) -> Insert:
    """Insert rows, or put these columns anew where the key is there already."""
    replacing: Insert = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={column: statement.excluded[column] for column in columns},
    )
    return replacing


STATEMENTS: Mapping[str, Statements] = {"sqlite": _for_sqlite(), "postgresql": _for_server()}
"""The statements by the name of the database's dialect."""
