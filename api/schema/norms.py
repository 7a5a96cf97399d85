"""Duties, powers and bans, and what the source leaves open."""

import strawberry

from api.schema.nodes import Node, is_named
from api.schema.scalars import Instant, Money


@strawberry.type(description="A duty, power or ban that has come into being.")
class Norm(Node):
    """Shows a `dsl.views.NormView`."""

    key: str
    section: str
    modality: str = strawberry.field(description="`duty`, `power` or `ban`.")
    bearers: list[str]
    jointly: bool = strawberry.field(description="Any one of the bearers may perform for all.")
    text: str
    about: str = strawberry.field(description="The entry it concerns; empty where it concerns none.")
    status: str = strawberry.field(
        description="`active`, `fulfilled`, `overdue`, `suspended`, `discharged`, ...; "
        "`open` where it is not the same under every reading."
    )
    since: Instant = strawberry.field(description="From when on it has stood so, under every reading.")
    due: Instant | None = strawberry.field(
        description="The last instant at which an act is timely; "
        "null while the clock stands still, or where it is not known."
    )
    vague: str = strawberry.field(
        description="Words that fix no date (`promptly`), what it waits for, or how a figure differs between readings."
    )
    stopped: Instant | None = strawberry.field(description="Since when its clock stands still.")
    owed: Money | None
    paid: Money | None
    asserted_by: list[str] = strawberry.field(description="Who says that it is breached; nobody here finds that it is.")

    is_type_of = staticmethod(is_named("Norm"))


@strawberry.type(description="Something that is not the same under every reading of what is ambiguous or blank.")
class Undecided:
    """Shows a `dsl.views.UndecidedView`."""

    what: str = strawberry.field(description="`end`, `role`, `fund`, `paid`, `discharge` or `event`.")
    name: str = strawberry.field(description="Which one.")
    told: str = strawberry.field(description="How it stands under each reading.")
    waits: list[str] = strawberry.field(description="What settles it.")


@strawberry.type(description="What somebody has stated for a blank or an ambiguity so far.")
class Said:
    """Shows a `dsl.views.SaidView`."""

    text: str
    by: list[str]


@strawberry.type(description="A blank of the source, or an address it leaves blank.")
class Blank:
    """Shows a `dsl.views.BlankView`."""

    name: str
    type: str
    required: bool = strawberry.field(description="Has to be filled before a deal opens.")
    section: str
    filled: bool
    content: str
    filled_by: list[str]
    together: bool = strawberry.field(description="It is filled when all of them have stated the same.")
    bounds: str = strawberry.field(description="`at least USD 1.00 and at most USD 5.00`; empty if it has none.")
    said: list[Said]


@strawberry.type(description="A question the source leaves open, with its readings.")
class Ambiguity:
    """Shows a `dsl.views.AmbiguityView`."""

    name: str
    question: str
    readings: list[str]
    section: str
    chosen: str = strawberry.field(description="Empty until it is settled.")
    settled_by: list[str]
    said: list[Said]


@strawberry.type(description="A line of the deal's story: a norm that changed, or what the agreement did by itself.")
class Change:
    """Shows a `dsl.state.Change`."""

    at: Instant
    section: str
    text: str
    cause: str


@strawberry.type(
    description="An act that stands, or what happened by itself, although the log as now known would have it otherwise."
)
class Divergence:
    """Shows a `dsl.state.Divergence`."""

    act: int = strawberry.field(
        description="Which attempt of the log, counted from 1 after the opening; 0 for what happened by itself."
    )
    at: Instant
    then: str = strawberry.field(description="The section it was accepted under.")
    now: str = strawberry.field(description="The section that would decide it now.")
    text: str
