"""Truth, reasons and checklists: why something holds or does not, and what would change that."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import strawberry

from api.schema.described import field
from api.schema.nodes import Node, is_named
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

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, reasons.Reason)


def _lines(reason: reasons.Reason, depth: int) -> Iterator[_Line]:
    yield _Line(depth, reason)
    for child in reason.children:
        yield from _lines(child, depth + 1)


@strawberry.type(description="One condition of a checklist; `path` is how it is cited, `3.1(a)(iv)(A)`.")
class ChecklistItem:
    """Shows a `dsl.views.Item`."""

    label: str = strawberry.field(description="As the text numbers it, `(A)`; empty where it gives no label.")
    path: str = strawberry.field(description="How it is cited; empty where the text gives it no label.")
    text: str = strawberry.field(description="The condition in words.")
    truth: Truth = strawberry.field(
        description="How it stands at the instant the answer is of, asked anew; where the checklist is `latched` it "
        "may be PENDING or FALSE again."
    )
    note: str = strawberry.field(description="What was found, as `3 of 8`; may be empty.")
    waits: list[Wait] = strawberry.field(
        description="What would change it. It says what the condition asks for, not that anybody may still do it: what "
        "can be done is in `availableActions`."
    )
    items: list["ChecklistItem"] = strawberry.field(description="The conditions it is made of.")


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
class Checklist(Node):
    """Shows a `dsl.views.Checklist`."""

    is_type_of = staticmethod(is_named("Checklist"))

    key: str = strawberry.field(description="Names this checklist among those of the deal.")
    section: str = strawberry.field(description="Where the agreement asks for it.")
    title: str = strawberry.field(description="That of its clause.")
    about: str = strawberry.field(
        description="The entry it concerns; empty where it concerns none, or there is none yet."
    )
    text: str = strawberry.field(description="The sentence of the agreement that asks for it.")
    consequences: list[str] = strawberry.field(description="What follows.")
    latched: bool = strawberry.field(
        description="It was met once, and what follows from it holds since, whatever became of its items. True beside "
        "`met: false` where an item is no longer so, as when money that had to be there has been paid out. Always "
        "false where what follows holds only while it is met."
    )
    met: bool = strawberry.field(
        description="Everything it asks for is there at the instant the answer is of: `condition.truth` is TRUE. False "
        "beside `latched: true` takes nothing back: ask `latched` whether it was met, `met` how it stands."
    )
    condition: ChecklistItem = strawberry.field(description="What has to be met, with its items.")

    @field("Every item in order, each with its depth; the condition itself has depth 0.")
    def lines(parent: strawberry.Parent[views.Checklist]) -> list[ChecklistLine]:  # noqa: N805
        return cast(list[ChecklistLine], list(_item_lines(parent.condition, 0)))


def _item_lines(item: views.Item, depth: int) -> Iterator[_ItemLine]:
    yield _ItemLine(depth, item)
    for each in item.items:
        yield from _item_lines(each, depth + 1)
