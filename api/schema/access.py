"""Who may ask what: each question, act and stream of the schema has its row here, and one without is not served.

The row is looked at before the resolver is, so that a resolver cannot forget to ask. Where it names the argument that
says of which deal something is told, what is told is taken down: who was shown what, and in answer to which request.
"""

import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLResolveInfo,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
)

from api.access import NotRecorded
from api.answers import in_seconds
from api.schema.context import Context, problem
from api.schema.nodes import address_in, is_ones_own
from api.store.codec import require_text

Resolver = Callable[..., Any]
Asking = GraphQLResolveInfo[Any]


class Audience(Enum):
    """Whom something is for. What of it a person then finds is for the deal to say."""

    PERSON = "who is signed in"
    OPERATOR = "who operates the service"


@dataclass(frozen=True, slots=True)
class Row:
    """Whom a question is for, and which of its arguments names the deal that it tells of, or has ids, if any does.

    Where a stream is of several deals, each thing on it says in `each` of which it is.
    """

    audience: Audience
    deal: str = ""
    each: str = ""


class Ungoverned(ValueError):
    """The schema has something of which nobody has said whom it is for."""


def govern(schema: GraphQLSchema, more: Mapping[str, Row] | None = None) -> None:
    """Let every question, act and stream ask first who is asking; `more` are the rows of acts made from agreements."""
    rows = {**ROWS, **(more or {})}
    for root in (schema.query_type, schema.mutation_type, schema.subscription_type):
        for name, field in root.fields.items() if root is not None else ():
            row = rows.get(f"{root.name}.{name}") if root is not None else None
            if row is None:
                raise Ungoverned(f"Nobody has said whom {root}.{name} is for: it needs a row in {__name__}.")
            _govern(field, row)


def _govern(field: GraphQLField, row: Row) -> None:
    if field.subscribe is not None:
        field.subscribe = _followed(field.subscribe, row)
    elif field.resolve is not None:
        field.resolve = _asked(field.resolve, row)


def _asked(resolve: Resolver, row: Row) -> Resolver:
    def asked(source: object, info: Asking, **arguments: Any) -> Any:
        context = _admitted(info, row, arguments)
        found = resolve(source, info, **arguments)
        if not row.deal:
            return found
        if inspect.isawaitable(found):
            return _awaited(found, context, info, arguments[row.deal])
        return _told(found, context, info, arguments[row.deal])

    async def _awaited(found: Any, context: Context, info: Asking, deal: str) -> Any:
        return _told(await found, context, info, deal)

    return asked


def _followed(subscribe: Resolver, row: Row) -> Resolver:
    async def followed(source: object, info: Asking, **arguments: Any) -> AsyncIterator[Any]:
        context = _admitted(info, row, arguments)
        found = subscribe(source, info, **arguments)
        stream: AsyncGenerator[Any, None] = await found if inspect.isawaitable(found) else found
        if row.each:
            return _told_of_each(stream, context, info, row.each)
        return _told_on(stream, context, info, arguments[row.deal]) if row.deal else stream

    return followed


async def _told_on(stream: AsyncGenerator[Any, None], context: Context, info: Asking, deal: str) -> AsyncIterator[Any]:
    """A stream, of which it is taken down that it was begun; what comes on it is in the log of the deal."""
    begun = False
    try:
        async for each in stream:
            if not begun:
                begun = _told(True, context, info, deal)
            yield each
    finally:
        await stream.aclose()


async def _told_of_each(
    stream: AsyncGenerator[Any, None], context: Context, info: Asking, deal: str
) -> AsyncIterator[Any]:
    """A stream of several deals, of which it is taken down once of each deal that something of it was told."""
    seen: set[str] = set()
    try:
        async for each in stream:
            of = getattr(each, deal)
            if of not in seen:
                seen.add(of)
                _told(True, context, info, of)
            yield each
    finally:
        await stream.aclose()


def _admitted(info: Asking, row: Row, arguments: Mapping[str, object]) -> Context:
    context: Context = info.context
    for name, value in arguments.items():
        try:
            for each in value if isinstance(value, list) else (value,):
                require_text(name, each if isinstance(each, str) else "")
        except ValueError as error:
            raise problem("BAD_OPERATION", f"This cannot be asked: {error}.") from error
    match row.audience:
        case Audience.PERSON:
            context.signed_in()
        case Audience.OPERATOR:
            context.operating()
    if row.deal or row.each:
        try:
            context.service.access.journal.require_room()
        except NotRecorded as error:
            told = f"What is read cannot be taken down just now. Ask again {in_seconds(error.retry_after)}."
            raise problem("BUSY", told, error.retry_after) from error
    return context


def _told(found: Any, context: Context, info: Asking, deal: str | list[str]) -> Any:
    """What was found, once it is taken down that it is told; where nothing is told, nothing is taken down.

    Of several ids each deal that is told of is taken down once.
    """
    shown = zip(deal, found, strict=True) if isinstance(deal, list) else ((deal, found),)
    told = (_deal_in(str(id)) for id, each in shown if each is not None and not is_ones_own(each))
    for deal_told in dict.fromkeys(told):
        operation = info.operation.name.value if info.operation.name is not None else ""
        fields = f"{info.field_name} {{ {' '.join(dict.fromkeys(_names(info)))} }}"
        if deal_told:
            context.service.access.journal.record(deal_told, context.signed_in(), context.request, operation, fields)
    return found


def _deal_in(id: str) -> str:
    """The deal that is told of with what has an id, which may be that of the deal itself however it is written."""
    found = address_in(id)
    return id if found is None else found.deal


def _names(info: Asking) -> Iterator[str]:
    """The fields asked for, one level down; those of a fragment once."""
    waiting: list[SelectionSetNode | None] = [node.selection_set for node in info.field_nodes]
    spread: set[str] = set()
    while waiting:
        selections = waiting.pop()
        for each in selections.selections if selections is not None else ():
            match each:
                case FieldNode(name=name):
                    yield name.value
                case InlineFragmentNode(selection_set=inner):
                    waiting.append(inner)
                case FragmentSpreadNode(name=name) if name.value not in spread:
                    spread.add(name.value)
                    waiting.append(info.fragments[name.value].selection_set)
                case _:
                    continue


ROWS: Final = {
    "Query.me": Row(Audience.PERSON),
    "Query.node": Row(Audience.PERSON, "id"),
    "Query.nodes": Row(Audience.PERSON, "ids"),
    "Query.agreements": Row(Audience.PERSON),
    "Query.agreement": Row(Audience.PERSON),
    "Query.deals": Row(Audience.PERSON),
    "Query.deal": Row(Audience.PERSON, "id"),
    "Query.availableActions": Row(Audience.PERSON, "dealId"),
    "Query.explain": Row(Audience.PERSON, "dealId"),
    "Query.whyNot": Row(Audience.PERSON, "dealId"),
    "Query.preview": Row(Audience.PERSON, "dealId"),
    "Query.timeline": Row(Audience.PERSON, "dealId"),
    "Query.integrity": Row(Audience.PERSON, "dealId"),
    "Query.accessLog": Row(Audience.PERSON, "dealId"),
    "Query.receipt": Row(Audience.PERSON, "dealId"),
    "Query.personal": Row(Audience.PERSON, "dealId"),
    "Query.toSign": Row(Audience.PERSON, "dealId"),
    "Query.toSignAll": Row(Audience.PERSON, "dealId"),
    "Query.keys": Row(Audience.PERSON),
    "Query.checkpoint": Row(Audience.PERSON),
    "Query.consistency": Row(Audience.PERSON),
    "Query.webhooks": Row(Audience.PERSON),
    "Query.health": Row(Audience.OPERATOR),
    "Mutation.openDeal": Row(Audience.PERSON),
    "Mutation.submit": Row(Audience.PERSON),
    "Mutation.submitAction": Row(Audience.PERSON),
    "Mutation.submitActions": Row(Audience.PERSON),
    "Mutation.seat": Row(Audience.PERSON),
    "Mutation.invite": Row(Audience.PERSON),
    "Mutation.acceptInvitation": Row(Audience.PERSON),
    "Mutation.registerKey": Row(Audience.PERSON),
    "Mutation.revokeKey": Row(Audience.PERSON),
    "Mutation.keepPersonal": Row(Audience.PERSON),
    "Mutation.createWebhook": Row(Audience.PERSON),
    "Mutation.renewWebhookSecret": Row(Audience.PERSON),
    "Mutation.endWebhook": Row(Audience.PERSON),
    "Mutation.replayDeliveries": Row(Audience.PERSON),
    "Mutation.signOut": Row(Audience.PERSON),
    "Mutation.revokeTokens": Row(Audience.OPERATOR),
    "Mutation.seatFirst": Row(Audience.OPERATOR),
    "Subscription.dealEvents": Row(Audience.PERSON, "dealId"),
    "Subscription.myEvents": Row(Audience.PERSON, each="deal_id"),
    "Subscription.dealState": Row(Audience.PERSON, "dealId"),
    "Subscription.myPart": Row(Audience.PERSON, "dealId"),
}
"""Every question, act and stream there is."""
