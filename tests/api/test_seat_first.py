"""Where nobody acts for a party, who operates the service seats the first person, and is told nothing of the deal."""

import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.answers import Accepted, Invalid, Opened
from api.cli import dealing
from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.parts import tokens_from
from api.seats import SeatAsk
from api.service import Service, Terms
from api.store import Store
from tests.api.conftest import clausula
from tests.api.escrow import OPENING, SEATS, TEN, Site, World, escrow, succeed
from tests.api.test_seats import ESCROW

FIRST = """mutation ($deal: ID!, $party: String!, $person: String!, $key: String!) {
  seatFirst(dealId: $deal, party: $party, person: $person, idempotencyKey: $key) {
    __typename ... on Seated { party person recordedAt } ... on Invalid { code problems } } }"""
INVITE = """mutation ($d: ID!, $party: String!) { invite(dealId: $d, party: $party) {
  __typename ... on Invalid { code problems } } }"""
AGENT = "Escrow Agent"
BEFORE = f"The role {AGENT} is now filled by Hudson Trust Company, and your seat is from before."
HOW = "(`clausula seat --operator`, or `seatFirst` over GraphQL)"


@pytest.fixture
def handed(web: Site) -> World:
    """The deal over HTTP, in which Hudson Trust Company has just become the Escrow Agent."""
    world = World(web.app.state.service, web.clock)
    world.open()
    succeed(world)
    return world


def first(web: Site, world: World, party: str, person: str, key: str, deal: str = "") -> Any:
    token = tokens_from(web.settings).issue("keeper", web.clock.now(), timedelta(days=1), operator=True)
    given = {"deal": deal or world.deal, "party": party, "person": person, "key": key}
    body = {"query": FIRST, "variables": given}
    answer = web.client.post("/graphql", json=body, headers={"Authorization": f"Bearer {token}"}).json()
    assert "errors" not in answer, answer
    return answer["data"]["seatFirst"]


def test_the_operator_seats_the_first_person_of_a_successor_while_the_service_runs(web: Site, handed: World) -> None:
    web.clock.advance(timedelta(minutes=1))

    seated = first(web, handed, AGENT, "hugo", "one")
    again = first(web, handed, AGENT, "hugo", "one")
    other = first(web, handed, AGENT, "eve", "one")

    when = web.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    assert seated == {"__typename": "Seated", "party": AGENT, "person": "hugo", "recordedAt": when}
    assert again == seated
    assert other["code"] == "KEY_REUSED"
    entry = handed.service.store.read.history(handed.deal)[-1]
    assert (entry.actor, entry.kind) == ("keeper", "accepted")
    assert isinstance(handed.act("hugo", "take a Hold", party=AGENT), Accepted)
    report = handed.service.verify("hugo", handed.deal)
    assert report is not None
    assert report.faults == ()


def test_the_operator_is_told_nothing_of_the_deal(web: Site, handed: World) -> None:
    first(web, handed, AGENT, "hugo", "one")

    answers = {
        "NOT_YOUR_PARTY": first(web, handed, AGENT, "eve", "two"),
        "NO_SUCH_DEAL": first(web, handed, AGENT, "eve", "three", "f" * 32),
    }
    unknown = first(web, handed, "Escrow Agnet", "eve", "four")
    alike = first(web, handed, "Eugene Grin", "hug\u03bf", "five")  # a Greek o

    assert {name: each["code"] for name, each in answers.items()} == {name: name for name in answers}
    assert unknown["code"] == alike["code"] == "NOT_UNDERSTOOD"
    told = " ".join(problem for each in (*answers.values(), unknown, alike) for problem in each["problems"])
    assert not {name for name in (*SEATS, "hugo", "paul", "Hudson", "erin") if name in told} - {AGENT}
    assert "Somebody acts for Escrow Agent" in told
    assert "as the agreement names it" in told


def test_who_acted_before_is_told_who_gives_a_seat(web: Site, handed: World) -> None:
    def told() -> set[str]:
        tried = handed.act("erin", "take a Hold")
        seat = handed.service.seat("erin", SeatAsk(handed.deal, AGENT, "eve", True), f"eve {handed.made}")
        invited = web.data(INVITE, "erin", d=handed.deal, party=AGENT)["invite"]
        assert isinstance(tried, Invalid), tried
        assert isinstance(seat, Invalid), seat
        assert {tried.code, seat.code, invited["code"]} == {"NOT_YOUR_PARTY"}
        return {*tried.problems, *seat.problems, *invited["problems"]}

    nobody = told()
    first(web, handed, AGENT, "hugo", "one")

    ask = f"Nobody acts for it now: ask whoever operates the service to seat the first person {HOW}."
    assert nobody == {f"{BEFORE} {ask}"}
    assert told() == {f"{BEFORE} Ask hugo, who acts for it now, to seat you."}


def test_an_invitation_for_a_role_that_was_filled_anew_says_nothing_of_the_deal(web: Site) -> None:
    world = World(web.app.state.service, web.clock)
    deal = world.open()
    invite = 'mutation ($d: ID!) { invite(dealId: $d, party: "Escrow Agent", days: 30) { ... on Invitation { text } } }'
    text = web.data(invite, "erin", d=deal)["invite"]["text"]
    succeed(world)
    first(web, world, AGENT, "hugo", "one")

    accept = "mutation ($t: String!) { acceptInvitation(text: $t) { ... on Invalid { code problems } } }"
    told = "Who invited you acts for Escrow Agent no more. Ask who acts for it now for an invitation."
    assert web.data(accept, "zoe", t=text)["acceptInvitation"] == {"code": "NOT_YOUR_PARTY", "problems": [told]}


def test_where_every_act_is_signed_nobody_is_invited_who_could_not_be_seated(tmp_path: Path) -> None:
    with escrow(tmp_path) as world:
        terms = replace(OPENING, keyed=[AGENT])
        world.open(terms=terms)

        own = world.service.cannot_seat("erin", world.deal, AGENT)
        given = world.service.seat("erin", SeatAsk(world.deal, AGENT, "eve", True), "eve")

    told = (
        "In this deal every act of Escrow Agent is signed, and a seat is not: who acts for Escrow Agent gives and "
        "revokes none. Whoever operates the service seats the first person where nobody acts for it."
    )
    assert own == given == Invalid("SIGNATURE_NEEDED", (told,))


# ------------------------------------------------------------------------ vacant

LEAVING = """Agreement "Leaving".
  The time zone is "America/New_York".
  The currency is USD.

Clause 1 "Who":
  "Buyer" means a party.
  "Agent" means a party, "Old Trust".

Clause 2 "End":
  "Leaving" means a claim, made by the Buyer.
  When a Leaving has been made, then the Agent becomes vacant.
  "Report" means a claim, made by the Agent.
"""


@pytest.fixture
def leaving(tmp_path: Path) -> Iterator[World]:
    kernel, clock = Kernel(), ManualClock(TEN)
    with Store.open(tmp_path / "deals.db", kernel, clock) as store:
        yield World(Service(store, kernel, catalogue_of({"leaving": LEAVING, "succession": ESCROW}), clock), clock)


def test_a_role_that_is_vacant_waits_for_who_fills_it(leaving: World) -> None:
    leaving.open(terms=Terms("leaving", {"Buyer": ["bea"], "Agent": ["erin"]}))
    assert isinstance(leaving.act("bea", 'present the Leaving "L"', party="Buyer"), Accepted)

    answer = leaving.act("erin", 'present the Report "R"', party="Agent")

    told = f"Once somebody fills Agent, whoever operates the service seats the first person for it {HOW}."
    before = "The role Agent is now vacant, and your seat is from before."
    assert answer == Invalid("NOT_YOUR_PARTY", (f"{before} {told}",))


def test_where_every_act_is_signed_nobody_is_told_to_ask_for_a_seat(leaving: World) -> None:
    seats = {"Buyer": ["bea"], "Agent": ["erin"]}
    leaving.open(terms=Terms("succession", seats, keyed=["Agent"]))
    leaving.act("bea", 'present the Appointment "A" stating Successor as "New Trust"', party="Buyer")
    given = leaving.service.seat("keeper", SeatAsk(leaving.deal, "Agent", "hugo", True, operator=True), "hugo")

    answer = leaving.act("erin", 'present a Report "R"', party="Agent")

    assert isinstance(given, Accepted), given
    before = "The role Agent is now filled by New Trust, and your seat is from before."
    told = f"{before} As every act for it is signed, nobody is seated beside hugo."
    assert answer == Invalid("NOT_YOUR_PARTY", (told,))


def test_who_opens_a_deal_is_told_for_whom_nobody_acts(leaving: World) -> None:
    opened = leaving.service.open("erin", Terms("leaving", {"Agent": ["erin"]}), "open")
    assert isinstance(opened, Opened), opened
    leaving.deal = opened.place.deal

    tried = leaving.act("erin", 'present the Leaving "L"', party="Buyer")

    assert opened.unseated == ("Buyer",)
    assert leaving.service.open("erin", Terms("leaving", {"Agent": ["erin"]}), "open") == opened
    ask = f"Nobody acts for it now: ask whoever operates the service to seat the first person {HOW}."
    told = f"You do not act for Buyer in this deal. You act for Agent. {ask}"
    assert tried == Invalid("NOT_YOUR_PARTY", (told,))


def test_an_opening_over_the_api_tells_for_whom_nobody_acts(web: Site) -> None:
    words = """mutation ($roles: [RoleInput!]!, $blanks: [FieldInput!]) { openDeal(agreement: "funds_escrow",
      roles: $roles, blanks: $blanks, idempotencyKey: "open") { ... on Opened { unseated } } }"""
    roles = [{"party": party, "persons": persons} for party, persons in SEATS.items()]
    blanks = [{"name": name, "value": value} for name, value in OPENING.blanks.items()]

    found = web.data(words, roles=roles, blanks=blanks)["openDeal"]["unseated"]

    assert sorted(found) == ["Eugene Grin", "Fund Manager"]  # neither the court nor counsel makes an entry


# ------------------------------------------------------------------- the terminal


def test_the_terminal_tells_for_whom_nobody_acts(deals_clock: ManualClock) -> None:
    opened = clausula("open", "bicycle", "--seat", "Buyer=ada", "--person", "ada")

    assert len(opened.stdout.strip()) == 32
    assert "Nobody acts yet for Seller, Agent." in " ".join(opened.stderr.split())


def test_where_a_service_holds_the_file_the_terminal_prints_what_to_ask_it(
    web: Site, handed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what it prints does it."""
    monkeypatch.setattr(dealing, "CLOCK", web.clock)
    monkeypatch.delenv("CLAUSULA_TOKEN_KEY", raising=False)
    given = (handed.deal[:8], "--party", AGENT, "--person", "hugo", "--database", str(web.settings.database))

    refused = clausula("seat", *given, "--operator", "--by", "keeper", "--key", "one")
    mine = clausula("seat", *given, "--by", "erin")

    assert (refused.exit_code, mine.exit_code) == (2, 2)
    assert "curl" not in mine.stderr
    (line,) = (each for each in refused.stderr.splitlines() if each.startswith("curl "))
    _, url, _, header, *_, body = shlex.split(line)
    assert url == "http://127.0.0.1:8000/graphql"
    command = header.removeprefix("Authorization: Bearer $(clausula ").removesuffix(")")
    token = clausula(*shlex.split(command)).stdout.strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = web.client.post("/graphql", content=body.encode(), headers=headers).json()
    assert answer["data"]["seatFirst"]["__typename"] == "Seated", answer
    assert handed.read("hugo").parties == (AGENT,)
