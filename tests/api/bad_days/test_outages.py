"""The database goes away and comes back; the clock jumps: what was stored stays, and what is due happens once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from api.answers import Accepted, Opened
from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.service import Ask, Reading, Service, Terms
from api.store import Busy, InDoubt, Store, writer
from tests.api.bad_days.trying import Tried
from tests.api.postgres import Postgres
from tests.api.store_ledger import Where, command, do, ledger, opening

BICYCLE = (Path(__file__).parent.parent / "cli" / "bicycle" / "agreement.clause").read_text()


def test_a_database_that_is_gone_and_back_needs_no_restart(
    server: str, postgres: Postgres, depth: int, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is away each request is told so, and nothing of it is stored; the same store then goes on."""
    monkeypatch.setattr(writer, "pauses", lambda: iter([0.0]))
    outages = 1 if depth == 1 else 20
    with ledger(server) as store:
        do(store, opening())
        for nth in range(outages):
            before = do(store, command(f"before-{nth}", add=1))
            postgres.stop("immediate")

            refused = [store.submit(command(f"{name}-{nth}", add=1)).result(timeout=60) for name in ("a", "b")]
            with pytest.raises(DBAPIError):
                store.read.history("bicycle")
            postgres.start()

            assert all(isinstance(outcome, Busy | InDoubt) for outcome in refused)
            assert do(store, command(f"before-{nth}", add=1)) == before
            assert do(store, command(f"a-{nth}", add=1)).version == before.version + 1
            assert len(store.read.history("bicycle")) == before.version + 1
        assert store.verify_file().sound
    tried(outages=outages)


JUMPS = (
    *(timedelta(0), timedelta(hours=-1), timedelta(0), timedelta(days=365), timedelta(days=-365), timedelta(seconds=1)),
    *(timedelta(days=-10_000), timedelta(days=10_000), timedelta(microseconds=1)),
)


def test_the_record_is_in_the_order_of_its_versions_however_the_clock_jumps(db: Where, tried: Tried) -> None:
    """recorded_at = max(now, that of the last entry + 1 microsecond)."""
    clock = ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with ledger(db, clock=clock) as store:
        expected = [do(store, opening()).recorded_at]
        for nth, jump in enumerate(JUMPS * 3):
            clock.advance(jump)
            expected.append(max(clock.now(), expected[-1] + timedelta(microseconds=1)))
            do(store, command(f"k{nth}", add=1))

        log = store.read.history("bicycle")
        assert [entry.recorded_at for entry in log] == expected
        assert [entry.version for entry in log] == list(range(1, len(expected) + 1))
        assert store.verify("bicycle").sound
    tried(clock_jumps=len(JUMPS) * 3)


DUE = datetime(2024, 6, 4, 4, tzinfo=UTC)
"""The price is due by 3 June 2024, so that from midnight in New York, 04:00 UTC on the 4th, it is overdue."""


def test_what_a_deadline_brings_happens_once_however_the_clock_jumps(tmp_path: Path) -> None:
    """It is worked out from the log and the instant. Once an act is recorded after it, no clock takes it back."""
    clock, kernel = ManualClock(datetime(2024, 6, 1, 13, tzinfo=UTC)), Kernel()
    with Store.open(tmp_path / "db", kernel, clock) as store:
        service = Service(store, kernel, catalogue_of({"bicycle": BICYCLE}), clock)
        opened = service.open("ada", Terms("bicycle", {"Buyer": ["ada"], "Seller": ["carl"], "Agent": ["erin"]}), "one")
        assert isinstance(opened, Opened), opened
        deal = opened.place.deal

        def read() -> Reading:
            found = service.read("ada", deal)
            assert found is not None
            return found

        before = read().state
        clock.set(DUE)
        after = read().state
        clock.set(DUE - timedelta(hours=1))
        back = read().state
        clock.set(DUE + timedelta(days=365))
        year_on = read().state
        clock.set(DUE + timedelta(minutes=1))
        act = service.submit("ada", Ask(deal, "Buyer", {"text": "deposit USD 900.00 into the Fund"}), "late")
        recorded = read().state
        clock.set(DUE - timedelta(hours=1))
        after_the_act = read().state

        assert len(after.changes) > len(before.changes)
        assert back.changes == before.changes
        assert year_on.changes[: len(after.changes)] == after.changes
        assert recorded.changes[: len(after.changes)] == after.changes
        assert after_the_act == recorded
        assert len(store.read.history(deal)) == 2
        assert isinstance(act, Accepted)
        assert store.verify(deal).sound
