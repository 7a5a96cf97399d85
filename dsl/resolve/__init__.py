"""Syntax in, terms out: every name resolved, every amount, date and unit typed, and every mistake told at once.

The steps run in the order in which meanings stand on each other: all names first, then people, paper and funds, then
values and conditions each after those they speak of, and the sentences of every clause last. Nothing stops at a
mistake: a stand-in of unknown type takes the place of what could not be made out, and never leaves this package.

The smaller functions read a question, an act or a piece of content about terms that are resolved already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dsl import syntax
from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve import acts, conditions, contents, definitions, kinds, values, who
from dsl.resolve.assembled import Said, assembled
from dsl.resolve.clauses import binding
from dsl.resolve.declared import declare
from dsl.resolve.header import calendar, header
from dsl.resolve.known import names_of
from dsl.resolve.names import Names
from dsl.resolve.order import in_order
from dsl.resolve.scope import Scope
from dsl.source import Source
from dsl.terms import Act, Condition, Content, Terms, Type, Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The terms of an agreement, or None if any diagnostic is an error."""

    terms: Terms | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A resolved part, or None if any diagnostic is an error."""

    term: T | None
    diagnostics: tuple[Diagnostic, ...]


def resolve(tree: syntax.Agreement, source: Source) -> Resolved:
    """The terms of an agreement."""
    names = Names()
    scope = Scope(names, source, [])
    said = header(tree.headers, scope)
    defined = declare(tree, scope)
    who.parties(defined, scope)
    kinds.collections(defined, scope)
    kinds.kinds(defined, scope)
    definitions.funds(defined, scope)
    definitions.subjects(defined, scope)
    order = in_order(tree, defined, scope)
    named_conditions, named_values = definitions.meanings(order, defined, scope)
    found = binding(tree, scope)
    said_by = Said(said, calendar(tree.headers, scope), named_conditions, named_values)
    diagnostics = tuple(scope.found)
    if _has_error(diagnostics):
        return Resolved(None, diagnostics)
    return Resolved(assembled(tree, scope, said_by, found), diagnostics)


def resolve_condition(tree: syntax.Condition, terms: Terms, source: Source, section: str = "") -> Read[Condition]:
    """A question about an agreement."""
    return _read(lambda scope: conditions.condition(tree, scope), terms, source, section)


def resolve_act(tree: syntax.Act, terms: Terms, source: Source, section: str = "") -> Read[Act]:
    """An act that somebody may be asked about."""
    return _read(lambda scope: acts.act(tree, scope), terms, source, section)


def resolve_value(tree: syntax.Value, terms: Terms, source: Source, section: str = "") -> Read[Value]:
    """A value that a question asks for."""
    return _read(lambda scope: values.value(tree, scope).value, terms, source, section)


def resolve_content(type_: Type, tree: syntax.Content, terms: Terms, source: Source) -> Read[Content]:
    """What somebody states for a field or a blank of a type; an entry is stated by its name, as text."""
    return _read(lambda scope: contents.known(tree, type_, scope), terms, source, "")


def _read(reading: Callable[[Scope], T], terms: Terms, source: Source, section: str) -> Read[T]:
    scope = Scope(names_of(terms), source, [], section, asked=True)
    term = reading(scope)
    return Read(None if _has_error(tuple(scope.found)) else term, tuple(scope.found))


def _has_error(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(each.severity is Severity.ERROR for each in diagnostics)
