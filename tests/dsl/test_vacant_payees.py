"""Nobody pays a role that nobody fills: what passes by itself waits, a payment by hand is refused, its clock stands."""

import pytest

from dsl.engine import explain, in_force
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Succession":
  "Resignation" means a claim, made by the Agent.
  When a Resignation has been made, then the Agent becomes vacant.
  "Appointment" means a claim, made by the Seller, stating Successor as name.
  For each Appointment, when such Appointment has been made,
    then the Successor of such Appointment becomes the Agent.
Clause 3 "Passing":
  "Pot" means a fund in USD, held by the Buyer.
  The Buyer may deposit any amount into the Pot.
  "Call" means a claim, made by the Seller.
  For each Call, when such Call has been made, then USD 5.00 passes from the Pot to the Agent.
Clause 4 "Fee":
  "Bill" means a claim, made by the Seller.
  For each Bill, when such Bill has been made, then the Buyer must pay USD 7.00 to the Agent within 5 calendar days.
Clause 5 "Gifts":
  The Buyer may pay any amount to the Agent from the Pot.
Clause 6 "Whoever":
  "Award" means a claim, made by the Seller, stating Payee as name.
  For each Award, when such Award has been made, then USD 1.00 passes from the Pot to the Payee of such Award.
  For each Award, when such Award has been made,
    then the Buyer must pay USD 2.00 to the Payee of such Award within 5 calendar days.
Clause 7 "Plans":
  "Plan" means a writing, signed by the Buyer, stating Shares as payments.
  The Buyer may release the Pot according to a Plan.
"""
VACANT = "10:00 on 3 September 2005"
RESIGNED = "2, first sentence"
FILLED = "12:00 on 5 September 2005"


@pytest.fixture
def vacant() -> Deal:
    """The agent leaves on 3 September at ten, and the Pot holds USD 50.00."""
    deal = opened(TEXT)
    deal.does("", "Buyer: deposit USD 50.00 into the Pot.")
    deal.does(VACANT, "Agent: present a Resignation.")
    return deal


def filled(deal: Deal) -> None:
    deal.does(FILLED, 'Seller: present an Appointment stating Successor as "New Trust".')


def explained(deal: Deal, section: str) -> str:
    law = in_force(deal.agreement, deal.state)
    return " ".join(render_reason(explain(law, deal.state, section)).split())


def test_what_would_pass_to_a_vacant_role_waits_and_passes_once_it_is_filled(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Seller: present the Call "C".')
    vacant.passes("11:00 on 5 September 2005")
    assert (vacant.holds("Pot"), vacant.got("Agent")) == ("USD 50.00", "USD 0.00")
    told = explained(vacant, "3")
    assert "USD 5.00 cannot pass: the Agent is vacant" in told
    assert "waits for: Seller can present an Appointment under section 2" in told
    assert [each.text for each in vacant.state.changes if "cannot pass" in each.text] == [
        'USD 5.00 cannot pass for "C": the Agent is vacant'
    ]

    filled(vacant)

    assert (vacant.holds("Pot"), vacant.got("Agent")) == ("USD 45.00", "USD 5.00")


def test_nobody_can_pay_a_vacant_role_by_hand(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Seller: present the Bill "B".')
    vacant.does("", 'Buyer: sign the Plan "P" stating Shares as USD 3.00 to the Seller, USD 4.00 to the Agent.')

    for words in (
        "Buyer: pay USD 7.00 to the Agent.",
        "Buyer: pay USD 1.00 to the Agent from the Pot.",
        'Buyer: release the Pot according to "P".',
    ):
        told = vacant.fails("", words, RESIGNED)
        assert "Nobody can take what is paid to Agent: it is vacant." in told
        assert "Seller can present an Appointment" in told
    assert (vacant.holds("Pot"), vacant.got("Agent"), vacant.got("Seller")) == ("USD 50.00", "USD 0.00", "USD 0.00")

    filled(vacant)
    vacant.does("", "Buyer: pay USD 7.00 to the Agent.")
    vacant.does("", 'Buyer: release the Pot according to "P".')
    assert (vacant.got("Agent"), vacant.got("Seller")) == ("USD 11.00", "USD 3.00")


def test_nobody_is_late_with_what_nobody_could_take() -> None:
    """Five days from 1 September end with the 6th. The clock stood still at the ends of the 3rd and 4th: the 8th."""
    deal = opened(TEXT)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Bill "B".')
    assert deal.asks('the deadline of section 4 for "B" is equal to 6 September 2005.') == "true"
    deal.does(VACANT, "Agent: present a Resignation.")
    assert deal.status("4", "B") == "suspended"
    assert "the Agent is vacant" in explained(deal, "4")

    filled(deal)

    assert deal.status("4", "B") == "active"
    assert deal.asks('the deadline of section 4 for "B" is equal to 8 September 2005.') == "true"
    deal.passes("23:59 on 8 September 2005")
    assert deal.status("4", "B") == "active"
    deal.passes("00:00 on 9 September 2005")
    assert deal.status("4", "B") == "overdue"


def test_a_payee_whom_an_entry_names_may_be_a_vacant_role(vacant: Deal) -> None:
    vacant.does("10:00 on 4 September 2005", 'Seller: present the Award "A" stating Payee as the Agent.')
    vacant.does("", 'Seller: present the Award "S" stating Payee as the Seller.')

    assert (vacant.holds("Pot"), vacant.got("Agent"), vacant.got("Seller")) == ("USD 49.00", "USD 0.00", "USD 1.00")
    assert [vacant.status("6", name) for name in "AS"] == ["suspended", "active"]
    vacant.fails("", "Buyer: pay USD 2.00 to the Agent.", RESIGNED)
    vacant.does("", "Buyer: pay USD 2.00 to the Seller.")

    filled(vacant)
    assert (vacant.holds("Pot"), vacant.got("Agent")) == ("USD 48.00", "USD 1.00")


def test_a_vacancy_that_comes_to_be_known_late_takes_back_what_had_passed_and_is_told() -> None:
    deal = opened(TEXT)
    deal.does("", "Buyer: deposit USD 50.00 into the Pot.")
    deal.does("10:00 on 4 September 2005", 'Seller: present the Call "C".')
    deal.does("11:00 on 4 September 2005", "Buyer: pay USD 3.00 to the Agent from the Pot.")
    assert deal.got("Agent") == "USD 8.00"

    deal.does(VACANT, "Agent: present a Resignation.", "12:00 on 6 September 2005")

    assert deal.got("Agent") == "USD 3.00"
    (told,) = deal.state.divergences
    assert (told.then, told.now) == ("5", RESIGNED)
    assert "Nobody can take what is paid to Agent" in told.text
    (restated,) = deal.state.restated
    assert restated.happening.text.startswith("USD 5.00 has passed from Pot to Agent")
