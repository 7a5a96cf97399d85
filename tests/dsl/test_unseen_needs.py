"""What deals of kinds that nobody had in mind turned out to need: each of these can be said, and holds.

One test for each need; the clause files of a test are as short as the need allows.
"""

from tests.dsl.deals import opened, problems

MILESTONES = """
Clause 2 "Milestones":
  "Milestone" means an event, stating Share as amount and Due as date and Class as one of (Early, Late).
  At signing, the Milestone "Design" occurs stating Share as USD 30.00 and Due as 8 September 2005 and Class as Late.
  At signing, the Milestone "Build" occurs stating Share as USD 70.00 and Due as 6 September 2005 and Class as Early.
  "Acceptance" means a finding, made by the Buyer, about a Milestone.
  "Accepted" of a Milestone means that an Acceptance about such Milestone has been made.
"""


def test_money_that_moves_can_be_ranged_over_and_has_accounts_for_each_row() -> None:
    deal = opened(
        MILESTONES
        + """
Clause 3 "Advances":
  "Receipt" means a movement, into the Fund.
  For each Milestone, the Seller may deposit any amount into the Fund.
"""
    )

    deal.does("", 'Seller: deposit USD 5.00 into the Fund about "Build".')
    deal.does("", 'Seller: deposit USD 2.00 into the Fund about "Build".')

    assert deal.figure("the sum of Amount of every Receipt") == "USD 7.00"
    assert deal.figure('the balance of the Fund for "Build"') == "USD 7.00"
    assert deal.figure('the balance of the Fund for "Design"') == "USD 0.00"


def test_what_the_agreement_enters_states_figures_of_that_moment() -> None:
    deal = opened(
        """
Clause 2 "Closing":
  "Go" means a claim, made by the Seller.
  "Closing" means an event, stating Held as amount.
  When a Go has been made, then a Closing occurs stating Held as the balance of the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", "Seller: present the Go.")

    deal.does("", "Buyer: deposit USD 9.00 into the Fund.")

    assert deal.figure("the Held of the latest Closing") == "USD 5.00"


def test_rows_are_known_at_signing_and_recur() -> None:
    deal = opened(
        MILESTONES
        + 'Clause 3 "Rent": "Rent Day" means an event, every 1 month from 5 September 2005 to 5 October 2005.'
    )
    assert deal.figure("the sum of Share of every Milestone") == "USD 100.00"

    deal.passes("10:00 on 1 December 2005")

    assert deal.figure("the number of Rent Days", "0") == "2"


def test_rows_are_paid_in_order_until_the_money_is_used_up() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Unpaid" of a Claim means the Amount of such Claim less the amount paid under section 3 for such Claim.
  "Turn" of a Claim means the share of such Claim in the balance of the Fund in order of the making of every Claim
    up to Unpaid.
Clause 3 "Oldest first":
  For each Claim, the Agent must pay the Turn of such Claim to the Seller from the Fund.
"""
    )
    deal.does("", 'Seller: present the Claim "A" stating Amount as USD 50.00.')
    deal.does("10:00 on 1 September 2005", 'Seller: present the Claim "B" stating Amount as USD 60.00.')
    deal.does("11:00 on 1 September 2005", 'Seller: present the Claim "C" stating Amount as USD 10.00.')
    deal.does("", "Buyer: deposit USD 80.00 into the Fund.")
    turns = [deal.figure(f'the Turn of "{name}"') for name in "ABC"]
    assert turns == ["USD 50.00", "USD 30.00", "USD 0.00"]

    deal.does("", 'Agent: pay USD 50.00 to the Seller from the Fund about "A".')
    deal.fails("", 'Agent: pay USD 30.01 to the Seller from the Fund about "B".')
    deal.does("", 'Agent: pay USD 30.00 to the Seller from the Fund about "B".')

    assert deal.holds() == "USD 0.00"


def test_rows_of_one_rank_share_what_is_left_and_the_first_gets_the_odd_cent() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount and Class as number.
  "Turn" of a Claim means the share of such Claim in USD 1.00 in order of Class of every Claim up to Amount.
"""
    )
    deal.does("", 'Seller: present the Claim "A" stating Amount as USD 5.00 and Class as 2.')
    deal.does("", 'Seller: present the Claim "B" stating Amount as USD 5.00 and Class as 2.')
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 0.25 and Class as 1.')

    assert [deal.figure(f'the Turn of "{name}"') for name in "ABC"] == ["USD 0.38", "USD 0.37", "USD 0.25"]


def test_the_earliest_due_of_those_open_is_picked_and_all_late_ones_are_marked() -> None:
    deal = opened(
        MILESTONES
        + """
Clause 3 "Next":
  "Next" of a Milestone means that the number of Milestones which is not Accepted and whose Due is before the Due of
    such Milestone is equal to 0.
  "Next Milestone" means the earliest Milestone which is not Accepted and which is Next.
  "Mark" means an event, about a Milestone.
  For each Milestone which is not Accepted, when the Due of such Milestone has passed, then a Mark occurs
    about such Milestone.
"""
    )
    assert deal.asks("the Due of the Next Milestone is equal to 6 September 2005.") == "true"

    deal.does("10:00 on 5 September 2005", 'Buyer: find the Acceptance about "Build".')
    assert deal.asks("the Due of the Next Milestone is equal to 8 September 2005.") == "true"

    deal.passes("10:00 on 9 September 2005")
    assert deal.figure("the number of Marks", "0") == "1"


def test_an_act_on_business_days_only_waits_for_the_next_one() -> None:
    deal = opened(
        """
Clause 2 "Drawing":
  The Agent may pay any amount to the Seller from the Fund not before the business day on or after today.
  "Request" means a claim, made by the Seller.
  "Drawing Day" means the business day closing at 16:00 of the making of the latest Request.
"""
    )
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    deal.fails("10:00 on 5 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "2")
    deal.does("16:01 on 5 September 2005", "Seller: present the Request.")
    deal.does("00:00 on 6 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.")

    assert deal.asks("the Drawing Day is equal to 6 September 2005.") == "true"


def test_a_reference_leads_from_entry_to_entry() -> None:
    deal = opened(MILESTONES + 'Clause 3 "Appeal": "Appeal" means a claim, made by the Seller, about an Acceptance.')
    deal.does("", 'Buyer: find the Acceptance "A" about "Build".')

    deal.does("", 'Seller: present the Appeal about "A".')

    assert deal.figure("the Share of the Milestone of the Acceptance of the latest Appeal") == "USD 70.00"


def test_a_part_of_the_fund_is_frozen_for_a_claim() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  For each Claim, the Agent must hold the Amount of such Claim in the Fund.
  The Agent may pay any amount to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 60.00.')

    deal.fails("", "Agent: pay USD 50.00 to the Seller from the Fund.")
    deal.does("", "Agent: pay USD 40.00 to the Seller from the Fund.")

    assert (deal.figure("the balance of the Fund"), deal.figure("the free balance of the Fund")) == (
        "USD 60.00",
        "USD 0.00",
    )


def test_a_norm_is_performed_for_one_row_and_not_for_another() -> None:
    deal = opened(
        MILESTONES + 'Clause 3 "Pay": For each Milestone, the Buyer must pay the Share of such Milestone to the Seller.'
    )

    deal.does("", 'Buyer: pay USD 70.00 to the Seller about "Build".')

    assert deal.asks('section 3 has been performed for "Build".') == "true"
    assert deal.asks('section 3 has been performed for "Design".') == "pending"


def test_a_rate_is_stated_and_converts_once_and_rounds_as_said() -> None:
    deal = opened(
        """
Clause 2 "Rates":
  "Fixing" means a finding, made by the Agent, stating Price as rate.
  "In Euro" means USD 10.00 times the Price of the latest Fixing times EUR 1.00 divided by USD 1.00 rounded down.
"""
    )

    deal.does("", "Agent: find the Fixing stating Price as 0.91999.")

    assert deal.figure("In Euro", "EUR 0.00") == "EUR 9.19"


def test_one_sentence_serves_the_rows_of_a_class() -> None:
    deal = opened(
        MILESTONES
        + """
Clause 3 "Early ones":
  For each Milestone whose Class is Early, the Buyer must pay the Share of such Milestone to the Seller.
"""
    )

    assert (deal.status("3", "Build"), deal.status("3", "Design")) == ("active", "dormant")


def test_consent_is_that_of_whom_the_change_harms_and_may_be_given_by_conduct() -> None:
    deal = opened(
        """
Clause 2 "Changes":
  "Change" means a claim, made by the Agent, stating Harmed as name.
  "Consent" means a claim, made by the Buyer or the Seller, about a Change.
  For each Change, the Seller may pay any amount to the Buyer.
  "Agreed" of a Change means that any of
    (i) the number of Consents about such Change whose Maker is the Harmed of such Change is at least 1; or
    (ii) all of (A) the Harmed of such Change is the Seller; and (B) section 2 has been exercised for such Change.
"""
    )
    deal.does("", 'Agent: present the Change "C" stating Harmed as Seller.')
    deal.does("", 'Agent: present the Change "D" stating Harmed as Buyer.')

    deal.does("", 'Buyer: present the Consent about "C".')
    assert deal.asks('"C" is Agreed.') != "true"
    deal.does("", 'Seller: pay USD 1.00 to the Buyer about "C".')
    assert deal.asks('"C" is Agreed.') == "true"
    deal.does("", 'Seller: pay USD 1.00 to the Buyer about "D".')
    assert deal.asks('"D" is Agreed.') != "true"
    deal.does("", 'Buyer: present the Consent "K" about "D".')
    assert deal.asks('"D" is Agreed.') == "true"


def test_a_thing_received_by_two_is_received_on_the_later_day() -> None:
    deal = opened(
        """
Clause 2 "Plans":
  "Plan" means a writing, signed by the Buyer, addressed to the Seller.
  "Copy" means a writing, signed by the Buyer, addressed to the Agent.
  "Plan Day" means the later of the receipt of the latest Plan and the receipt of the latest Copy.
"""
    )
    deal.does("", "Buyer: sign the Plan.")
    deal.does("", "Buyer: sign the Copy.")
    deal.does("10:00 on 2 September 2005", "Buyer: deliver the Plan to the Seller.")
    assert deal.asks("the Plan Day is before 30 September 2005.") == "pending"

    deal.does("12:00 on 6 September 2005", "Buyer: deliver the Copy to the Agent.")

    assert deal.asks("the Plan Day is equal to 12:00 on 6 September 2005.") == "true"


def test_a_figure_is_judged_at_the_end_of_the_period_and_not_after() -> None:
    deal = opened(
        """
Clause 2 "Arrears":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Arrears" means the sum of Amount of every Bill less the amount paid under section 3.
  "Period End" means an event, every 1 month from 5 September 2005 to 5 September 2005.
  "Count" means an event, stating Arrears Then as amount.
  For each Period End, when such Period End has been made, then a Count occurs stating Arrears Then as Arrears.
  "Default" means an event.
  For each Count whose Arrears Then is more than USD 10.00, when such Count has been made, then a Default occurs.
Clause 3 "Paying": The Buyer may pay any amount to the Seller.
"""
    )
    deal.does("", "Seller: present the Bill stating Amount as USD 30.00.")
    deal.does("10:00 on 4 September 2005", "Buyer: pay USD 20.00 to the Seller.")
    deal.does("10:00 on 6 September 2005", "Seller: present the Bill stating Amount as USD 30.00.")
    deal.passes("10:00 on 1 December 2005")

    assert deal.figure("the Arrears Then of the latest Count") == "USD 10.00"
    assert deal.asks("a Default has been made.") == "pending"


def test_a_register_stands_as_it_stood_at_the_record_date() -> None:
    deal = opened(
        """
Clause 2 "Register":
  "Holding" means a claim, made by the Agent, stating Units as number.
  "Entitlement" means an event, stating Counted as number.
  For each Holding, when all of (i) such Holding has been made on or before 5 September 2005; and
    (ii) 5 September 2005 has passed;
    then an Entitlement occurs stating Counted as the Units of such Holding.
"""
    )
    deal.does("", 'Agent: present the Holding "A" stating Units as 10.')
    deal.passes("10:00 on 6 September 2005")

    deal.does("11:00 on 6 September 2005", 'Agent: withdraw the Holding "A".')
    deal.does("12:00 on 6 September 2005", 'Agent: present the Holding "B" stating Units as 90.')

    assert deal.figure("the sum of Counted of every Entitlement", "0") == "10"


def test_another_of_the_same_kind_is_spoken_of_through_its_figures() -> None:
    deal = opened(
        """
Clause 2 "Offers":
  "Offer" means a claim, made by the Buyer or the Seller, stating Price as amount.
  "Best" of an Offer means that the number of Offers whose Price is more than the Price of such Offer is equal to 0.
"""
    )
    deal.does("", 'Buyer: present the Offer "A" stating Price as USD 5.00.')
    assert deal.asks('"A" is Best.') == "true"

    deal.does("", 'Seller: present the Offer "B" stating Price as USD 6.00.')

    assert (deal.asks('"A" is Best.'), deal.asks('"B" is Best.')) == ("false", "true")


def test_one_cap_governs_several_clauses() -> None:
    deal = opened(
        """
Clause 2 "One": The Buyer may pay any amount to the Seller.
Clause 3 "Two": The Buyer may pay any amount to the Agent.
Clause 4 "Cap": The total paid under sections 2 and 3 must not exceed USD 10.00 in the life of this agreement.
"""
    )
    deal.does("", "Buyer: pay USD 6.00 to the Seller.")

    deal.fails("", "Buyer: pay USD 4.01 to the Agent.", "4")
    deal.does("", "Buyer: pay USD 4.00 to the Agent.")


def test_the_first_filler_of_a_role_is_replaced() -> None:
    deal = opened(
        """
Clause 2 "Successor":
  "Appointment" means a claim, made by the Buyer, stating Successor as text.
  For each Appointment, when such Appointment has been made, then the Successor of such Appointment becomes the Agent.
"""
    )

    deal.does("", 'Buyer: present the Appointment stating Successor as "New Trust".')

    assert deal.asks('the Agent is filled by "New Trust".') == "true"


def test_a_slip_that_was_silent_is_told() -> None:
    told = problems('Agreement "X". Clause 1: The Buyer must pay USD 5.00 to the Seller within 5 days.')

    assert "A day without its kind" in told
