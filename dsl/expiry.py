"""Whether the time of a duty or power is over.

A day ends before the next one begins. So a duty whose last moment has just passed has been missed, also where with the
next day its clock stops, its condition ends, another section takes its place or its role is vacant. Only what came with
that very moment, as the end of a silence does, came in time.
"""

from dataclasses import replace
from functools import partial

from dsl import terms as t
from dsl.compile import FAILING
from dsl.edges import displacement
from dsl.judge import Judge
from dsl.lateness import open_lateness
from dsl.norms import Now, ranges_over
from dsl.owed import amount_gap
from dsl.past import then
from dsl.performance import is_open
from dsl.reasons import Truth, Wait
from dsl.state import Entry, Norm, State
from dsl.transitions import Case
from dsl.windows import TICK, clocked, window_of


def is_over(case: Case) -> Now | None:
    """Whether its time has passed, and nobody can say that it has not."""
    judge, before = case.judge, case.before
    norm = _run_out(case) or _late(case)
    if (
        norm is None
        or norm.due is None
        or _is_unknown(case, judge, norm)
        or _doubt(judge, case.provision, case.row, norm)
    ):
        return None
    status = "overdue" if isinstance(case.statement, t.Duty) else "discharged"
    at = max(norm.due, norm.began) if before.due in (None, norm.due) else judge.now
    beside = case.clock.beside if case.holds else None
    return Now(replace(norm, status=status, since=at, doubt=()), at=at, beside=beside)


def _run_out(case: Case) -> Norm | None:
    """A norm the last moment of which has just passed, its clock having run until then."""
    before, window = case.before, window_of(case.statement)
    if window is None or before.due is None or (before.stopped is not None and not before.in_spell):
        return None
    norm = clocked(case.judge, window, before, stopped=False)
    if norm.due is None or norm.due != case.state.now - TICK or norm.stopped is not None:
        return None
    goes_on = case.holds and case.clock.norm.stopped is None
    return norm if goes_on or then(case.judge, norm.due, partial(_was_in_force, case)) else None


def _was_in_force(case: Case, past: Judge) -> bool:
    """Whether a norm was in force at its last moment, with its clock running: what came with that moment counts."""
    provision, row, window = case.provision, case.row, window_of(case.statement)
    follows = provision.trigger is not None and not provision.latches and not provision.key.endswith(FAILING)
    asked = (provision.trigger if follows else None, window.stopped_while if window is not None else None)
    held, stopped = (past.judge(each).truth is Truth.TRUE if each is not None else None for each in asked)
    if held is False or stopped or (row is not None and not ranges_over(past.state, provision, past, row)):
        return False
    return displacement(case.law, past.state, provision.cited, row=row) is None


def _late(case: Case) -> Norm | None:
    """A norm whose time passed before, if its clock runs now and nothing stands in its way."""
    if not case.holds or case.clock.displaced is not None or case.clock.vacant is not None:
        return None
    norm = case.clock.norm
    return norm if norm.stopped is None and norm.due is not None and case.state.now > norm.due else None


def stands(case: Case) -> Now | None:
    """How its clock stands now, and why nobody is late although its time would be over."""
    if not case.holds:
        return None
    norm, judge = case.clock.norm, case.clock.judge
    running = norm.status == "active" and norm.stopped is None
    past = running and norm.due is not None and judge.now > norm.due
    doubt = _doubt(judge, case.provision, case.row, norm) if past else ()
    return Now(replace(norm, doubt=doubt), beside=case.clock.beside)


def has_just_been_missed(state: State, provision: t.Provision, row: Entry | None) -> bool:
    """Whether what follows from a missed duty comes of one whose last moment has just passed: what displaces its
    section from now on came after that."""
    if not provision.key.endswith(FAILING):
        return False
    duty = state.norm(provision.key.removesuffix(FAILING), row.number if row is not None else None)
    return duty is not None and duty.status == "overdue" and duty.due == duty.since == state.now - TICK


def _is_unknown(case: Case, judge: Judge, norm: Norm) -> bool:
    """Whether it is not known what is owed, or whether it has come about."""
    duty = case.statement
    open_result = isinstance(duty, t.Duty) and is_open(judge, duty)
    return open_result or amount_gap(judge, case.provision, norm) is not None


def _doubt(judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm) -> tuple[Wait, ...]:
    """What has to be known before it can be said whether somebody is late with a duty whose time would be over."""
    duty = provision.statement
    why = open_lateness(judge, provision, row)
    if why is None and isinstance(duty, t.Duty) and is_open(judge, duty):
        assert isinstance(duty.act, t.Ensure)
        why = judge.as_it_stands(duty.act.condition)
    gap = amount_gap(judge, provision, norm)
    open_amount = gap.waits if gap is not None and gap.truth is Truth.OPEN else ()
    if why is None:
        return open_amount
    return tuple(dict.fromkeys((*why.awaited(), *open_amount))) or (Wait("figure", why.text, section=why.section),)
