"""What has come on a stored subscription since somebody last looked, as its owner would have got it on a stream.

The very same schema answers it, with the same rights asked at the same places and the same record of who has read what;
so a webhook can tell nothing that a stream would not.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

from graphql import FieldNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution.values import get_argument_values, get_variable_values
from strawberry import Schema
from strawberry.types.execution import ExecutionResult

from api.auth import Person
from api.following import Course, Place, read_place, read_version
from api.schema.context import Context
from api.schema.gate import checked
from api.service import Service
from api.streams import BadPlace
from api.webhooks.hooks import LONGEST_DOCUMENT, Webhook
from api.webhooks.outbox import Drawn

ENTRIES: Final = "dealEvents"
VARIABLE: Final = "dealId"
LARGEST: Final = 1024 * 1024
"""Bytes of what is sent at once."""
PASSING: Final = ("BUSY", "DISK_FULL", "INTERNAL", "TOO_MUCH")
"""Codes of what may go better the next time."""


class NoSubscription(ValueError):
    """A document is none that can be stored; the message says why."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A webhook has come to its end."""

    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """What has come could not be found out now."""


Found: TypeAlias = tuple[Drawn, ...] | Ended | Later


def stream_of(schema: GraphQLSchema, document: str, deal: str) -> str:
    """Which subscription a document asks for, of one deal. Raises NoSubscription."""
    if len(document) > LONGEST_DOCUMENT:
        raise NoSubscription(f"it has {len(document)} characters, and {LONGEST_DOCUMENT} are the most")
    try:
        found = checked(schema, document)
    except GraphQLError as error:
        raise NoSubscription(error.message) from error
    wrong = (found.verdict.excess,) if found.verdict.excess else tuple(each.message for each in found.errors)
    if wrong:
        raise NoSubscription(" ".join(wrong))
    operations = [each for each in found.document.definitions if isinstance(each, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.SUBSCRIPTION:
        raise NoSubscription("it is one subscription, and nothing else")
    (operation,) = operations
    for each in operation.variable_definitions or ():
        if each.variable.name.value != VARIABLE and each.default_value is None:
            raise NoSubscription(f"the variable ${VARIABLE} is given, and ${each.variable.name.value} is not")
    return _root(schema, operation, deal)


def _root(schema: GraphQLSchema, operation: OperationDefinitionNode, deal: str) -> str:
    """The name of the one field of a subscription, which has to be about the deal."""
    (node,) = operation.selection_set.selections
    root = schema.subscription_type
    if not isinstance(node, FieldNode) or root is None or node.name.value not in root.fields:
        raise NoSubscription("the subscription stands there itself, and not in a fragment")
    values = get_variable_values(schema, operation.variable_definitions or (), {VARIABLE: deal})
    if isinstance(values, list):
        raise NoSubscription(" ".join(each.message for each in values))
    if get_argument_values(root.fields[node.name.value], node, values).get(VARIABLE) != deal:
        raise NoSubscription(f"it is about the deal of the webhook: write `{VARIABLE}: ${VARIABLE}`")
    return node.name.value


def present_cursor(service: Service, person: str, deal: str, stream: str) -> str:
    """Where a subscription stands now; at its beginning for who has lost the seat meanwhile."""
    look = service.store.read.look(deal, person)
    if look is None:
        return "0"
    return str(look.version) if stream == ENTRIES else str(Place(look.version, service.clock.now()))


def precedes(stream: str, cursor: str, present: str) -> bool:
    """Whether a cursor is one of a subscription, and the subscription has come to it."""
    try:
        if stream == ENTRIES:
            return read_version(cursor) <= int(present)
        return read_place(cursor).version <= read_place(present).version
    except BadPlace:
        return False


def next_due(service: Service, webhook: Webhook) -> datetime | None:
    """When something comes on a subscription if no entry does."""
    look = service.store.read.look(webhook.deal, webhook.owner) if webhook.stream != ENTRIES else None
    if look is None:
        return None
    return Course(service.store, service.kernel, look, service.clock.now(), None).due


def owner_of(owner: str, since: datetime) -> Person:
    """The owner of a webhook, as somebody whose right to it is as old as the webhook itself, and has no end."""
    return Person(owner, owner, datetime.max.replace(tzinfo=UTC), issued=since)


async def draw(service: Service, schema: Schema, webhook: Webhook) -> Found:
    """What has come on the subscription of a webhook since its cursor."""
    person = owner_of(webhook.owner, webhook.made_at)
    context = Context(service, person, f"webhook-{webhook.id}", resume=webhook.cursor, once=True)
    drawn: list[Drawn] = []
    async for result in await schema.subscribe(webhook.document, {VARIABLE: webhook.deal}, context):
        if result.data is None:
            codes = [str((each.extensions or {}).get("code")) for each in result.errors or ()]
            return Later() if any(each in PASSING for each in codes) else Ended(ENDINGS.get(codes[0], codes[0]))
        cursor = str((result.extensions or {})["cursor"])
        body = _body(webhook, cursor, result, service.clock.now())
        if len(body) > LARGEST:
            return Ended(f"What came had {len(body)} bytes, and {LARGEST} are the most: ask for less.")
        drawn.append(Drawn(cursor, body))
    return Later() if service.streams.stopping else tuple(drawn)


ENDINGS: Final = {
    "NO_SUCH_DEAL": "Its owner has no seat in the deal any more, or the deal has moved.",
    "UNAUTHENTICATED": "All that its owner was issued was revoked.",
    "BAD_CURSOR": "The database was put back to a day before what was sent last. Make a new one.",
    "BAD_OPERATION": "Its subscription is none of this version any more. Make a new one.",
}
"""Why a webhook ends, by the code of the error that its subscription came to."""


def _body(webhook: Webhook, cursor: str, result: ExecutionResult, at: datetime) -> str:
    """What is sent: which subscription, when it was put into the outbox, and what came, as on a stream."""
    told: dict[str, object] = {
        "type": webhook.stream,
        "timestamp": at.isoformat().replace("+00:00", "Z"),
        "dealId": webhook.deal,
        "cursor": cursor,
        "data": result.data,
    }
    if result.errors:
        told["errors"] = [each.formatted for each in result.errors]
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))
