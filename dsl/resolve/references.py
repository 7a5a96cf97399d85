"""Words that point at entries: `such Claim`, `the latest Claim`, `"C-1"`, and the fields those entries have."""

from dataclasses import replace

from dsl import syntax
from dsl.resolve.fitting import FIGURES, INSTANT, TIMES, UNKNOWN, phrase, same
from dsl.resolve.names import ENTRIES, SORTS
from dsl.resolve.scope import Scope
from dsl.resolve.words import a, enumerated, sentence
from dsl.source import Span
from dsl.terms import Field, FieldOf, Filter, Named, Picked, Reference, Row, Selection, StageOf, Type

NOBODY = "?"
"""The name of a stand-in; no definition can have it."""


def anchor(node: syntax.Anchor, scope: Scope) -> Reference:
    """The entry that a sentence or an act speaks about."""
    match node:
        case syntax.AnchorSuch():
            return such(node.kind, node.span, scope)
        case syntax.AnchorPick():
            return picked(node.pick, node.kind, None, node.span, scope, by=node.by)
        case syntax.AnchorName():
            return named(node.name, scope)
        case syntax.AnchorField():
            subject = anchor(node.subject, scope)
            type_ = field_type(node.field, subject, scope)
            if type_ != UNKNOWN and type_.name != "entry":
                why = f"{node.field.text} is a value; only an entry can be spoken about."
                scope.wrong(node, "Not an entry", "this field holds no entry", why, "Name a field that holds an entry.")
            return FieldOf(scope.words(node), node.span, node.field.text, subject)
        case syntax.AnchorKind():
            return by_name(node.kind, node.span, scope) or of_kind(node.kind, node.span, scope)


def stand_in(node: syntax.Node, scope: Scope) -> Named:
    """Takes the place of an entry that could not be made out."""
    return Named(scope.words(node), node.span, NOBODY)


def such(kind: syntax.Name, span: Span, scope: Scope) -> Reference:
    """`such Claim`: the row that the sentence ranges over, else the one that a filter looks at."""
    noun = scope.expect(kind, ENTRIES, "kind of entry")
    if noun is None:
        return stand_in(kind, scope)
    if noun in scope.rows:
        return Row(scope.words(span), span, noun)
    if noun in scope.picked:
        return Row(scope.words(span), span, noun, picked=True)
    over = enumerated("row of this sentence", scope.rows) if scope.rows else "This sentence ranges over no entries."
    scope.wrong(
        span,
        f"Which {noun}?",
        f"no `for each {noun}` stands before it",
        over,
        f"Begin the sentence with `For each {noun}, ...`, or write `the latest {noun}`.",
    )
    return stand_in(kind, scope)


def other_than(node: syntax.Entry, noun: str, scope: Scope) -> Row | None:
    """The row that `another Claim` leaves out: that of the sentence, else the one that a filter looks at."""
    if noun in scope.rows or noun in scope.picked:
        return Row(f"such {noun}", node.span, noun, picked=noun not in scope.rows)
    scope.wrong(
        node,
        f"Other than which {noun}?",
        f"no `for each {noun}` stands before it",
        "It leaves out the one that the sentence speaks of, and this sentence speaks of none.",
        f'Begin the sentence with `For each {noun}, ...`, or define it of one: `"..." of {a(noun)} means ...`.',
    )
    return None


def picked(
    pick: str,
    kind: syntax.Name,
    about: Reference | None,
    span: Span,
    scope: Scope,
    filtered: Filter | None = None,
    by: syntax.Name | str | None = None,
) -> Reference:
    """`the latest Joint Instruction`, `the Claim with the earliest Due`."""
    noun = scope.expect(kind, ENTRIES, "kind of entry")
    if noun is None:
        return stand_in(kind, scope)
    kinds = scope.names.members(noun)
    entries = Selection(scope.words(kind), kind.span, kinds, _is_list(noun, scope), about, filtered, noun)
    if by is not None:
        return Picked(scope.words(span), span, pick, entries, ranked(by, span, noun, scope, pick))
    if pick in ("largest", "smallest"):
        for each in kinds:
            worked_out = scope.names.figures.get(each, {})
            fields = [field for field in scope.names.fields(each).values() if field.name not in worked_out]
            figures = [field.name for field in fields if field.type.name == "amount"]
            if len(figures) != 1:
                scope.wrong(
                    span,
                    f"The {pick} by what?",
                    f"{noun} states {len(figures)} amounts",
                    f"An entry is the {pick} by its one amount.",
                    f"Say by which: `the {noun} with the {pick} ...`, and name a field.",
                )
    return Picked(scope.words(span), span, pick, entries)


def ranked(rank: syntax.Name | str, span: Span, noun: str, scope: Scope, pick: str = "") -> FieldOf | StageOf:
    """What entries are put in order by: a time or a figure that each states, or a stage of it."""
    row = Row(f"such {noun}", span, noun)
    if isinstance(rank, str):
        type_ = INSTANT
        found: FieldOf | StageOf = StageOf(scope.words(span), span, rank, row)
    else:
        type_ = field_type(rank, row, scope) if scope.names.members(noun) else UNKNOWN
        found = FieldOf(scope.words(rank), rank.span, rank.text, row)
    wanted = _ORDERS.get(pick, (*FIGURES, *TIMES))
    if type_ != UNKNOWN and type_.name not in wanted:
        place = span if isinstance(rank, str) else rank
        what = f"this is {phrase(type_)}"
        if pick:
            kind = "a time" if wanted is TIMES else "a figure"
            why = f"What is {pick} is {kind}."
            others = "`latest` or `earliest`" if type_.name in TIMES else "`largest` or `smallest`"
            hint = f"Write {others}." if type_.name in (*TIMES, *FIGURES) else "Name a date, an instant or a figure."
            scope.wrong(place, f"The {pick} by what?", what, why, hint)
        else:
            why = "Rows are put in order by a time or a figure."
            scope.wrong(place, "Not an order", what, why, "Name a date, an instant or a figure.")
    return found


def most_of(node: syntax.Name, row: Row, whole: Type, scope: Scope) -> FieldOf:
    """The most that each gets, in the unit of what is divided."""
    type_ = field_type(node, row, scope) if scope.names.members(row.kind) else UNKNOWN
    if UNKNOWN not in (type_, whole) and not same(type_, whole):
        why = "Nobody gets more than this, in the unit of what is divided."
        scope.wrong(node, f"Not {phrase(whole)}", f"this is {phrase(type_)}", why, "Name a field of that unit.")
    return FieldOf(scope.words(node), node.span, node.text, row)


def turn_of(node: syntax.PartOf, entries: Selection, owed: Type, whole: Type, scope: Scope) -> FieldOf | StageOf:
    """What the rows are put in order by: a time or a figure that each states, or a stage of it."""
    if UNKNOWN not in (owed, whole) and not same(owed, whole):
        why = "Each is paid up to what it is owed, in the unit of what is divided."
        scope.wrong(node.field, f"Not {phrase(whole)}", f"this is {phrase(owed)}", why, "Name a field of that unit.")
    return ranked(node.rank or "", node.span, entries.text_noun, scope)


_ORDERS = {"latest": TIMES, "earliest": TIMES, "largest": FIGURES, "smallest": FIGURES}


def named(text: syntax.Text, scope: Scope) -> Named:
    """An entry by its name; in a clause only those that exist from signing have one."""
    if not scope.asked and text.text not in scope.names.rows:
        scope.wrong(
            text,
            "Unknown entry",
            "no entry has this name at signing",
            enumerated("entry with a name at signing", scope.names.rows),
            scope.near(text.text, scope.names.rows) or "Write `At signing, the ... occurs.` with this name.",
        )
    return Named(scope.words(text), text.span, text.text)


def by_name(node: syntax.Name, span: Span, scope: Scope) -> Reference | None:
    """The entry that a named value stands for: `the Last Instruction`."""
    type_ = scope.names.values.get(node.text)
    meaning = scope.names.meanings.get(node.text)
    if type_ is None or type_.name != "entry" or not isinstance(meaning, Reference):
        return None
    return replace(meaning, text=scope.words(span), span=span)


def of_kind(kind: syntax.Name, span: Span, scope: Scope) -> Reference:
    """`a Joint Instruction`: any entry of the kind."""
    noun = scope.expect(kind, ENTRIES, "kind of entry")
    if noun is None:
        return stand_in(kind, scope)
    return Selection(scope.words(span), span, scope.names.members(noun), _is_list(noun, scope), None, None, noun)


def _is_list(noun: str, scope: Scope) -> bool:
    return noun in scope.names.collections


def entry_type(reference: Reference, scope: Scope) -> Type:
    """The type of an entry as a value."""
    return Type("entry", scope.names.kinds_of(reference))


def field_type(field: syntax.Name, reference: Reference, scope: Scope) -> Type:
    """The type of a field of an entry, which every kind it can be of must have."""
    if isinstance(reference, Named) and reference.name == NOBODY:
        return UNKNOWN
    kinds = scope.names.kinds_of(reference)
    having: list[Field] = []
    for kind in kinds or tuple(scope.names.kinds):
        known = scope.names.fields(kind)
        if field.text in known:
            having.append(known[field.text])
        elif kinds:
            _no_field(field, kind, scope)
            return UNKNOWN
    if not having:
        _no_field(field, "", scope)
        return UNKNOWN
    types = {each.type for each in having}
    if len(types) == 1:
        return having[0].type
    if kinds:
        scope.wrong(
            field,
            f"{field.text} differs within the list",
            "of several types",
            f"It is {', '.join(sorted(str(each) for each in types))} for different kinds of the list.",
            "Ask for the field of each kind by itself.",
        )
    return UNKNOWN


def _no_field(field: syntax.Name, kind: str, scope: Scope) -> None:
    known = scope.names.fields(kind)
    every = {name for each in scope.names.kinds for name in scope.names.fields(each)}
    of_kind = f" of {kind}" if kind else ""
    nothing = "A field is defined with the kind of entry that states it."
    scope.wrong(
        field,
        "Unknown field",
        f"{kind} has no field of this name" if kind else "no kind of entry has this field",
        enumerated(f"field{of_kind}", [name for name in known if name != "Maker"] or known) if kind else nothing,
        _farther(field.text, kind, scope)
        or scope.near(field.text, known or every)
        or f"Add it to the definition: `stating {field.text} as ...`.",
    )


def _farther(wanted: str, kind: str, scope: Scope) -> str:
    """How to ask for what is a field not of an entry, but of one that it is about: `Claim`, or `Proof Of Claim`, of a
    Review about a Proof."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(kind, ())]
    for this, steps in waiting:
        fields_of = scope.names.fields(this)
        found = next((each for each in reversed(wanted.split(" Of ")) if each in fields_of), "Maker")
        if steps and found != "Maker":
            path = " of the ".join((found, *steps))
            means = f'"{kind} {found}" of {a(kind)} means the {path} of such {kind}.'
            return f"Name it, `{means}`, and write `{kind} {found}` here."
        seen = {each for each, _ in waiting}
        stated = [each for each in fields_of.values() if each.type.name == "entry"]
        waiting += [(each.type.of[0], (each.name, *steps)) for each in stated if not seen & {*each.type.of}]
    return ""


def not_a_value(node: syntax.Entry, sort: str, scope: Scope) -> None:
    """Tell that a noun stands where a value is wanted and has none, and what can be said of it."""
    name = node.noun.text
    hints = {
        "fund": f"Write `the balance of the {name}`.",
        "condition": f"Write `the {name} applies`, or `such Claim is {name}`.",
        "ambiguity": f"Write `{name} is read as ...`.",
        "channel": "Name a party or a value here.",
    }
    scope.wrong(
        node, "Not a value", f"this is {a(SORTS[sort])}", f"{sentence(a(SORTS[sort]))} has no value.", hints[sort]
    )
