"""Counting time, against dates counted by hand on a paper calendar."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from holidays.version import __version__
from hypothesis import given
from hypothesis import strategies as st

from dsl.calendars import (
    Calendar,
    Indeterminate,
    Period,
    Unit,
    UnknownZone,
    add_to_date,
    after,
    before,
    calendar_names,
    calendar_version,
    count_days,
    end_of_day,
    known_calendar,
    known_zone,
    local_date,
    on_or_after,
    on_or_before,
    start_of_day,
    take_from_date,
    zone_names,
)

NEW_YORK = "America/New_York"
FEDERAL = Calendar("US", NEW_YORK)
EXCHANGE = Calendar("NYSE", NEW_YORK)

ERAS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
NUMBERS = st.integers(0, 40)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def days(number: int) -> Period:
    return Period(number, Unit.DAY)


def business_days(number: int) -> Period:
    return Period(number, Unit.BUSINESS_DAY)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(5, Unit.BUSINESS_DAY), "5 business days"),
        (Period(1, Unit.DAY), "1 calendar day"),
        (Period(0, Unit.MONTH), "0 months"),
        (Period(24, Unit.HOUR), "24 hours"),
        (Period(1, Unit.CLEAR_BUSINESS_DAY), "1 clear business day"),
    ],
)
def test_periods_in_words(period: Period, words: str) -> None:
    assert str(period) == words


def test_a_period_below_nothing_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="backwards"):
        Period(-1, Unit.DAY)


@pytest.mark.parametrize(
    ("day", "federal", "exchange"),
    [
        (date(2005, 9, 5), False, False),  # Labor Day, the first Monday of September
        (date(2005, 9, 6), True, True),
        (date(2005, 9, 3), False, False),  # a Saturday
        # 1 January 2005 is a Saturday: the federal offices close on Friday, the exchange does not.
        (date(2004, 12, 31), False, True),
        (date(2004, 7, 5), False, False),  # a Monday, observed for Sunday 4 July
        (date(2005, 3, 25), True, False),  # Good Friday closes the exchange alone
        (date(2005, 10, 10), False, True),  # Columbus Day closes the federal offices alone
        (date(2021, 6, 18), False, True),  # Juneteenth, a Saturday; on the exchange from 2022
        # 1 January 2101 is a Saturday, and the last year the library covers is 2100.
        (date(2100, 12, 31), False, True),
    ],
)
def test_business_days_of_two_calendars(day: date, federal: bool, exchange: bool) -> None:
    assert FEDERAL.is_business_day(day) is federal
    assert EXCHANGE.is_business_day(day) is exchange


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    # Patriots' Day, the third Monday of April, is kept in Massachusetts.
    assert Calendar("US-MA", NEW_YORK).is_business_day(date(2025, 4, 21)) is False
    assert Calendar("US-NY", NEW_YORK).is_business_day(date(2025, 4, 21)) is True


def test_the_agreement_closes_and_opens_days() -> None:
    friday, labor_day, saturday, sunday = date(2005, 9, 2), date(2005, 9, 5), date(2005, 9, 3), date(2005, 9, 4)
    calendar = Calendar("US", NEW_YORK, added=(friday, sunday), removed=(labor_day, saturday))

    assert calendar.is_business_day(friday) is False
    assert calendar.is_business_day(labor_day) is True
    assert calendar.is_business_day(saturday) is True  # worked in exchange for the Friday
    assert calendar.is_business_day(sunday) is False
    assert calendar.is_business_day(date(2005, 9, 10)) is False


def test_a_day_of_the_weekend_that_the_agreement_opens_counts_in_every_period() -> None:
    """After Thursday 1 September 2005 come Friday the 2nd, the Saturday that is worked and, over a Sunday and Labor
    Day, Tuesday the 6th."""
    calendar = Calendar("US", NEW_YORK, removed=(date(2005, 9, 3),))
    thursday = date(2005, 9, 1)

    later = [add_to_date(thursday, Period(number, Unit.BUSINESS_DAY), calendar) for number in (1, 2, 3)]

    assert later == [date(2005, 9, 2), date(2005, 9, 3), date(2005, 9, 6)]
    assert on_or_after(date(2005, 9, 3), calendar) == date(2005, 9, 3)
    assert count_days(thursday, date(2005, 9, 6), calendar) == 3


def test_a_calendar_can_have_another_weekend() -> None:
    # 9 and 11 July 2023 are a Sunday and a Tuesday, 7 July is a Friday.
    calendar = Calendar("SA", "Asia/Riyadh", weekend=(4, 5))

    assert calendar.is_business_day(date(2023, 7, 9)) is True
    assert calendar.is_business_day(date(2023, 7, 7)) is False


@pytest.mark.parametrize(
    ("calendar", "day", "reason"),
    [
        (
            Calendar("Narnia", NEW_YORK),
            date(2005, 9, 3),
            "`Narnia` is not a calendar that the holidays library has.",
        ),
        (FEDERAL, date(1776, 7, 4), "The holidays library does not cover 1776 for `US`."),
        (FEDERAL, date(2101, 1, 3), "The holidays library does not cover 2101 for `US`."),
    ],
)
def test_what_the_library_does_not_cover_is_not_guessed(calendar: Calendar, day: date, reason: str) -> None:
    assert calendar.is_business_day(day) == Indeterminate(reason)


def test_days_around_an_estimated_feast_are_not_guessed() -> None:
    # Eid al-Fitr 2030 is expected on Monday 4 February, for three days, if the moon is seen.
    calendar = Calendar("AE", "Asia/Dubai")

    answers = [calendar.is_business_day(date(2030, 2, day)) for day in (4, 5, 6, 7)]

    assert all(isinstance(answer, Indeterminate) for answer in answers)
    assert calendar.is_business_day(date(2030, 2, 8)) is True
    assert calendar.is_business_day(date(2030, 12, 2)) is False  # National Day is certain
    assert answers[0] == Indeterminate(
        "The holidays library only estimates the date of a holiday around 2030-02-04 for `AE` "
        "(Eid al-Fitr (estimated)); the agreement can add or remove 2030-02-04."
    )


def test_the_agreement_can_settle_an_estimate() -> None:
    kept, worked = date(2030, 2, 4), date(2030, 2, 7)
    calendar = Calendar("AE", "Asia/Dubai", added=(kept,), removed=(worked,))

    assert calendar.is_business_day(kept) is False
    assert calendar.is_business_day(worked) is True


def test_an_indeterminate_answer_is_neither_yes_nor_no() -> None:
    with pytest.raises(TypeError, match="neither yes nor no"):
        bool(Indeterminate("a reason"))


@pytest.mark.parametrize(
    ("day", "period", "later"),
    [
        # Thursday 1 September 2005: Fri 2, Tue 6, Wed 7, Thu 8, Fri 9; Monday 5 is Labor Day.
        (date(2005, 9, 1), business_days(5), date(2005, 9, 9)),
        # Clear of both ends: the next business day is Monday 12.
        (date(2005, 9, 1), Period(5, Unit.CLEAR_BUSINESS_DAY), date(2005, 9, 12)),
        (date(2005, 9, 3), business_days(1), date(2005, 9, 6)),  # from a Saturday
        (date(2005, 9, 3), business_days(0), date(2005, 9, 3)),
        (date(2005, 9, 3), Period(0, Unit.CLEAR_BUSINESS_DAY), date(2005, 9, 6)),
        # Friday 31 December is observed for New Year, so the next is Monday 3 January.
        (date(2004, 12, 30), business_days(1), date(2005, 1, 3)),
        (date(2005, 1, 31), Period(1, Unit.MONTH), date(2005, 2, 28)),
        (date(2004, 1, 31), Period(1, Unit.MONTH), date(2004, 2, 29)),
        (date(2004, 11, 30), Period(3, Unit.MONTH), date(2005, 2, 28)),
        (date(2005, 12, 15), Period(1, Unit.MONTH), date(2006, 1, 15)),
        (date(2004, 2, 29), Period(1, Unit.YEAR), date(2005, 2, 28)),
        (date(2004, 2, 29), Period(4, Unit.YEAR), date(2008, 2, 29)),
        (date(2004, 2, 28), days(2), date(2004, 3, 1)),
    ],
)
def test_dates_after_a_period(day: date, period: Period, later: date) -> None:
    assert add_to_date(day, period, FEDERAL) == later


@pytest.mark.parametrize(
    ("day", "period", "earlier"),
    [
        # Friday 9 September 2005: Thu 8, Wed 7, Tue 6, Fri 2, Thu 1.
        (date(2005, 9, 9), business_days(5), date(2005, 9, 1)),
        (date(2005, 9, 12), Period(5, Unit.CLEAR_BUSINESS_DAY), date(2005, 9, 1)),
        (date(2005, 9, 5), business_days(1), date(2005, 9, 2)),  # from a holiday
        (date(2005, 3, 31), Period(1, Unit.MONTH), date(2005, 2, 28)),
        (date(2005, 1, 15), Period(1, Unit.MONTH), date(2004, 12, 15)),
        (date(2004, 3, 1), days(1), date(2004, 2, 29)),
    ],
)
def test_dates_before_a_period(day: date, period: Period, earlier: date) -> None:
    assert take_from_date(day, period, FEDERAL) == earlier


@pytest.mark.parametrize(
    ("instant", "period", "later"),
    [
        # The clocks of New York went forward on 10 March 2024 and back on 3 November 2024, at 2.
        # 17:00 on 9 March is 22:00 UTC; 17:00 on the wall a day later is 21:00 UTC.
        (utc(2024, 3, 9, 22), days(1), utc(2024, 3, 10, 21)),
        (utc(2024, 3, 9, 22), Period(24, Unit.HOUR), utc(2024, 3, 10, 22)),
        # 2:30 was skipped on 10 March, so 3:30 in summer time is meant: 7:30 UTC.
        (utc(2024, 3, 9, 7, 30), days(1), utc(2024, 3, 10, 7, 30)),
        # 1:30 came twice on 3 November; the first was still in summer time: 5:30 UTC.
        (utc(2024, 11, 2, 5, 30), days(1), utc(2024, 11, 3, 5, 30)),
        # A period of nothing from the second 1:30 stays there.
        (utc(2024, 11, 3, 6, 30), days(0), utc(2024, 11, 3, 6, 30)),
        # 3:00 UTC on 3 September 2005 is 23:00 on Friday 2 in New York; Tuesday 6 is next.
        (utc(2005, 9, 3, 3), business_days(1), utc(2005, 9, 7, 3)),
        (utc(2005, 9, 3, 3), Period(1, Unit.CLEAR_BUSINESS_DAY), utc(2005, 9, 8, 3)),
        # Noon on 31 January is 17:00 UTC, and on 28 February too.
        (utc(2005, 1, 31, 17), Period(1, Unit.MONTH), utc(2005, 2, 28, 17)),
        (utc(2005, 1, 31, 17), Period(1, Unit.YEAR), utc(2006, 1, 31, 17)),
    ],
)
def test_instants_after_a_period(instant: datetime, period: Period, later: datetime) -> None:
    ends = after(instant, period, FEDERAL)

    assert ends == later
    assert isinstance(ends, datetime)
    assert ends.tzinfo is UTC


def test_instants_before_a_period() -> None:
    # 17:00 in New York is 21:00 UTC in summer; five business days before Friday 9 is Thursday 1.
    assert before(utc(2005, 9, 9, 21), business_days(5), FEDERAL) == utc(2005, 9, 1, 21)
    assert before(utc(2024, 3, 10, 21), days(1), FEDERAL) == utc(2024, 3, 9, 22)
    assert before(utc(2024, 3, 10, 21), Period(24, Unit.HOUR), FEDERAL) == utc(2024, 3, 9, 21)


def test_an_instant_may_come_in_any_zone_but_not_without() -> None:
    in_tokyo = datetime(2005, 9, 10, 6, tzinfo=timezone(timedelta(hours=9)))

    assert after(in_tokyo, days(1), FEDERAL) == utc(2005, 9, 10, 21)
    with pytest.raises(ValueError, match="has a time zone"):
        after(in_tokyo.replace(tzinfo=None), days(1), FEDERAL)


NO_SUCH_DATE = Indeterminate("The date is outside the years 1 to 9999.")


@pytest.mark.parametrize("unit", [Unit.HOUR, Unit.DAY, Unit.MONTH, Unit.YEAR])
@pytest.mark.parametrize("number", [100_000_000, 10**40])
def test_endless_periods_are_indeterminate(unit: Unit, number: int) -> None:
    assert after(utc(2005, 9, 1), Period(number, unit), FEDERAL) == NO_SUCH_DATE
    assert before(utc(2005, 9, 1), Period(number, unit), FEDERAL) == NO_SUCH_DATE


def test_endless_business_days_are_indeterminate() -> None:
    always_closed = Calendar("US", NEW_YORK, weekend=(0, 1, 2, 3, 4, 5, 6))

    assert add_to_date(date(9999, 1, 1), business_days(1), always_closed) == NO_SUCH_DATE
    assert take_from_date(date(1, 2, 1), business_days(1), always_closed) == NO_SUCH_DATE
    assert after(utc(2100, 12, 1), business_days(90), FEDERAL) == Indeterminate(
        "The holidays library does not cover 2101 for `US`."
    )


def test_hours_cannot_be_counted_from_a_date() -> None:
    assert add_to_date(date(2005, 9, 1), Period(24, Unit.HOUR), FEDERAL) == Indeterminate(
        "24 hours cannot be counted from a date without a time of day."
    )


def test_rolling_to_a_business_day() -> None:
    # Saturday 3 September 2005 lies between Friday 2 and Tuesday 6, after Labor Day.
    assert on_or_after(date(2005, 9, 3), FEDERAL) == date(2005, 9, 6)
    assert on_or_before(date(2005, 9, 5), FEDERAL) == date(2005, 9, 2)
    assert on_or_after(date(2005, 9, 6), FEDERAL) == date(2005, 9, 6)
    assert on_or_before(date(2005, 9, 6), FEDERAL) == date(2005, 9, 6)
    assert on_or_after(date.min, FEDERAL) == NO_SUCH_DATE
    assert on_or_before(date.max, FEDERAL) == NO_SUCH_DATE


def test_days_from_one_date_to_another() -> None:
    # Thu 1, Fri 2, Tue 6, Wed 7, Thu 8, and not Fri 9 September 2005.
    assert count_days(date(2005, 9, 1), date(2005, 9, 9), FEDERAL) == 5
    assert count_days(date(2005, 9, 9), date(2005, 9, 1), FEDERAL) == -5
    assert count_days(date(2005, 9, 3), date(2005, 9, 5), FEDERAL) == 0
    assert count_days(date(2005, 9, 1), date(2005, 9, 1), FEDERAL) == 0
    assert count_days(date(2005, 9, 1), date(2005, 9, 9), None) == 8
    assert count_days(date(2005, 9, 9), date(2005, 9, 1), None) == -8
    assert count_days(date(2100, 12, 1), date(2101, 2, 1), FEDERAL) == Indeterminate(
        "The holidays library does not cover 2101 for `US`."
    )


def test_days_begin_and_end_on_the_wall() -> None:
    # 3 November 2024 had 25 hours in New York: from 4:00 UTC to 5:00 UTC.
    assert start_of_day(date(2024, 11, 3), NEW_YORK) == utc(2024, 11, 3, 4)
    assert end_of_day(date(2024, 11, 3), NEW_YORK) == utc(2024, 11, 4, 5)
    # In Sao Paulo 4 November 2018 began at 1:00, two hours behind UTC.
    assert start_of_day(date(2018, 11, 4), "America/Sao_Paulo") == utc(2018, 11, 4, 3)
    # Samoa had no 30 December 2011: it begins and ends when the 31st begins, at 10:00 UTC.
    assert start_of_day(date(2011, 12, 30), "Pacific/Apia") == utc(2011, 12, 30, 10)
    assert end_of_day(date(2011, 12, 30), "Pacific/Apia") == utc(2011, 12, 30, 10)


def test_the_date_depends_on_the_zone() -> None:
    assert local_date(utc(2024, 1, 1, 3), NEW_YORK) == date(2023, 12, 31)
    assert local_date(utc(2024, 1, 1, 16), "Asia/Tokyo") == date(2024, 1, 2)


def test_the_first_and_the_last_day_there_are() -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

    assert start_of_day(date.min, "Asia/Tokyo") == first
    assert start_of_day(date.max, NEW_YORK) == utc(9999, 12, 31, 5)
    assert end_of_day(date.max, NEW_YORK) == last
    assert end_of_day(date(9999, 12, 30), "Etc/GMT+12") == utc(9999, 12, 31, 12)
    assert local_date(last, "Asia/Tokyo") == date.max
    assert local_date(first, NEW_YORK) == date.min


@pytest.mark.parametrize("zone", ["", "New York", "America", "../etc/passwd", "/UTC", "leapseconds"])
def test_an_unknown_zone(zone: str) -> None:
    assert not known_zone(zone)
    assert after(utc(2005, 9, 1), days(1), Calendar("US", zone)) == Indeterminate(f"`{zone}` is not a time zone.")
    with pytest.raises(UnknownZone):
        start_of_day(date(2005, 9, 1), zone)


def test_what_is_known() -> None:
    assert known_calendar("US")
    assert known_calendar("US-NY")
    assert known_calendar("NYSE")
    assert not any(known_calendar(name) for name in ("", "us", "US-", "US-ZZ", "SAT", "Narnia"))
    assert known_zone(NEW_YORK)
    assert "NYSE" in calendar_names()
    assert "UTC" in zone_names()
    assert calendar_version() == __version__


@pytest.mark.parametrize("name", sorted(calendar_names())[::40])
def test_every_known_calendar_answers(name: str) -> None:
    answer = Calendar(name, "UTC").is_business_day(date(2025, 3, 12))

    assert isinstance(answer, bool | Indeterminate)


@given(ERAS, NUMBERS)
def test_counting_back_the_business_days_counted_forward(day: date, number: int) -> None:
    later = add_to_date(day, business_days(number), FEDERAL)

    assert isinstance(later, date)
    one = timedelta(days=1)
    assert count_days(day + one, later + one, FEDERAL) == number
    assert number == 0 or FEDERAL.is_business_day(later) is True
    if FEDERAL.is_business_day(day) is True:
        assert take_from_date(later, business_days(number), FEDERAL) == day


@given(ERAS, NUMBERS, st.sampled_from([unit for unit in Unit if unit is not Unit.HOUR]))
def test_an_instant_keeps_the_date_of_its_wall(day: date, number: int, unit: Unit) -> None:
    noon = start_of_day(day, NEW_YORK) + timedelta(hours=12)

    ends = after(noon, Period(number, unit), FEDERAL)

    assert isinstance(ends, datetime)
    assert local_date(ends, NEW_YORK) == add_to_date(day, Period(number, unit), FEDERAL)


@given(ERAS, st.sampled_from(sorted(zone_names())))
def test_a_day_ends_where_the_next_begins_and_none_is_lost(day: date, zone: str) -> None:
    assert start_of_day(day, zone) <= end_of_day(day, zone)
    assert local_date(end_of_day(day, zone) - timedelta(seconds=1), zone) <= day
