"""A duty to pay what is not known yet: nobody is late with it, and its time runs from when it is known."""

import pytest

from tests.dsl.deals import opened

COST = """
Clause 2 "Costs":
  "Claim" means a claim, made by the Seller.
  "Cost" means a finding, made by the Agent, about a Claim, stating Amount as amount.
  For each Claim, {trigger}the Buyer must pay the Amount of the latest Cost about such Claim to the Seller
    {window}, failing which this agreement terminates.
"""
MADE = ["", "when such Claim has been made, then ", "while such Claim has been made, then "]


@pytest.mark.parametrize("trigger", MADE)
def test_nobody_is_late_with_a_sum_nobody_knows_and_the_time_runs_from_when_it_is_known(trigger: str) -> None:
    deal = opened(COST.format(trigger=trigger, window="within 2 calendar days"))
    deal.does("10:00 on 1 September 2005", 'Seller: make the Claim "C".')
    deal.passes("10:00 on 20 September 2005")
    unknown = deal.status("2", "C"), deal.asks("this agreement has terminated.")
    deal.does("10:00 on 20 September 2005", 'Agent: find the Cost about "C" stating Amount as USD 30.00.')
    deal.passes("23:59 on 22 September 2005")
    timely = deal.status("2", "C")
    deal.passes("00:00 on 23 September 2005")

    assert unknown == ("active", "false")
    assert (timely, deal.asks("this agreement has terminated.")) == ("active", "true")


@pytest.mark.parametrize("trigger", MADE)
@pytest.mark.parametrize("window", ["by 10 September 2005", "within 9 calendar days after 1 September 2005"])
def test_a_date_stays_and_is_missed_once_the_amount_is_known(trigger: str, window: str) -> None:
    deal = opened(COST.format(trigger=trigger, window=window))
    deal.does("10:00 on 1 September 2005", 'Seller: make the Claim "C".')
    deal.passes("10:00 on 20 September 2005")
    unknown = deal.status("2", "C")
    deal.does("10:00 on 20 September 2005", 'Agent: find the Cost about "C" stating Amount as USD 30.00.')

    assert (unknown, deal.asks("this agreement has terminated.")) == ("active", "true")


def test_a_sum_that_becomes_known_in_time_is_due_on_its_date() -> None:
    deal = opened(COST.format(trigger="", window="by 10 September 2005"))
    deal.does("10:00 on 1 September 2005", 'Seller: make the Claim "C".')
    deal.does("10:00 on 5 September 2005", 'Agent: find the Cost about "C" stating Amount as USD 30.00.')
    deal.passes("23:59 on 10 September 2005")
    timely = deal.status("2", "C")
    deal.does("", "Buyer: pay USD 30.00 to the Seller.")

    assert (timely, deal.status("2", "C")) == ("active", "fulfilled")


def test_under_when_the_first_amount_that_is_known_is_fixed() -> None:
    deal = opened(COST.format(trigger="when such Claim has been made, then ", window="within 2 calendar days"))
    deal.does("10:00 on 1 September 2005", 'Seller: make the Claim "C".')
    deal.does("", 'Agent: find the Cost about "C" stating Amount as USD 30.00.')
    deal.does("", 'Agent: find the Cost about "C" stating Amount as USD 40.00.')
    deal.fails("", "Buyer: pay USD 30.01 to the Seller.", "2")
    deal.does("", "Buyer: pay USD 30.00 to the Seller.")

    assert deal.status("2", "C") == "fulfilled"


def test_a_sum_that_turns_out_to_be_nothing_is_not_owed() -> None:
    deal = opened(COST.format(trigger="when such Claim has been made, then ", window="within 2 calendar days"))
    deal.does("10:00 on 1 September 2005", 'Seller: make the Claim "C".')
    deal.does("", 'Agent: find the Cost about "C" stating Amount as USD 0.00.')

    assert deal.status("2", "C") == "fulfilled"
