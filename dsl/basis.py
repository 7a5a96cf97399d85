"""What a value rests on, through the names it uses: the current date, or money that has moved."""

from collections.abc import Iterator

from dsl import terms as t
from dsl.resolve.walk import walk


def worked_from(terms: t.Terms, value: object) -> Iterator[object]:
    """Every part of a value, and of each definition it speaks of, once each."""
    waiting: list[object] = [value]
    seen: set[str] = set()
    while waiting:
        for each in walk(waiting.pop()):
            yield each
            name = _name_in(each)
            if name not in seen and (name in terms.values or name in terms.conditions):
                seen.add(name)
                waiting += [named for named in (terms.values.get(name), terms.conditions.get(name)) if named]


def _name_in(part: object) -> str:
    """The name of the definition that a part may speak of."""
    match part:
        case t.Defined():
            return part.name
        case t.FieldOf() | t.FieldSum() | t.PartOf():
            return part.field
        case t.Holds() | t.EveryHolds():
            return part.condition
        case _:
            return ""


def reads_today(terms: t.Terms, value: object) -> bool:
    """Whether a value is worked out from the current date."""
    return any(isinstance(each, t.Today) for each in worked_from(terms, value))


def reads_money(terms: t.Terms, value: object) -> bool:
    """Whether a value is worked out from money that has moved: what a fund holds, what was paid, or movements."""
    return any(
        isinstance(each, t.Balance | t.PaidUnder | t.CapFigure)
        or (isinstance(each, t.Selection) and any(terms.kinds[kind].preset == "movement" for kind in each.kinds))
        for each in worked_from(terms, value)
    )


def period_after(terms: t.Terms, value: object) -> t.Length | None:
    """The period of a time that is so long after another one, directly or by a name; None for any other value."""
    while isinstance(value, t.Defined | t.FieldOf) and _name_in(value) in terms.values:
        value = terms.values[_name_in(value)].value
    return value.period if isinstance(value, t.Shift) and value.forward and not value.extends else None


def is_balance(terms: t.Terms, value: object) -> bool:
    """Whether a value is simply what a part of a fund holds, directly or by a name."""
    while isinstance(value, t.Defined):
        value = terms.values[value.name].value
    return isinstance(value, t.Balance)


def is_part_of_balance(terms: t.Terms, value: object) -> bool:
    """Whether a value is what a part of a fund holds or a part of that: a percentage, a share or a multiple."""
    match value:
        case t.Defined():
            return is_part_of_balance(terms, terms.values[value.name].value)
        case t.Share() | t.PartOf():
            return is_part_of_balance(terms, value.whole)
        case t.Product():
            return any(is_part_of_balance(terms, each) for each in value.over)
        case _:
            return isinstance(value, t.Balance)
