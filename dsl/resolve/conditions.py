"""Conditions of the syntax in, conditions with every name resolved out.

A labelled item is cited by the section and the labels above it, `3.1(a)(iv)(B)`. `A and B` is a list without labels.
"""

from collections.abc import Iterator

from dsl import syntax
from dsl.calendars import Unit
from dsl.presets import PRESETS
from dsl.resolve.arithmetic import length_of
from dsl.resolve.comparing import Typed, compare, holds, misfit, yes_field
from dsl.resolve.days import of_date
from dsl.resolve.figures import states_payments
from dsl.resolve.fitting import MONEY, TIMES, UNKNOWN, fits
from dsl.resolve.literals import need_zone
from dsl.resolve.names import PEOPLE, ROLES
from dsl.resolve.references import anchor
from dsl.resolve.scope import Scope
from dsl.resolve.sections import with_norm
from dsl.resolve.values import fitting, one_of, reference, selection, value
from dsl.resolve.words import a, enumerated, joined
from dsl.terms import (
    Allots,
    Arrived,
    Bound,
    Combined,
    Compare,
    Condition,
    EveryHolds,
    FilledBy,
    Holds,
    InHours,
    IsFilled,
    Item,
    Kind,
    Performed,
    ReadAs,
    Reference,
    Selection,
    Shift,
    Silent,
    StageReached,
    Standing,
    StatesYes,
    Stood,
    Terminated,
)

_QUANTIFIERS = {"all of": "all", "any of": "any", "none of": "none"}


def condition(node: syntax.Condition, scope: Scope, path: str | None = None) -> Condition:
    """A condition; `path` is the number of the item it stands in."""
    inside = scope.section if path is None else path
    match node:
        case syntax.ItemList():
            return _labelled(node, scope, inside)
        case syntax.Conjunction() | syntax.Disjunction():
            quantifier = "all" if isinstance(node, syntax.Conjunction) else "any"
            items = tuple(
                Item(scope.words(each), each.span, "", "", condition(each, scope, inside)) for each in node.conditions
            )
            return Combined(scope.words(node), node.span, quantifier, 0, items)
        case syntax.Stood():
            need_zone(node, scope)
            moment = one_of(node.moment, TIMES, "A date or an instant", scope).value
            return Stood(scope.words(node), node.span, condition(node.condition, scope, inside), moment)
        case syntax.Staged() | syntax.Absent() | syntax.UniversalStage() | syntax.UniversalNamed():
            return _of_stages(node, scope)
        case syntax.InHours():
            asked = one_of(node.moment, TIMES, "A date or an instant", scope)
            return InHours(scope.words(node), node.span, asked.value, of_date(node.hours, asked, node.moment, scope))
        case syntax.Comparison() | syntax.Membership() | syntax.States() | syntax.Applies():
            return _of_values(node, scope)
        case syntax.Arrived() | syntax.ReadAs() | syntax.Filled() | syntax.FilledBy() | syntax.Terminated():
            return _of_openness(node, scope)
        case syntax.Performed() | syntax.Standing() | syntax.Allots():
            return _of_norms(node, scope)


# ------------------------------------------------------------------ lists


def _labelled(node: syntax.ItemList, scope: Scope, path: str) -> Combined:
    quantifier = _QUANTIFIERS.get(node.quantifier, "at least")
    number = int(node.quantifier.split()[2].replace(",", "")[:9]) if quantifier == "at least" else 0
    if quantifier == "at least" and not 1 <= number <= len(node.items):
        scope.wrong(
            node,
            f"At least {number} of {len(node.items)}",
            "never met" if number else "always met",
            f"The list has {len(node.items)} items.",
            f"Write a number from 1 to {len(node.items)}.",
        )
    _check_labels(node, scope)
    items = []
    for item in node.items:
        number_of = f"{path}{item.label.text}"
        inner = condition(item.condition, scope, number_of)
        items.append(Item(scope.words(item.condition), item.span, item.label.text, number_of, inner))
    return Combined(scope.words(node), node.span, quantifier, number, tuple(items))


def _check_labels(node: syntax.ItemList, scope: Scope) -> None:
    """Labels run in order, each once."""
    for item, due in zip(node.items, _due_labels(node.items[0].label.text), strict=False):
        if item.label.text != due:
            scope.wrong(
                item.label,
                "Label out of order",
                f"`{due}` comes here",
                "Items are cited by their labels, so each label stands once and in order.",
                f"Write `{due}`.",
            )
            break


def _due_labels(first: str) -> Iterator[str]:
    if first == "(1)":
        return (f"({number})" for number in range(1, 100))
    if first.lower() == first:
        return (f"({_roman(number)})" for number in range(1, 100))
    return (f"({chr(number)})" for number in range(ord("A"), ord("Z") + 1))


def _roman(number: int) -> str:
    """Small Roman numerals, up to ninety-nine."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return tens[number // 10] + ones[number % 10]


# ----------------------------------------------------------------- stages


def _of_stages(
    node: syntax.Staged | syntax.Absent | syntax.UniversalStage | syntax.UniversalNamed, scope: Scope
) -> Condition:
    match node:
        case syntax.Staged():
            return _stage(node, "some", reference(node.subject, scope), node.bound, scope)
        case syntax.Absent(bound=syntax.Silence() as silence):
            return _silent(node, silence, selection(node.entries, scope), scope)
        case syntax.Absent():
            assert not isinstance(node.bound, syntax.Silence)
            return _stage(node, "no", selection(node.entries, scope), node.bound, scope)
        case syntax.UniversalStage():
            return _stage(node, "every", selection(node.entries, scope), None, scope)
        case syntax.UniversalNamed():
            entries = selection(node.entries, scope)
            found = holds(node, node.condition, entries, False, scope)
            return EveryHolds(scope.words(node), node.span, found.condition, entries)


def _stage(
    node: syntax.Staged | syntax.Absent | syntax.UniversalStage,
    quantifier: str,
    subject: Reference,
    bound: syntax.StageBound | None,
    scope: Scope,
) -> StageReached:
    actor = _checked(node, subject, scope)
    limit = None
    if bound is not None:
        instant = one_of(bound.instant, TIMES, "A date or an instant", scope).value
        inclusive = bound.word in ("within", "on or before")
        since = instant.origin if bound.word == "within" and isinstance(instant, Shift) else None
        limit = Bound(scope.words(bound), bound.span, bound.word == "after", instant, inclusive, since)
    return StageReached(scope.words(node), node.span, quantifier, subject, node.stage, actor, limit)


def _silent(node: syntax.Absent, silence: syntax.Silence, entries: Selection, scope: Scope) -> Silent:
    """`no Claim has been given for 90 calendar days`."""
    actor = _checked(node, entries, scope)
    need_zone(node, scope)
    origin = one_of(silence.origin, TIMES, "A date or an instant", scope) if silence.origin is not None else None
    length = length_of(silence.period, scope, value)
    if length.unit is Unit.HOUR and origin is not None and origin.type.name == "date":
        why = "Hours are counted from an instant, and a date is a whole day."
        scope.wrong(silence, "Hours of a date", "a date has no hour", why, "Count calendar days, or name a time.")
    of = origin.value if origin is not None else None
    return Silent(scope.words(node), node.span, entries, node.stage, actor, length, of)


def _checked(
    node: syntax.Staged | syntax.Absent | syntax.UniversalStage, subject: Reference, scope: Scope
) -> str | None:
    """By whom a stage is reached, if that is said. The stage and the actor must suit every kind spoken of; of what has
    not been done it is enough that the actor has a part in one of them."""
    actor = scope.expect(node.actor, PEOPLE, "party") if node.actor else None
    kinds = scope.names.kinds_of(subject)
    apart = [kind for kind in kinds if actor and not _has_part(node.stage, actor, kind, scope)]
    for kind in kinds:
        _check_stage(node, kind, scope)
        _check_link(node, kind, subject, scope)
        if node.actor and actor and kind in apart and not (isinstance(node, syntax.Absent) and len(apart) < len(kinds)):
            _no_part(node.actor, actor, scope.names.kinds[kind], scope)
    return actor


def _check_stage(node: syntax.Staged | syntax.Absent | syntax.UniversalStage, kind: str, scope: Scope) -> None:
    """Only what is signed can be completed, and only what travels can be sent."""
    made = scope.names.kinds.get(kind)
    if made is None:
        return
    preset = PRESETS[made.preset]
    signed = preset.signed and bool(made.signers)
    if node.stage in ("signed", "completed") and not signed:
        why, instead = "nobody signs it", "made` or `received"
    elif node.stage == "sent" and not preset.sent:
        why, instead = "only a notice is sent", "made` or `received"
    else:
        return
    scope.wrong(
        node,
        f"{kind} is never {node.stage}",
        why,
        f"{kind} is {a(made.preset)}.",
        f"Write `has been {instead}`, or change what {kind} means in section {made.section}.",
    )


def _check_link(node: syntax.Node, kind: str, subject: Reference, scope: Scope) -> None:
    """Inside `for each Claim`, an Objection is most often the one about such Claim."""
    made = scope.names.kinds.get(kind)
    if made is None or made.about not in scope.rows or not isinstance(subject, Selection) or subject.about is not None:
        return
    scope.doubtful(
        node,
        f"{kind} about any {made.about}?",
        f"the sentence ranges over every {made.about}",
        f"One {kind} about one {made.about} answers this for all of them.",
        f"Write `{kind} about such {made.about}`, if that is meant.",
    )


def _has_part(stage: str, actor: str, kind: str, scope: Scope) -> bool:
    """Whether somebody can bring about a stage of a kind, or it goes to them."""
    made = scope.names.kinds.get(kind)
    if made is None:
        return True
    able = made.signers if stage in ("signed", "completed") else made.makers
    able = made.recipients if stage in ("received", "given") and made.recipients else able
    concerned = frozenset().union(*map(scope.names.people, (*able, *made.recipients, *made.makers, *made.signers)))
    return not able or bool(concerned & scope.names.people(actor))


def _no_part(node: syntax.Name, actor: str, made: Kind, scope: Scope) -> None:
    """A stage reached by somebody who can never bring it about never comes true."""
    scope.wrong(
        node,
        f"{actor} has no part in {a(made.name)}",
        "this never comes true",
        f"{made.name} concerns {joined(dict.fromkeys((*made.signers, *made.makers, *made.recipients)))}.",
        f"Name one of them, or change what {made.name} means in section {made.section}.",
    )


# ----------------------------------------------------------------- values


def _of_values(node: syntax.Comparison | syntax.Membership | syntax.States | syntax.Applies, scope: Scope) -> Condition:
    match node:
        case syntax.Comparison():
            left = value(node.left, scope)
            right = value(node.right, scope, left.type)
            return compare(node, left, node.comparator, right, node.right, scope)
        case syntax.Membership():
            return _membership(node, scope)
        case syntax.States():
            subject = reference(node.subject, scope)
            return StatesYes(scope.words(node), node.span, yes_field(node.field, subject, scope), subject)
        case syntax.Applies():
            return _applies(node, scope)


def _membership(node: syntax.Membership, scope: Scope) -> Holds | Compare:
    """`is` asks a named condition of an entry, or compares."""
    negated = node.word == "is not"
    right = node.right
    if isinstance(right, syntax.Entry) and scope.names.sort(right.noun.text) == "condition":
        return holds(node, right.noun, reference(node.left, scope), negated, scope)
    left = value(node.left, scope)
    found = value(right, scope, left.type)
    if UNKNOWN not in (left.type, found.type) and not _alike(left, found, scope):
        misfit(right, found, left.type, scope)
    comparator = "!=" if negated else "=="
    return Compare(scope.words(node), node.span, left.value, comparator, found.value)


def _alike(left: Typed, right: Typed, scope: Scope) -> bool:
    return fits(right.value, right.type, left.type, scope.names) or fits(left.value, left.type, right.type, scope.names)


def _applies(node: syntax.Applies, scope: Scope) -> Holds:
    name = scope.expect(node.condition, ("condition",), "named condition") or "?"
    subject = scope.names.subjects.get(name, "")
    if subject:
        scope.wrong(
            node,
            f"{name} of what?",
            f"defined of {a(subject)}",
            f"It is true or not of {a(subject)}, and none is named here.",
            f"Write `such {subject} is {name}`, or `every {subject} is {name}`.",
        )
    return Holds(scope.words(node), node.span, name, None, False)


# --------------------------------------------------------------- openness


def _of_openness(
    node: syntax.Arrived | syntax.ReadAs | syntax.Filled | syntax.FilledBy | syntax.Terminated, scope: Scope
) -> Condition:
    words = scope.words(node)
    match node:
        case syntax.Arrived():
            found = one_of(node.instant, TIMES, "A date or an instant", scope)
            return Arrived(words, node.span, found.value, node.word)
        case syntax.ReadAs():
            return ReadAs(words, node.span, *_reading(node, scope))
        case syntax.Terminated():
            return Terminated(words, node.span)
        case syntax.FilledBy():
            return FilledBy(words, node.span, _role(node.role, scope), node.filler.text)
        case syntax.Filled(word="vacant"):
            return FilledBy(words, node.span, _role(node.blank, scope), "")
        case syntax.Filled():
            name = node.blank.noun.text if isinstance(node.blank, syntax.Entry) else ""
            if scope.names.sort(name) != "blank" and name not in scope.names.addresses:
                scope.wrong(
                    node.blank,
                    "Not a blank",
                    "cannot be filled",
                    scope.listed(("blank",), "blank"),
                    scope.near(name, scope.names.blanks) or "Define it: `means a required blank date`.",
                )
            return IsFilled(words, node.span, name, node.word == "filled")


def _role(node: syntax.Value, scope: Scope) -> str:
    noun = node.noun if isinstance(node, syntax.Entry) else syntax.Name(node.span, scope.words(node))
    return scope.expect(noun, ROLES, "party") or "?"


def _reading(node: syntax.ReadAs, scope: Scope) -> tuple[str, str]:
    noun = node.ambiguity.noun if isinstance(node.ambiguity, syntax.Entry) else None
    if noun is None:
        why = scope.listed(("ambiguity",), "ambiguity")
        scope.wrong(node.ambiguity, "Not an ambiguity", "has no readings", why, "Name an ambiguity here.")
        return "?", node.reading.text
    name = scope.expect(noun, ("ambiguity",), "ambiguity")
    if name is not None and node.reading.text not in scope.names.ambiguities[name].readings:
        readings = scope.names.ambiguities[name].readings
        scope.wrong(
            node.reading,
            "Unknown reading",
            f"{name} has no such reading",
            enumerated("reading", readings),
            scope.near(node.reading.text, readings) or f"Write `{name} is read as {readings[0]}`.",
        )
    return name or "?", node.reading.text


# ------------------------------------------------------------------ norms


def _of_norms(node: syntax.Performed | syntax.Standing | syntax.Allots, scope: Scope) -> Condition:
    words = scope.words(node)
    match node:
        case syntax.Performed():
            wanted = "duty" if node.word == "performed" else "power"
            number = with_norm(node.section, (wanted,), wanted, f"Only a {wanted} can be {node.word}.", scope)
            return Performed(words, node.span, number, node.word, anchor(node.row, scope) if node.row else None)
        case syntax.Standing():
            why = f"Only a duty, power or ban can be {node.status}."
            number = with_norm(node.section, ("duty", "power", "ban"), "duty, power or ban", why, scope)
            row = anchor(node.row, scope) if node.row else None
            return Standing(words, node.span, number, node.status, row, node.negated)
        case syntax.Allots():
            plan = reference(node.plan, scope)
            states_payments(node.plan, plan, scope)
            return Allots(words, node.span, plan, fitting(node.amount, MONEY, scope))
