"""The tables beside the log that say which tokens are good no more, and who has read what.

Neither is sealed: what is in them is no act under any deal. Names of tokens are kept as hashes only.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, Table

from api.store.tables import Whole, Words, metadata

revoked = Table(
    "revoked",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("at_us", Whole, nullable=False),
    Column("until_us", Whole, nullable=False),
    CheckConstraint("kind in ('token', 'person')", name="kind"),
    sqlite_strict=True,
)
"""A token, or all tokens of a person issued up to `at_us`. After `until_us` all of them have ended by themselves."""

reading = Table(
    "reading",
    metadata,
    Column("deal", Words, ForeignKey("deal.id"), nullable=False),
    Column("at_us", Whole, nullable=False),
    Column("id", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("request", Words, nullable=False),
    Column("operation", Words, nullable=False),
    Column("fields", Words, nullable=False),
    PrimaryKeyConstraint("deal", "at_us", "id"),
    Index(None, "person", "at_us"),
    sqlite_strict=True,
)
"""Something of a deal that was shown to a person, in answer to which request."""
