"""What is forbidden: an attempt in, the bans it runs against out, and the refusal that follows.

Nobody can say that an act is allowed while it is open whether a ban forbids it, so it is refused until that is settled.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bears, binds
from dsl.compile import Agreement
from dsl.entries import find
from dsl.events import Refused
from dsl.judge import Judge
from dsl.lacking import summary_of
from dsl.norms import rows_of
from dsl.permits import concerns, matches, spoken_of
from dsl.possible import doubtful
from dsl.reasons import Gap, Reason, Truth
from dsl.state import Entry, State
from dsl.totals import may_be_picked
from dsl.verdicts import not_there, refused


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
        return refused(state.now, attempt, reason.section, summary_of(reason), (reason,))
    return None


_MAYBE = "it is open whether this is forbidden"


def _bans(law: Agreement, state: State, attempt: a.Attempt) -> Iterator[Reason]:
    """Why each ban forbids an attempt, or may forbid it."""
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        ban = provision.statement
        if not isinstance(ban, t.Ban) or not any(binds(law, name, ban) for name in _who(attempt)):
            continue
        if not matches(law, attempt.actor, attempt.action, ban.act):
            continue
        for row in rows_of(law, state, provision, judge):
            norm = state.norm(provision.key, row.number if row else None)
            if norm is None or norm.status != "active":
                continue
            gap = _unsure(judge, attempt, provision, row)
            if gap is not None:
                yield Reason(Truth.OPEN, provision.text, provision.cited, _MAYBE, gap.waits)
            elif _concerns(judge, attempt, provision, row):
                yield Reason(Truth.FALSE, provision.text, provision.cited, "forbidden")
        for row, why in doubtful(judge, provision):
            if _concerns(judge, attempt, provision, row):
                yield replace(why, note=_MAYBE)


def _concerns(judge: Judge, attempt: a.Attempt, provision: t.Provision, row: Entry | None) -> bool:
    ban = provision.statement
    assert isinstance(ban, t.Ban)
    own = judge if row is None else judge.with_row(row)
    return any(bears(own, name, ban) for name in _who(attempt)) and concerns(own, attempt.action, ban.act, row)


def _who(attempt: a.Attempt) -> tuple[str, ...]:
    """Whose act an attempt is: the actor's, and that of whoever does it for the actor."""
    return (attempt.actor, attempt.by) if attempt.by else (attempt.actor,)


def _unsure(judge: Judge, attempt: a.Attempt, provision: t.Provision, row: Entry | None) -> Gap | None:
    """Why it is open whether a ban in force forbids an attempt: of whom, of what or of a payment to whom it speaks."""
    ban = provision.statement
    assert isinstance(ban, t.Ban)
    values = (judge if row is None else judge.with_row(row)).values
    payee = ban.act.payee if isinstance(ban.act, t.Move) and isinstance(attempt.action, a.Pay) else None
    for value in (ban.bearer, payee):
        found = values.value(value) if value is not None else None
        if isinstance(found, Gap) and found.truth is Truth.OPEN:
            return found
    wanted, name = spoken_of(attempt.action, ban.act)
    named = find(judge.state, (), name) if name else None
    if wanted is None or named is None:
        return None
    if isinstance(wanted, t.Picked):
        return may_be_picked(values, wanted, named)
    about = values.entry(wanted)
    return about if isinstance(about, Gap) and about.truth is Truth.OPEN else None
