"""What can be asked."""

import asyncio
from datetime import datetime
from typing import Annotated, Any, cast

import strawberry
from strawberry import Maybe

from api import answers, service
from api.acts import Unreadable
from api.schema.acts import ActInput, Possibility, act_of
from api.schema.agreements import Agreement
from api.schema.answers import Accepted, Conflict, Invalid, Refused, SubmitResult, submitted
from api.schema.conditions import Reason
from api.schema.context import Info, page_size, problem
from api.schema.deal import Deal, available
from api.schema.described import field
from api.schema.evidence import EvidenceQuery
from api.schema.explaining import Derivation, Explanation, Receipt
from api.schema.norms import Change
from api.schema.operating import Health
from api.schema.readings import AccessConnection, access_connection, place_from
from api.schema.scalars import Instant
from api.schema.timeline import PageInfo, TimelineConnection, connection, cursor_of, from_cursor, version_from
from api.schema.webhooks import WebhookQuery
from api.service import Ask, BeforeOpening, Reading
from api.store import Known, Report, Seat
from dsl.engine import explain
from dsl.figures import figures_against, figures_for, value_now
from dsl.questions import Question
from dsl.sections import no_section, section_named


@strawberry.type(description="Who you are.")
class Me:
    """Shows a `Person`."""

    id: strawberry.ID
    name: str
    expires: Instant


@strawberry.type(description="A deal in your list.")
class DealSummary:
    """Shows a `Seat`."""

    agreement: str
    agreement_sha256: str
    opened_at: Instant

    @strawberry.field
    def id(parent: strawberry.Parent[Seat]) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(parent.deal)

    @field("The parties you have a seat for; `yourParties` of the deal itself are those you act for now.")
    def your_parties(parent: strawberry.Parent[Seat]) -> list[str]:  # noqa: N805
        return list(parent.parties)


@strawberry.type
class DealEdge:
    """A deal with its cursor."""

    cursor: str
    node: DealSummary


@strawberry.type(description="Your deals, the newest first.")
class DealConnection:
    """A page."""

    edges: list[DealEdge]
    page_info: PageInfo


@strawberry.input(description="An act as a party would try it.")
class AttemptInput:
    """Who and what."""

    as_: str = strawberry.field(
        name="as", description="The party you act for, or `Buyer by Ann` where it matters who does."
    )
    act: ActInput


@strawberry.input(one_of=True, description="What to explain: a section, a condition or a value in words, or an act.")
class ExplainInput:
    """One question."""

    section: Maybe[str]
    condition: Maybe[str]
    value: Maybe[str]
    attempt: Maybe[AttemptInput]


@strawberry.type(description="What an act would lead to. Nothing is stored.")
class Preview:
    """Shows a `service.Preview`."""

    changes: list[Change] = strawberry.field(description="What would follow.")

    @field("The answer the act would get.")
    def answer(parent: strawberry.Parent[service.Preview]) -> SubmitResult:  # noqa: N805
        return submitted(parent.answer)

    @field("What the answer rests on.")
    def receipt(parent: strawberry.Parent[service.Preview]) -> Receipt:  # noqa: N805
        return Receipt.shown(parent.before.receipt)

    @field("The deal as it would be.")
    def deal(parent: strawberry.Parent[service.Preview]) -> Deal:  # noqa: N805
        return Deal(reading=parent.after)

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, service.Preview)


PreviewResult = Annotated[Preview | Invalid, strawberry.union("PreviewResult")]


@strawberry.type(description="Something that is not as it was written.")
class Fault:
    """Shows a `Fault`."""

    table: str
    version: int | None
    column: str | None
    problem: str


@strawberry.type(description="Whether the log of a deal is whole: seals, order, members and state.")
class Integrity:
    """Shows a `Report`."""

    entries: int
    sound: bool
    faults: list[Fault]


@strawberry.input(description="An entry that you once saw, and the seal it had.")
class SealInput:
    """A version and its seal."""

    version: int
    seal: str


@strawberry.type
class Query(EvidenceQuery, WebhookQuery):
    """The questions."""

    @strawberry.field
    def me(self, info: Info) -> Me:
        info.context.signed_in()
        return cast(Me, info.context.person)

    @field("The agreements that deals can be opened under.")
    def agreements(self, info: Info) -> list[Agreement]:
        info.context.signed_in()
        return cast(list[Agreement], info.context.service.editions())

    @strawberry.field
    def agreement(self, info: Info, name: str) -> Agreement | None:
        info.context.signed_in()
        return cast(Agreement | None, info.context.service.edition(name))

    @field("Your deals, the newest first.")
    async def deals(self, info: Info, first: int = 50, after: str | None = None) -> DealConnection:
        person = info.context.signed_in()
        behind = from_cursor(after) if after is not None else None
        if behind is not None and not isinstance(behind, str):
            raise problem("BAD_CURSOR", "This is not a cursor of this list.")
        found = await asyncio.to_thread(info.context.service.deals, person, behind, page_size(first))
        edges = [DealEdge(cursor=cursor_of(each.deal), node=cast(DealSummary, each)) for each in found.seats]
        place = PageInfo(
            has_next_page=found.more,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )
        return DealConnection(edges=edges, page_info=place)

    @field("A deal of yours, as of an instant (now), from what was known at one (now).")
    async def deal(
        self, info: Info, id: strawberry.ID, as_of: Instant | None = None, known_at: Instant | None = None
    ) -> Deal | None:
        found = await reading(info, id, as_of, known_at)
        return Deal(reading=found) if found is not None else None

    @field(
        "What a party can do now, or each of yours; what is blocked too, and why. A party that is not in the deal is "
        "the error `NO_SUCH_PARTY`."
    )
    async def available_actions(
        self, info: Info, deal_id: strawberry.ID, party: str | None = None, allowed: bool | None = None
    ) -> list[Possibility] | None:
        found = await reading(info, deal_id)
        return available(found, party, allowed) if found is not None else None

    @field("Why, why not, and what would change it.")
    async def explain(
        self,
        info: Info,
        deal_id: strawberry.ID,
        about: ExplainInput,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> Explanation | None:
        if about.attempt is not None:
            tried = about.attempt.value
            return await _explain_attempt(info, Ask(str(deal_id), tried.as_, act_of(tried.act)))
        found = await reading(info, deal_id, as_of, known_at)
        if found is None:
            return None
        return await asyncio.to_thread(_explained, info, found, about)

    @field("Why a party cannot do something now, clause by clause, and what would unlock it; `accepted` if it can.")
    async def why_not(
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as")],
        act: ActInput,
    ) -> Explanation | None:
        return await _explain_attempt(info, Ask(str(deal_id), as_, act_of(act)))

    @field("What an act would lead to, signed if it has to be: the answer, and the deal as it would be.")
    async def preview(
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as")],
        act: ActInput,
        happened_at: Instant | None = None,
    ) -> PreviewResult | None:
        person = info.context.signed_in()
        ask = Ask(str(deal_id), as_, act_of(act), happened_at)
        found = await asyncio.to_thread(info.context.service.preview, person, ask)
        return cast(Preview | Invalid | None, found)

    @field("The log: `first` after a cursor, or `last` before one; the oldest entry first.")
    async def timeline(
        self,
        info: Info,
        deal_id: strawberry.ID,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> TimelineConnection | None:
        person, use = info.context.signed_in(), info.context.service
        if (first is None) == (last is None) or (first is None and after) or (last is None and before):
            raise problem("BAD_PAGE", "Give `first`, perhaps with `after`; or `last`, perhaps with `before`.")
        if first is not None:
            start = version_from(after) if after is not None else 0
            page = await asyncio.to_thread(use.timeline_after, person, str(deal_id), start, page_size(first))
            return connection(page, False, start > 0) if page is not None else None
        end = version_from(before) if before is not None else None
        page = await asyncio.to_thread(use.timeline_before, person, str(deal_id), end, page_size(last or 0))
        return connection(page, True, end is not None) if page is not None else None

    @field("Who has read what of a deal of yours, the newest first; a reading is here a second after it was made.")
    async def access_log(
        self, info: Info, deal_id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> AccessConnection | None:
        person, use = info.context.signed_in(), info.context.service
        before = place_from(after) if after is not None else None
        found = await asyncio.to_thread(use.readings, person, str(deal_id), before, page_size(first))
        return access_connection(found, after is not None) if found is not None else None

    @field("How the service is, for those who operate it.")
    async def health(self, info: Info) -> Health:
        found = await asyncio.to_thread(info.context.service.health)
        return cast(Health, found)

    @field("Check the log of a deal against its seals, and against one that you kept.")
    async def integrity(self, info: Info, deal_id: strawberry.ID, seen: SealInput | None = None) -> Integrity | None:
        person = info.context.signed_in()
        known = Known(seen.version, seen.seal) if seen is not None else None
        found: Report | None = await asyncio.to_thread(info.context.service.verify, person, str(deal_id), known)
        return cast(Integrity | None, found)


async def reading(
    info: Info, deal: str, as_of: datetime | None = None, known_at: datetime | None = None
) -> Reading | None:
    """A deal as whoever asks may see it; None where there is nothing to be seen."""
    person = info.context.signed_in()
    try:
        return await asyncio.to_thread(info.context.service.read, person, str(deal), as_of, known_at)
    except BeforeOpening as error:
        raise problem("BEFORE_OPENING", "At that instant the deal was not open yet.") from error


async def _explain_attempt(info: Info, ask: Ask) -> Explanation | None:
    person = info.context.signed_in()
    found = await asyncio.to_thread(info.context.service.preview, person, ask)
    if found is None:
        return None
    if isinstance(found, answers.Invalid):
        raise problem(found.code, "\n\n".join(found.problems))
    before = found.before
    receipt = Receipt.shown(before.receipt)
    match found.answer:
        case answers.Accepted(section=section, note=note):
            return Explanation(
                truth="accepted", section=section, summary=note, reasons=[], figures=[], receipt=receipt, reading=before
            )
        case answers.Refused() as answer:
            figures = figures_against(before.agreement, before.state, found.attempt)
            return Explanation(
                truth="refused",
                section=answer.section,
                summary=answer.summary,
                reasons=cast(list[Reason], list(answer.reasons)),
                figures=cast(list[Derivation], list(figures)),
                receipt=receipt,
                reading=before,
                attempt=found.attempt,
            )
        case _:
            raise ValueError("a preview neither opens a deal nor conflicts")


def _explained(info: Info, found: Reading, about: ExplainInput) -> Explanation:
    """A section, a condition or a value explained."""
    use, receipt = info.context.service, Receipt.shown(found.receipt)
    asked: Question | None = None
    if about.section is None:
        words = about.condition or about.value
        assert words is not None  # noqa: S101 -- exactly one of the members is there
        try:
            asked = use.question(found, words.value)
        except Unreadable as error:
            raise problem("NOT_UNDERSTOOD", "\n\n".join(error.problems)) from error
    if asked is not None and asked.value is not None:
        made = value_now(found.agreement, found.state, asked.value)
        return Explanation(
            truth=made.truth.value,
            section=made.section,
            summary=made.value,
            reasons=[],
            figures=[cast(Derivation, made)],
            receipt=receipt,
            reading=found,
        )
    question = asked.condition if asked is not None and asked.condition is not None else _section(about, found)
    why = explain(found.agreement, found.state, question)
    nothing = isinstance(question, str) and not why.children
    return Explanation(
        truth="none" if nothing else why.truth.value,
        section=why.section,
        summary=f"{why.text}: {why.note}" if nothing else why.text,
        reasons=[] if nothing else cast(list[Reason], [why]),
        figures=cast(list[Derivation], list(figures_for(found.agreement, found.state, question))),
        receipt=receipt,
        reading=found,
    )


def _section(about: ExplainInput, found: Reading) -> str:
    assert about.section is not None  # noqa: S101 -- nothing else was asked about
    if section_named(found.law, about.section.value) is None:
        raise problem("NOT_UNDERSTOOD", " ".join(no_section(found.law, about.section.value)))
    return about.section.value


__all__ = ["Accepted", "Conflict", "Query", "Refused"]
