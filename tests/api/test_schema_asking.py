"""What clients of the GraphQL API may ask before they act: what is possible, why, why not, and what comes of it."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.api.escrow import CLOSING, OPEN, SEATS, Site


def test_what_is_blocked_says_what_would_unlock_it(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)

    query = """query ($d: ID!) {
      availableActions(dealId: $d) {
        ... on AvailableActions { actions { actor text allowed section summary needs { name type } waits { text who } }
      } } }"""
    found = {each["text"]: each for each in web.data(query, d=deal)["availableActions"]["actions"]}

    release = found['release the Escrow Fund according to "JI-1"']
    assert release["allowed"] is False
    assert {name for wait in release["waits"] for name in wait["who"]} == {"David Grin", "Eugene Grin"}
    resign = next(each for text, each in found.items() if text.startswith("give the Resignation"))
    assert (resign["allowed"], resign["section"]) == (False, "5.2")
    assert found["fill the Escrow Agent Signatory with ..."]["needs"] == [{"name": "content", "type": "text"}]
    assert {each["actor"] for each in found.values()} == {"Escrow Agent"}


def test_what_is_blocked_before_anything_has_happened_says_who_can_help(web: Site) -> None:
    query = """query ($d: ID!) {
      availableActions(dealId: $d, allowed: false) {
        ... on AvailableActions { actions { text summary waits { what text who } }
      } } }"""

    found = {each["text"]: each for each in web.data(query, d=web.open())["availableActions"]["actions"]}

    companies = ["NTSCO", "ATG", "Omaha"]
    release = found["release the Escrow Fund according to ..."]
    missing = "there is no Joint Instruction which is Conforming yet"
    who = "NTSCO, ATG, Omaha and Purchaser must sign a Joint Instruction"
    assert release["summary"] == f"Not yet: {missing} ({who})."
    assert release["waits"][0]["who"] == [*companies, "Purchaser"]
    resign = next(each for text, each in found.items() if text.startswith("give the Resignation"))
    assert [each["who"] for each in resign["waits"]] == [companies]
    apply = found["file the Court Application stating Court as ..."]
    assert apply["summary"] == "Not yet: there is no Resignation yet (Escrow Agent can give a Resignation)."
    assert apply["waits"][0]["who"] == ["Escrow Agent"]
    credit = found["credit USD ... to the Escrow Fund"]
    assert credit["waits"][0]["who"] == [*companies, "Purchaser", "Escrow Agent"]
    refund = found["refund USD ... to the Purchaser from the excess of the Escrow Fund"]
    assert refund["summary"].startswith("Only when the excess of the Escrow Fund is more than USD 0.00: ")
    assert not [each["text"] for each in found.values() if ".." in each["summary"]]


def test_an_allowed_act_without_needs_is_accepted_as_it_is_worded(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $p: String) {
          availableActions(dealId: $d, for: $p, allowed: true) {
            ... on AvailableActions { actions { text needs { name } }
          } } }"""

    for person, party in (("andy", "ATG"), ("paul", "Purchaser"), ("erin", "Escrow Agent")):
        ready = [
            each["text"]
            for each in web.data(query, d=deal, p=party)["availableActions"]["actions"]
            if not each["needs"]
        ]
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
    query = """query ($d: ID!, $p: String) {
      availableActions(dealId: $d, for: $p) { ... on AvailableActions { actions { actor } } } }"""

    assert {each["actor"] for each in web.data(query, d=deal, p="ATG")["availableActions"]["actions"]} == {"ATG"}
    assert web.data(query, "zoe", d=deal) == {"availableActions": None}


def test_a_party_that_is_not_in_the_deal_is_answered_with_those_that_are(web: Site) -> None:
    """Whatever asks what a party can do; nothing of it is an error of the operation, on which `data` would fail."""
    deal = web.open()
    query = """query ($d: ID!, $p: String, $now: Instant) {
      availableActions(dealId: $d, for: $p) { ...Told }
      deal(id: $d) {
        availableActions(for: $p) { ...Told }
        compare(to: {moment: {asOf: $now}}) {
          ... on Comparison { gained(for: $p) { ...Told } lost(for: $p) { ...Told } }
        }
      }
    } fragment Told on ActionsResult { ... on Invalid { code problems } }"""

    slip, other = (web.data(query, "erin", d=deal, p=name, now="2005-09-02T12:00:00Z") for name in ("Purchasor", "Zoe"))

    for found, hint in ((slip, "Did you mean `Purchaser`?"), (other, "Its parties are NTSCO, ATG, Omaha, ")):
        in_deal = found["deal"]
        answers = [found["availableActions"], in_deal["availableActions"], *in_deal["compare"].values()]
        assert {each["code"] for each in answers} == {"NO_SUCH_PARTY"}
        assert len(answers) == 4
        assert all(hint in each["problems"][0] for each in answers)


def test_why_is_answered_for_sections_conditions_and_acts(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $about: ExplainInput!) {
      explain(dealId: $d, about: $about) {
        ... on Explanation { truth section summary reasons { rendered } } ... on Invalid { code problems }
      }
    }"""

    section = web.data(query, d=deal, about={"section": "4.2(a)(i)"})["explain"]
    condition = web.data(query, d=deal, about={"condition": "every Documents has been completed"})["explain"]
    act = {"attempt": {"as": "Escrow Agent", "act": {"text": "take a Hold"}}}
    attempt = web.data(query, d=deal, about=act)["explain"]

    assert "can present a Dispute" in section["reasons"][0]["rendered"]
    assert (condition["truth"], "0 of 8" in condition["reasons"][0]["rendered"]) == ("pending", True)
    assert attempt["truth"] == "refused"
    unclear = web.data(query, d=deal, about={"condition": "every Document is"})["explain"]
    assert unclear["code"] == "NOT_UNDERSTOOD"
    assert "Document" in unclear["problems"][0]
    wrong = {"attempt": {"as": "Escrow Agent", "act": {"text": "take a Hol"}}}
    assert web.data(query, d=deal, about=wrong)["explain"]["code"] == "NOT_UNDERSTOOD"
    assert web.data(query, "zoe", d=deal, about={"section": "4.2"}) == {"explain": None}


def test_a_section_that_is_not_there_is_not_affirmed(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $s: String!) {
      explain(dealId: $d, about: {section: $s}) {
        ... on Explanation { truth section summary reasons { text } } ... on Invalid { code message }
      }
    }"""

    error = web.data(query, d=deal, s="3.1(b)(vii)")["explain"]
    figures = web.data(query, d=deal, s="section 1.1(b)")["explain"]

    assert error["code"] == "NOT_UNDERSTOOD"
    assert "has no section `3.1(b)(vii)`. Did you mean `3.1" in error["message"]
    assert web.data(query, d=deal, s="9.9")["explain"]["code"] == "NOT_UNDERSTOOD"
    assert (figures["truth"], figures["section"], figures["reasons"]) == ("none", "1.1(b)", [])
    assert "nothing in it is met or not met by itself" in figures["summary"]


def test_why_somebody_cannot_act_is_told_with_the_section_and_what_unlocks_it(web: Site) -> None:
    deal = web.open()
    query = """query($d: ID!, $as: String!, $t: String!) {
      whyNot(dealId: $d, as: $as, act: {text: $t}) {
        ... on Explanation { truth section summary reasons { rendered } } } }"""

    asked = {"d": deal, "as": "Escrow Agent", "t": 'take the Hold "H-1"'}
    why = web.data(query, **asked)["whyNot"]

    assert (why["truth"], why["section"]) == ("refused", "4.2(a)")
    assert "can present a Dispute" in why["summary"]
    assert web.data(query, "zoe", **asked) == {"whyNot": None}


def test_a_refusal_has_a_code_its_clause_and_item_and_who_can_change_it(web: Site) -> None:
    """3.1(a)(iv)(A): a director has to have said by word of mouth that the closing conditions are satisfied."""
    deal = web.open()
    web.close(deal, 17)
    query = """mutation ($d: ID!, $as: String!, $act: ActInput!, $key: String!, $v: Sequence) {
      submit(dealId: $d, as: $as, act: $act, idempotencyKey: $key, expectedVersion: $v) {
        __typename
        ... on Problem { code message }
        ... on Refused { section clause item summary unlocks { what who } }
      } }"""
    agent = {"d": deal, "as": "Escrow Agent"}

    early = web.data(query, **agent, act={"text": 'release the Escrow Fund according to "JI-1"'}, key="1")["submit"]
    never = web.data(query, "andy", d=deal, **{"as": "ATG"}, act={"pay": {"amount": "5.00"}}, key="2")["submit"]
    stale = web.data(query, **agent, act={"text": "take a Hold"}, key="3", v="1")["submit"]
    wrong = web.data(query, **agent, act={"text": "take a Hol"}, key="4")["submit"]

    assert (early["code"], early["clause"], early["item"]) == ("PENDING", "3.1(a)", "(iv)(A)")
    assert early["section"] == f"{early['clause']}{early['item']}"
    assert early["message"] == early["summary"]
    assert {"what": "act", "who": ["David Grin", "Eugene Grin"]} in early["unlocks"]
    assert (never["__typename"], never["code"], never["clause"]) == ("Refused", "NOT_MET", "Preamble")
    assert (stale["__typename"], stale["code"]) == ("Conflict", "CONFLICT")
    assert (wrong["__typename"], wrong["code"]) == ("Invalid", "NOT_UNDERSTOOD")


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
    assert now["deal"] == {"version": "1", "clauses": [{"status": "waiting"}]}
    assert web.data(query, "paul", d=deal, act=act)["preview"] == {"__typename": "Invalid", "code": "NOT_YOUR_PARTY"}


def test_a_value_is_explained_with_how_it_came_about_and_its_receipt(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $about: ExplainInput!) { explain(dealId: $d, about: $about) { ... on Explanation {
      truth summary section figures { text value rendered } ways { acts }
      receipt { agreementSha256 lawSha256 amendments engine calendar logVersion logSeal asOf knownAt }
    } } }"""

    found = web.data(query, d=deal, about={"value": "the Remaining Payment"})["explain"]

    assert (found["truth"], found["summary"], found["section"]) == ("true", "USD 12,000,000.00", "1.1(d)")
    assert "USD 12,000,000.00 - USD 0.00 - USD 0.00" in found["figures"][0]["rendered"]
    assert found["ways"] == []
    of = web.data("query ($d: ID!) { deal(id: $d) { seal version agreementSha256 receipt { logSeal } } }", d=deal)[
        "deal"
    ]
    receipt = found["receipt"]
    assert (receipt["logSeal"], receipt["logVersion"]) == (of["seal"], of["version"])
    assert of["receipt"]["logSeal"] == of["seal"]
    assert receipt["agreementSha256"] == receipt["lawSha256"] == of["agreementSha256"]
    assert (receipt["amendments"], receipt["engine"], receipt["calendar"]) == (0, "13", "US")
    assert receipt["asOf"] == receipt["knownAt"]


def test_why_not_tells_the_cheapest_acts_by_person(web: Site) -> None:
    deal = web.open()
    web.close(deal, 17)
    query = """query($d: ID!, $t: String!) { whyNot(dealId: $d, as: "Escrow Agent", act: {text: $t}) {
      ... on Explanation { truth receipt { logVersion }
        ways { acts byPerson { actors steps { text section states } } } }
    } }"""

    why = web.data(query, "erin", d=deal, t='release the Escrow Fund according to "JI-1"')["whyNot"]
    fine = web.data(query, "erin", d=deal, t="sign the Funds Escrow Agreement")["whyNot"]

    assert why["truth"] == "refused"
    (share,) = why["ways"][0]["byPerson"]
    assert (why["ways"][0]["acts"], share["actors"]) == (1, ["David Grin", "Eugene Grin"])
    assert share["steps"][0]["text"] == (
        'state the Verbal Instruction about "JI-1" stating Closing Conditions Satisfied as yes '
        "and Disbursement Directed as yes"
    )
    assert fine["ways"] == []


def test_how_far_ways_were_searched_is_told_where_none_is_found(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Far from the release the search ends before it gets there; an empty list does not say that there is no way."""
    monkeypatch.setattr("dsl.unlocking._TRIES", 20)
    deal = web.open()
    assert web.act(deal, *CLOSING[12])["__typename"] == "Accepted"
    query = """query($d: ID!, $t: String!) { whyNot(dealId: $d, as: "Escrow Agent", act: {text: $t}) {
      ... on Explanation { truth searched ways { acts } turnsOn { text who } }
    } }"""

    far = web.data(query, "erin", d=deal, t='release the Escrow Fund according to "JI-1"')["whyNot"]
    never = web.data(query, "erin", d=deal, t="pay USD 5.00 to the Escrow Agent from the Escrow Fund")["whyNot"]
    fine = web.data(query, "erin", d=deal, t="sign the Funds Escrow Agreement")["whyNot"]

    assert far == {"truth": "refused", "searched": "CUT_SHORT", "ways": [], "turnsOn": []}
    assert (never["truth"], never["ways"]) == ("refused", [])
    assert fine == {"truth": "accepted", "searched": None, "ways": [], "turnsOn": []}


def test_a_blank_or_a_role_that_is_stated_twice_opens_no_deal(web: Site) -> None:
    roles = [{"party": party, "persons": persons, "filler": None} for party, persons in SEATS.items()]
    dated = {"name": "Agreement Date", "value": "1 September 2005"}
    fees = [{"name": "Agent's Fee", "value": value} for value in ("USD 25,000.00", "USD 30,000.00")]
    blanks = [*fees, dated]
    twice = [{**roles[0], "filler": filler} for filler in ("Ada", "Bob")]

    found = [
        web.data(OPEN, "erin", roles=seats, blanks=filled, key=key)["openDeal"]
        for seats, filled, key in ((roles, blanks, "a"), ([*twice, *roles[1:]], blanks[1:], "b"))
    ]

    assert [each["__typename"] for each in found] == ["Invalid", "Invalid"]
    assert found[0]["problems"] == ["The blank Agent's Fee is stated twice: `USD 25,000.00`, `USD 30,000.00`."]
    assert found[1]["problems"] == [f"The role {roles[0]['party']} is stated twice: `Ada`, `Bob`."]


def test_what_is_stated_twice_hides_nothing_else_that_is_wrong(web: Site) -> None:
    roles = [{"party": party, "persons": persons, "filler": None} for party, persons in SEATS.items()]
    blanks = [
        {"name": "Agreement Date", "value": "1 September 2005"},
        *({"name": "Agent's Fee", "value": value} for value in ("USD 25,000.00", "USD 30,000.00")),
    ]
    stranger = {"party": "Purchasor", "persons": ["zoe"], "filler": None}

    found = web.data(OPEN, "erin", roles=[*roles, stranger], blanks=blanks, key="a")["openDeal"]

    assert found["__typename"] == "Invalid"
    assert found["problems"] == [
        "The blank Agent's Fee is stated twice: `USD 25,000.00`, `USD 30,000.00`.",
        "`Purchasor` is no party to this agreement. Did you mean `Purchaser`?",
    ]
    assert web.data("{ deals { edges { node { dealId } } } }", "erin") == {"deals": {"edges": []}}


def test_a_key_of_blanks_is_no_key(web: Site) -> None:
    deal = web.open()

    for key in ("", " ", "\t "):
        tried = web.act(deal, "nina", "sign the Documents", key=key)
        assert (tried["__typename"], tried["code"]) == ("Invalid", "NOT_UNDERSTOOD"), key


def test_every_code_of_an_error_is_in_the_documentation() -> None:
    """Each that a resolver, the gate or the application gives stands in the table of what an error is called."""
    given = r'(?:problem\(\s*(?:\d+, )?|"code": )"([A-Z_]+)"'
    files = (*Path("api/schema").glob("*.py"), Path("api/view.py"))
    codes = {code for file in files for code in re.findall(given, file.read_text(encoding="utf-8"))}

    assert {"BAD_CURSOR", "UNAUTHENTICATED", "TOO_LARGE", "INTERNAL"} <= codes
    assert codes <= set(re.findall(r"`([A-Z_]+)`", Path("docs/operations.md").read_text(encoding="utf-8")))


QUESTIONS = """query ($d: ID!, $t: String!, $of: Instant, $at: Instant) {
  deal(id: $d) { ask(condition: $t) { __typename ... on Reason { truth } ... on Invalid { code problems } } }
  explain(dealId: $d, about: {condition: $t}, asOf: $of, knownAt: $at) {
    __typename ... on Explanation { truth } ... on Problem { code message } }
  whyNot(dealId: $d, as: "Escrow Agent", act: {text: $t}, asOf: $of, knownAt: $at) {
    __typename ... on Explanation { truth section receipt { asOf knownAt } } ... on Problem { code message } }
  preview(dealId: $d, as: "Escrow Agent", act: {text: $t}, asOf: $of, knownAt: $at) {
    __typename ... on Preview { answer { __typename } } ... on Problem { code message } }
  availableActions(dealId: $d, for: "Escrow Agent", asOf: $of, knownAt: $at) {
    ... on AvailableActions { actions { text allowed } }
  }
}"""


def test_nothing_that_a_person_can_write_is_an_error_of_the_operation(web: Site) -> None:
    """Words that mean nothing, and an instant before the deal was there, are answered; `data` fails on an error."""
    deal = web.open()
    early = "2005-09-01T13:59:59Z"

    unclear = web.data(QUESTIONS, d=deal, t="the moon is full")
    before = [web.data(QUESTIONS, d=deal, t="take a Hold", **{when: early}) for when in ("of", "at")]

    for found in (unclear["deal"]["ask"], unclear["explain"], unclear["whyNot"], unclear["preview"]):
        assert (found["__typename"], found["code"]) == ("Invalid", "NOT_UNDERSTOOD")
        assert (found.get("problems") or [found["message"]])[0]
    for found in before:
        assert {each["code"] for each in (found["explain"], found["whyNot"], found["preview"])} == {"BEFORE_OPENING"}
        assert found["availableActions"] is None


def test_a_condition_is_asked_in_words(web: Site) -> None:
    """It runs, and nothing leaves open whether it does."""
    deal = web.open()

    found = web.data(QUESTIONS, d=deal, t="this agreement has terminated")["deal"]["ask"]

    assert found == {"__typename": "Reason", "truth": "FALSE"}


def test_what_could_be_done_is_asked_of_an_earlier_instant_too(web: Site) -> None:
    """A Dispute at 10:03 lets the agent take a Hold; a minute before it could not."""
    deal = web.open()
    web.clock.advance(timedelta(minutes=2))
    web.act(deal, "andy", 'present the Dispute "D-1" stating Grounds as "late"')
    then, hold = "2005-09-01T14:02:00Z", "take a Hold"

    now = web.data(QUESTIONS, d=deal, t=hold)
    before = web.data(QUESTIONS, d=deal, t=hold, of=then)

    assert (now["whyNot"]["truth"], before["whyNot"]["truth"]) == ("accepted", "refused")
    receipt = {name: datetime.fromisoformat(at) for name, at in before["whyNot"]["receipt"].items()}
    assert receipt == {"asOf": datetime.fromisoformat(then), "knownAt": web.clock.now()}
    assert (now["preview"]["answer"], before["preview"]["answer"]) == (
        {"__typename": "Accepted"}, {"__typename": "Refused"},
    )  # fmt: skip
    allowed = [
        {each["text"]: each["allowed"] for each in found["availableActions"]["actions"]} for found in (now, before)
    ]
    (act,) = (text for text in allowed[0] if text.startswith(("take the Hold", "take a Hold")))
    assert (allowed[0][act], allowed[1][act]) == (True, False)
