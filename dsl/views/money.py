"""What the funds hold, who was paid what, and how far the caps are used."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from dsl import terms as t
from dsl.compile import Agreement
from dsl.judge import Judge
from dsl.ledger import cap_used
from dsl.money import Quantity
from dsl.perhaps import cap_may_be_used, may_have_moved
from dsl.state import State
from dsl.views.undecided import in_all, totals
from dsl.worlds import bare, law_of, states_of, voices

View = TypeVar("View", "FundView", "CapView")


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund: what it holds for its purpose, what came beyond it, and its interest; all that came in and went out. Each
    is none where it is not the same under every reading (`undecided.py`)."""

    name: str
    holder: str
    section: str
    purpose: Quantity | None
    balance: Quantity | None
    excess: Quantity | None
    interest: Quantity | None
    deposited: Quantity | None
    paid_out: Quantity | None


@dataclass(frozen=True, slots=True)
class PaidView:
    """All that one payee got, in one unit, whoever paid; none where it is not the same under every reading."""

    payee: str
    unit: str
    total: Quantity | None


@dataclass(frozen=True, slots=True)
class MovementView:
    """Money that moved, with the section it moved under and the entry it was about."""

    number: int
    at: datetime
    verb: str
    source: str
    target: str
    amount: Quantity
    section: str
    about: str


@dataclass(frozen=True, slots=True)
class CapView:
    """A limit on payments: how much there is, is used, is left, and is owed beyond it; none while it is not known, or
    not the same under every reading."""

    section: str
    sections: tuple[str, ...]
    text: str
    limit: Quantity | None
    used: Quantity | None
    remainder: Quantity | None
    excess: Quantity | None


def funds(law: Agreement, state: State) -> tuple[FundView, ...]:
    """Every fund of the agreement."""
    return tuple(_agreed(law, state, partial(_fund, fund)) for fund in law.terms.funds.values())


def _agreed(law: Agreement, state: State, shown: Callable[[Agreement, State], View]) -> View:
    """How something is shown in all worlds of a state, without the figures that are not the same in all of them."""
    worlds = ((law_of(law, state, world.state) or law, world.state) for world in voices(state))
    first, *rest = [shown(*each) for each in worlds] or [shown(law, state)]
    names = (each.name for each in fields(first))
    differing = {name: None for name in names if any(getattr(each, name) != getattr(first, name) for each in rest)}
    changes: dict[str, Any] = differing
    return replace(first, **changes)


def _fund(fund: t.Fund, law: Agreement, state: State) -> FundView:
    judge = Judge(law, state, state.now)
    purpose = judge.values.value(fund.purpose) if fund.purpose is not None else None
    own = tuple(f"{fund.name}/{name}" for name in ("balance", "excess", "interest"))
    came = sum(each.amount.amount for each in state.postings if each.target in own and each.source not in own)
    went = sum(each.amount.amount for each in state.postings if each.source in own and each.target not in own)
    balance, excess, interest = (
        state.balance(account, fund.unit) if may_have_moved(judge, account) is None else None for account in own
    )
    moved = [may_have_moved(judge, account, only=way) is not None for way in ("into", "from") for account in own]
    return FundView(
        fund.name,
        fund.holder,
        fund.section,
        _amount(purpose),
        balance,
        excess,
        interest,
        Quantity(came, fund.unit) if not any(moved[: len(own)]) else None,
        Quantity(went, fund.unit) if not any(moved[len(own) :]) else None,
    )


def paid(law: Agreement, state: State) -> tuple[PaidView, ...]:
    """What each payee got in total, in the order of the first payment; money that stays in a fund is not paid."""
    payees = dict.fromkeys(key for each in states_of(state) for key in totals(each))
    return tuple(
        PaidView(payee, unit, in_all(state, partial(_total, law, payee, unit), None)) for payee, unit in payees
    )


def _total(law: Agreement, payee: str, unit: str, world: State) -> Quantity | None:
    if may_have_moved(Judge(law, world, world.now), payee) is not None:
        return None
    return Quantity(totals(world).get((payee, unit), 0), unit)


def movements(state: State) -> tuple[MovementView, ...]:
    """Every movement of money, in order; where they are not the same under every reading, those that rest on none."""
    return in_all(state, _movements, _movements(bare(state)))


def _movements(state: State) -> tuple[MovementView, ...]:
    return tuple(
        MovementView(
            each.number,
            each.at,
            each.verb,
            each.source,
            each.target,
            each.amount,
            each.section,
            state.entry(each.row).name if each.row is not None else "",
        )
        for each in state.postings
    )


def caps(law: Agreement, state: State) -> tuple[CapView, ...]:
    """Every cap of the agreement that is not counted for each entry, in the order of the text."""
    return tuple(_agreed(law, state, partial(_cap, cap)) for cap in law.terms.caps if not cap.rows)


def _cap(cap: t.Cap, law: Agreement, state: State) -> CapView:
    judge = Judge(law, state, state.now)
    values = judge.values
    limit, remainder, excess = (
        values.value(t.CapFigure(cap.text, cap.span, figure, cap.section))
        for figure in ("limit", "remainder", "excess")
    )
    used = cap_used(law, state, cap, state.now, limit.unit if isinstance(limit, Quantity) else "")
    unsure = cap_may_be_used(judge, cap) is not None
    used_up = used if not unsure else None
    return CapView(cap.section, cap.sections, cap.text, _amount(limit), used_up, _amount(remainder), _amount(excess))


def _amount(known: object) -> Quantity | None:
    return known if isinstance(known, Quantity) else None
