"""What is asked for an entry reaches what is about it: caps, amounts paid, and what has been performed."""

import pytest

from dsl.events import Acted
from tests.dsl.deals import HEAD, Deal, opened, problems, told, worked

ITEMS = """
Clause 2 "Items":
  "Item" means a claim, made by the Seller, stating Estimate as amount.
  "Back" means a claim, made by the Buyer, about an Item, stating Cost as amount.
  "Award" means an event, about a Back, stating Amount as amount.
  For each Back, when such Back has been made,
    then an Award occurs about such Back stating Amount as the Cost of such Back.
Clause 3 "Pay":
  For each Award, when such Award has been made, then the Seller must pay the Amount of such Award to the Buyer.
"""


def with_backs(more: str) -> Deal:
    """Two items, of 100 and of 40; two backs of 100 about the first, one of 60 about the second."""
    deal = opened(ITEMS + more)
    deal.does("", 'Seller: make the Item "I" stating Estimate as USD 100.00.')
    deal.does("", 'Seller: make the Item "J" stating Estimate as USD 40.00.')
    for name, item, cost in (("B1", "I", 100), ("B2", "I", 100), ("B3", "J", 60)):
        deal.does("", f'Buyer: make the Back "{name}" about "{item}" stating Cost as USD {cost}.00.')
    return deal


def pay(deal: Deal, amount: int, award: str) -> str:
    answer = deal.tries("", f'Seller: pay USD {amount}.00 to the Buyer about "{award}".')
    return "paid" if isinstance(answer, Acted) else "refused"


def test_a_cap_for_each_entry_counts_what_was_paid_for_what_is_about_it() -> None:
    """150 percent of 100 is 150 for the first item, of 40 is 60 for the second, whatever was paid for the other."""
    deal = with_backs(
        "  The total paid under section 3 for each Item must not exceed 150 percent of the Estimate of such Item"
        " in the life of this agreement.\n"
    )

    assert pay(deal, 100, "Award") == "paid"
    assert pay(deal, 100, "Award 2") == "refused"
    assert pay(deal, 50, "Award 2") == "paid"
    assert pay(deal, 1, "Award 2") == "refused"
    assert pay(deal, 60, "Award 3") == "paid"
    assert deal.got("Buyer") == "USD 210.00"


def test_a_cap_for_each_entry_trims_what_is_beyond_it() -> None:
    deal = with_backs(
        "  The total paid under section 3 for each Item must not exceed 150 percent of the Estimate of such Item"
        " in the life of this agreement; the excess is not payable.\n"
    )
    assert pay(deal, 100, "Award") == "paid"
    assert pay(deal, 100, "Award 2") == "paid"

    assert deal.got("Buyer") == "USD 150.00"
    assert deal.status("3", "Award 2") == "fulfilled"
    assert deal.status("3", "Award 3") == "active"


@pytest.mark.parametrize("excess", ["", "; the excess is not payable"])
def test_what_is_left_of_the_cap_of_one_entry_can_be_asked(excess: str) -> None:
    """150 of 200 are allowed for the first item, and 60 of 60 for the second; 100 were paid for the first."""
    deal = with_backs(
        "  The total paid under section 3 for each Item must not exceed 150 percent of the Estimate of such Item"
        f" in the life of this agreement{excess}.\n"
        '  "Left" of an Item means the remainder under section 3 for such Item.\n'
    )
    assert pay(deal, 100, "Award") == "paid"

    figures = ("the limit under section 3 for", "the remainder under section 3 for", "the excess under section 3 for")
    assert [deal.figure(f'{each} "I"') for each in figures] == ["USD 150.00", "USD 50.00", "USD 50.00"]
    assert [deal.figure(f'{each} "Award 3"') for each in figures] == ["USD 60.00", "USD 60.00", "USD 0.00"]
    assert deal.figure('the Left of "I"') == "USD 50.00"
    assert "limit USD 150.00, used USD 100.00, remaining USD 50.00" in worked(
        deal, 'the remainder under section 3 for "I"'
    )

    assert pay(deal, 50, "Award 2") == "paid"
    assert [deal.figure(f'{each} "I"') for each in figures] == ["USD 150.00", "USD 0.00", "USD 50.00"]


def test_a_cap_for_all_is_asked_for_none_and_one_for_each_of_those_it_is_for() -> None:
    of_all = "  The total paid under section 3 must not exceed USD 90.00 in the life of this agreement.\n"
    of_each = (
        "  The total paid under section 3 for each Back must not exceed USD 90.00 in the life of this agreement.\n"
    )
    asked = '  "Left" of an Award means the remainder under section 3{}.\n'

    told = problems(HEAD + ITEMS + of_all + asked.format(" for such Award"))
    assert "error: Section 3 has one cap for all" in told
    assert "Write `the remainder under section 3`." in told

    told = problems(HEAD + ITEMS + of_each + asked.format(""))
    assert "error: The cap of which Back?" in told
    assert "Write `the remainder under section 3 for such Back`, or for one with a name." in told

    deal = with_backs(of_each)
    why = deal.why('the remainder under section 3 for "I" is at least USD 1.00.')
    assert why.truth.value == "open"
    assert why.waits[0].text == '"I" is, and is about, no Back: section 3 has a cap for each of these'


def test_what_was_paid_for_an_entry_is_what_was_paid_for_what_is_about_it() -> None:
    deal = with_backs(
        '  "Left" of an Item means the Estimate of such Item less the amount paid under section 3 for such Item.\n'
        '  "Over" of an Item means that section 3 has been performed for such Item.\n'
    )
    pay(deal, 100, "Award")
    pay(deal, 30, "Award 3")

    assert deal.asks('the amount paid under section 3 for "I" is equal to USD 100.00.') == "true"
    assert deal.asks('the amount paid under section 3 for "B1" is equal to USD 100.00.') == "true"
    assert deal.asks('the Left of "I" is equal to USD 0.00.') == "true"
    assert deal.asks('the Left of "J" is equal to USD 10.00.') == "true"
    assert deal.asks('"I" is Over.') == "pending"

    pay(deal, 100, "Award 2")

    assert deal.asks('"I" is Over.') == "true"
    assert deal.asks('"J" is Over.') == "pending"


TWO_DEPOSITS = """
Clause 2 "First": The Seller must deposit USD 60.00 into the Fund by 9 September 2005.
Clause 3 "Second": The Seller must deposit USD 40.00 into the Fund by 6 September 2005.
"""


def test_a_deposit_that_duties_of_two_sections_wait_for_says_under_which() -> None:
    deal = opened(TWO_DEPOSITS)

    answer = deal.tries("", "Seller: deposit USD 20.00 into the Fund.")

    assert "Say under which section: 2 or 3." in told(answer)
    deal.does("", "Seller: deposit USD 20.00 into the Fund under section 3.")
    assert str(deal.state.norms_of(key_under(deal, "3"))[0].paid) == "2000"


def test_a_deposit_of_all_that_one_duty_still_waits_for_is_under_that_one() -> None:
    deal = opened(TWO_DEPOSITS)

    deal.does("", "Seller: deposit USD 40.00 into the Fund.")

    assert (deal.asks("section 3 is fulfilled."), deal.asks("section 2 is active.")) == ("true", "true")


def test_a_deposit_goes_to_the_only_duty_that_still_waits_for_one() -> None:
    deal = opened(TWO_DEPOSITS)
    deal.does("", "Seller: deposit USD 40.00 into the Fund.")

    deal.does("", "Seller: deposit USD 10.00 into the Fund.")
    deal.does("", "Seller: deposit USD 50.00 into the Fund.")
    deal.does("", "Seller: deposit USD 1.00 into the Fund.")

    assert deal.asks("section 2 is fulfilled.") == "true"
    assert deal.holds() == "USD 101.00"


def key_under(deal: Deal, section: str) -> str:
    return next(each.key for each in deal.agreement.provisions if each.cited == section)
