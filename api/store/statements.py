"""The statements of the writer, built once.

To put a statement together takes longer than to run it, and a fixed list of them shows at a glance
that what people send can only ever become a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Insert, Table, and_, bindparam, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from api.store.tables import agreement_text, deal, event, head, membership, moved

Upsert: TypeAlias = Callable[[Table], Any]


@dataclass(frozen=True, slots=True)
class Writes:
    """The statements that are spelled alike in both databases, and yet have to be asked for from each."""

    add_texts: Insert
    put_members: Insert
    put_heads: Insert


def _writes(upsert: Upsert) -> Writes:
    return Writes(
        add_texts=upsert(agreement_text).on_conflict_do_nothing(),
        put_members=_replacing(upsert, membership, ("acts", "since_version")),
        put_heads=_replacing(upsert, head, ("version", "hash", "engine_version", "state")),
    )


def _replacing(upsert: Upsert, table: Table, columns: Sequence[str]) -> Insert:
    """Insert rows, or put these columns anew where the key is there already."""
    statement = upsert(table)
    replacing: Insert = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={column: statement.excluded[column] for column in columns},
    )
    return replacing


_latest = (select(func.max(event.c.version)).where(event.c.deal == deal.c.id).correlate(deal)).scalar_subquery()

_standing = and_(
    head.c.deal == deal.c.id,
    head.c.version == event.c.version,
    head.c.hash == event.c.hash,
    head.c.engine_version == bindparam("engine_version"),
)

# The heads of some deals, held until the commit: whoever else writes to one of them waits. They are locked in their
# order, so that two that lock several never wait for each other. SQLite has one writer, and nothing to lock.
LOCK = (
    select(head.c.deal).where(head.c.deal.in_(bindparam("ids", expanding=True))).order_by(head.c.deal).with_for_update()
)

# Deals with where their logs stand, and the state if the head belongs to that very entry and these
# rules.
DEALS = (
    select(
        *deal.columns, event.c.version, event.c.hash, event.c.recorded_at_us, head.c.state, moved.c.deal.label("moved")
    )
    .join(event, and_(event.c.deal == deal.c.id, event.c.version == _latest))
    .outerjoin(head, _standing)
    .outerjoin(moved, moved.c.deal == deal.c.id)
    .where(deal.c.id.in_(bindparam("ids", expanding=True)))
)
TEXTS = select(agreement_text.c.sha256, agreement_text.c.text).where(
    agreement_text.c.sha256.in_(bindparam("hashes", expanding=True))
)
KNOWN = select(event).where(tuple_(event.c.deal, event.c.actor, event.c.key).in_(bindparam("pairs", expanding=True)))
SEATS = select(membership.c.deal, membership.c.person, membership.c.party).where(
    tuple_(membership.c.deal, membership.c.person).in_(bindparam("pairs", expanding=True)),
    membership.c.acts == 1,
)
HISTORY = select(event).where(event.c.deal == bindparam("id")).order_by(event.c.version)

ADD_DEALS = deal.insert()
ADD_ENTRIES = event.insert()
WRITES = {"sqlite": _writes(sqlite.insert), "postgresql": _writes(postgresql.insert)}
