"""Webhooks: subscriptions that are stored, what is to be sent for them, and what could not be."""

import asyncio
from enum import Enum
from typing import Annotated, Any, cast

import strawberry

from api import answers
from api.schema.answers import Invalid
from api.schema.context import Info, page_size
from api.schema.described import field, mutation
from api.schema.nodes import Node
from api.schema.pages import USUAL, After, Connection, First, PageInfo, page_of, place_info
from api.schema.places import cursor_of
from api.schema.scalars import Instant
from api.schema.timeline import version_from
from api.store.codec import to_microseconds
from api.webhooks import hooks, outbox
from api.webhooks.drawing import NoSubscription, precedes, present_cursor, stream_of

DOCUMENT = (
    "One subscription about the deal: `subscription ($dealId: ID!) { dealEvents(dealId: $dealId) { version act } }`. "
    "What comes on it is sent as the member `data`."
)
AFTER = "Begin after this cursor of the subscription; without it, with what comes from now on."


@strawberry.enum(description="How it stands with something that is to be sent.")
class DeliveryStatus(Enum):
    """The three statuses."""

    WAITING = strawberry.enum_value(outbox.WAITING, description="It is sent when it is due.")
    DELIVERED = strawberry.enum_value(outbox.DELIVERED, description="The receiver answered 2xx.")
    DEAD = strawberry.enum_value(outbox.DEAD, description="It is not tried again, unless you replay it.")


@strawberry.type(description="Something that is to be sent for a webhook, or was.")
class Delivery(Node):
    """Shows an `outbox.Delivery`, whose id is the header `webhook-id`."""

    cursor: str = strawberry.field(description="Where it stands on the subscription.")
    body: str = strawberry.field(description="What is sent, as JSON.")
    made_at: Instant
    tries: int = strawberry.field(description="How often it was tried.")
    told: str = strawberry.field(description="What the last try came to; empty before the first.")
    settled_at: Instant | None = strawberry.field(description="When it was delivered or died; null while it waits.")

    @strawberry.field
    def status(parent: strawberry.Parent[outbox.Delivery]) -> DeliveryStatus:  # noqa: N805
        return DeliveryStatus(parent.status)

    @field("When it is tried next; null unless it waits.")
    def due(parent: strawberry.Parent[outbox.Delivery]) -> Instant | None:  # noqa: N805
        return Instant(parent.due) if parent.status == outbox.WAITING else None

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, outbox.Delivery)


@strawberry.type
class DeliveryEdge:
    """Something that is to be sent, with its cursor."""

    cursor: str
    node: Delivery


@strawberry.type(description="What is to be sent for a webhook, or was, the newest first.")
class DeliveryConnection:
    """A page."""

    edges: list[DeliveryEdge]
    page_info: PageInfo


@strawberry.type(description="A subscription that is stored: what comes on it is sent to an address, signed.")
class Webhook(Node):
    """Shows a `hooks.Webhook`."""

    url: str
    stream: str = strawberry.field(description="The subscription: `dealEvents`, ...")
    document: str
    made_at: Instant
    ended: str | None = strawberry.field(description="Why nothing more is sent; null as long as something is.")

    @strawberry.field
    def deal_id(parent: strawberry.Parent[hooks.Webhook]) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(parent.deal)

    @field("How many there are of a status.")
    async def count(
        parent: strawberry.Parent[hooks.Webhook],  # noqa: N805
        info: Info,
        status: DeliveryStatus,
    ) -> int:
        found = await asyncio.to_thread(outbox.counts_of, info.context.service.store, parent.id)
        return found[str(status.value)]

    @field(
        "What is to be sent, or was, the newest first; of one status, if given. Dead letters have the status `DEAD`."
    )
    async def deliveries(
        parent: strawberry.Parent[hooks.Webhook],  # noqa: N805
        info: Info,
        status: DeliveryStatus | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> DeliveryConnection:
        of = str(status.value) if status is not None else None
        before = version_from(after) if after is not None else None
        store, size = info.context.service.store, page_size(first)
        found = await asyncio.to_thread(outbox.deliveries_of, store, parent.id, of, before, size)
        return _page(found, after is not None)

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, hooks.Webhook)


@strawberry.type(description="A webhook and its secret. Keep it: it is not told again.")
class WebhookSecret:
    """Shows a `hooks.Made`."""

    secret: str = strawberry.field(description="`whsec_` and base64, as libraries for Standard Webhooks take it.")

    @strawberry.field
    def webhook(parent: strawberry.Parent[hooks.Made]) -> Webhook:  # noqa: N805
        return cast(Webhook, parent.webhook)

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, hooks.Made)


@strawberry.type(description="What was dead is sent again.")
class Replayed:
    """How many."""

    count: int


WebhookResult = Annotated[Webhook | Invalid, strawberry.union("WebhookResult")]
SecretResult = Annotated[WebhookSecret | Invalid, strawberry.union("SecretResult")]
ReplayResult = Annotated[Replayed | Invalid, strawberry.union("ReplayResult")]


@strawberry.type
class WebhookMutation:
    """The acts about webhooks."""

    @mutation(
        "Store a subscription about a deal of yours: what comes on it is sent with POST, signed as Standard Webhooks "
        "wants it, until the receiver answers 2xx. It ends with your seat."
    )
    async def create_webhook(
        self,
        info: Info,
        deal_id: strawberry.ID,
        url: Annotated[str, strawberry.argument(description="Where to send it: https, on the public Internet.")],
        document: Annotated[str, strawberry.argument(description=DOCUMENT)],
        after: Annotated[str | None, strawberry.argument(description=AFTER)] = None,
    ) -> SecretResult:
        person, use, deal = info.context.signed_in(), info.context.service, str(deal_id)
        if not await asyncio.to_thread(use.store.read.parties_of, deal, person):
            return cast(Invalid, answers.Invalid("NO_SUCH_DEAL", ("There is no such deal.",)))
        try:
            stream = stream_of(info.schema._schema, document, deal)
        except NoSubscription as error:
            return cast(Invalid, answers.Invalid("BAD_DOCUMENT", (f"This cannot be stored: {error}.",)))
        posting = use.can_post()
        barred = await hooks.require_target(posting, url)
        if barred is not None:
            return cast(Invalid, barred)
        present = await asyncio.to_thread(present_cursor, use, person, deal, stream)
        if after is not None and not (present and precedes(stream, after, present)):
            return cast(Invalid, answers.Invalid("BAD_CURSOR", ("The subscription has not come to this cursor.",)))
        wanted = hooks.Wanted(person, deal, url, stream, document, after or present)
        made = await asyncio.to_thread(hooks.make, use.store, posting.vault, wanted, info.context.now())
        return cast(WebhookSecret | Invalid, made)

    @mutation("A new secret for a webhook of yours; what is sent from now on is signed with it.")
    async def renew_webhook_secret(self, info: Info, id: strawberry.ID) -> SecretResult:
        person, use = info.context.signed_in(), info.context.service
        made = await asyncio.to_thread(hooks.renew, use.store, use.can_post().vault, person, str(id))
        return cast(WebhookSecret | Invalid, made)

    @mutation("Let a webhook of yours send nothing more; what waits is dead. Ending it again changes nothing.")
    async def end_webhook(self, info: Info, id: strawberry.ID) -> WebhookResult:
        person, store, now = info.context.signed_in(), info.context.service.store, info.context.now()
        return cast(Webhook | Invalid, await asyncio.to_thread(hooks.end, store, person, str(id), now))

    @mutation("Send what is dead of a webhook of yours again, one or all, under the same ids.")
    async def replay_deliveries(
        self, info: Info, webhook_id: strawberry.ID, delivery_id: strawberry.ID | None = None
    ) -> ReplayResult:
        person, store, now = info.context.signed_in(), info.context.service.store, info.context.now()
        only = str(delivery_id) if delivery_id is not None else None
        found = await asyncio.to_thread(outbox.replay, store, person, str(webhook_id), only, now)
        return Replayed(count=found) if isinstance(found, int) else cast(Invalid, found)


@strawberry.type
class WebhookQuery:
    """The questions about webhooks."""

    @field("Your webhooks, the oldest first, also those that have ended.")
    async def webhooks(self, info: Info, first: First = USUAL, after: After = None) -> Connection[Webhook]:
        person, store = info.context.signed_in(), info.context.service.store
        found = await asyncio.to_thread(hooks.webhooks_of, store, person)
        keyed = (((to_microseconds(each.made_at), each.id), cast(Webhook, each)) for each in found)
        return page_of(keyed, first, after, (int, str))


def _page(found: outbox.Deliveries, inner: bool) -> DeliveryConnection:
    edges = [DeliveryEdge(cursor=cursor_of(each.number), node=cast(Delivery, each)) for each in found.deliveries]
    info = place_info([each.cursor for each in edges], found.more, inner)
    return DeliveryConnection(edges=edges, page_info=info)
