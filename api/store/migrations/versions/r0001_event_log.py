"""The log of entries, the deals and texts it refers to, heads and memberships.

The log is never rewritten, so there is no way down: an older program gets an older copy of the
file. A PostgreSQL database begins with 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables of the first version."""
    if op.get_context().dialect.name != "sqlite":
        return
    _texts_and_deals()
    _entries()
    _what_the_entries_say()
    for trigger in TRIGGERS:
        op.execute(trigger)


def _texts_and_deals() -> None:
    op.create_table(
        "agreement_text",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_agreement_text"),
        sqlite_strict=True,
    )
    op.create_table(
        "deal",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("agreement", sa.Text, nullable=False),
        sa.Column("agreement_sha256", sa.Text, nullable=False),
        sa.Column("opened_at_us", WHOLE, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deal"),
        sa.ForeignKeyConstraint(["agreement_sha256"], ["agreement_text.sha256"], name="fk_deal_agreement_sha256"),
        sqlite_strict=True,
    )
    op.create_index("ix_deal_opened_at_us_id", "deal", ["opened_at_us", "id"])


def _entries() -> None:
    op.create_table(
        "event",
        sa.Column("pos", WHOLE, nullable=False),
        sa.Column("deal", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("request_sha256", sa.Text, nullable=False),
        sa.Column("effective_at_us", WHOLE, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("recorded_at_us", WHOLE, nullable=False),
        sa.Column("agreement", sa.Text, nullable=False),
        sa.Column("agreement_sha256", sa.Text, nullable=False),
        sa.Column("members", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("algorithm", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("pos", name="pk_event"),
        sa.UniqueConstraint("deal", "version", name="uq_event_deal_version"),
        sa.UniqueConstraint("actor", "key", name="uq_event_actor_key"),
        sa.CheckConstraint("pos > 0", name=op.f("ck_event_pos")),
        sa.CheckConstraint("kind in ('opened', 'accepted', 'refused')", name=op.f("ck_event_kind")),
        sa.CheckConstraint("(kind = 'opened') = (version = 1)", name=op.f("ck_event_opened_first")),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_event_deal"),
        sa.ForeignKeyConstraint(["agreement_sha256"], ["agreement_text.sha256"], name="fk_event_agreement_sha256"),
        sqlite_strict=True,
    )


def _what_the_entries_say() -> None:
    op.create_table(
        "head",
        sa.Column("deal", sa.Text, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("engine_version", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("deal", name="pk_head"),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_head_deal"),
        sqlite_strict=True,
    )
    op.create_table(
        "membership",
        sa.Column("deal", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("acts", WHOLE, nullable=False),
        sa.Column("since_version", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("deal", "person", "party", name="pk_membership"),
        sa.CheckConstraint("acts in (0, 1)", name=op.f("ck_membership_acts")),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_membership_deal"),
        sqlite_strict=True,
    )
    op.create_index("ix_membership_person_deal", "membership", ["person", "deal"])


TRIGGERS = (
    """
CREATE TRIGGER event_is_the_next BEFORE INSERT ON event
WHEN NEW.version IS NOT 1 + (SELECT coalesce(max(version), 0) FROM event WHERE deal = NEW.deal)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM event WHERE deal = NEW.deal AND version = NEW.version - 1),
    printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM event WHERE actor = NEW.actor AND "key" = NEW."key")
  OR EXISTS (SELECT 1 FROM event WHERE pos = NEW.pos)
BEGIN SELECT RAISE(ABORT, 'an entry must be the next one of its deal, under a new key'); END
""".strip(),
    """
CREATE TRIGGER agreement_text_is_never_changed BEFORE UPDATE ON agreement_text
BEGIN SELECT RAISE(ABORT, 'agreement_text is append-only'); END
""".strip(),
    """
CREATE TRIGGER agreement_text_is_never_deleted BEFORE DELETE ON agreement_text
BEGIN SELECT RAISE(ABORT, 'agreement_text is append-only'); END
""".strip(),
    """
CREATE TRIGGER deal_is_never_changed BEFORE UPDATE ON deal
BEGIN SELECT RAISE(ABORT, 'deal is append-only'); END
""".strip(),
    """
CREATE TRIGGER deal_is_never_deleted BEFORE DELETE ON deal
BEGIN SELECT RAISE(ABORT, 'deal is append-only'); END
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
