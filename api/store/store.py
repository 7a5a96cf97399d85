"""The store as the service knows it: requests in, outcomes out, and the log to read.

    with Store.open(path, handler, SystemClock()) as store:
        outcome = await asyncio.wrap_future(store.submit(command))

`open` takes the file for this process, brings its tables up to date and starts the writer; leaving
the block answers what still waits and lets the file go. `read_only` takes nothing and changes
nothing: it works beside the process that writes. Everything else is done by the parts that this
module puts together.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from api.clock import Clock
from api.store.batch import Request
from api.store.driver import UnsafeDatabase, reading_engine, writing_engine
from api.store.handler import Handler
from api.store.hub import Hub, Wake, Watch
from api.store.lock import ProcessLock
from api.store.migrate import migrate, require_newest
from api.store.outcomes import Outcome, StoreClosed
from api.store.reads import Reads
from api.store.verify import FileReport, Known, Report, verify_deal, verify_file
from api.store.writer import Writer

QUEUE_SIZE = 1024
BATCH_SIZE = 256


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Make it with `Store.open`, or `Store.read_only` where nothing is to be written."""

    path: Path
    read: Reads
    _handler: Handler
    _hub: Hub
    _lock: ProcessLock | None
    _writing: Engine
    _reading: Engine
    _writer: Writer | None

    @classmethod
    def open(
        cls,
        where: Path | str,
        handler: Handler,
        clock: Clock,
        *,
        queue_size: int = QUEUE_SIZE,
        batch_size: int = BATCH_SIZE,
    ) -> Self:
        """Open the store at a path or a `sqlite:///` URL as its only writer."""
        path = database_path(where)
        with ExitStack() as undo:
            lock = ProcessLock(path)
            undo.callback(lock.release)
            writing = writing_engine(path)
            undo.callback(writing.dispose)
            migrate(writing)
            undo.pop_all()
        reading = reading_engine(path)
        hub = Hub()
        sizes = {"queue_size": queue_size, "batch_size": batch_size}
        writer = Writer(writing, handler, clock, hub, **sizes)
        return cls(path, Reads(reading, handler), handler, hub, lock, writing, reading, writer)

    @classmethod
    def read_only(cls, where: Path | str, handler: Handler) -> Self:
        """Open the store that is there for reading alone, whoever writes to it; it is never made by this."""
        path = database_path(where)
        if not path.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        reading = reading_engine(path)
        with ExitStack() as undo:
            undo.callback(reading.dispose)
            require_newest(reading)
            undo.pop_all()
        return cls(path, Reads(reading, handler), handler, Hub(), None, reading, reading, None)

    @property
    def reading(self) -> Engine:
        """Connections for short looks at what is committed."""
        return self._reading

    @property
    def writing(self) -> Engine:
        """The connection that writes, for what is kept beside the log; its transactions are short."""
        if self._writer is None:
            raise StoreClosed("the store was opened for reading alone")
        return self._writing

    def submit(self, request: Request) -> Future[Outcome]:
        """Hand in an attempt or an opening; once safely stored, its outcome comes."""
        if self._writer is None:
            raise StoreClosed("the store was opened for reading alone")
        return self._writer.submit(request)

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
        """Answer what waits, then let go of the file. Closing twice does no harm."""
        if self._writer is not None:
            self._writer.close()
        self._reading.dispose()
        self._writing.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def database_path(where: Path | str) -> Path:
    """The file that a path or a `sqlite:///` URL stands for."""
    if isinstance(where, str) and "://" in where:
        url = make_url(where)
        if url.get_backend_name() != "sqlite" or not url.database or url.query:
            raise UnsafeDatabase(f"the store needs sqlite:///FILE, not {url.render_as_string()}")
        where = url.database
    if str(where) == ":memory:":
        raise UnsafeDatabase("the store needs a file: what is only in memory is not stored")
    return Path(where).resolve()
