"""The deal is in every unique key, no row has a number of its own, and PostgreSQL has the same tables.

A key is good for one request of a person in each deal; it was for one of a person in any. Every file that kept the old
promise keeps the new one. An SQLite file gets a new table of entries, into which the old ones are copied as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables on PostgreSQL; on SQLite, lay the entries over into the new one."""
    if op.get_context().dialect.name == "sqlite":
        op.rename_table("event", "event_before")
        _entries()
        kept = ", ".join(f'"{name}"' for name in COLUMNS)
        op.execute(f"INSERT INTO event ({kept}) SELECT {kept} FROM event_before ORDER BY pos")  # noqa: S608
        op.drop_table("event_before")
        for trigger in SQLITE_TRIGGERS:
            op.execute(trigger)
    else:
        _texts_and_deals()
        _entries()
        _what_the_entries_say()
        for statement in (*FUNCTIONS, *TRIGGERS):
            op.execute(statement)
    op.create_table(
        "moved",
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("destination", WORDS, nullable=False),
        sa.Column("moved_at_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("deal", name="pk_moved"),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_moved_deal"),
        sqlite_strict=True,
    )


def _entries() -> None:
    op.create_table(
        "event",
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("version", WHOLE, autoincrement=False, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("request_sha256", WORDS, nullable=False),
        sa.Column("effective_at_us", WHOLE, nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.Column("recorded_at_us", WHOLE, nullable=False),
        sa.Column("agreement", WORDS, nullable=False),
        sa.Column("agreement_sha256", WORDS, nullable=False),
        sa.Column("members", WORDS, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.Column("answer", WORDS, nullable=False),
        sa.Column("algorithm", WORDS, nullable=False),
        sa.Column("prev_hash", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("deal", "version", name="pk_event"),
        sa.UniqueConstraint("deal", "actor", "key", name="uq_event_deal_actor_key"),
        sa.CheckConstraint("kind in ('opened', 'accepted', 'refused')", name=op.f("ck_event_kind")),
        sa.CheckConstraint("(kind = 'opened') = (version = 1)", name=op.f("ck_event_opened_first")),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_event_deal"),
        sa.ForeignKeyConstraint(["agreement_sha256"], ["agreement_text.sha256"], name="fk_event_agreement_sha256"),
        sqlite_strict=True,
    )


def _texts_and_deals() -> None:
    op.create_table(
        "agreement_text",
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_agreement_text"),
    )
    op.create_table(
        "deal",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("agreement", WORDS, nullable=False),
        sa.Column("agreement_sha256", WORDS, nullable=False),
        sa.Column("opened_at_us", WHOLE, nullable=False),
        sa.Column("opened_by", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deal"),
        sa.ForeignKeyConstraint(["agreement_sha256"], ["agreement_text.sha256"], name="fk_deal_agreement_sha256"),
    )
    op.create_index("ix_deal_opened_at_us_id", "deal", ["opened_at_us", "id"])


def _what_the_entries_say() -> None:
    op.create_table(
        "head",
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("engine_version", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("deal", name="pk_head"),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_head_deal"),
    )
    op.create_table(
        "membership",
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("acts", WHOLE, nullable=False),
        sa.Column("since_version", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("deal", "person", "party", name="pk_membership"),
        sa.CheckConstraint("acts in (0, 1)", name=op.f("ck_membership_acts")),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_membership_deal"),
    )
    op.create_index("ix_membership_person_deal", "membership", ["person", "deal"])


COLUMNS = (
    *("deal", "version", "kind", "actor", "key", "request_sha256", "effective_at_us", "zone", "recorded_at_us"),
    *("agreement", "agreement_sha256", "members", "body", "answer", "algorithm", "prev_hash", "hash"),
)

SQLITE_TRIGGERS = (
    """
CREATE TRIGGER event_is_the_next BEFORE INSERT ON event
WHEN NEW.version IS NOT 1 + (SELECT coalesce(max(version), 0) FROM event WHERE deal = NEW.deal)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM event WHERE deal = NEW.deal AND version = NEW.version - 1),
    printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM event WHERE deal = NEW.deal AND actor = NEW.actor AND "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'an entry must be the next one of its deal, under a new key'); END
""".strip(),
    """
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END
""".strip(),
    """
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END
""".strip(),
)

FUNCTIONS = (
    """
CREATE FUNCTION clausula_next_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT version, hash INTO last FROM event WHERE deal = NEW.deal ORDER BY version DESC LIMIT 1;
  IF NEW.version <> coalesce(last.version, 0) + 1 OR NEW.prev_hash <> coalesce(last.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'an entry must be the next one of its deal, under a new key'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'event_is_the_next';
  END IF;
  RETURN NEW;
END
$$
""",
    """
CREATE FUNCTION clausula_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$
""",
)

TRIGGERS = (
    "CREATE TRIGGER event_is_the_next BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION clausula_next_entry()",
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_the_next",
    *(
        statement
        for table in ("agreement_text", "deal", "event")
        for name, when in (
            (f"{table}_is_never_changed", f"BEFORE UPDATE ON {table} FOR EACH ROW"),
            (f"{table}_is_never_deleted", f"BEFORE DELETE ON {table} FOR EACH ROW"),
            (f"{table}_is_never_emptied", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        )
        for statement in (
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION clausula_append_only()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        )
    ),
)
