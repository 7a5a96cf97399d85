"""What waits for one thing and rests on something open beside it may be so now, and is not taken for what is not."""

import pytest

from tests.dsl.deals import Deal, opened

TEXT = """
Clause 2 "Pay"{edge}:
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Stop" means a claim, made by the Buyer.
  "Frozen" means that {frozen}
    (i) a Stop has been made; {joined}
    (ii) the Limit is at least USD 50.00.
  "Default" means an event.
  The Agent may pay any amount to the Seller from the Fund.

Clause 3 "Due":
  The Buyer must pay USD 10.00 to the Seller within 2 calendar days{stopped}, failing which a Default occurs.

Clause 4 "Rule":
  {rule}
"""
BAN = "While the Frozen applies, then the Agent must not pay any amount to the Seller from the Fund."
END = "When the Frozen applies, then this agreement terminates."
EDGE = " subject to section 4 by suspension"
FROZEN = f"{EDGE} while the Frozen applies"
NO_RULE = "This section is boilerplate."
PAYING = "Agent: pay USD 10.00 to the Seller from the Fund."


DEPOSIT = "Buyer: deposit USD 100.00 into the Fund."


def unfunded(rule: str = NO_RULE, edge: str = "", stopped: str = "", quantifier: str = "any") -> Deal:
    """A deal in which either of two things (or both) freezes, and neither is known."""
    frozen, joined = {"any": ("any of", "or"), "all": ("all of", "and")}[quantifier]
    return opened(TEXT.format(frozen=frozen, joined=joined, rule=rule, edge=edge, stopped=stopped))


def funded(rule: str = NO_RULE, edge: str = "", stopped: str = "", quantifier: str = "any") -> Deal:
    """The same with USD 100.00 in the fund."""
    deal = unfunded(rule, edge, stopped, quantifier)
    deal.does("", DEPOSIT)
    return deal


@pytest.mark.parametrize(("rule", "edge", "section"), [(BAN, EDGE, "4"), (NO_RULE, FROZEN, "2(ii)")])
def test_nobody_may_do_what_may_be_forbidden_or_displaced_already(rule: str, edge: str, section: str) -> None:
    deal = funded(rule, edge)

    told = deal.fails("", PAYING, section)
    deal.does("", "Buyer: fill the Limit with USD 10.00.")
    deal.does("", PAYING)

    assert "Open: waits for the blank Limit." in told


def test_nothing_may_be_done_under_an_agreement_that_may_have_ended_already() -> None:
    deal = unfunded(END)

    told = deal.fails("", DEPOSIT, "2(ii)")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")
    deal.does("", DEPOSIT)

    assert "Open: waits for the blank Limit." in told


def test_nobody_is_late_while_the_clock_may_stand_still_already() -> None:
    deal = funded(stopped=" not counting time while the Frozen applies")
    deal.passes("10:00 on 20 September 2005")
    while_open = deal.status("3"), deal.asks("a Default has been made.")
    deal.does("", "Buyer: fill the Limit with USD 10.00.")

    assert while_open == ("active", "open")
    assert (deal.status("3"), deal.asks("a Default has been made.")) == ("overdue", "true")


@pytest.mark.parametrize(("rule", "edge"), [(BAN, EDGE), (END, ""), (NO_RULE, FROZEN)])
def test_what_needs_an_act_that_has_not_come_is_not_so_yet_whatever_else_is_open(rule: str, edge: str) -> None:
    deal = funded(rule, edge, quantifier="all")

    deal.does("", PAYING)
    deal.does("", "Buyer: make the Stop.")
    told = deal.fails("", PAYING)

    assert "the blank Limit" in told
