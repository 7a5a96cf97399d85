"""What can be done. Every request has an idempotency key: the same request under it gets the same answer for ever.

A key belongs to a person and a deal; that of an opening to a person alone, for the deal is named after the two.
"""

import asyncio
from typing import Annotated

import strawberry

from api.acts import twice
from api.answers import Invalid
from api.asking import Ask
from api.schema.acts import ActInput, FieldInput, act_of
from api.schema.answers import OpenResult, SeatResult, SubmitResult, opened, seated, submitted
from api.schema.context import Info
from api.schema.described import mutation
from api.schema.evidence import EvidenceMutation, SignatureInput, signed_ask
from api.schema.operating import Revoked
from api.schema.scalars import Instant
from api.schema.webhooks import WebhookMutation
from api.service import SeatAsk, Terms

OPENING_KEY = (
    "Chosen by you, and yours alone: under one key you open one deal. Sent again, the same opening gets the first "
    "answer; another opening under it is `KEY_REUSED`."
)
KEY = (
    "Chosen by you, for one request of yours in this deal; in another deal the same key is another one. Sent again, "
    "the same request gets the first answer, a refusal too; another request under it in this deal, or one under the "
    "key that you opened it with, is `KEY_REUSED`."
)


@strawberry.input(description="A party or a named person of the agreement, who acts for it, and who fills the role.")
class RoleInput:
    """One role of a deal."""

    party: str
    persons: list[str] = strawberry.field(description="The people who act for it, as their tokens name them.")
    filler: str | None = strawberry.field(default=None, description="Who fills the role, if not whom the text names.")


@strawberry.type
class Mutation(EvidenceMutation, WebhookMutation):
    """The acts."""

    @mutation("Open a deal under an agreement. Whoever opens it acts for one of its parties.")
    async def open_deal(
        self,
        info: Info,
        agreement: str,
        roles: list[RoleInput],
        idempotency_key: Annotated[str, strawberry.argument(description=OPENING_KEY)],
        blanks: list[FieldInput] | None = None,
        signing: Annotated[
            list[str] | None,
            strawberry.argument(description="Parties whose every act must be signed with a key."),
        ] = None,
    ) -> OpenResult:
        person = info.context.signed_in()
        seats: dict[str, list[str]] = {}
        for role in roles:
            seats.setdefault(role.party, []).extend(role.persons)
        fillers = [(role.party, role.filler) for role in roles if role.filler is not None]
        filled = [(each.name, each.value) for each in blanks or ()]
        unclear = (*twice("role", fillers), *twice("blank", filled))
        terms = Terms(agreement, seats, dict(filled), dict(fillers), signing or (), unclear)
        return opened(await info.context.service.open_soon(person, terms, idempotency_key))

    @mutation("Try an act as a party you act for. A refusal is an answer, and is recorded.")
    async def submit(  # noqa: PLR0913 -- an argument for each part
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[
            str,
            strawberry.argument(
                name="as", description="The party you act for, or `Buyer by Ann` where it matters who does."
            ),
        ],
        act: ActInput,
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
        expected_version: Annotated[
            int | None, strawberry.argument(description="Refuse to try if the deal has moved on since.")
        ] = None,
        happened_at: Annotated[
            Instant | None, strawberry.argument(description="When it happened, if not now; never in the future.")
        ] = None,
        signature: Annotated[
            SignatureInput | None, strawberry.argument(description="Yours, where you sign what you do.")
        ] = None,
    ) -> SubmitResult:
        person = info.context.signed_in()
        ask = await signed_ask(info, Ask(str(deal_id), as_, act_of(act), happened_at), idempotency_key, signature)
        if isinstance(ask, Invalid):
            return submitted(ask)
        return submitted(await info.context.service.submit_soon(person, ask, idempotency_key, expected_version))

    @mutation("Let this token be good no more, or all that you were issued until now; what you follow with it ends.")
    async def sign_out(self, info: Info, everywhere: bool = False) -> Revoked:
        access, person = info.context.service.access, info.context.signed_in()
        token = info.context.person
        if everywhere or token is None:
            await asyncio.to_thread(access.revoke_person, person)
        else:
            await asyncio.to_thread(access.revoke_token, token)
        return Revoked(person=person, at=Instant(info.context.now()))

    @mutation("Let no token be good any more that a person was issued until now; for those who operate the service.")
    async def revoke_tokens(self, info: Info, person: str) -> Revoked:
        await asyncio.to_thread(info.context.service.access.revoke_person, person)
        return Revoked(person=person, at=Instant(info.context.now()))

    @mutation("Seat a person for a party you act for, or revoke a seat of it; never the last one. It is on record.")
    async def seat(
        self,
        info: Info,
        deal_id: strawberry.ID,
        party: str,
        person: str,
        acts: Annotated[bool, strawberry.argument(description="True gives the seat, false revokes it.")],
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
    ) -> SeatResult:
        ask = SeatAsk(str(deal_id), party, person, acts)
        return seated(await info.context.service.seat_soon(info.context.signed_in(), ask, idempotency_key))
