"""`clausula verify`, `receipt` and `checkpoint`, over a database of their own."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from api.clock import ManualClock
from api.evidence.note import PublicKey
from api.evidence.signature import public_key
from tests.api.conftest import HERE, clausula, tidy
from tests.conftest import Golden

pytestmark = pytest.mark.usefixtures("deals_clock")


@pytest.fixture
def entries(deal: str, deals_clock: ManualClock) -> str:
    """A deal with an opening, a deposit, and a release that is refused."""
    assert clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund").exit_code == 0
    deals_clock.advance(timedelta(minutes=1))
    assert clausula("submit", deal, "--as", "Seller", "deposit USD 900.00 into the Fund").exit_code == 1
    return deal


def said(*arguments: str) -> str:
    result = clausula(*arguments)
    return " ".join(result.stdout.split()) + " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["receipt", "checkpoint", "key", "personal", "erase"])
def test_the_help_of_a_command(command: str, golden: Golden) -> None:
    golden(HERE / "golden" / f"help_{command}.txt", tidy(clausula(command, "--help").stdout))


def test_a_receipt_of_an_act_is_checked_without_a_database(entries: str, tmp_path: Path) -> None:
    key = clausula("checkpoint").stdout.splitlines()[-1]
    for version, kind in ((1, "opened"), (2, "accepted"), (3, "refused")):
        file = tmp_path / f"receipt-{version}.json"
        file.write_text(clausula("receipt", entries[:8], str(version)).stdout, encoding="utf-8")
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        env: dict[str, str | None] = {"CLAUSULA_DATABASE": str(tmp_path / "elsewhere" / "nothing.db")}

        checked = clausula("verify", "--receipt", str(file), "--key", key, env=env)

        assert checked.exit_code == 0
        assert f"Entry {version} of deal {entries}, {kind}, is proven." in checked.stdout
        assert "from elsewhere" not in checked.stdout
        assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_receipt_holds_what_the_answer_rests_on(entries: str, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(clausula("receipt", entries, "2").stdout, encoding="utf-8")
    now = json.loads(clausula("state", entries, "--json").stdout)["receipt"]

    found = json.loads(clausula("verify", "--receipt", str(file), "--json").stdout)

    basis = json.loads(found["entry"]["answer"])["basis"]
    assert found["entry"]["agreement_sha256"] == now["agreement_sha256"]
    assert basis == {
        "engine": now["engine"],
        "calendar": now["calendar"],
        "calendarVersion": now["calendar_version"],
        "lawSha256": now["law_sha256"],
    }
    assert (found["proven"], found["key_trusted"], found["index"]) == (True, False, 1)


def test_without_a_key_it_is_said_whose_word_it_is(entries: str, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(clausula("receipt", entries, "2").stdout, encoding="utf-8")

    assert "compare it with one that you have from elsewhere" in said("verify", "--receipt", str(file))


def test_a_changed_receipt_and_another_key_prove_nothing(entries: str, tmp_path: Path) -> None:
    file, text = tmp_path / "receipt.json", clausula("receipt", entries, "2").stdout
    file.write_text(text.replace("900", "901"), encoding="utf-8")
    result = clausula("verify", "--receipt", str(file))
    assert result.exit_code == 1
    assert "proves nothing: the entry does not match its seal" in " ".join(result.stdout.split())

    file.write_text(text, encoding="utf-8")
    other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    result = clausula("verify", "--receipt", str(file), "--key", other, "--json")
    assert result.exit_code == 1
    assert "none of those that are trusted" in json.loads(result.stdout)["problem"]


def test_a_key_can_come_from_a_file(entries: str, tmp_path: Path) -> None:
    file, keys = tmp_path / "receipt.json", tmp_path / "keys"
    file.write_text(clausula("receipt", entries, "2").stdout, encoding="utf-8")
    keys.write_text(clausula("checkpoint").stdout.splitlines()[-1] + "\n", encoding="utf-8")

    assert clausula("verify", "--receipt", str(file), "--key", str(keys)).exit_code == 0
    assert "is no public key" in said("verify", "--receipt", str(file), "--key", "a+b+c")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["verify", "3f2a", "--receipt", "x.json"], "Leave out the deal."),
        (["verify", "--key", "x"], "Name one with --receipt."),
        (["verify", "--receipt", "nowhere.json"], "nowhere.json"),
        (["receipt", "ffffffff", "1"], "You have a seat in no deal"),
    ],
)
def test_what_cannot_be_checked_is_said(deal: str, arguments: list[str], told: str) -> None:
    assert clausula(*arguments).exit_code == 2
    assert told in said(*arguments)


def test_a_receipt_is_for_the_members_of_the_deal(entries: str) -> None:
    assert clausula("receipt", entries, "2", "--person", "zoe").exit_code == 2
    assert "has no entry 9" in said("receipt", entries, "9")


def test_what_is_not_sealed_is_pending(entries: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "deals.db")) as database:
        for name in ("leaf_is_never_deleted", "checkpoint_is_never_deleted"):
            database.execute(f"DROP TRIGGER {name}")
        database.execute("DELETE FROM leaf WHERE number = 2")
        database.execute("DELETE FROM checkpoint WHERE size = 3")
        database.commit()

    result = clausula("receipt", entries, "3", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["pending"] is True
    assert "not sealed into the log of all deals yet" in " ".join(result.stderr.split())


# ------------------------------------------------------------- the whole database


def test_a_whole_database_is_compared_with_what_was_signed(entries: str, tmp_path: Path) -> None:
    result = clausula("verify", "--all")

    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "1 deal, 3 entries: all is as it was written" in told
    assert "3 sealed entries: as in 3 checkpoints kept in" in told
    found = json.loads(clausula("verify", "--all", "--json").stdout)
    assert (found["sound"], found["checkpoints"]["sealed"], found["checkpoints"]["waiting"]) == (True, 3, 0)
    assert (tmp_path / "deals.db.checkpoints").exists()
    assert (tmp_path / "deals.db.seal.key").exists()


def test_a_database_that_was_put_back_is_seen(deal: str, tmp_path: Path) -> None:
    database = tmp_path / "deals.db"
    older = database.read_bytes()
    assert clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund").exit_code == 0
    database.write_bytes(older)

    result = clausula("verify", "--all")

    assert result.exit_code == 1
    assert "put back to an earlier state" in " ".join(result.stdout.split())
    assert json.loads(clausula("verify", "--all", "--json").stdout)["sound"] is False
    assert clausula("verify", deal).exit_code == 0  # the deal by itself cannot tell


def test_a_checkpoint_file_elsewhere_is_used(
    deals_clock: ManualClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "other disk" / "checkpoints"
    monkeypatch.setenv("CLAUSULA_CHECKPOINTS", str(elsewhere))

    clausula("open", "bicycle")

    assert elsewhere.exists()
    assert not (tmp_path / "deals.db.checkpoints").exists()
    assert clausula("verify", "--all").exit_code == 0


def test_a_new_key_goes_on_where_the_old_one_stopped(entries: str, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(clausula("receipt", entries, "2").stdout, encoding="utf-8")
    old = clausula("checkpoint").stdout.splitlines()[-1]

    new = clausula("checkpoint", "--new-key").stdout.splitlines()[-1]
    clausula("open", "bicycle")

    assert old != new
    assert clausula("verify", "--all").exit_code == 0
    assert clausula("verify", "--receipt", str(file), "--key", old).exit_code == 0
    assert clausula("verify", "--receipt", str(file), "--key", new).exit_code == 1
    assert json.loads(clausula("checkpoint", "--json").stdout)["keys"] == [old, new]


def test_nothing_sealed_is_said(tmp_path: Path) -> None:
    result = clausula("checkpoint", "--database", str(tmp_path / "deals.db"), "--new-key")

    assert result.exit_code == 2
    assert "There is no database" in result.stderr


def test_a_key_can_be_given_to_several_machines(
    deal: str, monkeypatch: pytest.MonkeyPatch, deals_clock: ManualClock
) -> None:
    monkeypatch.setenv("CLAUSULA_SEAL_KEY", "07" * 32)
    clausula("open", "bicycle")
    keys = json.loads(clausula("checkpoint", "--json").stdout)["keys"]

    assert len(keys) == 2  # the one that was made, and the one that was given
    assert PublicKey.parse(keys[1]).key.hex() == public_key("07" * 32)
    for wrong in ("xy", "07" * 31):
        monkeypatch.setenv("CLAUSULA_SEAL_KEY", wrong)
        assert "CLAUSULA_SEAL_KEY" in said("open", "bicycle")
