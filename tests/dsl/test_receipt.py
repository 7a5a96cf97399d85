"""To whom something has been handed over: receipt by one addressee says nothing of another."""

import pytest

from dsl.events import Malformed
from tests.dsl.deals import opened

CODE = """
Clause 2 "Code":
  "Code" means a document, signed by the Agent, addressed to the Buyer and the Seller.
"""
HAND = """
Clause 2 "Notices":
  "Hand" means a channel.
  Every notice must be sent by Hand, and is given when it is received.
  The address of the Buyer for Hand is "1".
  The address of the Seller for Hand is "2".
  "Warning" means a notice, made by the Agent, addressed to the Buyer and the Seller.
"""
LENDERS = """
Clause 2 "Lenders":
  "Third" means a party.
  "Lenders" means a group of Buyer, Seller and Third, acting by {rule} of them.
  "Code" means a document, signed by the Agent, addressed to the Lenders.
"""
TEN, ELEVEN = "10:00 on 1 September 2005", "11:00 on 1 September 2005"


def test_a_paper_delivered_to_one_is_received_by_that_one_alone() -> None:
    deal = opened(
        f"{CODE}  When a Code has been received by the Seller, then the Seller must pay USD 5.00 to the Agent.\n"
    )
    deal.does("", 'Agent: sign the Code "W".')
    deal.does(TEN, 'Agent: deliver "W" to the Buyer.')

    assert deal.asks('"W" has been received by the Buyer.') == "true"
    assert deal.asks('"W" has been received by the Seller.') == "pending"
    assert deal.asks('"W" has been received.') == "pending"
    assert deal.status("2") == "dormant"

    deal.does(ELEVEN, 'Agent: deliver "W" to the Seller.')

    assert deal.asks('"W" has been received.') == "true"
    assert deal.asks(f'the receipt of "W" is equal to {ELEVEN}.') == "true"
    assert deal.status("2") == "active"


def test_who_delivers_without_saying_to_whom_delivers_to_all() -> None:
    deal = opened(CODE)
    deal.does("", 'Agent: sign the Code "W".')

    deal.does(TEN, 'Agent: deliver "W".')

    assert deal.asks('"W" has been received by the Buyer.') == "true"
    assert deal.asks('"W" has been received by the Seller.') == "true"
    assert "all been received" in deal.fails(ELEVEN, "Agent: deliver the Code.")


def test_a_duty_to_deliver_to_one_is_not_performed_by_delivering_to_another() -> None:
    deal = opened(
        f"{CODE}"
        'Clause 3 "Buyer": The Agent must deliver the Code to the Buyer within 2 business days.\n'
        'Clause 4 "Seller": The Agent must deliver the Code to the Seller within 5 business days.\n'
        'Clause 5 "Both": The Agent must deliver the Code within 5 business days.\n'
    )
    deal.does("", 'Agent: sign the Code "W".')
    deal.does(TEN, 'Agent: deliver "W" to the Buyer.')
    assert [deal.status(each) for each in "345"] == ["fulfilled", "active", "active"]

    deal.does(ELEVEN, 'Agent: deliver "W" to the Seller.')

    assert [deal.status(each) for each in "345"] == ["fulfilled"] * 3


def test_a_paper_of_two_signers_is_received_when_each_counterpart_is() -> None:
    deal = opened(
        'Clause 2 "Deed": "Deed" means a document, signed by the Buyer and the Seller,'
        " addressed to the Agent and the Buyer.\n"
    )
    deal.does("", 'Seller: sign the Deed "D".')
    deal.does("", 'Seller: deliver "D" to the Agent and the Buyer.')
    deal.does("", 'Buyer: sign the Deed "D".')
    assert deal.asks('"D" has been received by the Agent.') == "pending"

    deal.does("", 'Buyer: deliver "D" to the Agent.')

    assert deal.asks('"D" has been received by the Agent.') == "true"
    assert deal.asks('"D" has been received by the Buyer.') == "pending"


def test_a_notice_given_on_receipt_is_given_when_the_last_has_it() -> None:
    deal = opened(HAND)
    deal.does("", 'Agent: give the Warning "W" by Hand.')
    deal.does(TEN, 'Buyer: deliver "W" to the Buyer.')

    assert deal.asks('"W" has been received by the Buyer.') == "true"
    assert deal.asks('"W" has been received by the Seller.') == "pending"
    assert deal.asks('"W" has been given.') == "pending"

    deal.does(ELEVEN, 'Seller: deliver "W" to the Seller.')

    assert deal.asks(f'the giving of "W" is equal to {ELEVEN}.') == "true"
    assert deal.asks('"W" has been received.') == "true"


@pytest.mark.parametrize(("rule", "after_one"), [("any", "true"), ("each", "pending"), ("majority", "pending")])
def test_a_group_has_received_by_the_rule_by_which_it_acts(rule: str, after_one: str) -> None:
    deal = opened(LENDERS.format(rule=rule))
    deal.does("", 'Agent: sign the Code "W".')
    deal.does("", 'Agent: deliver "W" to the Third.')

    assert deal.asks('"W" has been received by the Third.') == "true"
    assert deal.asks('"W" has been received by the Buyer.') == "pending"
    assert deal.asks('"W" has been received by the Lenders.') == after_one

    deal.does("", 'Agent: deliver "W" to the Lenders.')

    assert deal.asks('"W" has been received by the Lenders.') == "true"
    assert deal.asks('"W" has been received by the Buyer.') == "true"


def test_nothing_is_delivered_to_somebody_it_is_not_addressed_to() -> None:
    deal = opened(CODE)
    deal.does("", 'Agent: sign the Code "W".')

    answer = deal.tries("", 'Agent: deliver "W" to the Agent.')

    assert answer == Malformed(("Code is addressed to Buyer and Seller, not to Agent.",))


def test_what_is_addressed_to_nobody_has_been_received_by_whom_it_was_delivered_to() -> None:
    deal = opened('Clause 2 "Deed": "Deed" means a document, signed by the Seller.\n')
    deal.does("", 'Seller: sign the Deed "D".')
    deal.does("", 'Seller: deliver "D" to the Agent.')

    assert deal.asks('"D" has been received.') == "true"
    assert deal.asks('"D" has been received by the Agent.') == "true"


def test_what_has_been_received_cannot_be_handed_over_again() -> None:
    """A second receipt would seem to make an older paper the latest one, and would not."""
    deal = opened("""
Clause 2 "Instruction":
  "Instruction" means a writing, signed by the Buyer, addressed to the Agent.
  When the latest Instruction has been received, then the Agent may pay any amount to the Buyer from the Fund.
""")
    deal.does(TEN, 'Buyer: sign the Instruction "A".')
    deal.does("", 'Buyer: deliver the Instruction "A" to the Agent.')

    told = deal.fails(ELEVEN, 'Buyer: deliver the Instruction "A" to the Agent.')

    assert "it has all been received" in told
