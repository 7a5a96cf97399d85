"""A role is a slot: who filled it when, what is left to who has left it, and what passes on to who comes."""

import pytest

from dsl.parse import parse_scenarios
from dsl.scenarios import Book, play, report
from dsl.source import Source
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


DISCHARGE = (
    SUCCESSION
    + """
Clause 3 "Late claims":
  "Late Claim" means a claim, made by the Buyer, about an Appointment, stating Amount as amount.
  For each Late Claim, when such Late Claim has been made,
    then the Outgoing of the Appointment of such Late Claim must pay the Amount of such Late Claim to the Buyer.
Clause 4 "Fee":
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then the Agent must pay USD 5.00 to the Seller.
Clause 5 "Release":
  "Release" means a claim, made by the Buyer, about an Appointment.
  For each Release, when such Release has been made, then {who} is discharged.
"""
)


def test_who_has_left_is_discharged_alone_and_the_successor_stays_bound() -> None:
    deal = opened(DISCHARGE.format(who="the Outgoing of the Appointment of such Release"), OLD)
    appoint(deal, "10:00 on 2 September 2005", "A", "New Trust")
    deal.does("", 'Buyer: present the Late Claim "L" about "A" stating Amount as USD 3.00.')
    deal.does("", 'Seller: present the Bill "B".')
    assert (deal.status("3", "L"), deal.status("4", "B")) == ("active", "active")

    deal.does("", 'Buyer: present the Release about "A".')

    assert (deal.status("3", "L"), deal.status("4", "B")) == ("discharged", "active")
    deal.does("", 'Buyer: present the Late Claim "M" about "A" stating Amount as USD 3.00.')
    assert deal.status("3", "M") == "discharged"


def test_a_discharge_of_the_role_frees_nobody_who_fills_it_later() -> None:
    deal = opened(DISCHARGE.format(who="the Agent"), OLD)
    appoint(deal, "10:00 on 2 September 2005", "A", "Second Trust")
    deal.does("", 'Buyer: present the Release about "A".')
    deal.does("", 'Seller: present the Bill "B".')
    assert deal.status("4", "B") == "discharged"

    appoint(deal, "10:00 on 3 September 2005", "C", "Third Trust")
    deal.does("", 'Seller: present the Bill "D".')

    assert (deal.status("4", "B"), deal.status("4", "D")) == ("discharged", "active")


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
        ("The balance of the Fund as of 5 September 2005 must pay USD 5.00 to the Buyer.", "A name is wanted here"),
        ('"Then" means the Agent as of USD 5.00.', "A date or an instant is wanted here"),
    ],
)
def test_a_role_that_is_none_is_told(sentence: str, told: str) -> None:
    assert told in problems(HEAD + f'Clause 2 "Mistake":\n  {sentence}\n')


def test_a_scenario_says_what_somebody_may_do_under_an_own_name() -> None:
    deal = opened(HANDOVER, OLD)
    text = """
Scenario "Handover":
  Open at 09:00 on 1 September 2005.
  At 10:00 on 1 September 2005, the Buyer: sign the Appointment "A" stating Successor as "New Trust".
  Expect "Old Trust" may not take a Handover about "A".
  At 10:01 on 1 September 2005, the Seller: sign the Appointment "A".
  Expect "Old Trust" may take a Handover about "A" under section 3.
  Expect "New Trust" may not take a Handover about "A".
"""

    source = Source("scenario", text)
    parsed = parse_scenarios(source).syntax
    assert parsed is not None
    (scenario,) = parsed.scenarios
    run = play(deal.agreement, scenario, source, Book({"Handover": (scenario, source)}))

    assert report(run) == ""
