"""Requests from any number of threads to one durable commit after another.

One thread writes. It takes whatever is waiting, has it heard in memory, commits it as one
transaction and only then answers: under load each sync to the disk serves hundreds of people, and
nobody waits for a lock. The queue has an end; a request that finds it full is refused at once and
stores nothing, which is better than answering late.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from api.clock import Clock
from api.store.batch import Request
from api.store.desk import Desk
from api.store.handler import Handler
from api.store.hub import Hub
from api.store.outcomes import Busy, Outcome, StoreClosed, Stored, StoreFailed

Answer: TypeAlias = Outcome | Exception

# What SQLite says when the disk let it down or the file is not what it was. After a failed sync a
# second one may succeed without the data being there, so no later commit can be believed.
IN_USE = "database is locked"
FATAL = ("disk I/O error", "database disk image is malformed", "file is not a database")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request in the queue, and where its answer goes."""

    request: Request
    future: Future[Outcome] = field(default_factory=Future)


class Writer:
    """Owns the queue and the thread that empties it."""

    def __init__(
        self,
        engine: Engine,
        handler: Handler,
        clock: Clock,
        hub: Hub,
        *,
        queue_size: int,
        batch_size: int,
    ) -> None:
        self._engine = engine
        self._desk = Desk(handler)
        self._clock = clock
        self._hub = hub
        self._batch_size = batch_size
        self._queue: queue.Queue[Ticket | None] = queue.Queue()
        self._queue_size = queue_size
        self._door = threading.Lock()
        self._closed = False
        self._failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="clausula-writer", daemon=True)
        self._thread.start()

    @property
    def failed(self) -> bool:
        """Whether the disk has failed under it, or it was closed: nothing is written any more."""
        return self._closed or self._failure is not None

    def submit(self, request: Request) -> Future[Outcome]:
        """Queue a request. Its future may be cancelled for as long as it waits."""
        ticket = Ticket(request)
        with self._door:
            if self._closed:
                ticket.future.set_exception(StoreClosed("the store is closed"))
            elif self._queue.qsize() >= self._queue_size:
                ticket.future.set_result(Busy())
            else:
                self._queue.put_nowait(ticket)
        return ticket.future

    def close(self) -> None:
        """Take no more requests, answer those that wait, and end."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put_nowait(None)
        self._thread.join()

    def _run(self) -> None:
        while tickets := self._take():
            heard = [ticket for ticket in tickets if ticket.future.set_running_or_notify_cancel()]
            if heard:
                self._settle(heard)

    def _take(self) -> list[Ticket]:
        """Whatever waits, at most a batch of it; nothing once the queue is closed and empty."""
        tickets: list[Ticket] = []
        item = self._queue.get()
        while item is not None:
            tickets.append(item)
            if len(tickets) == self._batch_size:
                return tickets
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return tickets
        if tickets:
            self._queue.put_nowait(None)  # for the next round
        return tickets

    def _settle(self, tickets: Sequence[Ticket]) -> None:
        answers = self._answers([ticket.request for ticket in tickets])
        self._announce(answers)
        for ticket, answer in zip(tickets, answers, strict=True):
            if isinstance(answer, Exception):
                ticket.future.set_exception(answer)
            else:
                ticket.future.set_result(answer)

    def _answers(self, requests: Sequence[Request]) -> list[Answer]:
        """Answer together, or else one by one, so that none fails for another's fault."""
        if self._failure is not None:
            return [StoreFailed(self._failure) for _ in requests]
        try:
            return self._commit(requests)
        except Exception as error:
            said = str(error.orig) if isinstance(error, DBAPIError) else ""
            if said == IN_USE:  # by somebody at an SQL prompt, for as long as we wait; nothing was begun
                return [Busy() for _ in requests]
            if said in FATAL:
                self._failure = f"the store stopped, because writing failed: {said}"
                log.critical(self._failure)
            elif len(requests) > 1:
                log.warning("a batch of %d failed; each is tried alone", len(requests), exc_info=True)
                return [answer for request in requests for answer in self._answers([request])]
            return [error for _ in requests]

    def _commit(self, requests: Sequence[Request]) -> list[Answer]:
        with self._engine.begin() as connection:
            batch = self._desk.prepare(connection, requests, self._clock.now())
            answers: list[Answer] = []
            for request in requests:
                try:
                    answers.append(batch.hear(request))
                except Exception as error:  # noqa: BLE001 -- it goes to the one who asked
                    answers.append(error)
            self._desk.file(connection, batch)
        return answers

    def _announce(self, answers: Sequence[Answer]) -> None:
        newest: dict[str, int] = {}
        for answer in answers:
            if isinstance(answer, Stored) and not answer.replayed:
                newest[answer.event.deal] = answer.event.version
        for deal, version in newest.items():
            self._hub.publish(deal, version)
