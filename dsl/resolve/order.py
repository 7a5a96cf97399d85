"""Definitions in the order in which they can be read, each after the ones it speaks of.

Values, conditions, the purposes of funds and the limits of caps can speak of each other. Where they speak of each
other in a circle, none of them has a meaning; where the chain is very long, no reader could follow it.
"""

from collections.abc import Iterable, Iterator

from dsl import syntax
from dsl.resolve.declared import Defined, clauses
from dsl.resolve.scope import Scope
from dsl.resolve.sections import covers
from dsl.resolve.walk import walk

_NOT_NAMES = frozenset({"field", "unit", "label"})
LONGEST_CHAIN = 40
"""How many definitions may stand on each other; a real deal stays under 10."""


def in_order(tree: syntax.Agreement, defined: dict[str, Defined], scope: Scope) -> tuple[str, ...]:
    """The names of values and conditions, each after those it stands on; a circle is reported and left out."""
    graph = _graph(tree, defined)
    depth: dict[str, int] = {}
    done: list[str] = []
    for start in graph:
        _visit(start, graph, depth, done, defined, scope)
    return tuple(name for name in done if name in defined)


def _visit(
    start: str,
    graph: dict[str, tuple[str, ...]],
    depth: dict[str, int],
    done: list[str],
    defined: dict[str, Defined],
    scope: Scope,
) -> None:
    """Depth first without recursion: `path` holds what is being read, and a name met again on it closes a circle."""
    if start in depth:
        return
    path: dict[str, Iterator[str]] = {start: iter(graph[start])}
    while path:
        name = next(reversed(path))
        following = next(path[name], None)
        if following is None:
            del path[name]
            depth[name] = 1 + max((depth.get(each, 0) for each in graph[name]), default=0)
            done.append(name)
            if depth[name] == LONGEST_CHAIN + 1:
                _too_long(name, defined, scope)
        elif following in path:
            names = list(path)
            _circle(names[names.index(following) :], defined, scope)
        elif following not in depth:
            path[following] = iter(graph[following])


def _circle(names: list[str], defined: dict[str, Defined], scope: Scope) -> None:
    told = [name for name in names if name in defined]
    if not told:
        return
    clause, definition = defined[told[0]]
    others = told[1:]
    chain = " -> ".join([*told, told[0]])
    scope.at(clause.section.number).wrong(
        definition.name,
        "Definitions that define each other" if others else "A definition of itself by itself",
        "part of a circle" if others else "speaks of itself",
        f"The circle is {chain}, so none of it has a meaning.",
        "Say one of them without the others.",
    )


def _too_long(name: str, defined: dict[str, Defined], scope: Scope) -> None:
    if name in defined:
        clause, definition = defined[name]
        scope.at(clause.section.number).wrong(
            definition.name,
            "Definitions that lean on each other too long",
            f"stands on {LONGEST_CHAIN} others",
            "A reader cannot follow a chain of so many definitions.",
            "Say some of them directly.",
        )


def _graph(tree: syntax.Agreement, defined: dict[str, Defined]) -> dict[str, tuple[str, ...]]:
    graph: dict[str, tuple[str, ...]] = {}
    caps = [each for clause in clauses(tree) for each in clause.sentences if isinstance(each, syntax.Cap)]
    for place, cap in enumerate(caps):
        graph[f"cap {place}"] = tuple(_spoken_of(cap.limit, defined, caps))
    for name, (_, definition) in defined.items():
        meaning = definition.meaning
        if isinstance(meaning, syntax.NamedValue | syntax.NamedCondition | syntax.Fund):
            graph[name] = tuple(_spoken_of(meaning, defined, caps))
    return graph


def _spoken_of(part: syntax.Node, defined: dict[str, Defined], caps: Iterable[syntax.Cap]) -> Iterator[str]:
    """The values, conditions, funds and caps whose meaning a part needs."""
    for each in walk(part, _NOT_NAMES):
        if isinstance(each, syntax.CapFigure):
            for place, cap in enumerate(caps):
                if any(covers(section.number, each.section.number) for section in cap.sections.sections):
                    yield f"cap {place}"
        if isinstance(each, syntax.Name) and each.text in defined:
            meaning = defined[each.text][1].meaning
            if isinstance(meaning, syntax.NamedValue | syntax.NamedCondition | syntax.Fund):
                yield each.text
