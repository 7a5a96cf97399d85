"""A duty that goes on under an amended text: its norms under the old words in, those under the new words out.

What has been paid counts towards the amount that the new words say: what is missing is owed, and nothing comes back.
What has been done stays done. What is still owed has the time that the new words give it, from when it came into force.
"""

from dataclasses import replace

from dsl import terms as t
from dsl.compile import Agreement
from dsl.judge import Judge
from dsl.norms import Now, judge_for
from dsl.owed import is_fixed, still_owed
from dsl.state import Norm, State
from dsl.transitions import Becoming, is_amended
from dsl.windows import deadline, timed, window_of


def renewed(before: Agreement, law: Agreement, state: State, become: Becoming) -> State:
    """The state in which the duties that other words now state stand as these words say."""
    for provision in law.provisions:
        was = before.by_key.get(provision.key)
        if was is None or was.statement == provision.statement or not isinstance(provision.statement, t.Duty):
            continue
        for norm in state.norms_of(provision.key):
            row = state.entry(norm.row) if norm.row is not None else None
            after = _renewed(judge_for(law, state, provision, row), provision, norm)
            state = become(state, provision, Now(after), is_amended)
    return state


def _renewed(judge: Judge, provision: t.Provision, norm: Norm) -> Norm:
    assert isinstance(provision.statement, t.Duty)
    act, window = provision.statement.act, window_of(provision.statement)
    norm = replace(norm, owed=None)
    if isinstance(act, t.Move) and norm.status in (*_OWED, *_DONE):
        left = still_owed(judge, provision, act, norm)
        if isinstance(left, int):
            fixed = is_fixed(judge.agreement, provision)
            norm = replace(norm, owed=left + norm.paid if fixed else None)
            if left > 0 and norm.status in _DONE:
                due = deadline(judge, window, judge.now) if window is not None else None
                return replace(
                    norm, status="active", since=judge.now, began=judge.now, due=due, named=due, stops=(), stopped=None
                )
            if left <= 0 and norm.status in _OWED:
                return replace(norm, status="fulfilled", since=judge.now)
    if window is None or norm.status not in _OWED:
        return norm
    again = timed(judge, window, replace(norm, status="active", named=None))
    late = norm.status == "overdue" and again.due is not None and again.due < judge.now
    return replace(again, status="overdue" if late else "active" if norm.status == "overdue" else norm.status)


_OWED = ("active", "overdue", "suspended")
_DONE = ("fulfilled", "fulfilled late")
