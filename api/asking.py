"""What a client asks for in a deal, and the one text of it by which two requests are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from api.acts import Act
from api.evidence.signature import Signed
from api.store import canonical
from api.store.codec import Json, to_microseconds


@dataclass(frozen=True, slots=True)
class Ask:
    """An attempt as a client puts it: for which deal, as which party, what, and with which signature, if any."""

    deal: str
    party: str
    act: Act
    happened_at: datetime | None = None
    signed: Signed | None = None

    @property
    def happened_at_us(self) -> int | None:
        """When it is said to have happened, as it is kept."""
        return None if self.happened_at is None else to_microseconds(self.happened_at)

    @property
    def json(self) -> dict[str, Json]:
        """What is asked, without the deal."""
        asked: dict[str, Json] = {"act": self.act, "as": self.party, "happenedAt": self.happened_at_us}
        return asked if self.signed is None else {**asked, "signed": self.signed.json}

    @property
    def body(self) -> str:
        """The one text of it, by which two requests are the same."""
        return canonical(self.json)


MOST_ACTS: Final = 20
"""How many acts can be asked for at once."""


def together(asks: Sequence[Ask]) -> str:
    """The one text of several acts that stand or fall together."""
    return canonical({"acts": [each.json for each in asks]})


def how_many(given: int) -> str:
    """What is told where there are too many acts, or none."""
    return f"Give between 1 and {MOST_ACTS} acts, not {given}."


def more_keys(key: str, asks: Sequence[Ask]) -> tuple[str, ...]:
    """The keys of the entries after the first, which nobody chooses: made from that of the request."""
    return all_keys(key, len(asks))[1:]


def all_keys(key: str, count: int) -> tuple[str, ...]:
    """The keys of all the entries of a request, the first of which is its own."""
    made = (sha256(canonical(["then", key, number]).encode()).hexdigest() for number in range(1, count))
    return (key, *made)[:count]
