"""Stored subscriptions, the outbox of what is to be sent for them, and which content is held for which deal."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "webhook",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("secret", WORDS, nullable=False),
        sa.Column("made_at_us", WHOLE, nullable=False),
        sa.Column("cursor", WORDS, nullable=False),
        sa.Column("drawn", WHOLE, nullable=False),
        sa.Column("seen_version", WHOLE, nullable=False),
        sa.Column("due_us", WHOLE),
        sa.Column("ended", WORDS),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_webhook_deal"),
        sqlite_strict=True,
    )
    op.create_index("ix_webhook_deal", "webhook", ["deal"])
    op.create_index("ix_webhook_owner_made_at_us_id", "webhook", ["owner", "made_at_us", "id"])
    op.create_table(
        "delivery",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("webhook", WORDS, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("cursor", WORDS, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.Column("made_at_us", WHOLE, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("tries", WHOLE, nullable=False),
        sa.Column("due_us", WHOLE, nullable=False),
        sa.Column("claim", WORDS),
        sa.Column("told", WORDS, nullable=False),
        sa.Column("settled_at_us", WHOLE),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("webhook", "number", name="uq_delivery_webhook_number"),
        sa.CheckConstraint("status in ('waiting', 'delivered', 'dead')", name=op.f("ck_delivery_status")),
        sa.CheckConstraint("(status = 'waiting') = (settled_at_us IS NULL)", name=op.f("ck_delivery_settled")),
        sa.ForeignKeyConstraint(["webhook"], ["webhook.id"], name="fk_delivery_webhook"),
        sqlite_strict=True,
    )
    op.create_index("ix_delivery_status_due_us", "delivery", ["status", "due_us"])
    op.create_index("ix_delivery_webhook_status_number", "delivery", ["webhook", "status", "number"])
    op.create_table(
        "content",
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("held_at_us", WHOLE, nullable=False),
        sa.Column("media_type", WORDS),
        sa.Column("size", WHOLE),
        sa.Column("person", WORDS),
        sa.Column("erased_at_us", WHOLE),
        sa.PrimaryKeyConstraint("deal", "sha256", name="pk_content"),
        sa.CheckConstraint("(media_type IS NULL) = (erased_at_us IS NOT NULL)", name=op.f("ck_content_media_type")),
        sa.CheckConstraint("(size IS NULL) = (erased_at_us IS NOT NULL)", name=op.f("ck_content_size")),
        sa.CheckConstraint("(person IS NULL) = (erased_at_us IS NOT NULL)", name=op.f("ck_content_person")),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_content_deal"),
        sqlite_strict=True,
    )
    op.create_index("ix_content_sha256", "content", ["sha256"])
    op.create_index("ix_content_person", "content", ["person"])
