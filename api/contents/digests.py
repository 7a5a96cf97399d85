"""The header `Content-Digest` (RFC 9530) to the hashes that a client states; the others of its algorithms are left."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Final

ALGORITHMS: Final = {"sha-256": "sha256", "sha-512": "sha512"}
"""Those that RFC 9530 calls active, and how `hashlib` calls them."""
WANTED: Final = {"Want-Content-Digest": "sha-256=10"}
SHA256: Final = re.compile(r"[0-9a-f]{64}")

_MEMBER: Final = re.compile(r"[ \t]*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):[ \t]*")


class NoDigest(ValueError):
    """A header that states no digest, or not as RFC 9530 writes it."""


def stated(header: str) -> dict[str, str]:
    """The hashes that a header states, in hexadecimal, by the name of the algorithm. Raises NoDigest."""
    found: dict[str, str] = {}
    for member in header.split(","):
        read = _MEMBER.fullmatch(member)
        if read is None:
            raise NoDigest(f"`{member.strip()}` is not `sha-256=:` and 44 characters of base64 and `:`")
        name, written = read.groups()
        if name not in ALGORITHMS:
            continue
        try:
            read_hash = base64.b64decode(written, validate=True)
        except binascii.Error as error:
            raise NoDigest(f"the {name} is not base64") from error
        length = hashlib.new(ALGORITHMS[name]).digest_size
        if len(read_hash) != length:
            raise NoDigest(f"the {name} has {len(read_hash)} bytes and not {length}")
        if found.setdefault(name, read_hash.hex()) != read_hash.hex():
            raise NoDigest(f"two of {name} are stated")
    return found


def header(sha256: str) -> str:
    """How a hash in hexadecimal stands in a header of RFC 9530."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
