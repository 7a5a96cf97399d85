"""Values of the syntax in, values with their types out.

A noun in a value is looked up in one order: a named value, a blank, a kind or list of entries, somebody, a choice.
Whoever wants a type says so (`wanted`), because `"JI-1"` is an entry where an entry is wanted and text elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dsl import syntax
from dsl.resolve import days, figures
from dsl.resolve.arithmetic import of_one, worked_out
from dsl.resolve.comparing import Typed, compare, holds, misfit, yes_field
from dsl.resolve.fitting import FIGURES, INSTANT, NAME, NUMBER, TIMES, UNKNOWN, fits, phrase, same
from dsl.resolve.literals import literal, need_zone
from dsl.resolve.names import ENTRIES, ROLES, SORTS
from dsl.resolve.references import (
    anchor,
    by_name,
    entry_type,
    field_type,
    most_of,
    named,
    not_a_value,
    of_kind,
    other_than,
    picked,
    stand_in,
    such,
    turn_of,
)
from dsl.resolve.scope import Scope
from dsl.resolve.words import a
from dsl.terms import (
    AsOf,
    BlankValue,
    Case,
    Combined,
    Condition,
    Count,
    Defined,
    FieldOf,
    FieldSum,
    Filter,
    HolderOf,
    Item,
    Literal,
    NameValue,
    PartOf,
    Reference,
    Row,
    Selection,
    StageOf,
    StatesYes,
    Type,
    Value,
)

Judged = Callable[[syntax.Condition, Scope], Condition]
"""Reads a condition; it is handed in because values and conditions stand on each other."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A value, or entries of which only one could be a value."""

    value: Value | Selection
    type: Type


def value(node: syntax.Value, scope: Scope, wanted: Type = UNKNOWN) -> Typed:
    """The value, whatever its type; `wanted` only helps to read it."""
    found = _value(node, scope, wanted)
    if not isinstance(found.value, Selection):
        return Typed(found.value, found.type)
    noun = found.value.text_noun
    scope.wrong(
        node,
        f"Which {noun}?",
        "a kind of entry, of which there may be several",
        "A sentence compares, adds and pays what one entry states.",
        f"Write `such {noun}`, `the latest {noun}` or `the number of {noun}`.",
    )
    return Typed(stand_in(node, scope), UNKNOWN)


def _value(node: syntax.Value, scope: Scope, wanted: Type = UNKNOWN) -> _Found | Typed:
    match node:
        case syntax.Entry() if wanted.name == "choice" and _is_choice(node, wanted, scope):
            return Typed(
                Literal(scope.words(node), node.span, NameValue(node.noun.text)), Type("choice", (node.noun.text,))
            )
        case syntax.Entry() | syntax.Such() | syntax.Pick():
            return _of_entries(node, scope)
        case syntax.TextLiteral() if wanted.name == "entry":
            found = named(node.text, scope)
            return Typed(found, entry_type(found, scope))
        case syntax.FieldOf() | syntax.StageOf() | syntax.DeadlineOf() | syntax.PerformanceOf():
            return _asked_of(node, scope)
        case syntax.Balance() | syntax.Payable() | syntax.PaidUnder() | syntax.CapFigure():
            return _figure(node, scope)
        case syntax.Count() | syntax.FieldSum():
            return _over_all(node, scope)
        case syntax.Bracketed():
            return _value(node.value, scope, wanted)
        case syntax.PartOf():
            return _part_of(node, scope)
        case syntax.AsOf():
            return _as_of(node, scope)
        case syntax.Extreme() | syntax.Shift() | syntax.Share() | syntax.Addition() | syntax.Times() | syntax.Over():
            return worked_out(node, scope, value)
        case (
            syntax.Opening()
            | syntax.ClockOn()
            | syntax.DayOf()
            | syntax.BusinessDayOf()
            | syntax.Rolled()
            | syntax.MonthEdge()
            | syntax.DaysBetween()
            | syntax.Today()
        ):
            return days.day_value(node, lambda each: one_of(each, TIMES, "A date or an instant", scope), scope)
        case syntax.Period():
            return days.stated_period(node, scope)
        case _:
            content, type_ = literal(node, scope)
            return Typed(Literal(scope.words(node), node.span, content), type_)


def _is_choice(node: syntax.Entry, wanted: Type, scope: Scope) -> bool:
    """One of the choices offered, or a name that nothing else has and so was meant as one."""
    return _bare(node) and (node.noun.text in wanted.of or not scope.names.sort(node.noun.text))


def _bare(node: syntax.Entry) -> bool:
    return node.about is None and node.filter is None and not node.other


def fitting(node: syntax.Value, wanted: Type, scope: Scope) -> Value:
    """The value, which must be of a type."""
    found = value(node, scope, wanted)
    if not fits(found.value, found.type, wanted, scope.names):
        misfit(node, found, wanted, scope)
    return found.value


def one_of(node: syntax.Value, wanted: tuple[str, ...], said: str, scope: Scope) -> Typed:
    """The value, which must be of one of several types: a figure, or a time."""
    return of_one(node, wanted, said, scope, value)


# ------------------------------------------------------------------- entries


def reference(node: syntax.Value, scope: Scope) -> Reference:
    """An entry, where a sentence needs one."""
    match node:
        case syntax.TextLiteral():
            return named(node.text, scope)
        case syntax.Entry() | syntax.Such() | syntax.Pick() | syntax.FieldOf():
            found = _value(node, scope)
            if isinstance(found.value, Reference) and found.type.name in ("entry", "unknown"):
                return found.value
            if found.type != UNKNOWN:
                _not_an_entry(node, found, scope)
        case _:
            _not_an_entry(node, _value(node, scope), scope)
    return stand_in(node, scope)


def _not_an_entry(node: syntax.Value, found: _Found | Typed, scope: Scope) -> None:
    scope.wrong(
        node,
        "Not an entry",
        f"this is {phrase(found.type)}",
        "An entry is something made, signed, said or found under the agreement.",
        scope.listed(ENTRIES, "kind of entry"),
    )


def _of_entries(node: syntax.Entry | syntax.Such | syntax.Pick, scope: Scope) -> _Found | Typed:
    match node:
        case syntax.Entry():
            return _noun(node, scope)
        case syntax.Such():
            row = such(node.kind, node.span, scope)
            return _Found(row, entry_type(row, scope))
        case syntax.Pick():
            about = anchor(node.about, scope) if node.about else None
            noun = scope.names.canonical(node.kind.text)
            kept = _filter(node.filter, noun, scope) if node.filter and scope.names.sort(noun) in ENTRIES else None
            found = picked(node.pick, node.kind, about, node.span, scope, kept, node.by)
            return _Found(found, entry_type(found, scope))


def _noun(node: syntax.Entry, scope: Scope) -> _Found | Typed:
    name = scope.names.canonical(node.noun.text)
    words = scope.words(node)
    sort = scope.names.sort(name)
    if sort in ENTRIES:
        found = selection(node, scope)
        return _Found(found, entry_type(found, scope))
    if not _bare(node):
        scope.expect(node.noun, ENTRIES, "kind of entry")
        return Typed(stand_in(node, scope), UNKNOWN)
    match sort:
        case "value" if scope.names.subjects.get(name):
            _of_which(node, scope.names.subjects[name], scope)
            return Typed(stand_in(node, scope), UNKNOWN)
        case "value":
            type_ = scope.names.values.get(name, UNKNOWN)
            entry = by_name(node.noun, node.span, scope)
            return _Found(entry, type_) if entry else Typed(Defined(words, node.span, name), type_)
        case "blank":
            return Typed(BlankValue(words, node.span, name), scope.names.blanks[name].type)
        case "fund" | "condition" | "ambiguity" | "channel":
            not_a_value(node, sort, scope)
            return Typed(stand_in(node, scope), UNKNOWN)
        case "" if name not in scope.names.choices:
            scope.unknown(node.noun, tuple(SORTS), "name")
            return Typed(stand_in(node, scope), UNKNOWN)
        case _:
            type_ = Type("name") if sort else Type("choice", (name,))
            return Typed(Literal(words, node.span, NameValue(name)), type_)


def _of_which(node: syntax.Entry, kind: str, scope: Scope) -> None:
    name = node.noun.text
    scope.wrong(
        node,
        f"The {name} of which {kind}?",
        f"this is worked out for each {kind}",
        f"Each {kind} has its own.",
        f"Write `the {name} of such {kind}`, or `the sum of {name} of every {kind}`.",
    )


def selection(node: syntax.Entry, scope: Scope) -> Selection:
    """`every Claim about such Invoice which is Settled`."""
    found = of_kind(node.noun, node.span, scope)
    about = anchor(node.about, scope) if node.about else None
    if not isinstance(found, Selection):
        return Selection(scope.words(node), node.span, (), False, about, None, "?")
    filtered = _filter(node.filter, found.text_noun, scope) if node.filter else None
    besides = other_than(node, found.text_noun, scope) if node.other else None
    return replace(found, about=about, filter=filtered, besides=besides)


def _filter(node: syntax.Filter, noun: str, scope: Scope) -> Filter:
    """What an entry must also be, judged with the entry as the row."""
    return Filter(scope.words(node), node.span, _kept(node, noun, scope), noun)


def _kept(node: syntax.Filter, noun: str, scope: Scope) -> Condition:
    row = Row(f"such {noun}", node.span, noun, picked=True)
    words = scope.words(node)
    match node:
        case syntax.Filters():
            items = (Item(scope.words(each), each.span, "", "", _kept(each, noun, scope)) for each in node.filters)
            return Combined(words, node.span, "all", 0, tuple(items))
        case syntax.WhichIs():
            return holds(node, node.condition, row, node.word.endswith("not"), scope)
        case syntax.WhichStates():
            return StatesYes(words, node.span, yes_field(node.field, row, scope), row)
        case syntax.Whose():
            type_ = field_type(node.field, row, scope)
            left = FieldOf(scope.words(node.field), node.field.span, node.field.text, row)
            right = value(node.value, scope.picking(noun), type_)
            return compare(node, Typed(left, type_), node.comparator, right, node.value, scope)


# --------------------------------------------------------------- what is asked


def _asked_of(node: syntax.FieldOf | syntax.StageOf | syntax.DeadlineOf | syntax.PerformanceOf, scope: Scope) -> Typed:
    match node:
        case syntax.FieldOf():
            subject = reference(node.subject, scope)
            type_ = field_type(node.field, subject, scope)
            _which_one(node.subject, subject, scope)
            return Typed(FieldOf(scope.words(node), node.span, node.field.text, subject), type_)
        case syntax.StageOf():
            subject = reference(node.subject, scope)
            _which_one(node.subject, subject, scope)
            return Typed(StageOf(scope.words(node), node.span, node.stage, subject), INSTANT)
        case syntax.DeadlineOf():
            return Typed(figures.deadline_of(node, scope), INSTANT)
        case syntax.PerformanceOf():
            return Typed(figures.performance_of(node, scope), INSTANT)


def _which_one(node: syntax.Node, subject: Reference, scope: Scope) -> None:
    """A figure is that of one entry; of a kind there may be several."""
    if not isinstance(subject, Selection):
        return
    if all(scope.names.kinds[kind].latest_counts for kind in subject.kinds if kind in scope.names.kinds):
        return
    noun = subject.text_noun
    scope.doubtful(
        node,
        f"Which {noun}?",
        "there may be several",
        f"The first {noun} is read here, in the order of the log.",
        f"Write `such {noun}`, `the latest {noun}` or `the earliest {noun}`.",
    )


def _figure(node: syntax.Balance | syntax.Payable | syntax.PaidUnder | syntax.CapFigure, scope: Scope) -> Typed:
    match node:
        case syntax.Balance():
            return Typed(*figures.balance(node, scope))
        case syntax.Payable():
            plan = reference(node.plan, scope)
            _which_one(node.plan, plan, scope)
            return Typed(*figures.payable(node, plan, scope))
        case syntax.PaidUnder():
            return Typed(*figures.paid_under(node, scope))
        case syntax.CapFigure():
            return Typed(*figures.cap_figure(node, scope))


def _over_all(node: syntax.Count | syntax.FieldSum, scope: Scope) -> Typed:
    entries = selection(node.entries, scope)
    words = scope.words(node)
    if isinstance(node, syntax.Count):
        return Typed(Count(words, node.span, entries), NUMBER)
    row = Row(f"such {entries.text_noun}", node.span, entries.text_noun)
    type_ = field_type(node.field, row, scope) if entries.kinds else UNKNOWN
    if type_ != UNKNOWN and type_.name not in FIGURES:
        why = "Only amounts, numbers and rates are added up."
        scope.wrong(node.field, "Not a figure", f"this is {phrase(type_)}", why, "Write `the number of ...`.")
    unit = type_.of[0] if type_.name == "amount" else "rate" if type_.name == "rate" else ""
    return Typed(FieldSum(words, node.span, node.field.text, entries, unit), type_)


# --------------------------------------------------------------------- parts


def _as_of(node: syntax.AsOf, scope: Scope) -> Typed:
    """`the balance of the Escrow Fund as of 31 December 2026`; what stands on the page is the same at any time."""
    moment = one_of(node.moment, TIMES, "A date or an instant", scope)
    role = _role(node.value, scope)
    if role:
        return Typed(HolderOf(scope.words(node), node.span, role, moment.value), NAME)
    found = value(node.value, scope)
    need_zone(node, scope)
    if isinstance(found.value, Literal):
        why = "Figures, entries and conditions are asked as of a time."
        hint = f"Put the time behind what changes, or before the whole: `as of {scope.words(node.moment)}, ...`."
        scope.wrong(node.value, "The same at any time", "this does not change", why, hint)
    return Typed(AsOf(scope.words(node), node.span, found.value, moment.value), found.type)


def _role(node: syntax.Value, scope: Scope) -> str:
    """The role that a noun names; who filled it at a time is a matter of record."""
    plain = isinstance(node, syntax.Entry) and node.about is None and node.filter is None
    party = scope.names.parties.get(node.noun.text) if plain and isinstance(node, syntax.Entry) else None
    return party.name if party is not None and party.role in ROLES else ""


def _part_of(node: syntax.PartOf, scope: Scope) -> Typed:
    """`the share of such Holder in X in proportion to Shares of every Holder`."""
    whole = one_of(node.whole, ("amount", "number"), "An amount or a number", scope)
    row = anchor(node.row, scope)
    entries = selection(node.entries, scope)
    noun = entries.text_noun
    type_ = field_type(node.field, Row(f"such {noun}", node.span, noun), scope) if entries.kinds else UNKNOWN
    if type_ != UNKNOWN and type_.name not in FIGURES:
        why = "A whole is divided in proportion to amounts, numbers or rates."
        scope.wrong(node.field, "Not a figure", f"this is {phrase(type_)}", why, "Name a field that holds a figure.")
    rank = turn_of(node, entries, type_, whole.type, scope) if node.rank is not None and entries.kinds else None
    if not set(scope.names.kinds_of(row)) <= set(entries.kinds):
        why = f"The parts are those of every {noun}."
        scope.wrong(node.row, f"Not {a(noun)}", "another kind of entry", why, f"Write `the share of such {noun}`.")
    each = Row(f"such {noun}", node.span, noun)
    most = most_of(node.most, each, whole.type, scope) if node.most is not None else None
    made = PartOf(scope.words(node), node.span, whole.value, row, node.field.text, entries, rank, most)
    return Typed(made, whole.type)


def cases(node: syntax.Cases | syntax.Value, scope: Scope, judged: Judged) -> Typed:
    """`USD 5.00 where Late applies, otherwise USD 0.00`."""
    if not isinstance(node, syntax.Cases):
        return value(node, scope)
    first = value(node.value, scope)
    rest = cases(node.otherwise, scope, judged)
    if not same(first.type, rest.type):
        misfit(node.otherwise, rest, first.type, scope)
    made = Case(scope.words(node), node.span, judged(node.condition, scope), first.value, rest.value)
    return Typed(made, first.type)
