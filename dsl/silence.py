"""Silence as a condition: for how long nobody has done something, with a clock that each act sets back.

It is pending while the time runs, and true from its end until the next act; that one starts the time anew.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.days import counted
from dsl.entries import effect_instant, stage_instant
from dsl.reasons import Gap, Reason, Truth, Wait, gap_reason
from dsl.unattended import Counted, attended

if TYPE_CHECKING:
    from dsl.judge import Judge

_INSTANT = timedelta(microseconds=1)


def silent(judge: "Judge", condition: t.Silent) -> Reason:
    """Whether the time since the last act is over; open or pending where it is not known from when it counts."""
    last = last_act(judge, condition)
    if isinstance(last, Gap):
        return gap_reason(condition, last)
    start, told = last
    ends = counted(judge.values, start, condition.period)
    if not isinstance(ends, Gap) and condition.stage != "withdrawn":
        ends = attended(judge, Counted(condition.entries, condition.actor, start, condition.period), ends)
    if isinstance(ends, Gap):
        return gap_reason(condition, ends)
    over = judge.end(ends) + _INSTANT
    note = f"{told}, {judge.say(start)}; until {judge.say(ends)}"
    judge.watch_end(over)
    if judge.now >= over:
        return Reason(Truth.TRUE, condition.text, note=note)
    wait = Wait("time", f"{condition.text}, until {judge.say(ends)}", at=over)
    return Reason(Truth.PENDING, condition.text, note=note, waits=(wait,))


def last_act(judge: "Judge", condition: t.Silent) -> tuple[t.Content, str] | Gap:
    """From when a silence counts, and why then: the last act, or what it counts from before the first."""
    undecided = judge.values.undecided(condition.entries)
    if undecided is not None:
        return undecided
    start, told = _beginning(judge, condition)
    if isinstance(start, Gap):
        return start
    for entry in judge.values.selected(condition.entries, also_withdrawn=condition.stage == "withdrawn"):
        reached = stage_instant(judge.agreement, entry, condition.stage, condition.actor)
        if reached is not None and reached > judge.now:
            judge.instants.add(reached)
        elif reached is not None and reached >= judge.moment(start):
            start, told = reached, f'the last was "{entry.name}"'
    return start, told


def _beginning(judge: "Judge", condition: t.Silent) -> tuple[t.Content | Gap, str]:
    if condition.origin is not None:
        return judge.values.value(condition.origin), "none yet since it began"
    about = judge.values.entry(condition.entries.about) if condition.entries.about is not None else None
    if isinstance(about, Gap):
        return about, ""
    if about is None:
        return judge.state.opened, "none yet since the opening"
    taken: datetime | None = effect_instant(judge.agreement, about)
    wait = Gap(Truth.PENDING, (Wait("act", f'"{about.name}" has not taken effect'),))
    return wait if taken is None else taken, f'none yet since "{about.name}"'
