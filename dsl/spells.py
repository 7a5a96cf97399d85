"""The times on record in which a clock stands still: what entries state in, spells and deadlines put off by them out.

Whoever tells of an interruption late says when it began. So these stops are not remembered when they are met, but read
from the entries that count, each time anew: one that is told late, corrected or withdrawn puts the deadline off by what
is now on record.
"""

from datetime import date, datetime

from dsl import terms as t
from dsl.calendars import end_of_day
from dsl.judge import Judge
from dsl.reasons import Gap
from dsl.state import Norm

Stop = tuple[datetime, datetime]
"""Since when a clock stood still, and when it went on."""


def spells(judge: Judge, window: t.Window, norm: Norm) -> tuple[tuple[datetime, datetime | None], ...]:
    """The spells that have been told of, in order; None for one of which the end is not known.

    A time that is counted from something stands still from then on at the earliest, any other since the norm began.
    """
    if window.spells is None:
        return ()
    start = judge.values.value(window.origin) if window.origin is not None else norm.began
    earliest = norm.began if isinstance(start, Gap) else judge.moment(start)
    found = []
    for entry in judge.values.taken(window.spells.entries):
        first, last = (judge.values.of_entry(entry, name) for name in (window.spells.first, window.spells.last))
        if not isinstance(first, date):
            continue
        begun = max(judge.moment(first), earliest)
        over = _over(judge, last) if isinstance(last, date) else None
        if over is None or over > begun:
            found.append((begun, over))
    judge.instants |= {begun for begun, over in found if over is None}
    return tuple(sorted(found, key=lambda each: each[0]))


def standing_still(judge: Judge, window: t.Window | None, norm: Norm) -> datetime | None:
    """Since when a clock stands still in a spell of which the end is not known; None if it runs, or had run out."""
    running = [
        begun
        for begun, over in (spells(judge, window, norm) if window is not None else ())
        if over is None and begun <= judge.now and (norm.due is None or begun <= norm.due)
    ]
    return min(running, default=None)


def all_stops(judge: Judge, window: t.Window, norm: Norm) -> tuple[Stop, ...]:
    """Every stop of a clock that is over, in order: what overlaps counts once."""
    told = ((begun, over) for begun, over in spells(judge, window, norm) if over is not None)
    merged: list[Stop] = []
    for begun, over in sorted((*norm.stops, *told)):
        if merged and begun <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], over))
        else:
            merged.append((begun, over))
    return tuple(merged)


def _over(judge: Judge, last: date) -> datetime:
    """When a spell is over: with an instant, or with the end of a day."""
    return last if isinstance(last, datetime) else end_of_day(last, judge.agreement.terms.zone)
