"""Acts by name: typed for each agreement from its clause file, and by name and arguments for who renders a page."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from graphql import parse, print_ast

from api.editions import catalogue_of
from api.schema import make_schema, printed
from tests.api.escrow import CONFIRMATION, PAYMENTS, TEXT, Site, site
from tests.conftest import Golden

HERE = Path(__file__).parent
ANSWER = """__typename
  ... on Accepted { act section }
  ... on Refused { act section summary }
  ... on Invalid { code problems }"""
TYPED = f"""mutation ($deal: ID!, $as: String!, $action: FundsEscrowAction!, $key: String!) {{
  submitFundsEscrow(dealId: $deal, as: $as, action: $action, idempotencyKey: $key) {{ {ANSWER} }}
}}"""
NAMED = f"""mutation ($deal: ID!, $as: String!, $name: String!, $arguments: JSON, $key: String!) {{
  submitAction(dealId: $deal, as: $as, name: $name, arguments: $arguments, idempotencyKey: $key) {{ {ANSWER} }}
}}"""
EVERY_TYPE = """Agreement "Every Type".
  The version is "1".
  The source is "none".
  The governing law is "State of Oregon".
  The time zone is "America/Los_Angeles".
  The business days are those of "US".
  The currency is USD.

Part "One".

Clause 1 "Words":
  "Client" means a party, "Marlow Street Bakery, LLC".
  "Agent" means a party, "Cascade Escrow Company".
  "Fund" means a fund in USD, held by the Agent.
  "Claim" means a claim, made by the Client, stating Name as text and Amount as amount of USD and Sworn as yes-or-no
    and Day as date and Hour as optional instant and Count as number and Class as one of (Water, Gas Heating)
    and Cure as period and Payee as name.
  "Order" means a writing, signed by the Client and the Agent, stating Payments as payments.

Clause 2 "Payment":
  The Client must deposit USD 5.00 into the Fund within 5 business days.
"""


def typed(web: Site, deal: str, person: str, party: str, action: Any, key: str) -> Any:
    return web.data(TYPED, person, deal=deal, **{"as": party}, action=action, key=key)["submitFundsEscrow"]


def named(web: Site, deal: str, person: str, party: str, name: str, arguments: Any, key: str) -> Any:
    given = {"as": party, "name": name, "arguments": arguments}
    return web.data(NAMED, person, deal=deal, key=key, **given)["submitAction"]


def test_the_types_of_an_agreement_are_made_from_its_clauses(golden: Golden) -> None:
    catalogue = catalogue_of({"every_type": EVERY_TYPE})
    assert catalogue.broken == {}
    plain = {print_ast(each) for each in parse(printed(make_schema())).definitions}
    whole = parse(printed(make_schema(catalogue.editions.values())))
    added = [print_ast(each) for each in whole.definitions if print_ast(each) not in plain]

    golden(
        HERE / "typed" / "every_type.graphql", "\n\n".join(each for each in added if "type Mutation" not in each) + "\n"
    )


def test_an_act_in_the_types_of_its_agreement_is_the_act_in_words(web: Site) -> None:
    deal, other = web.open(key="a"), web.open(key="b")
    dispute = {"presentDispute": {"name": "D-1", "stating": {"grounds": "late"}}}
    sums = {"Fund Manager": "450000.00", "Escrow Agent": "25000.00", "NTSCO": "1525000.00"}
    lines = [*({"to": name, "amount": f"USD {amount}"} for name, amount in sums.items()), {"to": "ATG"}]

    found = [
        typed(web, deal, "andy", "ATG", dispute, "1"),
        typed(web, deal, "nina", "NTSCO", {"signJointInstruction": {"stating": {"payments": lines}}}, "2"),
        typed(web, deal, "erin", "Escrow Agent", {"releaseEscrowFund": {"accordingTo": "D-1"}}, "3"),
        typed(web, deal, "andy", "ATG", {"chooseAccountInterest": {"reading": "NO_INTEREST"}}, "4"),
    ]
    words = [
        web.act(other, "andy", 'present the Dispute "D-1" stating Grounds as "late"'),
        web.act(other, "nina", f"sign the Joint Instruction stating Payments as {PAYMENTS}"),
    ]

    assert [each["__typename"] for each in found] == ["Accepted", "Accepted", "Invalid", "Accepted"]
    assert [(each["act"], each["section"]) for each in found[:2]] == [(each["act"], each["section"]) for each in words]


TOGETHER = """mutation ($deal: ID!, $acts: [FundsEscrowSubmission!]!, $key: String!) {
  submitFundsEscrowActions(dealId: $deal, actions: $acts, idempotencyKey: $key) { __typename
    ... on AllAccepted { version answers { act section happenedAt } }
    ... on NoneDone { position refused { section } } ... on Invalid { code problems } } }"""


def test_several_acts_in_types_are_all_done_or_none(web: Site) -> None:
    deal = web.open()
    web.clock.advance(timedelta(minutes=2))
    dispute = {"presentDispute": {"name": "D-1", "stating": {"grounds": "late"}}}
    withdrawn = {"withdrawDispute": {"name": "D-1"}}
    then = "2005-09-01T14:01:00Z"

    def together(*actions: Any, key: str = "one", person: str = "andy") -> Any:
        given = [{"as": "ATG", "action": each} for each in actions]
        given[0]["happenedAt"] = then
        return web.data(TOGETHER, person, deal=deal, acts=given, key=key)["submitFundsEscrowActions"]

    refused = together(dispute, {"releaseEscrowFund": {"accordingTo": "D-1"}})
    done = together(dispute, withdrawn)

    assert refused["__typename"] in ("NoneDone", "Invalid")
    assert (done["__typename"], done["version"]) == ("AllAccepted", "3")
    assert [each["act"].rpartition(": ")[2] for each in done["answers"]] == [
        'present the Dispute "D-1" stating Grounds as "late".', 'withdraw the Dispute "D-1".',
    ]  # fmt: skip
    assert done["answers"][0]["happenedAt"] == then
    assert together(dispute, key="two", person="zoe")["code"] == "NO_SUCH_DEAL"


def test_a_refused_act_in_types_says_why(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)
    release = {"releaseEscrowFund": {"accordingTo": "JI-1"}}

    refused = typed(web, deal, "erin", "Escrow Agent", release, "early")
    web.act(deal, "david", CONFIRMATION)
    accepted = typed(web, deal, "erin", "Escrow Agent", release, "then")

    assert (refused["__typename"], refused["section"]) == ("Refused", "3.1(a)(iv)(A)")
    assert (accepted["__typename"], accepted["section"]) == ("Accepted", "3.1(a)")
    assert typed(web, deal, "erin", "Escrow Agent", release, "early") == refused


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"presentDispyte": {"stating": {"grounds": "x"}}},
        {"presentDispute": {}},
        {"presentDispute": {"stating": {}}},
        {"presentDispute": {"stating": {"grounds": "x", "ground": "x"}}},
        {"presentDispute": {"stating": {"grounds": "x"}}, "takeHold": {}},
        {"presentExpenseClaim": {"stating": {"amount": "1500.00", "cause": "x"}}},
        {"presentExpenseClaim": {"stating": {"amount": 1500, "cause": "x"}}},
        {"fillWarrantCount": {"value": 7}},
        {"fillAgreementDate": {"value": "2005-9-1"}},
        {"chooseAccountInterest": {"reading": "No Interest"}},
    ],
)
def test_a_wrong_act_does_not_fit_the_type(web: Site, action: Any) -> None:
    deal = web.open()

    assert web.code(TYPED, "andy", deal=deal, **{"as": "ATG"}, action=action, key="k") == "BAD_OPERATION"
    assert web.data("query ($d: ID!) { deal(id: $d) { version } }", d=deal) == {"deal": {"version": "1"}}


def test_the_types_of_one_agreement_do_nothing_in_a_deal_under_another(tmp_path: Path) -> None:
    both = catalogue_of({"funds_escrow": TEXT, "twin": TEXT})
    with site(tmp_path, catalogue=both) as web:
        deal = web.open()
        query = TYPED.replace("FundsEscrow", "Twin")
        given = {"as": "ATG", "action": {"signDocuments": {}}, "key": "k"}

        found = web.data(query, "andy", deal=deal, **given)["submitTwin"]
        stranger = web.data(query, "zoe", deal=deal, **given)["submitTwin"]

    assert (found["code"], found["problems"]) == (
        "NOT_THIS_AGREEMENT",
        ["This deal is under `funds_escrow`, and these are acts of `twin`."],
    )
    assert stranger["code"] == "NO_SUCH_DEAL"


def test_an_act_by_name_is_told_all_that_is_wrong_with_it_and_is_not_recorded(web: Site) -> None:
    deal = web.open()

    misspelt = named(web, deal, "andy", "ATG", "presentDispyte", {}, "1")
    wrong = named(web, deal, "andy", "ATG", "presentDispute", {"name": 1, "stating": {"ground": "x"}}, "2")

    assert misspelt["problems"] == ["This agreement has no action `presentDispyte`. Did you mean `presentDispute`?"]
    assert (wrong["code"], len(wrong["problems"])) == ("NOT_UNDERSTOOD", 3)
    assert web.code(NAMED, "andy", deal=deal, **{"as": "ATG", "name": "x", "arguments": {"n": 1.5}}, key="3") == (
        "BAD_OPERATION"
    )
    assert web.data("query ($d: ID!) { deal(id: $d) { version } }", d=deal) == {"deal": {"version": "1"}}


def test_what_can_be_done_is_told_with_its_name_arguments_and_schema(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)
    query = """query ($d: ID!) {
      availableActions(dealId: $d) {
        ... on AvailableActions { actions { text action arguments schema needs { name } }
      } } }"""
    found = {each["text"]: each for each in web.data(query, d=deal)["availableActions"]["actions"]}

    release = found['release the Escrow Fund according to "JI-1"']
    claim = next(each for each in found.values() if each["action"] == "presentExpenseClaim")

    assert (release["action"], release["arguments"]) == ("releaseEscrowFund", {"accordingTo": "JI-1"})
    assert release["schema"]["required"] == ["accordingTo"]
    assert claim["arguments"] == {}
    assert claim["schema"]["properties"]["stating"]["required"] == ["amount", "cause"]
    assert [each["text"] for each in found.values() if each["action"] is None] == []


def test_an_argument_that_is_called_like_a_field_to_be_stated_is_told_all_the_same(tmp_path: Path) -> None:
    """A second order has a name of its own, `Order 2`, although what it states is called `Name`, too."""
    text = EVERY_TYPE.replace("stating Payments as payments", "stating Name as text")
    query = """query ($d: ID!) {
      availableActions(dealId: $d) { ... on AvailableActions { actions { action arguments needs { name } } } } }"""
    with site(tmp_path, catalogue=catalogue_of({"every_type": text})) as web:
        opening = """mutation { openDeal(agreement: "every_type", idempotencyKey: "k",
          roles: [{party: "Client", persons: ["erin"]}]) { ... on Opened { dealId } } }"""
        deal = web.data(opening)["openDeal"]["dealId"]
        web.act(deal, "erin", 'sign the Order "Order" stating Name as "x"', party="Client")
        found = [
            each for each in web.data(query, d=deal)["availableActions"]["actions"] if each["action"] == "signOrder"
        ]
        paid = next(
            each
            for each in web.data(query, d=deal)["availableActions"]["actions"]
            if each["action"] == "depositIntoFund"
        )

    assert {"action": "signOrder", "arguments": {"name": "Order 2"}, "needs": [{"name": "Name"}]} in found
    assert (paid["arguments"], paid["needs"]) == ({"amount": "USD 5.00"}, [])


def test_an_allowed_act_without_needs_is_accepted_by_its_name(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $p: String) {
      availableActions(dealId: $d, for: $p, allowed: true) {
        ... on AvailableActions { actions { action arguments needs { name } }
      } }
    }"""
    preview = """query ($deal: ID!, $as: String!, $act: ActInput!) {
      preview(dealId: $deal, as: $as, act: $act) { ... on Preview { answer { __typename } } }
    }"""
    for person, party in (("andy", "ATG"), ("paul", "Purchaser"), ("erin", "Escrow Agent")):
        ready = [each for each in web.data(query, d=deal, p=party)["availableActions"]["actions"] if not each["needs"]]
        assert ready
        for each in ready:
            act = {"action": {"name": each["action"], "arguments": each["arguments"]}}
            found = web.data(preview, person, deal=deal, **{"as": party}, act=act)["preview"]
            assert found == {"answer": {"__typename": "Accepted"}}, each


def test_the_served_schema_has_the_types_of_its_agreements(web: Site) -> None:
    text = web.client.get("/schema.graphql", headers=web.token("zoe")).text

    assert "input FundsEscrowAction @oneOf" in text
    assert "submitFundsEscrow(" in text


def test_blanks_are_filled_readings_chosen_and_texts_amended_in_types(web: Site) -> None:
    """Signature Page, 5.3 and 1.4: a blank by its owner, a reading by all five, an amendment signed by all five."""
    deal = web.open()
    parties = {"nina": "NTSCO", "andy": "ATG", "omar": "Omaha", "paul": "Purchaser", "erin": "Escrow Agent"}
    text = "Clause 1.3 'Extended meanings':\n  This section is interpretive: 'The plural means the singular too.'."

    filled = typed(web, deal, "andy", "ATG", {"fillATGSignatory": {"value": "A. Person"}}, "fill")
    for person, party in parties.items():
        chosen = {"chooseAccountInterest": {"reading": "INTEREST_BEARING"}}
        assert typed(web, deal, person, party, chosen, "choose")["__typename"] == "Accepted"
        amendment = {"signAmendment": {"name": "A-1", "stating": {"replacement": text}}}
        answer = typed(web, deal, person, party, amendment, "amend")
        assert (answer["__typename"], answer["section"]) == ("Accepted", "1.4"), answer

    query = """query ($d: ID!) { deal(id: $d) {
      blanks { name content } ambiguities { name chosen } clauses(section: "1.3") { text } receipt { amendments }
    } }"""
    found = web.data(query, d=deal)["deal"]

    assert filled["section"] == "Signature Page"
    assert {"name": "ATG Signatory", "content": '"A. Person"'} in found["blanks"]
    assert {"name": "Account Interest", "chosen": "Interest Bearing"} in found["ambiguities"]
    assert "The plural means the singular too." in found["clauses"][0]["text"]
    assert found["receipt"]["amendments"] == 1
