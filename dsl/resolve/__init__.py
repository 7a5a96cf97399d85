"""Syntax in, terms out: every name resolved, every amount, date and unit typed, and every mistake told at once.

The steps run in the order in which meanings stand on each other: all names first, then people, paper and funds, then
values and conditions each after those they speak of, and the sentences of every clause last. Nothing stops at a
mistake: a stand-in of unknown type takes the place of what could not be made out, and never leaves this package.

The smaller functions read a question, an act or a piece of content about terms that are resolved already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from dsl import syntax
from dsl.actions import Attempt
from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve import acts, attempts, conditions, contents, definitions, kinds, literals, values, who
from dsl.resolve.assembled import Said, assembled
from dsl.resolve.clauses import binding
from dsl.resolve.declared import declare
from dsl.resolve.figures import paid_units
from dsl.resolve.header import calendar, header
from dsl.resolve.known import names_of
from dsl.resolve.names import Names
from dsl.resolve.order import reading_order
from dsl.resolve.scope import Findings, Scope
from dsl.resolve.walk import walk
from dsl.source import Source
from dsl.terms import Act, Condition, Content, Terms, Type, Value

T = TypeVar("T")
Answer = tuple[T | None, tuple[Diagnostic, ...]]
"""A resolved part, or None if any of the diagnostics is an error."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The terms of an agreement, or None if any diagnostic is an error."""

    terms: Terms | None
    diagnostics: tuple[Diagnostic, ...]


def resolve(tree: syntax.Agreement, source: Source) -> Resolved:
    """The terms of an agreement."""
    names = Names()
    scope = Scope(names, source, Findings())
    said = header(tree.headers, scope)
    defined = declare(tree, scope)
    who.parties(defined, scope)
    kinds.collections(defined, scope)
    kinds.kinds(defined, scope)
    definitions.funds(defined, scope)
    definitions.subjects(defined, scope)
    names.paid = paid_units(tree, names)
    order = reading_order(tree, defined, scope)
    named_conditions, named_values = definitions.meanings(order, defined, scope)
    definitions.recurrences(defined, scope)
    definitions.bounds(defined, scope)
    found = binding(tree, scope)
    said_by = Said(said, calendar(tree.headers, scope), named_conditions, named_values)
    diagnostics = scope.found.all()
    if _has_error(diagnostics):
        return Resolved(None, diagnostics)
    return Resolved(assembled(tree, scope, said_by, found), diagnostics)


def resolve_attempt(tree: syntax.Attempt, terms: Terms, source: Source) -> Answer[Attempt]:
    """What somebody tries to do."""
    return _read(lambda scope: attempts.attempt(tree, scope), terms, source)


def resolve_condition(tree: syntax.Condition, terms: Terms, source: Source, section: str = "") -> Answer[Condition]:
    """A question about an agreement."""
    return _read(lambda scope: conditions.condition(tree, scope), terms, source, section)


def resolve_act(tree: syntax.Act, terms: Terms, source: Source, section: str = "") -> Answer[Act]:
    """An act that somebody may be asked about."""
    return _read(lambda scope: acts.act(tree, scope), terms, source, section)


def resolve_value(tree: syntax.Value, terms: Terms, source: Source, section: str = "") -> Answer[Value]:
    """A value that a question asks for."""
    return _read(lambda scope: values.value(tree, scope).value, terms, source, section)


def resolve_content(tree: syntax.Content | None, type_: Type, terms: Terms, source: Source) -> Answer[Content]:
    """What somebody states for a field or a blank of a type (nothing states yes); an entry is stated by its name."""
    return _read(lambda scope: contents.known(tree, type_, scope), terms, source)


def resolve_instant(tree: syntax.InstantLiteral, terms: Terms) -> datetime:
    """The instant of a time and a day in the agreement's zone; `impossible_times` says whether there is one."""
    return literals.instant(tree, Scope(Names(zone=terms.zone), Source("", ""), Findings(), asked=True))


def impossible_times(tree: syntax.Node, terms: Terms, source: Source) -> tuple[Diagnostic, ...]:
    """Every date or time in a text that no calendar or clock has."""
    scope = Scope(names_of(terms), source, Findings(), asked=True)
    for each in walk(tree):
        if isinstance(each, syntax.DateLiteral | syntax.InstantLiteral):
            literals.literal(each, scope)
    return scope.found.all()


def _read(reading: Callable[[Scope], T], terms: Terms, source: Source, section: str = "") -> Answer[T]:
    scope = Scope(names_of(terms), source, Findings(), section, asked=True)
    term = reading(scope)
    return (None if _has_error(scope.found.all()) else term), scope.found.all()


def _has_error(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(each.severity is Severity.ERROR for each in diagnostics)
