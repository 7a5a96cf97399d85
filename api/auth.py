"""Who somebody is: a signed token in, a person out, or nothing at all.

A token is a JWT with the signature HS256 and nothing else; a token without a signature, or with another one, is no
token. It names a person (`sub`), when it was issued and when it ends, who issued it and for whom. What the person may
see and do in a deal is not in the token: the deal's own log says who acts for whom.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import jwt

ALGORITHM: Final = "HS256"
ISSUER: Final = "clausula"
AUDIENCE: Final = "clausula"
KEY_FILE: Final = "token.key"
SHORTEST_KEY: Final = 32
_CLAIMS: Final = ("sub", "exp", "iat", "aud", "iss")
_LEEWAY: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in, until `expires`."""

    id: str
    name: str
    expires: datetime


class NotSignedIn(Exception):
    """A token that proves nothing; why is not told to whoever sent it."""


class WeakKey(ValueError):
    """A key that is too short to sign with."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Issues tokens and reads them back; the key is 32 bytes or longer."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise WeakKey(f"the key has {len(self.key)} bytes and needs at least {SHORTEST_KEY}")

    def issue(self, person: str, at: datetime, lasting: timedelta, name: str = "") -> str:
        """A token for a person, from an instant on."""
        claims = {
            "sub": person,
            "name": name or person,
            "iat": int(at.timestamp()),
            "exp": int((at + lasting).timestamp()),
            "iss": ISSUER,
            "aud": AUDIENCE,
        }
        return jwt.encode(claims, self.key, ALGORITHM)

    def read(self, token: str, at: datetime) -> Person:
        """The person that a token names, if it is good at an instant."""
        try:
            claims = jwt.decode(
                token,
                self.key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={
                    "require": list(_CLAIMS),
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
            issued, ends = _instant(claims["iat"]), _instant(claims["exp"])
        except (jwt.PyJWTError, OverflowError, TypeError, ValueError) as error:
            raise NotSignedIn from error
        person = claims["sub"]
        if not person or not issued - _LEEWAY <= at < ends:
            raise NotSignedIn
        return Person(person, str(claims.get("name") or person), ends)


def _instant(seconds: object) -> datetime:
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise TypeError("an instant in a token is a whole number of seconds")
    return datetime.fromtimestamp(seconds, UTC)


def bearer(header: str | None) -> str | None:
    """The token of an `Authorization` header; None if there is no such header."""
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn
    return token.strip()


def key_in(folder: Path) -> bytes:
    """The key for tokens kept in a folder."""
    return secret_in(folder / KEY_FILE)


def secret_in(path: Path) -> bytes:
    """The 32 bytes kept in a file, readable by its owner alone; drawn on the first call."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.parent / f".{path.name}.{secrets.token_hex(8)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SHORTEST_KEY))
        try:
            os.link(fresh, path)  # whoever comes second keeps the key of the first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
