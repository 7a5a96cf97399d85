"""A question about a deal as it stands: a section, a condition, a value or an act in, the answer as text or JSON out.

The same questions can be asked at a point of a scenario and of a deal that is kept, so both commands come here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api.acts import Unreadable, read_act
from api.agreements import Unusable
from api.cli.output import heading, mark, plain, print_item, print_reason, reason_json
from dsl.actions import Attempt
from dsl.compile import Agreement
from dsl.derived import Derivation
from dsl.engine import decide, explain, in_force
from dsl.events import Malformed, Refused
from dsl.figures import figures_against, figures_for, value_now
from dsl.questions import read_question
from dsl.reasons import Reason, either
from dsl.state import State
from dsl.unlocking import Searched, Way, Ways, search_ways


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question: its outcome, the reasons, the figures behind them, and ways to what is refused."""

    outcome: str
    summary: str
    section: str = ""
    reasons: tuple[Reason, ...] = ()
    figures: tuple[Derivation, ...] = ()
    ways: Ways | None = None

    @property
    def refused(self) -> bool:
        """Whether it was about an act, which is refused."""
        return self.ways is not None


_ENDS = {
    Searched.NOTHING_NEARER: "No act was left that brings it nearer by itself; that is no proof that there is no way.",
    Searched.CUT_SHORT: "The search was cut short before all was tried: there may be ways that it did not reach.",
}
"""What is told of a search that found nothing."""


def asked_in_words(agreement: Agreement, state: State, words: str) -> Answer:
    """The answer to a condition or a value in the language's own words."""
    asked = read_question(words, in_force(agreement, state).terms)
    if asked.value is not None:
        made = value_now(agreement, state, asked.value)
        return Answer(made.truth.value, made.value or made.truth.value, made.section, (), (made,))
    if asked.condition is None:
        raise Unusable("\n\n".join(asked.problems).removeprefix("error: "))
    why = explain(agreement, state, asked.condition)
    return Answer(why.truth.value, why.text, why.section, (why,), figures_for(agreement, state, asked.condition))


def why_not(agreement: Agreement, state: State, party: str, words: str) -> Answer:
    """Why a party cannot do something now, and what would make it possible."""
    law = in_force(agreement, state)
    try:
        attempt: Attempt = replace(read_act(law, state, party, {"text": words}), keyed=True)
    except Unreadable as error:
        raise Unusable("\n\n".join(error.problems).removeprefix("error: ")) from error
    match decide(agreement, state, attempt, state.now):
        case Refused(section=section, summary=summary, reasons=reasons):
            figures = figures_against(agreement, state, attempt)
            ways = search_ways(agreement, state, attempt)
            return Answer("refused", summary, section, reasons, figures, ways)
        case Malformed(problems=problems):
            raise Unusable("\n".join(problems))
        case acted:
            return Answer("accepted", acted.note, acted.section)


# ------------------------------------------------------------------- showing


def show_answer(out: Console, answer: Answer) -> None:
    """An answer on the terminal."""
    if answer.outcome in ("accepted", "refused"):
        under = f" under section {answer.section}" if answer.section else ""
        text = Text(f"{answer.outcome}{under}" + (f": {answer.summary}" if answer.summary else ""))
        print_item(out, mark(not answer.refused) if not answer.refused else ("✗", "red"), text, 0)
    if answer.outcome == "none":
        _line(out, Text.assemble((f"{answer.section}  ", "cyan"), answer.summary), 0)
    for reason in answer.reasons:
        print_reason(out, reason, 1 if answer.refused else 0)
    show_figures(out, answer.figures)
    show_ways(out, answer)


def show_figures(out: Console, figures: Iterable[Derivation]) -> None:
    """How each figure came about."""
    found = tuple(figures)
    if found:
        out.print()
        out.print(heading("How it was worked out"))
    for made in found:
        _show_step(out, made, 0)


def _show_step(out: Console, made: Derivation, depth: int) -> None:
    section = f"{made.section}  " if made.section else ""
    text = Text.assemble((section, "cyan"), made.text, " = ", (made.value or made.truth.value, "bold"))
    _line(out, text, depth)
    for note in made.notes:
        _line(out, Text(note, "dim"), depth + 2)
    for fact in made.facts:
        _line(out, Text.assemble((f"{fact.section}  " if fact.section else "", "cyan"), fact.text), depth + 2)
    for wait in made.waits:
        _line(out, Text(f"waits for: {wait.text}", "yellow"), depth + 2)
    for child in made.children:
        _show_step(out, child, depth + 1)


def _line(out: Console, text: Text, depth: int) -> None:
    out.print(Padding(text, (0, 0, 0, 2 * depth), expand=False))


def show_ways(out: Console, answer: Answer) -> None:
    """What would make it possible, by person."""
    if answer.ways is None:
        return
    out.print()
    if not answer.ways.ways:
        out.print("No acts were found that would make it possible now.")
        out.print(Text(_ENDS[answer.ways.searched], "dim"))
        for wait in answer.ways.turns_on:
            _line(out, Text(f"it turns on a figure: {wait.text}", "yellow"), 1)
        return
    for number, way in enumerate(answer.ways.ways, 1):
        acts = "1 act" if way.acts == 1 else f"{way.acts} acts"
        out.print(heading(f"{'It would be possible after' if number == 1 else 'Or after'} {acts}"))
        order = {id(step): index for index, step in enumerate(way.steps, 1)}
        for who, steps in way.by_person:
            _line(out, Text(either(who, "or"), "bold"), 1)
            for step in steps:
                section = f"  {step.section}" if step.section else ""
                _line(out, Text.assemble(f"{order[id(step)]}. {step.text}", (section, "cyan")), 2)
        for step in way.steps:
            if step.action is None:
                _line(out, Text(f"{order[id(step)]}. {step.text}"), 1)


# ------------------------------------------------------------------ machines


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer for machines."""
    return {
        "outcome": answer.outcome,
        "summary": answer.summary,
        "under": answer.section,
        "reasons": [reason_json(each) for each in answer.reasons],
        "figures": figures_json(answer.figures),
        "ways": [_way_json(each) for each in answer.ways.ways] if answer.ways is not None else None,
        "searched": answer.ways.searched.name if answer.ways is not None else None,
        "turns_on": [plain(each) for each in answer.ways.turns_on] if answer.ways is not None else None,
    }


def figures_json(figures: Iterable[Derivation]) -> list[Any]:
    """Derivations for machines."""
    return [plain(each) for each in figures]


def _way_json(way: Way) -> dict[str, Any]:
    steps = [
        {
            "actors": list(step.actors),
            "act": step.text,
            "section": step.section,
            "states": list(step.states),
            "at": step.at.isoformat() if step.at is not None else None,
        }
        for step in way.steps
    ]
    return {"acts": way.acts, "steps": steps}
