"""Events that recur: on which days, whether or not anybody looks, and what stops them."""

from datetime import date

import pytest

from dsl.diagnostics import render_all
from dsl.engine import agenda
from dsl.load import load
from dsl.replay import fold
from tests.dsl.deals import HEAD, Deal, at, opened

RENT = 'Clause 2 "Rent":\n  "Rent Day" means an event, every {days}.\n  "Start" means an act, made by the Seller.\n'
FEE = "  For each Rent Day, the Buyer must pay USD 5.00 to the Seller by the Day of such Rent Day.\n"
OPENING = "09:00 on 1 January 2026"


def rent(days: str, more: str = "", start: str = OPENING, **blanks: object) -> Deal:
    return opened(RENT.format(days=days) + FEE + more, HEAD, start, **blanks)


def days_of(deal: Deal) -> list[str]:
    """The days of what has recurred, as people write them in short."""
    found = (entry.content("Day") for entry in deal.state.entries if entry.kind == "Rent Day")
    return [f"{day.day} {day:%b %y}" for day in found if isinstance(day, date)]


@pytest.mark.parametrize(
    ("days", "until", "expected"),
    [
        ("1 month from 31 January 2026", "30 April 2026", ["31 Jan 26", "28 Feb 26", "31 Mar 26", "30 Apr 26"]),
        ("1 month after 31 January 2026", "1 April 2026", ["28 Feb 26", "31 Mar 26"]),
        ("2 months from 15 January 2026 to 15 May 2026", "1 December 2026", ["15 Jan 26", "15 Mar 26", "15 May 26"]),
        ("2 months from 15 January 2026 to 14 May 2026", "1 December 2026", ["15 Jan 26", "15 Mar 26"]),
        ("1 year from 29 February 2028", "1 July 2030", ["29 Feb 28", "28 Feb 29", "28 Feb 30"]),
        ("7 calendar days from 1 January 2026 to 20:00 on 10 January 2026", "1 May 2026", ["1 Jan 26", "8 Jan 26"]),
        ("1 month from 15 October 2025 to 1 April 2026", "1 May 2026", ["15 Jan 26", "15 Feb 26", "15 Mar 26"]),
        ("7 calendar days from 28 December 2025 to 12 January 2026", "1 May 2026", ["4 Jan 26", "11 Jan 26"]),
        ("1 month from 31 January 2026 to 30 January 2026", "1 May 2026", []),
    ],
)  # fmt: skip
def test_the_days_are_counted_from_the_start(days: str, until: str, expected: list[str]) -> None:
    deal = rent(days)

    deal.passes(f"12:00 on {until}")

    assert days_of(deal) == expected
    names = ["Rent Day", *(f"Rent Day {number}" for number in range(2, len(expected) + 1))]
    assert [entry.name for entry in deal.state.entries if entry.kind == "Rent Day"] == names[: len(expected)]


def test_it_recurs_at_the_first_moment_of_its_day_though_nobody_looks() -> None:
    deal = rent("1 month from 31 January 2026 to 31 March 2026")
    midnights = [
        at(deal.agreement, f"00:00 on {day}") for day in ("31 January 2026", "28 February 2026", "31 March 2026")
    ]
    assert agenda(deal.agreement, deal.state) == (midnights[0],)

    deal.passes("12:00 on 10 April 2026")

    assert [entry.at for entry in deal.state.entries] == midnights
    assert deal.status("2", "Rent Day 2") == "overdue"


def test_an_act_at_the_first_moment_of_the_day_comes_after_it() -> None:
    deal = rent("1 month from 31 January 2026")

    deal.does("00:00 on 31 January 2026", "Buyer: pay USD 5.00 to the Seller.")

    assert deal.status("2", "Rent Day") == "fulfilled"


def test_a_start_that_has_begun_when_it_becomes_known_is_entered_at_once() -> None:
    deal = rent("1 month from the making of the earliest Start")
    deal.passes("12:00 on 10 January 2026")
    assert days_of(deal) == []
    assert deal.asks("a Rent Day has been made.") == "pending"

    deal.does("23:30 on 31 January 2026", "Seller: take a Start.")

    assert days_of(deal) == ["31 Jan 26"]
    deal.passes("00:00 on 28 February 2026")
    assert days_of(deal) == ["31 Jan 26", "28 Feb 26"]


def test_anniversaries_begin_a_period_later() -> None:
    deal = rent("1 year after the making of the earliest Start")

    deal.does("10:00 on 15 January 2026", "Seller: take a Start.")
    deal.passes("10:00 on 1 February 2028")

    assert days_of(deal) == ["15 Jan 27", "15 Jan 28"]


def test_a_late_fact_moves_the_days() -> None:
    deal = rent("1 month from the making of the earliest Start")
    deal.does("10:00 on 20 January 2026", "Seller: take a Start.")
    deal.passes("10:00 on 1 March 2026")
    assert days_of(deal) == ["20 Jan 26", "20 Feb 26"]

    deal.does("10:00 on 5 January 2026", "Seller: take a Start.", recorded="10:00 on 1 March 2026")
    deal.passes("10:00 on 2 March 2026")

    assert days_of(deal) == ["5 Jan 26", "5 Feb 26"]


BLANK = 'Clause 3 "Blank":\n  "First Day" means an optional blank date, filled by the Seller.\n'


def test_a_blank_start_is_open_until_it_is_filled() -> None:
    deal = rent("1 month from the First Day to 31 May 2026", BLANK)
    deal.passes("10:00 on 20 February 2026")
    assert days_of(deal) == []

    deal.does("10:00 on 20 February 2026", "Seller: fill the First Day with 15 January 2026.")

    assert days_of(deal) == ["15 Jan 26", "15 Feb 26"]
    deal.passes("10:00 on 1 December 2026")
    assert days_of(deal) == ["15 Jan 26", "15 Feb 26", "15 Mar 26", "15 Apr 26", "15 May 26"]


def test_nothing_recurs_while_the_end_is_a_blank_and_it_does_while_the_end_waits_for_an_act() -> None:
    blank = rent("1 month from 15 January 2026 to the First Day", BLANK)
    act = rent("1 month from 15 January 2026 to the making of the earliest Start")

    blank.passes("10:00 on 20 January 2026")
    act.does("10:00 on 20 January 2026", "Seller: take a Start.")
    act.passes("10:00 on 20 May 2026")

    assert days_of(blank) == []
    assert days_of(act) == ["15 Jan 26"]


ENDING = 'Clause 3 "End":\n  When a Start has been made, then this agreement terminates.\n'


@pytest.mark.parametrize(("more", "expected"), [("", 1), ("  Section 2 survives.\n", 3)])
def test_after_the_end_of_the_agreement_nothing_recurs_unless_the_section_survives(more: str, expected: int) -> None:
    deal = rent("1 month from 15 January 2026 to 31 March 2026", ENDING + more)

    deal.does("10:00 on 20 January 2026", "Seller: take a Start.")
    deal.passes("10:00 on 1 June 2026")

    assert len(days_of(deal)) == expected


def test_nothing_recurs_while_the_section_is_suspended() -> None:
    text = RENT.format(days="1 month from 15 January 2026 to 31 March 2026") + FEE
    text = text.replace('"Rent":', '"Rent" subject to section 3 by suspension while a Start has been made:')
    deal = opened(text + 'Clause 3 "Rest":\n  The Buyer may pay USD 1.00 to the Seller.\n', HEAD, OPENING)

    deal.does("10:00 on 20 January 2026", "Seller: take a Start.")
    deal.passes("10:00 on 1 June 2026")

    assert days_of(deal) == ["15 Jan 26"]


def test_the_days_end_with_the_calendar() -> None:
    deal = rent("9,000 years from 31 January 2026")

    deal.passes("12:00 on 10 June 9998")

    assert days_of(deal) == ["31 Jan 26"]


def test_replay_makes_the_same_entries() -> None:
    deal = rent("1 month from the making of the earliest Start")
    deal.does("10:00 on 20 January 2026", "Seller: take a Start.")
    deal.does("10:00 on 25 February 2026", 'Buyer: pay USD 5.00 to the Seller about "Rent Day 2".')

    state = fold(deal.agreement, deal.history.opened, [record.event for record in deal.history.records])

    assert state.entries == deal.state.entries


MONTHLY = '"Rent Day" means an event, every 1 month from 1 May 2026'


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('"Rent Day" means a claim, every 1 month from 1 May 2026.', "Only an event recurs"),
        (MONTHLY + ', made by the Seller.', "What recurs is not `made by`"),
        ('"Rent Day" means an event, every 5 business days from today.', "An event does not recur by business days"),
        ('"Rent Day" means an event, every 0 months from 1 May 2026.', "A period of nothing"),
        ('"Rent Day" means an event, every 1 month from USD 5.00.', "A date or an instant is wanted here"),
        (MONTHLY + ', every 1 year from 1 May 2026.', "Two times `every`"),
        (MONTHLY + '.\n  A Rent Day occurs.', "Rent Day recurs by itself"),
        (MONTHLY + '.\n  At signing, the Rent Day "R" occurs.', "Rent Day recurs by itself"),
        (MONTHLY + '.\n  The Seller may report a Rent Day.', "Nobody can report an event"),
        ('"Due" means the business day closing at 16:00 of 1 May 2026.', "A closing time of a date"),
        ('"Due" means the business day closing at 25:00 of 10:00 on 1 May 2026.', "No such time"),
        ('"Due" means the number of calendar days of "US" from 1 May 2026 to today.', "Calendar days of a calendar"),
        ('"Due" means 5 business days of "ZZ" after 1 May 2026.', "Unknown calendar"),
        ('"Due" means 5 business days of "US" and "US" after 1 May 2026.', "Calendar named twice"),
        ('"Due" means 5 business days of "US", "NYSE" after 1 May 2026.', "`and` or `or`?"),
        ('"Due" means 5 calendar days of "US" after 1 May 2026.', "Calendar days of a calendar"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(text: str, title: str) -> None:
    loaded = load(f'{HEAD}\nClause 2 "Wrong":\n  {text}\n')

    assert title in [each.title for each in loaded.diagnostics], render_all(loaded.diagnostics, loaded.source)


def test_a_day_that_was_suspended_comes_when_the_suspension_ends_whoever_looks_when() -> None:
    deal = opened(
        """
Clause 2 "Rent" subject to section 3 by suspension while the Pause applies:
  "Rent Day" means an event, every 1 month from 5 September 2005.

Clause 3 "Pause":
  "Pause" means that today is before 10 September 2005.
"""
    )
    deal.passes("10:00 on 20 September 2005")

    assert deal.asks("the making of the latest Rent Day is equal to 00:00 on 10 September 2005.") == "true"


def test_for_a_day_that_was_suspended_the_clock_stood_still_until_it_came() -> None:
    """Held back from the 5th to the 10th, nobody could pay: what was due 3 days after the 5th is due 3 days after the
    10th, also under a section that was not suspended itself."""
    deal = opened(
        """
Clause 2 "Rent" subject to section 4 by suspension while the Pause applies:
  "Rent Day" means an event, every 1 month from 5 September 2005.
  For each Rent Day, the Buyer must pay USD 5.00 to the Seller by 3 calendar days after the Day of such Rent Day.

Clause 3 "Charge":
  For each Rent Day, the Buyer must pay USD 1.00 to the Agent
    within 3 calendar days after the Day of such Rent Day.

Clause 4 "Pause":
  "Pause" means that today is before 10 September 2005.
"""
    )
    deal.passes("10:00 on 10 September 2005")

    assert deal.asks('the deadline of section 2 for "Rent Day" is equal to 13 September 2005.') == "true"
    assert deal.asks('the deadline of section 3 for "Rent Day" is equal to 13 September 2005.') == "true"
    deal.passes("23:59 on 13 September 2005")
    assert deal.asks('section 2 is active for "Rent Day".') == "true"
    deal.passes("10:00 on 6 October 2005")
    assert deal.asks('section 2 is overdue for "Rent Day".') == "true"
    assert deal.asks('the deadline of section 2 for "Rent Day 2" is equal to 8 October 2005.') == "true"


def test_what_was_replaced_on_its_day_is_not_owed_when_the_replacement_ends() -> None:
    deal = opened(
        """
Clause 2 "Rent" subject to section 3 by replacement while a Holiday has been made:
  "Rent Day" means an event, every 1 month from 5 September 2005.
  For each Rent Day, the Buyer must pay USD 5.00 to the Seller by 3 calendar days after the Day of such Rent Day.

Clause 3 "Holiday":
  "Holiday" means a claim, made by the Seller.
"""
    )
    deal.does("10:00 on 10 September 2005", 'Seller: make the Holiday "H".')
    deal.does("10:00 on 20 October 2005", 'Seller: withdraw "H".')

    assert deal.status("2", "Rent Day 2") == "superseded"
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "Rent Day 2".', "3")
    deal.passes("10:00 on 6 November 2005")
    assert deal.status("2", "Rent Day 3") == "active"
