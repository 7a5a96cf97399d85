"""What a client keeps by its ids, as Relay and Apollo do, is never overwritten by what was, or by what would be."""

import asyncio
from typing import Any

import pytest

from api.schema.nodes import home_of
from api.schema.places import cursor_of, place_of
from tests.api.escrow import CLOSING, Site, nodes
from tests.api.sse import stream
from tests.api.test_live import now_there

Cache = dict[str, dict[str, Any]]

TOLD = """fragment Told on Deal {
  __typename id dealId asOf version yourParties terminatedAt
  funds { name balance { text } } paid { payee total { text } }
  norms(first: 100) { edges { node { id status paid { text } } } } parties { norms { edges { node { id status } } } }
  checklists(first: 100) { edges { node { id met latched } } } clauses { id status }
  entries(first: 100) { edges { node { id number counts missing signatures { signer status } } } }
  documents { kind status entry { id missing } } movements(first: 100) { edges { node { id number amount { text } } } }
  timeline(first: 100) { edges { node { id version kind } } }
}"""
NOW = "query ($d: ID!) { deal(id: $d) { ...Told } deals { edges { node { dealId yourParties } } } }" + TOLD
THEN = "query ($d: ID!, $of: Instant, $at: Instant) { deal(id: $d, asOf: $of, knownAt: $at) { ...Told } }" + TOLD
IF = (
    """query ($d: ID!, $acts: [AttemptInput!]!, $act: ActInput!, $of: Instant) { deal(id: $d) {
  preview(actions: $acts) { ... on Preview { deal { ...Told } } }
  acts: compare(to: {actions: $acts}) { ... on Comparison { deal { ...Told } } }
  moment: compare(to: {moment: {asOf: $of}}) { ... on Comparison { deal { ...Told } } } }
  preview(dealId: $d, as: "Purchaser", act: $act) { ... on Preview { deal { ...Told } } } }"""
    + TOLD
)
NODE = "query ($id: ID!) { node(id: $id) { __typename id ...Told } }" + TOLD
FOUND = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Norm { status } ... on Checklist { met }
  ... on Clause { status } ... on Entry { number missing } ... on Movement { number } } }"""

STATE = "subscription ($d: ID!) { dealState(dealId: $d) { cursor deal { ...Told } } }" + TOLD
PART = "subscription ($d: ID!) { myPart(dealId: $d) { norms { id status } } }"

EARLY = "2005-09-01T14:05:30Z"
DEPOSIT = CLOSING[11][1]


def keep(cache: Cache, told: Any) -> Any:
    """Keep what an answer tells: each thing with an id under its id alone, and where it stands its id."""
    if isinstance(told, list):
        return [keep(cache, each) for each in told]
    if not isinstance(told, dict):
        return told
    fields = {name: keep(cache, each) for name, each in told.items()}
    if "id" not in told:
        return fields
    cache.setdefault(told["id"], {}).update(fields)
    return {"at": told["id"]}


def kept(*answers: Any) -> Cache:
    cache: Cache = {}
    for each in answers:
        keep(cache, each)
    return cache


@pytest.fixture
def deal(web: Site) -> str:
    """Everything is signed and delivered, and the money is not there yet."""
    deal = web.open()
    web.close(deal, 11)
    return deal


def act(text: str) -> dict[str, Any]:
    return {"as": "Purchaser", "act": {"text": text}}


def tried(web: Site, deal: str, text: str = DEPOSIT) -> Any:
    return web.data(IF, "paul", d=deal, acts=[act(text)], act={"text": text}, of=EARLY)


def test_what_was_and_what_would_be_overwrite_nothing_of_what_is(web: Site, deal: str) -> None:
    now = web.data(NOW, "paul", d=deal)
    present = kept(now)
    others = [
        web.data(THEN, "paul", d=deal, of=EARLY),
        web.data(THEN, "paul", d=deal, at=EARLY),
        web.data(THEN, "paul", d=deal, of="2005-09-30T12:00:00Z"),
        tried(web, deal),
    ]

    cache = kept(now, *others)

    assert {id: cache[id] for id in present} == present
    assert len(present) > 60
    for told in (others[0]["deal"], others[1]["deal"], others[3]["deal"]["moment"]["deal"]):
        assert told["entries"] != now["deal"]["entries"]
    for told in (others[3]["deal"]["preview"], others[3]["deal"]["acts"], others[3]["preview"]):
        assert told["deal"]["funds"] == [{"name": "Escrow Fund", "balance": {"text": "USD 12,000,000.00"}}]
        assert {each["dealId"] for each in (told["deal"], *nodes(now["deals"]))} == {deal}


def test_the_same_acts_are_kept_as_one_and_others_as_others(web: Site, deal: str) -> None:
    one, other = tried(web, deal), tried(web, deal, "sign the Joint Instruction stating Payments as the rest to ATG")
    preview, compared = one["deal"]["preview"]["deal"], one["deal"]["acts"]["deal"]

    assert preview == compared == one["preview"]["deal"]
    assert {preview["id"], other["preview"]["deal"]["id"], deal} > {deal}
    assert preview["id"] != other["preview"]["deal"]["id"]
    assert web.data(NODE, "paul", id=preview["id"]) == {"node": None}
    assert web.data(FOUND, "paul", ids=[each["id"] for each in preview["clauses"][:3]]) == {"nodes": [None] * 3}


@pytest.mark.parametrize("when", [{"of": EARLY}, {"at": EARLY}, {"of": EARLY, "at": EARLY}])
def test_a_deal_of_an_instant_is_found_again_as_of_that_instant(web: Site, deal: str, when: dict[str, str]) -> None:
    then = web.data(THEN, "paul", d=deal, **when)["deal"]
    inside = [*nodes(then["norms"]), *nodes(then["checklists"]), *nodes(then["entries"]), *then["clauses"][:20]]

    assert web.data(NODE, "paul", id=then["id"])["node"] == then
    found = web.data(FOUND, "paul", ids=[each["id"] for each in inside])["nodes"]
    assert [each["id"] for each in found] == [each["id"] for each in inside]
    cache = kept(then)
    assert all(each[name] == cache[each["id"]][name] for each in found for name in each if name in cache[each["id"]])
    assert web.data(NODE, "zoe", id=then["id"]) == {"node": None}


def test_an_instant_is_the_same_in_whatever_zone_it_is_written(web: Site, deal: str) -> None:
    ids = {web.data(THEN, "paul", d=deal, of=each)["deal"]["id"] for each in (EARLY, "2005-09-01T10:05:30-04:00")}

    assert len(ids) == 1


def test_no_id_finds_what_has_another(web: Site, deal: str) -> None:
    """What is written in another way, is before the opening or no instant at all stands for nothing."""
    at = place_of(web.data(THEN, "paul", d=deal, of=EARLY)["deal"]["id"])[1][1]  # type: ignore[index]
    homes: list[Any] = [
        [deal, None, None], [deal, 0, None], [deal, None, 0], [deal, at, 2**63], [deal, -(2**80), at],
        [deal, True, None], [deal, str(at), None], [deal, float(at), None], [deal, at], [deal, at, None, "x"],
        ["0" * 32, at, None], ["x", at, None], deal, [],
    ]  # fmt: skip

    found = web.data(FOUND, "paul", ids=[cursor_of(["Deal", home]) for home in homes])["nodes"]

    assert found == [None] * len(homes)
    assert web.data(NODE, "paul", id=cursor_of(["Deal", [deal, at, None]]))["node"]["asOf"].startswith("2005-09-01T")


def test_who_was_shown_a_deal_of_an_instant_is_on_record(web: Site, deal: str) -> None:
    then = web.data(THEN, "erin", d=deal, of=EARLY)["deal"]["id"]

    web.data("query Look($id: ID!) { node(id: $id) { id } }", "paul", id=then)
    journal = web.app.state.service.access.journal
    journal.flush()

    lines = [each for each in journal.lines(deal, None, 100).lines if each.operation == "Look"]
    assert [(each.person, each.fields) for each in lines] == [("paul", "node { id }")]


def test_a_stream_brings_what_is_kept_up_to_date_with_its_latest_moment_alone(web: Site, deal: str) -> None:
    service = web.app.state.service
    *earlier, latest = (home_of(each.reading("paul")) for each in now_there(service, deal, "1.0", "paul"))
    (present,) = (home_of(each.reading("paul")) for each in now_there(service, deal, None, "paul"))

    async def told(query: str, last: str | None) -> Any:
        async with stream(web, "paul", query, last, d=deal) as events:
            return (await events.next()).data["data"]

    async def all_told() -> Any:
        return [await told(query, last) for query in (STATE, PART) for last in (None, "2.0")]

    now, then, part, part_then = asyncio.run(all_told())

    assert latest == present == deal
    assert len({deal, *earlier}) == len(earlier) + 1 > 10
    cache = kept(web.data(NOW, "paul", d=deal))
    assert kept(now).items() <= cache.items()
    assert kept(part).keys() <= cache.keys()
    assert then["dealState"]["deal"]["version"] == "3"
    log = {each["id"] for each in nodes(then["dealState"]["deal"]["timeline"])}
    assert kept(then).keys() & cache.keys() == log
    assert not kept(part_then).keys() & cache.keys()
