"""Text in, an agreement that is ready to compile out: parse, resolve, check, accept, in this order, never raising.

A mistake of grammar hides what follows it, so it is told alone; all later mistakes of a text are told together. Where
there are some, the rules look at the sentences that have none.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from dsl import syntax
from dsl.accept import IN_VAIN, accept
from dsl.amend import amended_text, quoted
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Diagnostic, Severity
from dsl.parse import parse_agreement
from dsl.resolve import resolve
from dsl.rules import check
from dsl.source import Piece, Source, Span
from dsl.successors import succeeding
from dsl.terms import Terms

AMENDED = "amendment"
"""What an agreement is called that is read again with clauses replaced."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An agreement, or None if any diagnostic is an error; open points and warnings come beside it."""

    agreement: Terms | None
    source: Source
    diagnostics: tuple[Diagnostic, ...]


@lru_cache(maxsize=32)
def load(text: str, name: str = "agreement.clause", pieces: tuple[Piece, ...] = ()) -> Loaded:
    """Read an agreement and say all that is wrong or open in it; `pieces` are the files it was put together from."""
    source = Source(name, text, pieces)
    parsed = parse_agreement(source)
    if parsed.syntax is None:
        return Loaded(None, source, parsed.diagnostics)
    resolved = resolve(parsed.syntax, source)
    diagnostics = resolved.diagnostics
    if resolved.terms is None:
        rest = _readable_rest(parsed.syntax, source, diagnostics)
        found = accept(rest, check(rest, whole=False)) if rest is not None else ()
        diagnostics += tuple(each for each in found if each.rule != IN_VAIN)
    else:
        diagnostics += check(resolved.terms)
        made = compile_terms(resolved.terms)
        diagnostics += (made,) if isinstance(made, Diagnostic) else ()
        diagnostics = accept(resolved.terms, diagnostics)
    broken = any(each.severity is Severity.ERROR for each in diagnostics)
    in_order = tuple(sorted(diagnostics, key=lambda each: each.span))
    return Loaded(None if broken else resolved.terms, source, in_order)


_ROUNDS = 12
"""How often sentences are left out because they speak of what another one was to define."""

_LONGEST = 200_000
"""Of a text of more characters, the mistakes that are told have to be mended first."""


def _readable_rest(tree: syntax.Agreement, source: Source, diagnostics: tuple[Diagnostic, ...]) -> Terms | None:
    """The terms of an agreement without the sentences that have mistakes, so that the others are checked as well."""
    for _ in range(_ROUNDS if len(source.text) <= _LONGEST else 0):
        wrong = tuple(each.span for each in diagnostics if each.severity is Severity.ERROR)
        kept = (_without(each, wrong) for each in tree.headings)
        headings = tuple(each for each in kept if each is not None)
        if headings == tree.headings:
            return None
        tree = replace(tree, headings=headings)
        resolved = resolve(tree, source)
        if resolved.terms is not None:
            return resolved.terms
        diagnostics = resolved.diagnostics
    return None


def _without(heading: syntax.Heading, wrong: tuple[Span, ...]) -> syntax.Heading | None:
    """A heading without the edges and sentences in which something is wrong; None if nothing of a clause is left."""
    if not isinstance(heading, syntax.Clause):
        return heading
    if _has_any(heading.section.span, wrong):
        return None
    edges = tuple(each for each in heading.edges if not _has_any(each.span, wrong))
    sentences = tuple(each for each in heading.sentences if not _has_any(each.span, wrong))
    return replace(heading, edges=edges, sentences=sentences)


def _has_any(span: Span, inside: tuple[Span, ...]) -> bool:
    return any(span.start <= each.start < span.end for each in inside)


def load_clauses(clauses: str, base: Terms, name: str = AMENDED) -> Loaded:
    """The agreement with clauses replaced and added, read again as a whole; what is wrong in them is told first."""
    text = amended_text(base.text, clauses, name)
    if isinstance(text, str):
        return load(text, name)
    return Loaded(None, Source(name, quoted(clauses)), text)


def amended(agreement: Agreement, enacted: tuple[str, ...]) -> Agreement:
    """The agreement with the clauses of its amendments in place, in the order in which they took effect.

    Clauses with which the agreement could not be read change nothing. A sentence that takes the place of another has
    its key.
    """
    for clauses in enacted:
        agreement = _amended(agreement.terms, clauses) or agreement
    return agreement


@lru_cache(maxsize=64)
def _amended(before: Terms, clauses: str) -> Agreement | None:
    """The agreement with the clauses of one amendment in place, or None if it cannot be read so; it has been read
    before it took effect."""
    text = amended_text(before.text, clauses)
    terms = load(text, AMENDED).agreement if isinstance(text, str) else None
    made = compile_terms(succeeding(terms, before)) if terms is not None else None
    return made if isinstance(made, Agreement) else None
