"""The table of what is held for a deal beside its log: the content of papers, by its SHA-256.

The bytes are elsewhere (`api.contents`). What was erased keeps its row, so that it is known that something of that hash
was held and is not any more; nothing but the hash and the instant stays in it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from api.store.tables import Whole, Words, metadata

content = Table(
    "content",
    metadata,
    Column("deal", Words, ForeignKey("deal.id"), primary_key=True),
    Column("sha256", Words, primary_key=True),
    Column("held_at_us", Whole, nullable=False),
    Column("media_type", Words),
    Column("size", Whole),
    Column("person", Words),
    Column("erased_at_us", Whole),
    CheckConstraint("(media_type IS NULL) = (erased_at_us IS NOT NULL)", name="media_type"),
    CheckConstraint("(size IS NULL) = (erased_at_us IS NOT NULL)", name="size"),
    CheckConstraint("(person IS NULL) = (erased_at_us IS NOT NULL)", name="person"),
    Index(None, "sha256"),
    Index(None, "person"),
    sqlite_strict=True,
)
