"""The norm machine: how duties, powers and bans begin, are performed, fall overdue, wait and end."""

import pytest

from tests.dsl.deals import opened

FEE = 'Clause 2 "Fee": The Buyer must pay USD 10.00 to the Seller{window}.'
MEMO = '  "Memo" means a claim, made by the Buyer.\n'


# ------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("window", "last", "late"),
    [
        (" within 3 calendar days", "09:00 on 4 September 2005", "09:01 on 4 September 2005"),
        (" within 72 hours", "09:00 on 4 September 2005", "09:01 on 4 September 2005"),
        # Thursday; Friday is the first business day, Monday is Labor Day, Tuesday the second.
        (" within 2 business days", "09:00 on 6 September 2005", "09:01 on 6 September 2005"),
        (" within 2 clear business days", "09:00 on 7 September 2005", "09:01 on 7 September 2005"),
        (" within 1 month", "09:00 on 1 October 2005", "09:01 on 1 October 2005"),
        (" within 2 calendar days after 10 September 2005", "23:59 on 12 September 2005", "00:00 on 13 September 2005"),
        (" by 6 September 2005", "23:59 on 6 September 2005", "00:00 on 7 September 2005"),
        (" by 17:00 on 6 September 2005", "17:00 on 6 September 2005", "17:01 on 6 September 2005"),
        (" before 6 September 2005", "23:59 on 5 September 2005", "00:00 on 6 September 2005"),
        (" before 17:00 on 6 September 2005", "16:59 on 6 September 2005", "17:00 on 6 September 2005"),
        (" by 2 business days before 9 September 2005", "23:59 on 7 September 2005", "00:00 on 8 September 2005"),
    ],
)
def test_a_duty_is_timely_until_its_last_moment(window: str, last: str, late: str) -> None:
    timely, missed = opened(FEE.format(window=window)), opened(FEE.format(window=window))

    timely.does(last, "Buyer: pay USD 10.00 to the Seller.")
    missed.does(late, "Buyer: pay USD 10.00 to the Seller.")

    assert timely.status("2") == "fulfilled"
    assert missed.status("2") == "fulfilled late"


def test_a_vague_time_never_makes_anybody_late_by_itself() -> None:
    deal = opened(FEE.format(window=" promptly"))

    deal.passes("09:00 on 1 September 2009")

    assert deal.status("2") == "active"


def test_a_duty_is_overdue_once_its_time_has_passed_and_can_still_be_performed() -> None:
    deal = opened(FEE.format(window=" within 3 calendar days"))

    deal.passes("09:01 on 4 September 2005")
    assert deal.status("2") == "overdue"
    deal.does("10:00 on 20 September 2005", "Buyer: pay USD 10.00 to the Seller.")

    assert deal.status("2") == "fulfilled late"


def test_a_deadline_is_found_even_if_nobody_looked_for_years() -> None:
    deal = opened(
        FEE.format(window=" within 3 calendar days") + '\nClause 3 "End": "Late" means that section 2 is overdue.'
    )

    deal.passes("09:00 on 1 September 2007")

    assert deal.asks("Late applies.") == "true"
    told = [change for change in deal.state.changes if "overdue" in change.text]
    assert [f"{change.at:%Y-%m-%d %H:%M}" for change in told] == ["2005-09-04 13:00"]


def test_a_power_ends_with_its_window() -> None:
    deal = opened('Clause 2 "Draw": The Agent may pay any amount to the Seller from the Fund within 3 calendar days.')
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.does("09:00 on 4 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")
    deal.fails("09:01 on 4 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.", "2")

    assert deal.got("Seller") == "USD 10.00"


def test_nobody_can_pay_too_early() -> None:
    deal = opened(
        'Clause 2 "Draw": The Agent may pay any amount to the Seller from the Fund not before 6 September 2005.'
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    why = deal.fails("23:59 on 5 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.", "2")
    deal.does("00:00 on 6 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")

    assert "6 September 2005" in why


def test_a_deadline_that_rests_on_a_blank_begins_to_run_when_it_is_filled() -> None:
    deal = opened(
        """
Clause 2 "Fee":
  "Closing Date" means an optional blank date, filled by the Seller.
  The Buyer must pay USD 10.00 to the Seller within 3 calendar days after the Closing Date.
"""
    )

    deal.passes("09:00 on 20 September 2005")
    assert deal.status("2") == "active"
    deal.does("", "Seller: fill Closing Date with 10 September 2005.")

    assert deal.status("2") == "overdue"


# -------------------------------------------------------------- when and while


def test_when_latches_and_while_follows() -> None:
    deal = opened(
        f"""
Clause 2 "Latched":
{MEMO}  When a Memo has been made, then the Agent may pay USD 1.00 to the Seller from the Fund.
Clause 3 "Following":
  While a Memo has been made, then the Agent may pay USD 2.00 to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", 'Buyer: present the Memo "M".')
    assert (deal.status("2"), deal.status("3")) == ("active", "active")

    deal.does("", 'Buyer: withdraw the Memo "M".')

    assert (deal.status("2"), deal.status("3")) == ("active", "dormant")


def test_what_was_paid_stays_paid_when_a_condition_comes_and_goes() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Stop" means a claim, made by the Buyer, about a Claim.
  For each Claim, while such Claim has been made and no Stop about such Claim has been made,
    then the Buyer must pay the Amount of such Claim to the Seller.
"""
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 100.00.')
    deal.does("", 'Buyer: pay USD 60.00 to the Seller about "C".')
    deal.does("", 'Buyer: present the Stop "S" about "C".')
    assert deal.status("2", "C") == "dormant"
    deal.does("", 'Buyer: withdraw the Stop "S".')

    deal.fails("", 'Buyer: pay USD 60.00 to the Seller about "C".', "2")
    deal.does("", 'Buyer: pay USD 40.00 to the Seller about "C".')

    assert deal.status("2", "C") == "fulfilled"
    assert deal.got("Seller") == "USD 100.00"


def test_a_duty_for_filtered_rows_ends_when_the_row_leaves_the_filter() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  "Clear" of a Claim means that no Objection about such Claim has been made.
  For each Claim which is Clear, the Buyer must pay the Amount of such Claim to the Seller within 3 calendar days.
"""
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')
    assert deal.status("2", "C") == "active"

    deal.does("", 'Buyer: present the Objection "O" about "C".')
    deal.passes("09:00 on 9 September 2005")

    assert deal.status("2", "C") == "dormant"
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C".')


def test_a_latched_duty_stays_though_its_row_leaves_the_filter() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  "Clear" of a Claim means that no Objection about such Claim has been made.
  For each Claim which is Clear, when such Claim has been made,
    then the Buyer must pay the Amount of such Claim to the Seller.
"""
    )
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')
    deal.does("", 'Buyer: present the Objection "O" about "C".')

    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C".')

    assert deal.status("2", "C") == "fulfilled"


# ------------------------------------------------------------------- the clock

STOPPED = """
Clause 2 "Fee":
  The Buyer must pay USD 10.00 to the Seller within 3 calendar days not counting time while Recess applies.
  "Recess" means that {recess}.
  "Halt" means an act, made by the Seller.
"""


def test_time_in_a_recess_does_not_count() -> None:
    deal = opened(STOPPED.format(recess="a Halt has been made"))
    deal.does("09:00 on 2 September 2005", 'Seller: take the Halt "H".')
    deal.does("09:00 on 12 September 2005", 'Seller: withdraw the Halt "H".')

    deal.passes("09:00 on 14 September 2005")
    assert deal.status("2") == "active"
    deal.passes("09:01 on 14 September 2005")

    assert deal.status("2") == "overdue"


def test_a_recess_that_comes_with_a_date_stops_the_clock_on_that_date() -> None:
    deal = opened(STOPPED.format(recess="3 September 2005 has come and no Halt has been made"))
    deal.does("00:00 on 13 September 2005", "Seller: take a Halt.")

    deal.passes("09:00 on 14 September 2005")
    assert deal.status("2") == "active"
    deal.passes("09:01 on 14 September 2005")

    assert deal.status("2") == "overdue"


# ------------------------------------------------------------- failing which

FAILING = 'Clause 2 "Fee": The Buyer must pay USD 10.00 to the Seller within 3 calendar days, failing which {what}.'


def test_a_power_that_follows_a_missed_window_can_be_used_only_then() -> None:
    deal = opened(FAILING.format(what="the Agent may pay USD 5.00 to the Seller from the Fund"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.fails("09:00 on 4 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "2")
    deal.does("09:01 on 4 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.")

    assert deal.got("Seller") == "USD 5.00"


def test_a_duty_that_follows_a_missed_window_has_a_window_of_its_own() -> None:
    deal = opened(FAILING.format(what="the Seller must pay USD 1.00 to the Agent within 2 calendar days"))

    deal.passes("09:01 on 4 September 2005")
    assert deal.status("2") == "overdue, active"
    deal.passes("09:01 on 6 September 2005")

    assert deal.status("2") == "overdue, overdue"


def test_what_follows_a_missed_window_follows_once() -> None:
    deal = opened(
        """
Clause 2 "Fee" subject to section 3 by suspension while Frozen applies:
  The Buyer must pay USD 10.00 to the Seller within 3 calendar days, failing which USD 5.00 passes from the Fund
    to the Seller.
Clause 3 "Freeze":
  "Freeze" means an act, made by the Seller.
  "Frozen" means that a Freeze has been made.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.passes("09:01 on 4 September 2005")
    assert deal.got("Seller") == "USD 5.00"

    deal.does("", 'Seller: take the Freeze "F".')
    deal.does("", 'Seller: withdraw the Freeze "F".')

    assert deal.status("2") == "overdue"
    assert deal.got("Seller") == "USD 5.00"


def test_a_duty_performed_in_time_leads_to_nothing() -> None:
    deal = opened(FAILING.format(what="this agreement terminates"))
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")

    deal.passes("09:00 on 1 October 2005")

    assert deal.state.terminated is None


# ---------------------------------------------------------------------- edges

EDGE = """
Clause 2 "Pay" subject to section 3 by {mode}:
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Higher":
  "Alarm" means an act, made by the Buyer.
  "Report" means a claim, made by the Seller.
  When an Alarm has been made, then the Seller must present a Report.
"""


def test_a_duty_in_force_suspends_what_yields_to_it() -> None:
    deal = opened(EDGE.format(mode="suspension"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    deal.does("", "Buyer: take an Alarm.")

    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", "Seller: present the Report.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")

    assert deal.got("Seller") == "USD 2.00"


def test_a_replaced_power_does_not_come_back() -> None:
    deal = opened(EDGE.format(mode="replacement"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Buyer: take an Alarm.")
    assert deal.status("2") == "superseded"

    deal.does("", "Seller: present the Report.")

    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "2")


def test_a_section_that_needs_another_waits_until_that_is_performed() -> None:
    deal = opened(EDGE.format(mode="condition"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")

    deal.does("", "Buyer: take an Alarm.")
    deal.does("", "Seller: present the Report.")

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_it_is_refused_while_it_is_open_whether_it_is_suspended() -> None:
    deal = opened(
        """
Clause 2 "Pay" subject to section 3 by suspension while the Effect is read as Held:
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Higher": "Effect" means an ambiguity "?" with readings Held and Free, settled by the Buyer.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    assert "open" in deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", "Buyer: choose Free for Effect.")

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_a_dispute_of_one_claim_leaves_the_others() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Dispute" means a claim, made by the Buyer, about a Claim.
  "Answer" means a claim, made by the Seller, about a Claim.
Clause 3 "Pay" subject to section 4 by suspension:
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
Clause 4 "Answers":
  For each Claim, when a Dispute about such Claim has been made,
    then the Seller must present an Answer about such Claim.
"""
    )
    for name in ("C-1", "C-2"):
        deal.does("", f'Seller: present the Claim "{name}" stating Amount as USD 5.00.')

    deal.does("", 'Buyer: present the Dispute "D" about "C-1".')

    assert (deal.status("3", "C-1"), deal.status("3", "C-2")) == ("suspended", "active")
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C-1".', "4")
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C-2".')
    deal.does("", 'Seller: present the Answer "A" about "C-1".')
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "C-1".')


def test_a_condition_of_an_edge_can_speak_of_the_row() -> None:
    deal = opened(
        """
Clause 2 "Claims" subject to section 3 by suspension while such Claim states Doubtful:
  "Claim" means a claim, made by the Seller, stating Doubtful as yes-or-no.
  For each Claim, when such Claim has been made, then the Buyer must pay USD 5.00 to the Seller.
Clause 3 "Higher": This section is interpretive.
"""
    )

    deal.does("", 'Seller: present the Claim "C-1" stating Doubtful.')
    deal.does("", 'Seller: present the Claim "C-2" stating Doubtful as no.')

    assert (deal.status("2", "C-1"), deal.status("2", "C-2")) == ("suspended", "active")


# ------------------------------------------------------- breach, discharge, end


def test_a_breach_that_somebody_asserts_takes_no_power_away() -> None:
    deal = opened(
        """
Clause 2 "Pay":
  The Agent may pay any amount to the Seller from the Fund.
  The Buyer must pay USD 5.00 to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.does("", "Seller: assert breach of section 2.")

    assert deal.status("2") == "active, breached"
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("2") == "active, fulfilled late"


def test_one_of_two_who_is_discharged_leaves_the_other_bound() -> None:
    deal = opened(
        """
Clause 2 "Fee": The Buyer and the Seller jointly and severally must pay USD 10.00 to the Agent.
Clause 3 "Freedom":
  "Farewell" means an act, made by the Agent.
  "Second Farewell" means an act, made by the Agent.
  When a Farewell has been made, then the Buyer is discharged.
  When a Second Farewell has been made, then the Seller is discharged.
"""
    )

    deal.does("", "Agent: take a Farewell.")
    assert deal.status("2") == "active"
    deal.does("", "Agent: take a Second Farewell.")

    assert deal.status("2") == "discharged"


def test_a_duty_of_somebody_discharged_does_not_begin() -> None:
    deal = opened(
        """
Clause 2 "Freedom":
  "Farewell" means an act, made by the Agent.
  When a Farewell has been made, then the Buyer is discharged.
Clause 3 "Fee":
  "Call" means an act, made by the Seller.
  When a Call has been made, then the Buyer must pay USD 10.00 to the Seller.
"""
    )
    deal.does("", "Agent: take a Farewell.")

    deal.does("", "Seller: take a Call.")

    assert deal.status("3") == "discharged"


def test_termination_ends_what_does_not_survive() -> None:
    deal = opened(
        """
Clause 2 "Fee": The Buyer must pay USD 10.00 to the Seller.
Clause 3 "Costs": The Buyer must pay USD 20.00 to the Agent.
Clause 4 "End":
  "Goodbye" means an act, made by the Seller.
  When a Goodbye has been made, then this agreement terminates.
  Section 3 survives.
"""
    )

    deal.does("", "Seller: take a Goodbye.")

    assert (deal.status("2"), deal.status("3")) == ("discharged", "active")
    deal.fails("", "Buyer: pay USD 10.00 to the Seller.", "4")
    deal.fails("", "Seller: take a Goodbye.")
    deal.does("", "Buyer: pay USD 20.00 to the Agent.")


def test_a_withdrawn_claim_is_no_longer_owed() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
  For each Claim, when 10 September 2005 has come, then USD 5.00 passes from the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')

    deal.does("", 'Seller: withdraw the Claim "C".')
    deal.passes("09:00 on 12 September 2005")

    assert deal.status("2", "C") == "superseded"
    deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C".', "2, first sentence")
    assert deal.holds() == "USD 50.00"


def test_a_withdrawal_can_itself_have_consequences() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  For each Claim, when such Claim has been withdrawn, then the Seller must pay USD 1.00 to the Buyer.
"""
    )
    deal.does("", 'Seller: present the Claim "C".')
    assert deal.status("2", "C") == "dormant"

    deal.does("", 'Seller: withdraw the Claim "C".')

    assert deal.status("2", "C") == "active"


def test_a_duty_that_is_waived_is_no_longer_owed() -> None:
    deal = opened(
        """
Clause 2 "Waivers":
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
Clause 3 "Fee":
  The Buyer must pay USD 10.00 to the Seller within 3 calendar days.
  Section 3 protects the Seller.
"""
    )

    deal.does("", "Seller: give a Waiver stating Requirement as section 3.")
    deal.passes("09:00 on 9 September 2005")

    assert deal.status("3") == "waived"


def test_what_needs_no_signature_is_delivered_as_it_is_made() -> None:
    deal = opened(
        """
Clause 2 "Orders":
  "Order" means a writing, made by the Buyer, addressed to the Agent.
  The Buyer must deliver an Order to the Agent within 3 calendar days.
"""
    )

    deal.does("", "Buyer: present an Order.")

    assert deal.status("2") == "fulfilled"


def test_a_figure_that_was_owed_once_is_not_owed_again_when_its_condition_returns() -> None:
    deal = opened(
        """
Clause 2 "Fee":
  "Call" means a claim, made by the Seller.
  While a Call has been made, then the Buyer must pay USD 10.00 to the Seller.
Clause 3 "Level":
  While a Call has been made, then the Agent must pay the balance of the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("", 'Seller: present the Call "C-1".')
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")
    deal.does("", "Agent: pay USD 7.00 to the Seller from the Fund.")
    assert (deal.status("2"), deal.status("3")) == ("fulfilled", "fulfilled")
    deal.does("", 'Seller: withdraw the Call "C-1".')

    deal.does("", "Buyer: deposit USD 3.00 into the Fund.")
    deal.does("", 'Seller: present the Call "C-2".')

    assert (deal.status("2"), deal.status("3")) == ("fulfilled", "active")
    deal.fails("", "Buyer: pay USD 10.00 to the Seller.", "2")
    deal.does("", "Agent: pay USD 3.00 to the Seller from the Fund.")


def test_a_power_whose_condition_comes_again_has_a_new_window() -> None:
    deal = opened(
        'Clause 2 "Draw": "Stop" means a claim, made by the Buyer.\n'
        '  "Running" means that the number of Stops is 0.\n'
        "  While Running applies, then the Agent may pay USD 10.00 to the Seller from the Fund within 2 calendar days."
    )
    deal.does("", "Buyer: deposit USD 55.00 into the Fund.")

    deal.fails("10:00 on 5 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.", "2")
    deal.does("11:00 on 5 September 2005", 'Buyer: present the Stop "S-1".')
    stopped = deal.status("2")
    deal.does("12:00 on 6 September 2005", 'Buyer: withdraw the Stop "S-1".')
    deal.does("12:00 on 8 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")

    assert stopped == "dormant"
    assert deal.got("Seller") == "USD 10.00"
