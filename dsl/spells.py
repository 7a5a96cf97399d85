"""The times on record in which a clock stands still: what entries state in, spells and deadlines put off by them out.

Whoever tells of an interruption late says when it began. So these stops are not remembered when they are met, but read
from the entries that count, each time anew: one that is told late, corrected or withdrawn puts the deadline off by what
is now on record.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.calendars import end_of_day
from dsl.reasons import Gap, Reason, Truth, gap_reason, joined
from dsl.state import Entry, Norm

if TYPE_CHECKING:
    from dsl.judge import Judge

Stop = tuple[datetime, datetime]
"""Since when a clock stood still, and when it went on."""


def spells(judge: "Judge", window: t.Window, norm: Norm) -> tuple[tuple[datetime, datetime | None], ...]:
    """The spells that have been told of, in order; None for one of which the end is not known.

    A time that is counted from something stands still from then on at the earliest, any other since the norm began.
    """
    if window.spells is None:
        return ()
    earliest = _earliest(judge, window, norm)
    found = []
    for entry in judge.values.taken(window.spells.entries):
        first, last = _edges(judge, window.spells, entry)
        if not isinstance(first, date):
            continue
        begun = max(judge.moment(first), earliest)
        over = _over(judge, last) if isinstance(last, date) else None
        if over is None or over > begun:
            found.append((begun, over))
    judge.instants |= {begun for begun, over in found if over is None}
    return tuple(sorted(found, key=lambda each: each[0]))


def open_spell(judge: "Judge", window: t.Window | None, norm: Norm | None) -> Reason | None:
    """Why it is open how long a clock has stood still: whether an entry tells of it, or where that begins or ends,
    rests on a blank or a reading. None if that is known, or what is open lies wholly outside the time of the norm."""
    if window is None or window.spells is None or norm is None:
        return None
    told = window.spells
    about = judge.values.open_about(told.entries)
    if about is not None:
        return gap_reason(told, about)
    maybe = [
        (entry, Gap(Truth.OPEN, tuple(dict.fromkeys(reason.awaited()))))
        for entry, reason in judge.values.unsure(told.entries)
    ]
    sure = [(entry, _open_edge(_edges(judge, told, entry))) for entry in judge.values.taken(told.entries)]
    for entry, gap in (*maybe, *sure):
        if gap is not None and _may_matter(judge, window, norm, _edges(judge, told, entry)):
            return gap_reason(told, gap)
    return None


def _edges(judge: "Judge", told: t.Spells, entry: Entry) -> tuple[t.Content | Gap, t.Content | Gap]:
    return judge.values.of_entry(entry, told.first), judge.values.of_entry(entry, told.last)


def _open_edge(edges: tuple[t.Content | Gap, t.Content | Gap]) -> Gap | None:
    found = [each for each in edges if isinstance(each, Gap)]
    return joined(*found) if any(each.truth is Truth.OPEN for each in found) else None


def _may_matter(judge: "Judge", window: t.Window, norm: Norm, edges: tuple[t.Content | Gap, t.Content | Gap]) -> bool:
    """Whether a spell may lie within the time of a norm, as far as it is known: it must have begun before that ends,
    and be over after it begins."""
    first, last = edges
    if isinstance(first, date):
        within = norm.due is None or judge.moment(first) <= norm.due
    else:
        within = isinstance(first, Gap) and first.truth is Truth.OPEN
    return within and not (isinstance(last, date) and _over(judge, last) <= _earliest(judge, window, norm))


def _earliest(judge: "Judge", window: t.Window, norm: Norm) -> datetime:
    """From when on a clock can stand still."""
    start = judge.values.value(window.origin) if window.origin is not None else norm.began
    return norm.began if isinstance(start, Gap) else judge.moment(start)


def standing_still(judge: "Judge", window: t.Window | None, norm: Norm) -> datetime | None:
    """Since when a clock stands still in a spell of which the end is not known; None if it runs, or had run out."""
    running = [
        begun
        for begun, over in (spells(judge, window, norm) if window is not None else ())
        if over is None and begun <= judge.now and (norm.due is None or begun <= norm.due)
    ]
    return min(running, default=None)


def all_stops(judge: "Judge", window: t.Window, norm: Norm) -> tuple[Stop, ...]:
    """Every stop of a clock that is over, in order: what overlaps counts once."""
    told = ((begun, over) for begun, over in spells(judge, window, norm) if over is not None)
    merged: list[Stop] = []
    for begun, over in sorted((*norm.stops, *told)):
        if merged and begun <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], over))
        else:
            merged.append((begun, over))
    return tuple(merged)


def _over(judge: "Judge", last: date) -> datetime:
    """When a spell is over: with an instant, or with the end of a day."""
    return last if isinstance(last, datetime) else end_of_day(last, judge.agreement.terms.zone)
