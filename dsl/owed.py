"""What a duty or power to pay is for, and what is left of it."""

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.ledger import caps_over
from dsl.money import Quantity
from dsl.reasons import Gap, Truth
from dsl.state import Norm

if TYPE_CHECKING:
    from dsl.judge import Judge


def owed_under(judge: "Judge", act: t.Move | t.Hold) -> int | None:
    """The amount a duty to pay is for, in minor units; None while it cannot be said."""
    if isinstance(act, t.Move) and act.plan is not None:
        plan = judge.values.plan(act.plan)
        return None if isinstance(plan, Gap) else sum(line.amount.amount for line in plan.lines)
    amount = judge.values.value(act.amount) if act.amount is not None else None
    return amount.amount if isinstance(amount, Quantity) else None


def still_owed(judge: "Judge", provision: t.Provision, act: t.Move, norm: Norm) -> int | Gap:
    """What is still owed, or may still be paid, under a provision, in minor units.

    `when` fixes the amount when the duty arises, and what was paid counts against it. Otherwise it is what the figure
    says now; where that is what a fund holds, what was paid has shrunk it already.
    """
    if norm.owed is not None:
        return norm.owed - norm.paid
    if act.plan is not None or act.amount is None:
        owed = owed_under(judge, act)
        return Gap(Truth.PENDING, ()) if owed is None else owed - norm.paid
    amount = judge.values.value(act.amount)
    if not isinstance(amount, Quantity):
        return amount if isinstance(amount, Gap) else Gap(Truth.PENDING, ())
    held = is_held(judge.agreement.terms, act.amount)
    return amount.amount if held else amount.amount - norm.paid


def is_held(terms: t.Terms, value: object) -> bool:
    """Whether a value is worked out from what a fund holds now."""
    if isinstance(value, t.Balance):
        return True
    if isinstance(value, t.Defined):
        return is_held(terms, terms.values[value.name].value)
    return is_dataclass(value) and any(is_held(terms, getattr(value, each.name)) for each in fields(value))


def shrinks_when_paid(terms: t.Terms, value: object) -> bool:
    """Whether a value is worked out from what a fund holds or from what was paid, so that a payment changes it."""
    if isinstance(value, t.PaidUnder):
        return True
    if isinstance(value, t.Defined):
        return shrinks_when_paid(terms, terms.values[value.name].value)
    parts = is_dataclass(value) and any(shrinks_when_paid(terms, getattr(value, each.name)) for each in fields(value))
    return parts or is_held(terms, value)


def excess(judge: "Judge", cap: t.Cap, unit: str) -> Quantity:
    """What was owed under the capped sections and will not be paid, because nothing is left of the cap."""
    total = 0
    for provision in judge.agreement.provisions:
        act = getattr(provision.statement, "act", None)
        if not isinstance(act, t.Move) or cap not in caps_over(judge.agreement, provision.cited):
            continue
        for norm in judge.state.norms_of(provision.key):
            if norm.status in ("fulfilled", "fulfilled late", "excused"):
                row = judge if norm.row is None else judge.with_row(judge.state.entry(norm.row))
                total += max((owed_under(row, act) or 0) - norm.paid, 0)
    return Quantity(total, unit)
