"""The stored tree to what somebody needs who watches the log: its newest checkpoint, and proof that it only grows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from api.evidence import log, merkle
from api.evidence.checkpoint import Checkpoint, read_checkpoint
from api.evidence.note import NoteError, PublicKey
from api.evidence.receipt import TreeDamaged
from api.store.evidence_tables import checkpoint


@dataclass(frozen=True, slots=True)
class Newest:
    """A checkpoint, the key that signed it, and the signed note."""

    checkpoint: Checkpoint
    key: PublicKey
    note: str


def newest_checkpoint(engine: Engine) -> Newest | None:
    """The newest checkpoint that was signed; None if nothing was sealed yet. Raises TreeDamaged."""
    query = select(checkpoint.c.note, checkpoint.c.key).order_by(checkpoint.c.size.desc()).limit(1)
    with engine.begin() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    try:
        key = PublicKey.parse(row.key)
        return Newest(read_checkpoint(row.note, key), key, row.note)
    except NoteError as error:
        raise TreeDamaged(f"the newest checkpoint is not signed as it should be: {error}") from error


def consistency_proof(engine: Engine, first: int, second: int) -> tuple[bytes, ...] | None:
    """The proof that the tree of one size continues that of another, tried before it is handed out.

    None for sizes that the tree did not have, or not in this order. Raises TreeDamaged.
    """
    with engine.begin() as connection:
        if not 0 < first <= second <= log.size_of(connection):
            return None
        try:
            proof = log.proof(connection, merkle.consistency_ranges(first, second))
            roots = log.root_of(connection, first), log.root_of(connection, second)
            merkle.verify_consistency(first, second, proof, *roots)
        except (KeyError, merkle.ProofError) as error:
            raise TreeDamaged(f"the log of {second} entries cannot be proven to continue that of {first}") from error
    return proof
