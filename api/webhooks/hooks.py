"""Webhooks as their owners see them: made for a deal in which one has a seat, listed, and ended.

A webhook tells what its owner may see, and no longer than he or she may: it ends with the seat, and when all that the
owner was issued is revoked. What waits in its outbox then is not sent any more.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select, update

from api.answers import Invalid
from api.store import Store, delivery, webhook
from api.store.codec import from_microseconds, to_microseconds
from api.store.rows import Record, read_rows
from api.webhooks.signing import Vault, new_secret
from api.webhooks.targets import Forbidden, Targets

MOST: Final = 20
"""So many that still send may one person have in one deal."""
LONGEST_DOCUMENT: Final = 20_000

ENDED_BY_OWNER: Final = "Its owner has ended it."


@dataclass(frozen=True, slots=True)
class Webhook:
    """A subscription that is stored, of which so many things were `drawn`, up to `cursor`.

    `ended` says why nothing more is sent; None as long as something is.
    """

    id: str
    deal: str
    owner: str
    url: str
    stream: str
    document: str
    made_at: datetime
    cursor: str
    drawn: int
    ended: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """A webhook with its secret, which is not told again."""

    webhook: Webhook
    secret: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A webhook that somebody wants: a subscription, which `stream` it is of, from where on, and where to send it."""

    owner: str
    deal: str
    url: str
    stream: str
    document: str
    cursor: str


@dataclass(frozen=True, slots=True)
class Posting:
    """What is needed to send anything: the key that secrets are kept with, and where anything may be sent."""

    vault: Vault
    targets: Targets


async def require_target(posting: Posting, url: str) -> Invalid | None:
    """What is wrong with an address to send to; None if nothing is."""
    try:
        await posting.targets.find(url)
    except Forbidden as error:
        return Invalid("BAD_TARGET", (f"Nothing can be sent there: {error}.",))
    return None


def make(store: Store, vault: Vault, wanted: Wanted, at: datetime) -> Made | Invalid:
    """Store a subscription; what comes on it from now on is sent. That its owner has a seat was seen before."""
    id, secret = secrets.token_hex(16), new_secret()
    row = {
        "id": id,
        "deal": wanted.deal,
        "owner": wanted.owner,
        "url": wanted.url,
        "stream": wanted.stream,
        "document": wanted.document,
        "secret": vault.lock(id, secret),
        "made_at_us": to_microseconds(at),
        "cursor": wanted.cursor,
        "drawn": 0,
        "seen_version": 0,
        "due_us": to_microseconds(at),
        "ended": None,
    }
    mine = (webhook.c.owner == wanted.owner, webhook.c.deal == wanted.deal, webhook.c.ended.is_(None))

    def put(connection: Connection) -> bool:
        if connection.execute(select(func.count()).select_from(webhook).where(*mine)).scalar_one() >= MOST:
            return False
        connection.execute(webhook.insert(), row)
        return True

    if not store.write(put):
        return Invalid("TOO_MUCH", (f"You have {MOST} webhooks in this deal. End one of them first.",))
    return Made(webhook_from(row), secret)


def renew(store: Store, vault: Vault, owner: str, id: str) -> Made | Invalid:
    """A new secret for a webhook; what is sent from now on is signed with it."""
    secret = new_secret()
    mine = (webhook.c.id == id, webhook.c.owner == owner, webhook.c.ended.is_(None))

    def put(connection: Connection) -> Webhook | None:
        connection.execute(update(webhook).where(*mine).values(secret=vault.lock(id, secret)))
        return _one(connection, *mine)

    found = store.write(put)
    return Made(found, secret) if found is not None else no_such_webhook(id)


def end(store: Store, owner: str, id: str, at: datetime) -> Webhook | Invalid:
    """Let a webhook send nothing more; ending it again changes nothing, and nothing brings it back."""
    mine = (webhook.c.id == id, webhook.c.owner == owner)

    def put(connection: Connection) -> Webhook | None:
        found = _one(connection, *mine)
        if found is not None:
            let_go(connection, id, ENDED_BY_OWNER, at)
        return _one(connection, *mine)

    return store.write(put) or no_such_webhook(id)


def let_go(connection: Connection, id: str, why: str, at: datetime) -> None:
    """End a webhook that has not ended, and let what waits to be sent for it be dead."""
    connection.execute(update(webhook).where(webhook.c.id == id, webhook.c.ended.is_(None)).values(ended=why))
    waiting = (delivery.c.webhook == id, delivery.c.status == "waiting")
    gone = {"status": "dead", "settled_at_us": to_microseconds(at), "told": f"The webhook has ended. {why}"}
    connection.execute(update(delivery).where(*waiting).values(**gone, claim=None))


def webhooks_of(store: Store, owner: str | None = None) -> Sequence[Webhook]:
    """The webhooks of a person, or of everybody for who keeps the database, the oldest first."""
    query = select(webhook).order_by(webhook.c.made_at_us, webhook.c.id)
    if owner is not None:
        query = query.where(webhook.c.owner == owner)
    rows = store.look(lambda connection: read_rows(connection, query))
    return tuple(map(webhook_from, rows))


def webhook_of(store: Store, owner: str | None, id: str) -> Webhook | None:
    """A webhook of a person, or of anybody for who keeps the database."""
    mine = (webhook.c.id == id, *((webhook.c.owner == owner,) if owner is not None else ()))
    return store.look(lambda connection: _one(connection, *mine))


def no_such_webhook(id: str) -> Invalid:
    """The answer to who names a webhook that is not there, or that is somebody else's."""
    return Invalid("NO_SUCH_WEBHOOK", (f"You have no webhook {id} that sends.",))


def _one(connection: Connection, *where: object) -> Webhook | None:
    rows = read_rows(connection, select(webhook).where(*where))  # type: ignore[arg-type]
    return webhook_from(rows[0]) if rows else None


def webhook_from(row: Record) -> Webhook:
    """The webhook that a row holds."""
    return Webhook(
        row["id"],
        row["deal"],
        row["owner"],
        row["url"],
        row["stream"],
        row["document"],
        from_microseconds(row["made_at_us"]),
        row["cursor"],
        row["drawn"],
        row["ended"],
    )
