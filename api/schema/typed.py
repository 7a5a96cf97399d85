"""Agreements to mutations of their own: an input with one member for each act that the agreement knows.

`submitFundsEscrow(action: {presentDispute: {stating: {grounds: "late"}}})` is made when the service starts, from the
clause file, and described by its words: an act that the agreement does not know, or one without what it has to state,
is refused by the type. What is submitted so is the same act as `submitAction` with the same name and arguments.
"""

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, cast

import strawberry
from strawberry import Maybe
from strawberry.types.base import StrawberryObjectDefinition, get_object_definition

from api.answers import Answer, Invalid
from api.asking import Ask
from api.editions import Edition
from api.forms import DELIVERED_TO, ENTRY_NAME, UNDER, WHICH, Form, Names, Slot, constant, forms_of, pascal
from api.schema.acts import AS, HAPPENED
from api.schema.answers import SubmitAllResult, SubmitResult, submitted
from api.schema.context import Info
from api.schema.evidence import SignatureInput, signed_ask
from api.schema.mutation import EXPECTED, KEY, SIGNED, tried_all
from api.schema.scalars import Amount, Duration, Instant, LocalDate, Sequence, WholeNumber
from api.stating import written_amount
from dsl import terms as t
from dsl.money import Quantity

Reserved = Iterable[str]
SIMPLE: Final[Mapping[str, Any]] = {
    "yes-or-no": bool,
    "date": LocalDate,
    "instant": Instant,
    "number": WholeNumber,
    "period": Duration,
    "amount": Amount,
}
SHARED: Final = {
    (WHICH,): "WhichInput",
    (WHICH, DELIVERED_TO): "WhichToInput",
    (UNDER,): "UnderInput",
    (DELIVERED_TO,): "ToInput",
    (ENTRY_NAME, UNDER): "NameInput",
}
"""Inputs that acts of many agreements have, by what they hold."""


@strawberry.input(description="A payment of a plan; the last one may leave out its amount, and gets the rest.")
class PaymentInput:
    """One payment."""

    to: str = strawberry.field(
        description='Somebody whom the agreement names; anybody else stands in quotation marks, `"Ada Bell"`.'
    )
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class TypedMutation:
    """A mutation for the deals of one agreement."""

    name: str
    field: Any


def _member(annotation: Any, name: str, description: str, required: bool) -> tuple[Any, Any]:
    if required:
        return annotation, strawberry.field(name=name, description=description)
    return annotation | None, strawberry.field(default=None, name=name, description=description)


def _input(name: str, members: Iterable[tuple[Any, Any]], description: str, one_of: bool = False) -> Any:
    """An input type with members that are called as programs call them, whatever Python thinks of the name."""
    annotations: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for number, (annotation, made) in enumerate(members):
        annotations[f"m{number}"] = annotation
        fields[f"m{number}"] = made
    cls = types.new_class(name, (), {}, lambda ns: ns.update(__annotations__=annotations, **fields))
    return strawberry.input(cls, name=name, description=description, one_of=one_of or None)


@cache
def _shared(slots: tuple[Slot, ...]) -> Any:
    members = [_member(_annotation(each, str), each.name, each.description, each.required) for each in slots]
    return _input(SHARED[slots], members, "What acts of many agreements take.")


@dataclass(slots=True)
class _Maker:
    """Makes the types of one agreement, each under a name that no other type has."""

    prefix: str
    names: Names
    enums: dict[tuple[str, tuple[str, ...]], Any] = field(default_factory=dict)

    def action(self, edition: Edition) -> Any:
        told = f"Exactly one act under the {edition.agreement.terms.title}, version {edition.agreement.terms.version}."
        members = [
            (
                cast(Any, Maybe)[self.content(form)],
                strawberry.field(name=form.member, description=f"{form.title}. {form.description}"),
            )
            for form in forms_of(edition.agreement).values()
        ]
        return _input(self.names.free(f"{self.prefix}Action"), members, told, one_of=True)

    def content(self, form: Form) -> Any:
        if not form.stating and form.slots in SHARED:
            return _shared(form.slots)
        member = pascal(form.member)
        members = [self.slot(each, member) for each in form.slots]
        if form.stating:
            inner = [self.slot(each, member) for each in form.stating]
            stating = _input(self.names.free(f"{self.prefix}{member}Stating"), inner, "What the paper states.")
            told = "Left out, the content that is there is signed." if form.restates else "What the paper states."
            members.append(_member(stating, "stating", told, form.must_state))
        return _input(self.names.free(f"{self.prefix}{member}Input"), members, form.title)

    def slot(self, slot: Slot, member: str) -> tuple[Any, Any]:
        base = self.choice(slot, member) if slot.type.name == "choice" else _base(slot.type)
        return _member(_annotation(slot, base), slot.name, slot.description, slot.required)

    def choice(self, slot: Slot, member: str) -> Any:
        """One of several, as an enumeration; the values are the words of the agreement."""
        known = (f"{member}{pascal(slot.name)}", slot.type.of)
        if known not in self.enums:
            taken = Names()
            made = cast(Any, Enum)(
                f"{self.prefix}{known[0]}", {taken.free(constant(each)): each for each in slot.type.of}
            )
            self.enums[known] = strawberry.enum(made, name=self.names.free(made.__name__), description=slot.description)
        return self.enums[known]


def _base(kind: t.Type) -> Any:
    return list[PaymentInput] if kind.name == "payments" else SIMPLE.get(kind.name, str)


def _annotation(slot: Slot, base: Any) -> Any:
    return list[base] if slot.many else base


def typed_mutations(editions: Iterable[Edition], reserved: Reserved) -> tuple[TypedMutation, ...]:
    """A mutation for each agreement that knows any act; `reserved` are the names of the types there are already."""
    names, fields = Names(reserved), Names(("submitAction", "submitActions"))
    return tuple(made for edition in editions for made in _typed(edition, names, fields))


def _typed(edition: Edition, names: Names, fields: Names) -> Iterator[TypedMutation]:
    """A mutation for one act under an agreement, and one for several together."""
    prefix = pascal(edition.name.replace("_", " "))
    action = _Maker(prefix, names).action(edition)
    yield _one(edition, action, fields.free(f"submit{prefix}"))
    yield _together(
        edition, _submission(names.free(f"{prefix}Submission"), action), fields.free(f"submit{prefix}Actions")
    )


def _one(edition: Edition, action: Any, name: str) -> TypedMutation:
    async def resolver(  # noqa: PLR0913 -- an argument for each part
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as", description=AS)],
        action: Any,
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
        expected_version: Annotated[Sequence | None, strawberry.argument(description=EXPECTED)] = None,
        happened_at: Annotated[Instant | None, strawberry.argument(description=HAPPENED)] = None,
        signature: Annotated[SignatureInput | None, strawberry.argument(description=SIGNED)] = None,
    ) -> Any:
        ask = Ask(str(deal_id), as_, act_in(action), happened_at)
        return submitted(await submit_of(info, edition.name, ask, idempotency_key, expected_version, signature))

    resolver.__annotations__.update(action=action, **{"return": SubmitResult})
    told = f"Try an act in a deal under the {edition.agreement.terms.title}, as `submitAction` does, with its types."
    return TypedMutation(name, strawberry.mutation(resolver=resolver, name=name, description=told))


def _submission(name: str, action: Any) -> Any:
    """One act of several, in the types of an agreement."""
    members = {"as": (str, AS, True), "action": (action, "Exactly one act.", True)}
    more = {"happenedAt": (Instant, HAPPENED, False), "signature": (SignatureInput, SIGNED, False)}
    made = [_member(of, each, told, required) for each, (of, told, required) in (members | more).items()]
    return _input(name, made, "An act to be done together with others.")


def _together(edition: Edition, submission: Any, name: str) -> TypedMutation:
    async def resolver(
        info: Info,
        deal_id: strawberry.ID,
        actions: Any,
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
        expected_version: Annotated[Sequence | None, strawberry.argument(description=EXPECTED)] = None,
    ) -> Any:
        wrong = await other_agreement(info, edition.name, str(deal_id))
        if wrong is not None:
            return wrong
        given = [[getattr(each, f"m{number}") for number in range(4)] for each in actions]  # as `_input` calls them
        asks = [Ask(str(deal_id), as_, act_in(action), happened) for as_, action, happened, _ in given]
        signatures = [signature for _, _, _, signature in given]
        return await tried_all(info, asks, signatures, idempotency_key, expected_version)

    resolver.__annotations__.update(actions=list[submission], **{"return": SubmitAllResult})
    told = f"Try several acts under the {edition.agreement.terms.title}, as `submitActions` does, with its types."
    return TypedMutation(name, strawberry.mutation(resolver=resolver, name=name, description=told))


def act_in(action: Any) -> dict[str, Any]:
    """The one member of an action, as an act by its name."""
    ((name, arguments),) = plain(action).items()
    return {"action": {"arguments": arguments, "name": name}}


async def other_agreement(info: Info, agreement: str, deal: str) -> Invalid | None:
    """The answer to acts of one agreement in a deal that is under another; None in one that is under it."""
    other = await info.context.service.other_agreement(info.context.signed_in(), deal, agreement)
    told = f"This deal is under `{other}`, and these are acts of `{agreement}`."
    return Invalid("NOT_THIS_AGREEMENT", (told,)) if other else None


async def submit_of(
    info: Info, agreement: str, ask: Ask, key: str, expected: int | None, signature: SignatureInput | None
) -> Answer:
    """Submit an act that is written in the types of one agreement, in a deal that is under it."""
    person, use = info.context.signed_in(), info.context.service
    wrong = await other_agreement(info, agreement, ask.deal)
    if wrong is not None:
        return wrong
    signed = await signed_ask(info, ask, key, signature)
    return signed if isinstance(signed, Invalid) else await use.submit_soon(person, signed, key, expected)


def plain(value: Any) -> Any:
    """An input as the arguments that `submitAction` takes: what was said, by the names of the schema."""
    definition = get_object_definition(type(value))
    match value:
        case _ if isinstance(definition, StrawberryObjectDefinition):
            return _said(value, definition)
        case strawberry.Some(value=inner):
            return plain(inner)
        case Quantity():
            return written_amount(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case list():
            return [plain(each) for each in value]
        case _:
            return value


def _said(value: Any, definition: StrawberryObjectDefinition) -> dict[str, Any]:
    members = ((each.graphql_name or each.name, getattr(value, each.python_name)) for each in definition.fields)
    return {name: plain(member) for name, member in members if member is not None}
