"""Figures and conditions that rest on what is not known: never a guess, and what is waited for is named."""

import pytest

from tests.dsl.deals import Deal, behind, opened, worked

TEXT = """
Clause 2 "Unknown":
  "Last Day" means an optional blank date, filled by the Buyer.
  "Limit" means an optional blank amount, filled by the Buyer.
  "Grace" means an optional blank period, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as optional date
    and Prior as optional Bill.
  "Reply" means an oral statement, made by the Buyer, about a Bill.
  "Large" of a Bill means that the Amount of such Bill is more than the Limit.
  "Ranked" of a Bill means the later of the Due of such Bill and the Last Day.
  "Piece" of a Bill means the share of such Bill in USD 10.00 in proportion to Amount of every Bill.
  "Open Piece" of a Bill means the share of such Bill in the Limit in proportion to Amount of every Bill.
  "Turn" of a Bill means the share of such Bill in the Limit in order of Due of every Bill up to Amount.
  "Part" means 5 percent of the Limit.
  "Later" means 2 calendar days after the Last Day.
  "Meeting" means 10:00 on the Last Day.
  "Opening" means the first moment between 09:00 and 17:00 on a business day on or after the Last Day.
  "Held Then" means the balance of the Fund as of the Last Day.
Clause 3 "Payment":
  For each Bill, the Buyer must pay the Amount of such Bill to the Seller.
  The total paid under section 3 must not exceed the Limit in the life of this agreement.
Clause 4 "Hold":
  The Agent must hold the Limit in the Fund.
  The Agent may pay any amount to the Seller from the Fund.
"""


@pytest.fixture
def deal() -> Deal:
    """A bill of nothing; all three blanks are empty."""
    deal = opened(TEXT)
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 0.00.')
    return deal


@pytest.mark.parametrize(
    ("figure", "blank"),
    [
        ("the Part", "Limit"),
        ("the Later", "Last Day"),
        ("the Meeting", "Last Day"),
        ("the Opening", "Last Day"),
        ("the Held Then", "Last Day"),
        ('the Open Piece of "A"', "Limit"),
        ("the held part of the Fund", "Limit"),
        ("the free balance of the Fund", "Limit"),
        ("the remainder under section 3", "Limit"),
        ("the Bill with the latest Ranked", "Last Day"),
        ("the Amount of the largest Bill which is Large", "Limit"),
    ],
)
def test_a_figure_that_rests_on_a_blank_is_open_and_names_it(deal: Deal, figure: str, blank: str) -> None:
    told = worked(deal, figure)

    assert told.startswith(f"{figure} = open")
    assert f"waits for: the blank {blank}" in told


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("the Last Day is on a business day.", "open"),
        ("1 January 2300 is on a business day.", "open"),
        ("as of the Last Day, a Bill has been made.", "open"),
        ("no Bill has been made for the Grace.", "open"),
        ("no Bill which is Large has been made for 5 calendar days.", "open"),
        ("no Reply about the Prior of the latest Bill has been made for 5 calendar days.", "pending"),
        ("the amount paid under section 3 for the Prior of the latest Bill is at least USD 0.00.", "pending"),
        ("the balance of the Fund for the Prior of the latest Bill is at least USD 0.00.", "pending"),
        ("the Amount of the Prior of the latest Bill is at least USD 0.00.", "pending"),
        # A has no amount, and by nothing nothing can be divided.
        ('the Piece of "A" is at least USD 0.00.', "pending"),
    ],
)
def test_a_condition_that_rests_on_what_is_not_known_is_not_decided(deal: Deal, condition: str, truth: str) -> None:
    assert deal.asks(condition) == truth


def test_what_was_not_there_at_a_time_that_is_over_was_nothing(deal: Deal) -> None:
    deal.passes("10:00 on 5 September 2005")
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 7.00.')

    why = deal.why("the Prior of the latest Bill as of 3 September 2005 is equal to the latest Bill.")

    assert why.truth.value == "pending"


def test_a_section_tells_that_its_cap_is_not_known(deal: Deal) -> None:
    assert "what is left of the cap of section 3 = pending" in behind(deal, "3")


def test_more_cannot_leave_a_fund_while_it_is_not_known_how_much_is_held(deal: Deal) -> None:
    told = deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "4, first sentence")

    assert "It is not known how much of the Fund is held under section 4, first sentence" in told
    assert "the blank Limit" in told
