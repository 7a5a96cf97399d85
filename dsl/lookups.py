"""What a filter asks, taken apart, so that many rows need not be judged one by one for each row that asks.

`every Election whose Side is (the Side of such Election) and whose Time is before (the Time of such Election)` asks for
a group, the elections of one side, and for those up to a place in their order. What is left of a filter is the same
whoever asks; a filter of which that cannot be said is not taken apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from dsl import terms as t
from dsl.resolve.walk import walk


@dataclass(frozen=True, slots=True)
class Lookup:
    """A filter taken apart: fields to be the same as a value, one to lie within bounds, and a rest to be judged."""

    same: tuple[tuple[t.FieldOf, t.Value], ...] = ()
    order: t.FieldOf | None = None
    bounds: tuple[tuple[str, t.Value], ...] = ()
    rest: t.Condition | None = None


def lookups(terms: t.Terms, provisions: tuple[t.Provision, ...]) -> dict[int, Lookup]:
    """How each selection in an agreement is looked up, by its identity."""
    found: dict[int, Lookup] = {}
    tables = (getattr(terms, each.name) for each in fields(terms))
    for each in walk((terms, provisions, tuple(tuple(table.values()) for table in tables if isinstance(table, dict)))):
        if isinstance(each, t.Selection):
            lookup = _taken_apart(each.filter)
            if lookup is not None and each.besides is None:
                found[id(each)] = lookup
    return found


def _taken_apart(wanted: t.Filter | None) -> Lookup | None:
    if wanted is None:
        return Lookup()
    same: list[tuple[t.FieldOf, t.Value]] = []
    order: t.FieldOf | None = None
    bounds: list[tuple[str, t.Value]] = []
    rest: list[t.Item] = []
    for item in _asked(wanted.condition):
        match item.condition:
            case t.Compare(left=t.FieldOf(subject=t.Row() as row) as left, comparator=comparator, right=right) if (
                row.key == f"picked {wanted.kind}" and _is_of_who_asks(right, row.key)
            ):
                if comparator == "==":
                    same.append((left, right))
                    continue
                if comparator in _BOUNDS and order in (None, left):
                    order = left
                    bounds.append((comparator, right))
                    continue
        rest.append(item)
    if any(each.path for each in walk(wanted.condition) if isinstance(each, t.Item)):
        return None
    if not all(_stands_alone(item.condition, frozenset((f"picked {wanted.kind}",))) for item in rest):
        return None
    if not rest:
        judged = None
    elif len(rest) == 1:
        judged = rest[0].condition
    else:
        judged = t.Combined(wanted.text, wanted.span, "all", 0, tuple(rest))
    return Lookup(tuple(same), order, tuple(bounds), judged)


_BOUNDS = ("<", "<=", ">", ">=")


def _asked(condition: t.Condition) -> Iterator[t.Item]:
    """Everything that a condition asks for at once."""
    if isinstance(condition, t.Combined) and condition.quantifier == "all":
        for item in condition.items:
            yield from _asked(item.condition) if not item.path else (item,)
    else:
        yield t.Item(condition.text, condition.span, "", "", condition)


def _is_of_who_asks(value: t.Value, looked_at: str) -> bool:
    """Whether a value is the same whatever entry a filter looks at, and whatever day it is."""
    return not any(
        isinstance(each, t.Today) or (isinstance(each, t.Row) and each.key == looked_at) for each in walk(value)
    )


def _stands_alone(part: object, rows: frozenset[str]) -> bool:
    """Whether something speaks of no entries but those of some filters."""
    for each in walk(part, leaving_out=frozenset(("filter",))):
        if isinstance(each, t.Row) and each.key not in rows:
            return False
        inner = each.filter if isinstance(each, t.Selection) else None
        if inner is not None and not _stands_alone(inner.condition, rows | {f"picked {inner.kind}"}):
            return False
    return True
