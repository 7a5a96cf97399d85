"""What waits while nobody fills a role: its duties, their clocks, and what is sent to it; and who can fill it."""

import pytest

from dsl.engine import explain, in_force
from dsl.explain import render_reason
from dsl.possibilities import actors, possibilities
from dsl.unlocking import ways_to
from tests.dsl.deals import Deal, attempt_of, opened
from tests.dsl.test_roles import OLD, SUCCESSION, appoint

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


def test_what_nobody_can_do_now_is_not_offered(vacant: Deal) -> None:
    offered = {
        actor
        for actor in actors(vacant.agreement)
        if any(each.allowed for each in possibilities(vacant.agreement, vacant.state, actor))
    }

    assert "Buyer" in offered
    assert "Agent" not in offered


def test_a_vacancy_that_is_recorded_late_leaves_what_was_paid_and_is_told() -> None:
    """The agent pays a bill on the 2nd; that it had left on the 1st comes to be known on the 4th."""
    deal = opened(VACANCY, OLD)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "F".')
    deal.does("", "Agent: pay USD 5.00 to the Seller from the Fund.")

    deal.does("20:00 on 1 September 2005", "Agent: present a Resignation.", "10:00 on 4 September 2005")

    assert deal.got("Seller") == "USD 5.00"
    (told,) = deal.state.divergences
    assert (told.then, told.now) == ("4", "3")
    assert "Nobody can act for Agent" in told.text


def test_who_held_a_role_while_it_was_vacant_is_open(vacant: Deal) -> None:
    vacant.passes("10:00 on 4 September 2005")

    assert vacant.asks('the Agent as of 10:30 on 3 September 2005 is "Old Trust".') == "open"
    assert vacant.asks('the Agent is filled by "Old Trust".') == "false"


def test_nobody_acts_in_an_own_name_for_a_vacant_role_and_the_explanation_says_who_can_fill_it() -> None:
    deal = opened(
        VACANCY
        + """
Clause 7 "Call":
  "Pat" means a person acting for the Agent.
  "Call" means an oral statement, made by Pat.
""",
        OLD,
    )
    deal.does("10:00 on 2 September 2005", 'Seller: present the Bill "F".')
    deal.does("10:00 on 3 September 2005", "Agent: present a Resignation.")

    assert "Nobody can act for Agent" in deal.fails("", "Pat: state the Call.", "3")
    law = in_force(deal.agreement, deal.state)
    told = render_reason(explain(law, deal.state, "4"))
    assert "Buyer and Seller must sign an Appointment" in told


def test_what_a_vacant_role_could_do_again_after_its_successor_is_appointed(vacant: Deal) -> None:
    attempt = attempt_of(vacant.agreement, "Agent: pay USD 5.00 to the Seller from the Fund.")

    (way,) = ways_to(vacant.agreement, vacant.state, attempt)

    assert way.acts == 2
    assert [who for who, _ in way.by_person] in ([("Buyer",), ("Seller",)], [("Seller",), ("Buyer",)])
    assert "sign the Appointment stating Successor" in way.steps[0].text


def test_a_successor_who_is_appointed_in_part_waits_for_the_other_signature_alone(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Buyer: sign the Appointment "A" stating Successor as "New Trust".')

    told = vacant.fails("11:00 on 4 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "3")

    assert 'waits for: Seller must sign the Appointment "A"' in told
    assert "Buyer" not in told.split("waits for:")[1]


def test_who_can_begin_what_fills_a_role_is_told_also_where_no_entry_names_the_successor() -> None:
    deal = opened("""
Clause 2 "Succession":
  "Resignation" means a claim, made by the Agent.
  "Vote" means a finding, made by the Buyer.
  When a Resignation has been made, then the Agent becomes vacant.
  When a Vote has been made, then "New Trust" becomes the Agent.
""")
    deal.does("", "Agent: present the Resignation.")

    told = deal.fails("", "Agent: present the Resignation.")

    assert "Buyer can find a Vote" in told


SILENCE = (
    SUCCESSION
    + """
Clause 3 "Resignation":
  "Resignation" means a claim, made by the Agent.
  When a Resignation has been made, then the Agent becomes vacant.
Clause 4 "After silence":
  "Request" means a claim, made by the Seller.
  "Objection" means a claim, made by the Buyer, about a Request.
  For each Request,
    when no Objection about such Request has been made within 2 business days after the making of such Request,
    then the Agent must pay USD 5.00 to the Seller within 1 business day.
Clause 5 "After a note":
  "Note" means a claim, made by the Seller.
  For each Note, when such Note has been made, then the Agent must pay USD 6.00 to the Seller within 1 business day.
Clause 6 "After another silence" subject to section 7 by suspension while Stopped applies:
  "Wish" means a claim, made by the Seller.
  "No" means a claim, made by the Buyer, about a Wish.
  For each Wish, when no No about such Wish has been made within 2 business days after the making of such Wish,
    then the Seller must pay USD 7.00 to the Buyer within 1 business day.
Clause 7 "Stop":
  "Stop" means a claim, made by the Buyer.
  "Stopped" means that a Stop has been made.
  While a Stop has been made, then the Buyer must not pay any amount to the Agent.
"""
)
"""Two business days from Wednesday 7 September end with the last moment of Friday the 9th."""


@pytest.mark.parametrize(("left", "due"), [("12:00 on 9", "15"), ("00:00 on 10", "14")])
def test_what_begins_with_the_last_moment_of_a_silence_stands_still_from_then(left: str, due: str) -> None:
    """One business day after the 9th is Monday the 12th. Of the ends of the 9th, 12th and 13th the clock missed each
    that it stood still at: all three where the role was vacant on the 9th, the last two where from its end on."""
    deal = opened(SILENCE, OLD)
    deal.does("10:00 on 7 September 2005", 'Seller: present the Request "R".')
    deal.does(
        "23:58 on 9 September 2005" if due == "14" else "11:59 on 9 September 2005", 'Seller: present the Note "N".'
    )
    deal.does(f"{left} September 2005", "Agent: present a Resignation.")
    deal.passes("10:00 on 13 September 2005")
    assert [deal.status(section, row) for section, row in (("4", "R"), ("5", "N"))] == ["suspended", "suspended"]

    appoint(deal, "09:00 on 14 September 2005", "A", "New Trust")

    assert deal.asks(f'the deadline of section 5 for "N" is equal to {due} September 2005.') == "true"
    assert deal.asks(f'the deadline of section 4 for "R" is equal to {due} September 2005.') == "true"


def test_what_begins_suspended_with_the_last_moment_of_a_silence_stands_still_from_then() -> None:
    """The Stop is there from the 8th to the 14th: one business day after that is the 15th."""
    deal = opened(SILENCE, OLD)
    deal.does("10:00 on 7 September 2005", 'Seller: present the Wish "W".')
    deal.does("10:00 on 8 September 2005", 'Buyer: present the Stop "S".')
    deal.passes("10:00 on 13 September 2005")
    assert deal.status("6", "W") == "suspended"

    deal.does("09:00 on 14 September 2005", 'Buyer: withdraw "S".')

    assert deal.asks('the deadline of section 6 for "W" is equal to 15 September 2005.') == "true"
