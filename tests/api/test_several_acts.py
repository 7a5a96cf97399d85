"""Several acts as one request: all of them are stored, or none of them, and the same key gets the same answer."""

import asyncio
from datetime import timedelta
from typing import Any

from api.asking import Ask, more_keys
from tests.api.escrow import CLOSING, Site

SEVERAL = """mutation ($deal: ID!, $acts: [AttemptInput!]!, $key: String!, $expected: Sequence) {
  submitActions(dealId: $deal, actions: $acts, idempotencyKey: $key, expectedVersion: $expected) {
    __typename
    ... on AllAccepted { version answers { act section version seal recordedAt } }
    ... on NoneDone { code message position refused { section clause item version } }
    ... on Conflict { actualVersion }
    ... on Invalid { code problems }
  }
}"""
STATE = """query ($d: ID!) { deal(id: $d) { version seal funds { balance { text } }
  entries { edges { node { kind name } } } }
  integrity(dealId: $d) { sound }
  timeline(dealId: $d, last: 5) { edges { node { version act previousSeal seal } } } }"""
DISPUTE = 'present the Dispute "D-1" stating Grounds as "x"'


def several(web: Site, deal: str, person: str, party: str, words: tuple[str, ...], key: str, **more: Any) -> Any:
    web.clock.advance(timedelta(minutes=1))
    acts = [{"as": party, "act": {"text": each}} for each in words]
    return web.data(SEVERAL, person, deal=deal, acts=acts, key=key, **more)["submitActions"]


def test_all_acts_are_stored_each_with_its_own_seal(web: Site) -> None:
    deal = web.open()
    web.close(deal, 9)

    found = several(web, deal, "paul", "Purchaser", tuple(text for _, text in CLOSING[9:12]), "one")
    state = web.data(STATE, d=deal)

    assert (found["__typename"], found["version"]) == ("AllAccepted", "13")
    assert [each["version"] for each in found["answers"]] == ["11", "12", "13"]
    assert found["answers"][-1]["section"] == "2.3"
    assert state["deal"]["funds"] == [{"balance": {"text": "USD 12,000,000.00"}}]
    assert state["integrity"] == {"sound": True}
    nodes = [each["node"] for each in state["timeline"]["edges"]]
    assert [each["previousSeal"] for each in nodes[1:]] == [each["seal"] for each in nodes[:-1]]
    assert [each["seal"] for each in nodes[-3:]] == [each["seal"] for each in found["answers"]]


def test_several_acts_do_what_they_do_one_by_one(web: Site) -> None:
    together, apart = web.open(key="a"), web.open(key="b")
    words = tuple(text for person, text in CLOSING if person == "paul")[:2]

    several(web, together, "paul", "Purchaser", words, "one")
    for text in words:
        web.act(apart, "paul", text)
    query = """query ($d: ID!) { deal(id: $d) {
      entries { edges { node { kind name missing } } } norms { section status } version } }"""

    assert web.data(query, d=together) == web.data(query, d=apart)


def test_where_one_is_refused_none_is_done_and_nothing_is_on_record(web: Site) -> None:
    deal = web.open()

    refused = several(web, deal, "andy", "ATG", (DISPUTE, "pay USD 5.00"), "one")
    unread = several(web, deal, "andy", "ATG", (DISPUTE, "present a Dispyte"), "one")
    state = web.data(STATE, d=deal)["deal"]
    then = several(web, deal, "andy", "ATG", (DISPUTE,), "one")

    assert (refused["__typename"], refused["position"], refused["code"]) == ("NoneDone", 2, "NOT_MET")
    assert refused["message"].startswith("Act 2 was refused, so none was done: ")
    assert refused["refused"]["version"] is None
    assert (unread["code"], unread["problems"][0][:12]) == ("NOT_UNDERSTOOD", "Act 2 of 2: ")
    assert (state["version"], state["entries"]) == ("1", {"edges": []})
    assert then["__typename"] == "AllAccepted"


def test_the_same_request_again_gets_the_same_answer(web: Site) -> None:
    deal = web.open()
    words = ("sign the Documents", DISPUTE)

    first = several(web, deal, "andy", "ATG", words, "one")
    again = several(web, deal, "andy", "ATG", words, "one", expected="1")
    other = several(web, deal, "andy", "ATG", words[:1], "one")
    single = web.act(deal, "andy", words[0], key="one")
    stale = several(web, deal, "andy", "ATG", words, "two", expected="1")

    assert again == first
    assert (other["code"], single["code"]) == ("KEY_REUSED", "KEY_REUSED")
    assert stale == {"__typename": "Conflict", "actualVersion": "3"}
    assert web.data(STATE, d=deal)["deal"]["version"] == "3"


def test_a_key_that_is_made_for_a_later_act_cannot_be_taken_first(web: Site) -> None:
    """Somebody who works out the key that a later entry would have loses the first one, and breaks nothing."""
    deal = web.open()
    words = ("sign the Documents", DISPUTE)
    asks = [Ask(deal, "ATG", {"text": each}) for each in words]
    (made,) = more_keys("one", asks)
    assert web.act(deal, "andy", words[0], key=made)["__typename"] == "Accepted"

    assert several(web, deal, "andy", "ATG", words, "one")["code"] == "KEY_REUSED"
    assert several(web, deal, "andy", "ATG", (DISPUTE,), "two")["__typename"] == "AllAccepted"


def test_how_many_acts_there_may_be(web: Site) -> None:
    deal = web.open()

    assert several(web, deal, "andy", "ATG", (), "one")["code"] == "NOT_UNDERSTOOD"
    assert several(web, deal, "andy", "ATG", ("sign the Documents",) * 21, "one")["code"] == "NOT_UNDERSTOOD"
    assert several(web, deal, "zoe", "ATG", ("sign the Documents",), "one")["code"] == "NO_SUCH_DEAL"
    assert several(web, deal, "nina", "ATG", ("sign the Documents",), "one")["code"] == "NOT_YOUR_PARTY"


def test_several_acts_beside_others_stay_together(web: Site) -> None:
    """Requests that come at once: the entries of one follow each other, whatever comes between the requests."""
    deal = web.open()
    service = web.app.state.service

    async def all_at_once() -> list[Any]:
        pairs = (("andy", "ATG"), ("nina", "NTSCO"), ("omar", "Omaha"))
        calls = [
            service.submit_all_soon(
                person,
                [
                    Ask(deal, party, {"text": f'present the Dispute "{person} {number}" stating Grounds as "x"'})
                    for number in range(5)
                ],
                "one",
            )
            for person, party in pairs
        ]
        return await asyncio.gather(*calls)

    found = asyncio.run(all_at_once())

    versions = sorted([answer.place.version for answer in each.answers] for each in found)
    assert versions == [[2, 3, 4, 5, 6], [7, 8, 9, 10, 11], [12, 13, 14, 15, 16]]
    assert service.verify("erin", deal).sound
