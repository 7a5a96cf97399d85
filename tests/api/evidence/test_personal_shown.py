"""What stands for a personal value is shown the same in every answer, and erasing the value changes none of them."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.evidence import keys, personal, signature
from api.schema import make_schema
from tests.api.asking import operations
from tests.api.escrow import TEN, Site, site
from tests.api.evidence.signing import RFC_PUBLIC, RFC_SECRET
from tests.api.store_ledger import Where

NAME = "Leopoldine Featherstonehaugh"
MATRIX = Path(__file__).parent.parent / "access_matrix.toml"
KEEP = """mutation ($d: ID!, $v: String!) { keepPersonal(dealId: $d, about: "leopoldine", value: $v) {
  ... on PersonalValue { reference } } }"""
SHOWING = ("deal", "node", "nodes", "timeline", "receipt", "toSign", "preview", "personal")
"""The questions of which the answers name an act or a blank that has the reference in it, or the reference itself."""

CHANGING = ("accessLog", "health", "checkpoint", "personal")
"""Those that tell of what was read meanwhile, of the database itself, or of the value."""


@pytest.fixture
def web(db: Where, tmp_path: Path) -> Iterator[Site]:
    """The escrow over HTTP, on each kind of database."""
    with site(tmp_path, where=db) as made:
        yield made


def answers(web: Site, deal: str, reference: str) -> dict[str, list[str]]:
    """What a member is told by every question of the schema, with whatever is below it, by the name of the question."""
    samples = dict(tomllib.loads(MATRIX.read_text(encoding="utf-8"))["samples"])
    filling = json.dumps(f'fill NTSCO Signatory with "{reference}"')
    for question in ("toSign", "preview", "whyNot"):
        samples |= {f"Query.{question}.as": '"NTSCO"', f"Query.{question}.act": f"{{text: {filling}}}"}
    samples |= {"Query.receipt.version": '"2"', "Query.toSign.key": json.dumps(signature.key_id(RFC_PUBLIC))}
    told: dict[str, list[str]] = {}
    for each in operations(make_schema()._schema, samples):
        if each.root.startswith("Query."):
            answer = web.post(each.words.replace("$deal", json.dumps(deal)), "nina")
            told.setdefault(each.root.removeprefix("Query."), []).append(json.dumps(answer))
    return told


def test_every_answer_shows_the_reference_and_an_erasure_changes_none(web: Site) -> None:
    deal = web.open()
    reference: Any = web.data(KEEP, "nina", d=deal, v=NAME)["keepPersonal"]["reference"]
    accepted = web.act(deal, "nina", f'fill NTSCO Signatory with "{reference}"')
    refused = web.act(deal, "andy", f'fill NTSCO Signatory with "{reference}"')
    service = web.app.state.service
    proof = signature.sign(RFC_SECRET, signature.key_text("nina", RFC_PUBLIC))
    assert isinstance(keys.register(service.store, keys.Registration("nina", RFC_PUBLIC, proof), TEN), keys.PersonKey)
    service.sealer.seal()

    before = answers(web, deal, reference)
    erased = personal.erase(service.store, "leopoldine", TEN)
    after = answers(web, deal, reference)

    assert accepted["__typename"] == "Accepted"
    assert reference in accepted["act"]
    assert refused["__typename"] == "Refused"
    assert reference in refused["act"]
    assert erased == 1
    assert re.fullmatch("personal:[0-9a-f]{64}", reference)
    assert {name for name, told in before.items() if any(reference in each for each in told)} == set(SHOWING)
    assert {name for name, told in before.items() if any(NAME in each for each in told)} == {"personal"}
    assert not [name for name, told in after.items() if any(NAME in each for each in told)]
    assert any(reference in each for each in after["personal"])
    for name in before.keys() - set(CHANGING):
        assert before[name] == after[name], name
