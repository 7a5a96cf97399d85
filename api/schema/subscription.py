"""What can be followed: the log of a deal from any entry on, without a gap."""

from collections.abc import AsyncGenerator
from typing import cast

import strawberry

from api.schema.context import Info, problem
from api.schema.described import subscription
from api.schema.timeline import TimelineRecord
from api.streams import MOST_OF_A_PERSON, TooMany


@strawberry.type
class Subscription:
    """The streams."""

    @subscription("Every entry after a version: those that are there, then each new one.")
    async def deal_events(
        self, info: Info, deal_id: strawberry.ID, after: int = 0
    ) -> AsyncGenerator[TimelineRecord, None]:
        context = info.context
        person = context.signed_in()
        if not info.context.service.store.read.parties_of(str(deal_id), person):
            raise problem("NO_SUCH_DEAL", "There is no such deal.")
        try:
            async for event in context.service.follow(person, str(deal_id), max(after, 0), context.good):
                context.signed_in()
                yield cast(TimelineRecord, event)
        except TooMany as error:
            raise problem("TOO_MUCH", f"You follow {MOST_OF_A_PERSON} deals already. End one of them first.") from error
        context.signed_in()  # a stream that ends because the token is not good any more says so
