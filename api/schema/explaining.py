"""How values came about, what would make an act possible, and what an answer rests on."""

import asyncio
from typing import cast

import strawberry

from api import receipt
from api.schema.conditions import Reason, Wait
from api.schema.described import field
from api.schema.scalars import Instant, Sequence
from api.service import Reading
from dsl import derived, unlocking
from dsl.actions import Attempt
from dsl.explain import render_derivation
from dsl.reasons import Truth


@strawberry.type(description="What an answer rests on: with it the same can be asked again, and gets the same answer.")
class Receipt:
    """Shows an `api.receipt.Receipt`."""

    agreement_sha256: str = strawberry.field(description="Of the text the deal is pinned to.")
    law_sha256: str = strawberry.field(description="Of the text in force, with its amendments in place.")
    amendments: int = strawberry.field(description="How many amendments have been enacted.")
    engine: str = strawberry.field(description="The version of the meaning of the language.")
    calendar: str = strawberry.field(description="Whose holidays count.")
    calendar_version: str = strawberry.field(description="The release of the library the holidays come from.")
    as_of: Instant = strawberry.field(description="The instant the answer is of.")
    known_at: Instant = strawberry.field(description="What had been recorded by then was known.")
    log_version: Sequence | None = strawberry.field(description="How many entries the log has.")
    log_seal: str = strawberry.field(description="The seal of the last entry of the log.")

    @classmethod
    def shown(cls, found: receipt.Receipt) -> "Receipt":
        return cast(Receipt, found)


@strawberry.type(description="Something on record that a value rests on.")
class Fact:
    """Shows a `dsl.derived.Fact`."""

    text: str
    at: Instant
    section: str
    entry: str = strawberry.field(description="The name of the entry; empty for a payment.")


@strawberry.type(description="How a value came about: what it is now, and what it was worked out from.")
class Derivation:
    """Shows a `dsl.derived.Derivation`."""

    text: str
    value: str = strawberry.field(description="What it is now; empty while that cannot be said.")
    truth: Truth = strawberry.field(description="TRUE if it is known, PENDING or OPEN if not.")
    section: str
    notes: list[str] = strawberry.field(description="How it was worked out: the days counted, what was added up.")
    facts: list[Fact]
    waits: list[Wait]
    children: list["Derivation"]

    @field("The whole derivation as text, as people read it.")
    def rendered(parent: strawberry.Parent[derived.Derivation]) -> str:  # noqa: N805
        return render_derivation(parent)


@strawberry.type(description="One act of a way, or an instant to wait for (then there are no actors).")
class WayStep:
    """Shows a `dsl.unlocking.Step`."""

    actors: list[str] = strawberry.field(description="Any one of them can do it.")
    text: str
    section: str
    states: list[str] = strawberry.field(description="What they have still to choose; it stands as three dots.")
    at: Instant | None


@strawberry.type(description="The acts of one person, or of any one of several.")
class WayShare:
    """What a person does on a way."""

    actors: list[str]
    steps: list[WayStep]


@strawberry.type(description="Acts, in an order in which they are accepted, after which the act asked about is.")
class Way:
    """Shows a `dsl.unlocking.Way`."""

    acts: int = strawberry.field(description="How many acts it takes.")
    steps: list[WayStep]

    @field("The same by person.")
    def by_person(parent: strawberry.Parent[unlocking.Way]) -> list[WayShare]:  # noqa: N805
        return [WayShare(actors=list(who), steps=cast(list[WayStep], list(steps))) for who, steps in parent.by_person]


strawberry.enum(
    unlocking.Searched,
    name="Searched",
    description="How far ways to an act were searched. NOTHING_NEARER: acts that brought it nearer were followed "
    "until none was left. CUT_SHORT: the search stopped before, after so many tries or ways; there may be others. "
    "Neither proves that there is no other way: an empty list means that none was found.",
)


@strawberry.type(description="Why: the reason as a tree, and the same as text.")
class Explanation:
    """A question and its reasons; for an act, one reason for each thing in its way."""

    truth: str = strawberry.field(
        description="`true`, `false`, `pending`, `open`; of an act `accepted`, `refused`; of a value `true` if known; "
        "`none` of a section in which nothing is met or not met (a definition); the summary then says what it is."
    )
    section: str
    summary: str
    reasons: list[Reason]
    figures: list[Derivation] = strawberry.field(
        description="The dates and amounts behind it, and how they came about."
    )
    receipt: Receipt
    reading: strawberry.Private[Reading]
    attempt: strawberry.Private[Attempt | None] = None

    search: strawberry.Private[asyncio.Task[unlocking.Ways] | None] = None

    @field(
        "What would make an act that is refused possible: fewest acts first, each way tried on the deal as it is. "
        "Empty where none was found, which is no proof that there is none: `searched` says how far was looked."
    )
    async def ways(self) -> list[Way]:
        found = await self._found()
        return cast(list[Way], list(found.ways)) if found is not None else []

    @field("How far `ways` were searched; null where there was nothing to search, as nothing is refused.")
    async def searched(self) -> unlocking.Searched | None:
        found = await self._found()
        return found.searched if found is not None else None

    @field("The figures on which a refusal turns, each with who can state what would change it.")
    async def turns_on(self) -> list[Wait]:
        found = await self._found()
        return cast(list[Wait], list(found.turns_on)) if found is not None else []

    async def _found(self) -> unlocking.Ways | None:
        """What is found, searched once for all that ask."""
        if self.attempt is None or self.truth != "refused":
            return None
        if self.search is None:
            asked = (self.reading.agreement, self.reading.state, self.attempt)
            self.search = asyncio.create_task(asyncio.to_thread(unlocking.search_ways, *asked))
        return await self.search
