"""Webhooks at work: over and over, what has come is put into the outbox, and what is due there is sent.

Any process on a database may do so, and several at once: each thing is put into the outbox once, and claimed by one of
them before it is sent.
"""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from strawberry import Schema

from api.service import Service
from api.telemetry import Metrics
from api.webhooks.drawing import ENDINGS, Ended, Later, draw, next_due, owner_of
from api.webhooks.outbox import Behind, Claimed, Outbox
from api.webhooks.sending import NoAnswer, Sender, send
from api.webhooks.signing import Unreadable, headers
from api.webhooks.targets import Forbidden

INTERVAL: Final = 1.0
"""Seconds between two rounds."""
BURST: Final = 20
"""So many things are sent for one webhook before it is looked again what has come."""
SWEEP: Final = 3600
"""Every so many rounds what was delivered long ago is thrown away."""
GONE: Final = 410
"""How a receiver says that it wants nothing more (RFC 9110, 15.5.11)."""

log = logging.getLogger(__name__)


class Dispatcher:
    """Does the rounds for one service."""

    def __init__(self, service: Service, schema: Schema, sender: Sender = send, metrics: Metrics | None = None) -> None:
        self._service = service
        self._schema = schema
        self._posting = service.can_post()
        self._sender = sender
        self._tries = (metrics or Metrics()).tries
        self._outbox = Outbox(service.store)
        self._ended = threading.Event()

    async def round(self) -> None:
        """Put what has come into the outbox, and send what is due."""
        await self.fill()
        for _ in range(BURST):
            if self._ended.is_set() or not await self.empty():
                return

    async def fill(self) -> None:
        """Put what has come into the outbox."""
        for behind in await asyncio.to_thread(self._outbox.behind, self._service.clock.now()):
            if self._ended.is_set():
                return
            try:
                await self._draw(behind)
            except ValueError:  # a log that is damaged keeps no other webhook waiting
                log.warning("what is new for webhook %s cannot be found out", behind.webhook.id, exc_info=True)

    async def _draw(self, behind: Behind) -> None:
        webhook, clock = behind.webhook, self._service.clock
        due = await asyncio.to_thread(next_due, self._service, webhook)
        match await draw(self._service, self._schema, webhook):
            case Later():
                return
            case Ended(why=why):
                await asyncio.to_thread(self._outbox.end, webhook.id, why, clock.now())
            case drawn:
                await asyncio.to_thread(self._outbox.put, behind, drawn, due, clock.now())

    async def empty(self) -> bool:
        """Send what is due, of each webhook one; whether there was anything."""
        claimed = await asyncio.to_thread(self._outbox.claim, self._service.clock.now())
        await asyncio.gather(*map(self._deliver, claimed))
        return bool(claimed)

    async def _deliver(self, claimed: Claimed) -> None:
        """Send one thing, and note what came of it."""
        id, box, clock = claimed.delivery.webhook, self._outbox, self._service.clock
        barred = await asyncio.to_thread(self._barred, claimed)
        if barred is not None:
            await asyncio.to_thread(box.end, id, barred, clock.now())
            return
        body = claimed.delivery.body.encode()
        later: timedelta | None = None
        try:
            secret = self._posting.vault.open(id, claimed.secret)
            target = await self._posting.targets.find(claimed.url)
            reply = await self._sender(target, headers(secret, claimed.delivery.id, clock.now(), body), body)
        except (Forbidden, NoAnswer, Unreadable) as error:
            told = f"Not sent: {error}." if not isinstance(error, NoAnswer) else f"Sent: {error}."
        else:
            told, later = f"Answered {reply.status}.", timedelta(seconds=reply.retry_after or 0)
            if 200 <= reply.status < 300:
                self._tries.labels("delivered").inc()
                await asyncio.to_thread(box.arrived, claimed, told, clock.now())
                return
            if reply.status == GONE:
                await asyncio.to_thread(box.end, id, "Its receiver wants nothing more (410).", clock.now())
                return
        self._tries.labels("failed").inc()
        await asyncio.to_thread(partial(box.failed, claimed, told, clock.now(), later))

    def _barred(self, claimed: Claimed) -> str | None:
        """Why the owner of a webhook may not be told any more what waits for it; None if he or she may."""
        if not self._service.access.good(owner_of(claimed.owner, claimed.made_at)):
            return ENDINGS["UNAUTHENTICATED"]
        seated = self._service.store.read.parties_of(claimed.deal, claimed.owner)
        return None if seated else ENDINGS["NO_SUCH_DEAL"]

    # ------------------------------------------------------------------ over and over

    @contextmanager
    def running(self) -> Iterator[None]:
        """Do the rounds for as long as the block lasts; what is being sent then is sent to its end."""
        thread = threading.Thread(target=self._run, name="clausula-webhooks", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _run(self) -> None:
        rounds = 0
        with asyncio.Runner() as runner:
            while not self._ended.wait(INTERVAL):
                try:
                    runner.run(self.round())
                    if rounds % SWEEP == 0:
                        self._outbox.forget(self._service.clock.now())
                except (SQLAlchemyError, ValueError):
                    log.warning("webhooks cannot be seen to now; it is tried again", exc_info=True)
                rounds += 1
