"""Plans of payment: they are paid line by line and once, up to what the fund holds and the caps allow."""

from tests.dsl.deals import opened

ORDERS = """
Clause 2 "Orders":
  "Order" means a writing, made by the Buyer, addressed to the Agent, stating Payments as payments.
  For each Order, when such Order has been received by the Agent, then the Agent must release the Fund according to
    such Order.
"""


def test_a_plan_is_paid_line_by_line_and_once() -> None:
    deal = opened(ORDERS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Buyer: present the Order "O" stating Payments as USD 30.00 to the Seller, USD 2.00 to the Agent.')

    deal.does("", 'Agent: release the Fund according to "O".')
    deal.fails("", 'Agent: release the Fund according to "O".', "2")

    assert (deal.got("Seller"), deal.got("Agent"), deal.holds()) == ("USD 30.00", "USD 2.00", "USD 68.00")
    assert [posting.verb for posting in deal.state.postings] == ["deposit", "release", "retain"]


def test_the_rest_of_a_plan_is_an_amount_when_it_is_written() -> None:
    deal = opened(ORDERS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Buyer: present the Order "O" stating Payments as USD 30.00 to the Seller, the rest to the Buyer.')

    deal.does("", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("", 'Agent: release the Fund according to "O".')

    assert deal.holds() == "USD 7.00"


def test_a_plan_in_another_currency_pays_nothing() -> None:
    deal = opened(ORDERS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("", 'Buyer: present the Order "O" stating Payments as EUR 30.00 to the Seller.')
    deal.fails("", 'Agent: release the Fund according to "O".', "2")

    assert deal.got("Seller", "EUR") == "EUR 0.00"


def test_a_name_stands_for_one_plan() -> None:
    deal = opened(
        ORDERS
        + """
Clause 3 "Wishes": "Wish" means a writing, made by the Seller, stating Payments as payments.
"""
    )
    deal.does("", 'Buyer: present the Order "O" stating Payments as USD 30.00 to the Buyer.')

    answer = deal.tries("", 'Seller: present the Wish "O" stating Payments as USD 90.00 to the Seller.')

    assert type(answer).__name__ == "Malformed"


def test_a_plan_that_leaves_no_rest_is_not_understood() -> None:
    deal = opened(ORDERS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    answer = deal.tries(
        "", 'Buyer: present the Order "O" stating Payments as USD 100.00 to the Seller, the rest to the Buyer.'
    )

    assert type(answer).__name__ == "Malformed"


def test_a_plan_does_not_pass_a_cap() -> None:
    deal = opened(
        ORDERS
        + 'Clause 3 "Cap": The total paid under section 2 must not exceed USD 20.00 in the life of this agreement.'
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Buyer: present the Order "O" stating Payments as USD 30.00 to the Seller.')

    deal.fails("", 'Agent: release the Fund according to "O".', "3")

    assert deal.holds() == "USD 100.00"
