"""Leaves to one hash that stands for all of them in their order, and to short proofs about it.

The tree is that of RFC 6962, as RFC 9162 section 2.1 states it: SHA-256, a zero byte before a leaf and a one before two
subtrees, so that neither can be taken for the other. An inclusion proof shows that a leaf stands at an index of a tree;
a consistency proof shows that a later tree begins with every leaf of an earlier one, in the same places. Both have at
most about one hash for each doubling of the tree.

Of the kept libraries `pymerkle` has this tree, under the GPL, which would bind everybody who embeds this service; the
others hash in ways of their own. So it stands here, checked against the published vectors of Certificate Transparency.

A tree is stored as its perfect subtrees: `(level, index)` stands for the `2**level` leaves from `index << level` on.
They never change once they are full, which is what lets the tree grow at the cost of its height.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

LENGTH: Final = 32
"""The bytes of a hash."""

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The hash of the tree without leaves."""

Place: TypeAlias = tuple[int, int]
"""A perfect subtree: its level, and its index among those of its level."""

Range: TypeAlias = tuple[int, int]
"""Leaves from an index up to, and without, another."""

Stored: TypeAlias = Callable[[Place], bytes]
"""Gives the hash of a perfect subtree that is full."""


class ProofError(ValueError):
    """A proof that does not prove what it is said to prove."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


# ------------------------------------------------------------------- the tree


def grown(size: int, leaves: Iterable[bytes], stored: Stored) -> Iterator[tuple[Place, bytes]]:
    """The perfect subtrees that appending the hashes of leaves to a tree of a size fills, the leaves among them.

    `stored` is asked once for each full subtree at the right edge of the old tree, and not at all for an empty one.
    """
    edge = [stored(place) for place in places((0, size))]
    for found in leaves:
        level, index = 0, size
        yield (level, index), found
        while index & 1:
            found = node_hash(edge.pop(), found)  # noqa: PLW2901 -- the subtree that the leaf has just filled
            level, index = level + 1, index >> 1
            yield (level, index), found
        edge.append(found)
        size += 1


def root(size: int, stored: Stored) -> bytes:
    """The hash of the tree of the first `size` leaves."""
    return hash_of((0, size), stored) if size else EMPTY_ROOT


def places(leaves: Range) -> tuple[Place, ...]:
    """The perfect subtrees that make up a range, from the left; it starts where its largest one can."""
    start, end = leaves
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return tuple(found)


def hash_of(leaves: Range, stored: Stored) -> bytes:
    """The hash of the subtree over a range."""
    *before, last = places(leaves)
    found = stored(last)
    for place in reversed(before):
        found = node_hash(stored(place), found)
    return found


# ----------------------------------------------------------------- the proofs


def inclusion_ranges(index: int, size: int) -> tuple[Range, ...]:
    """The ranges whose hashes prove that a leaf is in a tree, the nearest first. Raises ValueError if it is not."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has none with the index {index}")
    start, end = 0, size
    found: list[Range] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return tuple(reversed(found))


def consistency_ranges(first: int, second: int) -> tuple[Range, ...]:
    """The ranges whose hashes prove that a tree continues a smaller one. Raises ValueError for sizes out of order."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {second} leaves cannot continue one of {first}")
    start, end = 0, second
    found: list[Range] = []
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    if start:  # else it is the old tree itself, whose hash the verifier has
        found.append((start, end))
    return tuple(reversed(found))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf with this hash stands at an index of the tree with this size and root (RFC 9162, 2.1.3.2).

    Raises ProofError.
    """
    _require_hashes(leaf, root, *proof)
    if not 0 <= index < size:
        raise ProofError(f"a tree of {size} leaves has none with the index {index}")
    at, last, found = index, size - 1, leaf
    for each in proof:
        if not last:
            raise ProofError("the proof is longer than the way to the root")
        if at & 1 or at == last:
            found = node_hash(each, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, each)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof ends before the root")
    if found != root:
        raise ProofError("the leaf and its proof lead to another root")


def verify_consistency(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> None:
    """Check that the tree of the second size and root continues that of the first (RFC 9162, 2.1.4.2).

    Raises ProofError.
    """
    _require_hashes(first_root, second_root, *proof)
    if not 0 < first <= second:
        raise ProofError(f"a tree of {second} leaves cannot continue one of {first}")
    if first == second:
        if proof or first_root != second_root:
            raise ProofError("two trees of one size are the same, with no proof, or are not consistent")
        return
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        raise ProofError("the proof ends before the root")
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if not last:
            raise ProofError("the proof is longer than the way to the root")
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof ends before the root")
    if old != first_root:
        raise ProofError("the proof leads to another root than that of the earlier tree")
    if new != second_root:
        raise ProofError("the proof leads to another root than that of the later tree")


def _split(size: int) -> int:
    """The largest power of two below a size of two or more: how many leaves are on the left."""
    return 1 << ((size - 1).bit_length() - 1)


def _require_hashes(*found: bytes) -> None:
    for each in found:
        if len(each) != LENGTH:
            raise ProofError(f"a hash has {LENGTH} bytes, and this one has {len(each)}")
