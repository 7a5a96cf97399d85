"""The clocks: one that runs, and one that stands until it is moved by hand."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from api.clock import ManualClock, SystemClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_clock_that_stands_says_its_instant_in_utc() -> None:
    in_delhi = datetime(2026, 3, 2, 17, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert ManualClock(in_delhi).now().isoformat() == "2026-03-02T12:00:00+00:00"


def test_a_manual_clock_goes_where_it_is_put() -> None:
    clock = ManualClock(NOON)

    clock.advance(timedelta(minutes=5))
    assert clock.now().isoformat() == "2026-03-02T12:05:00+00:00"

    clock.set(NOON - timedelta(hours=1))
    assert clock.now().isoformat() == "2026-03-02T11:00:00+00:00"


def test_an_instant_without_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        ManualClock(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001 -- that is the fault
