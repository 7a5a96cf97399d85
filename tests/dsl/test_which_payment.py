"""A payment does not have to say what it is for where only one section can be meant."""

import pytest

from dsl.events import Malformed
from tests.dsl.deals import Deal, opened, told

FEES = """
Clause 2 "Licence":
  "Licence Day" means a claim, made by the Seller, stating Amount as amount and Due as date.
  For each Licence Day, the Buyer must pay the Amount of such Licence Day to the Seller{order}.
Clause 3 "Late fees":
  "Late Fee" means a claim, made by the Seller, stating Amount as amount.
  For each Late Fee, the Buyer must pay the Amount of such Late Fee to the Seller.
{more}
"""
OTHER = 'Clause 4 "Rent": The Buyer must pay USD {amount} to the Seller.'


def owing(order: str, more: str = "", days: tuple[str, ...] = ("100.00",), fees: tuple[str, ...] = ("2.50",)) -> Deal:
    deal = opened(FEES.format(order=order, more=more))
    for number, amount in enumerate(days, 1):
        due = f"stating Amount as USD {amount} and Due as {number} October 2005"
        deal.does("", f'Seller: present the Licence Day "D{number}" {due}.')
    for number, amount in enumerate(fees, 1):
        deal.does("", f'Seller: present the Late Fee "F{number}" stating Amount as USD {amount}.')
    return deal


@pytest.mark.parametrize("order", ["", " in order of Due"])
@pytest.mark.parametrize(
    ("amount", "section", "row", "more"),
    [
        ("100.00", "2", "D1", ""),  # the fee is for less
        ("40.00", "2", "D1", ""),
        ("2.50", "3", "F1", ""),  # all of the fee, and a part of the other
        ("2.50", "3", "F1", OTHER.format(amount="300.00")),
        ("7.00", "4", "", OTHER.format(amount="7.00")),
    ],
)
def test_a_payment_is_under_the_one_section_that_can_be_meant(
    order: str, amount: str, section: str, row: str, more: str
) -> None:
    deal = owing(order, more)

    answer = deal.does("", f"Buyer: pay USD {amount} to the Seller.")

    assert answer.section == section
    assert deal.figure(f"the amount paid under section {section}") == f"USD {amount}"
    assert deal.status(section, row) == ("active" if amount == "40.00" else "fulfilled")


def test_all_that_is_owed_under_the_section_that_pays_in_an_order_is_for_all_of_it() -> None:
    """200.00 is owed for two days and 250.00 as a fee: 200.00 is for the days."""
    deal = owing(" in order of Due", days=("80.00", "120.00"), fees=("250.00",))

    deal.does("", "Buyer: pay USD 200.00 to the Seller.")

    assert (deal.status("2", "D1"), deal.status("2", "D2"), deal.status("3", "F1")) == (
        "fulfilled",
        "fulfilled",
        "active",
    )


@pytest.mark.parametrize(
    ("order", "days", "fees", "asked"),
    [
        ("", ("100.00",), ("100.00",), 'Say about which: "D1", "F1".'),
        (" in order of Due", ("100.00",), ("100.00",), "Say under which section: 2 or 3."),
        (" in order of Due", ("80.00", "100.00"), ("250.00",), "Say under which section: 2 or 3."),
        ("", ("107.00", "100.00"), (), 'Say about which: "D1", "D2".'),
    ],
)
def test_a_payment_that_could_be_for_several_says_which(
    order: str, days: tuple[str, ...], fees: tuple[str, ...], asked: str
) -> None:
    """100.00: all of both; part of the first and the second day, or of the fee; all of one of two rows of a section."""
    deal = owing(order, days=days, fees=fees)

    answer = deal.tries("", "Buyer: pay USD 100.00 to the Seller.")

    assert isinstance(answer, Malformed)
    assert asked in told(answer)


REFUNDS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, the Agent must pay the Amount of such Bill to the Seller from the Fund.
Clause 3 "Refunds":
  "Refund" means a claim, made by the Buyer, stating Amount as amount and Payee as name.
  For each Refund, the Agent must pay the Amount of such Refund to the Payee of such Refund from the Fund.
"""


def test_what_is_paid_about_every_bill_is_under_the_section_about_bills() -> None:
    deal = opened(REFUNDS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 20.00.')
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 30.00.')
    deal.does("", 'Buyer: present the Refund "R" stating Amount as USD 5.00 and Payee as "Ann".')
    deal.does("", 'Buyer: present the Refund "S" stating Amount as USD 6.00 and Payee as "Ben".')

    deal.does("", "Agent: pay USD 50.00 to the Seller from the Fund about every Bill.")
    deal.does("", "Agent: pay USD 11.00 from the Fund about every Refund.")

    assert deal.figure("the amount paid under section 2") == "USD 50.00"
    assert (deal.got("Seller"), deal.got('"Ann"'), deal.got('"Ben"')) == ("USD 50.00", "USD 5.00", "USD 6.00")


@pytest.mark.parametrize("about", ["", " about every Bill"])
def test_what_a_cap_leaves_of_one_payment_for_several_is_as_of_one_for_each(about: str) -> None:
    """20.00 for 12.00, 12.00 and 5.00, paid at once: 12.00, 8.00 and nothing, the third being excused."""
    deal = opened("""
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, when such Bill has been made, then the Buyer must pay the Amount of such Bill to the Seller
    in order of the making.
  The total paid under section 2 must not exceed USD 20.00 in the life of this agreement; the excess is not payable.
""")
    for name, amount in (("B1", "12.00"), ("B2", "12.00"), ("B3", "5.00")):
        deal.does("", f'Seller: present the Bill "{name}" stating Amount as USD {amount}.')

    answer = deal.does("", f"Buyer: pay USD 29.00 to the Seller{about}.")

    assert deal.got("Seller") == "USD 20.00"
    assert [deal.status("2", name) for name in ("B1", "B2", "B3")] == ["fulfilled", "fulfilled", "excused"]
    assert deal.figure('the amount paid under section 2 for "B2"') == "USD 8.00"
    assert [each.note for each in answer.parts] == [
        'USD 4.00 of USD 12.00 is not payable under section 2; USD 5.00 for "B3" is not payable'
    ]
    deal.fails("", "Buyer: pay USD 5.00 to the Seller.", "2")
