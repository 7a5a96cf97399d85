"""How norms end otherwise than by performance: breach, discharge, termination, withdrawal and waiver."""

import pytest

from tests.dsl.deals import opened


def test_a_breach_that_somebody_asserts_takes_no_power_away() -> None:
    deal = opened(
        """
Clause 2 "Pay":
  The Agent may pay any amount to the Seller from the Fund.
  The Buyer must pay USD 5.00 to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.does("", "Seller: assert breach of section 2.")

    assert deal.status("2") == "active, active"
    assert deal.asks("section 2 is said to be breached.") == "true"
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("2") == "active, fulfilled"
    assert deal.asks("section 2 is said to be breached.") == "false"


OVERDUE = """
Clause 2 "Pay" subject to section 3 by suspension while the Halted applies:
  The Buyer must pay USD 5.00 to the Seller by 2 September 2005.
Clause 3 "Halt":
  "Halt" means a claim, made by the Agent.
  "Halted" means that a Halt has been made.
"""


def test_the_word_of_one_party_does_not_hide_that_a_duty_is_overdue() -> None:
    deal = opened(OVERDUE)
    deal.passes("09:00 on 3 September 2005")

    deal.does("", "Seller: assert breach of section 2.")

    assert deal.status("2") == "overdue"
    assert deal.asks("section 2 is overdue.") == "true"
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("2") == "fulfilled late"


def test_what_is_said_to_be_breached_can_still_be_suspended() -> None:
    deal = opened(OVERDUE)
    deal.does("", "Seller: assert breach of section 2.")

    deal.does("", 'Agent: present the Halt "H".')

    assert deal.status("2") == "suspended"
    assert deal.asks("section 2 is said to be breached.") == "true"
    deal.does("", 'Agent: withdraw the Halt "H".')
    assert deal.status("2") == "active"


def test_a_party_asserts_one_breach_once_and_another_party_may_agree() -> None:
    deal = opened(OVERDUE)
    deal.does("", "Seller: assert breach of section 2.")

    assert "has said so already" in deal.fails("", "Seller: assert breach of section 2.", "2")
    deal.does("", "Agent: assert breach of section 2.")

    assert "by Seller and Agent" in deal.why("section 2 is said to be breached.").note


def test_one_of_two_who_is_discharged_leaves_the_other_bound() -> None:
    deal = opened(
        """
Clause 2 "Fee": The Buyer and the Seller jointly and severally must pay USD 10.00 to the Agent.
Clause 3 "Freedom":
  "Farewell" means an act, made by the Agent.
  "Second Farewell" means an act, made by the Agent.
  When a Farewell has been made, then the Buyer is discharged.
  When a Second Farewell has been made, then the Seller is discharged.
"""
    )

    deal.does("", "Agent: take a Farewell.")
    assert deal.status("2") == "active"
    deal.does("", "Agent: take a Second Farewell.")

    assert deal.status("2") == "discharged"


def test_a_duty_of_somebody_discharged_does_not_begin() -> None:
    deal = opened(
        """
Clause 2 "Freedom":
  "Farewell" means an act, made by the Agent.
  When a Farewell has been made, then the Buyer is discharged.
Clause 3 "Fee":
  "Call" means an act, made by the Seller.
  When a Call has been made, then the Buyer must pay USD 10.00 to the Seller.
"""
    )
    deal.does("", "Agent: take a Farewell.")

    deal.does("", "Seller: take a Call.")

    assert deal.status("3") == "discharged"


def test_termination_ends_what_does_not_survive() -> None:
    deal = opened(
        """
Clause 2 "Fee": The Buyer must pay USD 10.00 to the Seller.
Clause 3 "Costs": The Buyer must pay USD 20.00 to the Agent.
Clause 4 "End":
  "Goodbye" means an act, made by the Seller.
  When a Goodbye has been made, then this agreement terminates.
  Section 3 survives.
"""
    )

    deal.does("", "Seller: take a Goodbye.")

    assert (deal.status("2"), deal.status("3")) == ("discharged", "active")
    deal.fails("", "Buyer: pay USD 10.00 to the Seller.", "4")
    deal.fails("", "Seller: take a Goodbye.")
    deal.does("", "Buyer: pay USD 20.00 to the Agent.")


def test_a_withdrawn_claim_is_no_longer_owed() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
  For each Claim, when 10 September 2005 has come, then USD 5.00 passes from the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')

    deal.does("", 'Seller: withdraw the Claim "C".')
    deal.passes("09:00 on 12 September 2005")

    assert deal.status("2", "C") == "superseded"
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C".', "2, first sentence")
    assert deal.holds() == "USD 50.00"


def test_a_withdrawal_can_itself_have_consequences() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  For each Claim, when such Claim has been withdrawn, then the Seller must pay USD 1.00 to the Buyer.
"""
    )
    deal.does("", 'Seller: present the Claim "C".')
    assert deal.status("2", "C") == "dormant"

    deal.does("", 'Seller: withdraw the Claim "C".')

    assert deal.status("2", "C") == "active"


def test_a_duty_that_is_waived_is_no_longer_owed() -> None:
    deal = opened(
        """
Clause 2 "Waivers":
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
Clause 3 "Fee":
  The Buyer must pay USD 10.00 to the Seller within 3 calendar days.
  Section 3 protects the Seller.
"""
    )

    deal.does("", "Seller: give a Waiver stating Requirement as section 3.")
    deal.passes("09:00 on 9 September 2005")

    assert deal.status("3") == "waived"


def test_what_needs_no_signature_is_delivered_as_it_is_made() -> None:
    deal = opened(
        """
Clause 2 "Orders":
  "Order" means a writing, made by the Buyer, addressed to the Agent.
  The Buyer must deliver an Order to the Agent within 3 calendar days.
"""
    )

    deal.does("", "Buyer: present an Order.")

    assert deal.status("2") == "fulfilled"


def test_a_figure_that_was_owed_once_is_not_owed_again_when_its_condition_returns() -> None:
    deal = opened(
        """
Clause 2 "Fee":
  "Call" means a claim, made by the Seller.
  While a Call has been made, then the Buyer must pay USD 10.00 to the Seller.
Clause 3 "Level":
  While a Call has been made, then the Agent must pay the balance of the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("", 'Seller: present the Call "C-1".')
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")
    deal.does("", "Agent: pay USD 7.00 to the Seller from the Fund.")
    assert (deal.status("2"), deal.status("3")) == ("fulfilled", "fulfilled")
    deal.does("", 'Seller: withdraw the Call "C-1".')

    deal.does("", "Buyer: deposit USD 3.00 into the Fund.")
    deal.does("", 'Seller: present the Call "C-2".')

    assert (deal.status("2"), deal.status("3")) == ("fulfilled", "active")
    deal.fails("", "Buyer: pay USD 10.00 to the Seller.", "2")
    deal.does("", "Agent: pay USD 3.00 to the Seller from the Fund.")


def test_a_duty_of_which_a_breach_was_asserted_ends_with_the_agreement() -> None:
    deal = opened(
        """
Clause 2 "Pay":
  The Agent must pay USD 10.00 to the Seller from the Fund promptly.

Clause 3 "End":
  "Stop" means a claim, made by the Buyer.
  When a Stop has been made, then this agreement terminates.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Buyer: assert a breach of section 2.")
    deal.does("", "Buyer: make the Stop.")

    deal.fails("", "Agent: pay USD 10.00 to the Seller from the Fund.", "3")

    assert deal.status("2") == "discharged"


@pytest.mark.parametrize(
    ("ending", "due"),
    [
        ("When 8 September 2005 has passed, then this agreement terminates.", "12 September 2005"),
        ("The Seller must make a Report by 8 September 2005, failing which this agreement terminates.", "12 September 2005"),  # noqa: E501
        ("When a Stop has been made, then this agreement terminates.", "13 September 2005"),
    ],
)  # fmt: skip
def test_what_follows_an_end_that_came_with_the_end_of_a_day_is_counted_from_that_day(ending: str, due: str) -> None:
    """Two business days after Thursday 8 September are the 9th and the 12th; after an act on the 9th, 12th and 13th."""
    deal = opened(
        f"""
Clause 2 "End":
  "Stop" means a claim, made by the Buyer.
  "Report" means a claim, made by the Seller.
  {ending}

Clause 3 "Return":
  When this agreement has terminated, then the Buyer must pay USD 5.00 to the Seller within 2 business days.
  Section 3 survives.
"""
    )

    deal.passes("00:00 on 9 September 2005")
    deal.does("10:00 on 9 September 2005", "Buyer: present the Stop.") if "Stop" in ending else None

    assert deal.asks(f"the deadline of section 3 is equal to {due}.") == "true"
