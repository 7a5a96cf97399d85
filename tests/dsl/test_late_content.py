"""What was signed, spoken of or paid stays what it was, though the paper turns out to have been changed before."""

from tests.dsl.deals import Deal, opened

PAPERS = """
Clause 2 "Order":
  "Order" means a writing, signed by the Buyer and the Seller, stating Payments as payments.
  "Word" means an oral statement, made by the Seller, about an Order.
  For each Order, when such Order has been completed and a Word about such Order has been made,
    then the Agent must release the Fund according to such Order.
"""
LATE = "15:00 on 2 September 2005"
FIRST = "USD 50.00 to the Seller"
OTHER = "USD 50.00 to the Buyer"


def changed_late(*, paid: bool = False) -> Deal:
    """An order that both sign and one speaks of; it comes out that the Buyer changed it before the Seller signed."""
    deal = opened(PAPERS)
    deal.does("09:30 on 2 September 2005", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", f'Buyer: sign the Order "O" stating Payments as {FIRST}.')
    deal.does("12:00 on 2 September 2005", 'Seller: sign the Order "O".')
    deal.does("13:00 on 2 September 2005", 'Seller: state the Word about "O".')
    if paid:
        deal.does("14:00 on 2 September 2005", 'Agent: release the Fund according to "O".')
    change = f'Buyer: sign the Order "O" stating Payments as {OTHER}.'
    deal.does("11:00 on 2 September 2005", change, recorded=LATE)
    return deal


def test_nobody_has_signed_what_was_not_there_when_he_signed() -> None:
    deal = changed_late()

    assert deal.asks('"O" has been signed by the Seller.') == "pending"
    assert deal.asks('"O" has been completed.') == "pending"
    assert [(told.act, told.then) for told in deal.state.divergences] == [(3, "2"), (4, "2")]
    assert "other content" in deal.state.divergences[0].text


def test_words_about_one_content_say_nothing_of_another_that_comes_to_light() -> None:
    deal = changed_late()

    deal.does("16:00 on 2 September 2005", 'Seller: sign the Order "O".')

    assert deal.asks('"O" has been completed.') == "true"
    assert deal.asks('a Word about "O" has been made.') == "pending"
    deal.fails("16:30 on 2 September 2005", 'Agent: release the Fund according to "O".', "2")


def test_a_payment_by_a_plan_stays_paid_to_whom_it_was_paid() -> None:
    deal = changed_late(paid=True)

    assert deal.got("Seller") == "USD 50.00"
    assert deal.got("Buyer") == "USD -50.00"
    assert [told.act for told in deal.state.divergences] == [3, 4, 5]


def test_a_signature_without_a_name_stays_under_the_paper_it_was_put_under() -> None:
    deal = opened(PAPERS)
    deal.does("10:00 on 2 September 2005", f'Buyer: sign the Order "A" stating Payments as {FIRST}.')
    deal.does("12:00 on 2 September 2005", "Seller: sign the Order.")

    other = f'Buyer: sign the Order "B" stating Payments as {OTHER}.'
    deal.does("11:00 on 2 September 2005", other, recorded=LATE)

    assert deal.asks('"A" has been completed.') == "true"
    assert deal.asks('"B" has been signed by the Seller.') == "pending"
