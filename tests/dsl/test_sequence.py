"""Two sentences may each keep the other from happening: of what comes at one instant, the first in the text happens."""

import pytest

from dsl.load import load
from tests.dsl.deals import HEAD, Deal, opened

EITHER_OR = """
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Approval" means a claim, made by the Buyer, about a Bill.
  "Award" means an event, about a Bill, stating Amount as amount.
  "Lapse" means an event, about a Bill.
  "Lapsed" of a Bill means that a Lapse about such Bill has been made.

Clause 3 "Lapse":
  For each Bill, when no Award about such Bill has been made
      and no Approval about such Bill has been made within 3 calendar days after the making of such Bill,
    then a Lapse occurs about such Bill.

Clause 4 "Award":
  For each Bill which is not Lapsed, when {condition},
    then an Award occurs about such Bill stating Amount as the Amount of such Bill.
"""
APPROVED = "an Approval about such Bill has been made"


def outcome(deal: Deal) -> list[str]:
    return [entry.kind for entry in deal.state.entries if entry.kind in ("Award", "Lapse")]


def with_a_bill(condition: str) -> Deal:
    deal = opened(EITHER_OR.format(condition=condition))
    deal.does("10:00 on 3 September 2005", 'Seller: present the Bill "B" stating Amount as USD 10.00.')
    return deal


def test_what_comes_first_keeps_the_other_from_happening() -> None:
    approved, silent = with_a_bill(APPROVED), with_a_bill(APPROVED)

    approved.does("10:00 on 4 September 2005", 'Buyer: present the Approval about "B".')
    approved.passes("10:00 on 9 September 2005")
    silent.passes("10:00 on 9 September 2005")
    silent.does("10:00 on 9 September 2005", 'Buyer: present the Approval about "B".')

    assert (outcome(approved), outcome(silent)) == (["Award"], ["Lapse"])


def test_of_what_comes_at_one_instant_the_first_in_the_text_happens() -> None:
    """The silence is over with 6 September, and 7 September has come at that instant."""
    deal = with_a_bill("6 September 2005 has passed")

    deal.passes("10:00 on 9 September 2005")

    assert outcome(deal) == ["Lapse"]


@pytest.mark.parametrize(
    ("first", "second", "circle"),
    [
        ("When no B has been made", "When no A has been made", False),
        ("When the number of Bs is equal to 0", "When an A has been made", False),
        ("When none of (i) a B has been made; or (ii) a B has been given", "When an A has been made", False),
        ("When a B has been made", "When an A has been made", True),
        ("While no B has been made", "While an A has been made", True),
        ("When no B has been made", "For each A, when such A has been made", False),
        ("For each B, when no A has been made", "For each A, when such A has been made", True),
        ("When every B has been withdrawn", "When an A has been made", True),
        ("When the sum of Size of every B is equal to 0", "When an A has been made", True),
    ],
)
def test_a_circle_is_one_that_nothing_but_the_sentences_themselves_sets_off(
    first: str, second: str, circle: bool
) -> None:
    loaded = load(
        f"""{HEAD}
Clause 2 "Two":
  "A" means an event. "B" means an event, stating Size as number.
  {first}, then an A occurs.
  {second}, then a B occurs stating Size as 1.
"""
    )

    titles = {each.title for each in loaded.diagnostics}
    assert ("Provisions that set each other off" in titles) is circle, titles
