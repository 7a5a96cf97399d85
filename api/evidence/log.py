"""Entries that are committed to leaves of the tree, and the tree as the database keeps it to roots and proofs.

A leaf is the seal of an entry, as its 64 letters. The order of the leaves is made here and nowhere else: within a deal
it is that of the versions, without a gap, and between deals that of the instants, among all that are there. So it does
not matter in which order several writers commit, and no number of the database is an order: an entry that shows up late
gets a later leaf, and none is passed over for good.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, Row, and_, func, select, true, tuple_
from sqlalchemy.exc import IntegrityError

from api.evidence import merkle
from api.evidence.merkle import Place, Range
from api.store.evidence_tables import checkpoint, leaf, node, tree
from api.store.tables import deal, event

BATCH: Final = 512
"""So many entries are sealed in one transaction, for which other writers wait."""

DEALS_AT_ONCE: Final = 500
"""So many deals are named in one question, which a database limits."""

LEAST: Final = 8
"""So many entries of each deal are read at once, or more where fewer deals are asked about."""

Hashes: TypeAlias = Mapping[Place, bytes]
Found: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log as the tree knows it."""

    deal: str
    version: int
    hash: str

    @property
    def leaf(self) -> bytes:
        """The hash of its leaf."""
        return merkle.leaf_hash(self.hash.encode())


# -------------------------------------------------------------------- the tree


def origin_of(connection: Connection) -> str | None:
    """The name of the log; None if nobody has begun to seal."""
    name: str | None = connection.execute(select(tree.c.origin)).scalar_one_or_none()
    return name


def begin(engine: Engine) -> str:
    """The name of the log, drawn at random when somebody first begins to seal: two databases are two logs."""
    try:
        with engine.begin() as connection:
            found = origin_of(connection)
            if found is None:
                found = f"clausula/{secrets.token_hex(16)}"
                connection.execute(tree.insert(), {"id": 1, "origin": found})
    except IntegrityError:  # somebody else began at the same instant
        with engine.begin() as connection:
            return str(origin_of(connection))
    return found


def lock(connection: Connection) -> str:
    """Let nobody else seal until this transaction ends; the name of the log. SQLite has let nobody else write."""
    return str(connection.execute(select(tree.c.origin).with_for_update()).scalar_one())


def size_of(connection: Connection) -> int:
    """How many entries are in the tree."""
    return int(connection.execute(select(func.coalesce(func.max(leaf.c.number) + 1, 0))).scalar_one())


def stored(connection: Connection, places: Iterable[Place]) -> Hashes:
    """The hashes of full subtrees, by their places. One that is not there, or is no hash, is left out."""
    wanted = set(places)
    found: dict[Place, bytes] = {}
    leaves = sorted(number for level, number in wanted if level == 0)
    if leaves:
        query = select(leaf.c.number, leaf.c.deal, leaf.c.version, leaf.c.hash).where(leaf.c.number.in_(leaves))
        for row in connection.execute(query):
            found[0, row.number] = Entry(row.deal, row.version, row.hash).leaf
    nodes = sorted(place for place in wanted if place[0])
    if nodes:
        full = select(node.c.level, node.c.number, node.c.hash).where(tuple_(node.c.level, node.c.number).in_(nodes))
        for level, number, kept in connection.execute(full):
            try:
                found[level, number] = bytes.fromhex(kept)
            except ValueError:
                continue  # whoever needs it says that the tree is damaged
    return found


def root_of(connection: Connection, size: int) -> bytes:
    """The root of the tree of the first `size` entries. Raises KeyError where the tree is damaged."""
    return merkle.root(size, stored(connection, merkle.places((0, size))).__getitem__)


def proof(connection: Connection, ranges: Sequence[Range]) -> tuple[bytes, ...]:
    """The hashes over some ranges, read at once. Raises KeyError where the tree is damaged."""
    found = stored(connection, (place for each in ranges for place in merkle.places(each)))
    return tuple(merkle.hash_of(each, found.__getitem__) for each in ranges)


def append(connection: Connection, size: int, entries: Sequence[Entry]) -> None:
    """Add entries to a tree of a size; nothing that is stored is changed. Raises KeyError where it is damaged."""
    edge = stored(connection, merkle.places((0, size)))
    made = merkle.grown(size, (each.leaf for each in entries), edge.__getitem__)
    nodes = [{"level": level, "number": number, "hash": found.hex()} for (level, number), found in made if level]
    leaves = [
        {"number": number, "deal": each.deal, "version": each.version, "hash": each.hash}
        for number, each in enumerate(entries, size)
    ]
    connection.execute(leaf.insert(), leaves)
    if nodes:
        connection.execute(node.insert(), nodes)


def newest_note(connection: Connection, least: int = 0) -> str | None:
    """The newest signed checkpoint of at least so many entries."""
    query = select(checkpoint.c.note).where(checkpoint.c.size >= least).order_by(checkpoint.c.size.desc()).limit(1)
    note: str | None = connection.execute(query).scalar_one_or_none()
    return note


# ----------------------------------------------------------- what is to be sealed


def behind(connection: Connection) -> tuple[str, ...]:
    """Every deal that has entries which are not in the tree: the cost is one look at each deal."""
    last = select(func.max(event.c.version)).where(event.c.deal == deal.c.id).correlate(deal).scalar_subquery()
    query = select(deal.c.id).where(last > _SEALED)
    return tuple(connection.execute(query).scalars())


def unsealed(connection: Connection, deals: Collection[str], limit: int = BATCH) -> tuple[Entry, ...]:
    """The next entries of some deals that are not in the tree, in the order in which they become leaves.

    Where a version is missing the later ones of that deal stay outside: what was left out is not signed away. However
    long the logs are, and however much waits, no more is read than the next few entries of each deal, and those found.
    """
    if not deals:
        return ()
    share = max(LEAST, limit // len(deals))
    first = _first(connection, deals, share)
    logs = (_next(connection, sealed, rows, share) for sealed, rows in first)
    order = merge(*logs, key=attrgetter("recorded_at_us", "deal"))
    return tuple(Entry(row.deal, row.version, row.hash) for row in islice(order, limit))


def _first(connection: Connection, deals: Collection[str], share: int) -> Iterator[tuple[int, list[Found]]]:
    """The version that is sealed of each deal where more is stored, and the next few entries.

    A server is asked for a few rows of each deal by themselves: joined, it might read all logs and compare them.
    """
    ends = (
        select(deal.c.id, _SEALED.label("sealed"))
        .where(deal.c.id.in_(sorted(deals)))
        .cte("ends")
        .prefix_with("MATERIALIZED")
    )
    mine = and_(event.c.deal == ends.c.id, event.c.version > ends.c.sealed)
    if connection.dialect.name == "postgresql":
        few = select(*_ENTRY).where(mine).order_by(event.c.version).limit(share).lateral("few")
        query = select(few, ends.c.sealed).select_from(ends).join(few, true()).order_by(few.c.deal, few.c.version)
    else:
        next_to_it = and_(mine, event.c.version <= ends.c.sealed + share)
        query = select(*_ENTRY, ends.c.sealed).join(ends, next_to_it).order_by(*_IN_A_DEAL)
    rows = connection.execute(query)
    return ((found[0].sealed, found) for _, each in groupby(rows, attrgetter("deal")) if (found := list(each)))


def _next(connection: Connection, end: int, rows: Sequence[Found], share: int) -> Iterator[Found]:
    """The entries of a deal as they follow one another, of which the first few are known, up to one that is missing."""
    while rows:
        for row in rows:
            if row.version != end + 1:
                return
            end = row.version
            yield row
        mine = and_(event.c.deal == rows[0].deal, event.c.version > end, event.c.version <= end + share)
        more = select(*_ENTRY).where(mine).order_by(*_IN_A_DEAL)
        rows = connection.execute(more).all() if len(rows) == share else ()


_sealed = select(func.coalesce(func.max(leaf.c.version), 0)).where(leaf.c.deal == deal.c.id)
_SEALED = _sealed.correlate(deal).scalar_subquery()
_ENTRY = (event.c.deal, event.c.version, event.c.hash, event.c.recorded_at_us)
_IN_A_DEAL = (event.c.deal, event.c.version)
