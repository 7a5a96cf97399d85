"""A row at signing that an amendment states otherwise: its new figures count from then on, and what was paid counts."""

import pytest

from tests.dsl.amending import CHANGE, amend
from tests.dsl.deals import Deal, opened

STEPS = """
  {q}Step{q} means an event, stating Part as amount and Due as date.
  At signing, the Step {q}Design{q} occurs stating Part as USD {design} and Due as 12 September 2005.
  At signing, the Step {q}Build{q} occurs stating Part as USD {build} and Due as {due}.
  {q}Whole{q} means the sum of Part of every Step.
"""
PAYMENT = """
Clause 3 "Payment":
  "Acceptance" means a finding, made by the Buyer, about a Step.
  For each Step, when an Acceptance about such Step has been made, then the Buyer must pay the Part of such Step
    to the Seller by the Due of such Step.
Clause 4 "Fee":
  "Signal" means a finding, made by the Buyer.
  When a Signal has been made, then the Buyer must pay 10 percent of the Whole to the Agent within 30 calendar days.
"""


def steps(design: str = "30.00", build: str = "70.00", due: str = "20 September 2005", q: str = '"') -> str:
    """The section of the steps, in a deal or (with the other quotation marks) in an amendment."""
    return STEPS.format(design=design, build=build, due=due, q=q)


def made() -> Deal:
    """A deal of two steps, with USD 100.00 in all."""
    return opened(f'Clause 2 "Steps": {steps()}\n{PAYMENT}\n{CHANGE}')


def test_a_step_is_owed_at_the_figure_it_was_amended_to() -> None:
    deal = made()

    amend(deal, steps(build="80.00", q="'"))

    assert deal.figure("the Whole") == "USD 110.00"
    deal.does("", 'Buyer: find the Acceptance about "Build".')
    deal.fails("", 'Buyer: pay USD 80.01 to the Seller about "Build".', "3")
    deal.does("", 'Buyer: pay USD 80.00 to the Seller about "Build".')
    assert deal.status("3", "Build") == "fulfilled"


def test_what_is_owed_already_is_owed_at_the_new_figure_and_what_was_said_of_it_stands() -> None:
    """USD 20.00 of 70.00 were paid; of 80.00 60.00 are left, by the day that the section says."""
    deal = made()
    deal.does("", 'Buyer: find the Acceptance about "Build".')
    deal.does("", 'Buyer: pay USD 20.00 to the Seller about "Build".')

    amend(deal, steps(build="80.00", q="'"))

    assert deal.asks('an Acceptance about "Build" has been made.') == "true"
    assert deal.asks('the deadline of section 3 for "Build" is equal to 20 September 2005.') == "true"
    deal.fails("", 'Buyer: pay USD 60.01 to the Seller about "Build".', "3")
    deal.does("", 'Buyer: pay USD 60.00 to the Seller about "Build".')
    assert deal.status("3", "Build") == "fulfilled"


@pytest.mark.parametrize(("figure", "status", "left"), [("80.00", "active", "10.00"), ("60.00", "fulfilled", "0.00")])
def test_what_was_paid_for_a_step_counts_towards_its_new_figure(figure: str, status: str, left: str) -> None:
    """USD 70.00 were paid; nothing comes back of them."""
    deal = made()
    deal.does("", 'Buyer: find the Acceptance about "Build".')
    deal.does("", 'Buyer: pay USD 70.00 to the Seller about "Build".')

    amend(deal, steps(build=figure, q="'"))

    assert deal.status("3", "Build") == status
    assert deal.got("Seller") == "USD 70.00"
    if status == "active":
        deal.does("", f'Buyer: pay USD {left} to the Seller about "Build".')
    deal.fails("", 'Buyer: pay USD 0.01 to the Seller about "Build".')


def test_a_step_that_was_paid_in_time_stays_paid_when_its_figure_is_raised_after_its_day() -> None:
    deal = made()
    deal.does("", 'Buyer: find the Acceptance about "Design".')
    deal.does("", 'Buyer: pay USD 30.00 to the Seller about "Design".')

    amend(deal, steps(design="40.00", q="'"), "10:00 on 13 September 2005")

    assert deal.status("3", "Design") == "fulfilled"


def test_another_day_is_the_deadline_from_the_amendment_on() -> None:
    deal = made()
    deal.does("", 'Buyer: find the Acceptance about "Build".')

    amend(deal, steps(due="26 September 2005", q="'"), "10:00 on 2 September 2005")

    assert deal.asks('the deadline of section 3 for "Build" is equal to 26 September 2005.') == "true"
    deal.passes("10:00 on 26 September 2005")
    assert deal.status("3", "Build") == "active"
    deal.passes("10:00 on 27 September 2005")
    assert deal.status("3", "Build") == "overdue"


def test_a_sum_over_the_rows_that_is_owed_follows_and_one_that_was_paid_stays() -> None:
    """10 percent of USD 100.00 were owed once and 10 percent of 110.00 are after the amendment; but what has been paid
    of the first is not owed any further because of a row that it is not for."""
    deal = made()
    deal.does("", "Buyer: find the Signal.")

    amend(deal, steps(build="80.00", q="'"))
    deal.fails("", "Buyer: pay USD 11.01 to the Agent.", "4")
    deal.does("", "Buyer: pay USD 11.00 to the Agent.")
    assert deal.status("4") == "fulfilled"

    words = steps(build="90.00", q="'")
    deal.does("", f'Buyer: sign the Amendment "2nd" stating Changes as clauses "Clause 2 \'Steps\': {words}".')
    deal.does("", 'Seller: sign the Amendment "2nd".')
    assert deal.figure("the Whole") == "USD 120.00"
    assert deal.status("4") == "fulfilled"


def test_the_figure_before_the_amendment_is_what_it_was_then() -> None:
    deal = made()
    deal.passes("10:00 on 6 September 2005")

    amend(deal, steps(build="80.00", q="'"), "10:00 on 7 September 2005")

    deal.passes("10:00 on 8 September 2005")
    assert deal.figure('the Part of "Build"') == "USD 80.00"
    assert deal.figure("the Whole as of 6 September 2005") == "USD 100.00"
    assert deal.figure("the Whole as of 7 September 2005") == "USD 110.00"
