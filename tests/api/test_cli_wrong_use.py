"""What the command says when it cannot do what was asked: a sentence, what to do, and an exit code."""

import json
import shutil
from pathlib import Path

import pytest

from tests.api.conftest import BICYCLE, clausula

pytestmark = pytest.mark.usefixtures("quiet_place")


# ------------------------------------------------------------------ wrong use


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "nowhere"], "There is no file, folder or agreement `nowhere`"),
        (["explain", "bicycle", "9"], "has no section `9`"),
        (["explain", "bicycle", "3(iii)(C)"], "Did you mean `3(iii)(A)`?"),
        (["explain", "bicycle", "2", "-s", "Nobdy pays"], 'Did you mean "Nobody pays"?'),
        (["explain", "bicycle", "2", "-s", "a"], "stands for"),
        (["explain", "bicycle", "2", "-s", "Sale", "-u", "99"], "Its steps are 1 to 9."),
        (["explain", "bicycle", "2", "-u", "3"], "--until needs --scenario."),
        (["run", "nowhere.scenario"], "There is no file nowhere.scenario."),
        (["run", "bicycle"], "bicycle is no scenario file."),
        (["run", "bicycle/scenarios/sale.scenario", "-k", "moon"], 'no scenario with "moon" in its name'),
        (["run", "Sail", "-a", "bicycle"], 'has no scenario "Sail"'),
        (["format", "golden/help_run.txt"], "is not a clause file"),
        (["explain", ".", "1"], "holds 5 agreements"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments: list[str], told: str) -> None:
    result = clausula(*arguments)

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "nowhere", "--json"], "There is no file, folder or agreement `nowhere`."),
        (["explain", "bicycle", "9", "--json"], "has no section `9`"),
        (["run", "nowhere.scenario", "--json"], "There is no file nowhere.scenario."),
        (["explain", "bicycle", "--json"], "QUESTION"),
        (["check", "--jsn", "--json"], "--jsn"),
        (["chek", "--json"], "chek"),
    ],
)
def test_who_has_asked_for_json_gets_it_for_a_mistake_too(arguments: list[str], told: str) -> None:
    result = clausula(*arguments)

    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert found["ok"] is False
    assert told in found["error"]
    assert told in " ".join(result.stderr.split())


def test_an_unknown_command_is_met_with_the_nearest() -> None:
    result = clausula("chek")

    assert result.exit_code == 2
    assert "Did you mean 'check'" in result.stderr


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "agreement.clause"
    file.write_bytes(b'Agreement "Sale".\nClause 1 "\xe9t\xe9":\n')

    result = clausula("check", str(file))

    assert result.exit_code == 2
    assert "line 2 holds the byte 0xE9" in " ".join(result.stderr.split())


def test_one_unreadable_scenario_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "bicycle"
    shutil.copytree(BICYCLE, folder)
    (folder / "scenarios" / "letter.scenario").write_bytes(b'Scenario "\xe9":')

    tested, checked, formatted = (clausula(each, str(folder)) for each in ("test", "check", "format"))
    run = clausula("run", str(folder / "scenarios" / "sale.scenario"))
    bad = clausula("run", str(folder / "scenarios" / "letter.scenario"))

    for result in (tested, checked, formatted):
        assert result.exit_code == 2
        assert "error: File that cannot be read" in result.stdout
        assert "line 1 holds the byte 0xE9" in " ".join(result.stdout.split())
    assert "✓ Sale" in tested.stdout
    assert run.exit_code == 0
    assert (bad.exit_code, "not UTF-8 text" in bad.stderr) == (2, True)


def test_one_unreadable_agreement_is_told_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BICYCLE, tmp_path / "agreements" / "bicycle")
    (tmp_path / "agreements" / "letter").mkdir()
    (tmp_path / "agreements" / "letter" / "agreement.clause").write_bytes(b"\xff\xfe")
    monkeypatch.chdir(tmp_path)

    for command in ("check", "test", "coverage"):
        result = clausula(command)

        assert result.exit_code == 2
        assert "Bicycle Sale" in result.stdout
        assert "not UTF-8 text" in result.stdout
    assert clausula("run", "Sale").exit_code == 0
    assert clausula("explain", "bicycle", "1").exit_code == 0


def test_where_there_is_no_scenario_nothing_is_as_expected(tmp_path: Path) -> None:
    shutil.copy(BICYCLE / "agreement.clause", tmp_path)
    (tmp_path / "scenarios").mkdir()
    none = clausula("test", str(tmp_path))
    empty = tmp_path / "scenarios" / "empty.scenario"
    empty.write_text("\n", encoding="utf-8")
    results = [clausula("test", str(tmp_path)), clausula("test", str(empty)), clausula("run", str(empty))]

    assert none.exit_code == 2
    assert "There is no scenario in" in none.stderr
    assert [each.exit_code for each in results] == [2, 2, 2]
    for each in results[1:]:
        assert "empty.scenario holds no scenario" in " ".join(each.stderr.split())


def test_a_folder_without_an_agreement_says_what_one_looks_like(tmp_path: Path) -> None:
    result = clausula("test", str(tmp_path))

    assert result.exit_code == 2
    assert "There is no agreement in" in result.stderr
    assert "agreement.clause" in result.stderr


def test_a_scenario_without_an_agreement_says_where_it_goes(tmp_path: Path) -> None:
    (tmp_path / "lonely.scenario").write_text('Scenario "A":\n  Open at 09:00 on 1 June 2024.\n')

    result = clausula("run", str(tmp_path / "lonely.scenario"))

    assert result.exit_code == 2
    assert "belongs to no agreement" in " ".join(result.stderr.split())


def test_words_that_no_scenario_has_are_no_success() -> None:
    result = clausula("test", "bicycle", "-k", "moon")

    assert result.exit_code == 1
    assert 'No scenario has "moon" in its name.' in result.stdout


@pytest.mark.parametrize("command", ["check", "test", "coverage", "format", "run"])
def test_what_the_system_has_against_a_file_is_told_in_a_sentence(command: str) -> None:
    result = clausula(command, "a" * 5000, "--json")

    assert result.exit_code == 2
    assert "cannot be used: file name too long." in " ".join(result.stderr.split())
    assert len(result.stderr) < 400
    assert json.loads(result.stdout)["ok"] is False


def test_a_scenario_file_that_cannot_be_read_is_told_although_other_scenarios_are_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "bicycle"
    shutil.copytree(BICYCLE, folder)
    (folder / "scenarios" / "wrong.scenario").write_text('Agreement "Sale".\n', encoding="utf-8")

    result = clausula("test", str(folder), "-k", "moon")

    told = " ".join(result.stdout.split())
    assert result.exit_code == 1
    assert "No scenario begins here" in told
    assert 'Hint: Begin with `Scenario "Its name":`.' in told
