"""What the commands about deals say to a question that has no answer, or that could be taken for another."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from api.clock import ManualClock
from api.store import driver
from tests.api.conftest import HERE, clausula
from tests.api.processes import ROOT, ended

pytestmark = pytest.mark.usefixtures("deals_clock")

COMMAND = (sys.executable, "-c", "from api.cli import main; main()")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["state", "DEAL", "--known-at", "09:00 on 1 June 1999"], "There was no deal yet at that instant."),
        (["explain", "DEAL", "3", "--known-at", "09:00 on 1 June 1999"], "There was no deal yet at that instant."),
        (["state", "--as-of", "09:00 on 1 June 2024"], "--as-of needs a deal. Write its number first"),
        (["state", "--known-at", "noon"], "--known-at needs a deal. Write its number first"),
        (["state", "9"], "`9` is too short for the number of a deal. Write at least the first four digits"),
        (["state", " "], "` ` is too short for the number of a deal."),
        (["verify", "12"], "`12` is too short for the number of a deal."),
        (["state", "DEAL", "--person", ""], "A person who asks has a name: name the person."),
        (["token", "a" * 300], "The name of a person has at most 255 characters, not 300."),
        (["submit", "DEAL", "--as", "Buyer", " "], "Nothing is said that is done."),
        (["explain", "DEAL", "--as", "Zzzz", "take the Key"], "There is no party `Zzzz`. Known: Buyer, Seller, Agent"),
        (["explain", "DEAL", "3", "--until", "2"], "--until needs --scenario. Of a deal, say with --as-of"),
        (["explain", "bicycle", "3", "--as-of", "09:00 on 1 June 2024"], "and `bicycle` is an agreement."),
        (["explain", "bicycle", "3", "-s", "Sale", "--known-at", "noon"], "and `bicycle` is an agreement."),
        (["submit", "DEAL", "--as", "Buyer", "take the Key", "--at", "09:00 on 1 June 2020"],
         "Nothing can happen before the deal was opened, at 09:00 on 1 June 2024."),
        (["open", "bicycle", "--blank", "Frame Number=1", "--blank", "Frame Number=2"],
         "The blank Frame Number is stated twice: `1`, `2`. Leave out all but one of them."),
        (["open", "bicycle", "--role", "Buyer=Ada", "--role", "Buyer=Bob"], "The role Buyer is stated twice"),
        (["open", "bicycle", "--seat", "Buyer"], "Write --seat 'Buyer=...'."),
        (["serve", "--database", "/"], "/ is a folder, and not a database."),
        (["run", "bicycle/scenarios/sale.scenario", "-a", "funds_escrow"], "is no scenario of `funds_escrow`"),
        (["run", "Sale", "-a", "bicycle", "-k", "moon"], "--only chooses among the scenarios of a file."),
    ],
)  # fmt: skip
def test_what_has_no_answer_is_told_in_a_sentence(arguments: list[str], told: str, deal: str) -> None:
    result = clausula(*(each.replace("DEAL", deal) for each in arguments))

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_an_amount_in_another_currency_is_met_with_an_example_in_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clausula("new", "bike_sale")

    result = clausula("open", "bike_sale", "--agreements", ".", "--blank", "Price=EUR 700.00")

    assert result.exit_code == 2
    assert "Write `GBP 25,000.00`." in " ".join(result.stderr.split())


def test_a_state_from_what_was_known_earlier_says_so(deal: str, deals_clock: ManualClock) -> None:
    clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund")
    deals_clock.advance(timedelta(hours=1))

    earlier = " ".join(clausula("state", deal, "--known-at", "09:31 on 1 June 2024").stdout.split())
    now = " ".join(clausula("state", deal).stdout.split())
    later = clausula("explain", deal, "3", "--known-at", "09:31 on 1 June 2030", "--json").stdout

    assert "11:00 in America/New_York from what was known on Saturday, 1 June 2024 09:31, version 2" in earlier
    assert "from what was known" not in now
    assert json.loads(later)["receipt"]["known_at"] == "2024-06-01T15:00:00+00:00"  # nobody knows more than now


def test_a_section_that_only_defines_is_neither_met_nor_not_met(deal: str) -> None:
    told = clausula("explain", deal[:8], "1").stdout
    asked = json.loads(clausula("explain", deal[:8], "1", "--json").stdout)

    assert "1  Parties: it says what words mean" in told
    assert "✗" not in told
    assert (asked["outcome"], asked["reasons"]) == ("none", [])


def test_where_no_scenario_was_played_machines_too_are_told_that_nothing_is_well() -> None:
    result = clausula("test", "bicycle", "-k", "moon", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["ok"] is False


def test_a_fault_in_a_log_is_counted_and_told_in_words(deal: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "deals.db")) as forger:
        forger.execute("UPDATE membership SET acts = 0 WHERE party = 'Buyer'")
        forger.execute("DELETE FROM membership WHERE party = 'Seller'")
        forger.commit()

    told = " ".join(clausula("verify", deal).stdout.split())

    assert "1 entry: 2 faults" in told
    assert "you for Buyer: kept is a seat that does not act, since version 1, and the log says a seat that acts" in told
    assert "you for Seller: kept is no seat, and the log says a seat that acts, since version 1" in told


def test_a_log_without_a_kept_state_says_that_nothing_was_compared(deal: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "deals.db")) as forger:
        forger.execute("DELETE FROM head")
        forger.commit()

    result = clausula("verify", deal)

    assert result.exit_code == 0
    assert "No state is kept beside it to compare" in result.stdout
    assert "leads to the state that is kept" not in result.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to try")
def test_a_disk_without_room_is_not_blamed_on_the_database(deal: str, tmp_path: Path) -> None:
    commands = (("state",), ("serve", "--port", "0", "--agreements", str(HERE)))

    with open("/dev/full", "w", encoding="utf-8") as full:
        told = ended(commands, full, tmp_path / "told", loading=("api.cli.dealing",))
        silent = subprocess.run([*COMMAND, "state", deal], stdout=full, stderr=full, cwd=ROOT, check=False)

    for each in told:
        assert each.returncode == 2
        assert each.stderr.startswith("error: The answer cannot be written: no space left on device.")
    assert silent.returncode == 2


def test_steps_go_on_where_nobody_can_press_enter(tmp_path: Path) -> None:
    scenario = HERE / "bicycle" / "scenarios" / "sale.scenario"
    command = [*COMMAND, "run", str(scenario), "--step"]

    result = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command], capture_output=True, text=True, cwd=ROOT, check=False,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
    )  # fmt: skip

    assert (result.returncode, result.stderr) == (0, "")
    assert "everything as expected" in result.stdout


def test_an_agreement_whose_name_could_be_a_number_is_an_agreement(
    deal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements").mkdir()
    clausula("new", "agreements/deed")

    named = clausula("explain", "deed", "2")

    assert "Price" in named.stdout
    assert clausula("explain", deal[:8], "3").exit_code == 0


def test_a_full_disk_is_told_as_one_until_there_is_room(
    deal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = ("submit", deal, "--as", "Buyer", "deposit USD 1.00 into the Fund", "--key")
    with closing(sqlite3.connect(tmp_path / "deals.db")) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    with monkeypatch.context() as full:
        full.setattr(driver, "WHEN_WRITING", (*driver.WHEN_WRITING, f"PRAGMA max_page_count={pages}"))
        answers = [clausula(*act, f"k{n}") for n in range(30)]
    refused = [" ".join(each.stderr.split()) for each in answers if each.exit_code == 2]

    assert len(refused) > 1
    assert all("is full" in each and "othing was stored" in each for each in refused)
    assert clausula(*act, "k29").exit_code in (0, 1)
    assert clausula("state", deal).exit_code == 0
