"""Journeys: the shipped agreements, entered where one of their scenarios has come to, and gone on with at random.

What is tried next is drawn from what the engine itself says that each actor could do, allowed or blocked, from the
acts of all scenarios of the agreement, and from slips of these: another actor, amount, name or section. It is tried at
the same instant as before, a little or long after, at an instant that something waits for or a tick beside it, or it is
told late. Every choice is one number, so that hypothesis can shrink a journey and a plain generator of random numbers
can make thousands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar

from api import agreements
from api.cli.shelf import Shelf, shelf
from dsl import actions as a
from dsl import syntax
from dsl import terms as t
from dsl.calendars import Period, Unit
from dsl.compile import Agreement
from dsl.engine import agenda, in_force
from dsl.events import Acted, Malformed, Refused
from dsl.history import History, attempt, begin
from dsl.money import Quantity, Rate
from dsl.possibilities import actors
from dsl.resolve import resolve_attempt
from dsl.state import State
from dsl.views.trials import Need, trials
from dsl.windows import TICK

Choose = Callable[[int], int]
"""Chooses one of so many."""
T = TypeVar("T")

PLACES = {place.name: place for place in agreements.places((agreements.shipped(),))}
NAMES = tuple(PLACES)
LATEST = datetime(2060, 1, 1, tzinfo=UTC)
"""No journey goes on after this, because no calendar does."""


@dataclass(frozen=True)
class Told:
    """One attempt: when it happened and was recorded, the deal before it, the answer, and the deal after it."""

    at: datetime
    recorded: datetime
    tried: a.Attempt
    before: History
    answer: Acted | Refused | Malformed
    after: History


@dataclass(frozen=True)
class Journey:
    """An agreement, where it was entered, what was tried from there, and what else there is to try."""

    name: str
    entered: str
    first: History
    steps: tuple[Told, ...]
    attempts: tuple[a.Attempt, ...]

    @property
    def last(self) -> History:
        """The deal at the end."""
        return self.steps[-1].after if self.steps else self.first

    def __repr__(self) -> str:
        told = "\n".join(
            f"  {each.at:%Y-%m-%d %H:%M:%S.%f} [{each.recorded:%Y-%m-%d %H:%M}] {each.tried} -> "
            f"{type(each.answer).__name__} {getattr(each.answer, 'section', '')}"
            for each in self.steps
        )
        return f"{self.name}, {self.entered}\n{told}"


@dataclass(frozen=True)
class Shipped:
    """An agreement, its scenarios, and every attempt that they make."""

    agreement: Agreement
    shelf: Shelf
    attempts: tuple[a.Attempt, ...]


@cache
def shipped(name: str) -> Shipped:
    """A shipped agreement, read once."""
    found = shelf(agreements.read(PLACES[name]))
    assert found is not None
    tried = (
        resolve_attempt(step.attempt, found.agreement.terms, source)[0]
        for scenario, source in found.book.scenarios.values()
        for step in scenario.steps
        if isinstance(step, syntax.ActStep)
    )
    return Shipped(found.agreement, found, tuple(dict.fromkeys(each for each in tried if each is not None)))


@cache
def played(name: str, scenario: str) -> History:
    """The deal that a scenario leads to, played once."""
    history = shipped(name).shelf.play(scenario).history
    assert history is not None
    return history


@cache
def entered(name: str, scenario: str, cut: int) -> History:
    """A deal as it was after so many of the records of a scenario."""
    whole = played(name, scenario)
    begun = begin(whole.agreement, whole.opened)
    assert isinstance(begun, History)
    if not cut:
        return begun
    last = whole.records[cut - 1]
    return attempt(entered(name, scenario, cut - 1), last.event.attempt, last.event.at, last.recorded)[0]


def of(choose: Choose, among: Sequence[T]) -> T:
    """One of several."""
    return among[choose(len(among))]


def journey(name: str, choose: Choose, steps: int) -> Journey:
    """A journey of at most so many steps."""
    deal = shipped(name)
    scenario = of(choose, tuple(deal.shelf.book.scenarios))
    count = len(played(name, scenario).records)
    cut = choose(count + 1)
    first = entered(name, scenario, cut)
    told = tuple(onwards(first, deal.attempts, choose, steps))
    return Journey(name, f'"{scenario}" up to record {cut} of {count}', first, told, deal.attempts)


def onwards(history: History, attempts: Sequence[a.Attempt], choose: Choose, steps: int) -> Iterator[Told]:
    """At most so many attempts, one after the other, some of them those given."""
    clock = history.state.now
    for _ in range(steps):
        law = in_force(history.agreement, history.state)
        late = choose(8) == 7
        happened = sometime(choose, history) if late else later(choose, history, clock)
        clock = max(clock, happened)
        if clock > LATEST:
            break
        tried = something(choose, attempts, law, history.state)
        after, answer = attempt(history, tried, happened, clock)
        yield Told(happened, clock, tried, history, answer, after)
        history = after


# ------------------------------------------------------------------------ when

_WAITS = (0, 0, 1, 45, 24 * 60, 3 * 24 * 60, 11 * 24 * 60, 40 * 24 * 60, 200 * 24 * 60)


def later(choose: Choose, history: History, clock: datetime) -> datetime:
    """An instant that is not before the last: the same, some time after it, or one that something waits for."""
    ahead = agenda(history.agreement, history.state) if choose(3) == 2 else ()
    if ahead:
        beside = of(choose, (timedelta(), TICK, -TICK))
        return max(clock, of(choose, ahead[:4]) + beside)
    return clock + timedelta(minutes=of(choose, _WAITS))


def sometime(choose: Choose, history: History) -> datetime:
    """An instant between the opening and now, often that of an act."""
    moments = [history.opened.at, *(record.event.at for record in history.records)]
    at = of(choose, moments) + timedelta(minutes=of(choose, (0, 0, 1, 30, 24 * 60)))
    return min(at, history.state.now)


# ------------------------------------------------------------------------ what


def something(choose: Choose, attempts: Sequence[a.Attempt], law: Agreement, state: State) -> a.Attempt:
    """Something to try: what the engine suggests, one of those given, or a slip of either."""
    way = choose(8)
    made = suggested(choose, law, state) if way < 5 else of(choose, attempts)
    return slipped(choose, law, state, made) if way in (4, 7) else made


def suggested(choose: Choose, law: Agreement, state: State) -> a.Attempt:
    """An act that the agreement knows for an actor, with content."""
    actor = of(choose, actors(law))
    found = list(trials(law, state, actor))
    if not found:
        return a.Attempt(actor, a.AssertBreach(of(choose, tuple(law.terms.clauses))))
    trial = of(choose, found)
    return a.Attempt(actor, stated(choose, law, state, trial.action, trial.needs))


def stated(choose: Choose, law: Agreement, state: State, action: a.Action, needs: tuple[Need, ...]) -> a.Action:
    """An act with content for all that its author has still to say."""
    match action:
        case a.Make() | a.Sign() if needs:
            wanted = [need for need in needs if not need.optional or choose(2)]
            return replace(action, fields=tuple((need.name, content(choose, law, state, need.type)) for need in wanted))
        case a.Fill() if needs:
            return replace(action, content=content(choose, law, state, needs[0].type))
        case a.Pay() | a.Deposit() | a.DepositWith() if needs or choose(3) == 2:
            return replace(action, amount=amount(choose, state, action.amount.unit))
        case _:
            return action


def amount(choose: Choose, state: State, unit: str) -> Quantity:
    """An amount: of what somebody holds or has stated, round, or a single cent."""
    seen = {abs(each.amount) for each in state.balances.values() if each.unit == unit}
    stated_so_far = (content for entry in state.entries for _, content in entry.fields)
    seen |= {each.amount for each in stated_so_far if isinstance(each, Quantity) and each.unit == unit}
    figures = sorted(figure for figure in seen if figure > 0)
    return Quantity(of(choose, (1, 10_000, 1_234_567, *figures)), unit)


def content(choose: Choose, law: Agreement, state: State, wanted: t.Type) -> t.Content:
    """A content of a type, likely or not."""
    match wanted.name:
        case "yes-or-no":
            return choose(3) != 2
        case "choice":
            return t.NameValue(of(choose, wanted.of))
        case "amount":
            return amount(choose, state, wanted.of[0])
        case "number":
            return of(choose, (1, 0, 7, 1_000))
        case "rate":
            return of(choose, (Rate(1, 20), Rate(1, 3), Rate(3, 2)))
        case "period":
            return Period(of(choose, (1, 5, 30)), of(choose, tuple(Unit)))
        case "date":
            return (state.now + timedelta(days=of(choose, (0, 1, 7, 30, 31, 100, -1, -30)))).date()
        case "instant":
            return state.now + timedelta(minutes=of(choose, (0, 1, 24 * 60, -1, -24 * 60, 30 * 24 * 60)))
        case "name":
            return t.NameValue(of(choose, law.everybody()))
        case "section":
            return t.SectionValue(of(choose, tuple(law.terms.clauses)))
        case "entry":
            names = [entry.name for entry in state.entries if entry.kind in law.kinds_of(wanted.of[0])]
            return of(choose, names or ["nothing"])
        case "payments":
            return plan(choose, law, state)
        case _:
            return of(choose, ("...", "Ä", "x" * 300))


def plan(choose: Choose, law: Agreement, state: State) -> t.Plan:
    """A plan of payments, of what one fund holds or not."""
    fund = of(choose, tuple(law.terms.funds.values()))
    lines = tuple(t.PlanLine(of(choose, law.everybody()), amount(choose, state, fund.unit)) for _ in range(choose(3)))
    rest = of(choose, law.everybody()) if choose(2) or not lines else None
    return t.Plan(lines, rest)


def slipped(choose: Choose, law: Agreement, state: State, tried: a.Attempt) -> a.Attempt:
    """An attempt with one thing in it changed."""
    action = tried.action
    names = [entry.name for entry in state.entries] or ["nothing"]
    match choose(4), action:
        case 0, _:
            return replace(tried, actor=of(choose, law.everybody()))
        case 1, a.Pay() | a.Deposit() | a.DepositWith():
            return replace(tried, action=replace(action, amount=amount(choose, state, action.amount.unit)))
        case 1, a.Make() | a.Sign() if action.fields:
            field, _ = of(choose, action.fields)
            fields = tuple(each for each in action.fields if each[0] != field)
            return replace(tried, action=replace(action, fields=fields))
        case 2, a.Make() | a.Sign() | a.Pay():
            return replace(tried, action=replace(action, about=of(choose, names)))
        case 2, a.Deliver() | a.Withdraw():
            return replace(tried, action=replace(action, name=of(choose, names)))
        case 2, a.Release():
            return replace(tried, action=replace(action, plan=of(choose, names)))
        case _:
            return replace(tried, under=of(choose, tuple(law.terms.clauses)))


__all__ = ["NAMES", "Choose", "Journey", "Told", "journey", "onwards"]
