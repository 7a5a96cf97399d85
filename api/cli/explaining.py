"""`clausula explain`: what a section says, and why it stands as it does at a point of a scenario."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from api.agreements import Unusable
from api.cli.lists import day_of, time_of
from api.cli.output import Exit, console, heading, leave, print_reason, reason_json, write_json
from api.cli.shelf import Shelf, runnable, scenario_named
from api.cli.steps import Step, steps_of
from dsl import terms as t
from dsl.compile import Agreement, covers
from dsl.engine import explain, in_force
from dsl.reasons import Reason
from dsl.sections import clause_of, no_section, section_named


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of a scenario: after which of its steps, and when that is."""

    scenario: str
    step: int
    at: datetime


def explain_section(agreement: str, section: str, scenario: str, until: int | None, as_json: bool) -> None:
    """Print a section, and its reasons after a scenario or some of its steps."""
    found = runnable(agreement)
    if until is not None and not scenario:
        raise Unusable("--until needs --scenario.", "Say which scenario the step belongs to.")
    law, moment, reason = found.agreement, None, None
    number = _section(law, section)
    if scenario:
        name = scenario_named(found, scenario)
        step = _step(found, name, until)
        law = in_force(found.agreement, step.state)
        moment = Moment(name, step.number, step.at)
        reason = explain(found.agreement, step.state, number)
    clause = clause_of(law, number)
    assert clause is not None  # noqa: S101 -- there is one, or `_section` has said so
    if as_json:
        write_json(_as_json(law, clause, number, moment, reason))
    else:
        _show(console(), found, law, clause, number, moment, reason)
    leave(Exit.FINE)


def _section(law: Agreement, written: str) -> str:
    number = section_named(law, written)
    if number is None or clause_of(law, number) is None:
        raise Unusable(*no_section(law, written))
    return number


def _step(found: Shelf, name: str, until: int | None) -> Step:
    steps = steps_of(found.agreement, found.play(name))
    if not steps:
        raise Unusable(f'The scenario "{name}" has no steps.', "`clausula test` says what is wrong with it.")
    if until is None:
        return steps[-1]
    if not 1 <= until <= len(steps):
        raise Unusable(f'The scenario "{name}" has no step {until}.', f"Its steps are 1 to {len(steps)}.")
    return steps[until - 1]


# ------------------------------------------------------------------- showing


def _show(
    out: Console,
    found: Shelf,
    law: Agreement,
    clause: t.Clause,
    number: str,
    moment: Moment | None,
    reason: Reason | None,
) -> None:
    out.print(
        Text.assemble((clause.section, "bold cyan"), "  ", (clause.title, "bold"), (f"  {clause.category}", "dim"))
    )
    out.print(Text(" · ".join(each for each in (law.terms.title, clause.part) if each), "dim"))
    out.print()
    for line in clause.text.splitlines():
        out.print(Text(f"  {line}"), soft_wrap=True)
    if moment is None or reason is None:
        _offer(out, found, clause, number)
        return
    zone = ZoneInfo(law.terms.zone)
    when = f"{day_of(moment.at, zone)} {time_of(moment.at, zone)}"
    out.print()
    out.print(heading(f'After step {moment.step} of "{moment.scenario}" ({when})'))
    if reason.children:
        told: set[tuple[Reason, ...]] = set()
        for child in reason.children:
            print_reason(out, replace(child, children=()) if child.children in told else child)
            told.add(child.children)
    else:
        out.print(Text(f"{reason.note[:1].upper()}{reason.note[1:].rstrip('.')}."))


def _offer(out: Console, found: Shelf, clause: t.Clause, number: str) -> None:
    """Where to see it at work."""
    citing = [
        name
        for name, (scenario, _) in found.book.scenarios.items()
        if scenario.citing and any(covers(each.number, clause.section) for each in scenario.citing.sections)
    ]
    if citing:
        out.print()
        out.print(heading("Seen at work in"))
        for name in citing:
            out.print(Text(f"  {name}"))
        command = f"clausula explain {found.read.place.name} '{number}' --scenario '{citing[0]}'"
        out.print(Text(f"\n{command}\nshows how it stands after one of them.", "dim"), soft_wrap=True)


def _as_json(
    law: Agreement, clause: t.Clause, number: str, moment: Moment | None, reason: Reason | None
) -> dict[str, Any]:
    terms = law.terms

    def said(remarks: tuple[t.Remark, ...]) -> list[dict[str, str]]:
        return [{"title": each.title, "text": each.text} for each in remarks if each.section == clause.section]

    return {
        "agreement": terms.title,
        "asked": number,
        "section": clause.section,
        "title": clause.title,
        "part": clause.part,
        "category": clause.category,
        "text": clause.text,
        "open_points": said(terms.open_points),
        "readings": said(terms.readings),
        "scenario": moment.scenario if moment is not None else None,
        "step": moment.step if moment is not None else None,
        "at": moment.at.isoformat() if moment is not None else None,
        "reason": reason_json(reason) if reason is not None else None,
    }
