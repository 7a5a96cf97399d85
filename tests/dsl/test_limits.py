"""A limit that is worked out from money is read as if nothing that counts towards it had been paid."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from dsl.figures import value_now
from dsl.source import NOWHERE
from dsl.terms import CapFigure
from tests.dsl.deals import HEAD, Deal, opened, problems

HALF = """
Clause 2 "Costs":
  "Half" means 50 percent of the balance of the Fund.
  The Agent may pay any amount to the Seller from the Fund.
  The total paid under section 2 must not exceed {limit} in the life of this agreement.

Clause 3 "Back":
  The Agent may pay any amount to the Buyer from the Fund.
"""


def with_hundred(limit: str) -> Deal:
    deal = opened(HALF.format(limit=limit))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    return deal


@pytest.mark.parametrize(
    "limit", ["50 percent of the balance of the Fund", "Half", "the balance of the Fund less Half"]
)
def test_half_the_balance_stays_half_of_it_while_it_is_used(limit: str) -> None:
    deal = with_hundred(limit)

    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")

    assert deal.figure("the limit under section 2") == "USD 50.00"
    assert deal.figure("the remainder under section 2") == "USD 20.00"
    deal.fails("", "Agent: pay USD 20.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 20.00 to the Seller from the Fund.")
    assert deal.figure("the remainder under section 2") == "USD 0.00"


def test_what_comes_in_and_what_leaves_otherwise_moves_the_limit() -> None:
    deal = with_hundred("Half")
    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")

    deal.does("", "Buyer: deposit USD 40.00 into the Fund.")
    more = deal.figure("the limit under section 2")
    deal.does("", "Agent: pay USD 100.00 to the Buyer from the Fund.")

    # 140.00 without the payment of 30.00, then 40.00.
    assert (more, deal.figure("the limit under section 2")) == ("USD 70.00", "USD 20.00")
    assert deal.figure("the remainder under section 2") == "USD 0.00"
    assert "USD 1.00 is more than the USD 0.00 left of USD 20.00" in deal.fails(
        "", "Agent: pay USD 1.00 to the Seller from the Fund."
    )


def test_in_each_year_what_was_paid_in_earlier_years_is_gone() -> None:
    deal = opened(HALF.format(limit="Half").replace("in the life of this agreement", "in each calendar year"))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 1 December 2005", "Agent: pay USD 50.00 to the Seller from the Fund.")

    deal.fails("10:00 on 2 January 2006", "Agent: pay USD 25.01 to the Seller from the Fund.", "2")
    deal.does("10:00 on 2 January 2006", "Agent: pay USD 15.00 to the Seller from the Fund.")

    assert deal.figure("the remainder under section 2") == "USD 10.00"


def test_for_each_claim_what_was_paid_for_another_claim_is_gone() -> None:
    deal = opened("""
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  For each Claim, the Agent may pay any amount to the Seller from the Fund.
  The total paid under section 2 for each Claim must not exceed 50 percent of the balance of the Fund
    in the life of this agreement; the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: present the Claim "A".')
    deal.does("", 'Seller: present the Claim "B".')

    deal.does("", 'Agent: pay USD 40.00 to the Seller from the Fund about "A".')
    deal.does("", 'Agent: pay USD 40.00 to the Seller from the Fund about "B".')

    # For B, half of the 60.00 that are there. For A it was half of 100.00; without A's 40.00 it is now half of 70.00.
    assert deal.got("Seller") == "USD 70.00"
    assert "USD 0.00 left of USD 35.00" in deal.fails("", 'Agent: pay USD 1.00 to the Seller from the Fund about "A".')


def test_what_passes_by_itself_is_held_to_the_same_limit() -> None:
    deal = opened("""
Clause 2 "Calls":
  "Call" means a claim, made by the Seller.
  For each Call, when such Call has been made, then USD 30.00 passes from the Fund to the Seller.
  The total paid under section 2 must not exceed 50 percent of the balance of the Fund in the life of this agreement;
    the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    for _ in range(3):
        deal.does("", "Seller: present a Call.")

    assert deal.got("Seller") == "USD 50.00"


def test_the_explanation_of_what_is_left_shows_the_limit_as_it_is_read() -> None:
    deal = with_hundred("Half")
    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")

    made = value_now(deal.agreement, deal.state, CapFigure("", NOWHERE, "remainder", "2"))

    assert made.notes == ("limit USD 50.00, used USD 30.00, remaining USD 20.00",)
    assert [child.value for child in made.children] == ["USD 50.00"]


BESIDE = """
Clause 2 "General":
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Seller must pay the Amount of such Claim to the Buyer.
  The total paid under section 2 must not exceed USD 100.00 in the life of this agreement; the excess is not payable.
Clause 3 "Tax":
  "Tax Claim" means a claim, made by the Buyer, stating Amount as amount.
  For each Tax Claim, when such Tax Claim has been made,
    then the Seller must pay the Amount of such Tax Claim to the Buyer.
{overall}
"""
OVERALL = """
Clause 4 "Overall":
  The total paid under sections 2 and 3 must not exceed USD 150.00 in the life of this agreement;
    the excess is not payable.
"""


def claimed(*claims: tuple[str, str]) -> Deal:
    """Each claim is presented and paid in full, as far as a cap lets it."""
    deal = opened(BESIDE.format(overall=OVERALL))
    for number, (kind, amount) in enumerate(claims):
        deal.does("", f'Buyer: present the {kind} "{number}" stating Amount as USD {amount}.')
        deal.tries("", f'Seller: pay USD {amount} to the Buyer about "{number}".')
    return deal


def capped(deal: Deal, section: str) -> tuple[str, ...]:
    return tuple(deal.figure(f"the {figure} under section {section}") for figure in ("limit", "remainder", "excess"))


def test_a_cap_on_one_category_and_one_on_all_both_apply() -> None:
    """General 120.00 is cut to 100.00; tax 30.00 is paid, of 40.00 the 20.00 that the 150.00 leave; then 5.00 of each.

    Not payable by itself: of 125.00 of general claims what is beyond 100.00, of 200.00 in all what is beyond 150.00.
    """
    claims = (
        ("Claim", "120.00"),
        ("Tax Claim", "30.00"),
        ("Tax Claim", "40.00"),
        ("Claim", "5.00"),
        ("Tax Claim", "5.00"),
    )
    deal = claimed(*claims)

    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert deal.figure("the amount paid under section 3") == "USD 50.00"
    assert [deal.status("2", "3"), deal.status("3", "4")] == ["excused", "excused"]
    assert capped(deal, "2") == ("USD 100.00", "USD 0.00", "USD 25.00")
    assert capped(deal, "4") == capped(deal, "3") == ("USD 150.00", "USD 0.00", "USD 50.00")


def test_what_the_cap_on_all_cuts_off_is_no_excess_of_the_cap_on_one() -> None:
    """After 90.00 of tax, 60.00 of the 80.00 can be paid: 40.00 of the 100.00 are left and nothing is beyond them."""
    deal = claimed(("Tax Claim", "90.00"), ("Claim", "80.00"))

    assert deal.figure("the amount paid under section 2") == "USD 60.00"
    assert capped(deal, "2") == ("USD 100.00", "USD 40.00", "USD 0.00")
    assert capped(deal, "4") == ("USD 150.00", "USD 0.00", "USD 20.00")


@pytest.mark.parametrize(
    ("overall", "hint"),
    [
        (OVERALL.replace("sections 2 and 3", "section 2"), "Keep one of them."),
        (OVERALL.replace('Clause 4 "Overall":', "").replace("150", "1") + OVERALL.split('"Overall":')[1], "Keep one"),
        (
            OVERALL.replace("sections 2 and 3", "section 3")
            + "  The total paid under sections 2 and 3 must not exceed USD 1.00 in the life of this agreement.",
            "Put each of them in a section of its own.",
        ),
    ],
)
def test_two_caps_of_which_it_cannot_be_said_which_counts_are_told(overall: str, hint: str) -> None:
    text = HEAD + BESIDE.format(overall=overall)

    told = problems(text)

    assert told.count("Two caps on the same payments") == 1
    assert hint in told


def test_a_cap_for_each_claim_is_not_taken_for_the_cap_on_all_of_them() -> None:
    """50.00 for each Claim and 80.00 in all: 80.00 remain, also for a section inside the one that the cap names."""
    deal = opened("""
Clause 2.1 "General":
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Seller must pay the Amount of such Claim to the Buyer.
  The total paid under section 2.1 for each Claim must not exceed USD 50.00 in the life of this agreement.
Clause 3 "All":
  The total paid under section 2 must not exceed USD 80.00 in the life of this agreement.
""")

    assert {deal.figure(f"the remainder under section {section}") for section in ("2", "2.1", "3")} == {"USD 80.00"}


CLAIMED = """
Clause 2 "Costs":
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Seller must pay the Amount of such Claim to the Buyer.
  The total paid under section 2 must not exceed USD 2,500.00 {span}; the excess is not payable.
"""


@pytest.mark.parametrize("paid", ["2,500.00", "3,000.00"])
def test_the_excess_is_what_is_owed_beyond_a_cap_whoever_tries_to_pay_what(paid: str) -> None:
    """Of 3,000.00 claimed a cap of 2,500.00 leaves 500.00 out: before and after payment, trimmed or not."""
    deal = opened(CLAIMED.format(span="in the life of this agreement"))
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 3,000.00.')
    assert deal.figure("the excess under section 2") == "USD 500.00"

    deal.does("", f'Seller: pay USD {paid} to the Buyer about "C".')

    assert deal.status("2", "C") == "fulfilled"
    assert deal.figure("the excess under section 2") == "USD 500.00"
    told = render_reason(explain(deal.agreement, deal.state, "2"))
    assert "USD 500.00 of USD 3,000.00 fell away under the cap of section 2" in " ".join(told.split())


def test_the_excess_of_several_claims_is_counted_in_all() -> None:
    """1,800.00 within 2,500.00: none; with 1,000.00 more 300.00; with 40.00 more 340.00, paid or not."""
    deal = opened(CLAIMED.format(span="in the life of this agreement"))
    found = []
    for name, amount in (("A", "1,800.00"), ("B", "1,000.00"), ("C", "40.00")):
        deal.does("", f'Buyer: present the Claim "{name}" stating Amount as USD {amount}.')
        found.append(deal.figure("the excess under section 2"))
    deal.does("", 'Seller: pay USD 1,000.00 to the Buyer about "B".')
    found.append(deal.figure("the excess under section 2"))
    deal.does("", 'Seller: pay USD 1,500.00 to the Buyer about "A".')
    found.append(deal.figure("the excess under section 2"))

    assert found == ["USD 0.00", "USD 300.00", "USD 340.00", "USD 340.00", "USD 340.00"]
    assert [deal.status("2", name) for name in "ABC"] == ["fulfilled", "fulfilled", "excused"]


def test_what_is_beyond_the_cap_of_one_year_and_not_paid_yet_is_within_that_of_the_next() -> None:
    """3,000.00 claimed in 2005, nothing paid: 500.00 beyond the 2,500.00 of 2005. With 600.00 paid that year, the
    2,400.00 that are owed in 2006 are within the 2,500.00 of 2006."""
    deal = opened(CLAIMED.format(span="in each calendar year"))
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 3,000.00.')
    assert deal.figure("the excess under section 2") == "USD 500.00"
    deal.does("", 'Seller: pay USD 600.00 to the Buyer about "C".')
    assert deal.figure("the excess under section 2") == "USD 500.00"

    deal.passes("10:00 on 2 January 2006")

    assert deal.figure("the excess under section 2") == "USD 0.00"


def test_a_duty_that_a_second_cap_cuts_is_beyond_that_one_alone_while_it_is_owed() -> None:
    """After 90.00 of tax, of a claim of 80.00 nothing is beyond the 100.00 of section 2, and 20.00 beyond 150.00."""
    deal = claimed(("Tax Claim", "90.00"))
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 80.00.')

    assert capped(deal, "2") == ("USD 100.00", "USD 100.00", "USD 0.00")
    assert capped(deal, "4") == ("USD 150.00", "USD 60.00", "USD 20.00")
