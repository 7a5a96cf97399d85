"""What is beyond a cap, of what the agreement pays by itself: what was cut off, and what waits."""

import pytest

from api import codec
from dsl.engine import explain
from dsl.explain import render_reason
from dsl.state import State
from tests.dsl.deals import Deal, opened

PASSES = """
Clause 2 "Costs":
  "Cost" means a claim, made by the Seller, stating Amount as amount.
  For each Cost, when such Cost has been made, then the Amount of such Cost passes from the Fund to the Seller.
  The total paid under section 2 must not exceed USD 100.00 {span}{excess}.
Clause 3 "More":
  "Extra" means a claim, made by the Seller, stating Amount as amount.
  For each Extra, when such Extra has been made, then the Amount of such Extra passes from the Fund to the Agent.
{more}
"""
FOR_LIFE, EACH_YEAR = "in the life of this agreement", "in each calendar year"
NOT_PAYABLE = "; the excess is not payable"
EXCESS = "the excess under section 2"


def paying(span: str = FOR_LIFE, excess: str = NOT_PAYABLE, more: str = "", funded: str = "USD 500.00") -> Deal:
    deal = opened(PASSES.format(span=span, excess=excess, more=more))
    deal.does("", f"Buyer: deposit {funded} into the Fund.")
    return deal


def costs(deal: Deal, name: str, amount: str, when: str = "", recorded: str = "", kind: str = "Cost") -> None:
    deal.does(when, f'Seller: present the {kind} "{name}" stating Amount as {amount}.', recorded)


def test_what_a_cap_cuts_off_of_what_passes_is_beyond_it() -> None:
    """Of 80.00, 50.00 and 10.00 under a cap of 100.00: 80.00 and 20.00 pass; 30.00, then 10.00 more are beyond."""
    deal = paying()
    costs(deal, "A", "USD 80.00")
    before = deal.figure(EXCESS)
    costs(deal, "B", "USD 50.00")
    after = deal.figure(EXCESS)
    costs(deal, "C", "USD 10.00")

    assert (before, after, deal.figure(EXCESS)) == ("USD 0.00", "USD 30.00", "USD 40.00")
    assert deal.holds("Fund") == "USD 400.00"


def test_a_late_cost_changes_what_was_cut_off() -> None:
    """C (60.00) on the 1st, A (80.00) on the 2nd, B (50.00) on the 3rd: 60.00 and 40.00 pass."""
    deal = paying()
    costs(deal, "A", "USD 80.00", "10:00 on 2 September 2005")
    costs(deal, "B", "USD 50.00", "10:00 on 3 September 2005")
    costs(deal, "C", "USD 60.00", "10:00 on 1 September 2005", recorded="10:00 on 4 September 2005")

    assert (deal.figure(EXCESS), deal.holds("Fund")) == ("USD 90.00", "USD 400.00")


def test_what_was_cut_off_is_asked_as_of_a_time() -> None:
    """30.00 were cut off on the 2nd, and 10.00 more on the 3rd."""
    deal = paying()
    costs(deal, "A", "USD 130.00", "10:00 on 2 September 2005")
    costs(deal, "B", "USD 10.00", "10:00 on 3 September 2005")
    deal.passes("10:00 on 5 September 2005")

    then = tuple(deal.figure(f"({EXCESS} as of {day} September 2005)") for day in (1, 2, 3))
    assert then == ("USD 0.00", "USD 30.00", "USD 40.00")


def test_what_was_cut_off_is_kept_and_read_back_as_it_was() -> None:
    deal = paying()
    costs(deal, "A", "USD 130.00")

    assert deal.state.cuts
    assert codec.read(codec.write(deal.state, State), State) == deal.state


def test_what_waits_asks_for_more_than_the_cap_leaves() -> None:
    """The Fund holds 70.00: 130.00 wait, of which 30.00 are beyond the cap, and as much once 100.00 have passed."""
    deal = paying(funded="USD 70.00")
    costs(deal, "A", "USD 130.00")
    waiting = deal.figure(EXCESS)
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    assert (waiting, deal.figure(EXCESS), deal.holds("Fund")) == ("USD 30.00", "USD 30.00", "USD 20.00")


def test_what_waits_for_a_cap_that_cuts_nothing_off_is_beyond_it() -> None:
    """80.00 pass; 50.00 wait for a cap that leaves 20.00, and 15.00 more pass: 50.00 against 5.00 that are left."""
    deal = paying(excess="")
    costs(deal, "A", "USD 80.00")
    costs(deal, "B", "USD 50.00")
    before = deal.figure(EXCESS)
    costs(deal, "C", "USD 15.00")

    assert (before, deal.figure(EXCESS), deal.holds("Fund")) == ("USD 30.00", "USD 45.00", "USD 405.00")


def test_of_two_caps_each_tells_what_it_alone_leaves_unpaid() -> None:
    """120.00 and 30.00. Under section 2 alone 100.00 pass and 20.00 do not. Under 4 (110.00 for both) 40.00 do not."""
    more = """Clause 4 "Both":
  The total paid under sections 2 and 3 must not exceed USD 110.00 in the life of this agreement;
    the excess is not payable.
"""
    deal = paying(more=more)
    costs(deal, "A", "USD 120.00")
    costs(deal, "B", "USD 30.00", kind="Extra")

    assert (deal.figure(EXCESS), deal.figure("the excess under section 4")) == ("USD 20.00", "USD 40.00")
    assert deal.holds("Fund") == "USD 390.00"


FOR_ALL = """Clause 4 "All":
  The total paid under section 2 must not exceed {} in the life of this agreement; the excess is not payable.
"""


def test_beside_a_cap_for_life_one_each_year_tells_what_it_leaves_of_each_year() -> None:
    """120.00 in 2005; 50.00 in 2006, of which 110.00 for life leave 10.00. By 100.00 a year, 20.00 and nothing."""
    deal = paying(span=EACH_YEAR, more=FOR_ALL.format("USD 110.00"))
    costs(deal, "A", "USD 120.00", "10:00 on 2 September 2005")
    costs(deal, "B", "USD 50.00", "10:00 on 10 January 2006")

    assert (deal.figure(EXCESS), deal.figure("the excess under section 4")) == ("USD 20.00", "USD 60.00")
    assert deal.holds("Fund") == "USD 390.00"


def test_each_year_is_measured_by_what_the_cap_then_allowed() -> None:
    """150.00 and 50.00 against 40 percent of 300.00 and then of 100.00: 30.00 and 10.00; the rest is beyond 125.00."""
    level = '"Level" means a claim, made by the Agent, stating Of as amount.'
    text = PASSES.replace("exceed USD 100.00", "exceed (40 percent of the Of of the latest Level)")
    deal = opened(text.format(span=EACH_YEAR, excess=NOT_PAYABLE, more=FOR_ALL.format("USD 125.00") + level))
    deal.does("", "Buyer: deposit USD 500.00 into the Fund.")
    deal.does("", "Agent: make the Level stating Of as USD 300.00.")
    costs(deal, "A", "USD 150.00", "10:00 on 2 September 2005")
    deal.does("10:00 on 9 January 2006", "Agent: make the Level stating Of as USD 100.00.")
    costs(deal, "B", "USD 50.00", "10:00 on 10 January 2006")

    assert (deal.figure(EXCESS), deal.holds("Fund")) == ("USD 40.00", "USD 375.00")


@pytest.mark.parametrize(
    "sentence",
    [
        "when such Bill has been made, then the Amount of such Bill passes from the Fund to the Seller",
        "when such Bill has been made, then the Buyer must pay the Amount of such Bill to the Seller",
    ],
)
def test_what_a_cap_for_each_leaves_unpaid_is_not_beyond_the_cap_on_all(sentence: str) -> None:
    """100.00 for each bill and 1,000.00 for all: of a bill of 150.00, nothing is beyond that on all."""
    deal = opened(f"""
Clause 2 "Bills":
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  For each Bill, {sentence}.
  The total paid under section 2 for each Bill must not exceed USD 100.00 in the life of this agreement;
    the excess is not payable.
Clause 3 "All": The total paid under section 2 must not exceed USD 1,000.00 in the life of this agreement;
    the excess is not payable.
""")
    deal.does("", "Buyer: deposit USD 500.00 into the Fund.")
    costs(deal, "A", "USD 150.00", kind="Bill")
    if "must" in sentence:
        deal.does("", 'Buyer: pay USD 150.00 to the Seller about "A".')

    assert deal.figure("the amount paid under section 2") == "USD 100.00"
    assert deal.figure("the excess under section 3") == "USD 0.00"


def test_what_was_cut_off_in_one_year_is_not_paid_in_the_next() -> None:
    """30.00 were cut off in 2005; in 2006 another 60.00 pass whole, and 30.00 stay beyond the cap."""
    deal = paying(span=EACH_YEAR)
    costs(deal, "A", "USD 130.00")
    costs(deal, "B", "USD 60.00", "10:00 on 10 January 2006")

    assert (deal.figure(EXCESS), deal.holds("Fund")) == ("USD 30.00", "USD 340.00")


def test_explain_says_how_much_was_cut_off() -> None:
    deal = paying()
    costs(deal, "A", "USD 80.00")
    costs(deal, "B", "USD 50.00")

    told = render_reason(explain(deal.agreement, deal.state, "2"))
    assert "USD 30.00 of USD 50.00 fell away under the cap of section 2" in told
    assert "of USD 80.00 fell away" not in told


def test_the_excess_of_what_may_be_to_pass_is_open() -> None:
    """Forty wait for the section that is needed first, and the cap leaves ten of them, if they are to pass at all."""
    deal = opened("""
Clause 2 "Pass" subject to section 3 by condition:
  "Doubt" means an ambiguity "Does it pass?" with readings Accepts and Rejects, settled by the Buyer.
  When the Doubt is read as Accepts, then USD 40.00 passes from the Fund to the Seller.
Clause 3 "First":
  The Agent may pay USD 40.00 to the Seller from the Fund.
  The total paid under section 2 must not exceed USD 10.00 in the life of this agreement.
""")

    assert deal.asks("the excess under section 3 is equal to USD 0.00.") == "open"
    deal.does("", "Buyer: choose Accepts for the Doubt.")
    assert deal.asks("the excess under section 3 is equal to USD 30.00.") == "true"
