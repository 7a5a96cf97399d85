"""What a client asks for in a deal, and the one text of it by which two requests are the same."""

from dataclasses import dataclass
from datetime import datetime

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
    def body(self) -> str:
        """The one text of it, by which two requests are the same."""
        asked: dict[str, Json] = {"act": self.act, "as": self.party, "happenedAt": self.happened_at_us}
        return canonical(asked if self.signed is None else {**asked, "signed": self.signed.json})
