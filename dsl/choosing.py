"""Which of the ways that allow an attempt is meant: under which section, and for which entry, or what it has to say.

What is performed and what was paid under a section are on record, so money goes to none because it stands first.
"""

from collections.abc import Iterable

from dsl import actions as a
from dsl import terms as t
from dsl.checks import Objection
from dsl.compile import Agreement, covers
from dsl.edges import edges_over
from dsl.events import Acted, Malformed
from dsl.permits import Permit, permits
from dsl.reasons import Gap, Reason, Truth, Wait
from dsl.state import State, key_of
from dsl.verdicts import left_under, not_owed, outflow_objections, row_name, withheld
from dsl.worlds import with_choices

_FREE = (a.Fill, a.Choose, a.AssertBreach)
"""Acts that every agreement allows to those concerned, with its own checks."""
_PAYMENTS = a.Pay | a.Deposit | a.DepositWith
_OF_ROWS = _PAYMENTS | a.HoldFund
"""Acts that are for one entry alone where a section speaks of several."""


def permit_for(law: Agreement, state: State, attempt: a.Attempt) -> Permit | Objection | Malformed:
    """The first permit that is granted, or why there is none. Ways that differ in what follows must be told apart."""
    if isinstance(attempt.action, _FREE):
        section = attempt.action.section if isinstance(attempt.action, a.AssertBreach) else ""
        return Permit(section, "", None, Reason(Truth.TRUE, "", section))
    found, granted = _ways(law, state, attempt)
    allowing = [permit for permit in found if permit.granted]
    if len(allowing) > 1 and (unread := _unread(law, state, attempt, allowing)) is not None:
        return _under_each(law, state, attempt, allowing, unread)
    if granted and isinstance(attempt.action, a.Deposit):
        named = bool(attempt.action.about) and any(each.row is not None for each in found)
        waiting = tuple(each for each in found if _waits(state, each) and (each.row is not None or not named))
        if waiting and not any(each.granted for each in waiting):
            return withheld(law, state, attempt, waiting)  # it would be swallowed by what is performed already
        granted = _outstanding(state, attempt.action, granted)
    alone = _alone(law, state, attempt.action, granted)
    if alone is not None:
        return alone
    if isinstance(attempt.action, _OF_ROWS) and len({permit.row for permit in granted}) > 1:
        return _undecided(state, attempt.action, granted)
    parts = {_part(law, permit): None for permit in granted} if getattr(attempt.action, "fund", "") else {}
    if isinstance(attempt.action, a.Pay) and len(parts) > 1:
        of = f"of the {attempt.action.fund}"
        return Malformed((f"Say from which part {of}: {' or '.join(f'`from the {each} {of}`' for each in parts)}.",))
    choice = _choice(law, state, attempt, granted)
    if len({permit.section for permit in choice}) > 1:
        return unsaid_section(permit.section for permit in choice)
    return choice[0] if choice else withheld(law, state, attempt, found)


def _ways(law: Agreement, state: State, attempt: a.Attempt) -> tuple[tuple[Permit, ...], list[Permit]]:
    """Every way the agreement knows to allow an attempt, and those that are open now and allow as much."""
    found = permits(law, state, attempt.actor, attempt.action)
    if attempt.under:
        found = tuple(permit for permit in found if covers(attempt.under, permit.section))
    granted = [permit for permit in found if permit.granted]
    return found, [each for each in granted if _fits(law, state, attempt, each)] or granted


def _unread(law: Agreement, state: State, attempt: a.Attempt, granted: list[Permit]) -> str | None:
    """An ambiguity without a reading, on which it rests whether one of several ways allows as much."""
    waits = (wait for each in granted for wait in _open_amount(law, state, attempt, each))
    return next((wait.about for wait in waits if wait.what == "reading" and wait.about not in state.choices), None)


def _under_each(
    law: Agreement, state: State, attempt: a.Attempt, granted: list[Permit], name: str
) -> Permit | Objection | Malformed:
    """The way that an attempt is meant under every reading of an ambiguity; where that is not the same one, the attempt
    has to say which it means."""
    readings = law.terms.ambiguities[name].readings
    under = (with_choices(state, {**state.choices, name: reading}, name) for reading in readings)
    found = [permit_for(law, each, attempt) for each in under]
    asked = [each for each in found if isinstance(each, Malformed)]
    meant = {(each.provision, each.row): each for each in found if isinstance(each, Permit)}
    own = [each for each in granted if (each.provision, each.row) in meant]
    named = [
        each
        for each in granted
        if each in own or any(covers(one, each.section) for ask in asked for one in ask.sections)
    ]
    sections = dict.fromkeys(each.section for each in (*named, *meant.values()))
    if len(sections) > 1:
        return unsaid_section(sections)
    if len(meant) > 1 and isinstance(attempt.action, _OF_ROWS):
        return _undecided(state, attempt.action, [*meant.values()])
    return (*asked, *own, *(each for each in found if isinstance(each, Objection)), *found)[0]


def owed_alone(law: Agreement, state: State, attempt: a.Attempt) -> bool:
    """Whether a payment is all that is still owed under one duty alone."""
    return _alone(law, state, attempt.action, _ways(law, state, attempt)[1]) is not None


def _alone(law: Agreement, state: State, action: a.Action, granted: list[Permit]) -> Permit | None:
    """The one duty that a payment which names no entry is for; None where it could be for several entries of that
    section, which it has to name, or where they are paid in an order."""
    if not isinstance(action, _PAYMENTS) or action.about:
        return None
    one = _one_duty(law, state, action, [each for each in granted if _is_power(law, each) or not _order(law, each)])
    return one if one is not None and sum(each.provision == one.provision for each in granted) == 1 else None


def _one_duty(law: Agreement, state: State, action: a.Action, granted: list[Permit]) -> Permit | None:
    """The one duty that money can only be meant for, that of a payment of which it is all that is still owed.

    It comes before other duties, and before a power by whose use that duty is replaced: either way the same money has
    gone, and nothing more is owed.
    """
    duties = [permit for permit in granted if not _is_power(law, permit)]
    if isinstance(action, _PAYMENTS):
        left = [left_under(law, state, permit) for permit in duties]
        if any(isinstance(each, Gap) and each.truth is Truth.OPEN for each in left):
            return None
        duties = [permit for permit, each in zip(duties, left, strict=True) if each == action.amount.amount]
    powers = [permit for permit in granted if _is_power(law, permit)]
    return duties[0] if len(duties) == 1 and all(_replaces(law, power, duties[0]) for power in powers) else None


def _order(law: Agreement, permit: Permit) -> object:
    """In which order the entries of the section of a permit are paid; None if in no order."""
    return getattr(getattr(law.by_key[permit.provision].statement, "act", None), "order", None)


def _fits(law: Agreement, state: State, attempt: a.Attempt, permit: Permit) -> bool:
    """Whether a permit is, or may be, for as much as an attempt pays, and no guard keeps what it allows in its fund."""
    enough = not_owed(law, state, _under(attempt, state, permit)) is None or _open_amount(law, state, attempt, permit)
    return bool(enough) and not any(outflow_objections(law, attempt.action, permit))


def _open_amount(law: Agreement, state: State, attempt: a.Attempt, permit: Permit) -> tuple[Wait, ...]:
    """The blanks and readings on which it rests how much a permit is for."""
    refusal = not_owed(law, state, _under(attempt, state, permit))
    waits = (wait for reason in refusal.reasons for wait in reason.awaited()) if refusal is not None else ()
    return tuple(wait for wait in waits if wait.what in ("reading", "blank"))


def _undecided(
    state: State, payment: a.Pay | a.Deposit | a.DepositWith | a.HoldFund, granted: list[Permit]
) -> Malformed:
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
    are on record, unless it can only be meant for one. Any other act performs every duty that asks for it, and is under
    the first.
    """
    if isinstance(attempt.action, _MONEY):
        one = _one_duty(law, state, attempt.action, granted)
        return [one] if one is not None else granted
    return granted if all(_is_power(law, permit) for permit in granted) else granted[:1]


def _replaces(law: Agreement, power: Permit, duty: Permit) -> bool:
    """Whether a duty is replaced for good as soon as a power for the same entry is used."""
    edges = edges_over(law, law.by_key[duty.provision].cited, None)
    replaced = any(
        each.mode == "replacement" and each.condition is None and covers(each.upper, power.section) for each in edges
    )
    return replaced and power.row == duty.row


def _waits(state: State, permit: Permit) -> bool:
    """Whether a duty or power to deposit is in force and not performed yet."""
    norm = state.norms.get(key_of(permit.provision, permit.row))
    return norm is not None and norm.live


def _outstanding(state: State, deposit: a.Deposit, granted: list[Permit]) -> list[Permit]:
    """The duties and powers that still wait for a deposit, those of the entry that it names first; where none waits,
    the first."""
    waiting = [each for each in granted if _waits(state, each)]
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
