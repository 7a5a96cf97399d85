"""What follows from an act: duties performed, powers used, and what the agreement does by itself.

Each consequence is told as a change with its cause, so that the story of a deal can be read from its state. A norm that
would stand otherwise is only handed on: it is changed by the norm machine, in `engine.py`.
"""

from collections.abc import Callable

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bearers, named_by
from dsl.clocks import next_one
from dsl.compile import Agreement, survives
from dsl.copying import replace
from dsl.effects import digest_of, taken_up
from dsl.ending import may_have_ended
from dsl.entries import counts, find, protection_of, row_of, satisfied_at, stage_instant, waived_by
from dsl.events import Acted
from dsl.holds import freed_by, held_back
from dsl.judge import Judge
from dsl.lateness import counted_at
from dsl.ledger import caps_over_each
from dsl.load import amended
from dsl.naming import come_about, comes_again, named_by_itself, origin_of
from dsl.norms import Now, begins, change, is_freed, judge_for
from dsl.owed import limit_of, still_owed
from dsl.parted import unclear
from dsl.passing import pass_on, rows_of
from dsl.performance import as_fulfilled
from dsl.perhaps import cap_may_be_used
from dsl.reasons import Gap, Reason, either, gap_reason, joined
from dsl.records import Waiving
from dsl.renewed import refigured, renewed
from dsl.settling import without_addresses
from dsl.signing_rows import restated_rows, with_rows
from dsl.state import Entry, Exercise, Filling, Norm, State
from dsl.stopped import cannot_amend, cannot_occur
from dsl.transitions import Becoming
from dsl.waived import idle_because

# ------------------------------------------------- what counts as performed


def perform(agreement: Agreement, before: State, state: State, acted: Acted) -> tuple[State, Now | None]:
    """Record the power that an act used, and count what it pays: how the norm it was done under stands by that."""
    used = agreement.by_key.get(acted.provision)
    row = row_of(before, acted)
    number = row.number if row is not None else None
    norm, act = state.norm(acted.provision, number), getattr(used.statement, "act", None) if used is not None else None
    kept = acted.provision if used is None else isinstance(used.statement, t.Power) or _lifts(used)
    if kept or (norm is None and isinstance(act, t.Enter)):
        state = state.with_exercise(replace(_exercise(agreement, before, state, used, acted), idle=norm is None))
    if used is None or norm is None:
        return state, None
    paid = _paid(before, state, norm)
    if isinstance(used.statement, t.Duty) and (norm.live or norm.status == "suspended"):
        judge = judge_for(agreement, state, used, row)
        if isinstance(act, t.Move):
            return state, Now(_with_paid(judge, used, act, norm, paid)) if paid else None
        if _lifts(used):
            return state, Now(as_fulfilled(norm, state.now, counted_at(judge, used, row, norm, state.now)))
    return state, Now(replace(norm, paid=norm.paid + paid))


def _lifts(provision: t.Provision) -> bool:
    act = getattr(provision.statement, "act", None)
    return isinstance(act, t.Hold) and act.lifts


def _exercise(agreement: Agreement, before: State, state: State, used: t.Provision | None, acted: Acted) -> Exercise:
    """The use of a power by an act: what was made by it, or how much it holds and for what; also of one of which
    nothing is known now, because a late fact has taken away the amendment that gave it."""
    row, action, act = (
        row_of(before, acted),
        acted.attempt.action,
        getattr(used.statement, "act", None) if used else None,
    )
    number, cited = row.number if row is not None else None, used.cited if used is not None else acted.section
    made = _entered_by(agreement, state, acted) if used is None or isinstance(act, t.Enter) else None
    order, actor = len(state.exercises), acted.attempt.actor
    named = "" if row is not None else acted.row
    exercise = Exercise(acted.provision, cited, number, actor, state.now, made, order=order, named=named)
    if not isinstance(action, a.HoldFund):
        return exercise
    about = find(state, (), action.about) if action.about else row
    if used is not None and isinstance(act, t.Hold) and act.about is not None and not named:
        found = judge_for(agreement, state, used, row).values.entry(act.about)
        about = found if isinstance(found, Entry) else about
    if about is None:
        return replace(exercise, amount=action.amount, meant=action.about)
    return replace(exercise, amount=action.amount, about=about.number)


def _entered_by(agreement: Agreement, state: State, acted: Acted) -> int | None:
    """The number of the entry that an act has made or signed."""
    action = acted.attempt.action
    if not isinstance(action, a.Make | a.Sign):
        return None
    kinds = agreement.kinds_of(action.kind)
    name = action.name or next((paper.name for paper in acted.papers if paper.kind in kinds), "")
    entry = find(state, kinds, name)
    return entry.number if entry is not None else None


def _paid(before: State, state: State, norm: Norm) -> int:
    """What an act has just paid under a provision and row, in minor units."""
    return sum(
        posting.amount.amount
        for posting in state.postings[len(before.postings) :]
        if posting.provision == norm.provision and posting.row == norm.row
    )


def _with_paid(judge: Judge, provision: t.Provision, act: t.Move, norm: Norm, paid: int) -> Norm:
    """A norm to pay something once an amount has been paid; what was owed more than once goes on to the next."""
    norm = replace(norm, paid=norm.paid + paid)
    left, state = still_owed(judge, provision, act, norm), judge.state
    if not isinstance(left, Gap) and left <= 0:
        row = state.entry(norm.row) if norm.row is not None else None
        norm = as_fulfilled(norm, state.now, counted_at(judge, provision, row, norm, state.now))
    while norm.more and norm.paid >= norm.more[0][1] and not norm.performed:
        norm = next_one(judge, provision, norm)
    return norm


# ------------------------------------------- what the agreement does by itself

Carrying = Callable[[Agreement, State, t.Provision, Entry | None], State | Reason]
"""Carries out all that the sentence of a provision makes happen for a row, or says why it cannot happen now."""


def unknown(judge: Judge, provision: t.Provision, statement: t.Happening, row: Entry | None) -> Gap | None:
    """What has to be known before something happens by itself, and is not; it waits for that, as for its trigger."""
    if provision.every is None:
        return _unknown(judge, provision, statement, row)
    gap = judge.values.undecided(provision.every)
    missing = [
        _unknown(judge.with_row(each), provision, statement, each) for each in judge.values.taken(provision.every)
    ]
    return joined(gap, *missing) if gap is not None or any(missing) else None


def _unknown(judge: Judge, provision: t.Provision, statement: t.Happening, row: Entry | None) -> Gap | None:
    values = judge.values
    needed: list[object] = []
    match statement:
        case t.Occurs():
            optional = {field.name for field in judge.agreement.terms.kinds[statement.kind].fields if field.optional}
            needed = [values.value(value) for name, value in statement.fields if name not in optional]
            needed += [values.entry(statement.about)] if statement.about is not None else []
        case t.Becomes():
            needed = [values.value(each) for each in (statement.filler, statement.role) if each is not None]
        case t.Enacts():
            needed = [values.entry(statement.amendment)]
        case t.Waives():
            needed = [values.entry(statement.waiver)]
        case t.Passes():
            rows = rows_of(judge, row)
            caps = caps_over_each(judge.agreement, judge.state, provision.cited, rows)
            freed = freed_by(judge.state, *rows)
            held = held_back(judge, statement.source, freed=freed) if statement.purpose == "balance" else 0
            needed = [values.value(statement.amount), *(limit_of(judge, cap, counted) for cap, counted in caps), held]
            needed += [cap_may_be_used(judge, cap, counted) for cap, counted in caps]
            needed += [values.value(statement.payee)] if statement.payee is not None else []
        case t.Discharges():
            needed = [values.value(statement.who)] if statement.who is not None else []
        case t.Terminates():
            pass
    return joined(*needed) if any(isinstance(each, Gap) for each in needed) else None


def held_up(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """What keeps something from happening by itself although its trigger is true: a figure that is not known, or that
    it is open whether the agreement has ended; None if nothing does."""
    statement = provision.statement
    assert not isinstance(statement, t.Binding)
    missing = unknown(judge, provision, statement, row)
    if missing is not None:
        return gap_reason(provision, missing)
    return may_have_ended(judge, provision.cited) if not isinstance(statement, t.Terminates) else None


def happen(
    agreement: Agreement, state: State, provision: t.Provision, row: Entry | None, become: Becoming
) -> State | Reason:
    """Carry out a statement that needs nobody's act, and of which nothing is `unknown`; or why it cannot happen."""
    judge = judge_for(agreement, state, provision, row)
    if provision.every is None:
        return _happen(state, provision, judge, row, become)
    for each in tuple(judge.values.taken(provision.every)):
        after = _happen(state, provision, judge.with_row(each), each, become)
        if isinstance(after, Reason):
            return after
        state = after
    return state


def _happen(state: State, provision: t.Provision, judge: Judge, row: Entry | None, become: Becoming) -> State | Reason:
    """Carry out a statement for one row; all its figures are those that the judge knows, for every row the same."""
    agreement, statement = judge.agreement, provision.statement
    assert not isinstance(statement, t.Binding)
    match statement:
        case t.Occurs():
            return _occur(state, provision, statement, judge, row)
        case t.Becomes():
            return _become(agreement, state, provision, statement, judge)
        case t.Terminates():
            return _terminate(agreement, state, provision, become)
        case t.Discharges():
            name = statement.name if statement.who is None else named_by(judge, statement.who)[0]
            return _discharge(agreement, state, provision, name, become)
        case t.Enacts():
            return _enact(agreement, state, provision, judge.values.entry(statement.amendment), become)
        case t.Waives():
            return _waive(state, provision, statement, judge, become)
        case t.Passes():
            return pass_on(state, provision, statement, judge, row)


def _occur(state: State, provision: t.Provision, occurs: t.Occurs, judge: Judge, row: Entry | None) -> State | Reason:
    found = judge.values.entry(occurs.about) if occurs.about is not None else row
    about = found if isinstance(found, Entry) else None
    stated = ((name, judge.values.value(value)) for name, value in occurs.fields)
    fields = tuple((name, content) for name, content in stated if not isinstance(content, Gap))
    only = judge.agreement.terms.kinds[occurs.kind].only_one
    only_of = (about.name if about and only == "for each" else "") if only else None
    entry = Entry(
        number=len(state.entries) + 1,
        kind=occurs.kind,
        name="",
        author="",
        at=begins(judge, provision, row),
        section=provision.section,
        fields=fields,
        about=about.number if about else None,
        digest=digest_of(occurs.kind, about.name if about else "", fields),
        about_digest=about.digest if about else "",
        origin=origin_of(occurs.kind, provision.key, judge.rows.values(), only_of),
    )
    entry = replace(entry, name=named_by_itself(state, entry, again=comes_again(provision)))
    stopped = cannot_occur(judge.agreement, state, occurs, entry)
    if stopped is not None:
        return stopped
    return change(come_about(judge.agreement, state, entry), provision.cited, f"{occurs.kind} occurs", provision.text)


def _become(agreement: Agreement, state: State, provision: t.Provision, becomes: t.Becomes, judge: Judge) -> State:
    role = judge.say(judge.values.value(becomes.role))
    filler = judge.say(judge.values.value(becomes.filler)) if becomes.filler is not None else ""
    filling = Filling(role, filler, state.now, provision.cited)
    told = f"{filler} becomes {role}" if filler else f"{role} becomes vacant"
    discharged = {name: at for name, at in state.discharged.items() if name != role}
    before = next((each.filler for each in reversed(state.holders) if each.role == role and each.filler), "")
    filled = state.at_large(holders=(*state.holders, filling), discharged=discharged)
    if filler and filler != before:
        filled = without_addresses(agreement, filled, role)
    return change(taken_up(agreement, filled, role) if filler else filled, provision.cited, told, provision.text)


def _terminate(agreement: Agreement, state: State, provision: t.Provision, become: Becoming) -> State:
    if state.terminated is not None:
        return state
    state = state.at_large(terminated=state.now, terminated_by=provision.cited)
    state = change(state, provision.cited, "the agreement terminates", provision.text)
    return _end_norms(agreement, state, become, "the agreement has terminated")


def _discharge(agreement: Agreement, state: State, provision: t.Provision, name: str, become: Becoming) -> State:
    freed = {**dict.fromkeys(agreement.members(name), state.now), name: state.now}
    state = state.at_large(discharged={**state.discharged, **freed})
    state = change(state, provision.cited, f"{name} is discharged", provision.text)
    return _end_norms(agreement, state, become, f"{name} is discharged", name, provision.section)


def _end_norms(
    agreement: Agreement,
    state: State,
    become: Becoming,
    cause: str,
    bearer: str | None = None,
    keeping: str | None = None,
) -> State:
    """End the norms that do not survive: all, or the duties of one bearer except those of the discharging section."""
    for norm in tuple(state.norms.values()):
        provision = agreement.by_key.get(norm.provision)
        if provision is None or not (norm.live or norm.status in ("suspended", "dormant")):
            continue
        if provision.section == keeping:
            continue
        duty = provision.statement
        row = state.entry(norm.row) if norm.row is not None else None
        judge = judge_for(agreement, state, provision, row)
        mine = bearer is not None and isinstance(duty, t.Duty) and is_freed(agreement, state, bearers(judge, duty))
        if mine if bearer is not None else not survives(agreement, provision.cited):
            state = become(state, provision, Now(replace(norm, status="discharged", since=state.now), (cause,)))
    return state


def _enact(
    agreement: Agreement, state: State, provision: t.Provision, amendment: Entry | Gap, become: Becoming
) -> State | Reason:
    assert isinstance(amendment, Entry)
    fields = agreement.terms.kinds[amendment.kind].fields
    stated = (amendment.content(field.name) for field in fields if field.type.name == "clauses")
    texts = tuple(content for content in stated if isinstance(content, str))
    law = amended(agreement, texts)
    for why in unclear(agreement, law, state):
        return cannot_amend(provision.statement, why, provision.cited)
    state = state.at_large(enacted=(*state.enacted, *texts))
    state = with_rows(law, renewed(agreement, law, state, become))
    state = refigured(law, state, tuple(restated_rows(agreement, law, state)), become)
    return change(state, provision.cited, f'the agreement is amended by "{amendment.name}"', provision.text)


def _waive(state: State, provision: t.Provision, statement: t.Waives, judge: Judge, become: Becoming) -> State:
    """Waive what a waiver states, once everybody whom it protects has waived it."""
    agreement, waiver = judge.agreement, judge.values.entry(statement.waiver)
    assert isinstance(waiver, Entry)
    if statement.for_good:
        state = state.at_large(lasting=(*state.lasting, waiver.number))
    for _, content in waiver.fields:
        if isinstance(content, t.SectionValue):
            guard = protection_of(agreement, content.number)
            others = [
                each
                for each in _waivers_of(agreement, state, content.number)
                if each.number != waiver.number and (not statement.for_good or each.number in state.lasting)
            ]
            protected = guard.names if guard is not None else ()
            waiting = _protects_still(agreement, state, protected, (*others, waiver))
            if waiting:
                told = f"waived by {waived_by((waiver,))}, and still protects {either(waiting, 'and')}"
                state = change(state, content.number, told, provision.cited)
            else:
                together = (*others, waiver)
                for each in others:
                    fewer = tuple(one for one in together if one is not each)
                    together = together if _protects_still(agreement, state, protected, fewer) else fewer
                waived = _waived(state, content.number, together, provision)
                state = _end_waived(agreement, waived, content.number, waiver, become)
                why = idle_because(agreement, state, content.number) if state is waived else ""
                told = f'"{waiver.name}" ends nothing, because {why}'
                state = change(state, content.number, told, provision.cited) if why else state
    return state


def _waivers_of(agreement: Agreement, state: State, section: str) -> list[Entry]:
    """The waivers of a section that stand and have taken effect."""
    return [
        entry
        for entry in state.of_kinds(kind.name for kind in agreement.terms.kinds.values() if kind.preset == "waiver")
        if counts(agreement, state, entry, state.now)
        and stage_instant(agreement, entry, "completed") is not None
        and any(content == t.SectionValue(section) for _, content in entry.fields)
    ]


def _protects_still(
    agreement: Agreement, state: State, protected: tuple[str, ...], waivers: tuple[Entry, ...]
) -> tuple[str, ...]:
    """Those who are protected and have not waived it by some waivers."""
    given = {name: state.now for each in waivers for name in each.authors}
    return tuple(name for name in protected if name not in given and satisfied_at(agreement, name, given) is None)


def _waived(state: State, section: str, waivers: tuple[Entry, ...], provision: t.Provision) -> State:
    given = Waiving(state.now, tuple(waiver.number for waiver in waivers))
    state = state.at_large(waived={**state.waived, section: (*state.waived.get(section, ()), given)})
    return change(state, section, f"waived by {waived_by(waivers)}", provision.cited)


def _end_waived(agreement: Agreement, state: State, section: str, waiver: Entry, become: Becoming) -> State:
    for norm in tuple(state.norms.values()):
        bound = agreement.by_key.get(norm.provision)
        rows = () if norm.row is None else (state.entry(norm.row),)
        if bound is None or section not in (bound.section, bound.cited) or not state.waiver_of(section, rows):
            continue
        if norm.live or norm.status == "suspended":
            state = become(state, bound, Now(replace(norm, status="waived", since=state.now), (waiver.name,)))
    return state
