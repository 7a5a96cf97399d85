"""What can be asked."""

import asyncio
from datetime import datetime
from typing import Annotated, cast

import strawberry

from api import answers
from api.evidence.keys import keys_of
from api.schema.acts import ActInput, ActionsResult, act_of
from api.schema.agreements import Agreement, clause_texts
from api.schema.answers import Accepted, Conflict, Invalid, Refused
from api.schema.context import Info, page_size
from api.schema.deal import (
    Deal,
    available,
    checklists_of,
    clauses_of,
    entries_of,
    movements_of,
    norms_of,
    papers_of,
)
from api.schema.described import field
from api.schema.evidence import EvidenceQuery
from api.schema.nodes import OF_NOBODY, Moment, Named, Node, address_in, id_of, with_id
from api.schema.operating import Health
from api.schema.pages import PageInfo, from_cursor, no_cursor, place_info
from api.schema.places import cursor_of
from api.schema.questions import For, Preview, PreviewResult
from api.schema.readings import AccessConnection, access_connection, place_from
from api.schema.scalars import Instant, Sequence
from api.schema.timeline import TimelineConnection, TimelineRecord, timeline_page
from api.schema.webhooks import WebhookQuery
from api.schema.why import BEFORE, ExplainInput, ExplainResult, explained, shown, supposed, why_not
from api.service import Ask, BeforeOpening, Reading
from api.store import Known, Report, Seat
from api.webhooks.hooks import webhook_of
from api.webhooks.outbox import delivery_of


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
    def deal_id(parent: strawberry.Parent[Seat]) -> strawberry.ID:  # noqa: N805
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


@strawberry.type(description="Something that is not as it was written.")
class Fault:
    """Shows a `Fault`."""

    table: str
    version: Sequence | None
    column: str | None
    problem: str


@strawberry.type(description="Whether the log of a deal is whole: seals, order, members and state.")
class Integrity:
    """Shows a `Report`."""

    entries: Sequence
    sound: bool
    faults: list[Fault]


@strawberry.input(description="An entry that you once saw, and the seal it had.")
class SealInput:
    """A version and its seal."""

    version: Sequence
    seal: str


@strawberry.type
class Query(EvidenceQuery, WebhookQuery):
    """The questions."""

    @strawberry.field
    def me(self, info: Info) -> Me:
        info.context.signed_in()
        return cast(Me, info.context.person)

    @field(
        "What has an id: an agreement or a clause of it; a deal of yours, a record of its log, an entry, a norm, a "
        "checklist, a movement or a clause in it, now or as of the instant that the id was told of; a webhook or a key "
        "of yours. Null if there is none for you, and for what acts would only lead to."
    )
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        return await Finding(info).node(str(id))

    @field("The same for several ids, in their order.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        page_size(len(ids))
        finding = Finding(info)
        return [await finding.node(str(each)) for each in ids]

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
            raise no_cursor()
        found = await asyncio.to_thread(info.context.service.deals, person, behind, page_size(first))
        edges = [DealEdge(cursor=cursor_of(each.deal), node=cast(DealSummary, each)) for each in found.seats]
        place = place_info([each.cursor for each in edges], found.more, after is not None)
        return DealConnection(edges=edges, page_info=place)

    @field(
        "A deal of yours, as of an instant (now), from what was known at one (now); null where there is none for you, "
        "and at an instant at which it was not open yet."
    )
    async def deal(
        self, info: Info, id: strawberry.ID, as_of: Instant | None = None, known_at: Instant | None = None
    ) -> Deal | None:
        found = await open_reading(info, id, as_of, known_at)
        return Deal(reading=found) if found is not None else None

    @field("What a party can do (now), or each of yours; what is blocked too, and why. Null as `deal` is.")
    async def available_actions(
        self,
        info: Info,
        deal_id: strawberry.ID,
        for_: For = None,
        allowed: bool | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> ActionsResult | None:
        found = await open_reading(info, deal_id, as_of, known_at)
        return available(found, for_, allowed) if found is not None else None

    @field("Why, why not, and what would change it.")
    async def explain(
        self,
        info: Info,
        deal_id: strawberry.ID,
        about: ExplainInput,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> ExplainResult | None:
        if about.attempt is not None:
            return shown(await why_not(info, about.attempt.value.ask(str(deal_id)), as_of, known_at))
        try:
            found = await reading(info, deal_id, as_of, known_at)
        except BeforeOpening:
            return cast(Invalid, answers.Invalid("BEFORE_OPENING", (BEFORE,)))
        return None if found is None else shown(await asyncio.to_thread(explained, info, found, about))

    @field("Why a party cannot do something (now), clause by clause, and what would unlock it; `accepted` if it can.")
    async def why_not(
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as")],
        act: ActInput,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> ExplainResult | None:
        return shown(await why_not(info, Ask(str(deal_id), as_, act_of(act)), as_of, known_at))

    @field("What an act would lead to, signed if it has to be: the answer, and the deal as it would be.")
    async def preview(
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as")],
        act: ActInput,
        happened_at: Instant | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> PreviewResult | None:
        found = await supposed(info, (Ask(str(deal_id), as_, act_of(act), happened_at),), as_of, known_at)
        if found is None or isinstance(found, answers.Invalid):
            return cast(Invalid | None, found)
        return Preview(found=found, deal=Deal(reading=found.after))

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
        return await timeline_page(info, str(deal_id), first, after, last, before)

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


class Finding:
    """What has an id, for whoever asks; a deal is read once, however many things in it are asked for."""

    def __init__(self, info: Info) -> None:
        self._info = info
        self._read: dict[tuple[str, Moment], Reading | None] = {}

    async def node(self, id: str) -> Node | None:
        """What has an id; None if there is nothing of that id for this person."""
        at = address_in(id)
        use, person = self._info.context.service, self._info.context.signed_in()
        if at is None:
            return None
        if at.kind in OF_NOBODY:
            edition = use.edition(at.home)
            return cast(
                Node | None, edition if at.kind == "Agreement" else edition and with_id(clause_texts(edition), id)
            )
        if at.kind == "TimelineRecord":
            page = await asyncio.to_thread(use.timeline_after, person, at.home, at.version - 1, 1)
            return cast(TimelineRecord, page.events[0]) if page is not None and page.events else None
        if at.kind == "Delivery":
            return cast(Node | None, await asyncio.to_thread(delivery_of, use.store, person, id))
        place = (at.home, at.moment)
        if place not in self._read:
            self._read[place] = await open_reading(self._info, at.home, *at.moment)
        found = self._read[place]
        if found is None and at.kind == "Deal":
            return cast(Node | None, await asyncio.to_thread(self._ones_own, person, id))
        return None if found is None else cast(Node | None, self._inside(found, at.kind, id))

    def _ones_own(self, person: str, id: str) -> object:
        """A webhook or a key of a person, whose ids look like those of deals."""
        store = self._info.context.service.store
        return webhook_of(store, person, id) or next((each for each in keys_of(store, person) if each.id == id), None)

    def _inside(self, found: Reading, kind: str, id: str) -> object:
        """A deal, or what stands in it."""
        match kind:
            case "Entry":
                return with_id(cast(list[Named], entries_of(found, papers_of(self._info, found))), id)
            case "Norm":
                return with_id(cast(list[Named], norms_of(found)), id)
            case "Checklist":
                return with_id((each for _, each in checklists_of(found, "")), id)
            case "Movement":
                return with_id(movements_of(found), id)
            case "Clause":
                return with_id(cast(list[Named], clauses_of(found)), id)
            case _:
                return Deal(reading=found) if id_of(Deal(reading=found)) == id else None


async def reading(
    info: Info, deal: str, as_of: datetime | None = None, known_at: datetime | None = None
) -> Reading | None:
    """A deal as whoever asks may see it; None where there is nothing to be seen. Raises BeforeOpening."""
    person = info.context.signed_in()
    return await asyncio.to_thread(info.context.service.read, person, str(deal), as_of, known_at)


async def open_reading(info: Info, deal: str, as_of: datetime | None, known_at: datetime | None) -> Reading | None:
    """The same; None also where it was not open yet."""
    try:
        return await reading(info, deal, as_of, known_at)
    except BeforeOpening:
        return None


__all__ = ["Accepted", "Conflict", "Query", "Refused"]
