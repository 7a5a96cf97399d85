"""Slow readers and more requests than can be done: each is dealt with, nobody else pays, and memory has a limit."""

import asyncio
import gc
import os
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.service import Service
from api.store import Busy, Outcome, Store, Stored, StoredEvent
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import Where, command, do, ledger, opening

PAGE = 100
"""Entries that a follower is given at a time, and so the most that are kept for one who takes none."""

OTHERS = 198
"""So many read on; with the two that do not, as many as two persons may."""


def service_over(store: Store) -> Service:
    return Service(store, Kernel(), catalogue_of({}), ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC)))


def write(store: Store, first: int, count: int) -> None:
    for future in [store.submit(command(f"k{n}", add=1)) for n in range(first, first + count)]:
        assert isinstance(future.result(timeout=60), Stored)


def alive() -> int:
    """Entries that somebody holds in memory."""
    gc.collect()
    return sum(isinstance(each, StoredEvent) for each in gc.get_objects())


async def read_to(service: Service, person: str, version: int, after: int = 0) -> list[int]:
    seen = []
    async with aclosing(service.follow(person, "bicycle", after)) as entries:
        async for entry in entries:
            seen.append(entry.version)
            if entry.version == version:
                break
    return seen


def test_a_follower_who_stops_reading_holds_up_nobody_and_goes_on_where_it_was(
    db: Where, depth: int, tried: Tried
) -> None:
    rounds, each = 4 * min(depth, 5), 150
    end = 1 + rounds * each

    async def main(store: Store) -> None:
        readers, loop = ThreadPoolExecutor(4), asyncio.get_running_loop()
        loop.set_default_executor(readers)
        service = service_over(store)
        stuck = service.follow("ana", "bicycle", 0)
        cut = service.follow("ben", "bicycle", 0)
        assert [(await anext(stuck)).version, (await anext(cut)).version] == [1, 1]
        others = [asyncio.create_task(read_to(service, ("ana", "ben")[n % 2], end)) for n in range(OTHERS)]
        for nth in range(1, rounds):
            await asyncio.to_thread(write, store, nth * each, each)
        assert [await other for other in others] == [list(range(1, end + 1))] * OTHERS
        others.clear()
        loop.set_default_executor(ThreadPoolExecutor(4))
        readers.shutdown()  # a thread lets go of what it has read a moment after it was told on
        assert alive() <= before + 2 * PAGE + each  # two pages, and the last batch of the writer
        assert store._reading.pool.checkedout() == 0  # type: ignore[attr-defined]

        went_on = [(await anext(stuck)).version for _ in range(end - 1)]
        await cut.aclose()
        resumed = await read_to(service, "ana", end, after=1)
        assert went_on == resumed == list(range(2, end + 1))

    with ledger(db) as store:
        do(store, opening(limit=10**9))
        write(store, 0, each)
        before = alive()
        asyncio.run(main(store))
    tried(entries=end, followers=2 + OTHERS)


def test_twice_as_many_as_can_be_done_are_done_or_told_to_come_back(db: Where, depth: int, tried: Tried) -> None:
    """Callers who never wait meet a queue with an end. Nothing refused is stored, and afterwards all is well."""
    until = time.monotonic() + 60 if depth > 1 else 0.0
    outcomes, told, sizes, waited = Counter[str](), dict[str, str](), list[int](), list[float]()
    with ledger(db, queue_size=32, batch_size=16) as store, ThreadPoolExecutor(8) as people:
        do(store, opening(limit=10**12))

        def ask(key: str) -> tuple[str, Future[Outcome]]:
            asked, future = time.monotonic(), store.submit(command(key, add=1))
            future.add_done_callback(lambda _: waited.append(time.monotonic() - asked))
            return key, future

        def send(name: str) -> list[tuple[str, Outcome]]:
            futures = [ask(f"{name}-{n}") for n in range(16)]
            return [(key, future.result(timeout=60)) for key, future in futures]

        turn, refused = 0, None
        while turn < 4 or time.monotonic() < until:
            turn += 1
            for answers in people.map(send, [f"{turn}-{who}" for who in range(8)]):
                outcomes.update(type(outcome).__name__ for _, outcome in answers)
                told |= {key: outcome.event.hash for key, outcome in answers if isinstance(outcome, Stored)}
                refused = next((key for key, outcome in answers if isinstance(outcome, Busy)), None)
                assert all(1 <= outcome.retry_after <= 60 for _, outcome in answers if isinstance(outcome, Busy))
            if refused is not None:
                assert isinstance(store.submit(command(refused, add=1)).result(timeout=60), Stored)
                told[refused] = do(store, command(refused, add=1)).hash
            sizes.append(resident())

        assert isinstance(store.submit(command("afterwards", add=1)).result(timeout=5), Stored)
        told["afterwards"] = do(store, command("afterwards", add=1)).hash
        log = store.read.history("bicycle")
        assert {entry.key: entry.hash for entry in log[1:]} == told
        assert outcomes.keys() == {"Stored", "Busy"}
        assert store.verify("bicycle").sound
    if depth > 1:
        assert sizes[-1] - sizes[len(sizes) // 4] < 64 + len(told) // 4000  # what the test itself remembers
    slow = sorted(waited)[-(outcomes["Stored"] // 100) - 1]
    assert slow < 1
    tried(
        asked=outcomes.total(), stored=outcomes["Stored"], refused=outcomes["Busy"], lost=0,
        milliseconds_that_one_in_a_hundred_waited_at_least=round(slow * 1000),
    )  # fmt: skip


def resident() -> int:
    """Megabytes of memory that this process has, where the system tells."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20 if statm.exists() else 0
