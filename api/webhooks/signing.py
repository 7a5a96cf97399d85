"""What is sent is signed as Standard Webhooks wants it, so that a receiver checks it with a library that exists.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: HMAC-SHA256 over the id, the
time and the body. The receiver needs the same secret, so that it cannot be kept as a hash: it is kept encrypted, with a
key that is not in the database, and bound to the webhook that it is for. It is shown once, when it is made.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
_NONCE: Final = 12
_PURPOSE: Final = b"clausula webhook secrets\x00"


class Unreadable(ValueError):
    """A secret that was encrypted with another key, for another webhook, or is damaged."""


def new_secret() -> str:
    """A secret, as its receiver keeps it."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(secret: str, id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """What goes with a body: its id, which is the same each time it is sent, the time of sending, and the signature."""
    time = str(int(at.timestamp()))
    signed = hmac.digest(
        b64decode(secret.removeprefix(PREFIX)), b".".join((id.encode(), time.encode(), body)), "sha256"
    )
    return {"webhook-id": id, "webhook-timestamp": time, "webhook-signature": f"v1,{b64encode(signed).decode()}"}


class Vault:
    """Encrypts secrets with a key of the service: AES-256-GCM, and the id of the webhook is bound to each."""

    def __init__(self, seed: bytes) -> None:
        self._cipher = AESGCM(hashlib.sha256(_PURPOSE + seed).digest())

    def lock(self, webhook: str, secret: str) -> str:
        """A secret as it is kept."""
        nonce = secrets.token_bytes(_NONCE)
        return b64encode(nonce + self._cipher.encrypt(nonce, secret.encode(), webhook.encode())).decode()

    def open(self, webhook: str, kept: str) -> str:
        """The secret that is kept so. Raises Unreadable."""
        try:
            locked = b64decode(kept)
            return self._cipher.decrypt(locked[:_NONCE], locked[_NONCE:], webhook.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"the secret of the webhook {webhook} was kept with another key") from error
