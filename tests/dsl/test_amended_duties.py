"""A duty whose section is replaced by text of the same act goes on under it: what was paid counts, what was done stays.

Raised, the difference is owed; lowered, nothing comes back. What is not about an amount stays performed.
"""

import pytest

from tests.dsl.deals import Deal, opened

CHANGE = """
Clause 9 "Change":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
  "Bill" means a claim, made by the Seller.
  "Go" means an act, made by the Seller.
  "Word" means an act, made by the Buyer.
"""
TRIGGERS = ["", "When a Go has been made, then ", "While a Go has been made, then "]


def deal(sentence: str) -> Deal:
    """A deal in which a sentence binds from the start, or since the Seller has said go."""
    made = opened(f'Clause 2 "Owed": {sentence}\n{CHANGE}')
    made.does("", "Seller: make a Go.")
    return made


def amend(made: Deal, sentence: str) -> None:
    """The parties replace section 2."""
    words = f"Clause 2 'Owed as amended': {sentence}"
    made.does("", f'Buyer: sign the Amendment stating Changes as clauses "{words}".')
    made.does("", "Seller: sign the Amendment.")


def statuses(made: Deal) -> dict[str, str]:
    """How the duty stands for each bill."""
    return {name: made.status("2", name) for name in "ABC"}


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("window", ["within 5 calendar days", "by 6 September 2005"])
def test_a_performed_duty_whose_amount_is_raised_is_owed_for_the_difference(trigger: str, window: str) -> None:
    made = deal(f"{trigger}the Buyer must pay USD 5.00 to the Seller {window}.")
    made.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert made.status("2") == "fulfilled"

    amend(made, f"{trigger}the Buyer must pay USD 7.00 to the Seller {window}.")

    assert made.status("2") == "active"
    assert made.fails("", "Buyer: pay USD 2.01 to the Seller.", "2").startswith(
        "Refused under section 2: USD 2.01 is more than the USD 2.00 that can still be paid."
    )
    made.does("", "Buyer: pay USD 2.00 to the Seller.")
    assert made.status("2") == "fulfilled"
    assert made.got("Seller") == "USD 7.00"


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("amount", ["3.00", "5.00"])
def test_a_performed_duty_whose_amount_is_lowered_or_left_stays_performed(trigger: str, amount: str) -> None:
    made = deal(f"{trigger}the Buyer must pay USD 5.00 to the Seller within 5 calendar days.")
    made.does("", "Buyer: pay USD 5.00 to the Seller.")

    amend(made, f"{trigger}the Buyer must pay USD {amount} to the Seller within 3 business days.")

    assert made.status("2") == "fulfilled"
    assert made.got("Seller") == "USD 5.00"
    made.passes("10:00 on 20 September 2005")
    assert made.status("2") == "fulfilled"


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_was_paid_in_part_counts_under_the_new_amount(trigger: str) -> None:
    made = deal(f"{trigger}the Buyer must pay USD 5.00 to the Seller within 5 calendar days.")
    made.does("", "Buyer: pay USD 4.00 to the Seller.")

    amend(made, f"{trigger}the Buyer must pay USD 4.50 to the Seller within 5 calendar days.")
    assert made.status("2") == "active"
    made.does("", "Buyer: pay USD 0.50 to the Seller.")

    assert made.status("2") == "fulfilled"


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_was_paid_in_part_performs_a_duty_lowered_to_that(trigger: str) -> None:
    made = deal(f"{trigger}the Buyer must pay USD 5.00 to the Seller within 5 calendar days.")
    made.does("", "Buyer: pay USD 4.00 to the Seller.")

    amend(made, f"{trigger}the Buyer must pay USD 3.00 to the Seller within 5 calendar days.")

    assert made.status("2") == "fulfilled"


@pytest.mark.parametrize("trigger", ["", "when such Bill has been made, then ", "while such Bill has been made, then "])
def test_row_by_row_the_difference_is_owed(trigger: str) -> None:
    made = deal(f"For each Bill, {trigger}the Buyer must pay USD 5.00 to the Seller within 5 calendar days.")
    for name in "ABC":
        made.does("", f'Seller: present the Bill "{name}".')
    made.does("", 'Buyer: pay USD 5.00 to the Seller about "A".')
    made.does("", 'Buyer: pay USD 2.00 to the Seller about "B".')

    amend(made, f"For each Bill, {trigger}the Buyer must pay USD 7.00 to the Seller within 5 calendar days.")

    assert statuses(made) == {"A": "active", "B": "active", "C": "active"}
    for name, left in (("A", "2.00"), ("B", "5.00"), ("C", "7.00")):
        made.does("", f'Buyer: pay USD {left} to the Seller about "{name}".')
    assert statuses(made) == {"A": "fulfilled", "B": "fulfilled", "C": "fulfilled"}
    assert made.got("Seller") == "USD 21.00"


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_was_done_and_is_not_about_an_amount_stays_performed(trigger: str) -> None:
    made = deal(f"{trigger}the Buyer must make a Word within 5 calendar days.")
    made.does("", "Buyer: make a Word.")
    assert made.status("2") == "fulfilled"

    amend(made, f"{trigger}the Buyer must make a Word within 9 calendar days.")

    assert made.status("2") == "fulfilled"


def test_another_act_is_another_duty() -> None:
    made = deal("The Buyer must make a Word within 5 calendar days.")
    made.does("", "Buyer: make a Word.")

    amend(made, "The Seller must make a Go within 5 calendar days.")

    assert made.status("2") == "active"


def test_a_duty_that_is_still_owed_has_the_time_that_the_new_text_gives_it() -> None:
    """Nine calendar days after 1 September 2005 end with 10 September."""
    made = deal("The Buyer must make a Word within 5 calendar days.")
    made.passes("10:00 on 8 September 2005")
    assert made.status("2") == "overdue"

    amend(made, "The Buyer must make a Word within 9 calendar days.")

    assert made.status("2") == "active"
    made.passes("23:59 on 10 September 2005")
    assert made.status("2") == "active"
    made.passes("00:00 on 11 September 2005")
    assert made.status("2") == "overdue"


def test_an_amendment_of_a_section_before_the_one_that_amends_comes_to_rest() -> None:
    made = deal("The Buyer must pay USD 5.00 to the Seller.")

    amend(made, "The Seller must pay USD 1.00 to the Buyer.")
    made.does("", "Seller: pay USD 1.00 to the Buyer.")

    assert made.state.restless == ()
