"""Whether the agreement has ended: true, false, or open while its end rests on a blank or a reading."""

from dataclasses import replace
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.reasons import Reason, Truth, plain_reason

if TYPE_CHECKING:
    from dsl.judge import Judge


def has_ended(judge: "Judge", condition: t.Terminated) -> Reason:
    """Whether the agreement has terminated; a sentence that ends it once it has ended asks for what has been so far."""
    undecided = None if judge.ending else open_ending(judge)
    if undecided is None:
        return plain_reason(condition, judge.state.terminated is not None)
    found = undecided.truth, condition.text, undecided.section, undecided.note, undecided.waits
    return Reason(*found, (undecided,))


def open_ending(judge: "Judge") -> Reason | None:
    """Why it cannot be said whether the agreement has ended: a termination that rests on a blank or a reading.

    Under a reading that is assumed, it is the termination that there would have been.
    """
    if judge.state.terminated is not None:
        return None
    within = replace(judge, rows={}, so_far=False, ending=True)
    for provision in judge.agreement.provisions:
        if not isinstance(provision.statement, t.Terminates) or provision.trigger is None:
            continue
        rows = (None,) if provision.rows is None else within.values.selected(provision.rows)
        for row in rows:
            reason = (within if row is None else within.with_row(row)).judge(provision.trigger)
            if reason.truth is Truth.OPEN or (reason.truth is Truth.TRUE and judge.assumed):
                note = "whether the agreement has terminated is open"
                return Reason(reason.truth, provision.text, provision.cited, note, reason.waits, (reason,))
    return None
