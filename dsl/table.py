"""A map that is never changed: putting something in gives another map that shares nearly everything with it.

A state is a value, and so are its look-up tables. A dictionary would be copied as a whole for each change, which with
thousands of rows costs more than the change itself; of a table only one small leaf and the way to it are copied.
"""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Held = TypeVar("Held")
_BITS = 5
_MASK = (1 << _BITS) - 1
_NO_LEAVES: tuple[dict, ...] = ({},) * (1 << _BITS)  # type: ignore[type-arg]


class Table(Generic[Key, Held]):
    """Values by key, in no order; 32 times 32 leaves hold them."""

    __slots__ = ("_branches",)

    def __init__(self) -> None:
        self._branches: tuple[tuple[dict[Key, Held], ...], ...] = (_NO_LEAVES,) * (1 << _BITS)

    def get(self, key: Key) -> Held | None:
        """What a key holds, or None."""
        code = hash(key)
        return self._branches[code & _MASK][(code >> _BITS) & _MASK].get(key)

    def put(self, key: Key, held: Held) -> "Table[Key, Held]":
        """The table with one more key, or one that holds something else."""
        code = hash(key)
        branch, leaf = code & _MASK, (code >> _BITS) & _MASK
        leaves = self._branches[branch]
        grown = (*leaves[:leaf], {**leaves[leaf], key: held}, *leaves[leaf + 1 :])
        made: Table[Key, Held] = Table.__new__(Table)
        made._branches = (*self._branches[:branch], grown, *self._branches[branch + 1 :])
        return made

    def __iter__(self) -> Iterator[Key]:
        return (key for leaves in self._branches for leaf in leaves for key in leaf)

    def values(self) -> Iterator[Held]:
        """What all keys hold."""
        return (held for leaves in self._branches for leaf in leaves for held in leaf.values())
