"""Inviting somebody to a seat, and accepting it."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any, cast

import strawberry

from api import answers
from api.invitations import invited, read_invitation
from api.schema.answers import Invalid, SeatResult, seated
from api.schema.context import Info
from api.schema.described import mutation
from api.schema.scalars import Instant
from api.seats import SeatAsk

MOST_DAYS = 30


@strawberry.type(description="An invitation to act for a party. Hand its text over; who accepts it first is seated.")
class Invitation:
    """What is handed over."""

    text: str = strawberry.field(description="As good as a key until it is accepted: send it to nobody else.")
    party: str
    until: Instant

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, Invitation)


InviteResult = Annotated[Invitation | Invalid, strawberry.union("InviteResult")]


@strawberry.type
class InvitingMutation:
    """The acts about invitations."""

    @mutation("Invite somebody to act for a party that you act for: whoever accepts the text first, in so many days.")
    async def invite(self, info: Info, deal_id: strawberry.ID, party: str, days: int = 7) -> InviteResult:
        context = info.context
        person, deal = context.signed_in(), str(deal_id)
        barred = await asyncio.to_thread(context.service.cannot_seat, person, deal, party)
        if barred is not None:
            return cast(Invalid, barred)
        if not 1 <= days <= MOST_DAYS:
            return _not("NOT_UNDERSTOOD", f"An invitation is good for 1 to {MOST_DAYS} days, not {days}.")
        until = context.now() + timedelta(days=days)
        return Invitation(text=invited(context.keys(), deal, party, person, until), party=party, until=Instant(until))

    @mutation("Accept an invitation: you are seated in the name of who invited you, who must still act for the party.")
    async def accept_invitation(self, info: Info, text: str) -> SeatResult:
        context = info.context
        person = context.signed_in()
        found = read_invitation(context.keys(), text, context.now())
        if found is None:
            return _not("NO_SUCH_INVITATION", "This is no invitation, or not one any more. Ask for a new one.")
        ask = SeatAsk(found.deal, found.party, person, True)
        answer = await context.service.seat_soon(found.inviter, ask, found.key)
        if isinstance(answer, answers.Invalid) and answer.code == "KEY_REUSED":
            return _not("NO_SUCH_INVITATION", "Somebody else has accepted this invitation. Ask for a new one.")
        if isinstance(answer, answers.Invalid) and answer.code in ("NOT_YOUR_PARTY", "NO_SUCH_DEAL"):
            told = f"Who invited you acts for {found.party} no more. Ask who acts for it now for an invitation."
            return _not("NOT_YOUR_PARTY", told)
        return seated(answer)


def _not(code: str, problem: str) -> Invalid:
    """Why nobody is invited or seated."""
    return cast(Invalid, answers.Invalid(code, (problem,)))
