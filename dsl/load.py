"""Text in, an agreement that is ready to compile out: parse, resolve, check, accept, in this order, never raising.

A mistake of grammar hides what follows it, so it is told alone; all later mistakes of a text are told together.
"""

from dataclasses import dataclass
from functools import lru_cache

from dsl.accept import accept
from dsl.amend import amended_text, quoted
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Diagnostic, Severity
from dsl.parse import parse_agreement
from dsl.resolve import resolve
from dsl.rules import check
from dsl.source import Piece, Source
from dsl.terms import Terms


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
    if resolved.terms is not None:
        diagnostics += check(resolved.terms)
        made = compile_terms(resolved.terms)
        diagnostics += (made,) if isinstance(made, Diagnostic) else ()
        diagnostics = accept(resolved.terms, diagnostics)
    broken = any(each.severity is Severity.ERROR for each in diagnostics)
    in_order = tuple(sorted(diagnostics, key=lambda each: each.span))
    return Loaded(None if broken else resolved.terms, source, in_order)


def load_clauses(clauses: str, base: Terms, name: str = "amendment") -> Loaded:
    """The agreement with clauses replaced and added, read again as a whole; what is wrong in them is told first."""
    text = amended_text(base.text, clauses, name)
    if isinstance(text, str):
        return load(text, name)
    return Loaded(None, Source(name, quoted(clauses)), text)


def amended(agreement: Agreement, enacted: tuple[str, ...]) -> Agreement:
    """The agreement with the clauses of its amendments in place, in the order in which they took effect.

    Clauses with which the agreement could not be read change nothing.
    """
    for clauses in enacted:
        agreement = _amended(agreement.terms.text, clauses) or agreement
    return agreement


@lru_cache(maxsize=64)
def _amended(text: str, clauses: str) -> Agreement | None:
    """The agreement of a text with one amendment in place, or None if it cannot be read."""
    changed = amended_text(text, clauses)
    terms = load(changed).agreement if isinstance(changed, str) else None
    made = compile_terms(terms) if terms is not None else None
    return made if isinstance(made, Agreement) else None
