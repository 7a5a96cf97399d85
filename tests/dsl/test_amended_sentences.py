"""A sentence whose section is replaced goes on under the new words: what has happened under the old ones has happened.

It does not happen again, and a power that was used is used.
"""

from dataclasses import replace

import pytest

from dsl.engine import evolve, in_force
from tests.dsl.amending import ANSWER, BILLED, CHANGE, amend, deal

BILLED_YET = BILLED.replace("has been made", "has been made and the balance of the Fund is at least USD 1.00")
PASSES = f"{BILLED}USD 10.00 passes from the Fund to the Seller."
OTHERWISE = [
    (f"{BILLED}USD 12.00 passes from the Fund to the Seller.", "USD 22.00"),
    (f"{BILLED}12 percent of USD 100.00 passes from the Fund to the Seller.", "USD 22.00"),
    (f"{BILLED}USD 12.00 passes from the Fund to the Agent.", "USD 10.00"),
    (f"{BILLED_YET}USD 12.00 passes from the Fund to the Seller.", "USD 22.00"),
    (f"{BILLED}a Mark occurs, and USD 12.00 passes from the Fund to the Seller.", "USD 22.00"),
    (f"{BILLED}USD 12.00 passes from the Fund to the Seller, and a Mark occurs.", "USD 22.00"),
]


@pytest.mark.parametrize(("sentence", "after"), OTHERWISE)
def test_what_has_passed_does_not_pass_again_under_other_words(sentence: str, after: str) -> None:
    """USD 10.00 for the first bill under the old words; the new ones are for the second bill alone."""
    made = deal(PASSES)
    made.does("", 'Seller: present the Bill "A".')
    assert made.got("Seller") == "USD 10.00"

    amend(made, sentence)
    assert (made.got("Seller"), made.holds()) == ("USD 10.00", "USD 90.00")

    made.does("", 'Seller: present the Bill "B".')
    assert (made.got("Seller"), made.holds()) == (after, "USD 78.00")


@pytest.mark.parametrize("after", ["stating Level as 2", "stating Level as 3"])
def test_an_event_that_has_occurred_does_not_occur_again(after: str) -> None:
    more = 'Clause 3 "Levels": "Level" means an event, about a Bill, stating Height as number.'
    made = deal(f"{BILLED}a Level occurs about such Bill stating Height as 1.", more)
    made.does("", 'Seller: present the Bill "A".')

    amend(made, f"{BILLED}a Level occurs about such Bill {after.replace('Level', 'Height')}.")
    assert made.asks("the number of Levels is equal to 1.") == "true"

    made.does("", 'Seller: present the Bill "B".')
    assert made.asks("the number of Levels is equal to 2.") == "true"
    assert made.asks(f"the Height of the latest Level is equal to {after[-1]}.") == "true"


def test_what_happens_each_time_its_condition_comes_waits_for_the_next_time() -> None:
    """Below USD 50.00 the fund was at the opening and again at 40.00; that this is below 45.00 too is no new fall."""
    made = deal("While the balance of the Fund is less than USD 50.00, then a Mark occurs.")
    made.does("", "Buyer: refund USD 60.00 to the Agent from the Fund.")
    assert made.asks("the number of Marks is equal to 2.") == "true"

    amend(made, "While the balance of the Fund is less than USD 45.00, then a Mark occurs.")
    assert made.asks("the number of Marks is equal to 2.") == "true"

    made.does("", "Buyer: deposit USD 60.00 into the Fund.")
    made.does("", "Buyer: refund USD 52.00 to the Agent from the Fund.")
    assert made.asks("the number of Marks is equal to 2.") == "true"
    made.does("", "Buyer: refund USD 4.00 to the Agent from the Fund.")
    assert made.asks("the number of Marks is equal to 3.") == "true"


ROLE = """
Clause 3 "Succession":
  "Resignation" means a claim, made by the Agent.
  "Appointment" means a claim, made by the Buyer.
  For each Appointment, when such Appointment has been made, then "New" becomes the Agent.
Clause 4 "Work":
  For each Bill, the Agent must pay USD 1.00 to the Seller within 3 calendar days.
"""


@pytest.mark.parametrize("condition", ["made and the balance of the Fund is at least USD 1.00", "given"])
def test_the_words_of_a_vacancy_do_not_vacate_the_role_of_the_successor(condition: str) -> None:
    made = deal("For each Resignation, when such Resignation has been made, then the Agent becomes vacant.", ROLE)
    made.does("", "Agent: present the Resignation.")
    assert made.asks("the Agent is vacant.") == "true"
    made.does("", "Buyer: present the Appointment.")

    amend(made, f"For each Resignation, when such Resignation has been {condition}, then the Agent becomes vacant.")

    assert made.asks('the Agent is filled by "New".') == "true"
    made.does("", 'Agent: present the Resignation "Of the successor".')
    assert made.asks("the Agent is vacant.") == "true"


def test_a_successor_is_not_discharged_by_the_words_that_discharged_the_one_before() -> None:
    made = deal("For each Resignation, when such Resignation has been made, then the Agent is discharged.", ROLE)
    made.does("", "Agent: present the Resignation.")
    made.does("", "Buyer: present the Appointment.")
    made.does("", 'Seller: present the Bill "A".')
    assert made.status("4", "A") == "active"

    amend(
        made,
        "For each Resignation, when such Resignation has been made and the balance of the Fund is at least USD 1.00, "
        "then the Agent is discharged.",
    )

    assert made.status("4", "A") == "active"


def test_a_waiver_waives_once_whatever_the_words() -> None:
    more = """
Clause 3 "Fee": The Buyer must pay USD 5.00 to the Seller by 20 September 2005.
Clause 4 "Protection":
  Section 3 protects the Seller.
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
"""
    waives = "For each Waiver, when such Waiver has been made{}, then the requirement of such Waiver is waived."
    made = deal(waives.format(""), more)
    made.does("", "Seller: give the Waiver stating Requirement as section 3.")

    amend(made, waives.format(" and the balance of the Fund is at least USD 1.00"))

    assert made.status("3") == "waived"
    assert len(made.state.waived["3"]) == 1


def test_amendments_are_not_enacted_again_when_the_words_that_enact_them_are_amended() -> None:
    """Three have been enacted, the last of them of the section that enacts; section 2 stays as the second left it."""
    made = deal("The Buyer must pay USD 5.00 to the Seller within 9 calendar days.")
    amend(made, "The Buyer must pay USD 7.00 to the Seller within 9 calendar days.")
    made.does(
        "", 'Buyer: sign the Amendment "B" stating Changes as clauses "Clause 2 \'B\': The Buyer may make a Word.".'
    )
    made.does("", 'Seller: sign the Amendment "B".')
    enacting = CHANGE.partition(":")[2].replace('"', "'").replace("has been completed", "has been given and completed")
    enacting = enacting.replace("given and completed", "completed and the balance of the Fund is at least USD 1.00")
    made.does("", f'Buyer: sign the Amendment "C" stating Changes as clauses "Clause 9 \'C\': {enacting}".')
    made.does("", 'Seller: sign the Amendment "C".')

    assert len(made.state.enacted) == 3
    assert made.state.restless == ()
    assert made.fails("", "Buyer: pay USD 7.00 to the Seller.")


# ------------------------------------------------------------------------ powers


@pytest.mark.parametrize("trigger", ["", "When a Go has been made, then ", "While a Go has been made, then "])
def test_what_was_paid_under_a_power_counts_under_its_new_words(trigger: str) -> None:
    """USD 30.00 of 50.00 were paid; of 60.00 USD 30.00 are left."""
    made = deal(f"{trigger}the Buyer may pay USD 50.00 to the Seller.")
    made.does("", "Seller: make a Go.")
    made.does("", "Buyer: pay USD 30.00 to the Seller.")

    amend(made, f"{trigger}the Buyer may pay USD 60.00 to the Seller.")

    made.fails("", "Buyer: pay USD 30.01 to the Seller.", "2")
    made.does("", "Buyer: pay USD 30.00 to the Seller.")
    made.fails("", "Buyer: pay USD 0.01 to the Seller.", "2")


@pytest.mark.parametrize(("days", "last"), [(3, "4 September 2005"), (12, "13 September 2005")])
def test_the_time_of_a_power_counts_from_its_own_beginning(days: int, last: str) -> None:
    made = deal(ANSWER.format("9 calendar days"))
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')

    amend(made, ANSWER.format(f"{days} calendar days"), "10:00 on 3 September 2005")

    assert made.asks(f'the deadline of section 2 for "A" is equal to {last}.') == "true"
    made.passes(f"23:59 on {last}")
    assert made.status("2", "A") == "active"
    made.passes("10:00 on 14 September 2005")
    assert made.status("2", "A") == "discharged"


def test_a_power_whose_time_has_passed_can_be_used_in_the_longer_time_of_the_new_words() -> None:
    made = deal(ANSWER.format("3 calendar days"))
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')
    made.passes("10:00 on 6 September 2005")
    assert made.status("2", "A") == "discharged"

    amend(made, ANSWER.format("9 calendar days"), "10:00 on 6 September 2005")

    assert made.status("2", "A") == "active"
    made.does("10:00 on 10 September 2005", 'Buyer: make an Answer about "A".')


def test_a_ban_that_has_come_stays_under_another_condition() -> None:
    made = deal("When a Go has been made, then the Buyer must not make a Word.")
    made.does("", "Seller: make a Go.")

    amend(made, "When the number of Gos is at least 2, then the Buyer must not make a Word.")

    made.fails("", "Buyer: make a Word.", "2")


def test_what_was_paid_under_a_section_counts_under_an_amended_cap() -> None:
    cap = 'Clause 3 "Cap": The total paid under section 2 must not exceed USD {} in the life of this agreement.'
    made = deal("The Buyer may pay any amount to the Seller.", cap.format("20.00"))
    made.does("", "Buyer: pay USD 15.00 to the Seller.")

    amend(made, cap.format("25.00").partition(": ")[2], section="3")

    made.fails("", "Buyer: pay USD 10.01 to the Seller.")
    made.does("", "Buyer: pay USD 10.00 to the Seller.")


# ------------------------------------------------- which sentence takes whose place


def test_a_changed_condition_counts_for_the_rows_for_which_the_old_one_had_not_come() -> None:
    """Bill A was owed under the old condition; bill B is owed once there are two answers, of which there is one."""
    made = deal(f"{BILLED}the Buyer must pay USD 5.00 to the Seller.")
    made.does("", 'Seller: present the Bill "A".')
    made.does("", 'Buyer: pay USD 2.00 to the Seller about "A".')

    amend(
        made,
        "For each Bill, when an Answer about such Bill has been made, then the Buyer must pay USD 5.00 to the Seller.",
    )
    made.does("", 'Seller: present the Bill "B".')

    assert (made.status("2", "A"), made.status("2", "B")) == ("active", "dormant")
    made.does("", 'Buyer: make an Answer about "B".')
    assert made.status("2", "B") == "active"
    made.fails("", 'Buyer: pay USD 3.01 to the Seller about "A".')


def test_one_sentence_that_is_parted_in_two_is_not_taken_for_one_of_its_parts() -> None:
    """USD 10.00 passed for bill A; which of the two new sentences goes on with that cannot be told, so neither does."""
    made = deal(PASSES)
    made.does("", 'Seller: present the Bill "A".')
    parted = (
        f"{BILLED_YET}USD 6.00 passes from the Fund to the Seller. "
        f"{BILLED_YET.replace('1.00', '2.00')}USD 4.00 passes from the Fund to the Seller."
    )

    made.fails("", f"Buyer: sign the Amendment stating Changes as clauses \"Clause 2 'Parted': {parted}\".", "9")

    assert made.got("Seller") == "USD 10.00"
    made.does("", 'Seller: present the Bill "B".')
    assert made.got("Seller") == "USD 20.00"


def test_of_two_instalments_the_one_that_is_left_keeps_what_was_paid_towards_it() -> None:
    """The first was paid and stays as it is, the second is raised: all of it is owed."""
    first = "The Buyer must pay USD 5.00 to the Seller by 10 September 2005."
    made = deal(f"{first} The Buyer must pay USD 7.00 to the Seller by 20 September 2005.")
    made.does("", "Buyer: pay USD 5.00 to the Seller under section 2, first sentence.")

    amend(made, f"{first} The Buyer must pay USD 8.00 to the Seller by 20 September 2005.")

    made.fails("", "Buyer: pay USD 8.01 to the Seller.", "2, second sentence")
    made.does("", "Buyer: pay USD 8.00 to the Seller.")


def test_words_that_come_back_beside_those_in_their_place_are_another_sentence() -> None:
    """USD 7.00 were paid under the words that took the place of those for USD 5.00, which are owed when they return."""
    made = deal("The Buyer must pay USD 5.00 to the Seller.")
    amend(made, "The Buyer must pay USD 7.00 to the Seller.")
    made.does("", "Buyer: pay USD 7.00 to the Seller.")

    made.does(
        "",
        'Buyer: sign the Amendment "B" stating Changes as clauses "Clause 2 \'B\': '
        'The Buyer must pay USD 7.00 to the Seller. The Buyer must pay USD 5.00 to the Seller.".',
    )
    made.does("", 'Seller: sign the Amendment "B".')

    assert made.status("2") == "fulfilled, active"
    made.fails("", "Buyer: pay USD 5.01 to the Seller.")
    made.does("", "Buyer: pay USD 5.00 to the Seller.")


def test_a_rent_that_was_paid_in_time_stays_paid_when_the_rent_is_raised_later() -> None:
    """The rent of 2 September was due on 5 September; that of 2 October is due on 5 October at the new figure."""
    rent = (
        "For each Rent Day, the Buyer must pay USD {} to the Seller by 3 calendar days after the Day of such Rent Day."
    )
    made = deal(rent.format("5.00"), 'Clause 3 "Rent": "Rent Day" means an event, every 1 month from 2 September 2005.')
    made.does("10:00 on 2 September 2005", 'Buyer: pay USD 5.00 to the Seller about "Rent Day".')

    amend(made, rent.format("6.00"), "10:00 on 9 September 2005")

    assert made.status("2", "Rent Day") == "fulfilled"
    made.fails("", 'Buyer: pay USD 1.00 to the Seller about "Rent Day".', "2")
    made.does("10:00 on 3 October 2005", 'Buyer: pay USD 6.00 to the Seller about "Rent Day 2".')
    assert made.status("2", "Rent Day 2") == "fulfilled"


def test_a_payment_that_was_recorded_under_the_words_of_an_amendment_counts() -> None:
    made = deal("The Buyer must pay USD 5.00 to the Seller.")
    amend(made, "The Buyer must pay USD 7.00 to the Seller.")
    law = in_force(made.agreement, made.state)
    words = next(each.words for each in law.provisions if each.section == "2")
    before = made.state
    paid = made.does("", "Buyer: pay USD 7.00 to the Seller.")
    before, now = (replace(each, divergences=()) for each in (before, made.state))
    assert words != paid.provision

    assert evolve(made.agreement, before, replace(paid, provision=words)) == now
