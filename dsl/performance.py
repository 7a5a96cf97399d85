"""Whether what a duty asks to be made, signed, delivered or withdrawn has been done, and since when.

What performs a duty is read from the entries, never stored: a notice performs it when it is given, a paper when it is
received, so one that is taken back before that performs nothing.
"""

from dataclasses import replace
from datetime import datetime

from dsl import terms as t
from dsl.compile import Agreement
from dsl.entries import concerns, effect_instant, is_signed_kind, received_at, satisfied_at, stage_instant
from dsl.hours import first_moment
from dsl.judge import Judge
from dsl.reasons import Gap
from dsl.state import Entry, Norm


def performed(judge: Judge, duty: t.Duty, norm: Norm) -> Norm:
    """The norm of a duty to enter something, as fulfilled if everything has been entered since it began."""
    if not isinstance(duty.act, t.Enter):
        return norm
    about = judge.values.entry(duty.act.about) if duty.act.about is not None else None
    if isinstance(about, Gap):
        return norm
    done = [_entered(judge, duty, duty.act, kind, about, norm) for kind in duty.act.kinds]
    instants = [_in_hours(judge, duty, instant) for instant in done if instant is not None]
    return as_fulfilled(norm, judge.now, max(instants)) if len(instants) == len(done) else norm


def _in_hours(judge: Judge, duty: t.Duty, at: datetime) -> datetime:
    """When an act counts: outside the hours of a duty, at the next opening."""
    first = first_moment(judge.values, duty.window.hours, at) if duty.window.hours is not None else at
    return at if isinstance(first, Gap) else first


def as_fulfilled(norm: Norm, now: datetime, at: datetime) -> Norm:
    """A norm as fulfilled, late if it was done at an instant after its deadline."""
    late = norm.status in ("overdue", "breached") or (norm.due is not None and at > norm.due)
    return replace(norm, status="fulfilled late" if late else "fulfilled", since=now)


def _entered(judge: Judge, duty: t.Duty, act: t.Enter, kind: str, about: Entry | None, norm: Norm) -> datetime | None:
    """When the bearers had entered one kind; None while that has not come."""
    agreement = judge.agreement
    by_maker: dict[str, datetime] = {}
    for entry in judge.state.of_kind(kind, about.number if about is not None else None):
        if about is not None and not concerns(entry, about):
            continue
        at = _done_at(agreement, duty, act, entry, norm)
        if at is not None and at > judge.now:
            judge.instants.add(at)
        if at is None or at > judge.now:
            continue
        if act.verb in ("sign", "deliver") or is_signed_kind(agreement, kind):
            return at
        by_maker.setdefault(entry.author, at)
    if duty.jointly:
        return min(by_maker.values(), default=None)
    instants = [by_maker.get(bearer) or satisfied_at(agreement, bearer, by_maker) for bearer in duty.bearers]
    known = [instant for instant in instants if instant is not None]
    return max(known) if len(known) == len(instants) else None


def _done_at(agreement: Agreement, duty: t.Duty, act: t.Enter, entry: Entry, norm: Norm) -> datetime | None:
    """When one entry came to be what a duty asks for; None if it is not, or not yet, or was so before the duty."""
    bearers = {member for bearer in duty.bearers for member in (bearer, *agreement.members(bearer))}
    if act.verb == "withdraw":
        after = entry.withdrawn is not None and entry.withdrawn >= norm.began
        return entry.withdrawn if after and entry.author in bearers else None
    if entry.withdrawn is not None:
        return None
    match act.verb:
        case "sign":
            signed = [stage_instant(agreement, entry, "signed", bearer) for bearer in duty.bearers]
            known = [instant for instant in signed if instant is not None]
            return max(known) if len(known) == len(signed) else None
        case "deliver":
            return _handed_over(agreement, entry, bearers, act.to)
        case _:
            taken = effect_instant(agreement, entry)
            later = taken is not None and (taken > norm.began or entry.number > norm.entries_before)
            if is_signed_kind(agreement, entry.kind):
                return taken if later else None
            at = entry.at if act.send else entry.taken
            return at if entry.author in bearers and entry.number > norm.entries_before else None


def _handed_over(agreement: Agreement, entry: Entry, bearers: set[str], to: tuple[str, ...]) -> datetime | None:
    """When these (all addressees, if nobody is named) had received what the others had to sign; the deliverer's own
    signature is another duty."""
    signers = agreement.terms.kinds[entry.kind].signers
    return received_at(
        agreement, entry, to, tuple(name for name in signers if not set(agreement.members(name)) <= bearers)
    )
