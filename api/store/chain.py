"""An entry to its seal: the SHA-256 that ties its every column to the entry before.

The seal covers the algorithm's own name, the seal before and every other column, each as UTF-8
behind its length in eight bytes, so that no two different rows are hashed as the same bytes. Whole
numbers are written in decimal. Whoever changes one column later must change every seal after it,
and whoever kept one of those seals will see it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from api.store.tables import event

ALGORITHM = "clausula-entry-sha256-1"
COMMAND = "clausula-command-1"
OPENING = "clausula-opening-1"

Row: TypeAlias = Mapping[str, str | int]

SEALED = (
    "algorithm",
    "prev_hash",
    *(column.name for column in event.columns if column.name not in ("algorithm", "prev_hash", "hash")),
)
"""The columns under the seal, in the order in which they are hashed."""


def seal(row: Row) -> str:
    """The seal of an entry, in hexadecimal; its own `hash` is not looked at."""
    return digest(str(row[name]) for name in SEALED)


def digest(fields: Iterable[str]) -> str:
    """The SHA-256 of some texts, each behind its length, in hexadecimal."""
    contents = [field.encode() for field in fields]
    return hashlib.sha256(b"".join(len(content).to_bytes(8, "big") + content for content in contents)).hexdigest()


def text_digest(text: str) -> str:
    """The SHA-256 of the bytes of a text alone, as `sha256sum` prints it for the file."""
    return hashlib.sha256(text.encode()).hexdigest()
