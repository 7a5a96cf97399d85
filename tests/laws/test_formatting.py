"""Formatting loses nothing: for every text, reading what was formatted gives the same syntax."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dsl import format as formatting
from dsl import parse, syntax
from dsl.format.marks import WIDTH
from dsl.source import Source
from tests.laws.derivation import GRAMMAR, every_form, text_of

STARTS = ("agreement", "library", "scenario_file", "attempt")
"""What has a layout; a question is a condition, as an agreement has it."""
STARTS_OF = {".clause": "agreement", ".scenario": "scenario_file"}
FORMS = list(every_form())
SHIPPED = sorted(path for path in (GRAMMAR.parent.parent / "agreements").glob("**/*.*") if path.suffix in STARTS_OF)


def read(start: str, text: str) -> object | None:
    """The syntax of a text, or None."""
    match start:
        case "agreement":
            return parse.parse_agreement(Source("text", text)).syntax
        case "library":
            return parse.parse_library(Source("text", text)).syntax
        case "scenario_file":
            return parse.parse_scenarios(Source("text", text)).syntax
        case _:
            return parse.parse_attempt(Source("text", text)).syntax


def written(node: object, source: Source | None = None) -> str:
    """A whole text in the canonical layout."""
    match node:
        case syntax.Agreement():
            return formatting.format_agreement(node, source)
        case syntax.Library():
            return formatting.format_library(node, source)
        case syntax.ScenarioFile():
            return formatting.format_scenarios(node, source=source)
        case syntax.Attempt():
            return formatting.format_attempt(node)
        case _:
            raise TypeError(type(node).__name__)


def words(text: str) -> list[str]:
    """The words of a text, articles and all, as if none had two forms and nothing were joined."""
    alike = re.sub(r"\b(section|survive|protect)s\b|\b(?:and|or)\b", r"\1", text.lower())
    return re.findall(r"\w+", alike)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_loses_nothing_and_is_laid_out_as_it_is_formatted(path: Path) -> None:
    start, source = STARTS_OF[path.suffix], Source(path.name, path.read_text(encoding="utf-8"))
    node = read(start, source.text)
    assert node is not None

    formatted = written(node)

    again = read(start, formatted)
    assert again == node
    assert written(again) == formatted
    assert written(node, source) == source.text


@pytest.mark.parametrize("start", STARTS)
def test_every_form_of_the_language_can_be_read_and_formatted_and_keeps_its_articles(start: str) -> None:
    lost = []
    for of, form, text in FORMS:
        if of == start:
            node = read(start, text)
            kept = node is not None and read(start, written(node)) == node
            if start in STARTS[:2]:
                kept = kept and words(written(node, Source("text", text))) == words(text)
            if not kept:
                lost.append(f"{form}\n    {text}")

    assert not lost, "\n".join(lost)


@settings(deadline=None, max_examples=16)
@given(data=st.data(), start=st.sampled_from(STARTS), budget=st.integers(1, 120))
def test_formatting_then_parsing_gives_the_same_syntax(data: st.DataObject, start: str, budget: int) -> None:
    text = text_of(start, lambda count: data.draw(st.integers(0, count - 1)), budget)
    node = read(start, text)
    assume(node is not None)

    formatted = written(node)

    again = read(start, formatted)
    assert again == node
    assert written(again) == formatted
    kept = written(node, Source("text", text))
    assert read(start, kept) == node
    assert written(node, Source("text", kept)) == kept
    assert all(len(line) <= WIDTH for line in formatted.splitlines())
