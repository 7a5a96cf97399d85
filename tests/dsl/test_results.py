"""A duty of result is fulfilled when what was to be brought about is so, whoever brought it about."""

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened

PERMIT = """
Clause 2 "Permit":
  "Permit" means a finding, made by the Agent.
  "Default" means an event.
  The Seller must ensure within 10 calendar days that a Permit has been made, failing which a Default occurs.
"""
"""The deal opens on 1 September 2005: ten calendar days end with 11 September."""


def told_of(deal: Deal, section: str) -> str:
    return render_reason(explain(deal.agreement, deal.state, section))


def test_a_result_is_fulfilled_when_somebody_else_brings_it_about() -> None:
    deal = opened(PERMIT)

    deal.does("10:00 on 11 September 2005", "Agent: find the Permit.")

    assert deal.asks("Section 2 is fulfilled.") == "true"
    assert deal.asks("Section 2 is fulfilled late.") == "false"


def test_a_result_that_has_not_come_in_time_is_overdue_and_can_still_come() -> None:
    deal = opened(PERMIT)

    deal.passes("23:59 on 11 September 2005")
    before = deal.asks("Section 2 is active.")
    deal.passes("00:00 on 12 September 2005")
    then = (deal.asks("Section 2 is overdue."), deal.asks("A Default has been made."))
    deal.does("09:00 on 13 September 2005", "Agent: find the Permit.")

    assert before == "true"
    assert then == ("true", "true")
    assert deal.asks("Section 2 is fulfilled late.") == "true"


def test_no_single_act_performs_a_result_and_it_is_told_who_can_bring_it_about() -> None:
    deal = opened(PERMIT)

    deal.fails("10:00 on 2 September 2005", "Seller: find the Permit.")

    assert "Agent can find a Permit" in told_of(deal, "2")
    assert deal.asks("Section 2 is active.") == "true"


def test_a_result_that_is_there_when_the_duty_begins_is_fulfilled_at_once() -> None:
    deal = opened("""
Clause 2 "Permit":
  "Permit" means a finding, made by the Agent.
  "Sale" means a claim, made by the Seller.
  For each Sale, when such Sale has been made, then the Seller must ensure within 2 calendar days that a Permit has been
    made and such Sale has been made.
""")

    deal.does("10:00 on 2 September 2005", "Agent: find the Permit.")
    deal.does("11:00 on 2 September 2005", 'Seller: present the Sale "S".')

    assert deal.asks('Section 2 is fulfilled for "S".') == "true"


def test_a_result_that_time_alone_brings_about_is_seen_when_it_comes() -> None:
    deal = opened("""
Clause 2 "Quiet":
  "Lien" means a claim, made by the Buyer.
  "Clearance" means an event.
  The Seller must ensure by 9 September 2005 that no Lien has been made within 3 calendar days after 2 September 2005.
  When section 2, first sentence has been performed, then a Clearance occurs.
""")

    deal.passes("23:59 on 5 September 2005")
    before = deal.asks("A Clearance has been made.")
    deal.passes("00:00 on 6 September 2005")

    assert before == "pending"
    assert deal.asks("A Clearance has been made.") == "true"


AMBIGUOUS = """
Clause 2 "Permit":
  "Permit" means a finding, made by the Agent.
  "Scope" means an ambiguity "Both, or one?" with readings Wide and Narrow, settled by the Agent.
  The Seller must ensure by 5 September 2005 that all of
    (i) a Permit has been made; and
    (ii) the Scope is read as Wide.
"""


def test_nobody_is_late_with_a_result_while_it_is_open_whether_it_is_there() -> None:
    deal = opened(AMBIGUOUS)

    deal.does("10:00 on 2 September 2005", "Agent: find the Permit.")
    deal.passes("10:00 on 8 September 2005")
    still = [deal.asks(f"Section 2 is {each}.") for each in ("active", "fulfilled", "overdue")]
    deal.does("11:00 on 8 September 2005", "Agent: choose Wide for the Scope.")

    assert still == ["false", "open", "open"]
    assert deal.asks("Section 2 is fulfilled late.") == "false"
    assert deal.asks("Section 2 is fulfilled.") == "true"


def test_a_result_that_was_not_there_under_any_reading_is_late() -> None:
    deal = opened(AMBIGUOUS)

    deal.passes("10:00 on 8 September 2005")

    assert deal.asks("Section 2 is overdue.") == "true"


def test_where_the_reading_chosen_says_that_it_was_not_there_the_duty_is_overdue() -> None:
    deal = opened(AMBIGUOUS)

    deal.does("10:00 on 2 September 2005", "Agent: find the Permit.")
    deal.does("11:00 on 8 September 2005", "Agent: choose Narrow for the Scope.")

    assert deal.asks("Section 2 is overdue.") == "true"


def test_an_item_of_a_result_can_be_waived_by_whom_it_protects() -> None:
    deal = opened("""
Clause 2 "Permit":
  "Permit" means a finding, made by the Agent.
  "Survey" means a finding, made by the Agent.
  "Waiver" means a waiver, made by the Buyer, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 3(ii) protects the Buyer.

Clause 3 "Result":
  The Seller must ensure by 9 September 2005 that all of
    (i) a Permit has been made; and
    (ii) a Survey has been made.
""")

    deal.does("10:00 on 2 September 2005", "Agent: find the Permit.")
    deal.does("11:00 on 2 September 2005", "Buyer: give the Waiver stating Requirement as section 3(ii).")

    assert deal.asks("Section 3 is fulfilled.") == "true"


def test_a_result_that_must_not_come_too_early_counts_from_the_day_that_is_named() -> None:
    deal = opened("""
Clause 2 "Permit":
  "Permit" means a finding, made by the Agent.
  "Start" means an event.
  The Seller must ensure not before 5 September 2005 by 9 September 2005 that a Permit has been made.
  When section 2, first sentence has been performed, then a Start occurs.
""")

    deal.does("10:00 on 2 September 2005", "Agent: find the Permit.")
    deal.passes("23:59 on 4 September 2005")
    before = deal.asks("A Start has been made.")
    deal.passes("00:00 on 5 September 2005")

    assert before == "pending"
    assert deal.asks("A Start has been made.") == "true"


def test_a_result_that_comes_with_the_end_of_the_last_day_is_in_time() -> None:
    """Nobody has objected in the four days after 1 September when 5 September ends, and so by that day."""
    deal = opened(
        """
Clause 2 "Silence":
  "Objection" means a claim, made by the Buyer.
  "Default" means an event.
  The Seller must ensure by 5 September 2005 that no Objection has been made for 4 calendar days,
    failing which a Default occurs.
"""
    )
    deal.passes("10:00 on 6 September 2005")

    assert deal.asks("section 2 is fulfilled.") == "true"
    assert deal.asks("section 2 is fulfilled late.") == "false"
    assert deal.asks("a Default has been made.") == "pending"


def test_of_those_bound_jointly_one_report_is_enough() -> None:
    deal = opened("""
Clause 2 "Report":
  "Report" means a claim, made by the Buyer or the Seller.
  The Buyer and the Seller jointly and severally must make a Report by 5 September 2005.
""")

    before = deal.status("2")
    deal.does("", "Seller: make the Report.")

    assert (before, deal.status("2")) == ("active", "fulfilled")


def test_what_follows_a_failed_result_may_stand_behind_the_semicolon_of_a_list() -> None:
    deal = opened(
        """
Clause 2 "Cure":
  "Repair" means a claim, made by the Seller.
  "Refund" means a claim, made by the Seller.
  "Default" means an event.
  The Seller must ensure within 3 calendar days that any of
    (i) a Repair has been made; or
    (ii) a Refund has been made;
  failing which a Default occurs.
"""
    )

    deal.passes("10:00 on 5 September 2005")

    assert deal.asks("a Default has been made.") == "true"
