"""A record of what was written to what a disk may hold after the power fails at some point of it.

What was synced is there. Of what was not, any part may be: SQLite's documentation counts on no more than that a
sector of 512 bytes is either the old one or the new one, and that nothing outside of what was written is touched. A
later write may be there and an earlier one not, a file may still have its old length, and one that was deleted may
still be there, unless its folder was synced. A process that dies, and takes nothing else with it, loses nothing that
it has written.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.api.bad_days.disk import Cut, Delete, Step, Sync, Write

SECTOR = 512


@dataclass
class Chance:
    """Coins and dice that fall the same way for the same seed."""

    seed: str
    thrown: int = 0

    def below(self, count: int) -> int:
        """A whole number from 0 up to but not `count`."""
        self.thrown += 1
        digest = hashlib.blake2b(f"{self.seed}:{self.thrown}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % count


Files = dict[str, bytearray]
NOTHING: Mapping[str, bytearray] = {}


def after_a_power_cut(steps: Sequence[Step], chance: Chance, before: Mapping[str, bytearray] = NOTHING) -> Files:
    """The files when the power fails after these steps; `chance` says which unsynced sectors made it to the disk."""
    synced = {step.file: nth for nth, step in enumerate(steps) if isinstance(step, Sync)}
    named = max((nth for nth, step in enumerate(steps) if isinstance(step, Sync) and step.folder), default=-1)
    files = {name: bytearray(data) for name, data in before.items()}
    lucky = chance.below(5)  # from hardly anything to nearly all
    for nth, step in enumerate(steps):
        match step:
            case Write() | Cut() if nth < synced.get(step.file, -1):
                _apply(files, step)
            case Write():
                for sector in _sectors(step):
                    if chance.below(4) < lucky:
                        _apply(files, sector)
            case Cut():
                if chance.below(4) < lucky:
                    _apply(files, step)
            case Delete() if step.synced or nth < named or chance.below(2):
                files.pop(step.file, None)
    return files


def after_a_kill(steps: Sequence[Step], before: Mapping[str, bytearray] = NOTHING) -> Files:
    """The files when the process dies after these steps, and the machine goes on."""
    files = {name: bytearray(data) for name, data in before.items()}
    for step in steps:
        if isinstance(step, Write | Cut):
            _apply(files, step)
        elif isinstance(step, Delete):
            files.pop(step.file, None)
    return files


def lay_down(files: Files, folder: Path) -> Path:
    """The files, in a new folder."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / "db"


def _apply(files: Files, step: Write | Cut) -> None:
    data = files.setdefault(step.file, bytearray())
    if isinstance(step, Cut):
        del data[step.size :]
        data.extend(bytes(step.size - len(data)))
        return
    end = step.offset + len(step.data)
    data.extend(bytes(max(0, end - len(data))))
    data[step.offset : end] = step.data


def _sectors(step: Write) -> Iterator[Write]:
    """A write in pieces, none of which goes over the end of a sector."""
    start = 0
    while start < len(step.data):
        room = SECTOR - (step.offset + start) % SECTOR
        yield Write(step.file, step.offset + start, step.data[start : start + room])
        start += room
