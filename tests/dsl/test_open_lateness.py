"""Nobody is told to be late, or not to be, while it is open whether he has been discharged or his clock stood still."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened, usd

DISCHARGE = """
Clause 2 "Reports":
  "Late" means an event.
  "Report" means a claim, made by the Buyer or the Seller.
  {bearers} must make a Report by 5 September 2005, failing which a Late occurs.
Clause 3 "Threshold":
  "Threshold" means an optional blank amount of USD, filled by the Buyer.
  When {condition}, then {whom} is discharged.
"""
MORE = "the Threshold is more than USD 5.00"


def due_passed(bearers: str = "The Buyer", whom: str = "the Buyer", condition: str = MORE) -> Deal:
    deal = opened(DISCHARGE.format(bearers=bearers, whom=whom, condition=condition))
    deal.passes("10:00 on 6 September 2005")
    return deal


def test_lateness_is_open_while_the_discharge_is() -> None:
    deal = due_passed()

    why = deal.why("section 2 is overdue.")

    assert why.truth.value == "open"
    assert ["Threshold" in wait.text for wait in why.waits] == [True]
    assert deal.asks("section 2 is not overdue.") == "open"
    assert deal.status("2") == "active"
    assert deal.asks("the number of Lates is equal to 0.") == "open"
    assert "it is open whether its time is over" in render_reason(explain(deal.agreement, deal.state, "2"))


@pytest.mark.parametrize(
    ("figure", "status", "overdue"), [("5.00", "overdue", "true"), ("6.00", "discharged", "false")]
)
def test_it_is_decided_with_the_blank(figure: str, status: str, overdue: str) -> None:
    deal = due_passed()

    deal.does("10:00 on 7 September 2005", f"Buyer: fill Threshold with USD {figure}.")

    assert deal.status("2").split(", ")[0] == status
    assert deal.asks("section 2 is overdue.") == overdue
    assert deal.asks(f"the number of Lates is equal to {int(status == 'overdue')}.") == "true"


def test_what_is_done_meanwhile_is_in_time() -> None:
    deal = due_passed()

    deal.does("10:00 on 7 September 2005", "Buyer: make a Report.")

    assert deal.status("2").split(", ")[0] == "fulfilled"


@pytest.mark.parametrize(
    ("bearers", "whom"),
    [
        ("The Buyer", "the Seller"),
        ("The Buyer and the Seller jointly and severally", "the Buyer"),
    ],
)
def test_the_discharge_of_somebody_else_leaves_who_is_bound_late(bearers: str, whom: str) -> None:
    deal = due_passed(bearers, whom)

    assert deal.asks("section 2 is overdue.") == "true"


def test_before_its_time_is_over_nobody_is_late_whatever_is_open() -> None:
    deal = opened(DISCHARGE.format(bearers="The Buyer", whom="the Buyer", condition=MORE))

    assert deal.asks("section 2 is overdue.") == "false"


def test_a_discharge_of_whom_a_blank_decides_may_free_anybody() -> None:
    text = DISCHARGE.format(bearers="The Buyer", whom="the Buyer as of the Handing", condition="a Leave has been made")
    leave = '  "Leave" means a claim, made by the Seller.\n'
    deal = opened(f'{text}{leave}  "Handing" means an optional blank date, filled by the Agent.\n')
    deal.does("10:00 on 2 September 2005", "Seller: make a Leave.")

    deal.passes("10:00 on 6 September 2005")

    assert deal.asks("section 2 is overdue.") == "open"


RESULT = """
Clause 2 "Permit":
  "Late" means an event.
  "Threshold" means an optional blank amount of USD, filled by the Buyer.
  The Seller must ensure by 5 September 2005 that the Threshold is more than USD 5.00, failing which a Late occurs.
"""


def test_of_a_result_that_is_open_it_is_open_whether_it_is_late() -> None:
    deal = opened(RESULT)

    deal.passes("10:00 on 6 September 2005")
    undecided = deal.asks("section 2 is overdue.")
    deal.does("", "Buyer: fill Threshold with USD 5.00.")

    assert (undecided, deal.asks("section 2 is overdue.")) == ("open", "true")


PAYMENT = """
Clause 2 "Price":
  "Price" means an optional blank amount of USD, filled by the Buyer.
  The Seller must pay the Price to the Buyer by 5 September 2005.
"""


def test_of_a_sum_that_is_open_it_is_open_whether_it_is_late() -> None:
    deal = opened(PAYMENT)

    deal.passes("10:00 on 6 September 2005")

    assert deal.asks("section 2 is overdue.") == "open"
    assert opened(PAYMENT, Price=usd("0.00")).asks("section 2 is overdue.") == "false"
