"""Who somebody is: a signed token in, a person out, or nothing at all.

A token is a JWT as RFC 8725 wants it: of one type, signed with HS256 under a key that this service holds, and with
nothing else in its header, so that nobody who sends one has a say in how it is checked. It names a person (`sub`), when
it was issued (`iat`, with the microseconds in `us`) and when it ends, who issued it and for whom, and itself (`jti`),
so that it can be revoked. What the person may see and do in a deal is not in the token: the deal's own log says who
acts for whom. The token of an operator says so (`role`), and is good for the health of the service, for ending tokens
and for seating the first person of a party that nobody acts for.
"""

import binascii
import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import jwt

from api.store.codec import require_label
from api.strict import Unreadable, read_json

ALGORITHM: Final = "HS256"
TYPE: Final = "clausula+jwt"
ISSUER: Final = "clausula"
AUDIENCE: Final = "clausula"
OPERATOR: Final = "operator"
KEY_FILE: Final = "token.key"
SHORTEST_KEY: Final = 32
LONGEST_TOKEN: Final = 4096
LEEWAY: Final = timedelta(seconds=5)
"""So far may the clock of whoever issued a token be ahead of ours; none is good for longer because of it."""

_CLAIMS: Final = {"sub": str, "name": str, "iat": int, "us": int, "exp": int, "iss": str, "aud": str, "jti": str}
_INSTANTS: Final = ("iat", "exp", "nbf")
_MORE: Final = {"nbf": int, "role": str}
_SIGNED = jwt.PyJWS(algorithms=[ALGORITHM])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in, until `expires`; `token` names the token that says so."""

    id: str
    name: str
    expires: datetime
    operator: bool = False
    issued: datetime = field(default=datetime.min.replace(tzinfo=UTC), compare=False)
    token: str = field(default="", compare=False)


class NotSignedIn(Exception):
    """A token that proves nothing; why is not told to whoever sent it."""


class WeakKey(ValueError):
    """A key that is too short to sign with."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Issues tokens and reads them back; keys are 32 bytes or longer. A retiring one signs no more."""

    key: bytes = field(repr=False)
    retiring: tuple[bytes, ...] = field(default=(), repr=False)
    _by_id: Mapping[str, bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for key in (self.key, *self.retiring):
            if len(key) < SHORTEST_KEY:
                raise WeakKey(f"the key has {len(key)} bytes and needs at least {SHORTEST_KEY}")
        object.__setattr__(self, "_by_id", {key_id(key): key for key in (*self.retiring, self.key)})

    def issue(self, person: str, at: datetime, lasting: timedelta, name: str = "", operator: bool = False) -> str:
        """A token for a person, from an instant on."""
        claims = {
            "sub": person,
            "name": name or person,
            "iat": int(at.timestamp()),
            "exp": int((at + lasting).timestamp()),
            "iss": ISSUER,
            "aud": AUDIENCE,
            "us": at.microsecond,
            "jti": secrets.token_hex(16),
            **({"role": OPERATOR} if operator else {}),
        }
        return jwt.encode(claims, self.key, ALGORITHM, headers={"kid": key_id(self.key), "typ": TYPE})

    def read(self, token: str, at: datetime) -> Person:
        """The person that a token names, if it is good at an instant. Whether it was revoked is not known here."""
        try:
            return _person(self._claims(token), at)
        except (jwt.PyJWTError, Unreadable, OverflowError, OSError, ValueError) as error:
            raise NotSignedIn from error

    def _claims(self, token: str) -> dict[str, Any]:
        """What a token says, once its signature has been found good; nothing in it is believed before."""
        parts = token.split(".") if len(token) <= LONGEST_TOKEN and token.isascii() else []
        if len(parts) != 3:
            raise NotSignedIn
        header = _segment(parts[0])
        key = self._by_id.get(header["kid"]) if _has(header, {"alg": str, "kid": str, "typ": str}, {}) else None
        if key is None or (header["alg"], header["typ"]) != (ALGORITHM, TYPE):
            raise NotSignedIn
        for part in parts:
            _bytes(part)
        _SIGNED.decode(token, key, algorithms=[ALGORITHM])
        claims: dict[str, Any] = _segment(parts[1])
        return claims


def _person(claims: dict[str, Any], at: datetime) -> Person:
    if not _has(claims, _CLAIMS, _MORE):
        raise NotSignedIn
    issued, ends, begins = (datetime.fromtimestamp(claims.get(each, claims["iat"]), UTC) for each in _INSTANTS)
    issued = issued.replace(microsecond=claims["us"])
    said = (claims["iss"], claims["aud"], claims.get("role", OPERATOR))
    if said != (ISSUER, AUDIENCE, OPERATOR) or not max(issued, begins) - LEEWAY <= at < ends:
        raise NotSignedIn
    for each in ("sub", "name", "jti"):
        require_label(each, claims[each])
    return Person(claims["sub"], claims["name"], ends, "role" in claims, issued, claims["jti"])


def _has(found: object, needed: Mapping[str, type], allowed: Mapping[str, type]) -> bool:
    """Whether something is an object with all that is needed, and with nothing that is not at least allowed."""
    if not isinstance(found, dict) or not needed.keys() <= found.keys() <= needed.keys() | allowed.keys():
        return False
    return all(type(value) is {**needed, **allowed}[name] for name, value in found.items())


def _segment(written: str) -> Any:
    return read_json(_bytes(written))


def _bytes(written: str) -> bytes:
    """The bytes of a part of a token, which can be written in one way only."""
    try:
        found = urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except binascii.Error as error:
        raise NotSignedIn from error
    if urlsafe_b64encode(found).rstrip(b"=").decode() != written:
        raise NotSignedIn
    return found


def key_id(key: bytes) -> str:
    """The name of a key in the header of a token; it gives nothing of the key away."""
    return hashlib.sha256(b"clausula key id\x00" + key).hexdigest()[:16]


def bearer(header: str | None) -> str | None:
    """The token of an `Authorization` header; None if there is no such header."""
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn
    return token.strip()


# ---------------------------------------------------------------------- keys


class KeptTokens:
    """The tokens of the keys in a folder; the keys are read again whenever the file has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[tuple[int, int, int], Tokens] | None = None

    def __call__(self) -> Tokens:
        """The tokens as they are now."""
        keys = keys_in(self._folder) if self._seen is None else ()
        found = (self._folder / KEY_FILE).stat()
        mark = (found.st_ino, found.st_mtime_ns, found.st_size)
        if self._seen is None or self._seen[0] != mark:
            first, *rest = keys or keys_in(self._folder)
            self._seen = mark, Tokens(first, tuple(rest))
        return self._seen[1]


def keys_in(folder: Path) -> tuple[bytes, ...]:
    """The keys kept in a folder, readable by its owner alone, the one that signs first; made on the first call."""
    return _secrets_in(folder / KEY_FILE)


def secret_in(path: Path) -> bytes:
    """The 32 bytes kept in a file, readable by its owner alone; drawn on the first call."""
    return _secrets_in(path)[0]


def _secrets_in(path: Path) -> tuple[bytes, ...]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = _written(path, (secrets.token_bytes(SHORTEST_KEY),))
        try:
            os.link(fresh, path)  # whoever comes second keeps the key of the first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return tuple(bytes.fromhex(line) for line in path.read_text(encoding="ascii").split())


def renew_key(folder: Path) -> tuple[bytes, ...]:
    """A new key that signs from now on; the one before is good for tokens issued so far, and older ones are retired."""
    keys = (secrets.token_bytes(SHORTEST_KEY), *keys_in(folder)[:1])
    _written(folder / KEY_FILE, keys).replace(folder / KEY_FILE)
    return keys


def retire_keys(folder: Path) -> tuple[bytes, ...]:
    """Only the key that signs is good from now on, and no token that another one has signed."""
    keys = keys_in(folder)[:1]
    _written(folder / KEY_FILE, keys).replace(folder / KEY_FILE)
    return keys


def _written(path: Path, keys: tuple[bytes, ...]) -> Path:
    """A file beside the one in use, on the disk and for its owner alone."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(key.hex() for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return fresh
