"""One stream of everything that comes in all of one's deals: each entry once, whichever deal it is in."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.escrow import CLOSING, OPEN, OPENING, SEATS, Site, site
from tests.api.sse import Event, stream
from tests.api.store_ledger import Where

ALL = """subscription ($after: Sequence) { myEvents(after: $after) {
  cursor dealId agreement event { version kind act } } }"""
Found = list[tuple[str, int]]


@pytest.fixture
def web(db: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The escrow on each kind of database; it seals and looks every few milliseconds."""
    monkeypatch.setattr("api.parts.INTERVAL", 0.01)
    monkeypatch.setattr("api.access.TICK", 0.02)
    monkeypatch.setattr("api.everywhere.TAIL", 0.0)
    with site(tmp_path, where=db) as made:
        yield made


def without(web: Site, person: str, key: str) -> str:
    """A deal in which somebody has no seat."""
    roles = [{"party": party, "persons": [each for each in who if each != person]} for party, who in SEATS.items()]
    blanks = [{"name": name, "value": value} for name, value in OPENING.blanks.items()]
    return str(web.data(OPEN, "erin", roles=roles, blanks=blanks, key=key)["openDeal"]["dealId"])


def places(events: list[Event]) -> Found:
    told = [each.data["data"]["myEvents"] for each in events]
    assert [each.id for each in events] == [each["cursor"] for each in told]
    assert [each.data["extensions"]["cursor"] for each in events] == [each["cursor"] for each in told]
    return [(each["dealId"], int(each["event"]["version"])) for each in told]


def by_deal(found: Found) -> dict[str, list[int]]:
    deals: dict[str, list[int]] = defaultdict(list)
    for deal, version in found:
        deals[deal].append(version)
    return deals


def test_all_deals_are_followed_in_one_stream_that_may_break_anywhere(web: Site) -> None:
    """Two deals and nine entries; the connection breaks after each, and a browser names the last `id` that it saw."""
    first, second = web.open(key="a"), web.open(key="b")
    hidden = without(web, "petra", "c")
    for person, text in CLOSING[:4]:
        web.act(first, person, text)
        web.act(hidden, person, text)
    for person, text in CLOSING[:3]:
        web.act(second, person, text)

    async def follow() -> list[Event]:
        seen: list[Event] = []
        while len(seen) < 9:
            async with stream(web, "petra", ALL, seen[-1].id if seen else None, after="0") as events:
                seen.append(await events.next())
        return seen

    seen = asyncio.run(follow())

    assert by_deal(places(seen)) == {first: [1, 2, 3, 4, 5], second: [1, 2, 3, 4]}
    cursors = [int(each.id) for each in seen]
    assert cursors == sorted(set(cursors))
    assert {each.data["data"]["myEvents"]["agreement"] for each in seen} == {"funds_escrow"}


def test_what_comes_later_is_told_also_of_a_deal_that_was_not_there(web: Site) -> None:
    before = web.open(key="a")

    web.app.state.service.sealer.seal()

    async def follow() -> Found:
        async with stream(web, "petra", ALL, after="1") as events:
            await asyncio.to_thread(web.act, before, *CLOSING[0])
            seen = [await events.next()]
            await asyncio.to_thread(web.open, "erin", "b")
            return places([*seen, await events.next()])

    found = asyncio.run(follow())

    assert found[0] == (before, 2)
    assert (found[1][0] != before, found[1][1]) == (True, 1)


def test_a_deal_in_which_one_has_no_seat_any_more_is_told_no_more(web: Site) -> None:
    left, stayed = web.open(key="a"), web.open(key="b")
    seat = """mutation ($d: ID!) { seat(dealId: $d, party: "Purchaser", person: "petra", acts: false,
      idempotencyKey: "out") { __typename } }"""
    assert web.data(seat, "paul", d=left)["seat"]["__typename"] == "Accepted"
    web.act(left, *CLOSING[0])
    web.act(stayed, *CLOSING[0])

    async def follow() -> Found:
        async with stream(web, "petra", ALL, after="0") as events:
            return places(await events.take(2))

    assert asyncio.run(follow()) == [(stayed, 1), (stayed, 2)]


@pytest.mark.parametrize("last", ["nonsense", "-1", "99", "9" * 18, "9" * 30, "1.5"])
def test_a_place_that_the_log_of_all_deals_has_not_come_to_is_refused(web: Site, last: str) -> None:
    web.open()

    async def first() -> Event:
        async with stream(web, "petra", ALL, last) as events:
            return await events.next()

    told = asyncio.run(first()).data["errors"][0]["extensions"]

    assert told == {"code": "BAD_CURSOR"}


def test_who_follows_is_told_that_nothing_is_sealed_any_more(web: Site) -> None:
    """A stream that would stand still for ever says so instead."""
    deal = web.open()

    async def follow() -> Any:
        async with stream(web, "petra", ALL, after="0") as events:
            first = await events.next()
            web.app.state.service.sealer.halted = "the database is not the one that was signed"
            return first, await events.next(), await events.next()

    first, told, end = asyncio.run(follow())

    assert places([first]) == [(deal, 1)]
    assert told.data["errors"][0]["extensions"] == {"code": "NOT_SEALED"}
    assert "`dealEvents`" in told.data["errors"][0]["message"]
    assert end.name == "complete"


def test_of_which_deals_one_was_told_is_on_record(web: Site) -> None:
    first, second = web.open(key="a"), web.open(key="b")
    web.act(first, *CLOSING[0])
    hidden = without(web, "petra", "c")

    async def follow() -> None:
        async with stream(web, "petra", ALL, after="0") as events:
            await events.take(3)

    asyncio.run(follow())
    journal = web.app.state.service.access.journal
    journal.flush()

    for deal, told in ((first, 1), (second, 1), (hidden, 0)):
        lines = [each for each in journal.lines(deal, None, 100).lines if each.person == "petra"]
        assert [each.fields for each in lines] == ["myEvents { cursor dealId agreement event }"] * told


def test_nobody_follows_without_a_token(web: Site) -> None:
    web.open()

    answer = web.client.post("/graphql", json={"query": ALL}, headers={"Accept": "text/event-stream"})

    assert '"UNAUTHENTICATED"' in answer.text
    assert '"cursor"' not in answer.text


def test_long_logs_of_others_are_gone_through_a_part_at_a_time(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two entries each: those without anything for Petra are passed over, and nothing is left out."""
    monkeypatch.setattr("api.everywhere.WINDOW", 2)
    monkeypatch.setattr("api.everywhere.AT_ONCE", 1)
    hidden, mine = without(web, "petra", "c"), web.open(key="a")
    for _ in range(3):
        for deal in (hidden, hidden, mine):
            web.act(deal, "andy", f'present the Dispute "D-{web.made}" stating Grounds as "x"')

    async def follow() -> Found:
        async with stream(web, "petra", ALL, after="0") as events:
            return places(await events.take(4))

    assert asyncio.run(follow()) == [(mine, 1), (mine, 2), (mine, 3), (mine, 4)]
