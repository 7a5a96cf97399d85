"""The tables of webhooks: subscriptions that are stored, and the outbox of what is to be sent for them.

Neither is sealed: they say what is told to whom, and nothing of what happened. How far a webhook has come is kept with
it, and is moved on in the transaction that puts what comes next into the outbox: so each thing is put there once,
whichever process does it. Secrets are kept encrypted.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from api.store.tables import Whole, Words, metadata

webhook = Table(
    "webhook",
    metadata,
    Column("id", Words, primary_key=True),
    Column("deal", Words, ForeignKey("deal.id"), nullable=False),
    Column("owner", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("stream", Words, nullable=False),
    Column("document", Words, nullable=False),
    Column("secret", Words, nullable=False),
    Column("made_at_us", Whole, nullable=False),
    Column("cursor", Words, nullable=False),
    Column("drawn", Whole, nullable=False),
    Column("seen_version", Whole, nullable=False),
    Column("due_us", Whole),
    Column("ended", Words),
    Index(None, "deal"),
    Index(None, "owner", "made_at_us", "id"),
    sqlite_strict=True,
)
"""`stream` is the subscription that `document` asks for; `cursor` is how far it has been put into the outbox, and
`drawn` how many things that were.

All entries up to `seen_version` have been looked at; `due_us` is when to look again if no entry comes. `ended` says why
nothing more is sent, and is null as long as it is.
"""

delivery = Table(
    "delivery",
    metadata,
    Column("id", Words, primary_key=True),
    Column("webhook", Words, ForeignKey("webhook.id"), nullable=False),
    Column("number", Whole, nullable=False),
    Column("cursor", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("made_at_us", Whole, nullable=False),
    Column("status", Words, nullable=False),
    Column("tries", Whole, nullable=False),
    Column("due_us", Whole, nullable=False),
    Column("claim", Words),
    Column("told", Words, nullable=False),
    Column("settled_at_us", Whole),
    UniqueConstraint("webhook", "number"),
    CheckConstraint("status in ('waiting', 'delivered', 'dead')", name="status"),
    CheckConstraint("(status = 'waiting') = (settled_at_us IS NULL)", name="settled"),
    Index(None, "status", "due_us"),
    Index(None, "webhook", "status", "number"),
    sqlite_strict=True,
)
"""Something to send, the `number`th of its webhook.

It waits until `due_us`, is delivered, or is dead: it is tried no more then unless somebody asks for it. Whoever sends
it has put a `claim` on it and moved `due_us` on, to when somebody else may try; `tries` counts the claims, and `told`
is what the last of them came to.
"""
