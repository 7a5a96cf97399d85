"""The parser: its table, its grammar, and the capitals of first words."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import lark
import pytest

from dsl import parse, syntax
from dsl.parse import _load, _parser, keywords, parse_agreement, parse_attempt, parse_question, table
from dsl.parse.capitals import without_capitals
from dsl.source import Source

GRAMMAR = Path(__file__).parent.parent.parent / "grammar" / "agreement.lark"
TEXT = 'agreement "Sale". clause 1: the Agent must hold the Fund promptly.'


@cache
def made() -> str:
    """The table of the grammar, made once."""
    return table()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the grammar, from which the parser is made anew."""
    (tmp_path / "agreement.lark").write_text(GRAMMAR.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(parse, "_grammar_folder", lambda: tmp_path)
    _parser.cache_clear()
    yield tmp_path
    _parser.cache_clear()


def test_the_grammar_has_no_conflict_and_no_two_terminals_for_one_word() -> None:
    grammar = GRAMMAR.read_text(encoding="utf-8")

    lark.Lark(grammar, parser="lalr", lexer="basic", start=list(parse.STARTS), strict=True, maybe_placeholders=True)


def test_a_loaded_table_parses_like_the_grammar_it_was_made_from() -> None:
    built = _parser()

    loaded = _load(json.loads(made()))

    assert loaded.parse(TEXT, start="agreement") == built.parse(TEXT, start="agreement")
    assert loaded.parse("the Hold applies.", start="question") == built.parse("the Hold applies.", start="question")


def test_a_table_made_from_this_grammar_is_used(folder: Path) -> None:
    named = json.loads(made())
    named["data"]["options"]["source_path"] = "from the table"
    (folder / "agreement.table.json").write_text(json.dumps(named), encoding="utf-8")

    assert _parser().options.source_path == "from the table"
    assert parse_agreement(Source("sale", TEXT)).syntax is not None


def test_a_table_made_from_another_grammar_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "agreement.table.json").write_text('{"made_from": "another grammar"}', encoding="utf-8")
    built: list[str] = []
    made_before = made()

    def build(grammar: str) -> lark.Lark:
        built.append(grammar)
        return _load(json.loads(made_before))

    monkeypatch.setattr(parse, "_build_parser", build)

    assert parse_agreement(Source("sale", TEXT)).syntax is not None
    assert built == [GRAMMAR.read_text(encoding="utf-8")]


def test_the_words_of_the_language_are_lower_case_words() -> None:
    assert {"must", "may", "yes-or-no", "suspension"} <= keywords()
    assert all(word == word.lower() for word in keywords())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("For each Claim", "for each Claim"),
        ("The Agent must", "the Agent must"),
        ("A Release occurs", "a Release occurs"),
        ("A must pay", "A must pay"),
        ("Source Code occurs", "Source Code occurs"),
        ("Source is", "source is"),
        ("Interest is read as Yes", "Interest is read as Yes"),
        ("Interest of the Fund is", "interest of the Fund is"),
        ("When USD 5.00 is", "when USD 5.00 is"),
        ("When 6 September 2005 has", "when 6 September 2005 has"),
        ("x (i) No Claim; and (ii) Every Claim", "x (i) no Claim; and (ii) every Claim"),
        ("section 3.1(a) Every", "section 3.1(a) Every"),
        ('"Every. Such thing" means', '"Every. Such thing" means'),
        ("ATG: Sign. Such Claim", "ATG: Sign. such Claim"),
    ],
)
def test_first_words_of_the_language_are_made_small(written: str, read: str) -> None:
    assert without_capitals(written) == read


def test_a_name_may_end_in_a_number_before_a_colon() -> None:
    parsed = parse_attempt(Source("attempt", "Company 2: hold the Fund."))

    assert parsed.syntax is not None
    assert parsed.syntax.actor.text == "Company 2"


def test_an_amount_does_not_swallow_the_comma_after_it() -> None:
    parsed = parse_agreement(
        Source("sale", 'Agreement "A". Clause 1: When Due is more than USD 5, then Default occurs.')
    )

    assert parsed.diagnostics == ()


def test_every_kind_of_space_is_a_space() -> None:
    parsed = parse_question(Source("question", "the\u00a0Price is equal to USD\u00a05.00."))

    assert parsed.syntax is not None
    assert isinstance(parsed.syntax.condition, syntax.Comparison)


def test_a_list_without_a_joining_word_is_read_with_the_one_it_means() -> None:
    without = parse_question(Source("q", "all of (i) the Hold applies; (ii) the Stop applies."))
    with_and = parse_question(Source("q", "all of (i) the Hold applies; and (ii) the Stop applies."))

    assert without.syntax == with_and.syntax is not None
