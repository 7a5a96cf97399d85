"""What is paid in order goes to the first until they have all they are owed, and never beyond what there is."""

import pytest

from dsl.dividing import in_turn
from tests.dsl.deals import opened, problems

BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as optional date
    and Note as text and Size as number.
  "Turn" of a Bill means the share of such Bill in the balance of the Fund in order of {rank} of every Bill
    up to {owed}.
"""


@pytest.mark.parametrize(
    ("total", "owed", "ranks", "parts"),
    [
        (100, [60, 60, 60], [1, 2, 3], (60, 40, 0)),
        (100, [60, 60, 60], [3, 2, 1], (0, 40, 60)),
        (100, [30, 30], [1, 2], (30, 30)),
        (100, [70, 70, 70], [1, 1, 2], (50, 50, 0)),
        (1, [5, 5], [1, 1], (1, 0)),
        (0, [5, 5], [1, 1], (0, 0)),
        (10, [0, 0, 4], [1, 1, 1], (0, 0, 4)),
    ],
)
def test_each_gets_what_it_is_owed_in_turn(
    total: int, owed: list[int], ranks: list[int], parts: tuple[int, ...]
) -> None:
    assert in_turn(total, owed, ranks) == parts


def test_who_has_no_rank_yet_leaves_all_parts_unknown() -> None:
    deal = opened(BILLS.format(rank="Due", owed="Amount"))
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 5.00 and Note as "x" and Size as 1.')

    assert deal.asks('the Turn of "A" is at least USD 1.00.') == "pending"


def test_where_nobody_is_owed_anything_each_part_is_nothing() -> None:
    deal = opened(BILLS.format(rank="the making", owed="Amount"))
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 0.00 and Note as "x" and Size as 1.')

    assert deal.figure('the Turn of "A"') == "USD 0.00"


@pytest.mark.parametrize(
    ("rank", "owed", "title", "found"),
    [
        ("Note", "Amount", "Not an order", "this is text"),
        ("Due", "Size", "Not an amount of USD", "this is a number"),
        ("Turn", "Amount", "A definition of itself by itself", ""),
    ],
)
def test_an_order_by_what_has_none_is_told(rank: str, owed: str, title: str, found: str) -> None:
    head = 'Agreement "X". The currency is USD. Clause 1: "Seller" means a party. "Agent" means a party. '
    told = problems(head + '"Fund" means a fund in USD, held by the Agent.' + BILLS.format(rank=rank, owed=owed))

    assert title in told
    assert found in told


SHARES = """
Clause 2 "Shares":
  "Holder" means an event, stating Weight as number.
  "Part" of a Holder means the share of such Holder in USD 100.00 in proportion to Weight of every Holder.
  "More" means a claim, made by the Buyer.
  For each More, when such More has been made, then a Holder occurs stating Weight as 3.
"""


@pytest.mark.parametrize("number", [2, 20])
def test_a_share_in_proportion_to_nothing_waits_until_somebody_weighs_something(number: int) -> None:
    rows = " ".join(f'At signing, the Holder "H{each}" occurs stating Weight as 0.' for each in range(number))
    deal = opened(f"{SHARES} {rows}")

    why = deal.why('the Part of "H0" is at least USD 0.00.')
    assert why.truth.value == "pending"
    assert "the Weight of every Holder is nothing" in "; ".join(wait.text for wait in why.awaited())

    deal.does("", "Buyer: present the More.")
    assert (deal.figure('the Part of "H0"'), deal.figure('the Part of "Holder"')) == ("USD 0.00", "USD 100.00")
