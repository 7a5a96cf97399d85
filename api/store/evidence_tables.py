"""The tables of evidence: the tree over all entries, its signed checkpoints, keys of persons, and what can be erased.

`leaf` fixes the order of all entries of all deals, once and for all: it is written by whoever seals, after the entries
were committed, so that no sequence of the database is ever relied on. `node` holds the full subtrees over the leaves,
and `checkpoint` the signed notes; both can be worked out again from the leaves, and signed anew only by who has the
key. `tree` is one row, which names the log and is locked by whoever seals.

`person_key` and `personal` are no part of the log. What stands in `personal` is only named in the log by a salted hash,
and a person's values can be erased and leave no trace there; a deal need not be open yet for what is kept for it.
What keeps the first four tables append-only stands in `guards`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table, Text, UniqueConstraint

from api.store.tables import Whole, metadata

Words = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is sorted by its bytes, as SQLite does, wherever it is kept."""

tree = Table(
    "tree",
    metadata,
    Column("id", Whole, primary_key=True, autoincrement=False),
    Column("origin", Words, nullable=False),
    CheckConstraint("id = 1", name="one"),
    sqlite_strict=True,
)

leaf = Table(
    "leaf",
    metadata,
    Column("number", Whole, primary_key=True, autoincrement=False),
    Column("deal", Words, nullable=False),
    Column("version", Whole, nullable=False),
    Column("hash", Words, nullable=False),
    UniqueConstraint("deal", "version"),
    CheckConstraint("number >= 0", name="number"),
    sqlite_strict=True,
)

node = Table(
    "node",
    metadata,
    Column("level", Whole, primary_key=True, autoincrement=False),
    Column("number", Whole, primary_key=True, autoincrement=False),
    Column("hash", Words, nullable=False),
    CheckConstraint("level > 0", name="level"),
    sqlite_strict=True,
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Whole, primary_key=True, autoincrement=False),
    Column("key", Words, nullable=False),
    Column("note", Words, nullable=False),
    sqlite_strict=True,
)

person_key = Table(
    "person_key",
    metadata,
    Column("person", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("public_key", Words, nullable=False),
    Column("registered_at_us", Whole, nullable=False),
    Column("revoked_at_us", Whole),
    sqlite_strict=True,
)

personal = Table(
    "personal",
    metadata,
    Column("reference", Words, primary_key=True),
    Column("deal", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("kept_at_us", Whole, nullable=False),
    Column("salt", Words),
    Column("value", Words),
    Column("erased_at_us", Whole),
    CheckConstraint("(salt IS NULL) = (erased_at_us IS NOT NULL)", name="salt"),
    CheckConstraint("(value IS NULL) = (erased_at_us IS NOT NULL)", name="value"),
    Index(None, "person"),
    Index(None, "deal"),
    sqlite_strict=True,
)
