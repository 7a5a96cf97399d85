"""What duties have come to, asked as a condition: performed, fulfilled late, and for which row."""

import pytest

from tests.dsl.deals import opened


def test_a_section_is_performed_when_its_duty_is() -> None:
    deal = opened(
        """
Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller within 3 calendar days.
Clause 3 "Draw": The Agent may pay any amount to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    assert deal.asks("section 2 has been performed.") == "pending"
    assert deal.asks("section 3 has been exercised.") == "pending"
    assert deal.asks("section 2 is active.") == "true"
    assert deal.asks("the deadline of section 2 is equal to 4 September 2005.") == "true"

    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    deal.does("", "Agent: pay USD 5.00 to the Seller from the Fund.")

    assert deal.asks("section 2 has been performed.") == "true"
    assert deal.asks("section 3 has been exercised.") == "true"
    assert deal.asks("section 2 is fulfilled.") == "true"
    assert deal.asks("section 2 is active.") == "false"


def test_a_duty_fulfilled_late_is_fulfilled_and_no_longer_overdue() -> None:
    deal = opened('Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller within 3 calendar days.')

    deal.does("09:00 on 9 September 2005", "Buyer: pay USD 5.00 to the Seller.")

    assert deal.asks("section 2 is fulfilled.") == "true"
    assert deal.asks("section 2 is overdue.") == "false"


def test_a_section_with_one_duty_in_time_and_one_late_is_fulfilled_late() -> None:
    deal = opened(
        """
Clause 2 "Fees":
  The Buyer must pay USD 5.00 to the Seller within 3 calendar days.
  The Buyer must pay USD 7.00 to the Agent within 3 calendar days.
"""
    )
    deal.does("10:00 on 2 September 2005", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.asks("section 2 is fulfilled late.") == "false"
    deal.does("00:00 on 5 September 2005", "Buyer: pay USD 7.00 to the Agent.")

    assert deal.asks("section 2 is fulfilled.") == "true"
    assert deal.asks("section 2 is fulfilled late.") == "true"


def test_performance_for_one_row_is_none_for_another() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  For each Claim, when such Claim has been made, then the Buyer must pay USD 5.00 to the Seller within 3 calendar days.
"""
    )
    deal.does("", 'Seller: present the Claim "C-1".')
    deal.does("10:00 on 2 September 2005", 'Seller: present the Claim "C-2".')

    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C-2".')

    assert deal.asks('section 2 has been performed for "C-2".') == "true"
    assert deal.asks('section 2 has been performed for "C-1".') == "pending"
    assert deal.asks('the deadline of section 2 for "C-2" is equal to 5 September 2005.') == "true"
    assert deal.asks('section 2 is active for "C-1".') == "true"


def test_a_balance_that_is_short_waits_for_who_can_deposit() -> None:
    deal = opened("")

    reason = deal.why("the balance of the Fund is at least USD 5.00.")

    assert reason.truth.value == "pending"
    assert reason.waits[0].text == "Buyer can deposit into the Fund"
    assert deal.asks("the balance of the Fund is less than USD 5.00.") == "true"


def test_a_section_that_is_not_fulfilled_is_told_so() -> None:
    deal = opened('Clause 2 "Fee": The Buyer must pay USD 5.00 to the Seller within 3 calendar days.')
    assert deal.asks("section 2 is not fulfilled.") == "true"
    assert deal.asks("section 2 is not active.") == "false"

    deal.does("", "Buyer: pay USD 5.00 to the Seller.")

    assert deal.asks("section 2 is not fulfilled.") == "false"
    assert deal.asks("section 2 is not active.") == "true"


@pytest.mark.parametrize("named", [' "L"', ""])
def test_a_power_used_by_a_second_signature_is_unused_once_the_paper_is_withdrawn(named: str) -> None:
    deal = opened(
        """
Clause 2 "Letter":
  "Letter" means a writing, signed by the Buyer, the Seller and the Agent.

Clause 3 "Power":
  The Seller may make a Letter.
"""
    )
    deal.does("", f"Buyer: sign the Letter{named}.")
    deal.does("", f"Seller: sign the Letter{named}.")
    used = deal.asks("section 3 has been exercised.")
    deal.does("", f"Seller: withdraw the Letter{named}.")

    assert (used, deal.asks("section 3 has been exercised.")) == ("true", "pending")
