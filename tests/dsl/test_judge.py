"""Conditions judged by hand: lists, comparisons, dates, picks, sums, readings, blanks and what is missing yet."""

import pytest

from dsl.terms import NameValue
from tests.dsl.deals import Deal, opened, usd

CLAIMS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount and Due as date and Sort as one of (Tax, Other)
    and Urgent as yes-or-no.
  "Reply" means a claim, made by the Buyer, about a Claim, stating Accepted as yes-or-no.
  "Answered" of a Claim means that a Reply about such Claim has been made.
  "Open Matters" means the number of Claim which is not Answered.
  "Large" of a Claim means that the Amount of such Claim is at least USD 50.00.
"""


@pytest.fixture
def claims() -> Deal:
    """Three claims: C-1 for 30 due on the 5th, C-2 for 70 due on the 9th and urgent, C-3 for 70 due on the 7th."""
    deal = opened(CLAIMS)
    for hour, name, amount, day, sort, urgent in (
        (10, "C-1", "30.00", 5, "Tax", "no"),
        (11, "C-2", "70.00", 9, "Other", "yes"),
        (12, "C-3", "70.00", 7, "Tax", "no"),
    ):
        deal.does(
            f"{hour}:00 on 1 September 2005",
            f'Seller: present the Claim "{name}" stating Amount as USD {amount} and Due as {day} September 2005'
            f" and Sort as {sort} and Urgent as {urgent}.",
        )
    deal.does("13:00 on 1 September 2005", 'Buyer: present the Reply "R" about "C-2" stating Accepted.')
    return deal


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("the number of Claim is equal to 3", "true"),
        ("the number of Claim is more than 3", "false"),
        ("the sum of the Amount of every Claim is equal to USD 170.00", "true"),
        ("the sum of the Amount of every Claim which is Large is equal to USD 140.00", "true"),
        ("the sum of the Amount of every Claim whose Sort is Tax is equal to USD 100.00", "true"),
        ("the number of Claim which states Urgent is equal to 1", "true"),
        ("the number of Claim which is Answered is equal to 1", "true"),
        ("Open Matters is equal to 2", "true"),
        ("the Amount of the largest Claim is equal to USD 70.00", "true"),
        ("the Amount of the smallest Claim is equal to USD 30.00", "true"),
        ('the largest Claim is "C-3"', "true"),
        ("the Due of the latest Claim is equal to 7 September 2005", "true"),
        ("the Due of the earliest Claim is before 6 September 2005", "true"),
        ("the Sort of the earliest Claim is Tax", "true"),
        ("the Sort of the earliest Claim is not Tax", "false"),
        ("the Maker of the latest Claim is the Seller", "true"),
        ('the Claim of the latest Reply is "C-2"', "true"),
        ("the Amount of the Claim of the latest Reply is equal to USD 70.00", "true"),
        ('"C-2" states Urgent', "true"),
        ('"C-1" states Urgent', "false"),
        ('"C-2" is Answered', "true"),
        ('"C-1" is Answered', "pending"),
        ("every Claim is Answered", "pending"),
        ("every Claim is Large", "false"),
        ('the making of "C-1" is equal to 10:00 on 1 September 2005', "true"),
        ('the making of "C-1" is before 2 September 2005', "true"),
        ('the making of "C-1" is not after 1 September 2005', "true"),
        ("the making of the latest Claim is after the making of the earliest Claim", "true"),
        ('the later of 5 September 2005 and the Due of "C-2" is equal to 9 September 2005', "true"),
        ('the earlier of 5 September 2005 and the Due of "C-2" is equal to 5 September 2005', "true"),
        ('the larger of USD 5.00 and the Amount of "C-1" is equal to USD 30.00', "true"),
        ('the smaller of USD 5.00 and the Amount of "C-1" is equal to USD 5.00', "true"),
        ('the Amount of "C-1" plus USD 1.00 less USD 0.50 is equal to USD 30.50', "true"),
        ('33.3 percent of the Amount of "C-1" is equal to USD 9.99', "true"),
        ('0.05 percent of the Amount of "C-1" is equal to USD 0.02', "true"),
        ('2 business days after the Due of "C-1" is equal to 7 September 2005', "true"),
        ('1 business day before the Due of "C-1" is equal to 2 September 2005', "true"),
        ("1 month after 31 January 2005 is equal to 28 February 2005", "true"),
        ("1 September 2005 has come", "true"),
        ("1 September 2005 has passed", "pending"),
        ("31 August 2005 has passed", "true"),
        ("13:00 on 1 September 2005 has come", "true"),
        ("13:00 on 1 September 2005 has passed", "pending"),
        ('the Due of "C-9" is equal to 7 September 2005', "pending"),
    ],
)
def test_a_figure_is_what_it_says(claims: Deal, question: str, truth: str) -> None:
    assert claims.asks(f"{question}.") == truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ('all of (i) "C-2" is Large; and (ii) "C-1" is Large', "false"),
        ('all of (i) "C-2" is Large; and (ii) "C-1" is Answered', "pending"),
        ('any of (i) "C-2" is Large; or (ii) "C-1" is Answered', "true"),
        ('none of (i) "C-1" is Large; (ii) "C-1" states Urgent', "true"),
        ('none of (i) "C-1" is Answered; (ii) "C-1" states Urgent', "pending"),
        ('at least 2 of (i) "C-2" is Large; (ii) "C-1" is Answered; (iii) "C-3" is Large', "true"),
        ('at least 3 of (i) "C-2" is Large; (ii) "C-1" is Answered; (iii) "C-3" is Large', "pending"),
        ('at least 3 of (i) "C-1" is Large; (ii) "C-1" is Answered; (iii) "C-3" is Large', "false"),
        ('"C-2" is Large and "C-3" is Large', "true"),
        ('"C-1" is Large or "C-3" is Large', "true"),
        ('"C-1" is not Large', "true"),
    ],
)
def test_a_list_is_as_true_as_its_items(claims: Deal, question: str, truth: str) -> None:
    assert claims.asks(f"{question}.") == truth


def test_a_list_says_how_much_of_it_is_met(claims: Deal) -> None:
    reason = claims.why('at least 2 of (i) "C-2" is Large; (ii) "C-1" is Answered; (iii) "C-1" states Urgent.')

    assert reason.note == "1 of 3"
    assert [child.truth.value for child in reason.children] == ["true", "pending", "false"]


def test_a_date_passes_at_the_end_of_its_day_in_the_zone() -> None:
    deal = opened(
        'Clause 2 "End": "Over" means that 5 September 2005 has passed. "Here" means that 5 September 2005 has come.'
    )

    for when, here, over in (
        ("23:59 on 4 September 2005", "pending", "pending"),
        ("00:00 on 5 September 2005", "true", "pending"),
        ("23:59 on 5 September 2005", "true", "pending"),
        ("00:00 on 6 September 2005", "true", "true"),
    ):
        deal.passes(when)
        assert (deal.asks("Here applies."), deal.asks("Over applies.")) == (here, over)


def test_a_calendar_that_ends_leaves_a_date_open() -> None:
    deal = opened('Clause 2 "Far": "Far" means that 2 business days after 1 September 2905 has come.')

    reason = deal.why("Far applies.")

    assert reason.truth.value == "open"


# ---------------------------------------------------------------------- ending

ENDING = """
Clause 2 "End":
  "Effect" means an ambiguity "?" with readings At Once and Never, settled by the Buyer and the Seller.
  "Last Fee" means an optional blank amount, filled by the Buyer.
  "Leave" means a claim, made by the Agent.
  For each Leave, when such Leave has been made and the Effect is read as At Once, then this agreement terminates.
  When the Last Fee is more than USD 10.00, then this agreement terminates.
  Section 2 survives.
"""


def test_whether_it_has_ended_is_open_while_that_rests_on_a_reading() -> None:
    deal = opened(ENDING, Last_Fee=usd("5.00"))
    assert deal.asks("this agreement has terminated.") == "false"

    deal.does("10:00 on 1 September 2005", 'Agent: present the Leave "L-1".')
    reason = deal.why("this agreement has terminated.")
    assert reason.truth.value == "open"
    assert [wait.about for wait in reason.awaited()] == ["Effect"]

    for party in ("Buyer", "Seller"):
        deal.does("11:00 on 1 September 2005", f"{party}: choose Never for the Effect.")
    assert deal.asks("this agreement has terminated.") == "false"
    for party in ("Buyer", "Seller"):
        deal.does("12:00 on 1 September 2005", f"{party}: choose At Once for the Effect.")
    assert deal.asks("this agreement has terminated.") == "true"


def test_whether_it_has_ended_is_open_while_that_rests_on_a_blank() -> None:
    deal = opened(ENDING)
    assert deal.asks("this agreement has terminated.") == "open"

    deal.does("10:00 on 1 September 2005", "Buyer: fill the Last Fee with USD 10.00.")
    assert deal.asks("this agreement has terminated.") == "false"
    deal.does("11:00 on 1 September 2005", "Buyer: fill the Last Fee with USD 11.00.")
    assert deal.asks("this agreement has terminated.") == "true"


def test_an_end_that_asks_whether_it_has_come_never_comes() -> None:
    deal = opened('Clause 2 "End":\n  When this agreement has terminated, then this agreement terminates.')

    assert deal.asks("this agreement has terminated.") == "false"


# -------------------------------------------------------------------- openness

OPEN = """
Clause 2 "Open":
  "Rate" means an optional blank amount, filled by the Buyer and the Seller.
  "Account" means an ambiguity "?" with readings Kept and Shared, settled by the Buyer and the Seller.
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Doubtful" of a Claim means that the Account is read as Shared.
  The Agent may pay the Rate to the Seller from the Fund.
"""


def test_a_figure_left_blank_is_open_and_nothing_is_paid_by_it() -> None:
    deal = opened(OPEN)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    assert deal.asks("the Rate is more than USD 1.00.") == "open"
    assert deal.asks("the Rate is blank.") == "true"
    assert "Rate" in deal.fails("", "Agent: pay USD 5.00 to the Seller from the Fund.", "2")
    deal.does("", "Buyer: fill Rate with USD 5.00.")
    assert deal.asks("the Rate is filled.") == "false"
    deal.does("", "Seller: fill Rate with USD 5.00.")

    assert deal.asks("the Rate is filled.") == "true"
    deal.does("", "Agent: pay USD 5.00 to the Seller from the Fund.")


def test_a_blank_can_be_filled_at_the_opening() -> None:
    assert opened(OPEN, Rate=usd("5.00")).asks("the Rate is equal to USD 5.00.") == "true"


def test_settling_one_thing_does_not_unsettle_another() -> None:
    deal = opened(OPEN)

    deal.does("", "Buyer: fill Rate with USD 5.00.")
    deal.does("", "Buyer: choose Kept for Account.")
    deal.does("", "Seller: fill Rate with USD 5.00.")

    assert deal.asks("the Rate is filled.") == "true"


def test_two_who_disagree_settle_nothing_until_one_gives_way() -> None:
    deal = opened(OPEN)

    deal.does("", "Buyer: choose Kept for Account.")
    deal.does("", "Seller: choose Shared for Account.")
    assert deal.asks("the Account is read as Kept.") == "open"
    deal.does("", "Buyer: choose Shared for Account.")

    assert deal.asks("the Account is read as Shared.") == "true"
    deal.fails("", "Agent: choose Kept for Account.", "2")


def test_what_is_the_same_under_every_reading_is_certain() -> None:
    deal = opened(OPEN)

    assert deal.asks("any of (i) the Account is read as Kept; or (ii) the Account is read as Shared.") == "true"
    assert deal.asks("all of (i) the Account is read as Kept; and (ii) the Account is read as Shared.") == "false"
    assert deal.asks("the Account is read as Kept.") == "open"


def test_what_rests_on_an_open_filter_is_open() -> None:
    deal = opened(OPEN)
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 10.00.')

    assert deal.asks("a Claim which is Doubtful has been made.") == "open"
    assert deal.asks("no Claim which is Doubtful has been made.") == "open"
    assert deal.asks("the number of Claim which is Doubtful is equal to 0.") == "open"
    assert deal.asks("the sum of the Amount of every Claim which is Doubtful is equal to USD 0.00.") == "open"
    assert deal.asks("the number of Claim which is Doubtful is at most 1.") == "true"
    assert deal.asks("every Claim is Doubtful.") == "open"


def test_a_filter_that_is_pending_does_not_hide_one_that_is_open() -> None:
    deal = opened(
        """
Clause 2 "Mixed":
  "Account" means an ambiguity "?" with readings Kept and Shared.
  "Claim" means a claim, made by the Seller, stating Sure as yes-or-no.
  "Objection" means a claim, made by the Buyer, about a Claim.
  "Bad" of a Claim means that any of
    (i) all of (A) such Claim states Sure; and (B) an Objection about such Claim has been made; or
    (ii) all of (A) such Claim states Sure; and (B) such Claim states Sure; and (C) the Account is read as Kept.
"""
    )
    deal.does("", 'Seller: present the Claim "C-1" stating Sure.')
    deal.does("", 'Seller: present the Claim "C-2" stating Sure as no.')

    assert deal.asks("no Claim which is Bad has been made.") == "open"


# ------------------------------------------------------------------------ plans

PLANS = """
Clause 2 "Plans":
  "Plan" means a writing, made by the Buyer, stating Payments as payments.
  No Plan is valid unless such Plan allots exactly USD 10.00.
  No Plan is valid unless the amount payable to the Seller under such Plan is at least USD 4.00.
"""


@pytest.mark.parametrize(
    ("payments", "valid"),
    [
        ("USD 10.00 to the Seller", True),
        ("USD 4.00 to the Seller, USD 6.00 to the Agent", True),
        ("USD 2.00 to the Seller, USD 6.00 to the Agent, USD 2.00 to the Seller", True),
        ("USD 3.99 to the Seller, USD 6.01 to the Agent", False),
        ("USD 9.99 to the Seller", False),
        ("USD 10.01 to the Seller", False),
        ("EUR 10.00 to the Seller", False),
    ],
)
def test_a_plan_is_valid_when_it_allots_what_it_must(payments: str, valid: bool) -> None:
    deal = opened(PLANS)

    answer = deal.tries("", f'Buyer: present the Plan "P" stating Payments as {payments}.')

    assert (type(answer).__name__ == "Acted") is valid


def test_a_person_stated_by_name_can_take_a_role() -> None:
    deal = opened(
        """
Clause 2 "Succession":
  "Handover" means an event, made by the Seller, stating Successor as text.
  For each Handover, when such Handover has been made,
    then the Successor of such Handover becomes the Maker of such Handover.
"""
    )

    deal.does("", 'Seller: report a Handover stating Successor as "New Seller, Inc.".')

    assert deal.state.fillers["Seller"] == "New Seller, Inc."
    assert NameValue("Seller").name == "Seller"


# ---------------------------------------------------------- what is still missing

MISSING = """
Clause 2 "Things":
  "Claim" means a claim, made by the Seller, stating Amount as amount and Size as number and Urgent as yes-or-no.
  "Reply" means a claim, made by the Buyer, about a Claim.
  "Deed" means a writing, signed by the Buyer and the Seller, stating Payments as payments.
  "Large" of a Claim means that the Amount of such Claim is at least USD 50.00.
  "Day" means an optional blank date.
  "Limit" means an optional blank amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller
    within 3 calendar days.
  The total paid under section 2 must not exceed the Limit in the life of this agreement.
"""


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("10 percent of the Amount of the latest Claim is more than USD 1.00", "pending"),
        ("the Amount of a Claim is more than USD 1.00", "pending"),
        ("the Amount of the latest Claim plus USD 1.00 is more than USD 1.00", "pending"),
        ("the larger of USD 1.00 and the Amount of the latest Claim is more than USD 1.00", "pending"),
        ("1 calendar day after the making of the latest Claim has come", "pending"),
        ("the making of the latest Claim is before 5 September 2005", "pending"),
        ("the amount payable to the Seller under the latest Deed is more than USD 1.00", "pending"),
        ("the latest Deed allots exactly USD 1.00", "pending"),
        ('"C-9" is Large', "pending"),
        ('"C-9" states Urgent', "pending"),
        ('"C-9" has been made', "pending"),
        ('section 2 has been performed for "C-9"', "pending"),
        ('the deadline of section 2 for "C-9" has passed', "pending"),
        ("a Reply about the latest Claim has been made", "pending"),
        ("no Reply about the latest Claim has been made", "true"),
        ("a Claim has been made before the Day", "pending"),
        ("the Day has come", "open"),
        ("the remainder under section 2 is more than USD 1.00", "open"),
    ],
)
def test_what_is_not_there_yet_is_waited_for(question: str, truth: str) -> None:
    assert opened(MISSING).asks(f"{question}.") == truth


def test_what_is_half_done_has_no_instant_yet() -> None:
    deal = opened(MISSING)
    deal.does("", 'Buyer: sign the Deed "D" stating Payments as USD 5.00 to the Seller.')

    assert deal.asks('the completion of "D" is before 5 September 2005.') == "pending"
    assert deal.asks("the amount payable to the Seller under the latest Deed is more than USD 1.00.") == "pending"
    assert deal.asks('the amount payable to the Agent under "D" is equal to USD 0.00.') == "true"


def test_a_bound_that_is_not_known_leaves_it_undecided() -> None:
    deal = opened(MISSING)
    deal.does("", "Seller: present a Claim stating Amount as USD 5.00 and Size as 3 and Urgent.")

    assert deal.asks("a Claim has been made before the Day.") == "open"
    assert deal.asks("a Claim has been made after the Day.") == "open"


def test_numbers_add_up() -> None:
    deal = opened(MISSING)
    for size in (3, 4):
        deal.does("", f"Seller: present a Claim stating Amount as USD 5.00 and Size as {size} and Urgent.")

    assert deal.asks("the sum of the Size of every Claim is equal to 7.") == "true"
    assert deal.asks("the number of Claim plus 2 less 1 is equal to 3.") == "true"
    assert deal.asks("the Amount of a Claim is equal to USD 5.00.") == "true"
    assert deal.asks("the Size of a Claim is equal to 3.") == "true"


def test_a_payment_under_a_cap_that_is_left_blank_is_refused() -> None:
    deal = opened(MISSING)
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00 and Size as 3 and Urgent.')

    assert "not known" in deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "C".')
