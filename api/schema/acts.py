"""Acts as a client sends them, and what a party can do now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Annotated, Any, cast

import strawberry
from strawberry import Maybe

from api.answers import code_of
from api.asking import Ask
from api.forms import Form
from api.reading import Reading
from api.schema.answers import Invalid
from api.schema.conditions import Reason, Wait
from api.schema.described import field
from api.schema.explaining import Receipt
from api.schema.scalars import Instant, Json
from api.stating import arguments_of, json_schema
from dsl import possibilities

Parts = Mapping[str, Any]
AS = "The party you act for, or `Buyer by Ann` where it matters who does."
HAPPENED = "When it happened, if not now; never in the future."


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
    about: str | None = strawberry.field(default=None, description="The name of the entry it is for.")


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


@strawberry.input(description="An act by its name in the agreement, as `availableActions` tells it, and its arguments.")
class ActionInput:
    """`action`."""

    name: str = strawberry.field(description="`presentDispute`.")
    arguments: Json | None = strawberry.field(
        default=None, description='As its `schema` describes them: `{stating: {grounds: "late"}}`.'
    )


@strawberry.input(one_of=True, description="Exactly one act: in the language's own words, by its name, or in parts.")
class ActInput:
    """An act."""

    text: Maybe[str] = strawberry.field(description='In words, without the actor: `sign the Joint Instruction "JI-1"`.')
    action: Maybe[ActionInput]
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


@strawberry.input(description="An act as a party would try it.")
class AttemptInput:
    """Who and what."""

    as_: str = strawberry.field(name="as", description=AS)
    act: ActInput
    happened_at: Instant | None = strawberry.field(
        default=None, description="When it happened, if not at the instant it is tried at; never after that."
    )

    def ask(self, deal: str) -> Ask:
        """It as the service takes it."""
        return Ask(deal, self.as_, act_of(self.act), self.happened_at)


_FORMS = {"deposit_with": "depositWith", "assert_breach": "assertBreach", "according_to": "accordingTo"}


def act_of(given: ActInput) -> Parts:
    """An act as the service takes it: one member, and in it only what was said."""
    for each in fields(given):
        member = getattr(given, each.name)
        if each.name == "action" and member is not None:
            return named_act(member.value.name, member.value.arguments)
        if member is not None:
            content = member.value
            form = _FORMS.get(each.name, each.name)
            return {form: content if isinstance(content, str) else _parts(content)}
    raise ValueError("an act has one member")  # GraphQL has seen to it


def named_act(name: str, arguments: object) -> Parts:
    """An act by its name in the agreement."""
    return {"action": {"arguments": {} if arguments is None else arguments, "name": name}}


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


@dataclass(frozen=True, eq=False)
class _Told:
    """A possibility in a deal, by which its arguments are told; two are one if the possibility is."""

    reading: Reading
    found: possibilities.Possibility

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self.found == other.found

    def __hash__(self) -> int:
        return hash(self.found)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.found, name)

    @cached_property
    def _named(self) -> tuple[Form, dict[str, Any]] | None:
        return arguments_of(self.reading.law, self.reading.state, self.found.action, self.found.under)

    @property
    def keyed(self) -> bool:
        return self.found.keyed or self.found.actor in self.reading.keyed

    @property
    def form(self) -> Form | None:
        return self._named[0] if self._named is not None else None

    @property
    def arguments(self) -> dict[str, Any]:
        """Without the amount that stands in for one that is still to come."""
        if self._named is None:
            return {}
        form, arguments = self._named
        unsaid = self.found.needs and form.act not in ("make", "sign")
        return {name: value for name, value in arguments.items() if not (unsaid and name == "amount")}


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
    keyed: bool = strawberry.field(
        description="Whether it has to be signed with a registered key, by the agreement or by the deal: see `toSign`."
    )
    by: str = strawberry.field(description="Who could act for the actor, where the agreement says who may; else empty.")

    @field("What kind of refusal it would be, as in `Refused.code`; empty if it is allowed.")
    def code(parent: strawberry.Parent[_Told]) -> str:  # noqa: N805
        return "" if parent.found.allowed else code_of(parent.found.reasons)

    @field("Its name in the agreement, for `submitAction` and for the typed mutation; null where it has none.")
    def action(parent: strawberry.Parent[_Told]) -> str | None:  # noqa: N805
        return parent.form.member if parent.form is not None else None

    @field("The arguments that it has already; what is in `needs` has still to be stated.")
    def arguments(parent: strawberry.Parent[_Told]) -> Json:  # noqa: N805
        return Json(parent.arguments)

    @field("What its arguments have to be, as a JSON Schema (2020-12) in words of the agreement; null without a name.")
    def schema(parent: strawberry.Parent[_Told]) -> Json | None:  # noqa: N805
        return Json(json_schema(parent.form)) if parent.form is not None else None


@strawberry.type(description="What can be done and what is blocked: all of it, for half of it would be no answer.")
class AvailableActions:
    """Acts of one party or of several."""

    actions: list[Possibility] = strawberry.field(description="Each act, and whether it would be accepted.")
    receipt: Receipt

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, AvailableActions)


ActionsResult = Annotated[AvailableActions | Invalid, strawberry.union("ActionsResult")]


def shown(reading: Reading, found: Iterable[possibilities.Possibility]) -> list[Possibility]:
    """Possibilities of a deal as the schema shows them."""
    return cast(list[Possibility], [_Told(reading, each) for each in found])
