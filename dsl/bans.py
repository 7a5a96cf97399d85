"""What is forbidden: an attempt in, the bans it runs against out, and the refusal that follows.

Nobody can say that an act is allowed while it is open whether a ban forbids it, so it is refused until that is settled.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement
from dsl.doubt import doubt
from dsl.events import Refused
from dsl.judge import Judge
from dsl.norms import judge_for, rows_of, survives
from dsl.permits import binds, concerns, matches
from dsl.reasons import Reason, Truth
from dsl.state import Entry, State
from dsl.verdicts import refused, summary_of


def banned(law: Agreement, state: State, attempt: a.Attempt) -> Refused | None:
    """Refuse what a ban forbids, and what it may forbid as long as that is open."""
    found = tuple(_bans(law, state, attempt))
    for reason in found:
        if reason.truth is Truth.FALSE:
            return refused(state.now, attempt, reason.section, "This is forbidden.", (reason,))
    for reason in found:
        return refused(state.now, attempt, reason.section, summary_of(reason, reason.leaves()), (reason,))
    return None


def _bans(law: Agreement, state: State, attempt: a.Attempt) -> Iterator[Reason]:
    """Why each ban forbids an attempt, or may forbid it."""
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        ban = provision.statement
        if not isinstance(ban, t.Ban) or not binds(law, attempt.actor, ban):
            continue
        if not matches(law, attempt.actor, attempt.action, ban.act):
            continue
        rows = ((row, None) for row in rows_of(law, state, provision, judge))
        for row, picked in (*rows, *(judge.values.unsure(provision.rows) if provision.rows is not None else ())):
            inner = judge_for(law, state, provision, row)
            reason = _forbidden(inner, provision, row, picked)
            if reason is not None and concerns(inner, attempt.action, ban.act, row):
                yield reason


def _forbidden(judge: Judge, provision: t.Provision, row: Entry | None, picked: Reason | None) -> Reason | None:
    """Why a ban forbids, or may forbid, what it speaks of; `picked` is why it is open whether it holds for the row."""
    norm = judge.state.norm(provision.key, row.number if row else None)
    if norm is not None and norm.status != "dormant":
        forbids = Reason(Truth.FALSE, provision.text, provision.cited, "forbidden")
        return forbids if norm.status == "active" else None
    if judge.state.terminated is not None and not survives(judge.agreement, provision.cited):
        return None
    why = doubt(judge, provision, picked)
    return replace(why, note="it is open whether this is forbidden") if why is not None else None
