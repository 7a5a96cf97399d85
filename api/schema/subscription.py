"""What can be followed, each from any place on and without a gap: the log of a deal, how it stands, and one's own part.

Each thing that comes has a cursor in `extensions.cursor`. Whoever hands it back, as `after` or as `Last-Event-ID`, is
told what came after it. A stream that ends because the service stops says so with `GOING_AWAY`: follow again.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from typing import Annotated, Final, cast

import strawberry

from api.everywhere import NotSealed
from api.following import Moment, Place, moments, read_place, read_version
from api.schema.context import Context, Info, problem
from api.schema.cursors import come_to
from api.schema.described import subscription
from api.schema.live import DealEvent, DealMoment, MyPart, part_of
from api.schema.scalars import Sequence
from api.schema.timeline import TimelineRecord
from api.streams import MOST_OF_A_PERSON, BadPlace, Follower, TooMany

AFTER = "Only what came after this cursor, `extensions.cursor` of the last thing you saw; without it, from now on."
BEGINNING: Final = Sequence(0)
NOT_SEALED = (
    "Entries are stored and not sealed into the log of all deals any more, which whoever operates the service is told. "
    "Follow each deal by itself with `dealEvents` until they are."
)
NOT_HERE = "This is not a cursor of this stream, or the deal has not come so far: it was put back to an earlier state."


@strawberry.type
class Subscription:
    """The streams."""

    @subscription("Every entry after a version: those that are there, then each new one.")
    async def deal_events(
        self, info: Info, deal_id: strawberry.ID, after: Sequence = BEGINNING
    ) -> AsyncGenerator[TimelineRecord, None]:
        context, deal = info.context, str(deal_id)
        person = await asyncio.to_thread(_seated, context, deal)
        start = await asyncio.to_thread(_version, context, deal, max(after, 0))
        with _told():
            async with aclosing(context.service.follow(person, deal, start, context.good, context.once)) as events:
                async for event in events:
                    context.signed_in()
                    come_to(event.version)
                    yield cast(TimelineRecord, event)
        _ended(context)

    @subscription(
        "Every entry of each of your deals, also of those that are opened later, within two seconds: in the one order "
        "of the log of all deals, so that one cursor is a place in all of them."
    )
    async def my_events(
        self,
        info: Info,
        after: Annotated[Sequence | None, strawberry.argument(description=AFTER)] = None,
    ) -> AsyncGenerator[DealEvent, None]:
        context, person = info.context, info.context.signed_in()
        with _told():
            start = read_version(context.resume) if context.resume else after
            async with aclosing(context.service.everywhere.follow(person, start, context.good, context.once)) as events:
                async for each in events:
                    context.signed_in()
                    come_to(each.place)
                    yield DealEvent(
                        cursor=Sequence(each.place),
                        deal_id=strawberry.ID(each.event.deal),
                        agreement=each.event.agreement,
                        event=cast(TimelineRecord, each.event),
                    )
        _ended(context)

    @subscription(
        "A deal of yours: as it stands now, then after each entry, and whenever a deadline or the like comes."
    )
    async def deal_state(
        self,
        info: Info,
        deal_id: strawberry.ID,
        after: Annotated[str | None, strawberry.argument(description=AFTER)] = None,
    ) -> AsyncGenerator[DealMoment, None]:
        context = info.context
        async with aclosing(_moments(context, str(deal_id), _place(context, after))) as found:
            async for moment in found:
                come_to(moment.place)
                yield DealMoment(moment=moment, reading=moment.reading(context.signed_in()))
        _ended(context)

    @subscription(
        "What a deal asks of you and lets you do: as it is now, and again whenever your duties, powers and bans, their "
        "deadlines or what you can do change."
    )
    async def my_part(
        self,
        info: Info,
        deal_id: strawberry.ID,
        after: Annotated[str | None, strawberry.argument(description=AFTER)] = None,
    ) -> AsyncGenerator[MyPart, None]:
        context, start = info.context, _place(info.context, after)
        before: MyPart | None = None
        async with aclosing(_moments(context, str(deal_id), start, from_there=True)) as found:
            async for moment in found:
                part = await asyncio.to_thread(part_of, moment, context.signed_in(), before)
                told, before = part.changed if before is not None else start is None, part
                if told:
                    come_to(moment.place)
                    yield part
        _ended(context)


def _seated(context: Context, deal: str) -> str:
    """The person who asks, if he or she has a seat in the deal."""
    person = context.signed_in()
    if not context.service.store.read.parties_of(deal, person):
        raise problem("NO_SUCH_DEAL", "There is no such deal.")
    return person


def _version(context: Context, deal: str, after: int) -> int:
    """The version to go on from, which the log has to have come to."""
    with _told():
        start = read_version(context.resume) if context.resume else after
    if start and not context.service.store.read.events_after(deal, start - 1, 1).events:
        raise problem("BAD_CURSOR", NOT_HERE)
    return start


def _place(context: Context, after: str | None) -> Place | None:
    written = context.resume or after
    with _told():
        return read_place(written) if written else None


async def _moments(
    context: Context, deal: str, place: Place | None, from_there: bool = False
) -> AsyncGenerator[Moment, None]:
    follower = Follower(await asyncio.to_thread(_seated, context, deal), deal, context.good, context.once)
    with _told():
        async with aclosing(moments(context.service, follower, place, from_there)) as found:
            async for moment in found:
                yield moment


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except TooMany as error:
        raise problem("TOO_MUCH", f"You follow {MOST_OF_A_PERSON} deals already. End one of them first.") from error
    except BadPlace as error:
        raise problem("BAD_CURSOR", NOT_HERE) from error
    except NotSealed as error:
        raise problem("NOT_SEALED", NOT_SEALED) from error


def _ended(context: Context) -> None:
    """A stream says why it ends: the token is not good any more, or the service stops."""
    context.signed_in()
    if context.service.streams.stopping and not context.once:
        raise problem("GOING_AWAY", "The service stops. Follow again from your last cursor.", 1)
