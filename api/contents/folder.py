"""Content in a folder of this machine: one file for each, named by its hash, readable by its owner alone."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from api.contents import CHUNK, Stored

_FOLDER: Final = re.compile(r"[0-9a-f]{2}")
_FILE: Final = re.compile(r"[0-9a-f]{62}")


class Folder:
    """`ab/cdef...` for the hash `abcdef...`; `incoming` beside them, on the same disk, so that a file moves at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def where(self) -> str:
        return str(self._path)

    @property
    def incoming(self) -> Path:
        made = self._path / "incoming"
        if not made.is_dir():
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            made.mkdir(mode=0o700, exist_ok=True)
            on_the_disk(self._path.parent)
        return made

    def reach(self) -> None:
        there = self._path if self._path.exists() else self._path.parent
        next(there.iterdir(), None)
        if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))

    def take(self, file: Path, sha256: str) -> None:
        target = self._place(sha256)
        if not target.parent.is_dir():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            on_the_disk(self._path)
        file.replace(target)
        on_the_disk(target.parent)

    def size(self, sha256: str) -> int | None:
        try:
            return self._place(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        with self._place(sha256).open("rb") as file:
            file.seek(start)
            left = end - start
            while left > 0 and (some := file.read(min(left, CHUNK))):
                left -= len(some)
                yield some

    def remove(self, sha256: str) -> bool:
        target = self._place(sha256)
        try:
            target.unlink()
        except FileNotFoundError:
            return False
        on_the_disk(target.parent)
        return True

    def all(self) -> Iterator[Stored]:
        for folder in sorted(self._path.iterdir()) if self._path.is_dir() else ():
            for file in sorted(folder.iterdir()) if _FOLDER.fullmatch(folder.name) else ():
                if _FILE.fullmatch(file.name):
                    found = file.stat()
                    at = datetime.fromtimestamp(found.st_mtime, UTC)
                    yield Stored(folder.name + file.name, found.st_size, at)

    def _place(self, sha256: str) -> Path:
        return self._path / sha256[:2] / sha256[2:]


def on_the_disk(folder: Path) -> None:
    """Let what a folder lists survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
