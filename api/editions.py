"""Clause files in a folder to agreements that are ready to run, each under the name of its folder.

A deal is pinned to the text it was opened with, so a text that has run once can always run again: agreements are
compiled from the text itself, and what was compiled lately is kept at hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import api
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Diagnostic, Severity, render_all
from dsl.load import load

FILE = "agreement.clause"
KEPT = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """An agreement that deals can be opened under, with its very text and what is open or doubtful in it."""

    name: str
    text: str
    agreement: Agreement
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Broken(Exception):
    """A text that is no agreement; `report` says all that is wrong with it."""

    report: str

    def __str__(self) -> str:
        return self.report


@lru_cache(maxsize=KEPT)
def compiled(text: str) -> tuple[Agreement, tuple[Diagnostic, ...]]:
    """The agreement that a text makes, and what is open or doubtful in it."""
    loaded = load(text, FILE)
    if loaded.agreement is None:
        wrong = [each for each in loaded.diagnostics if each.severity is Severity.ERROR]
        raise Broken(render_all(wrong, loaded.source))
    made = compile_terms(loaded.agreement)
    if isinstance(made, Diagnostic):
        raise Broken(render_all([made], loaded.source))
    return made, loaded.diagnostics


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


def read_catalogue(folder: Path) -> Catalogue:
    """Every `NAME/agreement.clause` below a folder."""
    return catalogue_of({path.parent.name: path.read_text(encoding="utf-8") for path in folder.glob(f"*/{FILE}")})


def agreements_folder() -> Path:
    """Where the agreements lie: inside the installed package, or beside it in a checkout."""
    package = Path(api.__path__[0])
    shipped = package / "_agreements"
    return shipped if shipped.is_dir() else package.parent / "agreements"


__all__ = ["Broken", "Catalogue", "Edition", "agreements_folder", "catalogue_of", "compiled", "read_catalogue"]
