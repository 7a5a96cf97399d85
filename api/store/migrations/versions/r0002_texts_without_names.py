"""A text has no name of its own: what an agreement was called is in the sealed entry that opened the deal.

The column was written and never read, so no seal and no check covered it.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the name from the texts."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("ALTER TABLE agreement_text DROP COLUMN name")
