"""Several acts as one request: all of them are stored, or none of them, and the same key gets the same answer."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from api.asking import Ask, more_keys
from api.evidence import signature
from tests.api.escrow import CLOSING, OPEN, OPENING, SEATS, Site, nodes
from tests.api.evidence.signing import RFC_PUBLIC, RFC_SECRET

SEVERAL = """mutation ($deal: ID!, $acts: [SubmissionInput!]!, $key: String!, $expected: Sequence) {
  submitActions(dealId: $deal, actions: $acts, idempotencyKey: $key, expectedVersion: $expected) {
    __typename
    ... on AllAccepted { version answers { act section version seal happenedAt recordedAt } }
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
      entries { edges { node { kind name missing } } } norms { edges { node { section status } } } version } }"""

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


# ------------------------------------------------- each at its time, and signed


def at_times(web: Site, deal: str, acts: list[tuple[str, str | None]], key: str) -> Any:
    """Andy does several things for ATG, each at its time."""
    web.clock.advance(timedelta(minutes=1))
    given = [{"as": "ATG", "act": {"text": text}, "happenedAt": at} for text, at in acts]
    return web.data(SEVERAL, "andy", deal=deal, acts=given, key=key)["submitActions"]


def test_each_act_may_have_happened_at_a_time_of_its_own(web: Site) -> None:
    """The second comes late, and before the first, which is in the same request; the log is as with two requests."""
    together, apart = web.open(key="a"), web.open(key="b")
    for deal in (together, apart):
        web.close(deal, 3)
    late, then = 'present the Dispute "D-2" stating Grounds as "late"', "2005-09-01T14:00:30Z"
    query = """query ($d: ID!) { deal(id: $d) { entries { edges { node { name number missing counts } } }
      norms { edges { node { section status about } } } changes(first: 100) { edges { node { section text } } } } }"""

    found = at_times(web, together, [(DISPUTE, None), (late, then)], "one")
    state = web.data(STATE, d=together)
    one_by_one = [web.act(apart, "andy", DISPUTE), web.act(apart, "andy", late, at=then)]

    assert (found["__typename"], state["integrity"]) == ("AllAccepted", {"sound": True})
    assert [each["__typename"] for each in one_by_one] == ["Accepted", "Accepted"]
    assert [each["happenedAt"] for each in found["answers"]] == ["2005-09-01T14:07:00Z", then]
    assert [each["name"] for each in nodes(state["deal"]["entries"])][:1] == ["D-2"]
    assert web.data(query, d=together) == web.data(query, d=apart)


def test_no_act_of_several_lies_in_the_future(web: Site) -> None:
    deal = web.open()

    found = at_times(web, deal, [("sign the Documents", None), (DISPUTE, "2006-01-01T00:00:00Z")], "one")

    assert (found["__typename"], found["code"]) == ("Invalid", "NOT_YET")
    assert found["problems"][0].startswith("Act 2 of 2: What is said to have happened at 19:00 on 31 December 2005")
    assert web.data(STATE, d=deal)["deal"]["version"] == "1"


TO_SIGN = """query ($d: ID!, $acts: [AttemptInput!]!, $key: ID!) {
  toSignAll(dealId: $d, actions: $acts, idempotencyKey: "one", key: $key) { __typename
    ... on ToSignAll { each { text effect } } ... on NoneDone { position message } ... on Invalid { code } } }"""
AGENTS = (
    "sign the Funds Escrow Agreement",
    'present the Expense Claim "E-1" stating Amount as USD 9.00 and Cause as "x"',
)


@pytest.fixture
def keyed(web: Site) -> str:
    """A deal in which the Escrow Agent signs every act, and Erin has a key."""
    roles = [{"party": party, "persons": persons} for party, persons in SEATS.items()]
    blanks = [{"name": name, "value": value} for name, value in OPENING.blanks.items()]
    opening = OPEN.replace('"funds_escrow", ', '"funds_escrow", signing: ["Escrow Agent"], ')
    proof = signature.sign(RFC_SECRET, signature.key_text("erin", RFC_PUBLIC))
    register = "mutation ($k: String!, $p: String!) { registerKey(key: $k, proof: $p) { __typename } }"
    assert web.data(register, k=RFC_PUBLIC, p=proof)["registerKey"] == {"__typename": "PersonKey"}
    return str(web.data(opening, roles=roles, blanks=blanks, key="keyed")["openDeal"]["dealId"])


def test_several_acts_are_signed_each_over_its_own_text(web: Site, keyed: str) -> None:
    id = signature.key_id(RFC_PUBLIC)
    plain = [{"as": "Escrow Agent", "act": {"text": each}} for each in AGENTS]

    told = web.data(TO_SIGN, d=keyed, acts=plain, key=id)["toSignAll"]["each"]
    given = [
        {"key": id, "effect": each["effect"], "signature": signature.sign(RFC_SECRET, each["text"])} for each in told
    ]

    def send(*signatures: Any) -> Any:
        acts = [{**one, "signature": each} for one, each in zip(plain, signatures, strict=True)]
        return web.data(SEVERAL, deal=keyed, acts=acts, key="one")["submitActions"]

    unsigned, swapped = send(given[0], None), send(given[0], {**given[1], "signature": given[0]["signature"]})
    done, again = send(*given), send(*given)

    said = [json.loads(each["text"]) for each in told]
    assert [each["effect"] for each in said] == [each["effect"] for each in told]
    assert (said[0]["nonce"], len({each["nonce"] for each in said})) == ("one", 2)
    assert (unsigned["code"], unsigned["problems"][0][:12]) == ("SIGNATURE_NEEDED", "Act 2 of 2: ")
    assert (swapped["code"], swapped["problems"][0][:12]) == ("BAD_SIGNATURE", "Act 2 of 2: ")
    assert done["__typename"] == "AllAccepted"
    assert again == done
    assert web.data(STATE, d=keyed)["integrity"] == {"sound": True}
    kept = [json.loads(each.body) for each in web.app.state.service.store.read.history(keyed)[1:]]
    assert [each["signed"]["text"] for each in kept] == [each["text"] for each in told]


def test_nothing_is_signed_of_acts_that_would_not_all_be_done(web: Site, keyed: str) -> None:
    id = signature.key_id(RFC_PUBLIC)

    def asked(*words: str, key: str = id, person: str = "erin") -> Any:
        acts = [{"as": "Escrow Agent", "act": {"text": each}} for each in words]
        return web.data(TO_SIGN, person, d=keyed, acts=acts, key=key)["toSignAll"]

    early = asked(AGENTS[0], "take a Hold")

    assert (early["__typename"], early["position"]) == ("NoneDone", 2)
    assert early["message"].startswith("Act 2 was refused, so none was done: ")
    assert asked(AGENTS[0], key="00") == {"__typename": "Invalid", "code": "NO_SUCH_KEY"}
    assert asked() == {"__typename": "Invalid", "code": "NOT_UNDERSTOOD"}
    assert asked(AGENTS[0], person="zoe") is None
