"""Whether anybody is late: not while a clock stands still, nor while it is open whether it does, whether all has ended,
or whether who would be late has been discharged."""

from dataclasses import replace
from datetime import datetime

from dsl import terms as t
from dsl.bearing import bearers, named_by
from dsl.edges import displacement, unmet
from dsl.ending import asked_of_rows, may_have_ended, undecided
from dsl.judge import Judge
from dsl.lapsed import done_at
from dsl.reasons import Gap, Reason, Truth, all_of, gap_reason
from dsl.spells import open_spell
from dsl.state import Entry, Norm
from dsl.windows import window_of


def open_lateness(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """Why it is open whether a time that would be over is: its clock may stand still, the agreement have ended, or who
    would be late have been discharged."""
    maybe = displacement(judge.agreement, judge.state, provision.cited, row=row, truth=Truth.OPEN)
    if maybe is not None:
        return maybe[1]
    needed = unmet(judge, provision.cited, row)
    if needed is not None and needed[1].truth is Truth.OPEN:
        return needed[1]
    window = window_of(provision.statement)
    if window is not None and window.stopped_while is not None:
        stopping = judge.as_it_stands(window.stopped_while)
        if stopping.truth is Truth.OPEN:
            return stopping
    norm = judge.state.norm(provision.key, row.number if row is not None else None)
    return (
        open_spell(judge, window, norm)
        or may_have_ended(judge, provision.cited)
        or _may_be_freed(judge, provision, norm)
    )


def _may_be_freed(judge: Judge, provision: t.Provision, norm: Norm | None) -> Reason | None:
    """Why it is open whether those who bear a duty have been discharged from it; None if that is not open.

    A discharge does not concern the duties of its own section, and leaves bound whoever is bound beside the one freed.
    One that was open when a time was over, and of which it is now known that it frees, comes before anybody is late.
    """
    duty = provision.statement
    names = bearers(judge, duty) if isinstance(duty, t.Duty) else ()
    bound = {each for name in names for each in judge.agreement.members(name)}
    for other in judge.agreement.provisions if bound else ():
        frees = other.statement
        if not isinstance(frees, t.Discharges) or other.section == provision.section:
            continue
        for inner, asked, why in asked_of_rows(replace(judge, rows={}), other):
            who = inner.values.value(frees.who) if frees.who is not None else None
            reasons = (*why, gap_reason(other, who)) if isinstance(who, Gap) else why
            truth = all_of((asked, who.truth)) if isinstance(who, Gap) else asked
            freed = (frees.name,) if frees.who is None else named_by(inner, frees.who)
            free = {each for name in freed for each in judge.agreement.members(name)} | judge.state.discharged.keys()
            row = next(iter(inner.rows.values()), None)
            happened = done_at(judge.state, other.key, row.number if row is not None else None) is not None
            comes = truth is Truth.TRUE and norm is not None and bool(norm.doubt) and not happened
            if (truth is Truth.OPEN or comes) and (isinstance(who, Gap) or bound <= free):
                return undecided(other, truth, reasons, "whether this frees who bears the duty is open")
    return None


def counted_at(judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm, at: datetime) -> datetime:
    """When something that was done at an instant counts as done: in time, while nobody is late with it."""
    if norm.status == "overdue" or norm.due is None or at <= norm.due:
        return at
    stands_still = norm.stopped is not None and norm.stopped <= norm.due
    return norm.due if stands_still or open_lateness(judge, provision, row) is not None else at
