"""Nobody is late, and nothing happens by itself, while it is open whether the clock stands still or all has ended."""

import pytest

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened

DUTY = """
Clause 2 "Pay"{edge}:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Frozen" means that the Limit is at least USD 50.00.
  "Default" means an event.
  The Buyer must pay USD 10.00 to the Seller within 2 calendar days{stopped}, failing which a Default occurs.

Clause 3 "Freezing":
  This section is boilerplate.
"""
EDGE = DUTY.format(edge=" subject to section 3 by suspension while the Frozen applies", stopped="")
STOPPED = DUTY.format(edge="", stopped=" not counting time while the Frozen applies")
MAY_END = """
Clause 2 "End":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, when the Amount of such Bill is at least the Limit, then this agreement terminates.

Clause 3 "What happens":
  "Default" means an event.
  "Rent Day" means an event, every 1 month from 5 September 2005.
  When 2 September 2005 has come, then USD 10.00 passes from the Fund to the Seller.
  The Buyer must pay USD 10.00 to the Seller within 2 calendar days, failing which a Default occurs.
"""


@pytest.mark.parametrize("text", [EDGE, STOPPED])
def test_a_duty_whose_clock_may_stand_still_is_late_only_once_it_is_known_that_it_ran(text: str) -> None:
    deal = opened(text)
    deal.passes("10:00 on 20 September 2005")
    while_open = deal.status("2"), deal.asks("a Default has been made.")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")

    assert while_open == ("active", "open")
    assert (deal.status("2"), deal.asks("a Default has been made.")) == ("overdue", "true")


@pytest.mark.parametrize(("text", "status"), [(EDGE, "suspended"), (STOPPED, "active")])
def test_a_duty_whose_clock_turns_out_to_stand_still_is_not_late(text: str, status: str) -> None:
    deal = opened(text)
    deal.passes("10:00 on 20 September 2005")
    deal.does("", "Buyer: fill the Limit with USD 60.00.")

    assert (deal.status("2"), deal.asks("a Default has been made.")) == (status, "pending")


@pytest.mark.parametrize("text", [EDGE, STOPPED])
def test_it_is_told_why_nothing_follows_from_a_time_that_may_be_over(text: str) -> None:
    deal = opened(text)
    deal.passes("10:00 on 20 September 2005")

    told = render_reason(explain(deal.agreement, deal.state, "2"))

    assert "it is open whether its time is over" in told
    assert "waits for: the blank Limit" in told


def ending() -> Deal:
    """A deal with USD 100.00 in the fund of which it is open whether it has ended."""
    deal = opened(MAY_END)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 20.00.')
    return deal


FIGURES = ("the number of Rent Days is equal to 0.", "no Default has been made.")


def test_nothing_happens_by_itself_while_it_is_open_whether_the_agreement_has_ended() -> None:
    deal = ending()
    deal.passes("10:00 on 10 September 2005")

    assert deal.asks("this agreement has terminated.") == "open"
    assert (deal.holds(), deal.status("3")) == ("USD 100.00", "active")
    assert [deal.asks(each) for each in FIGURES] == ["open", "open"]
    assert "whether the agreement has terminated is open" in render_reason(explain(deal.agreement, deal.state, "3"))


def test_it_happens_once_it_is_known_that_the_agreement_has_not_ended() -> None:
    deal = ending()
    deal.passes("10:00 on 10 September 2005")
    deal.does("", "Buyer: fill the Limit with USD 30.00.")

    assert (deal.holds(), deal.status("3")) == ("USD 90.00", "overdue")
    assert [deal.asks(each) for each in FIGURES] == ["false", "false"]


def test_it_never_happens_if_the_agreement_has_ended() -> None:
    deal = ending()
    deal.passes("10:00 on 10 September 2005")
    deal.does("", "Buyer: fill the Limit with USD 20.00.")

    assert (deal.holds(), deal.status("3")) == ("USD 100.00", "discharged")
    assert deal.asks("no Default has been made.") == "true"


@pytest.mark.parametrize(
    "window", ["by the Last Day", "within (the Days) calendar days", "within 2 calendar days after the Last Day"]
)
def test_a_power_cannot_be_used_while_it_is_open_when_it_ends(window: str) -> None:
    deal = opened(
        f"""
Clause 2 "Refund":
  "Last Day" means an optional blank date, filled by the Buyer.
  "Days" means an optional blank number, filled by the Buyer.
  The Agent may refund any amount to the Buyer from the Fund {window}.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")

    deal.fails("10:00 on 3 September 2005", "Agent: refund USD 10.00 to the Buyer from the Fund.", "2")
    deal.does("", "Buyer: fill the Days with 4.")
    deal.does("", "Buyer: fill the Last Day with 3 September 2005.")
    deal.does("", "Agent: refund USD 10.00 to the Buyer from the Fund.")
    deal.fails("10:00 on 6 September 2005", "Agent: refund USD 10.00 to the Buyer from the Fund.", "2")


DOUBT = """
Clause 2 "While":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Small Only" means that no Bill whose Amount is at least the Limit has been made.
"""
OWED = DOUBT + "While Small Only applies, then the Buyer must pay USD 1.00 to the Seller within 2 calendar days."
PASSED = (
    DOUBT + "While Small Only applies and 2 September 2005 has come, then USD 1.00 passes from the Fund to the Seller."
)


def test_a_duty_is_not_forgiven_because_it_was_open_for_a_while_whether_its_condition_had_ended() -> None:
    deal = opened(OWED)
    deal.passes("10:00 on 10 September 2005")
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 10.00.')
    told = deal.fails("", "Buyer: pay USD 1.00 to the Seller.", "2")
    deal.does("", "Buyer: fill the Limit with USD 20.00.")

    assert "it is open whether its condition has ended" in told
    assert deal.status("2") == "overdue"


def test_a_duty_is_not_late_while_it_is_open_whether_its_condition_has_ended_and_is_over_if_it_had() -> None:
    deal = opened(OWED)
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 10.00.')
    deal.passes("10:00 on 10 September 2005")
    meanwhile = deal.status("2")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")

    assert (meanwhile, deal.status("2")) == ("active", "dormant")


def test_money_does_not_pass_again_because_it_was_open_for_a_while_whether_the_condition_had_ended() -> None:
    deal = opened(PASSED)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.passes("10:00 on 2 September 2005")
    deal.does("", 'Seller: make the Bill "A" stating Amount as USD 10.00.')
    deal.does("", "Buyer: fill the Limit with USD 20.00.")

    assert deal.holds() == "USD 99.00"
