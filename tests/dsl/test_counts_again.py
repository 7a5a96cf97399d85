"""What was paid for an entry that a late fact takes away counts for it when it comes about again.

Every sum was worked out by hand: USD 40.00 was paid for the Payout of "A", and nothing for that of "B".
"""

from dsl.engine import advance, in_force
from dsl.fallen import divergences
from dsl.history import folded
from tests.dsl.deals import Deal, opened

PAYOUTS = """
Clause 2 "Payouts":
  "Price" means a claim, made by the Agent, stating Sum as amount.
  "Approval" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Seller.
  "Payout" means an event, about an Approval, stating Amount as amount.
  For each Approval, {when} such Approval has been made and no Stop has been made,
    then a Payout occurs about such Approval stating Amount as the Sum of the latest Price.
Clause 3 "Payment":
  For each Payout, when such Payout has been made,
    then the Agent {word} pay the Amount of such Payout to the Seller from the Fund within 5 calendar days.
  The total paid under section 3 for each Approval must not exceed USD 60.00 in the life of this agreement.
"""
PAID_FOR_A = 'the amount paid under section 3 for "Payout"'
PAY = "Agent: pay USD {}.00 to the Seller from the Fund{}."


def told(deal: Deal) -> list[str]:
    """What is told of the acts that stand although they would now be answered otherwise."""
    return [each.text for each in divergences(in_force(deal.agreement, deal.state), deal.state) if each.act]


def same_again(deal: Deal) -> None:
    """The log leads to the very state that the deal has come to."""
    made = deal.history
    assert advance(made.agreement, folded(made.agreement, made.opened, made.records), made.state.now) == made.state


def stopped(word: str = "must", when: str = "when") -> Deal:
    """The Payouts of "A" and "B" came about, and that of "A" was paid; then a Stop is told that came before both."""
    deal = opened(PAYOUTS.format(word=word, when=when))
    deal.does("", "Buyer: deposit USD 300.00 into the Fund.")
    deal.does("09:10 on 2 September 2005", "Agent: present the Price stating Sum as USD 40.00.")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Approval "A".')
    deal.does("10:10 on 2 September 2005", 'Buyer: present the Approval "B".')
    deal.does("11:00 on 2 September 2005", PAY.format(40, ' about "Payout"'))
    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    return deal


def comes_again(deal: Deal, price: int) -> None:
    """At another price the Stop is withdrawn, and the Payouts come about again on the next day."""
    deal.does("09:00 on 3 September 2005", f"Agent: present the Price stating Sum as USD {price}.00.")
    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')


def test_what_was_paid_counts_and_nothing_more_is_told_of_it() -> None:
    deal = stopped()
    (meanwhile,) = told(deal)
    assert meanwhile.startswith('There is no entry "Payout".')

    comes_again(deal, 40)

    assert [deal.status("3", name) for name in ("Payout", "Payout 2")] == ["fulfilled", "active"]
    assert deal.figure(PAID_FOR_A) == "USD 40.00"
    assert told(deal) == []
    deal.fails("", PAY.format(40, ' about "Payout"'))
    deal.does("", PAY.format(40, ""))
    assert [deal.status("3", name) for name in ("Payout", "Payout 2")] == ["fulfilled", "fulfilled"]
    deal.fails("", PAY.format(40, ""))
    assert deal.holds() == "USD 220.00"
    same_again(deal)


def test_where_it_is_for_more_now_the_rest_is_owed() -> None:
    """55 are owed for each, and 40 were paid for that of "A": 15 are left."""
    deal = stopped()

    comes_again(deal, 55)

    assert deal.status("3", "Payout") == "active"
    assert told(deal) == []
    deal.fails("", PAY.format(16, ' about "Payout"'))
    deal.does("", PAY.format(15, ' about "Payout"'))
    assert deal.status("3", "Payout") == "fulfilled"
    assert deal.figure(PAID_FOR_A) == "USD 55.00"
    same_again(deal)


def test_where_it_is_for_less_now_what_was_too_much_is_told() -> None:
    deal = stopped()

    comes_again(deal, 25)

    assert deal.status("3", "Payout") == "fulfilled"
    assert told(deal) == ['USD 15.00 more than is owed for "Payout" has been paid']
    same_again(deal)


def test_what_was_paid_counts_towards_a_cap_for_what_the_entry_is_about() -> None:
    """80 are owed for each, of which no more than 60 may be paid for an Approval: 20 more for "A"."""
    deal = stopped()

    comes_again(deal, 80)

    deal.fails("", PAY.format(21, ' about "Payout"'))
    deal.does("", PAY.format(20, ' about "Payout"'))
    deal.does("", PAY.format(60, ' about "Payout 2"'))
    assert deal.holds() == "USD 180.00"
    same_again(deal)


OBJECTED = """
Clause 2 "Payouts":
  "Approval" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Seller.
  "Payout" means an event, about an Approval.
  "Objection" means a claim, made by the Buyer, about a Payout.
  For each Approval, when such Approval has been made and no Stop has been made,
    then a Payout occurs about such Approval.
  For each Payout,
    when no Objection about such Payout has been made within 2 calendar days after the making of such Payout,
    then the Agent must pay USD 10.00 to the Seller from the Fund.
"""


def test_what_was_made_about_it_is_about_it_again() -> None:
    """The Buyer has objected to the Payout, so that it is never owed."""
    deal = opened(OBJECTED)
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Approval "A".')
    deal.does("11:00 on 2 September 2005", 'Buyer: present the Objection "O" about "Payout".')
    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    assert told(deal) == ['There is no entry "Payout". The latest are "S" and "A".']

    deal.does("13:00 on 2 September 2005", 'Seller: withdraw "S".')
    deal.passes("13:00 on 6 September 2005")

    assert deal.asks('an Objection about "Payout" has been made.') == "true"
    assert deal.asks("section 2, second sentence is active.") == "false"
    assert told(deal) == []
    same_again(deal)


def test_where_it_is_open_whether_another_is_the_same_who_pays_again_says_so() -> None:
    """Each time that the condition comes there is a Payout; that of the 3rd has a name of its own."""
    deal = stopped("must", "while")

    comes_again(deal, 55)

    assert [deal.status("3", name) for name in ("Payout 3", "Payout 4")] == ["active", "active"]
    deal.does("", PAY.format(55, ' about "Payout 4"'))
    answer = deal.fails("", PAY.format(55, ""))
    assert 'USD 40.00 was paid at 11:00 on 2 September 2005 for "Payout"' in answer
    assert 'names it: `about "Payout 3"`' in answer
    deal.does("", PAY.format(15, ' about "Payout 3"'))
    same_again(deal)


def test_what_was_paid_under_a_power_counts_as_well() -> None:
    deal = stopped("may")

    comes_again(deal, 40)

    assert told(deal) == []
    deal.fails("", PAY.format(40, ' about "Payout"'))
    deal.does("", PAY.format(40, ' about "Payout 2"'))
    deal.fails("", PAY.format(1, ' about "Payout 2"'))
    assert deal.holds() == "USD 220.00"
    same_again(deal)


def test_what_was_released_by_a_plan_that_a_late_fact_took_away_stays_paid() -> None:
    """Five and seven dollars of a hundred were paid by the Payout; the Stop, told late, means that there was none."""
    deal = opened("""
Clause 2 "Payout":
  "Go" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Seller.
  "Payout" means an event, stating Payments as payments.
  When a Go has been made and no Stop has been made,
    then a Payout occurs stating Payments as USD 5.00 to the Seller, USD 7.00 to the Buyer.
  For each Payout, the Agent may release the Fund according to such Payout.
""")
    deal.does("09:30 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("10:00 on 1 September 2005", "Buyer: make the Go.")
    deal.does("11:00 on 1 September 2005", 'Agent: release the Fund according to "Payout".')
    deal.does("09:45 on 1 September 2005", "Seller: make the Stop.", "12:00 on 1 September 2005")

    assert (deal.holds(), deal.got("Seller")) == ("USD 88.00", "USD 5.00")
    assert any("Payout" in each.text for each in deal.state.divergences)
