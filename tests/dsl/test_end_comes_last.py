"""What falls due at the instant at which the agreement ends still happens, whatever the order of the text."""

from itertools import permutations as all_orders

import pytest

from tests.dsl.deals import Deal, opened

BOTH = """When 10 September 2005 has passed,
    then USD {}.00 passes from the Fund to the Agent, and this agreement terminates."""
END = "When 10 September 2005 has passed, then this agreement terminates."
PASS = "When 10 September 2005 has passed, then USD 5.00 passes from the Fund to the Seller."
CHAIN = """When the balance of the Fund is at most USD 2.00, then a Note occurs.
  "Note" means an event.
  When a Note has been made, then USD 1.00 passes from the Fund to the Agent."""


def orders(*sentences: str) -> list[tuple[str, ...]]:
    return list(all_orders(sentences))


def clauses(*sentences: str) -> str:
    return "".join(f'Clause {number} "C":\n  {each}\n' for number, each in enumerate(sentences, 2))


def held(*sentences: str) -> Deal:
    deal = opened(clauses(*sentences))
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 7.00 into the Fund.")
    return deal


@pytest.mark.parametrize("order", orders(END, PASS, CHAIN))
def test_money_that_passes_at_the_end_passes_with_all_that_follows_from_it(order: tuple[str, ...]) -> None:
    """Five of seven pass, which makes a Note, on which one more passes; then it ends."""
    deal = held(*order)

    deal.passes("10:00 on 11 September 2005")

    assert deal.holds() == "USD 1.00"
    assert deal.state.terminated is not None
    assert [change.text for change in deal.state.changes if "terminates" in change.text] == ["the agreement terminates"]


@pytest.mark.parametrize(
    "order",
    orders(
        "When the balance of the Fund is at least USD 5.00, then this agreement terminates.",
        "When the balance of the Fund is at least USD 5.00, then USD 5.00 passes from the Fund to the Seller.",
    ),
)
def test_an_end_whose_condition_has_held_for_a_moment_comes(order: tuple[str, ...]) -> None:
    """What passes at that instant takes away what the end waited for, after it has come."""
    deal = held(*order)

    assert deal.holds() == "USD 2.00"
    assert deal.state.terminated == deal.now


@pytest.mark.parametrize(
    "order",
    orders(
        BOTH.format(3),
        PASS,
        END,
    ),
)
def test_of_two_ends_at_one_instant_each_brings_what_its_sentence_says_if_it_can(order: tuple[str, ...]) -> None:
    """Five of the ten go to the Seller and three to the Agent, whichever end is named first."""
    deal = held(*order)
    deal.does("", "Buyer: deposit USD 3.00 into the Fund.")

    deal.passes("10:00 on 11 September 2005")

    assert (deal.got("Seller"), deal.got("Agent"), deal.holds()) == ("USD 5.00", "USD 3.00", "USD 2.00")


@pytest.mark.parametrize(
    "order",
    orders(
        "The Buyer must pay USD 1.00 to the Seller by 10 September 2005, failing which this agreement terminates.",
        PASS,
        """The Seller must pay USD 1.00 to the Agent by 10 September 2005, failing which a Default occurs.
  "Default" means an event.""",
    ),
)
def test_who_is_late_with_the_instant_of_the_end_is_late(order: tuple[str, ...]) -> None:
    deal = held(*order)

    deal.passes("10:00 on 11 September 2005")

    assert deal.asks("the number of Defaults is equal to 1.") == "true"
    assert (deal.got("Seller"), deal.state.terminated is not None) == ("USD 5.00", True)


def test_what_waits_for_the_end_comes_after_it() -> None:
    deal = held(
        "When this agreement has terminated, then USD 2.00 passes from the Fund to the Buyer.",
        END,
        PASS,
        "Section 2 survives.",
    )

    deal.passes("10:00 on 11 September 2005")

    assert (deal.got("Seller"), deal.holds()) == ("USD 5.00", "USD 0.00")


def test_an_end_that_cannot_pass_its_money_any_more_does_not_come() -> None:
    """The five that go to the Seller leave too little for the end, whose sentence is done whole or not at all."""
    deal = held(BOTH.format(6), PASS)

    deal.passes("10:00 on 11 September 2005")

    assert (deal.got("Seller"), deal.holds(), deal.state.terminated) == ("USD 5.00", "USD 2.00", None)
