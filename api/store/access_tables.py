"""The tables beside the log that say which tokens are good no more, and who has read what.

Neither is sealed: what is in them is no act under any deal. Names of tokens are kept as hashes only.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from api.store.tables import Whole, metadata

revoked = Table(
    "revoked",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at_us", Whole, nullable=False),
    Column("until_us", Whole, nullable=False),
    CheckConstraint("kind in ('token', 'person')", name="kind"),
    sqlite_strict=True,
)
"""A token, or all tokens of a person issued up to `at_us`. After `until_us` all of them have ended by themselves."""

reading = Table(
    "reading",
    metadata,
    Column("deal", Text, ForeignKey("deal.id"), nullable=False),
    Column("at_us", Whole, nullable=False),
    Column("id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("fields", Text, nullable=False),
    PrimaryKeyConstraint("deal", "at_us", "id"),
    Index(None, "person", "at_us"),
    sqlite_strict=True,
)
"""Something of a deal that was shown to a person, in answer to which request."""
