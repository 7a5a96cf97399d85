"""Two times: when something happened, and when it was known."""

from dsl.events import Malformed
from dsl.history import state_at
from tests.dsl.deals import at, opened

ORDERS = """
Clause 2 "Orders":
  "Order" means a writing, made by the Buyer, addressed to the Agent, stating Payments as payments.
  "Remark" means a claim, made by the Seller.
  For each Order, when such Order has been received by the Agent and no Remark has been made before the receipt of such
    Order, then the Agent must release the Fund according to such Order.
"""


def test_a_fact_that_comes_late_keeps_what_was_done_with_its_row() -> None:
    deal = opened(
        """
Clause 2 "Orders":
  "Order" means a writing, made by the Buyer, addressed to the Agent, stating Payments as payments.
  "Remark" means a claim, made by the Seller.
  For each Order, when such Order has been received by the Agent, then the Agent must release the Fund according to
    such Order.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Order "O" stating Payments as USD 9.00 to the Seller.')
    deal.does("11:00 on 2 September 2005", 'Agent: release the Fund according to "O".')

    deal.does("10:00 on 1 September 2005", 'Seller: present the Remark "R".', recorded="10:00 on 3 September 2005")

    assert [entry.name for entry in deal.state.entries] == ["R", "O"]
    assert deal.status("2", "O") == "fulfilled"
    assert deal.state.divergences == ()
    deal.fails("", 'Agent: release the Fund according to "O".', "2")


def test_a_payment_that_a_late_fact_would_have_refused_stays_and_is_told() -> None:
    deal = opened(ORDERS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Order "O" stating Payments as USD 9.00 to the Seller.')
    deal.does("11:00 on 2 September 2005", 'Agent: release the Fund according to "O".')

    deal.does("10:00 on 1 September 2005", 'Seller: present the Remark "R".', recorded="10:00 on 3 September 2005")

    assert deal.got("Seller") == "USD 9.00"
    assert [(each.act, each.then) for each in deal.state.divergences] == [(3, "2")]
    before = state_at(deal.history, deal.now, known_at=at(deal.agreement, "12:00 on 2 September 2005"))
    assert before.divergences == ()
    assert len(before.entries) == 1


def test_a_late_payment_that_leaves_less_of_a_cap_is_told() -> None:
    deal = opened(
        """
Clause 2 "Pay": The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Cap":
  The total paid under section 2 must not exceed USD 100.00 in the life of this agreement; the excess is not payable.
"""
    )
    deal.does("", "Buyer: deposit USD 900.00 into the Fund.")
    deal.does("12:00 on 2 September 2005", "Agent: pay USD 80.00 to the Seller from the Fund.")

    deal.does(
        "12:00 on 1 September 2005", "Agent: pay USD 60.00 to the Seller from the Fund.", "12:00 on 3 September 2005"
    )

    assert deal.got("Seller") == "USD 140.00"
    assert "USD 40.00 of USD 80.00 is not payable" in deal.state.divergences[0].text


def test_an_act_that_would_now_fall_under_another_section_is_told() -> None:
    deal = opened(
        """
Clause 2 "Before":
  "Word" means a claim, made by the Seller.
  "Silent" means that no Word has been made.
  While Silent applies, then the Agent may pay any amount to the Seller from the Fund.
Clause 3 "After": While a Word has been made, then the Agent may pay any amount to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 900.00 into the Fund.")
    assert deal.does("12:00 on 2 September 2005", "Agent: pay USD 8.00 to the Seller from the Fund.").section == "2"

    deal.does("12:00 on 1 September 2005", "Seller: present a Word.", recorded="12:00 on 3 September 2005")

    assert [(each.then, each.now) for each in deal.state.divergences] == [("2", "3")]


def test_nothing_happens_before_the_deal_was_opened() -> None:
    deal = opened("")

    answer = deal.tries("08:59 on 1 September 2005", "Buyer: deposit USD 1.00 into the Fund.")

    assert isinstance(answer, Malformed)
    assert deal.history.records == ()


def test_a_refusal_is_kept_and_nonsense_is_not() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Seller.')

    deal.fails("", "Buyer: present a Claim.")
    deal.tries("", "Buyer: deposit USD 0.00 into the Fund.")

    assert len(deal.history.records) == 1
    assert deal.state.entries == ()


def test_the_past_can_be_looked_at() -> None:
    deal = opened("")
    deal.does("12:00 on 2 September 2005", "Buyer: deposit USD 1.00 into the Fund.")
    deal.does("12:00 on 4 September 2005", "Buyer: deposit USD 2.00 into the Fund.")

    then = state_at(deal.history, at(deal.agreement, "12:00 on 3 September 2005"))

    assert str(then.balance("Fund/balance", "USD")) == "USD 1.00"
    assert then.now == at(deal.agreement, "12:00 on 3 September 2005")
