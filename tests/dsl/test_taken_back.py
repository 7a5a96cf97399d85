"""Whoever has made something under a power may take it back, as who made what the declaration of its kind allows."""

from tests.dsl.deals import opened

VOTES = """
Clause 2 "Votes":
  "Member" means a claim, made by the Agent, stating Who as name.
  "Vote" means a claim, about a Member.
  For each Member, the Who of such Member may make a Vote about such Member before 5 September 2005.
"""
QUERIES = """
Clause 2 "Bills" subject to section 3 by suspension:
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller within 3 calendar days.
Clause 3 "Queries":
  "Query" means an act, about a Bill.
  For each Bill, the Buyer may take a Query about such Bill.
"""


def test_a_vote_is_taken_back_by_the_voter_alone_also_when_voting_is_over() -> None:
    deal = opened(VOTES)
    deal.does("", 'Agent: make the Member "A" stating Who as "Ann".')
    deal.does("", '"Ann": make the Vote "V" about "A".')

    told = deal.fails("10:00 on 6 September 2005", 'Buyer: withdraw the Vote "V".', "2")
    deal.does("", '"Ann": withdraw the Vote "V".')

    assert 'Buyer cannot: only "Ann"' in told
    assert deal.asks("the number of Votes is equal to 0.") == "true"


def test_what_displaces_by_its_use_ends_with_the_act_that_is_withdrawn() -> None:
    """The clock stands still at the end of 1 and of 2 September."""
    deal = opened(QUERIES)
    deal.does("10:00 on 1 September 2005", 'Seller: make the Bill "B".')
    deal.does("11:00 on 1 September 2005", 'Buyer: take the Query "Q" about "B".')
    stood = deal.status("2", "B")

    deal.does("12:00 on 3 September 2005", 'Buyer: withdraw the Query "Q".')

    assert (stood, deal.status("2", "B")) == ("suspended", "active")
    assert deal.asks('the deadline of section 2 for "B" is equal to 6 September 2005.') == "true"
