"""What the commands about agreements print, word for word, and with which code they end."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from api import agreements
from api.agreements import place, read
from api.cli.output import console
from tests.api.conftest import BICYCLE, HERE, clausula, tidy
from tests.api.processes import Ended, ended
from tests.conftest import Golden

COMMANDS = ("new", "check", "coverage", "test", "format", "explain", "run", "schema")

pytestmark = pytest.mark.usefixtures("quiet_place")


# --------------------------------------------------------------------- golden


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command(command: str, golden: Golden) -> None:
    golden(HERE / "golden" / f"help_{command}.txt", tidy(clausula(command, "--help").stdout))


OUTPUTS = {
    "check": ("check", "bicycle"),
    "check_json": ("check", "bicycle", "--json"),
    "check_accepted": ("check", "accepted"),
    "check_broken": ("check", "broken", "unreadable"),
    "coverage": ("coverage", "bicycle"),
    "coverage_json": ("coverage", "bicycle", "--json"),
    "coverage_gap": ("coverage", "gap"),
    "test": ("test", "bicycle"),
    "test_json": ("test", "bicycle", "--json"),
    "test_failing": ("test", "gap"),
    "format": ("format", "--check", "bicycle", "gap", "unreadable"),
    "explain": ("explain", "bicycle", "3"),
    "explain_after": ("explain", "bicycle", "section 3(iii)", "--scenario", "sale", "--until", "6"),
    "explain_json": ("explain", "bicycle", "2", "--scenario", "Nobody pays", "--json"),
    "run": ("run", "Sale", "--agreement", "bicycle"),
    "run_inherited": ("run", "bicycle/scenarios/sale.scenario", "-k", "takes it back"),
    "run_failing": ("run", "gap/scenarios/wrong.scenario"),
    "run_later": ("run", "gap/scenarios/later.scenario", "--all"),
    "run_json": ("run", "Nobody pays", "-a", "bicycle", "--json"),
}
ENDS_WITH_1 = ("check_broken", "coverage_gap", "test_failing", "format", "run_failing", "run_later")


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_of_a_command(name: str, golden: Golden) -> None:
    result = clausula(*OUTPUTS[name])

    golden(HERE / "golden" / f"{name}.txt", result.stdout)
    assert result.exit_code == (1 if name in ENDS_WITH_1 else 0)


# ------------------------------------------------------------------ behaviour


def test_without_a_target_the_agreements_here_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BICYCLE, tmp_path / "agreements" / "bicycle")
    monkeypatch.chdir(tmp_path)

    result = clausula("check", "--json")

    assert [each["title"] for each in json.loads(result.stdout)["agreements"]] == ["Bicycle Sale"]
    assert clausula("explain", "bicycle", "1").exit_code == 0


def test_without_any_the_shipped_agreements_are_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert "funds_escrow" in {place.name for place in agreements.places()}


def test_formatting_rewrites_a_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "bicycle"
    shutil.copytree(BICYCLE, folder)
    file = folder / "agreement.clause"
    ordered = file.read_text(encoding="utf-8")
    file.write_text(" ".join(ordered.split()), encoding="utf-8")
    file.chmod(0o640)

    result = clausula("format", str(folder))

    assert result.exit_code == 0
    assert file.read_text(encoding="utf-8") == ordered
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert {each.name for each in folder.iterdir()} == {each.name for each in BICYCLE.iterdir()}
    assert "1 file rewritten, 1 in order already" in result.stdout
    assert clausula("format", "--check", str(folder)).exit_code == 0


def test_formatting_follows_a_link_and_leaves_it_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "bicycle"
    shutil.copytree(BICYCLE, folder)
    real = tmp_path / "real.clause"
    (folder / "agreement.clause").rename(real)
    (folder / "agreement.clause").symlink_to(real)
    real.write_text(" ".join(real.read_text(encoding="utf-8").split()), encoding="utf-8")

    assert clausula("format", str(folder / "agreement.clause")).exit_code == 0
    assert (folder / "agreement.clause").is_symlink()
    assert real.read_text(encoding="utf-8") == (BICYCLE / "agreement.clause").read_text(encoding="utf-8")


def test_formatting_refuses_a_text_that_would_say_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "agreement.clause"
    shutil.copy(BICYCLE / "agreement.clause", file)
    before = file.read_bytes()
    monkeypatch.setattr("api.cli.formatting.format_agreement", lambda tree, source: 'Agreement "Another".\n')

    result = clausula("format", str(file))

    assert result.exit_code == 1
    assert file.read_bytes() == before
    assert "left as it is" in " ".join(result.stdout.split())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_formatting_a_folder_that_is_closed_says_so(tmp_path: Path) -> None:
    file = tmp_path / "agreement.clause"
    file.write_text(" ".join((BICYCLE / "agreement.clause").read_text(encoding="utf-8").split()), encoding="utf-8")
    tmp_path.chmod(0o500)

    result = clausula("format", str(file))

    tmp_path.chmod(0o700)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_one_step_at_a_time_waits_for_enter() -> None:
    result = clausula("run", "Nobody pays", "-a", "bicycle", "--step", keys="\n\n")

    assert result.exit_code == 0
    assert result.stdout.count("Enter goes on") == 1


def test_steps_go_on_where_nobody_can_press_a_key() -> None:
    assert clausula("run", "Sale", "-a", "bicycle", "--step", keys="").exit_code == 0


def test_every_line_of_a_run_in_json_is_a_step() -> None:
    lines = clausula("run", "Sale", "-a", "bicycle", "--json").stdout.splitlines()

    assert [json.loads(line)["step"] for line in lines] == list(range(1, 10))


def test_colours_are_for_terminals_that_want_them() -> None:
    coloured = clausula("check", "bicycle", env={"NO_COLOR": None, "FORCE_COLOR": "1", "TERM": "xterm-256color"})
    forbidden = clausula("check", "bicycle", env={"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"})

    assert "\x1b[" in coloured.stdout
    assert "\x1b[" not in forbidden.stdout
    assert "\x1b[" not in clausula("check", "bicycle").stdout


def test_lines_are_at_most_a_hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "250")

    assert console().width == 100


@pytest.mark.parametrize(("columns", "width"), [("0", 100), ("1", 20), ("60", 60)])
def test_a_terminal_of_no_width_is_shown_something(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert console().width == width


def test_ctrl_c_while_the_libraries_are_loaded_is_no_traceback() -> None:
    """A library that is interrupted stands for the hand that is quicker than the loading."""
    code = (
        "import sys\n"
        "class Hand:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Hand())\n"
        "from api.cli import main; main()"
    )

    ended = subprocess.run([sys.executable, "-c", code, "check"], capture_output=True, check=False, text=True)

    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_ctrl_c_ends_with_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.cli.check.check", interrupted)

    assert clausula("check", "bicycle").exit_code == 130


def test_nobody_reading_the_output_is_no_cause_for_alarm(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "wb") as pipe:
        told = ended((("run", "Sale", "-a", "bicycle"), ("check", "bicycle", "--json")), pipe, tmp_path / "told")

    assert told == [Ended(141, ""), Ended(141, "")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a device that is always full")
def test_an_answer_that_finds_no_room_is_told_in_a_sentence(tmp_path: Path) -> None:
    commands = (("check", "bicycle", "--json"), ("--help",))

    with Path("/dev/full").open("wb") as full:
        told = ended(commands, full, tmp_path / "told")

    assert [each.returncode for each in told] == [2, 2]
    for each in told:
        assert each.stderr.startswith("error: The answer cannot be written: no space left on device.")
        assert "Traceback" not in each.stderr
        assert "Exception ignored" not in each.stderr


def test_a_terminal_with_few_letters_gets_others() -> None:
    code = "from api.cli import main; main()"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}

    ended = subprocess.run(
        [sys.executable, "-c", code, "test", "bicycle"], capture_output=True, check=False, env=environment
    )

    assert ended.returncode == 0
    assert b"+ Sale" in ended.stdout


def test_a_name_that_two_agreements_know_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        shutil.copytree(BICYCLE, tmp_path / "agreements" / name)
    monkeypatch.chdir(tmp_path)

    result = clausula("run", "Sale")

    assert result.exit_code == 2
    assert "Several agreements have a scenario" in " ".join(result.stderr.split())
    assert clausula("run", "Sale", "-a", "second").exit_code == 0


def test_the_version_is_told() -> None:
    assert clausula("--version").stdout.startswith("clausula ")


def test_the_command_alone_lists_the_others() -> None:
    result = clausula()

    assert result.exit_code == 2
    assert all(f"│ {command} " in result.output for command in COMMANDS)


def test_the_schema_of_an_agreement_that_cannot_run_is_not_printed() -> None:
    result = clausula("schema", "bicycle", "broken")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "broken cannot run" in result.stderr


# ------------------------------------------------------------ several files


def test_check_prints_the_digest_to_pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _job_with_library(tmp_path, monkeypatch)

    told = clausula("check", "job").stdout

    assert "3 clauses, no errors" in told
    assert f"uses library/fees.clause, not pinned: {read(place('job')).used[0].digest}" in told
    assert json.loads(clausula("check", "job", "--json").stdout)["agreements"][0]["uses"] == [
        {"file": "library/fees.clause", "digest": read(place("job")).used[0].digest, "pinned": False}
    ]


def test_a_file_for_others_to_use_is_told_with_the_sentence_that_pins_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _job_with_library(tmp_path, monkeypatch)

    result = clausula("check", "library/fees.clause")

    assert result.exit_code == 1
    assert read(place("job")).used[0].digest in "".join(result.stdout.split())


def test_a_mistake_in_a_used_file_is_told_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _job_with_library(tmp_path, monkeypatch)
    file = tmp_path / "library" / "fees.clause"
    file.write_text(file.read_text(encoding="utf-8").replace("the Seller", "the Sellr"), encoding="utf-8")

    (told,) = json.loads(clausula("check", "job", "--json").stdout)["agreements"][0]["diagnostics"]

    assert (told["title"], told["file"], told["line"], told["column"]) == (
        "Unknown party",
        "library/fees.clause",
        4,
        38,
    )


def test_every_file_is_formatted_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _job_with_library(tmp_path, monkeypatch)
    file = tmp_path / "library" / "fees.clause"
    ordered = file.read_text(encoding="utf-8")
    file.write_text(" ".join(ordered.split()), encoding="utf-8")

    result = clausula("format", "job")

    assert result.exit_code == 0
    assert file.read_text(encoding="utf-8") == ordered
    assert 'Use "../library/fees.clause".' in (tmp_path / "job" / "agreement.clause").read_text(encoding="utf-8")
    assert clausula("format", "--check", "library/fees.clause").exit_code == 0


def _job_with_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job").mkdir()
    (tmp_path / "library").mkdir()
    (tmp_path / "job" / "agreement.clause").write_text(
        'Agreement "Job". The time zone is "Europe/London". The currency is GBP. Clause 1: "Buyer" means a party. '
        '"Seller" means a party. Use "../library/fees.clause". Clause 9: The Buyer must pay GBP 1.00 to the Seller.',
        encoding="utf-8",
    )
    (tmp_path / "library" / "fees.clause").write_text(
        'Note "Shared by all jobs.".\n\nClause 2:\n  The Buyer must pay GBP 5.00 to the Seller.\n',
        encoding="utf-8",
    )
