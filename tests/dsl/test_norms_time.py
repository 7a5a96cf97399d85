"""Time and the norms: deadlines, clocks that stop, and what follows a window that was missed."""

import pytest

from tests.dsl.deals import HEAD, opened, problems

FEE = 'Clause 2 "Fee": The Buyer must pay USD 10.00 to the Seller{window}.'


# ------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("window", "last", "late"),
    [
        (" within 3 calendar days", "23:59 on 4 September 2005", "00:00 on 5 September 2005"),
        (" within 72 hours", "09:00 on 4 September 2005", "09:01 on 4 September 2005"),
        # Thursday; Friday is the first business day, Monday is Labor Day, Tuesday the second.
        (" within 2 business days", "23:59 on 6 September 2005", "00:00 on 7 September 2005"),
        (" within 2 clear business days", "23:59 on 7 September 2005", "00:00 on 8 September 2005"),
        (" within 1 month", "23:59 on 1 October 2005", "00:00 on 2 October 2005"),
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

    deal.passes("00:00 on 5 September 2005")
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
    assert [f"{change.at:%Y-%m-%d %H:%M}" for change in told] == ["2005-09-05 03:59"], "the last minute of 4 September"


def test_a_power_ends_with_its_window() -> None:
    deal = opened('Clause 2 "Draw": The Agent may pay any amount to the Seller from the Fund within 3 calendar days.')
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.does("23:59 on 4 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")
    deal.fails("00:00 on 5 September 2005", "Agent: pay USD 10.00 to the Seller from the Fund.", "2")

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

    deal.passes("23:59 on 14 September 2005")
    assert deal.status("2") == "active"
    deal.passes("00:00 on 15 September 2005")

    assert deal.status("2") == "overdue"


def test_a_recess_that_comes_with_a_date_stops_the_clock_on_that_date() -> None:
    deal = opened(STOPPED.format(recess="3 September 2005 has come and no Halt has been made"))
    deal.does("00:00 on 13 September 2005", "Seller: take a Halt.")

    deal.passes("23:59 on 14 September 2005")
    assert deal.status("2") == "active"
    deal.passes("00:00 on 15 September 2005")

    assert deal.status("2") == "overdue"


# ------------------------------------------------------------- failing which

COOLING = """
Clause 2 "Bills" subject to section 3 by suspension while such Bill is Cooling:
  "Bill" means a claim, made by the Seller, stating Until as date.
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller within 24 hours.
Clause 3 "Cooling off":
  "Cooling" of a Bill means that today is not after the Until of such Bill.
"""


def test_the_clock_of_a_row_goes_on_at_the_instant_at_which_its_own_stop_ends() -> None:
    deal = opened(COOLING)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "B" stating Until as 2 September 2005.')
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "C" stating Until as 3 September 2005.')

    deal.passes("09:00 on 4 September 2005")

    # Each stands still from the start, goes on with the first moment of the day after, and has all its 24 hours left.
    assert deal.asks('the deadline of section 2 for "B" is equal to 00:00 on 4 September 2005.') == "true"
    assert deal.asks('the deadline of section 2 for "C" is equal to 00:00 on 5 September 2005.') == "true"
    assert deal.asks('section 2 is overdue for "B".') == "true"


FAILING = 'Clause 2 "Fee": The Buyer must pay USD 10.00 to the Seller within 3 calendar days, failing which {what}.'


def test_a_power_that_follows_a_missed_window_can_be_used_only_then() -> None:
    deal = opened(FAILING.format(what="the Agent may pay USD 5.00 to the Seller from the Fund"))
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    deal.fails("23:59 on 4 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "2")
    deal.does("00:00 on 5 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.")

    assert deal.got("Seller") == "USD 5.00"


def test_a_duty_that_follows_a_missed_window_has_a_window_of_its_own() -> None:
    deal = opened(FAILING.format(what="the Seller must pay USD 1.00 to the Agent within 2 calendar days"))

    # The first time ends with 4 September, so the second has 5 and 6 September.
    deal.passes("23:59 on 6 September 2005")
    assert deal.status("2") == "overdue, active"
    deal.passes("00:00 on 7 September 2005")

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
    deal.passes("00:00 on 5 September 2005")
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


TWO_DUTIES = """
Clause 2 "Delivery":
  The Buyer must pay USD 5.00 to the Seller by 6 September 2005.
  The Seller must pay USD 7.00 to the Agent by 9 September 2005.
"""


def test_of_two_deadlines_in_a_section_the_sentence_says_which() -> None:
    told = problems(HEAD + TWO_DUTIES + 'Clause 3 "Late": "End" means the deadline of section 2.')
    deal = opened(TWO_DUTIES + 'Clause 3 "Late": "End" means the deadline of section 2, second sentence.')

    assert "Section 2 has 2 deadlines" in told
    assert "`the deadline of section 2, first sentence` or `the deadline of section 2, second sentence`" in told
    assert deal.asks("the End is equal to 9 September 2005.") == "true"
    assert deal.asks("the deadline of section 2 has come.") == "open"


def test_two_deadlines_in_one_sentence_are_parted_first() -> None:
    one = TWO_DUTIES.replace(".\n  The Seller", ", and the Seller")

    told = problems(HEAD + one + 'Clause 3 "Late": "End" means the deadline of section 2.')

    assert "Section 2 has 2 deadlines" in told
    assert "Put each of them into a sentence of its own" in told


def test_on_or_about_a_date_makes_nobody_late() -> None:
    deal = opened(
        """
Clause 2 "Delivery":
  "Closing Date" means an optional blank date, filled by the Buyer.
  The Buyer must pay USD 5.00 to the Seller on or about the Closing Date.
"""
    )
    deal.does("", "Buyer: fill the Closing Date with 6 September 2005.")

    deal.passes("09:00 on 6 October 2005")

    assert deal.status("2") == "active"
    assert deal.asks("section 2 is overdue.") == "false"
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    assert deal.status("2") == "fulfilled"


def test_what_a_duty_is_to_be_done_about_is_a_time() -> None:
    told = problems(HEAD + 'Clause 2 "Pay": The Buyer must pay USD 5.00 to the Seller on or about USD 5.00.')

    assert "A date or an instant is wanted here" in told
    assert "this is an amount of USD" in told
