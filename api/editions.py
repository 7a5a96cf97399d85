"""The texts of agreements in, agreements that are ready to run out, each under its name.

A deal is pinned to the text it was opened with, so a text that has run once can always run again: agreements are
compiled from the text itself, and what was compiled lately is kept at hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Diagnostic, Severity, render_all
from dsl.load import load
from dsl.source import Source

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


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text with what was made of it: no agreement if any diagnostic is an error."""

    source: Source
    agreement: Agreement | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Broken(Exception):
    """A text that is no agreement; `report` says all that is wrong with it."""

    report: str

    def __str__(self) -> str:
        return self.report


def compile_text(text: str, name: str = MAIN) -> Compiled:
    """What a text makes; readers of its diagnostics know it by the name."""
    loaded = load(text, name)
    made = compile_terms(loaded.agreement) if loaded.agreement is not None else None
    if isinstance(made, Diagnostic):
        return Compiled(loaded.source, None, (*loaded.diagnostics, made))
    return Compiled(loaded.source, made, loaded.diagnostics)


@lru_cache(maxsize=KEPT)
def compiled(text: str) -> tuple[Agreement, tuple[Diagnostic, ...]]:
    """The agreement that a text makes, and what is open or doubtful in it."""
    found = compile_text(text)
    if found.agreement is None:
        wrong = [each for each in found.diagnostics if each.severity is Severity.ERROR]
        raise Broken(render_all(wrong, found.source))
    return found.agreement, found.diagnostics


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The agreements that deals can be opened under; `broken` are those that cannot run, and why."""

    editions: Mapping[str, Edition]
    broken: Mapping[str, str]


def catalogue_of(texts: Mapping[str, str]) -> Catalogue:
    """The catalogue of some texts by name."""
    editions: dict[str, Edition] = {}
    broken: dict[str, str] = {}
    for name, text in sorted(texts.items()):
        try:
            agreement, diagnostics = compiled(text)
        except Broken as error:
            broken[name] = error.report
        else:
            editions[name] = Edition(name, text, agreement, diagnostics)
    return Catalogue(editions, broken)
