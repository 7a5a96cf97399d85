"""Whether anybody is late: not while a clock stands still, nor while it is open whether it does or all has ended."""

from datetime import datetime

from dsl import terms as t
from dsl.edges import displacement
from dsl.ending import may_have_ended
from dsl.judge import Judge
from dsl.reasons import Reason, Truth
from dsl.spells import open_spell
from dsl.state import Entry, Norm
from dsl.windows import window_of


def open_lateness(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """Why it is open whether a time that would be over is: its clock may stand still, or the agreement have ended."""
    maybe = displacement(judge.agreement, judge.state, provision.cited, row=row, truth=Truth.OPEN)
    if maybe is not None:
        return maybe[1]
    window = window_of(provision.statement)
    if window is not None and window.stopped_while is not None:
        stopping = judge.as_it_stands(window.stopped_while)
        if stopping.truth is Truth.OPEN:
            return stopping
    norm = judge.state.norm(provision.key, row.number if row is not None else None)
    return open_spell(judge, window, norm) or may_have_ended(judge, provision.cited)


def counted_at(judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm, at: datetime) -> datetime:
    """When something that was done at an instant counts as done: in time, while nobody is late with it."""
    if norm.status == "overdue" or norm.due is None or at <= norm.due:
        return at
    stands_still = norm.stopped is not None and norm.stopped <= norm.due
    return norm.due if stands_still or open_lateness(judge, provision, row) is not None else at
