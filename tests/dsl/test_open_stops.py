"""A clock that may have stood still: while that rests on a blank, no deadline is told and nobody is late."""

import pytest

from dsl.derivation import due_of
from dsl.engine import explain
from dsl.explain import render_derivation, render_reason
from dsl.judge import Judge
from dsl.views import clauses, norms
from tests.dsl.deals import Deal, opened

OUTAGES = """
Clause 2 "Outages":
  "Outage" means a claim, made by the Seller, stating Last as date.
  "Beginning" means an optional blank date, filled by the Buyer.
  "Start" of an Outage means the Beginning.

Clause 3 "Delivery":
  "Delivery" means an act, made by the Seller.
  "Default" means an event.
  The Seller must take a Delivery by 6 September 2005
    not counting time from the Start to the Last of every Outage, failing which a Default occurs.
  The Buyer may pay USD 5.00 to the Seller by 6 September 2005
    not counting time from the Start to the Last of every Outage.
"""
FILTERED = """
Clause 2 "Outages":
  "Outage" means a claim, made by the Seller, stating Start as date and Last as date and Loss as amount.
  "Least" means an optional blank amount, filled by the Buyer.

Clause 3 "Delivery":
  "Delivery" means an act, made by the Seller.
  "Default" means an event.
  The Seller must take a Delivery by 6 September 2005
    not counting time from the Start to the Last of every Outage whose Loss is at least the Least,
    failing which a Default occurs.
"""


def interrupted(last: str = "8 September 2005") -> Deal:
    """An outage of which everybody knows when it was over, and nobody when it began."""
    deal = opened(OUTAGES)
    deal.does("10:00 on 2 September 2005", f'Seller: present the Outage "O" stating Last as {last}.')
    return deal


def test_nobody_is_late_while_it_is_open_since_when_the_clock_stood_still() -> None:
    deal = interrupted()
    deal.passes("10:00 on 7 September 2005")

    assert (deal.asks("section 3, first sentence is active."), deal.asks("a Default has been made.")) == (
        "open",
        "open",
    )
    asked = deal.why("the deadline of section 3, first sentence is after 1 September 2005.")
    assert asked.truth.value == "open"
    assert [wait.text for wait in asked.awaited()] == ["the blank Beginning"]
    assert "waits for: the blank Beginning" in render_reason(explain(deal.agreement, deal.state, "3"))


def test_a_power_whose_time_may_be_over_cannot_be_used() -> None:
    deal = interrupted()

    told = deal.fails("10:00 on 7 September 2005", "Buyer: pay USD 5.00 to the Seller.")

    assert {deal.asks(f"section 3, second sentence is {each}.") for each in ("active", "discharged")} == {"open"}
    assert "it is open whether its time is over" in told
    assert "the blank Beginning" in told


@pytest.mark.parametrize(
    ("beginning", "deadline", "status"),
    [("5 September 2005", "10 September 2005", "active"), ("7 September 2005", "6 September 2005", "overdue")],
)
def test_once_it_is_known_the_deadline_is_put_off_by_the_stop_or_has_passed(
    beginning: str, deadline: str, status: str
) -> None:
    """From 5 to 8 September, four days end while the clock stands still: 6 September becomes the 10th."""
    deal = interrupted()
    deal.does("10:00 on 9 September 2005", f"Buyer: fill the Beginning with {beginning}.")

    assert deal.asks(f"the deadline of section 3, first sentence is equal to {deadline}.") == "true"
    assert deal.asks(f"section 3, first sentence is {status}.") == "true"


def test_a_stop_that_was_over_before_the_duty_began_leaves_its_deadline_known() -> None:
    deal = interrupted("31 August 2005")

    assert deal.asks("the deadline of section 3, first sentence is equal to 6 September 2005.") == "true"
    deal.passes("10:00 on 7 September 2005")
    assert deal.asks("section 3, first sentence is overdue.") == "true"


@pytest.mark.parametrize(("start", "status"), [("5 September 2005", "active"), ("7 September 2005", "overdue")])
def test_whether_an_outage_counts_at_all_is_open_only_as_far_as_it_matters(start: str, status: str) -> None:
    """An outage that began after the deadline changes nothing, whether it counts or not."""
    deal = opened(FILTERED)
    deal.does(
        "10:00 on 2 September 2005",
        f'Seller: present the Outage "O" stating Start as {start} and Last as 9 September 2005 and Loss as USD 5.00.',
    )
    deal.passes("10:00 on 7 September 2005")

    assert deal.status("3") == status


def test_the_deadline_is_shown_as_open_with_what_it_waits_for() -> None:
    deal = interrupted()

    shown = {each.modality: each for each in norms(deal.agreement, deal.state) if each.section.startswith("3")}
    assert [(each.due, each.vague) for each in shown.values()] == [(None, "open: waits for the blank Beginning")] * 2

    assert {each.status for each in shown.values()} == {"active"}

    duty = next(norm for norm in deal.state.norms.values() if norm.due is not None)
    derived = due_of(Judge(deal.agreement, deal.state, deal.state.now), deal.agreement.by_key[duty.provision], duty)
    assert derived is not None
    assert "that waits for the blank Beginning" in render_derivation(derived)


def test_of_what_may_be_late_it_is_shown_as_open_how_it_stands() -> None:
    """By 7 September the duty may be overdue, and the power gone: neither is known to be active."""
    deal = interrupted()
    deal.passes("10:00 on 7 September 2005")

    shown = [each for each in norms(deal.agreement, deal.state) if each.section.startswith("3")]
    assert [(each.status, each.vague) for each in shown] == [("open", "open: waits for the blank Beginning")] * 2
    assert [each.status for each in clauses(deal.agreement, deal.state) if each.section == "3"] == ["open"]


@pytest.mark.parametrize("facts", [("Buyer: present the Dispute.",), ('Seller: present the Outage "O".',), ()])
@pytest.mark.parametrize(
    ("act", "deed"),
    [
        ("make a Report", "Seller: present the Report."),
        ("pay USD 5.00 to the Buyer", "Seller: pay USD 5.00 to the Buyer."),
    ],
)
def test_who_performs_while_the_clock_stands_still_or_may_do_so_is_not_late(
    act: str, deed: str, facts: tuple[str, ...]
) -> None:
    """Without a stop the deadline of 5 September has passed on the 8th; with one, nobody can say that it has."""
    stop = "from the Begun to the Ended of every Outage" if "Outage" in str(facts) else "while Disputed applies"
    deal = opened(
        f"""
Clause 2 "Stops":
  "Dispute" means a claim, made by the Buyer.
  "Disputed" means that a Dispute has been made.
  "Outage" means a claim, made by the Seller.
  "Onset" means an optional blank date, filled by the Buyer.
  "Begun" of an Outage means the Onset.
  "Ended" of an Outage means the Onset.
  "Report" means a claim, made by the Seller.
Clause 3 "Duty":
  The Seller must {act} by 5 September 2005 not counting time {stop}.
"""
    )
    for fact in facts:
        deal.does("10:00 on 2 September 2005", fact)
    deal.does("10:00 on 8 September 2005", deed)

    assert deal.asks("section 3 is fulfilled.") == "true"
    assert deal.asks("section 3 is fulfilled late.") == ("false" if facts else "true")


def test_it_is_told_what_decides_whether_an_outage_counts() -> None:
    deal = opened(FILTERED)
    deal.does(
        "10:00 on 2 September 2005",
        'Seller: present the Outage "O" stating Start as 5 September 2005'
        " and Last as 9 September 2005 and Loss as USD 5.00.",
    )

    asked = deal.why("the deadline of section 3 is after 1 September 2005.")
    assert asked.truth.value == "open"
    assert [wait.text for wait in asked.awaited()] == ["the blank Least"]
