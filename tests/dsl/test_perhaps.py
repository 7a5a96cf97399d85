"""Money that may have passed by itself is not there for certain, where neither "all of it is so" nor "none of it is so"
is what the blank will hold.

A limit of ten is at least five and not at least twenty: what each content would have led to is worked out by hand.
"""

import pytest

from dsl import views
from dsl.engine import in_force
from tests.dsl.deals import Deal, opened

GO = "10:00 on 1 September 2005"
LATER = "10:00 on 4 September 2005"
MIDDLE = "the Limit is at least USD 5.00 and Low applies"
PASSES = f"When {MIDDLE}, then USD 5.00 passes from the Fund to the Seller."
MISSED = (
    f"While {MIDDLE}, then the Seller must make a Report within 24 hours, failing which USD 5.00 passes from the"
    " Fund to the Seller."
)
SHARE = (
    "While the balance of the Fund is at least the Limit and the Limit is less than USD 20.00, then 10 percent of the"
)
SHARE += " balance of the Fund passes from the Fund to the Seller."


def deal_with(sentence: str) -> Deal:
    """A fund of a hundred, out of which a sentence may let something pass."""
    deal = opened(f"""
Clause 2 "Limit":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Low" means that none of
    (i) the Limit is at least USD 20.00; or
    (ii) the Limit is at least USD 30.00.
  "Report" means a claim, made by the Seller.
  The Agent may pay any amount to the Buyer from the Fund.
Clause 3 "Money":
  {sentence}
""")
    deal.does(GO, "Buyer: deposit USD 100.00 into the Fund.")
    deal.passes(LATER)
    return deal


@pytest.mark.parametrize(
    ("sentence", "limit", "left"),
    [
        (PASSES, "10.00", "95.00"),
        (PASSES, "25.00", "100.00"),
        (MISSED, "10.00", "95.00"),
        (MISSED, "3.00", "100.00"),
        (SHARE, "10.00", "90.00"),
        (SHARE, "25.00", "100.00"),
    ],
)
def test_what_a_fund_holds_is_open_until_the_blank_is_filled_that_decides_it(
    sentence: str, limit: str, left: str
) -> None:
    deal = deal_with(sentence)
    open_by_then = [
        deal.asks(each)
        for each in (
            "the balance of the Fund is equal to USD 100.00.",
            f"the balance of the Fund is equal to USD {left}.",
            "the amount paid under section 3 is at least USD 1.00.",
        )
    ]
    (fund,) = views.funds(in_force(deal.agreement, deal.state), deal.state)
    deal.does("09:00 on 1 September 2005", f"Buyer: fill the Limit with USD {limit}.", LATER)

    assert open_by_then == ["open"] * 3
    assert (fund.balance, fund.paid_out, str(fund.deposited)) == (None, None, "USD 100.00")
    assert deal.asks(f"the balance of the Fund is equal to USD {left}.") == "true"


def test_an_empty_fund_is_empty_whatever_may_pass_from_it() -> None:
    deal = opened(f"""
Clause 2 "Money":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Low" means that none of
    (i) the Limit is at least USD 20.00; or
    (ii) the Limit is at least USD 30.00.
  {PASSES}
""")

    assert deal.asks("the balance of the Fund is equal to USD 0.00.") == "true"


@pytest.mark.parametrize(("sentence", "amount"), [(PASSES, "96.00"), (SHARE, "1.00")])
def test_what_may_have_passed_cannot_be_paid_out(sentence: str, amount: str) -> None:
    deal = deal_with(sentence)

    told = deal.fails("", f"Agent: pay USD {amount} to the Buyer from the Fund.", "3")

    assert "the blank Limit" in told


def test_what_is_there_whatever_may_have_passed_can_be_paid_out() -> None:
    deal = deal_with(PASSES)

    deal.does("", "Agent: pay USD 95.00 to the Buyer from the Fund.")


def test_what_is_left_of_a_cap_is_open_where_something_may_have_passed_under_it() -> None:
    deal = deal_with(
        f"{PASSES}\n  The total paid under section 3 must not exceed USD 50.00 in the life of this agreement."
    )

    assert deal.asks("the remainder under section 3 is equal to USD 50.00.") == "open"


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("USD 5.00 passes from the Fund to the Seller", "the balance of the Fund is equal to USD 7.00."),
        ('"Hudson" becomes the Agent', 'the Agent is filled by "Hudson".'),
        ("the Agent becomes vacant", "the Agent is vacant."),
        ("the Agent becomes vacant", "section 2, second sentence is active."),
        ("the Buyer is discharged", "section 2, first sentence is active."),
        ("the Buyer is discharged", "section 2, first sentence is discharged."),
    ],
)
def test_what_a_fourth_blank_decides_is_open_too(sentence: str, asked: str) -> None:
    names = ("Whole", "First", "Second", "Third")
    blanks = "".join(f'  "{each}" means an optional blank amount of USD, filled by the Buyer.\n' for each in names)
    fines = "".join(f"  When the {each} is more than USD 5.00, then a Fine occurs.\n" for each in names[1:])
    deal = opened(f"""
Clause 2 "Fines":
{blanks}  "Fine" means an event, made by the Buyer.
  The Buyer must make a Fine by 5 September 2005.
  The Agent may pay any amount to the Seller from the Fund.
{fines}Clause 3 "Whole":
  When the Whole is more than USD 5.00, then {sentence}.
""")
    deal.does(GO, "Buyer: deposit USD 7.00 into the Fund.")

    assert deal.asks(asked) == "open"
