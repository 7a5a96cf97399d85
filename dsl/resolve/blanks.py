"""What a blank may hold: its limits and its default, both known from the text alone."""

from dataclasses import replace

from dsl import syntax
from dsl.resolve.contents import known
from dsl.resolve.fitting import phrase
from dsl.resolve.scope import Scope
from dsl.terms import Blank, Limit

_FIGURES = {"at least", "at most"}
_TIMES = {"not before", "not after"}
_FITTING = {
    "amount": _FIGURES,
    "number": _FIGURES,
    "rate": _FIGURES,
    "period": _FIGURES,
    "date": _TIMES,
    "instant": _TIMES,
}
_INSTEAD = {"at least": "not before", "at most": "not after", "not before": "at least", "not after": "at most"}


def bounded(blank: Blank, node: syntax.Blank, scope: Scope) -> Blank:
    """A blank with its limits and its default, which must keep within them."""
    limits = tuple(made for each in node.limits if (made := _limit(each, blank, scope)) is not None)
    blank = replace(blank, limits=limits)
    if len(limits) > 1:
        _meeting(node, limits, scope)
    if node.default is None:
        return blank
    faults = len(scope.found.all())
    default = known(node.default, blank.type, scope)
    if len(scope.found.all()) > faults:
        return blank
    if blank.required:
        scope.wrong(
            node.default,
            "Required, and yet it has a default",
            "holds where nothing is stated",
            "A required blank must be filled before the deal opens, so its default would never count.",
            "Write `optional`, or leave out the default.",
        )
    missed = [limit.text for limit in limits if not limit.allows(default)]
    if missed:
        scope.wrong(
            node.default,
            "A default outside its bounds",
            "outside the bounds",
            f"{blank.name} is to be {blank.bounds}.",
            "Change the default or the bounds.",
        )
    return replace(blank, default=default, default_text=scope.words(node.default))


def _limit(node: syntax.Limit, blank: Blank, scope: Scope) -> Limit | None:
    words = _FITTING.get(blank.type.name)
    if words is None:
        scope.wrong(
            node,
            "A bound on what has no order",
            f"{blank.name} is {phrase(blank.type)}",
            "Amounts, numbers, rates, periods, dates and instants have an order, and nothing else has.",
            "Leave it out.",
        )
        return None
    if node.word not in words:
        meant = _INSTEAD[node.word]
        why = "Figures are at least and at most so much; a time is not before and not after another."
        scope.wrong(node, f"`{meant}` is meant here", f"{blank.name} is {phrase(blank.type)}", why, f"Write `{meant}`.")
        return None
    faults = len(scope.found.all())
    content = known(node.value, blank.type, scope)
    if len(scope.found.all()) > faults:
        return None
    return Limit(node.word, content, f"{node.word} {scope.words(node.value)}")


def _meeting(node: syntax.Blank, limits: tuple[Limit, ...], scope: Scope) -> None:
    """Two limits must leave something between them."""
    first, second = limits
    if first.word == second.word:
        why = "A blank has one lower and one upper bound."
        scope.wrong(node.limits[1], "Two bounds of one kind", "said before", why, "Keep one of them.")
    elif not first.allows(second.content):
        scope.wrong(
            node.limits[1],
            "Bounds that nothing meets",
            f"and {first.text}",
            "Nothing lies between the two, so the blank could never be filled.",
            "Exchange them, or change one.",
        )
