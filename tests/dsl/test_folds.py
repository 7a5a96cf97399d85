"""A figure over many rows is exact after every act, and an act costs the rows it touches, however many there are."""

from collections import Counter
from typing import Any

import pytest

from dsl.folds import FEW
from dsl.state import State
from tests.dsl.deals import Deal, opened

CLAIMS = """
Clause 2 "Claims":
  "Least" means an optional blank amount of USD, filled by the Buyer.
  "Claim" means a claim, made by the Seller, stating Amount as amount and Side as one of (Odd, Even) and Mark as number.
  "Time" of a Claim means the making of such Claim.
  "Large" of a Claim means that the Amount of such Claim is at least the Least.
  "Total" means the sum of the Amount of every Claim.
  "Own Side" of a Claim means the sum of the Amount of every Claim whose Side is (the Side of such Claim).
  "Before" of a Claim means the sum of the Amount of every Claim
    whose Side is (the Side of such Claim) and whose Time is before (the Time of such Claim).
  "Many" means the number of Claims.
  "Biggest" means the Amount of the largest Claim.
  "Newest" means the Amount of the latest Claim.
  "Odd Ones" means the number of Claims whose Side is Odd and whose Amount is more than USD 10.00.
  "Large Ones" means the number of Claims which is Large.
  "Ripe" of a Claim means that 1 hour after the making of such Claim has come.
  "Ripe Ones" means the number of Claims which is Ripe.
  "Part" of a Claim means the share of such Claim in USD 1.00 in proportion to Mark of every Claim.
  No Claim is valid unless no Claim whose Amount is (the Amount of such Claim) has been made.
  No Claim is valid unless the Total plus the Amount of such Claim is at most USD 1,000.00.
"""
SIDES = ("Even", "Odd")
NUMBERS = ("the Many", "the Odd Ones", "the Large Ones", "the Ripe Ones")


def claim(number: int) -> str:
    """What the Seller says to claim as many dollars as the number of the claim."""
    stated = f"stating Amount as USD {number}.00 and Side as {SIDES[number % 2]} and Mark as 1"
    return f'Seller: present the Claim "C-{number}" {stated}.'


def claims(most: int) -> Deal:
    """Claims of USD 1.00, 2.00 and so on, a minute after each other."""
    deal = opened(CLAIMS)
    for number in range(1, most + 1):
        deal.does(f"{9 + number // 60:02}:{number % 60:02} on 1 September 2005", claim(number))
    return deal


def figures(deal: Deal, *names: str) -> list[str]:
    """What each figure is now."""
    return [deal.figure(name, "0" if name in NUMBERS else "USD 0.00") for name in names]


def test_sums_counts_and_the_first_and_last_of_forty_rows_are_exact() -> None:
    deal = claims(40)

    assert figures(deal, "the Total", "the Many", "the Biggest", "the Newest", "the Odd Ones") == [
        "USD 820.00", "40", "USD 40.00", "USD 40.00", "15",
    ]  # fmt: skip
    assert figures(deal, 'the Own Side of "C-39"', 'the Own Side of "C-2"') == ["USD 400.00", "USD 420.00"]
    assert figures(deal, 'the Before of "C-39"', 'the Before of "C-1"') == ["USD 361.00", "USD 0.00"]


def test_a_row_that_is_withdrawn_is_no_longer_in_any_figure() -> None:
    deal = claims(40)
    assert deal.figure("the Total") == "USD 820.00"

    deal.does("10:00 on 1 September 2005", 'Seller: withdraw the Claim "C-40".')
    deal.does("10:01 on 1 September 2005", 'Seller: withdraw the Claim "C-1".')

    assert figures(deal, "the Total", "the Many", "the Biggest", "the Newest") == [
        "USD 779.00", "38", "USD 39.00", "USD 39.00",
    ]  # fmt: skip
    assert figures(deal, 'the Own Side of "C-2"', 'the Before of "C-39"') == ["USD 380.00", "USD 360.00"]


def test_rows_that_wait_for_a_time_are_counted_when_it_has_come() -> None:
    deal = claims(40)
    deal.passes("10:30 on 1 September 2005")
    assert figures(deal, "the Ripe Ones") == ["30"]

    deal.passes("10:35 on 1 September 2005")

    assert figures(deal, "the Ripe Ones") == ["35"]


def test_a_second_row_of_the_same_kind_is_refused_among_many_until_the_first_is_withdrawn() -> None:
    deal = claims(30)
    again = 'Seller: present the Claim "D" stating Amount as USD 7.00 and Side as Odd and Mark as 1.'

    deal.fails("10:00 on 1 September 2005", again, "2")
    deal.does("10:01 on 1 September 2005", 'Seller: withdraw the Claim "C-7".')

    deal.does("10:02 on 1 September 2005", again)


def test_a_figure_over_many_rows_is_open_while_a_blank_is_and_names_it() -> None:
    deal = claims(30)

    open_still = deal.why("the Large Ones is at least 1.")
    assert (open_still.truth.value, [wait.text for wait in open_still.awaited()]) == ("open", ["the blank Least"])
    deal.does("10:00 on 1 September 2005", "Buyer: fill the Least with USD 21.00.")

    assert figures(deal, "the Large Ones") == ["10"]


def test_what_many_rows_divide_goes_out_to_the_last_cent() -> None:
    deal = claims(FEW + 1)

    parts = [deal.figure(f'the Part of "C-{number}"') for number in range(1, FEW + 2)]

    assert parts == ["USD 0.06"] * 15 + ["USD 0.05"] * 2


def test_an_act_among_many_rows_looks_at_no_more_than_among_few(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: Counter[int] = Counter()
    look = State.look

    def counted(self: State, key: tuple[Any, ...]) -> Any:
        looks[most] += 1
        return look(self, key)

    deals = {most: claims(most) for most in (20, 40)}
    monkeypatch.setattr(State, "look", counted)
    for most, deal in deals.items():
        deal.does("10:00 on 1 September 2005", claim(most + 1))

    assert 0 < looks[40] <= looks[20] * 1.1


HOLDERS = """
Clause 2 "Register":
  "Holder" means a claim, made by the Seller, stating Number as number.
  "Holding" means a claim, made by the Seller, about a Holder, stating Owned as amount.
  "Units" of a Holder means the sum of the Owned of every Holding about such Holder.
  "Outstanding" means the sum of the Units of every Holder.
"""


def test_a_sum_of_sums_follows_what_only_one_of_its_rows_rests_on() -> None:
    deal = opened(HOLDERS)
    for number in range(FEW + 4):
        deal.does("", f'Seller: present the Holder "H-{number}" stating Number as {number}.')
    assert deal.figure("the Outstanding") == "USD 0.00"

    deal.does("", 'Seller: present a Holding about "H-3" stating Owned as USD 5.00.')
    assert deal.figure("the Outstanding") == "USD 5.00"
    deal.does("", 'Seller: present a Holding about "H-3" stating Owned as USD 2.00.')
    assert deal.figure("the Outstanding") == "USD 7.00"
