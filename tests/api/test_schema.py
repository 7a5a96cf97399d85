"""What clients of the GraphQL API can rely on."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, extend_schema, find_breaking_changes, introspection_from_schema, parse

from api.agreements import read_catalogue
from api.schema import make_schema, printed
from api.schema.scalars import CONFIG
from tests.api.conftest import clausula
from tests.api.escrow import CONFIRMATION, DISPUTE, SUBMIT, Site, nodes
from tests.conftest import Golden

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "api" / "schema.graphql"
ACTS = ROOT / "examples" / "typescript" / "funds_escrow.graphql"


def test_the_printed_schema_is_the_one_that_is_served(golden: Golden) -> None:
    golden(PRINTED, printed(make_schema()))


def test_the_typed_acts_that_the_example_is_compiled_against_are_those_of_the_clause_file(golden: Golden) -> None:
    golden(ACTS, clausula("schema", "funds_escrow", "--acts").stdout)


def test_the_schema_and_what_an_agreement_adds_make_the_whole_that_is_served(web: Site) -> None:
    both = extend_schema(build_schema(printed(make_schema())), parse(ACTS.read_text(encoding="utf-8")))
    served = build_schema(clausula("schema", "funds_escrow").stdout)
    whole = build_schema(web.client.get("/schema.graphql", headers=web.token("zoe")).text)

    assert not find_breaking_changes(both, served)
    assert not find_breaking_changes(served, both)
    assert set(both.type_map) == set(served.type_map)
    assert served.type_map.keys() <= whole.type_map.keys()


def test_everything_in_the_schema_says_what_it_is() -> None:
    every = make_schema(read_catalogue(ROOT / "agreements").editions.values())
    said = introspection_from_schema(build_schema(printed(every)))["__schema"]["types"]
    types: dict[str, Any] = {each["name"]: each for each in said if not each["name"].startswith("__")}
    members = [
        (f"{name}.{one['name']}", one)
        for name, each in types.items()
        for of in ("fields", "inputFields", "enumValues")
        for one in each.get(of) or ()
    ]
    arguments = [(f"{path}({one['name']})", one) for path, each in members for one in each.get("args", ())]

    assert [path for path, each in [*types.items(), *members, *arguments] if not each["description"]] == []


def test_each_scalar_of_ours_says_where_it_is_specified_and_how_it_is_written(web: Site) -> None:
    found = {each.name: str(each.specified_by_url) for each in CONFIG.scalar_map.values()}
    page = web.client.get("/scalars").text

    assert found["Duration"] == "/scalars"
    assert all(url == "/scalars" or url.startswith("https://") for url in found.values())
    assert all(f"\n{name}\n" in page for name in found)
    assert "^[1-9][0-9]{0,4} ((calendar|business|clear business) days?|months?|years?)$" in page


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

    query = """query ($d: ID!) { deal(id: $d) { checklists(section: "3.1(a)") { edges { node {
      about met consequences condition { truth note } lines { depth item { path truth waits { who } } }
    } } } } }"""
    (checklist,) = nodes(web.data(query, d=deal)["deal"]["checklists"])

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
      deal(id: $d, asOf: $of, knownAt: $at) { asOf entries(kind: "Dispute") { edges { node { name } } } }
    }"""
    then = "2005-09-01T10:00:30-04:00"

    found = web.data(query, d=deal, of=then)["deal"]
    assert (found["asOf"], nodes(found["entries"])) == ("2005-09-01T14:00:30Z", [{"name": "D-1"}])
    assert nodes(web.data(query, d=deal, of=then, at=then)["deal"]["entries"]) == []
    assert web.data(query, d=deal, of="2005-09-01T09:00:00-04:00") == {"deal": None}
    assert web.data(query, d=deal, at="2005-09-01T09:00:00-04:00") == {"deal": None}
    assert web.code(query, d=deal, of="2005-09-01T09:00:00") == "BAD_OPERATION"


# ------------------------------------------------------------------ what one does


def test_a_walk_to_the_end_over_the_api(web: Site) -> None:
    deal = web.open()
    web.close(deal)

    query = """query ($d: ID!) { deal(id: $d) {
      terminatedAt terminatedBy paid { payee total { amount } }
      norms(status: "fulfilled") { edges { node { section } } }
    } }"""
    found = web.data(query, d=deal)["deal"]

    assert found["terminatedAt"] == "2005-09-01T14:19:00Z"
    assert found["paid"] == [
        {"payee": "Fund Manager", "total": {"amount": "450000.00"}},
        {"payee": "Escrow Agent", "total": {"amount": "25000.00"}},
        {"payee": "NTSCO", "total": {"amount": "1525000.00"}},
        {"payee": "ATG", "total": {"amount": "10000000.00"}},
    ]
    assert [each["section"] for each in nodes(found["norms"])] == ["2.2", "2.3", "3.1(a)"]


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

    found = web.act(deal, "nina", "sign the Documents", expected="1")

    assert found == {"__typename": "Conflict", "actualVersion": "2"}


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
        ({"fill": {"blank": "Agent's Fee", "value": "some"}}, "must be an amount of USD"),
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
    assert web.data("query ($d: ID!) { deal(id: $d) { version } }", d=deal) == {"deal": {"version": "1"}}


def test_an_act_has_exactly_one_member(web: Site) -> None:
    deal = web.open()
    both = {"text": "sign the Documents", "hold": {"fund": "Escrow Fund"}}

    assert web.code(SUBMIT, "andy", deal=deal, party="ATG", act=both, key="k") == "BAD_OPERATION"
    assert web.code(SUBMIT, "andy", deal=deal, party="ATG", act={}, key="k") == "BAD_OPERATION"


def test_what_is_not_the_same_under_every_reading_is_told_with_what_settles_it(web: Site) -> None:
    """Section 4.2(a)(iii): is the agent free from the deposit with the court on, or from the notice of it?"""
    deal = web.open()
    web.close(deal, 18)
    for person, act in (
        ("andy", DISPUTE),
        ("erin", "deposit USD 12,000,000.00 with the New York Court"),
    ):
        assert web.act(deal, person, act)["__typename"] == "Accepted"

    found = web.data(
        """query ($d: ID!) { deal(id: $d) {
          undecided { what name told waits } clauses(section: "3.1(a)") { status }
          norms { edges { node { section status } } }
        } }""",
        d=deal,
    )["deal"]

    assert found["undecided"] == [
        {
            "what": "discharge",
            "name": "Escrow Agent",
            "told": "Discharge Moment: discharged under On Deposit; bound under On Notice",
            "waits": ["the reading of Discharge Moment (On Deposit or On Notice)"],
        }
    ]
    assert found["clauses"] == [{"status": "open"}]
    assert {each["status"] for each in nodes(found["norms"]) if each["section"] == "3.1(a)"} == {"open"}
