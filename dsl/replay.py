"""Replay: a log in, the state that it leads to out, with everything in it that would now be answered otherwise.

An answer stays as it was recorded. It is told where the log as now known would answer otherwise, and where two people
acted at one instant, to which the agreement gives no order, and their order decides: what each of them does before the
other comes to act is put after it, and the answers and what they lead to are compared.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dsl import terms as t
from dsl.compile import Agreement
from dsl.engine import advance, decide, evolve, in_force, open_deal
from dsl.events import Acted, Malformed, Opened, Paper, Record, Refused
from dsl.reasons import either
from dsl.records import Restated
from dsl.resolve.walk import walk
from dsl.restated import happens_by_itself, lost
from dsl.state import Divergence, Entry, State


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one person did at one instant before anybody else acted, and the state before it."""

    before: State
    events: tuple[tuple[int, Acted | Refused], ...] = ()

    @property
    def actor(self) -> str:
        """Whose turn it is."""
        return self.events[0][1].attempt.actor

    def follows(self, event: Acted | Refused) -> bool:
        """Whether an event is one of this turn."""
        return (self.events[0][1].at, self.actor) == (event.at, event.attempt.actor)


def fold(agreement: Agreement, opened: Opened, events: Iterable[Acted | Refused]) -> State:
    """The state that a log leads to. Events are taken in the order they happened, then in that of the log.

    Raises ValueError if the deal cannot be opened so.
    """
    state = _opened(agreement, opened)
    turns: tuple[_Turn, ...] = ()
    for number, event in sorted(enumerate(events, 1), key=lambda pair: (pair[1].at, pair[0])):
        state = advance(agreement, state, event.at)
        diverged = _diverged(number, event, decide(agreement, state, event.attempt, event.at))
        turns = _taken(turns, state, number, event)
        state = evolve(agreement, state, event)
        if diverged is None:
            diverged = _in_another_order(agreement, turns, state)
        if diverged is not None:
            state = replace(state, divergences=(*state.divergences, diverged))
    return state


def restated(agreement: Agreement, opened: Opened, records: Iterable[Record]) -> tuple[Restated, ...]:
    """What had happened by itself before each fact of a log that was recorded late, and has not with it.

    Each record is put in its place, and what comes after it is worked out anew, as when it was recorded. Raises
    ValueError if the deal cannot be opened so.
    """
    log = tuple(records)
    if not happens_by_itself(agreement) or all(record.recorded <= record.event.at for record in log):
        return ()
    found: tuple[Restated, ...] = ()
    course, placed = [_opened(agreement, opened)], list[Acted | Refused]()
    for event, recorded in ((record.event, record.recorded) for record in log):
        before, place = course[-1], bisect_right(placed, event.at, key=lambda each: each.at)
        placed.insert(place, event)
        del course[place + 1 :]
        for each in placed[place:]:
            course.append(evolve(agreement, advance(agreement, course[-1], each.at), each))
        if recorded > event.at:
            known, now = (advance(agreement, state, recorded) for state in (before, course[-1]))
            found += lost(agreement, known, now, recorded)
    return found


def _opened(agreement: Agreement, opened: Opened) -> State:
    state = open_deal(agreement, opened)
    if isinstance(state, Malformed):
        raise ValueError("; ".join(state.problems))
    return state


def _taken(turns: tuple[_Turn, ...], before: State, number: int, event: Acted | Refused) -> tuple[_Turn, ...]:
    """The turns of an instant with one more event."""
    if turns and turns[-1].follows(event):
        last = turns[-1]
        return (*turns[:-1], replace(last, events=(*last.events, (number, event))))
    same = turns if turns and turns[-1].events[0][1].at == event.at else ()
    return (*same, _Turn(before, ((number, event),)))


def _diverged(number: int, event: Acted | Refused, again: Acted | Refused | Malformed) -> Divergence | None:
    if isinstance(event, Refused):
        if not isinstance(again, Acted):
            return None
        text = f"was refused, and would be accepted under section {again.section}"
        return Divergence(number, event.at, event.section, again.section, text)
    match again:
        case Acted(section=section) if {*_papers(event)} - {*_papers(again)}:
            names = either(tuple(f'"{each.name}"' for each in _papers(event) if each not in _papers(again)), "and")
            return Divergence(number, event.at, event.section, section, f"was done under other content of {names}")
        case Acted(section=section) if _sections(again) == _sections(event) and again.attempt == event.attempt:
            return None
        case Acted(section=section) if section == event.section:
            return Divergence(number, event.at, event.section, section, again.note or "would be accepted otherwise")
        case Acted(section=section):
            return Divergence(number, event.at, event.section, section, f"would be accepted under section {section}")
        case Refused():
            return Divergence(number, event.at, event.section, again.section, again.summary)
        case Malformed():
            return Divergence(number, event.at, event.section, "", "; ".join(again.problems))


def _papers(acted: Acted) -> tuple[Paper, ...]:
    return (*acted.papers, *(paper for part in acted.parts for paper in part.papers))


def _sections(acted: Acted) -> tuple[str, ...]:
    return (acted.section, *(part.section for part in acted.parts))


# ------------------------------------------------- two people at one instant


_PASSED = 6
"""Past how many turns of others before it a turn is moved; where more people act at one instant, those are the last."""


def _in_another_order(agreement: Agreement, turns: tuple[_Turn, ...], after: State) -> Divergence | None:
    """Where it decides whether the last turn of an instant comes before one of the turns of others that preceded it.

    An act that only makes sense after another one has its order from that, and so have the acts of one person.
    """
    last = turns[-1]
    for start in range(len(turns) - 2, max(len(turns) - 2 - _PASSED, -1), -1):
        if turns[start].actor == last.actor:
            return None
        state = _moved_before(agreement, last, turns[start:-1])
        if not isinstance(state, State):
            return state
        law = in_force(agreement, after)
        if _outcome(law, state) != _outcome(law, after):
            number, event = last.events[-1]
            told = f"{_together(turns[start])} the deal would stand otherwise"
            return Divergence(number, event.at, event.section, event.section, told)
    return None


def _moved_before(agreement: Agreement, last: _Turn, passed: tuple[_Turn, ...]) -> State | Divergence | None:
    """The state if a turn had come before others, or which answer would have been another; None if it makes no sense
    before them."""
    state = passed[0].before
    for turn, other in ((last, passed[0]), *((turn, last) for turn in passed)):
        for number, event in turn.events:
            again = decide(agreement, state, event.attempt, event.at)
            if isinstance(again, Malformed):
                return None
            if isinstance(again, Acted) != isinstance(event, Acted):
                now = "accepted" if isinstance(again, Acted) else "refused"
                told = f"{_together(other)} this would be {now}"
                return Divergence(number, event.at, event.section, again.section, told)
            if isinstance(event, Acted) and isinstance(again, Acted):
                again = replace(again, moves=event.moves)
            state = evolve(agreement, state, again)
    return state


def _together(other: _Turn) -> str:
    return f"at the same instant as an act of {other.actor}; the other way round"


def _outcome(law: Agreement, state: State) -> tuple[object, ...]:
    """What a state says, whatever the numbers of its entries: an order matters only where a sentence reads it."""
    known: dict[int, object] = {}
    for entry in state.entries:
        known[entry.number] = _identity(entry, known)
    norms = {
        (norm.provision, _of(known, norm.row)): (
            norm.status,
            norm.since,
            norm.due,
            norm.paid,
            norm.owed,
            norm.stopped,
            norm.stops,
        )
        for norm in state.norms.values()
    }
    latches = {(key.rpartition("#")[0], _row(known, key)): at for key, at in state.latches.items()}
    moved = _counted(
        (each.verb, each.source, each.target, each.amount, each.section, _of(known, each.row), _of(known, each.answers))
        for each in state.postings
    )
    used = _counted((each.provision, _of(known, each.row), each.actor, each.at) for each in state.exercises)
    said = _counted((each.name, each.content, frozenset(each.by)) for each in state.settlings)
    joined = _counted(
        (each.group, each.principal, each.action, each.under, frozenset(each.by)) for each in state.concurrences
    )
    lasting = _counted(known[number] for number in state.lasting)
    waived = {
        section: _counted(frozenset(known[number] for number in each.waivers) for each in waivers)
        for section, waivers in state.waived.items()
    }
    ordered = {
        kinds: tuple(known[entry.number] for entry in state.entries if entry.kind in kinds)
        for kinds in _read_in_order(law.terms)
    }
    papers = _counted(known.values())
    ends = (state.terminated, state.discharged, state.enacted, state.holders, state.blanks, state.choices)
    return papers, norms, latches, moved, used, said, joined, waived, lasting, ordered, ends


def _identity(entry: Entry, known: dict[int, object]) -> object:
    """What an entry is: all that it says, whoever signed it first. What occurs by itself has no name of its own."""
    name = entry.name if entry.author else ""
    return (
        entry.kind, name, frozenset(entry.authors), entry.at, entry.section, entry.fields,
        _of(known, entry.about), entry.to, frozenset(entry.signatures), frozenset(entry.voided),
        entry.channel, entry.copy, entry.given, frozenset(entry.receipts), entry.withdrawn,
    )  # fmt: skip


def _of(known: dict[int, object], number: int | None) -> object:
    return known[number] if number is not None else None


def _row(known: dict[int, object], key: str) -> object:
    row = key.rpartition("#")[2]
    return known[int(row)] if row else None


def _counted(each: Iterable[object]) -> dict[object, int]:
    """How many there are of each, in no order."""
    found: dict[object, int] = {}
    for one in each:
        found[one] = found.get(one, 0) + 1
    return found


@lru_cache(maxsize=64)
def _read_in_order(terms: t.Terms) -> frozenset[tuple[str, ...]]:
    """The kinds of which a sentence picks the latest or earliest, or gives the earliest what is left over."""
    defined = (*terms.conditions.values(), *terms.values.values(), *terms.funds.values())
    said = (*terms.provisions, *terms.validities, *terms.caps, *terms.edges)
    picked = (each.entries.kinds for each in walk((*defined, *said)) if isinstance(each, t.Picked | t.PartOf))
    return frozenset((*picked, *((kind.name,) for kind in terms.kinds.values() if kind.latest_counts)))
