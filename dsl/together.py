"""What one sentence makes happen by itself happens at one instant, in the order of its words, or not at all.

While a figure in it is unknown, an amount in it cannot pass or an entry in it cannot occur, nothing of the sentence
happens: it waits, as it waits for its trigger, and says what for. It can happen again once its condition has ended.
"""

from dsl import terms as t
from dsl.compile import Agreement
from dsl.consequences import Carrying
from dsl.lapsed import with_lapse
from dsl.norms import change
from dsl.state import Entry, State, key_of
from dsl.stopped import STOPPED


def let_happen(
    carried_out: Carrying, agreement: Agreement, state: State, provision: t.Provision, row: Entry | None
) -> State:
    """The state after what the sentence makes happen; where money cannot pass or an entry cannot occur, with that in
    its story, once."""
    after = carried_out(agreement, state, provision, row)
    if isinstance(after, State):
        return after
    what, _, why = after.note.partition(": ")
    told = f'{what} for "{row.name}"' if row is not None else what
    known = any(each.section == provision.cited and each.text.startswith(f"{told}: ") for each in state.changes)
    return (
        state
        if known or not what.endswith(STOPPED)
        else change(state, provision.cited, f"{told}: {why}", provision.text)
    )


def ended(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """The state in which the sentence can make it happen again, because its condition has ended."""
    for key in agreement.sentence_of(provision.key):
        number = row.number if row is not None else None
        state = with_lapse(state.with_latch(key_of(key, number), None), key, number, None)
    return state


def lapse(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, upper: str) -> State:
    """The state in which the sentence does not make it happen, because another section has replaced its own."""
    number = row.number if row is not None else None
    for key in agreement.sentence_of(provision.key):
        state = with_lapse(state, key, number, state.now)
    of_row = f' for "{row.name}"' if row is not None else ""
    return change(state, provision.cited, f"what it brings about is superseded{of_row}", f"section {upper}")
