"""The windows of duties and powers: the last instant at which an act is timely, and clocks that go on after a stop."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from dsl import terms as t
from dsl.basis import period_after, reads_today
from dsl.calendars import Indeterminate, end_of_day, local_date, start_of_day
from dsl.counting import put_off
from dsl.days import length_now, window_end
from dsl.edges import held_back
from dsl.judge import Judge
from dsl.reasons import Gap
from dsl.spells import all_stops, standing_still
from dsl.state import Entry, Norm

TICK = timedelta(microseconds=1)


def deadline(judge: Judge, window: t.Window, since: datetime) -> datetime | None:
    """The last instant at which an act is timely; None if none is fixed, or it is not known yet."""
    end = window_end(judge, window, since)
    return None if end is None or isinstance(end, Gap) else _last_moment(judge, window, end)


def _last_moment(judge: Judge, window: t.Window, end: t.Content) -> datetime:
    strictly, zone = window.within is None and window.strictly_before, judge.agreement.terms.zone
    if isinstance(end, datetime):
        return end - TICK if strictly else end
    assert isinstance(end, date)
    return (start_of_day(end, zone) if strictly else end_of_day(end, zone)) - TICK


def window_of(statement: t.Statement) -> t.Window | None:
    """The window of a duty or power."""
    return statement.window if isinstance(statement, t.Duty | t.Power) else None


def opening_of(statement: t.Duty | t.Power) -> t.Value | None:
    """Before what an act is too early: a duty may be performed before its time begins, a power not used."""
    window = statement.window
    begins = window.origin if isinstance(statement, t.Power) and window.within is not None else None
    return window.not_before if window.not_before is not None else begins


def runs_from_trigger(window: t.Window | None) -> bool:
    """Whether a time is counted from when the duty or power comes into force."""
    return window is not None and window.within is not None and window.origin is None


def follows(judge: Judge, window: t.Window) -> bool:
    """Whether a deadline names a time that may change; what is counted from its own beginning, or today, is fixed."""
    named = (window.by, window.origin, window.not_before)
    said = [each for each in named if each is not None]
    return bool(said) and not any(reads_today(judge.agreement.terms, each) for each in said)


def timed(judge: Judge, window: t.Window, norm: Norm) -> Norm:
    """A norm with its deadline: as its words name it now, put off for as long as its clock has stood still.

    What its words name is fixed for a duty that is overdue; its stops are as they are now on record.
    """
    fixed = norm.named is not None and (norm.status == "overdue" or not follows(judge, window))
    named = norm.named if fixed else deadline(judge, window, norm.began)
    due: datetime | Indeterminate | None = named
    for stopped, on in all_stops(judge, window, norm):
        due = _put_off(judge, window, due, stopped, on) if isinstance(due, datetime) else due
    return replace(norm, named=named, due=due if isinstance(due, datetime) else None)


def begun(judge: Judge, window: t.Window | None, norm: Norm, row: Entry | None) -> Norm:
    """A norm that begins, with its deadline: for a day that waited for a suspension to end the clock stood still."""
    if window is None:
        return norm
    due = deadline(judge, window, norm.began)
    norm = replace(norm, due=due, named=due)
    since = held_back(judge.agreement, judge.state, row) if follows(judge, window) else None
    if since is None or row is None:
        return norm
    return timed(judge, window, replace(norm, stops=((since, row.at),)))


def clocked(judge: Judge, window: t.Window | None, norm: Norm, stopped: bool) -> Norm:
    """A norm with its clock stopped, or going on where it is not `stopped`, and its deadline.

    A sum that was not known when a time began to run with it has its whole time once it is known.
    """
    if stopped:
        stands = norm.stopped is not None and not norm.in_spell
        return norm if stands else replace(norm, stopped=judge.now, in_spell=False)
    if norm.stopped is not None and not norm.in_spell:
        anew = norm.due is None and runs_from_trigger(window) and norm.stopped <= norm.began
        norm = replace(norm, stopped=None, began=judge.since) if anew else _resumed(judge, window, norm, norm.stopped)
    if window is None or (norm.stopped is not None and not norm.in_spell):
        return norm
    if norm.status in ("active", "suspended") or (norm.status == "overdue" and window.spells is not None):
        norm = timed(judge, window, norm)
    still = standing_still(judge, window, norm)
    return replace(norm, stopped=still, in_spell=still is not None)


def _resumed(judge: Judge, window: t.Window | None, norm: Norm, stopped: datetime) -> Norm:
    """A norm whose clock goes on; it stands still as long as the calendar does not know which days these are.

    A deadline that is not known yet will be put off by the stop, once it is.
    """
    if window is None or (norm.due is not None and norm.due < stopped):
        return replace(norm, stopped=None)
    if norm.due is not None and isinstance(_put_off(judge, window, norm.due, stopped, judge.now), Indeterminate):
        return norm
    return replace(norm, stopped=None, stops=(*norm.stops, (stopped, judge.now)))


def _put_off(
    judge: Judge, window: t.Window, due: datetime, stopped: datetime, resumed: datetime
) -> datetime | Indeterminate:
    """A deadline after its clock stood still: hours by that time, days by the days at whose end it stood still."""
    if due < stopped:
        return due
    by = judge.values.value(window.by) if window.by is not None else None
    if isinstance(by, datetime) if window.within is None else not window.within.unit.in_days:
        return due + (resumed - stopped)
    zone = judge.agreement.terms.zone
    counted_in = window.within if window.within is not None else period_after(judge.agreement.terms, window.by)
    period = length_now(judge.values, counted_in) if counted_in is not None else None
    if isinstance(period, Gap):
        return due
    calendar = (period.calendar if period is not None else None) or judge.agreement.terms.calendar
    last, then, now = (local_date(each, zone) for each in (due, stopped, resumed))
    moved = put_off(last, then, now, period is not None and period.unit.of_business, calendar)
    return moved if isinstance(moved, Indeterminate) else end_of_day(moved, zone) - TICK
