"""Invitations: who acts for a party lets somebody else be seated for it, by a text that is handed over.

The text says which deal, which party and who invites, until when; it is signed with the key of the service, so that
nothing has to be kept until it is accepted. Whoever accepts it first is seated, by an entry of the log in the name of
who invited; that entry has a key made from the invitation, so that a second person gets nothing. Who invited must
still act for the party then. To take an invitation back, give it to nobody, or let the time pass.
"""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from api.auth import Tokens
from api.store import canonical
from api.store.codec import from_microseconds, to_microseconds

LONGEST: Final = 2000
_DOMAIN: Final = b"clausula invitation 1\x00"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited to which seat: `id` names it, and `inviter` is the person in whose name it is accepted."""

    id: str
    deal: str
    party: str
    inviter: str
    until: datetime

    @property
    def key(self) -> str:
        """The idempotency key of its acceptance."""
        return f"invitation {self.id}"


def invited(tokens: Tokens, deal: str, party: str, inviter: str, until: datetime) -> str:
    """The text of a new invitation."""
    said = canonical([secrets.token_hex(16), deal, party, inviter, to_microseconds(until)]).encode()
    return f"{_written(said)}.{_written(_seal(tokens.key, said))}"


def read_invitation(tokens: Tokens, text: str, at: datetime) -> Invitation | None:
    """The invitation that a text is; None for one that was not made here, or whose time has passed."""
    said, _, seal = text.partition(".") if len(text) <= LONGEST and text.isascii() else ("", "", "")
    try:
        body, given = _read(said), _read(seal)
    except (Error, ValueError):
        return None
    if not any(hmac.compare_digest(_seal(key, body), given) for key in (tokens.key, *tokens.retiring)):
        return None
    id, deal, party, inviter, until = json.loads(body)
    found = Invitation(id, deal, party, inviter, from_microseconds(until))
    return found if at < found.until else None


def _seal(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, _DOMAIN + said, sha256).digest()


def _written(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
