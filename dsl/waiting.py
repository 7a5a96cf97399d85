"""The agenda: every instant ahead at which something that is waited for comes, derived from what is judged.

What each provision waits for is worked out when it comes to rest and kept with the state; for a state that is not known
to be at rest it is worked out for all of them.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from dsl import terms as t
from dsl.awake import is_at_rest, units
from dsl.compile import FAILING, Agreement, survives
from dsl.consequences import Carrying
from dsl.edges import edges_over
from dsl.judge import Judge
from dsl.lapsed import done_at
from dsl.load import amended
from dsl.memory import Watch
from dsl.norms import judge_for, ranges_over
from dsl.owed import amount_gap, waits_for_cap
from dsl.reasons import Truth
from dsl.recurrence import ahead
from dsl.spells import spells
from dsl.state import Entry, State, key_of
from dsl.windows import TICK, window_of
from dsl.worlds import states_of


def waits(
    carried_out: Carrying, law: Agreement, state: State, provision: t.Provision, number: int, watch: Watch
) -> set[datetime]:
    """The instants ahead at which something that a provision waits for comes, for one row; `watch` sees all reads.

    Here and below what would happen is found by letting it be `carried_out`.
    """
    asking = Watch()
    judge = Judge(law, state.watched(asking), state.now)
    row = judge.state.entry(number) if number else None
    latched = provision.latches and done_at(state, provision.key, number or None) is not None
    if row is None or ranges_over(judge.state, provision, judge, row):
        inner = judge if row is None else judge.with_row(row)
        ended = state.terminated is not None and not survives(law, provision.cited)
        holds = not latched and not ended
        if provision.trigger is not None and holds:
            holds = inner.judge(provision.trigger).truth is Truth.TRUE
        elif provision.key.endswith(FAILING):
            failed = inner.state.norm(provision.key.removesuffix(FAILING), number or None)
            holds = holds and failed is not None and failed.status == "overdue"
        if holds and not isinstance(provision.statement, t.Binding):
            carried_out(law, inner.state, provision, row)
        for edge in edges_over(law, provision.cited, row):
            if edge.condition is not None:
                inner.judge(edge.condition)
        window = window_of(provision.statement)
        if window is not None and window.stopped_while is not None:
            inner.judge(window.stopped_while)
        act = getattr(provision.statement, "act", None)
        if isinstance(act, t.Ensure):
            inner.judge(act.condition)
            if window is not None and window.not_before is not None:
                inner.judge(t.Arrived(window.text, provision.span, window.not_before, "come"))
        owed = getattr(getattr(provision.statement, "act", None), "amount", None)
        if owed is not None and (provision.key in law.daily or _unknown(law, state, provision, row)):
            inner.values.value(owed)
    norm = judge.state.norm(provision.key, number or None)
    running = window_of(provision.statement)
    if norm is not None and running is not None:
        spells(judge if row is None else judge.with_row(row), running, norm)
    if norm is not None:
        waits_for_cap(judge if row is None else judge.with_row(row), provision, norm, row)
    due = {norm.due + TICK} if norm is not None and norm.due is not None and norm.status == "active" else set()
    watch.reads.update(asking.reads)
    return asking.instants | due


def _unknown(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> bool:
    """Whether a duty to pay or to hold waits until its amount is known."""
    norm = state.norms.get(key_of(provision.key, row.number if row is not None else None))
    live = norm is not None and norm.live
    if norm is not None and live and isinstance(getattr(provision.statement, "act", None), t.Hold):
        return norm.owed is None
    return norm is not None and live and amount_gap(judge_for(law, state, provision, row), provision, norm) is not None


def instants_ahead(carried_out: Carrying, agreement: Agreement, state: State) -> tuple[datetime, ...]:
    """Every instant of the agenda, in order, in whatever world of a state."""
    found: set[datetime] = set()
    for each in states_of(state):
        law = amended(agreement, each.enacted)
        kept = each.memory.agenda() if is_at_rest(law, each) else _worked_out(carried_out, law, each)
        found |= {*_recurring(law, each), *kept}
    return tuple(sorted(found))


def next_instant(carried_out: Carrying, agreement: Agreement, state: State) -> datetime | None:
    """The first instant of the agenda; None if nothing waits for a time."""
    found: list[datetime] = []
    for each in states_of(state):
        law = amended(agreement, each.enacted)
        kept = each.memory.agenda() if is_at_rest(law, each) else iter(sorted(_worked_out(carried_out, law, each)))
        found += [*_recurring(law, each), *islice(kept, 1)]
    return min(found, default=None)


def _recurring(law: Agreement, state: State) -> Iterator[datetime]:
    judge = Judge(law, state, state.now)
    found = {*ahead(law, state, judge), *judge.instants}
    return (instant for instant in found if instant > state.now)


def _worked_out(carried_out: Carrying, law: Agreement, state: State) -> Iterator[datetime]:
    for provision in law.provisions:
        for number in units(provision, state):
            yield from (each for each in waits(carried_out, law, state, provision, number, Watch()) if each > state.now)
    yield from (entry.given for entry in state.entries if entry.given is not None and entry.given > state.now)
