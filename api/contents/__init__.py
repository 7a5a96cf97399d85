"""The content of papers to bytes that are held beside the log, and back: a file that somebody uploads for a deal.

The log knows the SHA-256 of a file and never the file: who states `sha256:` and that hash in a paper and signs it has
signed this content. So the content can be held here, or by the parties themselves, and can be erased without a change
to any log. `Contents` is where the bytes are, by their hash: in a folder (`folder`) or in a bucket of an S3-compatible
service (`bucket`). `held` says which content is held for which deal, `uploads` takes one in, `serving` does so over
HTTP and gives it out, `digests` and `ranges` read headers, `sound` compares what is held with its hashes, and `copies`
brings it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

CHUNK: Final = 256 * 1024
"""So many bytes are in memory at a time, whatever the size of a file."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that are there: the name, which is their SHA-256 in hexadecimal, how many, and since when."""

    sha256: str
    size: int
    at: datetime


class Contents(Protocol):
    """Bytes by their SHA-256 in hexadecimal. OSError is raised where the place cannot be used."""

    @property
    def where(self) -> str:
        """The place in words, without any secret."""
        ...

    @property
    def incoming(self) -> Path:
        """A folder of this machine for files that are still to be taken."""
        ...

    def reach(self) -> None:
        """Find out whether the place can be used now; nothing is changed there."""
        ...

    def take(self, file: Path, sha256: str) -> None:
        """Keep a file of `incoming`, which lies on the disk and has this hash, and let go of it there.

        What is there already under the hash is replaced at once. When this returns, it survives a power cut.
        """
        ...

    def size(self, sha256: str) -> int | None:
        """How many bytes are kept under a hash; None if there is nothing."""
        ...

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, a few at a time. Raises FileNotFoundError if there is nothing."""
        ...

    def remove(self, sha256: str) -> bool:
        """Let go of what is kept under a hash; whether there was anything."""
        ...

    def all(self) -> Iterator[Stored]:
        """Everything that is kept, in any order."""
        ...
