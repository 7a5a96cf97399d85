"""The commands about the database itself, and what is said of one that cannot be used."""

import json
import shutil
from pathlib import Path

import psycopg
import pytest

from api.clock import ManualClock
from tests.api.conftest import clausula

pytestmark = pytest.mark.usefixtures("deals_clock")
DEPOSIT = ("--as", "Buyer", "deposit USD 900.00 into the Fund")


def test_a_backup_is_brought_back_and_an_older_one_is_seen(deal: str, tmp_path: Path) -> None:
    backup, new = str(tmp_path / "backup.db"), str(tmp_path / "new.db")

    made = clausula("backup", backup)
    clausula("submit", deal, *DEPOSIT)
    later = json.loads(clausula("verify", deal, "--json").stdout)
    brought = json.loads(clausula("restore", backup, "--database", new, "--json").stdout)

    assert made.stdout.startswith("Backed up: 1 deal, 1 entry.\n")
    assert brought == {
        "deals": 1, "entries": 1, "last_recorded_at": "2024-06-01T13:00:00+00:00",
        "documents": 0, "documents_missing": [],
    }  # fmt: skip
    assert clausula("verify", deal, "--seen", f"2:{later['seal']}").exit_code == 0
    older = clausula("verify", deal, "--seen", f"2:{later['seal']}", "--database", new)
    assert older.exit_code == 1
    assert "was seen before, and the log has no such entry" in older.stdout


def test_a_restored_database_is_whole_once_its_checkpoints_lie_beside_it(deal: str, tmp_path: Path) -> None:
    backup, new = str(tmp_path / "backup.db"), tmp_path / "new.db"
    clausula("submit", deal, *DEPOSIT)

    made = clausula("backup", backup)
    brought = clausula("restore", backup, "--database", str(new))
    without = clausula("verify", "--all", "--database", str(new))
    shutil.copyfile(tmp_path / "deals.db.checkpoints", tmp_path / "new.db.checkpoints")
    beside = clausula("verify", "--all", "--database", str(new))

    assert f"keep a copy of {tmp_path / 'deals.db.checkpoints'} too" in made.stdout
    assert f"put their file there as {new}.checkpoints, or name it with CLAUSULA_CHECKPOINTS" in brought.stdout
    assert (without.exit_code, beside.exit_code) == (1, 0)
    told = " ".join(without.stdout.split())
    assert "2 sealed entries: nothing to compare them with" in told
    assert "not what was signed" not in told
    assert told.count("CLAUSULA_CHECKPOINTS") == 1
    assert "no known key" not in told


def test_deals_move_to_a_server_and_back(deal: str, server: str, tmp_path: Path, deals_clock: ManualClock) -> None:
    seal = json.loads(clausula("verify", deal, "--json").stdout)["seal"]

    there = clausula("move", "--all", "--to", server)

    assert there.exit_code == 0
    assert there.stdout.splitlines()[0] == f"{deal[:8]}  1 entry, the last seal is {seal}"
    assert "Nobody" not in there.stdout
    assert clausula("state", deal).exit_code == 2
    assert clausula("submit", deal, *DEPOSIT, "--database", server).exit_code == 0
    back = clausula("move", deal[:8], "--database", server, "--to", str(tmp_path / "deals.db"), "--json")
    (arrived,) = json.loads(back.stdout)
    assert (arrived["deal"], arrived["entries"]) == (deal, 2)
    assert clausula("verify", deal, "--seen", f"1:{seal}").exit_code == 0
    assert json.loads(clausula("verify", deal, "--json").stdout)["seal"] == arrived["seal"]


def test_the_whole_database_is_verified(deal: str, server: str) -> None:
    here = clausula("verify", "--all")
    clausula("move", "--all", "--to", server)
    there = clausula("verify", "--all", "--database", server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("ALTER TABLE event DISABLE TRIGGER event_is_never_changed")
    open_to_change = clausula("verify", "--all", "--database", server)
    as_json = json.loads(clausula("verify", "--all", "--database", server, "--json").stdout)

    sound = (0, "✓ 1 deal, 1 entry: all is as it was written")
    assert [(each.exit_code, each.stdout.splitlines()[0]) for each in (here, there)] == [sound, sound]
    assert open_to_change.exit_code == 1
    assert "the guard event_is_never_changed is missing or was changed" in open_to_change.stdout
    assert "ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_changed;\n" in open_to_change.stdout
    assert (as_json["sound"], as_json["deals"][0]["deal"]) == (False, deal)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(as_json["faults"][0]["remedy"].encode())
    assert clausula("verify", "--all", "--database", server).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["backup", "deals.db", "--database", "nowhere.db"], "There is no database nowhere.db."),
        (["restore", "nowhere.db"], "There is no backup nowhere.db."),
        (["restore", "{backup}"], "There is a database"),
        (["backup", "{backup}"], "There is a file"),
        (["move", "--all"], "Where the deals are to go on is not said."),
        (["move", "--to", "x.db"], "It takes the numbers of deals, or --all."),
        (["move", "0000", "--to", "x.db"], "There is no deal `0000`."),
        (["move", "--all", "--to", "mysql://db/x"], "not mysql://"),
        (["verify"], "It takes the number of a deal, or --all."),
        (["verify", "{deal}", "--all"], "It takes the number of a deal, or --all."),
        (["verify", "{deal}", "--seen", "2"], "--seen takes VERSION:SEAL, not `2`."),
        (["state", "--database", "mysql://ana:s3cret@db/x"], "not mysql://"),
        (["state", "--database", "postgresql://ana:s3/cret@db/x"], "the URL of the database cannot be read"),
        (["state", "--database", "postgresql://ana:s3cret@127.0.0.1:1/x"], "postgresql://ana@127.0.0.1:1/x cannot be"),
        (["serve", "--database", "postgresql://ana:s3cret@127.0.0.1:1/x"], "onnection refused"),
    ],
)
def test_what_cannot_be_done_is_told(deal: str, tmp_path: Path, arguments: list[str], told: str) -> None:
    backup = tmp_path / "backup.db"
    clausula("backup", str(backup))

    result = clausula(*(each.format(backup=backup, deal=deal) for each in arguments))

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert "cret" not in result.output
    assert not Path("x.db").exists()


def test_the_environment_names_a_server(deal: str, server: str) -> None:
    empty = {"CLAUSULA_DATABASE": None, "DATABASE_URL": server}

    assert "a seat in no deal" in clausula("state", env=empty).stdout
    opened = clausula("open", "bicycle", "--key", "two", env=empty)
    assert clausula("state", opened.stdout.strip(), env=empty).exit_code == 0
    assert clausula("state", deal).exit_code == 0  # CLAUSULA_DATABASE says otherwise, and counts first
