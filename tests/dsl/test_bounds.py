"""A time that runs after something has a beginning: what came before it did not come within it."""

import pytest

from dsl.events import Acted
from tests.dsl.deals import Deal, opened

ANSWER = """
Clause 2 "Answer":
  "Draw" means a claim, made by the Seller, addressed to the Buyer.
  "Certificate" means a finding, made by the Agent, about a Draw.
  "Refusal" means a claim, made by the Buyer, about a Draw.
  "Objection" means a claim, made by the Buyer, about a Certificate.
  "Refused" of a Draw means that a Refusal about such Draw has been made
    within 5 business days after the making of the latest Certificate about such Draw.
  "Agreed" of a Draw means that no Refusal about such Draw has been made
    within 5 business days after the making of the latest Certificate about such Draw.
"""


def with_draw() -> Deal:
    deal = opened(ANSWER)
    deal.does("10:00 on 1 September 2005", 'Seller: make the Draw "D".')
    return deal


def test_what_was_made_before_a_time_began_was_not_made_within_it() -> None:
    """Certified on Friday 2 September; five business days with Labor Day left out end with Monday 12 September."""
    deal = with_draw()
    deal.does("11:00 on 1 September 2005", 'Buyer: make the Refusal about "D".')
    deal.does("12:00 on 2 September 2005", 'Agent: find the Certificate about "D".')

    assert deal.asks('"D" is Refused.') == "pending"

    deal.passes("00:01 on 13 September 2005")
    assert deal.asks('"D" is Refused.') == "false"
    assert deal.asks('"D" is Agreed.') == "true"


def test_one_that_comes_in_time_counts_beside_one_that_came_too_early() -> None:
    deal = with_draw()
    deal.does("11:00 on 1 September 2005", 'Buyer: make the Refusal "R-1" about "D".')
    deal.does("12:00 on 2 September 2005", 'Agent: find the Certificate about "D".')

    deal.does("12:00 on 2 September 2005", 'Buyer: make the Refusal "R-2" about "D".')

    assert deal.asks('"D" is Refused.') == "true"
    assert deal.asks('"D" is Agreed.') == "false"


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        ("23:59 on 9 September 2005", "pending"),
        ("00:00 on 10 September 2005", "true"),
        ("23:59 on 15 September 2005", "true"),
        ("00:00 on 16 September 2005", "false"),
    ],
)
def test_a_time_after_a_day_begins_with_that_day(made: str, answer: str) -> None:
    """Five calendar days after 10 September end with 15 September; what came too early may still come in time."""
    deal = opened('Clause 2: "Refusal" means a claim, made by the Buyer.')

    deal.does(made, "Buyer: make a Refusal.")

    assert deal.asks("a Refusal has been made within 5 calendar days after 10 September 2005.") == answer


def test_an_answer_to_what_is_on_its_way_is_in_time() -> None:
    """Sent on Thursday 1 September, given on Sunday 4 September; answered on Friday by somebody who had it already."""
    deal = opened(
        'Clause 2: "Mail" means a channel. Every notice must be sent by Mail, and is given 3 calendar days after it is'
        ' sent. The address of the Buyer for Mail is "1".'
        ' "Call" means a notice, made by the Seller, addressed to the Buyer.'
        ' "Answer" means a claim, made by the Buyer, about a Call.'
    )
    deal.does("10:00 on 1 September 2005", 'Seller: give the Call "C" by Mail.')
    deal.does("10:00 on 2 September 2005", 'Buyer: make the Answer about "C".')

    assert deal.asks('an Answer about "C" has been made within 5 calendar days after the giving of "C".') == "true"
    assert deal.asks('no Answer about "C" has been made within 5 calendar days after the giving of "C".') == "false"


def test_a_power_cannot_be_used_before_its_time_begins_and_a_duty_can_be_performed() -> None:
    deal = opened(
        'Clause 2 "Rent": The Buyer must pay USD 5.00 to the Seller within 5 calendar days after 10 September 2005.\n'
        'Clause 3 "Option": The Buyer may pay USD 7.00 to the Agent within 5 calendar days after 10 September 2005.\n'
    )

    told = deal.fails("23:59 on 9 September 2005", "Buyer: pay USD 7.00 to the Agent.", "3")
    deal.does("", "Buyer: pay USD 5.00 to the Seller.")

    assert "too early" in told
    assert deal.status("2") == "fulfilled"
    deal.does("00:00 on 10 September 2005", "Buyer: pay USD 7.00 to the Agent.")


def test_a_power_that_runs_from_what_has_not_come_waits_for_it() -> None:
    deal = opened(
        'Clause 2: "Report" means a finding, made by the Agent.'
        " The Buyer may pay USD 7.00 to the Agent within 5 calendar days after the making of the latest Report."
    )

    told = deal.fails("10:00 on 1 September 2005", "Buyer: pay USD 7.00 to the Agent.", "2")
    deal.does("11:00 on 1 September 2005", "Agent: find a Report.")

    assert "there is no Report yet" in told
    assert isinstance(deal.tries("11:00 on 1 September 2005", "Buyer: pay USD 7.00 to the Agent."), Acted)
