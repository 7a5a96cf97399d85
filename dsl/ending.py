"""Whether the agreement has ended: true, false, or open while its end rests on a blank or a reading."""

from dataclasses import replace
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import FAILING, survives
from dsl.doubt import possible_rows
from dsl.reasons import Reason, Truth, all_of, plain_reason

if TYPE_CHECKING:
    from dsl.judge import Judge


def has_ended(judge: "Judge", condition: t.Terminated) -> Reason:
    """Whether the agreement has terminated; a sentence that ends it once it has ended asks for what has been so far."""
    undecided = None if judge.ending else open_ending(judge)
    if undecided is None:
        return plain_reason(condition, judge.state.terminated is not None)
    found = undecided.truth, condition.text, undecided.section, undecided.note, undecided.waits
    return Reason(*found, (undecided,))


def may_have_ended(judge: "Judge", section: str) -> Reason | None:
    """Why it is open whether a section has ended with the agreement; None if it survives, or that is not open."""
    return None if survives(judge.agreement, section) else open_ending(judge)


def open_ending(judge: "Judge") -> Reason | None:
    """Why it cannot be said whether the agreement has ended: a termination that rests on a blank or a reading.

    Under a reading that is assumed, it is the termination that there would have been.
    """
    if judge.state.terminated is not None:
        return None
    within = replace(judge, rows={}, so_far=False, ending=True)
    for provision in judge.agreement.provisions:
        if not isinstance(provision.statement, t.Terminates) or provision.key.endswith(FAILING):
            continue
        for row, picked in possible_rows(within, provision):
            inner = within if row is None else within.with_row(row)
            asked = inner.as_it_stands(provision.trigger) if provision.trigger is not None else None
            reasons = tuple(each for each in (picked, asked) if each is not None)
            truth = all_of(each.truth for each in reasons)
            if truth is Truth.OPEN or (truth is Truth.TRUE and reasons and judge.assumed):
                note = "whether the agreement has terminated is open"
                waits = tuple(wait for each in reasons for wait in each.waits)
                return Reason(truth, provision.text, provision.cited, note, waits, reasons)
    return None
