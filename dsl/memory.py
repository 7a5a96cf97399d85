"""What has been worked out of a state, kept with it as long as it is still so.

Whoever works something out is watched: everything that is looked up in the state on the way is noted, with the
instants ahead at which the answer may change. From this follow the two things that are kept.

A definition is remembered with what it looked up. It is good for every state in which all of that is the same, at
every instant before the first of those it met.

A *fold*, a figure over many rows, is kept with what each of its rows looked up, so that only the rows are looked at
again of which something has been written (`folds.py`). What was written between two states is found by their `log`.

A *unit*, a provision for one row, is at rest when considering it changes nothing. It stays at rest until something
that it looked up is written, or one of its instants comes; only then is it considered again. What has been written
since everything came to rest is `touched`.

The *past*, the state as it stood at an instant, is kept until something is written that may change it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dsl.copying import replace
from dsl.table import Table

if TYPE_CHECKING:
    from dsl.folds import Fold
    from dsl.reasons import Reason
    from dsl.state import State

Key = tuple[Any, ...]
"""Names something that can be looked up in a state: `("kind", "Claim")`, `("entry", 7)`, `("norm", "k", 7)`."""

Unit = tuple[str, int]
"""A provision by its key, and the number of the entry that is its row; 0 if it has no rows."""

Wake = tuple[datetime, Unit, bool]
"""An instant at which a unit is considered again; `True` if the instant is on the agenda of the deal."""


FoldKey = tuple[Any, ...]
"""A figure over rows, and the rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """What was written last, after what was written before it; states that come from one share what is before them."""

    keys: tuple[Key, ...] = ()
    before: "Log | None" = None
    depth: int = 0

    def then(self, keys: tuple[Key, ...]) -> "Log":
        """The log with one more writing; a long one begins anew."""
        return Log(keys, self, self.depth + 1) if self.depth < _LONG else Log()

    def apart(self, other: "Log", most: int) -> set[Key] | None:
        """Everything written since two states were one; None if they never were, or it is more than so many times."""
        found: set[Key] = set()
        here, there = self, other
        for _ in range(most):
            if here is there:
                return found
            if here.depth < there.depth:
                here, there = there, here
            found.update(here.keys)
            if here.before is None:
                return None
            here = here.before
        return found if here is there else None


_KEPT = 8
"""Of how many instants the past is kept."""

_LONG = 4096
"""How long a log may be; looking at every row once in so many writings costs little for each."""


class Watch:
    """What has been looked up in a state, with what was found, and the instants ahead that were met; of a provision
    that was considered, also how its condition stood."""

    __slots__ = ("instants", "met", "reads")

    def __init__(self) -> None:
        self.reads: dict[Key, object] = {}
        self.instants: set[datetime] = set()
        self.met: Reason | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A definition as it was found at an instant, and what it rests on."""

    result: Any
    at: datetime
    until: datetime | None
    instants: frozenset[datetime]
    reads: dict[Key, object]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a state beside what it holds; it says nothing that could not be worked out anew.

    `touched` is None while nothing is known to be at rest. `readers` only ever grows: a unit that is considered once
    too often is not changed by it. `asked` are the ambiguities without a reading that were asked for on the last way to
    rest.
    """

    defined: dict[Key, Remembered] = field(default_factory=dict)
    readers: dict[Key, set[Unit]] = field(default_factory=dict)
    at: datetime | None = None
    folds: dict[FoldKey, "Fold"] = field(default_factory=dict)
    folded: dict[Key, set[tuple[FoldKey, int]]] = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    touched: tuple[Key, ...] | None = None
    wakes: tuple[Wake, ...] = ()
    of_unit: Table[Unit, tuple[Wake, ...]] = field(default_factory=Table)
    past: dict[datetime, "State"] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def touch(self, since: datetime, *keys: Key) -> "Memory":
        """The memory after something has been written, by which nothing was otherwise before an instant."""
        touched = None if self.touched is None else (*self.touched, *keys)
        return replace(self, touched=touched, log=self.log.then(keys), past=self._past_before(since))

    def unsettled(self, since: datetime, *keys: Key) -> "Memory":
        """The memory after something has been written, where nothing is known to be at rest."""
        return replace(self, touched=None, log=self.log.then(keys), past=self._past_before(since))

    def _past_before(self, since: datetime) -> dict[datetime, "State"]:
        return {edge: state for edge, state in self.past.items() if edge < since}

    def then(self, edge: datetime, rewound: Callable[[], "State"]) -> "State":
        """The state as it stood at an instant that is over; of few instants, those last asked of, it is kept."""
        found = self.past.pop(edge, None)
        self.past[edge] = found if found is not None else rewound()
        for oldest in (*self.past,)[:-_KEPT]:
            del self.past[oldest]
        return self.past[edge]

    def reads(self, unit: Unit, watch: Watch) -> None:
        """Note what a unit looked up when it was considered."""
        for key in watch.reads:
            self.readers.setdefault(_place(key), set()).add(unit)

    def folds_over(self, fold: FoldKey, number: int, keys: Iterable[Key]) -> None:
        """Note what a row of a fold looked up; 0 stands for which rows there are."""
        for key in keys:
            self.folded.setdefault(_place(key), set()).add((fold, number))

    def affected(self, written: Iterable[Key]) -> tuple[set[Key], dict[FoldKey, set[int]]]:
        """What may be otherwise after something has been written: that itself, folds over it, and folds over these; and
        for each fold of which rows that is."""
        found = {_place(key) for key in written}
        rows: dict[FoldKey, set[int]] = {}
        waiting = [*found]
        while waiting:
            for fold, number in tuple(self.folded.get(waiting.pop(), ())):
                rows.setdefault(fold, set()).add(number)
                if ("fold", fold) not in found:
                    found.add(("fold", fold))
                    waiting.append(("fold", fold))
        return found, rows

    def plain(self, keys: Iterable[Key]) -> Iterator[Key]:
        """What was looked up, with what folds looked up in place of them."""
        found = set(keys)
        waiting = [*found]
        while waiting:
            key = waiting.pop()
            if key[0] != "fold":
                yield key
                continue
            more = {each for each in self.folds[key[1]].reads() if each not in found}
            found |= more
            waiting += more

    def waiting_until(self, at: datetime) -> tuple[Unit, ...]:
        """The units of which an instant has come."""
        return tuple(unit for _, unit, _ in self.wakes[: bisect_right(self.wakes, at, key=_after)])

    def woken(self, *keys: Key) -> "Memory":
        """The memory after something beside the state has gone on that some have looked at."""
        return self if self.touched is None else replace(self, touched=(*self.touched, *keys))

    def apart(self, *keys: Key) -> "Memory":
        """The memory of a state that goes its own way from here on, with something in it that was never otherwise."""
        touched, log = None if self.touched is None else (*self.touched, *keys), self.log.then(keys)
        return replace(self, defined={**self.defined}, folds={**self.folds}, past={}, touched=touched, log=log)

    def at_rest(self, at: datetime, found: dict[Unit, tuple[Wake, ...]], asked: frozenset[str]) -> "Memory":
        """The memory once nothing more follows: these units are waiting for these instants, the others as before."""
        of_unit = self.of_unit
        gone: set[Wake] = set()
        come: list[Wake] = []
        for unit, wakes in found.items():
            before = of_unit.get(unit) or ()
            if before != wakes:
                gone.update(before)
                come += wakes
                of_unit = of_unit.put(unit, wakes)
        wakes = _rewound(self.wakes, gone, come)
        wakes = wakes[bisect_right(wakes, at, key=_after) :]
        return replace(self, at=at, touched=(), wakes=wakes, of_unit=of_unit, asked=asked)

    def agenda(self) -> Iterator[datetime]:
        """The instants on the agenda of the deal, in order."""
        return (instant for instant, _, told in self.wakes if told)


def _place(key: Key) -> Key:
    """Under what it is kept who looked something up: of a fold, all its parts together."""
    return key[:2] if key[0] == "fold" else key


_FEW = 16


def _rewound(wakes: tuple[Wake, ...], gone: set[Wake], come: list[Wake]) -> tuple[Wake, ...]:
    """The instants in order without those that are gone and with those that have come."""
    if len(gone) + len(come) > _FEW:
        return tuple(sorted([*(each for each in wakes if each not in gone), *come]))
    for each in gone:
        place = bisect_left(wakes, each)
        wakes = (*wakes[:place], *wakes[place + (wakes[place : place + 1] == (each,)) :])
    for each in come:
        place = bisect_left(wakes, each)
        wakes = (*wakes[:place], each, *wakes[place:])
    return wakes


def _after(wake: Wake) -> datetime:
    return wake[0]
