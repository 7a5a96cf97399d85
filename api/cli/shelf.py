"""Scenario files in, the scenarios of an agreement by name out, with what stops any of them from being read."""

from dataclasses import dataclass
from pathlib import Path

from api.agreements import Read, Unusable, place, places, read, read_each, read_text, unreadable
from api.cli.output import Exit, console, leave, print_diagnostics
from dsl import syntax as s
from dsl.compile import Agreement
from dsl.diagnostics import Diagnostic, nearest
from dsl.parse import parse_scenarios
from dsl.scenarios import Book, Run, play
from dsl.source import Source


@dataclass(frozen=True, slots=True)
class Shelf:
    """An agreement that can run, and its scenarios; `faults` are diagnostics with the text they speak of."""

    read: Read
    agreement: Agreement
    book: Book
    files: dict[str, Path]
    faults: tuple[tuple[Diagnostic, Source], ...]

    def play(self, name: str) -> Run:
        """Play one scenario."""
        return play(self.agreement, *self.book.scenarios[name], self.book)


def shelf(found: Read) -> Shelf | None:
    """The scenarios of an agreement; None if the agreement itself cannot run."""
    if found.agreement is None:
        return None
    scenarios: dict[str, tuple[s.Scenario, Source]] = {}
    files: dict[str, Path] = {}
    faults: list[tuple[Diagnostic, Source]] = []
    for path in found.place.scenarios:
        try:
            source = Source(str(path), read_text(path))
        except Unusable as error:
            faults.append((unreadable(error), Source(str(path), "")))
            continue
        parsed = parse_scenarios(source)
        faults += [(each, source) for each in parsed.diagnostics]
        for scenario in parsed.syntax.scenarios if parsed.syntax is not None else ():
            name = scenario.name.text
            if name in scenarios:
                faults.append((_twice(scenario, files[name]), source))
                continue
            scenarios[name], files[name] = (scenario, source), path
    return Shelf(found, found.agreement, Book(scenarios), files, tuple(faults))


def _twice(scenario: s.Scenario, before: Path) -> Diagnostic:
    return Diagnostic(
        "Scenario named twice",
        scenario.name.span,
        "another scenario has this name",
        f"{before} has a scenario of this name, and others continue scenarios by name.",
        "Give one of them another name.",
        rule="scenario",
    )


def runnable(target: str) -> Shelf:
    """The agreement a path or name stands for, ready to play; what is wrong in it ends the command."""
    known = read(place(target))
    found = shelf(known)
    if found is None:
        print_diagnostics(console(stderr=True), known.diagnostics, known.source)
        leave(Exit.NOT_AS_IT_SHOULD_BE)
    return found


def scenario_named(found: Shelf, name: str) -> str:
    """The scenario of this name, whatever its capitals; or the only one that has these words in its name."""
    names = found.book.scenarios
    exact = [each for each in names if each.casefold() == name.casefold()]
    holding = [each for each in names if name.casefold() in each.casefold()]
    if exact or len(holding) == 1:
        return (exact or holding)[0]
    if holding:
        listed = ", ".join(f'"{each}"' for each in holding)
        raise Unusable(f'"{name}" stands for {len(holding)} scenarios: {listed}.', "Write more of the name.")
    meant = nearest(name, names)
    listed = ", ".join(f'"{each}"' for each in names)
    advice = f'Did you mean "{meant}"?' if meant else f"Its scenarios are {listed}." if names else "It has none yet."
    raise Unusable(f'{found.agreement.terms.title} has no scenario "{name}".', advice)


def shelves(targets: list[str]) -> tuple[tuple[Read, Shelf | None], ...]:
    """Every agreement that some targets stand for, with its scenarios if it can run."""
    return tuple((found, shelf(found)) for found in read_each(places(targets)))
