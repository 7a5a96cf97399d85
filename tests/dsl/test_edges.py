"""Edges between sections of which only some sentences range over rows."""

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
