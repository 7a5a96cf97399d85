"""`clausula explain`: what a section says, and why it stands as it does at a point of a scenario."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from api.agreements import Unusable
from api.cli.asking import Answer, answer_json, asked_in_words, figures_json, show_answer, show_figures, why_not
from api.cli.lists import day_of, time_of
from api.cli.output import Exit, console, heading, leave, plain, print_reason, reason_json, show_receipt, write_json
from api.cli.shelf import Shelf, runnable, scenario_named
from api.cli.steps import Step, steps_of
from api.receipt import Receipt, receipt_of
from dsl import terms as t
from dsl.compile import Agreement, covers
from dsl.derived import Derivation
from dsl.engine import explain, in_force
from dsl.figures import figures_for
from dsl.questions import read_question
from dsl.reasons import Reason
from dsl.sections import clause_of, no_section, section_named
from dsl.state import State

_WORDS = 3
"""A question in words has at least so many; less is taken for the number of a section."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of a scenario: after which of its steps, and when that is."""

    scenario: str
    step: int
    at: datetime


def explain_section(
    agreement: str, section: str, scenario: str, until: int | None, as_json: bool, party: str = ""
) -> None:
    """Print a section, and its reasons after a scenario or some of its steps; or the answer to another question."""
    found = runnable(agreement)
    if until is not None and not scenario:
        raise Unusable("--until needs --scenario.", "Say which scenario the step belongs to.")
    number = "" if party else _section_or_question(found.agreement, section)
    if not number and not scenario:
        raise Unusable("This is a question about a deal as it stands.", "Say with --scenario where it stands.")
    step, moment = None, None
    if scenario:
        name = scenario_named(found, scenario)
        step = _step(found, name, until)
        moment = Moment(name, step.number, step.at)
    if number:
        _explain_number(found, number, step, moment, as_json)
    elif step is not None:
        state = step.state
        answer = answer_about(found.agreement, state, section, party)
        show = {"agreement": found.agreement.terms.title, "asked": section, **_moment_json(moment)}
        told(found.agreement, answer, show, as_json, moment, receipt_of(found.agreement, state))
    leave(Exit.FINE)


def answer_about(agreement: Agreement, state: State, words: str, party: str) -> Answer:
    """The answer to a question: an act of a party, a section, a condition or a value."""
    if party:
        return why_not(agreement, state, party, words)
    number = _section_or_question(in_force(agreement, state), words)
    if not number:
        return asked_in_words(agreement, state, words)
    why = explain(agreement, state, number)
    if not why.children:  # nothing in it is met or not met
        return Answer("none", f"{why.text}: {why.note}", number)
    return Answer(why.truth.value, why.text, number, (why,), figures_for(agreement, state, number))


def told(
    agreement: Agreement,
    answer: Answer,
    about: dict[str, Any],
    as_json: bool,
    moment: Moment | None,
    receipt: Receipt,
) -> None:
    """The answer to a question, for people or for machines."""
    if as_json:
        write_json({**about, **answer_json(answer), "receipt": plain(receipt)})
        return
    out = console()
    if moment is not None:
        zone = ZoneInfo(agreement.terms.zone)
        when = f"{day_of(moment.at, zone)} {time_of(moment.at, zone)}"
        out.print(heading(f'After step {moment.step} of "{moment.scenario}" ({when})'))
    show_answer(out, answer)
    show_receipt(out, receipt)


def _explain_number(found: Shelf, number: str, step: Step | None, moment: Moment | None, as_json: bool) -> None:
    law, reason, receipt = found.agreement, None, None
    figures: tuple[Derivation, ...] = ()
    if step is not None:
        law = in_force(found.agreement, step.state)
        reason = explain(found.agreement, step.state, number)
        figures = figures_for(found.agreement, step.state, number)
        receipt = receipt_of(found.agreement, step.state)
    clause = _clause(law, number)
    if as_json:
        behind = {"figures": figures_json(figures), "receipt": plain(receipt)}
        write_json({**_as_json(law, clause, number, moment, reason), **behind})
        return
    _show(console(), found, law, clause, number, moment, reason)
    show_figures(console(), figures)
    if receipt is not None:
        show_receipt(console(), receipt)


def _section_or_question(law: Agreement, written: str) -> str:
    """The section that is meant, or nothing where the words are a condition or a value."""
    number = section_named(law, written)
    if number is not None and clause_of(law, number) is not None:
        return number
    asked = read_question(written, law.terms)
    sentence = number is None and written.rstrip(" .").endswith(" sentence")
    if sentence or (len(written.split()) < _WORDS and (asked.problems or isinstance(asked.value, t.Literal))):
        raise Unusable(*no_section(law, written))
    return ""


def _clause(law: Agreement, number: str) -> t.Clause:
    """The clause of a section, or the one that an item stands in; a heading over several was refused before."""
    clause = clause_of(law, number)
    assert clause is not None  # noqa: S101 -- there is one, or `_section_or_question` has said so
    return clause


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
        **_moment_json(moment),
        "reason": reason_json(reason) if reason is not None else None,
    }


def _moment_json(moment: Moment | None) -> dict[str, Any]:
    return {
        "scenario": moment.scenario if moment is not None else None,
        "step": moment.step if moment is not None else None,
        "at": moment.at.isoformat() if moment is not None else None,
    }
