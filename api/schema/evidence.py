"""What proves an entry to others: its receipt, and the signed checkpoints of the log of all deals."""

import asyncio
from typing import Annotated

import strawberry

from api.evidence import checkpoint, receipt
from api.evidence.proofs import Newest, consistency_proof, newest_checkpoint
from api.schema.context import Info, problem
from api.schema.described import field
from api.schema.scalars import Instant
from api.store import Store


@strawberry.type(description="A signed checkpoint: how many entries the log of all deals had, and their one hash.")
class Checkpoint:
    """Shows a `Newest`."""

    found: strawberry.Private[Newest]

    @field("The name of the log.")
    def log(self) -> str:
        return self._stated.origin

    @field("How many entries it covers.")
    def size(self) -> int:
        return self._stated.size

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
    def version(self) -> int:
        return self.found.version

    @field("The seal of the entry.")
    def seal(self) -> str:
        return self.found.hash

    @field("The place of the entry in the log of all deals; the first has the index 0.")
    def index(self) -> int:
        return self.found.index

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
    def version(self) -> int:
        return self.found.version

    @field("The seal of the entry, which the receipt will prove.")
    def seal(self) -> str:
        return self.found.hash


ReceiptResult = Annotated[SealedReceipt | PendingReceipt, strawberry.union("ReceiptResult")]


@strawberry.type
class EvidenceQuery:
    """The questions about evidence."""

    @field("The receipt of an entry of the log of a deal of yours, accepted or refused; null if there is none.")
    async def receipt(self, info: Info, deal_id: strawberry.ID, version: int) -> ReceiptResult | None:
        person, store = info.context.signed_in(), info.context.service.store
        found = await asyncio.to_thread(_receipt, store, person, str(deal_id), version)
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
    async def consistency(self, info: Info, first: int, second: int) -> list[str] | None:
        info.context.signed_in()
        engine = info.context.service.store.reading
        try:
            found = await asyncio.to_thread(consistency_proof, engine, first, second)
        except receipt.TreeDamaged as error:
            raise problem("LOG_DAMAGED", f"{error}.") from error
        return [each.hex() for each in found] if found is not None else None


def _receipt(store: Store, person: str, deal: str, version: int) -> receipt.Sealed | receipt.Pending | None:
    if not store.read.parties_of(deal, person):
        return None
    try:
        return receipt.receipt_for(store.reading, deal, version)
    except receipt.TreeDamaged as error:
        raise problem("LOG_DAMAGED", f"{error}.") from error
