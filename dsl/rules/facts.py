"""What several rules ask of conditions and values: what must be so, what rules each other out, what is written out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from dsl.calendars import Indeterminate, Period, add_to_date, after, before, local_date, take_from_date
from dsl.money import Quantity
from dsl.resolve.walk import walk
from dsl.terms import (
    Arrived,
    Combined,
    Compare,
    Condition,
    Content,
    Defined,
    EveryHolds,
    FieldOf,
    FieldSum,
    Holds,
    IsFilled,
    Literal,
    NameValue,
    PartOf,
    Performed,
    Provision,
    ReadAs,
    Row,
    Selection,
    Shift,
    Silent,
    StageReached,
    Terms,
    Value,
)

NOUNS = {
    "given": "giving", "received": "receipt", "sent": "sending", "completed": "completion", "made": "making",
    "withdrawn": "withdrawal",
}  # fmt: skip
"""What the instant of a stage is called."""

_ORDER: dict[str, Callable[[Any, Any], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt, "==": eq, "!=": ne}


def needed(condition: Condition | None, terms: Terms) -> tuple[Condition, ...]:
    """Everything that must be so for a condition to be true, through lists and the names of conditions."""
    found: list[Condition] = []
    waiting = [] if condition is None else [condition]
    named: set[str] = set()
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, Combined) and each.quantifier == "all":
            waiting += [item.condition for item in each.items]
            continue
        found.append(each)
        if not isinstance(each, Holds) or each.negated or not (each.subject is None or is_row(each.subject)):
            continue
        if each.condition not in named:
            named.add(each.condition)
            waiting.append(terms.conditions[each.condition].condition)
    return tuple(found)


def asked_of_rows(provision: Provision, terms: Terms) -> tuple[Condition, ...]:
    """Everything that must be so for an entry to be a row of a provision."""
    chosen = provision.rows.filter if provision.rows is not None else None
    return needed(chosen.condition if chosen is not None else None, terms)


def is_row(subject: object) -> bool:
    """Whether this is the entry that a sentence or a definition ranges over."""
    return isinstance(subject, Row) and not subject.picked


def spoken(part: object, terms: Terms) -> Iterator[Any]:
    """Every part of a term, and of the conditions and values that it names, each of these once."""
    waiting, seen = [part], set()
    while waiting:
        for each in walk(waiting.pop()):
            yield each
            name = each.condition if isinstance(each, Holds | EveryHolds) else ""
            name = each.name if isinstance(each, Defined) else name
            name = each.field if isinstance(each, FieldOf | FieldSum | PartOf) and each.field in terms.values else name
            if name and name not in seen:
                seen.add(name)
                waiting.append(terms.values[name].value if name in terms.values else terms.conditions[name])


def exclude(first: Condition, second: Condition, terms: Terms) -> bool:
    """Whether two conditions can never both be true at one instant."""
    match first, second:
        case StageReached(), StageReached():
            apart = {first.quantifier, second.quantifier} == {"some", "no"}
            said = [(each.subject, each.stage, each.actor, each.bound) for each in (first, second)]
            return apart and said[0] == said[1]
        case Holds(), Holds():
            return (first.condition, first.subject) == (second.condition, second.subject) and (
                first.negated is not second.negated
            )
        case ReadAs(), ReadAs():
            return first.ambiguity == second.ambiguity and first.reading != second.reading
        case IsFilled(), IsFilled():
            return first.blank == second.blank and first.filled is not second.filled
        case Compare(), Compare():
            return first.left == second.left and _apart(first, second, terms)
        case _:
            return False


def _apart(first: Compare, second: Compare, terms: Terms) -> bool:
    """Whether no value compares so with both right sides."""
    low, high = known(first.right, terms), known(second.right, terms)
    if first.right == second.right:
        low, high = 0, 0
    if isinstance(low, str | bool | NameValue) and type(low) is type(high):
        opposed = {first.comparator, second.comparator} == {"!=", "=="}
        return low == high if opposed else low != high and first.comparator == second.comparator == "=="
    if not comparable(low, high):
        return False
    if "!=" in (first.comparator, second.comparator):
        return {first.comparator, second.comparator} == {"!=", "=="} and low == high
    if first.comparator == "==":
        return not _ORDER[second.comparator](low, high)
    if second.comparator == "==":
        return not _ORDER[first.comparator](high, low)
    if first.comparator[0] == second.comparator[0]:
        return False
    floor, ceiling = (low, high) if first.comparator[0] == ">" else (high, low)
    strict = ">" in (first.comparator, second.comparator) or "<" in (first.comparator, second.comparator)
    return bool(_ORDER[">"](floor, ceiling)) or (strict and floor == ceiling)


def never(condition: Condition, terms: Terms) -> bool:
    """Whether a comparison is of two figures that are written out, and does not hold."""
    if not isinstance(condition, Compare):
        return False
    left, right = known(condition.left, terms), known(condition.right, terms)
    return comparable(left, right) and not _ORDER[condition.comparator](left, right)


def comparable(left: Any, right: Any) -> bool:
    """Whether two contents that are known can be put in order."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return left.unit == right.unit
    return left is not None and type(left) is type(right) and isinstance(left, int | date | datetime)


def known(value: Value, terms: Terms) -> Content | None:
    """What a value is, where the text alone says it."""
    match value:
        case Literal(content=content):
            return content
        case Defined(name=name):
            return known(terms.values[name].value, terms)
        case Shift():
            return _shifted(value, terms)
        case _:
            return None


def _shifted(value: Shift, terms: Terms) -> Content | None:
    origin = known(value.origin, terms)
    if not isinstance(value.period, Period):
        return None
    if isinstance(origin, datetime) and value.period.unit.in_days:
        origin = local_date(origin, terms.zone)
    if isinstance(origin, datetime):
        made: object = (after if value.forward else before)(origin, value.period, terms.calendar)
    elif isinstance(origin, date):
        made = (add_to_date if value.forward else take_from_date)(origin, value.period, terms.calendar)
    else:
        return None
    return None if isinstance(made, Indeterminate) else made  # type: ignore[return-value]


def never_false(condition: Condition, terms: Terms) -> bool:
    """Whether a condition is true or still waits, and so is false at no time."""
    return _throughout(condition, terms, _lasts)


def waits_for_time(condition: Condition, terms: Terms) -> bool:
    """Whether a condition waits at first, and is false only once something has come before its time was over."""
    return _throughout(condition, terms, lambda each: _lasts(each) or _is_timed_absence(each))


def _lasts(condition: Condition) -> bool:
    match condition:
        case StageReached(quantifier="some", bound=None, subject=Selection()) | Arrived() | Performed():
            return True
        case _:
            return False


def _is_timed_absence(condition: Condition) -> bool:
    match condition:
        case StageReached(quantifier="no", bound=bound):
            return bound is not None
        case _:
            return isinstance(condition, Silent)


def _throughout(condition: Condition, terms: Terms, waits: Callable[[Condition], bool]) -> bool:
    """Whether a condition waits as these do: where all of several have to be so, each of them, else any."""
    known_of: dict[str, bool] = {}

    def lasts(condition: Condition) -> bool:
        match condition:
            case Holds(negated=False, condition=inner):
                return of(inner)
            case Combined(quantifier="all"):
                return all(lasts(item.condition) for item in condition.items)
            case Combined(quantifier="any"):
                return any(lasts(item.condition) for item in condition.items)
            case _:
                return waits(condition)

    def of(inner: str) -> bool:
        if inner not in known_of:
            known_of[inner] = lasts(terms.conditions[inner].condition)
        return known_of[inner]

    return lasts(condition)
