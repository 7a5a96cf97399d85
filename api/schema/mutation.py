"""What can be done. Every request has an idempotency key: the same request under it gets the same answer for ever.

A key belongs to a person and a deal; that of an opening to a person alone, for the deal is named after the two.
"""

import asyncio
from typing import Annotated, cast

import strawberry

from api.acts import twice
from api.answers import Invalid
from api.asking import Ask
from api.schema.acts import AS, HAPPENED, ActInput, FieldInput, act_of, named_act
from api.schema.answers import (
    AllAccepted,
    Conflict,
    NoneDone,
    OpenResult,
    SeatResult,
    SubmitAllResult,
    SubmitResult,
    opened,
    seated,
    submitted,
)
from api.schema.answers import Invalid as Invalid_
from api.schema.context import Info
from api.schema.described import mutation
from api.schema.evidence import EvidenceMutation, SignatureInput, SubmissionInput, signed_ask, signed_asks
from api.schema.inviting import InvitingMutation
from api.schema.operating import OperatingMutation, Revoked, RevokeResult
from api.schema.scalars import Instant, Json, Sequence
from api.schema.webhooks import WebhookMutation
from api.service import SeatAsk, Terms
from api.store.codec import require_label

EXPECTED = "Refuse to try if the deal has moved on since."
SIGNED = "Yours, where you sign what you do."
OPENING_KEY = (
    "Chosen by you, and yours alone: under one key you open one deal. Sent again, the same opening gets the first "
    "answer; another opening under it is `KEY_REUSED`."
)
KEY = (
    "Chosen by you, for one request of yours in this deal; in another deal the same key is another one. Sent again, "
    "the same request gets the first answer, a refusal too; another request under it in this deal, or one under the "
    "key that you opened it with, is `KEY_REUSED`."
)


async def tried(info: Info, ask: Ask, key: str, expected: int | None, signature: SignatureInput | None) -> SubmitResult:
    """The answer to an act, signed if a signature came with it."""
    person, signed = info.context.signed_in(), await signed_ask(info, ask, key, signature)
    if isinstance(signed, Invalid):
        return submitted(signed)
    return submitted(await info.context.service.submit_soon(person, signed, key, expected))


async def tried_all(
    info: Info, asks: list[Ask], given: list[SignatureInput | None], key: str, expected: int | None
) -> SubmitAllResult:
    """The answer to several acts, those signed with which a signature came."""
    person, signed = info.context.signed_in(), await signed_asks(info, asks, key, given)
    if isinstance(signed, Invalid):
        return cast(Invalid_, signed)
    found = await info.context.service.submit_all_soon(person, signed, key, expected)
    return cast(AllAccepted | NoneDone | Conflict | Invalid_, found)


@strawberry.input(description="A party or a named person of the agreement, who acts for it, and who fills the role.")
class RoleInput:
    """One role of a deal."""

    party: str
    persons: list[str] = strawberry.field(description="The people who act for it, as their tokens name them.")
    filler: str | None = strawberry.field(default=None, description="Who fills the role, if not whom the text names.")


@strawberry.type
class Mutation(EvidenceMutation, InvitingMutation, OperatingMutation, WebhookMutation):
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
            strawberry.argument(name="as", description=AS),
        ],
        act: ActInput,
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
        expected_version: Annotated[Sequence | None, strawberry.argument(description=EXPECTED)] = None,
        happened_at: Annotated[Instant | None, strawberry.argument(description=HAPPENED)] = None,
        signature: Annotated[SignatureInput | None, strawberry.argument(description=SIGNED)] = None,
    ) -> SubmitResult:
        ask = Ask(str(deal_id), as_, act_of(act), happened_at)
        return await tried(info, ask, idempotency_key, expected_version, signature)

    @mutation("Try an act by its name in the agreement, with arguments as the `schema` of `availableActions` has them.")
    async def submit_action(  # noqa: PLR0913 -- an argument for each part
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as", description=AS)],
        name: Annotated[str, strawberry.argument(description="`presentDispute`.")],
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
        arguments: Annotated[Json | None, strawberry.argument(description="As its `schema` describes them.")] = None,
        expected_version: Annotated[Sequence | None, strawberry.argument(description=EXPECTED)] = None,
        happened_at: Annotated[Instant | None, strawberry.argument(description=HAPPENED)] = None,
        signature: Annotated[SignatureInput | None, strawberry.argument(description=SIGNED)] = None,
    ) -> SubmitResult:
        ask = Ask(str(deal_id), as_, named_act(name, arguments), happened_at)
        return await tried(info, ask, idempotency_key, expected_version, signature)

    @mutation("Try several acts one after the other: all are done, or none is.")
    async def submit_actions(
        self,
        info: Info,
        deal_id: strawberry.ID,
        actions: list[SubmissionInput],
        idempotency_key: Annotated[str, strawberry.argument(description=KEY)],
        expected_version: Annotated[Sequence | None, strawberry.argument(description=EXPECTED)] = None,
    ) -> SubmitAllResult:
        asks, given = [each.ask(str(deal_id)) for each in actions], [each.signature for each in actions]
        return await tried_all(info, asks, given, idempotency_key, expected_version)

    @mutation("Let this token be good no more, or all that you were issued until now; what you follow with it ends.")
    async def sign_out(self, info: Info, everywhere: bool = False) -> RevokeResult:
        access, person = info.context.service.access, info.context.signed_in()
        token = info.context.person
        if everywhere or token is None:
            await asyncio.to_thread(access.revoke_person, person)
        else:
            await asyncio.to_thread(access.revoke_token, token)
        return Revoked(person=person, at=Instant(info.context.now()))

    @mutation("Let no token be good any more that a person was issued until now; for those who operate the service.")
    async def revoke_tokens(self, info: Info, person: str) -> RevokeResult:
        try:
            require_label("the person", person)
        except ValueError as error:
            return cast(Invalid_, Invalid("NOT_UNDERSTOOD", (f"Nobody has such a name: {error}.",)))
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
