"""Who may act for whom, once a role is filled anew: Hudson Trust Company follows the Escrow Agent of 2005."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.answers import Accepted, Answer, Invalid, Opened, Refused
from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.service import Ask, Preview, SeatAsk, Service, Terms
from api.store import Store
from tests.api.escrow import DELIVERY, DISPUTE, NAMING, RESIGNING, TEN, World, escrow, site, succeed

AGENT = "Escrow Agent"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with escrow(tmp_path) as world:
        world.open()
        yield world


def seat(world: World, by: str, party: str, person: str, **more: bool | str) -> Answer:
    world.clock.advance(timedelta(minutes=1))
    world.made += 1
    key = str(more.pop("key", f"key-{world.made}"))
    acts, operator = bool(more.pop("acts", True)), bool(more.pop("operator", False))
    return world.service.seat(by, SeatAsk(world.deal, party, person, acts, operator), key)


def code(answer: Answer) -> str:
    assert isinstance(answer, Invalid), answer
    return answer.code


def sound(world: World, person: str = "andy") -> None:
    report = world.service.verify(person, world.deal)
    assert report is not None
    assert (report.head, report.faults) == ("checked", ())


# ------------------------------------------------------------ a role filled anew


def test_the_person_of_the_old_agent_can_no_longer_act_for_it(world: World) -> None:
    succeed(world)
    version = world.read().version

    answer = world.act("erin", "take a Hold")

    assert code(answer) == "NOT_YOUR_PARTY"
    assert world.service.preview("erin", Ask(world.deal, AGENT, {"text": "take a Hold"})) == answer
    assert code(seat(world, "erin", AGENT, "eve")) == "NOT_YOUR_PARTY"
    assert world.offered() == []
    assert (world.read().version, world.read().parties) == (version, ())
    assert ("erin", AGENT, False) in world.read().seats
    sound(world)


def test_a_preview_of_the_handover_shows_that_the_seat_goes_with_it(world: World) -> None:
    world.close(12)
    for person, text in RESIGNING:
        world.act(person, text)
    world.clock.advance(timedelta(days=6))
    for person, text in NAMING:
        world.act(person, text)

    preview = world.service.preview("erin", Ask(world.deal, AGENT, {"text": DELIVERY}))

    assert isinstance(preview, Preview)
    assert (preview.before.parties, preview.after.parties) == ((AGENT,), ())


def test_a_late_fact_gives_no_way_round(world: World) -> None:
    succeed(world)

    before = world.clock.now() - timedelta(days=3)

    assert code(world.act("erin", "take a Hold", at=before)) == "NOT_YOUR_PARTY"


def test_the_operator_seats_the_person_of_the_successor_who_then_acts(world: World) -> None:
    succeed(world)

    answer = seat(world, "keeper", AGENT, "hugo", operator=True)

    assert isinstance(answer, Accepted)
    assert (answer.party, answer.act) == ("", "seat hugo for Escrow Agent, as the operator")
    entry = world.service.store.read.history(world.deal)[-1]
    assert (entry.actor, json.loads(entry.body)["operator"]) == ("keeper", "keeper")
    assert world.service.store.read.parties_of(world.deal, "keeper") == ()
    assert world.read("hugo").parties == (AGENT,)
    assert "take the Hold" in {each.text for each in world.offered("hugo") if each.allowed}
    assert isinstance(world.act("hugo", "take a Hold", party=AGENT), Accepted)
    assert code(world.act("erin", "take a Hold")) == "NOT_YOUR_PARTY"
    sound(world)


def test_the_operator_seats_only_the_first(world: World) -> None:
    assert code(seat(world, "keeper", AGENT, "eve", operator=True)) == "NOT_YOUR_PARTY"
    succeed(world)
    seat(world, "keeper", AGENT, "hugo", operator=True)

    assert code(seat(world, "keeper", AGENT, "eve", operator=True)) == "NOT_YOUR_PARTY"
    assert code(seat(world, "keeper", AGENT, "hugo", operator=True, acts=False)) == "NOT_YOUR_PARTY"
    assert isinstance(seat(world, "hugo", AGENT, "helen"), Accepted)


def test_who_served_the_old_agent_can_be_seated_for_the_new_one(world: World) -> None:
    succeed(world)
    seat(world, "keeper", AGENT, "hugo", operator=True)

    assert isinstance(seat(world, "hugo", AGENT, "erin"), Accepted)
    assert isinstance(world.act("erin", "take a Hold"), Accepted)
    sound(world)


def test_the_new_agent_cannot_hide_the_deal_from_the_old_one(world: World) -> None:
    succeed(world)
    seat(world, "keeper", AGENT, "hugo", operator=True)

    assert code(seat(world, "hugo", AGENT, "erin", acts=False)) == "NOT_UNDERSTOOD"
    assert world.service.read("erin", world.deal) is not None


# ------------------------------------------------------------- seats given later


def test_a_person_adds_a_colleague_who_sees_the_deal_and_acts(world: World) -> None:
    assert world.service.read("zoe", world.deal) is None

    answer = seat(world, "andy", "ATG", "zoe")

    assert isinstance(answer, Accepted)
    assert (answer.party, answer.act) == ("ATG", "seat zoe for ATG")
    assert isinstance(world.act("zoe", "sign the Documents", party="ATG"), Accepted)
    sound(world)


def test_a_seat_is_revoked_and_the_deal_is_gone_from_sight(world: World) -> None:
    assert isinstance(seat(world, "paul", "Purchaser", "petra", acts=False), Accepted)

    assert world.service.read("petra", world.deal) is None
    assert code(world.act("petra", "sign the Documents")) == "NO_SUCH_DEAL"
    assert code(seat(world, "paul", "Purchaser", "paul", acts=False)) == "LAST_SEAT"
    sound(world)


def test_who_leaves_revokes_the_own_seat(world: World) -> None:
    assert isinstance(seat(world, "paul", "Purchaser", "paul", acts=False), Accepted)
    assert world.service.read("paul", world.deal) is None


def test_who_does_not_act_for_a_party_seats_nobody_for_it(world: World) -> None:
    version = world.read().version

    assert code(seat(world, "zoe", "ATG", "zoe")) == "NO_SUCH_DEAL"
    assert code(seat(world, "nina", "ATG", "nina")) == "NOT_YOUR_PARTY"
    assert code(seat(world, "nina", "NTSCO", "nina")) == "NOT_UNDERSTOOD"
    assert code(seat(world, "nina", "NTSCO", "")) == "NOT_UNDERSTOOD"
    assert code(seat(world, "nina", "Companies", "zoe")) == "NOT_UNDERSTOOD"
    assert code(seat(world, "nina", "NTSCO", "zoe", acts=False)) == "NOT_UNDERSTOOD"
    assert world.read().version == version


def test_the_same_request_for_a_seat_gets_the_first_answer(world: World) -> None:
    first = seat(world, "andy", "ATG", "zoe", key="one")

    assert seat(world, "andy", "ATG", "zoe", key="one") == first
    assert code(seat(world, "andy", "ATG", "zack", key="one")) == "KEY_REUSED"
    assert world.read().version == 2


def test_after_a_restart_the_log_leads_to_the_same_seats(tmp_path: Path) -> None:
    with escrow(tmp_path) as world:
        deal = world.open()
        seat(world, "andy", "ATG", "zoe")
        succeed(world)
        seat(world, "keeper", AGENT, "hugo", operator=True)
        seat(world, "andy", "ATG", "andy", acts=False)
        clock, made = world.clock, world.made

    with escrow(tmp_path, clock) as world:
        world.deal, world.made = deal, made
        service = world.service
        stored = service.store.read.deal(deal)
        look = service.store.read.look(deal, "zoe")
        assert stored is not None
        assert look is not None
        assert service.kernel.replay(stored, service.store.read.history(deal)) == look.state
        report = service.verify("zoe", deal)
        assert report is not None
        assert (report.head, report.faults) == ("checked", ())
        assert isinstance(world.act("hugo", "take a Hold", party=AGENT), Accepted)
        assert code(world.act("erin", "take a Hold")) == "NOT_YOUR_PARTY"
        late = world.act("zoe", DISPUTE.replace("D-1", "D-2"), party="ATG", at=clock.now() - timedelta(days=1))
        assert isinstance(late, Accepted)
        report = service.verify("zoe", deal)
        assert report is not None
        assert (report.head, report.faults) == ("checked", ())


SEAT = """
mutation ($deal: ID!, $party: String!, $whom: String!, $acts: Boolean!, $key: String!) {
  seat(dealId: $deal, party: $party, person: $whom, acts: $acts, idempotencyKey: $key) {
    __typename
    ... on Accepted { act party version seal }
    ... on Invalid { code problems }
  }
}
"""


def test_seats_over_the_api(tmp_path: Path) -> None:
    with site(tmp_path) as web:
        deal = web.open()
        asked = {"deal": deal, "party": "ATG", "whom": "zoe", "acts": True, "key": "one"}

        found = web.data(SEAT, "andy", **asked)["seat"]
        again = web.data(SEAT, "andy", **asked)["seat"]
        foreign = web.data(SEAT, "nina", **asked)["seat"]
        read = web.data("query ($d: ID!) { deal(id: $d) { yourParties seats { person party acts } } }", "zoe", d=deal)
        timeline = "query ($d: ID!) { timeline(dealId: $d, last: 1) { edges { node { act party person } } } }"
        (edge,) = web.data(timeline, "zoe", d=deal)["timeline"]["edges"]

    assert (found["__typename"], found["act"], found["version"]) == ("Accepted", "seat zoe for ATG", "2")
    assert again == found
    assert foreign["code"] == "NOT_YOUR_PARTY"
    assert read["deal"]["yourParties"] == ["ATG"]
    assert {"person": "zoe", "party": "ATG", "acts": True} in read["deal"]["seats"]
    assert edge["node"] == {"act": "seat zoe for ATG", "party": "ATG", "person": "andy"}


def test_a_person_acts_for_a_party_with_a_seat_of_its_own(world: World) -> None:
    mine = world.act("david", "sign the Funds Escrow Agreement", party="Purchaser by David Grin")
    borrowed = world.act("paul", "sign the Documents", party="Purchaser by David Grin")
    elsewhere = world.act("david", "sign the Documents", party="ATG by David Grin")

    assert isinstance(mine, Accepted), mine
    assert mine.act == 'The Purchaser by David Grin: sign the Funds Escrow Agreement "Funds Escrow Agreement".'
    assert code(borrowed) == "NOT_YOUR_PARTY"
    assert isinstance(elsewhere, Refused)
    assert elsewhere.summary == "Nothing says that David Grin may act for ATG in this."


def test_whom_only_an_entry_names_is_vouched_for_by_a_seat_of_the_party(world: World) -> None:
    stranger = world.act("nina", "sign the Documents", party='ATG by "Nora New"')

    assert code(stranger) == "NOT_YOUR_PARTY"


# -------------------------------------------------- what is left to the old holder

ESCROW = """Agreement "Succession".
  The time zone is "America/New_York".
  The currency is USD.

Clause 1 "Who":
  "Buyer" means a party.
  "Agent" means a party, "Old Trust".

Clause 2 "Succession":
  "Appointment" means a claim, made by the Buyer, stating Successor as text.
  "Outgoing" of an Appointment means the Agent as of the making of such Appointment.
  For each Appointment, when such Appointment has been made, then the Successor of such Appointment becomes the Agent.

Clause 3 "Handover":
  "Handover" means an act, about an Appointment.
  For each Appointment, when such Appointment has been made,
    then the Outgoing of such Appointment must make a Handover about such Appointment.
  "Report" means a claim, made by the Agent.
"""
OWN = '"Old Trust"'


@pytest.fixture
def succession(tmp_path: Path) -> Iterator[World]:
    """Bea acts for the Buyer and Erin for Old Trust, which New Trust has just followed."""
    kernel, clock = Kernel(), ManualClock(TEN)
    with Store.open(tmp_path / "deals.db", kernel, clock) as store:
        world = World(Service(store, kernel, catalogue_of({"succession": ESCROW}), clock), clock)
        opened = world.service.open("erin", Terms("succession", {"Buyer": ["bea"], "Agent": ["erin"]}, {}), "open")
        assert isinstance(opened, Opened), opened
        world.deal = opened.place.deal
        appointed = world.act("bea", 'present the Appointment "A" stating Successor as "New Trust"', party="Buyer")
        assert isinstance(appointed, Accepted), appointed
        yield world


def test_the_person_of_the_old_agent_does_what_is_left_to_it_and_no_more(succession: World) -> None:
    assert code(succession.act("erin", "present a Report", party="Agent")) == "NOT_YOUR_PARTY"
    assert succession.read("erin").parties == (OWN,)

    answer = succession.act("erin", 'make the Handover "H" about "A"', party=OWN)

    assert isinstance(answer, Accepted), answer
    assert answer.act == '"Old Trust": make the Handover "H" about "A".'
    assert isinstance(succession.act("erin", "present a Report", party=OWN), Refused)
    sound(succession, "bea")


def test_nobody_else_acts_for_the_old_agent(succession: World) -> None:
    seat(succession, "keeper", "Agent", "hugo", operator=True)

    for person in ("bea", "hugo"):
        assert code(succession.act(person, 'make the Handover "H" about "A"', party=OWN)) == "NOT_YOUR_PARTY"
    assert isinstance(succession.act("hugo", "present a Report", party="Agent"), Accepted)


def test_who_still_acts_for_the_old_agent_seats_others_for_it(succession: World) -> None:
    assert code(seat(succession, "bea", OWN, "zoe")) == "NOT_YOUR_PARTY"

    assert isinstance(seat(succession, "erin", OWN, "zoe"), Accepted)

    assert isinstance(succession.act("zoe", 'make the Handover "H" about "A"', party=OWN), Accepted)
    assert code(seat(succession, "erin", '"Acme"', "zoe")) == "NOT_UNDERSTOOD"
    sound(succession, "bea")
