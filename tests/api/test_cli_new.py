"""`clausula new`: what it writes works as it is, and nothing that is there is touched."""

import json
from pathlib import Path

import pytest

from api.agreements import places, read_catalogue, shipped
from api.cli import starting
from tests.api.conftest import HERE, clausula
from tests.conftest import Golden

LIBRARY = {
    "job/agreement.clause": 'Agreement "Job".\n\nUse "../library/last.clause".\n',
    "library/last.clause": 'Note "Shared.".\n\nClause 1:\n  This section is boilerplate.\n',
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_agreement_is_written_with_the_next_two_commands(golden: Golden) -> None:
    result = clausula("new", "bike_sale")

    assert result.exit_code == 0
    golden(HERE / "golden" / "new.txt", result.stdout)
    assert sorted(str(each) for each in Path().rglob("*") if each.is_file()) == [
        "bike_sale/agreement.clause",
        "bike_sale/scenarios/first.scenario",
    ]
    assert Path("bike_sale/agreement.clause").read_text(encoding="utf-8").startswith('Agreement "Bike sale".\n')


def test_what_is_written_is_sound_and_passes_and_is_in_order() -> None:
    clausula("new", "bike_sale")

    checked, tested = clausula("check", "bike_sale"), clausula("test", "bike_sale")

    assert "no errors, no warnings" in checked.stdout
    assert "1 scenario: 1 as expected" in tested.stdout
    assert clausula("format", "--check", "bike_sale").exit_code == 0


@pytest.mark.parametrize("name", [each.name for each in places((shipped(),))])
def test_every_shipped_agreement_can_be_copied_and_is_the_same_text(name: str) -> None:
    result = clausula("new", "mine", "--from", name)

    assert result.exit_code == 0
    copied, original = read_catalogue(Path()).editions["mine"], read_catalogue(shipped()).editions[name]
    assert copied.text == original.text
    scenarios = {each.name for each in (shipped() / name / "scenarios").iterdir()}
    assert {each.name for each in Path("mine/scenarios").iterdir()} == scenarios
    for beside in ("sections.txt", "sources.md"):
        assert Path("mine", beside).is_file() == (shipped() / name / beside).is_file()


def test_a_copy_has_what_the_agreement_uses_written_out() -> None:
    for name, text in LIBRARY.items():
        Path(name).parent.mkdir()
        Path(name).write_text(text, encoding="utf-8")

    result = clausula("new", "deals/mine", "--from", "job")

    assert result.exit_code == 0
    assert Path("deals/mine/agreement.clause").read_text(encoding="utf-8") == (
        'Agreement "Job".\n\nClause 1:\n  This section is boilerplate.\n'
    )


def test_a_copy_of_what_does_not_fit_together_is_not_made() -> None:
    Path("job").mkdir()
    Path("job/agreement.clause").write_text(LIBRARY["job/agreement.clause"], encoding="utf-8")

    result = clausula("new", "mine", "--from", "job")

    assert result.exit_code == 2
    assert "uses files that do not fit" in result.stderr
    assert not Path("mine").exists()


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_nothing_is_overwritten(there: str) -> None:
    if there == "folder":
        Path("bike").mkdir()
    elif there == "file":
        Path("bike").write_text("mine", encoding="utf-8")
    else:
        Path("bike").symlink_to("nowhere")

    result = clausula("new", "bike")

    assert result.exit_code == 2
    assert "bike is there already, and nothing is overwritten." in result.stderr
    assert list(Path().rglob("*")) == [Path("bike")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "A new agreement needs a name."),
        (["bike sale"], "`bike sale` cannot be the name of an agreement."),
        ([".."], "`..` cannot be the name of an agreement."),
        (["2bikes"], "a letter first"),
        (["library"], "`library` is the folder of what agreements share."),
        (["mine", "--from", "milestone"], "There is no file, folder or agreement `milestone`."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments: list[str], told: str) -> None:
    result = clausula("new", *arguments)

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert list(Path().iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("full").write_text("no folder", encoding="utf-8")

    result = clausula("new", "full/bike")

    assert result.exit_code == 2
    assert "full/bike cannot be written" in result.stderr


def test_the_answers_are_there_for_programs_too() -> None:
    made = json.loads(clausula("new", "bike", "--json").stdout)
    offered = json.loads(clausula("new", "--list", "--json").stdout)

    assert made == {
        "folder": "bike",
        "files": ["bike/agreement.clause", "bike/scenarios/first.scenario"],
        "next": ["clausula check bike", "clausula test bike"],
    }
    assert [each["name"] for each in offered] == [each.name for each in places((shipped(),))]
    assert all(each["clauses"] and each["scenario_files"] for each in offered)


def test_what_a_copy_can_be_made_of_is_listed_with_titles() -> None:
    listed = clausula("new", "--list").stdout

    assert all(each.name in listed for each in places((shipped(),)))
    assert "Milestone Job Escrow Agreement" in listed
    assert "clausula new NAME --from" in listed


def test_the_title_comes_from_the_name() -> None:
    clausula("new", "sale_of-a_boat")

    assert "TITLE" in starting.AGREEMENT
    assert Path("sale_of-a_boat/agreement.clause").read_text(encoding="utf-8").startswith('Agreement "Sale of a boat".')
