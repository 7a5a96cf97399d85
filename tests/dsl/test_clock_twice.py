"""When the clocks go back an hour has the same times on the wall twice: the text says which one is meant."""

from datetime import UTC, datetime

import pytest

from dsl.saying import say_instant
from tests.dsl.deals import opened


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
