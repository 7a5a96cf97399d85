"""The store as the service knows it: requests in, outcomes out, and the log to read.

    with Store.open(database, handler, SystemClock()) as store:
        outcome = await asyncio.wrap_future(store.submit(command))

`open` takes a file for this process, or joins those that work on a server, brings the tables up to
date and starts the writers; leaving the block answers what still waits and lets the database go.
`read_only` takes nothing and changes nothing: it works beside whoever writes. Everything else is
done by the parts that this module puts together.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from api.clock import Clock
from api.databases import Database, Server, UnsafeDatabase, database
from api.store import driver, postgres
from api.store.batch import Request
from api.store.handler import Handler
from api.store.hub import Hub, Wake, Watch
from api.store.lock import ProcessLock
from api.store.migrate import migrate, require_newest
from api.store.outcomes import Outcome, StoreClosed
from api.store.reads import Reads
from api.store.relay import Relay
from api.store.verify import FileReport, Known, Report, verify_deal, verify_file
from api.store.writer import Announce, Writer, Writers

T = TypeVar("T")

QUEUE_SIZE = 1024
BATCH_SIZE = 256
WRITERS = 1
"""Those of one process on a server. One commits for all who wait at once; two made smaller commits, each waited for the
other's turn in Python, and together they stored a third less. What keeps processes apart are the locks on the heads.
"""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Make it with `Store.open`, or `Store.read_only` where nothing is to be written."""

    where: Database
    read: Reads
    _handler: Handler
    _hub: Hub
    _writing: Engine
    _reading: Engine
    _writers: Writers | None
    _ending: ExitStack

    @classmethod
    def open(
        cls,
        where: Database | str,
        handler: Handler,
        clock: Clock,
        *,
        queue_size: int = QUEUE_SIZE,
        batch_size: int = BATCH_SIZE,
        writers: int = WRITERS,
        hired: type[Writer] = Writer,
    ) -> Self:
        """Open the store in a file, as its only writer, or on a server, beside any others; `hired` writes for it."""
        where, hub = found(where), Hub()
        with ExitStack() as undo:
            count = writers if isinstance(where, Server) else 1
            writing = _writing_engine(where, count, undo)
            migrate(writing)
            reading = _reading_engine(where, undo)
            announce: Announce = hub.publish_all
            if isinstance(where, Server):
                relay = Relay(where, hub)
                undo.callback(relay.close)
                announce = relay.announce

            def make() -> Writer:
                return hired(writing, handler, clock, announce, queue_size=queue_size, batch_size=batch_size)

            made = Writers(count, make)
            undo.callback(made.close)
            return cls(where, Reads(reading, handler), handler, hub, writing, reading, made, undo.pop_all())

    @classmethod
    def read_only(cls, where: Database | str, handler: Handler) -> Self:
        """Open the store that is there for reading alone, whoever writes to it; it is never made by this."""
        where, hub = found(where), Hub()
        if isinstance(where, Path) and not where.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(where))
        with ExitStack() as undo:
            reading = _reading_engine(where, undo)
            require_newest(reading)
            return cls(where, Reads(reading, handler), handler, hub, reading, reading, None, undo.pop_all())

    @classmethod
    def beside(cls, where: Database | str, handler: Handler) -> Self:
        """Open the store for reading and for `write`, beside whoever writes the log."""
        looking = cls.read_only(where, handler)
        with ExitStack() as undo:
            undo.callback(looking.close)
            writing = _unlocked_engine(looking.where, 1, undo)
            return replace(looking, _writing=writing, _ending=undo.pop_all())

    @property
    def reading(self) -> Engine:
        """Connections for short looks at what is committed."""
        return self._reading

    @property
    def writing(self) -> Engine:
        """The connection that writes, for what is kept beside the log; its transactions are short."""
        if self._writers is None:
            raise StoreClosed("the store was opened for reading alone")
        return self._writing

    def submit(self, request: Request) -> Future[Outcome]:
        """Hand in an attempt or an opening; once safely stored, its outcome comes."""
        if self._writers is None:
            raise StoreClosed("the store was opened for reading alone")
        return self._writers.submit(request)

    @property
    def writable(self) -> bool:
        """Whether acts are taken: the store was opened for writing, and writing has not failed."""
        return self._writers is not None and not self._writers.failed

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run a short transaction on tables beside the log; it waits its turn with the writer's own."""
        if self._writing is self._reading:
            raise StoreClosed("the store was opened for reading alone")
        with self._writing.begin() as connection:
            return work(connection)

    def look(self, work: Callable[[Connection], T]) -> T:
        """Run a short transaction that only reads."""
        with self._reading.begin() as connection:
            return work(connection)

    def follow(self, deal: str, wake: Wake) -> Callable[[], None]:
        """Call `wake(version)` after commits to a deal, until the returned function is called."""
        return self._hub.follow(deal, wake)

    def watch(self, wake: Watch) -> Callable[[], None]:
        """Call `wake(deal)` after commits to any deal, until the returned function is called."""
        return self._hub.watch(wake)

    def verify(self, deal: str, known: Known | None = None) -> Report:
        """Check a deal's log against its seals, its state, and a seal that was kept outside."""
        return verify_deal(self._reading, self._handler, deal, known)

    def verify_file(self) -> FileReport:
        """Check the database file itself, and every deal in it."""
        return verify_file(self._reading, self._handler)

    def close(self) -> None:
        """Answer what waits, then let go of the database. Closing twice does no harm."""
        self._ending.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def found(where: Database | str) -> Database:
    """The database that a path or a URL stands for, a file by its whole path."""
    where = database(where)
    if isinstance(where, Server):
        return where
    if str(where) == ":memory:":
        raise UnsafeDatabase("the store needs a file: what is only in memory is not stored")
    return where.resolve()


def _writing_engine(where: Database, writers: int, undo: ExitStack) -> Engine:
    if isinstance(where, Path):
        lock = ProcessLock(where)
        undo.callback(lock.release)
    return _unlocked_engine(where, writers, undo)


def _unlocked_engine(where: Database, writers: int, undo: ExitStack) -> Engine:
    if isinstance(where, Server):
        engine = postgres.writing_engine(where, writers)
        undo.callback(engine.dispose)
        postgres.reach(engine, where)
        return engine
    engine = driver.writing_engine(where)
    undo.callback(engine.dispose)
    return engine


def _reading_engine(where: Database, undo: ExitStack) -> Engine:
    if isinstance(where, Server):
        engine = postgres.reading_engine(where)
        undo.callback(engine.dispose)
        postgres.reach(engine, where)
        return engine
    engine = driver.reading_engine(where)
    undo.callback(engine.dispose)
    return engine
