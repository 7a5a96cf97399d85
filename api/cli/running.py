"""`clausula run`: a scenario step by step, with the section behind every outcome."""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from api.agreements import SCENARIO, UNREADABLE, Unusable, place, places, read_each
from api.cli.lists import checklist_lines, day_of, marked, reason_lines, time_of
from api.cli.output import (
    Exit,
    console,
    count,
    leave,
    mark,
    plain,
    print_diagnostics,
    print_failures,
    show_receipt,
    table,
    write_json,
)  # fmt: skip
from api.cli.shelf import Shelf, runnable, scenario_named, shelf
from api.cli.step_json import step_json
from api.cli.steps import Balance, Step, account_name, steps_of
from api.receipt import receipt_of
from dsl.diagnostics import nearest
from dsl.engine import in_force
from dsl.events import Acted, Malformed, Refused
from dsl.explain import render_malformed
from dsl.scenarios import Failure, Run
from dsl.views import norms


def run(scenario: str, agreement: str, only: str, pause: bool, as_json: bool, every: bool) -> None:
    """Play a scenario for somebody who watches."""
    fine = True
    out = console()
    for found, name in _chosen(scenario, agreement, only):
        played = found.play(name)
        steps = steps_of(found.agreement, played)
        fine = fine and not played.failures
        zone = ZoneInfo(found.agreement.terms.zone)
        if as_json:
            for step in steps:
                receipt = plain(receipt_of(found.agreement, step.state))
                write_json({"scenario": name, **step_json(step), "receipt": receipt}, lines=True)
        else:
            _show(out, found, played, steps, zone, pause, every)
    leave(Exit.FINE if fine else Exit.NOT_AS_IT_SHOULD_BE)


# ------------------------------------------------------------------ choosing


def _chosen(scenario: str, agreement: str, only: str) -> list[tuple[Shelf, str]]:
    """The scenarios of a file, or the one of this name."""
    path = Path(scenario)
    if path.suffix == SCENARIO or path.exists():
        return _of_file(path, agreement, only)
    if only:
        raise Unusable("--only chooses among the scenarios of a file.", "Give the file, or the name alone.")
    if agreement:
        found = runnable(agreement)
        return [(found, scenario_named(found, scenario))]
    shelves = [each for each in map(shelf, read_each(places())) if each is not None]
    holding = []
    for each in shelves:
        with suppress(Unusable):
            holding.append((each, scenario_named(each, scenario)))
    exact = [(each, name) for each, name in holding if name.casefold() == scenario.casefold()]
    best = exact or holding
    if len(best) > 1:
        names = ", ".join(each.read.place.name for each, _ in best)
        raise Unusable(f'Several agreements have a scenario "{scenario}": {names}.', "Say which with --agreement.")
    if not best:
        every = [name for each in shelves for name in each.book.scenarios]
        meant = nearest(scenario, every)
        advice = f'Did you mean "{meant}"?' if meant else _ELSEWHERE
        raise Unusable(f'There is no file and no scenario "{scenario}".', advice)
    return best


_ELSEWHERE = "`clausula test` lists the names of all scenarios; for an agreement that lies elsewhere, name it with -a."


def _of_file(path: Path, agreement: str, only: str) -> list[tuple[Shelf, str]]:
    if path.suffix != SCENARIO or not path.is_file():
        advice = f"Give a file that ends in {SCENARIO}, or the name of a scenario in quotation marks."
        raise Unusable(f"{path} is no scenario file." if path.exists() else f"There is no file {path}.", advice)
    home = place(path).clause
    if agreement and place(agreement).clause.resolve() != home.resolve():
        advice = "Leave --agreement out: a file belongs to the agreement in whose folder it lies."
        raise Unusable(f"{path} is no scenario of `{agreement}`, but of {home}.", advice)
    found = runnable(str(home))
    out = console(stderr=True)
    mine = [(fault, source) for fault, source in found.faults if Path(source.name).resolve() == path.resolve()]
    for fault, source in mine:
        if fault.rule == UNREADABLE:
            raise Unusable(fault.explanation, fault.hint)
        print_diagnostics(out, (fault,), source)
    if mine:
        leave(Exit.NOT_AS_IT_SHOULD_BE)
    names = [name for name, file in found.files.items() if file.resolve() == path.resolve()]
    if not names:
        raise Unusable(f"{path} holds no scenario.", 'A scenario begins with `Scenario "Its name":`.')
    chosen = [name for name in names if only.casefold() in name.casefold()]
    if not chosen:
        listed = ", ".join(f'"{name}"' for name in names)
        raise Unusable(f'{path} has no scenario with "{only}" in its name.', f"It has {listed}.")
    return [(found, name) for name in chosen]


# ------------------------------------------------------------------- showing


def _show(
    out: Console, found: Shelf, played: Run, steps: tuple[Step, ...], zone: ZoneInfo, pause: bool, every: bool
) -> None:
    out.print(Text.assemble((found.agreement.terms.title, "bold"), "  ", (played.source.name, "dim")), soft_wrap=True)
    out.print(Text.assemble("Scenario ", (f'"{played.name}"', "bold")))
    if played.cites:
        out.print(Text(f"about {_sections(played.cites)}", "dim"))
    day = ""
    folded = () if every else tuple(step for step in steps if step.inherited)
    for step in steps:
        today = day_of(step.at, zone)
        if today != day:
            out.print(Padding(Rule(Text(today, "bold"), style="dim", align="left"), (1, 0, 0, 0)))
            day = today
        if step in folded:
            out.print(_line(step, zone))
        else:
            out.print()
            out.print(_framed(step, zone, Group(*_body(step, zone))))
        if step.failures:
            out.print()
            print_failures(out, step.failures, indent=12)
        if pause and step not in folded and step is not steps[-1]:
            _wait(out)
    out.print()
    print_failures(out, _elsewhere(played, steps))
    _show_end(out, found, played, steps, zone)


def _elsewhere(played: Run, steps: tuple[Step, ...]) -> tuple[Failure, ...]:
    """What is wrong with no step in particular, or with one that could not be played at all."""
    shown = [failure for step in steps for failure in step.failures]
    return tuple(each for each in played.failures if each not in shown)


def _wait(out: Console) -> None:
    """Until somebody presses Enter; where nobody can, at once."""
    if sys.stdin is None:
        return
    with suppress(EOFError):
        out.input(Text("      Enter goes on", "dim"))


def _sections(numbers: tuple[str, ...]) -> str:
    word = "section" if len(numbers) == 1 else "sections"
    return f"{word} {', '.join(numbers)}"


def _framed(step: Step, zone: ZoneInfo, body: RenderableType) -> Table:
    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=3, justify="right")
    row.add_column(width=5)
    row.add_column()
    row.add_row(Text(str(step.number), "dim"), Text(time_of(step.at, zone), "cyan"), body)
    return row


def _line(step: Step, zone: ZoneInfo) -> Table:
    """A step of the scenario that this one continues, on one line."""
    words = Text(step.words, "dim", no_wrap=True, overflow="ellipsis")
    return _framed(step, zone, marked(_sign(step), words) if step.answer is not None else words)


def _sign(step: Step) -> tuple[str, str]:
    return mark(isinstance(step.answer, Acted))


def _body(step: Step, zone: ZoneInfo) -> Iterator[RenderableType]:
    actor, colon, deed = step.words.partition(": ")
    yield Text.assemble((actor + colon, "bold"), deed) if colon else Text(step.words, "bold")
    if step.recorded:
        yield Text(step.recorded, "yellow")
    yield from _answer(step)
    yield from _papers(step)
    for checklist in step.checklists:
        yield from checklist_lines(checklist, step.news)
    yield from _consequences(step, zone)
    if step.movements:
        yield _money(step)
    for expected in step.expected:
        yield marked(mark(expected.met), Text(expected.text, "dim" if expected.met else "bold red"))


def _answer(step: Step) -> Iterator[RenderableType]:
    match step.answer:
        case Acted(section=section):
            under = f" under section {section}" if section else ""
            yield marked(_sign(step), Text(f"accepted{under}", "green"))
        case Refused(section=section, summary=summary, reasons=reasons):
            under = f" under section {section}" if section else ""
            yield marked(_sign(step), Text.assemble((f"refused{under}", "bold red"), f": {summary}"))
            for reason in reasons:
                yield from reason_lines(reason, 1)
        case Malformed():
            yield marked(_sign(step), Text(render_malformed(step.answer), "bold red"))
        case None:
            pass


_CLAUSE = re.compile(r"(when|while|for each|all of|any of|at least|none of)\b", re.IGNORECASE)
"""A cause that is a whole sentence of the agreement: its section says as much."""


def _papers(step: Step) -> Iterator[RenderableType]:
    """Who has still to sign."""
    for paper in step.papers:
        what = paper.names[0] if len(paper.names) == 1 else f"{len(paper.names)} papers"
        missing = f"still to be signed by {', '.join(paper.missing)}" if paper.missing else "signed by everybody"
        yield marked(("→", "blue"), Text(f"{what}: {missing}"))


def _consequences(step: Step, zone: ZoneInfo) -> Iterator[RenderableType]:
    """What the agreement itself made of it, and what the time that passed brought."""
    for change in step.changes:
        earlier = f"{day_of(change.at, zone)} {time_of(change.at, zone)}  " if change.at < step.at else ""
        cause = f"  ({change.cause})" if change.cause and not _CLAUSE.match(change.cause) else ""
        text = Text.assemble((earlier, "dim"), (f"{change.section}  ", "cyan"), change.text, (cause, "dim"))
        yield marked(("→", "blue"), text)


def _money(step: Step) -> RenderableType:
    moves = [
        marked(("→", "blue"), Text.assemble((str(each.amount), "bold"), f"  {_way(each.source, each.target)}"))
        for each in step.movements
    ]
    return Padding(Group(*moves, Text(), _balances(step.balances)), (1, 0, 1, 0))


def _way(source: str, target: str) -> str:
    return f"{account_name(source)} → {account_name(target)}"


def _balances(balances: tuple[Balance, ...]) -> Table:
    shown = table("Account", "Before", "After", right=("Before", "After"))
    for each in balances:
        shown.add_row(each.account, Text(str(each.before), "dim"), Text(str(each.after), "bold"))
    return shown


def _show_end(out: Console, found: Shelf, played: Run, steps: tuple[Step, ...], zone: ZoneInfo) -> None:
    out.print(Rule(Text("How it stands at the end", "bold"), style="dim", align="left"))
    if played.history is not None:
        state = played.history.state
        law = in_force(found.agreement, state)
        held = table("Account", "Balance", right=("Balance",))
        for key, amount in state.balances.items():
            held.add_row(account_name(key.removesuffix(f" {amount.unit}")), str(amount))
        if state.balances:
            out.print(held)
            out.print()
        shown = table("Section", "Who", "What", "Status")
        for norm in norms(law, state):
            about = f' ("{norm.about}")' if norm.about else ""
            status = Text(norm.status, _STATUS.get(norm.status, ""))
            shown.add_row(Text(norm.section, "cyan"), " and ".join(norm.bearers), f"{norm.modality}{about}", status)
        out.print(shown)
        out.print()
        if state.terminated is not None:
            when = f"{day_of(state.terminated, zone)} {time_of(state.terminated, zone)}"
            out.print(Text(f"The agreement ended on {when} under section {state.terminated_by}."))
    told = f"{count(len(steps), 'step')}, everything as expected" if not played.failures else ""
    out.print(Text(told or f"{count(len(played.failures), 'expectation')} not met", mark(not played.failures)[1]))
    if played.history is not None:
        show_receipt(out, receipt_of(found.agreement, played.history.state))


_STATUS = {
    "active": "yellow", "overdue": "bold red", "suspended": "magenta", "fulfilled": "green", "fulfilled late": "green",
}  # fmt: skip
