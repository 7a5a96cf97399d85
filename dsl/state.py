"""The state of a deal: entries, the ledger, the norms, and what has been filled, chosen, waived or ended.

Everything is append-only or replaced as a whole; a state is a value and can be written down and read back. All
instants are aware and in UTC. Rows of norms are numbered by the entry they concern.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from dsl.copying import replace
from dsl.events import Acted
from dsl.given import Given
from dsl.index import LOOK_UPS, UNBUILT, Index, concerned, indexed, keys_of, moved, placed, with_about
from dsl.memory import Key, Memory, Watch
from dsl.money import Quantity
from dsl.records import (
    Change,
    Concurrence,
    Cut,
    Divergence,
    Doubt,
    Entry,
    Exercise,
    Filling,
    Former,
    FormerEntry,
    FormerNorm,
    Norm,
    Posting,
    Restated,
    Settling,
    Signature,
    Waiving,
)  # fmt: skip
from dsl.terms.contents import Content

__all__ = [
    "Change", "Concurrence", "Cut", "Divergence", "Entry", "Exercise", "Filling", "Former", "FormerNorm", "Norm",
    "Posting", "Settling", "Signature", "State", "World", "key_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A deal at an instant. `agreement` is the digest of its text, `engine` the version that made the state.

    `former_norms`, `former_entries` and `former` are what was replaced, and until when it was so; `doubts` are, by
    provision, the times in which it was open whether it had come about; `restated` is what had happened by itself until
    a late fact was recorded, `given` the names that it had by then, and `aside` the acts for which there are no words
    by what is known now. `restless` are the sections that set each other off without end: nothing more can happen in
    it. `worlds` are the states that the same acts have led to under each reading of what is ambiguous, where they are
    not the same (`worlds.py`). `index`, `memory` and `watch` say nothing that is not in the rest: look-up tables, what
    has been worked out, and who looks. Entries, norms, latches, exercises, cuts and postings are written by the methods
    below alone, which keep these up; of anything else that a provision may read, `at_large` makes the new state.
    """

    agreement: str
    engine: str
    opened: datetime
    now: datetime
    acts: int = 0
    entries: tuple[Entry, ...] = ()
    postings: tuple[Posting, ...] = ()
    balances: dict[str, Quantity] = field(default_factory=dict)
    norms: dict[str, Norm] = field(default_factory=dict)
    latches: dict[str, datetime] = field(default_factory=dict)
    doubts: dict[str, dict[str, tuple[Doubt, ...]]] = field(default_factory=dict)
    exercises: tuple[Exercise, ...] = ()
    cuts: tuple[Cut, ...] = ()
    blanks: dict[str, Content] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    settlings: tuple[Settling, ...] = ()
    concurrences: tuple[Concurrence, ...] = ()
    holders: tuple[Filling, ...] = ()
    waived: dict[str, tuple[Waiving, ...]] = field(default_factory=dict)
    lasting: tuple[int, ...] = ()
    enacted: tuple[str, ...] = ()
    terminated: datetime | None = None
    terminated_by: str = ""
    discharged: dict[str, datetime] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    divergences: tuple[Divergence, ...] = ()
    restated: tuple[Restated, ...] = ()
    restless: tuple[str, ...] = ()
    former_norms: tuple[FormerNorm, ...] = ()
    former_entries: tuple[FormerEntry, ...] = ()
    former: tuple[Former, ...] = ()
    given: tuple[Given, ...] = ()
    aside: tuple[Acted, ...] = ()
    worlds: "tuple[World, ...]" = ()

    index: Index = field(default=UNBUILT, compare=False, repr=False)
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    watch: Watch | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.index is UNBUILT:
            object.__setattr__(self, "index", indexed(self))

    # ---------------------------------------------------------------- reading

    def watched(self, watch: Watch) -> "State":
        """The same state; what is looked up in it from now on is noted."""
        return replace(self, watch=watch)

    def look(self, key: Key) -> Any:
        """What a key names now: an entry, the entries of a kind, a norm, an amount, and so on."""
        return LOOK_UPS[key[0]](self, *key[1:])

    def _read(self, *key: Any) -> Any:
        found = self.look(key)
        if self.watch is not None:
            self.watch.reads[key] = found
        return found

    def entry(self, number: int) -> Entry:
        """The entry of that number."""
        found: Entry = self._read("entry", number)
        return found

    def of_kind(self, kind: str, about: int | None = None) -> tuple[Entry, ...]:
        """The entries of a kind (about an entry, if one is given) in the order they were made."""
        found: tuple[Entry, ...] = self._read("kind", kind) if about is None else self._read("about", kind, about)
        return found

    def of_kinds(self, kinds: Iterable[str], about: int | None = None) -> tuple[Entry, ...]:
        """The entries of several kinds in the order they were made."""
        found = [self.of_kind(kind, about) for kind in kinds]
        if len(found) == 1:
            return found[0]
        return tuple(sorted((each for entries in found for each in entries), key=attrgetter("number")))

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of that name, one of each kind at most, in the order they were made."""
        found: tuple[Entry, ...] = self._read("name", name)
        return found

    def norm(self, provision: str, row: int | None) -> Norm | None:
        """How a provision stands for a row; None before it first comes into force."""
        found: Norm | None = self._read("norm", provision, row)
        return found

    def norms_of(self, provision: str) -> tuple[Norm, ...]:
        """How a provision stands for each of its rows, in the order in which it came into force for them."""
        return tuple(self._read("norms", provision).values())

    def doubts_of(self, provision: str) -> dict[str, tuple[Doubt, ...]]:
        """The times in which it was open whether what a provision says had come, for each of its rows by its key."""
        found: dict[str, tuple[Doubt, ...]] = self._read("doubts", provision)
        return found

    def reading(self, ambiguity: str) -> str | None:
        """The reading that has been chosen for an ambiguity; None while there is none."""
        found: str | None = self._read("reading", ambiguity)
        return found

    def statuses_of(self, provision: str) -> tuple[str, ...]:
        """The statuses in which a provision stands for some row."""
        counted: dict[str, int] = self._read("statuses", provision)
        return tuple(status for status, rows in counted.items() if rows)

    def standing_exercises(self, provision: str) -> Iterator[Exercise]:
        """The uses of a power, except by what has been taken back since, and while it has not come into force."""
        for used in self._read("exercises", provision):
            if used.idle and self.norm(provision, used.row) is None:
                continue
            if used.entry is None or self.entry(used.entry).withdrawn is None:
                yield used

    def cuts_of(self, provision: str) -> Iterator[Cut]:
        """What caps have cut off of what passed under a provision."""
        return (cut for cut in self._read("cuts") if cut.provision == provision)

    def paid(self, section: str, unit: str) -> int:
        """What was paid under exactly this section, in minor units."""
        found: int = self._read("paid", section, unit)
        return found

    def paid_for(self, row: int) -> tuple[Posting, ...]:
        """The payments for a row or that answer an entry, be it this one or one that is about it."""
        found: tuple[Posting, ...] = self._read("answering", row)
        return found

    def paid_towards(self, norm: Norm) -> tuple[Posting, ...]:
        """The payments under a provision and row that count against what is owed, in order."""
        keys = (*norm.under, norm.provision)
        return tuple(each for key in keys for each in self._read("under", key, norm.row))[norm.settled :]

    def note(self, watch: Watch, other: "State") -> None:
        """Note what was looked up in another state as looked up in this one."""
        for key in other.memory.plain(watch.reads):
            self._read(*key)

    def how_many(self, kinds: Iterable[str], about: int | None) -> int:
        """How many entries there are of some kinds (about an entry, if one is given); nobody is noted to look."""
        keys = (("kind", kind) if about is None else ("about", kind, about) for kind in kinds)
        return sum(len(self.look(key)) for key in keys)

    def is_of_kinds(self, number: int, kinds: Iterable[str], about: int | None) -> bool:
        """Whether the entry of a number is among those of some kinds, about an entry if one is given."""
        entry = self.entries[number - 1] if number <= len(self.entries) else None
        if entry is None or entry.kind not in kinds or (about is not None and entry.about != about):
            return False
        return self.index.has(entry)

    def all_postings(self) -> tuple[Posting, ...]:
        """Every posting, for who wants more of them than sums."""
        found: tuple[Posting, ...] = self._read("postings")
        return found

    def waiver_of(self, section: str, rows: Iterable[Entry] = ()) -> tuple[Entry, ...]:
        """The waivers, one or more together, by which a section, item or sentence is waived, alone or with all of its
        clause, for rows that were there when the last of them was given; none if it is not waived.

        A waiver covers what it was given for and precludes nothing later, so it does not reach entries made after it;
        one given in advance covers the first. One that is about an entry reaches that entry alone and what is about it,
        and one for good whatever comes.
        """
        numbers = dict.fromkeys((section.partition(",")[0], section))
        for given in reversed([each for number in numbers for each in self.waived.get(number, ())]):
            waivers = tuple(self.entry(number) for number in given.waivers)
            standing = all(waiver.withdrawn is None for waiver in waivers)
            if standing and self._reached(waivers, tuple(rows)):
                return waivers
        return ()

    def _reached(self, waivers: tuple[Entry, ...], rows: tuple[Entry, ...]) -> bool:
        """Whether waivers were given for rows: those that they are about, or that were there."""
        about = [each.about for each in waivers if each.about is not None or each.named]
        if not about or not rows:
            return all(self._was_there(waivers, row) for row in rows)
        return {*about} <= {*with_about(self.entries, *(row.number for row in rows))}

    def _was_there(self, waivers: tuple[Entry, ...], row: Entry) -> bool:
        """Whether a row was there when waivers were given, or is the first to come where none was."""
        if all(each.number in self.lasting for each in waivers):
            return True
        waiver = max(each.number for each in waivers)
        first = next((each.number for each in self.of_kind(row.kind)), row.number)
        return row.number <= waiver or first == row.number > waiver

    @property
    def fillers(self) -> dict[str, str]:
        """Who fills each role now, as far as that is said; a vacant one is left out."""
        return {role: now.filler for role, now in self._latest().items() if now.filler}

    def vacant(self, role: str) -> Filling | None:
        """Since when a role is vacant, and under which section; None if it is not."""
        now = self.filling(role)
        return now if now is not None and not now.filler else None

    def filling(self, role: str) -> Filling | None:
        """The filling of a role that holds now; None where nobody has been named for it."""
        return self._latest().get(role)

    def _latest(self) -> dict[str, Filling]:
        return {each.role: each for each in self.holders}

    def has_held(self, account: str, unit: str) -> bool:
        """Whether anything has ever come into an account."""
        return self._read("balance", f"{account} {unit}") is not None

    def balance(self, account: str, unit: str) -> Quantity:
        """What an account holds."""
        return self._read("balance", f"{account} {unit}") or Quantity(0, unit)

    # ---------------------------------------------------------------- writing

    def put(self, entry: Entry) -> "State":
        """The state with an entry replaced by a later form of itself, or added."""
        before = self.entries[entry.number - 1] if entry.number <= len(self.entries) else None
        gone = (FormerEntry(self.now, before),) if before is not None and not entry.adds_to(before) else ()
        entries, index = placed(self.entries, entry.number - 1, entry), self.index.with_entry(entry, before)
        memory, former = self.memory.touch(entry.at, *keys_of(entry, before)), (*self.former_entries, *gone)
        return replace(self, entries=entries, former_entries=former, index=index, memory=memory)

    def asking(self, entry: Entry) -> "State":
        """The state in which an entry can be spoken of that is not yet among those of its kind.

        A content rule is asked in it: how many others there are, or which came last, is asked of what was there before.
        """
        place = entry.number - 1
        before = self.entries[place] if place < len(self.entries) else None
        entries = placed(self.entries, place, entry)
        memory = self.memory.unsettled(entry.at, *keys_of(entry, before))
        return replace(self, entries=entries, index=self.index.asking(entry, before), memory=memory, worlds=())

    def with_norm(self, norm: Norm) -> "State":
        """The state with a norm as it now stands."""
        key = key_of(norm.provision, norm.row)
        index = self.index.with_norm(norm)
        keys: list[Key] = [("norm", norm.provision, norm.row), ("norms", norm.provision)]
        if index.statuses is not self.index.statuses:
            keys.append(("statuses", norm.provision))
        before, former = self.norms.get(key), self.former_norms
        if before is None or before.told != norm.told:
            former = (*former, FormerNorm(self.now, key, before))
        norms, memory = {**self.norms, key: norm}, self.memory.touch(self.now, *keys)
        return replace(self, norms=norms, former_norms=former, index=index, memory=memory)

    def with_latch(self, key: str, at: datetime | None) -> "State":
        """The state with what `when` has said come true at an instant, or no longer so.

        A latch is read by what it belongs to alone, so nobody else is woken.
        """
        latches = self.latches.copy()
        latches.pop(key, None)
        return replace(self, latches=latches if at is None else {**latches, key: at})

    def with_doubts(self, provision: str, row: int | None, doubts: tuple[Doubt, ...]) -> "State":
        """The state with the times in which it was open whether what a provision says had come for a row."""
        of_rows = {**self.doubts.get(provision, {}), key_of(provision, row): doubts}
        memory = self.memory.touch(self.now, ("doubts", provision))
        return replace(self, doubts={**self.doubts, provision: of_rows}, memory=memory)

    def with_exercise(self, used: Exercise) -> "State":
        """The state with one more use of a power."""
        return replace(
            self,
            exercises=(*self.exercises, used),
            index=self.index.with_exercise(used),
            memory=self.memory.touch(self.now, ("exercises", used.provision)),
        )

    def with_cut(self, cut: Cut) -> "State":
        """The state in which a cap has cut something off of what was to pass."""
        return replace(self, cuts=(*self.cuts, cut), memory=self.memory.touch(self.now, ("cuts",)))

    def with_posting(self, posting: Posting) -> "State":
        """The state with one more posting, and the balances it leaves."""
        unit, numbers = posting.amount.unit, concerned(self.entries, posting)
        memory = self.memory.touch(
            self.now,
            ("balance", f"{posting.source} {unit}"),
            ("balance", f"{posting.target} {unit}"),
            ("paid", posting.section, unit),
            ("under", posting.provision, posting.row),
            ("postings",),
            *(("answering", number) for number in numbers),
        )
        return replace(
            self,
            postings=(*self.postings, posting),
            balances=moved(self.balances, posting, posting.amount.amount),
            index=self.index.with_posting(posting, numbers),
            memory=memory,
        )

    def with_records(self, postings: tuple[Posting, ...], exercises: tuple[Exercise, ...]) -> "State":
        """The state with the same payments and uses of powers, cited under other sections."""
        made = replace(self, postings=postings, exercises=exercises, index=UNBUILT, memory=Memory())
        return replace(made, index=replace(made.index, kept=self.index.kept))

    def without(self, postings: tuple[Posting, ...], entries: tuple[Entry, ...]) -> "State":
        """The state to be asked what would be if some payments, with the entries of their movements, were not made."""
        balances, gone = self.balances, set(postings)
        for posting in postings:
            balances = moved(balances, posting, -posting.amount.amount)
        return replace(
            self,
            postings=tuple(each for each in self.postings if each not in gone),
            balances=balances,
            index=self.index.without({each: concerned(self.entries, each) for each in postings}, entries),
            memory=Memory(),
            worlds=(),
        )

    def with_given(self, given: tuple[Given, ...], made: Iterable[str] = ()) -> "State":
        """The state with the names on record of what comes about by itself, besides those that people have `made`."""
        made = tuple(made)
        worlds = tuple(replace(each, state=each.state.with_given(given, made)) for each in self.worlds)
        return replace(self, given=given, index=self.index.with_given(given, made), worlds=worlds)

    def at_large(self, **fields: Any) -> "State":
        """The state with something changed that any provision may read, so that nothing is known to be at rest."""
        former = tuple(
            Former(self.now, what, name, (held[name],) if name in held else ())
            for what in ("blanks", "choices")
            for held, then in ((getattr(self, what), fields.get(what, getattr(self, what))),)
            for name in {**held, **then}
            if held.get(name) != then.get(name)
        )
        return replace(self, memory=Memory(), former=(*self.former, *former), **fields)


@dataclass(frozen=True, slots=True)
class World:
    """The state of a deal as it is if some ambiguities have had these readings from its opening on."""

    readings: tuple[tuple[str, str], ...]
    state: State


def key_of(provision: str, row: int | None) -> str:
    """The key of a norm or a latch: one provision for one row."""
    return f"{provision}#{'' if row is None else row}"
