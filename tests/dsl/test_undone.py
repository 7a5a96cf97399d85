"""What performs a duty stands while it stands: it is owed again once the entry that performed it no longer counts."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened

REPORTS = """
Clause 2 "Reports":
  "Event" means a claim, made by the Seller.
  "Report" means a claim, made by the Buyer{kind}.
Clause 3 "Duty"{edge}:
  When an Event has been made, then the Buyer must give a Report within 5 calendar days{failing}.
"""
"""An Event of 1 September calls for a Report until the end of the 6th."""


def reported(kind: str = "", edge: str = "", failing: str = "", more: str = "") -> Deal:
    deal = opened(REPORTS.format(kind=kind, edge=edge, failing=failing) + more)
    deal.does("10:00 on 1 September 2005", "Seller: make an Event.")
    deal.does("10:00 on 2 September 2005", 'Buyer: give the Report "R-1".')
    assert deal.status("3") == "fulfilled"
    return deal


def test_a_duty_is_owed_again_by_its_old_deadline_once_what_performed_it_is_withdrawn() -> None:
    deal = reported()

    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "R-1".')
    again = deal.status("3"), deal.asks("section 3 has been performed.")
    deal.passes("00:00 on 7 September 2005")

    assert again == ("active", "pending")
    assert deal.asks("the deadline of section 3 is equal to 6 September 2005.") == "true"
    assert deal.status("3") == "overdue"
    deal.does("10:00 on 7 September 2005", 'Buyer: give the Report "R-2".')
    assert deal.status("3") == "fulfilled late"


def test_what_replaces_it_in_time_performs_in_time() -> None:
    deal = reported()
    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "R-1".')

    deal.does("10:00 on 5 September 2005", 'Buyer: give the Report "R-2".')

    assert deal.status("3") == "fulfilled"


def test_nobody_was_late_while_it_was_performed() -> None:
    deal = reported(failing=', failing which a Late occurs. "Late" means an event')
    deal.passes("10:00 on 10 September 2005")
    assert deal.asks("the number of Lates is equal to 0.") == "true"

    deal.does("12:00 on 10 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert deal.status("3") == "overdue"
    assert deal.asks("the number of Lates is equal to 1.") == "true"
    (norm,) = (each for each in deal.state.norms.values() if each.status == "overdue")
    assert norm.since == deal.now


def test_another_entry_that_performs_it_too_keeps_it_performed() -> None:
    deal = reported()
    deal.does("10:00 on 8 September 2005", 'Buyer: give the Report "R-2".')

    deal.does("10:00 on 9 September 2005", 'Buyer: withdraw the Report "R-1".')
    kept = deal.status("3")
    deal.does("10:00 on 10 September 2005", 'Buyer: withdraw the Report "R-2".')

    assert (kept, deal.status("3")) == ("fulfilled", "overdue")


def test_what_was_performed_late_and_is_withdrawn_is_overdue_again() -> None:
    deal = opened(REPORTS.format(kind="", edge="", failing=""))
    deal.does("10:00 on 1 September 2005", "Seller: make an Event.")
    deal.does("10:00 on 8 September 2005", 'Buyer: give the Report "R-1".')
    late = deal.status("3")

    deal.does("10:00 on 9 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert (late, deal.status("3")) == ("fulfilled late", "overdue")


def test_what_is_superseded_by_the_word_of_another_performs_no_more() -> None:
    deal = reported(kind=" or the Seller, the latest of which counts")

    deal.does("10:00 on 4 September 2005", 'Seller: give the Report "R-2".')
    superseded = deal.status("3")
    deal.does("11:00 on 4 September 2005", 'Buyer: give the Report "R-3".')
    deal.does("12:00 on 4 September 2005", 'Buyer: give the Report "R-4".')

    assert (superseded, deal.status("3")) == ("active", "fulfilled")


def test_a_withdrawal_that_becomes_known_late_counts_from_when_it_happened() -> None:
    deal = reported()
    deal.passes("10:00 on 9 September 2005")
    assert deal.status("3") == "fulfilled"

    deal.does("10:00 on 3 September 2005", 'Buyer: withdraw the Report "R-1".', "10:00 on 9 September 2005")

    deal.passes("10:00 on 9 September 2005")
    assert deal.status("3") == "overdue"


STOP = """
Clause 4 "Pause":
  "Pause" means a claim, made by the Seller.
"""


def test_its_clock_stood_still_while_it_was_performed_as_if_it_had_been_owed() -> None:
    """Two days of a suspension while the duty stood performed put its deadline off from the 6th to the 8th."""
    edge = " subject to section 4 by suspension while a Pause has been made"
    deal = reported(edge=edge, more=STOP)
    deal.does("10:00 on 3 September 2005", 'Seller: make the Pause "P".')
    deal.does("10:00 on 5 September 2005", 'Seller: withdraw the Pause "P".')

    deal.does("10:00 on 7 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert deal.status("3") == "active"
    assert deal.asks("the deadline of section 3 is equal to 8 September 2005.") == "true"


def test_the_deadline_of_a_performed_duty_stays_what_it_was_when_it_was_performed() -> None:
    deal = reported(edge=" subject to section 4 by suspension while a Pause has been made", more=STOP)

    deal.does("10:00 on 3 September 2005", 'Seller: make the Pause "P".')

    assert deal.asks("the deadline of section 3 is equal to 6 September 2005.") == "true"


def test_what_is_withdrawn_while_it_is_suspended_is_suspended() -> None:
    deal = reported(edge=" subject to section 4 by suspension while a Pause has been made", more=STOP)
    deal.does("10:00 on 3 September 2005", 'Seller: make the Pause "P".')

    deal.does("10:00 on 10 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert deal.status("3") == "suspended"


def test_nothing_is_owed_again_after_the_end() -> None:
    end = """
Clause 4 "End":
  "End" means a claim, made by the Seller.
  When an End has been made, then this agreement terminates.
  Section 2 survives.
"""
    deal = reported(more=end)
    deal.does("10:00 on 3 September 2005", "Seller: make the End.")

    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert deal.status("3") == "discharged"


def test_what_has_been_waived_meanwhile_is_not_owed_again() -> None:
    waivers = """
Clause 4 "Waivers":
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 3 protects the Seller.
"""
    deal = reported(more=waivers)
    deal.does("10:00 on 3 September 2005", 'Seller: make the Waiver "W" stating Requirement as section 3.')

    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert deal.status("3") == "waived"


def test_one_who_has_been_discharged_meanwhile_owes_nothing_again() -> None:
    leaving = """
Clause 4 "Leaving":
  "Leave" means a claim, made by the Seller.
  When a Leave has been made, then the Buyer is discharged.
"""
    deal = reported(more=leaving)
    deal.does("10:00 on 3 September 2005", 'Seller: make the Leave "L".')

    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert deal.status("3") == "discharged"


def test_of_two_who_each_had_to_only_the_one_whose_entry_is_gone_undoes_it() -> None:
    deal = opened(
        'Clause 2 "Reports": "Event" means a claim, made by the Agent.\n'
        '  "Report" means a claim, made by the Buyer or the Seller.\n'
        'Clause 3 "Duty": When an Event has been made, then the Buyer and the Seller must make a Report.\n'
    )
    deal.does("10:00 on 1 September 2005", "Agent: make an Event.")
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Report "B-1".')
    deal.does("10:00 on 2 September 2005", 'Seller: make the Report "S-1".')
    both = deal.status("3")

    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "B-1".')
    undone, cause = deal.status("3"), deal.state.changes[-1].cause
    deal.does("10:00 on 5 September 2005", 'Buyer: make the Report "B-2".')

    assert (both, undone, deal.status("3")) == ("fulfilled", "active", "fulfilled")
    assert cause == '"B-1" no longer performs it'


def test_the_explanation_says_what_no_longer_performs_it() -> None:
    deal = reported()
    deal.does("10:00 on 4 September 2005", 'Buyer: withdraw the Report "R-1".')

    assert '"R-1" no longer performs it' in render_reason(explain(deal.agreement, deal.state, "3"))
    assert deal.state.changes[-1].cause == '"R-1" no longer performs it'


FOLLOWING = """
Clause 2 "Notes":
  "Hot" means a claim, made by the Seller.
  "Note" means a claim, made by the Buyer.
Clause 3 "Duty":
  While a Hot has been made, then the Buyer must make a Note within 2 calendar days.
"""


@pytest.mark.parametrize(("noted", "status"), [("2", "dormant"), ("5", "overdue")])
def test_where_its_condition_has_ended_only_what_was_missed_is_owed_again(noted: str, status: str) -> None:
    deal = opened(FOLLOWING)
    deal.does("10:00 on 1 September 2005", 'Seller: make the Hot "H".')
    deal.does(f"10:00 on {noted} September 2005", 'Buyer: make the Note "N".')
    deal.does("10:00 on 6 September 2005", 'Seller: withdraw the Hot "H".')

    deal.does("10:00 on 7 September 2005", 'Buyer: withdraw the Note "N".')

    assert deal.status("3") == status


def test_a_signature_undone_by_other_content_is_owed_again() -> None:
    deal = opened(
        'Clause 2 "Deeds": "Event" means a claim, made by the Seller.\n'
        '  "Deed" means a writing, signed by the Buyer and the Seller, stating Sum as amount.\n'
        'Clause 3 "Duty": When an Event has been made, then the Buyer must sign a Deed.\n'
    )
    deal.does("10:00 on 1 September 2005", "Seller: make an Event.")
    deal.does("10:00 on 2 September 2005", 'Buyer: sign the Deed "D" stating Sum as USD 5.00.')
    signed = deal.status("3")

    deal.does("10:00 on 3 September 2005", 'Seller: sign the Deed "D" stating Sum as USD 6.00.')
    undone = deal.status("3")
    deal.does("10:00 on 4 September 2005", 'Buyer: sign the Deed "D".')

    assert (signed, undone, deal.status("3")) == ("fulfilled", "active", "fulfilled")


def test_what_was_said_about_other_content_performs_no_more() -> None:
    deal = opened(
        'Clause 2 "Deeds": "Deed" means a writing, signed by the Buyer and the Seller, stating Sum as amount.\n'
        '  "Comment" means a claim, made by the Agent, about a Deed.\n'
        'Clause 3 "Duty": For each Deed, when such Deed has been signed by the Buyer,\n'
        "  then the Agent must make a Comment about such Deed.\n"
    )
    deal.does("10:00 on 2 September 2005", 'Buyer: sign the Deed "D" stating Sum as USD 5.00.')
    deal.does("11:00 on 2 September 2005", 'Agent: make the Comment "C-1" about "D".')
    said = deal.status("3", "D")

    deal.does("10:00 on 3 September 2005", 'Seller: sign the Deed "D" stating Sum as USD 6.00.')
    undone = deal.status("3", "D")
    deal.does("11:00 on 3 September 2005", 'Agent: make the Comment "C-2" about "D".')

    assert (said, undone, deal.status("3", "D")) == ("fulfilled", "active", "fulfilled")


def test_one_word_about_the_latest_entry_stays_when_a_later_entry_comes() -> None:
    deal = opened(
        'Clause 2 "Claims": "Claim" means a claim, made by the Seller.\n'
        '  "Answer" means a claim, made by the Buyer, about a Claim.\n'
        'Clause 3 "Duty": When a Claim has been made, then the Buyer must make an Answer about the latest Claim.\n'
    )
    deal.does("10:00 on 1 September 2005", 'Seller: make the Claim "C-1".')
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Answer "A-1" about "C-1".')

    deal.does("10:00 on 3 September 2005", 'Seller: make the Claim "C-2".')

    assert deal.status("3") == "fulfilled"
