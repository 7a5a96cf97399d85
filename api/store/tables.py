"""The tables of the store, and the triggers that keep its log append-only.

`event` is the record; everything a deal is follows from it. `deal` and `agreement_text` hold what
the log refers to, once written and never changed. `head` and `membership` are what the log says,
folded, so that the n-th attempt costs the same as the first; both can be thrown away and made
again.

Instants are whole microseconds since 1970 in UTC, hashes are lower-case hexadecimal, truth values
are 0 and 1: the strict tables of SQLite know whole numbers and texts, and nothing here needs more.
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
    Column("sha256", Text, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_strict=True,
)

deal = Table(
    "deal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agreement", Text, nullable=False),
    Column("agreement_sha256", Text, ForeignKey("agreement_text.sha256"), nullable=False),
    Column("opened_at_us", Whole, nullable=False),
    Column("opened_by", Text, nullable=False),
    Index(None, "opened_at_us", "id"),
    sqlite_strict=True,
)

event = Table(
    "event",
    metadata,
    Column("pos", Whole, primary_key=True),
    Column("deal", Text, ForeignKey("deal.id"), nullable=False),
    Column("version", Whole, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("request_sha256", Text, nullable=False),
    Column("effective_at_us", Whole, nullable=False),
    Column("zone", Text, nullable=False),
    Column("recorded_at_us", Whole, nullable=False),
    Column("agreement", Text, nullable=False),
    Column("agreement_sha256", Text, ForeignKey("agreement_text.sha256"), nullable=False),
    Column("members", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("deal", "version"),
    UniqueConstraint("actor", "key"),
    CheckConstraint("pos > 0", name="pos"),
    CheckConstraint("kind in ('opened', 'accepted', 'refused')", name="kind"),
    CheckConstraint("(kind = 'opened') = (version = 1)", name="opened_first"),
    sqlite_strict=True,
)

head = Table(
    "head",
    metadata,
    Column("deal", Text, ForeignKey("deal.id"), primary_key=True),
    Column("version", Whole, nullable=False),
    Column("hash", Text, nullable=False),
    Column("engine_version", Text, nullable=False),
    Column("state", Text, nullable=False),
    sqlite_strict=True,
)

membership = Table(
    "membership",
    metadata,
    Column("deal", Text, ForeignKey("deal.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Column("acts", Whole, nullable=False),
    Column("since_version", Whole, nullable=False),
    CheckConstraint("acts in (0, 1)", name="acts"),
    Index(None, "person", "deal"),
    sqlite_strict=True,
)

# INSERT OR REPLACE deletes the older row without asking a delete trigger, unless recursive_triggers
# is on in that connection; so the insert trigger itself refuses an entry that is not the next one
# of its deal.
APPEND_ONLY = {
    "event_is_the_next": """
CREATE TRIGGER event_is_the_next BEFORE INSERT ON event
WHEN NEW.version IS NOT 1 + (SELECT coalesce(max(version), 0) FROM event WHERE deal = NEW.deal)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM event WHERE deal = NEW.deal AND version = NEW.version - 1),
    printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM event WHERE actor = NEW.actor AND "key" = NEW."key")
  OR EXISTS (SELECT 1 FROM event WHERE pos = NEW.pos)
BEGIN SELECT RAISE(ABORT, 'an entry must be the next one of its deal, under a new key'); END
""".strip(),
    **{
        f"{table}_is_never_{done}": (
            f"CREATE TRIGGER {table}_is_never_{done} BEFORE {verb} ON {table}\n"
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        for table in ("agreement_text", "deal", "event")
        for verb, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
    },
}
"""The triggers by name. The migrations create them word for word; a test compares the two."""
