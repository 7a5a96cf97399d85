"""What a duty or power to pay is for, and what is left of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.basis import is_balance, is_part_of_balance
from dsl.compile import FAILING, Agreement
from dsl.ledger import cap_used, caps_over, counted_for, next_year, payments_counted, unpaid
from dsl.memory import Watch
from dsl.money import Quantity
from dsl.reasons import Gap, Truth
from dsl.state import Entry, Norm, Posting

if TYPE_CHECKING:
    from dsl.judge import Judge


def owed_under(judge: "Judge", provision: t.Provision, act: t.Move, norm: Norm | None = None) -> int | Gap:
    """What a duty or power to pay is for in all, in minor units, or why that cannot be said.

    It is what has been fixed, or else what its figure says as if nothing had been paid under it; of a share, as if
    nothing had been paid for any of those who share, each of whom keeps what has been paid.
    """
    if norm is not None and norm.owed is not None:
        return norm.owed
    if act.plan is not None:
        plan = judge.values.plan(act.plan)
        return plan if isinstance(plan, Gap) else sum(line.amount.amount for line in plan.lines)
    if act.amount is None:
        return Gap(Truth.PENDING, ())
    amount = (
        _moving_amount(judge, norm, act.amount)
        if norm is not None and provision.key in judge.agreement.moving
        else None
    )
    amount = judge.values.value(act.amount) if amount is None else amount
    if isinstance(amount, Quantity):
        return amount.amount
    return amount if isinstance(amount, Gap) else Gap(Truth.PENDING, ())


def _moving_amount(judge: "Judge", norm: Norm, amount: t.Value) -> t.Content | Gap | None:
    """What is owed by a figure that moves as money does, read as if nothing had been paid towards it; None where
    nothing has been."""
    share = _share_in(judge, norm, amount)
    if share is None:
        paid = judge.state.paid_towards(norm)
        return as_if_unpaid(judge, paid, lambda before: before.values.value(amount)) if paid else None
    inner, value = share
    sharing = {entry.number for entry in inner.values.taken(value.entries)} | {norm.row}
    others = [each for each in judge.state.norms_of(norm.provision) if each.paid and each.row in sharing]
    paid = tuple(posting for each in others for posting in judge.state.paid_towards(each))
    of_rows = {each.row: each.paid for each in others if each.row is not None}
    return as_if_unpaid(inner, paid, lambda before: before.values.share(value, of_rows)) if paid else None


def _share_in(judge: "Judge", norm: Norm, amount: t.Value) -> tuple["Judge", t.PartOf] | None:
    """The share of the row of a norm that an amount is, directly or by a name, and a judge who can say what it speaks
    of; None for any other amount."""
    values = judge.agreement.terms.values
    while not isinstance(amount, t.PartOf):
        subject = judge.values.entry(amount.subject) if isinstance(amount, t.FieldOf) else None
        name = amount.name if isinstance(amount, t.Defined) else amount.field if isinstance(amount, t.FieldOf) else ""
        if name not in values or isinstance(subject, Gap):
            return None
        judge = judge.with_row(subject) if subject is not None else judge
        amount = values[name].value
    row = judge.values.entry(amount.row)
    return (judge, amount) if isinstance(row, Entry) and row.number == norm.row else None


def as_if_unpaid(
    judge: "Judge", paid: tuple[Posting, ...], asked: Callable[["Judge"], t.Content | Gap]
) -> t.Content | Gap:
    """What would be answered if these payments had not been made; what is looked up is looked up by the judge."""
    watch = Watch()
    before = unpaid(judge.agreement, judge.state, paid).watched(watch)
    found = asked(replace(judge, state=before))
    judge.state.note(watch, before)
    judge.instants |= watch.instants
    return found


def still_owed(judge: "Judge", provision: t.Provision, act: t.Move, norm: Norm) -> int | Gap:
    """What is still owed, or may still be paid, under a provision, in minor units: the amount less what was paid."""
    owed = owed_under(judge, provision, act, norm)
    return owed if isinstance(owed, Gap) else owed - norm.paid


def amount_gap(judge: "Judge", provision: t.Provision, norm: Norm) -> Gap | None:
    """Why it is not known what a duty to pay is for; None if it is known, or nothing has to be paid."""
    act = getattr(provision.statement, "act", None)
    if not isinstance(provision.statement, t.Duty) or not isinstance(act, t.Move):
        return None
    if act.plan is None and act.amount is None:
        return None
    owed = owed_under(judge, provision, act, norm)
    return owed if isinstance(owed, Gap) else None


def is_fixed(agreement: Agreement, provision: t.Provision) -> bool:
    """Whether the amount of a duty is fixed when it arises: by `when`, unless it is simply what a fund holds."""
    act = getattr(provision.statement, "act", None)
    if not isinstance(provision.statement, t.Duty) or not isinstance(act, t.Move) or provision.trigger is None:
        return False
    return provision.latches and not is_balance(agreement.terms, act.amount)


def recurs(agreement: Agreement, provision: t.Provision) -> bool:
    """Whether a duty or power that follows its condition arises anew each time the condition does.

    What a fund holds, or a part of it, is owed anew; any other amount is owed once, and what was paid counts. What
    follows from a duty that fails is owed each time that fails.
    """
    if provision.key.endswith(FAILING):
        failing = agreement.by_key[provision.key.removesuffix(FAILING)]
        return not failing.latches and failing.trigger is not None
    if provision.latches or provision.trigger is None:
        return False
    act = getattr(provision.statement, "act", None)
    return not isinstance(act, t.Move) or is_part_of_balance(agreement.terms, act.amount)


def limit_of(judge: "Judge", cap: t.Cap, row: Entry | None = None) -> t.Content | Gap:
    """How much a cap allows, for the entry of which a payment for a row is counted by itself: what its figure says as
    if nothing that counts towards it had been paid."""
    counted = counted_for(judge.agreement, judge.state, cap, row) if cap.rows else row
    inner = judge if counted is None else judge.with_row(counted)
    paid = _used_up(judge, cap, row)
    if not paid:
        return inner.values.value(cap.limit)
    return as_if_unpaid(inner, paid, lambda before: before.values.value(cap.limit))


def cap_used_up(judge: "Judge", provision: t.Provision, row: Entry | None) -> str | None:
    """The section of a cap that leaves nothing to pay under a duty, where the excess is not payable; one on each
    calendar year may leave something in the next."""
    statement, agreement, state = provision.statement, judge.agreement, judge.state
    if not isinstance(statement, t.Duty) or not isinstance(statement.act, t.Move):
        return None
    for cap in caps_over(agreement, state, provision.cited, row):
        limit = limit_of(judge, cap, row)
        if not cap.pays_to_the_rest or not isinstance(limit, Quantity):
            continue
        if cap_used(agreement, state, cap, judge.now, limit.unit, row) >= limit:
            judge.instants |= {next_year(judge.now, agreement.terms.zone)} if cap.yearly else set()
            return cap.section
    return None


def waits_for_cap(judge: "Judge", provision: t.Provision, norm: Norm, row: Entry | None) -> bool:
    """Whether a duty that follows its figure is over only because a cap leaves nothing to pay."""
    act = getattr(provision.statement, "act", None)
    once = provision.latches and provision.trigger is not None
    if norm.status not in ("fulfilled", "fulfilled late", "excused") or once or not isinstance(act, t.Move):
        return False
    left = still_owed(judge, provision, act, norm) if act.amount is not None else 0
    return isinstance(left, int) and left > 0 and cap_used_up(judge, provision, row) is not None


def left_of(judge: "Judge", cap: t.Cap, row: Entry | None) -> str:
    """What is left under a cap, in words."""
    limit = limit_of(judge, cap, row)
    if not isinstance(limit, Quantity):
        return f"what is left under section {cap.section} is not known"
    used = cap_used(judge.agreement, judge.state, cap, judge.now, limit.unit, row)
    left = Quantity(max(limit.amount - used.amount, 0), limit.unit)
    return f"{left} of {limit} is left under section {cap.section}"


def before_cap(judge: "Judge", cap: t.Cap, row: Entry | None = None) -> "Judge":
    """The judge of a state in which nothing that counts towards a cap, or towards that of a row, has been paid."""
    paid, counted = _used_up(judge, cap, row), counted_for(judge.agreement, judge.state, cap, row) if cap.rows else None
    judge = judge if counted is None else judge.with_row(counted)
    return replace(judge, state=unpaid(judge.agreement, judge.state, paid)) if paid else judge


def _used_up(judge: "Judge", cap: t.Cap, row: Entry | None) -> tuple[Posting, ...]:
    """The payments that count towards a cap, where its limit is worked out from money that has moved."""
    moving = cap.span in judge.agreement.moving_caps
    return payments_counted(judge.agreement, judge.state, cap, judge.now, row) if moving else ()
