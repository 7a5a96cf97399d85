"""Every refusal cites a section: the one that refuses, or the one that defines what the act is about."""

import pytest

from dsl.events import Refused
from tests.dsl.deals import HEAD, opened, told

TEXT = """
Clause 2 "Papers":
  "Stop" means a claim, made by the Buyer.
  "Paper" means a document, signed by the Seller, addressed to the Buyer.
Clause 3 "Price" subject to section 4 by replacement: The Buyer must pay USD 5.00 to the Seller.
Clause 4 "Instead": When a Stop has been made, then the Buyer must pay USD 1.00 to the Seller.
"""


def test_what_was_replaced_is_refused_with_the_section_that_replaced_it() -> None:
    deal = opened(TEXT)
    deal.does("", "Buyer: present the Stop.")
    deal.does("", "Buyer: pay USD 1.00 to the Seller.")

    refused = deal.fails("", "Buyer: pay USD 5.00 to the Seller under section 3.", "4")

    assert "Section 3 is already superseded by section 4." in refused


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Seller: pay USD 5.00 to the Buyer.", "1"),
        ("Agent: pay USD 5.00 to the Buyer from the Fund.", "1"),
        ('"Ann": pay USD 5.00 to the Buyer.', "1"),
        ("Seller: present the Stop.", "2"),
        ("Buyer: sign the Paper.", "2"),
        ("Seller: deliver the Paper.", "2"),
        ('"Ann": present the Stop.', "2"),
        ("Seller: hold the Fund.", "1"),
        ("Buyer by the Seller: present the Stop.", "1"),
        ("Buyer: assert breach of section 4.", "4"),
    ],
)
def test_every_refusal_cites_its_section(words: str, section: str) -> None:
    answer = opened(TEXT, HEAD).tries("", words)

    assert isinstance(answer, Refused), told(answer)
    assert answer.section == section


SUSPENDED = """
Clause 2 "Kinds":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Cost" means a claim, made by the Seller, stating Amount as amount.
  "Stop" means an act, made by the Buyer.
Clause 3 "Bills" subject to section 5 by suspension:
  For each Bill, when such Bill has been made, then the Buyer must pay the Amount of such Bill to the Seller.
Clause 4 "Costs":
  For each Cost, when such Cost has been made, then the Buyer must pay the Amount of such Cost to the Seller.
Clause 5 "Stop":
  While a Stop has been made, then the Buyer must not pay any amount to the Agent.
"""


def test_what_is_owed_and_suspended_is_nearer_than_what_has_no_entry_yet() -> None:
    deal = opened(SUSPENDED)
    deal.does("", "Seller: present the Bill stating Amount as USD 5.00.")
    deal.does("", "Buyer: make the Stop.")

    refused = deal.fails("", "Buyer: pay USD 5.00 to the Seller.", "5")

    assert refused.startswith('Refused under section 5: Section 3 is suspended by section 5 for "Bill".')


def test_what_is_performed_is_told_after_what_has_been_replaced() -> None:
    deal = opened(SUSPENDED.replace("suspension", "replacement"))
    deal.does("", 'Seller: present the Bill "A" stating Amount as USD 5.00.')
    deal.does("", 'Seller: present the Bill "B" stating Amount as USD 5.00.')
    deal.does("", 'Buyer: pay USD 5.00 to the Seller about "A".')
    deal.does("", "Buyer: make the Stop.")
    deal.does("", "Seller: present the Cost stating Amount as USD 9.00.")
    deal.does("", "Buyer: pay USD 9.00 to the Seller.")

    refused = deal.fails("", "Buyer: pay USD 5.00 to the Seller.", "5")

    assert refused.splitlines()[0] == 'Refused under section 5: Section 3 is already superseded by section 5 for "B".'


def test_of_several_conditions_the_refusal_names_the_one_that_is_not_so() -> None:
    deal = opened(
        """
Clause 2 "Pay":
  "Approval" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Seller.
  When an Approval has been made and no Stop has been made, then the Buyer must pay USD 5.00 to the Seller.
"""
    )
    deal.does("", "Seller: present the Stop.")
    deal.does("", "Buyer: present the Approval.")

    refused = deal.fails("", "Buyer: pay USD 5.00 to the Seller.", "2")

    told = 'Not so that no Stop has been made ("Stop": 09:00 on 1 September 2005).'
    assert refused.splitlines()[0] == f"Refused under section 2: {told}"


ENDED = """
Clause 2 "Payments":
  "Call" means a claim, made by the Seller.
  "Plan" means a claim, made by the Buyer.
  "Reserve" means a fund in USD, held by the Agent.
  For each Plan, when such Plan has been made, then the Buyer may deposit USD 5.00 into the Reserve.
Clause 3 "Calls":
  For each Call, when such Call has been made,
    then the Buyer must deposit USD 5.00 into the Reserve within 5 calendar days.
Clause 4 "End":
  "Stop" means a claim, made by the Seller.
  When a Stop has been made, then this agreement terminates.
"""


def test_after_the_end_the_end_is_the_cause_and_is_told_once() -> None:
    """Nobody waits for a Plan that can be made no more, and the three Calls are refused for one reason."""
    deal = opened(ENDED)
    for name in ("A", "B", "C"):
        deal.does("10:00 on 1 September 2005", f'Seller: present the Call "{name}".')
    deal.does("11:00 on 1 September 2005", "Seller: present the Stop.")

    told = deal.fails("12:00 on 1 September 2005", "Buyer: deposit USD 5.00 into the Reserve.", "4")

    assert "The agreement has terminated." in told
    assert "Not yet" not in told
    assert told.count("the agreement has terminated") == 1


GUARDED = """
Clause 2 "Papers":
  "Deed" means a document, signed by the Seller.
  "Lease" means a document, signed by the Seller and the Buyer.
  "Papers" means the list of the Deed and the Lease.
  "Stop" means a claim, made by the Seller.
  When a Stop has been made, then this agreement terminates.
Clause 3 "Guard": "Reserve" means a fund in USD, held by the Agent.
  Nothing may leave the Reserve except under section 4.
Clause 4 "Way out": When a Stop has been made, then the Agent must pay USD 1.00 to the Seller from the Reserve.
"""


def test_after_the_end_nobody_is_said_to_have_nothing_to_sign() -> None:
    deal = opened(GUARDED)
    deal.does("", "Seller: present the Stop.")

    assert "The agreement has terminated." in deal.fails("", "Buyer: sign the Papers.", "2")
    assert "Agent signs none of the Papers." in deal.fails("", "Agent: sign the Papers.", "2")


def test_a_hold_takes_nothing_out_of_a_fund() -> None:
    refused = opened(GUARDED).fails("", "Agent: hold the Reserve.", "3")

    assert "Nothing in the agreement lets Agent do this." in refused
    assert "Nothing may leave" not in refused


def test_a_duty_that_had_nothing_to_pay_is_not_said_to_have_been_paid() -> None:
    """All of the fund is held, so the release is of nothing; once USD 5.00 is released, it has been paid."""
    deal = opened(
        """
Clause 2 "Release":
  "Lien" means a claim, made by the Seller.
  "Lifting" means a claim, made by the Seller, about a Lien.
  "Completion Day" means 2 September 2005.
  "Pending" of a Lien means that no Lifting about such Lien has been made.
  For each Lien, while such Lien is Pending, then the Agent must hold USD 5.00 in the Fund.
  While Completion Day has passed, then the Agent must release the free balance of the Fund to the Buyer from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")
    deal.does("", 'Seller: present the Lien "L".')

    early = deal.fails("10:00 on 5 September 2005", "Agent: release USD 5.00 to the Buyer from the Fund.")
    deal.does("", 'Seller: present the Lifting about "L".')
    deal.does("", "Agent: release USD 5.00 to the Buyer from the Fund.")

    assert "lready fulfilled, as there was nothing to pay" in early
    assert "nothing to pay" not in deal.fails("", "Agent: release USD 5.00 to the Buyer from the Fund.")
