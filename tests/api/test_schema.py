"""What clients of the GraphQL API can rely on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.schema import make_schema, printed
from tests.api.escrow import CONFIRMATION, SUBMIT, Site, site
from tests.conftest import Golden

PRINTED = Path(__file__).parents[2] / "api" / "schema.graphql"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as web:
        yield web


def test_the_printed_schema_is_the_one_that_is_served(golden: Golden) -> None:
    golden(PRINTED, printed(make_schema()))


# ---------------------------------------------------------------- what one reads


def test_an_agreement_can_be_read_before_any_deal(web: Site) -> None:
    found = web.data(
        """{ agreement(name: "funds_escrow") {
          title currency zone governingLaw
          clauses(section: "3.1(a)") { title category }
          openPoints { title section } parties { name role members rule }
          kinds { name sort signers fields { name type optional } } blanks { name type required }
        } }"""
    )["agreement"]

    assert (found["title"], found["currency"], found["zone"]) == ("Funds Escrow Agreement", "USD", "America/New_York")
    assert found["clauses"] == [{"title": "Release on joint instructions", "category": "operative"}]
    assert {"title": "A word is missing", "section": "5.3"} in found["openPoints"]
    companies = next(each for each in found["parties"] if each["name"] == "Companies")
    assert (companies["members"], companies["rule"]) == (["NTSCO", "ATG", "Omaha"], "each")
    instruction = next(each for each in found["kinds"] if each["name"] == "Joint Instruction")
    assert instruction["fields"] == [{"name": "Payments", "type": "payments", "optional": False}]
    assert {"name": "Agreement Date", "type": "date", "required": True} in found["blanks"]
    assert web.data('{ agreement(name: "nothing") { title } }') == {"agreement": None}


def test_money_is_exact_text(web: Site) -> None:
    deal = web.open()
    web.close(deal, 12)

    query = "query ($d: ID!) { deal(id: $d) { funds { balance { amount minorUnits currency text } } } }"
    (fund,) = web.data(query, d=deal)["deal"]["funds"]

    assert fund["balance"] == {
        "amount": "12000000.00",
        "minorUnits": "1200000000",
        "currency": "USD",
        "text": "USD 12,000,000.00",
    }


def test_a_checklist_says_what_is_missing_and_who_can_supply_it(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)

    query = """query ($d: ID!) { deal(id: $d) { checklists(section: "3.1(a)") {
      about met consequences condition { truth note } lines { depth item { path truth waits { who } } }
    } } }"""
    (checklist,) = web.data(query, d=deal)["deal"]["checklists"]

    assert (checklist["about"], checklist["met"], checklist["condition"]["note"]) == ("JI-1", False, "3 of 4")
    assert len(checklist["consequences"]) == 2
    by_path = {line["item"]["path"]: line["item"] for line in checklist["lines"] if line["depth"] in (1, 2)}
    assert by_path["3.1(a)(i)"]["truth"] == "TRUE"
    assert by_path["3.1(a)(iv)(A)"]["truth"] == "PENDING"
    assert by_path["3.1(a)(iv)(A)"]["waits"] == [{"who": ["David Grin", "Eugene Grin"]}]


def test_documents_show_each_signatory(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")

    query = "query ($d: ID!) { deal(id: $d) { documents { kind status signatures { signer status } } } }"
    found = {each["kind"]: each for each in web.data(query, d=deal)["deal"]["documents"]}

    assert found["Warrant"]["status"] == "signed"
    assert found["Security Agreement"]["status"] == "partly signed"
    assert found["Security Agreement"]["signatures"] == [
        {"signer": "NTSCO", "status": "missing"},
        {"signer": "ATG", "status": "signed"},
        {"signer": "Omaha", "status": "missing"},
        {"signer": "Purchaser", "status": "missing"},
    ]
    assert found["Funds Escrow Agreement"]["status"] == "missing"


def test_a_deal_is_read_as_of_an_instant_and_as_known_at_one(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", 'present the Dispute "D-1" stating Grounds as "late"', at="2005-09-01T14:00:20Z")

    query = """query ($d: ID!, $of: Instant, $at: Instant) {
      deal(id: $d, asOf: $of, knownAt: $at) { asOf entries(kind: "Dispute") { name } }
    }"""
    then = "2005-09-01T10:00:30-04:00"

    assert web.data(query, d=deal, of=then)["deal"] == {"asOf": "2005-09-01T14:00:30Z", "entries": [{"name": "D-1"}]}
    assert web.data(query, d=deal, of=then, at=then)["deal"]["entries"] == []
    assert web.code(query, d=deal, of="2005-09-01T09:00:00-04:00") == "BEFORE_OPENING"
    assert web.code(query, d=deal, of="2005-09-01T09:00:00") == "BAD_OPERATION"


# ------------------------------------------------------------------ what one does


def test_a_walk_to_the_end_over_the_api(web: Site) -> None:
    deal = web.open()
    web.close(deal)

    query = """query ($d: ID!) { deal(id: $d) {
      terminatedAt terminatedBy paid { payee total { amount } } norms(status: "fulfilled") { section }
    } }"""
    found = web.data(query, d=deal)["deal"]

    assert found["terminatedAt"] == "2005-09-01T14:19:00Z"
    assert found["paid"] == [
        {"payee": "Fund Manager", "total": {"amount": "450000.00"}},
        {"payee": "Escrow Agent", "total": {"amount": "25000.00"}},
        {"payee": "NTSCO", "total": {"amount": "1525000.00"}},
        {"payee": "ATG", "total": {"amount": "10000000.00"}},
    ]
    assert [each["section"] for each in found["norms"]] == ["2.2", "2.3", "3.1(a)"]


def test_refused_twice_is_the_same_answer_byte_for_byte(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)
    variables = {
        "deal": deal,
        "party": "Escrow Agent",
        "act": {"release": {"fund": "Escrow Fund", "accordingTo": "JI-1"}},
        "key": "release",
    }

    def send() -> bytes:
        body = {"query": SUBMIT, "variables": variables}
        return web.client.post("/graphql", json=body, headers=web.token("erin")).content

    first = send()
    web.act(deal, "david", CONFIRMATION)
    web.clock.advance(timedelta(days=400))

    assert b'"__typename":"Refused"' in first
    assert send() == first


def test_a_conflict_names_the_present_version(web: Site) -> None:
    deal = web.open()
    web.act(deal, "andy", "sign the Documents")

    found = web.act(deal, "nina", "sign the Documents", expected=1)

    assert found == {"__typename": "Conflict", "actualVersion": 2}


def test_every_form_of_act_is_understood(web: Site) -> None:
    deal = web.open()
    web.close(deal, 12)
    acts = [
        ("andy", {"make": {"kind": "Dispute", "name": "D-1", "fields": [
            {"name": "Grounds", "value": 'he said "no"'}]}}),
        ("andy", {"withdraw": {"kind": "Dispute", "name": "D-1"}}),
        ("andy", {"make": {"kind": "Dispute", "name": "D-2", "fields": [{"name": "Grounds", "value": "x"}]}}),
        ("erin", {"make": {"kind": "Expense Claim", "name": "E-1", "fields": [
            {"name": "Amount", "value": "1500.00"}, {"name": "Cause", "value": "courier"}]}}),
        ("nina", {"pay": {"amount": "USD 1,500.00", "to": "Escrow Agent", "about": "E-1"}}),
        ("paul", {"deposit": {"amount": "100", "fund": "Escrow Fund"}}),
        ("andy", {"fill": {"blank": "ATG Signatory", "value": "A. Person"}}),
        ("andy", {"choose": {"ambiguity": "Discharge Moment", "reading": "On Notice"}}),
        ("erin", {"make": {"kind": "Hold"}}),
        ("erin", {"depositWith": {"amount": "12000000.00", "place": "New York Court", "fund": "Escrow Fund"}}),
    ]  # fmt: skip

    found = [web.act(deal, person, act) for person, act in acts]

    assert [(each["__typename"], each.get("section")) for each in found] == [
        ("Accepted", "4.2(a)"),
        ("Accepted", "4.2(a)"),
        ("Accepted", "4.2(a)"),
        ("Accepted", "4.1(c)"),
        ("Accepted", "4.1(c)"),
        ("Accepted", "2.3"),
        ("Accepted", "Signature Page"),
        ("Accepted", "4.2(a)(iii)"),
        ("Accepted", "4.2(a)(i)"),
        ("Accepted", "4.2(a)(iii), first sentence"),
    ]


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        ({"make": {"kind": "Dispyte", "fields": [{"name": "Grounds", "value": "x"}]}}, "Did you mean `Dispute`?"),
        ({"make": {"kind": "Dispute", "fields": [{"name": "Ground", "value": "x"}]}}, "Did you mean `Grounds`?"),
        ({"make": {"kind": "Dispute"}}, "must state Grounds"),
        ({"deposit": {"amount": "1.5", "fund": "Escrow Fund"}}, "2 decimals"),
        ({"deposit": {"amount": "EUR 1.00", "fund": "Escrow Fund"}}, "USD"),
        ({"deposit": {"amount": "1.00", "fund": "Escrow Found"}}, "Escrow Fund"),
        ({"fill": {"blank": "Agent's Fee", "value": "some"}}, "must be amount of USD"),
        ({"fill": {"blank": "Agents Fee", "value": "1.00"}}, "Did you mean `Agent's Fee`?"),
        ({"text": "sign the Documents. sign the Warrant"}, ""),
        ({"text": ""}, ""),
        ({"text": "sign the " + "X" * 100_000}, ""),
    ],
)
def test_what_nobody_understands_is_told_and_not_recorded(web: Site, act: dict[str, object], problem: str) -> None:
    deal = web.open()

    found = web.act(deal, "andy", act)

    assert (found["__typename"], found["code"]) == ("Invalid", "NOT_UNDERSTOOD")
    assert problem in "\n".join(found["problems"])
    assert web.data("query ($d: ID!) { deal(id: $d) { version } }", d=deal) == {"deal": {"version": 1}}


def test_an_act_has_exactly_one_member(web: Site) -> None:
    deal = web.open()
    both = {"text": "sign the Documents", "hold": {"fund": "Escrow Fund"}}

    assert web.code(SUBMIT, "andy", deal=deal, party="ATG", act=both, key="k") == "BAD_OPERATION"
    assert web.code(SUBMIT, "andy", deal=deal, party="ATG", act={}, key="k") == "BAD_OPERATION"


# ----------------------------------------------------- what could be done, and why not


def test_what_is_blocked_says_what_would_unlock_it(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)

    query = """query ($d: ID!) { availableActions(dealId: $d) {
      actor text allowed section summary needs { name type } waits { text who }
    } }"""
    found = {each["text"]: each for each in web.data(query, d=deal)["availableActions"]}

    release = found['release the Escrow Fund according to "JI-1"']
    assert release["allowed"] is False
    assert {name for wait in release["waits"] for name in wait["who"]} == {"David Grin", "Eugene Grin"}
    resign = next(each for text, each in found.items() if text.startswith("give the Resignation"))
    assert (resign["allowed"], resign["section"]) == (False, "5.2")
    assert found["fill the Escrow Agent Signatory with ..."]["needs"] == [{"name": "content", "type": "text"}]
    assert {each["actor"] for each in found.values()} == {"Escrow Agent"}


def test_an_allowed_act_without_needs_is_accepted_as_it_is_worded(web: Site) -> None:
    deal = web.open()
    query = (
        "query ($d: ID!, $p: String) { availableActions(dealId: $d, party: $p, allowed: true) { text needs { name } } }"
    )

    for person, party in (("andy", "ATG"), ("paul", "Purchaser"), ("erin", "Escrow Agent")):
        ready = [each["text"] for each in web.data(query, d=deal, p=party)["availableActions"] if not each["needs"]]
        assert ready
        for text in ready:
            words = {"deal": deal, "as": party, "act": {"text": text}}
            preview = """query ($deal: ID!, $as: String!, $act: ActInput!) {
              preview(dealId: $deal, as: $as, act: $act) { ... on Preview { answer { __typename } } }
            }"""
            found = web.data(preview, person, **words)["preview"]
            assert found == {"answer": {"__typename": "Accepted"}}, text


def test_a_member_may_ask_what_another_party_can_do(web: Site) -> None:
    deal = web.open()
    query = "query ($d: ID!, $p: String) { availableActions(dealId: $d, party: $p) { actor } }"

    assert {each["actor"] for each in web.data(query, d=deal, p="ATG")["availableActions"]} == {"ATG"}
    assert web.code(query, d=deal, p="ATH") == "NO_SUCH_PARTY"
    assert web.data(query, "zoe", d=deal) == {"availableActions": None}


def test_why_is_answered_for_sections_conditions_and_acts(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $about: ExplainInput!) {
      explain(dealId: $d, about: $about) { truth section summary reasons { rendered } }
    }"""

    section = web.data(query, d=deal, about={"section": "4.2(a)(i)"})["explain"]
    condition = web.data(query, d=deal, about={"condition": "every Documents has been completed"})["explain"]
    act = {"attempt": {"as": "Escrow Agent", "act": {"text": "take a Hold"}}}
    attempt = web.data(query, d=deal, about=act)["explain"]

    assert "can present a Dispute" in section["reasons"][0]["rendered"]
    assert (condition["truth"], "0 of 8" in condition["reasons"][0]["rendered"]) == ("pending", True)
    assert attempt["truth"] == "refused"
    assert web.code(query, d=deal, about={"condition": "every Document is"}) == "NOT_UNDERSTOOD"
    wrong = {"attempt": {"as": "Escrow Agent", "act": {"text": "take a Hol"}}}
    assert web.code(query, d=deal, about=wrong) == "NOT_UNDERSTOOD"
    assert web.data(query, "zoe", d=deal, about={"section": "4.2"}) == {"explain": None}


def test_why_somebody_cannot_act_is_told_with_the_section_and_what_unlocks_it(web: Site) -> None:
    deal = web.open()
    query = """query($d: ID!, $as: String!, $t: String!) {
      whyNot(dealId: $d, as: $as, act: {text: $t}) { truth section summary reasons { rendered } } }"""

    asked = {"d": deal, "as": "Escrow Agent", "t": 'take the Hold "H-1"'}
    why = web.data(query, **asked)["whyNot"]

    assert (why["truth"], why["section"]) == ("refused", "4.2(a)")
    assert "can present a Dispute" in why["summary"]
    assert web.data(query, "zoe", **asked) == {"whyNot": None}


def test_a_preview_shows_the_deal_as_it_would_be(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $act: ActInput!) { preview(dealId: $d, as: "ATG", act: $act) {
      __typename
      ... on Preview {
        answer { ... on Accepted { section version } } deal { clauses(section: "4.2(a)(i)") { status } }
      }
      ... on Invalid { code }
    } }"""
    act = {"text": 'present the Dispute "D-1" stating Grounds as "x"'}

    found = web.data(query, "andy", d=deal, act=act)["preview"]

    assert found == {
        "__typename": "Preview",
        "answer": {"section": "4.2(a)", "version": None},
        "deal": {"clauses": [{"status": "active"}]},
    }
    now = web.data('query ($d: ID!) { deal(id: $d) { version clauses(section: "4.2(a)(i)") { status } } }', d=deal)
    assert now["deal"] == {"version": 1, "clauses": [{"status": "waiting"}]}
    assert web.data(query, "paul", d=deal, act=act)["preview"] == {"__typename": "Invalid", "code": "NOT_YOUR_PARTY"}


# ------------------------------------------------------------------- the log itself

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

    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert [each["node"]["version"] for each in last["edges"]] == [6, 7]
    assert [each["node"]["version"] for each in before["edges"]] == [3, 4, 5]
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

    assert web.data(query, d=deal, seen={"version": 2, "seal": seal})["integrity"]["sound"] is True
    assert web.data(query, d=deal, seen={"version": 2, "seal": "0" * 64})["integrity"]["sound"] is False
    assert web.data(query, "zoe", d=deal) == {"integrity": None}


def test_a_person_sees_a_list_of_his_deals_alone(web: Site) -> None:
    first = web.open(key="one")
    web.clock.advance(timedelta(minutes=1))
    second = web.open(key="two")
    query = """query ($n: Int!, $after: String) { deals(first: $n, after: $after) {
      edges { cursor node { id agreement openedAt yourParties } } pageInfo { hasNextPage endCursor }
    } }"""

    page = web.data(query, "petra", n=1)["deals"]
    rest = web.data(query, "petra", n=1, after=page["pageInfo"]["endCursor"])["deals"]

    assert [each["node"]["id"] for each in (*page["edges"], *rest["edges"])] == [second, first]
    assert page["edges"][0]["node"]["yourParties"] == ["Purchaser"]
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert web.data(query, "zoe", n=1)["deals"]["edges"] == []
    assert web.code(query, n=1, after="MQ") == "BAD_CURSOR"
