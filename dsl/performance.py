"""Whether what a duty asks to be made, signed, delivered or withdrawn has been done, and since when.

What performs a duty is read from the entries: a notice performs it when it is given, a paper when it is received, so
one that is taken back before that performs nothing. It stays performed while what has performed it stands.
"""

from datetime import UTC, datetime

from dsl import terms as t
from dsl.bearing import bearers, still_bound
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.entries import concerns, counts, effect_instant, is_signed_kind, received_at, satisfied_at, stage_instant
from dsl.holders import stands_for
from dsl.hours import first_moment
from dsl.judge import Judge
from dsl.lateness import counted_at
from dsl.memory import Watch
from dsl.reasons import Gap, Truth
from dsl.state import Entry, Norm
from dsl.windows import TICK


def performed(judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm) -> Norm:
    """The norm of a duty to enter something, as fulfilled if everything has been entered since it began; of a duty to
    bring something about, as fulfilled once it is so."""
    duty = provision.statement
    assert isinstance(duty, t.Duty)
    if isinstance(duty.act, t.Ensure):
        return _brought_about(judge, duty, duty.act, norm)
    done = _done(judge, duty, norm, judge.now) if isinstance(duty.act, t.Enter) else None
    if done is None:
        return norm
    at, by = done
    return replace(as_fulfilled(norm, judge.now, counted_at(judge, provision, row, norm, at)), by=by)


def undone(judge: Judge, duty: t.Duty, norm: Norm) -> tuple[int, ...]:
    """The entries that have performed a duty and no longer stand: each was withdrawn or superseded, its signatures
    were undone, or what it is about now says something else."""
    act = duty.act
    assert isinstance(act, t.Enter)
    bearing = still_bound(judge, duty, _section(judge, norm))
    return tuple(number for number in norm.by if not _stands(judge, bearing, act, judge.state.entry(number)))


def _section(judge: Judge, norm: Norm) -> str:
    return judge.agreement.by_key[norm.provision].section


def _stands(judge: Judge, bearing: tuple[str, ...], act: t.Enter, entry: Entry) -> bool:
    if act.verb == "withdraw":
        return True
    if not counts(judge.agreement, judge.state, entry, judge.now):
        return False
    if act.about is not None and entry.about is not None and not concerns(entry, judge.state.entry(entry.about)):
        return False
    return act.verb != "sign" or _signed_by(judge.agreement, entry, bearing) is not None


Done = tuple[datetime, tuple[int, ...]]
"""When something had been done, and the numbers of the entries by which it was."""


def _done(judge: Judge, duty: t.Duty, norm: Norm, until: datetime) -> Done | None:
    """When all that a duty asks for had been entered, until an instant; None if something had not."""
    act = duty.act
    assert isinstance(act, t.Enter)
    about = judge.values.entry(act.about) if act.about is not None else None
    if isinstance(about, Gap):
        return None
    done = [_entered(judge, duty, act, kind, about, norm, until) for kind in act.kinds]
    found = [each for each in done if each is not None]
    if len(found) < len(done):
        return None
    return max(_in_hours(judge, duty, at) for at, _ in found), tuple(number for _, by in found for number in by)


def is_under_way(judge: Judge, duty: t.Duty, norm: Norm) -> bool:
    """Whether all has been done that a duty asks for, and only takes time to take effect: a notice on its way."""
    return isinstance(duty.act, t.Enter) and _done(judge, duty, norm, _IN_THE_END) is not None


_IN_THE_END = datetime.max.replace(tzinfo=UTC)


def _brought_about(judge: Judge, duty: t.Duty, act: t.Ensure, norm: Norm) -> Norm:
    """The norm of a duty of result. One that is not overdue after its time was open then, and nobody is late with what
    was open. What is so because a time is over was so with the last moment of it."""
    start = duty.window.not_before
    begun = start is None or judge.judge(t.Arrived(duty.window.text, duty.span, start, "come")).truth is Truth.TRUE
    if not begun or judge.judge(act.condition).truth is not Truth.TRUE:
        return norm
    asked = replace(judge, state=judge.state.watched(Watch()))
    asked.judge(act.condition)
    open_then = norm.status != "overdue" and norm.due is not None and judge.now > norm.due + TICK
    return as_fulfilled(norm, judge.now, norm.due if open_then and norm.due is not None else asked.since)


def is_open(judge: Judge, duty: t.Duty) -> bool:
    """Whether it is open whether a duty of result has been performed."""
    return isinstance(duty.act, t.Ensure) and judge.as_it_stands(duty.act.condition).truth is Truth.OPEN


def _in_hours(judge: Judge, duty: t.Duty, at: datetime) -> datetime:
    """When an act counts: outside the hours of a duty, at the next opening."""
    first = first_moment(judge.values, duty.window.hours, at) if duty.window.hours is not None else at
    return at if isinstance(first, Gap) else first


def as_fulfilled(norm: Norm, now: datetime, at: datetime) -> Norm:
    """A norm as fulfilled, late if it was done at an instant after its deadline."""
    late = norm.status == "overdue" or (norm.due is not None and at > norm.due)
    return replace(norm, status="fulfilled late" if late else "fulfilled", since=now)


def _entered(
    judge: Judge, duty: t.Duty, act: t.Enter, kind: str, about: Entry | None, norm: Norm, until: datetime
) -> Done | None:
    """When the bearers had entered one kind, until an instant; None if they had not."""
    agreement = judge.agreement
    by_maker: dict[str, datetime] = {}
    made: dict[str, int] = {}
    bearing = still_bound(judge, duty, _section(judge, norm))
    for entry in judge.state.of_kind(kind, about.number if about is not None else None):
        if about is not None and not concerns(entry, about):
            continue
        at = _done_at(judge, bearing, act, entry, norm)
        if at is not None and at > judge.now:
            judge.instants.add(at)
        if at is None or at > until:
            continue
        if act.verb in ("sign", "deliver") or is_signed_kind(agreement, kind):
            return at, (entry.number,)
        author = _author(judge, entry, bearing)
        by_maker.setdefault(author, at)
        made.setdefault(author, entry.number)
    if duty.jointly:
        first = min(by_maker, key=lambda name: by_maker[name], default=None)
        return None if first is None else (by_maker[first], (made[first],))
    instants = [by_maker.get(bearer) or satisfied_at(agreement, bearer, by_maker) for bearer in bearing]
    known = [instant for instant in instants if instant is not None]
    return (max(known), tuple(made.values())) if known and len(known) == len(instants) else None


def _author(judge: Judge, entry: Entry, bearing: tuple[str, ...]) -> str:
    """Who made an entry, under the name of the one who had to."""
    return next((name for name in bearing if stands_for(judge, entry.author, name, entry.at)), entry.author)


def _done_at(judge: Judge, bearing: tuple[str, ...], act: t.Enter, entry: Entry, norm: Norm) -> datetime | None:
    """When one entry came to be what a duty asks for; None if it is not, or not yet, or was so before the duty."""
    agreement, author = judge.agreement, _author(judge, entry, bearing)
    bound = {member for bearer in bearing for member in (bearer, *agreement.members(bearer))}
    if act.verb == "withdraw":
        after = entry.withdrawn is not None and entry.withdrawn >= norm.began
        return entry.withdrawn if after and author in bound else None
    if not counts(agreement, judge.state, entry, judge.now):
        return None
    match act.verb:
        case "sign":
            return _signed_by(agreement, entry, bearing)
        case "deliver":
            return _handed_over(agreement, entry, bound, act.to)
        case _:
            taken = effect_instant(agreement, entry)
            after = _comes_once(agreement, act, entry) or entry.number > norm.entries_before
            if is_signed_kind(agreement, entry.kind):
                return taken if after or (taken is not None and taken > norm.began) else None
            at = entry.at if act.send else entry.taken
            return at if author in bound and after else None


def _signed_by(agreement: Agreement, entry: Entry, bearing: tuple[str, ...]) -> datetime | None:
    """When all of these had signed an entry; None if one has not."""
    signed = [stage_instant(agreement, entry, "signed", bearer) for bearer in bearing]
    known = [instant for instant in signed if instant is not None]
    return max(known) if known and len(known) == len(signed) else None


def _comes_once(agreement: Agreement, act: t.Enter, entry: Entry) -> bool:
    """Whether there can be only one entry that a duty asks for, so that the one there is performs it, however early."""
    only_one = agreement.terms.kinds[entry.kind].only_one
    return only_one == "only one" or (bool(only_one) and act.about is not None)


def too_early(judge: Judge, duty: t.Duty, norm: Norm) -> tuple[Entry, ...]:
    """What was made about the entry that a duty speaks of before the duty began, and so does not perform it."""
    act = duty.act
    about = judge.values.entry(act.about) if isinstance(act, t.Enter) and act.about is not None else None
    if not isinstance(act, t.Enter) or not isinstance(about, Entry):
        return ()
    since, bearing = replace(norm, entries_before=0, began=about.at), bearers(judge, duty)
    return tuple(
        entry
        for entry in judge.state.of_kinds(act.kinds, about.number)
        if concerns(entry, about)
        and _done_at(judge, bearing, act, entry, norm) is None
        and _done_at(judge, bearing, act, entry, since) is not None
    )


def _handed_over(agreement: Agreement, entry: Entry, bearers: set[str], to: tuple[str, ...]) -> datetime | None:
    """When these (all addressees, if nobody is named) had received what the others had to sign; the deliverer's own
    signature is another duty."""
    signers = agreement.terms.kinds[entry.kind].signers
    return received_at(
        agreement, entry, to, tuple(name for name in signers if not set(agreement.members(name)) <= bearers)
    )
