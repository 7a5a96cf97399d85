"""The commands about deals, over a database of their own and a clock that stands still."""

import json
import os
import re
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from api.agreements import shipped
from api.auth import Tokens, keys_in
from api.clock import ManualClock
from api.parts import service_in
from api.settings import Settings, settings_from
from tests.api.conftest import AT, HERE, clausula, tidy
from tests.conftest import Golden

COMMANDS = ("serve", "open", "submit", "seat", "state", "verify", "token", "backup", "restore", "move")


pytestmark = pytest.mark.usefixtures("deals_clock")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command(command: str, golden: Golden) -> None:
    golden(HERE / "golden" / f"help_{command}.txt", tidy(clausula(command, "--help").stdout))


def test_a_deal_goes_from_opening_to_release(deal: str, deals_clock: ManualClock, golden: Golden) -> None:
    acts = [
        ("Buyer", "deposit USD 900.00 into the Fund"),
        ("Buyer", 'sign the Instruction "I-1" stating Payments as USD 890.00 to the Seller, the rest to the Agent'),
        ("Seller", 'sign the Instruction "I-1"'),
        ("Seller", 'deliver the Instruction "I-1" to the Agent'),
        ("Agent", 'release the Fund according to "I-1"'),
        ("Seller", 'take the Key "K-1"'),
        ("Buyer", 'state the Receipt "R-1" to the Agent'),
        ("Agent", 'release the Fund according to "I-1"'),
    ]
    told = []

    for party, words in acts:
        result = clausula("submit", deal[:8], "--as", party, words)
        told.append(f"$ clausula submit DEAL --as {party} '{words}'\n{result.stdout}ends with {result.exit_code}\n")
        deals_clock.advance(timedelta(minutes=10))
        if words == acts[3][1]:
            told.append(f"$ clausula state DEAL\n{clausula('state', deal).stdout.replace(deal, 'DEAL')}")

    told.append(f"$ clausula state DEAL\n{clausula('state', deal).stdout.replace(deal, 'DEAL')}")
    golden(HERE / "golden" / "deal.txt", re.sub("seal [0-9a-f]{64}", "seal SEAL", "\n".join(told)))


def test_opening_prints_the_number_alone_so_that_scripts_can_take_it(deals_clock: ManualClock) -> None:
    result = clausula("open", "bicycle", "--key", "one")
    again = clausula("open", "bicycle", "--key", "one")

    assert len(result.stdout.strip()) == 32
    assert again.stdout == result.stdout
    assert "shows how it stands" in result.stderr


def test_seats_and_blanks_are_given_at_the_opening() -> None:
    seats = ("--seat", "Buyer=ada", "--seat", "Seller=carl", "--blank", "Frame Number=F-77")
    number = clausula("open", "bicycle", *seats, "--person", "ada").stdout.strip()

    found = json.loads(clausula("state", number, "--person", "ada", "--json").stdout)

    assert found["parties"] == ["Buyer"]
    assert [each["content"] for each in found["blanks"]] == ['"F-77"']
    assert clausula("state", number, "--person", "nobody").exit_code == 2


def test_a_preview_keeps_nothing(deal: str) -> None:
    result = clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund", "--preview")

    assert "nothing is kept" in result.stdout
    assert "accepted under section 2" in result.stdout
    assert json.loads(clausula("state", deal, "--json").stdout)["version"] == 1


def test_what_happened_earlier_is_put_in_its_place(deal: str, deals_clock: ManualClock) -> None:
    said = ("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund", "--at", "09:30 on 1 June 2024")

    assert clausula(*said).exit_code == 0
    before = json.loads(clausula("state", deal, "--as-of", "2024-06-01T09:29:00-04:00", "--json").stdout)
    after = json.loads(clausula("state", deal, "--as-of", "09:31 on 1 June 2024", "--json").stdout)
    unknown = json.loads(clausula("state", deal, "--known-at", "09:31 on 1 June 2024", "--json").stdout)
    assert [each["funds"][0]["balance"] for each in (before, after, unknown)] == ["USD 0.00", "USD 900.00", "USD 0.00"]


def test_the_same_key_is_answered_with_the_same_answer(deal: str) -> None:
    said = ("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund", "--key", "k", "--json")

    assert clausula(*said).stdout == clausula(*said).stdout


def test_a_refusal_in_json_has_its_reasons(deal: str) -> None:
    result = clausula("submit", deal, "--as", "Seller", "deposit USD 900.00 into the Fund", "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (answer["outcome"], answer["section"]) == ("refused", "2")
    assert answer["reasons"]


def test_a_log_that_was_not_touched_is_sound(deal: str) -> None:
    result = clausula("verify", deal)

    assert result.exit_code == 0
    assert "1 entry: every seal is as it was written" in result.stdout
    assert json.loads(clausula("verify", deal, "--json").stdout)["sound"] is True


@pytest.mark.parametrize("damaged", ["{}", "{", "[]", '{"state":{"agreement":"00"}}', "null"])
def test_a_damaged_snapshot_is_told_and_the_log_is_read_instead(deal: str, tmp_path: Path, damaged: str) -> None:
    clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund")
    sound = clausula("state", deal, "--json").stdout
    with closing(sqlite3.connect(tmp_path / "deals.db")) as forger:
        forger.execute("UPDATE head SET state = ?", (damaged,))
        forger.commit()

    found = clausula("verify", deal)
    in_json = json.loads(clausula("verify", deal, "--json").stdout)
    read = clausula("state", deal, "--json")
    tried = clausula("submit", deal, "--as", "Seller", "take the Key", "--preview")
    healed = (clausula("submit", deal, "--as", "Seller", "take the Key").exit_code, clausula("verify", deal).exit_code)

    assert found.exit_code == 1
    assert "2 entries: every seal is as it was written" in found.stdout
    assert "head 2 state  the kept state is damaged" in found.stdout
    assert "The log is whole." in found.stdout
    assert (in_json["sound"], in_json["log_sound"]) == (False, True)
    assert read.stdout == sound
    assert tried.exit_code != 2
    assert healed == (tried.exit_code, 0)


DAMAGE = [
    ("UPDATE deal SET id = 'other'", "there is no such deal"),
    ("UPDATE deal SET agreement_sha256 = 'other'", "there is no such deal, or its text is gone"),
    ("UPDATE agreement_text SET sha256 = 'other'", "there is no such deal, or its text is gone"),
    ("DELETE FROM agreement_text", "there is no such deal, or its text is gone"),
    ("UPDATE agreement_text SET text = text || 'x'", "is not the text that the deal is pinned to"),
    ("UPDATE deal SET opened_at_us = 9223372036854775807", "deal opened_at_us"),
    ("UPDATE event SET recorded_at_us = 9223372036854775807", "the entry does not match its seal"),
    ("UPDATE event SET members = 'nonsense'", "the entry does not match its seal"),
    ("UPDATE event SET body = 'nonsense'", "the entry does not match its seal"),
    ("DELETE FROM event", "the deal has no entries"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGE, ids=[damage for damage, _ in DAMAGE])
def test_a_deal_too_damaged_to_be_read_can_still_be_verified(deal: str, tmp_path: Path, damage: str, told: str) -> None:
    with closing(sqlite3.connect(tmp_path / "deals.db")) as forger:
        for (guard,) in forger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {guard}")
        forger.execute(damage)
        forger.commit()

    verified, read = clausula("verify", deal), clausula("state", deal)

    assert verified.exit_code == 1
    assert told in " ".join(verified.stdout.split())
    assert read.exit_code in (0, 2)
    assert read.exit_code == 0 or read.stderr.startswith("error: ")


def test_members_that_cannot_be_read_are_told_in_words(deal: str, tmp_path: Path) -> None:
    assert clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "deals.db")) as forger:
        for (guard,) in forger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {guard}")
        forger.execute('UPDATE event SET members = \'[["x","Buyer",true]]\' WHERE version = 2')
        forger.execute("UPDATE head SET state = 'null'")
        forger.commit()

    verified, read = clausula("verify", deal), clausula("state", deal)

    told = " ".join(verified.stdout.split())
    assert verified.exit_code == 1
    assert "event 2 members  the entry does not match its seal" in verified.stdout
    assert "replayed up to version 1, and not with this entry: its members cannot be read with the rest of it" in told
    assert read.exit_code == 2
    assert "Error" not in told + read.stderr
    assert "Seating" not in told + read.stderr


def test_the_deals_of_a_person_are_listed(deal: str) -> None:
    assert deal[:8] in clausula("state").stdout
    assert [each["deal"] for each in json.loads(clausula("state", "--json").stdout)] == [deal]
    assert "has a seat in no deal" in clausula("state", "--person", "nobody").stdout


def test_a_token_is_good_for_the_person_it_names(tmp_path: Path) -> None:
    printed = clausula("token", "anna", "--days", "2").stdout.strip()

    assert Tokens(keys_in(tmp_path)[0]).read(printed, AT + timedelta(days=1)).id == "anna"
    assert json.loads(clausula("token", "anna", "--json").stdout)["person"] == "anna"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["open", "bicicle"], "Did you mean `bicycle`?"),
        (["open", "unreadable"], "The agreement unreadable cannot run."),
        (["open", "bicycle", "--seat", "Buyer"], "--seat takes a name, an equals sign and a content"),
        (["open", "bicycle", "--seat", "Byer=you"], "Did you mean `Buyer`?"),
        (["open", "bicycle", "--blank", "Frame Numbr=1"], "Did you mean `Frame Number`?"),
        (["state", "0000"], "You have a seat in no deal `0000`."),
        (["verify", "0000"], "You have a seat in no deal `0000`."),
        (
            ["submit", "DEAL", "--as", "Byer", "take the Key"],
            "You do not act for Byer in this deal. Did you mean `Buyer`?",
        ),
        (["submit", "DEAL", "--as", "Seller", "take the Kye"], "did you mean `Key`?"),
        (["submit", "DEAL", "--as", "Seller", "take the Key", "--at", "noon"], "--at takes an instant, not `noon`."),
        (
            ["submit", "DEAL", "--as", "Seller", "take the Key", "--at", "09:00 on 1 June 2030"],
            "at 09:00 on 1 June 2030 lies in the future: it is 10:00 on 1 June 2024. Leave the instant out",
        ),
        (["state", "DEAL", "--as-of", "09:00 on 1 June 1999"], "There was no deal yet at that instant."),
        (["token", " "], "name the person"),
        (["token", "anna", "--days", "soon"], "a whole number from 1 to 3650 is wanted, not `soon`."),
        (["serve", "--port", "abc"], "a whole number from 0 to 65535 is wanted, not `abc`."),
        (["serve", "--database", "/proc/none/deals.db"], "There is no folder /proc/none, and it cannot be made."),
        (["open", "bicycle", "--role", "Nobody=x"], "There is no role `Nobody`. The roles are Buyer, Seller, Agent"),
        (["open", "bicycle", "--role", "Byer=x"], "Did you mean `Buyer`?"),
        (["open", "bicycle", "--blank", "Frame Numbr=1"], "error: There is no blank `Frame Numbr`."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments: list[str], told: str, deal: str) -> None:
    result = clausula(*(each.replace("DEAL", deal) for each in arguments))

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_who_leaves_out_a_blank_is_told_the_option_that_fills_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSULA_AGREEMENTS", str(shipped()))

    result = clausula("open", "funds_escrow")

    assert result.exit_code == 2
    assert "The blank Agreement Date must be filled" in result.stderr
    assert "--blank=Agreement Date=..." in result.stderr


def test_what_is_kept_can_be_read_by_this_user_alone(tmp_path: Path) -> None:
    database = tmp_path / "new" / "deals.db"
    before = os.umask(0)
    try:
        assert clausula("open", "bicycle", "--database", str(database)).exit_code == 0
    finally:
        os.umask(before)

    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in database.parent.iterdir()} == {0o600}


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Sir or Madam, " * 400, encoding="utf-8")

    for command in (("state",), ("verify", "3f2a"), ("open", "bicycle"), ("serve", "--port", "0")):
        result = clausula(*command, "--database", str(file))

        assert result.exit_code == 2
        assert "not a database" in " ".join(result.stderr.split())


def test_an_empty_file_and_another_program_s_database_are_said_to_be_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE letters (text)")

    for name in ("empty.db", "other.db"):
        result = clausula("state", "--database", str(tmp_path / name))

        assert result.exit_code == 2
        assert "is not a database of Clausula" in " ".join(result.stderr.split())


def test_a_folder_in_the_place_of_the_database_is_said_to_be_one(tmp_path: Path) -> None:
    assert clausula("state", "--database", str(tmp_path)).exit_code == 2


def test_a_setting_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSULA_PORT", "eighty")

    result = clausula("state")

    assert result.exit_code == 2
    assert "CLAUSULA_PORT" in result.stderr


def test_who_only_reads_works_beside_a_running_server(deal: str, tmp_path: Path) -> None:
    deposit = ("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund")
    with service_in(settings_from({"CLAUSULA_DATABASE": str(tmp_path / "deals.db")}), ManualClock(AT)):
        readers = [clausula(*each) for each in (("state",), ("state", deal), ("verify", deal), (*deposit, "--preview"))]
        seat = ("seat", deal, "--party", "Buyer", "--person", "eve")
        writers = [clausula(*each) for each in (deposit, ("open", "bicycle"), seat, ("serve", "--port", "0"))]

    assert [each.exit_code for each in readers] == [0, 0, 0, 0]
    assert [each.exit_code for each in writers] == [2, 2, 2, 2]
    for each in writers:
        told = " ".join(each.stderr.split())
        assert f"is being written to by another process, with the pid {os.getpid()}." in told
        assert "at the address it printed" in told
        assert "http" not in told  # nobody knows which one


def test_a_database_that_is_not_there_is_not_made_by_looking_for_a_deal(tmp_path: Path) -> None:
    file = tmp_path / "typo.db"
    act = ("submit", "3f2a", "--as", "Buyer", "take the Key")

    for command in (("state",), ("state", "3f2a"), ("verify", "3f2a"), act, (*act, "--preview")):
        result = clausula(*command, "--database", str(file))

        assert result.exit_code == 2
        assert "There is no database" in result.stderr
        assert list(tmp_path.glob("typo*")) == []


def test_a_folder_without_agreements_is_not_served(tmp_path: Path) -> None:
    result = clausula("serve", "--agreements", str(tmp_path / "nowhere"), "--database", str(tmp_path / "x.db"))

    assert result.exit_code == 2
    assert "There is no folder" in result.stderr


def test_serving_takes_its_settings_from_the_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[Settings] = []

    def not_started(settings: Settings, *, as_json: bool) -> None:
        seen.append(settings)

    monkeypatch.setattr("api.serve.serve", not_started)

    result = clausula("serve", "--port", "0", "--host", "::1", "--database", str(tmp_path / "x.db"))

    assert result.exit_code == 0
    assert (seen[0].port, seen[0].host, seen[0].database) == (0, "::1", tmp_path / "x.db")
    assert settings_from({}).port == 8000


def test_a_seat_is_given_from_the_terminal_by_a_person_or_the_operator(deals_clock: ManualClock) -> None:
    number = clausula("open", "bicycle", "--seat", "Buyer=ada", "--person", "ada").stdout.strip()
    deals_clock.advance(timedelta(minutes=1))
    stranger = clausula("seat", number[:8], "--party", "Buyer", "--person", "bert", "--by", "bert")
    given = clausula("seat", number[:8], "--party", "Buyer", "--person", "bert", "--by", "ada")
    deals_clock.advance(timedelta(minutes=1))
    revoked = clausula("seat", number[:8], "--party", "Buyer", "--person", "ada", "--by", "bert", "--revoke")
    deals_clock.advance(timedelta(minutes=1))
    first = clausula("seat", number[:8], "--party", "Agent", "--person", "gus", "--operator", "--by", "keeper")
    second = clausula("seat", number[:8], "--party", "Agent", "--person", "eve", "--operator", "--by", "keeper")
    unknown = clausula("seat", "ffff0000", "--party", "Agent", "--person", "eve", "--operator")
    short = clausula("seat", number[:2], "--party", "Agent", "--person", "eve", "--operator")

    assert [each.exit_code for each in (stranger, given, revoked, first, second)] == [2, 0, 0, 0, 2]
    assert "accepted: seat bert for Buyer" in given.stdout
    assert "seat gus for Agent, as the operator" in first.stdout
    assert "Somebody acts for Agent, and seats others" in second.stderr
    assert (unknown.exit_code, short.exit_code) == (2, 2)
    assert clausula("state", number, "--person", "ada").exit_code == 2
    assert clausula("verify", number, "--person", "gus").exit_code == 0


def test_a_deal_answers_questions_about_values_conditions_sections_and_acts(deal: str) -> None:
    value = clausula("explain", deal[:8], "the balance of the Fund")
    condition = clausula("explain", deal, "the balance of the Fund is at least USD 900.00", "--json")
    section = json.loads(clausula("explain", deal, "2", "--json").stdout)

    assert "the balance of the Fund = USD 0.00" in value.stdout
    assert json.loads(condition.stdout)["outcome"] == "pending"
    assert section["receipt"]["log_version"] == 1
    assert section["receipt"]["log_seal"] == json.loads(clausula("state", deal, "--json").stdout)["receipt"]["log_seal"]
    assert clausula("explain", deal, "the balanse of the Fund").exit_code == 2
    assert clausula("explain", deal, "2", "--as-of", "09:30 on 1 June 1999").exit_code == 2


def test_why_not_on_the_command_line_tells_who_can_help(deal: str) -> None:
    refused = clausula("explain", deal, "deposit USD 900.00 into the Fund", "--as", "Seller")
    accepted = clausula("explain", deal, "deposit USD 900.00 into the Fund", "--as", "Buyer")

    assert "refused under section 2" in refused.stdout
    assert "No acts were found that would make it possible now." in refused.stdout
    assert "that is no proof that there is no way." in " ".join(refused.stdout.split())
    in_json = json.loads(
        clausula("explain", deal, "deposit USD 900.00 into the Fund", "--as", "Seller", "--json").stdout
    )
    assert (in_json["ways"], in_json["searched"]) == ([], "NOTHING_NEARER")
    assert "accepted under section 2" in accepted.stdout
    assert clausula("explain", deal, "deposit nothing", "--as", "Buyer").exit_code == 2
