"""What of a fund is held back, for what, and what is free.

A duty to hold an amount in a fund holds it back while the duty is in force; a power, from its use until it is lifted or
the condition of the power ends. The money stays in the balance of the fund, and nothing takes it out but a payment
about the very entry that it is held for, or about an entry that is about that one. Nothing is stored: what is held is
read from the norms, the uses of powers and the postings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.ledger import balance_about, deposited
from dsl.money import Quantity
from dsl.owed import as_if_unpaid
from dsl.perhaps import gap_of, may_have_moved
from dsl.possible import doubtful
from dsl.reasons import Gap, joined
from dsl.state import Entry, Exercise, Norm, Posting, State

if TYPE_CHECKING:
    from dsl.judge import Judge


@dataclass(frozen=True, slots=True)
class Held:
    """One hold: the section it is under, the entry it is about, and the amount, which may not be known."""

    section: str
    text: str
    about: Entry | None
    amount: int | Gap


def holds(judge: "Judge", fund: str) -> Iterator[Held]:
    """Everything that is held back in a fund now, in the order of the text."""
    for provision in judge.agreement.provisions:
        act = getattr(provision.statement, "act", None)
        if not isinstance(act, t.Hold) or not act.of_amount or act.fund != fund:
            continue
        if isinstance(provision.statement, t.Duty):
            yield from _owed(judge, provision, act)
        elif isinstance(provision.statement, t.Power):
            yield from _used(judge, provision, fund)


def held_back(judge: "Judge", fund: str, about: Entry | None = None, freed: frozenset[int] = frozenset()) -> int | Gap:
    """What is held in a fund in minor units: in all, or about an entry; not what is held for one of those freed."""
    amounts = [
        each.amount
        for each in holds(judge, fund)
        if (about is None or _is_about(each, about)) and not (each.about is not None and each.about.number in freed)
    ]
    known = [amount for amount in amounts if isinstance(amount, int)]
    return sum(known) if len(known) == len(amounts) else joined(*amounts)


def figure(judge: "Judge", value: t.Balance) -> Quantity | Gap:
    """What a part of a fund is, in all or for an entry.

    The held part is at most what the fund has, and the free balance is the rest of that; for an entry, the free balance
    is what can be paid about it.
    """
    unit = judge.agreement.terms.funds[value.fund].unit
    about = judge.values.entry(value.row) if value.row is not None else None
    if isinstance(about, Gap):
        return about
    if value.part == value.purpose:
        account = f"{value.fund}/{value.purpose}"
        why = may_have_moved(judge, account, about)
        if why is not None:
            return gap_of(why)
        whole = judge.state.balance(account, unit)
        return whole if about is None else Quantity(balance_about(judge.state, account, about), unit)
    balance = judge.state.balance(f"{value.fund}/balance", unit).amount
    free = value.purpose == "free balance"
    freed = freed_by(judge.state, about) if free else frozenset()
    held = held_back(judge, value.fund, None if free else about, freed)
    if isinstance(held, Gap):
        return held
    why = may_have_moved(judge, f"{value.fund}/balance") if free or held else None
    if why is not None:
        return gap_of(why)
    return Quantity(max(balance - held, 0) if free else min(held, balance), unit)


def freed_by(state: State, *entries: Entry | None) -> frozenset[int]:
    """The entries that a payment is about: those it names or carries out, and what these are about."""
    found: set[int] = set()
    for entry in entries:
        number = entry.number if entry is not None else None
        while number is not None and number not in found:
            found.add(number)
            number = state.entry(number).about
    return frozenset(found)


def _lifted(judge: "Judge", fund: str, used: Exercise, about: Entry | None) -> bool:
    """Whether a hold about an entry was lifted after it was made: in the whole fund, or about that entry."""
    for provision in judge.agreement.provisions:
        act = getattr(provision.statement, "act", None)
        if isinstance(act, t.Hold) and act.lifts and act.fund == fund:
            for lift in judge.state.standing_exercises(provision.key):
                if lift.order > used.order and _used_about(judge, act, lift) in (None, about):
                    return True
    return False


def _used_about(judge: "Judge", act: t.Hold, used: Exercise) -> Entry | None:
    """The entry about which a power was used: what the sentence says where its row had not come about at the time."""
    if used.about is None and used.row is not None and used.named and not used.meant:
        return _about(judge.with_row(judge.state.entry(used.row)), act, used.row)
    return judge.state.entry(used.about) if used.about is not None else None


def _is_about(held: Held, entry: Entry) -> bool:
    return held.about is not None and held.about.number == entry.number


def _owed(judge: "Judge", provision: t.Provision, act: t.Hold) -> Iterator[Held]:
    """What the duties of a sentence hold, row by row; not known where it is open whether one is in force."""
    plain = replace(judge, rows={}, so_far=False, ending=False)
    live = {norm.row: norm for norm in judge.state.norms_of(provision.key) if norm.live}
    for number, norm in sorted(live.items(), key=lambda each: each[0] or 0):
        inner = plain if number is None else plain.with_row(judge.state.entry(number))
        about = _about(inner, act, number)
        yield Held(provision.cited, provision.text, about, _amount(inner, act, norm, about))
    for row, why in doubtful(plain, provision):
        inner = plain if row is None else plain.with_row(row)
        about = _about(inner, act, row.number if row is not None else None)
        amount = Gap(why.truth, tuple(dict.fromkeys(why.awaited())))
        yield Held(provision.cited, provision.text, about, amount)


def _about(judge: "Judge", act: t.Hold, row: int | None) -> Entry | None:
    """What a sentence holds for: what it names, or its row."""
    if act.about is None:
        return judge.state.entry(row) if row is not None else None
    about = judge.values.entry(act.about)
    return None if isinstance(about, Gap) else about


def _amount(judge: "Judge", act: t.Hold, norm: Norm, about: Entry | None) -> int | Gap:
    """What a duty holds: its figure as if nothing had been paid about the entry, less what has been paid since."""
    paid = total(_paid_about(judge.state, act.fund, about, norm.began))
    whole = norm.owed if norm.owed is not None else _whole(judge, act, norm.began, about)
    return whole if isinstance(whole, Gap) else max(whole - paid, 0)


def _whole(judge: "Judge", act: t.Hold, since: datetime, about: Entry | None) -> int | Gap:
    """The figure of a hold, as if nothing had been paid about the entry since an instant."""
    held = act.amount
    assert held is not None
    paid = _paid_about(judge.state, act.fund, about, since)
    amount = as_if_unpaid(judge, paid, lambda then: then.values.value(held)) if paid else judge.values.value(held)
    assert isinstance(amount, Quantity | Gap)
    return amount if isinstance(amount, Gap) else amount.amount


def fixed_hold(judge: "Judge", provision: t.Provision, row: Entry | None, since: datetime) -> int | None:
    """What a duty with `when` holds back in a fund from then on, in minor units; None while that is not known, and for
    any other sentence."""
    act = getattr(provision.statement, "act", None)
    duty = isinstance(provision.statement, t.Duty) and provision.latches and provision.trigger is not None
    if not duty or not isinstance(act, t.Hold) or act.amount is None:
        return None
    whole = _whole(judge, act, since, _about(judge, act, row.number if row is not None else None))
    return whole if isinstance(whole, int) else None


def _used(judge: "Judge", provision: t.Provision, fund: str) -> Iterator[Held]:
    """What the uses of a power hold: of several about one entry the last."""
    act, last = getattr(provision.statement, "act", None), dict[int | None, tuple[Exercise, Entry | None]]()
    assert isinstance(act, t.Hold)
    for used in judge.state.standing_exercises(provision.key):
        about = _used_about(judge, act, used)
        last[about.number if about is not None else None] = used, about
    for used, about in last.values():
        norm = judge.state.norm(provision.key, used.row)
        ended = norm is not None and norm.status in ("dormant", "superseded")
        if used.amount is None or ended or _lifted(judge, fund, used, about):
            continue
        left = used.amount.amount - total(_paid_about(judge.state, fund, about, used.at))
        yield Held(provision.cited, provision.text, about, max(left, 0))


def _paid_about(state: State, fund: str, about: Entry | None, since: datetime) -> tuple[Posting, ...]:
    """What was paid out of a fund about an entry since an instant."""
    if about is None:
        return ()
    return tuple(
        posting
        for posting in state.paid_for(about.number)
        if posting.source == f"{fund}/balance" and posting.at >= since
    )


def total(postings: tuple[Posting, ...]) -> int:
    """What postings come to, in minor units."""
    return sum(posting.amount.amount for posting in postings)


def moved_about(judge: "Judge", value: t.Balance, account: str) -> tuple[Posting, ...]:
    """The postings by which a figure of a fund came about; what is held and free are figures of the whole balance."""
    about = judge.values.entry(value.row) if value.row is not None and value.part == value.purpose else None
    postings = judge.state.paid_for(about.number) if isinstance(about, Entry) else judge.state.all_postings()
    return tuple(each for each in postings if account in (each.source, each.target))


def held_notes(judge: "Judge", value: t.Balance, moved: bool) -> tuple[str, ...]:
    """What is held back in a fund, told for the figures that rest on it; or that nothing ever came into it."""
    if not moved or value.part == value.purpose:
        return () if moved else ("nothing was paid in",)
    return tuple(told(each, judge.agreement.terms.funds[value.fund].unit) for each in holds(judge, value.fund))


def bound_notes(judge: "Judge", value: t.Balance) -> tuple[str, ...]:
    """That more is in a balance than its fund is for now, because the purpose was more when it was deposited: a deposit
    is split when it comes in."""
    fund = judge.agreement.terms.funds[value.fund]
    purpose = judge.values.value(fund.purpose) if fund.purpose is not None and value.row is None else None
    if value.purpose not in ("balance", "excess") or not isinstance(purpose, Quantity):
        return ()
    over = deposited(judge.state, fund).amount - purpose.amount
    over = min(over, judge.state.balance(f"{fund.name}/balance", fund.unit).amount)
    if over <= 0:
        return ()
    what = f"{Quantity(over, fund.unit)} in the balance was deposited for the purpose of the {fund.name} as it was then"
    return (f"{what}, is beyond the {purpose} that it is for now, and is not excess",)


def told(held: Held, unit: str) -> str:
    """`USD 5.00 for "C-1" is held under section 3`."""
    amount = "an amount that is not known" if isinstance(held.amount, Gap) else f"{Quantity(held.amount, unit)}"
    what = f' for "{held.about.name}"' if held.about is not None else ""
    return f"{amount}{what} under section {held.section}"
