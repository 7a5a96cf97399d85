"""The parts of a decision: under which permit, what the guards on funds and caps say, and how a refusal is worded."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import binds
from dsl.checks import Objection, short
from dsl.compile import Agreement, covers
from dsl.effects import owed_of
from dsl.entries import find, principal_of, row_of
from dsl.events import Acted, Refused
from dsl.holders import vacancy
from dsl.holds import freed_by
from dsl.judge import Judge
from dsl.lacking import summary_of
from dsl.ledger import cap_used, caps_over
from dsl.money import Quantity
from dsl.norms import judge_for
from dsl.owed import limit_of, still_owed
from dsl.perhaps import cap_may_be_used
from dsl.permits import Permit, matches, spoken_of
from dsl.reasons import Gap, Reason, Truth, Wait, either
from dsl.saying import say_instant
from dsl.standing import has_ended
from dsl.state import Entry, State, key_of


def refused(at: datetime, attempt: a.Attempt, section: str, summary: str, reasons: tuple[Reason, ...]) -> Refused:
    return Refused(at, attempt, section, summary, reasons)


def not_there(law: Agreement, state: State, attempt: a.Attempt) -> Refused | None:
    """Refuse what is done for a role that nobody fills, or paid to one, and say who can fill it."""
    principal, judge = principal_of(law, attempt), Judge(law, state, state.now)
    nobody = vacancy(judge, (principal,))
    if nobody is not None:
        told = f"Nobody can act for {principal}: it is vacant."
        return refused(state.now, attempt, nobody.section, told, (nobody,))
    for payee in _payees(state, attempt.action):
        nobody = vacancy(judge, (payee,))
        if nobody is not None:
            told = f"Nobody can take what is paid to {payee}: it is vacant."
            return refused(state.now, attempt, nobody.section, told, (nobody,))
    return None


def _payees(state: State, action: a.Action) -> tuple[str, ...]:
    """To whom an act pays something."""
    match action:
        case a.Pay() if action.to:
            return (action.to,)
        case a.DepositWith():
            return (action.place,)
        case a.Release():
            entry = find(state, (), action.plan)
            fields = entry.fields if entry is not None else ()
            return tuple(line.payee for _, content in fields if isinstance(content, t.Plan) for line in content.lines)
        case _:
            return ()


def withheld(law: Agreement, state: State, attempt: a.Attempt, found: tuple[Permit, ...]) -> Objection:
    """Why none of the ways to allow an attempt is open, with all that those which are nearest to it wait for; where it
    could be for one of several entries, for which."""
    if not found:
        return _nobody(law, attempt)
    over = [permit for permit in found if permit.reason == has_ended(state, permit.reason.text)]
    found = tuple(permit for permit in found if permit not in over[1:])  # that all has ended is told once
    several = len({permit.row for permit in found}) > 1
    found = tuple(_for_its_row(state, permit) for permit in found) if several else found
    nearest = sorted(found, key=lambda permit: -_nearness(state, permit))
    ways = [permit.reason for permit in nearest]
    best = [permit.reason for permit in nearest if _nearness(state, permit) == _nearness(state, nearest[0])]
    rows = tuple(row_name(state, permit) if several else "" for permit in nearest[: len(best)])
    leaves = tuple(leaf for reason in best for leaf in reason.leaves())
    displaced = best[0].section if best[0].truth is Truth.FALSE else ""
    undecided = tuple(leaf for leaf in leaves if leaf.truth is best[0].truth)
    section = displaced or _first_section(undecided) or _first_section(leaves) or found[0].section
    return Objection(section, summary_of(*best, rows=rows), tuple(reason.unmet() for reason in ways))


def _for_its_row(state: State, permit: Permit) -> Permit:
    """A permit with the entry that it is for named in its reason."""
    if permit.row is None:
        return permit
    of_row = f'for "{row_name(state, permit)}"'
    return replace(permit, reason=replace(permit.reason, note=f"{permit.reason.note} {of_row}".strip()))


def left_under(law: Agreement, state: State, permit: Permit) -> int | Gap:
    """What is still owed or may still be paid under the provision of a permit."""
    provision = law.by_key[permit.provision]
    row = state.entry(permit.row) if permit.row is not None else None
    act, norm = getattr(provision.statement, "act", None), state.norms[key_of(provision.key, permit.row)]
    assert isinstance(act, t.Move)
    return still_owed(judge_for(law, state, provision, row), provision, act, norm)


def row_name(state: State, permit: Permit) -> str:
    """The name of the entry for which something is allowed, or nothing."""
    return state.entry(permit.row).name if permit.row is not None else ""


def _nearness(state: State, permit: Permit) -> int:
    """How near a way is to being open: what is in force and only too early, then what is only suspended, then what
    waits for something to begin; last of all what is over and done."""
    norm = state.norm(permit.provision, permit.row)
    match permit.reason.truth:
        case Truth.FALSE if norm is not None and norm.status == "suspended":
            return 4
        case Truth.FALSE:
            return 0 if norm is not None and norm.status.startswith("fulfilled") else 1
        case Truth.OPEN:
            return 2
        case _:
            return 5 if norm is not None and norm.live else 3


def _first_section(leaves: tuple[Reason, ...]) -> str:
    return next((leaf.section for leaf in leaves if leaf.section), "")


def _nobody(law: Agreement, attempt: a.Attempt) -> Objection:
    """Nothing lets the actor do this: say who could, and cite the guard on the fund it is about."""
    fund = getattr(attempt.action, "fund", "") if _leaves(attempt.action) else ""
    guarded = tuple(Reason(Truth.FALSE, each.text, each.section) for each in law.terms.outflows if each.fund == fund)
    others = [
        Reason(Truth.FALSE, each.text, each.cited, _unfit(law, attempt, each.statement))
        for each in law.provisions
        if isinstance(each.statement, t.Duty | t.Power)
        and matches(law, attempt.actor, attempt.action, each.statement.act)
    ]
    reasons = (*others, *guarded)
    text = f"Nothing in the agreement lets {attempt.actor} do this."
    if others:
        text = f"{others[0].note[0].upper()}{others[0].note[1:]}."
    section = reasons[0].section if reasons else _concerned(law, attempt)
    return Objection(section, text, reasons or (Reason(Truth.FALSE, text, section),))


def _concerned(law: Agreement, attempt: a.Attempt) -> str:
    """The section that defines what an act is about, which nothing allows: its kind, its fund or the one who acts; for
    somebody whom the agreement does not name, the payee or the first section."""
    action, terms = attempt.action, law.terms
    kinds = law.kinds_of(getattr(action, "kind", ""))
    if kinds:
        return terms.kinds[kinds[0]].section
    if getattr(action, "fund", "") in terms.funds:
        return terms.funds[getattr(action, "fund", "")].section
    named = (terms.parties[name] for name in (attempt.actor, getattr(action, "to", "")) if name in terms.parties)
    return next((party.section for party in named), next(iter(terms.clauses), ""))


def _unfit(law: Agreement, attempt: a.Attempt, statement: t.Duty | t.Power) -> str:
    if statement.bearer is None and binds(law, attempt.actor, statement):
        return "this does not allow it for what is named here"
    who = either(t.borne_by(statement), "or")
    spoken, named = spoken_of(attempt.action, statement.act)
    if statement.bearer is not None and spoken is not None and named:
        return f'only {who} can do this, and only about {spoken.text}, not {attempt.actor} about "{named}"'
    return f"only {who} can do this, not {attempt.actor}"


def _leaves(action: a.Action) -> bool:
    """Whether something leaves a fund by an act."""
    return isinstance(action, a.Release | a.DepositWith) or (isinstance(action, a.Pay) and bool(action.fund))


def outflow_objections(law: Agreement, action: a.Action, permit: Permit) -> Iterable[Objection]:
    """Nothing may leave a fund except under the sections its guard names."""
    if not _leaves(action):
        return
    provision = law.by_key.get(permit.provision)
    for guard in law.terms.outflows:
        if guard.fund != getattr(action, "fund", ""):
            continue
        if provision is None or not any(covers(section, provision.cited) for section in guard.sections):
            reason = Reason(Truth.FALSE, guard.text, guard.section, f"not under section {permit.section}")
            yield Objection(guard.section, f"Nothing may leave the {guard.fund} under this section.", (reason,))


def not_owed(law: Agreement, state: State, acted: Acted) -> Refused | None:
    """Refuse to pay more than a duty or power is for, and to pay at all while that amount is not known.

    Whoever has to deposit may bring more, which is kept apart as excess; a power to deposit ends with its amount.
    """
    action = acted.attempt.action
    provision = law.by_key.get(acted.provision)
    act = getattr(provision.statement, "act", None) if provision is not None else None
    if isinstance(action, a.HoldFund) and provision is not None and isinstance(act, t.Hold):
        return _too_much(law, state, acted, provision, act)
    if not isinstance(action, a.Pay | a.Deposit | a.DepositWith) or provision is None or not isinstance(act, t.Move):
        return None
    if act.amount is None:
        return None
    row = row_of(state, acted)
    number = row.number if row is not None else None
    left = left_under(law, state, Permit(acted.section, provision.key, number, Reason(Truth.TRUE, "")))
    if isinstance(left, Gap):
        reason = Reason(left.truth, act.amount.text, provision.cited, waits=left.waits)
        return refused(acted.at, acted.attempt, provision.cited, summary_of(reason), (reason,))
    more = isinstance(action, a.Deposit) and isinstance(provision.statement, t.Duty)
    whole = isinstance(action, a.DepositWith)
    if more or action.amount.amount == left or (action.amount.amount < left and not whole):
        return _perhaps_paid(law, state, acted, provision, row) if row is not None and not action.about else None
    rest = Quantity(max(left, 0), action.amount.unit)
    text = f"{action.amount} is {'not' if whole else 'more than'} the {rest} that can still be paid."
    reason = Reason(Truth.FALSE, provision.text, provision.cited, f"{rest} can still be paid")
    return refused(acted.at, acted.attempt, provision.cited, text, (reason,))


def _perhaps_paid(law: Agreement, state: State, acted: Acted, provision: t.Provision, row: Entry) -> Refused | None:
    """Refuse to pay, without naming it, for what a sentence makes each time that its condition comes, where one before
    it was paid that has not come about by what is known now: it is open whether that was for this one."""
    had = [each for each in state.given if each.origin == row.origin] if row.origin else []
    gone = {each.name for each in had if each.at < row.at and not state.named(each.name)}
    if not gone or any(each.at == row.at for each in had):
        return None
    others = [each.at for each in state.of_kind(row.kind) if each.origin == row.origin and each.number != row.number]
    for paid in state.all_postings():
        of_it = paid.row is None and paid.named in gone and paid.provision == provision.key
        if of_it and all(at < paid.at for at in others):
            when = say_instant(paid.at, law.terms.zone)
            text = (
                f'{paid.amount} was paid at {when} for "{paid.named}", which has not come about by what is known now: '
            )
            text += f'it is open whether that was for "{row.name}".'
            told = f'{text} Whoever pays for it besides names it: `about "{row.name}"`.'
            wait = Wait("act", f'a payment about "{row.name}"', section=provision.cited)
            reason = Reason(Truth.OPEN, provision.text, provision.cited, text.removesuffix("."), (wait,))
            return refused(acted.at, acted.attempt, provision.cited, told, (reason,))
    return None


def _too_much(law: Agreement, state: State, acted: Acted, provision: t.Provision, act: t.Hold) -> Refused | None:
    """Refuse to hold back more than a duty or power says, and to hold at all while that amount is not known."""
    asked = getattr(acted.attempt.action, "amount", None)
    most = judge_for(law, state, provision, row_of(state, acted)).values.value(act.amount) if act.amount else None
    if isinstance(most, Gap):
        reason = Reason(most.truth, provision.text, provision.cited, waits=most.waits)
        return refused(acted.at, acted.attempt, provision.cited, summary_of(reason), (reason,))
    if not isinstance(most, Quantity) or asked is None or asked <= most:
        return None
    reason = Reason(Truth.FALSE, provision.text, provision.cited, f"{most} can be held")
    text = f"{asked} is more than the {most} that can be held."
    return refused(acted.at, acted.attempt, provision.cited, text, (reason,))


def shortage(law: Agreement, state: State, acted: Acted) -> Refused | None:
    """Refuse what a fund does not hold in the part that the provision names; of what a cap cuts, only what is left."""
    trimmed = capped(law, state, acted)
    action = (trimmed if isinstance(trimmed, Acted) else acted).attempt.action
    if not isinstance(action, a.Pay | a.DepositWith) or not action.fund:
        return None
    provision = law.by_key.get(acted.provision)
    act = getattr(provision.statement, "act", None) if provision is not None else None
    purpose = act.purpose if isinstance(act, t.Move) else "balance"
    freed = freed_by(state, row_of(state, acted), _answered(state, action))
    for objection in short(law, state, action.fund, action.amount, purpose, freed):
        under = Reason(Truth.FALSE, provision.text, provision.cited) if provision is not None else None
        reasons = (*objection.reasons, under) if under is not None else objection.reasons
        section = objection.section or (provision.cited if provision is not None else "")
        return refused(acted.at, acted.attempt, section, objection.summary, reasons)
    return None


def _paid_by(state: State, action: a.Action) -> Quantity | None:
    """What an act pays in all; None if it is no payment."""
    match action:
        case a.Pay() | a.Deposit() | a.DepositWith():
            return action.amount
        case a.Release():
            entry = find(state, (), action.plan)
            fields = entry.fields if entry is not None else ()
            lines = [line.amount for _, content in fields if isinstance(content, t.Plan) for line in content.lines]
            return Quantity(sum(line.amount for line in lines), lines[0].unit) if lines else None
        case _:
            return None


def _answered(state: State, action: a.Action) -> Entry | None:
    """The entry that a payment says it is about."""
    return find(state, (), action.about) if isinstance(action, a.Pay | a.DepositWith) and action.about else None


def capped(law: Agreement, state: State, acted: Acted) -> Acted | Refused:
    """Trim a payment to what is left of its caps, or refuse it where nothing is; a plan is paid whole or not at all."""
    action = acted.attempt.action
    provision = law.by_key.get(acted.provision)
    paid = _paid_by(state, action)
    if paid is None or provision is None:
        return acted
    row = row_of(state, acted) or _answered(state, action)
    judge = Judge(law, state, state.now)
    for cap in caps_over(law, state, provision.cited, row):
        limit = limit_of(judge, cap, row)
        unsure = cap_may_be_used(judge, cap, row) or limit
        if not isinstance(limit, Quantity) or isinstance(unsure, Gap):
            waits = unsure.waits if isinstance(unsure, Gap) else ()
            reason = Reason(Truth.OPEN, cap.text, cap.section, waits=waits)
            text = f"The cap of section {cap.section} is not known. {summary_of(reason)}".strip()
            return refused(acted.at, acted.attempt, cap.section, text, (reason,))
        left = max(limit.amount - cap_used(law, state, cap, state.now, limit.unit, row).amount, 0)
        if paid.unit != limit.unit or paid.amount <= left:
            continue
        if left == 0 or not cap.pays_to_the_rest or not isinstance(action, a.Pay | a.Deposit | a.DepositWith):
            rest = Quantity(left, limit.unit)
            reason = Reason(Truth.FALSE, cap.text, cap.section, f"{rest} of {limit} is left")
            text = f"{paid} is more than the {rest} left of {limit}."
            return refused(acted.at, acted.attempt, cap.section, text, (reason,))
        over = paid - Quantity(left, limit.unit)
        note = f"{over} of {paid} is not payable under section {cap.section}"
        paid = Quantity(left, limit.unit)
        action = replace(action, amount=paid)
        acted = replace(acted, note=note, attempt=replace(acted.attempt, action=action))
    owed = owed_of(law, state, acted)
    if owed is not None and owed < paid:
        more = f"{paid - owed} of {paid} is more than is owed under section {acted.section}"
        acted = replace(acted, note="; ".join(each for each in (acted.note, more) if each))
    return acted
