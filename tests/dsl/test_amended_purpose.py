"""What is in a fund of which an amendment changes the purpose."""

from tests.dsl.amending import CHANGE, amend
from tests.dsl.deals import Deal, opened, worked

PURPOSE = """
Clause 2 "Purpose":
  "Sum" means USD 120.00.

Clause 3 "Pot":
  "Pot" means a fund in USD, held by the Agent, for the Sum.
  The Buyer must deposit the Sum into the Pot.
  The Agent may pay any amount to the Seller from the Pot.
  While the excess of the Pot is more than USD 0.00, then the Agent may refund the excess of the Pot to the Buyer.
"""


def test_what_is_beyond_a_purpose_that_was_lowered_after_the_deposit_stays_in_the_balance_and_is_told() -> None:
    """120.00 for 120.00; once the sum is 110.00, 10.00 is told as beyond it, and 5.00 once 115.00 is paid."""
    made = opened(PURPOSE + CHANGE)
    made.does("", "Buyer: deposit USD 120.00 into the Pot.")
    assert "beyond" not in worked(made, "the balance of the Pot")

    amend(made, "'Sum' means USD 110.00.")

    assert (made.holds("Pot"), made.holds("Pot", "excess")) == ("USD 120.00", "USD 0.00")
    assert "USD 10.00 in the balance was deposited" in told_of(made, "the balance of the Pot")
    assert "beyond the USD 110.00 that it is for now, and is not excess" in told_of(made, "the excess of the Pot")
    made.does("", "Agent: pay USD 115.00 to the Seller from the Pot.")
    assert "USD 5.00 in the balance was deposited" in told_of(made, "the balance of the Pot")


def test_what_is_beyond_a_purpose_that_was_raised_is_told_of_no_balance() -> None:
    made = opened(PURPOSE + CHANGE)
    made.does("", "Buyer: deposit USD 120.00 into the Pot.")

    amend(made, "'Sum' means USD 130.00.")
    made.does("", "Buyer: deposit USD 15.00 into the Pot.")

    assert (made.holds("Pot"), made.holds("Pot", "excess")) == ("USD 130.00", "USD 5.00")
    assert "beyond" not in told_of(made, "the balance of the Pot")


def told_of(made: Deal, words: str) -> str:
    """How a figure came about, in one line."""
    return " ".join(worked(made, words).split())
