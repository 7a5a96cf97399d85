"""Who somebody is, as an issuer outside says: tokens under keys that it publishes as a JSON Web Key Set (RFC 7517).

The keys come from a file, read again whenever it changes, or from an address, asked again every few minutes and when a
token names a key that is not known: but not more often than twice a minute, whatever is sent. What was fetched stays
good for a day while the issuer does not answer. Only keys that verify are taken, each for the algorithms of its kind,
and never one that is shared (`oct`): who may check a token could then make one.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from api.auth import LONGEST_TOKEN, NotSignedIn, Person
from api.settings import LOOPBACK, WrongSetting
from api.store.codec import require_label
from api.strict import Unreadable, read_json

AGAIN: Final = 300.0
"""Seconds after which the keys are fetched anew."""
PAUSE: Final = 30.0
"""Seconds between two fetches, at least."""
LONGEST_KEPT: Final = 24 * 3600.0
"""Seconds for which keys are good that could not be fetched anew."""
TIMEOUT: Final = 5
_ALGORITHMS: Final[Mapping[tuple[str, str | None], tuple[str, ...]]] = {
    ("RSA", None): ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    ("EC", "P-256"): ("ES256",),
    ("EC", "P-384"): ("ES384",),
    ("EC", "P-521"): ("ES512",),
    ("OKP", "Ed25519"): ("EdDSA",),
    ("OKP", "Ed448"): ("EdDSA",),
}
_SIGNED: Final = jwt.PyJWS(algorithms=sorted({each for listed in _ALGORITHMS.values() for each in listed}))
_TYPES: Final = ("jwt", "at+jwt", "application/at+jwt")
_SHORTEST_RSA: Final = 2048

log = logging.getLogger(__name__)


class UnknownKey(NotSignedIn):
    """A token under a key that is not known; perhaps the issuer has published it by now."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that verifies, and with which algorithms."""

    key: Any
    algorithms: tuple[str, ...]


def keys_of(said: Any) -> dict[str, Key]:
    """The keys of a JSON Web Key Set by their names; those that are for something else are left out."""
    listed = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        raise Unreadable("a key set is an object with a list of `keys`")
    found: dict[str, Key] = {}
    for each in listed:
        key = _key(each) if isinstance(each, dict) else None
        name = each.get("kid", "") if isinstance(each, dict) else ""
        if key is not None and isinstance(name, str):
            found[name] = key
    return found


def _key(said: dict[str, Any]) -> Key | None:
    known = _ALGORITHMS.get((str(said.get("kty")), said.get("crv") if said.get("kty") != "RSA" else None), ())
    algorithms = tuple(each for each in known if said.get("alg") in (None, each))
    if not algorithms or said.get("use") not in (None, "sig") or "verify" not in said.get("key_ops", ["verify"]):
        return None
    try:
        key = jwt.PyJWK({name: value for name, value in said.items() if name != "d"}, algorithms[0]).key
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    if isinstance(key, RSAPublicKey) and key.key_size < _SHORTEST_RSA:
        return None
    return Key(key, algorithms)


class KeysInFile:
    """The keys in a file, as it is now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[tuple[int, int, int], dict[str, Key]] | None = None

    def __call__(self) -> Mapping[str, Key]:
        """The keys by name. While the file is away or no key set, those it had before are good."""
        try:
            found = self._path.stat()
            mark = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._seen is None or self._seen[0] != mark:
                self._seen = mark, keys_of(read_json(self._path.read_bytes()))
        except (OSError, Unreadable):
            log.warning("the key set of the issuer cannot be read; the keys it had are used", exc_info=True)
            if self._seen is None:
                return {}
        return self._seen[1]

    def refresh(self, _: bool = False) -> bool:
        """A file is looked at each time; there is nothing to fetch."""
        return False


class KeysAtAddress:
    """The keys that an issuer publishes at an address, as they were when it was last asked."""

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = jwt.PyJWKClient(address, cache_jwk_set=False, timeout=TIMEOUT)
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched: float | None = None
        self._asked: float | None = None
        self._guard = threading.Lock()

    def __call__(self) -> Mapping[str, Key]:
        """The keys by name; none where the issuer has not answered for too long."""
        good = self._fetched is not None and self._clock() - self._fetched < LONGEST_KEPT
        return self._keys if good else {}

    def refresh(self, wanted: bool = False) -> bool:
        """Fetch the keys if it is time to, or if they are `wanted` and were not fetched just now. It may take seconds.

        Tells whether they were fetched.
        """
        if not self._guard.acquire(blocking=False):
            return False
        try:
            now = self._clock()
            since = None if self._asked is None else now - self._asked
            if since is not None and since < (PAUSE if wanted or self._fetched is None else AGAIN):
                return False
            self._asked = now
            self._keys, self._fetched = keys_of(self._client.fetch_data()), now
            return True
        except (jwt.PyJWTError, Unreadable, ValueError):
            log.warning("the keys of the issuer could not be fetched; those known are used", exc_info=True)
            return False
        finally:
            self._guard.release()


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer of tokens: its name (`iss`), whom it issues them for (`aud`), its keys, and how far clocks differ."""

    name: str
    audience: str
    skew: timedelta
    keys: KeysInFile | KeysAtAddress

    def read(self, token: str, at: datetime) -> Person:
        """The person that a token names, if it is good at an instant. Raises UnknownKey or NotSignedIn."""
        try:
            return self._person(token, self._claims(token), at)
        except (jwt.PyJWTError, Unreadable, OverflowError, OSError, ValueError, KeyError) as error:
            raise NotSignedIn from error

    def _claims(self, token: str) -> dict[str, Any]:
        """What a token says, once its signature has been found good; nothing in it is believed before."""
        if len(token) > LONGEST_TOKEN or not token.isascii():
            raise NotSignedIn
        header = jwt.get_unverified_header(token)
        if str(header.get("typ", "JWT")).lower() not in _TYPES or {"crit", "b64", "zip"} & header.keys():
            raise NotSignedIn
        keys, name = self.keys(), header.get("kid")
        key = keys.get(name) if isinstance(name, str) else next(iter(keys.values())) if len(keys) == 1 else None
        if key is None:
            raise UnknownKey
        if header.get("alg") not in key.algorithms:
            raise NotSignedIn
        claims = read_json(_SIGNED.decode(token, key.key, algorithms=list(key.algorithms)))
        if not isinstance(claims, dict):
            raise NotSignedIn
        return claims

    def _person(self, token: str, claims: dict[str, Any], at: datetime) -> Person:
        audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        ends = _instant(claims["exp"]) + self.skew
        begins = max(_instant(claims.get(each, 0)) for each in ("nbf", "iat")) - self.skew
        if claims["iss"] != self.name or self.audience not in audiences or not begins <= at < ends:
            raise NotSignedIn
        issued = _instant(claims["iat"]) if "iat" in claims else datetime.min.replace(tzinfo=UTC)
        person, name, named = claims["sub"], claims.get("name"), claims.get("jti")
        if not isinstance(person, str):
            raise NotSignedIn
        require_label("sub", person)
        shown = name if isinstance(name, str) and name else person
        require_label("name", shown)
        id = f"{self.name} {named}" if isinstance(named, str) and named else hashlib.sha256(token.encode()).hexdigest()
        return Person(person, shown, ends, False, issued, id)


def _instant(seconds: Any) -> datetime:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise NotSignedIn
    return datetime.fromtimestamp(seconds, UTC)


def issuer_from(name: str, where: str, audience: str, skew: int) -> Issuer | None:
    """The issuer that the settings name, if they name one. Raises WrongSetting."""
    if not name and not where:
        return None
    if not name or not where:
        raise WrongSetting("CLAUSULA_ISSUER says who issues tokens, and CLAUSULA_JWKS where its keys are: set both.")
    if "://" not in where:
        keys_in_file = KeysInFile(Path(where))
        if not keys_in_file():
            raise WrongSetting(f"CLAUSULA_JWKS names {where}, which is no file with a key that verifies tokens.")
        return Issuer(name, audience, timedelta(seconds=skew), keys_in_file)
    parts = urlsplit(where)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise WrongSetting("CLAUSULA_JWKS is the path of a file or an address that begins with https://.")
    return Issuer(name, audience, timedelta(seconds=skew), KeysAtAddress(where))
