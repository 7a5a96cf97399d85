"""What was missed was missed: a duty under `while` stays overdue or breached when its condition ends."""

import pytest

from tests.dsl.deals import Deal, opened

FEE = """
Clause 2 "Fee":
  "Stop" means a claim, made by the Buyer.
  "Report" means a claim, made by the Seller.
  While no Stop has been made, then the Seller must {duty} by 5 September 2005.
"""


def stopped_late(duty: str) -> Deal:
    deal = opened(FEE.format(duty=duty))
    deal.passes("00:00 on 6 September 2005")
    deal.does("10:00 on 6 September 2005", 'Buyer: present the Stop "S".')
    return deal


def test_a_debt_that_was_overdue_when_its_condition_ended_stays_overdue_and_can_be_paid_late() -> None:
    deal = stopped_late("pay USD 5.00 to the Buyer")

    still = deal.asks("Section 2 is overdue.")
    deal.does("11:00 on 6 September 2005", "Seller: pay USD 5.00 to the Buyer.")

    assert still == "true"
    assert deal.asks("Section 2 is fulfilled late.") == "true"


def test_an_act_that_was_overdue_when_its_condition_ended_stays_overdue_and_can_be_done_late() -> None:
    deal = stopped_late("make a Report")

    still = deal.asks("Section 2 is overdue.")
    deal.does("11:00 on 6 September 2005", "Seller: present the Report.")

    assert still == "true"
    assert deal.asks("Section 2 is fulfilled late.") == "true"


def test_a_breach_that_was_asserted_stays_told_and_keeps_nothing_owed_when_the_condition_ends() -> None:
    deal = opened(FEE.format(duty="pay USD 5.00 to the Buyer"))
    deal.does("10:00 on 2 September 2005", "Buyer: assert breach of section 2.")
    assert deal.asks("Section 2 is said to be breached.") == "true"

    deal.does("11:00 on 2 September 2005", 'Buyer: present the Stop "S".')

    assert deal.asks("Section 2 is dormant.") == "true"
    assert deal.asks("Section 2 is said to be breached.") == "false"
    assert [change.cause for change in deal.state.changes if "said to be breached" in change.text] == ["Buyer"]


def test_what_was_not_due_when_its_condition_ended_is_dormant() -> None:
    deal = opened(FEE.format(duty="pay USD 5.00 to the Buyer"))

    deal.does("23:59 on 5 September 2005", 'Buyer: present the Stop "S".')
    deal.passes("10:00 on 9 September 2005")

    assert deal.asks("Section 2 is dormant.") == "true"


def test_a_debt_stays_overdue_and_an_act_begins_anew_when_the_condition_comes_again() -> None:
    for duty, status in (("pay USD 5.00 to the Buyer", "overdue"), ("make a Report", "active")):
        text = FEE.format(duty=duty).replace("by 5 September 2005", "within 2 calendar days")
        deal = opened(text)
        deal.passes("00:00 on 5 September 2005")
        deal.does("10:00 on 6 September 2005", 'Buyer: present the Stop "S".')

        deal.does("10:00 on 7 September 2005", 'Buyer: withdraw the Stop "S".')

        assert deal.asks(f"Section 2 is {status}.") == "true", duty


def test_a_waiver_ends_what_was_missed() -> None:
    deal = stopped_late("pay USD 5.00 to the Buyer")
    assert deal.asks("Section 2 is overdue.") == "true"

    other = opened(
        FEE.format(duty="pay USD 5.00 to the Buyer")
        + """
Clause 3 "Waivers":
  "Waiver" means a waiver, made by the Buyer, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 2 protects the Buyer.
"""
    )
    other.passes("00:00 on 6 September 2005")
    other.does("10:00 on 6 September 2005", 'Buyer: present the Stop "S".')
    other.does("11:00 on 6 September 2005", "Buyer: give the Waiver stating Requirement as section 2.")

    assert other.asks("Section 2 is waived.") == "true"


def test_a_row_that_a_filter_no_longer_takes_stays_overdue() -> None:
    deal = opened("""
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller.
  "Close" means a claim, made by the Seller, about a Bill.
  "Closed" of a Bill means that a Close about such Bill has been made.
  For each Bill which is not Closed, the Buyer must pay USD 5.00 to the Seller within 2 calendar days.
""")
    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "B".')
    deal.passes("00:00 on 5 September 2005")

    deal.does("10:00 on 5 September 2005", 'Seller: present the Close about "B".')

    assert deal.asks('Section 2 is overdue for "B".') == "true"


LAST_DAY = """
Clause 2 "Report"{edge}:
  "Report" means a claim, made by the Agent.
  "Default" means an event.
  "Next Day" means that 6 September 2005 has come.
  {condition}the Agent must make a Report by 5 September 2005{later}{stopped}, failing which a Default occurs.
  {besides}

Clause 3 "Afterwards":
  When Next Day applies, then the Buyer must pay USD 5.00 to the Seller.
"""


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"condition": "While today is not after 5 September 2005, then "}, "overdue"),
        ({"stopped": " not counting time while Next Day applies"}, "overdue"),
        ({"besides": "When Next Day applies, then the Agent becomes vacant."}, "suspended"),
        ({"edge": " subject to section 3 by suspension while Next Day applies"}, "suspended"),
        ({"edge": " subject to section 3 by replacement while Next Day applies"}, "superseded"),
    ],
)
def test_a_day_ends_before_what_begins_with_the_next_one(said: dict[str, str], status: str) -> None:
    """The report was due on 5 September. What stands in its way stands there from 6 September on."""
    deal = opened(LAST_DAY.format(**{"edge": "", "condition": "", "stopped": "", "later": "", "besides": ""} | said))

    deal.passes("23:59 on 5 September 2005")
    assert deal.asks("no Default has been made.") == "true"
    deal.passes("00:00 on 6 September 2005")

    assert deal.asks("a Default has been made.") == "true"
    assert deal.status("2") == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"condition": "While no Renewal has been made, then "}, "dormant"),
        ({"stopped": " not counting time while Renewed applies"}, "active"),
        ({"edge": " subject to section 3 by replacement while Renewed applies"}, "superseded"),
        ({"later": " extended by the Longer of the latest Renewal"}, "active"),
    ],
)
def test_what_comes_with_the_very_end_of_the_day_came_in_time(said: dict[str, str], status: str) -> None:
    """Nobody objects by the end of 5 September, and with that end the renewal comes: nothing was due without it."""
    silence = """"Objection" means a claim, made by the Buyer.
  "Renewal" means an event, stating Longer as period.
  "Renewed" means that a Renewal has been made.
  When no Objection has been made on or before 5 September 2005,
    then a Renewal occurs stating Longer as 5 calendar days."""
    deal = opened(
        LAST_DAY.format(**{"edge": "", "condition": "", "stopped": "", "later": "", "besides": silence} | said)
    )

    deal.passes("00:00 on 6 September 2005")

    assert deal.asks("a Renewal has been made.") == "true"
    assert deal.asks("no Default has been made.") == "true"
    assert deal.asks(f"Section 2, first sentence is {status}.") == "true"


def test_a_power_ends_with_its_last_day_although_its_clock_would_stop_with_the_next() -> None:
    deal = opened(
        """
Clause 2 "Option":
  "Next Day" means that 6 September 2005 has come.
  The Buyer may pay USD 5.00 to the Seller by 5 September 2005 not counting time while Next Day applies.
"""
    )

    deal.passes("00:00 on 6 September 2005")

    assert deal.status("2") == "discharged"
