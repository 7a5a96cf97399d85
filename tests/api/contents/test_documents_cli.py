"""The commands about documents, and what the others about the database do with them."""

import hashlib
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from api.clock import ManualClock
from tests.api.conftest import AT, HERE, clausula, tidy
from tests.conftest import Golden

pytestmark = pytest.mark.usefixtures("deals_clock")
CONTENT = b"%PDF-1.7 the bill of sale"
SHA = hashlib.sha256(CONTENT).hexdigest()
OTHER = hashlib.sha256(b"a note").hexdigest()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file of this machine."""
    path = tmp_path / "bill.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where documents are kept when nothing else is said."""
    return tmp_path / "deals.db.documents"


def put(deal: str, paper: Path) -> None:
    assert clausula("document", deal, "--put", str(paper)).stdout == f"{SHA}\n"


def name_it(deal: str) -> None:
    filled = clausula("submit", deal, "--as", "Seller", f'fill the Frame Number with "F-1, sha256:{SHA}"')
    assert filled.exit_code == 0, filled.stdout + filled.stderr


@pytest.mark.usefixtures("quiet_place")
@pytest.mark.parametrize("command", ["document", "sweep"])
def test_the_help_of_a_command(command: str, golden: Golden) -> None:
    golden(HERE / "golden" / f"help_{command}.txt", tidy(clausula(command, "--help").stdout))


def test_a_file_is_put_into_a_deal_and_got_back(deal: str, paper: Path, tmp_path: Path) -> None:
    put(deal, paper)
    back = tmp_path / "back.pdf"

    got = clausula("document", deal, "--get", f"sha256:{SHA}", "--to", str(back))

    assert (got.exit_code, back.read_bytes()) == (0, CONTENT)
    listed = clausula("document", deal).stdout
    assert listed == (
        f"{SHA}  application/pdf, 25 bytes, put there by you at {AT + timedelta(hours=1):%Y-%m-%d %H:%M} UTC, "
        "named nowhere in the log\n"
    )
    name_it(deal)
    assert "named nowhere" not in clausula("document", deal).stdout
    (row,) = json.loads(clausula("document", deal, "--json").stdout)
    assert (row["sha256"], row["size"], row["named"]) == (SHA, 25, True)


def test_what_is_not_of_this_deal_or_person_is_told(deal: str, paper: Path, tmp_path: Path, place: Path) -> None:
    put(deal, paper)
    back = str(tmp_path / "back.pdf")
    unknown = tmp_path / "bill.xyz"
    unknown.write_bytes(CONTENT)
    small: dict[str, str | None] = {"CLAUSULA_DOCUMENTS_PER_PERSON_MB": "1", "CLAUSULA_DOCUMENT_MB": "2"}
    large = tmp_path / "large.pdf"
    large.write_bytes(b"x" * 1_500_000)
    huge = tmp_path / "huge.pdf"
    huge.write_bytes(b"x" * 2_500_000)

    for arguments, told in (
        (("document", deal, "--person", "zoe"), "zoe has a seat in no deal"),
        (("document", deal, "--put", str(paper), "--person", "zoe"), "zoe has a seat in no deal"),
        (("document", deal, "--get", SHA, "--to", back, "--person", "zoe"), "zoe has a seat in no deal"),
        (("document", deal, "--get", OTHER, "--to", back), "The deal has no document"),
        (("document", deal, "--get", SHA), "--to the file that it is written into"),
        (("document", deal, "--get", SHA, "--to", str(paper)), "There is a file"),
        (("document", deal, "--put", str(paper), "--get", SHA), "One thing at a time"),
        (("document", deal, "--put", str(unknown)), "is of no type that is taken"),
        (("document", deal, "--put", "nowhere.pdf"), "nowhere.pdf cannot be used"),
        (("document", deal, "--put", str(large)), "more documents here than is allowed"),
        (("document", deal, "--put", str(huge)), "a document has at most 2 MB"),
        (("document", deal, "--type", "text/plain"), "--type is for a file"),
        (("erase",), "the name of a person, or --document"),
        (("erase", "anna", "--document", SHA), "the name of a person, or --document"),
        (("erase", "--document", "xyz"), "`xyz` is no SHA-256"),
    ):
        result = clausula(*arguments, env=small)
        assert (result.exit_code, told in " ".join(result.stderr.split())) == (2, True), (arguments, result.stderr)
    assert not Path(back).exists()
    assert [each.name for each in place.rglob("*") if each.is_file()] == [SHA[2:]]


def test_verify_tells_a_document_that_is_missing_or_damaged(deal: str, paper: Path, place: Path) -> None:
    before = clausula("verify", "--all")
    put(deal, paper)
    file = place / SHA[:2] / SHA[2:]

    sound = clausula("verify", "--all")
    file.write_bytes(CONTENT[:-1] + b"x")
    damaged = clausula("verify", "--all")
    got = clausula("document", deal, "--get", SHA, "--to", str(place / "back"))
    file.unlink()
    missing = clausula("verify", "--all")
    as_json = json.loads(clausula("verify", "--all", "--json").stdout)

    assert "bytes" not in before.stdout
    assert (sound.exit_code, damaged.exit_code, missing.exit_code) == (0, 1, 1)
    assert f"1 document, 25 bytes, in {place}: as they were put there" in " ".join(sound.stdout.split())
    assert f"{deal[:8]} content the document {SHA} is damaged" in " ".join(damaged.stdout.split())
    assert f"the document {SHA} is missing. Who has the file can" in " ".join(missing.stdout.split())
    assert (as_json["sound"], as_json["documents"]["sound"], as_json["checkpoints"]["sound"]) == (False, False, True)
    assert (got.exit_code, (place / "back").exists()) == (2, False)
    put(deal, paper)
    assert clausula("verify", "--all").exit_code == 0


def test_verify_counts_the_files_that_papers_name_and_that_never_were_here(deal: str) -> None:
    name_it(deal)

    found = clausula("verify", "--all")

    assert found.exit_code == 0
    assert "1 file named in a log, and never put here: ask who has it." in found.stdout


def test_an_erasure_breaks_no_log_and_leaves_the_hash(deal: str, paper: Path, place: Path, tmp_path: Path) -> None:
    put(deal, paper)
    name_it(deal)

    erased = clausula("erase", "--document", SHA)

    assert erased.stdout == "Erased in 1 deal; every log is as it was.\n"
    assert [each for each in place.rglob("*") if each.is_file()] == []
    assert clausula("document", deal).stdout.startswith(f"{SHA}  erased 2024-06-01 ")
    verified = clausula("verify", "--all")
    assert verified.exit_code == 0
    assert "1 document erased, of which the hash is left." in verified.stdout
    assert clausula("verify", deal).exit_code == 0
    again = clausula("document", deal, "--put", str(paper))
    assert (again.exit_code, "is not taken again" in " ".join(again.stderr.split())) == (2, True)
    got = clausula("document", deal, "--get", SHA, "--to", str(tmp_path / "back"))
    assert (got.exit_code, "This document was erased at" in " ".join(got.stderr.split())) == (2, True)
    assert [each for each in place.rglob("*") if each.is_file()] == []


def test_what_nobody_names_is_listed_and_removed_after_a_time(
    deal: str, paper: Path, place: Path, tmp_path: Path, deals_clock: ManualClock
) -> None:
    put(deal, paper)
    name_it(deal)
    note = tmp_path / "note.txt"
    note.write_bytes(b"a note")
    clausula("document", deal, "--put", str(note))

    fresh = clausula("sweep")
    deals_clock.advance(timedelta(days=31))
    listed = clausula("sweep")
    removed = clausula("sweep", "--remove", "--json")

    assert fresh.stdout == "No documents that nobody has named.\n"
    assert f"{deal[:8]}  {OTHER}  6 bytes, by you at 2024-06-01" in listed.stdout
    assert "1 document that nobody has named.\n--remove lets go of them.\n" in listed.stdout
    assert [each["sha256"] for each in json.loads(removed.stdout)["documents"]] == [OTHER]
    assert [each.name for each in place.rglob("*") if each.is_file()] == [SHA[2:]]
    assert clausula("sweep").stdout == "No documents that nobody has named.\n"


# ------------------------------------------------------- the database elsewhere


def test_a_backup_has_the_documents_beside_it_and_brings_them_back(deal: str, paper: Path, tmp_path: Path) -> None:
    put(deal, paper)
    backup, new = tmp_path / "monday.db", tmp_path / "new.db"

    made = clausula("backup", str(backup))
    brought = clausula("restore", str(backup), "--database", str(new))
    shutil.copyfile(tmp_path / "deals.db.checkpoints", tmp_path / "new.db.checkpoints")
    verified = clausula("verify", "--all", "--database", str(new))

    assert f"1 document in {backup}.documents." in made.stdout
    assert f"1 document in {new}.documents." in brought.stdout
    assert (tmp_path / "new.db.documents" / SHA[:2] / SHA[2:]).read_bytes() == CONTENT
    assert (made.exit_code, brought.exit_code, verified.exit_code) == (0, 0, 0)


def test_a_backup_without_documents_says_so_and_what_is_missing_is_seen(deal: str, paper: Path, tmp_path: Path) -> None:
    put(deal, paper)
    backup, new = tmp_path / "monday.db", tmp_path / "new.db"

    made = clausula("backup", str(backup), "--no-documents")
    brought = clausula("restore", str(backup), "--database", str(new))
    shutil.copyfile(tmp_path / "deals.db.checkpoints", tmp_path / "new.db.checkpoints")
    without = clausula("verify", "--all", "--database", str(new))
    shutil.copytree(tmp_path / "deals.db.documents", tmp_path / "new.db.documents", dirs_exist_ok=True)
    beside = clausula("verify", "--all", "--database", str(new))

    assert f"1 document not in it: copy {tmp_path / 'deals.db.documents'} too" in made.stdout
    assert not (tmp_path / "monday.db.documents").exists()
    assert (brought.exit_code, "1 document missing or damaged" in brought.stdout) == (1, True)
    assert (without.exit_code, beside.exit_code) == (1, 0)


def test_a_backup_whose_documents_find_no_room_is_none(
    deal: str, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(deal, paper)
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if "monday" in str(target):
            raise OSError(28, os.strerror(28), str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    made = clausula("backup", str(tmp_path / "monday.db"))

    assert made.exit_code == 2
    told = " ".join(made.stderr.split())
    assert "The documents cannot be copied to" in told
    assert "no space left on device. Make room; or leave them out with --no-documents" in told
    assert not (tmp_path / "monday.db").exists()


def test_a_deal_that_moves_takes_its_documents_along(deal: str, paper: Path, tmp_path: Path) -> None:
    put(deal, paper)
    there = str(tmp_path / "there.db")

    moved = clausula("move", deal, "--to", there)
    late = clausula("document", deal, "--put", str(paper))
    clausula("erase", "--document", SHA, "--database", there)
    back = clausula("move", deal, "--database", there, "--to", str(tmp_path / "deals.db"))

    assert (moved.exit_code, back.exit_code) == (0, 0), moved.stderr + back.stderr
    assert (late.exit_code, "seat in no deal" in " ".join(late.stderr.split())) == (2, True)
    assert "erased" in clausula("document", deal).stdout


def test_documents_that_moved_are_there(deal: str, paper: Path, tmp_path: Path) -> None:
    put(deal, paper)
    there = str(tmp_path / "there.db")

    clausula("move", "--all", "--to", there)

    assert (tmp_path / "there.db.documents" / SHA[:2] / SHA[2:]).read_bytes() == CONTENT
    got = clausula("document", deal, "--get", SHA, "--to", str(tmp_path / "back"), "--database", there)
    assert (got.exit_code, (tmp_path / "back").read_bytes()) == (0, CONTENT)
