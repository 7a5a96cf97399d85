"""An act is done, a late fact takes its ground away, and the ground comes again: what was done counts for it then.

In each deal the Payouts of "A" and "B" came about on 2 September; the Stop, told at noon, says that there was none; on
3 September it is withdrawn, and they come about again. Three answers were worked out by hand for each question: before
the Stop is told, while it stands, and after it.
"""

from dataclasses import replace
from typing import NamedTuple

import pytest

from api import codec
from dsl.engine import advance, in_force
from dsl.events import Malformed
from dsl.fallen import divergences
from dsl.history import folded
from dsl.state import State
from tests.dsl.deals import Deal, opened

PAYOUTS = """
Clause 2 "Payouts":
  "Approval" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Seller.
  "Payout" means an event, about an Approval.
  For each Approval, when such Approval has been made and no Stop has been made,
    then a Payout occurs about such Approval.
Clause 3 "Rule":
"""
GROUND = "When an Approval has been made and no Stop has been made, then"


class Story(NamedTuple):
    """What section 3 says, what is done before the Stop is told, and the three answers to each question."""

    section: str
    acts: tuple[str, ...]
    answers: dict[str, tuple[str, str, str]]


COUNTED = ("true", "pending", "true")
STORIES = {
    "signatures": Story(
        '"Consent" means a writing, signed by the Buyer and the Seller, about a Payout, stating Sum as amount.',
        ('Buyer: sign the Consent "K" about "Payout" stating Sum as USD 5.00.', 'Seller: sign the Consent "K".'),
        {
            'a Consent about "Payout" has been completed.': COUNTED,
            'a Consent about "Payout 2" has been signed by the Buyer.': ("pending", "pending", "pending"),
        },
    ),
    "a delivery": Story(
        '"Deed" means a writing, signed by the Buyer, delivered by the Buyer, addressed to the Seller, about a Payout.',
        ('Buyer: sign the Deed "D" about "Payout".', 'Buyer: deliver the Deed "D" to the Seller.'),
        {'a Deed about "Payout" has been received by the Seller.': COUNTED},
    ),
    "a waiver": Story(
        """"Waiver" means a waiver, made by the Seller, about a Payout, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 4 protects the Seller.
Clause 4 "Pay":
  For each Approval, the Agent must pay USD 1.00 to the Seller from the Fund.
  For each Payout, when such Payout has been made, then the Agent must pay USD 9.00 to the Seller from the Fund.""",
        ('Seller: give the Waiver about "Payout" stating Requirement as section 4.',),
        {
            'section 4 is waived for "Payout".': ("true", "false", "true"),
            'section 4 is active for "Payout 2".': ("true", "false", "true"),
            'section 4, first sentence is active for "A".': ("true", "true", "true"),
        },
    ),
    "holds": Story(
        "For each Payout, the Agent may hold any amount in the Fund.",
        ('Agent: hold USD 70.00 in the Fund about "Payout".', 'Agent: hold USD 30.00 in the Fund about "Payout 2".'),
        {"the held part of the Fund": ("USD 100.00", "USD 0.00", "USD 100.00")},
    ),
    "a hold about something else": Story(
        "For each Payout, the Agent may hold any amount in the Fund about the Approval of such Payout.",
        ('Agent: hold USD 70.00 in the Fund about "A".',),
        {'the held part of the Fund for "A"': ("USD 70.00", "USD 0.00", "USD 70.00")},
    ),
    "lifting one of two holds": Story(
        """"Dispute" means a claim, made by the Buyer.
  For each Dispute, the Agent may hold any amount in the Fund.
  For each Payout, the Agent may hold any amount in the Fund,
    and the Agent may lift the hold in the Fund about such Payout.""",
        (
            'Agent: hold USD 70.00 in the Fund about "D".',
            'Agent: hold USD 30.00 in the Fund about "Payout".',
            'Agent: lift the hold in the Fund about "Payout".',
        ),
        {"the held part of the Fund": ("USD 70.00", "USD 70.00", "USD 70.00")},
    ),
    "a payment about it": Story(
        "The Agent may pay any amount to the Seller from the Fund.",
        ('Agent: pay USD 40.00 to the Seller from the Fund about "Payout".',),
        {
            'the amount paid under section 3 for "A"': ("USD 40.00", "USD 0.00", "USD 40.00"),
            'the amount paid under section 3 for "B"': ("USD 0.00", "USD 0.00", "USD 0.00"),
            "the amount paid under section 3": ("USD 40.00", "USD 40.00", "USD 40.00"),
        },
    ),
    "a payment about what is about it": Story(
        """"Objection" means a claim, made by the Buyer, about a Payout.
  The Agent may pay any amount to the Seller from the Fund.""",
        (
            'Buyer: present the Objection "O" about "Payout".',
            'Agent: pay USD 40.00 to the Seller from the Fund about "O".',
        ),
        {
            'the amount paid under section 3 for "O"': ("USD 40.00", "USD 40.00", "USD 40.00"),
            'the amount paid under section 3 for "A"': ("USD 40.00", "USD 0.00", "USD 40.00"),
        },
    ),
    "a deposit about it": Story(
        "The Agent may pay any amount to the Seller from the Fund.",
        ('Buyer: deposit USD 50.00 into the Fund about "Payout".',),
        {'the balance of the Fund for "A"': ("USD 50.00", "USD 0.00", "USD 50.00")},
    ),
    "a duty to give something": Story(
        """"Receipt" means a notice, made by the Seller.
  For each Payout, when such Payout has been made, then the Seller must give a Receipt.""",
        ("Seller: give a Receipt.",),
        {'section 3 is fulfilled for "Payout".': ("true", "false", "true")},
    ),
    "a duty to give something about it": Story(
        """"Receipt" means a notice, made by the Seller, about a Payout.
  For each Payout, when such Payout has been made, then the Seller must give a Receipt about such Payout.""",
        ('Seller: give a Receipt about "Payout".',),
        {
            'section 3 is fulfilled for "Payout".': ("true", "false", "true"),
            'section 3 is active for "Payout 2".': ("true", "false", "true"),
        },
    ),
    "a payment under a section": Story(
        f"{GROUND} the Agent must pay USD 10.00 to the Seller from the Fund.",
        ("Agent: pay USD 10.00 to the Seller from the Fund.",),
        {"section 3 is fulfilled.": ("true", "false", "true")},
    ),
    "a power of a section": Story(
        f"""{GROUND} the Agent may hold USD 10.00 in the Fund.
Clause 4 "Other" subject to section 3 by suspension:
  The Agent may pay USD 1.00 to the Buyer from the Fund.""",
        ("Agent: hold USD 10.00 in the Fund.",),
        {
            "section 3 has been exercised.": COUNTED,
            "section 4 is suspended.": ("true", "false", "true"),
            "the held part of the Fund": ("USD 10.00", "USD 0.00", "USD 10.00"),
        },
    ),
    "a duty to lift": Story(
        f"""The Agent may hold USD 10.00 in the Fund.
Clause 4 "Lift": {GROUND} the Agent must lift the hold in the Fund.""",
        ("Agent: hold USD 10.00 in the Fund.", "Agent: lift the hold in the Fund."),
        {
            "section 4 is fulfilled.": ("true", "false", "true"),
            "the held part of the Fund": ("USD 0.00", "USD 10.00", "USD 0.00"),
        },
    ),
    "a duty for an entry that stays": Story(
        """"Bill" means a claim, made by the Seller, stating Of as Payout.
  For each Bill, when the Of of such Bill has been made,
    then the Agent must pay USD 9.00 to the Seller from the Fund.""",
        ('Seller: present the Bill "K" stating Of as "Payout".', "Agent: pay USD 9.00 to the Seller from the Fund."),
        {'section 3 is fulfilled for "K".': ("true", "false", "true")},
    ),
    "what only the latest of counts": Story(
        """"Objection" means a claim, made by the Buyer, about a Payout, the latest of which counts.""",
        ('Buyer: present the Objection about "Payout".', 'Buyer: present the Objection about "Payout 2".'),
        {"the number of Objections": ("2", "2", "2")},
    ),
}


def of_acts(deal: Deal) -> list[int]:
    """The numbers of the acts of which something is told."""
    return [each.act for each in divergences(in_force(deal.agreement, deal.state), deal.state) if each.act]


def answers(deal: Deal, story: Story, then: str = "") -> list[str]:
    """The answer to each question now, or as of a time."""
    found = []
    for each, answered in story.answers.items():
        if each.endswith("."):
            found.append(deal.asks(f"as of {then}, {each}" if then else each))
        else:
            found.append(deal.figure(f"{each} as of {then}" if then else each, zero(answered)))
    return found


def zero(answered: tuple[str, str, str]) -> str:
    return "USD 0.00" if "USD" in answered[0] else "0"


def kept_as_it_is(deal: Deal) -> None:
    """Log and store lead to the very state that the deal has come to, with the same payments for each entry."""
    made = deal.history
    again = advance(made.agreement, folded(made.agreement, made.opened, made.records), made.state.now)
    assert again == made.state
    read = codec.read(codec.write(made.state, State), State)
    assert read == made.state
    for entry in read.entries:
        assert read.paid_for(entry.number) == made.state.paid_for(entry.number)


def told_so(story: Story) -> Deal:
    """The deal before the Stop is told."""
    deal = opened(PAYOUTS + story.section)
    deal.does("", "Buyer: deposit USD 300.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Approval "A".')
    deal.does("", 'Buyer: present the Approval "B".')
    if "Dispute" in story.section:
        deal.does("", 'Buyer: present the Dispute "D".')
    for minute, act in enumerate(story.acts):
        deal.does(f"11:0{minute} on 2 September 2005", act)
    return deal


EVERY_STORY = pytest.mark.parametrize("story", [pytest.param(each, id=name) for name, each in STORIES.items()])


@EVERY_STORY
def test_what_was_done_counts_when_its_ground_comes_again(story: Story) -> None:
    deal = told_so(story)
    assert answers(deal, story) == [before for before, _, _ in story.answers.values()]

    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    assert answers(deal, story) == [gone for _, gone, _ in story.answers.values()]
    assert of_acts(deal)

    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')
    assert answers(deal, story) == [again for _, _, again in story.answers.values()]
    assert of_acts(deal) == []
    kept_as_it_is(deal)
    was = [gone.replace("pending", "false") for _, gone, _ in story.answers.values()]
    assert answers(deal, story, "13:00 on 2 September 2005") == was


def outcome(deal: Deal) -> tuple[object, ...]:
    """How everything stands, by name: the money, what binds whom since when, and what people may rely on."""
    state = deal.state
    names: dict[int | None, str] = {None: "", **{each.number: each.name for each in state.entries}}
    norms = {
        (each.provision, names[each.row]): replace(each, row=None, by=(), entries_before=0)
        for each in state.norms.values()
    }
    paid = [(each.at, each.section, each.amount, names[each.row], names[each.answers]) for each in state.postings]
    used = [(each.provision, names[each.row], names[each.about], names[each.entry]) for each in state.exercises]
    made = sorted(
        (each.name, names[each.about], each.at, each.signatures) for each in state.entries if each.name != "S"
    )
    return state.balances, norms, paid, used, made


@EVERY_STORY
def test_a_late_fact_that_was_withdrawn_before_anything_came_leaves_no_trace(story: Story) -> None:
    """The Stop was presented at 9:30 and withdrawn at 9:40, before anybody approved; both are told at noon."""
    deal = told_so(story)
    deal.passes("13:00 on 2 September 2005")
    before = outcome(deal)

    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "13:00 on 2 September 2005")
    deal.does("09:40 on 2 September 2005", 'Seller: withdraw "S".', "13:01 on 2 September 2005")

    assert outcome(deal) == before
    assert divergences(in_force(deal.agreement, deal.state), deal.state) == ()
    kept_as_it_is(deal)


GROUPED = """"Ann" means a party. "Bob" means a party.
  "Board" means a group of Ann and Bob, acting by each of them.
  For each Payout, the Board may hold USD 20.00 in the Fund."""


def test_the_part_of_one_member_counts_as_well() -> None:
    deal = opened(PAYOUTS + GROUPED)
    deal.does("", "Buyer: deposit USD 300.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Approval "A".')
    deal.does("11:00 on 2 September 2005", 'Ann: hold USD 20.00 in the Fund about "Payout".')
    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    assert of_acts(deal) == [3]

    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')
    assert of_acts(deal) == []
    deal.does("", 'Bob: hold USD 20.00 in the Fund about "Payout".')

    assert deal.figure("the held part of the Fund") == "USD 20.00"
    kept_as_it_is(deal)


def test_nobody_signs_what_is_about_an_entry_that_has_not_come_about() -> None:
    deal = opened(PAYOUTS + '"Consent" means a writing, signed by the Buyer and the Seller, about a Payout.')
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Approval "A".')
    deal.does("11:00 on 2 September 2005", 'Buyer: sign the Consent "K" about "Payout".')
    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")

    answer = deal.tries("13:00 on 2 September 2005", 'Seller: sign the Consent "K".')
    assert answer == Malformed(('"K" concerns "Payout", which has not come about by what is known now.',))

    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')
    deal.does("", 'Seller: sign the Consent "K".')
    assert deal.asks('a Consent about "Payout" has been completed.') == "true"
    kept_as_it_is(deal)


ORDERED = """
  "Order" means an event, stating Payments as payments.
  When an Approval has been made and no Stop has been made,
    then an Order occurs stating Payments as USD 5.00 to the Seller, USD 7.00 to the Buyer.
"""


@pytest.mark.parametrize(
    "rule",
    [
        "For each Order, the Agent may release the Fund according to such Order.",
        "When an Order has been made, then the Agent may release the Fund according to the latest Order.",
    ],
)
def test_a_plan_that_was_carried_out_is_not_carried_out_again(rule: str) -> None:
    deal = opened(PAYOUTS + ORDERED + rule)
    deal.does("", "Buyer: deposit USD 300.00 into the Fund.")
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Approval "A".')
    deal.does("11:00 on 2 September 2005", 'Agent: release the Fund according to "Order".')
    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')

    assert "already been carried out" in deal.fails("", 'Agent: release the Fund according to "Order".')

    assert (deal.holds(), of_acts(deal)) == ("USD 288.00", [])
    kept_as_it_is(deal)
