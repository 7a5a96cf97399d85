"""What clients that keep things by their ids rely on: an id finds the thing again, and nobody else's."""

from typing import Any

import pytest

from api.schema.places import cursor_of
from tests.api.escrow import Site

IDS = """query ($d: ID!) {
  agreement(name: "funds_escrow") { id }
  deal(id: $d) { id timeline(first: 2) { edges { node { id version } } } }
}"""
NODE = """query ($id: ID!) { node(id: $id) {
  __typename id ... on Agreement { name } ... on Deal { version } ... on TimelineRecord { version kind }
} }"""


def ids(web: Site, deal: str) -> tuple[str, str, str]:
    found = web.data(IDS, d=deal)
    entries = [each["node"]["id"] for each in found["deal"]["timeline"]["edges"]]
    return found["agreement"]["id"], found["deal"]["id"], entries[1]


def node(web: Site, id: str, person: str = "erin") -> Any:
    return web.data(NODE, person, id=id)["node"]


def test_an_id_finds_what_it_is_of(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")
    agreement, same, entry = ids(web, deal)

    assert same == deal
    assert node(web, agreement) == {"__typename": "Agreement", "id": agreement, "name": "funds_escrow"}
    assert node(web, deal) == {"__typename": "Deal", "id": deal, "version": 2}
    assert node(web, entry) == {"__typename": "TimelineRecord", "id": entry, "version": 2, "kind": "accepted"}


def test_ids_are_asked_for_together_in_their_order(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")
    agreement, _, entry = ids(web, deal)
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"

    found = web.data(query, ids=[entry, "nothing", deal, agreement])["nodes"]

    assert [each and each["id"] for each in found] == [entry, None, deal, agreement]
    assert web.code(query, ids=[]) == "BAD_PAGE"
    assert web.code(query, ids=[deal] * 101) == "BAD_PAGE"


def test_nobody_is_told_what_is_of_others(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")
    agreement, _, entry = ids(web, deal)

    assert (node(web, deal, "zoe"), node(web, entry, "zoe")) == (None, None)
    assert node(web, agreement, "zoe") is not None
    assert web.code(NODE, None, id=agreement) == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "id",
    [
        "", "x", "0" * 32, "é", cursor_of(None), cursor_of(7), cursor_of(["Agreement", "none"]),
        cursor_of(["Agreement"]), cursor_of(["TimelineRecord", "0" * 32, 1]), cursor_of(["Deal", "x"]),
        cursor_of(["TimelineRecord", "0" * 32, True]), cursor_of(["TimelineRecord", "0" * 32, 2**40]),
        cursor_of(["TimelineRecord", 7, 1]),
    ],
)  # fmt: skip
def test_what_is_no_id_finds_nothing(web: Site, id: str) -> None:
    web.open()

    assert node(web, id) is None


def test_an_entry_that_is_not_there_is_nothing(web: Site) -> None:
    deal = web.open()

    assert node(web, cursor_of(["TimelineRecord", deal, 1])) is not None
    assert node(web, cursor_of(["TimelineRecord", deal, 2])) is None


def test_who_was_shown_something_by_its_id_is_on_record(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")
    agreement, _, entry = ids(web, deal)
    query = "query Look($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    web.data(query, "paul", ids=[entry, agreement, deal, "x"])
    journal = web.app.state.service.access.journal
    journal.flush()
    lines = [each for each in journal.lines(deal, None, 100).lines if each.person == "paul"]

    assert [(each.operation, each.fields) for each in lines] == [("Look", "nodes { id }")]


def test_many_ids_have_their_price(web: Site) -> None:
    deal = web.open()
    fields = "id version kind act seal happenedAt recordedAt section summary body previousSeal person party"
    inner = f"{{ ... on Deal {{ timeline(first: 100) {{ edges {{ node {{ {fields} }} }} }} }} }}"

    assert web.code(f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {inner} }}", ids=[deal]) == "TOO_MUCH"
    assert "errors" not in web.post(f'{{ nodes(ids: ["{deal}"]) {inner} }}')
