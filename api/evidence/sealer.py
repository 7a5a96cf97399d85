"""What was committed lately to leaves of the tree and a signed checkpoint of it, over and over.

Sealing is no part of storing an entry: one order over all deals, made while everybody waits for it, would make every
deal wait for every other. So entries are sealed a moment after they were stored, all that are there at once, in a
transaction of their own. First the tree and the checkpoint are committed, then the checkpoint is written outside; if
the machine stops in between, the next start writes it.

Before it signs, the sealer sees to it that the database still holds what it signed last. A database that was put back
to an earlier state, or changed, is not signed: the sealer says why, and stops.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from api.clock import Clock
from api.evidence import log
from api.evidence.checkpoint import Checkpoint, read_checkpoint
from api.evidence.note import NoteError, SigningKey
from api.evidence.outside import OutsideError, last_outside, read_outside, write_outside
from api.store import Store
from api.store.evidence_tables import checkpoint

INTERVAL: Final = 1.0
"""So many seconds pass between two looks for what is to be sealed."""

SWEEP: Final = 60
"""Every so many looks all deals are looked at, and not only those that moved here: others may write beside us."""

logger = logging.getLogger(__name__)


class Diverged(Exception):
    """The database does not hold what was signed before."""


@dataclass(frozen=True, slots=True)
class Stoppage:
    """That entries are stored and not sealed: since when, why, and what to do. `halted` if nothing is tried again.

    `since` is None where nothing was ever signed.
    """

    since: datetime | None
    problem: str
    advice: str
    halted: bool


class Sealer:
    """Seals what a store has committed. `halted` says why it stopped for good, `stoppage` also why it cannot now."""

    def __init__(self, store: Store, seed: bytes, outside: Path, clock: Clock) -> None:
        self._store = store
        self._outside = outside
        self._clock = clock
        self._guard = threading.Lock()
        self._note = threading.Lock()
        self._key = SigningKey(log.begin(store.writing), seed)
        self.halted: str | None = None
        self.stoppage: Stoppage | None = None
        self._last: Checkpoint | None = None
        self._unwritten: tuple[Checkpoint, str] | None = None
        self._moved: set[str] = set()
        try:
            self._resume()
        except (Diverged, OutsideError) as error:
            self._halt(error)

    def moved(self, deal: str) -> None:
        """Take note that there is something to seal in a deal."""
        with self._note:
            self._moved.add(deal)

    def seal(self, everywhere: bool = True) -> int:
        """Seal what is committed, in every deal or in those that moved: how many entries. Raises Diverged."""
        with self._guard:
            if self.halted is not None:
                raise Diverged(self.halted)
            deals: tuple[str, ...] = ()
            try:
                deals = self._candidates(everywhere)
                self._write()
                starts = range(0, len(deals), log.DEALS_AT_ONCE)
                sealed = sum(self._seal(deals[start : start + log.DEALS_AT_ONCE]) for start in starts)
                if everywhere:
                    self._follow()
            except Diverged as error:
                self._halt(error)
                raise
            except (SQLAlchemyError, OSError) as error:
                with self._note:
                    self._moved.update(deals)
                self._stumble(error)
                raise
            self.stoppage = None
            return sealed

    def _candidates(self, everywhere: bool) -> tuple[str, ...]:
        """The deals to look at."""
        with self._note:
            moved, self._moved = self._moved, set()
        if not everywhere:
            return tuple(sorted(moved))
        with self._store.reading.begin() as connection:
            return log.behind(connection)

    def _seal(self, deals: tuple[str, ...]) -> int:
        count = 0
        while True:
            sealed = self._batch(deals)
            if not sealed:
                return count
            self._write()
            count += sealed

    def _batch(self, deals: tuple[str, ...]) -> int:
        """Seal the next few entries of some deals in one transaction.

        They are looked up before it begins, so that those who store entries wait less. Two who seal at once cannot seal
        an entry twice, nor leave one out: the first entry that both have found has one leaf, or the second is undone.
        Whoever was second looks again inside a transaction, where nobody can be faster.
        """
        with self._store.reading.begin() as connection:
            entries = log.unsealed(connection, deals)
        if not entries:
            return 0
        try:
            return self._append(deals, entries)
        except IntegrityError:
            return self._append(deals, None)

    def _append(self, deals: tuple[str, ...], entries: tuple[log.Entry, ...] | None) -> int:
        """Seal some entries; if none are given, those of the deals that are looked up here, while nobody else seals."""
        with self._store.writing.begin() as connection:
            origin, size = log.lock(connection), log.size_of(connection)
            require_last(connection, size, self._last)
            if entries is None:
                entries = log.unsealed(connection, deals)
            if not entries:
                return 0
            try:
                log.append(connection, size, entries)
                size += len(entries)
                made = Checkpoint(origin, size, log.root_of(connection, size), self._clock.now())
            except KeyError as error:
                raise _damaged(error) from error
            note = self._key.sign(made.text)
            connection.execute(checkpoint.insert(), {"size": size, "key": str(self._key.public), "note": note})
        self._unwritten = made, note
        return len(entries)

    def _write(self) -> None:
        """Write the newest checkpoint outside, if it is not there yet."""
        if self._unwritten is not None:
            self._last, note = self._unwritten
            write_outside(self._outside, note=note)
            self._unwritten = None

    # ------------------------------------------------------------------ starting

    def _resume(self) -> None:
        """Go on from the newest checkpoint outside; what only the database has is written there too."""
        public = self._key.public
        self._last = last_outside(self._outside, public)
        if self._last is None:
            kept = read_outside(self._outside, public.name)
            self._last = kept.last
            if public not in kept.keys:
                write_outside(self._outside, key=public)
        self._follow()

    def _follow(self) -> None:
        """What the database has signed and this file has not, because others sealed it too, is written there.

        The note is read before the size, which grows meanwhile if others seal.
        """
        with self._store.reading.begin() as connection:
            newest = log.newest_note(connection, self._last.size + 1 if self._last is not None else 1)
            size = log.size_of(connection)
            require_last(connection, size, self._last)
            if newest is not None:
                self._catch_up(connection, size, newest)

    def _catch_up(self, connection: Connection, size: int, note: str) -> None:
        """Write outside what was committed and not written before the machine stopped."""
        try:
            found = read_checkpoint(note, self._key.public)
            right = size >= found.size and log.root_of(connection, found.size) == found.root
        except NoteError:
            return  # an earlier key signed it; it is in the tree, and the next checkpoint covers it
        except KeyError as error:
            raise _damaged(error) from error
        if not right:
            raise Diverged(f"the checkpoint of {found.size} entries in the database is not of the entries there")
        self._unwritten = found, note
        self._write()

    def _halt(self, error: Diverged | OutsideError) -> None:
        self.halted = str(error)
        self.stoppage = Stoppage(self._clock.now(), str(error), advice(error, self._outside), halted=True)
        logger.critical("nothing more is sealed: %s", error)

    def _stumble(self, error: Exception) -> None:
        """Take note of a failure that may pass, and since when there is one."""
        since = self.stoppage.since if self.stoppage is not None else self._clock.now()
        self.stoppage = Stoppage(since, str(getattr(error, "orig", error)), f"{AGAIN} {self._outside}.", halted=False)


def require_last(connection: Connection, size: int, last: Checkpoint | None) -> None:
    """What was signed last must be the beginning of the `size` entries that are there. Raises Diverged."""
    if last is None:
        return
    if size < last.size:
        raise Diverged(
            f"a checkpoint of {last.size} entries was signed at {last.at:%Y-%m-%d %H:%M:%S} UTC, and the database "
            f"has sealed {size}: it was put back to an earlier state, or entries were taken out"
        )
    try:
        root = log.root_of(connection, last.size)
    except KeyError as error:
        raise _damaged(error) from error
    if root != last.root:
        raise Diverged(
            f"the first {last.size} entries are not those that were signed at {last.at:%Y-%m-%d %H:%M:%S} UTC"
        )


def stoppage_in(engine: Engine, outside: Path) -> Stoppage | None:
    """Whether a sealer of this database would refuse to go on from the file of checkpoints; since the last of them."""
    since: datetime | None = None
    try:
        with engine.begin() as connection:
            origin = log.origin_of(connection)
        last = read_outside(outside, origin).last
        since = last.at if last is not None else None
        with engine.begin() as connection:
            require_last(connection, log.size_of(connection), last)
    except (Diverged, OutsideError) as error:
        return Stoppage(since, str(error), advice(error, outside), halted=True)
    return None


AGAIN: Final = (
    "It is tried again about once a second, and what is stored meanwhile is not lost. "
    "See to the database, and to the disk of"
)


def advice(error: Diverged | OutsideError, outside: Path) -> str:
    """What to do about a sealer that has stopped."""
    aside = f"move {outside} to a safe place, for it tells what was signed, and start the service again"
    match error:
        case Diverged():
            return (
                "`clausula verify --all` says what is different. Put back the database that was signed; if this one is "
                f"meant to go on, {aside}."
            )
        case OutsideError():
            return f"Put {outside} back from a copy. If there is none, {aside}: it begins a new one."


def _damaged(missing: KeyError) -> Diverged:
    return Diverged(f"the tree in the database is damaged: the subtree {missing} is missing")


class Sealing:
    """Seals in the background for as long as the block lasts, and once more at its end."""

    def __init__(self, store: Store, sealer: Sealer, interval: float) -> None:
        self.sealer = sealer
        self._leave = store.watch(sealer.moved)
        self._interval = interval
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clausula-sealer", daemon=True)

    def _run(self) -> None:
        looks = 0
        while not self._stop.wait(self._interval):
            self._look(everywhere=looks % SWEEP == 0)
            looks += 1

    def _look(self, everywhere: bool) -> None:
        if self.sealer.halted is not None:
            return
        try:
            self.sealer.seal(everywhere)
        except Diverged:
            return  # it has said why
        except (SQLAlchemyError, OSError):
            logger.warning("entries could not be sealed now, and wait for the next time", exc_info=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._leave()
        self._look(everywhere=True)
