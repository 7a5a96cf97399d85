"""What a clause waits for can come true."""

from collections.abc import Iterator
from itertools import combinations

from dsl.diagnostics import Diagnostic, Severity
from dsl.rules.facts import exclude, needed, never
from dsl.terms import Combined, Condition, Duty, Ensure, Item, Terms

_Context = tuple[Condition, ...]


def impossible_conditions(terms: Terms) -> Iterator[Diagnostic]:
    """A trigger, a filter, a definition or an item of a list that asks for two things which exclude each other.

    Nothing under it can ever happen: a clause, or an alternative, that reads as if it mattered and is dead. A
    comparison of two figures that are written out, and that does not hold, is dead in the same way.
    """
    for section, condition in _conditions(terms):
        yield from _dead(condition, (), section, terms)


def _conditions(terms: Terms) -> Iterator[tuple[str, Condition]]:
    told: set[int] = set()
    for provision in terms.provisions:
        if provision.trigger is not None and provision.trigger.span.start not in told:
            told.add(provision.trigger.span.start)
            yield provision.section, provision.trigger
        chosen = provision.rows.filter if provision.rows is not None else None
        if chosen is not None and chosen.condition.span.start not in told:
            told.add(chosen.condition.span.start)
            yield provision.section, chosen.condition
        if isinstance(provision.statement, Duty) and isinstance(provision.statement.act, Ensure):
            yield provision.section, provision.statement.act.condition
    for named in terms.conditions.values():
        yield named.section, named.condition
    for validity in terms.validities:
        yield validity.section, validity.condition
    for edge in terms.edges:
        if edge.condition is not None:
            yield edge.lower, edge.condition


def _dead(condition: Condition, given: _Context, section: str, terms: Terms) -> Iterator[Diagnostic]:
    """What of a condition can never be true, where something else is so already."""
    mine = needed(condition, terms)
    if any(never(each, terms) for each in mine):
        false = next(each for each in mine if never(each, terms))
        yield _told(condition, section, f"{false.text}: these figures are written out, and it is not so.")
        return
    for first, second in (*combinations(mine, 2), *((outer, each) for outer in given for each in mine)):
        if exclude(first, second, terms):
            yield _told(condition, section, f"It cannot be at one time that {first.text} and that {second.text}.")
            return
    for item in _alternatives(condition):
        yield from _dead(item.condition, (*given, *mine), item.path or section, terms)


def _alternatives(condition: Condition) -> Iterator[Item]:
    """The items of the lists in a condition of which one is enough, without those inside such an item."""
    if isinstance(condition, Combined) and condition.quantifier == "any":
        yield from condition.items
    elif isinstance(condition, Combined) and condition.quantifier == "all":
        for item in condition.items:
            yield from _alternatives(item.condition)


def _told(condition: Condition, section: str, why: str) -> Diagnostic:
    return Diagnostic(
        "This can never be so",
        condition.span,
        "two of its parts exclude each other" if why.startswith("It cannot") else "false from the start",
        why,
        "Correct one of them, or leave out what depends on it.",
        Severity.WARNING,
        section,
    )
