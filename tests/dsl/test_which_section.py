"""Money that several sections could take: the attempt says which it means, and none goes to the first in the text."""

import pytest

from dsl.events import Acted, Malformed
from dsl.possibilities import possibilities
from dsl.unlocking import ways_to
from tests.dsl.deals import HEAD, Deal, attempt_of, opened, told

DEPOSITS = """
Clause 2 "Price": The Buyer must deposit USD 100.00 into the Fund.
"""
"""Section 1 lets the Buyer deposit any amount as well."""


@pytest.mark.parametrize("amount", ["100.00", "40.00"])
def test_a_deposit_that_a_duty_and_a_power_could_take_says_under_which_section(amount: str) -> None:
    deal = opened(DEPOSITS)

    asked = deal.tries("", f"Buyer: deposit USD {amount} into the Fund.")
    deal.does("", f"Buyer: deposit USD {amount} into the Fund under section 1.")

    assert asked == Malformed(("Say under which section: 1 or 2.",), ("1", "2"))
    assert deal.status("2") == "active"
    assert deal.figure("the amount paid under section 1") == f"USD {amount}"


def test_a_deposit_under_the_duty_performs_it_and_the_next_is_under_the_power() -> None:
    deal = opened(DEPOSITS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund under section 2.")

    answer = deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    assert deal.status("2") == "fulfilled"
    assert answer.section == "1"


def test_sentences_of_one_clause_are_told_apart() -> None:
    deal = opened(
        'Clause 2 "Price": The Seller must deposit USD 100.00 into the Fund. '
        "The Seller may deposit any amount into the Fund."
    )

    asked = told(deal.tries("", "Seller: deposit USD 100.00 into the Fund."))
    deal.does("", "Seller: deposit USD 100.00 into the Fund under section 2, first sentence.")

    assert "Say under which section: 2, first sentence or 2, second sentence." in asked
    assert deal.status("2") == "fulfilled, active"


PLAN = """
Clause 2 "Papers":
  "Order" means a claim, made by the Seller, stating Payments as payments.
Clause 3 "One" {edge}:
  For each Order, when such Order has been made, then the Agent must release the Fund according to such Order.
Clause 4 "Two":
  For each Order, the Agent {may} release the Fund according to such Order.
"""


def ordered(edge: str = "", may: str = "may") -> Deal:
    deal = opened(PLAN.format(edge=edge, may=may))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: present the Order "O" stating Payments as USD 60.00 to the Seller.')
    return deal


@pytest.mark.parametrize("may", ["may", "must"])
def test_a_release_that_two_sections_could_take_says_under_which(may: str) -> None:
    deal = ordered(may=may)

    asked = told(deal.tries("", 'Agent: release the Fund according to "O".'))
    answer = deal.does("", 'Agent: release the Fund according to "O" under section 4.')

    assert "Say under which section: 3 or 4." in asked
    assert answer.section == "4"
    assert deal.status("3", "O") == "active"


def test_a_duty_comes_before_the_power_whose_use_would_end_it() -> None:
    deal = ordered("subject to section 4 by replacement")

    answer = deal.does("", 'Agent: release the Fund according to "O".')

    assert answer.section == "3"
    assert deal.status("3", "O") == "fulfilled"


PAYMENTS = """
Clause 2 "Refund": The Agent must pay USD 40.00 to the Buyer from the Fund.
Clause 3 "Favour": The Agent may pay any amount to the Buyer from the Fund.
"""


def test_a_payment_that_a_duty_and_a_power_could_take_says_under_which_section() -> None:
    deal = opened(PAYMENTS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    asked = told(deal.tries("", "Agent: pay USD 40.00 to the Buyer from the Fund."))
    deal.does("", "Agent: pay USD 40.00 to the Buyer from the Fund under section 3.")

    assert "Say under which section: 2 or 3." in asked
    assert deal.status("2") == "active"


OPEN_AMOUNT = """
Clause 2 "Fee":
  "Doubt" means an ambiguity "How high is it?" with readings Accepts and Rejects, settled by the Buyer.
  "Fee" means {fee}.
  The Agent must pay the Fee to the Seller from the Fund.
Clause 3 "Other": The Agent {other} to the Seller from the Fund.
"""
READ = "USD 10.00 where the Doubt is read as Accepts, otherwise USD 20.00"
BLANK = "an optional blank amount of USD, filled by the Buyer"


@pytest.mark.parametrize(
    ("fee", "other", "amount", "under"),
    [
        (READ, "may pay USD 40.00", "10.00", None),  # all of the duty, or a part, or by the power
        (READ, "may pay USD 40.00", "15.00", None),  # too much for the duty under one reading, a part under the other
        (READ, "may pay USD 40.00", "25.00", "3"),  # too much for the duty under either
        (READ, "must pay USD 10.00", "10.00", None),  # all of both duties, or all of the second and a part of the first
        (READ, "must pay USD 8.00", "8.00", "3"),  # all of the second, and a part of the first under either
        (BLANK, "may pay USD 40.00", "10.00", None),
        (BLANK, "must pay USD 10.00", "10.00", None),
    ],
)
def test_money_that_a_duty_of_an_open_amount_could_take_goes_to_no_other_section_by_itself(
    fee: str, other: str, amount: str, under: str | None
) -> None:
    deal = opened(OPEN_AMOUNT.format(fee=fee, other=other))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    answer = deal.tries("", f"Agent: pay USD {amount} to the Seller from the Fund.")

    if under is None:
        assert answer == Malformed(("Say under which section: 2 or 3.",), ("2", "3"))
    else:
        assert isinstance(answer, Acted)
        assert answer.section == under


def test_a_section_that_a_guard_shuts_off_is_not_asked_about() -> None:
    guard = 'Clause 4 "Guard": Nothing may leave the Fund except under section 2.\n'
    deal = opened(PAYMENTS + guard)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("", "Agent: pay USD 40.00 to the Buyer from the Fund.")

    assert deal.status("2") == "fulfilled"


def test_two_duties_to_hand_a_fund_to_a_court_are_told_apart() -> None:
    court = HEAD.replace('"Agent" means a party.', '"Agent" means a party.\n  "Court" means a court.')
    deal = opened(
        'Clause 2 "One": The Agent must deposit the balance of the Fund with the Court.\n'
        'Clause 3 "Two": The Agent must deposit the balance of the Fund with the Court.\n',
        court,
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    asked = told(deal.tries("", "Agent: deposit USD 100.00 with the Court."))

    assert "Say under which section: 2 or 3." in asked


def test_what_somebody_can_do_names_the_section_where_it_has_to_be_named() -> None:
    deal = opened(DEPOSITS)

    found = [each for each in possibilities(deal.agreement, deal.state, "Buyer") if each.verb == "deposit"]

    assert [(each.text, each.allowed, each.under) for each in found] == [
        ("deposit USD ... into the Fund under section 1", True, "1"),
        ("deposit USD ... into the Fund under section 2", True, "2"),
        ("deposit USD 100.00 into the Fund under section 1", True, "1"),
        ("deposit USD 100.00 into the Fund under section 2", True, "2"),
    ]
    for each in found[2:]:
        other = opened(DEPOSITS)
        assert other.does("", f"Buyer: {each.text}.").section == each.under


def test_a_way_names_the_section_where_it_has_to_be_named() -> None:
    deal = opened(
        DEPOSITS
        + 'Clause 3 "Refund": When section 2 has been performed, then the Agent must pay USD 5.00 to the Buyer '
        "from the Fund.\n"
    )

    (way,) = ways_to(
        deal.agreement, deal.state, attempt_of(deal.agreement, "Agent: pay USD 5.00 to the Buyer from the Fund.")
    )

    assert [step.text for step in way.steps] == ["deposit USD 100.00 into the Fund under section 2"]


def test_what_somebody_can_deposit_for_rows_names_the_row() -> None:
    deal = opened(
        """
Clause 2 "Draws":
  "Draw" means a claim, made by the Seller, stating Amount as amount.
  For each Draw, the Agent must deposit the Amount of such Draw into the Fund.
"""
    )
    for name in ("D-1", "D-2"):
        deal.does("", f'Seller: present the Draw "{name}" stating Amount as USD 5.00.')

    found = [each for each in possibilities(deal.agreement, deal.state, "Agent") if each.verb == "deposit"]

    assert [(each.text, each.allowed) for each in found] == [
        ('deposit USD 5.00 into the Fund about "D-1"', True),
        ('deposit USD 5.00 into the Fund about "D-2"', True),
    ]
