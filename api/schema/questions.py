"""What can be asked of a deal as it stands: why, why not, what if, and how it differs from itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, cast

import strawberry
from strawberry import Maybe

from api import answers, service
from api.asking import MOST_ACTS, how_many
from api.comparing import differences
from api.schema.acts import ActInput, ActionsResult, AttemptInput, AvailableActions, shown
from api.schema.answers import Invalid, Refused, SubmitResult, submitted
from api.schema.context import Info
from api.schema.described import field
from api.schema.explaining import Explanation, Receipt
from api.schema.nodes import Node
from api.schema.norms import Change
from api.schema.scalars import Instant
from api.schema.timeline import TimelineConnection, timeline_page
from api.schema.why import BEFORE, ExplainInput, ExplainResult, explained, supposed, why_not
from api.service import BeforeOpening, Reading
from dsl import possibilities
from dsl.diagnostics import did_you_mean

if TYPE_CHECKING:
    from api.schema.deal import Deal

Shown = Annotated["Deal", strawberry.lazy("api.schema.deal")]
For = Annotated[str | None, strawberry.argument(name="for")]


@strawberry.type(description="What acts would lead to. Nothing is stored.")
class Preview:
    """Shows a `service.Preview`."""

    found: strawberry.Private[service.Preview]
    deal: Shown = strawberry.field(description="The deal as it would be.")

    @field("What would follow.")
    def changes(self) -> list[Change]:
        return cast(list[Change], list(self.found.changes))

    @field("The answer to each act in turn, up to the first that is refused: then none of them would be done.")
    def answers(self) -> list[SubmitResult]:
        return [submitted(each) for each in self.found.answers]

    @field("The answer to the last of them, or to the one that stopped it.")
    def answer(self) -> SubmitResult:
        return submitted(self.found.answer)

    @field("What the answer rests on.")
    def receipt(self) -> Receipt:
        return Receipt.shown(self.found.before.receipt)


PreviewResult = Annotated[Preview | Invalid, strawberry.union("PreviewResult")]


@strawberry.type(description="What is different, told of one thing: it is null where there is no such thing.")
class Difference:
    """Shows an `api.comparing.Difference`."""

    what: str = strawberry.field(
        description="`fund`, `paid`, `cap`, `document`, `entry`, `norm`, `checklist`, `clause`, `blank`, `ambiguity`, "
        "`role` or `agreement`."
    )
    key: str = strawberry.field(description="Names it among those of its kind, here and there.")
    name: str
    aspect: str = strawberry.field(description="What of it: `balance`, `status`, `due`, `met`, ...")
    section: str
    before: str | None
    after: str | None


@strawberry.type(description="This deal beside itself as it would be, or as it was or will be at another instant.")
class Comparison:
    """Two readings."""

    found: strawberry.Private[tuple[Reading, Reading]]
    deal: Shown = strawberry.field(description="The deal as it is there.")

    @field("All that is different.")
    async def differences(self) -> list[Difference]:
        return cast(list[Difference], list(await asyncio.to_thread(differences, *self.found)))

    @field("What a party can do there and cannot do here.")
    async def gained(self, for_: For = None) -> ActionsResult:
        return await asyncio.to_thread(_only, self.found[1], self.found[0], for_)

    @field("What a party can do here and cannot do there.")
    async def lost(self, for_: For = None) -> ActionsResult:
        return await asyncio.to_thread(_only, self.found[0], self.found[1], for_)


ComparisonResult = Annotated[Comparison | Refused | Invalid, strawberry.union("ComparisonResult")]


@strawberry.input(description="An instant, and what was known at one.")
class MomentInput:
    """When."""

    as_of: Instant | None = None
    known_at: Instant | None = None


@strawberry.input(one_of=True, description="What to compare with: what acts would lead to, or another instant.")
class CompareInput:
    """One other side."""

    actions: Maybe[list[AttemptInput]]
    moment: Maybe[MomentInput]


@strawberry.type
class Questions(Node):
    """Asked of a `Reading`."""

    reading: strawberry.Private[Reading]

    @field("Why, why not, and what would change it, at this instant.")
    async def explain(self, info: Info, about: ExplainInput) -> ExplainResult:
        if about.attempt is not None:
            return await self._tried(info, about.attempt.value)
        return cast(Explanation | Invalid, await asyncio.to_thread(explained, info, self.reading, about))

    @field("Why a party cannot do something at this instant, and what would unlock it; `accepted` if it can.")
    async def why_not(
        self, info: Info, as_: Annotated[str, strawberry.argument(name="as")], act: ActInput
    ) -> ExplainResult:
        return await self._tried(info, AttemptInput(as_=as_, act=act))

    @field("What acts would lead to that stand or fall together, one after the other: all of them are done, or none.")
    async def preview(self, info: Info, actions: list[AttemptInput]) -> PreviewResult:
        found = await self._if(info, actions)
        if isinstance(found, answers.Invalid):
            return cast(Invalid, found)
        return Preview(found=found, deal=self._at(found.after))

    @field("This deal beside itself: as acts would make it, or at another instant.")
    async def compare(self, info: Info, to: CompareInput) -> ComparisonResult:
        if to.actions is not None:
            found = await self._if(info, to.actions.value)
            if isinstance(found, answers.Invalid):
                return cast(Invalid, found)
            if isinstance(found.answer, answers.Refused):
                return cast(Refused, found.answer)
            return Comparison(found=(found.before, found.after), deal=self._at(found.after))
        assert to.moment is not None  # noqa: S101 -- exactly one of the members is there
        moment, person = to.moment.value, info.context.signed_in()
        read = info.context.service.read
        try:
            then = await asyncio.to_thread(read, person, self.reading.deal.id, moment.as_of, moment.known_at)
        except BeforeOpening:
            return cast(Invalid, answers.Invalid("BEFORE_OPENING", (BEFORE,)))
        if then is None:
            return cast(Invalid, answers.Invalid("NO_SUCH_DEAL", ("There is no such deal.",)))
        return Comparison(found=(self.reading, then), deal=self._at(then))

    @field("The log, whatever instant this is of: `first` after a cursor, or `last` before one; oldest entry first.")
    async def timeline(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> TimelineConnection | None:
        return await timeline_page(info, self.reading.deal.id, first, after, last, before)

    def _at(self, reading: Reading) -> "Deal":
        """The same deal in another reading."""
        return cast("Deal", replace(self, reading=reading))

    async def _tried(self, info: Info, tried: AttemptInput) -> ExplainResult:
        if self.reading.supposed:
            return cast(Invalid, answers.Invalid("SUPPOSED", (SUPPOSED,)))
        found = await why_not(info, tried.ask(self.reading.deal.id), *self.reading.moment)
        return cast(Explanation | Invalid, found or answers.Invalid("NO_SUCH_DEAL", ("There is no such deal.",)))

    async def _if(self, info: Info, actions: Sequence[AttemptInput]) -> service.Preview | answers.Invalid:
        if self.reading.supposed:
            return answers.Invalid("SUPPOSED", (SUPPOSED,))
        if not 1 <= len(actions) <= MOST_ACTS:
            return answers.Invalid("NOT_UNDERSTOOD", (how_many(len(actions)),))
        as_of, known_at = self.reading.moment
        asks = [each.ask(self.reading.deal.id) for each in actions]
        found = await supposed(info, asks, as_of, known_at)
        return found or answers.Invalid("NO_SUCH_DEAL", ("There is no such deal.",))


SUPPOSED = "This deal is as it would be. Try all the acts together on the deal as it is."


def _only(here: Reading, there: Reading, party: str | None) -> AvailableActions | Invalid:
    """What can be done in one reading and not in the other."""
    mine, others = available(here, party, True), available(there, party, True)
    if not isinstance(mine, AvailableActions):
        return mine
    known = {(each.actor, each.text) for each in others.actions} if isinstance(others, AvailableActions) else ()
    gained = [each for each in mine.actions if (each.actor, each.text) not in known]
    return AvailableActions(actions=gained, receipt=Receipt.shown(here.receipt))


def available(reading: Reading, party: str | None, allowed: bool | None) -> AvailableActions | Invalid:
    """What a party can do, or each party of the person who asks."""
    known = reading.law.terms.parties
    if party is not None and party not in known:
        meant = did_you_mean(party, known) or f"Its parties are {', '.join(known)}."
        return cast(Invalid, answers.Invalid("NO_SUCH_PARTY", (f"There is no party `{party}` in this deal. {meant}",)))
    names = (party,) if party is not None else reading.parties
    found = (each for name in names for each in possibilities.possibilities(reading.agreement, reading.state, name))
    asked = shown(reading, (each for each in found if allowed in (None, each.allowed)))
    return AvailableActions(actions=asked, receipt=Receipt.shown(reading.receipt))
