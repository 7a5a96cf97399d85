"""A deadline is that of one entry: where several differ, the question stays open, and a clause has to say which."""

import pytest

from tests.dsl.deals import HEAD, opened, problems

BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date.
  For each Bill, when such Bill has been made,
    then the Buyer must pay the Amount of such Bill to the Seller by the Due of such Bill.
"""


def test_a_clause_says_for_which_entry_it_means_a_deadline() -> None:
    told = problems(HEAD + BILLS + 'Clause 3 "Late":\n  "Last Day" means the deadline of section 2.\n')

    assert "error: The deadline of section 2 for which entry?" in told
    assert "Write `the deadline of section 2 for such ...`, or for an entry with a name." in told


def test_a_question_about_several_deadlines_that_differ_is_open_and_names_the_entries() -> None:
    """The first bill is due on 10 September and the second on 20 September; neither is `the` deadline."""
    deal = opened(BILLS)
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 5.00 and Due as 10 September 2005.')
    assert deal.asks("the deadline of section 2 is equal to 10 September 2005.") == "true"

    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 5.00 and Due as 20 September 2005.')

    why = deal.why("the deadline of section 2 is equal to 10 September 2005.")
    assert why.truth.value == "open"
    assert [wait.text for wait in why.waits] == [
        'section 2 has several deadlines; say for which entry: "A", "B"',
    ]
    assert deal.asks('the deadline of section 2 for "B" is equal to 20 September 2005.') == "true"


def test_several_deadlines_that_are_the_same_are_one() -> None:
    deal = opened(BILLS)
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 5.00 and Due as 10 September 2005.')
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 7.00 and Due as 10 September 2005.')

    assert deal.asks("the deadline of section 2 is equal to 10 September 2005.") == "true"


def test_the_deadline_of_what_was_withdrawn_is_none_of_them() -> None:
    """Bill A is withdrawn and its duty is superseded, so that of B alone is left."""
    deal = opened(BILLS)
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 5.00 and Due as 10 September 2005.')
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 5.00 and Due as 20 September 2005.')
    deal.does("", 'Seller: withdraw the Bill "A".')

    assert deal.asks("the deadline of section 2 is equal to 20 September 2005.") == "true"


def test_of_sentences_over_different_rows_the_one_of_the_entry_is_meant() -> None:
    """2 September and 3 days are the 5th, and 7 days the 9th; a bill that both sentences take in has two."""
    deal = opened(
        """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill whose Amount is less than USD 50.00, when such Bill has been made,
    then the Buyer must pay the Amount of such Bill to the Seller by 3 calendar days after the making of such Bill.
  For each Bill whose Amount is more than USD 40.00, when such Bill has been made,
    then the Buyer must pay the Amount of such Bill to the Agent by 7 calendar days after the making of such Bill.
"""
    )
    deal.does("10:00 on 2 September 2005", 'Seller: make the Bill "Small" stating Amount as USD 5.00.')
    deal.does("", 'Seller: make the Bill "Large" stating Amount as USD 90.00.')
    deal.does("", 'Seller: make the Bill "Both" stating Amount as USD 45.00.')

    assert deal.asks('the deadline of section 2 for "Small" is equal to 5 September 2005.') == "true"
    assert deal.asks('the deadline of section 2 for "Large" is equal to 9 September 2005.') == "true"
    both = deal.why('the deadline of section 2 for "Both" is equal to 5 September 2005.')
    assert both.truth.value == "open"
    told = "section 2 has several deadlines; name the sentence: section 2, first sentence or section 2, second sentence"
    assert both.waits[0].text == told
    assert deal.asks('the deadline of section 2, first sentence for "Both" is equal to 5 September 2005.') == "true"


def test_a_question_names_an_entry_and_means_the_deadline_of_that_entry() -> None:
    """The bill is due on 4 September. The receipt about it, which has a time of its own, is due on 12 September."""
    deal = opened(
        """
Clause 2 "Bills and receipts":
  "Bill" means a claim, made by the Seller.
  "Receipt" means a claim, made by the Seller, about a Bill.
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller within 2 calendar days.
  For each Receipt, when such Receipt has been made,
    then the Seller must pay USD 1.00 to the Buyer within 10 calendar days, and the Agent must pay USD 1.00 to the Buyer
      within 10 calendar days.
"""
    )
    deal.does("10:00 on 2 September 2005", 'Seller: make the Bill "B".')
    deal.does("", 'Seller: make the Receipt "R" about "B".')

    assert deal.asks('the deadline of section 2 for "B" is equal to 4 September 2005.') == "true"
    assert deal.asks('the deadline of section 2 for "R" is equal to 12 September 2005.') == "true"


def test_a_question_about_two_deadlines_of_one_sentence_tells_both() -> None:
    deal = opened(
        """
Clause 2 "Bills":
  The Buyer must pay USD 5.00 to the Seller by 4 September 2005, and the Seller must pay USD 1.00 to the Buyer
    by 5 September 2005.
"""
    )

    (wait,) = deal.why("the deadline of section 2 is equal to 4 September 2005.").waits

    assert wait.text == (
        "section 2 has several deadlines; one sentence states them: the end of 4 September 2005, "
        "the end of 5 September 2005"
    )


TWO_DUTIES = """
Clause 2 "Two":
  "Go" means a claim, made by the Seller.
  "Word" means a claim, made by the Buyer.
  When a Go has been made, then the Buyer must pay USD 5.00 to the Seller within 3 calendar days,
    and the Buyer must pay USD 7.00 to the Agent within {} calendar days.
  When a Go has been made, then the Buyer must make a Word within 9 calendar days.
  "Last Day" means the deadline of section 2, first sentence.
"""


def test_duties_of_one_sentence_with_the_same_time_have_one_deadline() -> None:
    deal = opened(TWO_DUTIES.format(3))
    deal.does("10:00 on 2 September 2005", "Seller: make the Go.")

    assert deal.asks("the Last Day is equal to 5 September 2005.") == "true"


def test_those_with_other_times_have_to_stand_in_sentences_of_their_own() -> None:
    told = problems(HEAD + TWO_DUTIES.format(4))

    assert "error: Section 2, first sentence has 2 deadlines" in told
    assert "Put each of them into a sentence of its own, and name the sentence" in told


FROM_A_BLANK = """
Clause 2 "Work":
  "Start" means an optional blank date, filled by the Buyer.
  "Start Order" means a claim, made by the Buyer.
  The Seller must pay USD 5.00 to the Buyer within 5 calendar days after {start}.
"""


def test_a_deadline_that_is_counted_from_an_empty_blank_is_open_and_names_the_blank() -> None:
    deal = opened(FROM_A_BLANK.format(start="the Start"))

    why = deal.why("the deadline of section 2 is equal to 15 September 2005.")
    deal.does("", "Buyer: fill the Start with 10 September 2005.")

    assert (why.truth.value, [wait.text for wait in why.waits]) == ("open", ["the blank Start"])
    assert deal.asks("the deadline of section 2 is equal to 15 September 2005.") == "true"


def test_a_deadline_that_is_counted_from_an_act_that_has_to_come_is_pending() -> None:
    deal = opened(FROM_A_BLANK.format(start="the making of the earliest Start Order"))

    why = deal.why("the deadline of section 2 is equal to 15 September 2005.")

    assert (why.truth.value, [wait.text for wait in why.waits]) == ("pending", ["section 2 has no deadline yet"])


SUM_IN_A_BLANK = """
Clause 2 "Fee":
  "Fee" means an optional blank amount of USD, filled by the Buyer.
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Go" means an act, made by the Seller.
  {when} the Buyer must pay {sum} to the Seller within 5 calendar days.
"""


@pytest.mark.parametrize("when", ["When a Go has been made, then", "While a Go has been made, then", ""])
def test_a_deadline_that_begins_with_a_sum_in_an_empty_blank_is_open_and_names_the_blank(when: str) -> None:
    """A sum that is not known yet has its whole time once it is: five days after 3 September end with 8 September."""
    deal = opened(SUM_IN_A_BLANK.format(when=when, sum="the Fee"))
    deal.does("", "Seller: make a Go.")

    asked = "the deadline of section 2 is equal to 8 September 2005."
    why, passed = deal.why(asked), deal.asks("the deadline of section 2 has passed.")
    deal.does("10:00 on 3 September 2005", "Buyer: fill the Fee with USD 9.00.")

    assert (why.truth.value, [wait.text for wait in why.waits], passed) == ("open", ["the blank Fee"], "open")
    assert deal.asks(asked) == "true"


def test_a_deadline_that_begins_with_a_sum_that_has_to_be_claimed_is_pending() -> None:
    deal = opened(SUM_IN_A_BLANK.format(when="When a Go has been made, then", sum="the Amount of the latest Claim"))
    deal.does("", "Seller: make a Go.")

    assert deal.asks("the deadline of section 2 is equal to 8 September 2005.") == "pending"
    deal.does("10:00 on 3 September 2005", "Seller: present the Claim stating Amount as USD 9.00.")
    assert deal.asks("the deadline of section 2 is equal to 8 September 2005.") == "true"


def test_a_fixed_deadline_of_a_sum_in_an_empty_blank_is_known() -> None:
    deal = opened(
        SUM_IN_A_BLANK.format(when="", sum="the Fee").replace("within 5 calendar days", "by 8 September 2005")
    )

    assert deal.asks("the deadline of section 2 is equal to 8 September 2005.") == "true"


def test_of_sentences_over_different_kinds_the_one_of_the_entry_is_meant() -> None:
    """Bill B is paid by 4 September, and Call C answered by 9 September."""
    deal = opened(
        BILLS
        + """  "Call" means a claim, made by the Buyer.
  "Answer" means a claim, made by the Seller, about a Call.
  For each Call, when such Call has been made, then the Seller must make an Answer about such Call by 9 September 2005.
"""
    )
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 5.00 and Due as 4 September 2005.')
    deal.does("", 'Buyer: make the Call "C".')

    assert deal.asks('the deadline of section 2 for "B" is equal to 4 September 2005.') == "true"
    assert deal.asks('the deadline of section 2 for "C" is equal to 9 September 2005.') == "true"
