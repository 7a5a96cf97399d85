"""How a duty or power stands as a permission, for a row: true where it may be acted on now.

What displaces a section stands in the way first, whatever else its sentences wait for: while a hold suspends a release,
the release waits for the hold to end, also as long as its own conditions are not met.
"""

from dataclasses import replace

from dsl import terms as t
from dsl.bearing import nobody_there
from dsl.ceasing import unsuspended
from dsl.compile import Agreement, survives
from dsl.days import open_end
from dsl.doubt import was_open
from dsl.edges import displacement, replacing, unmet
from dsl.ending import may_have_ended
from dsl.entries import counts
from dsl.judge import Judge
from dsl.lacking import waits_of
from dsl.lateness import open_lateness
from dsl.ledger import caps_over
from dsl.norms import judge_for, stands
from dsl.owed import left_of
from dsl.reasons import Reason, Truth, either
from dsl.saying import say_instant
from dsl.stages import no_row
from dsl.state import Entry, State, key_of
from dsl.windows import opening_of


def _only_when(why: Reason) -> str:
    """What was found, with the condition that it is about; a mere figure says nothing by itself, nor does how many of
    several are so."""
    if why.truth is Truth.FALSE and why.children:
        known = tuple(dict.fromkeys(_found(leaf) for leaf in why.leaves() if leaf.truth is Truth.FALSE))
        return f"not so that {either(known, 'and that')}" if 0 < len(known) <= _TOLD else why.note
    alone = why.truth in (Truth.TRUE, Truth.FALSE) and why.note and not why.children
    return f"only when {why.text}: {why.note}" if alone else why.note


_TOLD = 3
"""Of how many conditions it is told by themselves that they are not so."""


def _found(why: Reason) -> str:
    return f"{why.text} ({why.note})" if why.note else why.text


def standing(agreement: Agreement, state: State, provision: t.Provision, row: Entry | None) -> Reason:
    """How a duty or power stands as a permission: true where it may be acted on now."""
    norm = state.norms.get(key_of(provision.key, row.number if row else None))
    cited = provision.cited
    status = norm.status if norm is not None else "dormant"
    judge = judge_for(agreement, state, provision, row)
    match status:
        case "active" | "overdue":
            return _in_time(judge, provision, row)
        case "suspended":
            found = displacement(agreement, state, provision.cited, ("suspension",), row)
            if found is None:
                assert isinstance(provision.statement, t.Duty | t.Power)
                nobody = nobody_there(judge, provision.statement)
                return nobody or Reason(Truth.FALSE, provision.text, cited, status)
            return _displaced(judge, provision, *found)
        case "dormant":
            if row is not None and not stands(agreement, state, provision, row):
                return Reason(Truth.FALSE, provision.text, cited, f'"{row.name}" no longer counts')
            if state.terminated is not None and not survives(agreement, provision.cited):
                return has_ended(state, provision.text)
            if provision.trigger is None:
                return Reason(Truth.FALSE, provision.text, cited, "not in force")
            why = once_met(judge, provision, row) or judge.judge(provision.trigger)
            truth = why.truth if why.truth is not Truth.TRUE else Truth.FALSE
            dormant = Reason(truth, provision.text, cited, _only_when(why), why.waits, (why,))
            return _behind(displaced(judge, provision, row), dormant, (why,))
        case _ if state.terminated is not None and not survives(agreement, provision.cited):
            return has_ended(state, provision.text)
        case "superseded" if row is not None and not counts(agreement, state, row, state.now):
            return Reason(Truth.FALSE, provision.text, cited, f'"{row.name}" no longer counts')
        case "discharged" if norm is not None and norm.due is not None and norm.due < state.now:
            ended = say_instant(norm.due, agreement.terms.zone)
            return Reason(Truth.FALSE, provision.text, cited, f"its time has passed: it ended at {ended}")
        case "excused":
            left = "; ".join(left_of(judge, cap, row) for cap in caps_over(agreement, state, provision.cited, row))
            return Reason(Truth.FALSE, provision.text, cited, left)
        case "superseded":
            by = replacing(agreement, state, cited, row)
            told = (
                f"section {cited} is already superseded by section {either(by, 'or')}" if by else "already superseded"
            )
            return Reason(Truth.FALSE, provision.text, by[0] if by else cited, told)
        case "fulfilled" if norm is not None and not norm.paid and _pays(provision):
            return Reason(Truth.FALSE, provision.text, cited, "already fulfilled, as there was nothing to pay")
        case _:
            return Reason(Truth.FALSE, provision.text, cited, f"already {status}")


def _pays(provision: t.Provision) -> bool:
    return isinstance(provision.statement, t.Duty) and isinstance(provision.statement.act, t.Move)


def _in_time(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason:
    statement = provision.statement
    assert isinstance(statement, t.Duty | t.Power)
    opens = opening_of(statement)
    if opens is not None:
        early = judge.judge(t.Arrived(statement.window.text, provision.span, opens, "come"))
        if early.truth is not Truth.TRUE:
            return Reason(early.truth, provision.text, provision.cited, "too early", early.waits, (early,))
    asked = judge.as_it_stands(provision.trigger) if provision.trigger is not None and not provision.latches else None
    if asked is not None and asked.truth is Truth.OPEN:
        note = "it is open whether its condition has ended"
        return Reason(asked.truth, provision.text, provision.cited, note, asked.waits, (asked,))
    if statement.window.hours is not None:
        now = judge.judge(t.InHours(statement.window.hours.text, provision.span, None, statement.window.hours))
        if now.truth is not Truth.TRUE:
            return Reason(now.truth, provision.text, provision.cited, "outside its hours", now.waits, (now,))
    norm = judge.state.norm(provision.key, row.number if row else None)
    if isinstance(statement, t.Power) and norm is not None and norm.due is None:
        unknown = open_end(judge, statement.window, norm.began)
        if unknown is not None:
            note = "it is open when its time ends"
            return Reason(unknown.truth, provision.text, provision.cited, note, unknown.waits)
    if isinstance(statement, t.Power) and norm is not None and norm.due is not None and norm.due < judge.now:
        late = open_lateness(judge, provision, row)
        if late is not None:
            note = "it is open whether its time is over"
            return Reason(Truth.OPEN, provision.text, provision.cited, note, late.waits, (late,))
    instead = displaced(judge, provision, row)
    if instead is not None:
        return instead
    needed = unmet(judge, provision.cited, row)
    if needed is not None:
        why = needed[1]
        return Reason(why.truth, provision.text, needed[0].upper, why.note, why.waits, (why,))
    return may_have_ended(judge, provision.cited) or Reason(Truth.TRUE, provision.text, provision.cited)


def once_met(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """Why it is open whether what was to come once has come for a row before."""
    return next((why for each, why in was_open(judge, provision, now=False) if each == row), None)


def without_rows(judge: Judge, provision: t.Provision, note: str = "") -> Reason:
    """How a provision stands that ranges over entries of which there is none yet."""
    if judge.state.terminated is not None and not survives(judge.agreement, provision.cited):
        return has_ended(judge.state, provision.text)
    none = no_row(judge, provision, note)
    return _behind(displaced(judge, provision, None), none, (none,))


def displaced(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """That the section of a provision is displaced for a row, or that this is open, and what would end it."""
    for truth in (Truth.TRUE, Truth.OPEN):
        found = displacement(judge.agreement, judge.state, provision.cited, row=row, truth=truth)
        if found is not None:
            return _displaced(judge, provision, *found)
    return None


_WORDS = {"suspension": "suspended", "replacement": "replaced"}


def _displaced(judge: Judge, provision: t.Provision, edge: t.Edge, why: Reason) -> Reason:
    is_so = why.truth is Truth.TRUE
    how = f"is {_WORDS[edge.mode]}" if is_so else "may be displaced"
    note = f"section {provision.cited} {how} by section {edge.upper}"
    note += f" while {edge.condition.text}" if edge.condition is not None else ""
    ends = unsuspended(judge, edge, provision.cited, why)
    waits, needs = waits_of(ends) if ends is not None else ((), 0)
    return Reason(Truth.FALSE if is_so else Truth.OPEN, provision.text, edge.upper, note, waits, (why,), needs)


def _behind(instead: Reason | None, reason: Reason, below: tuple[Reason, ...]) -> Reason:
    """A reason, or those below it, behind what displaces its section, if anything does; what is false anyway, or
    replaced for good, waits for nothing."""
    if instead is None or reason.truth is Truth.FALSE:
        return reason
    if instead.truth is Truth.FALSE and not instead.waits:
        return instead
    return replace(instead, children=(replace(instead, text=NOT_DISPLACED), *below))


NOT_DISPLACED = "nothing displaces it"
"""What is not so of a section that is suspended or replaced."""


def has_ended(state: State, text: str) -> Reason:
    """That the agreement has terminated, and what is asked about with it."""
    return Reason(Truth.FALSE, text, state.terminated_by, "the agreement has terminated")
