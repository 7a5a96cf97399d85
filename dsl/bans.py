"""What is forbidden: an attempt in, the bans it runs against out, and the refusal that follows.

Nobody can say that an act is allowed while it is open whether a ban forbids it, so it is refused until that is settled.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bears, binds
from dsl.compile import Agreement
from dsl.doubt import doubtful
from dsl.events import Refused
from dsl.judge import Judge
from dsl.norms import rows_of
from dsl.permits import concerns, matches
from dsl.reasons import Reason, Truth
from dsl.state import Entry, State
from dsl.verdicts import not_there, refused, summary_of


def forbidding(agreement: Agreement, state: State, attempt: a.Attempt) -> Refused | None:
    """Refuse what is done for a role that nobody fills, and what a ban in force forbids."""
    return not_there(agreement, state, attempt) or banned(agreement, state, attempt)


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
        for row in rows_of(law, state, provision, judge):
            norm = state.norm(provision.key, row.number if row else None)
            if norm is not None and norm.status == "active" and _concerns(judge, attempt, provision, row):
                yield Reason(Truth.FALSE, provision.text, provision.cited, "forbidden")
        for row, why in doubtful(judge, provision):
            if _concerns(judge, attempt, provision, row):
                yield replace(why, note="it is open whether this is forbidden")


def _concerns(judge: Judge, attempt: a.Attempt, provision: t.Provision, row: Entry | None) -> bool:
    ban = provision.statement
    assert isinstance(ban, t.Ban)
    own = judge if row is None else judge.with_row(row)
    return bears(own, attempt.actor, ban) and concerns(own, attempt.action, ban.act, row)
