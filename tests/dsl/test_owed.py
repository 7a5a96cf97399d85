"""What is owed now: figures that move, parts of a fund, and which of several rows a payment is for."""

from tests.dsl.deals import Deal, opened, told

BILLS = '"Bill" means a claim, made by the Seller, stating Amount as amount of USD.\n'


def test_such_in_a_filter_is_the_row_of_the_sentence_and_not_the_entry_looked_at() -> None:
    deal = opened(
        'Clause 2 "Claims":\n  "Ask" means a claim, made by the Seller, stating Amount as amount of USD and Class as '
        "one of (Tax, Title).\n"
        '  "Answer" means a finding, made by the Agent, about an Ask, stating Total as amount of USD.\n'
        "  For each Ask, when such Ask has been made, then a Sum Up occurs about such Ask stating Total as the sum of "
        "Amount of every Ask whose Class is the Class of such Ask.\n"
        '  "Sum Up" means an event, about an Ask, stating Total as amount of USD.\n'
    )

    deal.does("", 'Seller: present the Ask "A" stating Amount as USD 10.00 and Class as Tax.')
    deal.does("", 'Seller: present the Ask "B" stating Amount as USD 100.00 and Class as Title.')

    totals = [dict(entry.fields)["Total"] for entry in deal.state.entries if entry.kind == "Sum Up"]
    assert [str(total) for total in totals] == ["USD 10.00", "USD 100.00"]


INTEREST = """
Clause 2 "Interest":
  The Agent may credit any amount to the Fund.
  {sentence}
"""


def interest_deal(sentence: str) -> Deal:
    deal = opened(INTEREST.format(sentence=sentence))
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Agent: credit USD 7.00 to the Fund.")
    return deal


def held(deal: Deal) -> tuple[str, str]:
    balance, interest = (deal.state.balance(f"Fund/{purpose}", "USD") for purpose in ("balance", "interest"))
    return str(balance), str(interest)


def test_the_smaller_of_the_interest_and_an_amount_is_paid_out_of_the_interest() -> None:
    deal = interest_deal("The Agent must pay the smaller of the interest of the Fund and USD 5.00 to the Buyer.")

    deal.does("", "Agent: pay USD 5.00 to the Buyer from the Fund.")

    assert held(deal) == ("USD 100.00", "USD 2.00")


def test_an_amount_is_paid_out_of_the_part_of_the_fund_that_is_named() -> None:
    deal = interest_deal("The Agent may pay any amount to the Buyer from the interest of the Fund.")

    deal.does("", "Agent: pay USD 3.00 to the Buyer from the Fund.")
    told = deal.fails("", "Agent: pay USD 5.00 to the Buyer from the Fund.")

    assert held(deal) == ("USD 100.00", "USD 4.00")
    assert "holds USD 4.00 as interest" in told


def test_interest_that_passes_by_itself_leaves_the_principal_alone() -> None:
    deal = interest_deal(
        '"Close" means a claim, made by the Buyer.\n'
        "  When a Close has been made, then the interest of the Fund passes from the Fund to the Seller."
    )

    deal.does("", "Buyer: make a Close.")

    assert held(deal) == ("USD 100.00", "USD 0.00")
    assert deal.got("Seller") == "USD 7.00"


def test_a_duty_whose_figure_falls_to_nothing_is_not_overdue_and_is_owed_again_when_it_rises() -> None:
    deal = opened(
        f'Clause 2 "Bills": {BILLS}'
        "  The Buyer must pay the sum of Amount of every Bill to the Seller within 10 calendar days."
    )
    empty = deal.status("2")
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "B-1" stating Amount as USD 5.00.')
    owed = deal.status("2")
    deal.does("10:00 on 2 September 2005", 'Seller: withdraw the Bill "B-1".')
    withdrawn = deal.status("2")
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "B-2" stating Amount as USD 6.00.')
    deal.passes("23:59 on 13 September 2005")
    timely = deal.status("2")
    deal.passes("00:00 on 14 September 2005")

    assert (empty, owed, withdrawn, timely, deal.status("2")) == (
        "fulfilled", "active", "fulfilled", "active", "overdue",
    )  # fmt: skip


def test_a_figure_below_nothing_is_not_owed() -> None:
    deal = opened(
        f'Clause 2 "Bills": {BILLS}'
        '  "Net" means the sum of Amount of every Bill less USD 40.00.\n'
        '  "End" means a claim, made by the Buyer.\n'
        "  When an End has been made, then the Buyer must pay the Net to the Seller within 1 calendar day."
    )

    deal.does("", "Buyer: make an End.")
    deal.passes("10:00 on 9 September 2005")

    assert deal.status("2") == "fulfilled"


def test_a_payment_is_for_the_bill_that_is_still_owed() -> None:
    deal = opened(
        f'Clause 2 "Bills": {BILLS}'
        "  For each Bill, while such Bill has been made, then the Buyer may pay the Amount of such Bill to the Seller."
    )
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 5.00.')
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 9.00.')
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "A".')

    deal.does("", "Buyer: pay USD 9.00 to the Seller.")

    assert deal.got("Seller") == "USD 14.00"


def test_what_is_owed_in_another_currency_is_paid_in_it_and_in_no_other() -> None:
    deal = opened('Clause 2 "Fee": The Buyer must pay EUR 750.00 to the Seller within 5 business days.')

    deal.fails("", "Buyer: pay USD 750.00 to the Seller.")
    unpaid = deal.status("2")
    deal.does("", "Buyer: pay EUR 750.00 to the Seller.")

    assert (unpaid, deal.status("2")) == ("active", "fulfilled")


def test_the_rest_of_a_plan_is_what_has_not_been_paid_out_yet() -> None:
    deal = opened(
        'Clause 2 "Orders": "Pot" means a fund in USD, held by the Agent, for USD 500.00.\n'
        "  The Buyer may deposit any amount into the Pot.\n"
        '  "Order" means a writing, signed by the Buyer, stating Payments as payments.\n'
        "  For each Order, when such Order has been completed, then the Agent may release the Pot according to "
        "such Order."
    )
    deal.does("", "Buyer: deposit USD 500.00 into the Pot.")
    deal.does("", 'Buyer: sign the Order "O-1" stating Payments as USD 200.00 to the Seller.')
    deal.does("", 'Agent: release the Pot according to "O-1".')

    deal.does("", 'Buyer: sign the Order "O-2" stating Payments as USD 100.00 to the Buyer, the rest to the Seller.')
    deal.does("", 'Agent: release the Pot according to "O-2".')

    assert (deal.got("Buyer"), deal.got("Seller")) == ("USD -400.00", "USD 400.00")


# ------------------------------------------------------------------------- time


def test_the_deadline_of_a_section_does_not_pass_while_its_clock_stands() -> None:
    deal = opened(
        'Clause 2 "Objections": "Objection" means a claim, made by the Seller.\n'
        '  "Withholding" means a claim, made by the Buyer.\n'
        '  "Withheld" means that the number of Withholdings is at least 1.\n'
        "  The Seller may make an Objection within 10 calendar days not counting time while Withheld applies.\n"
        'Clause 3 "Silence": "Silent" means an event.\n'
        "  When the deadline of section 2 has passed and no Objection has been made, then a Silent occurs."
    )
    deal.does("09:00 on 5 September 2005", 'Buyer: present the Withholding "W-1".')
    deal.passes("09:00 on 14 September 2005")
    standing = deal.asks("a Silent has been made.")
    deal.does("09:00 on 15 September 2005", 'Buyer: withdraw the Withholding "W-1".')
    deal.passes("23:59 on 21 September 2005")
    timely = deal.asks("a Silent has been made.")
    deal.passes("00:00 on 22 September 2005")

    assert (standing, timely, deal.asks("a Silent has been made.")) == ("pending", "pending", "true")


def test_a_time_that_begins_when_the_act_may_first_be_done_does_not_run_before() -> None:
    deal = opened(
        'Clause 2 "Draw": "Letter" means a claim, made by the Buyer.\n'
        "  When a Letter has been made, then the Buyer must pay USD 5.00 to the Seller within 24 hours not before "
        "72 hours after the making of the latest Letter."
    )
    deal.does("09:00 on 1 September 2005", "Buyer: make a Letter.")
    deal.passes("09:00 on 5 September 2005")
    last = deal.status("2")
    deal.passes("09:01 on 5 September 2005")

    assert (last, deal.status("2")) == ("active", "overdue")


def test_the_earlier_of_a_date_and_an_act_comes_with_the_date_if_nothing_was_done() -> None:
    deal = opened(
        'Clause 2 "End": "Close" means a claim, made by the Buyer.\n  "Over" means an event.\n'
        "  When the earlier of the making of the earliest Close and 17:00 on 9 September 2005 has come, "
        "then an Over occurs."
    )

    deal.passes("16:59 on 9 September 2005")
    before = deal.asks("an Over has been made.")
    deal.passes("17:00 on 9 September 2005")

    assert (before, deal.asks("an Over has been made.")) == ("pending", "true")


# --------------------------------------------------------- sections with several duties


def test_a_section_with_two_duties_is_fulfilled_when_both_are() -> None:
    deal = opened(
        'Clause 2 "Fees": The Buyer must pay USD 5.00 to the Seller.\n  The Buyer must pay USD 6.00 to the Agent.'
    )

    deal.does("", "Buyer: pay USD 5.00 to the Seller.")
    one = deal.asks("section 2 is fulfilled."), deal.asks("section 2 is active.")
    deal.does("", "Buyer: pay USD 6.00 to the Agent.")

    assert one == ("false", "true")
    assert (deal.asks("section 2 is fulfilled."), deal.asks("section 2 is active.")) == ("true", "false")


def test_a_power_to_deposit_ends_with_its_amount() -> None:
    deal = opened('Clause 2 "Topping up": The Seller may deposit USD 100.00 into the Fund.\n')
    deal.does("", "Seller: deposit USD 60.00 into the Fund.")

    told = deal.fails("", "Seller: deposit USD 40.01 into the Fund.", "2")
    deal.does("", "Seller: deposit USD 40.00 into the Fund.")
    used_up = deal.fails("", "Seller: deposit USD 0.01 into the Fund.", "2")

    assert "USD 40.01 is more than the USD 40.00 that can still be paid" in told
    assert "USD 0.00 can still be paid" in used_up
    assert deal.holds() == "USD 100.00"


def test_a_power_to_deposit_what_is_missing_shrinks_as_the_fund_fills() -> None:
    deal = opened(
        'Clause 2 "Topping up": The Seller may deposit (USD 50.00 less the balance of the Fund) into the Fund.'
    )
    deal.does("", "Buyer: deposit USD 30.00 into the Fund.")

    told = deal.fails("", "Seller: deposit USD 20.01 into the Fund.", "2")
    deal.does("", "Seller: deposit USD 20.00 into the Fund.")

    assert "USD 20.00 can still be paid" in told


def test_who_has_to_deposit_may_still_bring_more() -> None:
    deal = opened('Clause 2 "Price": The Seller must deposit USD 100.00 into the Fund.\n')

    deal.does("", "Seller: deposit USD 150.00 into the Fund.")

    assert deal.holds() == "USD 150.00"


TWO = """
Clause 2 "One": The Buyer must pay USD 10.00 to the Seller.
Clause 3 "Two": The Buyer must pay USD 12.00 to the Seller by 2 October 2005.
Clause 4 "Three": The Buyer must pay USD 12.00 to the Seller by 9 October 2005.
"""


def test_a_payment_that_several_duties_could_take_says_under_which_section() -> None:
    deal = opened(TWO)

    part = told(deal.tries("", "Buyer: pay USD 5.00 to the Seller."))
    either = told(deal.tries("", "Buyer: pay USD 12.00 to the Seller."))
    deal.does("", "Buyer: pay USD 12.00 to the Seller under section 3.")

    assert "Say under which section: 2 or 3 or 4." in part
    assert "Say under which section: 3 or 4." in either
    assert (deal.status("2"), deal.status("3"), deal.status("4")) == ("active", "fulfilled", "active")


def test_a_payment_of_all_that_one_of_several_duties_is_for_is_for_that_one() -> None:
    deal = opened(TWO)

    deal.does("", "Buyer: pay USD 10.00 to the Seller.")
    deal.does("", "Buyer: pay USD 2.00 to the Seller under section 4.")
    deal.does("", "Buyer: pay USD 12.00 to the Seller.")
    deal.does("", "Buyer: pay USD 10.00 to the Seller.")

    assert (deal.status("2"), deal.status("3"), deal.status("4")) == ("fulfilled", "fulfilled", "fulfilled")


PARTS = """
Clause 2 "Parts":
  The Agent may credit any amount to the Fund.
  The Agent may pay any amount to the Buyer from the Fund.
  The Agent may pay any amount to the Buyer from the interest of the Fund.
"""


def test_an_attempt_names_the_part_of_the_fund_that_it_pays_from() -> None:
    deal = opened(PARTS)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Agent: credit USD 7.00 to the Fund.")

    unsaid = told(deal.tries("", "Agent: pay USD 5.00 to the Buyer from the Fund."))
    deal.does("", "Agent: pay USD 5.00 to the Buyer from the interest of the Fund.")
    deal.does("", "Agent: pay USD 6.00 to the Buyer from the balance of the Fund.")
    none = deal.fails("", "Agent: pay USD 1.00 to the Buyer from the excess of the Fund.")
    short = deal.fails("", "Agent: pay USD 2.01 to the Buyer from the interest of the Fund.")

    assert (
        "Say from which part of the Fund: `from the balance of the Fund` or `from the interest of the Fund`" in unsaid
    )
    assert held(deal) == ("USD 94.00", "USD 2.00")
    assert "lets Agent do this" in none
    assert "holds USD 2.00 as interest" in short
