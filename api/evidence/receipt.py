"""An entry of the log to a receipt that proves it for ever, without the service and without its database.

A receipt holds the whole entry, the place of its leaf, the inclusion proof and the signed checkpoint it leads to, which
is the first one that covers the entry: the receipt of an entry is the same, byte for byte, however often it is asked
for. Whoever checks it works out the seal of the entry from its columns, the leaf from the seal, the root from the leaf
and the proof, and compares the root with the one that was signed. A receipt has one way to be written (canonical JSON),
so a changed letter anywhere is seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, select

from api.evidence import log, merkle
from api.evidence.checkpoint import Checkpoint, read_checkpoint
from api.evidence.note import NoteError, PublicKey
from api.evidence.signature import require_signed
from api.store.chain import ALGORITHM, SEALED, seal
from api.store.codec import Json, canonical
from api.store.evidence_tables import checkpoint, leaf
from api.store.rows import Record, read_rows
from api.store.tables import event

FORMAT: Final = "clausula-receipt-1"
_FIELDS: Final = frozenset(("checkpoint", "entry", "format", "index", "key", "proof"))
_WHOLE: Final = frozenset(("effective_at_us", "recorded_at_us", "version"))


class ReceiptError(ValueError):
    """A receipt that proves nothing, and why."""


class TreeDamaged(Exception):
    """The stored tree gives no proof that holds: the database was changed, and `clausula verify --all` says where."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The entry is stored and not sealed yet: ask again in a moment."""

    deal: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The receipt of an entry, as the text of its file."""

    deal: str
    version: int
    hash: str
    index: int
    key: PublicKey
    checkpoint: Checkpoint
    text: str


@dataclass(frozen=True, slots=True)
class Proven:
    """What a receipt proves: this entry was in the log of this checkpoint, which this key has signed.

    `signer` is the public key of the person who signed the act, in hexadecimal; None if nobody did.
    """

    entry: Record
    index: int
    checkpoint: Checkpoint
    key: PublicKey
    signer: str | None


def receipt_for(engine: Engine, deal: str, version: int) -> Sealed | Pending | None:
    """The receipt of an entry; None if there is no such entry. Raises TreeDamaged rather than tell what is not so."""
    with engine.begin() as connection:
        rows = read_rows(connection, select(event).where(event.c.deal == deal, event.c.version == version))
        if not rows:
            return None
        place = select(leaf.c.number, leaf.c.hash).where(leaf.c.deal == deal, leaf.c.version == version)
        found = connection.execute(place).one_or_none()
        note = _covering(connection, found.number) if found is not None else None
        if found is None or note is None:
            return Pending(deal, version, rows[0]["hash"])
        try:
            text = _written(connection, rows[0], found.number, *note)
            proven = verify_receipt(text)
        except (KeyError, NoteError, ReceiptError) as error:
            raise TreeDamaged(f"the entry {version} of deal {deal} cannot be proven: {error}") from error
    return Sealed(deal, version, rows[0]["hash"], proven.index, proven.key, proven.checkpoint, text)


def _covering(connection: Connection, index: int) -> tuple[str, str] | None:
    """The first checkpoint with this leaf in it, and the key that signed it."""
    query = select(checkpoint.c.note, checkpoint.c.key).where(checkpoint.c.size > index)
    row = connection.execute(query.order_by(checkpoint.c.size).limit(1)).one_or_none()
    return (row.note, row.key) if row is not None else None


def _written(connection: Connection, row: Record, index: int, note: str, key: str) -> str:
    size = read_checkpoint(note, PublicKey.parse(key)).size
    proof = log.proof(connection, merkle.inclusion_ranges(index, size))
    entry = {name: row[name] for name in (*SEALED, "hash")}
    whole: dict[str, Json] = {
        "checkpoint": note,
        "entry": entry,
        "format": FORMAT,
        "index": index,
        "key": key,
        "proof": [each.hex() for each in proof],
    }
    return f"{canonical(whole)}\n"


# -------------------------------------------------------------------- checking


def verify_receipt(text: str, keys: Sequence[PublicKey] = ()) -> Proven:
    """What a receipt proves, to who trusts one of these keys; without any, to who trusts the key in the receipt.

    Raises ReceiptError.
    """
    found = _read(text)
    entry = _entry(found["entry"])
    try:
        enclosed = PublicKey.parse(_is(str, found["key"], "key"))
        note = _is(str, found["checkpoint"], "checkpoint")
        trusted = tuple(keys) or (enclosed,)
        if enclosed not in trusted:
            raise ReceiptError(
                f"the receipt is signed with the key {enclosed}, which is none of those that are trusted"
            )
        signed = read_checkpoint(note, enclosed)
    except NoteError as error:
        raise ReceiptError(f"the checkpoint is not signed as it should be: {error}") from error
    index = _is(int, found["index"], "index")
    proof = [_hash(each) for each in _is(list, found["proof"], "proof")]
    try:
        merkle.verify_inclusion(log.Entry("", 0, str(entry["hash"])).leaf, index, signed.size, proof, signed.root)
    except merkle.ProofError as error:
        raise ReceiptError(f"the entry is not proven to be in the log that was signed: {error}") from error
    return Proven(entry, index, signed, enclosed, _signer(entry))


def _signer(entry: Record) -> str | None:
    try:
        return require_signed(entry, json.loads(entry["body"]), json.loads(entry["answer"]))
    except (AttributeError, ValueError) as error:
        raise ReceiptError(f"the act is not signed by its person as it should be: {error}") from error


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
        again = f"{canonical(found)}\n"
    except (ValueError, RecursionError) as error:
        raise ReceiptError(f"this is not a receipt: {error}") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ReceiptError(f"this is not a receipt of the format {FORMAT}")
    if again != text:
        raise ReceiptError("this is not how a receipt is written: its text was changed")
    if found.keys() != _FIELDS:
        raise ReceiptError(f"a receipt has the fields {', '.join(sorted(_FIELDS))}, and no others")
    return found


def _entry(given: Any) -> Record:
    """The entry, if its columns are those under the seal and the seal is right."""
    entry = _is(dict, given, "entry")
    names = (*SEALED, "hash")
    if entry.keys() != set(names):
        raise ReceiptError(f"an entry has the columns {', '.join(sorted(names))}, and no others")
    row = {name: _is(int if name in _WHOLE else str, entry[name], name) for name in names}
    if row["algorithm"] != ALGORITHM:
        raise ReceiptError(f"the entry is sealed by {row['algorithm']}, and this version knows {ALGORITHM}")
    if seal(row) != row["hash"]:
        raise ReceiptError("the entry does not match its seal: it was changed")
    return row


def _is(kind: type, value: Any, name: str) -> Any:
    if type(value) is not kind:
        raise ReceiptError(f"{name} is not what it should be in a receipt")
    return value


def _hash(written: Any) -> bytes:
    text = _is(str, written, "proof")
    try:
        found = bytes.fromhex(text)
    except ValueError as error:
        raise ReceiptError("a hash of the proof is not written in hexadecimal") from error
    if found.hex() != text:
        raise ReceiptError("a hash of the proof is not written in small letters")
    return found
