"""What was missed was missed: a duty under `while` stays overdue or breached when its condition ends."""

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
