"""Words of a reader to something that can be explained: a condition or a value, in the language's own words.

`every Document has been completed` asks whether; `the deadline of section 4.1(d)` asks what. The grammar knows a value
only inside a sentence, so that one is read as `VALUE has passed`, whatever its type.
"""

from dataclasses import dataclass

from dsl import syntax
from dsl import terms as t
from dsl.diagnostics import Diagnostic, render
from dsl.parse import parse_question
from dsl.resolve import resolve_condition, resolve_value
from dsl.source import Source
from dsl.terms import Terms

_SENTENCE = " has passed."


@dataclass(frozen=True, slots=True)
class Question:
    """A condition or a value that was asked for; or neither, and what is wrong with the words."""

    condition: t.Condition | None = None
    value: t.Value | None = None
    problems: tuple[str, ...] = ()


def read_question(words: str, terms: Terms) -> Question:
    """What somebody asks about an agreement."""
    said = words.strip().rstrip(".?").strip()
    source = Source("question", f"{said}.")
    parsed = parse_question(source)
    if parsed.syntax is not None:
        condition, found = resolve_condition(parsed.syntax.condition, terms, source)
        return Question(condition) if condition is not None else _unread(found, source)
    about = Source("question", f"{said}{_SENTENCE}")
    asked = parse_question(about).syntax
    if asked is None or not isinstance(asked.condition, syntax.Arrived):
        return _unread(parsed.diagnostics, source)
    value, found = resolve_value(asked.condition.instant, terms, about)
    return Question(value=value) if value is not None else _unread(found, source)


def _unread(found: tuple[Diagnostic, ...], source: Source) -> Question:
    return Question(problems=tuple(render(each, source) for each in found))
