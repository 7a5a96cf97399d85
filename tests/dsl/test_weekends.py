"""A business day is none on the weekend of the place, which is not everywhere Saturday and Sunday."""

from datetime import date

import pytest

from dsl.calendars import Calendar


# Weekends as the countries have them: in Israel, Egypt and Saudi Arabia Friday and Saturday (Saudi Arabia since 29 June
# 2013, before it Thursday and Friday); in the Emirates Friday and Saturday until 2021, then Saturday and Sunday. The
# 14 February 2026 is a Saturday that is worked in China before the Spring Festival, by notice of its State Council.
@pytest.mark.parametrize(
    ("name", "day", "open_for_business"),
    [
        ("IL", date(2026, 7, 10), False),
        ("IL", date(2026, 7, 11), False),
        ("IL", date(2026, 7, 12), True),
        ("EG", date(2026, 7, 10), False),
        ("EG", date(2026, 7, 12), True),
        ("SA", date(2012, 7, 5), False),
        ("SA", date(2012, 7, 7), True),
        ("SA", date(2026, 7, 9), True),
        ("AE", date(2020, 7, 3), False),
        ("AE", date(2020, 7, 5), True),
        ("AE", date(2026, 7, 3), True),
        ("AE", date(2026, 7, 5), False),
        ("CN", date(2026, 2, 14), True),
        ("CN", date(2026, 3, 14), False),
        ("HK", date(2026, 7, 11), False),
        ("NYSE", date(2026, 7, 11), False),
        ("US", date(2200, 7, 5), False),
    ],
)
def test_the_weekend_is_that_of_the_calendar(name: str, day: date, open_for_business: bool) -> None:
    assert Calendar(name, "UTC").is_business_day(day) is open_for_business


def test_places_with_different_weekends_do_business_together_and_by_turns() -> None:
    # 9 July 2026 is a Thursday. Israel is closed on Friday and Saturday, the United States on Saturday and Sunday.
    both, either = Calendar("IL", "UTC", others=("US",)), Calendar("IL", "UTC", others=("US",), any_of=True)

    assert [both.is_business_day(date(2026, 7, day)) for day in (9, 10, 11, 12, 13)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert [either.is_business_day(date(2026, 7, day)) for day in (9, 10, 11, 12, 13)] == [
        True,
        True,
        False,
        True,
        True,
    ]
