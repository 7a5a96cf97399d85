"""A plan of payments may be stated in another unit than is asked for: nothing is worked out from two units."""

from tests.dsl.deals import opened

ORDERS = """
Clause 2 "Orders":
  "Euro Pot" means a fund in EUR, held by the Agent. The Buyer may deposit any amount into the Euro Pot.
  "Order" means a writing, made by the Buyer, addressed to the Agent, stating Payments as payments.
  "Left" means USD 100.00 less the amount payable to the Seller under the latest Order.
  "Less" means the smaller of USD 100.00 and the amount payable to the Seller under the latest Order.
Clause 3 "Rest":
  The Buyer must pay the Left to the Agent.
"""


def test_an_amount_of_another_unit_leaves_the_figure_open_and_names_both() -> None:
    deal = opened(ORDERS)

    deal.does("", "Buyer: make the Order stating Payments as EUR 50.00 to the Seller.")

    assert deal.asks("the Left is more than USD 1.00.") == "open"
    assert deal.asks("the Less is more than USD 1.00.") == "open"
    assert deal.asks("the amount payable to the Seller under the latest Order is more than USD 1.00.") == "open"
    assert "USD 100.00 and EUR 50.00 are not of the same unit" in str(deal.why("the Left is more than USD 1.00."))
    deal.fails("", "Buyer: pay USD 50.00 to the Agent.", "3")


def test_an_amount_of_the_same_unit_is_worked_out() -> None:
    deal = opened(ORDERS)

    deal.does("", "Buyer: make the Order stating Payments as USD 30.00 to the Seller.")

    assert deal.asks("the Left is equal to USD 70.00.") == "true"
    deal.does("", "Buyer: pay USD 70.00 to the Agent.")
