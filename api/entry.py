"""Who comes in with a token: one that this service signed, or one of the issuer outside that it was set to trust.

Without an issuer, the keys beside the database are the ones that count. With one, what they sign is good for operators
alone: people come with tokens of the issuer, who is the one to say when they leave.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import jwt

from api.auth import TYPE, NotSignedIn, Person, Tokens
from api.issuer import Issuer, UnknownKey


@dataclass(frozen=True, slots=True)
class Entry:
    """The tokens of this service, and the issuer whose tokens it takes, if any."""

    tokens: Callable[[], Tokens]
    issuer: Issuer | None = None

    async def person(self, token: str, at: datetime) -> Person:
        """The person that a token names, if it is good at an instant. Raises NotSignedIn."""
        if self.issuer is None:
            return self.tokens().read(token, at)
        if _is_ours(token):
            person = self.tokens().read(token, at)
            if not person.operator:
                raise NotSignedIn
            return person
        await asyncio.to_thread(self.issuer.keys.refresh)
        try:
            return self.issuer.read(token, at)
        except UnknownKey:
            if not await asyncio.to_thread(self.issuer.keys.refresh, True):
                raise
            return self.issuer.read(token, at)

    @property
    def ready(self) -> bool:
        """Whether there are keys to tell a good token by."""
        return self.issuer is None or bool(self.issuer.keys())


def _is_ours(token: str) -> bool:
    try:
        return jwt.get_unverified_header(token).get("typ") == TYPE
    except jwt.PyJWTError as error:
        raise NotSignedIn from error
