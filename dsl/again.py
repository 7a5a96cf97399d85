"""What follows each time a duty fails: owed once more, beside what is still owed from the time before."""

from dataclasses import replace

from dsl import terms as t
from dsl.basis import is_part_of_balance
from dsl.compile import Agreement
from dsl.norms import ONCE_MORE, begin_norm, begins, change, judge_for, said_of
from dsl.owed import owed_under
from dsl.reasons import Gap
from dsl.state import Entry, State, key_of


def fails_again(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None) -> State:
    """The state once a duty has failed again. What follows begins anew where it is over, or is a power or ban; a duty
    that is still owed is owed once more, but a result and whatever a fund holds can be owed only once.

    While it is not known how much is owed, the state is the same: it waits for that.
    """
    key = key_of(provision.key, row.number if row is not None else None)
    norm, act = state.norms[key], getattr(provision.statement, "act", None)
    if not isinstance(provision.statement, t.Duty) or not (norm.live or norm.status == "suspended"):
        return begin_norm(agreement, state.with_latch(key, state.now), provision, row)
    judge, before = judge_for(agreement, state, provision, row), 0
    if isinstance(act, t.Move) and act.amount is not None and not is_part_of_balance(agreement.terms, act.amount):
        owed = owed_under(judge, provision, act, norm)
        one = owed_under(judge, provision, act, replace(norm, owed=None))
        if isinstance(owed, Gap) or isinstance(one, Gap):
            return state
        before, norm = owed, replace(norm, owed=owed + one)
    elif not isinstance(act, t.Enter):
        return state.with_latch(key, state.now)
    norm = replace(norm, more=(*norm.more, (begins(judge, provision, row), before)))
    told = said_of(provision, state, norm, "is owed once more")
    return change(state.with_latch(key, state.now).with_norm(norm), provision.cited, told, ONCE_MORE)
