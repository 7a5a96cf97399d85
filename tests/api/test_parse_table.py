"""The parse table is written whole, and where the parser looks for it."""

import json
from pathlib import Path

import pytest

from api import parse_table
from dsl.parse import _fingerprint


def test_the_table_is_written_beside_the_grammar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_table, "grammar_folder", lambda: tmp_path)

    assert parse_table.main() == 0

    made = json.loads((tmp_path / parse_table.NAME).read_text(encoding="utf-8"))
    grammar = (Path(__file__).parents[2] / "grammar" / "agreement.lark").read_text(encoding="utf-8")
    assert made["made_from"] == _fingerprint(grammar)
    assert [path.name for path in tmp_path.iterdir()] == [parse_table.NAME]


def test_the_grammar_lies_where_the_table_is_written() -> None:
    assert (parse_table.grammar_folder() / "agreement.lark").is_file()


def test_a_folder_that_takes_no_table_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parse_table, "grammar_folder", lambda: tmp_path / "absent")

    assert parse_table.main() == 0

    assert "every start takes longer" in capsys.readouterr().err
