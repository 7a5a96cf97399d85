"""Agreements on disk: a path or a name in, the folder it stands for and what is read from it out.

An agreement is a folder with a clause file, its scenarios and the list of the sections of its source:

    agreements/funds_escrow/
      agreement.clause
      sections.txt
      scenarios/closing.scenario

A clause file may use others, below the folder that holds the folders of agreements: `assembling` puts them together.
Files that several agreements share lie in a folder `library` there, which is no agreement itself.

What cannot be found or read is raised as `Unusable`, said so that whoever asked knows what to do next. What is wrong
*in* an agreement is not raised: it is returned beside what was read, as diagnostics.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import api
from api.assembling import CLAUSE as CLAUSE
from api.assembling import Assembled, Used, assemble, is_library, library_digest
from api.editions import MAIN, Catalogue, catalogue_of, compile_text
from api.files import Unusable as Unusable
from api.files import read_text as read_text
from dsl.compile import Agreement
from dsl.diagnostics import Diagnostic, nearest
from dsl.source import NOWHERE, Source, Span

SCENARIO = ".scenario"
SECTIONS = "sections.txt"
SOURCES = "sources.md"
"""Where the figures of an agreement come from, for readers."""
SCENARIOS = "scenarios"
LIBRARY = "library"
"""The folder beside the agreements that holds what they share."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agreement lies: its clause file, its scenario files and the list of sections, if it has one."""

    name: str
    clause: Path
    scenarios: tuple[Path, ...]
    sections: Path | None


@dataclass(frozen=True, slots=True)
class Read:
    """An agreement that was read: None if any diagnostic is an error."""

    place: Place
    source: Source
    agreement: Agreement | None
    diagnostics: tuple[Diagnostic, ...]
    used: tuple[Used, ...] = ()


# ------------------------------------------------------------------- finding


def shipped() -> Path:
    """The agreements that come with Clausula: inside the installed package, or at the top of a checkout."""
    package = Path(api.__path__[0])
    inside = package / "_agreements"
    return inside if inside.is_dir() else package.parent / "agreements"


def home() -> Path:
    """Where agreements are looked for when nobody says: `agreements` in the current folder, else the shipped ones."""
    here = Path("agreements")
    return here if here.is_dir() else shipped()


def places(targets: Iterable[str | Path] = ()) -> tuple[Place, ...]:
    """The agreements that some paths or names stand for, each once; with no targets, those of `home`."""
    found: dict[Path, Place] = {}
    for target in tuple(targets) or (home(),):
        for place in _at(target):
            found.setdefault(place.clause.resolve(), place)
    return tuple(found.values())


def place(target: str | Path) -> Place:
    """The one agreement that a path or a name stands for."""
    found = places((target,))
    if len(found) > 1:
        names = ", ".join(each.name for each in found)
        raise Unusable(f"{target} holds {len(found)} agreements: {names}.", "Name one of them.")
    return found[0]


def _at(target: str | Path) -> tuple[Place, ...]:
    path = Path(target)
    if path.is_dir():
        return _in_folder(path)
    if path.is_file():
        return (_of_file(path),)
    return _named(str(target))


def _named(name: str) -> tuple[Place, ...]:
    """The agreement whose folder has this name."""
    known = {each.name: each for each in _below(home())}
    if name in known:
        return (known[name],)
    meant = nearest(name, known)
    hint = f"Did you mean `{meant}`?" if meant else ""
    listed = f"The agreements in {home()} are {', '.join(known)}." if known else ""
    advice = hint or listed or "Give the path of a folder that holds a clause file."
    raise Unusable(f"There is no file, folder or agreement `{name}`.", advice)


def _in_folder(folder: Path) -> tuple[Place, ...]:
    found = _clause_files(folder)
    if found:
        return tuple(_place(each) for each in found)
    below = _below(folder)
    if not below:
        raise Unusable(
            f"There is no agreement in {folder}.",
            f"A folder with an agreement holds a file {MAIN}, as {home() / 'funds_escrow'} does.",
        )
    return below


def _below(folder: Path) -> tuple[Place, ...]:
    """The agreements in the folders of a folder."""
    if not folder.is_dir():
        return ()
    inside = (each for each in sorted(folder.iterdir()) if each.is_dir() and each.name != LIBRARY)
    return tuple(_place(each) for inner in inside for each in _clause_files(inner))


def _clause_files(folder: Path) -> tuple[Path, ...]:
    main = folder / MAIN
    return (main,) if main.is_file() else tuple(sorted(each for each in folder.glob(f"*{CLAUSE}") if each.is_file()))


def _of_file(path: Path) -> Place:
    """The agreement that a clause file is, or that a scenario file belongs to."""
    if path.suffix == CLAUSE:
        return _place(path)
    if path.suffix == SCENARIO:
        for folder in (path.parent, path.parent.parent):
            found = _clause_files(folder)
            if found:
                return _place(found[0])
        raise Unusable(f"{path} belongs to no agreement.", f"Put it into a folder `{SCENARIOS}` beside {MAIN}.")
    raise Unusable(f"{path} is not a clause file.", f"A clause file ends in {CLAUSE}, a scenario file in {SCENARIO}.")


def _place(clause: Path) -> Place:
    folder = clause.parent
    scenarios = tuple(sorted(each for each in (folder / SCENARIOS).glob(f"*{SCENARIO}") if each.is_file()))
    sections = folder / SECTIONS
    name = folder.resolve().name if clause.name == MAIN else clause.stem
    return Place(name, clause, scenarios, sections if sections.is_file() else None)


# ------------------------------------------------------------------- reading


def read(place: Place) -> Read:
    """Read an agreement and the files it uses, with all that is wrong in them."""
    whole = assembled(place)
    if whole.diagnostics:
        return Read(place, whole.source, None, whole.diagnostics, whole.used)
    found = compile_text(whole.source.text, whole.source.name, whole.source.pieces)
    return Read(place, found.source, found.agreement, found.diagnostics, whole.used)


def assembled(place: Place) -> Assembled:
    """The text of an agreement with the files it uses in their places."""
    whole = assemble(place.clause)
    if place.clause.name == MAIN or not is_library(whole.source.text):
        return whole
    pinned = f'`Use "{place.clause.name}" with digest "{library_digest(place.clause)}".`'
    told = Diagnostic(
        "Clauses without an agreement",
        Span(0, 0),
        "there is no title",
        "This file holds parts and clauses for agreements to use, and is none itself.",
        f'Write {pinned} in an agreement, with its path from there; or begin here with `Agreement "...".`',
        rule="use",
    )
    return Assembled(whole.source, (told,), whole.used)


UNREADABLE = "unreadable"
"""The rule of the diagnostic about a file that could not be read at all."""


def unreadable(error: Unusable) -> Diagnostic:
    """The same as a diagnostic, so that one bad file is told and the others are gone on with."""
    return Diagnostic("File that cannot be read", NOWHERE, explanation=error.found, hint=error.advice, rule=UNREADABLE)


def read_each(found: tuple[Place, ...]) -> tuple[Read, ...]:
    """Several agreements; one that cannot be read at all is only then raised if there is no other."""
    return (read(found[0]),) if len(found) == 1 else tuple(map(_read_or_told, found))


def _read_or_told(place: Place) -> Read:
    try:
        return read(place)
    except Unusable as error:
        return Read(place, Source(str(place.clause), ""), None, (unreadable(error),))


def read_catalogue(folder: Path) -> Catalogue:
    """The agreements in the folders of a folder, for deals to be opened under; a file that cannot be read is told."""
    found = _below(folder)
    if not found:
        missing = f"There is no folder {folder}." if not folder.is_dir() else f"There is no agreement in {folder}."
        advice = f"Name the folder that holds the folders of agreements, each with a file {MAIN}."
        raise Unusable(missing, advice)
    texts: dict[str, Assembled] = {}
    unreadable: dict[str, str] = {}
    for each in found:
        try:
            texts[each.name] = assembled(each)
        except Unusable as error:
            unreadable[each.name] = f"error: {error.found}\n{error.advice}"
    made = catalogue_of(texts)
    return Catalogue(made.editions, {**made.broken, **unreadable})


def source_sections(place: Place) -> tuple[str, ...] | None:
    """The sections of the source, one a line; lines that begin with `#` are headings. None if there is no list."""
    if place.sections is None:
        return None
    lines = (line.strip() for line in read_text(place.sections).splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
