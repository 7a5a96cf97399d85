"""A business day is none on the weekend of the place, which is not everywhere Saturday and Sunday."""

from datetime import date

import pytest

from dsl.calendars import Calendar
from tests.dsl.deals import HEAD, opened


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


def test_a_saturday_that_the_agreement_itself_opens_is_a_business_day() -> None:
    """2 May 2026 is a Saturday, worked in place of Friday the 1st; the 9th is a Saturday like any other."""
    head = HEAD.replace('those of "US"', 'those of "US", closed on 1 May 2026, open on 2 May 2026')
    deal = opened(
        'Clause 2 "Day":\n  "Due" means 1 business day after 30 April 2026.\n', head, "09:00 on 30 April 2026"
    )

    assert deal.asks("Due is equal to 2 May 2026.") == "true"
    assert deal.asks("2 business days after 30 April 2026 is equal to 4 May 2026.") == "true"
    assert deal.asks("1 business day after 8 May 2026 is equal to 11 May 2026.") == "true"


def test_what_the_agreement_opens_is_open_where_every_place_of_a_joint_calendar_is_closed() -> None:
    both = Calendar("IL", "UTC", removed=(date(2026, 7, 11),), others=("US",))

    assert (both.is_business_day(date(2026, 7, 11)), both.is_business_day(date(2026, 7, 18))) == (True, False)
