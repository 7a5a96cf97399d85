"""One act upon several entries: by a party, all of it or nothing, and by the agreement itself, at one moment."""

import pytest

from api import codec
from dsl.events import Acted, Malformed
from dsl.history import state_at
from dsl.replay import fold
from dsl.views.wording import words_of_attempt
from tests.dsl.deals import HEAD, Deal, opened, problems, told

BILLS = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount and Due as date.
  "Past" of a Bill means that the Due of such Bill is before 15 September 2005.
  "Write Off" means a finding, made by the Seller, about a Bill, stating Reason as text, only one for each Bill.
"""
QUEUE = """
Clause 3 "Oldest first":
  For each Bill, when such Bill has been made,
    then the Agent must pay the Amount of such Bill to the Seller from the Fund in order of Due.
"""


def with_bills(more: str) -> Deal:
    """Bill A of 50 is due on the 20th, B of 60 on the 10th, C of 25 on the 20th; the fund holds 1,000."""
    deal = opened(BILLS + more)
    for name, amount, day in (("A", 50, 20), ("B", 60, 10), ("C", 25, 20)):
        deal.does(
            "", f'Seller: make the Bill "{name}" stating Amount as USD {amount}.00 and Due as {day} September 2005.'
        )
    deal.does("", "Buyer: deposit USD 1,000.00 into the Fund.")
    return deal


def paid(deal: Deal) -> list[str]:
    return [deal.figure(f'the amount paid under section 3 for "{name}"') for name in ("A", "B", "C")]


# ------------------------------------------------------------------ a queue


def test_one_payment_goes_to_the_rows_in_order_and_the_last_ones_divide_the_rest() -> None:
    """Of 100, B takes 60. 40 is left for A and C, due alike and owed 50 and 25: 40 x 50/75 = 26.666, and 13.333.

    Rounded down they are 26.66 and 13.33, and the cent left over goes to the one listed first.
    """
    deal = with_bills(QUEUE)

    answer = deal.does("", "Agent: pay USD 100.00 to the Seller from the Fund.")

    assert paid(deal) == ["USD 26.67", "USD 60.00", "USD 13.33"]
    assert deal.status("3", "B") == "fulfilled"
    assert deal.status("3", "A") == "active"
    assert words_of_attempt(deal.agreement.terms, answer.attempt) == (
        'The Agent: pay USD 60.00 to the Seller from the Fund about "B"; '
        'pay USD 26.67 to the Seller from the Fund about "A"; pay USD 13.33 to the Seller from the Fund about "C".'
    )


def test_what_is_left_stays_owed_and_is_paid_by_the_next_payment() -> None:
    """135 is owed. After 100, 35.00 is left; 35.01 is too much, and nothing of it is paid."""
    deal = with_bills(QUEUE)
    deal.does("", "Agent: pay USD 100.00 to the Seller from the Fund.")

    assert "more than" in deal.fails("", "Agent: pay USD 35.01 to the Seller from the Fund.", "3")
    assert deal.holds() == "USD 900.00"
    deal.does("", "Agent: pay USD 35.00 to the Seller from the Fund.")

    assert paid(deal) == ["USD 50.00", "USD 60.00", "USD 25.00"]
    assert deal.asks("section 3 is fulfilled.") == "true"


def test_a_row_is_not_paid_before_one_that_comes_first() -> None:
    deal = with_bills(QUEUE)

    assert '"B" comes first: USD 60.00 is still owed.' in deal.fails(
        "", 'Agent: pay USD 10.00 to the Seller from the Fund about "A".', "3"
    )
    deal.does("", 'The Agent: pay USD 60.00 to the Seller from the Fund about "B".')
    deal.does("", 'Agent: pay USD 10.00 to the Seller from the Fund about "A".')


def test_a_debtor_pays_its_arrears_oldest_first_from_its_own_pocket() -> None:
    """Three months of 100 are due; 150 pays the first, and half of the second, whose rest stays owed."""
    deal = opened("""
Clause 2 "Rent":
  "Rent Day" means an event, every 1 month from 10 September 2005 to 10 November 2005.
  For each Rent Day, the Buyer must pay USD 100.00 to the Seller in order of Day
    by 5 calendar days after the Day of such Rent Day.
""")
    deal.passes("12:00 on 12 November 2005")

    deal.does("12:00 on 12 November 2005", "Buyer: pay USD 150.00 to the Seller.")

    assert [deal.status("2", name) for name in ("Rent Day", "Rent Day 2", "Rent Day 3")] == [
        "fulfilled late",
        "overdue",
        "active",
    ]
    assert deal.figure('the amount paid under section 2 for "Rent Day 2"') == "USD 50.00"
    deal.does("13:00 on 12 November 2005", "Buyer: pay USD 150.00 to the Seller.")
    assert deal.status("2", "Rent Day 3") == "fulfilled"


def test_each_row_is_paid_to_whom_it_names() -> None:
    deal = opened("""
Clause 2 "Creditors":
  "Debt" means a claim, made by the Seller, stating Owed as amount and Creditor as name and Rank as number.
  For each Debt, when such Debt has been made,
    then the Agent must pay the Owed of such Debt to the Creditor of such Debt from the Fund in order of Rank.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: make the Debt "J" stating Owed as USD 80.00 and Creditor as "Junior" and Rank as 2.')
    deal.does("", 'Seller: make the Debt "S" stating Owed as USD 70.00 and Creditor as "Senior" and Rank as 1.')

    deal.does("", "Agent: pay USD 100.00 from the Fund.")

    assert (deal.got('"Senior"'), deal.got('"Junior"')) == ("USD 70.00", "USD 30.00")


def test_a_row_whose_amount_is_not_known_is_not_passed_over() -> None:
    """The first in order is owed a figure that is still blank, so nobody can say what is left for the second."""
    deal = opened("""
Clause 2 "Debts":
  "Fee" means an optional blank amount of USD, filled by the Buyer.
  "Debt" means a claim, made by the Seller, stating Rank as number.
  "Owed" of a Debt means the Fee where the Rank of such Debt is equal to 1, otherwise USD 10.00.
  For each Debt, when such Debt has been made,
    then the Buyer must pay the Owed of such Debt to the Seller in order of Rank.
""")
    deal.does("", 'Seller: make the Debt "A" stating Rank as 1.')
    deal.does("", 'Seller: make the Debt "B" stating Rank as 2.')

    answer = deal.tries("", "Buyer: pay USD 10.00 to the Seller.")

    assert isinstance(answer, Malformed)
    assert 'What is owed for "A" is not known: it waits for the blank Fee.' in told(answer)
    assert '"A" comes first' in deal.fails("", 'Buyer: pay USD 10.00 to the Seller about "B".', "2")


def test_what_was_paid_for_several_stays_paid_so_whatever_comes_late() -> None:
    """A bill that was due before the others comes late; the payment stays with B, A and C, and that is told."""
    deal = with_bills(QUEUE)
    deal.does("10:00 on 2 September 2005", "Agent: pay USD 60.00 to the Seller from the Fund.")

    deal.does(
        "10:00 on 1 September 2005",
        'Seller: make the Bill "D" stating Amount as USD 5.00 and Due as 5 September 2005.',
        recorded="10:00 on 3 September 2005",
    )

    assert paid(deal) == ["USD 0.00", "USD 60.00", "USD 0.00"]
    assert [each.then for each in deal.state.divergences] == ["3"]


def test_an_order_needs_rows_and_something_to_order_them_by() -> None:
    alone = '  "Note" means a claim, made by the Seller, stating Words as text.\n'
    assert "In the order of what?" in problems(
        HEAD + BILLS + "  The Buyer must pay USD 5.00 to the Seller in order of Due.\n"
    )
    assert "Not an order" in problems(
        HEAD + BILLS + alone + "  For each Note, the Buyer must pay USD 5.00 to the Seller in order of Words.\n"
    )


# -------------------------------------------------------- every one, by a party


def test_a_party_does_the_same_about_every_entry_of_which_something_is_so() -> None:
    """Of the three bills, only B is past."""
    deal = with_bills("")
    deal.does("", 'Seller: make the Bill "D" stating Amount as USD 5.00 and Due as 1 September 2005.')

    answer = deal.does("", 'Seller: make the Write Off about every Bill which is Past stating Reason as "old".')

    assert [part.section for part in answer.parts] == ["2"]
    assert deal.asks('the Bill of "Write Off" is "B".') == "true"
    assert deal.asks('the Bill of "Write Off 2" is "D".') == "true"
    assert deal.asks("the number of Write Offs is equal to 2.") == "true"


def test_nothing_is_done_where_it_is_refused_for_one_of_them() -> None:
    deal = with_bills("")
    deal.does("", 'Seller: make the Write Off about "C" stating Reason as "paid".')

    reason = deal.fails("", 'Seller: make the Write Off about every Bill stating Reason as "old".')

    assert 'For "C": ' in reason
    assert deal.asks("the number of Write Offs is equal to 1.") == "true"


def test_every_one_of_none_is_not_understood() -> None:
    deal = with_bills("")

    answer = deal.tries(
        "", 'Seller: make the Write Off about every Bill whose Amount is more than USD 90.00 stating Reason as "x".'
    )

    assert "There is no Bill whose Amount is more than USD 90.00 now." in told(answer)


def test_all_of_several_debts_are_paid_by_one_act_of_exactly_that_sum() -> None:
    """B and the new D are past: 60 and 5 are 65. Without an order, another amount says about which it is."""
    deal = with_bills("""
Clause 3 "Pay":
  For each Bill, when such Bill has been made,
    then the Agent must pay the Amount of such Bill to the Seller from the Fund.
""")
    deal.does("", 'Seller: make the Bill "D" stating Amount as USD 5.00 and Due as 1 September 2005.')

    answer = deal.tries("", "Agent: pay USD 64.00 to the Seller from the Fund about every Bill which is Past.")
    assert 'USD 65.00 is owed for "B", "D"; of another amount, say about which it is.' in told(answer)
    deal.does("", "Agent: pay USD 65.00 to the Seller from the Fund about every Bill which is Past.")

    assert [deal.status("3", name) for name in "ABCD"] == ["active", "fulfilled", "active", "fulfilled"]


def test_an_act_upon_several_is_kept_and_read_back_as_it_was() -> None:
    deal = with_bills(QUEUE)
    deal.does("", "Agent: pay USD 100.00 to the Seller from the Fund.")
    deal.does("", 'Seller: make the Write Off about every Bill which is Past stating Reason as "old".')
    records = [record.event for record in deal.history.records]

    kept = [codec.read_attempted(codec.write(each, codec.Attempted)) for each in records]

    assert kept == records
    again = fold(deal.agreement, deal.history.opened, [each for each in kept if isinstance(each, Acted)])
    assert again.balances == deal.state.balances
    assert again.entries == deal.state.entries
    assert state_at(deal.history, deal.now).postings == again.postings


def test_one_act_upon_several_is_recorded_late_under_names_that_are_free() -> None:
    """A write-off is made on the 3rd; the one that is recorded after it for the 2nd gets another name."""
    deal = with_bills("")
    deal.does("10:00 on 3 September 2005", 'Seller: make the Write Off about "C" stating Reason as "paid".')

    deal.does(
        "10:00 on 2 September 2005",
        'Seller: make the Write Off about every Bill which is Past stating Reason as "old".',
        recorded="11:00 on 3 September 2005",
    )

    assert deal.asks('the Bill of "Write Off" is "C".') == "true"
    assert deal.asks('the Bill of "Write Off 2" is "B".') == "true"


# ------------------------------------------------------------ every one, by itself

CLOSING = """
Clause 3 "Closing":
  "Closing" means a finding, made by the Buyer.
  "Loss" means an event, about a Bill, stating Lost as amount.
  "Unpaid" of a Bill means the Amount of such Bill less the amount paid under section 4 for such Bill.
  When a Closing has been made,
    then for every Bill which is Past, a Loss occurs about such Bill stating Lost as the Amount of such Bill.
Clause 4 "Dividend":
  When a Closing has been made,
    then for every Bill, the share of such Bill in USD 100.00 in order of Due of every Bill up to Unpaid
      passes from the Fund to the Seller.
"""


def test_something_happens_for_every_entry_there_is_at_that_moment_and_for_none_that_comes_later() -> None:
    deal = with_bills(CLOSING)
    deal.does("", "Buyer: make the Closing.")
    deal.does("", 'Seller: make the Bill "D" stating Amount as USD 5.00 and Due as 1 September 2005.')

    assert deal.asks("the number of Losses is equal to 1.") == "true"
    assert deal.asks('the Bill of the latest Loss is "B".') == "true"
    assert deal.figure("the Lost of the latest Loss") == "USD 60.00"


def test_what_passes_for_every_entry_is_worked_out_before_any_of_it_has_passed() -> None:
    """The same division as of one payment of 100: 60 for B, then 26.67 for A and 13.33 for C, in all 100."""
    deal = with_bills(CLOSING)

    deal.does("", "Buyer: make the Closing.")

    figures = [deal.figure(f'the amount paid under section 4 for "{name}"') for name in ("A", "B", "C")]
    assert figures == ["USD 26.67", "USD 60.00", "USD 13.33"]
    assert deal.holds() == "USD 900.00"


def test_what_happens_for_every_entry_waits_for_what_one_of_them_needs() -> None:
    deal = opened("""
Clause 2 "Claims":
  "Fee" means an optional blank amount of USD, filled by the Buyer.
  "Claim" means a claim, made by the Seller, stating Big as yes-or-no.
  "Charge" of a Claim means the Fee where such Claim is Large, otherwise USD 1.00.
  "Large" of a Claim means that such Claim states Big.
  "Closing" means a finding, made by the Buyer.
  When a Closing has been made, then for every Claim, the Charge of such Claim passes from the Fund to the Seller.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: make the Claim "S" stating Big as no.')
    deal.does("", 'Seller: make the Claim "L" stating Big as yes.')
    deal.does("", "Buyer: make the Closing.")
    assert deal.holds() == "USD 100.00"

    deal.does("", "Buyer: fill the Fee with USD 20.00.")

    assert deal.holds() == "USD 79.00"


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("For every Bill, the Buyer must pay USD 5.00 to the Seller.", "`For each` is meant here"),
        (
            "When 5 September 2005 has come, then for every Bill, the Buyer must pay USD 5.00 to the Seller.",
            "let an event occur for every one, and bind for each event",
        ),
        (
            "For each Bill, when 5 September 2005 has come, then for every Bill, this agreement terminates.",
            "Two rows called Bill",
        ),
    ],
)
def test_for_every_is_of_one_moment_and_binds_nobody(sentence: str, message: str) -> None:
    assert message in problems(HEAD + BILLS + "  " + sentence + "\n")
