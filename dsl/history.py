"""A deal as its log: what happened when, what was known when, and the state that follows.

Every record has two times: when it happened, and when it was recorded. A fact that comes late is decided at the instant
it happened, in the state as it then was, and put in its place: what follows from it is worked out anew, while the acts
of people that were already done stay as they were recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dsl.actions import Attempt, Make
from dsl.compile import Agreement
from dsl.engine import advance, decide, evolve, moves_ahead, open_deal
from dsl.entries import find
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.following import in_force, restless
from dsl.replay import fold
from dsl.saying import say_instant
from dsl.several import not_all, spread
from dsl.state import State
from dsl.understood import named


@dataclass(frozen=True, slots=True)
class Record:
    """One attempt with its answer, and when it was recorded."""

    event: Acted | Refused
    recorded: datetime


@dataclass(frozen=True, slots=True)
class History:
    """A deal: the agreement it is pinned to, its opening, its records in the order of the log, and its latest state."""

    agreement: Agreement
    opened: Opened
    records: tuple[Record, ...]
    state: State


def begin(agreement: Agreement, opened: Opened) -> History | Malformed:
    """A deal that has just been opened."""
    state = open_deal(agreement, opened)
    return state if isinstance(state, Malformed) else History(agreement, opened, (), state)


def attempt(
    history: History, tried: Attempt, at: datetime, recorded: datetime
) -> tuple[History, Acted | Refused | Malformed]:
    """Try something at an instant; a malformed attempt leaves no record."""
    if at < history.opened.at:
        return history, Malformed((_too_early(history),))
    late = at < history.state.now or (at == history.state.now and bool(history.records))
    before = state_at(history, at) if late else advance(history.agreement, history.state, at)
    to_one = False
    if late:
        each = spread(in_force(history.agreement, before), before, tried)
        if isinstance(each, Malformed):
            return history, each
        to_one = each is not tried and not each.also
        tried = named(history.agreement, history.state, each)
        taken = _taken(history, tried)
        if taken:
            return history, Malformed((taken,))
    answer = decide(history.agreement, before, tried, at)
    if to_one and not isinstance(answer, Acted):
        answer = not_all(tried, tried, answer)
    if isinstance(answer, Malformed):
        return history, answer
    records = (*history.records, Record(answer, recorded))
    if not late:
        after = evolve(history.agreement, before, answer)
        return _kept(history, replace(history, records=records, state=after), answer)
    if isinstance(answer, Acted):
        answer = replace(answer, moves=moves_ahead(history.state))
        records = (*history.records, Record(answer, recorded))
    state = _folded(history, records)
    state = advance(history.agreement, state, history.state.now)
    return _kept(history, replace(history, records=records, state=state), answer)


def _kept(before: History, after: History, answer: Acted | Refused) -> tuple[History, Acted | Refused | Malformed]:
    """The deal after an answer, or as it was before where what would follow from the act does not come to rest."""
    return (before, Malformed((restless(after.state),))) if after.state.restless else (after, answer)


def _taken(history: History, tried: Attempt) -> str:
    """What is wrong with the name of something made late: what came after it may have that name already."""
    for action in tried.acts:
        found = find(history.state, (), action.name) if isinstance(action, Make) and action.name else None
        if found is not None:
            return f'There already is a {found.kind} named "{found.name}". Choose another name.'
    return ""


def _too_early(history: History) -> str:
    opened = say_instant(history.opened.at, history.agreement.terms.zone)
    return f"Nothing can happen before the deal was opened, at {opened}."


def state_at(history: History, as_of: datetime, known_at: datetime | None = None) -> State:
    """The state as of an instant, from what had been recorded at another (by default: all that is known now)."""
    records = [
        record
        for record in history.records
        if record.event.at <= as_of and (known_at is None or record.recorded <= known_at)
    ]
    if len(records) == len(history.records) and as_of >= history.state.now:
        return advance(history.agreement, history.state, as_of)
    return advance(history.agreement, _folded(history, records), as_of)


def _folded(history: History, records: Iterable[Record]) -> State:
    return fold(history.agreement, history.opened, (record.event for record in records))
