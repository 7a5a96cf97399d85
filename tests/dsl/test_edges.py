"""Edges between sections of which only some sentences range over rows."""

import pytest

from tests.dsl.deals import HEAD, opened, problems

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
