"""What proves an entry to others: its receipt, and the signed checkpoints of the log of all deals."""

import asyncio
from collections.abc import Iterable
from typing import Annotated, Any, cast

import strawberry

from api import answers
from api.asking import MOST_ACTS, Ask, all_keys, how_many
from api.evidence import checkpoint, keys, personal, receipt
from api.evidence.proofs import Newest, consistency_proof, newest_checkpoint
from api.schema.acts import AS, HAPPENED, ActInput, AttemptInput, act_of
from api.schema.answers import Invalid, NoneDone
from api.schema.context import Info, problem
from api.schema.described import field, mutation
from api.schema.nodes import Node
from api.schema.pages import USUAL, After, Connection, First, page_of
from api.schema.scalars import Instant, Sequence
from api.service import Service
from api.service import deal_id as deal_of
from api.store import Store
from api.store.codec import to_microseconds


@strawberry.type(description="A signed checkpoint: how many entries the log of all deals had, and their one hash.")
class Checkpoint:
    """Shows a `Newest`."""

    found: strawberry.Private[Newest]

    @field("The name of the log.")
    def log(self) -> str:
        return self._stated.origin

    @field("How many entries it covers.")
    def size(self) -> Sequence:
        return Sequence(self._stated.size)

    @field("The root of the Merkle tree over them (RFC 9162), in hexadecimal.")
    def root(self) -> str:
        return self._stated.root.hex()

    @field("By when they were there.")
    def signed_at(self) -> Instant:
        return Instant(self._stated.at)

    @field("The public key that it is signed with, as signed notes (C2SP) write it.")
    def key(self) -> str:
        return str(self.found.key)

    @field("The signed note. Keep it: whoever has it will see it if the log is ever changed.")
    def note(self) -> str:
        return self.found.note

    @property
    def _stated(self) -> checkpoint.Checkpoint:
        return self.found.checkpoint


@strawberry.type(description="The receipt of an entry: it proves the entry for ever, and without this service.")
class SealedReceipt:
    """Shows a `Sealed`."""

    found: strawberry.Private[receipt.Sealed]

    @strawberry.field
    def version(self) -> Sequence:
        return Sequence(self.found.version)

    @field("The seal of the entry.")
    def seal(self) -> str:
        return self.found.hash

    @field("The place of the entry in the log of all deals; the first has the index 0.")
    def index(self) -> Sequence:
        return Sequence(self.found.index)

    @field("By when the entry was certainly in the log.")
    def sealed_at(self) -> Instant:
        return Instant(self.found.checkpoint.at)

    @field("The public key that the checkpoint is signed with.")
    def key(self) -> str:
        return str(self.found.key)

    @field("The receipt as the text of a file, for `clausula verify --receipt`.")
    def text(self) -> str:
        return self.found.text


@strawberry.type(description="The entry is stored, and not sealed into the log of all deals yet: ask again soon.")
class PendingReceipt:
    """Shows a `Pending`."""

    found: strawberry.Private[receipt.Pending]

    @strawberry.field
    def version(self) -> Sequence:
        return Sequence(self.found.version)

    @field("The seal of the entry, which the receipt will prove.")
    def seal(self) -> str:
        return self.found.hash


ReceiptResult = Annotated[SealedReceipt | PendingReceipt, strawberry.union("ReceiptResult")]


@strawberry.type(description="A public key (Ed25519) of yours, with which you can sign what you do.")
class PersonKey(Node):
    """Shows a `PersonKey`."""

    key: str = strawberry.field(description="In hexadecimal.")
    registered_at: Instant
    revoked_at: Instant | None

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, keys.PersonKey)


KeyResult = Annotated[PersonKey | Invalid, strawberry.union("KeyResult")]


@strawberry.type(description="What you sign, before you submit an act with your signature.")
class ToSign:
    """A text and its effect."""

    text: str = strawberry.field(description="Sign the UTF-8 bytes of exactly this text.")
    effect: str = strawberry.field(description="What would be done, in words; it is in the text. Read it.")

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, ToSign)


@strawberry.type(description="What you sign, before you submit several acts together: a text for each, in their order.")
class ToSignAll:
    """Texts and their effects."""

    each: list[ToSign] = strawberry.field(description="What to sign for each of the acts.")

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, ToSignAll)


ToSignAllResult = Annotated[ToSignAll | NoneDone | Invalid, strawberry.union("ToSignAllResult")]
ToSignResult = Annotated[ToSign | Invalid, strawberry.union("ToSignResult")]


@strawberry.type(description="Something about a person that stands outside the log, and in the log as a salted hash.")
class PersonalValue:
    """Shows a `Personal`."""

    reference: str = strawberry.field(
        description="What stands for it in the log and in all other answers: use it as the content of a text."
    )
    about: str = strawberry.field(description="Whom it is about, as tokens name that person.")
    value: str | None = strawberry.field(description="Null once it was erased.")
    salt: str | None = strawberry.field(description="The reference ends with the SHA-256 of the salt and the value.")
    erased_at: Instant | None

    @classmethod
    def is_type_of(cls, value: Any, _: object) -> bool:
        return isinstance(value, personal.Personal)


PersonalResult = Annotated[PersonalValue | Invalid, strawberry.union("PersonalResult")]


@strawberry.input(description="Your signature over the text that `toSign` gives.")
class SignatureInput:
    """A signature with an act."""

    key: strawberry.ID
    effect: str
    signature: str = strawberry.field(description="Ed25519, in hexadecimal.")


@strawberry.input(description="An act to be done together with others: as a party, when it happened, and signed.")
class SubmissionInput:
    """One act of several."""

    as_: str = strawberry.field(name="as", description=AS)
    act: ActInput = strawberry.field(description="What is done.")
    happened_at: Instant | None = strawberry.field(default=None, description=HAPPENED)
    signature: SignatureInput | None = strawberry.field(
        default=None, description="Yours over its text in `toSignAll`, where you sign what you do."
    )

    def ask(self, deal: str) -> Ask:
        """It as the service takes it, without its signature."""
        return Ask(deal, self.as_, act_of(self.act), self.happened_at)


async def signed_asks(
    info: Info, asks: list[Ask], key: str, given: Iterable[SignatureInput | None]
) -> list[Ask] | answers.Invalid:
    """Several acts, each with the signature that came with it, if any did: over the key of its own entry."""
    found = []
    for ask, nonce, signature in zip(asks, all_keys(key, len(asks)), given, strict=True):
        signed = await signed_ask(info, ask, nonce, signature)
        if isinstance(signed, answers.Invalid):
            return signed
        found.append(signed)
    return found


async def signed_ask(info: Info, ask: Ask, nonce: str, given: SignatureInput | None) -> Ask | answers.Invalid:
    """An act with the signature that came with it, if any did."""
    if given is None:
        return ask
    person, store = info.context.signed_in(), info.context.service.store
    signature = keys.Given(str(given.key), given.effect, given.signature)
    return await asyncio.to_thread(keys.attested, store, person, ask, nonce, signature)


@strawberry.type
class EvidenceMutation:
    """The acts about evidence."""

    @mutation("Register a public key of yours. To sign: canonical JSON of `domain` clausula-key-1, `key` and `person`.")
    async def register_key(
        self,
        info: Info,
        key: Annotated[str, strawberry.argument(description="Ed25519, in hexadecimal.")],
        proof: Annotated[str, strawberry.argument(description="The text signed with the key itself.")],
        endorsement: Annotated[
            str, strawberry.argument(description="The text signed with a key of yours that counts; not for the first.")
        ] = "",
    ) -> KeyResult:
        asked = keys.Registration(info.context.signed_in(), key, proof, endorsement)
        store, now = info.context.service.store, info.context.now()
        return cast(PersonKey | Invalid, await asyncio.to_thread(keys.register, store, asked, now))

    @mutation("Let a key of yours count no more. What was signed with it stays signed.")
    async def revoke_key(self, info: Info, id: strawberry.ID) -> KeyResult:
        person, store, now = info.context.signed_in(), info.context.service.store, info.context.now()
        return cast(PersonKey | Invalid, await asyncio.to_thread(keys.revoke, store, person, str(id), now))

    @mutation("Keep something about a person outside the log; what comes back stands for it in acts and blanks.")
    async def keep_personal(
        self,
        info: Info,
        about: str,
        value: str,
        deal_id: Annotated[strawberry.ID | None, strawberry.argument(description="The deal that it is for.")] = None,
        opening_key: Annotated[
            str | None, strawberry.argument(description="Or the key under which you will open that deal.")
        ] = None,
    ) -> PersonalResult:
        person, store = info.context.signed_in(), info.context.service.store
        if (deal_id is None) == (opening_key is None):
            return cast(Invalid, answers.Invalid("NOT_UNDERSTOOD", ("Give `dealId` or `openingKey`, and not both.",)))
        deal = str(deal_id) if opening_key is None else deal_of(person, opening_key)
        if not await asyncio.to_thread(_may_keep, store, person, deal, opening_key is not None):
            return cast(Invalid, answers.Invalid("NO_SUCH_DEAL", ("There is no such deal.",)))
        found = await asyncio.to_thread(personal.keep, store, deal, about, value, info.context.now())
        return cast(PersonalValue | Invalid, found)


@strawberry.type
class EvidenceQuery:
    """The questions about evidence."""

    @field("The receipt of an entry of the log of a deal of yours, accepted or refused; null if there is none.")
    async def receipt(self, info: Info, deal_id: strawberry.ID, version: Sequence) -> ReceiptResult | None:
        person, use = info.context.signed_in(), info.context.service
        found = await asyncio.to_thread(_receipt, use, person, str(deal_id), version)
        match found:
            case receipt.Sealed():
                return SealedReceipt(found=found)
            case receipt.Pending():
                return PendingReceipt(found=found)
            case None:
                return None

    @field("The newest signed checkpoint of the log of all deals; null if nothing was sealed yet.")
    async def checkpoint(self, info: Info) -> Checkpoint | None:
        info.context.signed_in()
        try:
            found = await asyncio.to_thread(newest_checkpoint, info.context.service.store.reading)
        except receipt.TreeDamaged as error:
            raise problem("LOG_DAMAGED", f"{error}.") from error
        return Checkpoint(found=found) if found is not None else None

    @field(
        "The hashes which prove that the log of one size continues that of another (RFC 9162, 2.1.4): for who kept an "
        "earlier checkpoint. Null for sizes that the log did not have."
    )
    async def consistency(self, info: Info, first: Sequence, second: Sequence) -> list[str] | None:
        info.context.signed_in()
        engine = info.context.service.store.reading
        try:
            found = await asyncio.to_thread(consistency_proof, engine, first, second)
        except receipt.TreeDamaged as error:
            raise problem("LOG_DAMAGED", f"{error}.") from error
        return [each.hex() for each in found] if found is not None else None

    @field("Your public keys, the oldest first.")
    async def keys(self, info: Info, first: First = USUAL, after: After = None) -> Connection[PersonKey]:
        person, store = info.context.signed_in(), info.context.service.store
        found = await asyncio.to_thread(keys.keys_of, store, person)
        keyed = (((to_microseconds(each.registered_at), each.id), cast(PersonKey, each)) for each in found)
        return page_of(keyed, first, after, (int, str))

    @field(
        "What is kept about persons for a deal of yours, outside its log, the oldest first; null if there is no such "
        "deal."
    )
    async def personal(
        self, info: Info, deal_id: strawberry.ID, first: First = USUAL, after: After = None
    ) -> Connection[PersonalValue] | None:
        person, use, deal = info.context.signed_in(), info.context.service, str(deal_id)
        found = await asyncio.to_thread(use.of_member, person, deal, lambda: personal.values_of(use.store, deal))
        if found is None:
            return None
        keyed = (((to_microseconds(each.kept_at), each.reference), cast(PersonalValue, each)) for each in found)
        return page_of(keyed, first, after, (int, str))

    @field("What to sign, to submit an act under an idempotency key with a signature by a key of yours.")
    async def to_sign(
        self,
        info: Info,
        deal_id: strawberry.ID,
        as_: Annotated[str, strawberry.argument(name="as")],
        act: ActInput,
        idempotency_key: str,
        key: Annotated[strawberry.ID, strawberry.argument(description="The id of the key.")],
        happened_at: Instant | None = None,
    ) -> ToSignResult | None:
        ask = Ask(str(deal_id), as_, act_of(act), happened_at)
        person, use = info.context.signed_in(), info.context.service
        found = await asyncio.to_thread(keys.to_sign, use, person, ask, idempotency_key, str(key))
        match found:
            case keys.ToSign(text=text, effect=effect):
                return ToSign(text=text, effect=effect)
            case answers.Invalid() | None:
                return cast(Invalid | None, found)

    @field(
        "What to sign, to submit several acts together under an idempotency key: each signature is good for its own "
        "act, and does not say that the others were done."
    )
    async def to_sign_all(
        self,
        info: Info,
        deal_id: strawberry.ID,
        actions: list[AttemptInput],
        idempotency_key: str,
        key: Annotated[strawberry.ID, strawberry.argument(description="The id of the key.")],
    ) -> ToSignAllResult | None:
        asks = [each.ask(str(deal_id)) for each in actions]
        return await _to_sign_all(info, asks, idempotency_key, str(key))


async def _to_sign_all(info: Info, asks: list[Ask], nonce: str, key: str) -> ToSignAll | NoneDone | Invalid | None:
    if not 1 <= len(asks) <= MOST_ACTS:
        return cast(Invalid, answers.Invalid("NOT_UNDERSTOOD", (how_many(len(asks)),)))
    person, use = info.context.signed_in(), info.context.service
    found = await asyncio.to_thread(keys.to_sign_all, use, person, asks, nonce, key)
    if not isinstance(found, tuple):
        return cast(NoneDone | Invalid | None, found)
    return ToSignAll(each=[ToSign(text=one.text, effect=one.effect) for one in found])


def _may_keep(store: Store, person: str, deal: str, opening: bool) -> bool:
    """Whether somebody has a seat in a deal, or is still to open it."""
    return bool(store.read.parties_of(deal, person)) or (opening and store.read.deal(deal) is None)


def _receipt(use: Service, person: str, deal: str, version: int) -> receipt.Sealed | receipt.Pending | None:
    try:
        return use.of_member(person, deal, lambda: receipt.receipt_for(use.store.reading, deal, version))
    except receipt.TreeDamaged as error:
        raise problem("LOG_DAMAGED", f"{error}.") from error
