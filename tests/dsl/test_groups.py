"""What a group does: each member in the same words, until enough have by the rule of the group."""

import pytest

from dsl.events import Acted
from tests.dsl.deals import Deal, opened

GROUP = """
Clause 2 "Lenders":
  "Ann" means a party.
  "Ben" means a party.
  "Cat" means a party.
  "Lenders" means a group of Ann, Ben and Cat, acting by {rule} of them.
  "Call" means a claim, made by the Lenders, stating Amount as amount of USD.
  The Lenders may pay USD 10.00 to the Seller from the Fund.
"""
PAY = "pay USD 10.00 to the Seller from the Fund."


def lenders(rule: str) -> Deal:
    deal = opened(GROUP.format(rule=rule))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    return deal


@pytest.mark.parametrize(("rule", "needed"), [("each", 3), ("majority", 2), ("2", 2), ("any", 1)])
def test_a_power_of_a_group_is_used_when_enough_members_have_used_it(rule: str, needed: int) -> None:
    deal = lenders(rule)
    paid = []

    for member in ("Ann", "Ben", "Cat")[:needed]:
        deal.does("", f"{member}: {PAY}")
        paid.append(deal.got("Seller"))

    assert paid == ["USD 0.00"] * (needed - 1) + ["USD 10.00"]


def test_one_member_twice_is_not_two() -> None:
    deal = lenders("2")
    deal.does("", f"Ann: {PAY}")

    told = deal.fails("", f"Ann: {PAY}")

    assert "waits for the others of Lenders" in told
    assert deal.got("Seller") == "USD 0.00"


def test_members_who_say_different_things_do_not_concur() -> None:
    deal = lenders("2")

    deal.does("", 'Ann: present the Call "C" stating Amount as USD 5.00.')
    deal.does("", 'Ben: present the Call "C" stating Amount as USD 6.00.')
    different = deal.asks("a Call has been made.")
    deal.does("", 'Cat: present the Call "C" stating Amount as USD 6.00.')

    assert different == "pending"
    assert deal.asks("a Call has been made by the Lenders.") == "true"
    assert deal.asks('the Amount of "C" is equal to USD 6.00.') == "true"


def test_a_stranger_does_not_concur() -> None:
    deal = lenders("2")

    deal.fails("", f"Buyer: {PAY}")


def test_each_concurrence_is_in_the_story_and_in_the_log() -> None:
    deal = lenders("each")

    answer = deal.does("", f"Ann: {PAY}")

    assert isinstance(answer, Acted)
    assert answer.group == "Lenders"
    assert deal.state.changes[-1].text == "Ann concurs for Lenders"
