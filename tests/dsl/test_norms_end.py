"""How norms end otherwise than by performance: breach, discharge, termination, withdrawal and waiver."""

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

    assert deal.status("2") == "active, breached"
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("2") == "active, fulfilled late"


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
