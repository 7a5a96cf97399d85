"""Since when something stands as it does, and what is not known while a clock stands still or a time has not come.

Whoever signs for an answer reads the instants in it: each is counted by hand. September 2005 begins on a Thursday;
Monday the 5th is Labor Day.
"""

from datetime import UTC, datetime

import pytest

from dsl.engine import explain
from dsl.explain import render_derivation, render_reason
from dsl.figures import figures_for, value_now
from dsl.questions import read_question
from dsl.views.norms import norms
from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, when such Bill has been made,
    then the Agent must pay the Amount of such Bill to the Seller from the Fund within 5 calendar days.

Clause 3 "Resignation":
  "Resignation" means a claim, made by the Agent.
  When a Resignation has been made, then the Agent becomes vacant.
  "Appointment" means a writing, signed by the Buyer, stating Successor as text.
  For each Appointment, when such Appointment has been completed,
    then the Successor of such Appointment becomes the Agent.

Clause 4 "Refund" subject to section 5 by suspension while the Disputed applies:
  The Agent may refund any amount to the Buyer from the Fund.

Clause 5 "Disputes":
  "Dispute" means a claim, made by the Seller.
  "Disputed" means that a Dispute has been made.
  "Unopposed" means that no Dispute has been made on or before 9 September 2005.

Clause 6 "Costs":
  The Buyer must pay USD 9.00 to the Seller by 6 September 2005.
  "Year End" means the balance of the Fund as of 30 September 2005.
"""


def test_a_duty_in_force_says_what_its_amount_waits_for() -> None:
    made = opened(
        """
Clause 2 "Costs":
  "Costs" means an optional blank amount of USD, filled by the Agent.
  The Buyer must pay the Costs to the Seller by 6 September 2005.
"""
    )
    told = why(made, "2")

    assert "active" in told
    assert "what is owed under section 2 is not known" in told
    assert "the blank Costs" in told
    made.does("", "Agent: fill the Costs with USD 5.00.")
    assert "not known" not in why(made, "2")


@pytest.fixture
def deal() -> Deal:
    """A bill of 10:00 on 2 September 2005, due with the end of 7 September."""
    made = opened(TEXT)
    made.does("09:00 on 2 September 2005", "Buyer: deposit USD 50.00 into the Fund.")
    made.does("10:00 on 2 September 2005", 'Seller: make the Bill "B" stating Amount as USD 30.00.')
    return made


def why(deal: Deal, section: str) -> str:
    """The reason of how a section stands as text."""
    return render_reason(explain(deal.agreement, deal.state, section))


def worked(deal: Deal, words: str) -> str:
    """The derivation of a value as text."""
    asked = read_question(words, deal.agreement.terms)
    assert asked.value is not None, asked.problems
    return render_derivation(value_now(deal.agreement, deal.state, asked.value))


def test_a_suspended_power_says_since_when_it_is_suspended(deal: Deal) -> None:
    assert "(active since 09:00 on 1 September 2005)" in why(deal, "4")

    deal.does("10:00 on 6 September 2005", "Seller: make the Dispute.")

    assert "(suspended since 10:00 on 6 September 2005)" in why(deal, "4")


def test_a_duty_says_since_when_it_is_overdue_and_when_it_was_performed(deal: Deal) -> None:
    deal.passes("10:00 on 8 September 2005")
    assert "(overdue since the end of 6 September 2005)" in why(deal, "6")

    deal.does("11:00 on 8 September 2005", "Buyer: pay USD 9.00 to the Seller.")

    assert "(fulfilled late since 11:00 on 8 September 2005)" in why(deal, "6")


def test_a_deadline_whose_clock_stands_still_is_not_told_as_if_it_ran(deal: Deal) -> None:
    deal.does("12:00 on 3 September 2005", "Agent: make the Resignation.")
    deal.passes("10:00 on 20 September 2005")

    told = (
        'the deadline of section 2 for "B" = pending (2)\n'
        "    it began to run Fri 2 Sep 2005 10:00\n"
        "    5 calendar days: 3, 4, 5, 6, 7 September 2005\n"
        "    this was the end of Wed 7 Sep 2005 before its clock stopped\n"
        "    its clock stands still since Sat 3 Sep 2005 12:00\n"
        "    waits for: the clock of section 2 stands still"
    )
    assert worked(deal, 'the deadline of section 2 for "B"') == told
    shown = render_derivation(figures_for(deal.agreement, deal.state, "2")[0])
    assert shown == told
    bill = next(each for each in norms(deal.agreement, deal.state) if each.section == "2")
    assert (bill.due, bill.stopped) == (None, datetime(2005, 9, 3, 16, 0, tzinfo=UTC))
    assert 'suspended for "B" since 12:00 on 3 September 2005' in why(deal, "2")


def test_a_deadline_that_had_passed_before_the_clock_stopped_stays_known(deal: Deal) -> None:
    deal.passes("10:00 on 8 September 2005")
    deal.does("12:00 on 8 September 2005", "Agent: make the Resignation.")

    assert worked(deal, 'the deadline of section 2 for "B"').startswith(
        'the deadline of section 2 for "B" = the end of Wed 7 Sep 2005 (2)\n'
    )


def test_a_vacant_role_says_since_when_and_under_which_section(deal: Deal) -> None:
    deal.does("12:00 on 3 September 2005", "Agent: make the Resignation.")

    found = deal.why("the Agent is vacant.")

    assert (found.section, found.note) == ("3, first sentence", "nobody fills it since 12:00 on 3 September 2005")


def test_silence_that_has_decided_says_by_when_there_was_none(deal: Deal) -> None:
    assert "until the end of 9 September 2005" in render_reason(deal.why("Unopposed applies."))

    deal.passes("00:00 on 10 September 2005")

    assert "no Dispute has been made on or before 9 September 2005: true (none by 9 September 2005)" in render_reason(
        deal.why("Unopposed applies.")
    )


def test_a_figure_as_of_a_time_that_has_not_come_says_which_time(deal: Deal) -> None:
    assert "waits for: 30 September 2005 is over" in worked(deal, "the Year End")


def test_it_is_told_that_no_recurring_day_comes_while_their_section_is_suspended() -> None:
    made = opened(
        """
Clause 2 "Rent" subject to section 3 by suspension while the Paused applies:
  "Rent Day" means an event, every 1 month from 5 September 2005.
  For each Rent Day, the Buyer must pay USD 5.00 to the Seller by 3 calendar days after the Day of such Rent Day.

Clause 3 "Pause":
  "Pause" means a claim, made by the Seller.
  "Paused" means that a Pause has been made.
"""
    )
    made.passes("10:00 on 6 September 2005")
    assert "no Rent Day comes now" not in why(made, "2")

    made.does("", 'Seller: make the Pause "P".')
    made.passes("10:00 on 6 October 2005")

    assert "no Rent Day comes now: pending (section 2 is suspended by section 3)" in why(made, "2")
    made.does("", 'Seller: withdraw the Pause "P".')
    assert "no Rent Day comes now" not in why(made, "2")


def test_of_every_entry_that_is_to_be_so_it_is_told_which_is_not() -> None:
    made = opened(
        """
Clause 2 "Stages":
  "Stage" means an event, stating Price as amount.
  At signing, the Stage "North" occurs stating Price as USD 5.00.
  At signing, the Stage "South" occurs stating Price as USD 6.00.
  "Certificate" means a finding, made by the Seller, about a Stage.
  "Certified" of a Stage means that a Certificate about such Stage has been made.
"""
    )
    made.does("", 'Seller: find the Certificate about "South".')

    told = render_reason(made.why("every Stage is Certified."))

    assert '"North" is Certified: pending' in told
    assert '"South" is Certified: true' in told
