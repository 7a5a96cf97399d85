"""What clients of the GraphQL API read of the log itself: every attempt, page by page, with its seal."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.escrow import Site

TIMELINE = """query ($d: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  timeline(dealId: $d, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { version kind person party act section summary seal previousSeal changes { section } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def test_the_log_shows_what_was_refused_too(web: Site) -> None:
    deal = web.open()
    web.act(deal, "erin", "take a Hold")
    web.act(deal, "andy", 'present the Dispute "D-1" stating Grounds as "x"')

    nodes = [each["node"] for each in web.data(TIMELINE, d=deal, first=10)["timeline"]["edges"]]

    assert [each["kind"] for each in nodes] == ["opened", "refused", "accepted"]
    assert [each["person"] for each in nodes] == ["erin", "erin", "andy"]
    assert nodes[1]["summary"].startswith("Not yet")
    assert "4.2(a)(i)" in [each["section"] for each in nodes[2]["changes"]]
    assert [each["previousSeal"] for each in nodes[1:]] == [each["seal"] for each in nodes[:-1]]


def test_pages_of_the_log_meet_without_a_gap(web: Site) -> None:
    deal = web.open()
    web.close(deal, 6)

    seen, after = [], None
    while True:
        page = web.data(TIMELINE, d=deal, first=3, after=after)["timeline"]
        seen += [each["node"]["version"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    last = web.data(TIMELINE, d=deal, last=2)["timeline"]
    before = web.data(TIMELINE, d=deal, last=3, before=last["pageInfo"]["startCursor"])["timeline"]

    assert seen == ["1", "2", "3", "4", "5", "6", "7"]
    assert [each["node"]["version"] for each in last["edges"]] == ["6", "7"]
    assert [each["node"]["version"] for each in before["edges"]] == ["3", "4", "5"]
    assert before["pageInfo"]["hasPreviousPage"]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ({}, "BAD_PAGE"),
        ({"first": 1, "last": 1}, "BAD_PAGE"),
        ({"first": 101}, "BAD_PAGE"),
        ({"first": 0}, "BAD_PAGE"),
        ({"last": 5, "after": "MQ"}, "BAD_PAGE"),
        ({"first": 5, "after": "nonsense"}, "BAD_CURSOR"),
        ({"first": 5, "after": "InQi"}, "BAD_CURSOR"),
        ({"first": 5, "after": "é"}, "BAD_CURSOR"),
    ],
)
def test_a_page_that_makes_no_sense_is_told(web: Site, page: dict[str, Any], code: str) -> None:
    deal = web.open()

    assert web.code(TIMELINE, d=deal, **page) == code


def test_the_log_can_be_checked_against_a_seal_that_was_kept(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")
    seal = web.data(TIMELINE, d=deal, last=1)["timeline"]["edges"][0]["node"]["seal"]
    query = "query ($d: ID!, $seen: SealInput) { integrity(dealId: $d, seen: $seen) { sound faults { problem } } }"

    assert web.data(query, d=deal, seen={"version": "2", "seal": seal})["integrity"]["sound"] is True
    assert web.data(query, d=deal, seen={"version": "2", "seal": "0" * 64})["integrity"]["sound"] is False
    assert web.data(query, "zoe", d=deal) == {"integrity": None}


def test_a_person_sees_a_list_of_his_deals_alone(web: Site) -> None:
    first = web.open(key="one")
    web.clock.advance(timedelta(minutes=1))
    second = web.open(key="two")
    query = """query ($n: Int!, $after: String) { deals(first: $n, after: $after) {
      edges { cursor node { dealId agreement openedAt } } pageInfo { hasNextPage endCursor }
    } }"""

    page = web.data(query, "petra", n=1)["deals"]
    rest = web.data(query, "petra", n=1, after=page["pageInfo"]["endCursor"])["deals"]

    assert [each["node"]["dealId"] for each in (*page["edges"], *rest["edges"])] == [second, first]
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert web.data(query, "zoe", n=1)["deals"]["edges"] == []
    assert web.code(query, n=1, after="MQ") == "BAD_CURSOR"
