"""Rows at signing name each other in their fields, whichever stands first, and never in a circle."""

import pytest

from dsl.load import load
from dsl.replay import fold
from dsl.state import State
from tests.dsl.deals import HEAD, Deal, opened

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
            """At signing, the Link "A" occurs stating Next as "B". At signing, the Link "B" occurs stating Next as "C".
            At signing, the Link "C" occurs stating Next as "A".""",
            '"A" names "B", which names "C", which names "A"',
        ),
    ],
)
def test_rows_that_name_each_other_in_a_circle_are_a_mistake(rows: str, told: str) -> None:
    text = f'{HEAD}\nClause 2 "Links": "Link" means an event, stating Next as optional Link. {rows}'

    found = [each for each in load(text).diagnostics if each.title == "Rows in a circle"]

    assert [each.label for each in found] == [told]


YEARS = """
Clause 2 "Changes":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Years":
  "Year" means an event, stating Aim as amount.
  At signing, the Year "Y1" occurs stating Aim as USD 100.00.
  For each Year, the Buyer must pay the Aim of such Year to the Seller within 5 calendar days.
"""
KIND = "'Year' means an event, stating Aim as amount."
FIRST = "At signing, the Year 'Y1' occurs stating Aim as USD 100.00."
SECOND = "At signing, the Year 'Y2' occurs stating Aim as USD 50.00."
OWED = "For each Year, the Buyer must pay the Aim of such Year to the Seller within 5 calendar days."


def _amendment(*sentences: str) -> str:
    words = " ".join(sentences)
    return f"""Buyer: sign the Amendment "A" stating Changes as clauses "Clause 3 'Years': {words}"."""


def test_a_row_that_an_amendment_adds_comes_to_be_when_it_takes_effect() -> None:
    deal = opened(YEARS)
    deal.does("10:00 on 1 September 2005", 'Buyer: pay USD 100.00 to the Seller about "Y1".')

    deal.does("10:00 on 8 September 2005", _amendment(KIND, FIRST, SECOND, OWED))
    assert deal.asks("the number of Years is equal to 1.") == "true"
    deal.does("12:00 on 8 September 2005", 'Seller: sign the Amendment "A".')

    assert deal.asks("the number of Years is equal to 2.") == "true"
    assert deal.figure('the Aim of "Y2"') == "USD 50.00"
    assert (deal.status("3", "Y1"), deal.status("3", "Y2")) == ("fulfilled", "active")
    assert deal.asks('the deadline of section 3 for "Y2" is equal to 13 September 2005.') == "true"
    deal.does("13:00 on 8 September 2005", 'Buyer: pay USD 50.00 to the Seller about "Y2".')
    assert deal.status("3", "Y2") == "fulfilled"


def test_what_was_so_before_the_amendment_is_not_otherwise() -> None:
    deal = opened(YEARS)
    deal.does("10:00 on 8 September 2005", _amendment(KIND, FIRST, SECOND, OWED))
    deal.does("12:00 on 8 September 2005", 'Seller: sign the Amendment "A".')

    assert deal.asks("as of 7 September 2005, the number of Years is equal to 1.") == "true"


@pytest.mark.parametrize(
    "sentences",
    [
        (KIND, SECOND, OWED),
        (KIND, "'Term' means an event, stating Aim as amount.", FIRST.replace("Year", "Term"), SECOND, OWED),
    ],
)
def test_an_amendment_that_leaves_a_row_out_or_makes_it_of_another_kind_is_refused(sentences: tuple[str, ...]) -> None:
    deal = opened(YEARS)

    refused = deal.fails("10:00 on 8 September 2005", _amendment(*sentences), "2")

    assert '"Y1" exists since signing' in refused
    assert "Keep its sentence (`At signing, the Year" in refused


def test_a_row_whose_name_is_taken_cannot_be_added() -> None:
    deal = opened(YEARS.replace("Clause 3", '  "Note" means an act, made by the Buyer.\nClause 3'))
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Note "Y2".')

    refused = deal.fails("10:00 on 8 September 2005", _amendment(KIND, FIRST, SECOND, OWED), "2")

    assert 'There already is a Note named "Y2"' in refused


def test_a_name_that_is_taken_before_the_amendment_takes_effect_is_told() -> None:
    deal = opened(YEARS.replace("Clause 3", '  "Note" means an act, made by the Buyer.\nClause 3'))
    deal.does("10:00 on 8 September 2005", _amendment(KIND, FIRST, SECOND, OWED))
    deal.does("11:00 on 8 September 2005", 'Buyer: make the Note "Y2".')

    refused = deal.fails("12:00 on 8 September 2005", 'Seller: sign the Amendment "A".', "2")

    assert 'There already is a Note named "Y2"' in refused


def test_a_second_amendment_keeps_the_row_that_the_first_has_added() -> None:
    deal = opened(YEARS)
    deal.does("10:00 on 8 September 2005", _amendment(KIND, FIRST, SECOND, OWED))
    deal.does("12:00 on 8 September 2005", 'Seller: sign the Amendment "A".')
    third = SECOND.replace("Y2", "Y3")

    deal.does("10:00 on 9 September 2005", _amendment(KIND, FIRST, SECOND, third, OWED).replace('"A"', '"B"'))
    deal.does("12:00 on 9 September 2005", 'Seller: sign the Amendment "B".')

    assert deal.asks("the number of Years is equal to 3.") == "true"
    assert deal.history.state == replayed(deal)


def test_a_row_that_an_amendment_adds_names_one_that_was_there() -> None:
    linked = YEARS.replace("Aim as amount.", "Aim as amount and After as optional Year.")
    deal = opened(linked)
    second = SECOND.replace("50.00.", "50.00 and After as 'Y1'.")

    deal.does(
        "10:00 on 8 September 2005",
        _amendment(KIND.replace("Aim as amount.", "Aim as amount and After as optional Year."), FIRST, second, OWED),
    )
    deal.does("12:00 on 8 September 2005", 'Seller: sign the Amendment "A".')

    assert deal.figure('the Aim of the After of "Y2"') == "USD 100.00"


def replayed(deal: Deal) -> State:
    """The state folded anew from the records of a deal."""
    return fold(deal.agreement, deal.history.opened, (each.event for each in deal.history.records))
