"""Any text at all is answered with syntax or with diagnostics, and soon: nothing an author types breaks the reader."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.diagnostics import render_all
from dsl.parse import keywords, parse_agreement, parse_attempt, parse_question, parse_scenarios
from dsl.parse.bounds import LONGEST_SENTENCE, LONGEST_TEXT
from dsl.source import Source
from tests.laws.depth import deep
from tests.laws.derivation import SAMPLES
from tests.laws.work import calls

FILES = sorted(
    path.read_bytes().decode("utf-8")
    for path in (Path(__file__).parent.parent / "grammar").glob("*/*.*")
    if path.suffix in (".clause", ".scenario") and path.stat().st_size < 10_000
)
SOUP = sorted(keywords()) + [sample for samples in SAMPLES.values() for sample in samples] + list(".,:;()") + ["\n"]
CALLS_FOR_EACH_CHARACTER = 25
"""How many functions may be called for each character of a text; at most half of it are."""

few = settings(deadline=None, max_examples=20)


def answered(text: str) -> None:
    """Reading gives syntax or diagnostics, and the diagnostics can be shown."""
    source = Source("text.clause", text)
    for reader in (parse_agreement, parse_scenarios, parse_attempt, parse_question):
        parsed = reader(source)

        assert (parsed.syntax is None) == bool(parsed.diagnostics)
        assert all(each.title and each.hint for each in parsed.diagnostics)
        assert bool(render_all(parsed.diagnostics, source)) == bool(parsed.diagnostics)


@few
@given(st.text(max_size=400))
def test_any_characters_are_answered(text: str) -> None:
    answered(text)


@few
@given(st.lists(st.sampled_from(SOUP), max_size=60).map(" ".join))
def test_words_of_the_language_in_any_order_are_answered(text: str) -> None:
    answered(text)


@few
@given(st.data(), st.sampled_from(FILES))
def test_a_file_with_a_slip_anywhere_is_answered(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    instead = data.draw(st.one_of(st.just(""), st.text(max_size=8), st.sampled_from(SOUP)))

    answered(text[:start] + instead + text[end:])


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "a ",
        "A ",
        "1",
        "1.",
        "1,111",
        "USD 1.",
        ";",
        "; ",
        ", ",
        '"',
        '" "',
        "all of (i) ",
        "Fund of ",
        " plus ",
        ".A",
        "\n",
        "e\u0301",
    ],
)
def test_one_piece_over_and_over_takes_work_in_proportion(piece: str) -> None:
    for longest in (LONGEST_SENTENCE - 100, LONGEST_TEXT - 100):
        text = 'Agreement "A". Clause 1: "B" means ' + piece * (longest // len(piece))

        def answer(text: str = text) -> None:
            assert parse_agreement(Source("text.clause", text)).diagnostics

        assert calls(answer) < CALLS_FOR_EACH_CHARACTER * len(text)


@deep(10)
@given(st.lists(st.sampled_from(SOUP), min_size=1, max_size=12).map(" ".join))
def test_any_words_over_and_over_take_work_in_proportion(words: str) -> None:
    text = f"{words} " * (LONGEST_SENTENCE // (len(words) + 1))
    for start in ("", 'Agreement "A". Clause 1: "B" means '):
        source = Source("text.clause", start + text)

        for reader in (parse_agreement, parse_scenarios, parse_attempt, parse_question):
            assert calls(partial(reader, source)) < CALLS_FOR_EACH_CHARACTER * len(source.text)
