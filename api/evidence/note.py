"""A text to a signed note that anybody with the public key can check, and back.

The format is C2SP's `signed-note`, which the checksum database of Go and the logs of Sigstore use too, so that their
tools read ours: the text, an empty line, and a line for each signature with the name of the key and, in base64, four
bytes of its id and the Ed25519 signature over the text. Whoever does not know a key passes its line over; a line by a
known key that does not fit spoils the whole note.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = b"\x01"
"""What stands for the algorithm in a key."""

KEY_BYTES: Final = 32
MOST_SIGNATURES: Final = 100
_DASH: Final = "\u2014 "
_ID_BYTES: Final = 4


class NoteError(ValueError):
    """A note or a key that is not what it is said to be."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a signature is checked with: a name and 32 bytes."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        if not self.name or any(each.isspace() or each == "+" for each in self.name):
            raise NoteError(f"the name of a key has no blanks and no plus signs, and is not `{self.name}`")
        if len(self.key) != KEY_BYTES:
            raise NoteError(f"a public key has {KEY_BYTES} bytes, and this one has {len(self.key)}")

    @property
    def id(self) -> bytes:
        """The four bytes that tell it from other keys of its name."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:_ID_BYTES]

    def fits(self, signature: bytes, message: bytes) -> bool:
        """Whether the owner of the key has signed this."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that `NAME+ID+KEY` stands for. Raises NoteError."""
        name, _, rest = text.partition("+")
        id, _, material = rest.partition("+")
        decoded = _decoded(material)
        if decoded[:1] != ED25519:
            raise NoteError("the key is not one for Ed25519")
        found = cls(name, decoded[1:])
        if id != found.id.hex():
            raise NoteError(f"the key has the id {found.id.hex()}, and not {id}")
        return found

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What is kept secret: a name and 32 bytes."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """What others check its signatures with."""
        return PublicKey(self.name, self._private().public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: the text, which ends with a line, and the signature."""
        _require_text(text)
        signature = self._private().sign(text.encode())
        signed = base64.b64encode(self.public.id + signature).decode()
        return f"{text}\n{_DASH}{self.name} {signed}\n"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def opened(note: str, keys: Iterable[PublicKey]) -> tuple[str, PublicKey]:
    """The text of a note and the first known key that signed it. Raises NoteError."""
    text, empty, signatures = note.rpartition("\n\n")
    if not empty:
        raise NoteError("a note has an empty line before its signatures")
    text += "\n"
    _require_text(text)
    lines = signatures.split("\n")
    if lines.pop() or not lines or len(lines) > MOST_SIGNATURES:
        raise NoteError(f"a note ends with 1 to {MOST_SIGNATURES} lines of signatures")
    known = {(each.name, each.id): each for each in keys}
    signers = []
    for name, id, signature in map(_signature, lines):
        key = known.get((name, id))
        if key is None:
            continue
        if not key.fits(signature, text.encode()):
            raise NoteError(f"the signature by {key} does not fit the text")
        signers.append(key)
    if not signers:
        raise NoteError("no known key has signed the note")
    return text, signers[0]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, blank, signed = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not name or not blank:
        raise NoteError("a signature is a dash, the name of a key and base64")
    decoded = _decoded(signed)
    if len(decoded) <= _ID_BYTES:
        raise NoteError("a signature is too short")
    return name, decoded[:_ID_BYTES], decoded[_ID_BYTES:]


def _decoded(text: str) -> bytes:
    """What base64 stands for, in the one way that it is written."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"this is not base64: {error}") from error
    if base64.b64encode(found).decode() != text:
        raise NoteError("this is not how base64 is written")
    return found


def _require_text(text: str) -> None:
    if not text.endswith("\n") or any(each < " " and each != "\n" for each in text):
        raise NoteError("a signed text ends with a line, and has no control characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NoteError("a signed text has no halves of surrogate pairs") from error
