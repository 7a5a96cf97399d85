"""Look-up tables over a state, kept up with each change, so that thousands of rows cost no scans."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from dsl.copying import replace
from dsl.given import Given, identity_of
from dsl.memory import Key
from dsl.money import Quantity
from dsl.records import Doubt, Entry, Exercise, Norm, Posting
from dsl.table import Table


@dataclass(frozen=True, slots=True)
class Index:
    """What a state holds, by what it is asked for.

    `kinds`, `about` and `names` hold the entries of a kind, those of a kind about an entry, and those of a name, each
    in the order of their numbers; `norms` and `exercises` go by provision, `statuses` say how many
    norms of one stand how, `paid` by section and unit, `answering` by
    the row or entry that a payment was for, and `under` by the provision and row it was paid under. `numbers` are those
    of the postings by acts, and `moved` how many there are; `free` is for each kind the number below which every name
    with a number is taken, because no name is given up. `given` are the names on record of what comes about by itself,
    by its origin, and `kept` are these (true) and those that people have given: nothing else gets one of them.
    `awaited` are the names of what has not come about (yet), and for or about which something was done.
    """

    kinds: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    about: Table[tuple[str, int], tuple[Entry, ...]] = field(default_factory=Table)
    names: Table[str, tuple[Entry, ...]] = field(default_factory=Table)
    norms: dict[str, dict[int, Norm]] = field(default_factory=dict)
    statuses: dict[str, dict[str, int]] = field(default_factory=dict)
    exercises: dict[str, tuple[Exercise, ...]] = field(default_factory=dict)
    paid: dict[tuple[str, str], int] = field(default_factory=dict)
    deposited: dict[str, int] = field(default_factory=dict)
    answering: Table[int, tuple[Posting, ...]] = field(default_factory=Table)
    under: Table[tuple[str, int], tuple[Posting, ...]] = field(default_factory=Table)
    numbers: Table[int, bool] = field(default_factory=Table)
    moved: int = 0
    free: dict[str, int] = field(default_factory=dict)
    given: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    kept: dict[str, bool] = field(default_factory=dict)
    awaited: frozenset[str] = frozenset()

    def with_entry(self, entry: Entry, before: Entry | None) -> "Index":
        """The index with an entry in it, in place of an earlier form of it."""
        kinds = {**self.kinds, entry.kind: _placed(self.kinds.get(entry.kind), entry)}
        names = self.names.put(entry.name, _placed(self.names.get(entry.name), entry))
        about = self.about
        if before is not None and before.about is not None and before.about != entry.about:
            place = (entry.kind, before.about)
            about = about.put(place, _without(about.get(place) or (), before))
        if entry.about is not None:
            place = (entry.kind, entry.about)
            about = about.put(place, _placed(about.get(place), entry))
        free = before_it = self.free.get(entry.kind, 2)
        while names.get(f"{entry.kind} {free}"):
            free += 1
        known = self.free if free == before_it else {**self.free, entry.kind: free}
        awaited = self.awaited | {entry.named} if entry.named and entry.about is None else self.awaited
        return replace(self, kinds=kinds, names=names, about=about, free=known, awaited=awaited)

    def with_given(self, given: Iterable[Given], made: Iterable[str] = ()) -> "Index":
        """The index with the names on record of what comes about by itself, and those that people have given."""
        by_origin: dict[str, tuple[Given, ...]] = {}
        for each in given:
            which = identity_of(each.origin)
            by_origin[which] = (*by_origin.get(which, ()), each)
        by_itself = {each.name: True for some in by_origin.values() for each in some}
        return replace(self, given=by_origin, kept={**self.kept, **dict.fromkeys(made, False), **by_itself})

    def asking(self, entry: Entry, before: Entry | None) -> "Index":
        """The index with an entry under its name, but not among those of its kind."""
        names = self.names.put(entry.name, _placed(self.names.get(entry.name), entry))
        if before is None:
            return replace(self, names=names)
        kinds = {**self.kinds, before.kind: _without(self.kinds[before.kind], before)}
        about = self.about
        if before.about is not None:
            place = (before.kind, before.about)
            about = about.put(place, _without(about.get(place) or (), before))
        return replace(self, kinds=kinds, names=names, about=about)

    def has(self, entry: Entry) -> bool:
        """Whether an entry is among those of its kind."""
        kept = self.kinds.get(entry.kind, ())
        place = bisect_left(kept, entry.number, key=_number)
        return place < len(kept) and kept[place].number == entry.number

    def with_norm(self, norm: Norm) -> "Index":
        """The index with a norm as it now stands."""
        rows = self.norms.get(norm.provision, {})
        before = rows.get(norm.row or 0)
        norms = {**self.norms, norm.provision: {**rows, norm.row or 0: norm}}
        if before is not None and before.status == norm.status:
            return replace(self, norms=norms)
        counted = {**self.statuses.get(norm.provision, {})}
        counted[norm.status] = counted.get(norm.status, 0) + 1
        if before is not None:
            counted[before.status] -= 1
        return replace(self, norms=norms, statuses={**self.statuses, norm.provision: counted})

    def with_exercise(self, used: Exercise) -> "Index":
        """The index with one more use of a power."""
        awaited = self.awaited.union(used.awaited) if used.awaited else self.awaited
        exercises = {**self.exercises, used.provision: (*self.exercises.get(used.provision, ()), used)}
        return replace(self, exercises=exercises, awaited=awaited)

    def with_posting(self, posting: Posting, concerned: Iterable[int]) -> "Index":
        """The index with one more posting, and the entries that it concerns."""
        paid = _with_paid(self.paid, posting, posting.amount.amount)
        deposited = {
            **self.deposited,
            posting.target: self.deposited.get(posting.target, 0) + posting.amount.amount,
        }
        answering = self.answering
        for number in concerned:
            answering = answering.put(number, (*(answering.get(number) or ()), posting))
        place = (posting.provision, posting.row or 0)
        under = self.under.put(place, (*(self.under.get(place) or ()), posting))
        awaited = self.awaited.union(posting.awaited) if posting.awaited else self.awaited
        index = replace(self, paid=paid, deposited=deposited, answering=answering, under=under, awaited=awaited)
        if not posting.number:
            return index
        return replace(index, numbers=self.numbers.put(posting.number, True), moved=self.moved + 1)

    def without(self, concerned: dict[Posting, tuple[int, ...]], entries: tuple[Entry, ...]) -> "Index":
        """The index in which some payments, each concerning some entries, were never made; their movements are not
        among those of their kinds."""
        paid, answering, kinds = self.paid, self.answering, dict(self.kinds)
        for posting, numbers in concerned.items():
            paid = _with_paid(paid, posting, -posting.amount.amount)
            for number in numbers:
                answering = answering.put(
                    number, tuple(each for each in answering.get(number) or () if each != posting)
                )
        for entry in entries:
            kinds[entry.kind] = _without(kinds[entry.kind], entry)
        return replace(self, paid=paid, answering=answering, kinds=kinds)


def indexed(state: Any) -> Index:
    """The look-up tables of a state that comes without any: one that is new, or was read from where it was kept."""
    index = Index().with_given(state.given)
    for entry in state.entries:
        index = index.with_entry(entry, None)
    for norm in state.norms.values():
        index = index.with_norm(norm)
    for used in state.exercises:
        index = index.with_exercise(used)
    for posting in state.postings:
        index = index.with_posting(posting, concerned(state.entries, posting))
    return index


UNBUILT = Index()
"""The index of a state that comes without any, which makes one for itself."""


def _with_paid(paid: dict[tuple[str, str], int], posting: Posting, amount: int) -> dict[tuple[str, str], int]:
    place = (posting.section, posting.amount.unit)
    return {**paid, place: paid.get(place, 0) + amount}


def _placed(entries: tuple[Entry, ...] | None, entry: Entry) -> tuple[Entry, ...]:
    """Entries in the order of their numbers with one more, or with one in place of its earlier form."""
    if not entries or entries[-1].number < entry.number:
        return (*(entries or ()), entry)
    place = bisect_left(entries, entry.number, key=_number)
    return (*entries[:place], entry, *entries[place + (entries[place].number == entry.number) :])


def _without(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    return tuple(each for each in entries if each.number != entry.number)


def _number(entry: Entry) -> int:
    return entry.number


def placed(entries: tuple[Entry, ...], place: int, entry: Entry) -> tuple[Entry, ...]:
    """Entries with one more at the end, or one in place of another; joined, which of many copies each just once."""
    return entries[:place] + (entry,) + entries[place + 1 :]  # noqa: RUF005


def moved(balances: dict[str, Quantity], posting: Posting, amount: int) -> dict[str, Quantity]:
    """What accounts hold once an amount has gone the way of a posting."""
    unit = posting.amount.unit
    source, target = (f"{account} {unit}" for account in (posting.source, posting.target))
    balances = {**balances, source: Quantity(balances.get(source, Quantity(0, unit)).amount - amount, unit)}
    return {**balances, target: Quantity(balances.get(target, Quantity(0, unit)).amount + amount, unit)}


def concerned(entries: tuple[Entry, ...], posting: Posting) -> tuple[int, ...]:
    """The entries that a payment is for: its row and what it answers, and whatever these are about."""
    return with_about(entries, posting.row, posting.answers)


def with_about(entries: tuple[Entry, ...], *numbers: int | None) -> tuple[int, ...]:
    """Some entries and whatever these are about, by number."""
    found: dict[int, None] = {}
    for start in numbers:
        number = start
        while number is not None and number not in found:
            found[number] = None
            number = entries[number - 1].about
    return tuple(found)


def keys_of(entry: Entry, before: Entry | None) -> tuple[Key, ...]:
    """What is written when an entry is, in place of an earlier form of it."""
    about = [("about", entry.kind, each.about) for each in (entry, before) if each and each.about is not None]
    return (("entry", entry.number), ("kind", entry.kind), ("name", entry.name), *about)


_NONE: dict[int, Norm] = {}
_NO_STATUS: dict[str, int] = {}
_NO_DOUBT: dict[str, tuple[Doubt, ...]] = {}

LOOK_UPS: dict[str, Callable[..., Any]] = {
    "entry": lambda state, number: state.entries[number - 1] if number <= len(state.entries) else None,
    "kind": lambda state, kind: state.index.kinds.get(kind, ()),
    "about": lambda state, kind, number: state.index.about.get((kind, number)) or (),
    "name": lambda state, name: state.index.names.get(name) or (),
    "norm": lambda state, provision, row: state.index.norms.get(provision, _NONE).get(row or 0),
    "norms": lambda state, provision: state.index.norms.get(provision, _NONE),
    "statuses": lambda state, provision: state.index.statuses.get(provision, _NO_STATUS),
    "doubts": lambda state, provision: state.doubts.get(provision, _NO_DOUBT),
    "open": lambda state, name: None,
    "reading": lambda state, ambiguity: state.choices.get(ambiguity),
    "exercises": lambda state, provision: state.index.exercises.get(provision, ()),
    "balance": lambda state, account: state.balances.get(account),
    "paid": lambda state, section, unit: state.index.paid.get((section, unit), 0),
    "under": lambda state, provision, row: state.index.under.get((provision, row or 0)) or (),
    "answering": lambda state, number: state.index.answering.get(number) or (),
    "postings": lambda state: state.postings,
    "cuts": lambda state: state.cuts,
}
"""What a key of each sort names in a state now."""
