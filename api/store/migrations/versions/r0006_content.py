"""Which content is held for which deal."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
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
