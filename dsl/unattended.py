"""Times that stand still while nobody is there who could act in them: roles that were vacant in, later ends out.

What must be done by somebody who is not there waits (`clocks.py`); so does the time in which somebody may object, and
after which silence decides. Who fills a role is on record with its instant, so these stops are read from that each
time. A date that is written out stays what it is: only a time that is counted stands still.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.calendars import Indeterminate, local_date
from dsl.counting import put_off
from dsl.days import known, length_now
from dsl.presets import PRESETS
from dsl.reasons import Gap, Truth, Wait, a_noun, either

if TYPE_CHECKING:
    from dsl.judge import Judge

Spell = tuple[datetime, datetime | None]
"""From when to when nobody was there; None where nobody is there yet."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A time from `start`, so long, for the entries that can be made in it; an `actor` may be the only one who can."""

    entries: t.Selection
    actor: str | None
    start: t.Content
    period: t.Length


def attended(judge: "Judge", counted: Counted, end: t.Content) -> t.Content | Gap:
    """The end of a time, put off for as long as nobody was there who could act in it; pending while it stands still."""
    if all(each.filler for each in judge.state.holders):
        return end
    for since, until in _spells(judge, counted):
        begun = max(since, judge.moment(counted.start))
        if begun > judge.end(end):
            continue
        if until is None:
            return _standing_still(judge, counted)
        later = _put_off(judge, counted, end, begun, until) if until > begun else end
        if isinstance(later, Gap):
            return later
        end = later
    return end


def _put_off(judge: "Judge", counted: Counted, end: t.Content, since: datetime, until: datetime) -> t.Content | Gap:
    """A later end: hours by the time that was lost, days by the days at whose end nobody was there."""
    if isinstance(end, datetime):
        return end + (until - since)
    assert isinstance(end, date)
    period = length_now(judge.values, counted.period)
    if isinstance(period, Gap):
        return period
    zone, calendar = judge.agreement.terms.zone, period.calendar or judge.agreement.terms.calendar
    then, now = local_date(since, zone), local_date(until, zone)
    moved: date | Indeterminate = put_off(end, then, now, period.unit.of_business, calendar)
    return known(moved)


def _standing_still(judge: "Judge", counted: Counted) -> Gap:
    vacant = [name for names in _makers(judge, counted) for name in names if judge.state.vacant(name) is not None]
    roles = tuple(dict.fromkeys(vacant))
    waits = tuple(wait for role in roles for wait in _fillings(judge, role))
    told = f"{either(tuple(f'the {role}' for role in roles), 'and')} {'is' if len(roles) == 1 else 'are'} vacant"
    told += ", and until somebody is there the time stands still"
    who = tuple(dict.fromkeys(name for wait in waits for name in wait.who))
    how = f": {either(tuple(dict.fromkeys(wait.text for wait in waits)), 'or')}" if waits else ""
    return Gap(Truth.PENDING, (Wait("act", f"{told}{how}", who),))


def _fillings(judge: "Judge", role: str) -> Iterator[Wait]:
    """The entries by which somebody fills a role, and who can make them."""
    for provision in judge.agreement.provisions:
        becomes = provision.statement
        if not isinstance(becomes, t.Becomes) or becomes.filler is None or provision.rows is None:
            continue
        if not isinstance(becomes.role, t.Literal) or becomes.role.content == t.NameValue(role):
            for kind in (judge.agreement.terms.kinds[each] for each in provision.rows.kinds):
                who = kind.makers or judge.agreement.signers(kind.name)
                if who:
                    told = f"{either(who, 'or' if kind.makers else 'and')} can {judge.agreement.making[kind.name]}"
                    yield Wait("act", f"{told} {a_noun(kind.name)}", who)


# ---------------------------------------------------------------- who is there


def _makers(judge: "Judge", counted: Counted) -> tuple[tuple[str, ...], ...]:
    """Who can make each of the kinds: nobody in particular is told by no names."""
    if counted.actor is not None:
        return (judge.agreement.members(counted.actor),)
    return tuple(_makers_of(judge, kind) for kind in counted.entries.kinds)


def _makers_of(judge: "Judge", name: str) -> tuple[str, ...]:
    kind, agreement = judge.agreement.terms.kinds[name], judge.agreement
    if kind.every is not None:
        return ()
    if PRESETS[kind.preset].signed:
        return agreement.signers(name)
    made: list[str] = [*kind.makers]
    for provision in agreement.provisions if not made else ():
        norm = provision.statement
        if isinstance(norm, t.Occurs) and norm.kind == name:
            return ()
        if isinstance(norm, t.Duty | t.Power) and isinstance(norm.act, t.Enter) and name in norm.act.kinds:
            if norm.bearer is not None:
                return ()
            made += norm.bearers
    return tuple(dict.fromkeys(member for each in made for member in agreement.members(each)))


def _spells(judge: "Judge", counted: Counted) -> list[Spell]:
    """When nobody could make any of the entries, in order: of a paper that several sign, when one was lacking."""
    found: list[Spell] | None = None
    for place, names in enumerate(_makers(judge, counted)):
        by_name = [_vacancies(judge, name) for name in names]
        signed = counted.actor is None and PRESETS[_preset(judge, counted.entries.kinds[place])].signed
        spells = _either_of(by_name) if signed else _all_of(by_name)
        found = spells if found is None else _all_of([found, spells])
    return found or []


def _preset(judge: "Judge", kind: str) -> str:
    return judge.agreement.terms.kinds[kind].preset


def _vacancies(judge: "Judge", name: str) -> list[Spell]:
    """When a role was vacant, in order."""
    found: list[Spell] = []
    for filling in judge.state.holders:
        if filling.role != name:
            continue
        still = bool(found) and found[-1][1] is None
        if filling.filler and still:
            found[-1] = (found[-1][0], filling.at)
        elif not filling.filler and not still:
            found.append((filling.at, None))
    return found


def _all_of(several: list[list[Spell]]) -> list[Spell]:
    """The spells that all have in common."""
    common = several[0] if several else []
    for spells in several[1:]:
        both = ((max(one[0], other[0]), _first(one[1], other[1])) for one in common for other in spells)
        common = [(since, until) for since, until in both if until is None or since < until]
    return sorted(common, key=lambda each: each[0])


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _either_of(several: list[list[Spell]]) -> list[Spell]:
    """The spells of any of them: what overlaps counts once."""
    merged: list[Spell] = []
    for since, until in sorted((each for spells in several for each in spells), key=lambda each: each[0]):
        last = merged[-1] if merged else None
        if last is not None and (last[1] is None or since <= last[1]):
            over = None if last[1] is None or until is None else max(last[1], until)
            merged[-1] = (last[0], over)
        else:
            merged.append((since, until))
    return merged
