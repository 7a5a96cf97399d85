"""A deal is followed as if what rests on a blank were so, as if it were not, and as if nobody knew.

What each content would have led to is worked out by hand: as if the sentence had said the figure.
"""

import pytest

from dsl import views
from dsl.engine import in_force
from tests.dsl.deals import Deal, opened
from tests.dsl.test_worlds import AFTER, GO, ends_if

LIMIT = """
Clause 2 "Bills":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Default" means an event, about a Bill.
  "Later" means a claim, made by the Buyer.
  For each Bill, when the Amount of such Bill is at least the Limit,
    then the Buyer must pay the Amount of such Bill to the Seller within 24 hours,
      failing which a Default occurs about such Bill.
"""


def billed() -> Deal:
    """A bill of fifty, and two days on a Later, after which all ends where nobody has defaulted."""
    deal = opened(LIMIT + ends_if("no Default has been made"))
    deal.does(GO, 'Seller: make the Bill "A" stating Amount as USD 50.00.')
    deal.does("12:00 on 3 September 2005", "Buyer: make the Later.")
    return deal


def test_what_follows_from_a_duty_that_rests_on_a_blank_is_open() -> None:
    deal = billed()

    assert deal.asks('section 2 is overdue for "A".') == "open"
    assert deal.asks("no Default has been made.") == "open"
    assert deal.asks("this agreement has terminated.") == "open"


@pytest.mark.parametrize(
    "sentence",
    [
        "When USD 1.00 is at least the Limit, then the Buyer must",
        "While the Doubt is read as Accepts, then the Buyer may",
    ],
)
def test_a_section_that_speaks_of_no_bill_is_in_force_for_none_whatever_the_reading(sentence: str) -> None:
    doubt = '  "Doubt" means an ambiguity "Any?" with readings Accepts and Rejects, settled by the Buyer.\n'
    deal = opened(LIMIT + f'\nClause 3 "Other":\n{doubt}  {sentence} pay USD 7.00 to the Seller.\n')
    deal.does(GO, 'Seller: make the Bill "A" stating Amount as USD 50.00.')

    assert deal.asks("section 3 is active.") == "open"
    assert deal.asks('section 3 is dormant for "A".') == "true"


def test_what_follows_where_nothing_rests_on_a_blank_may_have_followed() -> None:
    """A limit of 5 brings no duty, and so a Note; one of 25 brings the duty and none."""
    deal = opened("""
Clause 2 "Note":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Note" means an event.
  When the Limit is at least USD 20.00, then the Seller must pay USD 5.00 to the Buyer.
Clause 3 "Dormant":
  While section 2 is dormant, then a Note occurs.
""")

    assert deal.asks("no Note has been made.") == "open"


def test_a_blank_beside_something_that_is_still_to_come_is_followed_too() -> None:
    """With a limit of 25 the Seller was late on 4 September; without one he has to pay from the Go on."""
    deal = opened("""
Clause 2 "Pay":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Go" means a claim, made by the Buyer.
  "Fine" means an event.
  When the Limit is at least USD 20.00 or a Go has been made, then the Seller must pay USD 10.00 to the Buyer within 48
    hours, failing which a Fine occurs.
""")
    deal.does(AFTER, "Buyer: make the Go.")

    assert [deal.asks(each) for each in ("no Fine has been made.", "section 2 is overdue.")] == ["open", "open"]


def test_who_fills_a_role_is_open_where_a_blank_decides_whether_the_section_waits() -> None:
    deal = opened("""
Clause 2 "Role" subject to section 3 by suspension while the Limit is at least USD 20.00:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Go" means a claim, made by the Buyer.
  While a Go has been made, then "Hudson" becomes the Agent.
Clause 3 "Above":
  The Seller must pay USD 10.00 to the Buyer.
""")
    deal.does(GO, "Buyer: make the Go.")

    assert deal.asks('the Agent is filled by "Hudson".') == "open"


def test_a_section_is_suspended_or_not_by_what_a_blank_holds_beside_another_that_frees_its_bearer() -> None:
    """With a limit of 5 the duty waits; with one of 25 the Seller is free of it."""
    deal = opened("""
Clause 2 "Pay" subject to section 3 by suspension while the balance of the Fund is at least the Limit:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  The Seller must pay USD 10.00 to the Buyer.
Clause 3 "Above":
  The Seller may deposit any amount into the Fund.
Clause 4 "Free":
  While the Limit is more than USD 5.00, then the Seller is discharged.
""")
    deal.does(GO, "Buyer: deposit USD 100.00 into the Fund.")

    statuses = ("active", "suspended", "discharged")
    assert [deal.asks(f"section 2 is {each}.") for each in statuses] == ["open", "open", "open"]


@pytest.mark.parametrize("limit", ["5.00", "25.00"])
def test_filled_as_of_the_opening_a_blank_lets_happen_what_falls_due_then_whether_or_not_it_ends_all(
    limit: str,
) -> None:
    deal = opened("""
Clause 2 "End":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  While the Limit is at least USD 20.00, then this agreement terminates.
Clause 3 "Vacant":
  The Agent becomes vacant.
""")
    deal.does("09:00 on 1 September 2005", f"Buyer: fill the Limit with USD {limit}.", AFTER)

    assert deal.asks("the Agent is vacant.") == "true"
    assert deal.asks("this agreement has terminated.") == ("true" if limit == "25.00" else "false")


def test_filled_so_that_nothing_was_due_the_blank_settles_it() -> None:
    deal = billed()
    deal.does("", "Buyer: fill the Limit with USD 60.00.")

    assert deal.asks('section 2 is dormant for "A".') == "true"
    assert deal.asks("this agreement has terminated.") == "true"


def test_ever_more_blanks_lead_to_so_many_worlds_at_most_and_stay_open() -> None:
    names = [f"Limit {letter}" for letter in "ABCDEF"]
    deal = opened(
        '\nClause 2 "Bills":\n  "Bill" means a claim, made by the Seller, stating Amount as amount.\n'
        + "".join(f'  "{name}" means an optional blank amount of USD, filled by the Buyer.\n' for name in names)
        + "".join(
            f"  For each Bill, when the Amount of such Bill is at least the {name},\n"
            f"    then the Buyer must pay USD {number}.00 to the Seller.\n"
            for number, name in enumerate(names, 1)
        )
    )
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 50.00.')

    assert len(deal.state.worlds) == 27
    numbers = ("first", "second", "third", "fourth", "fifth", "sixth")
    assert {deal.asks(f'section 2, {number} sentence is active for "A".') for number in numbers} == {"open"}


def test_a_duty_that_one_limit_ends_and_another_replaces_may_have_been_discharged() -> None:
    """With a limit of 25 all ends, and nothing stands above the duty; with one of 5 another duty replaces it."""
    deal = opened("""
Clause 2 "Duty" subject to section 3 by replacement:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Report" means a claim, made by the Seller.
  The Seller must make a Report.
Clause 3 "Above":
  While the Limit is at least USD 20.00, then this agreement terminates.
  While the Limit is less than USD 20.00, then the Buyer must pay USD 5.00 to the Seller.
""")

    assert [deal.asks(f"section 2 is {each}.") for each in ("discharged", "superseded")] == ["open", "open"]


def test_a_duty_that_may_have_ended_with_the_agreement_is_shown_as_open_with_its_clause() -> None:
    """A Limit of 25 ends the agreement; one of 5 does not, and one of 10 would, but suspends that."""
    deal = opened("""
Clause 2 "End" subject to section 3 by suspension:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  While the Limit is more than USD 5.00, then this agreement terminates.
Clause 3 "Hold":
  While the Limit is less than USD 20.00, then the Agent must hold USD 10.00 in the Fund.
Clause 4 "Pay":
  The Seller must pay USD 5.00 to the Buyer.
""")
    law = in_force(deal.agreement, deal.state)

    assert [each.status for each in views.norms(law, deal.state) if each.section == "4"] == ["open"]
    assert [each.status for each in views.clauses(law, deal.state) if each.section == "4"] == ["open"]

    deal.does("", "Buyer: fill the Limit with USD 5.00.")

    assert [each.status for each in views.norms(law, deal.state) if each.section == "4"] == ["active"]
    assert [each.status for each in views.clauses(law, deal.state) if each.section == "4"] == ["active"]
