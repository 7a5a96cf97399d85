"""What one sentence makes happen by itself happens together, or not at all, and is never lost."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from dsl.history import state_at
from tests.dsl.deals import Deal, opened

EXCHANGE = """
Clause 2 "Exchange":
  "Pot" means a fund in USD, held by the Agent.
  "Call" means an act, made by the Seller.
  "Closing" means an event.
  The Buyer may deposit any amount into the Pot.
  When a Call has been made, then USD 100.00 passes from the Fund to the Seller, and a Closing occurs,
    and USD 50.00 passes from the Pot to the Agent.
"""


def told_of(deal: Deal, section: str) -> str:
    return render_reason(explain(deal.agreement, deal.state, section))


def short_of_twenty() -> Deal:
    deal = opened(EXCHANGE)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Buyer: deposit USD 30.00 into the Pot.")
    deal.does("", "Seller: take a Call.")
    return deal


def test_where_the_second_payment_cannot_be_made_the_first_has_not_moved() -> None:
    deal = short_of_twenty()

    assert (deal.holds(), deal.holds("Pot")) == ("USD 100.00", "USD 30.00")
    assert (deal.got("Seller"), deal.got("Agent")) == ("USD 0.00", "USD 0.00")
    assert deal.asks("a Closing has been made.") == "pending"


def test_it_is_told_once_and_explained_what_is_missing() -> None:
    deal = short_of_twenty()

    deal.does("", "Buyer: deposit USD 1.00 into the Pot.")

    told = [each.text for each in deal.state.changes if "cannot pass" in each.text]
    assert told == ["USD 50.00 cannot pass: The Pot holds USD 30.00, which is less than USD 50.00."]
    now = "waits for: USD 50.00 cannot pass: The Pot holds USD 31.00, which is less than USD 50.00"
    assert told_of(deal, "2").count(now) == 3


def test_everything_happens_at_the_instant_at_which_all_of_it_can() -> None:
    deal = short_of_twenty()

    deal.does("10:00 on 2 September 2005", "Buyer: deposit USD 20.00 into the Pot.")

    assert (deal.got("Seller"), deal.got("Agent")) == ("USD 100.00", "USD 50.00")
    assert deal.asks("a Closing has been made.") == "true"


def test_it_happens_once_whatever_comes_later() -> None:
    deal = short_of_twenty()

    deal.does("", "Buyer: deposit USD 20.00 into the Pot.")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Buyer: deposit USD 50.00 into the Pot.")

    assert (deal.got("Seller"), deal.got("Agent")) == ("USD 100.00", "USD 50.00")


def test_a_payment_uses_what_an_earlier_one_of_its_sentence_has_brought() -> None:
    deal = opened("""
Clause 2 "Chain":
  "Pot" means a fund in USD, held by the Agent.
  "Call" means an act, made by the Seller.
  When a Call has been made, then 10 percent of the balance of the Fund passes from the Fund to the Pot,
    and USD 8.00 passes from the Pot to the Agent.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    deal.does("", "Seller: take a Call.")

    assert (deal.holds(), deal.holds("Pot"), deal.got("Agent")) == ("USD 90.00", "USD 2.00", "USD 8.00")


def test_an_unknown_figure_holds_back_the_whole_sentence() -> None:
    deal = opened("""
Clause 2 "Fee":
  "Call" means an act, made by the Seller.
  "Fee" means an optional blank amount of USD, filled by the Buyer.
  When a Call has been made, then USD 10.00 passes from the Fund to the Seller, and the Fee passes from the Fund
    to the Agent, and this agreement terminates.
""")
    deal.does("", "Buyer: deposit USD 15.00 into the Fund.")
    deal.does("", "Seller: take a Call.")
    assert (deal.got("Seller"), deal.asks("this agreement has terminated.")) == ("USD 0.00", "false")

    deal.does("", "Buyer: fill the Fee with USD 5.00.")

    assert (deal.got("Seller"), deal.got("Agent")) == ("USD 10.00", "USD 5.00")
    assert deal.asks("this agreement has terminated.") == "true"


def test_a_payment_that_a_yearly_cap_stops_is_made_when_the_cap_counts_anew() -> None:
    deal = opened("""
Clause 2 "Fee":
  "Call" means an act, made by the Seller.
  For each Call, when such Call has been made, then USD 30.00 passes from the Fund to the Seller.
  The total paid under section 2 must not exceed USD 50.00 in each calendar year.
""")
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Seller: take a Call.")
    deal.does("", "Seller: take a Call.")

    deal.passes("23:59 on 31 December 2005")
    before = deal.got("Seller")
    deal.passes("12:00 on 1 March 2006")

    assert before == "USD 30.00"
    assert deal.got("Seller") == "USD 60.00"
    last = deal.state.postings[-1].at
    assert last == state_at(deal.history, last).now
    assert f"{last:%d %B %Y %H:%M}" == "01 January 2006 05:00", "midnight in New York is five o'clock in UTC"


def test_under_while_it_happens_once_in_each_episode() -> None:
    deal = opened("""
Clause 2 "Fee":
  "Stop" means a claim, made by the Buyer.
  While no Stop has been made, then USD 30.00 passes from the Fund to the Seller.
""")
    assert deal.got("Seller") == "USD 0.00"

    deal.does("", "Buyer: deposit USD 40.00 into the Fund.")
    deal.does("", "Buyer: deposit USD 40.00 into the Fund.")
    first = deal.got("Seller")
    deal.does("", 'Buyer: present the Stop "S".')
    deal.does("", 'Buyer: withdraw the Stop "S".')

    assert first == "USD 30.00"
    assert deal.got("Seller") == "USD 60.00"


@pytest.mark.parametrize(("held", "paid"), [("50.00", "USD 0.00"), ("60.00", "USD 60.00")])
def test_what_passes_for_every_entry_passes_for_all_or_for_none(held: str, paid: str) -> None:
    """Two bills of USD 30.00 cannot both be paid out of USD 50.00."""
    deal = opened("""
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller.
  "Closing" means a finding, made by the Buyer.
  When a Closing has been made, then for every Bill, USD 30.00 passes from the Fund to the Seller.
""")
    deal.does("", f"Buyer: deposit USD {held} into the Fund.")
    for name in ("A", "B"):
        deal.does("", f'Seller: present the Bill "{name}".')

    deal.does("", "Buyer: find the Closing.")

    assert deal.got("Seller") == paid
