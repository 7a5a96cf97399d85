"""What is to be sent: put there once, sent by one process at a time, and tried again until it arrives or is dead.

A webhook is moved on and what comes next is put into the outbox in one transaction, which only the process wins that
found the webhook where it still is. Who sends something claims it first, and moves on when it is due: a process that
dies holds nothing up for longer than `LEASE`, and what it had sent then may be sent twice, under the same id.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from api.answers import Invalid
from api.store import Store, delivery, webhook
from api.store.codec import from_microseconds, to_microseconds
from api.store.rows import Record, read_rows
from api.store.tables import event
from api.webhooks.hooks import Webhook, let_go, no_such_webhook, webhook_from, webhook_of

TRIES: Final = 10
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(hours=12)
LEASE: Final = timedelta(minutes=1)
AT_ONCE: Final = 32
KEPT: Final = timedelta(days=30)
"""So long is kept what was delivered."""

WAITING: Final = "waiting"
DELIVERED: Final = "delivered"
DEAD: Final = "dead"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that came on a subscription: where it stands there, and the body to send."""

    cursor: str
    body: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A webhook for which there may be something new: the newest entry of its deal, and its secret as it is kept."""

    webhook: Webhook
    version: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to send, or that was sent."""

    id: str
    webhook: str
    number: int
    cursor: str
    body: str
    status: str
    made_at: datetime
    tries: int
    due: datetime
    told: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """Something that is to be sent by who holds the claim, with all that this needs."""

    delivery: Delivery
    claim: str
    owner: str
    deal: str
    url: str
    secret: str
    made_at: datetime
    """When the webhook was made."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """A page of them, the newest first, and whether there are older ones."""

    deliveries: tuple[Delivery, ...]
    more: bool


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 5 seconds, then four times as long each time, and 12 hours at most."""
    return min(FIRST_PAUSE * int(4 ** min(tries - 1, 9)), LONGEST_PAUSE)


class Outbox:
    """The outbox of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------------ filling

    def behind(self, at: datetime) -> Sequence[Behind]:
        """The webhooks whose deal has come further than they have, or for which an instant has come."""
        newest = (
            select(event.c.version).where(event.c.deal == webhook.c.deal).order_by(event.c.version.desc()).limit(1)
        ).scalar_subquery()
        query = select(webhook, newest.label("version")).where(
            webhook.c.ended.is_(None),
            or_(webhook.c.due_us <= to_microseconds(at), webhook.c.seen_version < newest),
        )
        rows = self._store.look(lambda connection: read_rows(connection, query))
        return tuple(Behind(webhook_from(row), row["version"]) for row in rows)

    def put(self, behind: Behind, drawn: Sequence[Drawn], due: datetime | None, at: datetime) -> bool:
        """Move a webhook on and put what has come into the outbox; false where another process has done so before."""
        id, before = behind.webhook.id, behind.webhook.drawn
        here = (webhook.c.id == id, webhook.c.drawn == before, webhook.c.ended.is_(None))
        moved: dict[str, Any] = {
            "cursor": drawn[-1].cursor if drawn else behind.webhook.cursor,
            "drawn": before + len(drawn),
            "seen_version": behind.version,
            "due_us": to_microseconds(due) if due is not None else None,
        }
        rows = [_row(id, number, each, at) for number, each in enumerate(drawn, before + 1)]

        def write(connection: Connection) -> bool:
            if connection.execute(update(webhook).where(*here).values(**moved)).rowcount == 0:
                return False
            if rows:
                connection.execute(delivery.insert(), rows)
            return True

        return self._store.write(write)

    def end(self, id: str, why: str, at: datetime) -> None:
        """Let a webhook send nothing more."""
        self._store.write(lambda connection: let_go(connection, id, why, at))

    # ------------------------------------------------------------------ sending

    def claim(self, at: datetime) -> Sequence[Claimed]:
        """What is due and nobody else sends: of each webhook one, of so many as are sent at once."""
        claim = secrets.token_hex(8)
        due = (delivery.c.status == WAITING, delivery.c.due_us <= to_microseconds(at))
        if not self._store.look(
            lambda connection: connection.execute(select(delivery.c.id).where(*due).limit(1)).all()
        ):
            return ()  # mostly so, and whoever writes entries is not held up
        order = (delivery.c.due_us, delivery.c.number, delivery.c.id)
        nth = func.row_number().over(partition_by=delivery.c.webhook, order_by=order)
        first = select(delivery.c.id, nth.label("nth")).where(*due).subquery()
        turn = select(delivery.c.id).where(delivery.c.id.in_(select(first.c.id).where(first.c.nth == 1)), *due)
        turn = turn.order_by(*order).limit(AT_ONCE).with_for_update(skip_locked=True)

        def write(connection: Connection) -> list[Record]:
            ids = connection.execute(turn).scalars().all()
            if not ids:
                return []
            taken = {"claim": claim, "due_us": to_microseconds(at + LEASE), "tries": delivery.c.tries + 1}
            connection.execute(update(delivery).where(delivery.c.id.in_(ids)).values(**taken))
            more = (webhook.c.owner, webhook.c.deal, webhook.c.url, webhook.c.secret)
            since = webhook.c.made_at_us.label("since_us")
            return read_rows(connection, select(delivery, *more, since).join(webhook).where(delivery.c.id.in_(ids)))

        rows = self._store.write(write)
        return tuple(
            Claimed(
                _delivery(row), claim, row["owner"], row["deal"], row["url"], row["secret"],
                from_microseconds(row["since_us"]),
            )
            for row in rows
        )  # fmt: skip

    def arrived(self, claimed: Claimed, told: str, at: datetime) -> None:
        """Something has arrived."""
        self._settle(claimed, status=DELIVERED, told=told, settled_at_us=to_microseconds(at))

    def failed(self, claimed: Claimed, told: str, at: datetime, later: timedelta | None = None) -> None:
        """Something has not arrived: it is tried again, `later` at the earliest, or dead after so many tries."""
        if claimed.delivery.tries >= TRIES:
            self._settle(claimed, status=DEAD, told=told, settled_at_us=to_microseconds(at))
            return
        pause = pause_after(claimed.delivery.tries)
        pause += pause * (secrets.randbelow(1000) / 10_000)  # so that not all come again at once
        due = at + max(pause, min(later or timedelta(0), LONGEST_PAUSE))
        self._settle(claimed, told=told, due_us=to_microseconds(due))

    def _settle(self, claimed: Claimed, **values: Any) -> None:
        ours = (delivery.c.id == claimed.delivery.id, delivery.c.claim == claimed.claim)
        settled = update(delivery).where(*ours).values(claim=None, **values)
        self._store.write(lambda connection: connection.execute(settled).close())

    def forget(self, at: datetime) -> None:
        """Throw away what was delivered long ago."""
        old = (delivery.c.status == DELIVERED, delivery.c.settled_at_us <= to_microseconds(at - KEPT))
        self._store.write(lambda connection: connection.execute(delete(delivery).where(*old)).close())


# ------------------------------------------------------------------------ looking


def deliveries_of(store: Store, webhook: str, status: str | None, before: int | None, limit: int) -> Deliveries:
    """What is to be sent for a webhook, or was, the newest first: of one status, or all; before one of them, or all."""
    query = select(delivery).where(delivery.c.webhook == webhook)
    if status is not None:
        query = query.where(delivery.c.status == status)
    if before is not None:
        query = query.where(delivery.c.number < before)
    query = query.order_by(delivery.c.number.desc()).limit(limit + 1)
    rows = store.look(lambda connection: read_rows(connection, query))
    return Deliveries(tuple(map(_delivery, rows[:limit])), len(rows) > limit)


def delivery_of(store: Store, owner: str, id: str) -> Delivery | None:
    """Something that is to be sent for a webhook of a person, or was."""
    query = select(delivery).join(webhook).where(delivery.c.id == id, webhook.c.owner == owner)
    rows = store.look(lambda connection: read_rows(connection, query))
    return _delivery(rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for all webhooks together, since when, and how many dead letters there are."""

    waiting: int
    since: datetime | None
    dead: int


def backlog_of(store: Store) -> Backlog:
    """What is to be sent for all webhooks, for those who operate the service."""
    query = select(delivery.c.status, func.count().label("count"), func.min(delivery.c.made_at_us).label("since"))
    asked = query.where(delivery.c.status.in_((WAITING, DEAD))).group_by(delivery.c.status)
    rows = {row["status"]: row for row in store.look(lambda connection: read_rows(connection, asked))}
    waiting, dead = rows.get(WAITING), rows.get(DEAD)
    since = from_microseconds(waiting["since"]) if waiting is not None else None
    return Backlog(waiting["count"] if waiting is not None else 0, since, dead["count"] if dead is not None else 0)


def counts_of(store: Store, webhook: str) -> dict[str, int]:
    """How many there are of each status."""
    query = select(delivery.c.status, func.count().label("count")).where(delivery.c.webhook == webhook)
    rows = store.look(lambda connection: read_rows(connection, query.group_by(delivery.c.status)))
    return {WAITING: 0, DELIVERED: 0, DEAD: 0} | {row["status"]: row["count"] for row in rows}


def replay(store: Store, owner: str | None, id: str, only: str | None, at: datetime) -> int | Invalid:
    """Send what is dead of a webhook again, one or all, under the same ids: how many are sent.

    `owner` is None for who keeps the database, who may do so for everybody.
    """
    found = webhook_of(store, owner, id)
    if found is None or found.ended is not None:
        return no_such_webhook(id)
    dead: list[ColumnElement[bool]] = [delivery.c.webhook == id, delivery.c.status == DEAD]
    if only is not None:
        dead.append(delivery.c.id == only)
    again = {"status": WAITING, "settled_at_us": None, "tries": 0, "due_us": to_microseconds(at), "claim": None}
    count = store.write(lambda connection: connection.execute(update(delivery).where(*dead).values(**again)).rowcount)
    if only is not None and not count:
        return Invalid("NO_SUCH_DELIVERY", (f"This webhook has no dead letter {only}.",))
    return count


def delivery_id(webhook: str, cursor: str) -> str:
    """The id under which something is sent, each time it is: always the same for what stands at one place."""
    return f"msg_{hashlib.sha256(f'{webhook} {cursor}'.encode()).hexdigest()[:32]}"


def _row(webhook: str, number: int, drawn: Drawn, at: datetime) -> dict[str, Any]:
    return {
        "id": delivery_id(webhook, drawn.cursor),
        "webhook": webhook,
        "number": number,
        "cursor": drawn.cursor,
        "body": drawn.body,
        "made_at_us": to_microseconds(at),
        "status": WAITING,
        "tries": 0,
        "due_us": to_microseconds(at),
        "claim": None,
        "told": "",
        "settled_at_us": None,
    }


def _delivery(row: Record) -> Delivery:
    settled = row["settled_at_us"]
    return Delivery(
        row["id"],
        row["webhook"],
        row["number"],
        row["cursor"],
        row["body"],
        row["status"],
        from_microseconds(row["made_at_us"]),
        row["tries"],
        from_microseconds(row["due_us"]),
        row["told"],
        from_microseconds(settled) if settled is not None else None,
    )
