"""A receipt proves its entry without the service, for ever, and a changed one proves nothing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.evidence.log import Entry
from api.evidence.note import SigningKey
from api.evidence.receipt import Pending, ReceiptError, Sealed, TreeDamaged, receipt_for, verify_receipt
from api.store.chain import seal
from api.store.codec import canonical
from tests.api.evidence.forging import forger, sealer
from tests.api.store_ledger import command, do, ledger


def sealed_receipt(path: Path, deal: str = "bicycle", version: int = 3) -> Sealed:
    with ledger(path) as store:
        found = receipt_for(store.reading, deal, version)
    assert isinstance(found, Sealed), found
    return found


def changed(text: str, **parts: Any) -> str:
    return f"{canonical(json.loads(text) | parts)}\n"


def refused(text: str, *keys: Any) -> str:
    with pytest.raises(ReceiptError) as found:
        verify_receipt(text, keys)
    return str(found.value)


@pytest.mark.parametrize(("deal", "versions"), [("bicycle", 5), ("boat", 2)])
def test_every_entry_accepted_or_refused_has_a_receipt(path: Path, deal: str, versions: int) -> None:
    with ledger(path) as store:
        history = store.read.history(deal)

    for version in range(1, versions + 1):
        proven = verify_receipt(sealed_receipt(path, deal, version).text)
        entry = history[version - 1]
        assert (proven.entry["deal"], proven.entry["version"], proven.entry["hash"]) == (deal, version, entry.hash)
        assert (proven.entry["body"], proven.entry["answer"]) == (entry.body, entry.answer)
    assert {each.kind for each in history} > {"opened", "accepted"} or deal == "boat"


def test_a_receipt_is_the_same_for_ever(path: Path) -> None:
    """It leads to the first checkpoint that covers the entry, so later ones do not change it."""
    before = sealed_receipt(path).text
    with ledger(path) as store:
        do(store, command("k6", "carl", add=1))
        sealer(store).seal()

    assert sealed_receipt(path).text == before
    assert sealed_receipt(path).checkpoint.size == 4


def test_an_entry_that_is_not_sealed_is_said_to_be_pending(path: Path) -> None:
    with ledger(path) as store:
        entry = do(store, command("k6", "carl", add=1))

        assert receipt_for(store.reading, "bicycle", 6) == Pending("bicycle", 6, entry.hash)
        assert receipt_for(store.reading, "bicycle", 7) is None
        assert receipt_for(store.reading, "no such deal", 1) is None


def test_a_receipt_by_an_earlier_key_still_holds(path: Path) -> None:
    before = sealed_receipt(path)
    path.with_name("seal.key").unlink()
    with ledger(path) as store:
        do(store, command("k6", "carl", add=1))
        sealer(store).seal()
    after = sealed_receipt(path, version=6)

    assert before.key != after.key
    assert sealed_receipt(path) == before
    assert verify_receipt(before.text, [before.key]).key == before.key
    assert verify_receipt(after.text, [before.key, after.key]).key == after.key


# ----------------------------------------------------------- what is refused


def test_no_letter_of_a_receipt_can_be_changed(path: Path) -> None:
    found = sealed_receipt(path)

    for at, letter in enumerate(found.text):
        other = '0a "\nZ'[at % 6]
        refused(found.text[:at] + (other if other != letter else "x") + found.text[at + 1 :], found.key)
        if at % 7 == 0:
            refused(found.text[:at] + found.text[at + 1 :], found.key)


def test_a_receipt_cut_short_or_made_longer_is_refused(path: Path) -> None:
    text = sealed_receipt(path).text

    for wrong in (text[:-1], text + "\n", text + text, " " + text, "", "null\n", "[]\n", text[1:], "{}\n"):
        refused(wrong)


def test_each_field_is_held_to_the_others(path: Path) -> None:
    """Every field put in from the receipt of another entry is refused, alone, with all seals and proofs valid."""
    one, other = json.loads(sealed_receipt(path).text), json.loads(sealed_receipt(path, "boat", 2).text)

    for name in ("entry", "index", "proof", "checkpoint"):
        assert one[name] != other[name]
        refused(canonical(one | {name: other[name]}) + "\n")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"index": -1}, "not proven"),
        ({"index": 4}, "not proven"),
        ({"index": True}, "index is not what it should be"),
        ({"index": "3"}, "index is not what it should be"),
        ({"proof": []}, "not proven"),
        ({"proof": "00"}, "proof is not what it should be"),
        ({"proof": [1]}, "proof is not what it should be"),
        ({"proof": ["zz"]}, "not written in hexadecimal"),
        ({"proof": ["AB" * 32]}, "not written in small letters"),
        ({"proof": ["ab" * 31]}, "a hash has 32 bytes"),
        ({"format": "clausula-receipt-2"}, "not a receipt of the format"),
        ({"more": 1}, "and no others"),
        ({"entry": None}, "entry is not what it should be"),
        ({"entry": {}}, "an entry has the columns"),
        ({"key": ""}, "the checkpoint is not signed"),
        ({"key": 1}, "key is not what it should be"),
        ({"checkpoint": "x"}, "the checkpoint is not signed"),
        ({"checkpoint": None}, "checkpoint is not what it should be"),
    ],
)
def test_what_is_wrong_with_a_receipt_is_said(path: Path, parts: dict[str, Any], said: str) -> None:
    assert said in refused(changed(sealed_receipt(path).text, **parts))


def test_every_column_of_the_entry_is_under_its_seal(path: Path) -> None:
    text = sealed_receipt(path).text
    entry = json.loads(text)["entry"]

    for name, value in entry.items():
        other = value + 1 if isinstance(value, int) else f"{value}x"
        refused(changed(text, entry=entry | {name: other}))
        refused(changed(text, entry={key: each for key, each in entry.items() if key != name}))
    assert "was changed" in refused(changed(text, entry=entry | {"answer": "{}"}))


def test_a_forged_entry_with_a_good_seal_is_not_in_the_log(path: Path) -> None:
    text = sealed_receipt(path).text
    entry = json.loads(text)["entry"] | {"answer": "{}"}

    assert "not proven to be in the log" in refused(changed(text, entry=entry | {"hash": seal(entry)}))


def test_a_receipt_made_up_whole_needs_a_key_that_somebody_trusts(path: Path) -> None:
    """Anybody can make a log of one entry and sign it; the name of the log and the key tell it from ours."""
    found = sealed_receipt(path)
    entry = json.loads(found.text)["entry"] | {"answer": "{}"}
    entry["hash"] = seal(entry)
    forger_key = SigningKey(found.checkpoint.origin, bytes(32))
    note = forger_key.sign(replace(found.checkpoint, size=1, root=Entry("", 0, entry["hash"]).leaf).text)
    forged = changed(found.text, entry=entry, index=0, proof=[], checkpoint=note, key=str(forger_key.public))

    assert verify_receipt(forged).key == forger_key.public  # to who trusts whatever key comes with it
    assert "none of those that are trusted" in refused(forged, found.key)


def test_a_receipt_is_not_made_from_a_damaged_tree(path: Path) -> None:
    with forger(path) as connection:
        connection.exec_driver_sql("DELETE FROM node")
    with ledger(path) as store, pytest.raises(TreeDamaged):
        receipt_for(store.reading, "bicycle", 3)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET answer = '{}' WHERE \"key\" = 'k3'",
        "UPDATE leaf SET hash = 'x' WHERE number = 2",
        "UPDATE leaf SET number = 40 WHERE number = 3",
        "UPDATE checkpoint SET note = 'x'",
        "UPDATE checkpoint SET key = 'x'",
        "UPDATE node SET hash = 'x'",
    ],
)
def test_a_receipt_is_never_wrong(path: Path, statement: str) -> None:
    """Where anything it rests on was changed there is no receipt, rather than one that does not hold."""
    with forger(path) as connection:
        connection.exec_driver_sql(statement)

    with ledger(path) as store:
        try:
            found = receipt_for(store.reading, "bicycle", 3)
        except TreeDamaged:
            return
    assert isinstance(found, Pending)
