"""What follows each time a duty fails: owed once more, beside what is still owed from the time before.

What is over, and a power or ban, begins anew. A duty that is still owed is owed once more, but a result and whatever a
fund holds can be owed only once.
"""

from dataclasses import replace

from dsl import terms as t
from dsl.basis import is_part_of_balance
from dsl.norms import Now, begins, said_of
from dsl.owed import owed_under
from dsl.reasons import Gap
from dsl.state import Norm
from dsl.transitions import Case

ONCE_MORE = "the duty that it follows from has failed again"
"""What is told as the cause."""


def is_unknown(case: Case) -> bool:
    """Whether it is not known how much is owed once more: it waits for that."""
    return case.still_due and isinstance(_once_more(case), Gap)


def is_owed_on_top(case: Case) -> Now | None:
    """Whether a duty that is still owed is owed once more, because what it follows from has failed again."""
    norm = _once_more(case) if case.failed and case.still_due else None
    if norm is None or isinstance(norm, Gap):
        return None
    return Now(norm, beside=(said_of(case.provision, case.state, norm, "is owed once more"), ONCE_MORE))


def _once_more(case: Case) -> Norm | Gap | None:
    """A norm that is owed once more than before; None where it can be owed only once."""
    norm, judge, before, act = case.before, case.judge, 0, getattr(case.statement, "act", None)
    if isinstance(act, t.Move) and act.amount is not None and not is_part_of_balance(case.law.terms, act.amount):
        owed = owed_under(judge, case.provision, act, norm)
        one = owed_under(judge, case.provision, act, replace(norm, owed=None))
        if isinstance(owed, Gap):
            return owed
        if isinstance(one, Gap):
            return one
        before, norm = owed, replace(norm, owed=owed + one)
    elif not isinstance(act, t.Enter):
        return None
    return replace(norm, more=(*norm.more, (begins(judge, case.provision, case.row), before)))
