"""Slow readers and more requests than can be done: each is dealt with, nobody else pays, and memory has a limit."""

import asyncio
import gc
import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.service import Service
from api.store import Busy, Store, Stored, StoredEvent
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import Where, command, do, ledger, opening

PAGE = 100
"""Entries that a follower is given at a time, and so the most that are kept for one who takes none."""


def service_over(store: Store) -> Service:
    return Service(store, Kernel(), catalogue_of({}), ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC)))


def write(store: Store, first: int, count: int) -> None:
    for future in [store.submit(command(f"k{n}", add=1)) for n in range(first, first + count)]:
        assert isinstance(future.result(timeout=60), Stored)


def alive() -> int:
    """Entries that somebody holds in memory."""
    gc.collect()
    return sum(isinstance(each, StoredEvent) for each in gc.get_objects())


async def read_to(service: Service, version: int, after: int = 0) -> list[int]:
    seen = []
    async with aclosing(service.follow("ana", "bicycle", after)) as entries:
        async for entry in entries:
            seen.append(entry.version)
            if entry.version == version:
                break
    return seen


def test_a_follower_who_stops_reading_holds_up_nobody_and_goes_on_where_it_was(
    db: Where, depth: int, tried: Tried
) -> None:
    rounds, each = 4 * min(depth, 15), 150
    end = 1 + rounds * each

    async def main(store: Store) -> None:
        service = service_over(store)
        stuck = service.follow("ana", "bicycle", 0)
        cut = service.follow("ben", "bicycle", 0)
        assert [(await anext(stuck)).version, (await anext(cut)).version] == [1, 1]
        others = [asyncio.create_task(read_to(service, end)) for _ in range(2)]
        for nth in range(1, rounds):
            await asyncio.to_thread(write, store, nth * each, each)
        assert [await other for other in others] == [list(range(1, end + 1))] * 2
        others.clear()
        assert alive() <= before + 2 * PAGE + each  # two pages, and the last batch of the writer
        assert store._reading.pool.checkedout() == 0  # type: ignore[attr-defined]

        went_on = [(await anext(stuck)).version for _ in range(end - 1)]
        await cut.aclose()
        resumed = await read_to(service, end, after=1)
        assert went_on == resumed == list(range(2, end + 1))

    with ledger(db) as store:
        do(store, opening(limit=10**9))
        write(store, 0, each)
        before = alive()
        asyncio.run(main(store))
    tried(entries=end, followers=4)


def test_twice_as_many_as_can_be_done_are_done_or_told_to_come_back(db: Where, depth: int, tried: Tried) -> None:
    """Callers who never wait meet a queue with an end. Nothing refused is stored, and afterwards all is well."""
    until = time.monotonic() + 60 if depth > 1 else 0.0
    outcomes, told, sizes = Counter[str](), dict[str, str](), list[int]()
    with ledger(db, queue_size=32, batch_size=16) as store, ThreadPoolExecutor(8) as people:
        do(store, opening(limit=10**12))

        def send(name: str) -> list[tuple[str, object]]:
            futures = [(f"{name}-{n}", store.submit(command(f"{name}-{n}", add=1))) for n in range(16)]
            return [(key, future.result(timeout=60)) for key, future in futures]

        turn, refused = 0, None
        while turn < 4 or time.monotonic() < until:
            turn += 1
            for answers in people.map(send, [f"{turn}-{who}" for who in range(8)]):
                outcomes.update(type(outcome).__name__ for _, outcome in answers)
                told |= {key: outcome.event.hash for key, outcome in answers if isinstance(outcome, Stored)}
                refused = next((key for key, outcome in answers if isinstance(outcome, Busy)), None)
            if refused is not None:
                assert isinstance(store.submit(command(refused, add=1)).result(timeout=60), Stored)
                told[refused] = do(store, command(refused, add=1)).hash
            sizes.append(resident())

        log = store.read.history("bicycle")
        assert {entry.key: entry.hash for entry in log[1:]} == told
        assert outcomes.keys() == {"Stored", "Busy"}
        assert store.verify("bicycle").sound
    if depth > 1:
        assert sizes[-1] - sizes[len(sizes) // 4] < 64 + len(told) // 4000  # what the test itself remembers
    tried(asked=outcomes.total(), stored=outcomes["Stored"], refused=outcomes["Busy"], lost=0)


def resident() -> int:
    """Megabytes of memory that this process has, where the system tells."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20 if statm.exists() else 0
