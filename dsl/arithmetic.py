"""Arithmetic on what is known: exact until it is rounded once."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any

from dsl import terms as t
from dsl.money import Quantity, Rate, Rounding, rounded
from dsl.reasons import Gap, Truth, Wait

if TYPE_CHECKING:
    from dsl.values import Values


def count_of(content: object) -> int:
    """An amount in minor units, or a number; anything else counts for nothing."""
    return content.amount if isinstance(content, Quantity) else content if isinstance(content, int) else 0


def ratio_of(content: object) -> Fraction:
    """A figure as a fraction; an amount in minor units."""
    return content.ratio if isinstance(content, Rate) else Fraction(count_of(content))


def mixed(left: object, right: object) -> Gap | None:
    """The gap in what is worked out from amounts of two units, which a plan of payments can bring; else None."""
    if not isinstance(left, Quantity) or not isinstance(right, Quantity) or left.unit == right.unit:
        return None
    return Gap(Truth.OPEN, (Wait("figure", f"{left} and {right} are not of the same unit"),))


def weight_of(content: object) -> int | Fraction:
    """By how much a figure weighs, whole or not: an amount in minor units, a number or a rate."""
    return content.ratio if isinstance(content, Rate) else count_of(content)


def apart(left: object, right: object, both_ways: bool) -> Quantity | Rate | int:
    """By how much one figure exceeds another of the same unit; nothing if it does not, unless it counts both ways."""
    if isinstance(left, Rate) or isinstance(right, Rate):
        over = ratio_of(left) - ratio_of(right)
        return Rate.of(abs(over) if both_ways else max(over, Fraction(0)))
    more = count_of(left) - count_of(right)
    more = abs(more) if both_ways else max(more, 0)
    return Quantity(more, left.unit) if isinstance(left, Quantity) else more


def product(value: t.Product, over: Iterable[object], under: Iterable[object]) -> Quantity | Rate | int | Gap:
    """A product of what is known; division by nothing is open."""
    exact = Fraction(1)
    for each in over:
        exact *= ratio_of(each)
    for each in under:
        if ratio_of(each) == 0:
            return Gap(Truth.OPEN, (Wait("figure", f"{value.text}: nothing can be divided by nothing"),))
        exact /= ratio_of(each)
    if value.unit == "rate":
        return Rate.of(exact)
    whole = rounded(exact, Rounding(value.rounding))
    return whole if value.unit == "number" else Quantity(whole, value.unit)


def ordered(values: "Values", left: Any, comparator: str, right: Any) -> bool:
    """Compare two values of one type; a date with an instant by its day, a whole number with a rate.

    Amounts of two units are just not equal: a plan may be stated in another one than is asked for.
    """
    if isinstance(left, datetime) != isinstance(right, datetime):
        left, right = values.day_of(left), values.day_of(right)
    if isinstance(left, Rate) != isinstance(right, Rate):
        left, right = (each if isinstance(each, Rate) else Rate(each) for each in (left, right))
    if isinstance(left, Quantity) and left.unit != right.unit:
        return comparator == "!="
    return bool(_ORDER[comparator](left, right))


_ORDER = {">=": ge, "<=": le, ">": gt, "<": lt, "==": eq, "!=": ne}
