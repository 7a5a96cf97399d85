"""An act that several entries could be meant by, or that is spread over them, says which of them a refusal is about."""

from dsl.events import Malformed
from dsl.possibilities import possibilities
from tests.dsl.deals import opened, told

CLAIMS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Leave" means an act, made by the Buyer, about a Claim.
  For each Claim, when a Leave about such Claim has been made, then the Buyer may pay USD 5.00 to the Seller.
"""
QUEUE = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date.
  For each Bill, when such Bill has been made,
    then the Agent must pay the Amount of such Bill to the Seller from the Fund in order of Due.
"""


def test_of_several_entries_that_could_allow_an_act_each_is_named() -> None:
    deal = opened(CLAIMS)
    for name in ("A", "B"):
        deal.does("", f'Seller: present the Claim "{name}" stating Amount as USD 5.00.')

    refusal = deal.fails("", "Buyer: pay USD 5.00 to the Seller.", "2")

    assert 'Not yet: one of: Buyer can make a Leave (for "A"); or Buyer can make a Leave (for "B").' in refusal
    assert 'pending (none yet for "A")' in refusal
    assert 'pending (none yet for "B")' in refusal


def test_of_many_entries_the_first_are_named_and_how_many_more_there_are() -> None:
    deal = opened(CLAIMS)
    for name in "ABCDE":
        deal.does("", f'Seller: present the Claim "{name}" stating Amount as USD 5.00.')

    refusal = deal.fails("", "Buyer: pay USD 5.00 to the Seller.", "2")

    assert 'Buyer can make a Leave (for "C"); or the same for 2 others.' in refusal


def test_an_entry_that_is_named_by_the_act_is_not_told_again() -> None:
    deal = opened(CLAIMS)
    for name in ("A", "B"):
        deal.does("", f'Seller: present the Claim "{name}" stating Amount as USD 5.00.')

    refusal = deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "B".', "2")

    assert refusal.startswith("Refused under section 2: Not yet: Buyer can make a Leave.")


def test_a_payment_that_the_order_gives_to_one_entry_says_which_was_refused() -> None:
    deal = opened(QUEUE)
    for name, day in (("A", 20), ("B", 10)):
        deal.does("", f'Seller: make the Bill "{name}" stating Amount as USD 9.00 and Due as {day} September 2005.')

    refusal = deal.fails("", "Agent: pay USD 9.00 to the Seller from the Fund.")

    assert 'For "B": The Fund holds USD 0.00, which is less than USD 9.00.' in refusal


def test_what_is_not_understood_of_one_of_several_acts_says_of_which() -> None:
    deal = opened(
        """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Note" means an act, about a Bill.
  For each Bill, when such Bill has been made, then the Buyer may make a Note about such Bill.
Clause 3 "Large ones":
  For each Bill, while the Amount of such Bill is more than USD 5.00, then the Buyer may make a Note about such Bill.
"""
    )
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 4.00.')
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 9.00.')

    answer = deal.tries("", "Buyer: make a Note about every Bill.")

    assert isinstance(answer, Malformed)
    assert 'For "B": Say under which section: 2 or 3.' in told(answer)


def test_what_an_actor_can_do_names_the_entries_too() -> None:
    deal = opened(CLAIMS)
    deal.does("", 'Seller: present the Claim "A" stating Amount as USD 5.00.')

    texts = [each.text for each in possibilities(deal.agreement, deal.state, "Buyer")]

    assert 'pay USD 5.00 to the Seller about "A"' in texts
