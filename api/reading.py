"""A deal as one of its members reads it."""

from dataclasses import dataclass
from datetime import datetime

from api import seats
from api.kernel import Held
from api.receipt import Receipt, receipt_of
from api.store import Look, Member, StoredDeal
from dsl.compile import Agreement
from dsl.engine import in_force
from dsl.state import State


@dataclass(frozen=True, slots=True)
class Reading:
    """A deal as one of its members reads it: the state as of an instant, and the law then in force.

    `parties` are those the reader acts for now; a seat from before its role was filled anew is not good any more.
    `keyed` are those whose every act has to be signed with a registered key. `moment` is what was asked for: as of
    which instant, from what was known at which, or now; `supposed` stands for acts that were only tried,
    and `place` for the place on a stream at which it was told.
    """

    deal: StoredDeal
    parties: tuple[str, ...]
    version: int
    recorded_at: datetime
    hash: str
    agreement: Agreement
    state: State
    seats: tuple[Member, ...]
    known_at: datetime | None = None
    keyed: tuple[str, ...] = ()
    moment: tuple[datetime | None, datetime | None] = (None, None)
    supposed: str = ""
    place: str = ""

    @property
    def receipt(self) -> Receipt:
        """What an answer about this reading rests on."""
        return receipt_of(self.agreement, self.state, self.known_at, self.version, self.hash)

    @property
    def law(self) -> Agreement:
        """The agreement as amended so far."""
        return in_force(self.agreement, self.state)


def reading_of(look: Look, person: str, agreement: Agreement, held: Held, state: State, present: State) -> Reading:
    """What a look shows of a state; who acts for whom is as it is in the present one."""
    law = in_force(agreement, present)
    return Reading(
        look.deal, seats.parties_of(law, held.seats, present, person), look.version, look.recorded_at, look.hash,
        agreement, state, seats.members(held.seats, present), keyed=held.keyed,
    )  # fmt: skip
