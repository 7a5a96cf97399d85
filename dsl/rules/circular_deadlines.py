"""A deadline, and what is owed, can be worked out without knowing it first."""

from collections.abc import Iterator

from dsl.compile import covers
from dsl.diagnostics import Diagnostic
from dsl.resolve.circles import Graph, in_order
from dsl.resolve.order import LONGEST_CHAIN
from dsl.resolve.walk import walk
from dsl.rules.facts import is_row
from dsl.source import Span
from dsl.terms import (
    Balance,
    CapFigure,
    DeadlineOf,
    Defined,
    Duty,
    EveryHolds,
    FieldOf,
    FieldSum,
    Hold,
    Holds,
    Move,
    PartOf,
    Power,
    Provision,
    Statement,
    Terms,
)

_HINT = "Count one of them from a date or from an act."


def circular_deadlines(terms: Terms) -> Iterator[Diagnostic]:
    """`must pay by the deadline of section 2` in section 2, or in section 3 by whose deadline that of section 2 is
    counted: neither ever comes. So too with an amount that rests on what was left unpaid of it."""
    graph = _graph(terms)
    first = {_deadline(each): each for each in reversed(terms.provisions)}
    first |= {_amount(each): each for each in reversed(terms.provisions)}
    order, circles = in_order(graph)
    for circle in circles:
        found = next(((place, first[name]) for place, name in enumerate(circle) if name in first), None)
        if found is None:
            continue
        place, provision = found
        turned = (*circle[place:], *circle[:place], circle[place])
        yield Diagnostic(
            "A deadline or an amount that rests on itself",
            _span(provision, turned[0] == _deadline(provision)),
            "part of a circle",
            f"The circle is {' -> '.join(turned)}, so none of it is ever known.",
            _HINT,
            section=provision.section,
        )
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth.get(each, 0) for each in graph[name]), default=0)
        if depth[name] == LONGEST_CHAIN + 1 and name in first:
            yield Diagnostic(
                "Deadlines that lean on each other too long",
                _span(first[name], name == _deadline(first[name])),
                f"stands on {LONGEST_CHAIN} others",
                "A reader cannot follow a chain of so many deadlines and definitions.",
                "Count some of them from a date or an act.",
                section=first[name].section,
            )


def _deadline(provision: Provision) -> str:
    return f"the deadline of section {provision.cited}"


def _amount(provision: Provision) -> str:
    return f"the amount of section {provision.cited}"


def _span(provision: Provision, of_deadline: bool) -> Span:
    statement = provision.statement
    window = statement.window if of_deadline and isinstance(statement, Duty | Power) else None
    return window.span if window is not None and window.span.end > window.span.start else statement.span


def _graph(terms: Terms) -> Graph:
    """What each deadline, each amount, each cap, what is held in each fund, and each definition is worked out from."""
    asked: dict[str, list[object]] = {}
    for provision in terms.provisions:
        for statement in _statements(provision):
            if not isinstance(statement, Duty | Power):
                continue
            window, act = statement.window, statement.act
            paid = (act.amount, act.plan) if isinstance(act, Move) else ()
            runs_with_it = paid if window.within is not None and window.origin is None else ()
            times = (window.within, window.origin, window.by, window.not_before, window.spells, runs_with_it)
            asked.setdefault(_deadline(provision), []).append(times)
            asked.setdefault(_amount(provision), []).append(paid)
            if isinstance(act, Hold) and act.of_amount:
                held = (provision.rows, provision.trigger, act.amount)
                asked.setdefault(f"what is held in the {act.fund}", []).append(held)
    for cap in terms.caps:
        asked.setdefault(f"the cap of section {cap.section}", []).append(cap.limit)
    asked |= {name: [value.value] for name, value in terms.values.items()}
    asked |= {name: [named.condition] for name, named in terms.conditions.items()}
    covered: dict[str, tuple[Provision, ...]] = {}
    return {name: tuple(dict.fromkeys(_asks(tuple(parts), terms, covered))) for name, parts in asked.items()}


def _statements(provision: Provision) -> Iterator[Statement]:
    """The statement of a sentence, and what follows where it fails."""
    statement: Statement | None = provision.statement
    while statement is not None:
        yield statement
        statement = statement.failing if isinstance(statement, Duty) else None


def _asks(part: object, terms: Terms, covered: dict[str, tuple[Provision, ...]]) -> Iterator[str]:
    """What a part is worked out from; `covered` keeps the sentences of each section that is spoken of."""
    for each in walk(part):
        match each:
            case DeadlineOf(row=row) if row is None or is_row(row):  # that of another entry may be known before
                inside = _inside(each.section, terms, covered)
                yield from (_deadline(one) for one in inside if row is None or one.rows is not None)
            case CapFigure():
                over = [cap for cap in terms.caps if any(covers(one, each.section) for one in cap.sections)]
                yield from (f"the cap of section {cap.section}" for cap in over)
                if each.figure == "excess":
                    capped = dict.fromkeys(section for cap in over for section in cap.sections)
                    yield from (_amount(one) for section in capped for one in _inside(section, terms, covered))
            case Balance() if each.purpose != each.part:
                yield f"what is held in the {each.fund}"
            case Defined(name=name) | Holds(condition=name) | EveryHolds(condition=name):
                yield name
            case FieldOf(field=name) | FieldSum(field=name) | PartOf(field=name) if name in terms.values:
                yield name
            case _:
                pass


def _inside(section: str, terms: Terms, covered: dict[str, tuple[Provision, ...]]) -> tuple[Provision, ...]:
    if section not in covered:
        covered[section] = tuple(each for each in terms.provisions if covers(section, each.cited))
    return covered[section]
