"""What has become of duties and powers as conditions: performed, exercised, overdue, for which row.

What is asked for an entry concerns the norms that have it as their row, and those whose row is about it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import covers, survives
from dsl.copying import replace
from dsl.days import open_end
from dsl.doubt import unfollowed
from dsl.ending import open_ending
from dsl.entries import is_about
from dsl.holders import may_have_filled
from dsl.owed import amount_gap
from dsl.possible import doubtful, may_be_displaced, today
from dsl.reasons import Gap, Reason, Truth, Wait, either, plain_reason
from dsl.settling import unsettled
from dsl.spells import open_spell
from dsl.state import Entry, Norm

if TYPE_CHECKING:
    from dsl.judge import Judge

SAID_TO_BE_BREACHED = "said to be breached"
"""No status of its own: somebody asserts the breach of a duty that still stands, and nobody finds it here."""

_ALREADY_IF_ONE = ("active", "overdue", "suspended")
"""A section with several duties is like this as soon as one of them is; otherwise all of them must be."""

_FULFILLED = ("fulfilled", "fulfilled late")
"""A section is fulfilled when all of its duties are, and late when one of them was."""

_TODAY = {Truth.TRUE: "active", Truth.FALSE: "dormant"}
"""How a power stands that comes and goes with its condition."""

_OF_DUTIES = (*_FULFILLED, "excused", "waived")
"""What only duties become; a power beside them does not count."""

_TOLD = 6

_MOST_DATED = 20
"""How many deadlines, none of them known, may be counted each from the next."""

_OWED = ("active", "overdue", "suspended")
"""A section is not performed while one of its duties still stands like this."""


def norms(judge: "Judge", section: str, row: t.Reference | None) -> Iterator[Norm]:
    """The norms of a section; of one row, or of what is about it, if one is given."""
    entry = judge.values.entry(row) if row is not None else None
    if isinstance(entry, Gap):
        return
    for provision in judge.agreement.provisions:
        if not covers(section, provision.cited):
            continue
        if entry is None:
            yield from judge.state.norms_of(provision.key)
        elif provision.rows is None or entry.kind in provision.rows.kinds:
            norm = judge.state.norm(provision.key, entry.number)
            if norm is not None:
                yield norm
        else:
            for each in judge.state.norms_of(provision.key):
                if each.row is not None and is_about(judge.state, judge.state.entry(each.row), entry.number):
                    yield each


def due(judge: "Judge", value: t.DeadlineOf) -> datetime | Gap:
    """The due instant of a section, for one row if one is given, or else of what is about it; of several that differ,
    none is taken."""
    if judge.past:
        return Gap(Truth.OPEN, (Wait("figure", f"which {value.text} was then is not kept"),))
    every = list(norms(judge, value.section, value.row))
    for norm in every:
        by = (norm.provision, norm.row)
        if by in judge.dating or len(judge.dating) == _MOST_DATED:
            told = "itself" if by in judge.dating else f"more than {_MOST_DATED} others, one by one"
            return Gap(Truth.OPEN, (Wait("figure", f"{value.text} rests on {told}", section=value.section),))
        dating = replace(judge, dating=(*judge.dating, by))
        spell = open_clock(dating, norm)
        if spell is not None:
            return Gap(Truth.OPEN, spell.waits)
        unknown = _open_end(dating, norm)
        if unknown is not None:
            return unknown
    dated = [norm for norm in every if norm.due is not None]
    dated = [norm for norm in dated if norm.status != "superseded"] or dated
    entry = judge.values.entry(value.row) if value.row is not None else None
    dated = [norm for norm in dated if isinstance(entry, Entry) and norm.row == entry.number] or dated
    if not dated:
        return Gap(Truth.PENDING, (Wait("act", f"section {value.section} has no deadline yet"),))
    if len({(norm.due, norm.halted) for norm in dated}) > 1:
        told = f"section {value.section} has several deadlines; {_which(judge, dated)}"
        return Gap(Truth.OPEN, (Wait("figure", told, section=value.section),))
    if dated[0].due is None or dated[0].halted:
        wait = Wait("act", f"the clock of section {value.section} stands still", section=value.section)
        return Gap(Truth.PENDING, (wait,))
    return dated[0].due


def _which(judge: "Judge", dated: list[Norm]) -> str:
    """What has to be said so that one of several deadlines is meant: for which entry, or of which sentence."""
    rows = list(dict.fromkeys(judge.state.entry(norm.row).name for norm in dated if norm.row is not None))
    names = ", ".join(f'"{name}"' for name in rows[:_TOLD]) + (", ..." if len(rows) > _TOLD else "")
    if len(rows) > 1:
        return f"say for which entry: {names}"
    cited = list(dict.fromkeys(f"section {judge.agreement.by_key[norm.provision].cited}" for norm in dated))
    if len(cited) > 1:
        return f"name the sentence: {', '.join(cited[:-1])} or {cited[-1]}"
    times = ", ".join(dict.fromkeys(judge.say(norm.due) for norm in dated if norm.due is not None))
    return f"one sentence states them: {times}"


def open_clock(judge: "Judge", norm: Norm) -> Reason | None:
    """Why it is open how long the clock of a norm that is still owed has stood still."""
    statement = judge.agreement.by_key[norm.provision].statement
    if not isinstance(statement, t.Duty | t.Power) or norm.status not in _OWED:
        return None
    inner = judge if norm.row is None else judge.with_row(judge.state.entry(norm.row))
    return open_spell(inner, statement.window, norm)


def _open_end(judge: "Judge", norm: Norm) -> Gap | None:
    """Why it is open with what the time of a norm that is still owed ends; None if that is known or has to come.

    A time that is counted from when something is owed begins once it is known how much that is.
    """
    provision = judge.agreement.by_key[norm.provision]
    window = getattr(provision.statement, "window", None)
    if window is None or norm.due is not None or norm.status not in _OWED:
        return None
    inner = judge if norm.row is None else judge.with_row(judge.state.entry(norm.row))
    unknown = amount_gap(inner, provision, norm) if window.within is not None and window.origin is None else None
    return unknown if unknown is not None and unknown.truth is Truth.OPEN else open_end(inner, window, norm.began)


def performed(judge: "Judge", condition: t.Performed) -> Reason:
    """Whether the duties of a section have been performed, or a power of it exercised."""
    if condition.word == "exercised":
        found = norms(judge, condition.section, condition.row)
        keys = {(norm.provision, norm.row) for norm in found if not _is_duty(judge, norm)}
        uses = (used for key in {key for key, _ in keys} for used in judge.state.standing_exercises(key))
        done = any((used.provision, used.row) in keys for used in uses)
    else:
        statuses = set(_statuses(judge, condition))
        owed = any(duty and status in _OWED for status, duty in statuses)
        done = not owed and any(status in _FULFILLED for status, _ in statuses)
    if done:
        return plain_reason(condition, True)
    form = t.Power if condition.word == "exercised" else t.Duty
    said = (each.statement for each in judge.agreement.provisions if covers(condition.section, each.cited))
    who = tuple(dict.fromkeys(name for each in said if isinstance(each, form) for name in t.borne_by(each)))
    text = f"section {condition.section} is not {condition.word} yet" + (
        f": that is for {either(who, 'or')}" if who else ""
    )
    wait = Wait("act", text, who, section=condition.section)
    return Reason(Truth.PENDING, condition.text, condition.section, waits=(wait,))


def performance(judge: "Judge", value: t.PerformanceOf) -> datetime | Gap:
    """When the duties of a section had been performed, the last of them; pending while one that has arisen is owed."""
    done = performed(judge, t.Performed(value.text, value.span, value.section, "performed", value.row))
    if done.truth is not Truth.TRUE:
        return Gap(done.truth, done.waits)
    every = norms(judge, value.section, value.row)
    return max(norm.since for norm in every if norm.status in _FULFILLED and _is_duty(judge, norm))


def _statuses(judge: "Judge", condition: t.Performed) -> Iterator[tuple[str, bool]]:
    """In what statuses a section stands, and whether what stands so is a duty."""
    if condition.row is not None:
        yield from ((norm.status, _is_duty(judge, norm)) for norm in norms(judge, condition.section, condition.row))
        return
    for provision in judge.agreement.provisions:
        if covers(condition.section, provision.cited):
            duty = isinstance(provision.statement, t.Duty)
            yield from ((status, duty) for status in judge.state.statuses_of(provision.key))


def _is_duty(judge: "Judge", norm: Norm) -> bool:
    return isinstance(judge.agreement.by_key[norm.provision].statement, t.Duty)


def standing(judge: "Judge", condition: t.Standing) -> Reason:
    """Whether the norms of a section have a status, or have not."""
    every = list(norms(judge, condition.section, condition.row))
    if condition.status == SAID_TO_BE_BREACHED:
        return _asserted(condition, every)
    duties = [norm for norm in every if _is_duty(judge, norm)] if condition.status in _OF_DUTIES else []
    powers = [] if duties else list(_powers_of_today(judge, condition))
    of_today = {(key, number) for key, number, _, _ in powers}
    found = [norm.status for norm in duties or every if (norm.provision, norm.row) not in of_today]
    found += [status_today(judge, key, truth) for key, _, truth, _ in powers if truth in _TODAY]
    judge.instants.update(norm.since for norm in every if norm.since < judge.now)  # it may be the end of a time
    unsure = tuple(reason for _, _, truth, why in powers if truth is Truth.OPEN for reason in why)
    truth = _is_so(condition.status, found)
    either_way = {
        status_today(judge, key, each) for key, _, truth, _ in powers if truth is Truth.OPEN for each in _TODAY
    }
    either_way |= {"discharged"} if judge.state.terminated else set()
    if unsure and len({_is_so(condition.status, [*found, each]) for each in either_way}) > 1:
        note = "it is open whether it is in force"
        return Reason(Truth.OPEN, condition.text, condition.section, note, (), unsure)
    if unsure:
        truth = _is_so(condition.status, [*found, "dormant"])
    concerned = duties or every
    other = _unsure_above(judge, condition, concerned) or _unsure_bearer(judge, condition, concerned)
    other = other or _unsure_end(judge, condition, concerned)
    if other is not None:
        return other
    doubt = [wait for norm in every if norm.status == "active" for wait in norm.doubt]
    if doubt and _is_so(condition.status, [_if_late(judge, norm) for norm in duties or every]) is not truth:
        note = "it is open whether its time is over"
        return Reason(Truth.OPEN, condition.text, condition.section, note, tuple(dict.fromkeys(doubt)))
    if not truth or condition.status not in _ALREADY_IF_ONE:
        maybe = _may_be_in_force(judge, condition)
        if maybe is not None:
            return Reason(
                Truth.OPEN, condition.text, condition.section, "it is open whether it is in force", (), (maybe,)
            )
    so = Truth.TRUE if truth is not condition.negated else Truth.FALSE
    ended = judge.state.terminated is not None and "discharged" in found
    note = f"; the agreement has terminated under section {judge.state.terminated_by}" if ended else ""
    return Reason(so, condition.text, condition.section, (", ".join(found) or "dormant") + note)


def status_today(judge: "Judge", key: str, truth: Truth) -> str:
    """How a power stands whose condition has a truth: suspended, if it is there and nobody fills the role of its
    bearer."""
    power = judge.agreement.by_key[key].statement
    vacant = isinstance(power, t.Power) and any(judge.state.vacant(name) for name in t.borne_by(power))
    return "suspended" if vacant and truth is Truth.TRUE else _TODAY[truth]


def _if_late(judge: "Judge", norm: Norm) -> str:
    """How a norm stands if its time is over, where that is open."""
    if norm.status != "active" or not norm.doubt:
        return norm.status
    return "overdue" if _is_duty(judge, norm) else "discharged"


def _unsure_above(judge: "Judge", condition: t.Standing, found: list[Norm]) -> Reason | None:
    """Why it is open how norms stand of which it is open whether a section above displaces them."""
    reasons: dict[int, Reason] = {}
    for place, norm in enumerate(found):
        row = judge.state.entry(norm.row) if norm.row is not None else None
        section = judge.agreement.by_key[norm.provision].cited
        why = may_be_displaced(judge, section, row) if norm.status in _OWED else None
        if why is not None:
            reasons[place] = why
    either_way = (
        [now if place in reasons else norm.status for place, norm in enumerate(found)]
        for now in ("active", "suspended", "superseded")
    )
    if not reasons or len({_is_so(condition.status, each) for each in either_way}) == 1:
        return None
    return Reason(
        Truth.OPEN, condition.text, condition.section, "it is open how it stands", (), tuple(reasons.values())
    )


def _unsure_bearer(judge: "Judge", condition: t.Standing, found: list[Norm]) -> Reason | None:
    """Why it is open how norms stand whose bearers may have been freed, or may fill their role no longer or again."""
    otherwise, reasons = [norm.status for norm in found], []
    for place, norm in enumerate(found):
        maybe = next(may_stand(judge, norm), None)
        if maybe is not None:
            otherwise[place] = maybe[0]
            reasons.append(maybe[1])
    if _is_so(condition.status, otherwise) is _is_so(condition.status, [norm.status for norm in found]):
        return None
    return Reason(Truth.OPEN, condition.text, condition.section, "it is open how it stands", (), tuple(reasons))


def may_stand(judge: "Judge", norm: Norm) -> Iterator[tuple[str, Reason]]:
    """How a norm may stand by what may have become of its bearer, with why that is open."""
    provision, law = judge.agreement.by_key[norm.provision], judge.agreement
    assert isinstance(provision.statement, t.Binding)
    if norm.status not in _OWED:
        return
    bound = {each for name in t.borne_by(provision.statement) for each in law.members(name)}
    for other in law.by_itself.get(t.Discharges, ()) if isinstance(provision.statement, t.Duty) else ():
        frees = other.statement
        named = frees.name if isinstance(frees, t.Discharges) and frees.who is None else ""
        freed = {*law.members(named)} | judge.state.discharged.keys()
        if other.section != provision.section and (not named or bound <= freed):
            yield from (("discharged", why) for _, why in unfollowed(judge, other))
    for role in sorted(bound):
        for filler, why in may_have_filled(judge, role):
            if bool(filler) is not (judge.state.vacant(role) is None):
                yield ("active" if filler else "suspended"), why


def _unsure_end(judge: "Judge", condition: t.Standing, found: list[Norm]) -> Reason | None:
    """Why it is open how norms stand that have ended with the agreement, if it has."""
    if judge.ending or not unsettled(judge.agreement, judge.state):
        return None
    cited = {norm.provision: judge.agreement.by_key[norm.provision].cited for norm in found}
    ends = [
        "discharged"
        if norm.status in (*_OWED, "dormant") and not survives(judge.agreement, cited[norm.provision])
        else norm.status
        for norm in found
    ]
    if _is_so(condition.status, ends) is _is_so(condition.status, [norm.status for norm in found]):
        return None
    why = open_ending(judge)
    return why and Reason(Truth.OPEN, condition.text, condition.section, "it is open how it stands", (), (why,))


def _is_so(status: str, found: list[str]) -> bool:
    """Whether a section whose norms stand as was found has a status."""
    wanted = _FULFILLED if status in _FULFILLED else (status,)
    each_is = [each in wanted for each in found or ["dormant"]]
    truth = any(each_is) if status in _ALREADY_IF_ONE else all(each_is)
    return truth and (status != "fulfilled late" or status in found)


def _may_be_in_force(judge: "Judge", condition: t.Standing) -> Reason | None:
    """Why it is open whether a duty, power or ban of a section is in force that is not known to be."""
    row = judge.values.entry(condition.row) if condition.row is not None else None
    for provision in judge.agreement.provisions:
        if not covers(condition.section, provision.cited) or not isinstance(provision.statement, t.Binding):
            continue
        if provision.key in judge.agreement.of_today:
            continue
        if provision.key not in judge.asking:
            plain = replace(judge, rows={}, asking=judge.asking | {provision.key})
            for _, why in doubtful(plain, provision, row if isinstance(row, Entry) else None):
                return why
    return None


def _powers_of_today(
    judge: "Judge", condition: t.Standing
) -> Iterator[tuple[str, int | None, Truth, tuple[Reason, ...]]]:
    """The powers of a section that come and go with their conditions, for each of their rows, and how these are now."""
    row = judge.values.entry(condition.row) if condition.row is not None else None
    for provision in judge.agreement.provisions:
        if covers(condition.section, provision.cited) and provision.key not in judge.asking:
            plain = replace(judge, rows={}, asking=judge.asking | {provision.key})
            for each in today(plain, provision, row if isinstance(row, Entry) else None):
                yield provision.key, *each


def _asserted(condition: t.Standing, norms_of_section: list[Norm]) -> Reason:
    """Whether somebody asserts the breach of a duty of a section that still stands."""
    by = {who: None for norm in norms_of_section if norm.status in _OWED for who in norm.asserted_by}
    so = Truth.TRUE if bool(by) is not condition.negated else Truth.FALSE
    return Reason(so, condition.text, condition.section, f"by {' and '.join(by)}" if by else "nobody says so")
