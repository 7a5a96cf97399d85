"""A whole divided in proportion, of which nobody gets more than a most: the others divide what is beyond it."""

import pytest

from tests.dsl.deals import Deal, opened, worked

ORDERS = """
Clause 2 "Orders":
  "Order" means a claim, made by the Buyer, stating Weight as number and Most as amount and Units as number.
  "Cut" of an Order means the share of such Order in USD 100.00 in proportion to Weight of every Order up to Most.
  "Lots" of an Order means the share of such Order in 10 in proportion to Weight of every Order.
  "Fill" of an Order means the share of such Order in 10 in order of the making of every Order up to Units.
  "Left" of an Order means the Most of such Order less the amount paid under section 3 for such Order.
Clause 3 "Pay":
  "Close" means a finding, made by the Agent.
  For each Order, when a Close has been made, then the Agent must pay the Cut of such Order to the Buyer from the Fund.
"""


def ordered(*orders: tuple[int, str, int]) -> Deal:
    deal = opened(ORDERS)
    deal.does("", "Buyer: deposit USD 500.00 into the Fund.")
    for hour, name, (weight, most, units) in zip((10, 11, 12), "ABC", orders, strict=True):
        stating = f"Weight as {weight} and Most as {most} and Units as {units}"
        deal.does(f"{hour}:00 on 1 September 2005", f'Buyer: present the Order "{name}" stating {stating}.')
    return deal


def cuts(deal: Deal, names: str = "ABC") -> list[str]:
    return [deal.figure(f'the Cut of "{name}"') for name in names]


@pytest.mark.parametrize(
    ("most", "parts"),
    [
        # 50.00, 30.00, 20.00: nobody is over
        (("USD 60.00", "USD 60.00", "USD 60.00"), ["USD 50.00", "USD 30.00", "USD 20.00"]),
        # A stops at 20.00; 80.00 by 3 : 2 are 48.00 and 32.00
        (("USD 20.00", "USD 60.00", "USD 60.00"), ["USD 20.00", "USD 48.00", "USD 32.00"]),
        # A stops at 20.00, then B, who would have 48.00, at 40.00; C takes the other 40.00
        (("USD 20.00", "USD 40.00", "USD 60.00"), ["USD 20.00", "USD 40.00", "USD 40.00"]),
        # all stop: 10.00 of the 100.00 are nobody's
        (("USD 20.00", "USD 40.00", "USD 30.00"), ["USD 20.00", "USD 40.00", "USD 30.00"]),
    ],
)
def test_what_is_beyond_the_most_of_one_the_others_divide(most: tuple[str, str, str], parts: list[str]) -> None:
    deal = ordered(*((weight, each, 1) for weight, each in zip((5, 3, 2), most, strict=True)))

    assert cuts(deal) == parts


def test_a_cent_that_is_left_over_does_not_go_beyond_the_most() -> None:
    """A third each: 33.34, 33.33 and 33.33; with no more than 33.33 for A the cent is B's."""
    deal = ordered((1, "USD 33.33", 1), (1, "USD 60.00", 1), (1, "USD 60.00", 1))

    assert cuts(deal) == ["USD 33.33", "USD 33.34", "USD 33.33"]
    assert "1, up to USD 33.33" in worked(deal, 'the Cut of "A"')


def test_each_is_paid_its_part_whoever_was_paid_before() -> None:
    deal = ordered((5, "USD 20.00", 1), (3, "USD 60.00", 1), (2, "USD 60.00", 1))
    deal.does("", "Agent: find a Close.")

    for name, part in (("B", "USD 48.00"), ("A", "USD 20.00"), ("C", "USD 32.00")):
        deal.fails("", f'Agent: pay {part[:-1]}1 to the Buyer from the Fund about "{name}".', "3")
        deal.does("", f'Agent: pay {part} to the Buyer from the Fund about "{name}".')

    assert deal.holds() == "USD 400.00"


def test_a_number_is_divided_as_an_amount_is() -> None:
    """10 by 5 : 3 : 3 is 4 and 6/11, 2 and 8/11 twice: 5, 3 and 2. In order, up to 6, 3 and 3: 6, 3 and 1."""
    deal = ordered((5, "USD 1.00", 6), (3, "USD 1.00", 3), (3, "USD 1.00", 3))

    for what, parts in (("Lots", (5, 3, 2)), ("Fill", (6, 3, 1))):
        so = [f'the {what} of "{name}" is equal to {part}.' for name, part in zip("ABC", parts, strict=True)]
        assert [deal.asks(each) for each in so] == ["true"] * 3
