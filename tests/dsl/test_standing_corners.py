"""How sections, fields and acts are told where little of them is there yet."""

import pytest

from dsl import views
from dsl.engine import explain
from dsl.explain import render_reason
from dsl.money import Rate
from dsl.views.wording import words_of_content
from tests.dsl.deals import Deal, opened, worked

FAILING = """
Clause 2 "Report":
  "Last Day" means an optional blank date, filled by the Buyer.
  "Stop" means a claim, made by the Buyer.
  "Report" means a claim, made by the Seller.
  "Default" means an event.
  While no Stop has been made,
    then the Seller must make a Report within {window}, failing which a Default occurs.
"""


def explained(deal: Deal, section: str) -> str:
    """How a section stands, as text."""
    return render_reason(explain(deal.agreement, deal.state, section))


def test_what_follows_a_failure_is_not_told_as_due_while_the_duty_is_not_in_force() -> None:
    deal = opened(FAILING.format(window="3 calendar days"))
    deal.does("", "Buyer: present the Stop.")

    assert "the duty is not in force" in explained(deal, "2")


def test_what_follows_a_failure_waits_for_the_deadline_to_be_known() -> None:
    deal = opened(FAILING.format(window="3 calendar days after the Last Day"))

    assert "the duty has no deadline yet" in explained(deal, "2")


def test_a_clause_of_which_all_has_happened_has_occurred() -> None:
    deal = opened("""
Clause 2 "Default":
  "Stop" means a claim, made by the Buyer.
  "Default" means an event.
  When a Stop has been made, then a Default occurs.
""")

    def status() -> str:
        return next(each.status for each in views.clauses(deal.agreement, deal.state) if each.section == "2")

    before = status()
    deal.does("", "Buyer: present the Stop.")

    assert (before, status()) == ("waiting", "occurred")


@pytest.mark.parametrize(("rate", "words"), [(Rate(1, 20), "0.05"), (Rate(3, 2), "1.5")])
def test_a_rate_is_written_as_a_decimal(rate: Rate, words: str) -> None:
    assert words_of_content(opened("").agreement.terms, rate) == words


def test_a_part_is_divided_among_what_has_taken_effect() -> None:
    deal = opened("""
Clause 2 "Calls":
  "Call" means a writing, signed by the Buyer and the Seller, stating Units as number.
  "Piece" of a Call means the share of such Call in USD 10.00 in proportion to Units of every Call.
""")
    deal.does("", 'Buyer: sign the Call "A" stating Units as 3.')
    deal.does("", 'Seller: sign the Call "A".')
    deal.does("", 'Buyer: sign the Call "B" stating Units as 7.')
    alone = deal.figure('the Piece of "A"')
    deal.does("", 'Seller: sign the Call "B".')

    assert (alone, deal.figure('the Piece of "A"')) == ("USD 10.00", "USD 3.00")


def test_a_figure_of_a_row_at_signing_is_worked_out_for_it_and_told_since_when_it_is_there() -> None:
    deal = opened("""
Clause 2 "Milestones":
  "Design Net" means the Net of "Design".
  "Net" of a Milestone means the Price of such Milestone less USD 1.00.
  "Milestone" means an event, stating Price as amount.
  At signing, the Milestone "Design" occurs stating Price as USD 30.00.
""")

    assert deal.figure("the Design Net") == "USD 29.00"
    assert 'Milestone "Design", on record since Thu 1 Sep 2005 09:00' in worked(deal, 'the Price of "Design"')


@pytest.mark.parametrize("name", ["", '"R" '])
def test_a_paper_that_is_signed_anew_about_another_entry_is_about_that_one(name: str) -> None:
    deal = opened("""
Clause 2 "Releases":
  "Claim" means a claim, made by the Seller.
  "Release" means a writing, signed by the Buyer and the Seller, about a Claim.
""")
    for claim in ("A", "B"):
        deal.does("", f'Seller: present the Claim "{claim}".')
    deal.does("", f'Buyer: sign the Release {name}about "A".')
    deal.does("", f'Buyer: sign the Release {name}about "B".')
    deal.does("", f'Seller: sign the Release {name}about "B".')

    assert deal.asks('a Release about "A" has been completed.') == "pending"
    assert deal.asks('a Release about "B" has been completed.') == "true"
    assert deal.figure('the number of Releases about "A"', "0") == "0"


def test_what_is_about_a_withdrawn_entry_is_not_said_to_be_left_out_by_a_filter() -> None:
    deal = opened("""
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Payout" means an act, made by the Seller, about a Claim.
  For each Claim whose Amount is more than USD 5.00, the Seller may make a Payout about such Claim.
""")
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 2.00.')
    small = deal.fails("", 'Seller: make the Payout about "C".', "2")
    deal.does("", 'Seller: withdraw the Claim "C".')
    gone = deal.fails("", 'Seller: make the Payout about "C".', "2")

    assert "more than USD 5.00" in small
    assert "more than USD 5.00: false" not in gone
