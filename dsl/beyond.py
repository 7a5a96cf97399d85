"""What is owed beyond a cap: of a duty or power what fell away, or is still asked for; of what passes by itself what
was cut off, or waits.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.calendars import local_date, start_of_day
from dsl.compile import FAILING, covers, survives
from dsl.lapsed import done_at
from dsl.ledger import cap_on, cap_used, caps_over, counted_for, excluded_from, next_year
from dsl.money import Quantity
from dsl.owed import cap_used_up, limit_of, owed_under, still_owed
from dsl.past import then
from dsl.perhaps import cap_may_be_used
from dsl.reasons import Gap, Reason, Truth, Wait, either
from dsl.state import Entry, Norm

if TYPE_CHECKING:
    from dsl.judge import Judge

_DONE = ("fulfilled", "fulfilled late", "excused")


def excess(judge: "Judge", cap: t.Cap, unit: str, row: Entry | None = None) -> Quantity | Gap:
    """What is owed under the capped sections, or for a row, beyond the cap, whoever has tried to pay what: what fell
    away because nothing was left of it, and what is still asked for beyond what it leaves; beside another cap, no more
    than this one by itself would leave unpaid. Open while it is open what is asked for."""
    zone, fallen, asked, beside = judge.agreement.terms.zone, Counter[int](), 0, False
    for provision in judge.agreement.provisions:
        if not _is_on(judge, cap, provision):
            continue
        beside = beside or sum(_is_on(judge, each, provision) for each in judge.agreement.terms.caps) > 1
        for done, left in _lefts(judge, provision, unit, partial(_counts, judge, cap, row)):
            if isinstance(left, Gap) and left.truth is Truth.OPEN and done is None:
                return left
            more = 0 if isinstance(left, Gap) else max(left, 0)
            if done is not None:
                fallen[local_date(done, zone).year] += more
            else:
                asked += more
    limit = limit_of(judge, cap, row)
    if not isinstance(limit, Quantity):
        return limit if isinstance(limit, Gap) else Quantity(fallen.total(), unit)
    used = cap_used(judge.agreement, judge.state, cap, judge.now, unit, row)
    total = fallen.total() + max(asked - max(limit.amount - used.amount, 0), 0)
    alone = _alone(judge, cap, limit, fallen, asked, row) if beside else total
    return alone if isinstance(alone, Gap) else Quantity(min(total, alone), unit)


def _counts(judge: "Judge", cap: t.Cap, row: Entry | None, number: int | None) -> bool:
    """Whether what is paid for an entry by its number, if for any, counts towards a cap, or towards that of a row."""
    if row is None:
        return True
    entry = judge.state.entry(number) if number is not None else None
    return counted_for(judge.agreement, judge.state, cap, entry) == counted_for(judge.agreement, judge.state, cap, row)


def _alone(
    judge: "Judge", cap: t.Cap, limit: Quantity, fallen: Counter[int], asked: int, row: Entry | None
) -> int | Gap:
    """What a cap by itself would leave unpaid; one on each calendar year leaves so much of each of them, by what it
    then allowed."""
    law, this = judge.agreement, local_date(judge.now, judge.agreement.terms.zone).year
    if not cap.yearly:
        used = cap_used(law, judge.state, cap, judge.now, limit.unit, row)
        return max(used.amount + fallen.total() + asked - limit.amount, 0)
    beyond = 0
    for year in sorted({*fallen, this}):
        over = year < this
        end = next_year(start_of_day(date(year, 1, 1), law.terms.zone), law.terms.zone) if over else judge.now
        end -= timedelta(microseconds=over)
        allowed = then(judge, end, lambda past: limit_of(past, cap, row)) if over else limit
        if not isinstance(allowed, Quantity):
            return allowed if isinstance(allowed, Gap) else 0
        used = cap_used(law, judge.state, cap, end, limit.unit, row)
        owed = used.amount + fallen[year] + (asked if year == this else 0)
        beyond += max(owed - allowed.amount, 0)
    return beyond


def _is_on(judge: "Judge", cap: t.Cap, provision: t.Provision) -> bool:
    """Whether what is paid under a provision counts towards a cap, be it one for each entry."""
    excluded = excluded_from(judge.agreement, cap)
    return any(covers(each, provision.cited) for each in cap.sections) and not any(
        covers(each, provision.cited) for each in excluded
    )


def _lefts(
    judge: "Judge", provision: t.Provision, unit: str, counts: Callable[[int | None], bool]
) -> Iterator[tuple[datetime | None, int | Gap]]:
    """For each row that counts, by its number, what of a unit a provision has not paid, and since when that is over and
    done, if it is."""
    statement = provision.statement
    if isinstance(statement, t.Passes):
        if judge.agreement.terms.funds[statement.source].unit == unit:
            cuts = (cut for cut in judge.state.cuts_of(provision.key) if counts(cut.row))
            yield from ((cut.at, (cut.whole - cut.passed).amount) for cut in cuts)
            yield from ((None, left) for left in _waiting(judge, provision, statement, counts))
        return
    act = getattr(statement, "act", None)
    if not isinstance(act, t.Move):
        return
    for norm in filter(lambda each: counts(each.row), judge.state.norms_of(provision.key)):
        done = norm.status in _DONE
        if done or (isinstance(statement, t.Duty) and (norm.live or norm.status == "suspended")):
            row = judge if norm.row is None else judge.with_row(judge.state.entry(norm.row))
            left = still_owed(row, provision, act, norm) if _unit(row, act, unit) == unit else 0
            yield norm.since if done else None, left


def _waiting(
    judge: "Judge", provision: t.Provision, passes: t.Passes, counts: Callable[[int | None], bool]
) -> Iterator[int | Gap]:
    """What is to pass now for each row that counts and has not, because the fund, a cap or something else stands
    against it; what the condition asks about this very figure meanwhile is asked without it."""
    over = judge.state.terminated is not None and not survives(judge.agreement, provision.cited)
    if over or provision.key in judge.asking:
        return
    judge = replace(judge, rows={}, asking=judge.asking | {provision.key})
    for row in judge.values.selected(provision.rows) if provision.rows is not None else (None,):
        number = row.number if row is not None else None
        if not counts(number):
            continue
        done = done_at(judge.state, provision.key, number)
        own = judge if row is None else judge.with_row(row)
        met = _met(own, provision, row) if done is None or done > judge.now else None
        if met is not None and met.truth is Truth.OPEN:
            yield Gap(Truth.OPEN, tuple(dict.fromkeys(met.awaited())))
        if met is None or met.truth is not Truth.TRUE:
            continue
        for each in own.values.taken(provision.every) if provision.every is not None else (None,):
            amount = (own if each is None else own.with_row(each)).values.value(passes.amount)
            yield amount.amount if isinstance(amount, Quantity) else amount if isinstance(amount, Gap) else 0


def _met(judge: "Judge", provision: t.Provision, row: Entry | None) -> Reason:
    """Whether the condition of what passes holds for a row; that of what follows from a duty is that it is overdue."""
    if not provision.key.endswith(FAILING) and provision.trigger is not None:
        return judge.judge(provision.trigger)
    failed = judge.state.norm(provision.key.removesuffix(FAILING), row.number if row is not None else None)
    late = failed is not None and failed.status == "overdue"
    return Reason(Truth.FALSE if provision.key.endswith(FAILING) and not late else Truth.TRUE, provision.text)


def _unit(judge: "Judge", act: t.Move, otherwise: str) -> str:
    """The unit of what is to be paid; where that is not known, another one."""
    plan = judge.values.plan(act.plan) if act.plan is not None else None
    if isinstance(plan, t.Plan) and plan.lines:
        return plan.lines[0].amount.unit
    amount = judge.values.value(act.amount) if act.amount is not None else None
    return amount.unit if isinstance(amount, Quantity) else otherwise


def fell_away(judge: "Judge", provision: t.Provision, row: Entry | None, norm: Norm | None) -> str:
    """What of a duty fell away because a cap left nothing, the excess not being payable, or was cut off of what passed,
    in words; else empty."""
    caps = caps_over(judge.agreement, judge.state, provision.cited, row)
    cutting = tuple(cap.section for cap in caps if cap.pays_to_the_rest)
    found = _fallen(judge, provision, row, norm) if cutting else None
    if found is None:
        return ""
    used_up = cap_used_up(judge, provision, row)
    under = used_up if used_up is not None else either(tuple(dict.fromkeys(cutting)), "or")
    return f"{found[0]} of {found[1]} fell away under the cap of section {under}"


def _fallen(
    judge: "Judge", provision: t.Provision, row: Entry | None, norm: Norm | None
) -> tuple[Quantity, Quantity] | None:
    """What fell away for a row, and of how much in all; None if nothing did, or that is not known."""
    statement, number = provision.statement, row.number if row is not None else None
    act = getattr(statement, "act", None)
    if isinstance(statement, t.Passes):
        last = next((cut for cut in reversed([*judge.state.cuts_of(provision.key)]) if cut.row == number), None)
        return (last.whole - last.passed, last.whole) if last is not None else None
    if not isinstance(statement, t.Duty) or not isinstance(act, t.Move) or norm is None or norm.status not in _DONE:
        return None
    owed, left = owed_under(judge, provision, act, norm), still_owed(judge, provision, act, norm)
    if isinstance(left, Gap) or isinstance(owed, Gap) or left <= 0:
        return None
    unit = _unit(judge, act, judge.agreement.terms.currency)
    return Quantity(left, unit), Quantity(owed, unit)


def cap_figure(judge: "Judge", value: t.CapFigure) -> Quantity | Gap:
    """The limit of a cap, what is left of it, or what was beyond it; one of each year is another at New Year."""
    row = judge.values.entry(value.row) if value.row is not None else None
    if isinstance(row, Gap):
        return row
    cap, zone = cap_on(judge.agreement, value.section, for_each=row is not None), judge.agreement.terms.zone
    if row is not None and counted_for(judge.agreement, judge.state, cap, row) is None:
        told = f'"{row.name}" is, and is about, no {cap.rows}: section {cap.section} has a cap for each of these'
        return Gap(Truth.OPEN, (Wait("figure", told, section=cap.section),))
    limit = limit_of(judge, cap, row)
    if isinstance(limit, Gap):
        return limit
    assert isinstance(limit, Quantity)
    unsure = cap_may_be_used(judge, cap, row) if value.figure != "limit" else None
    if unsure is not None:
        return unsure
    used = cap_used(judge.agreement, judge.state, cap, judge.now, limit.unit, row)
    year = local_date(judge.now, zone).year
    if cap.yearly and value.figure != "limit" and year < date.max.year:
        judge.instants.add(start_of_day(date(year + 1, 1, 1), zone))
    match value.figure:
        case "limit":
            return limit
        case "remainder":
            return limit - used if used < limit else Quantity(0, limit.unit)
        case _:
            return excess(judge, cap, limit.unit, row)
