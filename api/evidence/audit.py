"""The database beside the checkpoints that are kept outside to a list of what is not as it was signed.

The seals and the chain of a deal say whether its log hangs together; here it is compared with what somebody could not
change. The tree is built again from the first leaf to the last, its root is compared at each size that was signed, and
each leaf with the entry it stands for. An entry that was edited, left out, put in, moved or cut off after it was sealed
shows, and so does a log that was rewritten whole with every seal, state and tree put right, and a database that was
put back to an earlier day. What was stored and not sealed yet is counted: it is held by the chain alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Select, and_, func, select

from api.evidence import log, merkle
from api.evidence.checkpoint import Checkpoint, read_checkpoint
from api.evidence.log import Entry
from api.evidence.merkle import Place
from api.evidence.note import NoteError
from api.evidence.outside import Kept, OutsideError, read_outside
from api.store import Fault
from api.store.evidence_tables import checkpoint, leaf
from api.store.tables import event

CHUNK: Final = 1000
_NOTHING_OUTSIDE: Final = (
    "no checkpoint is kept outside, in {}: there is nothing to compare the database with. Where it was copied from or "
    "restored, put the file of checkpoints of the first one there, or name it with CLAUSULA_CHECKPOINTS"
)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found: how many entries are sealed, how many wait, and how many checkpoints were compared.

    `origin` is the name of the log; empty if nobody has begun to seal.
    """

    origin: str
    sealed: int
    waiting: int
    checkpoints: int
    last: Checkpoint | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def comparable(self) -> bool:
        """Whether there is anything to compare with, or else nothing was sealed yet."""
        return bool(self.checkpoints) or not any(each.table == "checkpoints" for each in self.faults)


def audit(engine: Engine, outside: Path) -> Audit:
    """Compare a database with the file of checkpoints. The file is read first: it never knows more than was stored."""
    with engine.begin() as connection:
        origin = log.origin_of(connection)
    faults: list[Fault] = []
    try:
        kept = read_outside(outside, origin)
    except OutsideError as error:
        kept = Kept()
        faults.append(Fault("checkpoints", None, None, str(error)))
    with engine.begin() as connection:
        size = log.size_of(connection)
        noted = _notes(connection)
        if noted and not kept.checkpoints and not faults:
            faults.append(Fault("checkpoints", None, None, _NOTHING_OUTSIDE.format(outside)))
        faults += _tree_faults(connection, size, kept)
        if kept.keys:
            faults += _note_faults(noted, kept, size)
        faults += _unsealed_faults(connection)
        waiting = _waiting(connection)
    return Audit(origin or "", size, waiting, len(kept.checkpoints), kept.last, tuple(faults))


# -------------------------------------------------------------------- the tree


@dataclass(slots=True)
class _Growing:
    """The tree while it is built again: its size, the full subtrees at its right edge, and where each deal stands."""

    size: int = 0
    edge: dict[Place, bytes] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def add(self, entries: Sequence[Entry]) -> dict[Place, bytes]:
        """Add leaves; the subtrees that they fill."""
        made = dict(merkle.grown(self.size, (each.leaf for each in entries), self.edge.__getitem__))
        self.size += len(entries)
        known = self.edge | made
        self.edge = {place: known[place] for place in merkle.places((0, self.size))}
        return made

    @property
    def root(self) -> bytes:
        return merkle.root(self.size, self.edge.__getitem__)


def _tree_faults(connection: Connection, size: int, kept: Kept) -> Iterator[Fault]:
    growing = _Growing()
    signed = [found for found, _ in kept.checkpoints]
    agreed: Checkpoint | None = None
    for each in signed:
        if each.size > size:
            yield Fault("leaf", None, None, _shorter(size, each))
            break
        yield from _grow(connection, growing, each.size)
        if growing.size != each.size:
            return
        if growing.root != each.root:
            yield Fault("leaf", None, "hash", _other_root(agreed, each))
            break
        agreed = each
    yield from _grow(connection, growing, size)


def _grow(connection: Connection, growing: _Growing, to: int) -> Iterator[Fault]:
    """Build the tree up to a size, comparing each leaf with its entry and each subtree with the stored one."""
    while growing.size < to:
        rows = connection.execute(_leaves(growing.size, min(to, growing.size + CHUNK))).all()
        numbers = [row.number for row in rows]
        if numbers != list(range(growing.size, growing.size + len(rows))) or not rows:
            missing = next((at for at, number in enumerate(numbers, growing.size) if at != number), growing.size)
            yield Fault("leaf", None, "number", f"the leaf {missing} is missing")
            return
        for row in rows:
            yield from _leaf_faults(growing, Entry(row.deal, row.version, row.hash), row.kept)
        made = growing.add([Entry(row.deal, row.version, row.hash) for row in rows])
        found = log.stored(connection, (place for place in made if place[0]))
        for place, expected in made.items():
            if place[0] and found.get(place) != expected:
                yield Fault("node", None, "hash", f"the subtree {place} is not that of its leaves")


def _leaves(start: int, end: int) -> Select[tuple[int, str, int, str, str | None]]:
    joined = leaf.outerjoin(event, and_(event.c.deal == leaf.c.deal, event.c.version == leaf.c.version))
    columns = (leaf.c.number, leaf.c.deal, leaf.c.version, leaf.c.hash, event.c.hash.label("kept"))
    return (
        select(*columns).select_from(joined).where(leaf.c.number >= start, leaf.c.number < end).order_by(leaf.c.number)
    )


def _leaf_faults(growing: _Growing, sealed: Entry, kept: str | None) -> Iterator[Fault]:
    if kept is None:
        yield Fault("event", sealed.version, None, f"the entry of deal {sealed.deal} was sealed, and is gone")
    elif kept != sealed.hash:
        yield Fault("event", sealed.version, "hash", f"the entry of deal {sealed.deal} is not the one that was sealed")
    if sealed.version != growing.versions.get(sealed.deal, 0) + 1:
        yield Fault("leaf", sealed.version, "version", f"the leaves of deal {sealed.deal} are out of order")
    growing.versions[sealed.deal] = sealed.version


def _shorter(size: int, signed: Checkpoint) -> str:
    return (
        f"{size} entries are sealed, and {signed.size} were, by {_when(signed)}: the database was put back to an "
        "earlier state, or its end was cut off"
    )


def _other_root(agreed: Checkpoint | None, signed: Checkpoint) -> str:
    which = f"the sealed entries {agreed.size + 1} to {signed.size}" if agreed else f"the first {signed.size} entries"
    return f"{which} are not those that were signed by {_when(signed)}"


def _when(signed: Checkpoint) -> str:
    return f"{signed.at:%Y-%m-%d %H:%M:%S} UTC"


# ------------------------------------------------------- checkpoints and entries


def _notes(connection: Connection) -> dict[int, str]:
    rows = connection.execute(select(checkpoint.c.size, checkpoint.c.note))
    return {row.size: row.note for row in rows}


def _note_faults(noted: dict[int, str], kept: Kept, size: int) -> Iterator[Fault]:
    """The checkpoints in the database: those that are outside too are known, the others must be signed and fit."""
    known = {found.size: (found, note) for found, note in kept.checkpoints}
    for at, note in noted.items():
        if at in known and known[at][1] == note:
            continue
        try:
            found = read_checkpoint(note, *kept.keys)
        except NoteError as error:
            yield Fault("checkpoint", None, "note", f"the checkpoint of {at} entries: {error}")
            continue
        if found.size != at or at > size or (at in known and known[at][0].root != found.root):
            yield Fault("checkpoint", None, "size", f"the checkpoint of {at} entries is of others")


def _unsealed_faults(connection: Connection) -> Iterator[Fault]:
    """Entries without a leaf, although a later one of their deal has one: they were put in afterwards."""
    sealed = select(leaf.c.deal, func.max(leaf.c.version).label("last")).group_by(leaf.c.deal).subquery()
    query = (
        select(event.c.deal, event.c.version)
        .join(sealed, sealed.c.deal == event.c.deal)
        .outerjoin(leaf, and_(leaf.c.deal == event.c.deal, leaf.c.version == event.c.version))
        .where(event.c.version <= sealed.c.last, leaf.c.number.is_(None))
    )
    for row in connection.execute(query):
        yield Fault(
            "event", row.version, None, f"the entry of deal {row.deal} is among sealed ones, and was not sealed"
        )


def _waiting(connection: Connection) -> int:
    joined = event.outerjoin(leaf, and_(leaf.c.deal == event.c.deal, leaf.c.version == event.c.version))
    query = select(func.count()).select_from(joined).where(leaf.c.number.is_(None))
    return int(connection.execute(query).scalar_one())
