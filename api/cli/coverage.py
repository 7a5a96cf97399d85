"""`clausula coverage`: does every section of the source have a clause?"""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from api.agreements import SECTIONS, Place, places, read_each, source_sections
from api.cli.output import console, count, ending, leave, print_diagnostics, table, write_json
from dsl.compile import Agreement
from dsl.coverage import SectionRow, sections
from dsl.diagnostics import Diagnostic

CATEGORIES = ("operative", "protective", "interpretive", "boilerplate", "not encoded")
_STYLES = {"operative": "green", "protective": "blue", "not encoded": "yellow", "missing": "bold red"}


@dataclass(frozen=True, slots=True)
class Covered:
    """An agreement held against its source; `listed` is False where there is no list of the source's sections."""

    place: Place
    title: str
    listed: bool
    has_source: bool
    rows: tuple[SectionRow, ...]

    @property
    def in_source(self) -> tuple[SectionRow, ...]:
        """The sections of the source."""
        return tuple(each for each in self.rows if each.in_source)

    @property
    def missing(self) -> tuple[str, ...]:
        """The sections of the source that have no clause."""
        return tuple(each.section for each in self.rows if each.category == "missing")

    @property
    def percent(self) -> int:
        """How much of the source has a clause; 100 only if all of it has."""
        total = len(self.in_source)
        return 100 * (total - len(self.missing)) // total if total else 0

    @property
    def whole(self) -> bool:
        """Nothing is missing: neither a section, nor the list of an agreement that was made from a source."""
        return not self.missing and (self.listed or not self.has_source)

    def by_category(self) -> dict[str, int]:
        """How many clauses there are of each kind."""
        found = Counter(each.category for each in self.rows)
        return {category: found[category] for category in CATEGORIES}


def covered(place: Place, agreement: Agreement) -> Covered:
    """Hold an agreement against the list of the sections of its source."""
    listed = source_sections(place)
    rows = sections(agreement, listed or ())
    return Covered(place, agreement.terms.title, listed is not None, bool(agreement.terms.source), rows)


def coverage(targets: list[str], as_json: bool) -> None:
    """Compare agreements with their sources."""
    out = console()
    answers: list[dict[str, Any]] = []
    fine = True
    told: list[Diagnostic] = []
    for each in read_each(places(targets)):
        told += each.diagnostics
        if each.agreement is None:
            fine = False
            answers.append({"file": str(each.place.clause), "title": None, "errors": True})
            if not as_json:
                print_diagnostics(out, each.diagnostics, each.source)
            continue
        found = covered(each.place, each.agreement)
        fine = fine and found.whole
        answers.append(_as_json(found))
        if not as_json:
            _show(out, found)
    if as_json:
        write_json({"ok": fine, "agreements": answers})
    leave(ending(fine, told))


def _show(out: Console, found: Covered) -> None:
    out.print(Text.assemble((found.title, "bold"), (f"  {found.place.clause}", "dim")))
    if found.listed:
        there = len(found.in_source) - len(found.missing)
        text = f"{there} of {len(found.in_source)} sections of the source have a clause: {found.percent} %"
        out.print(Text(text, "green" if found.whole else "bold red"))
    elif found.has_source:
        text = f"There is no {SECTIONS} beside it, so it cannot be compared with its source."
        out.print(Text(text, "bold red"))
        out.print(f"Write {SECTIONS} with one section of the source on each line.")
    else:
        out.print("It names no source to compare it with.")
    out.print(" · ".join(f"{number} {category}" for category, number in found.by_category().items()))
    if found.missing:
        out.print(Text(f"Missing: {', '.join(found.missing)}", "bold red"))
    out.print()
    shown = table("Section", "Clause", "Kind")
    for row in found.rows:
        kind = row.category if row.in_source or not found.listed else f"{row.category}, not in the source"
        shown.add_row(Text(row.section, "cyan"), row.title, Text(kind, _STYLES.get(row.category, "")))
    out.print(shown)
    out.print()
    out.print(Text(f"{count(len(found.rows) - len(found.missing), 'clause')} in the file.", "dim"))


def _as_json(found: Covered) -> dict[str, Any]:
    return {
        "file": str(found.place.clause),
        "title": found.title,
        "listed": found.listed,
        "percent": found.percent if found.listed else None,
        "missing": list(found.missing),
        "counts": found.by_category(),
        "sections": [asdict(each) for each in found.rows],
    }
