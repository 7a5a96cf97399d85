"""`clausula test`: does an agreement do what its scenarios promise, and what have they shown of it?"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from api.agreements import SCENARIO, SCENARIOS, Read, Unusable, home
from api.cli.output import (
    console,
    count,
    diagnostic_json,
    ending,
    heading,
    leave,
    mark,
    print_diagnostics,
    print_failures,
    table,
    write_json,
)  # fmt: skip
from api.cli.shelf import Shelf, shelves
from dsl.coverage import Exercise, Exercised, exercise
from dsl.diagnostics import Diagnostic
from dsl.scenarios import Run


@dataclass(frozen=True, slots=True)
class Tested:
    """An agreement with its scenarios played; `shown` only where all of them were."""

    shelf: Shelf
    runs: tuple[Run, ...]
    shown: Exercise | None

    @property
    def fine(self) -> bool:
        """Whether everything was as expected."""
        return not self.shelf.faults and not any(run.failures for run in self.runs)


def played(found: Shelf, only: str = "", files: frozenset[Path] = frozenset()) -> Tested:
    """Play the scenarios of an agreement: all, those with some words in their name, or those of some files."""
    chosen = [
        name
        for name in found.book.scenarios
        if only.casefold() in name.casefold() and (not files or found.files[name].resolve() in files)
    ]
    runs = tuple(found.play(name) for name in chosen)
    everything = len(runs) == len(found.book.scenarios)
    return Tested(found, runs, exercise(found.agreement, runs) if everything and runs else None)


def play_all(targets: list[str], only: str, as_json: bool) -> None:
    """Play scenarios and tell what was not as expected."""
    out = console()
    files = frozenset(path.resolve() for path in map(Path, targets) if path.suffix == SCENARIO)
    fine = True
    answers: list[dict[str, Any]] = []
    told: list[Diagnostic] = []
    total = 0
    looked = shelves(targets)
    _require_scenarios(looked, targets, files)
    for read, found in looked:
        told += read.diagnostics if found is None else (fault for fault, _ in found.faults)
        if found is None:
            fine = False
            answers.append({"file": str(read.place.clause), "errors": len(read.diagnostics)})
            if not as_json:
                print_diagnostics(out, read.diagnostics, read.source)
            continue
        result = played(found, only, files)
        fine = fine and result.fine
        total += len(result.runs)
        answers.append(_as_json(result))
        if not as_json and (result.runs or found.faults or not only):
            _show(out, result)
    fine = fine and (total > 0 or not only)
    if as_json:
        write_json({"ok": fine, "agreements": answers})
    elif only and not total:
        out.print(Text(f'No scenario has "{only}" in its name.', "bold red"))
    leave(ending(fine, told))


def _require_scenarios(
    looked: tuple[tuple[Read, Shelf | None], ...], targets: list[str], files: frozenset[Path]
) -> None:
    """A promise that is not there is not kept: nothing to play is a mistake of whoever asks."""
    shelved = [found for _, found in looked if found is not None]
    holding = {path.resolve() for found in shelved for path in found.files.values()}
    broken = {Path(source.name).resolve() for found in shelved for _, source in found.faults}
    for path in sorted(files - holding - broken):
        if len(shelved) == len(looked):
            shown = next(each for each in targets if Path(each).resolve() == path)
            raise Unusable(f"{shown} holds no scenario.", 'A scenario begins with `Scenario "Its name":`.')
    if len(shelved) == len(looked) and not (holding or broken):
        where = ", ".join(targets) or str(home())
        raise Unusable(
            f"There is no scenario in {where}.",
            f"Scenarios lie in a folder `{SCENARIOS}` beside the clause file, in files that end in {SCENARIO}.",
        )


# ------------------------------------------------------------------- showing


def _show(out: Console, result: Tested) -> None:
    place = result.shelf.read.place
    out.print(Text.assemble((result.shelf.agreement.terms.title, "bold"), (f"  {place.clause}", "dim")))
    for diagnostic, source in result.shelf.faults:
        print_diagnostics(out, (diagnostic,), source)
    for run in result.runs:
        _show_run(out, run)
    bad = sum(bool(run.failures) for run in result.runs)
    good = len(result.runs) - bad
    out.print()
    told = f"{count(len(result.runs), 'scenario')}: {good} as expected" + (f", {bad} not" if bad else "")
    out.print(Text(told, "bold green" if result.fine else "bold red"))
    out.print()
    if result.shown is not None:
        _show_table(out, result.shelf, "operative clauses", result.shown.clauses)
        _show_table(out, result.shelf, "list items", result.shown.items)


def _show_run(out: Console, run: Run) -> None:
    steps = sum(not each.expects for each in run.played)
    out.print(Text.assemble("  ", mark(not run.failures), f" {run.name}", (f"  {count(steps, 'step')}", "dim")))
    if run.failures:
        out.print()
        print_failures(out, run.failures, indent=4)


def _show_table(out: Console, found: Shelf, what: str, rows: tuple[Exercised, ...]) -> None:
    if not rows:
        return
    both = sum(each.both for each in rows)
    out.print(heading(f"{both} of {len(rows)} {what} were seen both ways"))
    clauses = found.agreement.terms.clauses
    shown = table("Section", "", "Met", "Not met")
    for each in rows:
        clause = clauses.get(each.section)
        title = clause.title if clause is not None else ""
        shown.add_row(Text(each.section, "cyan"), title, _seen(each.met), _seen(each.unmet))
    out.print(shown)
    out.print()


def _seen(seen: bool) -> Text:
    return Text("yes", "green") if seen else Text("never", "yellow")


# ------------------------------------------------------------------ machines


def _as_json(result: Tested) -> dict[str, Any]:
    return {
        "file": str(result.shelf.read.place.clause),
        "title": result.shelf.agreement.terms.title,
        "faults": [diagnostic_json(each, source) for each, source in result.shelf.faults],
        "scenarios": [
            {
                "name": run.name,
                "file": run.source.name,
                "ok": not run.failures,
                "steps": sum(not each.expects for each in run.played),
                "cites": list(run.cites),
                "failures": [diagnostic_json(each.diagnostic, each.source) for each in run.failures],
            }
            for run in result.runs
        ],
        "clauses": _exercised(result.shown.clauses) if result.shown is not None else None,
        "items": _exercised(result.shown.items) if result.shown is not None else None,
    }


def _exercised(rows: tuple[Exercised, ...]) -> list[dict[str, Any]]:
    return [asdict(each) for each in rows]
