"""What leaves doubt behind: the times in which it was open whether what a sentence says came about.

That is noted whenever a provision comes to rest (`following.py`), and read when it is asked whether it may have come
(`doubt.py`): a condition that is open today and false tomorrow, whatever the reading, may have been met today.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl import terms as t
from dsl.compile import FAILING, Agreement, survives
from dsl.days import window_end
from dsl.doubt import asked_for
from dsl.edges import displacement, unmet
from dsl.ending import may_have_ended
from dsl.judge import Judge
from dsl.lapsed import done_at
from dsl.norms import judge_for
from dsl.perhaps import may_be_short
from dsl.possible import doubtful
from dsl.reasons import Gap, Reason, Truth, Wait, so_far
from dsl.records import Doubt, Stance
from dsl.settling import unsettled
from dsl.state import Entry, State, key_of
from dsl.windows import TICK, deadline, window_of
from dsl.worlds import is_too_much

_Found = tuple[tuple[Stance, ...], tuple[Wait, ...]]
"""How the condition of something stands under each reading, none where it holds and what stands in its way is open;
and what would settle it."""


def noted(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """The state in which it is on record whether it is open now that what a provision says has come for a row."""
    if isinstance(provision.statement, t.Binding) and not provision.latches and provision.key not in law.of_today:
        return state
    number = row.number if row is not None else None
    own = state.doubts_of(provision.key).get(key_of(provision.key, number), ())
    if not own and not unsettled(law, state):
        return state
    after = _after(law, state, provision, row, own)
    return state.with_doubts(provision.key, number, after) if after != own else state


def _after(
    law: Agreement, state: State, provision: t.Provision, row: Entry | None, own: tuple[Doubt, ...]
) -> tuple[Doubt, ...]:
    """The times of doubt for a row, by what is so now: what has come leaves none of the time that led to it."""
    number, running = row.number if row is not None else None, own[-1] if own and own[-1].over is None else None
    if done_at(state, provision.key, number) is not None:
        return () if provision.latches else _before_spell(own)
    over = state.terminated is not None and not survives(law, provision.cited)
    found = _open(judge_for(law, state, provision, row), provision, row) if not over else None
    if found is not None and running is not None and found == (running.worlds, running.waits):
        same = running.since == state.now or all(each.truth is not Truth.OPEN for each in found[0])
        return own if same else (*own[:-1], replace(running, over=state.now), replace(running, since=state.now))
    ended = (*own[:-1], *_ended(state, running)) if running is not None else own
    if found is None:
        return ended
    return (*ended, Doubt(number, state.now, *found, unfollowed=_is_unfollowed(law, state, provision, found[1])))


def _is_unfollowed(law: Agreement, state: State, provision: t.Provision, waits: tuple[Wait, ...]) -> bool:
    """Whether no world follows what something rests on that is open: a blank can hold anything, and there are so many
    worlds at most. What follows from a duty rests on what that rests on."""
    if any(wait.what == "blank" or is_too_much(law.terms, state, wait.about) for wait in waits):
        return True
    duty = provision.key.removesuffix(FAILING)
    doubts = state.doubts_of(duty).values() if duty != provision.key else ()
    return any(each.unfollowed for own in doubts for each in own)


def _ended(state: State, running: Doubt) -> tuple[Doubt, ...]:
    """A time of doubt that is over now. What was open of what stood in the way was so until now: if it has just been
    settled, it is known of all that time."""
    chosen, filled = (
        {wait.about for wait in running.waits if wait.what == what} & {*known}
        for what, known in (("reading", state.choices), ("blank", state.blanks))
    )
    settled = bool(chosen or filled)
    return () if settled and not running.worlds else (replace(running, over=state.now),)


def _before_spell(doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """The times of doubt before those that went on one after the other until now."""
    if not doubts or doubts[-1].over is not None:
        return doubts
    last = len(doubts) - 1
    while last and doubts[last - 1].over == doubts[last].since:
        last -= 1
    return doubts[:last]


def _open(judge: Judge, provision: t.Provision, row: Entry | None) -> _Found | None:
    """Why it is open whether something comes now; None if that is not open."""
    if provision.key.endswith(FAILING):
        failed = judge.state.norm(provision.key.removesuffix(FAILING), row.number if row is not None else None)
        if failed is not None and failed.status == "active" and failed.doubt:
            return (), failed.doubt
        if failed is None or failed.status == "dormant":
            return _perhaps_missed(judge, provision, row)
        late = failed.status == "overdue"
        return _held(judge, provision, row) if late else None
    met = judge.state.watch.met if judge.state.watch is not None else None
    if met is not None and met.truth is not Truth.TRUE and so_far(met) is not Truth.OPEN:
        return None
    truth, reasons = _asked(judge, provision, row)
    if truth is Truth.OPEN and not isinstance(provision.statement, t.Binding) and _is_displaced(judge, provision, row):
        return None
    if truth is Truth.OPEN:
        return tuple(_worlds(judge, provision, row)), _waits(reasons)
    return _held(judge, provision, row) if truth is Truth.TRUE else None


def _perhaps_missed(judge: Judge, failing: t.Provision, row: Entry | None) -> _Found | None:
    """Why it is open whether a duty has been missed that is not known to be in force; None if it has not, as its time
    would not be over."""
    duty = judge.agreement.by_key[failing.key.removesuffix(FAILING)]
    window = window_of(duty.statement)
    why = tuple(reason for _, reason in doubtful(replace(judge, rows={}), duty, row))
    if window is None or not why:
        return None
    judge = replace(judge, rows={}) if row is None else judge.with_row(row)
    doubts = judge.state.doubts_of(duty.key).get(key_of(duty.key, row.number if row is not None else None), ())
    since = min((each.since for each in doubts), default=row.at if row is not None else judge.state.opened)
    end, due = window_end(judge, window, since), deadline(judge, window, since)
    if due is not None and due >= judge.now:
        judge.instants.add(due + TICK)
        return None
    return ((), _waits(why)) if due is not None or (isinstance(end, Gap) and end.truth is Truth.OPEN) else None


def _asked(judge: Judge, provision: t.Provision, row: Entry | None) -> tuple[Truth, tuple[Reason, ...]]:
    return asked_for(judge, provision, _picked(judge, provision, row))


def _worlds(judge: Judge, provision: t.Provision, row: Entry | None) -> Iterator[Stance]:
    """How the condition of a sentence stands under each reading that it rests on."""
    truth, reasons = _asked(judge, provision, row)
    names = (wait.about for wait in _waits(reasons) if wait.what == "reading" and wait.about not in judge.assumed)
    name = next(names, "") if truth is Truth.OPEN else ""
    if not name:
        yield Stance(tuple(judge.assumed.items()), truth)
        return
    for reading in judge.agreement.terms.ambiguities[name].readings:
        yield from _worlds(replace(judge, assumed={**judge.assumed, name: reading}), provision, row)


def _picked(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """Why a row may be none, or is none; None if it is one."""
    if row is None or provision.rows is None:
        return None
    picked = judge.values.selects(provision.rows, row)
    if picked is Truth.OPEN:
        return next((why for _, why in judge.values.unsure(provision.rows, among=(row,))), None)
    return Reason(picked, provision.text) if picked is not Truth.TRUE else None


def _is_displaced(judge: Judge, provision: t.Provision, row: Entry | None) -> bool:
    """Whether a section above keeps from happening what would happen by itself, whether its condition is met or not."""
    return displacement(judge.agreement, judge.state, provision.cited, row=row) is not None


def _held(judge: Judge, provision: t.Provision, row: Entry | None) -> _Found | None:
    """Why it is open whether anything stands in the way of something whose condition holds; None if that is not."""
    if _is_displaced(judge, provision, row):
        return None
    displaced = displacement(judge.agreement, judge.state, provision.cited, row=row, truth=Truth.OPEN)
    needed = unmet(judge, provision.cited, row)
    if needed is not None and needed[1].truth is not Truth.OPEN:
        return None
    happens = not isinstance(provision.statement, t.Binding | t.Terminates)
    ended = may_have_ended(judge, provision.cited) if happens else None
    found = (*(each[1] for each in (displaced, needed) if each is not None), *((ended,) if ended is not None else ()))
    short = may_be_short(judge, provision)
    waits = _waits((*found, short) if short is not None else found)
    return ((), waits) if waits else None


def _waits(reasons: tuple[Reason, ...]) -> tuple[Wait, ...]:
    return tuple(dict.fromkeys(wait for each in reasons for wait in each.awaited()))
