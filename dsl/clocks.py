"""The clock of a norm: by what it is stopped now, and the norm with it stopped or going on."""

from dataclasses import dataclass, replace
from datetime import datetime

from dsl import terms as t
from dsl.bearing import bearers, nobody_there
from dsl.edges import displacement, unmet
from dsl.holders import vacancy
from dsl.judge import Judge
from dsl.norms import what_binds
from dsl.owed import amount_gap
from dsl.reasons import Reason, Truth
from dsl.state import Entry, Norm
from dsl.windows import clocked, deadline, follows, runs_from_trigger, window_of


@dataclass(frozen=True, slots=True)
class Clock:
    """A norm with its clock as it stands at this moment, by what it is displaced, and who is not there to do it.

    `resumed` is whether one that is overdue turns out to be in time; if not, `beside` tells that it stays overdue
    although the time that it names has been put off.
    """

    judge: Judge
    norm: Norm
    displaced: tuple[t.Edge, Reason] | None
    vacant: Reason | None
    resumed: bool
    beside: tuple[str, str] | None


def clock_of(judge: Judge, provision: t.Provision, row: Entry | None, before: Norm) -> Clock:
    """The clock of a norm at this moment."""
    norm, displaced, vacant = with_clock(judge, provision, row, before)
    window, beside = window_of(provision.statement), None
    late = window is not None and norm.status == "overdue"
    resumed = late and runs_again(before, norm, judge.now)
    if window is not None and late and not resumed:
        assert isinstance(provision.statement, t.Binding)
        named = deadline(judge, window, norm.began) if follows(judge, window) else norm.named
        if named is not None and norm.named is not None and named > norm.named:
            told = f"{what_binds(provision.statement)} stays overdue, though its time would now end at"
            norm, beside = replace(norm, named=named), (f"{told} {judge.say(named)}", "its time had passed")
    return Clock(judge, norm, displaced, vacant, resumed, beside)


def with_clock(
    judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm
) -> tuple[Norm, tuple[t.Edge, Reason] | None, Reason | None]:
    """A norm with its clock stopped or going on, by what it is displaced, and who is not there to do it.

    Nobody is late with what an edge by condition holds back; while it is open whether it does, lateness waits.
    """
    displaced = displacement(judge.agreement, judge.state, provision.cited, row=row)
    window = window_of(provision.statement)
    stopping = window.stopped_while if window is not None else None
    halted = stopping is not None and judge.judge(stopping).truth is Truth.TRUE
    vacant = _vacancy(judge, provision)
    halted = halted or vacant is not None or _lacks_somebody(judge, provision)
    needed = unmet(judge, provision.cited, row) if window is not None and displaced is None else None
    halted = halted or (needed is not None and needed[1].truth is not Truth.OPEN)
    unknown = runs_from_trigger(window) and amount_gap(judge, provision, norm) is not None
    stopped = displaced is not None or halted or unknown
    return clocked(judge, window, norm, stopped), displaced, vacant


def _vacancy(judge: Judge, provision: t.Provision) -> Reason | None:
    """Why what a duty or power is for cannot be done: a ban binds whoever comes."""
    statement = provision.statement
    return nobody_there(judge, statement) if isinstance(statement, t.Duty | t.Power) else None


def _lacks_somebody(judge: Judge, provision: t.Provision) -> bool:
    """Whether one of several who must each enter something is vacant: the others may, and the clock stands still."""
    duty = provision.statement
    if not isinstance(duty, t.Duty) or duty.jointly or not isinstance(duty.act, t.Enter):
        return False
    return any(vacancy(judge, (name,)) is not None for name in bearers(judge, duty))


def runs_again(before: Norm, norm: Norm, now: datetime) -> bool:
    """Whether what is on record about a duty that is overdue says that its time was not over."""
    later = norm.due is not None and before.due is not None and norm.due > before.due and norm.due >= now
    return norm.in_spell or later


def next_one(judge: Judge, provision: t.Provision, norm: Norm) -> Norm:
    """A duty that is owed more than once, with the time of the next once the one before is done: it is counted from
    when that came to be owed, and put off by what has stopped its clock since."""
    (since, _), *rest = norm.more
    window = window_of(provision.statement)
    assert window is not None
    made = isinstance(getattr(provision.statement, "act", None), t.Enter)
    named = deadline(judge, window, since)
    return replace(
        norm,
        status="active",
        since=judge.now,
        began=judge.now if made else since,
        entries_before=len(judge.state.entries),
        due=named,
        named=named,
        stops=tuple(stop for stop in norm.stops if stop[1] > since),
        by=(),
        more=tuple(rest),
    )
