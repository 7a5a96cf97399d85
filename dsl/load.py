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
    if resolved.terms is not None:
        diagnostics += check(resolved.terms)
        made = compile_terms(resolved.terms)
        diagnostics += (made,) if isinstance(made, Diagnostic) else ()
        diagnostics = accept(resolved.terms, diagnostics)
    broken = any(each.severity is Severity.ERROR for each in diagnostics)
    in_order = tuple(sorted(diagnostics, key=lambda each: each.span))
    return Loaded(None if broken else resolved.terms, source, in_order)


def load_clauses(clauses: str, base: Terms, name: str = AMENDED) -> Loaded:
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
        changed = amended_text(agreement.terms.text, clauses)
        agreement = (_amended(changed) if isinstance(changed, str) else None) or agreement
    return agreement


@lru_cache(maxsize=64)
def _amended(text: str) -> Agreement | None:
    """The agreement of an amended text, or None if it cannot be read; it has been read before it took effect."""
    terms = load(text, AMENDED).agreement
    made = compile_terms(terms) if terms is not None else None
    return made if isinstance(made, Agreement) else None
