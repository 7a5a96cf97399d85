"""What is personal stands outside the log and can be erased; the log, its seals and its receipts stay as they are."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from api.answers import Accepted, Invalid
from api.clock import ManualClock
from api.evidence import personal
from api.seats import SeatAsk
from tests.api.conftest import AT, clausula
from tests.api.escrow import Site, nodes
from tests.api.store_ledger import NOON, do, ledger, opening

ADDRESS = "12 Rose Lane, Leeds, the blue door"


def test_a_reference_is_the_hash_of_salt_and_value(fresh: Path) -> None:
    with ledger(fresh) as store:
        do(store, opening())
        found = personal.keep(store, "bicycle", "ana", ADDRESS, NOON)
        again = personal.keep(store, "bicycle", "ana", ADDRESS, NOON)

    assert isinstance(found, personal.Personal)
    assert isinstance(again, personal.Personal)
    assert found.salt is not None
    digest = hashlib.sha256(bytes.fromhex(found.salt) + ADDRESS.encode()).hexdigest()
    assert found.reference == f"personal:{digest}" == personal.reference_of(found.salt, ADDRESS)
    assert len(found.salt) == 64
    assert again.reference != found.reference  # nobody can tell from the log that two values are the same


@pytest.mark.parametrize("value", ["", "x" * 20_001, "a\x00b", "\ud800"])
def test_what_cannot_be_kept_is_said(fresh: Path, value: str) -> None:
    with ledger(fresh) as store:
        found = personal.keep(store, "bicycle", "ana", value, NOON)

        assert isinstance(found, Invalid)
        assert personal.values_of(store, "bicycle") == ()


def test_what_is_erased_is_in_no_byte_of_the_files(fresh: Path) -> None:
    with ledger(fresh) as store:
        kept = personal.keep(store, "bicycle", "ana", ADDRESS, NOON)
        other = personal.keep(store, "bicycle", "ben", "34 Elm Street", NOON)
        assert isinstance(kept, personal.Personal)
        assert isinstance(other, personal.Personal)
        assert kept.salt is not None
        assert any(ADDRESS.encode() in each.read_bytes() for each in fresh.parent.iterdir())

        assert personal.erase(store, "ana", NOON) == 1
        assert personal.erase(store, "ana", NOON) == 0

        content = b"".join(each.read_bytes() for each in fresh.parent.iterdir())
        assert ADDRESS.encode() not in content
        assert kept.salt.encode() not in content
        gone = personal.Personal(kept.reference, "ana", None, None, NOON, NOON)
        assert set(personal.values_of(store, "bicycle")) == {gone, other}


@pytest.mark.usefixtures("deals_clock")
def test_a_deal_goes_on_and_verifies_after_the_erasure(deal: str, tmp_path: Path) -> None:
    reference = clausula("personal", deal, "F-77, engraved 'Anna'", "--about", "anna").stdout.strip()
    filled = clausula("submit", deal, "--as", "Seller", f'fill the Frame Number with "{reference}"')
    assert filled.exit_code == 0, filled.stdout + filled.stderr
    receipt = tmp_path / "receipt.json"
    receipt.write_text(clausula("receipt", deal, "2").stdout, encoding="utf-8")
    before = json.loads(clausula("state", deal, "--json").stdout)
    assert "engraved" not in receipt.read_text(encoding="utf-8")
    assert "engraved" in clausula("personal", deal).stdout

    assert "1 value about anna erased" in clausula("erase", "anna").stdout

    assert f"erased {AT:%Y-%m-%d}" in clausula("personal", deal).stdout
    assert clausula("verify", "--all").exit_code == 0
    assert clausula("verify", deal).exit_code == 0
    assert clausula("verify", "--receipt", str(receipt)).exit_code == 0
    assert json.loads(clausula("state", deal, "--json").stdout) == before
    assert reference in json.dumps(before)
    assert clausula("submit", deal, "--as", "Buyer", "deposit USD 900.00 into the Fund").exit_code == 0


def test_a_person_s_values_are_for_the_members_of_the_deal(deals_clock: ManualClock, deal: str) -> None:
    assert clausula("personal", deal, "x", "--about", "anna", "--person", "zoe").exit_code == 2
    assert clausula("personal", deal, "--person", "zoe").exit_code == 2
    assert "Give both" in clausula("personal", deal, "x").stderr
    assert "Nothing is kept" in clausula("personal", deal).stdout


KEEP = """
mutation ($d: ID, $k: String, $v: String!) {
  keepPersonal(about: "nina", value: $v, dealId: $d, openingKey: $k) {
    __typename ... on PersonalValue { reference about value salt erasedAt } ... on Invalid { code }
  }
}
"""


def test_values_over_graphql(web: Site) -> None:
    before: Any = web.data(KEEP, k="open", v=ADDRESS)["keepPersonal"]
    deal = web.open()
    after: Any = web.data(KEEP, d=deal, v="+44 113 496 0000")["keepPersonal"]

    query = """query ($d: ID!, $first: Int! = 50, $after: String) { personal(dealId: $d, first: $first, after: $after) {
      edges { cursor node { reference about value } } pageInfo { hasNextPage } } }"""
    found = nodes(web.data(query, "nina", d=deal)["personal"])
    first = web.data(query, "nina", d=deal, first=1)["personal"]
    rest = web.data(query, "nina", d=deal, after=first["edges"][0]["cursor"])["personal"]

    assert {each["reference"] for each in found} == {before["reference"], after["reference"]}
    assert {each["value"] for each in found} == {ADDRESS, "+44 113 496 0000"}
    assert ([*nodes(first), *nodes(rest)], first["pageInfo"]) == (found, {"hasNextPage": True})
    assert (len(rest["edges"]), rest["pageInfo"]) == (1, {"hasNextPage": False})
    assert web.data(query, "zoe", d=deal) == {"personal": None}
    assert web.data(KEEP, "zoe", d=deal, v="x")["keepPersonal"]["code"] == "NO_SUCH_DEAL"
    assert web.data(KEEP, d=deal, k="open", v="x")["keepPersonal"]["code"] == "NOT_UNDERSTOOD"
    assert web.data(KEEP, d=deal, v="")["keepPersonal"]["code"] == "NOT_UNDERSTOOD"


def test_who_has_left_a_deal_keeps_nothing_for_it_by_the_key_it_was_opened_under(web: Site) -> None:
    deal, service = web.open(), web.app.state.service
    for person, ask in (
        ("erin", SeatAsk(deal, "Escrow Agent", "emil", True)),
        ("emil", SeatAsk(deal, "Escrow Agent", "erin", False)),
    ):
        assert isinstance(service.seat(person, ask, person), Accepted)

    assert web.data(KEEP, k="open", v=ADDRESS)["keepPersonal"]["code"] == "NO_SUCH_DEAL"
    assert web.data(KEEP, k="another", v=ADDRESS)["keepPersonal"]["__typename"] == "PersonalValue"
