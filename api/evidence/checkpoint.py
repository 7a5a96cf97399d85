"""The log at one moment to a short text, which is signed and kept outside: how many entries, and their one hash.

The text is C2SP's `tlog-checkpoint`: the name of the log, the size of the tree, its root in base64; and, as an
extension, the instant from which on the entries were certainly there.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from api.evidence.merkle import LENGTH
from api.evidence.note import NoteError, PublicKey, opened

_TEXT = re.compile(
    r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\nat ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z)\n"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log of a name, with its size and root, at an instant."""

    origin: str
    size: int
    root: bytes
    at: datetime

    @property
    def text(self) -> str:
        """What is signed."""
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\nat {at}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checkpoint that a text states. Raises NoteError."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise NoteError("this is not a checkpoint: the name of a log, a size, a root and an instant")
        origin, size, root, at = found.groups()
        try:
            instant = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        except ValueError as error:
            raise NoteError(f"{at} is no instant") from error
        made = cls(origin, int(size), base64.b64decode(root), instant)
        if len(made.root) != LENGTH or made.text != text:
            raise NoteError("this is not how a checkpoint is written")
        return made


def read_checkpoint(note: str, *keys: PublicKey) -> Checkpoint:
    """The checkpoint that one of the keys has signed. The log it names is the key's own. Raises NoteError."""
    text, signer = opened(note, keys)
    found = Checkpoint.parse(text)
    if found.origin != signer.name:
        raise NoteError(f"the key of {signer.name} has signed for another log, {found.origin}")
    return found
