"""The statements of the writer, built once.

To put a statement together takes longer than to run it, and a fixed list of them shows at a glance
that what people send can only ever become a parameter.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, and_, bindparam, func, select, tuple_
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from api.store.tables import agreement_text, deal, event, head, membership


def _replacing(table: Table, columns: Sequence[str]) -> Insert:
    """Insert rows, or put these columns anew where the key is there already."""
    statement = upsert(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={column: statement.excluded[column] for column in columns},
    )


_latest = (select(func.max(event.c.version)).where(event.c.deal == deal.c.id).correlate(deal)).scalar_subquery()

_standing = and_(
    head.c.deal == deal.c.id,
    head.c.version == event.c.version,
    head.c.hash == event.c.hash,
    head.c.engine_version == bindparam("engine_version"),
)

# Deals with where their logs stand, and the state if the head belongs to that very entry and these
# rules.
DEALS = (
    select(*deal.columns, event.c.version, event.c.hash, event.c.recorded_at_us, head.c.state)
    .join(event, and_(event.c.deal == deal.c.id, event.c.version == _latest))
    .outerjoin(head, _standing)
    .where(deal.c.id.in_(bindparam("ids", expanding=True)))
)
TEXTS = select(agreement_text.c.sha256, agreement_text.c.text).where(
    agreement_text.c.sha256.in_(bindparam("hashes", expanding=True))
)
KNOWN = select(event).where(tuple_(event.c.actor, event.c.key).in_(bindparam("pairs", expanding=True)))
SEATS = select(membership.c.deal, membership.c.person, membership.c.party).where(
    tuple_(membership.c.deal, membership.c.person).in_(bindparam("pairs", expanding=True)),
    membership.c.acts == 1,
)
HISTORY = select(event).where(event.c.deal == bindparam("id")).order_by(event.c.version)

ADD_TEXTS = upsert(agreement_text).on_conflict_do_nothing()
ADD_DEALS = deal.insert()
ADD_ENTRIES = event.insert()
PUT_MEMBERS = _replacing(membership, ("acts", "since_version"))
PUT_HEADS = _replacing(head, ("version", "hash", "engine_version", "state"))
