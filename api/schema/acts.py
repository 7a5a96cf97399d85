"""Acts as a client sends them, and what a party can do now."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast

import strawberry
from strawberry import Maybe

from api.schema.conditions import Reason, Wait
from api.schema.described import field
from dsl import possibilities

Parts = Mapping[str, Any]


@strawberry.input(description="A field and its content, read by the type of the field.")
class FieldInput:
    """One stated field."""

    name: str
    value: str = strawberry.field(
        description="As the language writes it (`USD 450,000.00 to the Fund Manager, the rest to ATG`, `yes`, "
        "`6 September 2005`), or as programs do (`450000.00`, `true`, `2005-09-06`)."
    )


@strawberry.input(description="Make an entry that needs no signatures: a notice, statement, finding, claim or act.")
class MakeInput:
    """`make`."""

    kind: str
    name: str | None = None
    about: str | None = None
    to: list[str] | None = None
    channel: str | None = None
    copy: str | None = None
    fields: list[FieldInput] | None = None


@strawberry.input(description="Sign an entry, or each of a list; without fields, the content that is there.")
class SignInput:
    """`sign`."""

    kind: str
    name: str | None = None
    about: str | None = None
    fields: list[FieldInput] | None = None


@strawberry.input(description="Hand over what has been signed so far.")
class DeliverInput:
    """`deliver`."""

    kind: str | None = None
    name: str | None = None
    to: list[str] | None = None


@strawberry.input(description="Take an entry back.")
class WithdrawInput:
    """`withdraw`."""

    kind: str | None = None
    name: str | None = None


@strawberry.input(description="Pay out of a fund according to an entry that states payments.")
class ReleaseInput:
    """`release`; the verb is `release` unless another is given."""

    fund: str
    according_to: str
    verb: str | None = None


@strawberry.input(description="Pay an amount, out of a fund or from one's own pocket.")
class PayInput:
    """`pay`; the verb is `pay` unless another is given."""

    amount: str
    to: str | None = None
    fund: str | None = None
    about: str | None = None
    verb: str | None = None
    part: str | None = strawberry.field(default=None, description="Of the fund: `balance`, `excess` or `interest`.")


@strawberry.input(description="Pay into a fund; the verb `credit` credits interest.")
class DepositInput:
    """`deposit`."""

    amount: str
    fund: str
    verb: str | None = None
    about: str | None = strawberry.field(default=None, description="The name of the entry it is for.")


@strawberry.input(description="Hand money of a fund to a court or another outsider.")
class DepositWithInput:
    """`deposit ... with`."""

    amount: str
    place: str
    fund: str


@strawberry.input(description="Hold a fund, refraining from any other act on it; or hold back an amount in it.")
class HoldInput:
    """`hold`."""

    fund: str
    amount: str | None = None
    about: str | None = strawberry.field(default=None, description="The name of the entry it is held for.")


@strawberry.input(description="Lift a hold of an amount.")
class LiftInput:
    """`lift the hold`."""

    fund: str
    about: str | None = None


@strawberry.input(description="State the content of a blank.")
class FillInput:
    """`fill`."""

    blank: str
    value: str


@strawberry.input(description="Settle an ambiguity on one of its readings.")
class ChooseInput:
    """`choose`."""

    ambiguity: str
    reading: str


@strawberry.input(description="Say that a duty of a section is breached.")
class AssertBreachInput:
    """`assert breach of`."""

    section: str


@strawberry.input(one_of=True, description="Exactly one act: in the language's own words, or in parts.")
class ActInput:
    """An act."""

    text: Maybe[str] = strawberry.field(description='In words, without the actor: `sign the Joint Instruction "JI-1"`.')
    make: Maybe[MakeInput]
    sign: Maybe[SignInput]
    deliver: Maybe[DeliverInput]
    withdraw: Maybe[WithdrawInput]
    release: Maybe[ReleaseInput]
    pay: Maybe[PayInput]
    deposit: Maybe[DepositInput]
    deposit_with: Maybe[DepositWithInput]
    hold: Maybe[HoldInput]
    lift: Maybe[LiftInput]
    fill: Maybe[FillInput]
    choose: Maybe[ChooseInput]
    assert_breach: Maybe[AssertBreachInput]


_FORMS = {"deposit_with": "depositWith", "assert_breach": "assertBreach", "according_to": "accordingTo"}


def act_of(given: ActInput) -> Parts:
    """An act as the service takes it: one member, and in it only what was said."""
    for each in fields(given):
        member = getattr(given, each.name)
        if member is not None:
            content = member.value
            form = _FORMS.get(each.name, each.name)
            return {form: content if isinstance(content, str) else _parts(content)}
    raise ValueError("an act has one member")  # GraphQL has seen to it


def _parts(content: Any) -> Parts:
    said = {each.name: getattr(content, each.name) for each in fields(content)}
    return {_FORMS.get(name, name): _plain(value) for name, value in said.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [[each.name, each.value] if isinstance(each, FieldInput) else each for each in value]
    return value


# -------------------------------------------------------------- what can be done


@strawberry.type(description="Something the actor still has to say.")
class Need:
    """Shows a `Need`."""

    name: str
    optional: bool

    @field("`text`, `yes-or-no`, `date`, `amount of USD`, `payments`, ...")
    def type(parent: strawberry.Parent[possibilities.Need]) -> str:  # noqa: N805
        return str(parent.type)


@strawberry.type(description="A rule that the content of an act must meet.")
class ContentRule:
    """Shows a `Rule`."""

    section: str
    text: str


@strawberry.type(description="One act of one party: whether it would be accepted now, under what, or why not.")
class Possibility:
    """Shows a `Possibility`."""

    actor: str
    verb: str
    subject: str
    text: str = strawberry.field(description="The act in words, ready for `submit`; three dots for each need.")
    allowed: bool
    section: str = strawberry.field(description="Where it is allowed, or refused.")
    summary: str = strawberry.field(description="Why not; empty if it is allowed.")
    needs: list[Need]
    rules: list[ContentRule]
    reasons: list[Reason]
    waits: list[Wait] = strawberry.field(description="What would unlock it, and who can supply it.")
    keyed: bool = strawberry.field(description="Whether it has to be signed with a registered key: see `toSign`.")
    by: str = strawberry.field(description="Who could act for the actor, where the agreement says who may; else empty.")


def shown(found: tuple[possibilities.Possibility, ...]) -> list[Possibility]:
    """Possibilities as the schema shows them."""
    return cast(list[Possibility], list(found))
