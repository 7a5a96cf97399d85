"""Rates are figures like others: the larger of two, by how much one exceeds another, their sum, the best of several."""

import pytest

from dsl.events import Malformed
from tests.dsl.deals import Deal, opened

QUOTAS = """
Clause 2 "Partners":
  "Partner" means a claim, made by the Agent, stating Quota as rate.
  "Half" of a Partner means the Quota of such Partner divided by 2.
  "Cut" of a Partner means the share of such Partner in USD 100.01 in proportion to Quota of every Partner.
Clause 3 "Fee":
  "Fee Rate" means an optional blank rate, at least 1 percent and at most 10 percent,
    2.5 percent unless stated otherwise.
  "Pay" means an event.
  When the sum of Quota of every Partner is equal to 100 percent, then a Pay occurs.
"""


@pytest.fixture
def partners() -> Deal:
    deal = opened(QUOTAS)
    for name, quota in (("A", "62.5 percent"), ("B", "12.5 percent"), ("C", "0.25")):
        deal.does("", f'Agent: make the Partner "{name}" stating Quota as {quota}.')
    return deal


@pytest.mark.parametrize(
    "so",
    [
        'the larger of the Quota of "B" and 20 percent is equal to 20 percent.',
        'the smaller of the Quota of "A", 0.7 and the Quota of "B" is equal to 12.5 percent.',
        'the amount by which the Quota of "A" exceeds the Quota of "B" is equal to 50 percent.',
        'the amount by which the Quota of "B" exceeds the Quota of "A" is equal to 0 percent.',
        'the difference between the Quota of "B" and the Quota of "A" is equal to 0.5.',
        "the sum of Quota of every Partner is equal to 100 percent.",
        "the sum of Half of every Partner is equal to 50 percent.",
        "the sum of Quota of every Partner whose Quota is more than 1 is equal to 0 percent.",
        'the Partner with the largest Quota is "A".',
        'the Partner with the smallest Quota is "B".',
        "a Pay has been made.",
    ],
)
def test_rates_are_compared_and_added_up(partners: Deal, so: str) -> None:
    assert partners.asks(so) == "true"


def test_a_whole_is_divided_in_proportion_to_rates(partners: Deal) -> None:
    """10,001 cents by 5 : 1 : 2: 6,250.625, 1,250.125 and 2,500.25; the cent that is left over goes to the first."""
    cuts = [partners.figure(f'the Cut of "{name}"') for name in "ABC"]

    assert cuts == ["USD 62.51", "USD 12.50", "USD 25.00"]


def test_a_blank_rate_keeps_within_its_bounds(partners: Deal) -> None:
    assert partners.asks("the Fee Rate is equal to 2.5 percent.") == "true"

    for who in ("Buyer", "Seller", "Agent"):
        answer = partners.tries("", f"{who}: fill the Fee Rate with 0.11.")
        assert isinstance(answer, Malformed)
        partners.does("", f"{who}: fill the Fee Rate with 10 percent.")

    assert partners.asks("the Fee Rate is equal to 0.1.") == "true"


def test_a_whole_number_in_place_of_a_rate_says_how_either_rate_is_written(partners: Deal) -> None:
    answer = partners.tries("", 'Agent: make the Partner "D" stating Quota as 3.')

    assert isinstance(answer, Malformed)
    assert answer.problems == ("Quota of Partner must be a rate, not 3. Write `3.0`, or `3 percent`.",)
    partners.does("", 'Agent: make the Partner "D" stating Quota as 3.0.')
    assert partners.asks('the Quota of "D" is equal to 300 percent.') == "true"
