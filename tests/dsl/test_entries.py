"""How many of a group must act, and which entry a name stands for."""

import pytest

from dsl.entries import find, needed_of
from tests.dsl.deals import opened


@pytest.mark.parametrize(
    ("rule", "members", "needed"),
    [
        ("each", 3, 3),
        ("any", 3, 1),
        ("majority", 1, 1),
        ("majority", 2, 2),
        ("majority", 3, 2),
        ("majority", 4, 3),
        ("majority", 5, 3),
        ("2", 3, 2),
    ],
)
def test_enough_of_a_group_by_its_rule(rule: str, members: int, needed: int) -> None:
    assert needed_of(rule, members) == needed


def test_a_group_in_a_group_acts_by_both_rules() -> None:
    deal = opened(
        """
Clause 2 "Groups":
  "Pair" means a group of Buyer and Seller, acting by each of them.
  "Panel" means a group of Pair and Agent, acting by any of them.
  "Memo" means a writing, signed by the Panel.
"""
    )
    deal.does("", 'Buyer: sign the Memo "M".')
    assert deal.asks("a Memo has been completed.") == "pending"

    deal.does("", 'Seller: sign the Memo "M".')

    assert deal.asks("a Memo has been completed.") == "true"


def test_a_name_that_nobody_gave_stands_for_nothing() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Seller.')
    deal.does("", 'Seller: present the Claim "C".')

    assert find(deal.state, ("Claim",), "C") == deal.state.entries[0]
    assert find(deal.state, (), "C") == deal.state.entries[0]
    assert find(deal.state, ("Other",), "C") is None
    assert find(deal.state, (), "D") is None
