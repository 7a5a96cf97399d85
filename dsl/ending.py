"""Whether the agreement has ended: true, false, or open while its end rests on a blank or a reading."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import FAILING, survives
from dsl.copying import replace
from dsl.doubt import asked_for, possible_rows, was_open
from dsl.reasons import Reason, Truth, plain_reason

if TYPE_CHECKING:
    from dsl.judge import Judge


def has_ended(judge: "Judge", condition: t.Terminated) -> Reason:
    """Whether the agreement has terminated; a sentence that ends it once it has ended asks for what has been so far."""
    found = None if judge.ending else open_ending(judge)
    if found is None:
        _begun_with(judge)
        return plain_reason(condition, judge.state.terminated is not None)
    return Reason(found.truth, condition.text, found.section, found.note, found.waits, (found,))


def _begun_with(judge: "Judge") -> None:
    """Keep the last moment of the time with whose end the agreement has ended just now: what follows begins with it."""
    state = judge.state
    if state.terminated != judge.now:
        return
    within = replace(judge, rows={}, so_far=False)
    for provision in judge.agreement.provisions:
        if provision.cited != state.terminated_by or not isinstance(provision.statement, t.Terminates):
            continue
        for row, _ in possible_rows(within, provision):
            if provision.trigger is not None:
                (within if row is None else within.with_row(row)).judge(provision.trigger)
            elif provision.key.endswith(FAILING):
                failed = state.norm(provision.key.removesuffix(FAILING), row.number if row else None)
                judge.instants |= {failed.due} if failed is not None and failed.due is not None else set()


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
        if not isinstance(provision.statement, t.Terminates):
            continue
        for _, truth, reasons in asked_of_rows(within, provision):
            if truth is Truth.OPEN or (truth is Truth.TRUE and reasons and judge.assumed):
                return undecided(provision, truth, reasons, "whether the agreement has terminated is open")
    return None


def asked_of_rows(judge: "Judge", provision: t.Provision) -> Iterator[tuple["Judge", Truth, tuple[Reason, ...]]]:
    """How the condition of a sentence stands, for each row that it has or may have, and how it stood where that was
    open; what follows when a time closes unused has none, and is open only where that is."""
    if not provision.key.endswith(FAILING):
        for row, picked in possible_rows(judge, provision):
            inner = judge if row is None else judge.with_row(row)
            yield inner, *asked_for(inner, provision, picked)
    for row, why in was_open(judge, provision):
        yield (judge if row is None else judge.with_row(row)), why.truth, (why,)


def undecided(provision: t.Provision, truth: Truth, reasons: tuple[Reason, ...], note: str) -> Reason:
    """That it is not decided what a sentence brings about by itself, and what that waits for."""
    waits = tuple(dict.fromkeys(wait for each in reasons for wait in each.waits))
    return Reason(truth, provision.text, provision.cited, note, waits, reasons)
