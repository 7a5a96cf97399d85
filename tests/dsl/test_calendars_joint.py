"""Business days of several places, and periods in another calendar than the agreement's."""

from datetime import UTC, date, datetime, time

import pytest

from dsl.calendars import Calendar, Indeterminate, Period, Unit, add_to_date, business_day_of, rolled
from tests.dsl.deals import HEAD, opened

ALL = Calendar("US", "America/New_York", others=("DE-HE",))
ANY = Calendar("US", "America/New_York", others=("DE-HE",), any_of=True)

DAYS = [
    (date(2026, 7, 2), True, True),  # a Thursday
    (date(2026, 7, 3), False, True),  # Independence Day is observed in the US alone
    (date(2026, 6, 4), False, True),  # Corpus Christi in Hesse alone
    (date(2026, 5, 25), False, False),  # Memorial Day, and Whit Monday
    (date(2026, 7, 4), False, False),  # a Saturday
]


@pytest.mark.parametrize(("day", "in_all", "in_any"), DAYS)
def test_a_day_counts_in_all_of_the_calendars_or_in_any(day: date, in_all: bool, in_any: bool) -> None:
    assert ALL.is_business_day(day) is in_all
    assert ANY.is_business_day(day) is in_any


def test_days_that_the_agreement_closes_and_opens_are_so_in_a_joint_calendar() -> None:
    own = Calendar("US", "UTC", (date(2026, 7, 2),), (date(2026, 7, 3),), others=("DE-HE",))

    assert own.is_business_day(date(2026, 7, 2)) is False
    assert own.is_business_day(date(2026, 7, 3)) is True


def test_a_year_that_one_calendar_does_not_cover_is_open_unless_the_other_decides() -> None:
    eid = Calendar("DE-HE", "UTC", others=("TR",))
    known, unknown = date(2026, 10, 5), date(2130, 10, 4)

    assert eid.is_business_day(known) is True
    assert isinstance(Calendar("US", "UTC", others=("DE-HE",)).is_business_day(unknown), Indeterminate)
    assert isinstance(Calendar("US", "UTC", others=("NOWHERE",)).is_business_day(known), Indeterminate)


def test_the_last_day_there_is_has_no_next_business_day() -> None:
    last, first = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
    tokyo, honolulu = Calendar("US", "Asia/Tokyo"), Calendar("US", "Pacific/Honolulu")

    assert isinstance(rolled(last, True, tokyo), Indeterminate)
    assert isinstance(rolled(first, False, honolulu), Indeterminate)
    assert isinstance(business_day_of(last, time(16), Calendar("US", "Asia/Tokyo", removed=(date.max,))), Indeterminate)


def test_a_period_names_its_calendar() -> None:
    assert str(Period(5, Unit.BUSINESS_DAY, ALL)) == '5 business days of "US" and "DE-HE"'
    assert str(Period(1, Unit.BUSINESS_DAY, ANY)) == '1 business day of "US" or "DE-HE"'
    assert add_to_date(date(2026, 7, 2), Period(1, Unit.BUSINESS_DAY), ALL) == date(2026, 7, 6)
    assert add_to_date(date(2026, 7, 2), Period(1, Unit.BUSINESS_DAY), ANY) == date(2026, 7, 3)


def test_a_window_in_another_calendar_than_the_header() -> None:
    text = (
        'Clause 2 "Fee":\n'
        '  "Start" means an act, made by the Seller.\n'
        "  When a Start has been made, then the Buyer must pay USD 5.00 to the Seller"
        ' within 2 business days of "DE-HE" after the making of the earliest Start.\n'
    )
    deal = opened(text, HEAD, "09:00 on 2 July 2026")

    deal.does("10:00 on 2 July 2026", "Seller: take a Start.")

    # Friday 3 July is a holiday in the US only; Monday 6 July is the second German business day.
    assert deal.asks("the deadline of section 2 is equal to 6 July 2026.") == "true"


def test_the_header_names_several_calendars_and_lists_its_closed_days_with_commas() -> None:
    head = HEAD.replace(
        'those of "US"', 'those of "US" and "DE-HE", closed on 6 July 2026, 7 July 2026 and 8 July 2026'
    )
    deal = opened('Clause 2 "Day":\n  "Due" means 1 business day after 2 July 2026.\n', head, "09:00 on 2 July 2026")

    assert deal.asks("Due is equal to 9 July 2026.") == "true"
    assert deal.asks("1 business day after 8 October 2026 is equal to 9 October 2026.") == "true"


def test_an_uncovered_year_is_open() -> None:
    deal = opened('Clause 2 "Day":\n  This section is boilerplate.\n')

    assert deal.asks('1 business day of "US" and "DE-HE" after 4 October 2130 is equal to 5 October 2130.') == "open"
