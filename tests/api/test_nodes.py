"""What clients that keep things by their ids rely on: an id finds the thing again, and nobody else's."""

from typing import Any

import pytest

from api.schema.places import cursor_of
from tests.api.escrow import Site, nodes

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
    assert node(web, deal) == {"__typename": "Deal", "id": deal, "version": "2"}
    assert node(web, entry) == {"__typename": "TimelineRecord", "id": entry, "version": "2", "kind": "accepted"}


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
        cursor_of(["TimelineRecord", 7, 1]), cursor_of(["Entry", "0" * 32, "Dispute", "D-1"]),
        cursor_of(["Entry", "x"]), cursor_of(["Norm", "0" * 32, "2.3/1"]), cursor_of(["Clause", 7, "2.3"]),
        cursor_of(["ClauseText", "none", "2.3"]),
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


# ------------------------------------------------------- what stands in a deal

INSIDE = """query ($d: ID!) {
  agreement(name: "funds_escrow") { clauses(section: "2.3") { id title } }
  deal(id: $d) { clauses(section: "2.3") { id status } entry(name: "JI-1") { id number }
    entries(kind: "Joint Instruction") { edges { node { id } } }
    documents { kind entry { id } } norms { edges { node { id key section status about } } }
    parties { norms { edges { node { id } } } } movements { edges { node { id number section amount { text } } } }
    checklists { edges { node { id key section about } } } }
}"""
THING = """query ($id: ID!) { node(id: $id) { __typename id
  ... on Entry { name kind number } ... on Norm { section status about } ... on Clause { section status }
  ... on ClauseText { section title } ... on Checklist { key section about }
  ... on Movement { number section amount { text } } } }"""
LATE = "2005-09-01T14:00:20Z"


def thing(web: Site, id: str, person: str = "erin") -> Any:
    return web.data(THING, person, id=id)["node"]


def test_what_stands_in_a_deal_or_an_agreement_is_found_by_its_id(web: Site) -> None:
    deal = web.open()
    web.close(deal)
    found = web.data(INSIDE, d=deal)
    entry, (text,), (clause,) = found["deal"]["entry"], found["agreement"]["clauses"], found["deal"]["clauses"]
    norm = next(each for each in nodes(found["deal"]["norms"]) if each["section"] == "2.3")

    assert nodes(found["deal"]["entries"]) == [{"id": entry["id"]}]
    assert thing(web, entry["id"]) == {
        "__typename": "Entry", "id": entry["id"], "name": "JI-1", "kind": "Joint Instruction",
        "number": entry["number"],
    }  # fmt: skip
    assert thing(web, norm["id"]) == {
        "__typename": "Norm", "id": norm["id"], "section": "2.3", "status": "fulfilled", "about": "",
    }  # fmt: skip
    assert thing(web, clause["id"]) == {"__typename": "Clause", **clause, "section": "2.3"}
    assert thing(web, text["id"]) == {"__typename": "ClauseText", **text, "section": "2.3"}
    for kind, shown in (("Movement", "movements"), ("Checklist", "checklists")):
        for each in nodes(found["deal"][shown]):
            assert thing(web, each["id"]) == {"__typename": kind, **each}


def test_no_two_things_have_one_id(web: Site) -> None:
    deal = web.open()
    web.close(deal)
    found = web.data(INSIDE.replace('(section: "2.3")', "").replace('(kind: "Joint Instruction")', ""), d=deal)
    inside = found["deal"]
    ids = [each["id"] for each in inside["clauses"]]
    ids += [each["id"] for of in ("norms", "entries", "movements", "checklists") for each in nodes(inside[of])]
    ids += [deal, *(each["id"] for each in found["agreement"]["clauses"])]

    assert len(ids) == len(set(ids)) > 70
    assert {each["entry"]["id"] for each in inside["documents"] if each["entry"]} <= set(ids)
    assert {each["id"] for party in inside["parties"] for each in nodes(party["norms"])} <= set(ids)


def test_an_id_stays_the_same_when_a_fact_comes_late(web: Site) -> None:
    """It moves what came after it to other places in the order, and what is due about it with that."""
    deal = web.open()
    web.close(deal, 18)
    before = web.data(INSIDE, d=deal)["deal"]

    late = web.act(
        deal, "erin", 'present the Expense Claim "E-1" stating Amount as USD 1,500.00 and Cause as "courier"', at=LATE
    )
    after = web.data(INSIDE, d=deal)["deal"]
    kept = {each["id"]: each for each in nodes(after["norms"])}

    assert late["__typename"] == "Accepted", late
    assert after["entry"]["number"] == before["entry"]["number"] + 1
    assert after["entry"]["id"] == before["entry"]["id"]
    assert any(each["key"] != kept[each["id"]]["key"] for each in nodes(before["norms"]))
    assert all(
        (each["section"], each["about"]) == (kept[each["id"]]["section"], kept[each["id"]]["about"])
        for each in nodes(before["norms"])
    )
    assert [each["id"] for each in nodes(before["movements"])] == [each["id"] for each in nodes(after["movements"])]
    about = [{each["id"] for each in nodes(found["checklists"]) if each["about"]} for found in (before, after)]
    assert about[0] < about[1]


def test_nobody_is_told_what_stands_in_a_deal_of_others_and_who_is_told_is_on_record(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)
    inside = web.data(INSIDE, d=deal)["deal"]
    mine = [inside["entry"]["id"], nodes(inside["norms"])[0]["id"], inside["clauses"][0]["id"]]
    query = "query Look($ids: [ID!]!) { nodes(ids: $ids) { __typename } }"

    assert web.data(query, "zoe", ids=mine) == {"nodes": [None, None, None]}
    told = web.data(query, "paul", ids=mine)["nodes"]

    assert [each["__typename"] for each in told] == ["Entry", "Norm", "Clause"]
    journal = web.app.state.service.access.journal
    journal.flush()
    lines = [each for each in journal.lines(deal, None, 100).lines if each.operation == "Look"]
    assert [(each.person, each.fields) for each in lines] == [("paul", "nodes { __typename }")]
