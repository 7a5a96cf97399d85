"""What becomes of a request that our own code fails at, of those that wait beside it, and of the store."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import event as on

from api.store import Store, Stored, StoredDeal, StoredEvent, StoreFailed
from tests.api.store_ledger import LedgerHandler, Where, command, do, ledger, opening
from tests.api.test_store_writer import held


def test_what_stands_in_a_batch_with_a_mistake_is_stored_in_a_few_parts(db: Where) -> None:
    """Sixteen wait, the sixth is a mistake: halves leave four, one, two and eight others to be stored together."""
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        held(store, handler)
        asked = [command(f"k{n}", add=1) for n in range(16)]
        waiting = [store.submit(each) for each in (*asked[:5], command("k5", explode=1), *asked[6:])]
        commits: list[object] = []
        on.listen(store._writing, "commit", commits.append)
        handler.gate.set()

        for future in waiting[:5] + waiting[6:]:
            assert isinstance(future.result(timeout=60), Stored)
        with pytest.raises(ZeroDivisionError):
            waiting[5].result(timeout=60)
        assert len(commits) == 1 + 4  # that of the one that was held, and those of 4, 1, 2 and 8
        assert [e.key for e in store.read.history("bicycle")[2:]] == [f"k{n}" for n in range(16) if n != 5]
        assert store.verify_file().sound


def test_what_nobody_foresaw_stops_the_store_and_everybody_is_told(
    db: Where, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No memory is no answer to a request: what waits and what comes is told, and nothing of the batch is stored.

    Six deals have several writers on a server; all of them stop.
    """
    handler = LedgerHandler()
    ended: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", ended.append)
    deals = ("bicycle", "boat", "car", "dinghy", "engine", "ferry")
    with ledger(db, handler, writers=4) as store:
        for deal in deals:
            do(store, opening(deal))
        held(store, handler)
        beside = store.submit(command("beside", add=1))
        bad = store.submit(command("bad", starve=1))
        cancelled = store.submit(command("cancelled", add=1))
        assert cancelled.cancel()
        handler.gate.set()

        for future in (beside, bad):
            with pytest.raises(StoreFailed, match="MemoryError: bad"):
                future.result(timeout=60)
        for deal in deals:
            with pytest.raises(StoreFailed, match="MemoryError: bad"):
                store.submit(command("later", deal=deal, add=1)).result(timeout=60)
        assert not store.writable
        assert [each.levelname for each in caplog.records if "MemoryError: bad" in each.message] == ["CRITICAL"]
        assert [e.key for e in store.read.history("bicycle")] == ["open-bicycle", "held"]

    assert [each.exc_type for each in ended] == [MemoryError]
    with ledger(db) as store:
        assert do(store, command("beside", add=1)).version == 3
        assert store.verify_file().sound


def test_what_waits_for_a_writer_that_ends_is_told(db: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = LedgerHandler()
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with ledger(db, handler, batch_size=1) as store:
        do(store, opening())
        held(store, handler)
        waiting = [store.submit(command("bad", starve=1)), *(store.submit(command(f"k{n}", add=1)) for n in range(3))]
        handler.gate.set()

        for future in waiting:
            with pytest.raises(StoreFailed, match="MemoryError: bad"):
                future.result(timeout=60)
        assert len(store.read.history("bicycle")) == 2


def test_a_mistake_after_the_commit_leaves_it_in_doubt_and_the_same_again_gets_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who follows may be gone, which is known; what else comes from there must not pass for an answer."""
    monkeypatch.setattr(threading, "excepthook", lambda _: None)

    def wrong(_version: int) -> None:
        raise KeyError("follower")

    with ledger(tmp_path / "db") as store:
        do(store, opening())
        store.follow("bicycle", wrong)
        with pytest.raises(StoreFailed, match="KeyError: 'follower'"):
            store.submit(command("a", add=1)).result(timeout=60)

    with ledger(tmp_path / "db") as store:
        entry = store.read.history("bicycle")[1]
        assert store.submit(command("a", add=1)).result(timeout=60) == Stored(entry, replayed=True)


class Starving(LedgerHandler):
    """Has no memory to replay with."""

    def replay(self, deal: StoredDeal, history: Sequence[StoredEvent]) -> str:
        raise MemoryError(deal.id)


def test_a_log_that_could_not_be_looked_at_is_not_said_to_be_unreadable(db: Where) -> None:
    """Only what the entries themselves lead to is told of them; anything else is an error of the check."""
    with ledger(db) as store:
        do(store, opening())

    with Store.read_only(db, Starving()) as store, pytest.raises(MemoryError):
        store.verify("bicycle")
