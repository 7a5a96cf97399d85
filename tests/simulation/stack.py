"""The whole service on parts that a seed rules: a clock, a disk that forgets what was not synced, a writer without a
thread, and people whose requests and answers get lost.

Everything above the parts is the real thing: the service, the engine, the store with its SQLite and its migrations. The
disk is a record of what was written and synced. When the power fails, the machine starts again from what such a record
may have left; nothing else survives but the people.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from typing import Any

from api.clock import ManualClock
from api.editions import Catalogue
from api.kernel import Kernel
from api.service import Service
from api.store import Reads, Store
from api.store.driver import choose_driver
from api.store.writer import Ticket, Writer
from tests.api.bad_days.crashes import Chance, Files, after_a_kill, after_a_power_cut, lay_down
from tests.api.bad_days.disk import OK, Disk, Step, Sync, watched


class Volatile(Disk):
    """A disk on which a sync is noted and takes no time: what is lost without it is worked out from the record."""

    def do(self, step: Step, act: Callable[[], int]) -> int:
        """Do a step and note it."""
        return super().do(step, (lambda: OK) if isinstance(step, Sync) else act)


class Turned(Writer):
    """The writer of the store without its thread: who plays it says when it takes what waits, and how much of it."""

    def _run(self) -> None:
        """Nothing is done by itself."""

    def turn(self, most: int) -> list[Ticket]:
        """Hear and commit some of what waits, in its order."""
        tickets: list[Ticket] = []
        while len(tickets) < most:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            if item is not None and item.future.set_running_or_notify_cancel():
                tickets.append(item)
        if tickets:
            self._settle(tickets)
        return tickets


@dataclass(frozen=True)
class Parts:
    """What the stack is made of; a test puts a broken part in its place, to see that it is found out."""

    kernel: Callable[[], Kernel] = Kernel
    writer: type[Turned] = Turned
    disk: type[Disk] = Volatile
    reads: type[Reads] = Reads


class Stack:
    """A service that can be cut off at any point of what it wrote, and started again."""

    def __init__(self, folder: Path, clock: ManualClock, catalogue: Catalogue, parts: Parts) -> None:
        self._folder = folder
        self._clock = clock
        self._catalogue = catalogue
        self._parts = parts
        self._lives = 0
        self._files: Mapping[str, bytearray] = {}
        self._before_turn = 0
        self.start({})

    def start(self, files: Files) -> None:
        """Start from what is on the disk."""
        self._lives += 1
        self._files = files
        path = lay_down(files, self._folder / f"life-{self._lives}")
        made: list[Turned] = []

        class Hired(self._parts.writer):  # type: ignore[name-defined, misc]
            def __init__(self, *parts: Any, **sizes: Any) -> None:
                super().__init__(*parts, **sizes)
                made.append(self)

        kernel = self._parts.kernel()
        with ExitStack() as undo:
            self.disk = undo.enter_context(watched(path.parent, self._parts.disk))
            store = undo.enter_context(Store.open(path, kernel, self._clock, hired=Hired))
            store = replace(store, read=self._parts.reads(store.reading, kernel))
            self.raw = choose_driver().connect(f"{path.as_uri()}?mode=ro", uri=True)
            undo.callback(self.raw.close)
            self._ending = undo.pop_all()
        self.store = store
        self.writer = made[0]
        self.service = Service(store, kernel, self._catalogue, self._clock)

    def turn(self, most: int) -> list[Ticket]:
        """The writer takes some of what waits; everything it writes meanwhile can be cut off."""
        self._before_turn = len(self.disk.steps)
        return self.writer.turn(most)

    def waiting(self) -> int:
        """How many requests wait to be heard."""
        return self.writer._queue.qsize()

    def cut_off(self, chance: Chance, *, within_turn: bool) -> None:
        """The power fails, or only the process is killed: now, or while the last turn was being written."""
        steps = list(self.disk.steps)
        if within_turn:
            steps = steps[: self._before_turn + chance.below(len(steps) - self._before_turn + 1)]
        left = (
            after_a_kill(steps, self._files) if chance.below(3) == 0 else after_a_power_cut(steps, chance, self._files)
        )
        self.end()
        self.start(left)

    def restart(self) -> None:
        """Stop in good order, and start again; whoever still waits is not answered."""
        path = self.store.where
        assert isinstance(path, Path)
        self.store.close()
        files = {each.name: bytearray(each.read_bytes()) for each in path.parent.iterdir() if each.name[-3:] != "-shm"}
        self.end()
        self.start(files)

    def end(self) -> None:
        """Let go of this life and of its files."""
        self._ending.close()
        rmtree(self._folder / f"life-{self._lives}")
