"""A role is a slot: who filled it when, what is left to who has left it, and what passes on to who comes."""

import pytest

from tests.dsl.deals import HEAD, Deal, opened, problems

OLD = HEAD.replace('"Agent" means a party', '"Agent" means a party, "Old Trust"')
SUCCESSION = """
Clause 2 "Succession":
  "Appointment" means a writing, signed by the Buyer and the Seller, stating Successor as text.
  "Outgoing" of an Appointment means the Agent as of the completion of such Appointment.
  For each Appointment, when such Appointment has been completed,
    then the Successor of such Appointment becomes the Agent.
"""
HANDOVER = (
    SUCCESSION
    + """
Clause 3 "Hand over":
  "Handover" means an act, about an Appointment.
  For each Appointment, when such Appointment has been completed,
    then the Outgoing of such Appointment must make a Handover about such Appointment within 5 calendar days.
Clause 4 "Indemnity":
  "Expense" means a claim, about an Appointment, stating Amount as amount.
  For each Appointment, when such Appointment has been completed,
    then the Outgoing of such Appointment may make an Expense about such Appointment.
  For each Expense, when such Expense has been made,
    then the Buyer must pay the Amount of such Expense to the Outgoing of the Appointment of such Expense.
"""
)


def appoint(deal: Deal, when: str, name: str, successor: str) -> None:
    deal.does(when, f'Buyer: sign the Appointment "{name}" stating Successor as "{successor}".')
    deal.does("", f'Seller: sign the Appointment "{name}".')


@pytest.fixture
def twice() -> Deal:
    """Old Trust is followed by Second Trust on 2 September, and that by Third Trust on 5 September."""
    deal = opened(HANDOVER, OLD)
    appoint(deal, "10:00 on 2 September 2005", "A", "Second Trust")
    appoint(deal, "10:00 on 5 September 2005", "B", "Third Trust")
    return deal


# ------------------------------------------------------------ who filled it then


def test_the_role_as_of_an_instant_is_who_filled_it_up_to_then() -> None:
    deal = opened(SUCCESSION, OLD)
    appoint(deal, "10:00 on 2 September 2005", "A", "New Trust")
    deal.passes("12:00 on 3 September 2005")

    assert deal.asks('the Agent as of 09:59 on 2 September 2005 is "Old Trust".') == "true"
    assert deal.asks('the Agent as of 10:00 on 2 September 2005 is "Old Trust".') == "true"
    assert deal.asks('the Agent as of 10:01 on 2 September 2005 is "New Trust".') == "true"
    assert deal.asks('the Outgoing of "A" is "Old Trust".') == "true"


def test_of_a_day_it_is_who_fills_it_at_the_end() -> None:
    deal = opened(SUCCESSION, OLD)
    appoint(deal, "10:00 on 2 September 2005", "A", "New Trust")

    assert deal.asks('the Agent as of 2 September 2005 is "New Trust".') == "pending"
    deal.passes("00:00 on 3 September 2005")
    assert deal.asks('the Agent as of 2 September 2005 is "New Trust".') == "true"
    assert deal.asks('the Agent as of 1 September 2005 is "Old Trust".') == "true"


def test_who_filled_a_role_that_the_agreement_names_nobody_for_is_open() -> None:
    deal = opened("")

    deal.passes("10:00 on 3 September 2005")

    assert deal.asks('the Agent as of 2 September 2005 is "Old Trust".') == "open"


def test_a_role_as_such_is_its_filler_only_while_it_has_had_no_other() -> None:
    """The Seller made the claim; whether that is Ann, who has sold since, cannot be said without a time."""
    deal = opened(
        """
Clause 2 "Sale":
  "Claim" means a claim, made by the Seller.
  "Sale" means a claim, made by the Buyer, stating New Seller as text.
  For each Sale, when such Sale has been made, then the New Seller of such Sale becomes the Seller.
""",
        HEAD.replace('"Seller" means a party', '"Seller" means a party, "Ann"'),
    )
    deal.does("", 'Seller: present the Claim "C".')
    assert deal.asks('the Maker of "C" is "Ann".') == "true"
    assert deal.asks('the Maker of "C" is "Zed".') == "false"

    deal.does("10:00 on 2 September 2005", 'Buyer: present the Sale stating New Seller as "Ben".')

    assert deal.asks('the Maker of "C" is "Ann".') == "open"
    assert deal.asks('the Seller as of the making of "C" is "Ann".') == "true"


# -------------------------------------------------------- what is left to who left


def test_each_former_holder_must_hand_over_for_itself(twice: Deal) -> None:
    twice.fails("", 'Agent: make the Handover "H" about "A".', "3")
    told = twice.fails("", '"Second Trust": make the Handover "H" about "A".', "3")
    assert "Only the Outgoing of such Appointment can do this" in told

    twice.does("", '"Old Trust": make the Handover "H" about "A".')
    assert (twice.status("3", "A"), twice.status("3", "B")) == ("fulfilled", "active")

    twice.passes("23:59 on 10 September 2005")
    assert twice.status("3", "B") == "active"
    twice.passes("00:00 on 11 September 2005")
    assert twice.status("3", "B") == "overdue"


def test_the_indemnity_of_who_resigned_is_paid_to_it_and_not_to_the_successor(twice: Deal) -> None:
    twice.does("", '"Old Trust": make the Expense "E" about "A" stating Amount as USD 7.00.')

    twice.fails("", 'Buyer: pay USD 7.00 to the Agent about "E".')
    twice.does("", 'Buyer: pay USD 7.00 to "Old Trust" about "E".')

    assert twice.got('"Old Trust"') == "USD 7.00"
    assert twice.asks('the Maker of "E" is "Old Trust".') == "true"


def test_who_is_named_and_still_fills_the_role_acts_in_its_name() -> None:
    deal = opened(
        """
Clause 2 "Account":
  "Resignation" means a claim, made by the Agent.
  "Account" means an act, about a Resignation.
  For each Resignation, when such Resignation has been made,
    then the Agent as of the making of such Resignation must make an Account about such Resignation.
""",
        OLD,
    )
    deal.does("10:00 on 2 September 2005", 'Agent: present the Resignation "R".')
    deal.fails("", 'Buyer: make the Account about "R".', "2")

    deal.does("", 'Agent: make the Account about "R".')

    assert deal.status("2", "R") == "fulfilled"


def test_a_ban_binds_who_left() -> None:
    deal = opened(
        SUCCESSION
        + """
Clause 3 "Silence":
  "Report" means a claim, about an Appointment.
  For each Appointment, the Outgoing of such Appointment may make a Report about such Appointment.
  "Quiet" means a claim, made by the Buyer.
Clause 4 "Quiet" notwithstanding section 3 by suspension while the Hushed applies:
  "Hushed" means that a Quiet has been made.
  For each Appointment, when a Quiet has been made,
    then the Outgoing of such Appointment must not make a Report about such Appointment.
""",
        OLD,
    )
    appoint(deal, "10:00 on 2 September 2005", "A", "New Trust")
    deal.does("", '"Old Trust": make the Report "R" about "A".')
    deal.does("", "Buyer: present a Quiet.")

    told = deal.fails("", '"Old Trust": make the Report "S" about "A".', "4")

    assert "This is forbidden." in told


def test_who_has_never_been_named_is_nobody() -> None:
    told = opened(HANDOVER, OLD).fails("", '"Acme": pay USD 5.00 to the Seller.')

    assert 'Only Buyer can do this, not "Acme"' in told


# ------------------------------------------------------------------- vacant roles

VACANCY = (
    SUCCESSION
    + """
Clause 3 "Resignation":
  "Resignation" means a claim, made by the Agent.
  When a Resignation has been made, then the Agent becomes vacant.
Clause 4 "Fee":
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made,
    then the Agent must pay USD 5.00 to the Seller from the Fund within 5 calendar days.
Clause 5 "Warnings":
  "Warning" means a notice, made by the Buyer, addressed to the Agent.
  "Answer" means a claim, made by the Agent, about a Warning.
  "Letter" means a notice, made by the Buyer, addressed to the Agent and the Seller.
  For each Warning, when such Warning has been given,
    then the Agent must make an Answer about such Warning within 2 calendar days.
Clause 6 "Together":
  "Count" means a claim, made by the Agent or the Seller, about a Bill.
  For each Bill, the Agent and the Seller must make a Count about such Bill within 5 calendar days.
"""
)


@pytest.fixture
def vacant() -> Deal:
    """A bill of 2 September; the agent leaves on Saturday 3 September at ten."""
    deal = opened(VACANCY, OLD)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "F".')
    deal.does("10:00 on 3 September 2005", "Agent: present a Resignation.")
    return deal


def test_what_only_a_vacant_role_must_do_is_suspended_and_its_clock_stands_still(vacant: Deal) -> None:
    """Five days from 2 September end with the 7th. The clock stood still at the ends of the 3rd and 4th: the 9th."""
    assert vacant.asks("the Agent is vacant.") == "true"
    assert vacant.status("4", "F") == "suspended"

    told = vacant.fails("10:00 on 4 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "3")
    assert "Nobody can act for Agent" in told
    assert "Buyer and Seller must sign an Appointment" in told

    appoint(vacant, "10:00 on 5 September 2005", "A", "New Trust")
    assert vacant.asks("the Agent is vacant.") == "false"
    assert vacant.status("4", "F") == "active"
    assert vacant.asks('the deadline of section 4 for "F" is equal to 9 September 2005.') == "true"
    vacant.does("", "Agent: pay USD 5.00 to the Seller from the Fund.")
    assert vacant.got("Seller") == "USD 5.00"


def test_a_duty_that_arises_while_the_role_is_vacant_has_its_whole_time_once_it_is_filled(vacant: Deal) -> None:
    """Five days from the 4th end with the 9th. The clock stood still at the end of the 4th alone: the 10th."""
    vacant.does("10:00 on 4 September 2005", 'Seller: present the Bill "G".')
    assert vacant.status("4", "G") == "suspended"

    appoint(vacant, "10:00 on 5 September 2005", "A", "New Trust")

    assert vacant.asks('the deadline of section 4 for "G" is equal to 10 September 2005.') == "true"


def test_who_else_is_bound_goes_on_and_the_clock_waits_for_both(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Seller: present the Count "S" about "F".')
    vacant.passes("10:00 on 8 September 2005")
    assert vacant.status("6", "F") == "active"

    appoint(vacant, "10:00 on 8 September 2005", "A", "New Trust")
    vacant.does("", 'Agent: present the Count "T" about "F".')

    assert vacant.status("6", "F") == "fulfilled"


def test_a_notice_to_a_vacant_role_is_received_when_somebody_fills_it(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Buyer: give the Warning "W".')
    assert vacant.asks('"W" has been sent.') == "true"
    assert vacant.asks('"W" has been given.') == "pending"
    assert vacant.status("5", "W") == "dormant"

    appoint(vacant, "11:00 on 5 September 2005", "A", "New Trust")

    assert vacant.asks('the giving of "W" is equal to 11:00 on 5 September 2005.') == "true"
    assert vacant.asks('the deadline of section 5 for "W" is equal to 7 September 2005.') == "true"


def test_a_notice_to_two_reaches_who_is_there_at_once(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Buyer: give the Letter "L".')

    assert vacant.asks('"L" has been received by the Seller.') == "true"
    assert vacant.asks('"L" has been received by the Agent.') == "pending"
    assert vacant.asks('"L" has been given.') == "pending"


def test_nothing_can_be_delivered_to_a_vacant_role() -> None:
    deal = opened(
        VACANCY
        + """
Clause 7 "Order":
  "Order" means a writing, signed by the Buyer, addressed to the Agent.
""",
        OLD,
    )
    deal.does("", 'Buyer: sign the Order "O".')
    deal.does("10:00 on 3 September 2005", "Agent: present a Resignation.")

    told = deal.fails("", 'Buyer: deliver the Order "O" to the Agent.', "3")
    assert "Nobody can receive this now." in told
    assert "Buyer and Seller must sign an Appointment" in told

    appoint(deal, "10:00 on 5 September 2005", "A", "New Trust")
    assert deal.asks('"O" has been received by the Agent.') == "pending"
    deal.does("", 'Buyer: deliver the Order "O" to the Agent.')


def test_who_held_a_role_while_it_was_vacant_is_open(vacant: Deal) -> None:
    vacant.passes("10:00 on 4 September 2005")

    assert vacant.asks('the Agent as of 10:30 on 3 September 2005 is "Old Trust".') == "open"
    assert vacant.asks('the Agent is filled by "Old Trust".') == "false"


# ------------------------------------------------- a party is followed in the middle

PARTY = """
Clause 2 "Assignment":
  "Ann" means a person acting for the Buyer.
  "Bob" means a person acting for the Seller.
  "Assignment" means a writing, signed by the Seller, stating Assignee as text.
  For each Assignment, when such Assignment has been completed,
    then the Assignee of such Assignment becomes the Buyer.
Clause 3 "Dealings":
  "Order" means a writing, signed by the Buyer and the Seller.
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  For each Claim, when such Claim has been made,
    then the Seller must pay the Amount of such Claim to the Buyer within 5 calendar days.
"""
AUTHORITY = """
Clause 4 "Who acts for the Buyer":
  Ann may act for the Buyer.
Clause 5 "Certificates":
  "Certificate" means a writing, signed by the Buyer, stating Officer as name.
  For each Certificate, when such Certificate has been completed,
    then the Officer of such Certificate may act for the Buyer to sign an Order.
"""
ASSIGN = 'Seller: sign the Assignment "A" stating Assignee as "New Buyer".'
LATER = "10:00 on 2 September 2005"


def test_a_half_signed_paper_is_completed_and_an_open_claim_goes_on() -> None:
    """Five days from 1 September end with the 6th, whoever is the Buyer."""
    deal = opened(PARTY)
    deal.does("", 'Buyer: sign the Order "O".')
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 9.00.')

    deal.does(LATER, ASSIGN)
    deal.does("", 'Seller: sign the Order "O".')

    assert deal.asks('"O" has been completed.') == "true"
    assert deal.asks('the deadline of section 3 for "C" is equal to 6 September 2005.') == "true"
    deal.does("", 'Seller: pay USD 9.00 to the Buyer about "C".')
    assert deal.status("3", "C") == "fulfilled"


def test_the_successor_takes_back_what_the_predecessor_has_signed() -> None:
    deal = opened(PARTY)
    deal.does("", 'Buyer: sign the Order "O".')
    deal.does(LATER, ASSIGN)

    deal.does("", 'Buyer: withdraw the Order "O".')

    assert "has been withdrawn" in deal.fails("", 'Seller: sign the Order "O".', "3")


def test_an_authority_ends_with_who_granted_it_and_what_was_signed_by_it_stands() -> None:
    deal = opened(PARTY + AUTHORITY)
    deal.does("", 'Buyer by Ann: sign the Order "O".')
    deal.does("", 'Buyer by Ann: sign the Certificate "K" stating Officer as "Zoe".')
    deal.does("", 'Buyer by "Zoe": sign the Order "P".')

    deal.does(LATER, ASSIGN)

    assert "Ann has no authority for Buyer" in deal.fails("", 'Buyer by Ann: sign the Order "Q".', "5")
    told = deal.fails("", 'Buyer by "Zoe": sign the Order "Q".', "5")
    assert "Granted before New Buyer became the Buyer" in told
    deal.does("", 'Seller: sign the Order "O".')
    assert deal.asks('"O" has been completed.') == "true"


def test_the_successor_says_anew_who_acts_for_it() -> None:
    deal = opened(PARTY + AUTHORITY)
    deal.fails("", 'Buyer: sign the Certificate "K" stating Officer as "Zoe".', "4")
    deal.does(LATER, ASSIGN)

    deal.does("11:00 on 2 September 2005", 'Buyer: sign the Certificate "L" stating Officer as "Yan".')
    deal.fails("", 'Buyer: sign the Order "Q".', "5")
    deal.does("", 'Buyer by "Yan": sign the Order "Q".')


def test_a_person_named_for_the_predecessor_does_not_act_for_the_successor() -> None:
    deal = opened(PARTY)
    deal.does("", 'Buyer by Ann: sign the Order "O".')

    deal.does(LATER, ASSIGN)

    told = deal.fails("", 'Buyer by Ann: sign the Order "P".', "2")
    assert "Ann was named for whoever was Buyer before New Buyer" in told
    deal.does("", 'Seller by Bob: sign the Order "O".')


# --------------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("When 5 September 2005 has passed, then the Fund becomes vacant.", "Not a value"),
        ('"Then" means the Fund as of 5 September 2005.', "`Fund` is not a role"),
        ('"Then" means the Agent as of USD 5.00.', "A date or an instant is wanted here"),
    ],
)
def test_a_role_that_is_none_is_told(sentence: str, told: str) -> None:
    assert told in problems(HEAD + f'Clause 2 "Mistake":\n  {sentence}\n')
