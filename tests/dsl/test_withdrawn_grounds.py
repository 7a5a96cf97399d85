"""An event that the agreement has made about an entry falls with it: what was done stands, what is to be done ends."""

from tests.dsl.deals import Deal, opened

AWARDS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  "Award" means an event, about a Claim, stating Amount as amount.
  "Release" means an event, about a Claim.
  For each Claim, when such Claim has been made,
    then an Award occurs about such Claim stating Amount as the Amount of such Claim.
  For each Claim, when such Claim has been withdrawn, then a Release occurs about such Claim.
Clause 3 "Pay":
  For each Award, when such Award has been made, then the Seller must pay the Amount of such Award to the Buyer.
Clause 4 "Back":
  For each Release, when such Release has been made, then the Buyer must pay USD 1.00 to the Agent.
"""


def with_claims() -> Deal:
    deal = opened(AWARDS)
    for name, amount in (("C", 300), ("D", 20)):
        deal.does("10:00 on 2 September 2005", f'Buyer: make the Claim "{name}" stating Amount as USD {amount}.00.')
    return deal


def test_an_event_about_an_entry_that_is_withdrawn_no_longer_counts() -> None:
    deal = with_claims()
    deal.does("10:01 on 2 September 2005", 'Seller: pay USD 100.00 to the Buyer about "Award".')

    deal.does("10:02 on 2 September 2005", 'Buyer: withdraw "C".')

    assert deal.asks("the number of Awards is equal to 1.") == "true"
    assert deal.asks("the sum of Amount of every Award is equal to USD 20.00.") == "true"
    assert (deal.status("3", "Award"), deal.status("3", "Award 2")) == ("superseded", "active")
    assert deal.got("Buyer") == "USD 100.00"
    assert deal.asks("the amount paid under section 3 is equal to USD 100.00.") == "true"
    deal.fails("", 'Seller: pay USD 200.00 to the Buyer about "Award".', "3")


def test_an_event_that_the_withdrawal_itself_brings_about_counts() -> None:
    deal = with_claims()

    deal.does("10:02 on 2 September 2005", 'Buyer: withdraw "C".')

    assert deal.asks("the number of Releases is equal to 1.") == "true"
    assert deal.status("4", "Release") == "active"
