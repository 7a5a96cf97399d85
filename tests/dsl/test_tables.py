"""Steps, tiers and tables as rows known at signing, and differences that go either way."""

import pytest

from tests.dsl.deals import Deal, opened

TABLE = """
Clause 2 "Table":
  "Tier" means an event, stating Over as amount and Up To as amount and Part as rate.
  At signing, the Tier "First" occurs stating Over as USD 0.00 and Up To as USD 100.00 and Part as 10 percent.
  At signing, the Tier "Second" occurs stating Over as USD 100.00 and Up To as USD 250.00 and Part as 5 percent.
  At signing, the Tier "Third" occurs stating Over as USD 250.00 and Up To as USD 999,999.00 and Part as 1 percent.

Clause 3 "Report":
  "Report" means a finding, made by the Seller, stating Sales as amount.
  "Sales" means the Sales of the latest Report.
  "Whole" means the Sales times the Part of the latest Tier whose Over is less than the Sales.
  "Slice" of a Tier means (the amount by which the smaller of the Sales and the Up To of such Tier exceeds
    the Over of such Tier) times the Part of such Tier.
  "By Slices" means the sum of Slice of every Tier.
"""


def reported(sales: str) -> Deal:
    deal = opened(TABLE)
    deal.does("", f"Seller: find the Report stating Sales as {sales}.")
    return deal


@pytest.mark.parametrize(
    ("sales", "whole", "slices"),
    [
        ("USD 100.00", "USD 10.00", "USD 10.00"),
        ("USD 100.01", "USD 5.00", "USD 10.00"),
        ("USD 300.00", "USD 3.00", "USD 18.00"),
    ],
)
def test_one_rate_for_the_whole_or_each_rate_for_its_slice(sales: str, whole: str, slices: str) -> None:
    """10 percent up to 100, 5 percent to 250, 1 percent above; of 300 in slices 10.00 + 7.50 + 0.50."""
    deal = reported(sales)

    assert deal.asks(f"Whole is equal to {whole}.") == "true"
    assert deal.asks(f"By Slices is equal to {slices}.") == "true"


def test_a_figure_below_the_table_waits_for_a_row() -> None:
    assert reported("USD 0.00").asks("Whole is equal to USD 0.00.") == "pending"


TRUE_UP = """
Clause 2 "Closing":
  "Statement" means a finding, made by the Agent, stating Actual as amount and Units as number.
  "Estimate" means USD 500.00.
  When a Statement has been made,
    then the Buyer must pay the amount by which the Actual of the latest Statement exceeds the Estimate to the Seller,
    and the Seller must pay the amount by which the Estimate exceeds the Actual of the latest Statement to the Buyer.
"""


@pytest.mark.parametrize(
    ("actual", "buyer", "seller"),
    [
        ("USD 520.00", "USD 20.00", "USD 0.00"),
        ("USD 470.00", "USD 0.00", "USD 30.00"),
        ("USD 500.00", "USD 0.00", "USD 0.00"),
    ],
)
def test_a_true_up_is_paid_by_whoever_owes_it(actual: str, buyer: str, seller: str) -> None:
    deal = opened(TRUE_UP)
    deal.does("", f"Agent: find the Statement stating Actual as {actual} and Units as 7.")

    owed = dict(zip(("Buyer", "Seller"), (buyer, seller), strict=True))
    for payer, payee in (("Buyer", "Seller"), ("Seller", "Buyer")):
        if owed[payer] != "USD 0.00":
            deal.does("", f"{payer}: pay {owed[payer]} to the {payee}.")
        deal.fails("", f"{payer}: pay USD 0.01 to the {payee}.")

    assert deal.status("2") == "fulfilled, fulfilled"


def test_a_difference_is_the_same_either_way() -> None:
    deal = opened(TRUE_UP)
    deal.does("", "Agent: find the Statement stating Actual as USD 470.00 and Units as 7.")

    actual, units = "the Actual of the latest Statement", "the Units of the latest Statement"
    assert deal.asks(f"the difference between {actual} and the Estimate is equal to USD 30.00.") == "true"
    assert deal.asks(f"the difference between the Estimate and {actual} is equal to USD 30.00.") == "true"
    assert deal.asks(f"the difference between {units} and 9 is equal to 2.") == "true"
    assert deal.asks(f"the amount by which {units} exceeds 9 is equal to 0.") == "true"
    with pytest.raises(AssertionError, match="EUR is not USD"):
        deal.asks("the difference between the Estimate and EUR 1.00 is equal to USD 1.00.")
