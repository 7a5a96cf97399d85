"""Syntax in, text out: the one canonical layout of a clause file, of a scenario file and of their parts.

Two files that say the same thing are written the same way, so that a comparison of two versions shows what
changed and nothing else. Formatting loses nothing: `parse(format(x)) == parse(x)`. Articles are silent in the
language: those of the source are kept, and without a source they are written by one rule, which `layout` states;
`proper` are the names that take none.
"""

from dsl import syntax
from dsl.format import agreement as agreements
from dsl.format import layout, scenarios
from dsl.format.agreement import is_own_name as is_own_name
from dsl.format.agreement import proper_names as proper_names
from dsl.format.layout import NO_NAMES, finished
from dsl.source import Source


def format_agreement(agreement: syntax.Agreement, source: Source | None = None) -> str:
    """A whole clause file; with the text it was read from, in the articles that the writer chose."""
    return finished(agreements.agreement(agreement), proper_names(agreement), source)


def format_library(library: syntax.Library, source: Source | None = None) -> str:
    """A whole file of parts and clauses that agreements take in."""
    return finished(agreements.library(library), proper_names(library), source)


def format_scenarios(file: syntax.ScenarioFile, proper: frozenset[str] = NO_NAMES, source: Source | None = None) -> str:
    """A whole scenario file; `proper` are the `proper_names` of its agreement, needed where there is no source."""
    return finished(scenarios.scenarios(file), proper, source)


def format_attempt(attempt: syntax.Attempt, proper: frozenset[str] = NO_NAMES) -> str:
    """One attempt, from its capital letter to its full stop."""
    return finished(layout.sentence(scenarios.attempt(attempt), 0), proper)
