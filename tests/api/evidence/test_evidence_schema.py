"""Receipts and checkpoints as clients of the GraphQL API get them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.evidence import merkle
from api.evidence.checkpoint import read_checkpoint
from api.evidence.note import PublicKey
from api.evidence.receipt import verify_receipt
from tests.api.escrow import Site, site
from tests.api.evidence.forging import Telling

RECEIPT = """
query ($d: ID!, $v: Sequence!) { receipt(dealId: $d, version: $v) {
  __typename
  ... on SealedReceipt { version seal index sealedAt key text }
  ... on PendingReceipt { version seal }
} }
"""
CONSISTENCY = "query ($f: Sequence!, $s: Sequence!) { consistency(first: $f, second: $s) }"
CHECKPOINT = "{ checkpoint { log size root signedAt key note } }"


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that seals every few milliseconds, and tells when it has."""
    monkeypatch.setattr("api.parts.INTERVAL", 0.01)
    monkeypatch.setattr("api.parts.Sealer", Telling)
    with site(tmp_path) as web:
        yield web


def sealed(web: Site, deal: str, version: int) -> Any:
    def receipt() -> Any:
        found = web.data(RECEIPT, d=deal, v=str(version))["receipt"]
        return found if found["__typename"] == "SealedReceipt" else None

    sealer = web.app.state.service.sealer
    assert isinstance(sealer, Telling)
    return sealer.wait_for(receipt)


def test_a_receipt_is_pending_until_it_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.parts.INTERVAL", 3600)
    with site(tmp_path) as web:
        deal = web.open()

        found = web.data(RECEIPT, d=deal, v="1")["receipt"]

        seal = web.data("query ($d: ID!) { deal(id: $d) { seal } }", d=deal)["deal"]["seal"]
        assert found == {"__typename": "PendingReceipt", "version": "1", "seal": seal}
        assert web.data(CHECKPOINT) == {"checkpoint": None}


def test_a_receipt_and_a_checkpoint_are_for_whoever_may_ask(quick: Site) -> None:
    deal = quick.open()

    assert quick.data(RECEIPT, d=deal, v="2") == {"receipt": None}
    assert quick.data(RECEIPT, "zoe", d=deal, v="1") == {"receipt": None}
    assert quick.data(RECEIPT, d="nothing", v="1") == {"receipt": None}
    for query in (CHECKPOINT, '{ consistency(first: "1", second: "1") }'):
        assert quick.code(query, None) == "UNAUTHENTICATED"


def test_accepted_and_refused_acts_have_receipts_and_the_log_only_grows(quick: Site) -> None:
    deal = quick.open()
    first = sealed(quick, deal, 1)
    before = quick.data(CHECKPOINT)["checkpoint"]
    accepted = quick.act(deal, "erin", "sign the Funds Escrow Agreement")
    refused = quick.act(deal, "andy", "deposit USD 12,000,000.00 into the Escrow Fund")
    assert [accepted["__typename"], refused["__typename"]] == ["Accepted", "Refused"]

    last = sealed(quick, deal, 3)

    for found, kind in ((first, "opened"), (sealed(quick, deal, 2), "accepted"), (last, "refused")):
        proven = verify_receipt(found["text"], [PublicKey.parse(found["key"])])
        assert (proven.entry["kind"], proven.entry["hash"], str(proven.index)) == (kind, found["seal"], found["index"])
    after = quick.data(CHECKPOINT)["checkpoint"]
    stated = read_checkpoint(after["note"], PublicKey.parse(after["key"]))
    assert (
        (str(stated.size), stated.root.hex(), stated.origin)
        == (after["size"], after["root"], after["log"])
        == (
            "3",
            after["root"],
            before["log"],
        )
    )
    sizes: dict[str, Any] = {"f": before["size"], "s": after["size"]}
    proof = quick.data(CONSISTENCY, **sizes)["consistency"]
    roots = bytes.fromhex(before["root"]), bytes.fromhex(after["root"])
    merkle.verify_consistency(int(sizes["f"]), int(sizes["s"]), [bytes.fromhex(each) for each in proof], *roots)
    bad: tuple[dict[str, Any], ...] = ({"f": "0", "s": "1"}, {"f": "2", "s": "1"}, {"f": "1", "s": "99"})
    for wrong in bad:
        assert quick.data(CONSISTENCY, **wrong) == {"consistency": None}
