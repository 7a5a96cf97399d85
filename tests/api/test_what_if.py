"""What clients may ask of a deal itself: why, what if, how it differs from another instant, and a picture of it."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as Xml

from api.editions import compiled
from api.picture import picture
from dsl.engine import open_deal
from dsl.events import Malformed, Opened
from tests.api.escrow import CLOSING, TEN, Site, nodes
from tests.api.test_typed import EVERY_TYPE

SVG = "{http://www.w3.org/2000/svg}"
PREVIEW = """query ($d: ID!, $acts: [AttemptInput!]!, $of: Instant) {
  deal(id: $d, asOf: $of) { preview(actions: $acts) {
  __typename
  ... on Preview {
    answers { __typename ... on Accepted { section } ... on Refused { section } }
    changes { section }
    deal { funds { balance { text } } clauses(section: "4.2(a)(i)") { status } }
  }
  ... on Invalid { code problems }
} } }"""
COMPARE = """query ($d: ID!, $to: CompareInput!, $of: Instant) { deal(id: $d, asOf: $of) { compare(to: $to) {
  __typename
  ... on Comparison { differences { what name aspect section before after }
    gained { ... on AvailableActions { actions { text } } }
    lost { ... on AvailableActions { actions { text } } } }
  ... on Problem { code message }
} } }"""


def acts(party: str, *words: str) -> list[dict[str, Any]]:
    return [{"as": party, "act": {"text": each}} for each in words]


def previewed(web: Site, deal: str, person: str, given: list[dict[str, Any]], **more: Any) -> Any:
    return web.data(PREVIEW, person, d=deal, acts=given, **more)["deal"]["preview"]


def compared(web: Site, deal: str, person: str, to: dict[str, Any], **more: Any) -> Any:
    return web.data(COMPARE, person, d=deal, to=to, **more)["deal"]["compare"]


def test_several_acts_are_tried_one_upon_the_other(web: Site) -> None:
    deal = web.open()
    web.close(deal, 9)

    found = previewed(web, deal, "paul", acts("Purchaser", *(text for _, text in CLOSING[9:12])))

    assert [each["__typename"] for each in found["answers"]] == ["Accepted"] * 3
    assert found["answers"][-1]["section"] == "2.3"
    assert found["deal"]["funds"] == [{"balance": {"text": "USD 12,000,000.00"}}]
    now = web.data("query ($d: ID!) { deal(id: $d) { version funds { balance { text } } } }", d=deal)["deal"]
    assert now == {"version": "10", "funds": [{"balance": {"text": "USD 0.00"}}]}


def test_of_several_acts_all_are_done_or_none(web: Site) -> None:
    deal = web.open()
    dispute = 'present the Dispute "D-1" stating Grounds as "x"'

    fine = previewed(web, deal, "andy", acts("ATG", dispute))
    stopped = previewed(web, deal, "andy", acts("ATG", dispute, "pay USD 5.00", dispute))
    unread = previewed(web, deal, "andy", acts("ATG", dispute, "pay a Dispyte"))
    not_hers = previewed(web, deal, "nina", acts("NTSCO", "sign the Documents") + acts("ATG", dispute))

    assert fine["deal"]["clauses"] == [{"status": "active"}]
    assert [each["__typename"] for each in stopped["answers"]] == ["Accepted", "Refused"]
    assert (stopped["changes"], stopped["deal"]["clauses"]) == ([], [{"status": "waiting"}])
    assert (unread["code"], unread["problems"][0][:11]) == ("NOT_UNDERSTOOD", "Act 2 of 2:")
    assert not_hers["code"] == "NOT_YOUR_PARTY"
    assert previewed(web, deal, "andy", [])["code"] == "NOT_UNDERSTOOD"
    assert previewed(web, deal, "andy", acts("ATG", *["sign the Documents"] * 21))["code"] == "NOT_UNDERSTOOD"


def test_what_if_it_had_happened_earlier(web: Site) -> None:
    """A Dispute at 10:03 lets the agent take a Hold; one that is said to have been taken at 10:01 came before it."""
    deal = web.open()
    web.clock.advance(timedelta(minutes=2))
    web.act(deal, "andy", 'present the Dispute "D-1" stating Grounds as "late"')
    (hold,) = acts("Escrow Agent", "take a Hold")

    now = previewed(web, deal, "erin", [hold])
    then = previewed(web, deal, "erin", [{**hold, "happenedAt": "2005-09-01T14:01:00Z"}])
    ahead = previewed(web, deal, "erin", [{**hold, "happenedAt": "2005-09-01T14:04:00Z"}])

    assert [each["__typename"] for each in now["answers"]] == ["Accepted"]
    assert [each["__typename"] for each in then["answers"]] == ["Refused"]
    assert (ahead["__typename"], ahead["code"]) == ("Invalid", "NOT_YET")


def test_what_if_is_asked_of_an_earlier_instant_too(web: Site) -> None:
    deal = web.open()
    dispute = 'present the Dispute "D-1" stating Grounds as "x"'
    web.act(deal, "andy", dispute)
    web.clock.advance(timedelta(days=1))

    taken = previewed(web, deal, "andy", acts("ATG", dispute))
    then = previewed(web, deal, "andy", acts("ATG", dispute), of="2005-09-01T14:00:30Z")

    assert taken["__typename"] == "Invalid"
    assert "There already is a Dispute" in taken["problems"][0]
    assert [each["__typename"] for each in then["answers"]] == ["Accepted"]


def test_a_deal_is_compared_with_what_acts_would_make_of_it(web: Site) -> None:
    deal = web.open()
    web.close(deal, 11)

    found = compared(web, deal, "paul", {"actions": acts("Purchaser", CLOSING[11][1])})

    money = [each for each in found["differences"] if each["what"] == "fund"]
    assert money == [
        {"what": "fund", "name": "Escrow Fund", "aspect": "balance", "section": "2.4", "before": "USD 0.00",
         "after": "USD 12,000,000.00"}
    ]  # fmt: skip
    duty = next(each for each in found["differences"] if each["what"] == "norm" and each["section"] == "2.3")
    assert (duty["aspect"], duty["before"], duty["after"]) == ("status", "active", "fulfilled")
    assert "deposit USD 12,000,000.00 into the Escrow Fund" in [each["text"] for each in found["lost"]["actions"]]
    refused = compared(web, deal, "andy", {"actions": acts("ATG", "pay USD 5.00")})
    assert (refused["__typename"], refused["code"]) == ("Refused", "NOT_MET")


def test_a_deal_is_compared_with_itself_at_another_instant(web: Site) -> None:
    deal = web.open()
    web.close(deal, 12)

    found = compared(web, deal, "erin", {"moment": {}}, of=TEN.isoformat())
    same = compared(web, deal, "erin", {"moment": {}})
    before = compared(web, deal, "erin", {"moment": {"asOf": "2005-08-01T00:00:00Z"}})

    balance = next(each for each in found["differences"] if each["aspect"] == "balance")
    assert (balance["before"], balance["after"]) == ("USD 0.00", "USD 12,000,000.00")
    assert (same["differences"], same["gained"]["actions"], same["lost"]["actions"]) == ([], [], [])
    assert before["code"] == "BEFORE_OPENING"


def test_what_is_supposed_is_no_ground_for_more(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $acts: [AttemptInput!]!) { deal(id: $d) {
      preview(actions: $acts) { ... on Preview { deal {
      preview(actions: $acts) { ... on Invalid { code } }
      compare(to: {actions: $acts}) { ... on Invalid { code } }
      whyNot(as: "ATG", act: {text: "sign the Documents"}) { ... on Invalid { code } }
      explain(about: {section: "4.2(a)(i)"}) { ... on Explanation { section } }
    } } } } }"""

    found = web.data(query, "andy", d=deal, acts=acts("ATG", "sign the Documents"))["deal"]["preview"]["deal"]

    assert found.pop("explain") == {"section": "4.2(a)(i)"}
    assert {each["code"] for each in found.values()} == {"SUPPOSED"}


def test_a_question_that_is_not_understood_is_an_answer(web: Site) -> None:
    deal = web.open()
    query = """query ($d: ID!, $about: ExplainInput!) { deal(id: $d) { explain(about: $about) {
      __typename ... on Explanation { truth section } ... on Problem { code }
    } } }"""

    def why(**about: Any) -> Any:
        return web.data(query, d=deal, about=about)["deal"]["explain"]

    assert why(section="4.2(a)(i)") == {"__typename": "Explanation", "truth": "pending", "section": "4.2(a)(i)"}
    assert why(section="9.9") == {"__typename": "Invalid", "code": "NOT_UNDERSTOOD"}
    assert why(condition="every Document is") == {"__typename": "Invalid", "code": "NOT_UNDERSTOOD"}
    assert why(attempt={"as": "Escrow Agent", "act": {"text": "take a Hol"}})["code"] == "NOT_UNDERSTOOD"
    assert why(attempt={"as": "ATG", "act": {"text": "sign the Documents"}})["code"] == "NOT_YOUR_PARTY"
    assert why(attempt={"as": "Escrow Agent", "act": {"text": "take a Hold"}})["truth"] == "refused"


def test_the_parties_of_a_deal_and_its_log_are_told_with_it(web: Site) -> None:
    deal = web.open()
    web.close(deal, 2)
    query = """query ($d: ID!) { deal(id: $d) {
      parties { name filler people text { role } norms(status: "active") { edges { node { section } } } }
      timeline(last: 1) { edges { node { act } } } openPoints { section }
    } }"""

    found = web.data(query, d=deal)["deal"]

    purchaser = next(each for each in found["parties"] if each["name"] == "Purchaser")
    assert (purchaser["people"], purchaser["text"]) == (["paul", "petra"], {"role": "party"})
    assert "2.3" in [each["section"] for each in nodes(purchaser["norms"])]
    assert found["timeline"]["edges"] == [{"node": {"act": "NTSCO: sign the Funds Escrow Agreement."}}]
    assert "5.3" in [each["section"] for each in found["openPoints"]]


def test_the_picture_of_a_deal_tells_who_does_not_see_it_the_same(web: Site) -> None:
    deal = web.open()
    web.close(deal)

    drawn = Xml.fromstring(web.data("query ($d: ID!) { deal(id: $d) { diagram } }", d=deal)["deal"]["diagram"])

    assert (drawn.tag, drawn.get("role"), drawn.get("aria-labelledby")) == (f"{SVG}svg", "img", "title said")
    assert drawn.findtext(f"{SVG}title") == "Funds Escrow Agreement"
    said = drawn.findtext(f"{SVG}desc") or ""
    assert "Escrow Fund holds USD 0.00." in said
    assert "USD 12,000,000.00 went from Purchaser to Escrow Fund." in said
    assert "USD 10,000,000.00 went from Escrow Fund to ATG." in said
    assert "under section 5.1" in said
    words = [each.text for each in drawn.iter(f"{SVG}text")]
    assert {"Purchaser", "Escrow Fund", "ATG", "USD 450,000.00", "Still to be done: nothing"} <= set(words)


def test_nothing_in_a_text_becomes_part_of_the_picture() -> None:
    law, _ = compiled(EVERY_TYPE.replace('"Every Type"', '"<script>alert(1)</script> & Co"'))
    state = open_deal(law, Opened(TEN))
    assert not isinstance(state, Malformed)

    drawn = picture(law, state)

    assert "<script" not in drawn
    assert Xml.fromstring(drawn).findtext(f"{SVG}title") == "<script>alert(1)</script> & Co"


def test_trying_things_out_has_its_price(web: Site) -> None:
    deal = web.open()
    one = 'whyNot(as: "Escrow Agent", act: {text: "take a Hold"}) { __typename }'
    query = f"query ($d: ID!) {{ deal(id: $d) {{ {' '.join(f'a{number}: {one}' for number in range(21))} }} }}"

    assert web.code(query, d=deal) == "TOO_MUCH"
