"""Who acts for somebody in an act, and whether that person may: judged at the instant of the act.

An authority is a power like any other, to `act for` somebody: it begins, ends, is suspended and comes back as the
norms do, so that it can be granted, limited, revoked and replaced by what people enter while the deal runs. Where a
sentence says who may act for somebody, nobody else may in what it speaks of, and the act has to say who does. What was
done before an authority ended stands, because acts are never recomputed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bearers
from dsl.checks import Objection
from dsl.choosing import permit_for
from dsl.compile import Agreement
from dsl.entries import person_of, principal_of
from dsl.events import Malformed
from dsl.judge import Judge
from dsl.lacking import summary_of
from dsl.norms import judge_for, rows_of
from dsl.permits import Permit, concerns, matches
from dsl.reasons import Reason, Truth, Wait, either
from dsl.standing import standing
from dsl.state import Entry, Filling, State, key_of


@dataclass(frozen=True, slots=True)
class Authority:
    """One sentence (for one row) by which these may act for somebody, any of them, and how it stands now."""

    section: str
    agents: tuple[str, ...]
    reason: Reason


def hands(law: Agreement, state: State, actor: str, action: a.Action) -> tuple[str, ...]:
    """Who could do an act for somebody now, each of several who act together; one empty name where that is not said."""
    attempt = a.Attempt(actor, action)
    if person_of(law, attempt) or not any(_over(law, state, attempt)):
        return ("",)
    found = (each for each in _authorities(law, state, attempt) if each.reason.truth is Truth.TRUE)
    return tuple(dict.fromkeys(member for each in found for name in each.agents for member in law.members(name)))


def authority(law: Agreement, state: State, attempt: a.Attempt) -> Objection | str:
    """Why nobody may act so for the actor; else the group that has to act together with the person, or nothing."""
    person, principal = person_of(law, attempt), principal_of(law, attempt)
    governing = tuple(_over(law, state, attempt))
    if not governing:
        return _unsaid(law, state, attempt, person, principal)
    found = _authorities(law, state, attempt)
    mine = [each for each in found if any(person in (name, *law.members(name)) for name in each.agents)]
    granted = [each for each in mine if each.reason.truth is Truth.TRUE]
    for each in granted:
        if any(law.speaks_for(person, name) for name in each.agents):
            return ""
    if granted:
        return next(name for name in granted[0].agents if person in law.members(name))
    if mine:
        best = mine[-1].reason
        told = f"{person} has no authority for {principal} now. {summary_of(best)}"
        return Objection(best.section or mine[-1].section, told, (best.unmet(),))
    return _somebody_else(found, governing, person, principal)


def allowed_by(law: Agreement, state: State, attempt: a.Attempt) -> tuple[Permit, str] | Objection | Malformed:
    """What allows an attempt, with the group that has to act for the actor together; or why nothing does."""
    permit = permit_for(law, state, attempt)
    acting = permit if isinstance(permit, Malformed) else authority(law, state, attempt)
    if not isinstance(acting, str):
        return acting
    return (permit, acting) if isinstance(permit, Permit) else permit


def _unsaid(law: Agreement, state: State, attempt: a.Attempt, person: str, principal: str) -> Objection | str:
    """Of an act that no sentence speaks of, only somebody named for it in general may be said to do it."""
    if not attempt.by:
        return ""
    limited = [provision for provision, _ in _all_for(law, principal)]
    named = law.terms.parties.get(person)
    since = _succeeded(state, principal)
    if named is not None and named.acts_for == principal and since is not None:
        told = (
            f"{person} was named for whoever was {principal} before {since.filler}, which has not said who acts for it."
        )
        return Objection(since.section, told, (Reason(Truth.FALSE, told, since.section),))
    if named is not None and named.acts_for == principal and not limited:
        return ""
    told = f"Nothing says that {person} may act for {principal} in this."
    reasons = tuple(Reason(Truth.FALSE, each.text, each.cited, "this speaks of other acts") for each in limited)
    concerned = next((name for name in (principal, person) if name in law.terms.parties), "")
    home = law.terms.parties[concerned].section if concerned else next(iter(law.terms.clauses))
    section = limited[0].cited if limited else home
    return Objection(section, told, reasons or (Reason(Truth.FALSE, told, section),))


def _somebody_else(
    found: list[Authority], governing: tuple[t.Provision, ...], person: str, principal: str
) -> Objection:
    """Nobody is said to act, or somebody of whom no sentence speaks: who can."""
    able = tuple(dict.fromkeys(name for each in found if each.reason.truth is Truth.TRUE for name in each.agents))
    can = f"{either(able, 'or')} can" if able else "nobody can now"
    told = f"{person} has no authority for {principal}: {can}." if person else f"Say who acts for {principal}: {can}."
    wait = Wait("act", f"{either(able, 'or')} can act for {principal}", able, section=governing[0].cited)
    unmet = [each.reason for each in found if each.reason.truth is not Truth.TRUE]
    said = Reason(Truth.FALSE, governing[0].text, governing[0].cited, can, (wait,) if able else ())
    return Objection(governing[0].cited, told, tuple(each.unmet() for each in unmet) if unmet and not able else (said,))


def _all_for(law: Agreement, principal: str) -> Iterator[tuple[t.Provision, t.ActFor]]:
    for provision in law.provisions:
        power = provision.statement
        if isinstance(power, t.Power) and isinstance(power.act, t.ActFor) and power.act.principal == principal:
            yield provision, power.act


def _over(law: Agreement, state: State, attempt: a.Attempt) -> Iterator[t.Provision]:
    """The sentences that say who may act for the actor in such an act, in force or not.

    One that has named the people of a predecessor says nothing of who acts for the successor.
    """
    for provision, what in _all_for(law, principal_of(law, attempt)):
        ended = provision.rows is None and _lapsed(state, provision, None, what.principal) is not None
        if not ended and (what.act is None or matches(law, attempt.actor, attempt.action, what.act)):
            yield provision


def _succeeded(state: State, principal: str) -> Filling | None:
    """The filling by which somebody has taken over a role since the opening."""
    filling = state.filling(principal)
    return filling if filling is not None and filling.at > state.opened else None


def _lapsed(state: State, provision: t.Provision, row: Entry | None, principal: str) -> Filling | None:
    """The filling by which an authority has ended: whoever granted it no longer fills the role."""
    since = _succeeded(state, principal)
    norm = state.norms.get(key_of(provision.key, row.number if row is not None else None))
    return since if since is not None and norm is not None and norm.began < since.at else None


def _authorities(law: Agreement, state: State, attempt: a.Attempt) -> list[Authority]:
    found = []
    for provision in _over(law, state, attempt):
        power = provision.statement
        assert isinstance(power, t.Power)
        assert isinstance(power.act, t.ActFor)
        for row in rows_of(law, state, provision, Judge(law, state, state.now)):
            judge = judge_for(law, state, provision, row)
            if power.act.act is not None and not concerns(judge, attempt.action, power.act.act, None):
                continue
            reason = standing(law, state, provision, row)
            lapsed = _lapsed(state, provision, row, power.act.principal)
            if lapsed is not None and reason.truth is Truth.TRUE:
                note = f"granted before {lapsed.filler} became the {lapsed.role}"
                reason = Reason(Truth.FALSE, provision.text, provision.cited, note)
            found.append(Authority(provision.cited, bearers(judge, power), reason))
    return found
