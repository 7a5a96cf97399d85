"""A deal under each reading of what is ambiguous: what differs is open, and what is the same in all is definite.

In each agreement here a Go counts under the reading Accepts alone, so the answer is worked out twice by hand: once as
if the sentence had said so, and once as if it were not there.
"""

import pytest

from tests.dsl.deals import Deal, opened

HEAD = """
Clause 2 "Go":
  "Doubt" means an ambiguity "Does a go accept?" with readings Accepts and Rejects, settled by the Buyer.
  "Go" means a claim, made by the Buyer.
  "Later" means a claim, made by the Buyer.
  "Fine" means an event.
  {go}
Clause 8 "Fault":
  "Fault" means a finding, made by the Agent.
  When a Fault has been made, then a Fine occurs.
"""
DUTY = """When a Go has been made and the Doubt is read as Accepts and no Later has been made,
    then the Seller must pay USD 7.00 to the Buyer by 2 September 2005{failing}."""
GO, SOON, AFTER = "10:00 on 1 September 2005", "11:00 on 1 September 2005", "10:00 on 4 September 2005"


def gone(go: str, also: str = "") -> Deal:
    """A hundred dollars are held, and a go at 10:00."""
    deal = opened(HEAD.format(go=go) + also)
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does(GO, "Buyer: make the Go.")
    return deal


def ends_if(what: str) -> str:
    """A clause that ends the agreement after a Later, if something is so."""
    return f'\nClause 9 "End":\n  When a Later has been made and {what}, then this agreement terminates.\n'


# ------------------------------------------------------------------- how a section stands


@pytest.mark.parametrize("status", ["active", "not active", "dormant"])
def test_a_duty_that_is_in_force_under_one_reading_is_neither_there_nor_not(status: str) -> None:
    deal = gone(DUTY.format(failing=""))

    assert deal.asks(f"section 2 is {status}.") == "open"


def test_nothing_ends_because_a_duty_is_dormant_that_may_be_in_force() -> None:
    deal = gone(DUTY.format(failing=""), ends_if("section 2 is dormant"))
    deal.does(SOON, "Buyer: make the Later.")

    assert deal.asks("this agreement has terminated.") == "open"
    assert deal.state.terminated is None


def test_what_follows_a_failing_that_may_have_been_is_open() -> None:
    deal = gone(DUTY.format(failing=", failing which a Fine occurs"))
    deal.passes(AFTER)

    assert [deal.asks(each) for each in ("section 2 is overdue.", "a Fine has been made.")] == ["open", "open"]


def test_a_failing_under_the_one_reading_that_is_left_stays_open_until_that_is_recorded_as_of_the_time() -> None:
    """Nobody knew at the time that the Seller had to pay; once the choice counts from then on, it was late."""
    deal = gone(DUTY.format(failing=", failing which a Fine occurs"))
    deal.does(SOON, "Buyer: make the Later.")
    deal.does(AFTER, "Buyer: choose Accepts for the Doubt.")
    late = deal.asks("a Fine has been made.")
    deal.does("09:45 on 1 September 2005", "Buyer: choose Accepts for the Doubt.", "11:00 on 4 September 2005")
    deal.passes("12:00 on 4 September 2005")

    assert late == "open"
    assert deal.asks("a Fine has been made.") == "true"


def test_the_other_reading_ends_the_doubt() -> None:
    deal = gone(DUTY.format(failing=", failing which a Fine occurs"))
    deal.does(AFTER, "Buyer: choose Rejects for the Doubt.")

    assert deal.asks("no Fine has been made.") == "true"
    assert deal.asks("section 2 is dormant.") == "true"


def test_what_follows_from_how_a_section_stands_is_as_open_as_that() -> None:
    deal = gone(DUTY.format(failing=""), '\nClause 3 "Fine":\n  When section 2 is overdue, then a Fine occurs.\n')
    deal.passes(AFTER)

    assert deal.asks("no Fine has been made.") == "open"


def test_a_section_whose_sentences_come_under_one_reading_each_is_in_force_whichever_it_is() -> None:
    deal = gone("""While the Doubt is read as Accepts, then the Seller must pay USD 7.00 to the Buyer.
  While the Doubt is read as Rejects, then the Buyer must pay USD 5.00 to the Seller.""")

    assert deal.asks("section 2 is active.") == "true"
    assert deal.asks("section 2, first sentence is active.") == "open"


# ------------------------------------------------------------------------ one section above


def test_what_was_replaced_for_good_under_one_reading_stays_so_under_that() -> None:
    deal = opened("""
Clause 2 "Award" subject to section 3 by replacement while a Halt has been made and the Doubt is read as Accepts:
  "Doubt" means an ambiguity "Does a halt replace?" with readings Accepts and Rejects, settled by the Buyer.
  "Halt" means a claim, made by the Seller.
  "Default" means an event.
  The Buyer must pay USD 5.00 to the Seller within 48 hours, failing which a Default occurs.
Clause 3 "Above":
  The Seller may deposit any amount into the Fund.
""")
    deal.does(GO, 'Seller: make the Halt "H".')
    deal.does(SOON, 'Seller: withdraw the Halt "H".')
    deal.passes(AFTER)

    assert [deal.asks(f"section 2 is {each}.") for each in ("superseded", "overdue")] == ["open", "open"]
    assert deal.asks("no Default has been made.") == "open"


# ------------------------------------------------------------------------ money and people


def test_money_that_may_have_passed_is_neither_paid_nor_not_and_nobody_else_gets_it() -> None:
    """Under Accepts the hundred are the Seller's and none is left; under Rejects the Fund has them all."""
    deal = gone(
        "When a Go has been made and the Doubt is read as Accepts,\n"
        "    then USD 100.00 passes from the Fund to the Seller.\n"
        "  The Agent may pay any amount to the Buyer from the Fund.",
        ends_if("the amount paid under section 2, first sentence is equal to USD 0.00"),
    )
    told = deal.fails(SOON, "Agent: pay USD 1.00 to the Buyer from the Fund.", "2, second sentence")
    deal.does("", "Buyer: make the Later.")

    assert "Doubt: not allowed under Accepts; allowed under Rejects" in told
    assert "Open: waits for the reading of Doubt (Accepts or Rejects)" in told
    assert deal.asks("the balance of the Fund is equal to USD 100.00.") == "open"
    assert deal.asks("this agreement has terminated.") == "open"
    assert deal.holds() == "USD 100.00"


def test_it_is_open_who_fills_a_role_that_may_have_gone_to_another() -> None:
    deal = gone('When a Go has been made and the Doubt is read as Accepts, then "Hudson" becomes the Agent.')

    assert deal.asks('the Agent is filled by "Hudson".') == "open"


def test_who_may_have_been_discharged_may_no_longer_owe() -> None:
    deal = gone(
        "When a Go has been made and the Doubt is read as Accepts, then the Seller is discharged.",
        '\nClause 3 "Owed":\n  The Seller must pay USD 5.00 to the Buyer by 2 September 2005.\n',
    )
    deal.passes(AFTER)

    assert [deal.asks(f"section 3 is {each}.") for each in ("overdue", "discharged")] == ["open", "open"]


# ------------------------------------------------------------------------------- as of a time


def test_as_of_a_time_is_as_open_as_it_was() -> None:
    deal = gone(
        "When a Go has been made and the Doubt is read as Accepts and no Later has been made,\n    then a Fine occurs."
    )
    deal.does(SOON, "Buyer: make the Later.")

    assert deal.asks(f"as of {GO}, no Fine has been made.") == "open"
    assert deal.asks("as of 09:45 on 1 September 2005, no Fine has been made.") == "true"


# ------------------------------------------------------------------------- several at a time


def test_readings_that_only_matter_together_are_asked_together() -> None:
    """One fine if both doubts are read as yes; no fine under the other three pairs."""
    deal = opened("""
Clause 2 "Two":
  "First" means an ambiguity "One?" with readings Yes and No, settled by the Buyer.
  "Second" means an ambiguity "Two?" with readings Aye and Nay, settled by the Buyer.
  "Go" means a claim, made by the Buyer.
  "Fine" means an event.
  When a Go has been made and First is read as Yes and Second is read as Aye, then a Fine occurs.
""")
    deal.does(GO, "Buyer: make the Go.")
    before = deal.asks("a Fine has been made.")
    deal.does(SOON, "Buyer: choose Nay for Second.")

    assert before == "open"
    assert deal.asks("no Fine has been made.") == "true"


@pytest.mark.parametrize(("status", "answer"), [("active", "true"), ("dormant", "false")])
def test_powers_that_come_under_one_reading_each_are_there_whichever_it_is(status: str, answer: str) -> None:
    deal = gone("""While the Doubt is read as Accepts, then the Agent may pay any amount to the Seller from the Fund.
  While the Doubt is read as Rejects, then the Agent may pay any amount to the Buyer from the Fund.""")

    assert deal.asks(f"section 2 is {status}.") == answer
    assert deal.asks("section 2, second sentence is active.") == "open"
    assert deal.asks("as of 09:45 on 1 September 2005, section 2, second sentence is active.") == "open"


POWER = """"Stop" means a claim, made by the Buyer.
  While no Stop has been made or the Doubt is read as Accepts, then the Seller may pay USD 5.00 to the Buyer."""


def test_a_power_whose_condition_turns_open_is_no_longer_sure() -> None:
    deal = gone(POWER)
    before = deal.asks("section 2 is active.")
    deal.does(SOON, "Buyer: make the Stop.")

    assert before == "true"
    assert [deal.asks(f"section 2 is {each}.") for each in ("active", "dormant")] == ["open", "open"]


@pytest.mark.parametrize(("chosen", "answer"), [("", "open"), ("Rejects", "true")])
def test_whether_a_power_ended_that_may_never_have_come_is_open(chosen: str, answer: str) -> None:
    """Under Accepts the power was there until the end, which discharged it; under Rejects it never came."""
    deal = gone(
        "While the Doubt is read as Accepts, then the Seller may pay USD 5.00 to the Buyer.",
        ends_if("a Go has been made"),
    )
    deal.does(SOON, "Buyer: make the Later.")
    if chosen:
        deal.does(GO, f"Buyer: choose {chosen} for the Doubt.", "12:00 on 1 September 2005")

    assert deal.asks("section 2 is dormant.") == answer


def test_a_power_of_nobody_is_suspended_if_it_is_there_at_all() -> None:
    deal = gone(
        "While the Doubt is read as Accepts, then the Agent may pay any amount to the Buyer from the Fund.",
        '\nClause 3 "Vacant":\n  When a Go has been made, then the Agent becomes vacant.\n',
    )

    assert [deal.asks(f"section 2 is {each}.") for each in ("suspended", "dormant")] == ["open", "open"]


def test_a_reading_that_mattered_for_a_moment_only_has_mattered() -> None:
    """Under Accepts there is a Fine before the duty of section 3 comes into force, and under Rejects there is none."""
    deal = opened("""
Clause 2 "Fine" subject to section 3 by replacement:
  "Doubt" means an ambiguity "Is there a fine?" with readings Accepts and Rejects, settled by the Buyer.
  "Fine" means an event.
  While the Doubt is read as Accepts or section 3 is active, then a Fine occurs.
Clause 3 "Report":
  "Report" means a writing, made by the Seller.
  The Seller must make a Report.
""")

    assert deal.asks("no Fine has been made.") == "open"


def test_what_a_section_above_keeps_back_whatever_the_reading_has_not_come() -> None:
    """The condition is open until the deposit, and met from then on; the section is suspended all the time."""
    deal = opened("""
Clause 2 "Fine" subject to section 3 by suspension while no Go has been made:
  "Doubt" means an ambiguity "Is there a fine?" with readings Accepts and Rejects, settled by the Buyer.
  "Go" means a claim, made by the Buyer.
  "Fine" means an event.
  While the Doubt is read as Accepts or the balance of the Fund is at least USD 50.00, then a Fine occurs.
Clause 3 "Above":
  The Agent may pay any amount to the Buyer from the Fund.
""")
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")

    assert deal.asks("no Fine has been made.") == "true"
    deal.does(GO, "Buyer: make the Go.")
    assert deal.asks("a Fine has been made.") == "true"


def test_a_power_is_as_of_a_time_as_its_condition_was_then_under_each_reading() -> None:
    """Another sentence has parted the deal at the Go; what was so before the Go is asked in each."""
    deal = gone(
        "While the Doubt is read as Rejects, then the Seller may pay USD 5.00 to the Buyer.\n  "
        + DUTY.format(failing="")
    )

    for status in ("active", "dormant"):
        assert deal.asks(f"as of 09:45 on 1 September 2005, section 2, first sentence is {status}.") == "open"


def test_what_a_reading_brings_about_comes_in_its_place_among_all_that_follows_at_one_instant() -> None:
    """Under Accepts the sixty go to the Buyer first, and forty are left, which are too few for the Seller."""
    deal = gone("""When a Go has been made and the Doubt is read as Accepts,
    then USD 60.00 passes from the Fund to the Buyer.
  When a Go has been made, then USD 60.00 passes from the Fund to the Seller.""")

    for sentence in ("first", "second"):
        assert deal.asks(f"the amount paid under section 2, {sentence} sentence is equal to USD 60.00.") == "open"


def test_what_falls_due_at_the_opening_occurs_whether_or_not_all_ends_at_it() -> None:
    """All that falls due at the instant of the end still happens, so there is a Fine under either reading."""
    deal = opened("""
Clause 2 "End":
  "Doubt" means an ambiguity "Is there a deal?" with readings None and One, settled by the Buyer.
  While the Doubt is read as None, then this agreement terminates.
Clause 3 "Fine":
  "Fine" means an event.
  A Fine occurs.
""")

    assert deal.asks("the number of Fines is equal to 1.") == "true"
    deal.does(GO, "Buyer: choose One for the Doubt.")
    assert deal.asks("the number of Fines is equal to 1.") == "true"
