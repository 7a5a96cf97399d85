"""Days found from other times: cut-off times, rolling, the ends of a month, days counted, and today."""

import pytest

from tests.dsl.deals import at, opened

NOTHING = 'Clause 2 "Nothing":\n  This section is boilerplate.\n'
JUNE = "09:00 on 1 June 2026"
"""Friday 19 June 2026 is Juneteenth, and Friday 3 July 2026 the day on which Independence Day is observed."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("the day of 23:30 on 18 June 2026", "18 June 2026"),
        ("the day of 18 June 2026", "18 June 2026"),
        ("the business day of 23:30 on 18 June 2026", "18 June 2026"),
        ("the business day of 19 June 2026", "22 June 2026"),
        ("the business day closing at 16:00 of 16:00 on 18 June 2026", "18 June 2026"),
        ("the business day closing at 16:00 of 16:01 on 18 June 2026", "22 June 2026"),
        ("the business day closing at 16:00 of 10:00 on 20 June 2026", "22 June 2026"),
        ("the business day closing at 16:00 of 23:00 on 20 June 2026", "22 June 2026"),
        ('the business day in "DE-HE" of 19 June 2026', "19 June 2026"),
        ('the business day in "US" and "DE-HE" closing at 12:00 of 13:00 on 3 June 2026', "5 June 2026"),
        ("the business day on or after 19 June 2026", "22 June 2026"),
        ("the business day on or before 20 June 2026", "18 June 2026"),
        ("the business day on or after 18 June 2026", "18 June 2026"),
        ("the business day on or after 10:00 on 20 June 2026", "10:00 on 22 June 2026"),
        ("the business day on or before 10:00 on 20 June 2026", "10:00 on 18 June 2026"),
        ("the business day on or after 10:00 on 18 June 2026", "10:00 on 18 June 2026"),
        ('the business day in "DE-HE" on or before 20 June 2026', "19 June 2026"),
        ("the last day of the month of 15 February 2028", "29 February 2028"),
        ("the last day of the month of 23:00 on 28 February 2026", "28 February 2026"),
        ("the first day of the month of 31 December 2026", "1 December 2026"),
        ("the number of calendar days from 1 June 2026 to 19 June 2026", "18"),
        ("the number of calendar days from 19 June 2026 to 23:00 on 1 June 2026", "0 less 18"),
        ("the number of days in months of 30 days from 31 August 2026 to 28 February 2027", "178"),
        ("the number of days in months of 30 days from 29 May 2026 to 31 May 2026", "2"),
        ("the number of days in months of 30 days from 16 June 2029 to 1 April 2029", "0 less 75"),
        ("the number of business days from 1 June 2026 to 22 June 2026", "14"),
        ('the number of business days of "DE-HE" from 1 June 2026 to 22 June 2026', "14"),  # not 4 June, but 19 June
        ("the number of business days from 22 June 2026 to 1 June 2026", "0 less 14"),
        ("today", "1 June 2026"),
        ("5 business days after today", "8 June 2026"),
    ],
)
def test_a_day_is(value: str, expected: str) -> None:
    deal = opened(NOTHING, start=JUNE)

    assert deal.asks(f"{value} is equal to {expected}.") == "true"


@pytest.mark.parametrize(
    "value",
    [
        "the business day on or after 1 June 2130",
        "the business day on or before 10:00 on 1 June 2130",
        "the business day closing at 16:00 of 17:00 on 1 June 2130",
        "the business day of 1 June 2130",
    ],
)
def test_a_year_that_the_calendar_does_not_cover_is_open(value: str) -> None:
    deal = opened(NOTHING, start=JUNE)

    assert deal.asks(f"{value} is after 1 June 2026.") == "open"
    assert deal.asks("the number of business days from 1 June 2130 to 2 June 2130 is at least 0.") == "open"
    assert deal.asks("the number of business days from 2 June 2130 to 1 June 2130 is at least 0.") == "open"
    assert deal.asks("the number of calendar days from 1 June 2130 to 2 June 2130 is at least 1.") == "true"


CLAIMS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  "Answer Day" means the business day closing at 17:00 of the making of the latest Claim.
  "Waited" means the number of calendar days from the making of the earliest Claim to today.
  "Late" means an event.
  When Waited is at least 3, then a Late occurs.
"""


def test_what_has_not_happened_has_no_day_yet() -> None:
    deal = opened(CLAIMS, start=JUNE)

    assert deal.asks("the Answer Day is equal to 2 June 2026.") == "pending"
    assert deal.asks("Waited is at least 1.") == "pending"

    deal.does("17:01 on 1 June 2026", "Seller: present the Claim.")

    assert deal.asks("the Answer Day is equal to 2 June 2026.") == "true"


def test_a_condition_that_reads_today_comes_at_midnight_though_nobody_looks() -> None:
    deal = opened(CLAIMS, start=JUNE)
    deal.does("23:00 on 1 June 2026", "Seller: present the Claim.")

    deal.passes("15:00 on 20 June 2026")

    late = [entry for entry in deal.state.entries if entry.kind == "Late"]
    assert [entry.at for entry in late] == [at(deal.agreement, "00:00 on 4 June 2026")]


@pytest.mark.parametrize(
    ("condition", "before", "moment", "later"),
    [
        ("today is after 3 June 2026", "pending", "00:00 on 4 June 2026", "true"),
        ("today is not before 3 June 2026", "pending", "00:00 on 3 June 2026", "true"),
        ("today is equal to 3 June 2026", "pending", "00:00 on 3 June 2026", "true"),
        ("3 June 2026 is before today", "pending", "00:00 on 4 June 2026", "true"),
        ("today is after 12:00 on 3 June 2026", "pending", "00:00 on 4 June 2026", "true"),
        ("today is before 3 June 2026", "true", "00:00 on 3 June 2026", "false"),
        ("today is equal to today", "true", "00:00 on 3 June 2026", "true"),
        ("today is before today", "false", "00:00 on 3 June 2026", "false"),
    ],
)
def test_a_comparison_with_today(condition: str, before: str, moment: str, later: str) -> None:
    text = f'Clause 2 "Mark":\n  "Mark" means an event.\n  When {condition}, then a Mark occurs.\n'
    deal = opened(text, start=JUNE)

    assert deal.asks(f"{condition}.") == before
    deal.passes("12:00 on 30 June 2026")

    made = [entry.at for entry in deal.state.entries if entry.kind == "Mark"]
    expected = {"pending": [at(deal.agreement, moment)], "true": [at(deal.agreement, JUNE)], "false": []}
    assert made == expected[before]
    deal = opened(NOTHING, start=JUNE)
    deal.passes(moment)
    assert deal.asks(f"{condition}.") == later


def test_a_filter_that_reads_today_is_asked_again_at_midnight() -> None:
    text = (
        'Clause 2 "Fee":\n  "Base" means USD 5.00.\n'
        '  "Claim" means a claim, made by the Seller, stating Due as date.\n'
        "  For each Claim whose Due is before today, the Buyer must pay the Base to the Seller about such Claim.\n"
    )
    text = text.replace(" about such Claim.", ".")
    deal = opened(text, start=JUNE)
    deal.does("10:00 on 1 June 2026", 'Seller: present the Claim "A" stating Due as 3 June 2026.')

    deal.passes("10:00 on 3 June 2026")
    before = deal.status("2", "A")
    deal.passes("10:00 on 4 June 2026")

    assert (before, deal.status("2", "A")) == ("dormant", "active")
    (norm,) = (norm for norm in deal.state.norms.values() if norm.row == 1)
    assert norm.since == at(deal.agreement, "00:00 on 4 June 2026")


def test_hours_that_stopped_time_has_moved_are_told_as_a_round_time() -> None:
    text = (
        'Clause 2 "Fee":\n  "Stop" means an act, made by the Seller.\n  "Go" means an act, made by the Seller.\n'
        '  "Stopped" means that a Stop has been made and no Go has been made.\n'
        "  The Buyer must pay USD 5.00 to the Seller before 17:00 on 5 June 2026 "
        "not counting time while Stopped applies.\n"
    )
    deal = opened(text, start=JUNE)
    deal.does("10:00 on 2 June 2026", "Seller: take a Stop.")
    deal.does("15:00 on 2 June 2026", "Seller: take a Go.")

    assert deal.why("the deadline of section 2 has passed.").note == "just before 22:00 on 5 June 2026"
    deal.passes("22:00 on 5 June 2026")
    assert deal.status("2") == "overdue"


def test_a_debt_that_grows_with_the_days_is_owed_from_midnight() -> None:
    text = (
        'Clause 2 "Bills":\n  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date.\n'
        '  "Arrears" means the sum of Amount of every Bill whose Due is before today.\n'
        "  The Buyer must pay the Arrears to the Seller.\n"
    )
    deal = opened(text, start=JUNE)
    deal.does("10:00 on 1 June 2026", 'Seller: present the Bill "A" stating Amount as USD 5.00 and Due as 3 June 2026.')
    assert deal.status("2") == "fulfilled"

    deal.passes("10:00 on 5 June 2026")

    (norm,) = (norm for norm in deal.state.norms.values() if norm.provision.startswith("2/"))
    assert (norm.status, norm.since) == ("active", at(deal.agreement, "00:00 on 4 June 2026"))
    deal.does("10:00 on 5 June 2026", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("2") == "fulfilled"
