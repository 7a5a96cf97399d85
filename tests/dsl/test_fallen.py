"""What happened by itself stays when its ground is withdrawn, and that it stays is told."""

import pytest

from dsl.engine import explain, in_force
from dsl.explain import render_reason
from dsl.fallen import divergences
from tests.dsl.deals import Deal, opened

GROUNDS = """
Clause 2 "Grounds":
  "Approval" means a claim, made by the Buyer.
  "Closing" means an event.
Clause 3 "Pass":
  When an Approval has been made and the balance of the Fund is at least USD 5.00,
    then USD 5.00 passes from the Fund to the Seller.
Clause 4 "Closing":
  When an Approval has been made, then a Closing occurs.
Clause 5 "Once":
  "Note" means an event.
  "Quiet" means that no Note has been made.
  When an Approval has been made and Quiet applies, then a Note occurs.
Clause 6 "Each":
  For each Approval, when such Approval has been made, then USD 1.00 passes from the Fund to the Seller.
Clause 7 "Who":
  When an Approval has been made, then "New Trust" becomes the Agent.
Clause 8 "Much":
  When an Approval has been made and the balance of the Fund is at least USD 500.00,
    then USD 500.00 passes from the Fund to the Seller.
"""


def told(deal: Deal, section: str = "") -> list[str]:
    found = divergences(in_force(deal.agreement, deal.state), deal.state)
    return [each.text for each in found if section in ("", each.then)]


def grounded(text: str = GROUNDS) -> Deal:
    deal = opened(text)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Approval "A".')
    return deal


RESTED = ['what was done stays, though it rested on "A", which has been withdrawn since']


@pytest.mark.parametrize("section", ["3", "4", "5", "6", "7"])
def test_what_was_done_on_a_ground_that_is_withdrawn_stays_and_is_told(section: str) -> None:
    """Of the USD 7.00 five and one have passed; the Closing has occurred, and the agent is another."""
    deal = grounded()
    before = told(deal)

    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Approval "A".')

    assert (before, told(deal, section)) == ([], RESTED)
    assert deal.holds() == "USD 1.00"
    assert deal.asks("the number of Closings is equal to 1.") == "true"
    assert deal.state.fillers["Agent"] == "New Trust"
    law = in_force(deal.agreement, deal.state)
    assert RESTED[0] in render_reason(explain(law, deal.state, section))


def test_what_did_not_happen_does_not_rest_on_what_was_withdrawn() -> None:
    deal = grounded()

    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Approval "A".')

    assert told(deal, "8") == []


def test_what_rests_on_another_ground_as_well_has_not_lost_it() -> None:
    """The money that has passed is gone, so the condition does not hold now; but one Approval still stands."""
    deal = opened(GROUNDS)
    deal.does("10:00 on 1 September 2005", 'Buyer: make the Approval "A".')
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Approval "B".')
    deal.does("10:00 on 3 September 2005", "Buyer: deposit USD 6.00 into the Fund.")

    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Approval "A".')
    one = told(deal, "3")
    deal.does("10:00 on 5 September 2005", 'Buyer: withdraw the Approval "B".')

    assert one == []
    assert told(deal, "3") == ['what was done stays, though it rested on "A" and "B", which have been withdrawn since']


def test_a_ground_that_comes_again_is_a_ground() -> None:
    deal = grounded()
    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Approval "A".')

    deal.does("10:00 on 4 September 2005", 'Buyer: make the Approval "B".')

    assert told(deal, "4") == []


def test_what_was_withdrawn_before_is_no_ground() -> None:
    deal = opened(GROUNDS)
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Approval "Z".')
    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Approval "Z".')
    deal.does("10:00 on 4 September 2005", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("10:00 on 5 September 2005", 'Buyer: make the Approval "A".')

    assert told(deal, "3") == []


SHARED = """
Clause 2 "Grounds":
  "Approval" means a claim, made by the Buyer.
Clause 3 "First":
  When an Approval has been made and the balance of the Fund is at least USD 5.00,
    then USD 3.00 passes from the Fund to the Seller.
Clause 4 "Then":
  When an Approval has been made and the balance of the Fund is less than USD 5.00,
    then USD 4.00 passes from the Fund to the Seller.
"""


def test_where_it_cannot_be_known_what_it_rested_on_what_its_condition_spoke_of_is_told() -> None:
    """The second payment takes away what the first needed, at the same instant, so that first cannot be asked again."""
    deal = grounded(SHARED)

    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Approval "A".')

    assert told(deal, "3") == ['what was done stays, though its condition spoke of "A", which has been withdrawn since']
    assert told(deal, "4") == RESTED


REPEATED = """
Clause 2 "Grounds":
  "Approval" means a claim, made by the Buyer.
Clause 3 "Each time":
  While an Approval has been made, then USD 2.00 passes from the Fund to the Seller.
"""


def test_what_happens_each_time_its_condition_comes_is_told_as_well() -> None:
    deal = grounded(REPEATED)

    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Approval "A".')

    assert deal.holds() == "USD 5.00"
    assert told(deal, "3") == RESTED
