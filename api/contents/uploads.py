"""A file in pieces, as they come, to content on the disk with its hashes known.

Nothing of it counts before all of it is there and every hash that was stated is its own; whatever goes wrong before,
nothing is kept. However large it is, no more than a piece of it is in memory.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from api.contents import CHUNK, Contents
from api.contents.digests import ALGORITHMS


class TooMuch(ValueError):
    """A file that is larger than may be."""


class OtherDigest(ValueError):
    """A file that does not have the hash that was stated."""


class Upload:
    """A file on its way in. Use it in a `with`: what was not taken is gone at its end."""

    def __init__(self, contents: Contents, most: int) -> None:
        self._contents = contents
        self._most = most
        self._hashes = {name: hashlib.new(known) for name, known in ALGORITHMS.items()}
        self._path = contents.incoming / secrets.token_hex(16)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file: BinaryIO = os.fdopen(descriptor, "wb", CHUNK)
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece. Raises TooMuch as soon as the file is larger than may be."""
        self.size += len(piece)
        if self.size > self._most:
            raise TooMuch
        for each in self._hashes.values():
            each.update(piece)
        self._file.write(piece)

    @property
    def sha256(self) -> str:
        """The hash of all that has come so far."""
        return self._hashes["sha-256"].hexdigest()

    def take(self, stated: Mapping[str, str]) -> str:
        """Keep the file under its hash. Raises OtherDigest, and keeps nothing, unless it has the hashes stated."""
        for name, wanted in stated.items():
            came = self._hashes[name].hexdigest()
            if came != wanted:
                raise OtherDigest(f"what came has the {name} {came}, and {wanted} was stated")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._contents.take(self._path, self.sha256)
        return self.sha256

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what is still to be written finds no room, and is not wanted any more
            self._file.close()
        self._path.unlink(missing_ok=True)


def taken(contents: Contents, pieces: Iterable[bytes], most: int, stated: Mapping[str, str]) -> tuple[str, int]:
    """Keep what comes in pieces: its hash, and how many bytes it has. Raises TooMuch and OtherDigest."""
    with Upload(contents, most) as upload:
        for each in pieces:
            upload.write(each)
        return upload.take(stated), upload.size


@contextmanager
def pieces_of(file: Path) -> Iterator[Iterator[bytes]]:
    """A file of this machine, a piece at a time."""
    with file.open("rb") as opened:
        yield iter(lambda: opened.read(CHUNK), b"")
