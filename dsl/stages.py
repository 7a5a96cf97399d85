"""Stages of entries as conditions: has it been signed, received, given, by whom and in time.

A stage is pending until it is reached, and false only when its time is over or the entry no longer counts. What is
still missing is named with who can supply it.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import FAILING, Agreement
from dsl.copying import replace
from dsl.entries import counts, is_about, missing_signers, stage_instant
from dsl.folds import gathered
from dsl.occurring import may_have_occurred, open_figure
from dsl.presets import PRESETS
from dsl.reasons import Gap, Reason, Truth, Wait, a_noun, all_of, either, gap_reason, opposite, so_far
from dsl.state import Entry
from dsl.unattended import Counted, attended

if TYPE_CHECKING:
    from dsl.judge import Judge

INSTANT = timedelta(microseconds=1)
_STAGE_VERBS = {"signed": "sign", "completed": "sign", "received": "deliver", "given": "give", "sent": "send"}


def stage_reached(judge: "Judge", condition: t.StageReached) -> Reason:
    """Whether some entry, every entry or no entry of those spoken of has reached a stage.

    What may still come makes an absence neither pending nor open, but what rests on a blank or a reading does.
    """
    match condition.quantifier:
        case "every":
            return _every_stage(judge, condition)
        case "no":
            return _no_stage(judge, condition)
        case _:
            return _some_stage(judge, condition)


def _no_stage(judge: "Judge", condition: t.StageReached) -> Reason:
    """That none has is true as long as none has; `before X` it is true only when X has come without one."""
    some = _some_stage(judge, condition)
    if some.truth is Truth.PENDING and condition.bound is not None and not condition.bound.after:
        edge = _edge(judge, condition)
        if isinstance(edge, Gap):
            return gap_reason(condition, edge)
        over = judge.end(edge) + INSTANT if condition.bound.inclusive else judge.moment(edge)
        until = f"until {judge.say(judge.end(edge) if condition.bound.inclusive else edge)}"
        wait = Wait("time", f"{condition.text}, {until}", at=over)
        return Reason(Truth.PENDING, condition.text, note=f"none so far, {until}", waits=(wait,))
    truth = opposite(so_far(some))
    waits, below = (some.waits, some.children) if truth is Truth.OPEN else ((), ())
    note = some.note.replace("not in time: ", "none by ") if truth is Truth.TRUE else some.note
    return Reason(truth, condition.text, "", note, waits, below)


def _some_stage(judge: "Judge", condition: t.StageReached) -> Reason:
    subject = condition.subject
    if not isinstance(subject, t.Selection):
        entry = judge.values.entry(subject)
        if isinstance(entry, Gap):
            return gap_reason(condition, entry)
        return _entry_stage(judge, condition, entry)
    about = judge.values.open_about(subject)
    if about is not None:
        return gap_reason(condition, about)
    reasons = [_candidate(judge, condition, subject.filter, entry) for entry in _candidates(judge, condition, subject)]
    for reason in reasons:
        if reason.truth is Truth.TRUE:
            return reason
    more = _one_more(judge, condition, subject)
    if more is not None and more.truth is Truth.TRUE:
        return more
    unsure = [reason for reason in (*reasons, *((more,) if more is not None else ())) if so_far(reason) is Truth.OPEN]
    late = _bound_passed(judge, condition)
    if late is not None:
        return replace(unsure[-1], truth=Truth.OPEN) if unsure else late
    pending = [reason for reason in reasons if reason.truth is Truth.PENDING]
    if pending and unsure and pending[-1] not in unsure:
        return Reason(Truth.PENDING, condition.text, children=(*unsure, pending[-1]), needs=1)
    if pending or unsure:
        return pending[-1] if pending else unsure[-1]
    return Reason(Truth.PENDING, condition.text, note="none yet", waits=makers(judge, subject), needs=1)


def _one_more(judge: "Judge", condition: t.StageReached, subject: t.Selection) -> Reason | None:
    """Why it is open whether one more entry, which may have occurred, has reached a stage; None if that is not open.

    Under an assumed reading one would have been made that is made under it; whatever else is asked of it is open.
    """
    more = may_have_occurred(judge, subject) if condition.stage != "withdrawn" else None
    if more is None:
        return None
    plain = condition.stage == "made" and condition.bound is None and subject.filter is None
    if more.truth is Truth.TRUE and plain and condition.actor is None and subject.besides is None:
        return Reason(Truth.TRUE, condition.text, more.section, more.note)
    return Reason(Truth.OPEN, condition.text, more.section, more.note, open_figure(more).waits)


def _candidates(judge: "Judge", condition: t.StageReached, subject: t.Selection) -> list[Entry]:
    """The entries that can be the one asked for; of many, those that decide it, and those of which it is not known."""
    rest, unfiltered = None, subject if subject.filter is None else replace(subject, filter=None)
    if condition.bound is None and condition.stage != "withdrawn":
        name = ("stage", condition.stage, condition.actor or "")
        rest = gathered(judge.values, subject, name, lambda values, entry: _reached(values.judge, condition, entry))
    if rest is None:
        return list(judge.values.selected(unfiltered, also_withdrawn=condition.stage == "withdrawn"))
    first = min((number for number, truth in rest.added if truth is Truth.TRUE), default=None)
    last = max((number for number, truth in rest.added if truth is Truth.PENDING), default=None)
    decisive = {each for each in (first, last) if each is not None}
    others = judge.values.selected(unfiltered, among=rest.others)
    return sorted((*(judge.state.entry(each) for each in decisive), *others), key=lambda each: each.number)


def _reached(judge: "Judge", condition: t.StageReached, entry: Entry) -> tuple[int, Truth] | Gap | None:
    """How an entry stands towards a stage, with its number; None if it cannot reach it any more."""
    reason = _entry_stage(judge, condition, entry)
    if so_far(reason) is Truth.OPEN:
        return Gap(Truth.OPEN, ())
    return None if reason.truth is Truth.FALSE else (entry.number, reason.truth)


def _candidate(judge: "Judge", condition: t.StageReached, wanted: t.Filter | None, entry: Entry) -> Reason:
    """One entry that may be the one asked for: its stage, and what it must also be."""
    stage = _entry_stage(judge, condition, entry)
    if wanted is None or stage.truth is Truth.FALSE:
        return stage
    kept = judge.picking(entry).judge(wanted.condition)
    truth = all_of((stage.truth, kept.truth))
    if truth is Truth.TRUE:
        return replace(stage, children=(kept,))
    below = (kept,) if stage.truth is Truth.TRUE else (stage, kept)
    return Reason(truth, condition.text, note=f'"{entry.name}"', children=below)


def _every_stage(judge: "Judge", condition: t.StageReached) -> Reason:
    subject = condition.subject
    assert isinstance(subject, t.Selection)
    children = []
    for kind in subject.kinds:
        one = t.Selection(kind, subject.span, (kind,), False, subject.about, subject.filter, kind)
        found = list(judge.values.selected(one))
        if subject.is_list or not found:
            text = f"{kind} has been {condition.stage}"
            some = t.StageReached(text, condition.span, "some", one, condition.stage, condition.actor, condition.bound)
            children.append(_some_stage(judge, some))
        else:
            children += [_entry_stage(judge, condition, entry) for entry in found]
            unsure = ((_entry_stage(judge, condition, entry), why) for entry, why in judge.values.unsure(one))
            children += [why for stage, why in unsure if stage.truth is not Truth.TRUE]
            more = _one_more(judge, condition, one) if condition.stage != "made" or condition.bound else None
            children += [replace(more, truth=Truth.OPEN)] if more is not None else []
    truths = [child.truth for child in children]
    note = f"{truths.count(Truth.TRUE)} of {len(truths)}"
    return Reason(all_of(truths), condition.text, note=note, children=tuple(children))


def _entry_stage(judge: "Judge", condition: t.StageReached, entry: Entry) -> Reason:
    if condition.stage != "withdrawn" and not counts(judge.agreement, judge.state, entry, judge.now):
        gone = "withdrawn" if entry.withdrawn else "superseded"
        return Reason(Truth.FALSE, condition.text, note=f'"{entry.name}" has been {gone}')
    reached = stage_instant(judge.agreement, entry, condition.stage, condition.actor)
    if reached is None:
        late = _bound_passed(judge, condition)
        return late or Reason(
            Truth.PENDING, condition.text, note=f'"{entry.name}"', waits=_stage_waits(judge, entry, condition)
        )
    if condition.bound is not None:
        edge = _edge(judge, condition, reached)
        if isinstance(edge, Gap):
            return gap_reason(condition, edge)
        match condition.bound:
            case t.Bound(after=True):
                inside = reached > judge.end(edge)
            case t.Bound(inclusive=True):
                inside = reached <= judge.end(edge)
            case _:
                inside = reached < judge.moment(edge)
        early = None if condition.bound.since is None else _too_early(judge, condition.bound.since, entry, reached)
        if early is not None:
            note = f'"{entry.name}": {judge.say(reached)}, too early before {judge.say(early)}'
            return Reason(Truth.FALSE, condition.text, note=note)
        if not inside:
            return Reason(Truth.FALSE, condition.text, note=f'"{entry.name}": {judge.say(reached)}')
    if reached > judge.now:
        judge.instants.add(reached)
        wait = Wait("time", f"{condition.text}, on {judge.say(reached)}", at=reached)
        return Reason(Truth.PENDING, condition.text, note=f'"{entry.name}": {judge.say(reached)}', waits=(wait,))
    if reached == judge.now - INSTANT:
        judge.instants.add(reached)
    return Reason(Truth.TRUE, condition.text, note=f'"{entry.name}": {judge.say(reached)}')


def _edge(judge: "Judge", condition: t.StageReached, reached: datetime | None = None) -> t.Content | Gap:
    """The time that a stage is bound by; one that is counted stands still while nobody is there who could act in it.

    What was `reached` before is in time however long that is; and what is reached while it stands still.
    """
    bound, subject = condition.bound, condition.subject
    assert bound is not None
    edge = judge.values.value(bound.instant)
    start = judge.values.value(bound.since) if bound.since is not None else None
    counts_on = isinstance(subject, t.Selection) and condition.stage != "withdrawn"
    if isinstance(edge, Gap) or start is None or isinstance(start, Gap) or not counts_on:
        return edge
    if reached is not None and reached <= judge.end(edge):
        return edge
    assert isinstance(bound.instant, t.Shift)
    assert isinstance(subject, t.Selection)
    later = attended(judge, Counted(subject, condition.actor, start, bound.instant.period), edge)
    still = isinstance(later, Gap) and later.truth is Truth.PENDING
    return reached if still and reached is not None else later


def _too_early(judge: "Judge", since: t.Value, entry: Entry, reached: datetime) -> t.Content | None:
    """The beginning of a time that an entry came before, if it did; an answer to what is on its way comes in time."""
    start = judge.values.value(since)
    if isinstance(start, Gap) or reached >= judge.moment(start):
        return None
    answered = (judge.values.entry(each) for each in _subjects(since))
    if any(isinstance(each, Entry) and is_about(judge.state, entry, each.number) for each in answered):
        return None
    return start


def _subjects(value: object) -> Iterator[t.Reference]:
    """The entries of which a time is a stage or a field."""
    if isinstance(value, t.StageOf | t.FieldOf):
        yield value.subject
    elif isinstance(value, t.Shift | t.Extreme | t.DayValue):
        for part in fields(value):
            yield from _subjects(getattr(value, part.name))


def _bound_passed(judge: "Judge", condition: t.StageReached) -> Reason | None:
    """False once the time in which it could have happened is over."""
    if condition.bound is None or condition.bound.after:
        return None
    edge = _edge(judge, condition)
    if isinstance(edge, Gap):
        return None
    over = judge.end(edge) + INSTANT if condition.bound.inclusive else judge.moment(edge)
    if condition.bound.inclusive:
        judge.watch_end(over)
    if over <= judge.now:
        return Reason(Truth.FALSE, condition.text, note=f"not in time: {judge.say(edge)}")
    judge.instants.add(over)
    return None


def _stage_waits(judge: "Judge", entry: Entry, condition: t.StageReached) -> tuple[Wait, ...]:
    kind = judge.agreement.terms.kinds[entry.kind]
    missing = missing_signers(judge.agreement, entry)
    if missing:
        text = f'{either(missing, "and")} must sign the {kind.name} "{entry.name}"'
        return (Wait("act", text, missing, section=kind.section),)
    who = kind.deliverers or kind.makers or judge.agreement.signers(kind.name)
    verb = _STAGE_VERBS.get(condition.stage, "make")
    if entry.on_receipt:
        who, verb = (*who, *entry.to), "deliver"
    to = f" to {condition.actor}" if verb == "deliver" and condition.actor and len(entry.to) > 1 else ""
    text = f'{either(who, "or")} can {verb} the {kind.name} "{entry.name}"{to}'
    return (Wait("act", text, who, section=kind.section),)


def none_yet(judge: "Judge", selection: t.Selection) -> Wait:
    """That there is no entry of a kind yet, and who can make one, or when one comes."""
    found = makers(judge, selection)
    who = tuple(dict.fromkeys(name for wait in found for name in wait.who))
    how = "; or ".join(dict.fromkeys(wait.text for wait in found))
    told = f"there is no {selection.text} yet ({how})"
    return Wait("act", told, who, section=found[0].section, about=found[0].about)


def no_row(judge: "Judge", provision: t.Provision, note: str = "") -> Reason:
    """How a provision stands that ranges over entries of which there is none yet, and why."""
    assert provision.rows is not None
    wait = none_yet(judge, provision.rows)
    below = left_out(judge, provision.rows)
    return Reason(Truth.PENDING, provision.text, provision.cited, note, (wait,), below, needs=1)


_SHOWN = 3
"""Of how many entries that a filter leaves out, the latest ones, it is said why."""


def left_out(judge: "Judge", selection: t.Selection, only: Entry | None = None) -> tuple[Reason, ...]:
    """Why a filter leaves out the entries that there are, or the one asked about."""
    if selection.filter is None:
        return ()
    every = [only] if only is not None else list(judge.values.selected(replace(selection, filter=None)))[-_SHOWN:]
    found = []
    for entry in every:
        why = judge.picking(entry).judge(selection.filter.condition)
        if why.truth is not Truth.TRUE:
            note = f'"{entry.name}" is not one {selection.filter.text}'
            found.append(Reason(why.truth, selection.filter.text, why.section, note, why.waits, (why,)))
    return tuple(found)


def makers(judge: "Judge", selection: t.Selection) -> tuple[Wait, ...]:
    waits = []
    for name in selection.kinds:
        kind = judge.agreement.terms.kinds[name]
        preset = PRESETS[kind.preset]
        signers = judge.agreement.signers(name) if preset.signed else ()
        if kind.every is not None:
            waits.append(Wait("time", f"{a_noun(name)} occurs {kind.every.text}", section=kind.section))
        elif not signers and not kind.makers:
            waits.append(_brought_about(judge.agreement, kind))
        elif signers:
            text = f"{either(signers, 'and')} must sign {a_noun(name)}"
            waits.append(Wait("act", text, signers, section=kind.section))
        else:
            text = f"{either(kind.makers, 'or')} can {judge.agreement.making[name]} {a_noun(name)}"
            waits.append(Wait("act", text, kind.makers, section=kind.section))
    return tuple(waits)


_LONG = 120
"""A condition that is longer is read where it stands."""


def _by_what(agreement: Agreement, kind: t.Kind) -> str:
    """Which sentences make an entry of a kind by themselves, and when, in words."""
    made = [each for each in agreement.provisions if _makes(each.statement, kind)]
    said = []
    for provision in made:
        when, failing = "when" if provision.latches else "while", provision.key.endswith(FAILING)
        trigger = provision.trigger.text if provision.trigger is not None and not failing else ""
        also = "if it is not performed in time" if failing else f"{when} {trigger}" if trigger else ""
        said.append(f"section {provision.cited}" + (f", {also}" if 0 < len(also) < _LONG else ""))
    return f" under {either(tuple(dict.fromkeys(said)), 'or')}" if said else ""


def _makes(statement: t.Statement, kind: t.Kind) -> bool:
    return isinstance(statement, t.Occurs) and statement.kind == kind.name


def _brought_about(agreement: Agreement, kind: t.Kind) -> Wait:
    """Who must or may make an entry of a kind that names no makers; of what occurs by itself, that it comes."""
    found: list[str] = []
    for provision in agreement.provisions:
        norm = provision.statement
        act = norm.act if isinstance(norm, t.Duty | t.Power) else None
        if isinstance(norm, t.Duty | t.Power) and isinstance(act, t.Enter) and act.verb == "make":
            found += t.borne_by(norm) if kind.name in act.kinds else ()
    who = tuple(dict.fromkeys(found))
    if not who:
        text = f"{a_noun(kind.name)} must come about{_by_what(agreement, kind)}"
        return Wait("act", text, section=kind.section, about=kind.name)
    named = tuple(name for name in who if name in agreement.terms.parties)
    text = f"{either(who, 'or')} can {PRESETS[kind.preset].making} {a_noun(kind.name)}"
    return Wait("act", text, named, section=kind.section)
