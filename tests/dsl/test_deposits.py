"""What a deposit is paid under: as much of it as is still owed there, up to the cap on it, and not before its time."""

import pytest

from api import codec
from dsl.views import words_of_attempt
from tests.dsl.deals import HEAD, Deal, opened, problems, told

RENT = """
Clause 2 "Rent":
  "Reserve" means a fund in USD, held by the Agent{purpose}.
  The Buyer must deposit USD 100.00 into the Reserve by 2 September 2005.
Clause 3 "Later":
  The Buyer must deposit USD 50.00 into the Reserve by 12 September 2005 not before 12 September 2005.
Clause 4 "Back":
  The Agent may refund any amount to the Buyer from the Reserve.
  The Agent may refund any amount to the Buyer from the excess of the Reserve.
"""
GIFTS = """
Clause 2 "One for one":
  "Gift" means a claim, made by the Seller, stating Amount as amount.
  For each Gift, {when}the Buyer must {act} within 3 business days.
  The total paid under section 2 must not exceed USD 20.00 in the life of this agreement; the excess is not payable.
"""


def rent(purpose: str = "") -> Deal:
    return opened(RENT.format(purpose=purpose))


@pytest.mark.parametrize("when", ["", "when such Gift has been made, then "])
@pytest.mark.parametrize(
    ("act", "paid"),
    [
        ("deposit the Amount of such Gift into the Fund", 'deposit USD {} into the Fund about "{}" under section 2'),
        ("pay the Amount of such Gift to the Seller", 'pay USD {} to the Seller about "{}"'),
    ],
)
def test_what_a_cap_leaves_of_a_deposit_performs_it_as_of_a_payment(when: str, act: str, paid: str) -> None:
    """20.00 for gifts of 12.00, 9.00 and 5.00: the second is paid up to 8.00, the third falls away; 6.00 is excess."""
    deal = opened(GIFTS.format(when=when, act=act))
    for name, amount in (("G1", "12.00"), ("G2", "9.00"), ("G3", "5.00")):
        deal.does("", f'Seller: make the Gift "{name}" stating Amount as USD {amount}.')

    deal.does("", f"Buyer: {paid.format('12.00', 'G1')}.")
    deal.does("", f"Buyer: {paid.format('9.00', 'G2')}.")

    assert (deal.status("2", "G2"), deal.status("2", "G3")) == ("fulfilled", "excused")
    assert deal.figure("the amount paid under section 2") == "USD 20.00"
    assert deal.figure("the excess under section 2") == "USD 6.00"
    deal.fails("", f"Buyer: {paid.format('5.00', 'G3')}.")
    deal.passes("10:00 on 1 October 2005")
    assert (deal.status("2", "G2"), deal.status("2", "G3")) == ("fulfilled", "excused")


def test_a_deposit_before_its_time_is_refused_as_a_payment_is() -> None:
    """Not before 12 September: what section 2 asks for is there, so a deposit on 5 September can only be for 3."""
    deal = rent()
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 100.00 into the Reserve.")

    early = deal.fails("10:00 on 5 September 2005", "Buyer: deposit USD 50.00 into the Reserve.", "3")

    assert "Not yet" in early
    assert deal.holds("Reserve") == "USD 100.00"
    deal.does("10:00 on 12 September 2005", "Buyer: deposit USD 50.00 into the Reserve.")
    assert deal.status("3") == "fulfilled"
    assert deal.figure("the amount paid under section 3") == "USD 50.00"


def test_who_says_under_which_section_may_still_bring_more() -> None:
    """100.00 is owed and 170.00 comes: 70.00 is paid under no section; what is owed later is owed as before."""
    deal = rent()

    taken = deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 170.00 into the Reserve under section 2.")

    assert taken.note == "USD 70.00 of USD 170.00 is more than is owed under section 2"
    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert (deal.holds("Reserve"), deal.holds("Reserve", "excess")) == ("USD 170.00", "USD 0.00")
    deal.does("10:00 on 5 September 2005", "Buyer: deposit USD 5.00 into the Reserve under section 2.")
    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert (deal.holds("Reserve"), deal.status("3")) == ("USD 175.00", "active")


def test_more_than_is_owed_serves_the_purpose_of_its_fund_first() -> None:
    """For 120.00: of 170.00, 100.00 is owed, 20.00 more serve the purpose, and 50.00 are excess."""
    deal = rent(", for USD 120.00")

    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 170.00 into the Reserve under section 2.")

    assert (deal.holds("Reserve"), deal.holds("Reserve", "excess")) == ("USD 120.00", "USD 50.00")
    assert deal.figure("the amount paid under section 2") == "USD 100.00"


def test_what_is_owed_counts_as_paid_also_where_it_is_beyond_the_purpose() -> None:
    """For 70.00: all of the 100.00 is owed under section 2, though 30.00 of it is excess of the fund."""
    deal = rent(", for USD 70.00")

    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 110.00 into the Reserve under section 2.")

    assert (deal.holds("Reserve"), deal.holds("Reserve", "excess")) == ("USD 70.00", "USD 40.00")
    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert deal.status("2") == "fulfilled"


UNKNOWN = """
Clause 2 "Rates":
  "Reserve" means a fund in USD, held by the Agent.
  "Fixing" means a finding, made by the Agent, stating Sum as amount, only one.
  When 5 September 2005 has come, then the Buyer must deposit the Sum of the latest Fixing into the Reserve
    by 30 September 2005.
Clause 3 "Out":
  The Agent may pay any amount to the Seller from the Reserve.
"""


@pytest.mark.parametrize("under", ["", " under section 2"])
def test_while_a_sum_is_not_known_nothing_is_deposited_for_it(under: str) -> None:
    """As with a payment: USD 900.00 before the sum is fixed would count for nothing, and all would be owed again."""
    deal = opened(UNKNOWN)

    early = deal.fails("10:00 on 5 September 2005", f"Buyer: deposit USD 900.00 into the Reserve{under}.", "2")
    deal.does("10:00 on 6 September 2005", "Agent: find the Fixing stating Sum as USD 900.00.")
    deal.does("", f"Buyer: deposit USD 1,000.00 into the Reserve{under}.")

    assert "Not yet: there is no Fixing yet (Agent can find a Fixing)." in early
    assert (deal.status("2"), deal.holds("Reserve")) == ("fulfilled", "USD 1,000.00")
    assert deal.figure("the amount paid under section 2") == "USD 900.00"


def test_what_a_power_lets_deposit_does_not_wait_for_the_sum_of_a_duty() -> None:
    deal = opened(f'{UNKNOWN}Clause 4 "Advances": The Buyer may deposit any amount into the Reserve.\n')

    taken = deal.does("10:00 on 5 September 2005", "Buyer: deposit USD 900.00 into the Reserve.")

    assert taken.section == "4"


ORDERED = """
Clause 2 "Dues":
  "Reserve" means a fund in USD, held by the Agent.
  "Due Day" means an event, every 1 month from 10 September 2005 to 10 November 2005.
  For each Due Day, the Buyer must deposit USD 100.00 into the Reserve in order of Day
    by 5 calendar days after the Day of such Due Day.
Clause 3 "Out":
  The Agent may pay any amount to the Seller from the Reserve.
"""
LATER = "10:00 on 12 November 2005"


def paid(deal: Deal) -> tuple[str, ...]:
    """What was paid for each due day so far."""
    days = ("Due Day", "Due Day 2", "Due Day 3")
    return tuple(deal.figure(f'the amount paid under section 2 for "{day}"') for day in days)


def test_what_is_deposited_for_several_days_goes_to_the_oldest_first() -> None:
    """130.00 over three days: 100.00 and 30.00; then 120.00 more: 70.00 and 50.00; then the 50.00 that are left."""
    deal = opened(ORDERED)

    deal.does(LATER, "Buyer: deposit USD 130.00 into the Reserve.")
    first, statuses = paid(deal), [deal.status("2", f"Due Day{day}") for day in ("", " 2", " 3")]
    deal.does("", "Buyer: deposit USD 120.00 into the Reserve.")
    second = paid(deal)
    deal.does("", "Buyer: deposit USD 50.00 into the Reserve.")

    assert first == ("USD 100.00", "USD 30.00", "USD 0.00")
    assert statuses == ["fulfilled late", "overdue", "active"]
    assert second == ("USD 100.00", "USD 100.00", "USD 50.00")
    assert paid(deal) == ("USD 100.00", "USD 100.00", "USD 100.00")
    assert deal.status("2", "Due Day 3") == "fulfilled"


def test_what_is_credited_for_several_days_goes_to_the_oldest_first() -> None:
    """130.00 over three days: 100.00 and 30.00. It comes from the bank, and is interest."""
    credited = "the Buyer must deposit USD 100.00 into the Reserve", "the Agent must credit USD 100.00 to the Reserve"
    deal = opened(ORDERED.replace(*credited))
    early = deal.fails(LATER, 'Agent: credit USD 10.00 to the Reserve about "Due Day 2".', "2")

    deal.does("", "Agent: credit USD 130.00 to the Reserve.")

    assert '"Due Day" comes first: USD 100.00 is still owed.' in early
    assert paid(deal) == ("USD 100.00", "USD 30.00", "USD 0.00")
    assert [deal.status("2", f"Due Day{day}") for day in ("", " 2", " 3")] == ["fulfilled late", "overdue", "active"]
    assert (deal.holds("Reserve", "interest"), deal.holds("Reserve")) == ("USD 130.00", "USD 0.00")


def test_what_is_credited_about_an_entry_is_told_and_read_back_so() -> None:
    deal = opened(
        ORDERED.replace("the Buyer must deposit USD 100.00 into the", "the Agent must credit USD 100.00 to the")
    )
    words = 'credit USD 10.00 to the Reserve about "Due Day"'

    done = deal.does(LATER, f"Agent: {words}.")

    assert paid(deal) == ("USD 10.00", "USD 0.00", "USD 0.00")
    assert words_of_attempt(deal.agreement.terms, done.attempt, deal.state) == f"The Agent: {words}."


def test_a_deposit_for_several_days_is_kept_and_read_back_as_it_was() -> None:
    deal = opened(ORDERED)
    deal.does(LATER, "Buyer: deposit USD 130.00 into the Reserve.")
    records = [record.event for record in deal.history.records]

    kept = [codec.read_attempted(codec.write(each, codec.Attempted)) for each in records]

    assert kept == records


def test_what_is_deposited_beyond_all_that_is_owed_is_paid_under_no_section() -> None:
    """350.00 for 300.00: the rest is in the fund, and none of it counts; so is what comes when all is done."""
    deal = opened(ORDERED)

    deal.does(LATER, "Buyer: deposit USD 350.00 into the Reserve.")
    deal.does("", "Buyer: deposit USD 5.00 into the Reserve.")

    assert paid(deal) == ("USD 100.00", "USD 100.00", "USD 100.00")
    assert (deal.figure("the amount paid under section 2"), deal.holds("Reserve")) == ("USD 300.00", "USD 355.00")


def test_a_deposit_for_a_later_day_is_refused_while_an_earlier_one_is_owed() -> None:
    deal = opened(ORDERED)

    refused = deal.fails(LATER, 'Buyer: deposit USD 10.00 into the Reserve about "Due Day 3".', "2")

    assert '"Due Day" comes first: USD 100.00 is still owed.' in refused


def test_without_an_order_exactly_what_is_owed_is_deposited_about_every_one() -> None:
    deal = opened(ORDERED.replace(" in order of Day", ""))

    unsaid = told(deal.tries(LATER, "Buyer: deposit USD 130.00 into the Reserve."))
    short = told(deal.tries("", "Buyer: deposit USD 130.00 into the Reserve about every Due Day."))
    deal.does("", "Buyer: deposit USD 300.00 into the Reserve about every Due Day.")

    assert 'Say about which: "Due Day", "Due Day 2", "Due Day 3".' in unsaid
    assert 'USD 300.00 is owed for "Due Day", "Due Day 2", "Due Day 3"' in short
    assert paid(deal) == ("USD 100.00", "USD 100.00", "USD 100.00")


def test_of_an_ordered_deposit_what_a_cap_leaves_goes_to_the_oldest_first() -> None:
    """120.00 in all: 100.00 for the first day and 20.00 for the second; the third falls away, 180.00 in all."""
    cap = (
        "  The total paid under section 2 must not exceed USD 120.00 in the life of this agreement;\n"
        "    the excess is not payable.\n"
    )
    deal = opened(ORDERED.replace("Clause 3", f"{cap}Clause 3"))

    deal.does(LATER, "Buyer: deposit USD 300.00 into the Reserve.")

    assert paid(deal) == ("USD 100.00", "USD 20.00", "USD 0.00")
    assert (deal.holds("Reserve"), deal.figure("the excess under section 2")) == ("USD 120.00", "USD 180.00")


@pytest.mark.parametrize(
    ("act", "label"),
    [
        ("deposit USD 5.00 into the Fund in order of Day", "the sentence ranges over no entries"),
        ("deposit the balance of the Fund with the Seller in order of Day", "handed over as a whole"),
        ("credit USD 5.00 to the Fund in order of Day", "the sentence ranges over no entries"),
    ],
)
def test_an_order_of_deposits_is_of_entries_for_which_something_is_deposited(act: str, label: str) -> None:
    wrong = problems(f'{HEAD}Clause 2 "Pot": The Agent must {act}.')

    assert "error: In the order of what?" in wrong
    assert label in wrong
