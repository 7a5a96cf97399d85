"""A figure that was fixed when an event came about is followed back to what it was worked out from then."""

from tests.dsl.deals import opened, worked

INSTALMENTS = """
Clause 2 "Interest":
  "Rate" means a finding, made by the Agent, stating Part as rate, the latest of which counts.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Balance" of a Bill means the Amount of such Bill plus the sum of Sum of every Charge
    plus (the Amount of such Bill times the Part of the latest Rate).
  "Charge" means an event, about a Bill, stating Sum as amount.
  For each Bill, when such Bill has been made,
    then a Charge occurs about such Bill stating Sum as the Balance of such Bill.
"""


def test_it_is_followed_back_to_what_it_was_worked_out_from_then() -> None:
    """USD 100.00 and 5 percent of them are USD 105.00, whatever the rate has become since."""
    deal = opened(INSTALMENTS)
    deal.does("10:00 on 2 September 2005", "Agent: find the Rate stating Part as 5 percent.")
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "A" stating Amount as USD 100.00.')
    deal.does("10:00 on 4 September 2005", "Agent: find the Rate stating Part as 9 percent.")

    told = worked(deal, 'the Sum of "Charge"')

    assert "USD 100.00 + USD 0.00 + USD 5.00" in told
    assert "9 percent" not in told


def test_the_figures_of_earlier_events_are_facts() -> None:
    """To USD 10.00 and their 5 percent the USD 105.00 of the first Charge are added, and not worked out once more."""
    deal = opened(INSTALMENTS)
    deal.does("10:00 on 2 September 2005", "Agent: find the Rate stating Part as 5 percent.")
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "A" stating Amount as USD 100.00.')
    deal.does("10:00 on 4 September 2005", 'Seller: present the Bill "B" stating Amount as USD 10.00.')

    told = worked(deal, 'the Sum of "Charge 2"')

    assert "USD 10.00 + USD 105.00 + USD 0.50" in told
    assert "USD 100.00" not in told
