"""What a person has signed, as bytes that can be made again for ever, and whether the signature fits.

An act is signed as canonical JSON (RFC 8785) of exactly these members: `domain`, so that a signature given here is good
for nothing else; the `deal` and the hash of the `agreement` it is pinned to; the `person`, the party the act is done
`as`, the `act` as it was sent and when it is said to have `happenedAt`; its `effect`, which is the act in the words in
which the agreement understood it, as a preview tells them; the id of the `key`; and a `nonce`, which is the idempotency
key, so that one signature makes one entry. The signature is Ed25519 (RFC 8032) over the UTF-8 bytes of that text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from api.store.codec import Json, canonical

ACT: Final = "clausula-act-1"
KEY: Final = "clausula-key-1"
_KEY_DIGITS: Final = 64
_ID_DIGITS: Final = 32
_SIGNED: Final = frozenset(("key", "signature", "text"))


_SMALL: Final = frozenset(
    bytes.fromhex(each)
    for each in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)
"""The points of small order, whatever their sign: under such a key one signature fits any text (RFC 8032, 8.7)."""


class SignatureError(ValueError):
    """A signature that does not fit what it is said to be for."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it comes with an act: the public key and the signature in hexadecimal, and the effect in words."""

    effect: str
    key: str
    signature: str

    @property
    def json(self) -> dict[str, Json]:
        """It as a part of a request."""
        return {"effect": self.effect, "key": self.key, "signature": self.signature}


@dataclass(frozen=True, slots=True)
class Act:
    """An act as it is signed, but for its effect and the key."""

    deal: str
    agreement_sha256: str
    person: str
    party: str
    act: Mapping[str, Any]
    happened_at_us: int | None
    nonce: str

    def text(self, effect: str, key: str) -> str:
        """What is signed with a public key."""
        return canonical(
            {
                "act": self.act,
                "agreement": self.agreement_sha256,
                "as": self.party,
                "deal": self.deal,
                "domain": ACT,
                "effect": effect,
                "happenedAt": self.happened_at_us,
                "key": key_id(key),
                "nonce": self.nonce,
                "person": self.person,
            }
        )


def key_id(key: str) -> str:
    """How a public key is called: the first 32 digits of the SHA-256 of its 32 bytes. Raises SignatureError."""
    return hashlib.sha256(_public(key)).hexdigest()[:_ID_DIGITS]


def key_text(person: str, key: str) -> str:
    """What a person signs with a key to register it: that it is this person's, and that the secret half is at hand."""
    return canonical({"domain": KEY, "key": key, "person": person})


def require_fits(key: str, signature: str, text: str) -> None:
    """Raise SignatureError unless the owner of a public key has signed a text."""
    public = _public(key)
    if public[:-1] + bytes([public[-1] & 0x7F]) in _SMALL:
        raise SignatureError("this key would let one signature fit any text")
    try:
        found = bytes.fromhex(signature)
        if found.hex() != signature:
            raise SignatureError("a signature is written in small letters")
        Ed25519PublicKey.from_public_bytes(public).verify(found, text.encode())
    except (InvalidSignature, ValueError) as error:
        if isinstance(error, SignatureError):
            raise
        raise SignatureError("the signature does not fit the text and the key") from error


def require_signed(entry: Mapping[str, Any], body: Mapping[str, Any], answer: Mapping[str, Any]) -> str | None:
    """The public key that an entry of the log was signed with, all that was signed compared; None if it was not.

    Raises SignatureError.
    """
    signed = body.get("signed")
    if signed is None:
        return None
    if not isinstance(signed, dict) or signed.keys() != _SIGNED or not all(isinstance(v, str) for v in signed.values()):
        raise SignatureError("what was signed is not kept as it should be")
    key: str = signed["key"]
    require_fits(key, signed["signature"], signed["text"])
    said = json.loads(signed["text"])
    expected = {
        "agreement": entry["agreement_sha256"],
        "deal": entry["deal"],
        "domain": ACT,
        "effect": answer.get("act"),
        "key": key_id(key),
        "nonce": entry["key"],
        "person": entry["actor"],
    }
    for name, value in expected.items():
        if said.get(name) != value:
            raise SignatureError(f"the {name} that was signed is `{said.get(name)}`, and the entry has `{value}`")
    return key


def new_key() -> str:
    """A secret key, in hexadecimal."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_key(secret: str) -> str:
    """The public half of a secret key."""
    return _private(secret).public_key().public_bytes_raw().hex()


def sign(secret: str, text: str) -> str:
    """The signature over a text, in hexadecimal."""
    return _private(secret).sign(text.encode()).hex()


def _private(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_public(secret))


def _public(key: str) -> bytes:
    """The 32 bytes of a key."""
    try:
        found = bytes.fromhex(key)
    except ValueError:
        found = b""
    if len(key) != _KEY_DIGITS or found.hex() != key:
        raise SignatureError(f"a key is {_KEY_DIGITS} hexadecimal digits in small letters")
    return found
