"""Provisions stand in the order they depend on each other, and a circle of them is told before anybody signs."""

import pytest

from dsl.compile import covers
from dsl.load import load
from tests.dsl.deals import HEAD, opened

FLAGS = """
Clause 2 "Flags":
  "Flag" means an event, stating Up as yes-or-no and Down as yes-or-no, the latest of which counts.
  "Is Up" means that the latest Flag states Up.
  "Is Down" means that the latest Flag states Down.
  While Is Up applies, then a Flag occurs stating Up as no and Down as yes.
  While Is Down applies, then a Flag occurs stating Up as yes and Down as no.
"""
FUNDS = """
Clause 2 "To and fro":
  "Pot" means a fund in USD, held by the Agent.
  "Low Pot" means that the balance of the Pot is less than USD 1.00.
  While the balance of the Fund is less than USD 1.00, then USD 1.00 passes from the Pot to the Fund.
  While Low Pot applies, then USD 1.00 passes from the Fund to the Pot.
"""
GROWING = """
Clause 2 "Growing":
  "Claim" means an event, made by the Seller.
  For each Claim, when such Claim has been made, then a Claim occurs.
"""


@pytest.mark.parametrize("text", [FLAGS, FUNDS, GROWING])
def test_provisions_that_set_each_other_off_are_told(text: str) -> None:
    loaded = load(HEAD + text)

    assert loaded.agreement is None
    assert "Provisions that set each other off" in {each.title for each in loaded.diagnostics}


def test_a_sentence_that_stops_itself_is_no_circle() -> None:
    deal = opened(
        """
Clause 2 "Once":
  "Claim" means a claim, made by the Seller.
  "Echo" means an event, about a Claim.
  "Echoed" of a Claim means that an Echo about such Claim has been made.
  For each Claim which is not Echoed, when such Claim has been made, then an Echo occurs about such Claim.
"""
    )

    deal.does("", "Seller: present a Claim.")

    assert [entry.kind for entry in deal.state.entries] == ["Claim", "Echo"]


def test_what_comes_about_leads_to_what_rests_on_it_at_once() -> None:
    deal = opened(
        """
Clause 2 "Last":
  When a Second Step has been made, then this agreement terminates.
Clause 3 "Middle":
  "Second Step" means an event.
  When a First Step has been made, then a Second Step occurs.
Clause 4 "First":
  "First Step" means an event.
  "Start" means an act, made by the Buyer.
  When a Start has been made, then a First Step occurs.
"""
    )

    deal.does("", "Buyer: take a Start.")

    assert deal.state.terminated == deal.now


@pytest.mark.parametrize(
    ("section", "other", "inside"),
    [
        ("3.1", "3.1", True),
        ("3.1", "3.1(a)", True),
        ("3.1", "3.1(a)(iv)", True),
        ("3", "3.1", True),
        ("3.1", "3.10", False),
        ("3.1(a)", "3.1", False),
        ("3.1", "3.1, second sentence", True),
        ("Recital A", "Recital AB", False),
    ],
)
def test_a_section_covers_what_stands_in_it(section: str, other: str, inside: bool) -> None:
    assert covers(section, other) is inside
