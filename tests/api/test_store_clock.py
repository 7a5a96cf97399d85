"""The clocks: one that runs, one that stands, one moved by hand."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from api.clock import FixedClock, ManualClock, SystemClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_fixed_clock_says_its_instant_in_utc() -> None:
    in_delhi = datetime(2026, 3, 2, 17, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert FixedClock(in_delhi).now().isoformat() == "2026-03-02T12:00:00+00:00"


def test_a_manual_clock_goes_where_it_is_put() -> None:
    clock = ManualClock(NOON)

    clock.advance(timedelta(minutes=5))
    assert clock.now().isoformat() == "2026-03-02T12:05:00+00:00"

    clock.set(NOON - timedelta(hours=1))
    assert clock.now().isoformat() == "2026-03-02T11:00:00+00:00"


@pytest.mark.parametrize("make", [FixedClock, ManualClock])
def test_an_instant_without_offset_is_no_instant(
    make: type[FixedClock] | type[ManualClock],
) -> None:
    with pytest.raises(ValueError, match="offset"):
        make(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001 -- that is the fault
