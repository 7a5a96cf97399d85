"""When the clocks go back an hour has the same times on the wall twice: the text says which one is meant."""

from datetime import UTC, datetime

import pytest

from dsl.format import format_agreement
from dsl.parse import parse_agreement
from dsl.saying import say_instant
from dsl.source import Source
from tests.dsl.deals import HEAD, opened, problems


@pytest.mark.parametrize(
    ("utc", "zone", "said"),
    [
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York", "01:30 (EDT) on 1 November 2026"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York", "01:30 (EST) on 1 November 2026"),
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), "America/New_York", "02:00 on 1 November 2026"),
        (datetime(2026, 11, 1, 4, 59, tzinfo=UTC), "America/New_York", "00:59 on 1 November 2026"),
        (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "America/New_York", "03:00 on 8 March 2026"),
        (datetime(2026, 10, 25, 0, 15, tzinfo=UTC), "Europe/London", "01:15 (BST) on 25 October 2026"),
        (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), "Europe/London", "01:15 (GMT) on 25 October 2026"),
    ],
)
def test_of_two_equal_times_the_zone_is_said(utc: datetime, zone: str, said: str) -> None:
    assert say_instant(utc, zone) == said


def test_a_time_that_comes_twice_is_the_first_one_in_an_act_and_in_the_text() -> None:
    """An hour after the first 01:30 of that night it is 01:30 again, which is another instant."""
    deal = opened('\nClause 2 "Note":\n  "Note" means a claim, made by the Buyer.\n')
    deal.does("01:30 on 30 October 2005", 'Buyer: present the Note "N".')

    assert deal.state.entries[0].at == datetime(2005, 10, 30, 5, 30, tzinfo=UTC)
    assert deal.asks('the making of "N" is equal to 01:30 on 30 October 2005.') == "true"
    later = deal.why('1 hour after the making of "N" is equal to 01:30 on 30 October 2005.')
    assert later.truth.value == "false"
    assert later.note == "01:30 (EST) on 30 October 2005 against 01:30 (EDT) on 30 October 2005"


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("17:00 in 'Europe/London' on 20 October 2005", "12:00 on 20 October 2005"),
        ("17:00 in 'Europe/London' on 30 October 2005", "12:00 on 30 October 2005"),
        ("17:00 in 'Europe/London' on 29 March 2006", "11:00 on 29 March 2006"),
        ("17:00 in 'Asia/Tokyo' on 20 October 2005", "04:00 on 20 October 2005"),
        ("17:00 in 'Asia/Tokyo' on the making of 'N'", "04:00 on 21 October 2005"),
        ("17:00 in 'Europe/London' on 2 business days after the making of 'N'", "12:00 on 24 October 2005"),
    ],
)
def test_a_time_of_another_zone_is_an_instant_of_this_one(there: str, here: str) -> None:
    """Both zones leave summer time on 30 October 2005, but enter it a week apart, on 26 March and on 2 April 2006. A
    Note of Thursday, 22:00 in New York, is of Friday in Tokyo."""
    deal = opened('\nClause 2 "Note":\n  "Note" means a claim, made by the Buyer.\n')
    deal.does("22:00 on 20 October 2005", 'Buyer: present the Note "N".')

    question = f"{there} is equal to {here}.".replace("'", '"')
    assert deal.asks(question) == "true"


def test_a_zone_that_is_none_is_told_and_one_that_is_stays_in_the_text() -> None:
    text = 'Clause 2 "Day":\n  "Cut Off" means 17:00 in "Asia/Tokyoo" on 3 June 2026.\n'

    assert "Unknown time zone" in problems(HEAD + text)
    parsed = parse_agreement(Source("day", HEAD + text.replace("Tokyoo", "Tokyo"))).syntax
    assert parsed is not None
    assert '17:00 in "Asia/Tokyo" on 3 June 2026' in format_agreement(parsed)
