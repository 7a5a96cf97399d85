"""The time of a section that is replaced goes on under the new words; what has followed from its end has followed."""

import pytest

from dsl.history import state_at
from tests.dsl.amending import ANSWER, BILLED, CHANGE, amend, deal
from tests.dsl.deals import Deal, at, opened
from tests.dsl.test_amended_sentences import PASSES

# ------------------------------------------------------- what follows a failed duty

PAY = f"{BILLED}the Buyer must pay USD 5.00 to the Seller by {{}} calendar days after the making of such Bill, "
PAY += "failing which {}."


WAIVING = """
Clause 3 "Waiving":
  Section 2 protects the Seller.
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
"""


def failed(companion: str, more: str = "") -> Deal:
    """A deal with a bill that was due on 4 September and has not been paid."""
    made = deal(PAY.format(3, companion), more)
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')
    made.passes("10:00 on 6 September 2005")
    assert "overdue" in made.status("2", "A")
    return made


def test_what_has_followed_from_a_failed_duty_does_not_follow_again() -> None:
    made = failed("a Mark occurs")

    amend(made, PAY.replace("USD 5.00", "USD 6.00").format(3, "a Mark occurs"))

    assert made.status("2", "A") == "overdue"
    assert made.asks("the number of Marks is equal to 1.") == "true"


def test_a_duty_that_is_given_more_time_and_fails_again_fails_twice() -> None:
    """Twelve calendar days after 1 September end with 13 September."""
    made = failed("a Mark occurs")

    amend(made, PAY.format(12, "a Mark occurs"))
    assert made.status("2", "A") == "active"
    made.passes("23:59 on 13 September 2005")
    assert made.asks("the number of Marks is equal to 1.") == "true"

    made.passes("00:00 on 14 September 2005")
    assert made.status("2", "A") == "overdue"
    assert made.asks("the number of Marks is equal to 2.") == "true"


def test_the_fee_for_a_failed_duty_is_owed_for_the_difference() -> None:
    fee = "the Buyer must pay USD {} to the Agent within 30 calendar days"
    made = failed(fee.format("2.00"))
    made.does("", 'Buyer: pay USD 2.00 to the Agent about "A".')

    amend(made, PAY.format(3, fee.format("3.00")))

    made.fails("", 'Buyer: pay USD 1.01 to the Agent about "A".')
    made.does("", 'Buyer: pay USD 1.00 to the Agent about "A".')
    assert made.got("Agent") == "USD 3.00"


@pytest.mark.parametrize("before", ["a Mark occurs", "the Buyer must pay USD 2.00 to the Seller"])
def test_another_fee_is_for_what_fails_after_the_amendment(before: str) -> None:
    """Bill A failed before it, bill B, due on 10 September, after it."""
    made = failed(before)

    amend(made, PAY.format(3, "the Buyer must pay USD 3.00 to the Agent"))
    made.does("10:00 on 7 September 2005", 'Seller: present the Bill "B".')
    made.passes("10:00 on 11 September 2005")

    made.fails("", 'Buyer: pay USD 3.00 to the Agent about "A".')
    made.does("", 'Buyer: pay USD 3.00 to the Agent about "B".')


def test_an_event_in_the_place_of_a_fee_is_for_what_fails_after_the_amendment() -> None:
    """The fee for bill A is no longer owed, and no event takes its place, also when A is waived with bill B; the duty
    for bill C, made after the waiver, fails with 10 September."""
    made = failed("the Buyer must pay USD 2.00 to the Agent", WAIVING)

    amend(made, PAY.format(3, "a Mark occurs"))
    made.fails("", 'Buyer: pay USD 2.00 to the Agent about "A".')
    assert made.status("2", "A") == "overdue, superseded"
    assert made.asks("the number of Marks is equal to 0.") == "true"
    made.does("10:00 on 7 September 2005", 'Seller: present the Bill "B".')
    made.does("", "Seller: give the Waiver stating Requirement as section 2.")
    assert made.status("2", "A") == "waived, superseded"
    made.does("11:00 on 7 September 2005", 'Seller: present the Bill "C".')
    made.passes("10:00 on 11 September 2005")
    assert made.asks("the number of Marks is equal to 1.") == "true"


def test_what_is_added_for_a_failure_is_for_what_fails_after_the_amendment() -> None:
    made = deal(PAY.format(3, "").replace(", failing which ", ""))
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')
    made.passes("10:00 on 6 September 2005")

    amend(made, PAY.format(3, "a Mark occurs"))
    assert made.asks("the number of Marks is equal to 0.") == "true"
    made.does("10:00 on 7 September 2005", 'Seller: present the Bill "B".')
    made.passes("10:00 on 11 September 2005")

    assert made.asks("the number of Marks is equal to 1.") == "true"


# -------------------------------------------------------------------- time and order


@pytest.mark.parametrize(("amount", "days", "last"), [("6.00", 10, 11), ("5.00", 15, 16), ("5.00", 4, 5)])
def test_the_time_of_a_duty_counts_from_what_it_was_counted_from(amount: str, days: int, last: int) -> None:
    made = deal(f"{BILLED}the Buyer must pay USD 5.00 to the Seller within 10 calendar days.")
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')

    amend(
        made,
        f"{BILLED}the Buyer must pay USD {amount} to the Seller within {days} calendar days.",
        "10:00 on 4 September 2005",
    )

    assert made.asks(f'the deadline of section 2 for "A" is equal to {last} September 2005.') == "true"
    made.passes(f"23:59 on {last} September 2005")
    assert made.status("2", "A") == "active"
    made.passes(f"00:00 on {last + 1} September 2005")
    assert made.status("2", "A") == "overdue"


@pytest.mark.parametrize("section", ["3", "10"])
def test_another_clause_may_wait_for_the_deadline_of_an_amended_section(section: str) -> None:
    """Whether it stands before or after the clause that amends: three days after 1 September end with the 4th."""
    passed = "For each Bill, when the deadline of section 2 for such Bill has passed, then a Mark occurs."
    waiting = f'Clause {section} "Silence": {passed}'
    text = f'Clause 2 "Said": {ANSWER.format("9 calendar days")}\n'
    made = opened(text + (waiting + CHANGE if section == "3" else CHANGE + waiting))
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')

    amend(made, ANSWER.format("3 calendar days"), "10:00 on 2 September 2005")

    assert made.asks('the deadline of section 2 for "A" is equal to 4 September 2005.') == "true"
    made.passes("23:59 on 4 September 2005")
    assert made.asks("the number of Marks is equal to 0.") == "true"
    made.passes("00:00 on 5 September 2005")
    assert made.asks("the number of Marks is equal to 1.") == "true"


def test_an_amendment_that_is_recorded_late_counts_what_was_done_since() -> None:
    """With it on record from 2 September, 12.00 has passed for the bill of 3 September, in place of 10.00; and of the
    6.00 that section 3 then says, the 5.00 that were paid on 3 September count."""
    made = deal(PASSES, 'Clause 3 "Fee": The Buyer must pay USD 5.00 to the Seller by 20 September 2005.')
    made.does("10:00 on 3 September 2005", 'Seller: present the Bill "A".')
    made.does("11:00 on 3 September 2005", "Buyer: pay USD 5.00 to the Seller under section 3.")
    assert made.got("Seller") == "USD 15.00"

    recorded = "10:00 on 8 September 2005"
    both = (
        f"Clause 2 'Said': {PASSES.replace('10.00', '12.00')} "
        "Clause 3 'Fee': The Buyer must pay USD 6.00 to the Seller by 20 September 2005."
    )
    sign = f'Buyer: sign the Amendment stating Changes as clauses "{both}".'
    made.does("10:00 on 2 September 2005", sign, recorded)
    made.does("10:00 on 2 September 2005", "Seller: sign the Amendment.", recorded)

    assert made.got("Seller") == "USD 17.00"
    assert made.status("3") == "active"
    day = at(made.agreement, "10:00 on 4 September 2005")
    for known, got in ((day, "USD 15.00"), (at(made.agreement, "11:00 on 8 September 2005"), "USD 17.00")):
        assert str(state_at(made.history, day, known).balance("Seller", "USD")) == got
    made.does("10:00 on 9 September 2005", "Buyer: pay USD 1.00 to the Seller under section 3.")
    assert made.status("3") == "fulfilled"


def test_how_a_duty_stood_is_told_as_of_any_time_before_and_after_the_amendment() -> None:
    """Paid on 2 September, and owed for the difference from 4 September on until 6 September."""
    made = deal("The Buyer must pay USD 5.00 to the Seller by 20 September 2005.")
    made.does("10:00 on 2 September 2005", "Buyer: pay USD 5.00 to the Seller.")
    amend(made, "The Buyer must pay USD 7.00 to the Seller by 20 September 2005.", "10:00 on 4 September 2005")
    made.does("10:00 on 6 September 2005", "Buyer: pay USD 2.00 to the Seller.")
    made.passes("10:00 on 7 September 2005")

    for day, done in ((1, "false"), (2, "true"), (3, "true"), (4, "false"), (5, "false"), (6, "true")):
        assert made.asks(f"as of {day} September 2005, section 2 is fulfilled.") == done
