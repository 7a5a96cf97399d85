"""What two values have in common: comparisons, and what a named condition or a yes-or-no field is asked of."""

from dataclasses import dataclass

from dsl import syntax
from dsl.resolve.fitting import FIGURES, TIMES, UNKNOWN, advice, fits, phrase
from dsl.resolve.references import field_type
from dsl.resolve.scope import Scope
from dsl.resolve.words import sentence
from dsl.terms import Compare, Holds, Literal, NameValue, Reference, Type, Value

COMPARATORS = {
    "is at least": ">=",
    "is at most": "<=",
    "is more than": ">",
    "is less than": "<",
    "is equal to": "==",
    "is": "==",
    "is not": "!=",
    "is before": "<",
    "is after": ">",
    "is not before": ">=",
    "is not after": "<=",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A value and its type."""

    value: Value
    type: Type


def misfit(node: syntax.Node, found: Typed, wanted: Type, scope: Scope) -> None:
    """Report a value of the wrong type."""
    why, instead = advice(found.type, wanted)
    if isinstance(found.value, Literal) and isinstance(found.value.content, NameValue) and wanted.name == "choice":
        instead = scope.near(found.value.content.name, wanted.of) or instead
    scope.wrong(node, f"Not {phrase(wanted)}", f"this is {phrase(found.type)}", why, instead)


def holds(node: syntax.Node, name: syntax.Name, subject: Reference, negated: bool, scope: Scope) -> Holds:
    """A named condition, said of an entry of the kind it is defined for."""
    found = scope.expect(name, ("condition",), "named condition") or "?"
    wanted = scope.names.subjects.get(found)
    kinds = scope.names.kinds_of(subject)
    if wanted == "":
        scope.wrong(
            name,
            f"{found} is said of no entry",
            "it stands by itself",
            f"{found} is true or not for the whole agreement.",
            f"Write `the {found} applies`, or define it of {phrase(Type('entry', kinds[:1]))}.",
        )
    elif wanted and kinds and not set(kinds) <= set(scope.names.members(wanted)):
        said = Type("entry", kinds)
        scope.wrong(
            name,
            f"{found} is said of another kind",
            f"defined of {phrase(Type('entry', (wanted,)))}, not of {phrase(said)}",
            "A condition is said of entries of the kind it is defined of.",
            f"Define it of {phrase(said)} under a name of its own.",
        )
    return Holds(scope.words(node), node.span, found, subject, negated)


def yes_field(field: syntax.Name, subject: Reference, scope: Scope) -> str:
    """A field that is answered with yes or no."""
    type_ = field_type(field, subject, scope)
    if type_ != UNKNOWN and type_.name != "yes-or-no":
        scope.wrong(
            field,
            "Not a yes-or-no field",
            f"this is {phrase(type_)}",
            "`states` asks whether a yes-or-no field says yes.",
            f"Compare it: `the {field.text} of ... is equal to ...`.",
        )
    return field.text


def compare(
    node: syntax.Node, left: Typed, comparator: str, right: Typed, right_node: syntax.Node, scope: Scope
) -> Compare:
    """A comparison of two values of one type and unit; a date and an instant compare by the day."""
    _comparable(node, left, comparator, right, right_node, scope)
    return Compare(scope.words(node), node.span, left.value, COMPARATORS[comparator], right.value)


def _comparable(
    node: syntax.Node, left: Typed, comparator: str, right: Typed, right_node: syntax.Node, scope: Scope
) -> None:
    if UNKNOWN in (left.type, right.type):
        return
    orders_times = comparator.endswith(("before", "after"))
    wanted = TIMES if orders_times else FIGURES
    if comparator not in ("is equal to", "is", "is not") and left.type.name not in wanted:
        said = "Times" if orders_times else "Amounts and numbers"
        hint = "Write `is at least`, `is more than` and so on." if orders_times else "Write `is before` or `is after`."
        why = f"{sentence(phrase(left.type))} is compared in another way."
        equal = "Write `is equal to`." if left.type.name not in (*TIMES, *FIGURES) else hint
        scope.wrong(node, f"{said} are compared so", f"the left side is {phrase(left.type)}", why, equal)
        return
    if left.type.name in TIMES and right.type.name in TIMES:
        return
    if not (
        fits(right.value, right.type, left.type, scope.names) or fits(left.value, left.type, right.type, scope.names)
    ):
        misfit(right_node, right, left.type, scope)
