"""Definitions in the order in which they can be read, each after the ones it speaks of.

Values, conditions, the purposes of funds and the limits of caps can speak of each other. Where they speak of each
other in a circle, none of them has a meaning; where the chain is very long, no reader could follow it.
"""

from collections.abc import Iterator

from dsl import syntax
from dsl.resolve.circles import Graph, in_order
from dsl.resolve.declared import Defined, clauses
from dsl.resolve.names import ENTRIES, Names
from dsl.resolve.scope import Scope
from dsl.resolve.sections import ancestors
from dsl.resolve.walk import walk

_NOT_NAMES = frozenset({"field", "unit", "label", "by"})
_AsksAField = (
    syntax.FieldOf
    | syntax.FieldSum
    | syntax.Whose
    | syntax.PartOf
    | syntax.AnchorField
    | syntax.Pick
    | syntax.AnchorPick
)
"""What names a field of an entry, which may be a figure that is worked out for each."""
_CAPS_OF_A_SECTION = 2
"""One for the life of the agreement and one for each year; any more are a mistake of their own."""

LONGEST_CHAIN = 40
"""How many definitions may stand on each other; a real deal stays under 10."""


def reading_order(tree: syntax.Agreement, defined: dict[str, Defined], scope: Scope) -> tuple[str, ...]:
    """The names of values, conditions and funds, each after those it stands on; circles are reported."""
    caps = _caps(tree)
    graph = _graph(caps, defined, scope.names)
    places: dict[str, tuple[str, syntax.Node]] = {name: (number, cap.sections) for name, (number, cap) in caps.items()}
    places |= {name: (clause.section.number, node.name) for name, (clause, node) in defined.items()}
    order, circles = in_order(graph)
    for circle in circles:
        _told(circle, places, scope)
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth.get(each, 0) for each in graph[name]), default=0)
        if depth[name] == LONGEST_CHAIN + 1:
            number, node = places[name]
            scope.at(number).wrong(
                node,
                "Definitions that lean on each other too long",
                f"stands on {LONGEST_CHAIN} others",
                "A reader cannot follow a chain of so many definitions.",
                "Say some of them directly.",
            )
    return tuple(name for name in order if name in defined)


def _told(circle: tuple[str, ...], places: dict[str, tuple[str, syntax.Node]], scope: Scope) -> None:
    number, node = places[circle[0]]
    alone = len(circle) == 1
    scope.at(number).wrong(
        node,
        "A definition of itself by itself" if alone else "Definitions that define each other",
        "speaks of itself" if alone else "part of a circle",
        f"The circle is {' -> '.join([*circle, circle[0]])}, so none of it has a meaning.",
        "Say one of them without the others.",
    )


def _caps(tree: syntax.Agreement) -> dict[str, tuple[str, syntax.Cap]]:
    """Every cap by a name for people, with the section it stands in; a definition can have no such name."""
    found: dict[str, tuple[str, syntax.Cap]] = {}
    for clause in clauses(tree):
        number = clause.section.number
        caps = [each for each in clause.sentences if isinstance(each, syntax.Cap)]
        for place, cap in enumerate(caps, 1):
            found[f"cap {place} of section {number}" if len(caps) > 1 else f"the cap of section {number}"] = (
                number,
                cap,
            )
    return found


def _graph(caps: dict[str, tuple[str, syntax.Cap]], defined: dict[str, Defined], names: Names) -> Graph:
    graph: Graph = {}
    capped: dict[str, list[str]] = {}
    for name, (_, cap) in caps.items():
        for section in cap.sections.sections:
            capped[section.number] = [*capped.get(section.number, ()), name][:_CAPS_OF_A_SECTION]
    for name, (_, cap) in caps.items():
        graph[name] = tuple(_spoken_of(cap.limit, defined, capped, names))
    for name, (_, definition) in defined.items():
        meaning = definition.meaning
        if isinstance(meaning, syntax.NamedValue | syntax.NamedCondition | syntax.Fund):
            graph[name] = tuple(_spoken_of(meaning, defined, capped, names))
    return graph


def _spoken_of(
    part: syntax.Node, defined: dict[str, Defined], capped: dict[str, list[str]], names: Names
) -> Iterator[str]:
    """The values, conditions, funds and caps whose meaning a part needs."""
    of_kinds: dict[int, str] = {}
    for each in walk(part, _NOT_NAMES):
        if isinstance(each, syntax.CapFigure):
            for section in ancestors(each.section.number):
                yield from capped.get(section, ())
        if isinstance(each, syntax.Entry | syntax.Pick) and each.filter is not None:
            noun = each.noun if isinstance(each, syntax.Entry) else each.kind
            of_kinds |= {id(one): noun.text for one in walk(each.filter) if isinstance(one, syntax.Whose)}
        for field in _fields_asked(each):
            if _is_worked_out(field.text, _asked_of(each, of_kinds, names), defined, names):
                yield field.text
        if isinstance(each, syntax.Name) and each.text in defined:
            meaning = defined[each.text][1].meaning
            if isinstance(meaning, syntax.NamedValue | syntax.NamedCondition | syntax.Fund):
                yield each.text


def _fields_asked(node: syntax.Node) -> Iterator[syntax.Name]:
    """The fields that a node asks of an entry."""
    match node:
        case syntax.Pick(by=syntax.Name() as by) | syntax.AnchorPick(by=syntax.Name() as by):
            yield by
        case syntax.FieldOf() | syntax.FieldSum() | syntax.Whose() | syntax.PartOf() | syntax.AnchorField():
            yield node.field
        case _:
            pass
    if isinstance(node, syntax.PartOf):
        yield from (each for each in (node.rank, node.most) if isinstance(each, syntax.Name))


def _asked_of(node: _AsksAField, filtered: dict[int, str], names: Names) -> tuple[str, ...]:
    """The kinds of entry that a field is asked of; none where the words alone do not say it."""
    match node:
        case syntax.FieldOf() | syntax.AnchorField():
            return _kinds(node.subject, names)
        case syntax.FieldSum() | syntax.PartOf():
            return _kinds(node.entries, names)
        case syntax.Pick() | syntax.AnchorPick():
            return _kinds(node, names)
        case syntax.Whose():
            noun = filtered.get(id(node))
            return _members(noun, names) if noun is not None else ()


def _kinds(node: syntax.Node, names: Names) -> tuple[str, ...]:
    match node:
        case syntax.Such(kind=noun) | syntax.Pick(kind=noun) | syntax.Entry(noun=noun):
            return _members(noun.text, names)
        case syntax.AnchorSuch(kind=noun) | syntax.AnchorPick(kind=noun) | syntax.AnchorKind(kind=noun):
            return _members(noun.text, names)
        case syntax.TextLiteral(text=text) | syntax.AnchorName(name=text) if text.text in names.rows:
            return (names.rows[text.text],)
        case syntax.FieldOf(field=field, subject=subject) | syntax.AnchorField(field=field, subject=subject):
            held = [names.fields(kind).get(field.text) for kind in _kinds(subject, names)]
            return tuple(kind for each in held if each is not None for kind in each.type.of)
        case _:
            return ()


def _members(noun: str, names: Names) -> tuple[str, ...]:
    """The kinds a noun stands for; a named value stands for an entry of a kind that is not known yet."""
    name = names.canonical(noun)
    return names.members(name) if names.sorts.get(name) in ENTRIES else ()


def _is_worked_out(field: str, kinds: tuple[str, ...], defined: dict[str, Defined], names: Names) -> bool:
    """Whether a field can be a figure that is worked out for an entry, and not one that the entry states."""
    subject = defined[field][1].subject if field in defined else None
    if subject is None:
        return False
    of = names.members(names.canonical(subject.text))
    return not kinds or bool(set(of) & set(kinds))
