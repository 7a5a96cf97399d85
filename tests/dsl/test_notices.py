"""When a notice counts as given: by each channel at its own instant, and what follows from that."""

from dsl.explain import render_derivation
from dsl.figures import value_now
from dsl.questions import read_question
from tests.dsl.deals import Deal, opened

NOTICES = """
Clause 2 "Notices":
  "Hand" means a channel. "Mail" means a channel.
  Every notice must be sent
    by Hand, and is given when it is received; or
    by Mail, and is given 3 business days after it is sent.
  The address of the Buyer for Hand is "1 Quay Street".
  The address of the Buyer for Mail is "1 Quay Street".
  "Warning" means a notice, made by the Seller, addressed to the Buyer.
Clause 3 "Duty":
  The Seller must give a Warning within 2 calendar days.
"""
SENT = "10:00 on 1 September 2005"


def said(deal: Deal, words: str) -> str:
    asked = read_question(words, deal.agreement.terms)
    assert asked.value is not None, asked.problems
    return render_derivation(value_now(deal.agreement, deal.state, asked.value))


def test_by_hand_it_is_given_when_somebody_says_it_is_received() -> None:
    deal = opened(NOTICES)
    deal.does(SENT, 'Seller: give the Warning "W" by Hand.')

    assert deal.asks('"W" has been sent.') == "true"
    assert deal.why('"W" has been given.').waits[0].who == ("Seller", "Buyer")
    deal.fails("10:30 on 1 September 2005", 'Agent: deliver "W" to the Buyer.', "2")
    deal.does("11:00 on 1 September 2005", 'Buyer: deliver "W" to the Buyer.')

    assert deal.asks('the giving of "W" is equal to 11:00 on 1 September 2005.') == "true"
    assert deal.status("3") == "fulfilled"


def test_by_hand_and_never_received_it_is_never_given() -> None:
    deal = opened(NOTICES)
    deal.does(SENT, 'Seller: give the Warning "W" by Hand.')

    deal.passes("10:00 on 10 September 2005")

    assert deal.asks('"W" has been given.') == "pending"
    assert deal.status("3") == "overdue"


def test_by_mail_three_business_days_with_labor_day_left_out() -> None:
    """Thursday 1 September: Friday 2, then Tuesday 6 and Wednesday 7, because Monday 5 is Labor Day."""
    deal = opened(NOTICES)

    deal.does(SENT, 'Seller: give the Warning "W" by Mail.')

    assert deal.asks('the giving of "W" is equal to 10:00 on 7 September 2005.') == "true"
    told = said(deal, 'the giving of "W"')
    assert "2, 3 business days after it is sent by Mail" in told


def test_a_receipt_is_recorded_once() -> None:
    deal = opened(NOTICES)
    deal.does(SENT, 'Seller: give the Warning "W" by Hand.')
    deal.does("11:00 on 1 September 2005", 'Seller: deliver "W" to the Buyer.')

    assert "all been received" in deal.fails(
        "12:00 on 1 September 2005", "Seller: deliver the Warning to the Buyer.", "2"
    )
    deal.does("12:00 on 1 September 2005", 'Seller: give the Warning "V" by Mail.')
    assert "all been received" in deal.fails("12:01 on 1 September 2005", 'Seller: deliver "V" to the Buyer.', "2")


def test_every_other_party_is_all_but_whose_act_it_is() -> None:
    """A person who makes it for the Buyer leaves out the Buyer; whoever names some has to name them all."""
    deal = opened(
        """
Clause 2 "Objections":
  "Ann" means a person acting for the Buyer.
  "Objection" means a claim, made by Ann or the Seller, addressed to every other party.
  "Consent" means a writing, signed by the Buyer, addressed to every other party.
"""
    )

    deal.does("", 'Ann: present the Objection "O-1".')
    refused = deal.fails("", 'Seller: present the Objection "O-2" to the Buyer.', "2")
    deal.does("", 'Seller: present the Objection "O-2" to the Buyer and the Agent.')
    deal.does("", 'Buyer: sign the Consent "C".')

    assert deal.state.entries[0].to == ("Seller", "Agent")
    assert "must go to Buyer and Agent: Agent is missing" in refused
    assert deal.state.entries[1].to == ("Buyer", "Agent")
    assert deal.state.entries[2].to == ("Seller", "Agent")
