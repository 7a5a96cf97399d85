"""What comes on the streams about the state of a deal: how it stands at a moment, and one's own part in it."""

from collections import abc
from collections.abc import Iterator
from enum import Enum
from typing import cast

import strawberry

from api.following import Cause, Moment
from api.schema.acts import Possibility, shown
from api.schema.deal import Deal
from api.schema.described import field
from api.schema.nodes import home_of, norm_named
from api.schema.norms import Norm
from api.schema.scalars import Instant, Sequence
from api.schema.timeline import TimelineRecord
from api.service import Reading
from dsl import possibilities, views
from dsl.compile import Agreement
from dsl.views import NormView

STANDING = ("active", "overdue", "suspended", "open")
"""The statuses of a norm that still binds or allows, or will again."""

MomentCause = strawberry.enum(
    Cause,
    name="MomentCause",
    description="`PRESENT`: you began to follow. `ENTRY`: an entry was recorded. `TIME`: an instant came that the deal "
    "waited for, such as a deadline.",
)


@strawberry.type(description="A deal at a moment of its course.")
class DealMoment:
    """Shows a `Moment`."""

    moment: strawberry.Private[Moment]
    reading: strawberry.Private[Reading]

    @field("Why it is told.")
    def cause(self) -> MomentCause:  # type: ignore[valid-type]
        return self.moment.cause

    @field("Hand it back as `after`, and you are told what came after it.")
    def cursor(self) -> str:
        return str(self.moment.place)

    @field("When that was: when the entry was recorded, or the instant that came.")
    def at(self) -> Instant:
        return Instant(self.moment.place.at)

    @field(
        "The deal as it stood then, from what was known then. Its `id` is that of the deal now for the latest moment."
    )
    def deal(self) -> Deal:
        return Deal(reading=self.reading)


@strawberry.type(description="An entry of one of your deals, where it stands in the log of all deals.")
class DealEvent:
    """Shows a `Sealed`."""

    cursor: Sequence = strawberry.field(description="Hand it back as `after`, and you are told what came after it.")
    deal_id: strawberry.ID = strawberry.field(description="The deal that it is in.")
    agreement: str = strawberry.field(description="The agreement of the deal, by its name in the catalogue.")
    event: TimelineRecord = strawberry.field(description="The entry of the log.")


@strawberry.enum(description="What of one's part in a deal is different.")
class PartChange(Enum):
    """The three things that can change."""

    NORMS = strawberry.enum_value("norms", description="Duties, powers or bans, or how they stand.")
    DEADLINES = strawberry.enum_value("deadlines", description="By when.")
    ACTIONS = strawberry.enum_value("actions", description="What can be done, or why something cannot be.")


@strawberry.type(description="What a deal asks of you and lets you do at a moment.")
class MyPart:
    """Made from a `Moment` for one person."""

    cursor: str = strawberry.field(description="Hand it back as `after`, and you are told what came after it.")
    at: Instant = strawberry.field(description="When that was.")
    version: Sequence = strawberry.field(description="How many entries the log had; hand it back as `expectedVersion`.")
    parties: list[str] = strawberry.field(description="The parties you act for.")
    changed: list[PartChange] = strawberry.field(
        description="What is different from what you were told before; all of it the first time."
    )
    norms: list[Norm] = strawberry.field(description="Your duties, powers and bans that still stand.")
    next_deadline: Instant | None = strawberry.field(description="The earliest `due` of your duties that still run.")
    available_actions: list[Possibility] = strawberry.field(description="What you can do, and what is blocked and why.")


def part_of(moment: Moment, person: str, before: MyPart | None) -> MyPart:
    """What a deal asks of a person at a moment and lets him or her do, and what of it is different from before."""
    reading = moment.reading(person)
    law, state, parties = reading.law, reading.state, reading.parties
    standing = [each for each in views.norms(law, state) if each.status in STANDING and _bears(law, each, parties)]
    norms = [norm_named(home_of(reading), state, each) for each in standing]
    acts = [each for party in parties for each in possibilities.possibilities(reading.agreement, state, party)]
    due = min((each.due for each in standing if _runs(each) and each.due is not None), default=None)
    part = MyPart(
        cursor=str(moment.place),
        at=Instant(moment.place.at),
        version=Sequence(reading.version),
        parties=list(parties),
        changed=list(PartChange),
        norms=cast(list[Norm], norms),
        next_deadline=Instant(due) if due is not None else None,
        available_actions=shown(reading, acts),
    )
    if before is not None:
        part.changed = list(_changes(before, part))
    return part


def _bears(law: Agreement, norm: NormView, parties: abc.Sequence[str]) -> bool:
    return any(party == name or party in law.members(name) for party in parties for name in norm.bearers)


def _runs(norm: NormView) -> bool:
    return norm.modality == "duty" and norm.status == "active"


def _changes(before: MyPart, now: MyPart) -> Iterator[PartChange]:
    """Which of the three is different."""
    if _standing(before) != _standing(now):
        yield PartChange.NORMS
    if _deadlines(before) != _deadlines(now):
        yield PartChange.DEADLINES
    if before.available_actions != now.available_actions or before.parties != now.parties:
        yield PartChange.ACTIONS


def _standing(part: MyPart) -> list[tuple[object, ...]]:
    found = cast(abc.Sequence[NormView], part.norms)
    return [(each.key, each.status, each.bearers, each.text, each.owed, each.paid, each.asserted_by) for each in found]


def _deadlines(part: MyPart) -> list[tuple[object, ...]]:
    found = cast(abc.Sequence[NormView], part.norms)
    return [(each.key, each.due, each.vague, each.stopped) for each in found]
