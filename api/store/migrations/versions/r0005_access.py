"""Which tokens are good no more, and who has read what."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "revoked",
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("at_us", WHOLE, nullable=False),
        sa.Column("until_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_revoked"),
        sa.CheckConstraint("kind in ('token', 'person')", name=op.f("ck_revoked_kind")),
        sqlite_strict=True,
    )
    op.create_table(
        "reading",
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("at_us", WHOLE, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("request", WORDS, nullable=False),
        sa.Column("operation", WORDS, nullable=False),
        sa.Column("fields", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("deal", "at_us", "id", name="pk_reading"),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_reading_deal"),
        sqlite_strict=True,
    )
    op.create_index("ix_reading_person_at_us", "reading", ["person", "at_us"])
