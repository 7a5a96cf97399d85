"""Which acts are accepted where the courses of a deal under each reading are not the same: what all of them allow."""

import pytest

from tests.dsl.deals import opened
from tests.dsl.test_worlds import AFTER, GO, SOON


@pytest.mark.parametrize("also", ["", "Buyer: choose Accepts for the Doubt."])
def test_an_end_that_is_held_up_under_every_reading_holds_up_no_act(also: str) -> None:
    """The End waits for the Seller's duty under one reading, for the Buyer's under the other."""
    deal = opened("""
Clause 2 "End" subject to section 3 by suspension:
  "Doubt" means an ambiguity "Who pays?" with readings Accepts and Rejects, settled by the Buyer.
  "Later" means a claim, made by the Buyer.
  When a Later has been made, then this agreement terminates.
Clause 3 "Above":
  While the Doubt is read as Accepts, then the Seller must pay USD 7.00 to the Buyer.
  While the Doubt is read as Rejects, then the Buyer must pay USD 5.00 to the Seller.
""")
    deal.does(GO, "Buyer: make the Later.")
    if also:
        deal.does(SOON, also)

    assert deal.asks("this agreement has terminated.") == "false"
    deal.does("12:00 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    assert deal.holds() == "USD 100.00"


FEE = """
Clause 2 "Fee":
  "Doubt" means an ambiguity "How high is the fee?" with readings Accepts and Rejects, settled by the Buyer.
  "Fee" means USD 10.00 where the Doubt is read as Accepts, otherwise USD 20.00.
  "Go" means a claim, made by the Buyer.
  {fee}
"""


CAPPED = """The total paid under section 2 must not exceed the Fee in the life of this agreement.
  The Agent may pay any amount to the Buyer from the Fund."""


@pytest.mark.parametrize("fee", [CAPPED, "The Agent may pay the Fee to the Buyer from the Fund."])
def test_what_fits_under_every_reading_of_a_limit_can_be_paid(fee: str) -> None:
    """The limit is 10 or 20 dollars: 5 can be paid, 15 may be too much, and 25 are too much in any case."""
    deal = opened(FEE.format(fee=fee))
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does(GO, "Agent: pay USD 5.00 to the Buyer from the Fund.")
    told = [
        deal.fails("", f"Agent: pay USD {amount} to the Buyer from the Fund.", "2") for amount in ("15.00", "25.00")
    ]
    assert ["waits for the reading of Doubt" in each for each in told] == [True, False]
    assert all(left in told[1] for left in ("than the USD 5.00", "than the USD 15.00"))
    assert deal.holds() == "USD 95.00"


WALKAWAY = """"Walkaway" means an act.
  The Buyer must pay the Fee to the Seller by 2 September 2005, failing which the Seller may take a Walkaway."""


def test_what_follows_from_a_failing_under_every_reading_can_be_done() -> None:
    """Whether the Fee is 10 or 20 dollars, it has not been paid in time."""
    deal = opened(FEE.format(fee=WALKAWAY))
    deal.passes(AFTER)

    deal.does("", "Seller: take the Walkaway.")
