"""Many who follow one deal: what one of them has to look for is looked for once, and nobody is shown what is old."""

import asyncio
import threading
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as on

from api.service import Service
from api.store import Store, StoredEvent
from tests.api.bad_days.test_crowds import service_over
from tests.api.store_ledger import Where, command, do, ledger, opening

FOLLOWERS = 60


def test_a_commit_is_read_once_for_all_who_follow_its_deal(db: Where) -> None:
    looks: list[object] = []

    async def main(store: Store) -> list[StoredEvent]:
        service = service_over(store)
        async with AsyncExitStack() as ending:
            streams = [
                await ending.enter_async_context(aclosing(service.follow(("ana", "ben")[n % 2], "bicycle", 0)))
                for n in range(FOLLOWERS)
            ]
            await asyncio.gather(*(anext(each) for each in streams))
            waiting = [asyncio.create_task(anext(each)) for each in streams]
            await asyncio.sleep(0)
            await service.streams._tails.read("bicycle", 1)  # the look that each of them began with has ended too
            on.listen(store._reading, "begin", looks.append)
            await asyncio.to_thread(do, store, command("a", add=1))
            return list(await asyncio.wait_for(asyncio.gather(*waiting), 60))

    with ledger(db) as store:
        do(store, opening())
        told = asyncio.run(main(store))

    assert [event.version for event in told] == [2] * FOLLOWERS
    assert len(looks) <= 2  # and of those that look from there on, when they come to wait, another


def test_what_was_looked_for_before_a_commit_is_not_told_to_who_comes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody taps on the shoulder of who comes after the commit, so that an old answer would be the last one."""
    reached, gate = threading.Event(), threading.Event()

    async def main(service: Service, store: Store) -> list[int]:
        first = asyncio.create_task(anext(service.follow("ana", "bicycle", 1)))
        await asyncio.to_thread(reached.wait, 60)
        await asyncio.to_thread(do, store, command("a", add=1))
        second = asyncio.create_task(anext(service.follow("ben", "bicycle", 1)))
        await asyncio.sleep(0)
        gate.set()
        return [(await asyncio.wait_for(each, 60)).version for each in (first, second)]

    with ledger(tmp_path / "db") as store:
        do(store, opening())
        tail = store.read.tail

        def slow(*asked: Any) -> Any:
            found = tail(*asked)
            if not reached.is_set():
                reached.set()
                gate.wait(60)
            return found

        monkeypatch.setattr(store.read, "tail", slow)
        assert asyncio.run(main(service_over(store), store)) == [2, 2]
