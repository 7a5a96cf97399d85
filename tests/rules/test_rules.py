"""Small agreements, each line marked with what a rule says of it; every line without a mark is clean."""

import re
from pathlib import Path

import pytest

from dsl.load import load
from dsl.rules import RULES

_HERE = Path(__file__).parent
MARK = re.compile(r'[ \t]*### "(.*)"$', re.MULTILINE)
FILES = sorted(_HERE.glob("*.clause"))


def pieces(path: Path) -> list[str]:
    """The small agreements of a file."""
    return path.read_text(encoding="utf-8").split("---\n")


def marked(piece: str) -> list[tuple[int, str]]:
    """The lines with a mark, and the title each expects."""
    lines = piece.splitlines()
    return [(number, mark) for number, line in enumerate(lines, 1) for mark in MARK.findall(line)]


def told(piece: str) -> list[tuple[int, str, str]]:
    """The line, the title and the rule of everything that is said of an agreement."""
    loaded = load(MARK.sub("", piece))
    return [(loaded.source.line_column(each.span.start)[0], each.title, each.rule) for each in loaded.diagnostics]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_finds_the_marked_lines_and_no_others(path: Path) -> None:
    for piece in pieces(path):
        found = told(piece)

        assert [(line, title) for line, title, _ in found] == marked(piece)
        assert {rule for _, _, rule in found} <= {path.stem}


def test_every_rule_has_its_file_and_every_file_its_rule() -> None:
    assert [rule.__name__ for rule in RULES] == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_is_shown_both_ways(path: Path) -> None:
    marks = [bool(marked(piece)) for piece in pieces(path)]

    assert any(marks)
    assert not all(marks)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_says_why_it_is_there_and_what_to_do(rule: object) -> None:
    assert rule.__doc__

    path = _HERE / f"{getattr(rule, '__name__', '')}.clause"
    for piece in pieces(path):
        for each in load(MARK.sub("", piece)).diagnostics:
            assert each.label
            assert each.explanation
            assert each.hint


def test_a_clause_is_not_told_to_yield_to_itself() -> None:
    (twice,) = (each for each in load(MARK.sub("", pieces(_HERE / "twice_owed.clause")[-1])).diagnostics)

    assert twice.hint == "Move the second into a clause of its own, and say there which of the two gives way."
