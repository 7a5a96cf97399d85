"""What can become of a request to the store: a closed union, so that no caller forgets a case.

Only `Stored` leaves an entry behind. Faults of the machine or of our own code are no outcomes; they
surface as exceptions through the future of the request they struck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from api.store.handler import Invalid, StoredEvent


@dataclass(frozen=True, slots=True)
class Stored:
    """The attempt is in the log, accepted or refused; `replayed` if it was there before."""

    event: StoredEvent
    replayed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """The deal has moved on since the version the person was looking at."""

    actual_version: int


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The person used this key in this deal before, for a different request."""

    key: str


@dataclass(frozen=True, slots=True)
class UnknownDeal:
    """There is no such deal, or none that this person is a member of; the two look the same."""

    deal: str


@dataclass(frozen=True, slots=True)
class DealTaken:
    """A deal of this id is open already. The service draws ids at random: no person meets this."""

    deal: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The log of this deal goes on in another database."""

    deal: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Too many requests are waiting, or the database is away; nothing was stored, and the same may be sent again."""

    retry_after: int
    """In how many seconds, as it looks from how many wait and how long each took of late."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """The database went away during the commit: it may be stored or not, and the same request again gets the answer."""

    retry_after: int
    """In how many seconds, as for `Busy`."""


@dataclass(frozen=True, slots=True)
class DiskFull:
    """There is no room on the disk of the database; nothing was stored. Once there is, the same may be sent again."""


Outcome: TypeAlias = (
    Stored | Conflict | KeyReused | UnknownDeal | DealTaken | Moved | Invalid | Busy | InDoubt | DiskFull
)


class StoreClosed(Exception):
    """The store was closed before this request could be heard."""


class StoreFailed(Exception):
    """The disk failed under the store, or something came that it does not know. It stops: no success could be trusted.

    A request that was in hand just then may be stored; sent again to a store that was started anew, it is answered.
    """
