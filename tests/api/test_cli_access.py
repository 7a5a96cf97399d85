"""The commands about who may come in, who has read what, and how the database is."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from api.auth import keys_in
from api.clock import ManualClock
from api.parts import access_in, tokens_from
from api.settings import Settings
from tests.api.conftest import AT, HERE, clausula, tidy
from tests.conftest import Golden

COMMANDS = ("token", "token-keys", "audit", "health")

pytestmark = pytest.mark.usefixtures("quiet_place")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command(command: str, golden: Golden) -> None:
    golden(HERE / "golden" / f"help_{command}.txt", tidy(clausula(command, "--help").stdout))


def good(tmp_path: Path, clock: ManualClock, token: str) -> bool:
    settings = Settings(tmp_path / "deals.db", HERE)
    found = tokens_from(settings).read(token, clock.now())
    with access_in(settings, clock) as access:
        access.look()
        return access.good(found)


@pytest.mark.usefixtures("deal")
def test_all_tokens_of_a_person_are_revoked(tmp_path: Path, deals_clock: ManualClock) -> None:
    before = clausula("token", "anna").stdout.strip()
    deals_clock.advance(timedelta(milliseconds=1))

    told = clausula("token", "anna", "--revoke").stdout

    deals_clock.advance(timedelta(milliseconds=1))
    after = clausula("token", "anna").stdout.strip()
    assert told.startswith("Good no more: every token issued so far of anna.")
    assert (good(tmp_path, deals_clock, before), good(tmp_path, deals_clock, after)) == (False, True)


@pytest.mark.usefixtures("deal")
def test_one_token_is_revoked(tmp_path: Path, deals_clock: ManualClock) -> None:
    lost, kept = (clausula("token", "anna").stdout.strip() for _ in range(2))

    wrong = clausula("token", "paul", "--revoke", "--only", lost)
    done = clausula("token", "anna", "--revoke", "--only", "-", "--json", keys=f"{lost}\n")

    assert (wrong.exit_code, done.exit_code) == (2, 0)
    assert "This token is not one of paul." in wrong.stderr
    assert json.loads(done.stdout) == {"person": "anna", "revoked": "this token"}
    assert (good(tmp_path, deals_clock, lost), good(tmp_path, deals_clock, kept)) == (False, True)


@pytest.mark.usefixtures("deals_clock")
def test_the_token_of_an_operator(tmp_path: Path) -> None:
    made = json.loads(clausula("token", "keeper", "--operator", "--json").stdout)

    assert made["operator"] is True
    assert tokens_from(Settings(tmp_path / "deals.db", HERE)).read(made["token"], AT).operator


@pytest.mark.usefixtures("deals_clock")
def test_keys_are_renewed_and_retired(tmp_path: Path) -> None:
    first = json.loads(clausula("token-keys", "--json").stdout)
    second = json.loads(clausula("token-keys", "--renew", "--json").stdout)
    third = json.loads(clausula("token-keys", "--retire", "--json").stdout)

    assert second["good"] == [second["signs"], first["signs"]]
    assert third == {"signs": second["signs"], "good": [second["signs"]]}
    shown = clausula("token-keys").stdout
    assert second["signs"] in shown
    assert keys_in(tmp_path)[0].hex() not in shown


def test_what_was_read_over_the_service_is_shown(tmp_path: Path, deal: str, deals_clock: ManualClock) -> None:
    assert clausula("audit", deal[:8]).stdout.strip() == "Nobody has read anything of this deal over the service."
    with access_in(Settings(tmp_path / "deals.db", HERE), deals_clock) as access:
        access.journal.record(deal, "anna", "r-1", "Overview", "deal { funds paid }")
        deals_clock.advance(timedelta(seconds=1))
        access.journal.record(deal, "paul", "r-2", "", "timeline { edges }")
        access.journal.flush()

    found = json.loads(clausula("audit", deal[:8], "--json").stdout)

    assert [(each["person"], each["request"], each["operation"], each["fields"]) for each in found] == [
        ("paul", "r-2", "", "timeline { edges }"),
        ("anna", "r-1", "Overview", "deal { funds paid }"),
    ]
    assert found[1]["at"] == "2024-06-01T14:00:00+00:00"
    assert "Overview: deal { funds paid }" in clausula("audit", deal).stdout
    assert len(json.loads(clausula("audit", deal, "--last", "1", "--json").stdout)) == 1


def test_two_commands_about_keys_cannot_be_taken_for_each_other() -> None:
    """`key` is a person's, `token-keys` are those of the service; each names the other, and nothing is `keys`."""
    wrong = clausula("keys")

    assert wrong.exit_code == 2
    assert "No such command 'keys'" in wrong.stderr
    assert "clausula token-keys" in clausula("key", "--help").stdout
    assert "clausula key`" in clausula("token-keys", "--help").stdout


@pytest.mark.usefixtures("deal")
def test_the_health_of_a_database_tells_nothing_of_a_deal(deal: str) -> None:
    found = json.loads(clausula("health", "--json").stdout)
    shown = clausula("health").stdout

    assert (found["deals"], found["entries"], found["tables_version"]) == (1, 1, "0006")
    assert found["database_bytes"] > 0
    assert not any(word in shown for word in (deal[:8], "bicycle", "you", "Buyer"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["token", "anna", "--only", "x"], "Write --revoke with it."),
        (["token", "anna", "--revoke", "--only", "nonsense"], "This is no token that is good."),
        (["token", "anna", "--days", "0"], "a whole number from 1 to 3650 is wanted, not `0`."),
        (["token-keys", "--renew", "--retire"], "Do one after the other."),
        (["audit", "0000"], "There is no deal `0000`."),
        (["audit", "000"], "`000` is too short for the number of a deal."),
        (["audit", "0000", "--last", "0"], "a whole number from 1 to 10000 is wanted"),
    ],
)
@pytest.mark.usefixtures("deal")
def test_what_is_not_understood_is_told(arguments: list[str], told: str) -> None:
    result = clausula(*arguments)

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.usefixtures("deals_clock")
def test_without_a_database_nothing_is_revoked_and_that_is_told() -> None:
    for arguments in (["token", "anna", "--revoke"], ["health"], ["audit", "0000"]):
        result = clausula(*arguments)

        assert result.exit_code == 2
        assert "There is no database" in result.stderr


@pytest.mark.usefixtures("deals_clock")
def test_keys_that_are_set_are_not_those_kept_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSULA_TOKEN_KEY", "ab" * 32)

    assert "CLAUSULA_TOKEN_KEY names" in " ".join(clausula("token-keys", "--renew").stderr.split())
