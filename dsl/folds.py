"""Figures over many rows, kept with what each row adds, so that an act costs the rows it touches and not all of them.

A *fold* keeps, for the entries that a selection speaks of, what each adds to a figure: one for a count, its field for a
sum, its rank for the latest. When it is asked again, only those rows are looked at of which something has been written
since. A filter is taken apart for this: what it asks to be the same as something divides the rows into groups, what it
asks to come before or after something puts each group in order, and the rest is judged once for each row; so one fold
answers for every row that asks, each of its own group.

A row of which something is not known, or that waits for a time, is *open*: a fold says nothing of it, and whoever asks
looks at it for himself. So nothing is ever open because of a fold, and an explanation needs none. A fold is a value,
like a state; the one that was asked last is remembered.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dsl import terms as t
from dsl.calendars import Period
from dsl.entries import concerns, counts
from dsl.lookups import Lookup
from dsl.memory import FoldKey, Key, Log, Watch
from dsl.money import Quantity, Rate
from dsl.reasons import Gap, Truth, so_far
from dsl.state import Entry
from dsl.table import Table

if TYPE_CHECKING:
    from dsl.judge import Judge
    from dsl.values import Values

FEW = 16
"""So many rows are looked at one by one."""

_NEAR = 32
"""So much that was written is looked through to find what it touches, or more where there are more rows than that."""

_LAST = timedelta(microseconds=1)
_OPEN = "open"
_AFTER = float("inf")

Adds = Callable[["Values", Entry], Any]
"""What a row adds to a figure; None if nothing, a gap if that is not known."""


@dataclass(frozen=True, slots=True)
class Place:
    """The group of a row, where it stands in it, and what it adds; `kinds` are what it is grouped and ordered by."""

    group: tuple[Hashable, ...]
    rank: Any
    added: Any
    kinds: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A row as it was found at an instant, and what was looked up: its place, `open`, or None if it is not selected."""

    place: Place | str | None
    at: datetime
    reads: dict[Key, object]


@dataclass(slots=True)
class Group:
    """The rows of a group in their order, beside them what each adds, and an amount that they divided last, and how."""

    places: list[tuple[Any, int]] = field(default_factory=list)
    added: list[Any] = field(default_factory=list)
    divided: tuple[int, dict[int, int]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """The rows of a selection for one figure, as they are at an instant in the states of this log."""

    key: FoldKey
    selection: t.Selection
    about: int | None
    lookup: Lookup
    adds: Adds
    at: datetime
    log: Log = field(default_factory=Log)
    rows: Table[int, Seen | None] = field(default_factory=Table)
    groups: Table[Hashable, Group] = field(default_factory=Table)
    stamps: Table[Hashable, object] = field(default_factory=Table)
    open: frozenset[int] = frozenset()
    kinds: frozenset[tuple[Hashable, ...]] = frozenset()
    size: int = 0

    def reads(self) -> Iterator[Key]:
        """Everything that was looked up for it."""
        yield from self.over()
        for seen in self.rows.values():
            yield from seen.reads if seen is not None else ()

    def over(self) -> tuple[Key, ...]:
        """Which entries it is over."""
        about = self.about
        return tuple(("kind", kind) if about is None else ("about", kind, about) for kind in self.selection.kinds)

    def now(self, judge: "Judge") -> "Fold":
        """The fold in the state of a judge; every row is looked at again of which something may be otherwise."""
        memory = judge.state.memory
        if self.log is memory.log and self.at == judge.now:
            return self
        now, ending, assumed = self.key[-3:]
        state = replace(judge.state, watch=None)
        asked = {"so_far": now, "ending": ending, "by_now": False, "assumed": dict(assumed)}
        own = replace(judge, state=state, rows={}, instants=set(), **asked)
        draft = _Draft(self)
        for number in self._stale(own):
            seen = self.rows.get(number)
            if not state.is_of_kinds(number, self.selection.kinds, self.about):
                draft.put(number, None)
            elif seen is None or (seen.place == _OPEN and seen.at != own.now) or not own.still_so(seen.at, seen.reads):
                found = self._look(own, number)
                memory.folds_over(self.key, number, found.reads)
                draft.put(number, found)
        memory.folds[self.key] = made = draft.made(memory.log, own.now)
        return made

    def _stale(self, judge: "Judge") -> set[int]:
        written = judge.state.memory.log.apart(self.log, max(self.size, _NEAR)) if judge.now >= self.at else None
        if written is None:
            entries = (judge.state.look(key) for key in self.over())
            return {*self.rows, *(each.number for kind in entries for each in kind)}
        affected = judge.state.memory.affected(written)[1].get(self.key, set())
        entered = (key[1] for key in written if key[0] == "entry")
        return {*self.open, *(each for each in affected if self.rows.get(each)), *entered}

    def _look(self, judge: "Judge", number: int) -> Seen:
        watch = Watch()
        inner = replace(judge, state=judge.state.watched(watch))
        place = self._place(inner, inner.state.entry(number))
        waits = any(each >= judge.now - _LAST for each in watch.instants)
        return Seen(_OPEN if waits else place, judge.now, watch.reads)

    def _place(self, judge: "Judge", entry: Entry) -> Place | str | None:
        if self.about is not None and not concerns(entry, judge.state.entry(self.about)):
            return None
        if not counts(judge.agreement, judge.state, entry, judge.now):
            return None
        picking = judge.picking(entry)
        keys = [picking.values.value(each) for each, _ in self.lookup.same]
        rank = picking.values.value(self.lookup.order) if self.lookup.order is not None else 0
        kinds = tuple(_kind_of(each) for each in (*keys, rank))
        if None in kinds:
            return _OPEN
        if self.lookup.rest is not None:
            reason = picking.judge(self.lookup.rest)
            hopeful = reason.truth is Truth.PENDING and self.key[0] == "stage"
            if so_far(reason) is not Truth.TRUE:
                return _OPEN if hopeful or so_far(reason) is Truth.OPEN else None
        added = self.adds(judge.values, entry)
        if added is None or isinstance(added, Gap):
            return added if added is None else _OPEN
        return Place(tuple(keys), rank.amount if isinstance(rank, Quantity) else rank, added, kinds)


class _Draft:
    """A fold while its rows are put in their places; of what it had before, nothing is changed."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._rows, self._stamps = fold.rows, fold.stamps
        self._groups: dict[tuple[Hashable, ...], Group] = {}
        self._open, self._kinds, self._size = set(fold.open), set(fold.kinds), fold.size

    def put(self, number: int, seen: Seen | None) -> None:
        """Put a row where it belongs, or nowhere if it is none any more."""
        before = self._rows.get(number)
        if before is None and seen is None:
            return
        self._rows = self._rows.put(number, seen)
        self._size += (seen is not None) - (before is not None)
        old, new = (each.place if each is not None else None for each in (before, seen))
        if old == new:
            return
        self._open.discard(number)
        if isinstance(old, Place):
            group = self._group(old)
            at = bisect_left(group.places, (old.rank, number))
            del group.places[at], group.added[at]
        if isinstance(new, Place):
            if new.kinds not in self._kinds:
                self._kinds.add(new.kinds)
                self._changed(_OPEN)
            group = self._group(new)
            at = bisect_left(group.places, (new.rank, number))
            group.places.insert(at, (new.rank, number))
            group.added.insert(at, new.added)
        elif new is not None:
            self._open.add(number)
        if _OPEN in (old, new):
            self._changed(_OPEN)

    def _group(self, place: Place) -> Group:
        """The group of a place, to be changed."""
        if place.group not in self._groups:
            group = self._fold.groups.get(place.group) or Group()
            self._groups[place.group] = Group([*group.places], [*group.added])
            self._changed(place.group)
        return self._groups[place.group]

    def _changed(self, part: Hashable) -> None:
        self._stamps = self._stamps.put(part, object())

    def made(self, log: Log, at: datetime) -> Fold:
        """The fold with its rows where they belong."""
        groups = self._fold.groups
        for name, group in self._groups.items():
            groups = groups.put(name, group)
        return replace(
            self._fold, at=at, log=log, rows=self._rows, groups=groups, stamps=self._stamps,
            open=frozenset(self._open), kinds=frozenset(self._kinds), size=self._size,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the rows of which everything is known add, in order, and the entries to be looked at one by one; the
    `whole` group, if it is one."""

    added: list[Any]
    others: tuple[Entry, ...]
    whole: Group | None


def gathered(values: "Values", selection: t.Selection, figure: tuple[str, ...], adds: Adds) -> Gathered | None:
    """What the rows of a selection add to a figure; None if all of them have to be looked at one by one.

    `figure` tells the figure apart from others over the same selection.
    """
    judge = values.judge
    lookup = judge.agreement.lookups.get(id(selection))
    about = values.entry(selection.about) if lookup is not None and selection.about is not None else None
    if lookup is None or isinstance(about, Gap):
        return None
    number = about.number if about is not None else None
    if judge.state.how_many(selection.kinds, number) <= FEW:
        return None
    asking = replace(judge, so_far=True).values
    wanted = tuple(asking.value(each) for _, each in lookup.same)
    bounds = [(comparator, asking.value(each)) for comparator, each in lookup.bounds]
    ranked = {_kind_of(each) for _, each in bounds} or {_kind_of(0)}
    kinds = (*(_kind_of(each) for each in wanted), *ranked)
    if None in kinds or len(ranked) > 1:
        return None
    if any(isinstance(each, t.NameValue) for each in wanted) and _two_names_are_one(judge):
        return None
    key: FoldKey = (*figure, id(selection), number, judge.asking, judge.so_far, judge.ending)
    key = (*key, tuple(sorted(judge.assumed.items())))
    memory = judge.state.memory
    fold = memory.folds.get(key)
    if fold is None or fold.selection is not selection:
        fold = Fold(key, selection, number, lookup, adds, judge.now)
        memory.folds_over(key, 0, fold.over())
    fold = fold.now(judge)
    if fold.kinds - {kinds}:
        return None
    if judge.state.watch is not None:
        for part in (wanted, _OPEN):
            judge.state.watch.reads["fold", key, part] = fold.stamps.get(part)
    others = tuple(judge.state.entry(each) for each in sorted(fold.open))
    group = fold.groups.get(wanted) or Group()
    return Gathered(_within(group, bounds), others, group if lookup.order is None else None)


def _two_names_are_one(judge: "Judge") -> bool:
    """Whether a role has been filled by another party of the agreement, so that what is the same has two names."""
    return any(each.filler in judge.agreement.terms.parties for each in judge.state.holders if each.filler != each.role)


def _within(group: Group, bounds: list[tuple[str, Any]]) -> list[Any]:
    """What the rows of a group add that lie within bounds."""
    first, end = 0, len(group.places)
    for comparator, each in bounds:
        edge = each.amount if isinstance(each, Quantity) else each
        match comparator:
            case "<":
                end = min(end, bisect_left(group.places, (edge,)))
            case "<=":
                end = min(end, bisect_right(group.places, (edge, _AFTER)))
            case ">":
                first = max(first, bisect_right(group.places, (edge, _AFTER)))
            case _:
                first = max(first, bisect_left(group.places, (edge,)))
    return group.added[first:end] if bounds else group.added


def _kind_of(content: object) -> Hashable | None:
    """What a value can be compared with without converting either; None for what is not known or has no one form."""
    if isinstance(content, Gap | Rate | Period | t.Plan):
        return None
    return ("amount", content.unit) if isinstance(content, Quantity) else (type(content).__name__,)
