"""What would make an act possible: a refused attempt in, the cheapest sets of acts that lead to its acceptance out.

Ways are searched from the reasons of the refusal: acts of those it waits for are tried on the deal as it stands, each
decided by the engine, and those that bring the answer nearer are followed, fewest acts first. A way that is found is
thinned until no act can be left out, and played again as a whole, so that nothing is proposed that the engine would
refuse. A search has an end: where a deal is far from the act, there may be ways that it does not find; whether it was
cut short is told with what it found.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from heapq import heappop, heappush
from itertools import count

from dsl import actions as a
from dsl.authority import hands
from dsl.compile import Agreement
from dsl.derived import say_moment
from dsl.engine import advance, decide, evolve, in_force
from dsl.events import Acted, Malformed, Refused
from dsl.possibilities import everybody, section_of
from dsl.reasons import Reason, Truth, Wait
from dsl.resolve.sections import ancestors
from dsl.sought import Sought, come_nearer, sought, turns_on
from dsl.standins import Proposal, proposals
from dsl.state import State
from dsl.views.trials import trials

_TRIES = 500
_WAYS = 4
_LONGEST = 24
_ASIDE = (a.AssertBreach,)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a way, or (nobody acts) an instant to wait for.

    `actors` are all who could do it, any one of them; `states` are the contents that they have still to choose.
    """

    actors: tuple[str, ...]
    text: str
    section: str = ""
    states: tuple[str, ...] = ()
    at: datetime | None = None
    action: a.Action | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Acts in an order in which the engine accepts them, and after which it accepts what was refused."""

    steps: tuple[Step, ...]

    @property
    def acts(self) -> int:
        """How many acts it takes."""
        return sum(step.action is not None for step in self.steps)

    @property
    def by_person(self) -> tuple[tuple[tuple[str, ...], tuple[Step, ...]], ...]:
        """The acts of each person, or of any one of several, in the order in which they come first."""
        found: dict[tuple[str, ...], list[Step]] = {}
        for step in self.steps:
            if step.action is not None:
                found.setdefault(step.actors, []).append(step)
        return tuple((who, tuple(steps)) for who, steps in found.items())


class Searched(Enum):
    """How far the search for ways went; neither proves that there are no other ways."""

    NOTHING_NEARER = "nothing nearer"
    """Acts that brought the answer nearer were followed until none was left."""

    CUT_SHORT = "cut short"
    """It stopped before: after so many tries, so many acts in a row, or so many ways."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a search has found, fewest acts first, and how far it went."""

    ways: tuple[Way, ...]
    searched: Searched
    turns_on: tuple[Wait, ...] = ()
    """The figures on which it turns, each with who can state what would change it."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A step of the search: an act of one actor, or (no proposal) the passing of time."""

    actor: str = ""
    proposal: Proposal | None = None
    at: datetime | None = None
    by: str = ""
    under: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two moves the same: who hands something over or pays does not matter."""
        action = self.proposal.action if self.proposal is not None else self.at
        matters = isinstance(action, a.Sign | a.Make | a.Fill | a.Choose)
        return (self.actor if matters else "", self.by, self.under, action)

    @property
    def kept(self) -> tuple[object, ...]:
        """What another way has to do without: the act, whoever does it, but for signatures, which are one's own."""
        kept = self.proposal.kept if self.proposal is not None else self.at
        return (*self.key[:-1], kept) if isinstance(kept, a.Sign | a.Fill | a.Choose) else ("", kept)


def ways_to(agreement: Agreement, state: State, attempt: a.Attempt) -> tuple[Way, ...]:
    """The cheapest ways to an act that is refused now, fewest acts first; none if it is accepted, or none is found."""
    return search_ways(agreement, state, attempt).ways


def search_ways(agreement: Agreement, state: State, attempt: a.Attempt) -> Ways:
    """The same, with how far was searched."""
    answer = decide(agreement, state, attempt, state.now)
    if not isinstance(answer, Refused):
        return Ways((), Searched.NOTHING_NEARER)
    found: list[tuple[_Move, ...]] = []
    without: list[frozenset[object]] = [frozenset()]
    search = _Search(agreement, attempt, state)
    for banned in without:
        moves = search.way(banned)
        if moves is not None:
            thin = _freed(agreement, state, attempt, _thinned(agreement, state, attempt, moves))
            if _shape(thin) not in [_shape(each) for each in found]:
                found.append(thin)
            without += [more for move in thin if (more := banned | {move.kept}) not in without]
        if len(found) == _WAYS or search.left <= 0:
            search.cut_short = True
            break
    ways = (Way(tuple(_told(agreement, state, attempt, moves))) for moves in found)
    law = in_force(agreement, state)
    ordered = tuple(sorted(ways, key=lambda way: (way.acts, len(way.steps), _waivers(law, way))))
    searched = Searched.CUT_SHORT if search.cut_short else Searched.NOTHING_NEARER
    return Ways(ordered, searched, tuple(turns_on(law, state, sought(law, state, attempt, answer))))


def _waivers(law: Agreement, way: Way) -> int:
    """How many requirements a way does away with; of two equal ways the one that keeps them leads."""
    return sum(_waives(law, step.action) for step in way.steps)


def _waives(law: Agreement, action: a.Action | None) -> bool:
    """Whether an act does away with a requirement."""
    kind = law.terms.kinds.get(action.kind) if isinstance(action, a.Make | a.Sign) else None
    return kind is not None and kind.preset == "waiver"


def _shape(moves: Iterable[_Move]) -> list[str]:
    """The acts of a way whoever does them: ways that differ only in that are told as one."""
    return sorted(repr(move.proposal.kept if move.proposal is not None else move.at) for move in moves)


# ---------------------------------------------------------------- searching

_Path = tuple[_Move, ...]
_Acts = frozenset[tuple[tuple[object, ...], int]]
"""Acts in whatever order, each with how often."""
_Reached = tuple[_Move, State, object]
"""A move, the state after it, and what the attempt would then get."""
_Node = tuple[int, int, int, State, object, _Path]
"""How promising, in which order found, the state with the answer there, and the moves that lead to it."""


def _acts(moves: _Path) -> _Acts:
    return frozenset(Counter(each.key for each in moves).items())


class _Search:
    """Best first: the acts so far, and how much the answer still asks for. What was tried once is not tried again."""

    def __init__(self, agreement: Agreement, attempt: a.Attempt, start: State) -> None:
        self.agreement = agreement
        self.attempt = attempt
        self.start = start
        self.left = _TRIES
        self.cut_short = False
        self.known: dict[_Acts, list[_Reached]] = {}

    def way(self, without: frozenset[object]) -> _Path | None:
        """The first way found that does without some acts, the most promising acts first."""
        order = count()
        waiting: list[_Node] = [(0, 0, next(order), self.start, self.answer(self.start), ())]
        seen: set[_Acts] = set()
        while waiting:
            _, _, _, state, answer, moves = heappop(waiting)
            if isinstance(answer, Acted):
                return moves
            if not isinstance(answer, Refused):
                continue
            if len(moves) == _LONGEST:
                self.cut_short = True
                continue
            for move, after, then in self.reached(_acts(moves), state, answer):
                key = _acts((*moves, move))
                if move.kept in without or key in seen:
                    continue
                seen.add(key)
                missing = _missing(then)
                heappush(waiting, (len(moves) + 1 + missing, missing, next(order), after, then, (*moves, move)))
        return None

    def reached(self, done: _Acts, state: State, answer: Refused) -> list[_Reached]:
        """Every move that brings the answer nearer, after the acts done."""
        if done not in self.known:
            law = in_force(self.agreement, state)
            figures = sought(law, state, self.attempt, answer)
            found = [(move, after, self.answer(after)) for move, after in self.moves(state, answer, figures)]
            self.known[done] = (
                [each for each in found if _helps(law, state, each[1], figures) or not _still(answer, each[2])]
                if self.left > 0
                else []
            )
        return self.known[done]

    def answer(self, state: State) -> object:
        """What the attempt would get."""
        self.left -= 1
        return decide(self.agreement, state, self.attempt, state.now)

    def moves(self, state: State, answer: Refused, figures: Sought) -> Iterator[tuple[_Move, State]]:
        """Every move worth trying that the engine accepts, with the state it leads to."""
        law = in_force(self.agreement, state)
        waits = [wait for reason in answer.reasons for wait in reason.awaited()]
        for at in sorted({wait.at for wait in waits if wait.at is not None and wait.at > state.now}):
            yield _Move(at=at), advance(self.agreement, state, at)
        leaves = [leaf for reason in answer.reasons for leaf in reason.leaves()]
        vague = not leaves or any(not any(wait.section for wait in leaf.waits) for leaf in leaves)
        sections = {wait.section for wait in waits if wait.section}
        cited = tuple(dict.fromkeys(each for leaf in leaves for each in _around(law, leaf.section)))
        named = {member for wait in waits for name in wait.who for member in law.members(name)}
        for actor in everybody(law, state):
            asked = vague or not named or actor in named
            for trial in trials(law, state, actor):
                same = a.Attempt(actor, trial.action, keyed=self.attempt.keyed) == self.attempt
                if same or isinstance(trial.action, _ASIDE):
                    continue
                if not _waives(law, trial.action) and not (asked and (vague or _concerns(law, trial.action, sections))):
                    continue
                for proposal in proposals(law, state, actor, trial, cited, figures):
                    for by in hands(law, state, actor, proposal.action):
                        for tried, after in self.play(state, a.Attempt(actor, proposal.action, by=by, keyed=True)):
                            yield _Move(actor, proposal, by=by, under=tried.under), after

    def play(self, state: State, attempt: a.Attempt) -> Iterator[tuple[a.Attempt, State]]:
        """The state after an act, if the engine accepts it; where it has to say under which section, under each."""
        if self.left <= 0:
            return
        self.left -= 1
        done = decide(self.agreement, state, attempt, state.now)
        if isinstance(done, Acted):
            yield attempt, evolve(self.agreement, state, done)
        if isinstance(done, Malformed):
            for section in done.sections:
                yield from self.play(state, replace(attempt, under=section))


def _around(law: Agreement, section: str) -> tuple[str, ...]:
    """A section and the items that it stands in, but not whole clauses: what a waiver may be of."""
    return tuple(each for each in reversed(ancestors(section)) if each not in law.terms.clauses or each == section)


def _concerns(law: Agreement, action: a.Action, sections: set[str]) -> bool:
    """Whether an act is about a section that something is awaited under, or of which that cannot be said."""
    if isinstance(action, a.Make | a.Sign | a.Deliver | a.Withdraw):
        kinds = law.kinds_of(action.kind)
        return any(law.terms.kinds[kind].section in sections for kind in kinds)
    about = section_of(law, action)
    return not about or about in sections


def _helps(law: Agreement, before: State, after: State, figures: Sought) -> bool:
    """Whether one more of several who must act together has acted, or a figure has come nearer to what it is held
    against, which by itself changes no answer."""
    return len(after.concurrences) > len(before.concurrences) or come_nearer(law, before, after, figures)


def _still(before: Refused, after: object) -> bool:
    """Whether what was refused still is, no nearer to being accepted."""
    return isinstance(after, Refused) and not _nearer(before, after)


def _nearer(before: Refused, after: Refused) -> bool:
    """Whether a refusal is another one, and no farther from acceptance under the same section: where as much is
    missing, time alone may bring what took an act, such as a notice that is on its way."""
    if (before.section, before.summary, before.reasons) == (after.section, after.summary, after.reasons):
        return False
    then, now = ((_missing(each), _acts_missing(each)) for each in (before, after))
    return before.section != after.section or now < then


def _acts_missing(answer: Refused) -> int:
    """How many of the things that a refusal asks for take more than time."""
    leaves = (leaf for reason in answer.reasons for leaf in reason.leaves())
    return sum(not leaf.waits or any(wait.what != "time" for wait in leaf.waits) for leaf in leaves)


def _missing(answer: object) -> int:
    """How many acts a refusal asks for, roughly: each signature, each paper, each thing that is not so."""
    if not isinstance(answer, Refused):
        return 0
    leaves = [leaf for reason in answer.reasons for leaf in reason.leaves()]
    return sum(_weight(leaf) for leaf in leaves) or 1


def _weight(leaf: Reason) -> int:
    together = [len(wait.who) + 1 for wait in leaf.waits if "must sign" in wait.text]
    return 2 if leaf.truth is Truth.FALSE and not leaf.waits else max(together, default=1)


# ---------------------------------------------------------------- thinning


def _plays(agreement: Agreement, state: State, attempt: a.Attempt, moves: Iterable[_Move]) -> bool:
    """Whether the engine accepts each move in turn, and then the attempt."""
    for move in moves:
        if move.proposal is None:
            assert move.at is not None
            state = advance(agreement, state, max(move.at, state.now))
            continue
        done = decide(
            agreement, state, a.Attempt(move.actor, move.proposal.action, move.under, move.by, keyed=True), state.now
        )
        if not isinstance(done, Acted):
            return False
        state = evolve(agreement, state, done)
    return isinstance(decide(agreement, state, attempt, state.now), Acted)


def _thinned(agreement: Agreement, state: State, attempt: a.Attempt, moves: tuple[_Move, ...]) -> tuple[_Move, ...]:
    """The moves without those that can be left out."""
    for move in moves:
        without = tuple(each for each in moves if each is not move)
        if _plays(agreement, state, attempt, without):
            moves = without
    return moves


def _freed(agreement: Agreement, state: State, attempt: a.Attempt, moves: tuple[_Move, ...]) -> tuple[_Move, ...]:
    """The moves without the figures that do not matter, because a stand-in does as well and a far larger one too."""
    for place, move in enumerate(moves):
        for less, far in move.proposal.freer if move.proposal is not None else ():
            tries = (replace(move, proposal=each) for each in (less, replace(less, action=far)))
            if all(_plays(agreement, state, attempt, _with(moves, place, each)) for each in tries):
                return _freed(agreement, state, attempt, _with(moves, place, replace(move, proposal=less)))
    return moves


def _with(moves: tuple[_Move, ...], place: int, move: _Move) -> tuple[_Move, ...]:
    """The moves with one in the place of another."""
    return (*moves[:place], move, *moves[place + 1 :])


# ------------------------------------------------------------------ telling


def _section(law: Agreement, action: a.Action) -> str:
    """Where the agreement speaks of what an act is about."""
    if isinstance(action, a.Deliver | a.Withdraw) and action.kind in law.terms.kinds:
        return law.terms.kinds[action.kind].section
    return section_of(law, action)


def _told(agreement: Agreement, state: State, attempt: a.Attempt, moves: tuple[_Move, ...]) -> Iterator[Step]:
    """The steps of a way, each with everybody who could do it."""
    law = in_force(agreement, state)
    for index, move in enumerate(moves):
        if move.proposal is None:
            assert move.at is not None
            passed = " has passed" if move.at.microsecond == 1 else ""
            yield Step((), f"wait until {say_moment(move.at, law.terms.zone)}{passed}", at=move.at)
            continue
        action = move.proposal.action
        could = [(name, "") for name in everybody(law, state) if name != move.actor]
        could += [(move.actor, by) for by in hands(law, state, move.actor, action) if by != move.by]
        others = (
            _called(name, by)
            for name, by in could
            if _plays(agreement, state, attempt, _with(moves, index, replace(move, actor=name, by=by)))
        )
        who = (_called(move.actor, move.by), *others)
        text = move.proposal.text + (f" under section {move.under}" if move.under else "")
        yield Step(who, text, _section(law, action), move.proposal.states, action=action)


def _called(actor: str, by: str) -> str:
    """Who acts, and who for it if that has to be said: `Buyer by Ann`."""
    return f"{actor} by {by}" if by else actor
