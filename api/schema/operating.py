"""What is for those who operate the service: how it is, tokens that are good no more, and the first seat of a party.

Nothing that a deal holds is told to them.
"""

from typing import Annotated, Any, cast

import strawberry

from api import answers
from api.schema.answers import Invalid
from api.schema.context import Info
from api.schema.described import mutation
from api.schema.scalars import Instant, Sequence
from api.seats import SeatAsk

FIRST_KEY = (
    "Chosen by you, for one request of yours in this deal. Sent again, the same request gets the first answer; another "
    "one under it in this deal is `KEY_REUSED`."
)


@strawberry.type(description="Entries are stored, and not sealed into the log of all deals.")
class SealingStopped:
    """Shows an `api.evidence.sealer.Stoppage`."""

    since: Instant | None = strawberry.field(description="When it was seen; null where nothing was ever signed.")
    problem: str
    advice: str = strawberry.field(description="What to do.")
    halted: bool = strawberry.field(description="Whether nothing is tried again before the service is started again.")


@strawberry.type(description="How the service is. It tells nothing of any deal.")
class Health:
    """Shows an `api.access.health.Health`."""

    ready: bool = strawberry.field(description="Whether it takes acts.")
    deals: int
    entries: Sequence = strawberry.field(description="How many entries all logs have together.")
    entries_sealed: Sequence = strawberry.field(description="How many of them are sealed into the log of all deals.")
    last_recorded_at: Instant | None
    readings_waiting: int = strawberry.field(description="What was read and is not yet written down.")
    database: str
    database_bytes: str | None = strawberry.field(description="As text, for it may be a large number.")
    wal_bytes: str | None = strawberry.field(description="What the database has still to put in its place.")
    tables_version: str
    program_version: str
    meaning_version: str = strawberry.field(description="The version of the meaning of the language.")
    python_version: str
    last_checkpoint: str | None = strawberry.field(
        description="The newest signed checkpoint of the log of all deals, as `checkpoint { note }`. Keep it."
    )
    sealing_stopped: SealingStopped | None = strawberry.field(
        description="Why entries are stored and not sealed; null where all goes well."
    )
    documents: str = strawberry.field(description="Where documents are held: a folder, or the address of a bucket.")
    documents_out: str | None = strawberry.field(
        description="Why documents can neither be put nor got now; null where they can. Acts do not need them."
    )


@strawberry.type(description="These tokens are good no more; streams that were followed with them have ended.")
class Revoked:
    """Shows what was revoked."""

    person: str
    at: Instant

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, Revoked)


RevokeResult = Annotated[Revoked | Invalid, strawberry.union("RevokeResult")]


@strawberry.type(description="The person acts for the party. It is on record in the deal, with the name of who asked.")
class Seated:
    """Shows that a first seat was given, and nothing else of the deal."""

    party: str
    person: str
    recorded_at: Instant

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, Seated)


SeatFirstResult = Annotated[Seated | Invalid, strawberry.union("SeatFirstResult")]


@strawberry.type
class OperatingMutation:
    """The acts of whoever operates the service that are about a deal."""

    @mutation(
        "Seat the first person of whoever fills a role, where nobody acts for it; for those who operate the service. "
        "That person seats others."
    )
    async def seat_first(
        self,
        info: Info,
        deal_id: strawberry.ID,
        party: str,
        person: str,
        idempotency_key: Annotated[str, strawberry.argument(description=FIRST_KEY)],
    ) -> SeatFirstResult:
        ask = SeatAsk(str(deal_id), party, person, acts=True, operator=True)
        answer = await info.context.service.seat_soon(info.context.operating(), ask, idempotency_key)
        if isinstance(answer, answers.Accepted):
            return Seated(party=party, person=person, recorded_at=Instant(answer.recorded_at))
        return cast(Invalid, answer)
