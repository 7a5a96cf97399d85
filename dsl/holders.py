"""Who fills a role, and who did at a time: a role is a slot, and what it must and may do passes on with it.

Who fills it is a matter of record, like everything else: each filling has its instant, and none is ever forgotten. A
role that has become vacant has nobody: nobody acts for it, what it alone must or may do is suspended, and its clocks
stand still until somebody fills it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.doubt import unfollowed
from dsl.reasons import Gap, Reason, Truth, Wait, plain_reason
from dsl.stages import makers
from dsl.state import Filling

if TYPE_CHECKING:
    from dsl.judge import Judge

_INSTANT = timedelta(microseconds=1)


def holder(judge: "Judge", value: t.HolderOf) -> t.Content | Gap:
    """Who filled a role up to an instant, so that a change at that instant does not count; of a day, at its end."""
    moment = judge.values.value(value.moment)
    if isinstance(moment, Gap):
        return moment
    until = judge.end(moment)
    known = until if isinstance(moment, datetime) or judge.past else until + _INSTANT
    if known > judge.now:
        judge.instants.add(known)
        return Gap(Truth.PENDING, (Wait("time", f"{value.text}, on {judge.say(moment)}", at=until),))
    found = [each for each in judge.state.holders if each.role == value.role and _counts(judge, each, until)]
    if found and found[-1].filler:
        return t.somebody(actor_named(judge, found[-1].filler))
    told = f"the {value.role} was vacant then" if found else f"who filled the {value.role} then"
    return Gap(Truth.OPEN, (Wait("act", told, section=judge.agreement.terms.parties[value.role].section),))


def stands_for(judge: "Judge", actor: str, name: str, at: datetime) -> bool:
    """Whether somebody is meant by a name: the same, or a role that the one of that name filled at an instant."""
    if actor == name:
        return True
    filled = [each for each in judge.state.holders if each.role == actor and each.at <= at]
    return bool(filled) and bool(filled[-1].filler) and actor_named(judge, filled[-1].filler) == name


def filled_by(judge: "Judge", condition: t.FilledBy) -> Reason:
    """Whether somebody fills a role now, or nobody does."""
    maybe = _may_be_otherwise(judge, condition)
    if maybe is not None:
        return Reason(Truth.OPEN, condition.text, maybe.section, maybe.note, maybe.waits, (maybe,))
    if not condition.filler:
        vacant = judge.state.vacant(condition.role)
        if vacant is None:
            return plain_reason(condition, False)
        return Reason(Truth.TRUE, condition.text, vacant.section, _since(judge, vacant))
    names = _behind(judge, judge.state.fillers.get(condition.role, "nobody"))
    truth = Truth.TRUE if condition.filler in names else Truth.FALSE
    return Reason(truth, condition.text, note=f"now {', '.join(names)}")


def _behind(judge: "Judge", filler: str) -> list[str]:
    """Who fills a role by name; if it is another party, also who fills that role."""
    names, fillers = [filler], judge.state.fillers
    while (behind := fillers.get(names[-1], names[-1])) not in names:
        names.append(behind)
    return names


def _may_be_otherwise(judge: "Judge", condition: t.FilledBy) -> Reason | None:
    """Why it is open whether a role is filled so: by somebody else it may have been filled since; None if it is not."""
    now = judge.state.filling(condition.role)
    so = _is_so(judge, condition, now.filler if now is not None else "nobody")
    for filler, why in may_have_filled(judge, condition.role):
        if filler is None or _is_so(judge, condition, filler) is not so:
            return why
    return None


def _is_so(judge: "Judge", condition: t.FilledBy, filler: str) -> bool:
    return condition.filler in _behind(judge, filler) if condition.filler else not filler


def may_have_filled(judge: "Judge", role: str) -> Iterator[tuple[str | None, Reason]]:
    """Who may fill a role since the last filling that is known, nobody where it may be vacant, with why that is open;
    none where it is not known who."""
    for provision in judge.agreement.by_itself.get(t.Becomes, ()):
        becomes = provision.statement
        assert isinstance(becomes, t.Becomes)
        if not _of(becomes.role, role):
            continue
        known, now = isinstance(becomes.filler, t.Literal) or becomes.filler is None, judge.state.filling(role)
        filler = judge.say(judge.values.value(becomes.filler)) if known and becomes.filler is not None else ""
        for doubt, why in unfollowed(judge, provision):
            if doubt.over is None or now is None or doubt.over >= now.at:
                yield (filler if known else None), why


def actor_named(judge: "Judge", who: str) -> str:
    """A name as an actor has it: one whom the agreement does not name keeps the quotation marks."""
    return who if who in judge.agreement.terms.parties else f'"{who}"'


def _counts(judge: "Judge", filling: Filling, until: datetime) -> bool:
    return filling.at < until or filling.at == judge.state.opened


def vacancy(judge: "Judge", names: tuple[str, ...]) -> Reason | None:
    """Why none of these can act: every one of them is vacant; None if somebody can. It says who can fill them."""
    members = tuple(dict.fromkeys(member for name in names for member in judge.agreement.members(name)))
    vacant = [each for name in members if (each := judge.state.vacant(name)) is not None]
    if not vacant or len(vacant) < len(members):
        return None
    waits = tuple(wait for each in vacant for wait in _fillings(judge, each.role))
    told = " and ".join(f"the {each.role} is vacant" for each in vacant)
    return Reason(Truth.PENDING, told, vacant[0].section, _since(judge, vacant[0]) if len(vacant) == 1 else "", waits)


def _since(judge: "Judge", vacant: Filling) -> str:
    """Since when nobody fills a role."""
    return f"nobody fills it since {judge.say(vacant.at)}"


def _fillings(judge: "Judge", role: str) -> tuple[Wait, ...]:
    """What can fill a role, and who can bring that about."""
    found: list[Wait] = []
    for provision in judge.agreement.provisions:
        becomes = provision.statement
        if not isinstance(becomes, t.Becomes) or becomes.filler is None or not _of(becomes.role, role):
            continue
        if provision.rows is not None:
            found += tuple(_begun(judge, provision)) or makers(judge, provision.rows)
        elif provision.trigger is not None:
            found += judge.judge(provision.trigger).awaited()
    return tuple(dict.fromkeys(found)) or (Wait("act", f"somebody becomes the {role}"),)


def _begun(judge: "Judge", provision: t.Provision) -> Iterator[Wait]:
    """What the entries still wait for by which somebody would fill a role: the signatures that a paper lacks."""
    if provision.rows is None or provision.trigger is None:
        return
    for entry in judge.values.selected(provision.rows):
        reason = judge.with_row(entry).judge(provision.trigger)
        if reason.truth is Truth.PENDING:
            yield from reason.awaited()


def _of(value: t.Value, role: str) -> bool:
    """Whether a value stands for a role, or may."""
    return not isinstance(value, t.Literal) or value.content == t.NameValue(role)
