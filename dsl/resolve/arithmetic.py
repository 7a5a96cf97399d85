"""Sums, shares, products, parts and times worked out: their types and units are checked as they are read.

`read` reads a value within one, whatever it is; it is handed in because values and arithmetic stand on each other.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from dsl import syntax
from dsl.calendars import Unit
from dsl.money import Rounding
from dsl.resolve.comparing import Typed, misfit
from dsl.resolve.fitting import DATE, FIGURES, NUMBER, RATE, TIMES, UNKNOWN, phrase, same
from dsl.resolve.literals import percentage, period
from dsl.resolve.scope import Scope
from dsl.resolve.words import sentence
from dsl.terms import Counted, Extreme, Length, Product, Share, Shift, Stated, Sum, Type, Value

WorkedOut = syntax.Extreme | syntax.Shift | syntax.Share | syntax.Addition | syntax.Times | syntax.Over
Read = Callable[..., Typed]


def worked_out(node: WorkedOut, scope: Scope, read: Read) -> Typed:
    """A value that is calculated from others."""
    words = scope.words(node)
    match node:
        case syntax.Extreme():
            times = node.word in ("later", "earlier")
            wanted, said = (TIMES, "A date or an instant") if times else (FIGURES, "An amount, a number or a rate")
            left = of_one(node.left, wanted, said, scope, read)
            others = (_like(each, left, scope, read).value for each in (*node.between, node.right))
            return Typed(_extreme_of((left.value, *others), node, scope), left.type)
        case syntax.Shift():
            return _shift(node, scope, read)
        case syntax.Share():
            whole = of_one(node.whole, ("amount",), "An amount", scope, read)
            return Typed(Share(words, node.span, *percentage(node.percentage, node, scope), whole.value), whole.type)
        case syntax.Addition():
            _reach(node, scope)
            left = of_one(node.left, FIGURES, "An amount, a number or a rate", scope, read)
            right = _like(node.right, left, scope, read)
            return Typed(Sum(words, node.span, left.value, right.value, node.sign == "less"), left.type)
        case syntax.Times() | syntax.Over():
            return _product(node, scope, read)


def _extreme_of(values: tuple[Value, ...], node: syntax.Extreme, scope: Scope) -> Value:
    """One of several values, two by two, so that a long list nests no deeper than it has to."""
    if len(values) == 1:
        return values[0]
    half = len(values) // 2
    left, right = (_extreme_of(each, node, scope) for each in (values[:half], values[half:]))
    return Extreme(scope.words(node), node.span, node.word, left, right)


_REACHES = {"smaller": "smaller of", "larger": "larger of", "surplus": "exceeds", "difference": "difference between"}


def _reach(node: syntax.Addition, scope: Scope) -> None:
    """`5 percent of A less B`: what follows is not part of the percentage, and a reader may think that it is."""
    last = node.left.right if isinstance(node.left, syntax.Addition) else node.left
    if type(last) is type(node.right):
        return  # `10 percent of A plus 5 percent of B`: two of a kind stand beside each other.
    match last:
        case syntax.Share():
            word, inner = "percent of", last.whole
        case syntax.Extreme(word="smaller" | "larger" | "surplus" | "difference"):
            word, inner = _REACHES[last.word], last.right
        case _:
            return
    this, that, more = scope.words(last), scope.words(inner), f"{node.sign} {scope.words(node.right)}"
    other = f"{this.removesuffix(that)}({that} {more})"
    scope.doubtful(
        node,
        f"How far does `{word}` reach?",
        f"`{node.sign}` follows without brackets",
        f"This is read as `({this}) {more}`; a reader may take it for `{other}`.",
        f"Write `({this}) {more}`, or `{other}`.",
    )


def of_one(node: syntax.Value, wanted: tuple[str, ...], said: str, scope: Scope, read: Read) -> Typed:
    """The value, which must be of one of several types: a figure, or a time."""
    found = read(node, scope)
    if found.type != UNKNOWN and found.type.name not in wanted:
        scope.wrong(
            node,
            f"{said} is wanted here",
            f"this is {phrase(found.type)}",
            f"{sentence(phrase(found.type))} cannot stand here.",
            f"Write {said[0].lower()}{said[1:]}.",
        )
        return Typed(found.value, UNKNOWN)
    return found


def _like(node: syntax.Value, other: Typed, scope: Scope, read: Read) -> Typed:
    """A value of the type of another one."""
    found = read(node, scope, other.type)
    if not same(found.type, other.type):
        misfit(node, found, other.type, scope)
    return found


def length_of(node: syntax.Length, scope: Scope, read: Read) -> Length:
    """A period, or one whose length is a figure."""
    if isinstance(node, syntax.Period):
        return period(node, scope)
    if isinstance(node, syntax.StatedPeriod):
        return Stated(scope.words(node), node.span, of_one(node.value, ("period",), "A period", scope, read).value)
    unit = period(syntax.Period(node.span, "1", node.unit, node.calendars), scope)
    number = of_one(node.number, ("number",), "A number", scope, read)
    return Counted(scope.words(node), node.span, number.value, unit.unit, unit.calendar)


def _shift(node: syntax.Shift, scope: Scope, read: Read) -> Typed:
    length = length_of(node.period, scope, read)
    origin = of_one(node.origin, TIMES, "A date or an instant", scope, read)
    if length.unit is Unit.HOUR and origin.type.name == "date":
        scope.wrong(
            node,
            "Hours of a date",
            "a date has no hour",
            "Hours are counted from an instant, and a date is a whole day.",
            "Count calendar days, or start from a time: `17:00 on 6 September 2005`.",
        )
    made = Shift(
        scope.words(node), node.span, length, node.direction != "before", origin.value, node.direction == "extended"
    )
    return Typed(made, DATE if length.unit.in_days and origin.type != UNKNOWN else origin.type)


# ------------------------------------------------------------------- products


def _product(node: syntax.Times | syntax.Over, scope: Scope, read: Read) -> Typed:
    """`A times B divided by C`: one unit may be left; without one the result is an exact rate, or a whole number."""
    over: list[Typed] = []
    under: list[Typed] = []
    roundings = list(_flatten(node, over, under, scope, read))
    if len(roundings) > 1:
        scope.wrong(
            node,
            "Rounded twice",
            f"`rounded {roundings[0]}` stands before it",
            "A product is worked out exactly and rounded once.",
            "Leave one of them out, or put what is rounded first in brackets.",
        )
    elif roundings and node.rounding is None:
        scope.wrong(
            node,
            "Rounded before its end",
            f"it goes on after `rounded {roundings[0]}`",
            "A product is worked out exactly and rounded once, at its end.",
            "Put what is rounded first in brackets, or `rounded` at the end.",
        )
    units = Counter(each.type.of[0] for each in over if each.type.name == "amount")
    units.subtract(each.type.of[0] for each in under if each.type.name == "amount")
    left = [unit for unit, times in units.items() if times]
    words = scope.words(node)
    if any(each.type == UNKNOWN for each in (*over, *under)):
        type_ = UNKNOWN
    elif not left:
        whole = not under and all(each.type.name == "number" for each in over)
        type_ = NUMBER if whole or roundings else RATE
    elif len(left) == 1 and units[left[0]] == 1:
        type_ = Type("amount", (left[0],))
    else:
        _one_unit(node, units, scope)
        type_ = UNKNOWN
    unit = type_.of[0] if type_.name == "amount" else type_.name
    made = Product(
        words,
        node.span,
        tuple(each.value for each in over),
        tuple(each.value for each in under),
        unit,
        Rounding(roundings[0]).value if roundings else Rounding.HALF_UP.value,
    )
    return Typed(made, type_)


def _flatten(node: syntax.Value, over: list[Typed], under: list[Typed], scope: Scope, read: Read) -> Iterator[str]:
    said = "An amount, a number or a rate"
    match node:
        case syntax.Times():
            yield from _flatten(node.left, over, under, scope, read)
            over.append(of_one(node.right, FIGURES, said, scope, read))
        case syntax.Over():
            yield from _flatten(node.left, over, under, scope, read)
            under.append(of_one(node.right, FIGURES, said, scope, read))
        case _:
            over.append(of_one(node, FIGURES, said, scope, read))
            return
    if node.rounding is not None:
        yield node.rounding


def _one_unit(node: syntax.Node, units: Counter[str], scope: Scope) -> None:
    above = " times ".join(unit for unit, times in units.items() for _ in range(times) if times > 0) or "nothing"
    below = " and ".join(unit for unit, times in units.items() if times < 0)
    scope.wrong(
        node,
        "No amount of one unit",
        f"this is {above}{f' divided by {below}' if below else ''}",
        "A product is an amount of one unit, or has no unit: units above and below the line cancel each other.",
        "Divide by the unit that is left over: `EUR 1.15 times the Weight divided by 1 Kilogram`.",
    )
