"""What is followed comes whole and once, from any place on: entries, how a deal stands, and one's own part in it."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.answers import Opened
from api.clock import ManualClock
from api.editions import catalogue_of
from api.following import Cause, Moment, moments, read_place
from api.kernel import Kernel
from api.service import SeatAsk, Service, Terms
from api.store import Store
from api.streams import BadPlace, Follower
from tests.api.escrow import Site, escrow, succeed
from tests.api.sse import Event, stream
from tests.api.store_ledger import Where
from tests.api.test_app import WS, begin
from tests.api.test_store_nodes import BICYCLE

EVENTS = "subscription ($d: ID!) { dealEvents(dealId: $d) { version } }"
STATE = (
    "subscription ($d: ID!, $a: String) { dealState(dealId: $d, after: $a) { cause cursor at deal { version asOf } } }"
)
PART = """subscription ($d: ID!, $a: String) { myPart(dealId: $d, after: $a) {
  changed version nextDeadline norms { text status due } availableActions { text allowed } } }"""
OPENED = datetime(2024, 6, 1, 13, tzinfo=UTC)
LATE = datetime(2024, 6, 4, 4, tzinfo=UTC)
"""The price of the bicycle is due by 3 June 2024: from midnight in New York, 04:00 UTC on the 4th, it is overdue."""
MICROSECOND = timedelta(microseconds=1)


# ---------------------------------------------------------------- server-sent events


async def versions(web: Site, deal: str, last: str | None, count: int) -> list[Event]:
    async with stream(web, "petra", EVENTS, last, d=deal) as events:
        return await events.take(count)


def test_a_stream_that_is_cut_off_anywhere_goes_on_without_a_gap_and_without_a_double(web: Site) -> None:
    """Seven entries; the connection breaks after each of them, and a browser names the last `id` that it saw."""
    deal = web.open()
    web.close(deal, 6)

    async def follow() -> list[Event]:
        seen: list[Event] = []
        while len(seen) < 7:
            seen += await versions(web, deal, seen[-1].id if seen else None, 1)
        return seen

    seen = asyncio.run(follow())

    assert [each.data["data"]["dealEvents"]["version"] for each in seen] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [each.id for each in seen] == [each.data["extensions"]["cursor"] for each in seen]
    assert {each.name for each in seen} == {"next"}


def test_what_comes_while_one_follows_is_told_too(web: Site) -> None:
    deal = web.open()

    async def follow() -> list[str]:
        async with stream(web, "petra", EVENTS, d=deal) as events:
            assert (events.status, events.headers["content-type"]) == (200, "text/event-stream")
            seen = [await events.next()]
            await asyncio.to_thread(web.close, deal, 2)
            return [each.id for each in (*seen, *await events.take(2))]

    assert asyncio.run(follow()) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("query", "last"),
    [
        (EVENTS, "nonsense"), (EVENTS, "-1"), (EVENTS, "3"), (EVENTS, "9" * 30), (EVENTS, "2.1125583440000000"),
        (STATE, "2"), (STATE, "0.1"), (STATE, "3.1125583440000000"), (STATE, f"1.{'9' * 17}9"), (PART, "nonsense"),
    ],
)  # fmt: skip
def test_a_place_that_the_deal_has_not_come_to_is_refused(web: Site, query: str, last: str) -> None:
    """A log that was put back to an earlier day would else be followed with entries left out."""
    deal = web.open()
    web.close(deal, 1)

    async def first() -> tuple[Event, Event]:
        async with stream(web, "petra", query, last, d=deal) as events:
            return await events.next(), await events.next()

    told, end = asyncio.run(first())

    assert told.data["errors"][0]["extensions"] == {"code": "BAD_CURSOR"}
    assert (told.data.get("data"), end.name) == (None, "complete")


@pytest.mark.parametrize("query", [EVENTS, STATE, PART])
def test_a_subscription_without_a_stream_is_told_how_to_ask(web: Site, query: str) -> None:
    deal = web.open()
    asked = {"query": query, "variables": {"d": deal}}

    answer = web.client.post("/graphql", json=asked, headers=web.token("petra"))
    (error,) = answer.json()["errors"]

    assert (answer.status_code, error["extensions"]) == (406, {"code": "BAD_REQUEST"})
    assert "Accept: text/event-stream" in error["message"]


def test_who_follows_is_told_that_the_service_stops_and_can_go_on_elsewhere(web: Site) -> None:
    deal = web.open()

    async def follow() -> list[Event]:
        async with stream(web, "petra", EVENTS, d=deal) as events:
            seen = [await events.next()]
            web.app.state.service.end_streams()
            return [*seen, *await events.take(2)]

    _, told, end = asyncio.run(follow())

    assert told.data["errors"][0]["extensions"] == {"code": "GOING_AWAY", "retryAfter": 1}
    assert end.name == "complete"


def test_streams_on_one_websocket_have_cursors_of_their_own(web: Site) -> None:
    deal = web.open()
    web.close(deal, 2)
    with web.client.websocket_connect("/graphql", subprotocols=WS) as socket:
        begin(socket, web.token("petra"))
        for name, query in (("events", EVENTS), ("state", STATE)):
            payload = {"query": query, "variables": {"d": deal}}
            socket.send_json({"id": name, "type": "subscribe", "payload": payload})
        told = [socket.receive_json() for _ in range(4)]

    entries = [each["payload"] for each in told if each["id"] == "events"]
    (state,) = [each["payload"] for each in told if each["id"] == "state"]
    assert [each["extensions"]["cursor"] for each in entries] == ["1", "2", "3"]
    assert state["extensions"]["cursor"] == state["data"]["dealState"]["cursor"] == "3.1125583320000000"


# ------------------------------------------------------------------- how a deal stands


@contextmanager
def bicycle(where: Where, clock: ManualClock) -> Iterator[tuple[Service, str]]:
    kernel = Kernel()
    with Store.open(where, kernel, clock) as store:
        service = Service(store, kernel, catalogue_of({"bicycle": BICYCLE}), clock)
        answer = service.open("ada", Terms("bicycle", {"Buyer": ["ada"], "Seller": ["carl"], "Agent": ["erin"]}), "one")
        assert isinstance(answer, Opened), answer
        yield service, answer.place.deal


def now_there(service: Service, deal: str, place: str | None, person: str = "ada") -> list[Moment]:
    """The moments that there are from a place on, without waiting for more."""

    async def all_of_them() -> list[Moment]:
        start = read_place(place) if place is not None else None
        return [each async for each in moments(service, Follower(person, deal, once=True), start)]

    return asyncio.run(all_of_them())


def overdue(moment: Moment) -> set[str]:
    return {norm.provision for norm in moment.held.state.norms.values() if norm.status == "overdue"}


def test_the_state_at_a_deadline_is_told_when_it_passes_and_not_before(db: Where) -> None:
    clock = ManualClock(OPENED)
    with bicycle(db, clock) as (service, deal):

        async def follow() -> list[Moment]:
            async with aclosing(moments(service, Follower("ada", deal), None)) as found:
                seen = [await anext(found)]
                coming = asyncio.ensure_future(anext(found))
                for instant in (LATE - MICROSECOND, LATE):
                    clock.set(instant)
                    await asyncio.to_thread(service.access.look)
                    done, _ = await asyncio.wait([coming], timeout=0 if instant < LATE else 30)
                    assert bool(done) is (instant == LATE)
                return [*seen, await coming]

        present, passed = asyncio.run(follow())

    assert [(each.cause, each.place.at) for each in (present, passed)] == [(Cause.PRESENT, OPENED), (Cause.TIME, LATE)]
    assert (overdue(present), len(overdue(passed))) == (set(), 1)


def test_a_deadline_that_passed_while_nobody_followed_is_told_as_it_was_then(tmp_path: Path) -> None:
    clock = ManualClock(OPENED)
    with bicycle(tmp_path / "db", clock) as (service, deal):
        (present,) = now_there(service, deal, None)
        clock.set(LATE + timedelta(days=3))

        first, *others = now_there(service, deal, str(present.place))

        assert (first.cause, first.place.version, first.held.state.now) == (Cause.TIME, 1, LATE)
        assert len(overdue(first)) == 1
        assert now_there(service, deal, str((first, *others)[-1].place)) == []


def test_each_moment_is_told_once_and_as_it_was_however_often_one_is_cut_off(tmp_path: Path) -> None:
    """What is told of an entry is what could be read when it was recorded, also after a fact that came late."""
    with escrow(tmp_path) as world:
        world.open()
        succeed(world)
        world.clock.advance(timedelta(days=2))
        world.act(
            "petra", 'present the Dispute "D-2" stating Grounds as "late"', at=world.clock.now() - timedelta(days=1)
        )
        start = "1.0"
        whole = now_there(world.service, world.deal, start, "petra")
        cuts = (len(whole) // 3, len(whole) - 3)
        rest = [now_there(world.service, world.deal, str(whole[cut].place), "petra") for cut in cuts]
        read = [
            world.read("petra", as_of=each.place.at, known_at=each.place.at).state
            for each in whole
            if each.cause is Cause.ENTRY and each.place.version % 4 == 0
        ]

    assert [[each.place for each in some] for some in rest] == [
        [each.place for each in whole[cut + 1 :]] for cut in cuts
    ]
    entries = [each for each in whole if each.cause is Cause.ENTRY]
    assert [each.place.version for each in entries] == list(range(2, len(entries) + 2))
    assert len(whole) > len(entries) > 15
    assert [each.held.state for each in entries if each.place.version % 4 == 0] == read
    assert sorted(each.place.at for each in whole) == [each.place.at for each in whole]


def test_a_follower_at_another_node_is_told_what_this_one_recorded(server: str) -> None:
    clock, kernel = ManualClock(OPENED), Kernel()
    with bicycle(server, clock) as (near, deal), Store.open(server, kernel, clock) as store:
        far = Service(store, kernel, catalogue_of({}), clock)

        async def follow() -> Moment:
            async with aclosing(moments(far, Follower("ada", deal), None)) as found:
                assert (await anext(found)).cause is Cause.PRESENT
                coming = asyncio.ensure_future(anext(found))
                await asyncio.to_thread(near.seat, "carl", SeatAsk(deal, "Seller", "cora", True), "seat")
                return await asyncio.wait_for(coming, 30)

        told = asyncio.run(follow())

    assert (told.cause, told.place.version) == (Cause.ENTRY, 2)
    assert told.reading("cora").parties == ("Seller",)


def test_a_stream_ends_with_the_seat(tmp_path: Path) -> None:
    with escrow(tmp_path) as world:
        world.open()

        async def follow() -> list[int]:
            seen = []
            async for each in moments(world.service, Follower("petra", world.deal), None):
                seen.append(each.place.version)
                leave = SeatAsk(world.deal, "Purchaser", "petra", False)
                await asyncio.to_thread(world.service.seat, "paul", leave, "leave")
            return seen

        assert asyncio.run(asyncio.wait_for(follow(), 60)) == [1]


def test_a_place_of_another_deal_is_no_place() -> None:
    for written in ("", "1", "1.", ".1", "0.5", "1.5.6", "\u0661.\u0662", "1.-5", " 1.5", f"1.{'9' * 18}"):
        with pytest.raises(BadPlace):
            read_place(written)


# ------------------------------------------------------------------- one's own part


def test_ones_own_part_is_told_again_when_it_is_different_and_only_then(web: Site) -> None:
    """The second entry, a refused act of the agent, changes nothing for Paul; the third is his own signature."""
    deal = web.open()

    async def follow() -> list[dict[str, Any]]:
        async with stream(web, "paul", PART, d=deal) as events:
            seen = [await events.next()]
            refused = await asyncio.to_thread(web.act, deal, "erin", "take a Hold")
            assert refused["__typename"] == "Refused"
            await asyncio.to_thread(web.act, deal, "paul", "sign the Documents")
            seen.append(await events.next())
        async with stream(web, "paul", PART, seen[0].id, d=deal) as events:
            again = await events.next()
        assert again == seen[1]
        return [each.data["data"]["myPart"] for each in seen]

    first, then = asyncio.run(follow())

    assert first["changed"] == ["NORMS", "DEADLINES", "ACTIONS"]
    assert (first["version"], then["version"]) == ("1", "3")
    assert "ACTIONS" in then["changed"]
    assert {each["text"]: each["allowed"] for each in first["availableActions"]}["sign the Documents"] is True
