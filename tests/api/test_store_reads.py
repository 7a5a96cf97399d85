"""What people and followers get to see: looks, lists, pages, and taps on the shoulder."""

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from api.clock import ManualClock
from api.store import Look, Seat
from api.store.codec import MICROSECOND
from tests.api.store_ledger import NOON, LedgerHandler, Where, command, do, ledger, minutes, opening

# `printf 100 | sha256sum`
SHA256_OF_100 = "ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306"


def test_a_member_sees_the_deal_its_text_and_its_state(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        last = do(store, command("a", add=5))

        look = store.read.look("bicycle", "ben")

    assert look == Look(
        deal=look.deal if look else pytest.fail("no look"),
        parties=("Seller",),
        version=2,
        recorded_at=last.recorded_at,
        hash=last.hash,
        state='{"total":5}',
    )
    assert (look.deal.id, look.deal.agreement, look.deal.text) == ("bicycle", "Bicycle Sale", "100")
    assert look.deal.agreement_sha256 == SHA256_OF_100
    assert (look.deal.opened_at, look.deal.opened_by) == (NOON, "ana")


def test_a_stranger_sees_nothing(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())

        assert store.read.look("bicycle", "eve") is None
        assert store.read.look("boat", "ana") is None
        assert store.read.parties_of("bicycle", "eve") == ()
        assert store.read.deals_of("eve").seats == ()


def test_who_may_see_follows_the_members(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        grant = [["ana", "Agent", True], ["ben", "Seller", False], ["carl", "Seller", True]]
        do(store, command("a", grant=grant))

        assert store.read.parties_of("bicycle", "ana") == ("Agent", "Buyer")
        assert store.read.parties_of("bicycle", "carl") == ("Seller",)
        assert store.read.look("bicycle", "ben") is None
        assert store.read.deals_of("ben").seats == ()

        do(store, command("b", grant=[["ben", "Seller", True]]))
        assert store.read.parties_of("bicycle", "ben") == ("Seller",)


def test_a_snapshot_that_is_gone_costs_only_a_replay(db: Where) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        do(store, command("a", add=5))
        do(store, command("b", add=6))
        with store._writing.begin() as connection:
            connection.exec_driver_sql("DELETE FROM head")

        look = store.read.look("bicycle", "ana")
        assert look is not None
        assert look.state == '{"total":11}'
        assert store.verify("bicycle").head == "missing"
        assert store.verify("bicycle").sound

        assert do(store, command("c", add=7)).answer == '{"kind":"accepted","total":18}'
        assert do(store, command("d", add=8)).answer == '{"kind":"accepted","total":26}'
        assert handler.states == ['{"total":0}', '{"total":5}', None, '{"total":18}']
        assert store.verify("bicycle").head == "checked"


@pytest.mark.parametrize("change", ["version = 1", "hash = 'other'", "engine_version = 'ledger-0'"])
def test_a_snapshot_that_does_not_belong_to_the_log_is_not_used(db: Where, change: str) -> None:
    handler = LedgerHandler()
    with ledger(db, handler) as store:
        do(store, opening())
        do(store, command("a", add=5))
        with store._writing.begin() as connection:
            connection.exec_driver_sql(f"UPDATE head SET state = 'wrong', {change}")

        look = store.read.look("bicycle", "ana")
        assert look is not None
        assert look.state == '{"total":5}'
        assert do(store, command("b", add=5)).answer == '{"kind":"accepted","total":10}'
        assert handler.states == ['{"total":0}', None]


def test_rules_of_a_new_version_fold_the_log_anew(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        do(store, command("a", add=5))

    newer = LedgerHandler("ledger-2")
    with ledger(db, newer) as store:
        assert store.verify("bicycle").head == "of another engine"
        assert do(store, command("b", add=5)).answer == '{"kind":"accepted","total":10}'
        assert do(store, command("c", add=5)).answer == '{"kind":"accepted","total":15}'
    assert newer.states == [None, '{"total":10}']


def test_a_person_has_a_list_of_deals_newest_first(db: Where) -> None:
    clock = ManualClock(NOON)
    with ledger(db, clock=clock) as store:
        for name in ("d1", "d3", "d2", "d5", "d4"):
            do(store, opening(name))
            if name != "d3":  # d3 and d2 are opened at the same instant
                clock.advance(minutes(1))
        do(store, command("a", deal="d5", grant=[["ben", "Agent", True]]))
        do(store, command("b", deal="d1", grant=[["ben", "Seller", False]]))

        first = store.read.deals_of("ben", limit=2)
        second = store.read.deals_of("ben", after="d5", limit=2)

    assert [seat.deal for seat in first.seats] == ["d4", "d5"]
    assert first.more
    assert first.seats[1] == Seat("d5", "Bicycle Sale", SHA256_OF_100, NOON + minutes(2), ("Agent", "Seller"))
    assert [seat.deal for seat in second.seats] == ["d3", "d2"]
    assert not second.more


def test_pages_go_forwards_and_backwards(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        for n in range(2, 8):
            do(store, command(f"k{n}", add=1))
        read = store.read

        def versions(page: object) -> tuple[list[int], bool]:
            return [e.version for e in page.events], page.more  # type: ignore[attr-defined]

        assert versions(read.events_after("bicycle", 0, 3)) == ([1, 2, 3], True)
        assert versions(read.events_after("bicycle", 3, 4)) == ([4, 5, 6, 7], False)
        assert versions(read.events_after("bicycle", 7)) == ([], False)
        assert versions(read.events_before("bicycle", None, 3)) == ([5, 6, 7], True)
        assert versions(read.events_before("bicycle", 5, 4)) == ([1, 2, 3, 4], False)
        assert versions(read.events_before("bicycle", 1)) == ([], False)
        assert versions(read.events_after("boat", 0)) == ([], False)
        assert read.events_after("bicycle", 0).events == read.history("bicycle")


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_page_has_a_size(db: Where, limit: int) -> None:
    with ledger(db) as store:
        for ask in (store.read.events_after, store.read.events_before):
            with pytest.raises(ValueError, match="between 1 and 500"):
                ask("bicycle", 1, limit)
        with pytest.raises(ValueError, match="between 1 and 500"):
            store.read.deals_of("ana", limit=limit)


def test_a_deal_keeps_its_text(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening("d1", limit=1))
        do(store, opening("d2", limit=2))
        do(store, opening("d3", limit=1))

        found = [store.read.deal(name) for name in ("d1", "d2", "d3", "d4")]

    assert [deal and deal.text for deal in found] == ["1", "2", "1", None]


def test_followers_are_woken_after_the_commit_with_the_newest_version(tmp_path: Path) -> None:
    handler = LedgerHandler()
    seen: list[tuple[int, int]] = []
    with ledger(tmp_path / "db", handler) as store:

        def look(version: int) -> None:
            seen.append((version, len(store.read.history("bicycle"))))

        do(store, opening())
        do(store, opening("boat"))
        leave = store.follow("bicycle", look)
        held = store.submit(command("held", wait=True))
        assert handler.waiting.wait(timeout=60)
        several = [store.submit(command(f"k{n}", add=1)) for n in range(3)]
        handler.gate.set()
        for future in (held, *several):
            future.result(timeout=60)
        do(store, command("k0", add=1))  # stored before: nothing new to tell
        do(store, command("elsewhere", deal="boat", add=1))
        leave()
        do(store, command("unseen", add=1))

    assert seen == [(2, 2), (5, 5)]


def test_a_follower_that_fails_harms_nobody(tmp_path: Path) -> None:
    seen: list[int] = []
    with ledger(tmp_path / "db") as store:

        def fail(_version: int) -> None:
            seen.append(-1)
            raise RuntimeError("the loop is closed")

        do(store, opening())
        store.follow("bicycle", fail)
        store.follow("bicycle", seen.append)
        do(store, command("a", add=1))
        do(store, command("b", add=1))

    assert seen == [-1, 2, 3]


def test_readers_cannot_write(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        if isinstance(db, Path):  # not even after turning off what keeps it from them
            with store._reading.begin() as connection:
                connection.exec_driver_sql("PRAGMA query_only=OFF")
        for _ in range(2):
            with (
                pytest.raises(DBAPIError, match=r"readonly|read-only"),
                store._reading.begin() as connection,
            ):
                connection.exec_driver_sql("DELETE FROM head")


def test_a_late_entry_keeps_both_its_times(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        do(store, command("a", at="2026-01-01T00:00:00+00:00", add=1))
        late = store.read.history("bicycle")[1]

    assert late.effective_at.isoformat() == "2026-01-01T00:00:00+00:00"
    assert late.recorded_at == NOON + MICROSECOND
