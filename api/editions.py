"""The texts of agreements in, agreements that are ready to run out, each under its name.

A deal is pinned to the text it was opened with, so a text that has run once can always run again: agreements are
compiled from the text itself, and what was compiled lately is kept at hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from api.assembling import Assembled
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Diagnostic, Severity, render_all
from dsl.load import load
from dsl.source import Piece, Source

MAIN = "agreement.clause"
"""What the clause file of an agreement is called."""
KEPT = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """An agreement that deals can be opened under, with its very text and what is open or doubtful in it."""

    name: str
    text: str
    agreement: Agreement
    diagnostics: tuple[Diagnostic, ...]
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text with what was made of it: no agreement if any diagnostic is an error."""

    source: Source
    agreement: Agreement | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(eq=False)
class Broken(ValueError):
    """A text that is no agreement; `report` says all that is wrong with it."""

    report: str

    def __str__(self) -> str:
        return self.report


def compile_text(text: str, name: str = MAIN, pieces: tuple[Piece, ...] = ()) -> Compiled:
    """What a text makes; readers of its diagnostics know it by the name, or by those of its pieces."""
    loaded = load(text, name, pieces)
    made = compile_terms(loaded.agreement) if loaded.agreement is not None else None
    if isinstance(made, Diagnostic):
        return Compiled(loaded.source, None, (*loaded.diagnostics, made))
    return Compiled(loaded.source, made, loaded.diagnostics)


@lru_cache(maxsize=KEPT)
def compiled(text: str) -> tuple[Agreement, tuple[Diagnostic, ...]]:
    """The agreement that a text makes, and what is open or doubtful in it."""
    found = compile_text(text)
    if found.agreement is None:
        raise Broken(_report(found))
    return found.agreement, found.diagnostics


def _report(found: Compiled) -> str:
    wrong = [each for each in found.diagnostics if each.severity is Severity.ERROR]
    return render_all(wrong, found.source)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The agreements that deals can be opened under; `broken` are those that cannot run, and why."""

    editions: Mapping[str, Edition]
    broken: Mapping[str, str]


def catalogue_of(texts: Mapping[str, str | Assembled]) -> Catalogue:
    """The catalogue of some texts by name."""
    editions: dict[str, Edition] = {}
    broken: dict[str, str] = {}
    for name, found in sorted(texts.items()):
        whole = Assembled(Source(MAIN, found)) if isinstance(found, str) else found
        text, pieces = whole.source.text, whole.source.pieces
        if whole.diagnostics:
            broken[name] = render_all(whole.diagnostics, whole.source)
            continue
        try:
            agreement, diagnostics = compiled(text)
        except Broken as error:
            broken[name] = error.report if not pieces else _report(compile_text(text, MAIN, pieces))
        else:
            editions[name] = Edition(name, text, agreement, diagnostics, pieces)
    return Catalogue(editions, broken)
