"""Many requests at once: the queue, the batches, and what happens when one of them fails."""

import asyncio
import json
import sqlite3
import time
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event as on
from sqlalchemy.exc import DBAPIError

from api.store import (
    Busy,
    Conflict,
    KeyReused,
    Outcome,
    Pace,
    Store,
    StoreClosed,
    Stored,
    StoreFailed,
    UnknownDeal,
    writer,
)
from tests.api.store_ledger import LedgerHandler, Where, command, do, ledger, opening


def held(store: Store, handler: LedgerHandler) -> Future[Outcome]:
    """Have the writer wait inside a command, so that what follows queues up behind it."""
    future = store.submit(command("held", wait=True))
    assert handler.waiting.wait(timeout=60)
    return future


def test_the_same_key_twenty_times_at_once_is_one_entry(db: Where) -> None:
    with ledger(db) as store, ThreadPoolExecutor(20) as people:
        do(store, opening())

        asked = [people.submit(lambda: store.submit(command("k", add=1))) for _ in range(20)]
        outcomes = [future.result(timeout=60).result(timeout=60) for future in asked]
        log = store.read.history("bicycle")

    stored = [outcome for outcome in outcomes if isinstance(outcome, Stored)]
    assert len(stored) == 20
    assert sum(not outcome.replayed for outcome in stored) == 1
    assert {outcome.event for outcome in stored} == {log[1]}
    assert len(log) == 2


def test_the_same_key_twice_in_one_batch_is_one_entry(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        held(store, handler)
        first, second = store.submit(command("k", add=1)), store.submit(command("k", add=1))
        other = store.submit(command("k", add=2))
        undone: list[object] = []
        on.listen(store._writing, "rollback", undone.append)
        handler.gate.set()

        outcome = first.result(timeout=60)
        entry = store.read.history("bicycle")[-1]
        assert outcome == Stored(entry, replayed=False)
        assert second.result(timeout=60) == Stored(entry, replayed=True)
        assert other.result(timeout=60) == KeyReused("k")
    assert undone == []


def test_eight_threads_racing_have_one_winner_per_version(db: Where) -> None:
    def race(name: str) -> list[int]:
        won, version = [], 1
        while version < 31:
            request = command(f"{name}-{version}", expected=version, add=1)
            match store.submit(request).result(timeout=60):
                case Stored(event):
                    won.append(event.version)
                    version = event.version
                case Conflict(actual):
                    assert actual > version
                    version = actual
                case other:
                    raise AssertionError(other)
        return won

    with ledger(db) as store, ThreadPoolExecutor(8) as people:
        do(store, opening())

        wins = list(people.map(race, "abcdefgh"))

        assert sorted(version for won in wins for version in won) == list(range(2, 32))
        assert [e.version for e in store.read.history("bicycle")] == list(range(1, 32))
        assert json.loads(look_state(store)) == {"total": 30}


def look_state(store: Store) -> str:
    """The state of the bicycle deal, as Ana sees it."""
    look = store.read.look("bicycle", "ana")
    assert look is not None
    return look.state


def test_a_right_given_or_taken_counts_from_the_next_request(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        held(store, handler)
        futures = [
            store.submit(request)
            for request in (
                command("early", "carl", add=1),
                command("give", grant=[["carl", "Agent", True], ["ben", "Seller", False]]),
                command("now", "carl", add=1),
                command("late", "ben", add=1),
            )
        ]
        handler.gate.set()
        early, give, now, late = (future.result(timeout=60) for future in futures)

        assert early == UnknownDeal("bicycle")
        assert isinstance(give, Stored)
        assert isinstance(now, Stored)
        assert late == UnknownDeal("bicycle")
        assert store.submit(command("later", "ben")).result(timeout=60) == late
        assert do(store, command("after", "carl", add=1)).kind == "accepted"


def test_each_request_of_a_batch_sees_the_ones_before(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening(limit=10))
        held(store, handler)
        futures = [store.submit(command(f"k{n}", add=4)) for n in range(4)]
        boat = [store.submit(opening("boat")), store.submit(command("b", deal="boat", add=7))]
        handler.gate.set()

        entries = [f.result(timeout=60) for f in (*futures, *boat)]

    assert [e.event.answer for e in entries if isinstance(e, Stored)] == [
        '{"kind":"accepted","total":4}',
        '{"kind":"accepted","total":8}',
        '{"kind":"refused","total":8}',
        '{"kind":"refused","total":8}',
        '{"ok":true}',
        '{"kind":"accepted","total":7}',
    ]
    assert handler.states[1:] == [
        '{"total":0}',
        '{"total":4}',
        '{"total":8}',
        '{"total":8}',
        '{"total":0}',
    ]


def test_the_history_of_a_deal_has_the_entries_of_the_batch(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        do(store, command("before", add=2))
        held(store, handler)
        store.submit(command("a", add=4))
        refolded = store.submit(command("b", add=8, refold=True))
        handler.gate.set()

        outcome = refolded.result(timeout=60)

    assert isinstance(outcome, Stored)
    assert outcome.event.answer == '{"kind":"accepted","total":14}'


@pytest.mark.parametrize(
    ("body", "error"),
    [({"explode": 1}, ZeroDivisionError), ({"unwritable": 1}, UnicodeEncodeError)],
)
def test_one_failing_command_fails_alone(db: Where, body: dict[str, Any], error: type[Exception]) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        do(store, opening("boat"))
        held(store, handler)
        before = store.submit(command("before", add=1))
        bad = store.submit(command("bad", deal="boat", **body))
        after = [store.submit(command(f"after-{n}", add=1)) for n in range(5)]
        handler.gate.set()

        with pytest.raises(error):
            bad.result(timeout=60)
        stored = [future.result(timeout=60) for future in (before, *after)]
        assert [o.event.version for o in stored if isinstance(o, Stored)] == [3, 4, 5, 6, 7, 8]
        assert len(store.read.history("boat")) == 1
        assert do(store, command("bad", deal="boat", add=1)).version == 2  # nothing half-written
        assert store.verify_file().sound


def test_a_full_queue_refuses_and_stores_nothing(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler, queue_size=3) as store:
        do(store, opening())
        held(store, handler)
        waiting = [store.submit(command(f"k{n}", add=1)) for n in range(3)]

        refused = store.submit(command("one too many", add=1))

        assert refused.result(timeout=0) == Busy(retry_after=1)
        assert not any(future.done() for future in waiting)
        handler.gate.set()
        for future in waiting:
            assert isinstance(future.result(timeout=60), Stored)
        assert do(store, command("one too many", add=1)).version == 6
        assert [e.version for e in store.read.history("bicycle")] == [1, 2, 3, 4, 5, 6]


def test_who_finds_the_queue_full_is_told_when_there_should_be_room(db: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each took ten seconds of late, two wait, and one has been in hand for ten: 2 * 10 + 10."""
    handler, seconds = LedgerHandler(), count(0, 10)
    monkeypatch.setattr(writer, "time", SimpleNamespace(monotonic=lambda: next(seconds), sleep=time.sleep))
    with ledger(db, handler, queue_size=2, batch_size=1) as store:
        do(store, opening())
        held(store, handler)
        for n in range(2):
            store.submit(command(f"k{n}", add=1))

        refused = store.submit(command("one too many", add=1)).result(timeout=0)
        handler.gate.set()

        assert refused == Busy(retry_after=30)


@pytest.mark.parametrize(
    ("done", "waiting", "more", "seconds"),
    [
        ([], 1000, 0.0, 1),  # nothing is known yet
        ([(100, 50.0)], 3, 0.0, 2),  # half a second each: 1.5
        ([(100, 50.0)], 3, 0.6, 3),
        ([(1, 1.0), (1, 2.0)], 10, 0.0, 12),  # 0.8 * 1 + 0.2 * 2 each
        ([(1, 3600.0)], 5, 0.0, 60),
        ([(1000, 0.1)], 5, 0.0, 1),
    ],
)
def test_the_wait_is_that_of_those_who_wait_from_a_second_to_a_minute(
    done: list[tuple[int, float]], waiting: int, more: float, seconds: int
) -> None:
    pace = Pace()
    for each in done:
        pace.done(*each)

    assert pace.seconds_for(waiting, more) == seconds


def test_a_request_that_is_cancelled_while_it_waits_is_not_stored(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        held(store, handler)
        waiting = store.submit(command("k", add=1))

        assert waiting.cancel()
        handler.gate.set()

        assert do(store, command("next", add=1)).version == 3
        assert [e.key for e in store.read.history("bicycle")] == ["open-bicycle", "held", "next"]


def test_closing_answers_what_waits_and_takes_nothing_more(db: Where) -> None:
    handler = LedgerHandler()
    store = ledger(db, handler, batch_size=2)
    do(store, opening())
    held(store, handler)
    waiting = [store.submit(command(f"k{n}", add=1)) for n in range(5)]

    with ThreadPoolExecutor(1) as other:
        closing = other.submit(store.close)
        handler.gate.set()
        closing.result(timeout=60)

    outcomes = [future.result(timeout=0) for future in waiting]
    assert [o.event.version for o in outcomes if isinstance(o, Stored)] == [3, 4, 5, 6, 7]
    with pytest.raises(StoreClosed):
        store.submit(command("late", add=1)).result(timeout=0)
    store.close()


def test_asyncio_callers_wait_for_the_future(db: Where) -> None:
    async def both(store: Store) -> list[Outcome]:
        requests = (command("a", add=1), command("b", "eve"))
        return await asyncio.gather(*(asyncio.wrap_future(store.submit(r)) for r in requests))

    with ledger(db) as store:
        do(store, opening())
        stored, unknown = asyncio.run(both(store))

    assert isinstance(stored, Stored)
    assert unknown == UnknownDeal("bicycle")


def test_the_store_stops_when_the_disk_fails(db: Where) -> None:
    store = ledger(db)
    do(store, opening())

    @on.listens_for(store._writing, "commit")
    def fail(_connection: object) -> None:
        raise DBAPIError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))

    with pytest.raises(DBAPIError):
        store.submit(command("a", add=1)).result(timeout=60)
    on.remove(store._writing, "commit", fail)
    with pytest.raises(StoreFailed, match="disk I/O error"):
        store.submit(command("a", add=1)).result(timeout=60)
    store.close()

    with ledger(db) as store:
        assert [e.key for e in store.read.history("bicycle")] == ["open-bicycle"]
        assert do(store, command("a", add=1)).version == 2
