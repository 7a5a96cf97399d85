"""What entries state: fields with their content, worked out at once where it must be known, or when they are made."""

from dsl import syntax
from dsl.money import Quantity, Rounding
from dsl.resolve.comparing import Typed, misfit
from dsl.resolve.fitting import MONEY, fits, phrase
from dsl.resolve.names import PEOPLE
from dsl.resolve.scope import Place, Scope
from dsl.resolve.sections import section
from dsl.resolve.values import fitting
from dsl.resolve.words import enumerated, joined
from dsl.terms import (
    Content,
    Defined,
    Extreme,
    Kind,
    Literal,
    Named,
    Plan,
    PlanLine,
    SectionValue,
    Share,
    Sum,
    Type,
    Value,
)

_YES = Type("yes-or-no")


def stated(
    place: syntax.Node, nodes: tuple[syntax.FieldValue, ...], kind: Kind, scope: Scope
) -> tuple[tuple[str, Value], ...]:
    """The fields that an entry states, in the order of its definition; each required one must be there."""
    fields = {each.name: each for each in kind.fields}
    found: dict[str, Value] = {}
    for node in nodes:
        made = fields.get(node.field.text)
        if made is None:
            scope.wrong(
                node.field,
                "Unknown field",
                f"{kind.name} has no field of this name",
                enumerated(f"field of {kind.name}", fields),
                scope.near(node.field.text, fields) or f"Add it to the definition in section {kind.section}.",
            )
            continue
        if made.name in found:
            scope.wrong(
                node.field, "Field stated twice", "stated before", "A field has one content.", "Keep one of them."
            )
        found[made.name] = content_value(node, made.type, scope)
    missing = [each.name for each in kind.fields if not each.optional and each.name not in found]
    if missing:
        scope.wrong(
            place,
            f"{kind.name} without {joined(missing)}",
            f"does not state {joined(missing)}",
            f"Every {kind.name} states {joined([each.name for each in kind.fields if not each.optional])}.",
            f"Add `stating {' and '.join(f'{name} as ...' for name in missing)}`.",
        )
    return tuple((name, found[name]) for name in fields if name in found)


def content_value(node: syntax.FieldValue, wanted: Type, scope: Scope) -> Value:
    """The value of a stated field; a field without content states yes."""
    content = node.content
    words = scope.words(node)
    if content is None:
        yes = Literal(words, node.span, True)
        if not fits(yes, _YES, wanted, scope.names):
            scope.wrong(
                node,
                f"{node.field.text} states nothing",
                f"this field is {phrase(wanted)}",
                "Only a yes-or-no field can be stated by its name alone.",
                f"Write `{node.field.text} as ...`.",
            )
        return yes
    return value_of(content, wanted, scope)


def value_of(node: syntax.Content, wanted: Type, scope: Scope) -> Value:
    """Stated content of a type: a value, a plan of payments, a section or clause text."""
    words = scope.words(node)
    made: Literal
    match node:
        case syntax.Payments() if wanted.name not in ("payments", "?"):
            scope.wrong(
                node,
                f"Not {phrase(wanted)}",
                "`to` makes this a plan of payments",
                "Whom something is addressed to stands before what it states.",
                "Write `to ...` before `stating`.",
            )
            return Literal(words, node.span, "?")
        case syntax.Payments():
            made, type_ = Literal(words, node.span, plan(node, scope)), Type("payments")
        case syntax.SectionValue():
            made, type_ = Literal(words, node.span, SectionValue(section(node.section, scope))), Type("section")
        case syntax.ClausesValue():
            made, type_ = Literal(words, node.span, node.text.text), Type("clauses")
        case _:
            return fitting(node, wanted, scope)
    if not fits(made, type_, wanted, scope.names):
        misfit(node, Typed(made, type_), wanted, scope)
    return made


def plan(node: syntax.Payments, scope: Scope) -> Plan:
    """`USD 450,000.00 to the Fund Manager, the rest to ATG`; each amount must be known now."""
    lines: list[PlanLine] = []
    rest: str | None = None
    for line in node.lines:
        if isinstance(line.payee, syntax.Text):
            payee = f'"{line.payee.text}"'
        else:
            payee = scope.expect(line.payee, PEOPLE, "payee") or "?"
        if rest is not None:
            scope.wrong(line, "After the rest", "nothing is left", "`the rest` is all that remains.", "Put it last.")
        if line.amount is None:
            rest = payee
            continue
        amount = constant(fitting(line.amount, MONEY, scope), scope)
        if isinstance(amount, Quantity):
            lines.append(PlanLine(payee, amount))
        else:
            _not_known(line.amount, scope)
    units = {each.amount.unit for each in lines if each.amount.unit != "?"}
    if len(units) > 1:
        why = "A plan allots money of one fund."
        scope.wrong(node, "One plan, two currencies", joined(sorted(units)), why, "Write a plan for each currency.")
    return Plan(tuple(lines), rest)


def known(node: syntax.Content | None, wanted: Type, scope: Scope) -> Content:
    """Content of a type that must be known now, because somebody states it; nothing stated is yes."""
    if node is None:
        return True
    made = value_of(node, wanted, scope)
    content = constant(made, scope)
    if content is None:
        _not_known(node, scope)
        return ""
    return content


def known_fields(
    node: syntax.Node, fields: tuple[syntax.FieldValue, ...], kind: Kind, scope: Scope
) -> tuple[tuple[str, Content], ...]:
    """The fields of an entry that somebody makes, or that exists from signing, all of them known."""
    found = []
    for name, made in stated(node, fields, kind, scope):
        content = constant(made, scope)
        if content is None:
            _not_known(made.span, scope)
        else:
            found.append((name, content))
    return tuple(found)


def _not_known(place: Place, scope: Scope) -> None:
    scope.wrong(
        place,
        "Not a fixed figure",
        "changes with what happens",
        "What somebody states is written out, so that it stays what it was when it was stated.",
        "Write the figure itself.",
    )


def constant(value: Value, scope: Scope) -> Content | None:
    """What a value always is, or None if that depends on what happens; an entry is stated by its name."""
    match value:
        case Literal():
            return value.content
        case Named():
            return value.name
        case Defined():
            meaning = scope.names.meanings.get(value.name)
            return constant(meaning, scope) if meaning is not None else None
        case Share():
            whole = constant(value.whole, scope)
            if isinstance(whole, Quantity):
                return whole.scaled(value.numerator, value.denominator, Rounding.HALF_UP)
            return None
        case Sum():
            return _sum(constant(value.left, scope), constant(value.right, scope), value.minus)
        case Extreme(word=word) if word in ("larger", "smaller"):
            left, right = constant(value.left, scope), constant(value.right, scope)
            if isinstance(left, Quantity) and isinstance(right, Quantity) and left.unit == right.unit:
                return left if (left > right) == (word == "larger") else right
            return None
        case _:
            return None


def _sum(left: Content | None, right: Content | None, minus: bool) -> Content | None:
    if isinstance(left, Quantity) and isinstance(right, Quantity) and left.unit == right.unit:
        return left - right if minus else left + right
    if isinstance(left, int) and isinstance(right, int):
        return left - right if minus else left + right
    return None
