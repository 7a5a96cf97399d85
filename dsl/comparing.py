"""Two values compared: true, false, or what is still to come before the comparison is decided."""

from datetime import date
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.arithmetic import mixed, ordered
from dsl.calendars import end_of_day, start_of_day
from dsl.days import today
from dsl.money import Quantity
from dsl.reasons import Gap, Reason, Truth, Wait, either, gap_reason, joined
from dsl.settling import same_person

if TYPE_CHECKING:
    from dsl.judge import Judge
    from dsl.values import Known, Values


def compare(judge: "Judge", condition: t.Compare) -> Reason:
    """Whether a comparison holds; pending where time or a deposit can still make it so."""
    left, right = _sides(judge, condition)
    if isinstance(left, Gap) or isinstance(right, Gap):
        return gap_reason(condition, joined(left, right))
    gap = None if condition.comparator in ("==", "!=") else mixed(left, right)
    if gap is not None:
        return gap_reason(condition, gap)
    note = f"{judge.say(left)}"
    if left != right and (isinstance(left, t.NameValue) or isinstance(right, t.NameValue)):
        same = same_person(judge, left, right)
        if isinstance(same, Gap):
            return gap_reason(condition, same)
        left = right if same else left
    result = ordered(judge.values, left, condition.comparator, right)
    wait = None if result else _comes(judge, condition, left, right)
    if wait is not None:
        return Reason(Truth.PENDING, condition.text, note=f"{note} against {judge.say(right)}", waits=(wait,))
    balance = condition.left if isinstance(condition.left, t.Balance) else None
    rising = isinstance(left, Quantity) and isinstance(right, Quantity) and ordered(judge.values, left, "<", right)
    if not result and rising and balance is not None and balance.purpose == "balance":
        return Reason(Truth.PENDING, condition.text, note=f"now {note}", waits=_payers(judge, balance), needs=1)
    return Reason(Truth.TRUE if result else Truth.FALSE, condition.text, note=f"{note} against {judge.say(right)}")


def _sides(judge: "Judge", condition: t.Compare) -> "tuple[Known, Known]":
    """The two sides of a comparison; one with today can change only when the day of the other begins or is over."""
    values = judge.values
    left, right = (_side(values, side) for side in (condition.left, condition.right))
    if isinstance(condition.left, t.Today) or isinstance(condition.right, t.Today):
        days = [values.day_of(each) for each in (left, right) if isinstance(each, date)]
        judge.instants |= {edge(day, values.terms.zone) for day in days for edge in (start_of_day, end_of_day)}
    return left, right


def _side(values: "Values", side: t.Value) -> "Known":
    return today(values, watched=False) if isinstance(side, t.Today) else values.value(side)


def _comes(judge: "Judge", condition: t.Compare, left: object, right: object) -> Wait | None:
    """What a comparison with today, which does not hold, waits for; None if no time will bring it."""
    zone = judge.agreement.terms.zone
    if isinstance(condition.left, t.Today) == isinstance(condition.right, t.Today):
        return None
    other = right if isinstance(condition.left, t.Today) else left
    assert isinstance(other, date)
    day = judge.values.day_of(other)
    begins, ends = start_of_day(day, zone), end_of_day(day, zone)
    for moment, then in ((begins, day), (ends, judge.values.day_of(ends))):
        sides = (then, day) if isinstance(condition.left, t.Today) else (day, then)
        if moment > judge.now and ordered(judge.values, sides[0], condition.comparator, sides[1]):
            return Wait("time", f"{condition.text}, on {judge.say(then)}", at=moment)
    return None


def _payers(judge: "Judge", balance: t.Balance) -> tuple[Wait, ...]:
    waits = []
    for provision in judge.agreement.provisions:
        statement = provision.statement
        if not isinstance(statement, t.Duty | t.Power) or not isinstance(statement.act, t.Move):
            continue
        if statement.act.into and statement.act.fund == balance.fund and statement.act.verb == "deposit":
            text = f"{either(t.borne_by(statement), 'or')} can deposit into the {balance.fund}"
            waits.append(Wait("act", text, statement.bearers, section=provision.cited))
    return tuple(waits)
