"""How long a blank period may be: in the unit of its bounds, or in months for years."""

import pytest

from tests.dsl.deals import HEAD, opened, problems, told

GRACE = """
Clause 2 "Grace":
  "Grace" means an optional blank period, at least 5 business days and at most 10 business days, filled by the Buyer.
  "Term" means an optional blank period, at least 6 months and at most 2 years, filled by the Buyer.
"""


@pytest.mark.parametrize("fill", ["Grace with 5 business days", "Grace with 10 business days", "Term with 1 year"])
def test_a_period_within_its_bounds_fills_the_blank(fill: str) -> None:
    deal = opened(GRACE)

    deal.does("", f"Buyer: fill the {fill}.")


@pytest.mark.parametrize(
    "fill",
    ["Grace with 4 business days", "Grace with 11 business days", "Grace with 7 calendar days", "Term with 25 months"],
)
def test_a_period_outside_its_bounds_or_in_another_unit_is_not_understood(fill: str) -> None:
    deal = opened(GRACE)

    assert "is to be at least" in told(deal.tries("", f"Buyer: fill the {fill}."))


def test_bounds_in_two_units_leave_nothing_between_them() -> None:
    text = HEAD + GRACE.replace("at most 10 business days", "at most 30 calendar days")

    assert "Bounds that nothing meets" in problems(text)
