"""The tables of the store; `guards` has the triggers that keep its log append-only.

`event` is the record; everything a deal is follows from it. `deal` and `agreement_text` hold what
the log refers to, once written and never changed. `head` and `membership` are what the log says,
folded, so that the n-th attempt costs the same as the first; both can be thrown away and made
again.

Instants are whole microseconds since 1970 in UTC, hashes are lower-case hexadecimal, truth values
are 0 and 1: the strict tables of SQLite know whole numbers and texts, and nothing here needs more.
The same tables stand in SQLite and in PostgreSQL. Each unique key holds the deal (that of a text is
its own hash), and no number from a sequence means anything: a database that is split over machines
by deal can keep every promise without asking another machine. So a key of a person is good for one
request in each deal, and an opening, whose deal is named after the person and the key, is under it
the same opening for ever.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NO_HASH = "0" * 64
"""What stands for the seal of the entry before the first."""

Whole = BigInteger().with_variant(Integer, "sqlite")
Words = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is sorted by its bytes, as SQLite does, wherever it is kept."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

agreement_text = Table(
    "agreement_text",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("text", Words, nullable=False),
    sqlite_strict=True,
)

deal = Table(
    "deal",
    metadata,
    Column("id", Words, primary_key=True),
    Column("agreement", Words, nullable=False),
    Column("agreement_sha256", Words, ForeignKey("agreement_text.sha256"), nullable=False),
    Column("opened_at_us", Whole, nullable=False),
    Column("opened_by", Words, nullable=False),
    Index(None, "opened_at_us", "id"),
    sqlite_strict=True,
)

event = Table(
    "event",
    metadata,
    Column("deal", Words, ForeignKey("deal.id"), primary_key=True),
    Column("version", Whole, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("request_sha256", Words, nullable=False),
    Column("effective_at_us", Whole, nullable=False),
    Column("zone", Words, nullable=False),
    Column("recorded_at_us", Whole, nullable=False),
    Column("agreement", Words, nullable=False),
    Column("agreement_sha256", Words, ForeignKey("agreement_text.sha256"), nullable=False),
    Column("members", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("algorithm", Words, nullable=False),
    Column("prev_hash", Words, nullable=False),
    Column("hash", Words, nullable=False),
    UniqueConstraint("deal", "actor", "key"),
    CheckConstraint("kind in ('opened', 'accepted', 'refused')", name="kind"),
    CheckConstraint("(kind = 'opened') = (version = 1)", name="opened_first"),
    sqlite_strict=True,
)

head = Table(
    "head",
    metadata,
    Column("deal", Words, ForeignKey("deal.id"), primary_key=True),
    Column("version", Whole, nullable=False),
    Column("hash", Words, nullable=False),
    Column("engine_version", Words, nullable=False),
    Column("state", Words, nullable=False),
    sqlite_strict=True,
)

membership = Table(
    "membership",
    metadata,
    Column("deal", Words, ForeignKey("deal.id"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("party", Words, primary_key=True),
    Column("acts", Whole, nullable=False),
    Column("since_version", Whole, nullable=False),
    CheckConstraint("acts in (0, 1)", name="acts"),
    Index(None, "person", "deal"),
    sqlite_strict=True,
)

moved = Table(
    "moved",
    metadata,
    Column("deal", Words, ForeignKey("deal.id"), primary_key=True),
    Column("destination", Words, nullable=False),
    Column("moved_at_us", Whole, nullable=False),
    sqlite_strict=True,
)
"""Deals whose log goes on in another database; here they are closed."""
