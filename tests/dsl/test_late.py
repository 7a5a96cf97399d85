"""Facts that come late, and acts of one instant: what was done stays, and what would now be otherwise is told."""

from dsl.events import Malformed
from dsl.replay import fold
from tests.dsl.deals import Deal, opened

GATED = """
Clause 2 "Gate":
  "Consent" means a claim, made by the Seller.
  "Stop" means a claim, made by the Buyer.
  While a Consent has been made, then the Agent may pay USD 5.00 to the Seller from the Fund.
"""


def gated() -> Deal:
    deal = opened(GATED)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")
    return deal


def test_a_refusal_that_a_late_fact_would_have_turned_is_told_and_stays() -> None:
    deal = gated()
    deal.fails("11:00 on 2 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "2")

    deal.does("10:00 on 2 September 2005", "Seller: make a Consent.", recorded="12:00 on 2 September 2005")

    (told,) = deal.state.divergences
    assert (told.then, told.now) == ("2", "2")
    assert "was refused, and would be accepted under section 2" in told.text
    assert deal.got("Seller") == "USD 0.00"


def test_where_the_order_of_two_people_at_one_instant_decides_that_is_told() -> None:
    deal = gated()
    deal.fails("11:00 on 2 September 2005", "Agent: pay USD 5.00 to the Seller from the Fund.", "2")

    deal.does("11:00 on 2 September 2005", "Seller: make a Consent.")

    assert [told.act for told in deal.state.divergences] == [2]
    assert "at the same instant as an act of Seller" in deal.state.divergences[0].text
    again = fold(deal.agreement, deal.history.opened, [each.event for each in deal.history.records])
    assert again.divergences == deal.state.divergences


def test_two_people_who_do_not_touch_each_other_may_act_at_one_instant() -> None:
    deal = gated()
    deal.does("11:00 on 2 September 2005", "Seller: make a Consent.")

    deal.does("11:00 on 2 September 2005", "Buyer: make a Stop.")

    assert deal.state.divergences == ()


CLAIMS = """
Clause 2 "Claims": "Claim" means a claim, made by the Seller, stating Amount as amount of USD.
  "Proof" means a finding, made by the Seller, stating Former as Claim.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
"""


def test_a_payment_stays_with_the_claim_it_was_for_when_an_earlier_claim_comes_late() -> None:
    deal = opened(CLAIMS)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Claim "B" stating Amount as USD 7.00.')
    deal.does("11:00 on 2 September 2005", 'Seller: find a Proof stating Former as "B".')
    deal.does("12:00 on 2 September 2005", "Buyer: pay USD 7.00 to the Seller.")

    late = "13:00 on 2 September 2005"
    deal.does("09:30 on 2 September 2005", 'Seller: present the Claim "A" stating Amount as USD 9.00.', recorded=late)

    assert (deal.status("2", "A"), deal.status("2", "B")) == ("active", "fulfilled")
    assert deal.asks("the Amount of the Former of the latest Proof is equal to USD 7.00.") == "true"


def test_what_has_no_name_is_named_once_and_keeps_it() -> None:
    deal = opened(CLAIMS)
    deal.does("10:00 on 2 September 2005", "Seller: present a Claim stating Amount as USD 7.00.")
    deal.does("11:00 on 2 September 2005", "Seller: present a Claim stating Amount as USD 8.00.")

    late = "13:00 on 2 September 2005"
    deal.does("09:30 on 2 September 2005", "Seller: present a Claim stating Amount as USD 9.00.", recorded=late)

    named = {entry.name: str(entry.content("Amount")) for entry in deal.state.entries}
    assert named == {"Claim": "USD 7.00", "Claim 2": "USD 8.00", "Claim 3": "USD 9.00"}


def test_a_name_that_is_taken_later_is_not_given_to_what_comes_late() -> None:
    deal = opened(CLAIMS)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Claim "B" stating Amount as USD 7.00.')

    answer = deal.tries(
        "09:30 on 2 September 2005",
        'Seller: present the Claim "B" stating Amount as USD 9.00.',
        recorded="13:00 on 2 September 2005",
    )

    assert answer == Malformed(('There already is a Claim named "B". Choose another name.',))


def test_a_deposit_keeps_its_number_when_an_earlier_one_comes_late() -> None:
    deal = opened(
        'Clause 2 "Deposits": "Payment In" means a movement, into the Fund.\n'
        "  For each Payment In, when such Payment In has been made, then the Agent may refund the Amount of such "
        "Payment In to the Buyer from the Fund."
    )
    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("12:00 on 2 September 2005", 'Agent: refund USD 7.00 to the Buyer from the Fund about "Payment In 1".')

    late = "13:00 on 2 September 2005"
    deal.does("09:30 on 2 September 2005", "Buyer: deposit USD 9.00 into the Fund.", recorded=late)

    amounts = {entry.name: str(entry.content("Amount")) for entry in deal.state.entries}
    assert amounts == {"Payment In 1": "USD 7.00", "Payment In 3": "USD 9.00"}
    assert deal.state.divergences == ()


PAPERS = """
Clause 2 "Order":
  "Order" means a writing, signed by the Buyer and the Seller, stating Amount as amount.
  "Bid" means a claim, made by the Buyer or the Seller, stating Amount as amount.
  "Freeze" means a claim, made by the Seller.
  "Receipt" means a movement, into the Fund.
  "Reserve" means a fund in USD, held by the Agent.
Clause 3 "Reserve" subject to section 2 by suspension while a Freeze has been made:
  For each Receipt, when such Receipt has been made, then 10 percent of the Amount of such Receipt passes
    from the Fund to the Reserve.
"""
LATEST = """
Clause 4 "Winner":
  "Winning" means the Amount of the latest Bid.
"""
BIDS = ('Buyer: make a Bid "A" stating Amount as USD 5.00.', 'Seller: make a Bid "B" stating Amount as USD 7.00.')


def together(text: str, *words: str) -> Deal:
    """Acts of one instant, told in this order."""
    deal = opened(text)
    for each in words:
        deal.does("11:00 on 2 September 2005", each)
    return deal


def test_where_two_state_other_content_at_one_instant_that_is_told_though_both_are_accepted() -> None:
    signed = (
        'Buyer: sign the Order "O" stating Amount as USD 5.00.',
        'Seller: sign the Order "O" stating Amount as USD 7.00.',
    )

    for order in (signed, signed[::-1]):
        (found,) = together(PAPERS, *order).state.divergences

        assert found.act == 2
        assert found.text == (
            f"at the same instant as an act of {order[0].partition(':')[0]}; "
            "the other way round the deal would stand otherwise"
        )


def test_what_stops_something_that_comes_by_itself_at_the_same_instant_is_told() -> None:
    acts = ("Buyer: deposit USD 50.00 into the Fund.", "Seller: make a Freeze.")

    passed, stopped = together(PAPERS, *acts), together(PAPERS, *acts[::-1])

    assert (passed.holds("Reserve"), stopped.holds("Reserve")) == ("USD 5.00", "USD 0.00")
    assert len(passed.state.divergences) == len(stopped.state.divergences) == 1


def test_two_entries_of_one_instant_are_told_only_where_a_sentence_asks_which_is_the_latest() -> None:
    assert together(PAPERS, *BIDS).state.divergences == ()
    assert len(together(PAPERS + LATEST, *BIDS).state.divergences) == 1


def test_what_one_person_did_between_does_not_hide_that_the_order_decides() -> None:
    deal = together(PAPERS + LATEST, BIDS[0], "Buyer: deposit USD 1.00 into the Fund.", BIDS[1])

    assert [found.act for found in deal.state.divergences] == [3]


BESIDE = """
Clause 2 "Pay":
  "Note" means a claim, made by the Seller.
  The Agent may pay any amount to the Seller from the Fund.
"""


def test_an_order_at_one_instant_is_told_also_past_somebody_who_does_something_else() -> None:
    deal = opened(BESIDE)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("11:00 on 1 September 2005", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Seller: make the Note.")
    deal.does("", "Agent: pay USD 80.00 to the Seller from the Fund.")

    assert [each.text for each in deal.state.divergences] == [
        "at the same instant as an act of Buyer; the other way round this would be refused"
    ]


def test_three_people_who_do_not_touch_one_another_may_act_in_any_order() -> None:
    deal = opened(BESIDE)
    deal.does("10:00 on 1 September 2005", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("11:00 on 1 September 2005", "Buyer: deposit USD 50.00 into the Fund.")
    deal.does("", "Seller: make the Note.")
    deal.does("", "Agent: pay USD 80.00 to the Seller from the Fund.")

    assert not deal.state.divergences
