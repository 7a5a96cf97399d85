"""Who may do what, and under which provision."""

from tests.dsl.deals import opened


def test_a_declared_maker_needs_no_other_power() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Seller.')

    deal.does("", "Seller: present a Claim.")

    assert "only Seller" in deal.fails("", "Buyer: present a Claim.", "2")


def test_a_power_that_says_when_is_the_only_way() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  "Call" means an act, made by the Buyer.
  While a Call has been made, then the Seller may present a Claim.
"""
    )

    deal.fails("", "Seller: present a Claim.", "2")
    deal.does("", "Buyer: take a Call.")

    deal.does("", "Seller: present a Claim.")


def test_a_power_for_some_rows_is_none_for_the_others() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  "Approval" means a claim, made by the Buyer, about a Claim.
  "Approved" of a Claim means that an Approval about such Claim has been made.
  "Payout" means an act, made by the Seller, about a Claim.
  For each Claim which is Approved, the Seller may make a Payout about such Claim.
"""
    )
    for name in ("C-1", "C-2"):
        deal.does("", f'Seller: present the Claim "{name}".')
    deal.fails("", 'Seller: make a Payout about "C-1".', "2")

    deal.does("", 'Buyer: present an Approval about "C-1".')

    deal.does("", 'Seller: make a Payout about "C-1".')
    deal.fails("", 'Seller: make a Payout about "C-2".', "2")


def test_a_ban_prevails_over_what_is_declared() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  "Stop" means an act, made by the Buyer.
  While a Stop has been made, then the Seller must not present a Claim.
"""
    )
    deal.does("", 'Buyer: take the Stop "S".')

    assert "forbidden" in deal.fails("", "Seller: present a Claim.", "2")
    deal.does("", 'Buyer: withdraw the Stop "S".')

    deal.does("", "Seller: present a Claim.")


def test_a_person_does_what_the_agreement_lets_that_person_do_and_no_more() -> None:
    deal = opened(
        """
Clause 2 "People":
  "Ann" means a person acting for the Buyer.
  "Word" means an oral statement, made by Ann, addressed to the Agent.
  "Claim" means a claim, made by the Buyer.
"""
    )

    deal.does("", "Ann: state a Word.")

    deal.fails("", "Ann: present a Claim.", "2")
    deal.fails("", "Ann: deposit USD 5.00 into the Fund.", "1")
    deal.fails("", "Buyer: state a Word.", "2")


def test_a_hold_that_is_taken_suspends_what_yields_to_it() -> None:
    deal = opened(
        """
Clause 2 "Pay" subject to section 3 by suspension:
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Hold": The Agent may hold the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 9.00 into the Fund.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")

    deal.does("", "Agent: hold the Fund.")

    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.fails("", "Buyer: hold the Fund.", "3")


def test_a_refusal_cites_the_guard_where_nothing_allows_the_payment() -> None:
    deal = opened(
        """
Clause 2 "Guard": Nothing may leave the Fund except under section 3.
Clause 3 "Pay": The Agent may pay any amount to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 9.00 into the Fund.")

    deal.fails("", "Seller: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.fails("", "Agent: refund USD 1.00 to the Seller from the Fund.", "2")


def test_two_sections_that_both_allow_an_act_are_used_as_the_sum_asks() -> None:
    deal = opened(
        """
Clause 2 "Small": The Buyer must pay USD 1.00 to the Seller.
Clause 3 "Large": The Buyer must pay USD 100.00 to the Seller.
"""
    )

    assert deal.does("", "Buyer: pay USD 50.00 to the Seller.").section == "3"
    assert deal.does("", "Buyer: pay USD 1.00 to the Seller.").section == "2"
    assert (deal.status("2"), deal.status("3")) == ("fulfilled", "active")


FILTERED = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Ceiling" means an optional blank amount, filled by the Buyer.
  "Small" of a Bill means that the Amount of such Bill is at most the Ceiling.
  For each Bill which is Small, the Buyer must pay the Amount of such Bill to the Seller.
"""


def test_what_a_filter_leaves_out_is_told_with_its_figure() -> None:
    deal = opened(FILTERED)
    deal.does("", 'Seller: present the Bill "B-1" stating Amount as USD 5.00.')
    deal.does("", 'Seller: present the Bill "B-2" stating Amount as USD 9.00.')

    blank = deal.fails("", 'Buyer: pay USD 9.00 to the Seller about "B-2".', "2")
    deal.does("", "Buyer: fill the Ceiling with USD 7.00.")
    above = deal.fails("", 'Buyer: pay USD 9.00 to the Seller about "B-2".', "2")

    assert "Open: waits for the blank Ceiling" in blank
    assert '"B-2" is not one which is Small: USD 9.00 against USD 7.00' in above
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "B-1".')
