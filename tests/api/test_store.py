"""What the store promises to people who send it requests."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from api.clock import ManualClock
from api.store import (
    Command,
    Conflict,
    DealTaken,
    Decision,
    History,
    Invalid,
    KeyReused,
    Opening,
    Stored,
    StoredDeal,
    UnknownDeal,
)
from tests.api.store_ledger import NOON, ZONE, LedgerHandler, Where, command, do, ledger, minutes, opening


def test_an_opening_is_the_first_entry(db: Where) -> None:
    with ledger(db) as store:
        outcome = store.submit(opening()).result(timeout=60)

    assert isinstance(outcome, Stored)
    assert not outcome.replayed
    entry = outcome.event
    assert (entry.deal, entry.version, entry.kind, entry.actor) == ("bicycle", 1, "opened", "ana")
    assert (entry.body, entry.answer) == ('{"opened":"Bicycle Sale"}', '{"ok":true}')
    assert (entry.recorded_at, entry.effective_at, entry.zone) == (NOON, NOON, ZONE)
    assert entry.members == (("ana", "Buyer", True), ("ben", "Seller", True))
    assert entry.prev_hash == "0" * 64


def test_accepted_and_refused_attempts_both_take_a_version(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening(limit=100))
        do(store, command("a", add=70))
        do(store, command("b", "ben", add=31))
        do(store, command("c", add=30))
        log = store.read.history("bicycle")

    assert [(e.version, e.kind, e.actor, e.answer) for e in log] == [
        (1, "opened", "ana", '{"ok":true}'),
        (2, "accepted", "ana", '{"kind":"accepted","total":70}'),
        (3, "refused", "ben", '{"kind":"refused","total":70}'),
        (4, "accepted", "ana", '{"kind":"accepted","total":100}'),
    ]
    assert [e.prev_hash for e in log[1:]] == [e.hash for e in log[:-1]]


def test_an_entry_comes_back_as_it_was_acknowledged(db: Where) -> None:
    with ledger(db) as store:
        opened = do(store, opening())
        added = do(store, command("a", at="2026-02-28T23:59:59.000001-05:00", add=1))

        assert store.read.history("bicycle") == (opened, added)
        assert added.effective_at.isoformat() == "2026-03-01T04:59:59.000001+00:00"


def test_the_same_key_gets_the_first_answer_again(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening(limit=10))
        refused = do(store, command("k", add=11))
        do(store, command("other", add=10))

        again = store.submit(command("k", add=11)).result(timeout=60)

    assert again == Stored(refused, replayed=True)
    assert refused.answer == '{"kind":"refused","total":0}'


def test_a_refusal_stays_refused_across_a_restart(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening(limit=10))
        refused = do(store, command("k", add=11))

    with ledger(db, LedgerHandler("ledger-2")) as store:
        assert store.submit(command("k", add=11)).result(timeout=60) == Stored(refused, True)
        assert len(store.read.history("bicycle")) == 2


def test_an_opening_is_repeated_like_any_other_request(db: Where) -> None:
    with ledger(db) as store:
        opened = do(store, opening())

        assert store.submit(opening()).result(timeout=60) == Stored(opened, replayed=True)
        assert store.submit(opening(limit=5)).result(timeout=60) == KeyReused("open-bicycle")


def test_a_key_belongs_to_one_person(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())

        assert do(store, command("k", "ana", add=1)).version == 2
        assert do(store, command("k", "ben", add=2)).version == 3


def test_a_key_used_for_another_request_is_an_error(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        do(store, command("k", add=1))

        assert store.submit(command("k", add=2)).result(timeout=60) == KeyReused("k")
        assert store.submit(command("open-bicycle", add=1)).result(timeout=60) == KeyReused("open-bicycle")
        assert len(store.read.history("bicycle")) == 2


def test_a_key_is_good_for_one_request_in_each_deal(db: Where) -> None:
    """The deal is in every unique key, so that no promise takes asking about other deals."""
    with ledger(db) as store:
        do(store, opening())
        do(store, opening("boat"))
        first = do(store, command("k", add=1))

        second = do(store, command("k", deal="boat", add=1))

        assert (second.deal, second.version) == ("boat", 2)
        assert store.submit(command("k", add=1)).result(timeout=60) == Stored(first, replayed=True)
        assert store.submit(command("k", deal="boat", add=1)).result(timeout=60) == Stored(second, replayed=True)


def test_an_attempt_on_an_older_version_conflicts_and_leaves_no_trace(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        do(store, command("a", expected=1, add=1))

        assert store.submit(command("b", expected=1, add=1)).result(timeout=60) == Conflict(2)
        assert store.submit(command("b", expected=3, add=1)).result(timeout=60) == Conflict(2)
        assert len(store.read.history("bicycle")) == 2
        assert do(store, command("b", expected=2, add=1)).version == 3


def test_a_retry_with_a_newer_expected_version_is_still_the_same_request(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        first = do(store, command("a", expected=1, add=1))

        for expected in (1, 2, None):
            again = store.submit(command("a", expected=expected, add=1)).result(timeout=60)
            assert again == Stored(first, replayed=True)


def test_a_stranger_cannot_tell_a_deal_from_none(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())

        there = store.submit(command("k", "eve", add=1)).result(timeout=60)
        not_there = store.submit(command("k", "eve", deal="boat", add=1)).result(timeout=60)

        assert there == UnknownDeal("bicycle")
        assert not_there == UnknownDeal("boat")
        assert store.submit(command("k", "eve", expected=7)).result(timeout=60) == there
        assert len(store.read.history("bicycle")) == 1


def test_a_deal_is_opened_once(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())

        again = store.submit(opening(key="another")).result(timeout=60)

        assert again == DealTaken("bicycle")
        assert len(store.read.history("bicycle")) == 1


def test_what_cannot_be_understood_is_answered_and_not_stored(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())

        invalid = store.submit(command("k", nonsense=1)).result(timeout=60)

        assert invalid == Invalid('{"error":"nobody understands this"}')
        assert len(store.read.history("bicycle")) == 1
        assert do(store, command("k", add=1)).version == 2  # the key is still free


def test_the_record_never_goes_back_when_the_clock_does(db: Where) -> None:
    clock, handler = ManualClock(NOON), LedgerHandler()
    with ledger(db, handler, clock) as store:
        do(store, opening())
        clock.advance(minutes(60))
        do(store, command("a", add=1))
        clock.advance(minutes(-90))
        do(store, command("b", add=1))
        do(store, command("c", add=1))
        clock.advance(minutes(365 * 24 * 60))
        do(store, command("d", add=1))
        log = store.read.history("bicycle")

        assert do(store, opening("boat")).recorded_at == clock.now()

    year_on = NOON + timedelta(days=365) - minutes(30)
    assert [entry.recorded_at.isoformat() for entry in log] == [
        "2026-03-02T12:00:00+00:00",
        "2026-03-02T13:00:00+00:00",
        "2026-03-02T13:00:00.000001+00:00",
        "2026-03-02T13:00:00.000002+00:00",
        year_on.isoformat(),
    ]
    assert handler.instants == [entry.recorded_at for entry in log[1:]]


def test_an_opening_that_cannot_be_understood_opens_nothing(db: Where) -> None:
    with ledger(db) as store:
        request = Opening("bicycle", "Bicycle Sale", "100", "ana", "k", "{}")

        outcome = store.submit(request).result(timeout=60)

        assert outcome == Invalid('{"error":"a deal needs members"}')
        assert store.read.deal("bicycle") is None
        assert do(store, opening(key="k")).version == 1


@dataclass
class Mistaken(LedgerHandler):
    """An engine that takes an opening for an attempt and an attempt for an opening."""

    def open(self, opening: Opening, at: datetime) -> Decision | Invalid:
        decision = super().open(opening, at)
        return replace(decision, kind="refused") if isinstance(decision, Decision) else decision

    def decide(
        self, deal: StoredDeal, state: str | None, history: History, command: Command, at: datetime
    ) -> Decision | Invalid:
        decision = super().decide(deal, state, history, command, at)
        return replace(decision, kind="opened") if isinstance(decision, Decision) else decision


def test_a_mistaken_engine_is_not_believed(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())

    with ledger(db, Mistaken()) as store:
        with pytest.raises(ValueError, match="cannot be refused"):
            store.submit(opening("boat")).result(timeout=60)
        with pytest.raises(ValueError, match="cannot open it"):
            store.submit(command("a", add=1)).result(timeout=60)
        assert store.read.deal("boat") is None
        assert len(store.read.history("bicycle")) == 1
