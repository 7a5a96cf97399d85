"""One act about every one of several entries, and a payment in an order: what cannot be said, and whose turn it is."""

import pytest

from tests.dsl.deals import Deal, opened, told

BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as optional date.
  "Limit" means an optional blank amount, filled by the Buyer.
  "Large" of a Bill means that the Amount of such Bill is more than the Limit.
  "Release" means a writing, signed by the Seller and the Buyer, about a Bill.
  "Write Off" means a finding, made by the Seller, about a Bill.
  For each Bill, the Buyer must pay the Amount of such Bill to the Seller in order of Due.
"""


def with_bills(text: str = BILLS, due: str = " and Due as 9 September 2005") -> Deal:
    """Two bills of USD 5.00."""
    deal = opened(text)
    for name in ("A", "B"):
        deal.does("", f'Seller: present the Bill "{name}" stating Amount as USD 5.00{due}.')
    return deal


@pytest.mark.parametrize(
    ("words", "because"),
    [
        (
            "Seller: find the Write Off about every Bill which is Large.",
            "It is open which they are: it waits for the blank Limit.",
        ),
        (
            "Seller: sign the Release about every Bill.",
            "Only what is made or paid can be about every one of several entries.",
        ),
        (
            'Seller: find the Write Off "W" about every Bill.',
            '"W" would be the name of 2 entries. Leave the name out.',
        ),
    ],
)
def test_an_act_about_several_entries_that_cannot_be_understood_says_why(words: str, because: str) -> None:
    assert because in told(with_bills().tries("", words))


def test_a_payment_for_several_entries_under_two_sections_says_under_which() -> None:
    fee = 'Clause 3 "Fee":\n  For each Bill, the Buyer must pay USD 1.00 to the Seller.\n'

    answer = with_bills(BILLS + fee).tries("", "Buyer: pay USD 12.00 to the Seller about every Bill.")

    assert "Say under which section: 2 or 3." in told(answer)


def test_a_payment_without_an_entry_waits_for_the_rank_of_each() -> None:
    deal = with_bills(due="")

    assert 'Where "A" stands in the order is not known.' in told(deal.tries("", "Buyer: pay USD 5.00 to the Seller."))


DEBTS = """
Clause 2 "Debts":
  "Debt" means a claim, made by the Agent, stating Debtor as name and Creditor as name and Due as date.
  For each Debt, the Debtor of such Debt must pay USD 5.00 to the Creditor of such Debt in order of Due.
"""


@pytest.fixture
def debts() -> Deal:
    """Of the Seller to the Agent, due first; of the Buyer to the Agent and to the Seller, due later and last."""
    deal = opened(DEBTS)
    for name, debtor, creditor, day in (
        ("A", "Seller", "Agent", 5),
        ("B", "Buyer", "Agent", 6),
        ("C", "Buyer", "Seller", 7),
    ):
        deal.does(
            "",
            f'Agent: present the Debt "{name}" stating Debtor as {debtor} and Creditor as {creditor}'
            f" and Due as {day} September 2005.",
        )
    return deal


def test_the_debt_of_somebody_else_does_not_come_first(debts: Deal) -> None:
    debts.does("", "Buyer: pay USD 5.00 to the Agent.")

    assert (debts.status("2", "A"), debts.status("2", "B")) == ("active", "fulfilled")


def test_who_is_paid_by_name_is_paid_only_what_is_owed_to_him_and_in_turn(debts: Deal) -> None:
    assert '"B" comes first: USD 5.00 is still owed.' in debts.fails("", "Buyer: pay USD 5.00 to the Seller.", "2")

    debts.does("", "Buyer: pay USD 5.00 to the Agent.")
    debts.does("", "Buyer: pay USD 5.00 to the Seller.")

    assert (debts.got("Agent"), debts.got("Seller")) == ("USD 5.00", "USD 5.00")
