"""A release that a hold suspends is told so first, and who can end the hold, whatever else it still waits for."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dsl import actions as a
from dsl.engine import explain
from dsl.events import Refused
from dsl.possibilities import Possibility, possibilities
from dsl.reasons import Reason, Truth
from dsl.unlocking import ways_to
from tests.dsl.deals import Deal, attempt_of, opened, told, usd

TEXT = (Path(__file__).parents[2] / "agreements" / "funds_escrow" / "agreement.clause").read_text(encoding="utf-8")
COMPANIES = ("NTSCO", "ATG", "Omaha")
HELD = (
    "Section 3.1(a) is suspended by section 4.2 while the Hold In Place applies. It waits for one of: "
    'Escrow Agent can withdraw the Hold "H-1"; NTSCO, ATG, Omaha and Purchaser must sign a Joint Instruction; '
    "or a Lapse must come about under section 4.2(a), when Nothing In Doubt applies."
)
"""Section 4.2(a): a hold is withdrawn, or ends with a joint instruction after it, or with the dispute (a Lapse)."""


@pytest.fixture
def held() -> Deal:
    """The escrow with the money in, a dispute, good-faith uncertainty and a hold, and nothing else."""
    blanks: dict[str, Any] = {"Agreement_Date": date(2005, 9, 1), "Agent's_Fee": usd("25,000.00")}
    deal = opened(TEXT, head="", **blanks)
    deal.does("", "Purchaser: deposit USD 12,000,000.00 into the Escrow Fund.")
    deal.does("10:00 on 1 September 2005", 'ATG: present the Dispute "D-1" stating Grounds as "The notes are wrong".')
    deal.does(
        "10:05 on 1 September 2005", 'Escrow Agent: find the Uncertainty "U-1" stating Question as "Whose is it?".'
    )
    deal.does("10:10 on 1 September 2005", 'Escrow Agent: take the Hold "H-1".')
    return deal


NONE_YET = "Joint Instruction which is Conforming yet (NTSCO, ATG, Omaha and Purchaser must sign a Joint Instruction)"


def instruct(deal: Deal) -> None:
    """The four sign an instruction and hand it over."""
    plan = "USD 450,000.00 to the Fund Manager, USD 25,000.00 to the Escrow Agent, the rest to NTSCO"
    for who in (*COMPANIES, "Purchaser"):
        deal.does("", f'{who}: sign the Joint Instruction "JI-1" stating Payments as {plan}.')


def release(deal: Deal) -> Possibility:
    """How the release by the Escrow Agent stands among what it can do."""
    (found,) = [
        each
        for each in possibilities(deal.agreement, deal.state, "Escrow Agent")
        if isinstance(each.action, a.Release) and each.text.startswith("release")
    ]
    return found


def test_before_any_instruction_a_release_waits_for_the_hold_to_end_first(held: Deal) -> None:
    found = release(held)

    assert (found.allowed, found.section, found.summary) == (False, "4.2", HELD)
    first = found.waits[0]
    assert (first.text, first.section) == ('Escrow Agent can withdraw the Hold "H-1"', "4.2(a)(i)")
    assert first.who == ("Escrow Agent",)
    assert f"there is no {NONE_YET}" in [wait.text for wait in found.waits]


def test_while_its_conditions_are_not_met_a_release_waits_for_the_hold_to_end_first(held: Deal) -> None:
    instruct(held)

    found = release(held)
    refused = held.tries("", 'Escrow Agent: release the Escrow Fund according to "JI-1".')

    assert (found.section, found.summary) == ("4.2", HELD)
    assert isinstance(refused, Refused)
    assert (refused.section, refused.summary) == ("4.2", HELD)
    assert "David Grin or Eugene Grin can state a Verbal Instruction" in told(refused)


def test_why_a_section_waits_names_its_suspension_before_its_conditions(held: Deal) -> None:
    for before in (True, False):
        why = explain(held.agreement, held.state, "3.1(a)")
        happens, owed = why.children

        for each in (happens, owed):
            first = each.children[0]
            assert each.truth is not Truth.TRUE
            assert (first.section, first.truth) == ("4.2", Truth.FALSE)
            assert first.note == "section 3.1(a) is suspended by section 4.2 while the Hold In Place applies"
            assert next(each.awaited()).text == 'Escrow Agent can withdraw the Hold "H-1"'
        if before:
            instruct(held)


def test_once_the_hold_is_withdrawn_the_release_waits_for_its_conditions_alone(held: Deal) -> None:
    held.does("", 'Escrow Agent: withdraw the Hold "H-1".')

    assert release(held).summary == f"Not yet: there is no {NONE_YET}."
    assert all(not _suspended(each) for each in explain(held.agreement, held.state, "3.1(a)").children)


def _suspended(reason: Reason) -> bool:
    return "suspended" in reason.note or any(_suspended(child) for child in reason.children)


SALE = """
Clause 2 "Price" subject to section 3 by suspension while a Stop has been made:
  "Word" means an oral statement, made by the Seller.
  When a Word has been made, then the Agent must pay USD 5.00 to the Seller from the Fund.
Clause 3 "Stop":
  "Stop" means an act, made by the Buyer.
"""


def test_a_way_to_a_suspended_payment_ends_the_suspension() -> None:
    deal = opened(SALE)
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", 'Buyer: make the Stop "S".')

    ways = ways_to(
        deal.agreement, deal.state, attempt_of(deal.agreement, "Agent: pay USD 5.00 to the Seller from the Fund.")
    )

    assert sorted(step.text for step in ways[0].steps) == ["state the Word", 'withdraw the Stop "S"']


def test_several_entries_that_suspend_a_section_must_all_end() -> None:
    deal = opened(SALE)
    deal.does("", 'Buyer: make the Stop "S".')
    deal.does("", 'Buyer: make the Stop "T".')

    told_ = deal.fails("", "Agent: pay USD 5.00 to the Seller from the Fund.", "3")

    assert (
        "Section 2 is suspended by section 3 while a Stop has been made. "
        'It waits for: Buyer can withdraw the Stop "S"; Buyer can withdraw the Stop "T".'
    ) in told_


def test_what_is_replaced_for_good_is_not_told_as_if_it_could_still_come() -> None:
    """Section 2 gives way to section 3 as soon as the power of section 3 has been used."""
    deal = opened(
        """
Clause 2 "Price" subject to section 3 by replacement:
  "Word" means an oral statement, made by the Seller.
  When a Word has been made, then the Agent must pay USD 5.00 to the Seller from the Fund.
Clause 3 "Way back": The Agent may refund USD 5.00 to the Buyer from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 10.00 into the Fund.")
    deal.does("", "Agent: refund USD 5.00 to the Buyer from the Fund.")

    refusal = deal.fails("", "Agent: pay USD 5.00 to the Seller from the Fund.", "3")

    assert "Section 2 is replaced by section 3." in refusal


def test_an_instruction_after_the_hold_ends_it_also_where_one_was_received_before(held: Deal) -> None:
    """Section 4.2(a)(i): the hold is taken anew once JI-1 is there; another instruction after it still ends it."""
    held.does("", 'Escrow Agent: withdraw the Hold "H-1".')
    instruct(held)
    held.does("10:15 on 1 September 2005", 'Purchaser: deliver "JI-1" to the Escrow Agent.')
    held.does("10:20 on 1 September 2005", 'Escrow Agent: take the Hold "H-2".')

    found = release(held)

    assert found.section == "4.2"
    assert "NTSCO, ATG, Omaha and Purchaser must sign a Joint Instruction" in found.summary
