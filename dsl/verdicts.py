"""The parts of a decision: under which permit, what the guards on funds and caps say, and how a refusal is worded."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import binds
from dsl.checks import Objection, short
from dsl.compile import Agreement, covers
from dsl.edges import edges_over
from dsl.entries import find, principal_of, row_of
from dsl.events import Acted, Malformed, Refused
from dsl.holders import vacancy
from dsl.holds import freed_by
from dsl.judge import Judge
from dsl.lacking import summary_of
from dsl.ledger import cap_used, caps_over
from dsl.money import Quantity
from dsl.norms import judge_for
from dsl.owed import limit_of, still_owed
from dsl.permits import Permit, matches, permits
from dsl.reasons import Gap, Reason, Truth, either
from dsl.standing import has_ended
from dsl.state import Entry, State, key_of


def refused(at: datetime, attempt: a.Attempt, section: str, summary: str, reasons: tuple[Reason, ...]) -> Refused:
    return Refused(at, attempt, section, summary, reasons)


def not_there(law: Agreement, state: State, attempt: a.Attempt) -> Refused | None:
    """Refuse what is done for a role that nobody fills, and say who can fill it."""
    principal = principal_of(law, attempt)
    nobody = vacancy(Judge(law, state, state.now), (principal,))
    if nobody is None:
        return None
    told = f"Nobody can act for {principal}: it is vacant."
    return refused(state.now, attempt, nobody.section, told, (nobody,))


_FREE = (a.Fill, a.Choose, a.AssertBreach)
"""Acts that every agreement allows to those concerned, with its own checks."""


def permit_for(law: Agreement, state: State, attempt: a.Attempt) -> Permit | Objection | Malformed:
    """The first permit that is granted, or why there is none. Ways that differ in what follows must be told apart."""
    if isinstance(attempt.action, _FREE):
        section = attempt.action.section if isinstance(attempt.action, a.AssertBreach) else ""
        return Permit(section, "", None, Reason(Truth.TRUE, "", section))
    found = permits(law, state, attempt.actor, attempt.action)
    if attempt.under:
        found = tuple(permit for permit in found if covers(attempt.under, permit.section))
    granted = [permit for permit in found if permit.granted]
    granted = [each for each in granted if _fits(law, state, attempt, each)] or granted
    if granted and isinstance(attempt.action, a.Deposit):
        granted = _outstanding(state, attempt.action, granted)
    if isinstance(attempt.action, a.Pay | a.HoldFund | a.Deposit) and len({permit.row for permit in granted}) > 1:
        return _undecided(state, attempt.action, granted)
    parts = {_part(law, permit): None for permit in granted} if getattr(attempt.action, "fund", "") else {}
    if isinstance(attempt.action, a.Pay) and len(parts) > 1:
        of = f"of the {attempt.action.fund}"
        return Malformed((f"Say from which part {of}: {' or '.join(f'`from the {each} {of}`' for each in parts)}.",))
    choice = _choice(law, state, attempt, granted)
    if len({permit.section for permit in choice}) > 1:
        return unsaid_section(permit.section for permit in choice)
    return choice[0] if choice else withheld(law, state, attempt, found)


def _fits(law: Agreement, state: State, attempt: a.Attempt, permit: Permit) -> bool:
    """Whether a permit is for as much as an attempt pays, and no guard keeps what it allows in its fund."""
    enough = not_owed(law, state, _under(attempt, state, permit)) is None
    return enough and not any(outflow_objections(law, attempt.action, permit))


def withheld(law: Agreement, state: State, attempt: a.Attempt, found: tuple[Permit, ...]) -> Objection:
    """Why none of the ways to allow an attempt is open, with all that those which are nearest to it wait for; where it
    could be for one of several entries, for which."""
    if not found:
        return _nobody(law, attempt)
    over = [permit for permit in found if permit.reason == has_ended(state, permit.reason.text)]
    found = tuple(permit for permit in found if permit not in over[1:])  # that all has ended is told once
    several = len({permit.row for permit in found}) > 1
    found = tuple(_for_its_row(state, permit) for permit in found) if several else found
    nearest = sorted(found, key=lambda permit: -_NEARNESS[permit.reason.truth])
    ways = [permit.reason for permit in nearest]
    best = [reason for reason in ways if reason.truth is ways[0].truth]
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


def _undecided(state: State, payment: a.Pay | a.HoldFund | a.Deposit, granted: list[Permit]) -> Malformed:
    """A payment for one of several entries says about which; for an entry, or for none, under which section."""
    sections = dict.fromkeys(permit.section for permit in granted)
    if len(sections) > 1 and (payment.about or any(permit.row is None for permit in granted)):
        return unsaid_section(sections)
    names = ", ".join(dict.fromkeys(f'"{row_name(state, permit)}"' for permit in granted))
    return Malformed((f"Say about which: {names}.",))


def unsaid_section(cited: Iterable[str]) -> Malformed:
    """That several sections would allow an attempt, and how it says which; a sentence only where its clause has two."""
    sentences = tuple(dict.fromkeys(cited))
    clauses = [each.partition(",")[0] for each in sentences]
    sections = tuple(
        each if clauses.count(clause) > 1 else clause for each, clause in zip(sentences, clauses, strict=True)
    )
    return Malformed((f"Say under which section: {' or '.join(sections)}.",), sections)


_MONEY = (a.Pay, a.Deposit, a.DepositWith, a.Release)


def _choice(law: Agreement, state: State, attempt: a.Attempt, granted: list[Permit]) -> list[Permit]:
    """The ways between which an attempt has to say which it means.

    Of money that is each duty and power it could be under, because what is performed and what was paid under a section
    are on record. The one duty of which it is all that is still owed comes before other duties, and before a power by
    whose use that duty is replaced: either way the same money has gone, and nothing more is owed. Any other act
    performs every duty that asks for it, and is under the first.
    """
    action = attempt.action
    duties = [permit for permit in granted if not _is_power(law, permit)]
    if not isinstance(action, _MONEY):
        return granted[:1] if duties else granted
    if isinstance(action, a.Pay | a.Deposit):
        duties = [permit for permit in duties if _left(law, state, permit) == action.amount.amount]
    powers = [permit for permit in granted if _is_power(law, permit)]
    first = len(duties) == 1 and all(_replaces(law, power, duties[0]) for power in powers)
    return duties if first else granted


def _replaces(law: Agreement, power: Permit, duty: Permit) -> bool:
    """Whether a duty is replaced for good as soon as a power for the same entry is used."""
    edges = edges_over(law, duty.section, None)
    replaced = any(
        each.mode == "replacement" and each.condition is None and covers(each.upper, power.section) for each in edges
    )
    return replaced and power.row == duty.row


def _left(law: Agreement, state: State, permit: Permit) -> int | Gap:
    """What is still owed or may still be paid under the provision of a permit."""
    provision = law.by_key[permit.provision]
    row = state.entry(permit.row) if permit.row is not None else None
    act, norm = getattr(provision.statement, "act", None), state.norms[key_of(provision.key, permit.row)]
    assert isinstance(act, t.Move)
    return still_owed(judge_for(law, state, provision, row), provision, act, norm)


def _outstanding(state: State, deposit: a.Deposit, granted: list[Permit]) -> list[Permit]:
    """The duties and powers that still wait for a deposit, those of the entry that it names first; where none waits,
    the first."""
    norms = [state.norms.get(key_of(permit.provision, permit.row)) for permit in granted]
    waiting = [each for each, norm in zip(granted, norms, strict=True) if norm is not None and norm.live]
    named = [each for each in waiting if each.row is not None] if deposit.about else []
    return named or waiting or granted[:1]


def _is_power(law: Agreement, permit: Permit) -> bool:
    provision = law.by_key.get(permit.provision)
    return provision is not None and isinstance(provision.statement, t.Power)


def _part(law: Agreement, permit: Permit) -> str:
    """The part of a fund that money leaves under a permit."""
    act = getattr(law.by_key[permit.provision].statement, "act", None) if permit.provision else None
    return act.purpose if isinstance(act, t.Move) else "balance"


def _under(attempt: a.Attempt, state: State, permit: Permit) -> Acted:
    """The attempt as if it had been accepted under a permit."""
    return Acted(state.now, attempt, permit.section, permit.provision, row_name(state, permit))


def row_name(state: State, permit: Permit) -> str:
    """The name of the entry for which something is allowed, or nothing."""
    return state.entry(permit.row).name if permit.row is not None else ""


_NEARNESS = {Truth.FALSE: 0, Truth.OPEN: 1, Truth.PENDING: 2, Truth.TRUE: 3}


def _first_section(leaves: tuple[Reason, ...]) -> str:
    return next((leaf.section for leaf in leaves if leaf.section), "")


def _nobody(law: Agreement, attempt: a.Attempt) -> Objection:
    """Nothing lets the actor do this: say who could, and cite the guard on the fund it is about."""
    fund = getattr(attempt.action, "fund", "") if not isinstance(attempt.action, a.Deposit) else ""
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
    return f"only {either(t.borne_by(statement), 'or')} can do this, not {attempt.actor}"


def outflow_objections(law: Agreement, action: a.Action, permit: Permit) -> Iterable[Objection]:
    """Nothing may leave a fund except under the sections its guard names."""
    leaving = isinstance(action, a.Release | a.DepositWith) or (isinstance(action, a.Pay) and bool(action.fund))
    if not leaving:
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
    more = isinstance(action, a.Deposit) and isinstance(provision.statement, t.Duty)
    if act.amount is None or more:
        return None
    row = row_of(state, acted)
    number = row.number if row is not None else None
    left = _left(law, state, Permit(acted.section, provision.key, number, Reason(Truth.TRUE, "")))
    if isinstance(left, Gap):
        reason = Reason(left.truth, act.amount.text, provision.cited, waits=left.waits)
        return refused(acted.at, acted.attempt, provision.cited, summary_of(reason), (reason,))
    whole = isinstance(action, a.DepositWith)
    if action.amount.amount == left or (action.amount.amount < left and not whole):
        return None
    rest = Quantity(max(left, 0), action.amount.unit)
    text = f"{action.amount} is {'not' if whole else 'more than'} the {rest} that can still be paid."
    reason = Reason(Truth.FALSE, provision.text, provision.cited, f"{rest} can still be paid")
    return refused(acted.at, acted.attempt, provision.cited, text, (reason,))


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
    """Refuse what a fund does not hold, in the part of it that the provision speaks of."""
    action = acted.attempt.action
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
    return find(state, (), action.about) if isinstance(action, a.Pay) and action.about else None


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
        if not isinstance(limit, Quantity):
            text = f"The cap of section {cap.section} is not known."
            return refused(acted.at, acted.attempt, cap.section, text, (Reason(Truth.OPEN, cap.text, cap.section),))
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
    return acted
