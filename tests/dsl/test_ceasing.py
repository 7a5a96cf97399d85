"""What is suspended or held back says who can end that."""

import pytest

from dsl.possibilities import possibilities
from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Release" subject to section 3 by suspension while the Holding applies:
  The Agent must pay USD 5.00 to the Seller from the Fund.
Clause 3 "Hold":
  "Hold" means an act, made by the Agent.
  "Lift" means an act, made by the Agent, about a Hold.
  "Standing" of a Hold means that no Lift about such Hold has been made.
  "Holding" means that a Hold which is Standing has been made.
Clause 4 "Part":
  "Freeze" means an act, made by the Agent.
  "Decision" means a finding, made by the Seller, about a Freeze.
  "Undecided" of a Freeze means that no Decision about such Freeze has been made.
  For each Freeze, while such Freeze is Undecided, then the Agent must hold USD 50.00 in the Fund.
  The Agent may pay any amount to the Buyer from the Fund.
Clause 5 "Whole" subject to section 6 by suspension: The Agent may refund any amount to the Buyer from the Fund.
Clause 6 "First":
  "Call" means a claim, made by the Buyer.
  When a Call has been made, then the Seller must pay USD 1.00 to the Buyer.
"""


def deal() -> Deal:
    made = opened(TEXT)
    made.does("", "Buyer: deposit USD 50.00 into the Fund.")
    made.does("", 'Agent: take the Hold "H".')
    made.does("", 'Agent: take the Freeze "F".')
    made.does("", 'Buyer: present the Call "C".')
    return made


@pytest.mark.parametrize(
    ("text", "section", "waits", "end"),
    [
        (
            "pay USD 5.00 to the Seller from the Fund", "3",
            [('Agent can withdraw the Hold "H"', ("Agent",)), ("Agent can make a Lift", ("Agent",))],
            'Agent: make the Lift about "H".',
        ),
        (
            "pay USD ... to the Buyer from the Fund", "4, first sentence",
            [("Seller can find a Decision", ("Seller",))], 'Seller: find the Decision about "F".',
        ),
        (
            "refund USD ... to the Buyer from the Fund", "6",
            [("Seller performs section 6", ("Seller",))], "Seller: pay USD 1.00 to the Buyer.",
        ),
    ],
)  # fmt: skip
def test_what_stands_still_says_what_would_unlock_it(
    text: str, section: str, waits: list[tuple[str, tuple[str, ...]]], end: str
) -> None:
    blocked = deal()

    (found,) = [each for each in possibilities(blocked.agreement, blocked.state, "Agent") if each.text == text]

    assert (found.allowed, found.section) == (False, section)
    assert [(wait.text, wait.who) for wait in found.waits] == waits
    blocked.does("", 'Seller: find the Decision about "F".' if section != "4, first sentence" else end)
    if section != "4, first sentence":
        blocked.does("", end)
    then = [each for each in possibilities(blocked.agreement, blocked.state, "Agent") if each.text == text]
    assert [each.allowed for each in then] == [True]


def test_what_a_power_holds_back_waits_for_whoever_can_lift_it() -> None:
    held = opened(
        """
Clause 2 "Hold":
  The Agent may hold any amount in the Fund, and the Seller may lift the hold in the Fund.
  The Agent may pay any amount to the Buyer from the Fund.
"""
    )
    held.does("", "Buyer: deposit USD 50.00 into the Fund.")
    held.does("", "Agent: hold USD 50.00 in the Fund.")

    refused = held.fails("", "Agent: pay USD 5.00 to the Buyer from the Fund.")

    assert "waits for: Seller can lift the hold under section 2, first sentence" in refused


COUNTED = """
Clause 2 "Release" subject to section 3 by suspension while {condition}:
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Court":
  "Court" means a court.
  "Stop" means a finding, made by the Court, stating Amount as amount.
  "Lift" means a claim, made by the Buyer, stating Amount as amount.
  "Injunction" means that the number of Stops is more than the number of Lifts.
"""
SUSPENDED = "Section 2 is suspended by section 3 while {}. It waits for"


@pytest.mark.parametrize(
    ("condition", "stops", "told"),
    [
        ("the Injunction applies", 1, ' one of: Buyer can present a Lift; or Court can withdraw the Stop "S1".'),
        ("the Injunction applies", 2, ": Buyer can present a Lift (2 more are needed)."),
        ("the number of Lifts is less than the number of Stops", 1,
         ' one of: Buyer can present a Lift; or Court can withdraw the Stop "S1".'),
        ("the number of Stops is at least the number of Lifts", 1, ": Buyer can present a Lift (2 more are needed)."),
        ("the number of Stops is equal to 1", 1,
         ' one of: Court can find a Stop; or Court can withdraw the Stop "S1".'),
        ("the sum of Amount of every Stop is more than the sum of Amount of every Lift", 2,
         ": Buyer can present a Lift (USD 14.00 more is needed)."),
        ("the sum of Amount of every Stop is at least the sum of Amount of every Lift", 2,
         ": Buyer can present a Lift (USD 14.01 more is needed)."),
    ],
)  # fmt: skip
def test_what_is_suspended_by_what_is_counted_says_who_can_change_the_count(
    condition: str, stops: int, told: str
) -> None:
    """Each stop states USD 7.00; two of them against no lift need two lifts, or lifts of USD 14.00 in all."""
    blocked = opened(COUNTED.format(condition=condition))
    blocked.does("", "Buyer: deposit USD 50.00 into the Fund.")
    for number in range(1, stops + 1):
        blocked.does("", f'Court: find the Stop "S{number}" stating Amount as USD 7.00.')

    refused = blocked.fails("", "Agent: pay USD 5.00 to the Seller from the Fund.", because="3")

    assert f"{SUSPENDED.format(condition)}{told}" in refused
