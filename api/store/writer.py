"""Requests from any number of threads to one durable commit after another.

A thread takes whatever is waiting, has it heard in memory, commits it as one transaction and only
then answers: under load each sync to the disk serves hundreds of people, and nobody waits for a
lock. The queue has an end; a request that finds it full is refused at once and stores nothing,
which is better than answering late.

SQLite has one such thread. A server may have several, and each deal has its own among them, so that two
of one process are never in each other's way; other processes are kept apart by locks on the heads
and, should one of those be missing, by the unique keys. What fails in passing is tried again. A
commit whose answer got lost is tried again under the same keys: if it had happened, they are found.

A mistake in the code that decides undoes the whole transaction that it was met in. The batch is then heard again in
parts, so that the mistake comes back to the one request it belongs to, which gets it for an answer and is not stored.
What is not known to be a mistake of that kind ends the writer: whoever waits is told, and so is whoever comes later.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Engine

from api.clock import Clock
from api.store.batch import Request
from api.store.desk import Desk
from api.store.failures import TOLD, Trouble, pauses, trouble_of
from api.store.handler import Handler
from api.store.outcomes import Busy, DiskFull, InDoubt, Outcome, StoreClosed, Stored, StoreFailed
from api.store.pace import Pace

Answer: TypeAlias = Outcome | Exception
Announce: TypeAlias = Callable[[Mapping[str, int]], None]
"""Tells whoever follows them how far some deals have come."""

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
        announce: Announce,
        *,
        queue_size: int,
        batch_size: int,
    ) -> None:
        self._engine = engine
        self._desk = Desk(handler)
        self._clock = clock
        self._announce_to = announce
        self._batch_size = batch_size
        self._queue: queue.Queue[Ticket | None] = queue.Queue()
        self._queue_size = queue_size
        self._pace = Pace()
        self._begun: float | None = None
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
                ticket.future.set_exception(self._ended())
            elif self._queue.qsize() >= self._queue_size:
                ticket.future.set_result(Busy(self._retry_after()))
            else:
                self._queue.put_nowait(ticket)
        return ticket.future

    def _retry_after(self) -> int:
        """In how many seconds there should be room: at the pace of late, and what is in hand, as long again."""
        begun = self._begun
        return self._pace.seconds_for(self._queue.qsize(), time.monotonic() - begun if begun is not None else 0.0)

    def stop(self) -> None:
        """Take no more requests, answer those that wait, and then end."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put_nowait(None)

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join()

    def _run(self) -> None:
        try:
            while tickets := self._take():
                heard = [ticket for ticket in tickets if ticket.future.set_running_or_notify_cancel()]
                if heard:
                    self._settle(heard)
        finally:
            self._turn_away()

    def _ended(self) -> StoreFailed | StoreClosed:
        """What is told when nothing is heard any more."""
        return StoreFailed(self._failure) if self._failure is not None else StoreClosed("the store is closed")

    def _turn_away(self) -> None:
        """Nobody waits for a thread that has ended; where it ended in good order, nobody is left."""
        with self._door:
            self._closed = True
        while not self._queue.empty():
            ticket = self._queue.get_nowait()
            if ticket is not None and ticket.future.set_running_or_notify_cancel():
                ticket.future.set_exception(self._ended())

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
        self._begun = begun = time.monotonic()
        try:
            answers = self._answers([ticket.request for ticket in tickets])
        except BaseException as error:
            self._failure = f"the store stopped, because of what it does not know: {type(error).__name__}: {error}"
            log.critical(self._failure)
            for ticket in tickets:
                ticket.future.set_exception(self._ended())
            raise
        self._pace.done(len(tickets), time.monotonic() - begun)
        self._begun = None
        for ticket, answer in zip(tickets, answers, strict=True):
            if isinstance(answer, Exception):
                ticket.future.set_exception(answer)
            else:
                ticket.future.set_result(answer)

    def _answers(self, requests: Sequence[Request]) -> list[Answer]:
        """Answer together, or else in parts, so that none fails for another's fault."""
        if self._failure is not None:
            return [StoreFailed(self._failure) for _ in requests]
        in_doubt = False
        waits = pauses()
        while True:
            attempt = _Attempt()
            try:
                answers = self._commit(requests, attempt)
            except TOLD as error:
                trouble = trouble_of(error)
                in_doubt |= attempt.committing and trouble is Trouble.LOST
                if attempt.committing or trouble is Trouble.LOST:
                    self._engine.dispose()  # a connection whose commit failed may still be inside the transaction
                wait = next(waits, None) if trouble in (Trouble.LOST, Trouble.PASSING) else None
                if wait is None:
                    return self._give_up(requests, error, trouble, in_doubt)
                log.warning(
                    "a batch of %d is tried again: %s", len(requests), type(getattr(error, "orig", error)).__name__
                )
                time.sleep(wait)
            else:
                self._announce(answers, also_found=in_doubt)
                return answers

    def _give_up(self, requests: Sequence[Request], error: Exception, trouble: Trouble, in_doubt: bool) -> list[Answer]:
        if in_doubt:
            return [InDoubt(self._retry_after()) for _ in requests]
        match trouble:
            case Trouble.BUSY | Trouble.LOST | Trouble.PASSING:
                return [Busy(self._retry_after()) for _ in requests]
            case Trouble.BROKEN:
                self._failure = f"the store stopped, because writing failed: {getattr(error, 'orig', error)}"
                log.critical(self._failure)
            case Trouble.FULL if len(requests) == 1:
                log.error("nothing is stored, because the disk is full: %s", getattr(error, "orig", error))
                return [DiskFull()]
            case Trouble.OURS | Trouble.FULL if len(requests) > 1:
                log.warning("a batch of %d failed; its parts are tried alone", len(requests), exc_info=error)
                half = len(requests) // 2
                return [*self._answers(requests[:half]), *self._answers(requests[half:])]
            case Trouble.OURS | Trouble.FULL:
                log.error("a request to the deal %s failed, and is not stored", requests[0].deal, exc_info=error)
        return [error for _ in requests]

    def _commit(self, requests: Sequence[Request], attempt: _Attempt) -> list[Answer]:
        with self._engine.connect() as connection, connection.begin() as transaction:
            batch = self._desk.prepare(connection, requests, self._clock.now())
            answers: list[Answer] = [batch.hear(request) for request in requests]
            self._desk.file(connection, batch)
            attempt.committing = True
            transaction.commit()
        return answers

    def _announce(self, answers: Sequence[Answer], *, also_found: bool) -> None:
        newest: dict[str, int] = {}
        for answer in answers:
            if isinstance(answer, Stored) and (also_found or not answer.replayed):
                newest[answer.event.deal] = max(answer.event.version, newest.get(answer.event.deal, 0))
        if newest:
            self._announce_to(newest)


@dataclass(slots=True)
class _Attempt:
    """How far a transaction came."""

    committing: bool = False


class Writers:
    """Each deal with its own writer."""

    def __init__(self, count: int, make: Callable[[], Writer]) -> None:
        self._writers = tuple(make() for _ in range(count))

    @property
    def failed(self) -> bool:
        """Whether one of them writes nothing any more."""
        return any(writer.failed for writer in self._writers)

    def submit(self, request: Request) -> Future[Outcome]:
        """Queue a request with the writer of its deal; where one writes nothing any more, it says so for all."""
        nth = zlib.crc32(request.deal.encode()) % len(self._writers)
        stopped = (writer for writer in self._writers if writer.failed)
        return next(stopped, self._writers[nth]).submit(request)

    def close(self) -> None:
        """Take no more requests, answer those that wait, and end."""
        for writer in self._writers:
            writer.stop()
        for writer in self._writers:
            writer.join()
