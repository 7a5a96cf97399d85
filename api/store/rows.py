"""Entries of the log to rows of the table, and back.

The one place that knows both the columns and the values, so that what is sealed, what is stored and
what is read are the same thing by construction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import Connection
from sqlalchemy.sql.selectable import TypedReturnsRows

from api.store.codec import canonical, from_microseconds, to_microseconds
from api.store.handler import Kind, Member, StoredDeal, StoredEvent

Record: TypeAlias = Mapping[str, Any]
"""A row of any table, by the names of its columns."""

NOBODY: Final = "[]"
"""The members of an entry that seats nobody."""


def read_rows(connection: Connection, query: TypedReturnsRows[Any], told: Record | None = None) -> list[Record]:
    """All rows that a query finds, with these values for its parameters."""
    return [row._asdict() for row in connection.execute(query, told).all()]


def event_row(entry: StoredEvent) -> dict[str, str | int]:
    """An entry as the row to insert."""
    return {
        "deal": entry.deal,
        "version": entry.version,
        "kind": entry.kind,
        "actor": entry.actor,
        "key": entry.key,
        "request_sha256": entry.request_sha256,
        "effective_at_us": to_microseconds(entry.effective_at),
        "zone": entry.zone,
        "recorded_at_us": to_microseconds(entry.recorded_at),
        "agreement": entry.agreement,
        "agreement_sha256": entry.agreement_sha256,
        "members": canonical(entry.members) if entry.members else NOBODY,
        "body": entry.body,
        "answer": entry.answer,
        "algorithm": entry.algorithm,
        "prev_hash": entry.prev_hash,
        "hash": entry.hash,
    }


def event_from(row: Record) -> StoredEvent:
    """The entry that a row of the log holds."""
    return StoredEvent(
        deal=row["deal"],
        version=row["version"],
        kind=cast(Kind, row["kind"]),
        actor=row["actor"],
        key=row["key"],
        request_sha256=row["request_sha256"],
        effective_at=from_microseconds(row["effective_at_us"]),
        zone=row["zone"],
        recorded_at=from_microseconds(row["recorded_at_us"]),
        agreement=row["agreement"],
        agreement_sha256=row["agreement_sha256"],
        members=members_from(row["members"]),
        body=row["body"],
        answer=row["answer"],
        algorithm=row["algorithm"],
        prev_hash=row["prev_hash"],
        hash=row["hash"],
    )


def members_from(text: str) -> tuple[Member, ...]:
    """Who was bound to which party, or released from it, by one entry."""
    return tuple((person, party, acts) for person, party, acts in json.loads(text))


def deal_row(deal: StoredDeal) -> dict[str, str | int]:
    """A deal as the row to insert; its text has a row of its own."""
    return {
        "id": deal.id,
        "agreement": deal.agreement,
        "agreement_sha256": deal.agreement_sha256,
        "opened_at_us": to_microseconds(deal.opened_at),
        "opened_by": deal.opened_by,
    }


def deal_from(row: Record, text: str) -> StoredDeal:
    """The deal that a row holds, with the text it is pinned to."""
    return StoredDeal(
        id=row["id"],
        agreement=row["agreement"],
        agreement_sha256=row["agreement_sha256"],
        text=text,
        opened_at=from_microseconds(row["opened_at_us"]),
        opened_by=row["opened_by"],
    )
