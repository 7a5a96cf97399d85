"""Two people at one instant, to which the agreement gives no order: where their order decides, it is told.

What one of them does before another comes to act is a turn. Each act of the last turn is put before the turns of others
at that instant, one after the other from the latest on, and the answers and what they lead to are compared. Past turns
whose order with it does not matter it goes on to the one before, so each comparison asks of one turn alone; what the
acts before it in its own turn have led to in that place is kept with the turn.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from dsl import terms as t
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.engine import decide, evolve, in_force
from dsl.events import Acted, Malformed, Refused
from dsl.resolve.walk import walk
from dsl.state import Divergence, Entry, State

Numbered = tuple[int, Acted | Refused]
"""An event with its number in the log."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person did at one instant before anybody else acted, and the state before it.

    `ahead` are the states that it leads to when it is put before the turns of others at that instant: before the latest
    of them, before the two latest, and so on as far as that was asked.
    """

    before: State
    events: tuple[Numbered, ...] = ()
    ahead: tuple[State, ...] = field(default=(), compare=False, repr=False)

    @property
    def actor(self) -> str:
        """Whose turn it is."""
        return self.events[0][1].attempt.actor

    def follows(self, event: Acted | Refused) -> bool:
        """Whether an event is one of this turn."""
        return (self.events[0][1].at, self.actor) == (event.at, event.attempt.actor)


def in_turn(
    agreement: Agreement, turns: tuple[Turn, ...], before: State, number: int, event: Acted | Refused
) -> tuple[tuple[Turn, ...], State, Divergence | None]:
    """The turns of an instant with one more event, the state after it, and what is told if its place decides."""
    after = evolve(agreement, before, event)
    *others, last = taken(turns, before, number, event)
    ahead, told = _in_another_order(agreement, tuple(others), last, after)
    return (*others, replace(last, ahead=ahead)), after, told


def taken(turns: tuple[Turn, ...], before: State, number: int, event: Acted | Refused) -> tuple[Turn, ...]:
    """The turns of an instant with one more event, of which nothing was asked yet."""
    if turns and turns[-1].follows(event):
        last = turns[-1]
        return (*turns[:-1], replace(last, events=(*last.events, (number, event))))
    same = turns if turns and turns[-1].events[0][1].at == event.at else ()
    return (*same, Turn(before, ((number, event),)))


_PASSED = 6
"""Past how many turns of others before it a turn is moved; where more people act at one instant, those are the last."""


def _in_another_order(
    agreement: Agreement, others: tuple[Turn, ...], last: Turn, after: State
) -> tuple[tuple[State, ...], Divergence | None]:
    """The states that the last turn leads to before the turns of others that preceded it; and what is told where it
    decides whether its last event comes before one of them.

    An act that only makes sense after another one has its order from that, and so have the acts of one person.
    """
    ahead: tuple[State, ...] = ()
    law, (number, event) = in_force(agreement, after), last.events[-1]
    for passed in reversed(others[-_PASSED:]):
        if passed.actor == last.actor:
            break
        moved = _moved_before(agreement, last, passed, len(ahead))
        if not isinstance(moved, tuple):
            return ahead, moved
        first, then = moved
        if _outcome(law, then) != _outcome(law, ahead[-1] if ahead else after):
            told = f"{_together(passed.actor)} the deal would stand otherwise"
            return (*ahead, first), Divergence(number, event.at, event.section, event.section, told)
        ahead = (*ahead, first)
    return ahead, None


def _moved_before(
    agreement: Agreement, last: Turn, passed: Turn, place: int
) -> tuple[State, State] | Divergence | None:
    """The states after a turn that came before another one, and after both; or which answer would have been another;
    None if it makes no sense before it. What the events but the last lead to in that place may be kept already."""
    kept = last.ahead[place : place + 1]
    start, events = (kept[0], last.events[-1:]) if kept else (passed.before, last.events)
    first = _repeated(agreement, start, events, passed.actor)
    if not isinstance(first, State):
        return first
    both = _repeated(agreement, first, passed.events, last.actor)
    return (first, both) if isinstance(both, State) else both


def _repeated(
    agreement: Agreement, state: State, events: tuple[Numbered, ...], other: str
) -> State | Divergence | None:
    """The state after events that are decided again, or which answer would be another beside the acts of somebody else;
    None if one of them makes no sense there."""
    for number, event in events:
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


def _together(actor: str) -> str:
    return f"at the same instant as an act of {actor}; the other way round"


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
    cut = _counted((each.provision, _of(known, each.row), each.whole, each.passed) for each in state.cuts)
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
    return papers, norms, latches, moved, used, cut, said, joined, waived, lasting, ordered, ends


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
