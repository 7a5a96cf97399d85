"""A deal as its log: what happened when, what was known when, and the state that follows.

Every record has two times: when it happened, and when it was recorded. A fact that comes late is decided at the instant
it happened, in the state as it then was, and put in its place: what follows from it is worked out anew, while the acts
of people that were already done stay as they were recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dsl.actions import Attempt, Make
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.engine import advance, decide, moves_ahead, open_deal
from dsl.entries import find
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.events import Record as Record
from dsl.following import in_force, restless
from dsl.given import Given
from dsl.naming import given_after
from dsl.replay import fold, known_at, restated, turns_at
from dsl.restated import happens_by_itself, lost
from dsl.saying import say_instant
from dsl.several import not_all, spread
from dsl.state import State
from dsl.turns import Turn, in_turn
from dsl.understood import named
from dsl.worlds import states_of


@dataclass(frozen=True, slots=True)
class History:
    """A deal: the agreement it is pinned to, its opening, its records in the order of the log, and its latest state.

    `turns` may say who acted in which order at the instant of the last record; it says nothing that the rest does not.
    """

    agreement: Agreement
    opened: Opened
    records: tuple[Record, ...]
    state: State
    turns: tuple[Turn, ...] = field(default=(), compare=False, repr=False)


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
    names = _known_by_name(history, before, recorded) if late or recorded > at else ()
    known, to_one = before.with_given((*before.given, *names)), False
    if late:
        each = spread(in_force(history.agreement, before), before, tried)
        if isinstance(each, Malformed):
            return history, each
        to_one = each is not tried and not each.also
        tried = named(history.agreement, history.state.with_given(known.given), each)
        taken = _taken(history, tried)
        if taken:
            return history, Malformed((taken,))
    answer = decide(history.agreement, known, tried, at)
    if to_one and not isinstance(answer, Acted):
        answer = not_all(tried, tried, answer)
    if isinstance(answer, Malformed):
        return history, answer
    if isinstance(answer, Acted):
        moves = moves_ahead(history.state) if late else answer.moves
        before, answer = known, replace(answer, moves=moves, names=names)
    records = (*history.records, Record(answer, recorded))
    if late and any(record.event.at > at for record in records):
        turns: tuple[Turn, ...] = ()
        state = fold(history.agreement, history.opened, (record.event for record in records))
    else:
        turns, state, told = in_turn(
            history.agreement, _turns(history, at) if late else (), before, len(records), answer
        )
        state = replace(state, divergences=(*state.divergences, *((told,) if told is not None else ())))
    state = advance(history.agreement, state, history.state.now) if late else state
    after = replace(history, records=records, state=_told_late(history, state, at, recorded), turns=turns)
    return _kept(history, after, answer)


def _known_by_name(history: History, before: State, recorded: datetime) -> tuple[Given, ...]:
    """The names of what has come about by itself after a fact by when it is recorded, before that is worked out anew
    with it."""
    if not happens_by_itself(history.agreement):
        return ()
    return given_after(before, advance(history.agreement, history.state, max(recorded, history.state.now)))


def _turns(history: History, at: datetime) -> tuple[Turn, ...]:
    """Who acted in which order at an instant that is not before any record."""
    same = [record.event for record in history.records if record.event.at == at]
    if not same or same == [event for turn in history.turns for _, event in turn.events]:
        return history.turns if same else ()
    return turns_at(history.agreement, history.opened, (record.event for record in history.records), at)


def _told_late(history: History, after: State, at: datetime, recorded: datetime) -> State:
    """The state after an attempt, with what it has changed of what had happened by itself before it was recorded."""
    law, before = history.agreement, history.state
    if recorded <= at or not happens_by_itself(law):
        return replace(after, restated=before.restated)
    return replace(after, restated=(*before.restated, *lost(*known_at(law, (before, after), recorded), recorded)))


def _kept(before: History, after: History, answer: Acted | Refused) -> tuple[History, Acted | Refused | Malformed]:
    """The deal after an answer, or as it was before where what would follow from the act does not come to rest under
    every reading."""
    stuck = next((each for each in states_of(after.state) if each.restless), None)
    return (before, Malformed((restless(stuck),))) if stuck is not None else (after, answer)


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
    records = [record for record in history.records if known_at is None or record.recorded <= known_at]
    if len(records) == len(history.records) and as_of >= history.state.now:
        return advance(history.agreement, history.state, as_of)
    return advance(history.agreement, folded(history.agreement, history.opened, records, as_of), as_of)


def folded(agreement: Agreement, opened: Opened, records: Sequence[Record], as_of: datetime | None = None) -> State:
    """The state that records lead to, or lead to by an instant, in the order of the log, with all that is told of what
    was recorded late.

    Raises ValueError if the deal cannot be opened so.
    """
    state = fold(agreement, opened, (record.event for record in records), as_of)
    return replace(state, restated=restated(agreement, opened, records, as_of))
