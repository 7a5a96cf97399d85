"""A duty that a cap on each calendar year has excused is owed again with the first moment of the next year."""

import pytest

from tests.dsl.deals import Deal, at, opened

CAPPED = """
Clause 2 "Costs":
  "Stop" means a claim, made by the Seller.
  "Cost" means a claim, made by the Seller, stating Amount as amount.
  For each Cost, when such Cost has been made, then the Buyer must pay the Amount of such Cost to the Seller.
Clause 3 "Fee":
  {trigger}the Buyer must pay USD 50.00 to the Agent within 30 calendar days.
Clause 4 "Cap":
  The total paid under sections 2 and 3 must not exceed USD 100.00 in each calendar year; the excess is not payable.
"""


def used_up(trigger: str, cost: int) -> Deal:
    deal = opened(CAPPED.format(trigger=trigger))
    deal.does("10:00 on 1 September 2005", f'Seller: make the Cost "A" stating Amount as USD {cost}.00.')
    return deal


@pytest.mark.parametrize("trigger", ["", "While no Stop has been made, then "])
def test_an_excused_fee_is_owed_from_new_year_on_whoever_looks_when(trigger: str) -> None:
    """From 1 January its thirty days run anew, to 31 January."""
    deal = used_up(trigger, 100)
    deal.does("10:00 on 2 September 2005", 'Buyer: pay USD 100.00 to the Seller about "A".')
    excused = deal.status("3")

    deal.passes("10:00 on 10 January 2006")

    assert (excused, deal.status("3")) == ("excused", "active")
    (norm,) = (each for each in deal.state.norms.values() if each.status == "active" and each.due is not None)
    assert norm.since == at(deal.agreement, "00:00 on 1 January 2006")
    assert deal.asks("the deadline of section 3 is equal to 31 January 2006.") == "true"
    deal.does("", "Buyer: pay USD 50.00 to the Agent.")
    assert deal.status("3") == "fulfilled"


def test_the_rest_of_a_fee_that_was_paid_in_part_is_owed_from_new_year_on() -> None:
    deal = used_up("", 80)
    deal.does("10:00 on 2 September 2005", 'Buyer: pay USD 80.00 to the Seller about "A".')
    deal.does("10:00 on 3 September 2005", "Buyer: pay USD 50.00 to the Agent.")
    paid = deal.got("Agent"), deal.status("3")

    deal.passes("10:00 on 10 January 2006")

    assert (paid, deal.status("3")) == (("USD 20.00", "fulfilled"), "active")
    deal.fails("", "Buyer: pay USD 30.01 to the Agent.", "3")
    deal.does("", "Buyer: pay USD 30.00 to the Agent.")
    assert (deal.got("Agent"), deal.status("3")) == ("USD 50.00", "fulfilled")


def test_what_arose_by_when_and_was_excused_has_fallen_away() -> None:
    deal = used_up("", 100)
    deal.does("10:00 on 2 September 2005", 'Buyer: pay USD 100.00 to the Seller about "A".')
    deal.does("10:00 on 3 September 2005", 'Seller: make the Cost "B" stating Amount as USD 5.00.')

    deal.passes("10:00 on 10 January 2006")

    assert deal.status("2", "B") == "excused"
