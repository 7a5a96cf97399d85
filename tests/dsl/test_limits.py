"""A limit that is worked out from money is read as if nothing that counts towards it had been paid."""

import pytest

from dsl.figures import value_now
from dsl.source import NOWHERE
from dsl.terms import CapFigure
from tests.dsl.deals import Deal, opened

HALF = """
Clause 2 "Costs":
  "Half" means 50 percent of the balance of the Fund.
  The Agent may pay any amount to the Seller from the Fund.
  The total paid under section 2 must not exceed {limit} in the life of this agreement.

Clause 3 "Back":
  The Agent may pay any amount to the Buyer from the Fund.
"""


def with_hundred(limit: str) -> Deal:
    deal = opened(HALF.format(limit=limit))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    return deal


@pytest.mark.parametrize(
    "limit", ["50 percent of the balance of the Fund", "Half", "the balance of the Fund less Half"]
)
def test_half_the_balance_stays_half_of_it_while_it_is_used(limit: str) -> None:
    deal = with_hundred(limit)

    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")

    assert deal.figure("the limit under section 2") == "USD 50.00"
    assert deal.figure("the remainder under section 2") == "USD 20.00"
    deal.fails("", "Agent: pay USD 20.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 20.00 to the Seller from the Fund.")
    assert deal.figure("the remainder under section 2") == "USD 0.00"


def test_what_comes_in_and_what_leaves_otherwise_moves_the_limit() -> None:
    deal = with_hundred("Half")
    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")

    deal.does("", "Buyer: deposit USD 40.00 into the Fund.")
    more = deal.figure("the limit under section 2")
    deal.does("", "Agent: pay USD 100.00 to the Buyer from the Fund.")

    # 140.00 without the payment of 30.00, then 40.00.
    assert (more, deal.figure("the limit under section 2")) == ("USD 70.00", "USD 20.00")
    assert deal.figure("the remainder under section 2") == "USD 0.00"
    assert "USD 1.00 is more than the USD 0.00 left of USD 20.00" in deal.fails(
        "", "Agent: pay USD 1.00 to the Seller from the Fund."
    )


def test_in_each_year_what_was_paid_in_earlier_years_is_gone() -> None:
    deal = opened(HALF.format(limit="Half").replace("in the life of this agreement", "in each calendar year"))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 1 December 2005", "Agent: pay USD 50.00 to the Seller from the Fund.")

    deal.fails("10:00 on 2 January 2006", "Agent: pay USD 25.01 to the Seller from the Fund.", "2")
    deal.does("10:00 on 2 January 2006", "Agent: pay USD 15.00 to the Seller from the Fund.")

    assert deal.figure("the remainder under section 2") == "USD 10.00"


def test_for_each_claim_what_was_paid_for_another_claim_is_gone() -> None:
    deal = opened("""
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  For each Claim, the Agent may pay any amount to the Seller from the Fund.
  The total paid under section 2 for each Claim must not exceed 50 percent of the balance of the Fund
    in the life of this agreement; the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: present the Claim "A".')
    deal.does("", 'Seller: present the Claim "B".')

    deal.does("", 'Agent: pay USD 40.00 to the Seller from the Fund about "A".')
    deal.does("", 'Agent: pay USD 40.00 to the Seller from the Fund about "B".')

    # For B, half of the 60.00 that are there. For A it was half of 100.00; without A's 40.00 it is now half of 70.00.
    assert deal.got("Seller") == "USD 70.00"
    assert "USD 0.00 left of USD 35.00" in deal.fails("", 'Agent: pay USD 1.00 to the Seller from the Fund about "A".')


def test_what_passes_by_itself_is_held_to_the_same_limit() -> None:
    deal = opened("""
Clause 2 "Calls":
  "Call" means a claim, made by the Seller.
  For each Call, when such Call has been made, then USD 30.00 passes from the Fund to the Seller.
  The total paid under section 2 must not exceed 50 percent of the balance of the Fund in the life of this agreement;
    the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    for _ in range(3):
        deal.does("", "Seller: present a Call.")

    assert deal.got("Seller") == "USD 50.00"


def test_the_explanation_of_what_is_left_shows_the_limit_as_it_is_read() -> None:
    deal = with_hundred("Half")
    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")

    made = value_now(deal.agreement, deal.state, CapFigure("", NOWHERE, "remainder", "2"))

    assert made.notes == ("limit USD 50.00, used USD 30.00, remaining USD 20.00",)
    assert [child.value for child in made.children] == ["USD 50.00"]
