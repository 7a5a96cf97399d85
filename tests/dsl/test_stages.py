"""Stages of papers: who has signed, what has been received, what came in time, and what no longer counts."""

import pytest

from tests.dsl.deals import Deal, opened

BOARD = """
Clause 2 "Board":
  "Third" means a party.
  "Board" means a group of Buyer, Seller and Third, acting by {rule} of them.
  "Memo" means a writing, signed by the Board, addressed to the Agent, stating Text as text.
"""
PAPER = """
Clause 2 "Paper":
  "Deed" means a document, signed by the Buyer and the Seller, delivered by the Seller, addressed to the Agent.
  "Note" means a document, signed by the Seller, addressed to the Agent.
  "Papers" means the list of Deed and Note.
"""


def sign(deal: Deal, *names: str, kind: str = 'Memo "M"') -> None:
    """Several sign the same."""
    first, *others = names
    deal.does("", f'{first}: sign the {kind} stating Text as "x".')
    for name in others:
        deal.does("", f"{name}: sign the {kind}.")


# ---------------------------------------------------------------------- groups


@pytest.mark.parametrize(("rule", "needed"), [("each", 3), ("any", 1), ("majority", 2), ("1", 1), ("2", 2), ("3", 3)])
def test_a_group_signs_by_its_rule(rule: str, needed: int) -> None:
    signers = ("Buyer", "Third", "Seller")
    for count in range(1, 4):
        deal = opened(BOARD.format(rule=rule))

        sign(deal, *signers[:count]) if count <= needed else None
        if count > needed:
            continue

        assert deal.asks("a Memo has been completed.") == ("true" if count >= needed else "pending")
        assert deal.asks("a Memo has been signed by the Board.") == ("true" if count >= needed else "pending")
        assert deal.asks("a Memo has been signed by the Seller.") == ("true" if count == 3 else "pending")


def test_a_complete_writing_needs_no_more_signatures() -> None:
    deal = opened(BOARD.format(rule="2"))
    sign(deal, "Buyer", "Seller")

    deal.tries("", 'Third: sign the Memo "M".')

    assert deal.asks("a Memo has been completed.") == "true"


@pytest.mark.parametrize(
    ("rule", "alone"), [("each", False), ("any", True), ("majority", False), ("1", True), ("2", False)]
)
def test_a_member_uses_a_power_alone_only_where_the_rule_lets_it(rule: str, alone: bool) -> None:
    deal = opened(
        f"""
Clause 2 "Board":
  "Third" means a party.
  "Board" means a group of Buyer, Seller and Third, acting by {rule} of them.
  "Report" means a claim, made by the Board.
  The Board may pay any amount to the Seller from the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    deal.does("", "Third: pay USD 5.00 to the Seller from the Fund.")
    deal.does("", "Third: present a Report.")

    assert (deal.got("Seller") == "USD 5.00") is alone
    assert (deal.asks("a Report has been made.") == "true") is alone


def test_each_of_those_bound_jointly_and_severally_can_pay_for_all() -> None:
    deal = opened(
        """
Clause 2 "Board":
  "Board" means a group of Buyer and Seller, acting by each of them.
  The Board jointly and severally must pay USD 5.00 to the Agent.
"""
    )

    deal.does("", "Seller: pay USD 5.00 to the Agent.")

    assert deal.status("2") == "fulfilled"


# ------------------------------------------------------------------ signatures


def test_other_content_undoes_the_signatures_before_it() -> None:
    deal = opened(BOARD.format(rule="each"))
    sign(deal, "Buyer", "Seller")

    deal.does("", 'Third: sign the Memo "M" stating Text as "y".')
    assert deal.asks("a Memo has been completed.") == "pending"
    deal.does("", 'Buyer: sign the Memo "M".')
    deal.does("", 'Seller: sign the Memo "M".')

    assert deal.asks("a Memo has been completed.") == "true"
    assert deal.state.entries[0].content("Text") == "y"


def test_a_complete_writing_is_not_changed() -> None:
    deal = opened(BOARD.format(rule="each"))
    sign(deal, "Buyer", "Seller", "Third")

    assert "complete" in deal.fails("", 'Third: sign the Memo "M" stating Text as "y".', "2")
    assert "no longer" in deal.fails("", 'Third: withdraw the Memo "M".', "2")


def test_nobody_signs_the_same_twice() -> None:
    deal = opened(BOARD.format(rule="each"))
    sign(deal, "Buyer")

    assert "already signed" in deal.fails("", 'Buyer: sign the Memo "M".', "2")


def test_a_signature_can_be_taken_back_until_the_writing_is_complete() -> None:
    deal = opened(BOARD.format(rule="each"))
    sign(deal, "Buyer", "Seller")

    assert "has not signed" in deal.fails("", 'Third: withdraw the Memo "M".', "2")
    deal.does("", 'Buyer: withdraw the Memo "M".')

    assert deal.asks("a Memo has been withdrawn.") == "true"
    assert "withdrawn" in deal.fails("", 'Third: sign the Memo "M".', "2")


# -------------------------------------------------------------------- delivery


def test_a_writing_is_received_when_its_last_signature_is() -> None:
    deal = opened(PAPER)
    deal.does("10:00 on 1 September 2005", "Seller: sign the Deed.")
    deal.does("11:00 on 1 September 2005", "Seller: deliver the Deed to the Agent.")
    assert deal.asks("the Deed has been received by the Agent.") == "pending"

    deal.does("12:00 on 1 September 2005", "Buyer: sign the Deed.")
    deal.does("13:00 on 1 September 2005", "Seller: deliver the Deed to the Agent.")

    assert deal.asks("the Deed has been received by the Agent.") == "true"
    assert deal.asks("the receipt of the latest Deed is equal to 13:00 on 1 September 2005.") == "true"
    assert deal.asks("the completion of the latest Deed is equal to 12:00 on 1 September 2005.") == "true"


def test_only_those_named_deliver() -> None:
    deal = opened(PAPER)
    deal.does("", "Buyer: sign the Deed.")
    deal.does("", 'Seller: sign the Note "N".')

    deal.fails("", "Buyer: deliver the Deed to the Agent.", "2")
    deal.fails("", 'Buyer: deliver "N" to the Agent.', "2")


def test_nothing_is_delivered_twice() -> None:
    deal = opened(PAPER)
    deal.does("", "Seller: sign the Note.")
    deal.does("", "Seller: deliver the Note to the Agent.")

    assert "nothing signed" in deal.fails("", "Seller: deliver the Note to the Agent.")


def test_a_list_is_signed_as_one_by_whoever_signs_part_of_it() -> None:
    deal = opened(PAPER)

    deal.does("", "Seller: sign the Papers.")
    assert deal.asks("all Papers have been signed by the Seller.") == "true"
    assert deal.asks("all Papers have been completed.") == "pending"
    deal.does("", "Buyer: sign the Papers.")

    assert deal.asks("all Papers have been completed.") == "true"
    assert "signs none" in deal.fails("", "Agent: sign the Papers.")


# -------------------------------------------------------------- before and after

DISPUTES = """
Clause 2 "Words":
  "Claim" means a claim, made by the Seller, stating Urgent as yes-or-no.
  "Reply" means a claim, made by the Buyer, about a Claim.
"""


@pytest.mark.parametrize(
    ("question", "before", "on_time", "afterwards"),
    [
        ("a Claim has been made", "pending", "true", "true"),
        ("no Claim has been made", "true", "false", "false"),
        ("a Claim has been made before 5 September 2005", "pending", "true", "true"),
        ("a Claim has been made after 5 September 2005", "pending", "pending", "pending"),
        ("every Claim has been made", "pending", "true", "true"),
        ("a Claim has been made by the Seller", "pending", "true", "true"),
        ("a Claim which states Urgent has been made", "pending", "true", "true"),
        ("no Claim which states Urgent has been made", "true", "false", "false"),
    ],
)
def test_a_stage_is_pending_until_it_is_reached(question: str, before: str, on_time: str, afterwards: str) -> None:
    deal = opened(DISPUTES)
    assert deal.asks(f"{question}.") == before

    deal.does("09:00 on 3 September 2005", "Seller: present a Claim stating Urgent.")
    assert deal.asks(f"{question}.") == on_time
    deal.passes("09:00 on 9 September 2005")

    assert deal.asks(f"{question}.") == afterwards


def test_what_did_not_come_in_time_is_false() -> None:
    deal = opened(DISPUTES)
    deal.passes("23:59 on 4 September 2005")
    assert deal.asks("a Claim has been made before 5 September 2005.") == "pending"

    deal.passes("00:00 on 5 September 2005")

    assert deal.asks("a Claim has been made before 5 September 2005.") == "false"


def test_a_reply_to_one_claim_is_no_reply_to_another() -> None:
    deal = opened(DISPUTES)
    for name in ("C-1", "C-2"):
        deal.does("", f'Seller: present the Claim "{name}" stating Urgent.')

    deal.does("", 'Buyer: present the Reply "R" about "C-1".')

    assert deal.asks('a Reply about "C-1" has been made.') == "true"
    assert deal.asks('a Reply about "C-2" has been made.') == "pending"
    assert deal.asks('no Reply about "C-2" has been made.') == "true"


def test_what_is_withdrawn_no_longer_counts() -> None:
    deal = opened(DISPUTES)
    deal.does("", 'Seller: present the Claim "C" stating Urgent.')

    deal.does("", 'Seller: withdraw the Claim "C".')

    assert deal.asks("no Claim has been made.") == "true"
    assert deal.asks('"C" has been made.') == "false"
    assert deal.asks("a Claim has been withdrawn.") == "true"
    assert deal.asks("the number of Claim is equal to 0.") == "true"
    deal.fails("", 'Seller: withdraw the Claim "C".')


# -------------------------------------------------------------- the latest counts

LATEST = """
Clause 2 "Orders":
  "Order" means a writing, made by the Buyer, addressed to the Agent, stating Payments as payments,
    the latest of which counts.
  For each Order, when such Order has been received by the Agent, then the Agent must release the Fund according to
    such Order.
"""


def test_an_order_that_is_superseded_pays_nothing() -> None:
    deal = opened(LATEST)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does(
        "10:00 on 1 September 2005", 'Buyer: present the Order "O-1" stating Payments as USD 90.00 to the Seller.'
    )

    deal.does(
        "11:00 on 1 September 2005", 'Buyer: present the Order "O-2" stating Payments as USD 10.00 to the Seller.'
    )

    assert (deal.status("2", "O-1"), deal.status("2", "O-2")) == ("superseded", "active")
    deal.fails("", 'Agent: release the Fund according to "O-1".', "2")
    deal.does("", 'Agent: release the Fund according to "O-2".')


def test_an_order_that_was_superseded_stays_so_when_the_later_one_is_withdrawn() -> None:
    deal = opened(LATEST)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does(
        "10:00 on 1 September 2005", 'Buyer: present the Order "O-1" stating Payments as USD 90.00 to the Seller.'
    )
    deal.does(
        "11:00 on 1 September 2005", 'Buyer: present the Order "O-2" stating Payments as USD 10.00 to the Seller.'
    )

    deal.tries("12:00 on 1 September 2005", 'Buyer: withdraw the Order "O-2".')

    deal.fails("", 'Agent: release the Fund according to "O-1".', "2")


# --------------------------------------------------------------------- notices

NOTICES = """
Clause 2 "Notices":
  "Mail" means a channel.
  "Fax" means a channel.
  "Demand" means a notice, made by the Seller, addressed to the Buyer and the Agent.
  Every notice must be sent by Mail or Fax with copy by Mail, and is given 2 business days after it is sent.
  The address of the Buyer for Mail is "1 Road".
  The address of the Agent for Mail is blank.
  The address of the Buyer for Fax is "555-1".
  The address of the Agent for Fax is "555-2".
  When a Demand has been given, then the Buyer must pay USD 5.00 to the Seller within 1 calendar day.
"""


def test_a_notice_is_given_when_the_rule_says() -> None:
    deal = opened(NOTICES)
    deal.does("09:00 on 2 September 2005", "Seller: give a Demand by Fax with copy by Mail.")
    assert deal.asks("a Demand has been sent.") == "true"
    assert deal.asks("a Demand has been given.") == "pending"

    # Friday; Monday is Labor Day, so the second business day is Wednesday.
    deal.passes("08:59 on 7 September 2005")
    assert deal.asks("a Demand has been given.") == "pending"
    deal.passes("09:00 on 7 September 2005")
    assert deal.asks("a Demand has been given.") == "true"

    deal.passes("23:59 on 8 September 2005")
    assert deal.status("2") == "active"
    deal.passes("00:00 on 9 September 2005")
    assert deal.status("2") == "overdue"


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("", "no channel is named"),
        (" by Fax", "no copy is named"),
        (" by Fax with copy by Fax", "not by Fax"),
        (" by Mail with copy by Mail", "no Mail address of Agent"),
        (" to the Buyer by Fax with copy by Mail", "Agent is missing"),
    ],
)
def test_a_notice_that_misses_something_is_refused(how: str, why: str) -> None:
    deal = opened(NOTICES)

    assert why in deal.fails("", f"Seller: give a Demand{how}.", "2")


def test_an_address_that_was_blank_can_be_filled() -> None:
    deal = opened(NOTICES)

    deal.fails("", 'Buyer: fill Agent Mail with "3 Road".')
    deal.does("", 'Agent: fill Agent Mail with "2 Road".')

    deal.does("", "Seller: give a Demand by Mail with copy by Mail.")


def test_a_notice_can_be_taken_back_until_it_is_given() -> None:
    early, late = opened(NOTICES), opened(NOTICES)
    for deal in (early, late):
        deal.does("09:00 on 2 September 2005", 'Seller: give the Demand "D" by Fax with copy by Mail.')

    early.does("08:59 on 7 September 2005", 'Seller: withdraw the Demand "D".')
    early.passes("09:00 on 9 September 2005")
    assert early.status("2") == "dormant"

    assert "has been given" in late.fails("09:00 on 7 September 2005", 'Seller: withdraw the Demand "D".')


def test_what_of_a_list_is_signed_already_is_left_alone() -> None:
    deal = opened(PAPER)
    deal.does("10:00 on 1 September 2005", "Seller: sign the Deed.")

    deal.does("11:00 on 1 September 2005", "Seller: sign the Papers.")

    assert [entry.kind for entry in deal.state.entries] == ["Deed", "Note"]
    assert "already signed" in deal.fails("12:00 on 1 September 2005", "Seller: sign the Papers.")
