"""Agreements on disk: a path or a name in, the folder it stands for and what is read from it out.

An agreement is a folder with a clause file, its scenarios and the list of the sections of its source:

    agreements/funds_escrow/
      agreement.clause
      sections.txt
      scenarios/closing.scenario

What cannot be found or read is raised as `Unusable`, said so that whoever asked knows what to do next. What is wrong
*in* an agreement is not raised: it is returned beside what was read, as diagnostics.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import api
from api.editions import MAIN, Catalogue, catalogue_of, compile_text
from dsl.compile import Agreement
from dsl.diagnostics import Diagnostic, nearest
from dsl.source import NOWHERE, Source

CLAUSE = ".clause"
SCENARIO = ".scenario"
SECTIONS = "sections.txt"
SCENARIOS = "scenarios"
_LARGEST = 4_000_000
"""No agreement is as long as this many bytes; reading a disk image by mistake should not fill the memory."""


class Unusable(Exception):
    """Something outside that cannot be used: what was found, and what to do about it."""

    def __init__(self, found: str, advice: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.advice = advice


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
    return tuple(_place(each) for inner in sorted(folder.iterdir()) if inner.is_dir() for each in _clause_files(inner))


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


def read_text(path: Path) -> str:
    """The text of a file, which must be UTF-8."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Unusable(f"{path} is larger than any agreement.", "Give the path of a text file.")
        data = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {_reason(error)}.", "See that it is there and may be read.") from error
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(
            f"{path} is not UTF-8 text: line {line} holds the byte 0x{data[error.start]:02X}.",
            "Save it as plain text in UTF-8. A word processor's own format cannot be read.",
        ) from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def read(place: Place) -> Read:
    """Read an agreement, with all that is wrong in it."""
    found = compile_text(read_text(place.clause), str(place.clause))
    return Read(place, found.source, found.agreement, found.diagnostics)


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
    texts: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    for each in found:
        try:
            texts[each.name] = read_text(each.clause)
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
