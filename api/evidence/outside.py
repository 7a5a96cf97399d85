"""Signed checkpoints to a file outside the database, which only ever grows, and back.

Whoever can change the database cannot make it agree with what was signed before, as long as this file lies where that
person does not write: on another disk, on another machine, or in somebody else's hands. Each line is a JSON object: a
public key before its first use, or a signed note. A line that was cut off when the machine stopped was never promised
to anybody, and is taken away before the next one is written.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.evidence.checkpoint import Checkpoint, read_checkpoint
from api.evidence.note import NoteError, PublicKey

_LONGEST: Final = 8192
"""No line that we write is longer, in bytes."""


class OutsideError(Exception):
    """A line of the file that is not what was once written there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds: the public keys of the log, and its checkpoints by size, each with its note."""

    keys: tuple[PublicKey, ...] = ()
    checkpoints: tuple[tuple[Checkpoint, str], ...] = ()

    @property
    def last(self) -> Checkpoint | None:
        """The newest checkpoint."""
        return self.checkpoints[-1][0] if self.checkpoints else None


def read_outside(path: Path, origin: str | None) -> Kept:
    """What the file of a log, or of any, holds, all signatures checked; nothing if there is no file.

    Raises OutsideError.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Kept()
    keys: list[PublicKey] = []
    found: dict[int, tuple[Checkpoint, str]] = {}
    for number, line in enumerate(_lines(content), 1):
        try:
            match json.loads(line):
                case {"key": str(text), **rest} if not rest:
                    keys.append(_key_of(origin, text))
                case {"checkpoint": str(note), **rest} if not rest:
                    made = read_checkpoint(note, *keys)
                    before, _ = found.setdefault(made.size, (made, note))
                    if before.root != made.root:
                        raise OutsideError(f"{path}, line {number}: two checkpoints of {made.size} entries differ")
                case _:
                    raise OutsideError(f"{path}, line {number}: this is neither a key nor a checkpoint")
        except (NoteError, ValueError) as error:
            raise OutsideError(f"{path}, line {number}: {error}") from error
    return Kept(tuple(keys), tuple(found[size] for size in sorted(found)))


def _lines(content: bytes) -> Iterator[bytes]:
    whole, _, _ = content.rpartition(b"\n")
    return iter(whole.split(b"\n") if whole else ())


def _key_of(origin: str | None, text: str) -> PublicKey:
    key = PublicKey.parse(text)
    if origin is not None and key.name != origin:
        raise NoteError(f"this is a key of the log {key.name}, and not of {origin}")
    return key


def last_outside(path: Path, key: PublicKey) -> Checkpoint | None:
    """The newest checkpoint of the file, if this key signed it: then the rest need not be read to go on from it."""
    try:
        with path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - _LONGEST))
            *_, last = (b"", *_lines(file.read()))
        found = json.loads(last)
        return read_checkpoint(found["checkpoint"], key)
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return None


def write_outside(path: Path, *, key: PublicKey | None = None, note: str | None = None) -> None:
    """Add a key, a signed note, or both to the file; it is on the disk when this returns. Raises OSError."""
    said = [{"key": str(key)}] if key is not None else []
    said += [{"checkpoint": note}] if note is not None else []
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)
        file.write("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in said).encode())
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
