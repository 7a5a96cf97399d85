"""The log of a deal: everything that was tried, accepted or refused, and what followed."""

import asyncio
from functools import lru_cache
from typing import Any, cast

import strawberry

from api import answers
from api.schema.conditions import Reason
from api.schema.context import Info, page_size, problem
from api.schema.described import field
from api.schema.nodes import Node
from api.schema.norms import Change
from api.schema.pages import PageInfo, from_cursor, no_cursor, place_info
from api.schema.places import cursor_of
from api.schema.scalars import Instant, Sequence
from api.store import Page, StoredEvent


@lru_cache(maxsize=32)
def _answer(event: StoredEvent) -> answers.Answer:
    """What the entry was answered with; several fields ask for it, and all who follow a deal ask at once."""
    return answers.answer_from(event)


@strawberry.type(description="An entry of the log. It is never changed, and sealed onto the one before.")
class TimelineRecord(Node):
    """Shows a `StoredEvent`."""

    version: Sequence
    kind: str = strawberry.field(description="`opened`, `accepted` or `refused`.")

    @field("Who sent it.")
    def person(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return parent.actor

    @field("For which party; empty for the opening, and for the operator.")
    def party(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return getattr(_answer(parent), "party", "")

    @field("What was tried, in words.")
    def act(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return getattr(_answer(parent), "act", "")

    @field("The section it was accepted or refused under.")
    def section(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return getattr(_answer(parent), "section", "")

    @field("Why it was refused, in a sentence.")
    def summary(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return getattr(_answer(parent), "summary", "")

    @field("Why it was refused.")
    def reasons(parent: strawberry.Parent[StoredEvent]) -> list[Reason]:  # noqa: N805
        return cast(list[Reason], getattr(_answer(parent), "reasons", ()))

    @field("What followed, and what had come to pass since the entry before.")
    def changes(parent: strawberry.Parent[StoredEvent]) -> list[Change]:  # noqa: N805
        return cast(list[Change], getattr(_answer(parent), "changes", ()))

    @field("When it happened.")
    def happened_at(parent: strawberry.Parent[StoredEvent]) -> Instant:  # noqa: N805
        return Instant(parent.effective_at)

    @field("When it was recorded.")
    def recorded_at(parent: strawberry.Parent[StoredEvent]) -> Instant:  # noqa: N805
        return Instant(parent.recorded_at)

    @field("The entry as it is kept, as canonical JSON.")
    def body(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return parent.body

    @field("The seal over this entry and, through the one before, over all before it.")
    def seal(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return parent.hash

    @strawberry.field
    def previous_seal(parent: strawberry.Parent[StoredEvent]) -> str:  # noqa: N805
        return parent.prev_hash

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, StoredEvent)


@strawberry.type
class TimelineEdge:
    """An entry with its cursor."""

    cursor: str
    node: TimelineRecord


@strawberry.type(description="A page of the log, the oldest entry first.")
class TimelineConnection:
    """A page."""

    edges: list[TimelineEdge]
    page_info: PageInfo


def version_from(cursor: str) -> int:
    """The version that a cursor of the timeline stands for."""
    version = from_cursor(cursor)
    if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version < 2**63:
        raise no_cursor()
    return version


def connection(page: Page, backwards: bool, inner: bool) -> TimelineConnection:
    """A page as Relay wants it; `inner` says that there is a cursor it was read from."""
    edges = [TimelineEdge(cursor=cursor_of(e.version), node=cast(TimelineRecord, e)) for e in page.events]
    info = place_info([each.cursor for each in edges], page.more, inner, backwards)
    return TimelineConnection(edges=edges, page_info=info)


async def timeline_page(
    info: Info, deal: str, first: int | None, after: str | None, last: int | None, before: str | None
) -> TimelineConnection | None:
    """A page of the log: `first` after a cursor, or `last` before one."""
    person, use = info.context.signed_in(), info.context.service
    if (first is None) == (last is None) or (first is None and after) or (last is None and before):
        raise problem("BAD_PAGE", "Give `first`, perhaps with `after`; or `last`, perhaps with `before`.")
    if first is not None:
        start = version_from(after) if after is not None else 0
        page = await asyncio.to_thread(use.timeline_after, person, deal, start, page_size(first))
        return connection(page, False, start > 0) if page is not None else None
    end = version_from(before) if before is not None else None
    page = await asyncio.to_thread(use.timeline_before, person, deal, end, page_size(last or 0))
    return connection(page, True, end is not None) if page is not None else None
