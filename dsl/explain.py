"""Reasons as text: the sentence of the contract, what it is worth now, and who or what it waits for.

3.1(a)(iv) a Verbal Instruction has been received by the Escrow Agent: pending
    David Grin or Eugene Grin can state a Verbal Instruction
"""

from collections.abc import Iterator

from dsl.derived import Derivation
from dsl.events import Malformed, Refused
from dsl.reasons import Reason, Truth

_INDENT = "  "


def render_reason(reason: Reason) -> str:
    """A reason and everything below it, one line each, indented by depth."""
    return "\n".join(_lines(reason, 0))


def _lines(reason: Reason, depth: int) -> Iterator[str]:
    section = f"{reason.section} " if reason.section else ""
    note = f" ({reason.note})" if reason.note else ""
    text = reason.text if len(reason.text) <= 200 or not reason.children else reason.text[:197] + "..."
    yield f"{_INDENT * depth}{section}{text}: {reason.truth.value}{note}"
    if reason.truth is not Truth.TRUE and all(child.truth is Truth.TRUE for child in reason.children):
        for wait in reason.waits:
            under = f" under section {wait.section}" if wait.section else ""
            yield f"{_INDENT * (depth + 1)}waits for: {wait.text}{under}"
    for child in reason.children:
        yield from _lines(child, depth + 1)


def render_refusal(refused: Refused) -> str:
    """Why an attempt was refused, by section, with what would unlock it."""
    head = f"Refused under section {refused.section}: {refused.summary}" if refused.section else refused.summary
    return "\n".join([head, *(line for reason in refused.reasons for line in _lines(reason, 1))])


def render_malformed(malformed: Malformed) -> str:
    """What an attempt says that the agreement does not know."""
    return "\n".join(("Not understood:", *(f"{_INDENT}{problem}" for problem in malformed.problems)))


def render_derivation(made: Derivation) -> str:
    """How a value came about, one line for each step, each note and each fact."""
    return "\n".join(_steps(made, 0))


def _steps(made: Derivation, depth: int) -> Iterator[str]:
    section = f" ({made.section})" if made.section else ""
    yield f"{_INDENT * depth}{made.text} = {made.value or made.truth.value}{section}"
    below = _INDENT * (depth + 2)
    yield from (f"{below}{note}" for note in made.notes)
    for fact in made.facts:
        yield f"{below}{fact.section} {fact.text}" if fact.section else f"{below}{fact.text}"
    yield from (f"{below}waits for: {wait.text}" for wait in made.waits)
    for child in made.children:
        yield from _steps(child, depth + 1)
