"""What the funds hold, who was paid what, and how far the caps are used."""

from dataclasses import dataclass
from datetime import datetime

from dsl import terms as t
from dsl.compile import Agreement
from dsl.judge import Judge
from dsl.ledger import cap_used
from dsl.money import Quantity
from dsl.state import State


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund: what it holds for its purpose, what came beyond it, and its interest; all that came in and went out."""

    name: str
    holder: str
    section: str
    purpose: Quantity | None
    balance: Quantity
    excess: Quantity
    interest: Quantity
    deposited: Quantity
    paid_out: Quantity


@dataclass(frozen=True, slots=True)
class PaidView:
    """All that one payee got, in one unit, whoever paid."""

    payee: str
    total: Quantity


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
    """A limit on payments: how much there is, is used, is left, and is owed beyond it; none while it is not known."""

    section: str
    sections: tuple[str, ...]
    text: str
    limit: Quantity | None
    used: Quantity
    remainder: Quantity | None
    excess: Quantity | None


def funds(law: Agreement, state: State) -> tuple[FundView, ...]:
    """Every fund of the agreement."""
    return tuple(_fund(law, state, fund) for fund in law.terms.funds.values())


def _fund(law: Agreement, state: State, fund: t.Fund) -> FundView:
    purpose = Judge(law, state, state.now).values.value(fund.purpose) if fund.purpose is not None else None
    own = tuple(f"{fund.name}/{name}" for name in ("balance", "excess", "interest"))
    came = sum(each.amount.amount for each in state.postings if each.target in own and each.source not in own)
    went = sum(each.amount.amount for each in state.postings if each.source in own and each.target not in own)
    balance, excess, interest = (state.balance(account, fund.unit) for account in own)
    return FundView(
        fund.name,
        fund.holder,
        fund.section,
        _amount(purpose),
        balance,
        excess,
        interest,
        Quantity(came, fund.unit),
        Quantity(went, fund.unit),
    )


def paid(state: State) -> tuple[PaidView, ...]:
    """What each payee got in total, in the order of the first payment; money that stays in a fund is not paid."""
    totals: dict[tuple[str, str], int] = {}
    for each in state.postings:
        if "/" not in each.target:
            key = (each.target, each.amount.unit)
            totals[key] = totals.get(key, 0) + each.amount.amount
    return tuple(PaidView(payee, Quantity(total, unit)) for (payee, unit), total in totals.items())


def movements(state: State) -> tuple[MovementView, ...]:
    """Every movement of money, in order."""
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
    return tuple(_cap(law, state, cap) for cap in law.terms.caps if not cap.rows)


def _cap(law: Agreement, state: State, cap: t.Cap) -> CapView:
    values = Judge(law, state, state.now).values
    limit, remainder, excess = (
        values.value(t.CapFigure(cap.text, cap.span, figure, cap.section))
        for figure in ("limit", "remainder", "excess")
    )
    used = cap_used(law, state, cap, state.now, limit.unit if isinstance(limit, Quantity) else "")
    return CapView(cap.section, cap.sections, cap.text, _amount(limit), used, _amount(remainder), _amount(excess))


def _amount(known: object) -> Quantity | None:
    return known if isinstance(known, Quantity) else None
