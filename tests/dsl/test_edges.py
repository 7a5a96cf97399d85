"""Edges between sections of which only some sentences range over rows."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from dsl.views import clauses
from tests.dsl.deals import HEAD, Deal, opened, problems

BILLS = """
Clause 2 "Bills" {edge}:
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then the Buyer must pay USD 5.00 to the Seller.
  The Buyer must pay USD 9.00 to the Agent.

Clause 3 "Queries" {other}:
  "Query" means a claim, made by the Buyer, about a Bill.
  "Queried" of a Bill means that a Query about such Bill has been made.
  {sentence}
"""


def test_an_edge_for_such_row_holds_for_the_sentences_over_rows_and_leaves_the_others_alone() -> None:
    edge = "subject to section 3 by suspension while such Bill is Queried"
    deal = opened(BILLS.format(edge=edge, other="", sentence=""))

    deal.does("", 'Seller: make the Bill "B-1".')
    deal.does("", 'Seller: make the Bill "B-2".')
    deal.does("", 'Buyer: make the Query about "B-1".')

    assert (deal.status("2", "B-1"), deal.status("2", "B-2"), deal.status("2")) == ("suspended", "active", "active")
    deal.does("", "Buyer: pay USD 9.00 to the Agent.")


@pytest.mark.parametrize("edge", ["subject to section 3 by suspension while such Bill is Queried", ""])
def test_an_edge_for_such_row_holds_the_same_from_either_end(edge: str) -> None:
    other = "" if edge else "notwithstanding section 2 by suspension while such Bill is Queried"
    deal = opened(BILLS.format(edge=edge, other=other, sentence=""))
    deal.does("", 'Seller: make the Bill "B-1".')
    deal.does("", 'Seller: make the Bill "B-2".')

    deal.does("", 'Buyer: make the Query about "B-1".')

    assert (deal.status("2", "B-1"), deal.status("2", "B-2"), deal.status("2")) == ("suspended", "active", "active")


def test_a_condition_of_such_row_is_asked_of_its_own_row() -> None:
    edge = "subject to section 3 by condition while such Bill is Queried"
    deal = opened(BILLS.format(edge=edge, other="", sentence=""))
    deal.does("", 'Seller: make the Bill "B-1".')

    refused = deal.fails("", 'Buyer: pay USD 5.00 to the Seller about "B-1".')
    deal.does("", "Buyer: pay USD 9.00 to the Agent.")
    deal.does("", 'Buyer: make the Query about "B-1".')
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "B-1".')

    assert "a Query about such Bill has been made" in refused


def test_an_edge_over_a_section_that_ranges_over_no_such_row_is_a_mistake() -> None:
    over = "For each Query, when such Query has been made, then the Seller must pay USD 1.00 to the Agent."
    edge = "notwithstanding section 2 by suspension while the number of Queries about the Bill of such Query is 1"

    told = problems(HEAD + BILLS.format(edge="", other=edge, sentence=over))

    assert "No sentence of section 2 ranges over Query" in told
    assert "For each Query, ..." in told


def test_what_a_duty_may_displace_is_open_while_it_is_open_whether_the_duty_is_in_force() -> None:
    deal = opened(
        """
Clause 2 "Pay" subject to section 3 by suspension:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  The Agent may pay any amount to the Seller from the Fund.

Clause 3 "Hold":
  While the Limit is at least USD 50.00, then the Agent must hold the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    told = deal.fails("", "Agent: pay USD 10.00 to the Seller from the Fund.", "3")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")
    deal.does("", "Agent: pay USD 10.00 to the Seller from the Fund.")

    assert "section 2 may be displaced by section 3" in told
    assert "waits for: the blank Limit" in told


@pytest.mark.parametrize("edge", ["by condition while the Approved applies", "by condition"])
def test_what_happens_by_itself_waits_for_the_condition_of_an_edge(edge: str) -> None:
    deal = opened(
        f"""
Clause 2 "Pass" subject to section 3 {edge}:
  When 2 September 2005 has come, then USD 10.00 passes from the Fund to the Seller.

Clause 3 "Approval":
  "Approval" means a finding, made by the Buyer.
  "Approved" means that an Approval has been made.
  The Buyer must find an Approval promptly.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.passes("10:00 on 5 September 2005")
    before = deal.holds()
    deal.does("", "Buyer: find the Approval.")

    assert (before, deal.holds()) == ("USD 100.00", "USD 90.00")


@pytest.mark.parametrize("first", ["suspension", "replacement"])
def test_what_is_replaced_does_not_wait_whichever_edge_is_written_first(first: str) -> None:
    edges = {
        "suspension": "by suspension while the Stopped applies",
        "replacement": "by replacement while the Void applies",
    }
    order = [first, *(mode for mode in edges if mode != first)]
    deal = opened(
        f"""
Clause 2 "Pay" {" ".join(f"subject to section 3 {edges[mode]}" for mode in order)}:
  The Buyer must pay USD 5.00 to the Seller within 5 calendar days.

Clause 3 "Stop and judgment":
  "Stop" means a claim, made by the Agent.
  "Judgment" means a claim, made by the Agent.
  "Stopped" means that a Stop has been made.
  "Void" means that a Judgment has been made.
"""
    )

    deal.does("", 'Agent: make the Stop "S".')
    stopped = deal.status("2")
    deal.does("", 'Agent: make the Judgment "J".')
    judged = deal.status("2")
    deal.does("", 'Agent: withdraw "J".')

    assert (stopped, judged, deal.status("2")) == ("suspended", "superseded", "superseded")


REPLACED = """
Clause 2 "Payout" subject to section 3 by replacement while the Void applies:
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then USD 5.00 passes from the Fund to the Seller.

Clause 3 "Void":
  "Judgment" means a claim, made by the Agent.
  "Void" means that a Judgment has been made.
"""


def replaced(text: str = REPLACED) -> Deal:
    deal = opened(text)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    return deal


def test_what_would_have_happened_while_its_section_was_replaced_does_not_happen_afterwards() -> None:
    """As with duties: the row of that time is superseded for good, one that comes later is not."""
    deal = replaced()

    deal.does("", 'Agent: make the Judgment "J".')
    deal.does("", 'Seller: make the Bill "B-1".')
    deal.does("10:00 on 2 September 2005", 'Agent: withdraw "J".')
    afterwards = deal.holds()
    deal.does("", 'Seller: make the Bill "B-2".')

    assert (afterwards, deal.holds()) == ("USD 100.00", "USD 95.00")


def test_it_is_told_that_what_a_section_brings_about_is_superseded() -> None:
    deal = replaced()
    deal.does("", 'Agent: make the Judgment "J".')
    deal.does("", 'Seller: make the Bill "B-1".')
    deal.does("10:00 on 2 September 2005", 'Agent: withdraw "J".')

    told = [each for each in deal.state.changes if each.section == "2"]
    reason = explain(deal.agreement, deal.state, "2")
    (clause,) = (each for each in clauses(deal.agreement, deal.state) if each.section == "2")

    assert [(each.text, each.cause) for each in told] == [
        ('what it brings about is superseded for "B-1"', "section 3"),
    ]
    assert 'superseded for "B-1" since 09:00 on 1 September 2005' in render_reason(reason)
    assert "happened" not in render_reason(reason)
    assert clause.status == "superseded"


def test_what_waited_for_an_amount_when_its_section_is_replaced_does_not_happen_either() -> None:
    """The duty to pay an amount that is not known yet would be superseded then, too."""
    deal = replaced(REPLACED.replace("USD 5.00", "the Fee") + '  "Fee" means an optional blank amount.\n')
    deal.does("", 'Seller: make the Bill "B-1".')
    deal.does("", 'Agent: make the Judgment "J".')
    deal.does("", 'Agent: withdraw "J".')

    for who in ("Buyer", "Seller", "Agent"):
        deal.does("", f"{who}: fill the Fee with USD 7.00.")

    assert deal.holds() == "USD 100.00"


def test_what_happened_before_its_section_was_replaced_stays() -> None:
    deal = replaced()
    deal.does("", 'Seller: make the Bill "B-1".')

    deal.does("", 'Agent: make the Judgment "J".')

    assert deal.holds() == "USD 95.00"
    assert 'happened for "B-1"' in render_reason(explain(deal.agreement, deal.state, "2"))


def test_while_it_is_open_whether_its_section_is_replaced_it_waits() -> None:
    text = REPLACED.replace("a Judgment has been made.", "the Limit is at least USD 10.00.")
    deal = replaced(text + '  "Limit" means an optional blank amount.\n')
    deal.does("", 'Seller: make the Bill "B-1".')
    waiting = deal.holds()

    for who in ("Buyer", "Seller", "Agent"):
        deal.does("", f"{who}: fill the Limit with USD 7.00.")

    assert (waiting, deal.holds()) == ("USD 100.00", "USD 95.00")


def test_all_that_one_sentence_makes_happen_is_superseded_together() -> None:
    deal = replaced(
        REPLACED.replace(
            "For each Bill, when such Bill has been made, then USD 5.00 passes from the Fund to the Seller.",
            "When a Bill has been made, then "
            "USD 5.00 passes from the Fund to the Seller, and this agreement terminates.",
        )
    )
    deal.does("", 'Agent: make the Judgment "J".')
    deal.does("", 'Seller: make the Bill "B-1".')

    deal.does("10:00 on 2 September 2005", 'Agent: withdraw "J".')

    assert deal.holds() == "USD 100.00"
    assert deal.state.terminated is None


def test_a_day_that_recurs_brings_nothing_about_where_its_section_is_replaced_on_it() -> None:
    deal = replaced(
        """
Clause 2 "Rent" subject to section 3 by replacement while the Void applies:
  "Rent Day" means an event, every 1 month from 5 September 2005.
  For each Rent Day, USD 5.00 passes from the Fund to the Seller.

Clause 3 "Void":
  "Judgment" means a claim, made by the Agent.
  "Void" means that a Judgment has been made.
"""
    )
    deal.does("", 'Agent: make the Judgment "J".')
    deal.does("10:00 on 6 September 2005", 'Agent: withdraw "J".')
    first = deal.holds()

    deal.passes("10:00 on 6 October 2005")

    assert (first, deal.holds()) == ("USD 100.00", "USD 95.00")


NEEDS = """
Clause 2 "Key":
  "Key" means an act.
  The Buyer may make a Key.

Clause 3 "Price" subject to section 2 by condition:
  "Default" means an event.
  The Seller must pay USD 9.00 to the Buyer within {time}, failing which a Default occurs.
"""


@pytest.mark.parametrize(
    ("time", "last", "over"),
    [
        ("2 calendar days", "23:59 on 10 September 2005", "00:00 on 11 September 2005"),
        ("48 hours", "11:00 on 10 September 2005", "11:01 on 10 September 2005"),
    ],
)
def test_nobody_is_late_with_what_an_edge_by_condition_holds_back(time: str, last: str, over: str) -> None:
    """Begun on 1 September 2005, held back at once; the key comes at 11:00 on 8 September, and the whole time is left:
    two days end with 10 September, 48 hours at 11:00 on it."""
    deal = opened(NEEDS.format(time=time))
    deal.passes("11:00 on 8 September 2005")
    assert deal.asks("no Default has been made.") == "true"
    deal.fails("", "Seller: pay USD 9.00 to the Buyer.", "2")

    deal.does("", "Buyer: make the Key.")

    assert deal.status("3") == "active"
    deal.passes(last)
    assert (deal.status("3"), deal.asks("no Default has been made.")) == ("active", "true")
    deal.passes(over)
    assert (deal.status("3"), deal.asks("a Default has been made.")) == ("overdue", "true")


def test_what_is_paid_once_its_condition_is_met_is_in_time() -> None:
    deal = opened(NEEDS.format(time="2 calendar days"))
    deal.does("11:00 on 8 September 2005", "Buyer: make the Key.")

    deal.does("10:00 on 9 September 2005", "Seller: pay USD 9.00 to the Buyer.")

    deal.passes("10:00 on 30 September 2005")
    assert (deal.status("3"), deal.asks("no Default has been made.")) == ("fulfilled", "true")


def test_an_explanation_says_what_holds_a_duty_back_and_that_its_clock_stands_still() -> None:
    deal = opened(NEEDS.format(time="2 calendar days"))
    deal.passes("11:00 on 8 September 2005")

    told = " ".join(render_reason(explain(deal.agreement, deal.state, "3")).split())

    assert "section 2 is not exercised yet: that is for Buyer" in told
    assert "its clock stands still since" in told


def test_while_it_is_open_whether_the_condition_of_an_edge_is_met_it_is_open_whether_somebody_is_late() -> None:
    """The limit is not known: where it is 10.00 the time ended on 3 September, where it is 90.00 it never ran."""
    deal = opened(
        """
Clause 2 "Limit":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Small" means that the Limit is at most USD 50.00.

Clause 3 "Price" subject to section 2 by condition while the Small applies:
  "Default" means an event.
  The Seller must pay USD 9.00 to the Buyer within 2 calendar days, failing which a Default occurs.
"""
    )
    deal.passes("11:00 on 8 September 2005")

    assert deal.asks("section 3 is overdue.") == "open"
    assert deal.asks("a Default has been made.") != "true"


def test_a_refusal_by_condition_says_who_is_to_perform_a_duty_or_may_exercise_a_power() -> None:
    power = opened(NEEDS.format(time="2 calendar days"))
    duty = opened(NEEDS.format(time="2 calendar days").replace("may make a Key", "must make a Key"))

    used = power.fails("", "Seller: pay USD 9.00 to the Buyer.", "2")
    done = duty.fails("", "Seller: pay USD 9.00 to the Buyer.", "2")

    assert "section 2 is not exercised yet: that is for Buyer" in used
    assert "section 2 is not performed yet: that is for Buyer" in done
