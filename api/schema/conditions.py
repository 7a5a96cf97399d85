"""Truth, reasons and checklists: why something holds or does not, and what would change that."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import strawberry

from api.schema.described import field
from api.schema.scalars import Instant
from dsl import reasons, views
from dsl.explain import render_reason
from dsl.reasons import Truth

strawberry.enum(
    Truth,
    name="Truth",
    description="PENDING: an act, a finding or an instant has not come. OPEN: it rests on a blank or a reading.",
)


@strawberry.type(description="What a condition waits for: an act, a time, a blank, a reading or a calendar.")
class Wait:
    """Shows a `dsl.reasons.Wait`."""

    what: str
    text: str
    who: list[str] = strawberry.field(description="Who can supply it.")
    at: Instant | None
    section: str


@dataclass(frozen=True)
class _Line:
    depth: int
    reason: reasons.Reason


@strawberry.type(description="A line of a reason, told apart by its depth.")
class ReasonLine:
    """Shows a line of a reason."""

    depth: int

    @strawberry.field
    def text(parent: strawberry.Parent[_Line]) -> str:  # noqa: N805
        return parent.reason.text

    @strawberry.field
    def truth(parent: strawberry.Parent[_Line]) -> Truth:  # noqa: N805
        return parent.reason.truth

    @strawberry.field
    def section(parent: strawberry.Parent[_Line]) -> str:  # noqa: N805
        return parent.reason.section

    @strawberry.field
    def note(parent: strawberry.Parent[_Line]) -> str:  # noqa: N805
        return parent.reason.note

    @strawberry.field
    def waits(parent: strawberry.Parent[_Line]) -> list[Wait]:  # noqa: N805
        return cast(list[Wait], parent.reason.waits)


@strawberry.type(
    description="Why something has its truth value: the sentence, the section that says so, what was found."
)
class Reason:
    """Shows a `dsl.reasons.Reason`."""

    truth: Truth
    text: str
    section: str
    note: str
    waits: list[Wait]
    children: list["Reason"]

    @field("This reason and all below it, in order, each with its depth.")
    def lines(parent: strawberry.Parent[reasons.Reason]) -> list[ReasonLine]:  # noqa: N805
        return cast(list[ReasonLine], list(_lines(parent, 0)))

    @field("The innermost reasons that are not true.")
    def leaves(parent: strawberry.Parent[reasons.Reason]) -> list["Reason"]:  # noqa: N805
        return cast(list[Reason], parent.leaves())

    @field("The whole reason as text, one line each, as people read it.")
    def rendered(parent: strawberry.Parent[reasons.Reason]) -> str:  # noqa: N805
        return render_reason(parent)


def _lines(reason: reasons.Reason, depth: int) -> Iterator[_Line]:
    yield _Line(depth, reason)
    for child in reason.children:
        yield from _lines(child, depth + 1)


@strawberry.type(description="One condition of a checklist; `path` is how it is cited, `3.1(a)(iv)(A)`.")
class ChecklistItem:
    """Shows a `dsl.views.Item`."""

    label: str
    path: str
    text: str
    truth: Truth
    note: str
    waits: list[Wait]
    items: list["ChecklistItem"]


@dataclass(frozen=True)
class _ItemLine:
    depth: int
    item: views.Item


@strawberry.type(description="An item of a checklist, told apart by its depth.")
class ChecklistLine:
    """Shows a line of a checklist."""

    depth: int
    item: ChecklistItem


@strawberry.type(description="What has to be met before something follows, for one entry it concerns.")
class Checklist:
    """Shows a `dsl.views.Checklist`."""

    key: str
    section: str
    title: str
    about: str = strawberry.field(
        description="The entry it concerns; empty where it concerns none, or there is none yet."
    )
    text: str
    consequences: list[str] = strawberry.field(description="What follows.")
    latched: bool = strawberry.field(description="It was met once and holds since, whatever became of its items.")
    met: bool
    condition: ChecklistItem

    @field("Every item in order, each with its depth; the condition itself has depth 0.")
    def lines(parent: strawberry.Parent[views.Checklist]) -> list[ChecklistLine]:  # noqa: N805
        return cast(list[ChecklistLine], list(_item_lines(parent.condition, 0)))


def _item_lines(item: views.Item, depth: int) -> Iterator[_ItemLine]:
    yield _ItemLine(depth, item)
    for each in item.items:
        yield from _item_lines(each, depth + 1)
