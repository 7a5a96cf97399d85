"""Money: deposits and excess, payments and what is left of them, caps, movements, percentages and two currencies."""

import pytest

from dsl.events import Malformed
from tests.dsl.deals import HEAD, opened

CLAIMS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
"""


# -------------------------------------------------------------------- deposits


def test_what_goes_beyond_the_purpose_of_a_fund_is_kept_apart() -> None:
    deal = opened(
        """
Clause 2 "Price":
  "Price" means USD 100.00.
  "Pot" means a fund in USD, held by the Agent, for the Price.
  The Buyer must deposit the Price into the Pot.
"""
    )

    deal.does("", "Buyer: deposit USD 60.00 into the Pot.")
    assert deal.status("2") == "active"
    deal.does("", "Buyer: deposit USD 55.00 into the Pot.")

    assert deal.status("2") == "fulfilled"
    assert (deal.holds("Pot"), deal.holds("Pot", "excess")) == ("USD 100.00", "USD 15.00")
    assert deal.asks("the excess of the Pot is equal to USD 15.00.") == "true"


def test_interest_is_kept_apart() -> None:
    deal = opened('Clause 2 "Interest": The Agent may credit any amount to the Fund.')

    deal.does("", "Agent: credit USD 0.07 to the Fund.")

    assert (deal.holds(), deal.holds(purpose="interest")) == ("USD 0.00", "USD 0.07")
    assert deal.asks("the interest of the Fund is equal to USD 0.07.") == "true"


@pytest.mark.parametrize("words", ["deposit EUR 5.00 into the Fund", "deposit USD 0.00 into the Fund"])
def test_a_deposit_that_is_none_is_not_understood(words: str) -> None:
    deal = opened("")

    answer = deal.tries("", f"Buyer: {words}.")

    assert type(answer).__name__ == "Malformed"


# -------------------------------------------------------------------- payments


def test_nobody_pays_more_than_a_claim_is_for() -> None:
    deal = opened(CLAIMS)
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 100.00.')

    deal.does("", 'Buyer: pay USD 70.00 to the Seller about "C".')
    assert deal.status("2", "C") == "active"
    deal.fails("", 'Buyer: pay USD 30.01 to the Seller about "C".', "2")
    deal.does("", 'Buyer: pay USD 30.00 to the Seller about "C".')

    assert deal.status("2", "C") == "fulfilled"
    deal.fails("", 'Buyer: pay USD 1.00 to the Seller about "C".', "2")


def test_a_payment_says_about_which_of_two_claims() -> None:
    deal = opened(CLAIMS)
    for name in ("C-1", "C-2"):
        deal.does("", f'Seller: present the Claim "{name}" stating Amount as USD 5.00.')

    answer = deal.tries("", "Buyer: pay USD 5.00 to the Seller.")
    assert answer == Malformed(('Say about which: "C-1", "C-2".',))
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C-2".')

    assert (deal.status("2", "C-1"), deal.status("2", "C-2")) == ("active", "fulfilled")


def test_a_power_to_pay_a_sum_pays_that_sum_once() -> None:
    deal = opened('Clause 2 "Draw": The Agent may pay USD 100.00 to the Seller from the Fund.')
    deal.does("", "Buyer: deposit USD 500.00 into the Fund.")

    deal.fails("", "Agent: pay USD 100.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 40.00 to the Seller from the Fund.")
    deal.does("", "Agent: pay USD 60.00 to the Seller from the Fund.")
    deal.fails("", "Agent: pay USD 0.01 to the Seller from the Fund.", "2")

    assert deal.got("Seller") == "USD 100.00"


def test_a_payment_counts_for_the_duty_whose_sum_it_is() -> None:
    deal = opened(
        'Clause 2 "Fees": The Buyer must pay USD 10.00 to the Agent. The Buyer must pay USD 20.00 to the Agent.'
    )

    deal.does("", "Buyer: pay USD 20.00 to the Agent.")

    assert deal.status("2") == "active, fulfilled"


def test_the_balance_is_paid_when_nothing_is_left() -> None:
    deal = opened(
        """
Clause 2 "All":
  "Call" means an act, made by the Buyer.
  When a Call has been made, then the Agent must pay the balance of the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 120.00 into the Fund.")
    deal.does("", "Buyer: take a Call.")

    deal.does("", "Agent: pay USD 50.00 to the Seller from the Fund.")
    deal.does("", "Agent: pay USD 20.00 to the Seller from the Fund.")
    assert deal.status("2") == "active"
    deal.does("", "Agent: pay USD 50.00 to the Seller from the Fund.")

    assert deal.status("2") == "fulfilled"


def test_a_fund_pays_no_more_than_it_holds() -> None:
    deal = opened('Clause 2 "Draw": The Agent may pay any amount to the Seller from the Fund.')
    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")

    assert "holds USD 10.00" in deal.fails("", "Agent: pay USD 10.01 to the Seller from the Fund.")


def test_only_the_sections_a_guard_names_let_money_out() -> None:
    deal = opened(
        """
Clause 2 "Guard": Nothing may leave the Fund except under section 3.
Clause 3 "Right": The Agent may pay any amount to the Seller from the Fund.
Clause 4 "Wrong":
  "Call" means an act, made by the Buyer.
  The Agent may pay any amount to the Buyer from the Fund.
  When a Call has been made, then USD 5.00 passes from the Fund to the Buyer.
"""
    )
    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")

    deal.fails("", "Agent: pay USD 1.00 to the Buyer from the Fund.", "2")
    deal.does("", "Buyer: take a Call.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")

    assert deal.holds() == "USD 9.00"
    assert any("forbids" in change.text for change in deal.state.changes)


# ------------------------------------------------------------------------ caps

CAP = (
    CLAIMS
    + """
Clause 3 "Cap": The total paid under section 2 must not exceed USD 100.00 in {period}{excess}.
"""
)
FOR_LIFE = "the life of this agreement"


def test_a_cap_pays_up_to_the_rest_where_the_excess_is_not_payable() -> None:
    deal = opened(CAP.format(period=FOR_LIFE, excess="; the excess is not payable"))
    deal.does("", 'Seller: present the Claim "C-1" stating Amount as USD 80.00.')
    deal.does("", 'Seller: present the Claim "C-2" stating Amount as USD 50.00.')
    deal.does("", 'Buyer: pay USD 80.00 to the Seller about "C-1".')

    paid = deal.does("", 'Buyer: pay USD 50.00 to the Seller about "C-2".')

    assert deal.got("Seller") == "USD 100.00"
    assert "USD 30.00 of USD 50.00 is not payable" in paid.note
    assert deal.status("2", "C-2") == "fulfilled"
    assert deal.asks("the remainder under section 2 is equal to USD 0.00.") == "true"
    assert deal.asks("the excess under section 2 is equal to USD 30.00.") == "true"
    assert deal.asks("the limit under section 2 is equal to USD 100.00.") == "true"
    assert deal.asks("the amount paid under section 2 is equal to USD 100.00.") == "true"


def test_a_fund_that_holds_no_more_than_the_cap_leaves_pays_up_to_the_rest() -> None:
    deal = opened("""
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made,
    then the Agent must pay the Amount of such Claim to the Seller from the Fund.
  The total paid under section 2 must not exceed USD 100.00 in the life of this agreement; the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 99.99 into the Fund.")
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 130.00.')

    short = deal.fails("", 'Agent: pay USD 130.00 to the Seller from the Fund about "C".', "2")
    deal.does("", "Buyer: deposit USD 0.01 into the Fund.")
    deal.does("", 'Agent: pay USD 130.00 to the Seller from the Fund about "C".')

    assert "holds USD 99.99, which is less than USD 100.00" in short
    assert (deal.got("Seller"), deal.holds(), deal.status("2", "C")) == ("USD 100.00", "USD 0.00", "fulfilled")


def test_a_cap_refuses_what_is_too_much_where_nothing_is_said_of_the_excess() -> None:
    deal = opened(CAP.format(period=FOR_LIFE, excess=""))
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 101.00.')

    deal.fails("", 'Buyer: pay USD 101.00 to the Seller about "C".', "3")
    deal.does("", 'Buyer: pay USD 100.00 to the Seller about "C".')

    assert deal.got("Seller") == "USD 100.00"


def test_a_yearly_cap_begins_again_with_the_year_of_the_zone() -> None:
    deal = opened(CAP.format(period="each calendar year", excess=""))
    deal.does("", 'Seller: present the Claim "C-1" stating Amount as USD 100.00.')
    deal.does("", 'Seller: present the Claim "C-2" stating Amount as USD 100.00.')
    deal.does("", 'Buyer: pay USD 100.00 to the Seller about "C-1".')

    deal.fails("23:59 on 31 December 2005", 'Buyer: pay USD 1.00 to the Seller about "C-2".', "3")
    deal.does("00:00 on 1 January 2006", 'Buyer: pay USD 100.00 to the Seller about "C-2".')


def test_a_figure_of_a_yearly_cap_that_has_a_name_begins_again_with_the_year_too() -> None:
    deal = opened(
        CAP.format(period="each calendar year", excess="") + 'Clause 4: "Left" means the remainder under section 2.'
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 80.00.')
    deal.does("", 'Buyer: pay USD 80.00 to the Seller about "C".')

    deal.passes("23:59 on 31 December 2005")
    assert deal.figure("the Left") == "USD 20.00"

    deal.passes("00:00 on 1 January 2006")
    assert deal.figure("the Left") == "USD 100.00"


def test_a_claim_after_the_cap_is_used_up_is_excused() -> None:
    deal = opened(CAP.format(period=FOR_LIFE, excess="; the excess is not payable"))
    deal.does("", 'Seller: present the Claim "C-1" stating Amount as USD 100.00.')
    deal.does("", 'Buyer: pay USD 100.00 to the Seller about "C-1".')

    deal.does("", 'Seller: present the Claim "C-2" stating Amount as USD 5.00.')

    assert deal.status("2", "C-2") == "excused"
    assert "USD 0.00 of USD 100.00 is left" in deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C-2".')


@pytest.mark.parametrize(("excess", "passed"), [("; the excess is not payable", "USD 20.00"), ("", "USD 12.00")])
def test_money_that_passes_by_itself_stops_at_the_cap(excess: str, passed: str) -> None:
    deal = opened(
        f"""
Clause 2 "Fees":
  "Call" means an act, made by the Buyer.
  For each Call, when such Call has been made, then USD 12.00 passes from the Fund to the Seller.
Clause 3 "Cap": The total paid under section 2 must not exceed USD 20.00 in the life of this agreement{excess}.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    for _ in range(3):
        deal.does("", "Buyer: take a Call.")

    assert deal.got("Seller") == passed


def test_a_cap_counts_its_own_currency() -> None:
    deal = opened(
        """
Clause 2 "Euros":
  "Euro Fund" means a fund in EUR, held by the Agent.
  The Buyer may deposit any amount into the Euro Fund.
Clause 3 "Out":
  The Agent may pay any amount to the Seller from the Euro Fund.
  The Agent may pay any amount to the Seller from the Fund.
  The total paid under section 3 must not exceed USD 100.00 in the life of this agreement.
"""
    )
    deal.does("", "Buyer: deposit EUR 120.00 into the Euro Fund.")
    deal.does("", "Buyer: deposit USD 120.00 into the Fund.")

    deal.does("", "Agent: pay EUR 90.00 to the Seller from the Euro Fund.")
    deal.does("", "Agent: pay USD 90.00 to the Seller from the Fund.")
    deal.fails("", "Agent: pay USD 10.01 to the Seller from the Fund.")

    assert (deal.got("Seller"), deal.got("Seller", "EUR")) == ("USD 90.00", "EUR 90.00")
    assert (deal.holds("Euro Fund", unit="EUR"), deal.holds()) == ("EUR 30.00", "USD 30.00")


def test_a_cap_leaves_out_the_sections_it_excludes() -> None:
    deal = opened(
        """
Clause 2 "Costs": This section is interpretive.
Clause 2(a) "Capped": The Buyer may pay any amount to the Seller.
Clause 2(b) "Not capped": The Buyer may pay any amount to the Agent.
Clause 3 "Cap":
  The total paid under section 2 must not exceed USD 10.00 in the life of this agreement, excluding section 2(b).
"""
    )

    deal.does("", "Buyer: pay USD 50.00 to the Agent.")
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")
    deal.fails("", "Buyer: pay USD 0.01 to the Seller.", "3")


# ----------------------------------------------------- movements and percentages


def test_every_payment_into_a_fund_is_a_row() -> None:
    deal = opened(
        """
Clause 2 "Fee":
  "Payment" means a movement, into the Fund.
  For each Payment, when such Payment has been made, then 2.5 percent of the Amount of such Payment passes from the Fund
    to the Agent.
"""
    )

    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Buyer: deposit USD 0.20 into the Fund.")

    # 2.5 percent of 20 cents is half a cent, which is rounded up.
    assert deal.got("Agent") == "USD 2.51"
    assert deal.asks("the number of Payment is equal to 2.") == "true"
    assert deal.asks("the sum of the Amount of every Payment is equal to USD 100.20.") == "true"
    assert deal.asks("the Maker of the latest Payment is the Buyer.") == "true"


def test_money_that_is_not_there_does_not_pass() -> None:
    deal = opened(
        """
Clause 2 "Fee":
  "Call" means an act, made by the Buyer.
  When a Call has been made, then USD 12.00 passes from the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    deal.does("", "Buyer: take a Call.")

    assert deal.holds() == "USD 5.00"
    assert any("cannot pass" in change.text for change in deal.state.changes)


def test_money_passes_between_funds() -> None:
    deal = opened(
        """
Clause 2 "Reserve":
  "Reserve" means a fund in USD, held by the Agent.
  "Call" means an act, made by the Buyer.
  When a Call has been made, then 33 percent of the balance of the Fund passes from the Fund to the Reserve.
"""
    )
    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")

    deal.does("", "Buyer: take a Call.")

    assert (deal.holds(), deal.holds("Reserve")) == ("USD 6.70", "USD 3.30")


def test_the_heading_of_these_tests_is_a_deal_of_its_own() -> None:
    assert opened("", HEAD).holds() == "USD 0.00"


BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, the Buyer must pay the Amount of such Bill to the Seller.
Clause 3 "Fee": The Buyer must pay USD 30.00 to the Seller.
"""


@pytest.mark.parametrize(("amount", "about", "paid"), [("10.00", "", "active"), ("20.00", ' about "B"', "fulfilled")])
def test_a_payment_for_a_bill_or_for_a_fee_says_under_which_section(amount: str, about: str, paid: str) -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 20.00.')

    answer = deal.tries("", f"Buyer: pay USD {amount} to the Seller{about}.")
    assert answer == Malformed(("Say under which section: 2 or 3.",), ("2", "3"))
    deal.does("", f"Buyer: pay USD {amount} to the Seller{about} under section 2.")

    assert (deal.status("2", "B"), deal.status("3")) == (paid, "active")


def test_nothing_is_deposited_while_it_is_open_how_much_the_fund_is_for() -> None:
    deal = opened(
        """
Clause 2 "Pot":
  "Target" means an optional blank amount of USD, filled by the Buyer.
  "Pot" means a fund in USD, held by the Agent, for the Target.
  The Buyer may deposit any amount into the Pot.
"""
    )

    told = deal.fails("", "Buyer: deposit USD 100.00 into the Pot.", "2")
    deal.does("", "Buyer: fill the Target with USD 30.00.")
    deal.does("", "Buyer: deposit USD 100.00 into the Pot.")

    assert "waits for: the blank Target" in told
    assert (deal.holds("Pot"), deal.holds("Pot", "excess")) == ("USD 30.00", "USD 70.00")
