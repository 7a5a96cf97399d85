"""`docs/evidence.md` keeps its word: its program checks receipts, and its layouts are those that are used."""

import re
import subprocess
import sys
from pathlib import Path

from api.evidence import signature
from api.evidence.receipt import Sealed, receipt_for
from api.evidence.signature import Act
from api.store.chain import SEALED
from tests.api.escrow import World
from tests.api.evidence.signing import RFC_PUBLIC, RFC_SECRET, enrol, receipt, signed
from tests.api.store_ledger import ledger

PAGE = (Path(__file__).parents[3] / "docs" / "evidence.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def check(folder: Path, text: str, key: str) -> "subprocess.CompletedProcess[str]":
    """Run the program of the page, somewhere else and without anything of ours in reach."""
    (folder / "check.py").write_text(block("python"), encoding="utf-8")
    (folder / "receipt.json").write_text(text, encoding="utf-8")
    program = [sys.executable, "-I", "check.py", "receipt.json", key]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_the_program_of_the_page_uses_nothing_of_ours() -> None:
    assert "clausula" not in block("python").replace('"clausula-act-1"', "").replace("# ", "")


def test_the_program_of_the_page_checks_a_receipt(path: Path, tmp_path: Path) -> None:
    with ledger(path) as store:
        found = receipt_for(store.reading, "bicycle", 4)
    assert isinstance(found, Sealed)

    right = check(tmp_path, found.text, str(found.key))
    wrong = check(tmp_path, found.text.replace('"index":4', '"index":5'), str(found.key))

    assert right.stdout == "entry 4 of deal bicycle: proven, at 2026-03-02T12:00:00.000000Z\n", right.stderr
    assert found.index == 4
    assert "the entry is not in this log" in wrong.stderr


def test_the_program_of_the_page_checks_the_signature_of_a_person(world: World, tmp_path: Path) -> None:
    enrol(world, "erin", RFC_SECRET)
    signed(world, RFC_SECRET, "sign the Funds Escrow Agreement")
    text = receipt(world, tmp_path)
    found = receipt_for(world.service.store.reading, world.deal, 2)
    assert isinstance(found, Sealed)

    assert check(tmp_path, text, str(found.key)).stdout.startswith(f"entry 2 of deal {world.deal}: proven")


def test_the_order_of_the_columns_is_the_one_that_is_told() -> None:
    told = re.search(r"in\nthis order: (.*?)\. Whole", PAGE, re.DOTALL)

    assert told is not None
    assert re.findall(r"`([a-z0-9_]+)`", told[1]) == list(SEALED)


def test_the_text_that_a_person_signs_is_the_one_that_is_told() -> None:
    act = Act("d" * 32, "a" * 64, "erin", "Escrow Agent", {"text": "sign the Documents"}, None, "k-1")

    assert act.text("sign the Documents", RFC_PUBLIC) == block("json").replace("\n", "")
    assert signature.key_id(RFC_PUBLIC) in block("json")
