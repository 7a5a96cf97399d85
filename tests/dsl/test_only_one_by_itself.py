"""Of a kind of which there can be only one, no second one occurs by itself while the first one counts."""

from dsl.engine import explain, in_force
from tests.dsl.deals import Deal, opened

ACCOUNTS = """
Clause 2 "Kinds":
  "Bill" means a claim, made by the Seller.
  "Award" means a finding, made by the Buyer, about a Bill.
  "Sale" means a finding, made by the Buyer, about a Bill.
  "Account" means an event, about a Bill, stating Due as amount, only one for each Bill.
Clause 3 "By award":
  For each Award, when such Award has been made,
    then an Account occurs about the Bill of such Award stating Due as USD 5.00.
Clause 4 "By sale":
  For each Sale, when such Sale has been made,
    then {}an Account occurs about the Bill of such Sale stating Due as USD 7.00.
Clause 5 "Payment":
  For each Account, the Buyer must pay the Due of such Account to the Seller within 5 calendar days.
"""


def bill(between: str = "") -> Deal:
    deal = opened(ACCOUNTS.format(between))
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 9.00 into the Fund.")
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "B".')
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "C".')
    deal.does("11:00 on 1 September 2005", 'Buyer: find the Award about "B".')
    return deal


def test_a_second_one_does_not_occur() -> None:
    """The Award has made the Account of B, of five; the Sale of B makes none, that of C one of seven."""
    deal = bill()

    deal.does("12:00 on 1 September 2005", 'Buyer: find the Sale "S" about "B".')

    assert deal.asks('the number of Accounts about "B" is equal to 1.') == "true"
    assert deal.asks("the sum of Due of every Account is equal to USD 5.00.") == "true"

    deal.does("13:00 on 1 September 2005", 'Buyer: find the Sale "T" about "C".')

    assert deal.asks("the sum of Due of every Account is equal to USD 12.00.") == "true"


def test_why_it_does_not_occur_is_told_once() -> None:
    deal = bill()
    deal.does("12:00 on 1 September 2005", 'Buyer: find the Sale "S" about "B".')
    deal.passes("12:00 on 3 September 2005")
    told = 'Account cannot occur for "S": There is already an Account about "B": "Account". There can be only one.'

    assert [each.text for each in deal.state.changes if each.section == "4"] == [told]
    found = explain(in_force(deal.agreement, deal.state), deal.state, "4")
    assert 'There is already an Account about "B": "Account".' in " ".join(leaf.note for leaf in found.leaves())


def test_nothing_of_its_sentence_happens() -> None:
    """One sentence happens whole or not at all: the two that would pass with the second Account stay."""
    deal = bill("USD 2.00 passes from the Fund to the Seller, and ")

    deal.does("12:00 on 1 September 2005", 'Buyer: find the Sale "S" about "B".')

    assert deal.holds() == "USD 9.00"

    deal.does("13:00 on 1 September 2005", 'Buyer: find the Sale "T" about "C".')

    assert deal.holds() == "USD 7.00"


def test_it_occurs_once_the_first_one_counts_no_more() -> None:
    """The one of the Buyer is withdrawn at noon on the 2nd, and with that what waited for it comes about."""
    deal = opened("""
Clause 2 "Kinds":
  "Mark" means a claim, made by the Buyer, stating Due as amount, only one.
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then a Mark occurs stating Due as USD 7.00.
""")
    deal.does("10:00 on 1 September 2005", "Buyer: present the Mark stating Due as USD 5.00.")
    deal.does("11:00 on 1 September 2005", "Seller: present the Bill.")
    assert deal.asks("the sum of Due of every Mark is equal to USD 5.00.") == "true"

    deal.does("12:00 on 2 September 2005", 'Buyer: withdraw "Mark".')

    assert deal.asks("the sum of Due of every Mark is equal to USD 7.00.") == "true"
