"""The courses that a deal may have taken: one for each reading of what is ambiguous, where these lead apart.

What is ambiguous today may have been decisive in the past: under one reading a duty came into force, an event occurred,
money passed, and much has followed from that. So the same acts are folded once more under each reading that anything
asked for, as if it had been the reading from the opening on. Where the states are the same, the reading has made no
difference so far, and only one is kept; where they are not, each is a *world* of the deal, and whatever is asked is
asked in all of them. If all agree the answer is definite; otherwise it is open, and the answer says where they differ.

A reading that is chosen later holds from then on in every world. What had come under one of them by then stays open,
because nobody knew it at the time, until the choice is recorded as of the time before.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from math import prod
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from dsl import terms as t
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.given import identity_of
from dsl.load import amended
from dsl.reasons import Reason, Truth, Wait, either
from dsl.records import Doubt
from dsl.settling import reading_of, settlers
from dsl.state import Entry, State, World, key_of

if TYPE_CHECKING:
    from dsl.judge import Judge

UNKNOWN, IS_SO, IS_NOT_SO = "unknown", "so", "not so"
"""The readings of a blank: that nobody knows what rests on it, or that all of it counts as so, or as not so."""
MOST, MOST_OF_BLANKS = 64, 27
"""How many worlds a deal may have, and how many where blanks are among what parts them; of what more ambiguities and
blanks would lead to, it is asked how it stands today."""

_OWN = ("choices", "doubts", "former", "divergences", "restated", "acts", "worlds")
"""In what two states may differ although nothing in the deal does."""
_COMPARED = tuple(each.name for each in fields(State) if each.compare and each.name not in _OWN)

WORLDS = ("worlds",)
"""What is written when the worlds of a state go on."""


class Step(Protocol):
    """A step that is taken in a state; beside other worlds, only what has happened in all of them happens by itself."""

    def __call__(self, state: State, /, *, worlds: tuple[World, ...] = ()) -> State:
        """The state after it."""
        ...


# ------------------------------------------------------------- how they come apart


def bare(state: State) -> State:
    """The state without its worlds: what came about whatever the reading; what is open has not."""
    return replace(state, worlds=()) if state.worlds else state


def states_of(state: State) -> tuple[State, ...]:
    """The state without its worlds, and that of each of them."""
    return bare(state), *(world.state for world in state.worlds)


def in_worlds(agreement: Agreement, state: State, step: Step) -> State:
    """The state after a step, taken in every world of it. A world in which readings were asked for that nobody has
    asked for before is taken apart, and those that have become alike are put together."""
    before = bare(state)
    after = step(before)
    if not state.worlds and not after.memory.asked:
        return after
    worlds: list[World] = []
    for world in state.worlds or (World((), before),):
        then = step(world.state) if state.worlds else after
        worlds += _Parting(agreement.terms, step).apart(world, then, then.memory.asked)
    worlds = [_without(world, after.blanks) for world in worlds if not _is_filled_now(world, after)]
    for name in dict.fromkeys(name for world in worlds for name, _ in world.readings):
        worlds = _together(agreement.terms, worlds, name)
    if len(worlds) == 1:
        alone = replace(worlds[0].state, divergences=after.divergences, restated=after.restated)
        return after if _are_alike(after, alone) else alone
    worlds.sort(key=attrgetter("readings"))
    beside = step(replace(before, memory=before.memory.woken(WORLDS)), worlds=_left(worlds, after.choices))
    return replace(beside, worlds=tuple(worlds))


def _is_filled_now(world: World, after: State) -> bool:
    """Whether in a world something counts as so, or not so, that rests on a blank which has been filled."""
    return any(name in after.blanks and reading in (IS_SO, IS_NOT_SO) for name, reading in world.readings)


def has_come(state: State, provision: str, row: Entry | None) -> bool:
    """Whether what a provision says has happened by itself in a world, for the entry of the same name."""
    own = same_entry(state, row) if row is not None else None
    return (row is None or own is not None) and key_of(provision, own.number if own else None) in state.latches


@dataclass(frozen=True, slots=True)
class _Parting:
    """How a world is taken apart in a step."""

    terms: t.Terms
    step: Step

    def apart(self, world: World, after: State, asked: frozenset[str]) -> list[World]:
        """A world after the step, or those that it falls into by the readings that were asked for in it: in each the
        whole step is taken, because what its reading brings about may come before all else."""
        unread = sorted((each not in self.terms.ambiguities, each) for each in asked if each not in after.choices)
        name = unread[0][1] if unread else ""
        if not name or _are_too_many(self.terms, name, (each for each, _ in world.readings)):
            return [World(world.readings, after)]
        found: list[World] = []
        for reading in readings_of(self.terms, name):
            before = with_choices(world.state, {**world.state.choices, name: reading}, name)
            readings, then = tuple(sorted((*world.readings, (name, reading)))), self.step(before)
            found += self.apart(World(readings, before), then, asked | then.memory.asked)
        found = _together(self.terms, found, name)
        alike = len(found) == 1 and _are_alike(found[0].state, after)
        return [World(world.readings, after)] if alike else found


def _are_too_many(terms: t.Terms, name: str, others: Iterable[str]) -> bool:
    """Whether there would be too many worlds under the readings of a name besides those of others."""
    most = MOST if name in terms.ambiguities else MOST_OF_BLANKS
    return prod(len(readings_of(terms, each)) for each in (name, *others)) > most


def is_too_much(terms: t.Terms, state: State, name: str) -> bool:
    """Whether an ambiguity, if it is one, gets no worlds of its own in a state, with so many others that have."""
    return name in terms.ambiguities and name not in state.choices and _are_too_many(terms, name, state.choices)


def readings_of(terms: t.Terms, name: str) -> tuple[str, ...]:
    """The readings of an ambiguity, or of a blank."""
    return terms.ambiguities[name].readings if name in terms.ambiguities else (UNKNOWN, IS_SO, IS_NOT_SO)


def are_followed(law: Agreement, state: State) -> bool:
    """Whether each reading of each ambiguity has been followed all the time, because there are few enough of them."""
    names = (*law.terms.ambiguities, *law.terms.blanks)
    return not state.enacted and prod(len(readings_of(law.terms, each)) for each in names) <= MOST


def _together(terms: t.Terms, worlds: list[World], name: str) -> list[World]:
    """The worlds, one in place of those between which only the reading of an ambiguity makes no difference."""
    groups: dict[tuple[tuple[str, str], ...], list[World]] = {}
    for world in worlds:
        groups.setdefault(_other(world, (name,)), []).append(world)
    found: list[World] = []
    for group in groups.values():
        first, *rest = sorted(group, key=lambda each: (name, UNKNOWN) not in each.readings)
        alike = all(_are_alike(first.state, each.state) for each in rest)
        alike = alike and (name in terms.blanks or len({_unfollowed(each.state) for each in group}) == 1)
        if len(group) == len(readings_of(terms, name)) and alike:
            settled = len({each.state.choices[name] for each in group}) == 1
            found.append(World(_other(first, (name,)), first.state) if settled else _without(first, (name,)))
        else:
            found += group
    return found


def _unfollowed(state: State) -> frozenset[Doubt]:
    """The doubts of a state that nothing but the record of them tells of; those on a blank are the same in the world in
    which nobody knows what it holds."""
    every = (each for of_rows in state.doubts.values() for doubts in of_rows.values() for each in doubts)
    return frozenset(each for each in every if each.unfollowed)


def _without(world: World, names: Iterable[str]) -> World:
    """A world in which nothing has ever been said of what some names stand for."""
    gone = {name for name, _ in world.readings} & {*names}
    state = world.state
    for name in gone:
        state = with_choices(state, {each: one for each, one in state.choices.items() if each != name}, name)
    return World(_other(world, gone), state) if gone else world


def _other(world: World, names: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The readings of a world but for those of some names."""
    return tuple(each for each in world.readings if each[0] not in names)


def _are_alike(one: State, other: State) -> bool:
    """Whether two states differ in nothing but what has been chosen."""
    same = all(getattr(one, name) == getattr(other, name) for name in _COMPARED)
    return same and [each for each in one.former if each.what != "choices"] == [
        each for each in other.former if each.what != "choices"
    ]


def with_choices(state: State, choices: dict[str, str], name: str) -> State:
    """A state in which an ambiguity has always had another reading, or none; what diverged is told outside of it."""
    memory = state.memory.apart(("reading", name))
    return replace(state, choices=choices, memory=memory, divergences=(), restated=())


# ------------------------------------------------------------- what is so in all of them


def _left(worlds: Sequence[World], choices: dict[str, str]) -> tuple[World, ...]:
    """The worlds under readings that nobody has decided against."""
    return tuple(each for each in worlds if all(choices.get(name, one) == one for name, one in each.readings))


def voices(state: State) -> tuple[World, ...]:
    """The worlds that are asked: those under readings that nobody has decided against; once one of them has been
    chosen, also the state itself, in which nothing came of it before that."""
    left = _left(state.worlds, state.choices)
    late = any(name in state.choices for each in state.worlds for name, _ in each.readings)
    return (World((), bare(state)), *left) if late else left


def in_all_worlds(judge: "Judge", condition: t.Condition, now: Reason) -> Reason:
    """The truth of a condition in every world of a judge's state; `now` is how it stands without them."""
    worlds = voices(judge.state)
    found = [_judged(judge, world.state, condition) for world in worlds]
    truths, truth = {each.truth for each in found}, Truth.OPEN
    if len(truths) == 1:
        truth = found[0].truth
    elif not truths & {Truth.TRUE, Truth.OPEN}:
        truth = Truth.PENDING
    if now.truth is truth:
        return now
    if len(truths) == 1:
        names = either(tuple(dict.fromkeys(name for world in worlds for name, _ in world.readings)), "and")
        return replace(found[0], note=f"the same under every reading of {names}")
    children = tuple(each for each in found if each.truth is not Truth.TRUE)
    if truth is Truth.PENDING:
        waits = tuple(dict.fromkeys(wait for each in found for wait in each.waits))
        return Reason(truth, now.text, now.section, "not so under any reading yet", waits, children)
    told, waits = told_apart(judge.agreement, judge.state, [each.truth.value for each in found])
    return Reason(truth, now.text, now.section, told, waits, children)


def _judged(judge: "Judge", state: State, condition: t.Condition) -> Reason:
    """How a condition stands in one world, of the entries of the same names."""
    law = law_of(judge.agreement, judge.state, state)
    rows = {noun: same_entry(state, row) for noun, row in judge.rows.items()}
    known = {noun: row for noun, row in rows.items() if row is not None}
    if law is None or len(known) < len(rows) or state.restless:
        return Reason(Truth.OPEN, condition.text)
    return replace(judge, agreement=law, state=state, rows=known).judge(condition)


def law_of(law: Agreement, state: State, world: State) -> Agreement | None:
    """The agreement in force in a world, by that of the state; None where other amendments have been made in it."""
    made = len(state.enacted)
    return amended(law, world.enacted[made:]) if world.enacted[:made] == state.enacted else None


def same_entry(state: State, entry: Entry) -> Entry | None:
    """The entry of the same kind in another world, of the same name or made by the same sentence for the same rows;
    None if there is none in it."""
    kind, which = entry.kind, identity_of(entry.origin)
    found = [each for each in state.named(entry.name) if (each.kind, identity_of(each.origin)) == (kind, which)]
    alike = [each for each in state.of_kind(kind) if identity_of(each.origin) == which] if which else []
    return found[0] if found else alike[0] if len(alike) == 1 else None


def told_apart(law: Agreement, state: State, answers: Sequence[str]) -> tuple[str, tuple[Wait, ...]]:
    """How the answers in the worlds of a state differ, by the readings that decide, and what would settle that."""
    worlds = voices(state)
    given = {world.readings: answer for world, answer in zip(worlds, answers, strict=True)}
    known = {readings: answer for readings, answer in given.items() if UNKNOWN not in dict(readings).values()}
    given = known if len({*known.values()}) > 1 else given
    every = tuple(dict.fromkeys(name for world in state.worlds for name, _ in world.readings))
    late = tuple(name for name in every if name in state.choices)
    names = tuple(name for name in every if name in late or _decides(name, given)) or every
    under: dict[str, str] = {}
    for readings, answer in given.items():
        chosen = either(tuple(_under(law, *each) for each in readings if each[0] in names), "and")
        under.setdefault(chosen if readings else "without any until it was chosen", answer)
    waits = tuple(_awaited(law, name) for name in names if name not in late)
    if late:
        told = f"{either(late, 'and')}, to be recorded as settled earlier: it was settled only after this rested on it"
        waits = (*waits, Wait("act", told, settlers(law, late[0])[0]))
    return f"{either(names, 'and')}: {'; '.join(f'{answer} {each}' for each, answer in under.items())}", waits


def _under(law: Agreement, name: str, reading: str) -> str:
    return f"under {reading}" if name in law.terms.ambiguities else f"if what rests on it is {reading}"


def _awaited(law: Agreement, name: str) -> Wait:
    """What settles an ambiguity or a blank."""
    if name in law.terms.ambiguities:
        return reading_of(law, name)
    who, section = settlers(law, name)[0], law.terms.blanks[name].section
    return Wait("blank", f"the blank {name}", who, section=section, about=name)


def _decides(name: str, given: dict[tuple[tuple[str, str], ...], str]) -> bool:
    """Whether answers differ between worlds that differ in one reading alone."""
    groups: dict[tuple[tuple[str, str], ...], set[str]] = {}
    for readings, answer in given.items():
        groups.setdefault(tuple(each for each in readings if each[0] != name), set()).add(answer)
    return any(len(answers) > 1 for answers in groups.values())
