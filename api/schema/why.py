"""Why, why not, and what would change it: a question about a deal in, its explanation out."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, cast

import strawberry
from strawberry import Maybe

from api import answers
from api.acts import Unreadable
from api.asking import Ask
from api.schema.acts import AttemptInput
from api.schema.answers import Invalid
from api.schema.conditions import Reason
from api.schema.context import Info
from api.schema.explaining import Derivation, Explanation, Receipt
from api.service import BeforeOpening, Preview, Reading
from dsl.engine import explain
from dsl.figures import figures_against, figures_for, value_now
from dsl.questions import Question
from dsl.sections import no_section, section_named

ExplainResult = Annotated[Explanation | Invalid, strawberry.union("ExplainResult")]
Explained = Explanation | answers.Invalid
BEFORE = "At that instant the deal was not open yet."


@strawberry.input(one_of=True, description="What to explain: a section, a condition or a value in words, or an act.")
class ExplainInput:
    """One question."""

    section: Maybe[str]
    condition: Maybe[str]
    value: Maybe[str]
    attempt: Maybe[AttemptInput]


def shown(found: Explained | None) -> Explanation | Invalid | None:
    """The answer to a question as the schema shows it; None where there is no such deal for who asks."""
    return cast(Explanation | Invalid | None, found)


async def supposed(
    info: Info, asks: Sequence[Ask], as_of: datetime | None, known_at: datetime | None
) -> Preview | answers.Invalid | None:
    """What acts would lead to at an instant; None if there is no such deal for who asks."""
    person, use = info.context.signed_in(), info.context.service
    try:
        return await asyncio.to_thread(use.preview, person, *asks, as_of=as_of, known_at=known_at)
    except BeforeOpening:
        return answers.Invalid("BEFORE_OPENING", (BEFORE,))


async def why_not(
    info: Info, ask: Ask, as_of: datetime | None = None, known_at: datetime | None = None
) -> Explained | None:
    """Why an act would be refused, or under which section it would be accepted; None if there is no such deal."""
    found = await supposed(info, (ask,), as_of, known_at)
    if found is None or isinstance(found, answers.Invalid):
        return found
    before = found.before
    receipt = Receipt.shown(before.receipt)
    match found.answer:
        case answers.Accepted(section=section, note=note):
            return Explanation(
                truth="accepted", section=section, summary=note, reasons=[], figures=[], receipt=receipt, reading=before
            )
        case answers.Refused() as answer:
            figures = figures_against(before.agreement, before.state, found.attempt)
            return Explanation(
                truth="refused",
                section=answer.section,
                summary=answer.summary,
                reasons=cast(list[Reason], list(answer.reasons)),
                figures=cast(list[Derivation], list(figures)),
                receipt=receipt,
                reading=before,
                attempt=found.attempt,
            )
        case _:
            raise ValueError("a preview neither opens a deal nor conflicts")


def explained(info: Info, found: Reading, about: ExplainInput) -> Explained:
    """A section, a condition or a value explained."""
    use, receipt = info.context.service, Receipt.shown(found.receipt)
    asked: Question | None = None
    if about.section is not None:
        if section_named(found.law, about.section.value) is None:
            return answers.Invalid("NOT_UNDERSTOOD", (" ".join(no_section(found.law, about.section.value)),))
        section = about.section.value
    else:
        words, section = about.condition or about.value, ""
        assert words is not None  # noqa: S101 -- exactly one of the members is there
        try:
            asked = use.question(found, words.value)
        except Unreadable as error:
            return answers.Invalid("NOT_UNDERSTOOD", error.problems)
    if asked is not None and asked.value is not None:
        made = value_now(found.agreement, found.state, asked.value)
        return Explanation(
            truth=made.truth.value,
            section=made.section,
            summary=made.value,
            reasons=[],
            figures=[cast(Derivation, made)],
            receipt=receipt,
            reading=found,
        )
    question = asked.condition if asked is not None and asked.condition is not None else section
    why = explain(found.agreement, found.state, question)
    nothing = isinstance(question, str) and not why.children
    return Explanation(
        truth="none" if nothing else why.truth.value,
        section=why.section,
        summary=f"{why.text}: {why.note}" if nothing else why.text,
        reasons=[] if nothing else cast(list[Reason], [why]),
        figures=cast(list[Derivation], list(figures_for(found.agreement, found.state, question))),
        receipt=receipt,
        reading=found,
    )
