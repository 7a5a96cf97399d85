"""Which tokens are good no more, and who has read what."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "revoked",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at_us", WHOLE, nullable=False),
        sa.Column("until_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_revoked"),
        sa.CheckConstraint("kind in ('token', 'person')", name=op.f("ck_revoked_kind")),
        sqlite_strict=True,
    )
    op.create_table(
        "reading",
        sa.Column("deal", sa.Text, nullable=False),
        sa.Column("at_us", WHOLE, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("deal", "at_us", "id", name="pk_reading"),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_reading_deal"),
        sqlite_strict=True,
    )
    op.create_index("ix_reading_person_at_us", "reading", ["person", "at_us"])
