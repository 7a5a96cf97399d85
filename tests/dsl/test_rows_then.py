"""Figures over rows as of a time: a row that was made later is not there, and holds nothing up."""

import pytest

from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Register":
  "Holding" means a claim, made by the Seller, stating Units as number and Since as date.
  "Cut" means a claim, made by the Seller, about a Holding, stating Less as number.
  "Left" of a Holding means the Units of such Holding less the sum of Less of every Cut about such Holding.
  "Then" of a Holding means the Left of such Holding as of 10:00 on 3 September 2005.
  "More" of a Holding means the Then of such Holding plus 1.
  "Part" of a Holding means the share of such Holding in USD 30.00 in proportion to Then of every Holding.
  "Turn" of a Holding means the share of such Holding in USD 30.00 in order of Since of every Holding up to Owed Then.
  "Owed" of a Holding means USD 1.00 times the Left of such Holding.
  "Owed Then" of a Holding means the Owed of such Holding as of 10:00 on 3 September 2005.
"""


def register(rows: int = 2) -> Deal:
    """Two holdings by 3 September, of 10 and 20; a later one of 7, and a later cut of 4."""
    deal = opened(TEXT)
    for name, units in (("A", 10), ("B", 20))[:rows]:
        deal.does(
            "10:00 on 2 September 2005",
            f'Seller: present the Holding "{name}" stating Units as {units} and Since as 1 September 2005.',
        )
    deal.does(
        "10:00 on 5 September 2005", 'Seller: present the Holding "C" stating Units as 7 and Since as 1 August 2005.'
    )
    if rows:
        deal.does("10:00 on 6 September 2005", 'Seller: present the Cut about "A" stating Less as 4.')
    return deal


@pytest.mark.parametrize(
    "question",
    [
        "the sum of Then of every Holding is equal to 30.",
        "the sum of More of every Holding is equal to 32.",
        "the sum of Left of every Holding is equal to 33.",
        'the Holding with the largest Then is "B".',
        'the Holding with the smallest Then is "A".',
        'the Part of "A" is equal to USD 10.00.',
        'the Part of "B" is equal to USD 20.00.',
        'the Part of "C" is equal to USD 0.00.',
        'the Turn of "A" is equal to USD 10.00.',
        'the Turn of "C" is equal to USD 0.00.',
    ],
)
def test_a_row_that_was_made_later_is_not_there(question: str) -> None:
    assert register().asks(question) == "true"


def test_where_no_row_was_there_the_sum_is_nothing() -> None:
    assert register(0).asks("the sum of Then of every Holding is equal to 0.") == "true"


def test_of_the_later_row_itself_nothing_is_known() -> None:
    why = register().why('the Then of "C" is equal to 0.')

    assert why.truth.value == "pending"
    assert [wait.text for wait in why.awaited()] == ['there was no "C" by 10:00 on 3 September 2005']


def test_a_row_recorded_late_that_was_there_counts() -> None:
    deal = register()

    deal.does(
        "09:00 on 3 September 2005",
        'Seller: present the Holding "D" stating Units as 5 and Since as 1 August 2005.',
        recorded="10:00 on 7 September 2005",
    )

    assert deal.asks("the sum of Then of every Holding is equal to 35.") == "true"


def test_before_the_time_has_come_the_sum_waits() -> None:
    deal = opened(TEXT)
    deal.does(
        "10:00 on 2 September 2005", 'Seller: present the Holding "A" stating Units as 1 and Since as 1 August 2005.'
    )

    assert deal.asks("the sum of Then of every Holding is equal to 1.") == "pending"
