"""Agreements as texts: clauses, parties, kinds of paper, open points and readings."""

from collections.abc import Iterator
from typing import Any, cast

import strawberry

from api.editions import Edition
from api.schema.described import field
from api.schema.nodes import Named, Node, is_named
from dsl import terms as t
from dsl.diagnostics import render
from dsl.source import Source


@strawberry.type(description="An open point of the source, or a reading that the clause file has chosen.")
class Remark:
    """Shows a `dsl.terms.Remark`."""

    title: str
    text: str
    section: str


@strawberry.type(description="An open point or a reading, inside its clause.")
class ClauseRemark:
    """Shows a `dsl.views.RemarkView`."""

    title: str
    text: str


@strawberry.type(description="A section of the agreement, under its own number, and how it stands in the deal.")
class Clause(Node):
    """Shows a `dsl.views.ClauseView`."""

    section: str
    title: str
    part: str
    category: str = strawberry.field(
        description="`operative`, `protective`, `interpretive`, `boilerplate` or `not encoded`."
    )
    reason: str = strawberry.field(description="Why it is not operative.")
    text: str = strawberry.field(description="The clause as the clause file has it.")
    status: str = strawberry.field(description="`active`, `waiting`, `fulfilled`, `suspended`, `in force`, ...")
    displaced_by: str
    survives: bool = strawberry.field(description="It outlives the end of the agreement.")
    waived_by: str
    open_points: list[ClauseRemark]
    readings: list[ClauseRemark]

    is_type_of = staticmethod(is_named("Clause"))


@strawberry.type(description="A section of an agreement as a text, before any deal.")
class ClauseText(Node):
    """Shows a `dsl.terms.Clause`."""

    section: str
    title: str
    part: str
    category: str
    reason: str
    text: str

    is_type_of = staticmethod(is_named("ClauseText"))


@strawberry.type(description="Somebody the agreement names.")
class Party:
    """Shows a `dsl.terms.Party`."""

    name: str
    role: str = strawberry.field(description="`party`, `person`, `group`, `payee`, `court`, `counsel` or `channel`.")
    described: str
    section: str
    acts_for: str
    members: list[str]
    rule: str = strawberry.field(description="How a group acts: `each`, `any`, `majority` or a number.")


@strawberry.type(description="A field that an entry of a kind states.")
class KindField:
    """Shows a `dsl.terms.Field`."""

    name: str
    optional: bool

    @strawberry.field
    def type(parent: strawberry.Parent[t.Field]) -> str:  # noqa: N805
        return str(parent.type)


@strawberry.type(description="A kind of entry: who signs or makes it, to whom it goes, and what it states.")
class Kind:
    """Shows a `dsl.terms.Kind`."""

    name: str
    section: str
    signers: list[str]
    makers: list[str]
    deliverers: list[str]
    recipients: list[str]
    about: str
    fields: list[KindField]

    @field("What sort of paper it is: `document`, `writing`, `notice`, `claim`, ...")
    def sort(parent: strawberry.Parent[t.Kind]) -> str:  # noqa: N805
        return parent.preset


@strawberry.type(description="A blank that a text has, by its name and type.")
class BlankText:
    """Shows a `dsl.terms.Blank`."""

    name: str
    required: bool
    section: str

    bounds: str = strawberry.field(description="`at least USD 1.00 and at most USD 5.00`; empty if it has none.")

    @strawberry.field
    def type(parent: strawberry.Parent[t.Blank]) -> str:  # noqa: N805
        return str(parent.type)

    @field("What it holds unless something else is stated; empty if it then holds nothing.")
    def default(parent: strawberry.Parent[t.Blank]) -> str:  # noqa: N805
        return parent.default_text


def clause_texts(edition: Edition) -> Iterator[Named]:
    """The clauses of an agreement by their ids."""
    for each in edition.agreement.terms.clauses.values():
        yield Named(each, "ClauseText", (edition.name, each.section))


@strawberry.type(description="An agreement that deals can be opened under.")
class Agreement(Node):
    """Shows an `Edition`."""

    name: str
    text: str = strawberry.field(description="The whole clause file.")

    @field("SHA-256 of the text, to which a deal is pinned.")
    def sha256(parent: strawberry.Parent[Edition]) -> str:  # noqa: N805
        return parent.agreement.digest

    @strawberry.field
    def title(parent: strawberry.Parent[Edition]) -> str:  # noqa: N805
        return parent.agreement.terms.title

    @strawberry.field
    def version(parent: strawberry.Parent[Edition]) -> str:  # noqa: N805
        return parent.agreement.terms.version

    @strawberry.field
    def governing_law(parent: strawberry.Parent[Edition]) -> str:  # noqa: N805
        return parent.agreement.terms.governing_law

    @strawberry.field
    def zone(parent: strawberry.Parent[Edition]) -> str:  # noqa: N805
        return parent.agreement.terms.zone

    @strawberry.field
    def currency(parent: strawberry.Parent[Edition]) -> str:  # noqa: N805
        return parent.agreement.terms.currency

    @strawberry.field
    def clauses(parent: strawberry.Parent[Edition], section: str | None = None) -> list[ClauseText]:  # noqa: N805
        return cast(list[ClauseText], [each for each in clause_texts(parent) if section in (None, each.section)])

    @strawberry.field
    def parties(parent: strawberry.Parent[Edition]) -> list[Party]:  # noqa: N805
        return cast(list[Party], list(parent.agreement.terms.parties.values()))

    @strawberry.field
    def kinds(parent: strawberry.Parent[Edition]) -> list[Kind]:  # noqa: N805
        return cast(list[Kind], list(parent.agreement.terms.kinds.values()))

    @strawberry.field
    def blanks(parent: strawberry.Parent[Edition]) -> list[BlankText]:  # noqa: N805
        return cast(list[BlankText], list(parent.agreement.terms.blanks.values()))

    @field("What the source leaves open, contradicts or gets wrong.")
    def open_points(parent: strawberry.Parent[Edition]) -> list[Remark]:  # noqa: N805
        return cast(list[Remark], parent.agreement.terms.open_points)

    @field("Where the clause file had to choose how to read the source.")
    def readings(parent: strawberry.Parent[Edition]) -> list[Remark]:  # noqa: N805
        return cast(list[Remark], parent.agreement.terms.readings)

    @field("What a careful reader of the clause file is told about it.")
    def diagnostics(parent: strawberry.Parent[Edition]) -> list[str]:  # noqa: N805
        source = Source(f"{parent.name}.clause", parent.text, parent.pieces)
        return [render(each, source) for each in parent.diagnostics]

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, Edition)


__all__ = ["Agreement", "Clause", "ClauseRemark", "ClauseText", "Kind", "Party", "Remark"]
