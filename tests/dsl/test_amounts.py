"""The amount of a duty or power to pay: read as if nothing had been paid under it, and what was paid counts once.

Every figure was worked out by hand from the words of the clauses.
"""

import pytest

from tests.dsl.deals import Deal, opened

HUNDRED = "Buyer: deposit USD 100.00 into the Fund."


def funded(clauses: str) -> Deal:
    """A deal with USD 100.00 in the fund."""
    deal = opened(clauses)
    deal.does("", HUNDRED)
    return deal


# ------------------------------------------------------------- a part of a fund

LOTS = (
    '"Lot" means an event, stating Units as number.\n'
    '  At signing, the Lot "A" occurs stating Units as 60.\n  At signing, the Lot "B" occurs stating Units as 40.\n'
)
FORTY = (
    "40 percent of the balance of the Fund",
    "the balance of the Fund times 40 divided by 100",
    'the share of "B" in the balance of the Fund in proportion to Units of every Lot',
    "the smaller of 40 percent of the balance of the Fund and USD 40.00",
    "(40 percent of the balance of the Fund) plus USD 0.00",
    "(the balance of the Fund less USD 60.00)",
    "Part",
)
"""Seven ways to say USD 40.00 of USD 100.00 in the fund."""


@pytest.mark.parametrize(
    "trigger", ["When 2 September 2005 has come, then ", "While 2 September 2005 has come, then ", ""]
)
@pytest.mark.parametrize("amount", FORTY)
def test_a_part_of_a_fund_is_paid_once_however_it_is_said_and_in_however_many_payments(
    amount: str, trigger: str
) -> None:
    deal = funded(
        f'Clause 2 "Parts": {LOTS}  "Part" means 40 percent of the balance of the Fund.\n'
        f"  {trigger or 'T'}{'t' if trigger else ''}he Agent must pay {amount} to the Seller from the Fund.\n"
    )
    deal.does("10:00 on 2 September 2005", "Agent: pay USD 25.00 to the Seller from the Fund.")
    partly = deal.status("2")
    over = deal.fails("", "Agent: pay USD 15.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 15.00 to the Seller from the Fund.")

    assert (partly, deal.status("2")) == ("active", "fulfilled")
    assert "more than the USD 15.00 that can still be paid" in over
    deal.fails("", "Agent: pay USD 0.01 to the Seller from the Fund.", "2")


@pytest.mark.parametrize("amount", FORTY)
def test_under_when_a_part_of_a_fund_is_fixed_whoever_is_paid_first(amount: str) -> None:
    deal = funded(
        f'Clause 2 "Parts": {LOTS}  "Part" means 40 percent of the balance of the Fund.\n'
        f"  When 2 September 2005 has come, then the Agent must pay {amount} to the Seller from the Fund.\n"
        "  When 2 September 2005 has come, then the Agent must pay USD 60.00 to the Buyer from the Fund.\n"
    )
    deal.does("10:00 on 2 September 2005", "Agent: pay USD 60.00 to the Buyer from the Fund.")
    deal.does("", "Agent: pay USD 40.00 to the Seller from the Fund.")

    assert (deal.status("2"), deal.holds()) == ("fulfilled, fulfilled", "USD 0.00")


@pytest.mark.parametrize("balance", ["the balance of the Fund", "All"])
def test_what_a_part_of_a_fund_holds_is_followed_also_under_when_and_by_a_name(balance: str) -> None:
    deal = funded(
        'Clause 2 "All": "All" means the balance of the Fund.\n'
        f"  When 2 September 2005 has come, then the Agent must pay {balance} to the Seller from the Fund.\n"
    )
    deal.does("10:00 on 2 September 2005", "Agent: pay USD 30.00 to the Seller from the Fund.")
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.fails("", "Agent: pay USD 75.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 75.00 to the Seller from the Fund.")

    assert (deal.status("2"), deal.got("Seller")) == ("fulfilled", "USD 105.00")


AS_FAR = (
    "the smaller of the Amount of such Claim and the balance of the Fund",
    "the Payable of such Claim",
    "the Reduced of such Claim",
)


@pytest.mark.parametrize("word", ["must", "may"])
@pytest.mark.parametrize(
    "trigger", ["when such Claim has been made, then ", "while such Claim has been made, then ", ""]
)
@pytest.mark.parametrize("amount", AS_FAR)
def test_a_claim_is_paid_once_as_far_as_the_money_goes(amount: str, trigger: str, word: str) -> None:
    deal = funded(
        'Clause 2 "Claims": "Claim" means a claim, made by the Seller, stating Amount as amount.\n'
        '  "Payable" of a Claim means the Amount of such Claim where the balance of the Fund is at least (the Amount '
        "of such Claim), otherwise the balance of the Fund.\n"
        '  "Reduced" of a Claim means the smaller of the Amount of such Claim and (100 percent of the balance of the '
        "Fund).\n"
        f"  For each Claim, {trigger}the Agent {word} pay {amount} to the Seller from the Fund.\n"
    )
    deal.does("", 'Seller: make the Claim "C" stating Amount as USD 30.00.')
    deal.does("", "Agent: pay USD 20.00 to the Seller from the Fund.")
    deal.fails("", "Agent: pay USD 10.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 10.00 to the Seller from the Fund.")
    deal.fails("", "Agent: pay USD 0.01 to the Seller from the Fund.", "2")

    assert deal.holds() == "USD 70.00"


def test_of_two_claims_the_second_gets_what_the_first_has_left() -> None:
    deal = funded(
        'Clause 2 "Claims": "Claim" means a claim, made by the Seller, stating Amount as amount.\n'
        "  For each Claim, the Agent must pay the smaller of the Amount of such Claim and the balance of the Fund "
        "to the Seller from the Fund.\n"
    )
    deal.does("", 'Seller: make the Claim "A" stating Amount as USD 70.00.')
    deal.does("", 'Seller: make the Claim "B" stating Amount as USD 70.00.')
    deal.does("", 'Agent: pay USD 70.00 to the Seller from the Fund about "A".')
    deal.fails("", 'Agent: pay USD 30.01 to the Seller from the Fund about "B".', "2")
    deal.does("", 'Agent: pay USD 30.00 to the Seller from the Fund about "B".')

    assert (deal.status("2", "A"), deal.status("2", "B")) == ("fulfilled", "fulfilled")


# ------------------------------------------------------- figures that count payments

EARNED = """
Clause 2 "Instalments":
  "Month End" means an event, every 1 month from 2 October 2005 to 2 December 2005.
  "Out" means a movement, out of the Fund.
  "Earned" means USD 10.00 times the number of Month Ends.
  "Outstanding" means {figure}.
  {sentence}
"""
LESS_PAID = (
    "the Earned less the amount paid under section 2",
    "the Earned less the sum of Amount of every Out",
    "the smaller of the balance of the Fund and (the Earned less the amount paid under section 2)",
)
OWED = "the Agent must pay the Outstanding to the Seller from the Fund within 5 calendar days."


@pytest.mark.parametrize("figure", LESS_PAID)
@pytest.mark.parametrize("sentence", [f"While the Outstanding is more than USD 0.00, then {OWED}", f"T{OWED[1:]}"])
def test_what_is_earned_in_instalments_less_what_was_paid_is_owed_each_time(figure: str, sentence: str) -> None:
    deal = funded(EARNED.format(figure=figure, sentence=sentence))

    deal.does("10:00 on 2 October 2005", "Agent: pay USD 6.00 to the Seller from the Fund.")
    partly = deal.status("2")
    deal.fails("", "Agent: pay USD 4.01 to the Seller from the Fund.")
    deal.does("", "Agent: pay USD 4.00 to the Seller from the Fund.")
    whole = deal.status("2")
    deal.passes("00:00 on 2 November 2005")
    again = deal.status("2")
    deal.fails("", "Agent: pay USD 10.01 to the Seller from the Fund.")
    deal.does("10:00 on 7 November 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")
    paid = deal.status("2")
    deal.passes("00:00 on 8 December 2005")

    assert (partly, whole, again, paid, deal.status("2")) == (
        "active", "fulfilled", "active", "fulfilled", "overdue",
    )  # fmt: skip


def test_a_power_over_what_is_earned_less_what_was_paid_goes_on() -> None:
    deal = funded(
        EARNED.format(
            figure="the Earned less the amount paid under section 2",
            sentence="The Agent may pay the Outstanding to the Seller from the Fund.",
        )
    )
    deal.does("10:00 on 2 October 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")
    deal.fails("", "Agent: pay USD 0.01 to the Seller from the Fund.", "2")
    deal.does("10:00 on 2 November 2005", "Agent: pay USD 10.00 to the Seller from the Fund.")

    assert deal.got("Seller") == "USD 20.00"


def test_the_remainder_of_a_cap_counts_what_was_paid_once() -> None:
    deal = funded(
        'Clause 2 "Fee": The Agent must pay the smaller of USD 80.00 and the remainder under section 2 to the Seller '
        "from the Fund.\n"
        'Clause 3 "Cap": The total paid under section 2 must not exceed USD 50.00 in the life of this agreement.\n'
    )
    deal.does("", "Agent: pay USD 30.00 to the Seller from the Fund.")
    partly = deal.status("2")
    deal.does("", "Agent: pay USD 20.00 to the Seller from the Fund.")

    assert (partly, deal.status("2")) == ("active", "fulfilled")


def test_what_is_missing_is_asked_for_once_and_again_when_more_is_missing() -> None:
    deal = opened(
        'Clause 2 "Top up": While the balance of the Fund is less than USD 100.00, then the Seller must deposit '
        "(USD 100.00 less the balance of the Fund) into the Fund.\n"
        'Clause 3 "Out": The Agent may pay any amount to the Buyer from the Fund.\n'
    )
    deal.does("", "Seller: deposit USD 60.00 into the Fund.")
    partly = deal.status("2")
    deal.does("", "Seller: deposit USD 40.00 into the Fund.")
    whole = deal.status("2")
    deal.does("", "Agent: pay USD 30.00 to the Buyer from the Fund.")
    again = deal.status("2")
    deal.does("", "Seller: deposit USD 30.00 into the Fund.")

    assert (partly, whole, again, deal.holds()) == ("active", "fulfilled", "active", "USD 100.00")


# ------------------------------------------------------------------------ episodes

STOPS = """
Clause 2 "Each time":
  "Stop" means a claim, made by the Buyer.
  "Stopped" means that the number of Stops is at least 1.
  While Stopped applies, then the Agent must pay {amount} to the Seller from the Fund.
"""


def stop_and_go(deal: Deal, paid: str) -> None:
    """A stop, a payment, its end, and another stop."""
    deal.does("", 'Buyer: make the Stop "A".')
    deal.does("", f"Agent: pay {paid} to the Seller from the Fund.")
    deal.does("", 'Buyer: withdraw "A".')
    deal.does("", 'Buyer: make the Stop "B".')


def test_a_figure_that_no_payment_moves_is_owed_once_over_all_episodes() -> None:
    deal = funded(STOPS.format(amount="USD 10.00"))

    stop_and_go(deal, "USD 10.00")

    assert deal.status("2") == "fulfilled"


def test_what_was_paid_of_a_fixed_figure_counts_in_the_next_episode() -> None:
    deal = funded(STOPS.format(amount="USD 10.00"))

    stop_and_go(deal, "USD 4.00")

    deal.fails("", "Agent: pay USD 6.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 6.00 to the Seller from the Fund.")
    assert deal.status("2") == "fulfilled"


def test_a_claim_is_paid_once_over_all_the_times_at_which_there_is_money() -> None:
    deal = opened(
        'Clause 2 "Claims": "Claim" means a claim, made by the Seller, stating Amount as amount.\n'
        "  For each Claim, while the balance of the Fund is more than USD 0.00, then the Agent must pay the smaller of "
        "the Amount of such Claim and the balance of the Fund to the Seller from the Fund.\n"
    )
    deal.does("", 'Seller: make the Claim "C" stating Amount as USD 30.00.')
    deal.does("", "Buyer: deposit USD 20.00 into the Fund.")
    deal.does("", "Agent: pay USD 20.00 to the Seller from the Fund.")
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    again = deal.status("2", "C")
    deal.fails("", "Agent: pay USD 10.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 10.00 to the Seller from the Fund.")

    assert (again, deal.status("2", "C"), deal.holds()) == ("active", "fulfilled", "USD 40.00")


def test_a_part_of_a_fund_is_owed_anew_in_each_episode() -> None:
    deal = funded(STOPS.format(amount="50 percent of the balance of the Fund"))

    stop_and_go(deal, "USD 50.00")

    active = deal.status("2")
    deal.fails("", "Agent: pay USD 25.01 to the Seller from the Fund.", "2")
    deal.does("", "Agent: pay USD 25.00 to the Seller from the Fund.")
    assert (active, deal.status("2")) == ("active", "fulfilled")


# ------------------------------------------------- paid before a late fact took the ground away

GROUND = """
Clause 2 "Refund":
  "Approval" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Seller.
  {word} an Approval has been made and no Stop has been made,
    then the Agent must pay {amount} to the Seller from the Fund within 5 calendar days.
"""


@pytest.mark.parametrize("word", ["When", "While"])
@pytest.mark.parametrize("amount", ["USD 40.00", "40 percent of the balance of the Fund"])
def test_what_was_paid_counts_when_the_ground_that_a_late_fact_took_away_comes_again(word: str, amount: str) -> None:
    deal = funded(GROUND.format(word=word, amount=amount))
    deal.does("10:00 on 2 September 2005", "Buyer: present the Approval.")
    deal.does("11:00 on 2 September 2005", "Agent: pay USD 40.00 to the Seller from the Fund.")
    deal.does("09:00 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    meanwhile = deal.status("2")

    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')

    assert (meanwhile, deal.status("2")) == ("dormant", "fulfilled")
    deal.fails("", "Agent: pay USD 0.01 to the Seller from the Fund.")
    assert deal.holds() == "USD 60.00"


# --------------------------------------------------------- a cap that leaves nothing

CAPPED = """
Clause 2 "Fee":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, {trigger}the Buyer must pay the Amount of such Bill to the Seller.
Clause 3 "Cap":
  The total paid under section 2 must not exceed USD 50.00 {span}; the excess is not payable.
"""
TRIGGERS = ["", "when such Bill has been made, then ", "while such Bill has been made, then "]


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_duty_rests_once_nothing_is_left_of_its_cap(trigger: str) -> None:
    deal = opened(CAPPED.format(trigger=trigger, span="in the life of this agreement"))
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 60.00.')
    deal.does("", 'Seller: make the Bill "B" stating Amount as USD 5.00.')

    paid = deal.does("", 'Buyer: pay USD 60.00 to the Seller about "A".')

    assert "USD 10.00 of USD 60.00 is not payable under section 3" in paid.note
    assert (deal.got("Seller"), deal.status("2", "A"), deal.status("2", "B")) == ("USD 50.00", "fulfilled", "excused")
    assert deal.asks("the excess under section 2 is equal to USD 15.00.") == "true"


def test_a_duty_that_rests_under_a_cap_is_owed_again_once_the_cap_leaves_something() -> None:
    deal = opened(CAPPED.format(trigger="", span="in each calendar year"))
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 60.00.')
    deal.does("", 'Buyer: pay USD 60.00 to the Seller about "A".')
    deal.passes("23:59 on 31 December 2005")
    resting = deal.status("2", "A")
    deal.does("09:00 on 2 January 2006", 'Buyer: pay USD 10.00 to the Seller about "A".')

    assert (resting, deal.status("2", "A"), deal.got("Seller")) == ("fulfilled", "fulfilled", "USD 60.00")


# ------------------------------------------------------------------- below nothing


def test_the_shares_of_an_amount_below_nothing_are_below_nothing_and_add_up_to_it() -> None:
    deal = opened(
        'Clause 2 "Parts": "Lot" means an event, stating Units as number.\n'
        '  At signing, the Lot "A" occurs stating Units as 1.\n  At signing, the Lot "B" occurs stating Units as 2.\n'
        '  "Loss" means USD 0.00 less USD 10.00.\n'
        '  "First" means the share of "A" in the Loss in proportion to Units of every Lot.\n'
        '  "Second" means the share of "B" in the Loss in proportion to Units of every Lot.\n'
    )

    thirds = ["USD 3.34 is equal to USD 0.00 less First.", "USD 6.66 is equal to USD 0.00 less Second."]
    assert [deal.asks(each) for each in thirds] == ["true", "true"]


@pytest.mark.parametrize(
    ("rounding", "cents"), [("down", "0.00"), ("up", "0.01"), ("half up", "0.01"), ("half even", "0.00")]
)
def test_rounding_below_nothing_mirrors_rounding_above_it(rounding: str, cents: str) -> None:
    deal = opened(
        f'Clause 2 "Parts": "Above" means (USD 0.05 times 1 divided by 10 rounded {rounding}).\n'
        f'  "Below" means ((USD 0.00 less USD 0.05) times 1 divided by 10 rounded {rounding}).\n'
    )

    assert deal.asks(f"Above is equal to USD {cents}.") == "true"
    assert deal.asks(f"USD 0.00 less Below is equal to USD {cents}.") == "true"


def test_a_multiple_of_the_balance_is_owed_anew_in_each_time_of_a_while() -> None:
    """Half of what the fund holds: of USD 8.00, and of the USD 4.00 that are left when the condition is true again."""
    deal = opened("""
Clause 2 "Half":
  "Stop" means a claim, made by the Buyer.
  While no Stop has been made,
    then the Agent must pay the balance of the Fund times 1 divided by 2 to the Seller from the Fund.
""")
    deal.does("", "Buyer: deposit USD 8.00 into the Fund.")
    deal.does("", "Agent: pay USD 4.00 to the Seller from the Fund.")
    first = deal.status("2")
    deal.does("", 'Buyer: present the Stop "S".')
    deal.does("", 'Buyer: withdraw the Stop "S".')
    again = deal.status("2")
    deal.does("", "Agent: pay USD 2.00 to the Seller from the Fund.")

    assert (first, again, deal.status("2")) == ("fulfilled", "active", "fulfilled")
