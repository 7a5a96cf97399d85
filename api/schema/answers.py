"""What a request is answered with: a union of success and expected refusals, each with its clause and reasons."""

from typing import Annotated, Any, cast

import strawberry

from api import answers
from api.answers import AllAccepted as Done
from api.schema.conditions import Reason, Wait
from api.schema.described import field
from api.schema.norms import Change
from api.schema.scalars import Instant, Sequence


@strawberry.interface(description="Why something was not done: a code that stays the same, and a sentence for people.")
class Problem:
    """What every answer has that is no success."""

    code: str = strawberry.field(
        description="Of `Refused`: `PENDING` (an act, a finding or an instant has not come), `OPEN` (it rests on a "
        "blank or a reading that nobody has settled) or `NOT_MET` (what the agreement asks for is not so, or no "
        "section lets this party do it). Of `Conflict`: `CONFLICT`. Of `Invalid`: `NOT_UNDERSTOOD`, `NOT_YOUR_PARTY`, "
        "`NO_SUCH_DEAL`, `NO_SUCH_AGREEMENT`, `KEY_REUSED`, `NOT_YET`, `NOT_AN_AGREEMENT`, `LAST_SEAT`, `MOVED`, "
        "`BUSY`, `IN_DOUBT`, `DISK_FULL`, `SIGNATURE_NEEDED`, `BAD_SIGNATURE`, `NOT_AS_SIGNED`, `NO_SUCH_KEY`, "
        "`KEY_REVOKED`, `NOT_ENDORSED`, `NO_SUCH_INVITATION`, `NO_SUCH_PARTY`, `BEFORE_OPENING`, `SUPPOSED`, "
        "`BAD_TARGET`, `BAD_DOCUMENT`, `BAD_CURSOR`, `TOO_MUCH`, `NO_SUCH_WEBHOOK`, `NO_SUCH_DELIVERY` or "
        "`NOT_THIS_AGREEMENT`."
    )
    message: str


@strawberry.type(description="The deal is open.")
class Opened:
    """Shows an opening."""

    happened_at: Instant
    recorded_at: Instant
    changes: list[Change]
    unseated: list[str] = strawberry.field(
        description="The parties for which nobody acts yet: who operates the service seats the first person of each."
    )

    @strawberry.field
    def deal_id(parent: strawberry.Parent[answers.Opened]) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(parent.place.deal)

    @strawberry.field
    def version(parent: strawberry.Parent[answers.Opened]) -> Sequence:  # noqa: N805
        return Sequence(parent.place.version)

    @field("The seal of the entry; keep it, and you can prove later what you saw.")
    def seal(parent: strawberry.Parent[answers.Opened]) -> str:  # noqa: N805
        return parent.place.hash

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, answers.Opened)


@strawberry.type(description="The act was accepted, under this section.")
class Accepted:
    """Shows an accepted attempt."""

    act: str = strawberry.field(description="What was understood, in words.")
    section: str
    note: str = strawberry.field(description="What a cap has trimmed; empty if nothing was.")
    happened_at: Instant
    recorded_at: Instant
    changes: list[Change] = strawberry.field(description="What followed.")

    @strawberry.field
    def party(parent: strawberry.Parent[answers.Accepted]) -> str:  # noqa: N805
        return parent.party

    @field("The version of the deal with this entry; null in a preview.")
    def version(parent: strawberry.Parent[answers.Accepted]) -> Sequence | None:  # noqa: N805
        return Sequence(parent.place.version) if parent.place else None

    @field("The seal of the entry; null in a preview.")
    def seal(parent: strawberry.Parent[answers.Accepted]) -> str | None:  # noqa: N805
        return parent.place.hash if parent.place else None

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, answers.Accepted)


@strawberry.type(description="The act was refused, under this section and for these reasons. It is on record.")
class Refused(Problem):
    """Shows a refused attempt."""

    clause: str = strawberry.field(description="The clause that the section stands in: `3.1(a)`.")
    item: str = strawberry.field(description="What of the clause is meant: `(iv)(A)`; empty where it is the whole.")
    unlocks: list[Wait] = strawberry.field(description="What would change it, and who can supply it; each once.")

    party: str
    act: str
    section: str
    summary: str
    reasons: list[Reason]
    happened_at: Instant
    recorded_at: Instant

    @field("The version of the deal with this entry; null in a preview.")
    def version(parent: strawberry.Parent[answers.Refused]) -> Sequence | None:  # noqa: N805
        return Sequence(parent.place.version) if parent.place else None

    @field("The seal of the entry; null in a preview.")
    def seal(parent: strawberry.Parent[answers.Refused]) -> str | None:  # noqa: N805
        return parent.place.hash if parent.place else None

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, answers.Refused)


@strawberry.type(description="The deal has moved on since the version you looked at. Nothing was tried.")
class Conflict(Problem):
    """Shows a conflict."""

    @field("Where the deal is now.")
    def actual_version(parent: strawberry.Parent[answers.Conflict]) -> Sequence:  # noqa: N805
        return Sequence(parent.version)

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, answers.Conflict)


@strawberry.type(description="Nothing the agreement knows, or nothing you can ask. Nothing was recorded.")
class Invalid(Problem):
    """Shows what could not be understood."""

    problems: list[str]
    retry_after: int | None = strawberry.field(
        description="In how many seconds to send the same again under the same key, with `BUSY` and `IN_DOUBT`; null "
        "where time alone changes nothing."
    )

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, answers.Invalid)


@strawberry.type(description="All the acts were accepted, each an entry of its own, one after the other.")
class AllAccepted:
    """Shows several accepted attempts."""

    answers: list[Accepted]

    @field("The version of the deal with all of them.")
    def version(parent: strawberry.Parent[Done]) -> Sequence:  # noqa: N805
        return Sequence(max(each.place.version for each in parent.answers if each.place is not None))

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, Done)


@strawberry.type(description="One of the acts was refused, so none was done. Nothing is on record.")
class NoneDone(Problem):
    """Shows why several acts were not done."""

    position: int = strawberry.field(description="Which of them it was, counted from 1.")
    refused: Refused = strawberry.field(description="Why it was refused.")

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, answers.NoneDone)


SubmitAllResult = Annotated[AllAccepted | NoneDone | Conflict | Invalid, strawberry.union("SubmitAllResult")]
OpenResult = Annotated[Opened | Invalid, strawberry.union("OpenResult")]
SubmitResult = Annotated[Accepted | Refused | Conflict | Invalid, strawberry.union("SubmitResult")]

SeatResult = Annotated[Accepted | Invalid, strawberry.union("SeatResult")]


def submitted(answer: answers.Answer) -> Accepted | Refused | Conflict | Invalid:
    """An answer as the schema shows it."""
    return cast(Accepted | Refused | Conflict | Invalid, answer)


def seated(answer: answers.Answer) -> Accepted | Invalid:
    """The answer to a seating as the schema shows it."""
    return cast(Accepted | Invalid, answer)


def opened(answer: answers.Answer) -> Opened | Invalid:
    """The answer to an opening as the schema shows it."""
    return cast(Opened | Invalid, answer)
