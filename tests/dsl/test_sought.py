"""Where a figure decides, the ways to an act say which figure it takes; where no way is found, who can state it."""

import pytest

from dsl.unlocking import search_ways
from tests.dsl.deals import Deal, attempt_of, opened
from tests.dsl.test_unlocking import ways

FIGURES = """
Clause 2 "Facts":
  "Court" means a court.
  "Order" means a finding, made by the Court, stating Amount as amount and Fee as amount.
  "Vote" means a claim, made by the Seller, stating Weight as number.
  "Bill" means a claim, made by the Seller, stating Due as date.
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  {rule}
Clause 3 "Payment":
  {trigger} the Buyer must pay USD 7.00 to the Agent.
"""
PAY = "Buyer: pay USD 7.00 to the Agent."


def deal_of(trigger: str, rule: str = "") -> Deal:
    return opened(FIGURES.format(trigger=trigger, rule=rule))


def steps(deal: Deal, words: str = PAY) -> list[list[tuple[tuple[str, ...], str, tuple[str, ...]]]]:
    """The acts of each way, who can do them, and what they have still to choose; each way is played again."""
    return [[(step.actors, step.text, step.states) for step in way.steps] for way in ways(deal, words)]


@pytest.mark.parametrize(
    ("condition", "who", "text", "left"),
    [
        ("the Amount of the latest Order is at least USD 100.00",
         "Court", "find the Order stating Amount as USD 100.00 and Fee as ...", ("Fee",)),
        ("the Fee of the latest Order is more than USD 100.00",
         "Court", "find the Order stating Fee as USD 100.01 and Amount as ...", ("Amount",)),
        ("the Fee of the latest Order is less than USD 100.00",
         "Court", "find the Order stating Fee as USD 99.99 and Amount as ...", ("Amount",)),
        ("the sum of Amount of every Order is more than USD 100.00",
         "Court", "find the Order stating Amount as USD 100.01 and Fee as ...", ("Fee",)),
        ("an Order whose Amount is equal to USD 20.00 has been made",
         "Court", "find the Order stating Amount as USD 20.00 and Fee as ...", ("Fee",)),
        ("an Order has been made", "Court", "find the Order stating Amount as ... and Fee as ...", ("Amount", "Fee")),
        ("the Weight of the latest Vote is at least 3", "Seller", "present the Vote stating Weight as 3", ()),
        ("the Due of the latest Bill is after 4 June 2006",
         "Seller", "present the Bill stating Due as 5 June 2006", ()),
        ("the Limit is at least USD 5.00", "Buyer", "fill the Limit with USD 5.00", ()),
        ("the balance of the Fund is at least USD 30.00", "Buyer", "deposit USD 30.00 into the Fund", ()),
    ],
)  # fmt: skip
def test_a_way_says_the_figure_that_it_takes(condition: str, who: str, text: str, left: tuple[str, ...]) -> None:
    assert steps(deal_of(f"When {condition}, then")) == [[((who,), text, left)]]


def test_the_sum_owed_is_that_of_the_act() -> None:
    deal = opened("""
Clause 2 "Facts":
  "Court" means a court.
  "Order" means a finding, made by the Court, stating Amount as amount.
Clause 3 "Payment":
  For each Order, when such Order has been made, then the Buyer must pay the Amount of such Order to the Seller.
""")

    refused = deal.fails("", "Buyer: pay USD 5.00 to the Seller.")

    assert "Not yet: there is no Order yet (Court can find an Order)." in refused
    assert steps(deal, "Buyer: pay USD 5.00 to the Seller.") == [
        [(("Court",), "find the Order stating Amount as USD 5.00", ())]
    ]


def test_what_is_stated_already_counts() -> None:
    """Of more than USD 100.00 in all, USD 60.00 are there: USD 40.01 are missing. Of the latest, nothing is."""
    added = deal_of("When the sum of Amount of every Order is more than USD 100.00, then")
    latest = deal_of("When the Amount of the latest Order is at least USD 100.00, then")
    for deal in (added, latest):
        deal.does("", "Court: find the Order stating Amount as USD 60.00 and Fee as USD 1.00.")

    assert [step[1] for way in steps(added) for step in way] == [
        "find the Order stating Amount as USD 40.01 and Fee as ..."
    ]
    assert [step[1] for way in steps(latest) for step in way] == [
        "find the Order stating Amount as USD 100.00 and Fee as ..."
    ]


def test_a_figure_that_must_be_valid_is_reached_in_parts() -> None:
    """No order is of more than USD 60.00, and more than USD 100.00 are needed: USD 60.00 and USD 40.01."""
    rule = "No Order is valid unless the Amount of such Order is at most USD 60.00."
    deal = deal_of("When the sum of Amount of every Order is more than USD 100.00, then", rule)

    (way,) = steps(deal)

    assert sorted(text for _, text, _ in way) == [
        "find the Order stating Amount as USD 40.01 and Fee as ...",
        "find the Order stating Amount as USD 60.00 and Fee as ...",
    ]


def test_acts_that_are_counted_are_done_as_often_as_it_takes() -> None:
    deal = deal_of("When the number of Votes is at least 3, then")
    deal.does("", "Seller: present the Vote stating Weight as 1.")

    assert steps(deal) == [[(("Seller",), "present the Vote stating Weight as ...", ("Weight",))] * 2]


RULES = """No Order is valid unless the Amount of such Order is at most USD 60.00.
  No Bill is valid unless the number of Bills is at most 0."""


@pytest.mark.parametrize(
    ("condition", "told", "who"),
    [
        ("the number of Votes is at least 3", "{} (0 against 3): Seller can present a Vote", "Seller"),
        ("the number of Votes is more than the number of Orders", "{} (0 against 0): Seller can present a Vote",
         "Seller"),
        ("the number of Orders is less than the number of Votes", "{} (0 against 0): Seller can present a Vote",
         "Seller"),
        ("the Amount of the latest Order is at least USD 100.00", "{}: Court can find an Order", "Court"),
    ],
)  # fmt: skip
def test_where_no_way_is_found_it_is_said_who_can_state_what_it_turns_on(condition: str, told: str, who: str) -> None:
    """There can be one bill, and two are needed."""
    deal = deal_of(f"When all of (i) {condition}; and (ii) the number of Bills is at least 2, then", RULES)

    found = search_ways(deal.agreement, deal.state, attempt_of(deal.agreement, PAY))

    assert found.ways == ()
    assert (told.format(condition), (who,)) in [(wait.text, wait.who) for wait in found.turns_on]
    bills = "the number of Bills is at least 2 (0 against 2): Seller can present a Bill"
    assert (bills, ("Seller",)) in [(wait.text, wait.who) for wait in found.turns_on]
