"""Rows at signing name each other in their fields, whichever stands first, and never in a circle."""

import pytest

from dsl.load import load
from tests.dsl.deals import HEAD, opened

ROWS = """
Clause 2 "Rows":
  "First" means an event, stating Amount as amount.
  "Second" means an event, stating Prior as First.
  "Ask" means a claim, made by the Buyer, stating Prior as First.
  At signing, the Second "S" occurs stating Prior as "F".
  At signing, the First "F" occurs stating Amount as USD 5.00.
  At signing, the Second "T" occurs stating Prior as "G".
  At signing, the First "G" occurs stating Amount as USD 7.00.
  "Room" of a Second means the Amount of the Prior of such Second.
Clause 3 "Payment":
  For each Second, the Buyer must pay the Room of such Second to the Seller.
  The Agent may pay any amount to the Seller from the Fund.
"""


def test_a_row_at_signing_names_another_row() -> None:
    deal = opened(ROWS)

    assert deal.figure('the Amount of the Prior of "S"') == "USD 5.00"
    assert deal.figure('the Room of "T"') == "USD 7.00"
    assert deal.asks('the number of Seconds whose Prior is "F" is equal to 1.') == "true"


def test_what_is_owed_for_the_row_is_worked_out_from_the_other() -> None:
    deal = opened(ROWS)

    deal.does("11:00 on 1 September 2005", 'Buyer: pay USD 7.00 to the Seller about "T".')

    assert deal.asks('section 3 is fulfilled for "T".') == "true"
    assert deal.asks('section 3 is active for "S".') == "true"


def test_a_row_names_a_row_as_somebody_does_later() -> None:
    deal = opened(ROWS)

    deal.does("11:00 on 1 September 2005", 'Buyer: present the Ask "A" stating Prior as "F".')

    assert deal.asks('the Prior of "A" is the Prior of "S".') == "true"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('At signing, the Link "A" occurs stating Next as "A".', '"A" names itself'),
        (
            'At signing, the Link "A" occurs stating Next as "B". At signing, the Link "B" occurs stating Next as "C".'
            ' At signing, the Link "C" occurs stating Next as "A".',
            '"A" names "B", which names "C", which names "A"',
        ),
    ],
)
def test_rows_that_name_each_other_in_a_circle_are_a_mistake(rows: str, told: str) -> None:
    text = f'{HEAD}\nClause 2 "Links": "Link" means an event, stating Next as optional Link. {rows}'

    found = [each for each in load(text).diagnostics if each.title == "Rows in a circle"]

    assert [each.label for each in found] == [told]
