"""Funds, blanks, ambiguities, named values and named conditions: what is neither people nor paper."""

from dataclasses import replace

from dsl import syntax, terms
from dsl.calendars import Unit
from dsl.money import EXPONENTS, is_currency
from dsl.resolve import blanks
from dsl.resolve.conditions import condition
from dsl.resolve.declared import Defined
from dsl.resolve.fitting import TIMES, UNKNOWN
from dsl.resolve.kinds import field_type
from dsl.resolve.literals import need_zone, period
from dsl.resolve.names import ACTING, ENTRIES, PEOPLE, Names
from dsl.resolve.scope import Scope
from dsl.resolve.values import cases, fitting, one_of
from dsl.resolve.walk import walk
from dsl.terms import Ambiguity, Blank, Field, Fund, NamedCondition, NamedValue, Recurrence, Type, Value


def funds(defined: dict[str, Defined], scope: Scope) -> None:
    """Funds without their purposes, which may speak of values; blanks and ambiguities."""
    for name, (clause, node) in defined.items():
        inside = scope.at(clause.section.number)
        match node.meaning:
            case syntax.Fund():
                unit = _unit(node.meaning.currency, inside)
                holder = inside.expect(node.meaning.holder, PEOPLE, "party") or "?"
                scope.names.funds[name] = Fund(name, unit, holder, None, inside.section, node.span)
            case syntax.Blank():
                scope.names.blanks[name] = _blank(name, node, node.meaning, inside)
            case syntax.Ambiguity():
                scope.names.ambiguities[name] = _ambiguity(name, node, node.meaning, inside)
            case _:
                pass
        _check_subject(node, inside)


def _unit(node: syntax.Name, scope: Scope) -> str:
    if is_currency(node.text) or node.text in scope.names.units:
        return node.text
    scope.wrong(
        node,
        "Unknown currency",
        "neither a currency nor a declared unit",
        "A fund holds one currency of ISO 4217, or a unit that a field counts in.",
        scope.near(node.text, (*scope.names.units, *EXPONENTS)) or "Write the currency code, such as `USD`.",
    )
    return "?"


def _blank(name: str, node: syntax.Definition, meaning: syntax.Blank, scope: Scope) -> Blank:
    kind = field_type(meaning.type, scope)
    return Blank(name, kind, meaning.need == "required", _fillers(meaning.filled_by, scope), scope.section, node.span)


def bounds(defined: dict[str, Defined], scope: Scope) -> None:
    """What blanks may hold and what they hold by default, which may speak of everything else."""
    for name, (clause, node) in defined.items():
        if isinstance(node.meaning, syntax.Blank) and (node.meaning.limits or node.meaning.default is not None):
            inside = scope.at(clause.section.number)
            scope.names.blanks[name] = blanks.bounded(scope.names.blanks[name], node.meaning, inside)


def _ambiguity(name: str, node: syntax.Definition, meaning: syntax.Ambiguity, scope: Scope) -> Ambiguity:
    readings = tuple(dict.fromkeys(each.text for each in meaning.readings.names))
    if len(readings) < 2:
        scope.wrong(
            meaning.readings,
            "One reading only",
            "nothing is left to choose",
            "An ambiguity has two readings or more.",
            "Add the other readings, or write `Reading` with the choice the file makes.",
        )
    scope.names.choices.update(readings)
    settled_by = _fillers(meaning.settled_by, scope)
    return Ambiguity(name, meaning.question.text, readings, settled_by, scope.section, node.span)


def _fillers(node: syntax.Names | None, scope: Scope) -> tuple[str, ...]:
    """Everybody in `filled by` and `settled by` must say the same."""
    if node is None:
        return ()
    if len(node.names) > 1 and node.joined_by != "and":
        scope.wrong(
            node,
            "`and` is meant here",
            "not joined by `and`",
            "Everybody named must state the same.",
            "Write `and`; where one is enough, define a group `acting by any of them`.",
        )
    return tuple(scope.expect(each, ACTING, "party") or "?" for each in node.names)


def _check_subject(node: syntax.Definition, scope: Scope) -> None:
    """Only a condition or a figure is said of something."""
    if node.subject is not None and not isinstance(node.meaning, syntax.NamedCondition | syntax.NamedValue):
        scope.wrong(
            node.subject,
            "Only a condition or a figure is defined of a kind",
            "defined of this kind",
            f"`{node.name.text}` is neither.",
            "Leave out `of ...`.",
        )


def subjects(defined: dict[str, Defined], scope: Scope) -> None:
    """What each named condition is said of, known before any of them is read."""
    for name, (clause, node) in defined.items():
        if isinstance(node.meaning, syntax.NamedCondition | syntax.NamedValue):
            inside = scope.at(clause.section.number)
            found = inside.expect(node.subject, ENTRIES, "kind of entry") if node.subject else None
            scope.names.subjects[name] = found or ""


def meanings(
    order: tuple[str, ...], defined: dict[str, Defined], scope: Scope
) -> tuple[dict[str, NamedCondition], dict[str, NamedValue]]:
    """Named values, named conditions and the purposes of funds, each after those it speaks of."""
    conditions: dict[str, NamedCondition] = {}
    values: dict[str, NamedValue] = {}
    names = scope.names
    names.values |= {name: UNKNOWN for name, sort in names.sorts.items() if sort == "value"}
    for name in order:
        clause, node = defined[name]
        inside = scope.at(clause.section.number)
        match node.meaning:
            case syntax.NamedValue():
                subject = names.subjects[name]
                found = value_of_name(node.meaning, inside.over(subject) if subject else inside)
                names.values[name] = found.type
                if _stands_on_known(found.value, names):
                    names.meanings[name] = found.value
                values[name] = replace(found, name=name, span=node.span, subject=subject)
                for kind in names.members(subject) if subject else ():
                    names.figures[kind] = {**names.figures.get(kind, {}), name: Field(name, found.type, True)}
            case syntax.NamedCondition():
                subject = names.subjects[name]
                over = inside.over(subject) if subject else inside
                made = condition(node.meaning.condition, over)
                conditions[name] = NamedCondition(name, subject, made, inside.section, node.span)
            case syntax.Fund() if node.meaning.purpose is not None:
                made_of = Type("amount", (names.funds[name].unit,))
                purpose = fitting(node.meaning.purpose, made_of, inside)
                names.funds[name] = replace(names.funds[name], purpose=purpose)
            case _:
                pass
    in_text = [name for name in defined if name in conditions or name in values]
    return (
        {name: conditions[name] for name in in_text if name in conditions},
        {name: values[name] for name in in_text if name in values},
    )


def _stands_on_known(value: Value, names: Names) -> bool:
    """Whether a value speaks only of names read before it, which none in a circle does."""
    return all(each.name in names.meanings for each in walk(value) if isinstance(each, terms.Defined))


def recurrences(defined: dict[str, Defined], scope: Scope) -> None:
    """The days on which kinds of entry recur, which may speak of values and entries."""
    for name, (clause, node) in defined.items():
        found = node.meaning.attributes if isinstance(node.meaning, syntax.Kind) else ()
        for each in found:
            if isinstance(each, syntax.Recurring):
                made = _recurrence(each, scope.at(clause.section.number))
                scope.names.kinds[name] = replace(scope.names.kinds[name], every=made)


def _recurrence(node: syntax.Recurring, scope: Scope) -> Recurrence:
    need_zone(node, scope)
    length = period(node.period, scope)
    if length.unit not in (Unit.DAY, Unit.MONTH, Unit.YEAR):
        scope.wrong(
            node.period,
            f"An event does not recur by {length.unit.value}s",
            "not a number of dates",
            "It comes on dates that are counted from the first one.",
            "Count calendar days, months or years, and move each day: `the business day on or after the Day of ...`.",
        )
    elif length.number == 0:
        why = "Every day would be the same one."
        scope.wrong(node.period, "A period of nothing", "no time passes", why, "Write at least 1.")
        length = replace(length, number=1)
    start = one_of(node.start, TIMES, "A date or an instant", scope).value
    end = one_of(node.end, TIMES, "A date or an instant", scope).value if node.end is not None else None
    return Recurrence(scope.words(node), node.span, length, node.word == "after", start, end)


def value_of_name(node: syntax.NamedValue, scope: Scope) -> NamedValue:
    """What a name stands for, with its type."""
    found = cases(node.value, scope, condition)
    return NamedValue("", found.value, found.type, scope.section, node.span)
