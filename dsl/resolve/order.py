"""Definitions in the order in which they can be read, each after the ones it speaks of.

Values, conditions, the purposes of funds and the limits of caps can speak of each other. Where they speak of each
other in a circle, none of them has a meaning; where the chain is very long, no reader could follow it.
"""

from collections.abc import Iterator

from dsl import syntax
from dsl.resolve.circles import Graph, in_order
from dsl.resolve.declared import Defined, clauses
from dsl.resolve.scope import Scope
from dsl.resolve.sections import ancestors
from dsl.resolve.walk import walk

_NOT_NAMES = frozenset({"field", "unit", "label"})
_ASKS_A_FIELD = syntax.FieldOf | syntax.FieldSum | syntax.Whose | syntax.PartOf | syntax.AnchorField
"""What names a field of an entry, which may be a figure that is worked out for each."""
_CAPS_OF_A_SECTION = 2
"""One for the life of the agreement and one for each year; any more are a mistake of their own."""

LONGEST_CHAIN = 40
"""How many definitions may stand on each other; a real deal stays under 10."""


def reading_order(tree: syntax.Agreement, defined: dict[str, Defined], scope: Scope) -> tuple[str, ...]:
    """The names of values, conditions and funds, each after those it stands on; circles are reported."""
    caps = _caps(tree)
    graph = _graph(caps, defined)
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


def _graph(caps: dict[str, tuple[str, syntax.Cap]], defined: dict[str, Defined]) -> Graph:
    graph: Graph = {}
    capped: dict[str, list[str]] = {}
    for name, (_, cap) in caps.items():
        for section in cap.sections.sections:
            capped[section.number] = [*capped.get(section.number, ()), name][:_CAPS_OF_A_SECTION]
    for name, (_, cap) in caps.items():
        graph[name] = tuple(_spoken_of(cap.limit, defined, capped))
    for name, (_, definition) in defined.items():
        meaning = definition.meaning
        if isinstance(meaning, syntax.NamedValue | syntax.NamedCondition | syntax.Fund):
            graph[name] = tuple(_spoken_of(meaning, defined, capped))
    return graph


def _spoken_of(part: syntax.Node, defined: dict[str, Defined], capped: dict[str, list[str]]) -> Iterator[str]:
    """The values, conditions, funds and caps whose meaning a part needs."""
    for each in walk(part, _NOT_NAMES):
        if isinstance(each, syntax.CapFigure):
            for section in ancestors(each.section.number):
                yield from capped.get(section, ())
        field = each.field if isinstance(each, _ASKS_A_FIELD) else None
        if field is not None and field.text in defined and defined[field.text][1].subject is not None:
            yield field.text
        if isinstance(each, syntax.Name) and each.text in defined:
            meaning = defined[each.text][1].meaning
            if isinstance(meaning, syntax.NamedValue | syntax.NamedCondition | syntax.Fund):
                yield each.text
