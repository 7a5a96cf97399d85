"""The explanation of a duty of result goes down to the acts that it waits for."""

from dsl.engine import explain
from dsl.explain import render_reason
from tests.dsl.deals import Deal, opened

CLOSING = """
Clause 2 "Closing":
  "Deed" means a writing, signed by the Buyer and the Seller.
  "Permit" means a finding, made by the Agent.
  "Stop" means a claim, made by the Buyer.
  "Closing" means an event.
  "Filing" means an event.
  When a Deed has been completed and a Filing has been made, then a Closing occurs.
  When a Permit has been made, then a Filing occurs.
Clause 3 "Result"{edge}:
  {trigger}the Seller must ensure by 5 September 2005 that {result}.
"""


def told(deal: Deal) -> list[str]:
    return [line.strip() for line in render_reason(explain(deal.agreement, deal.state, "3")).splitlines()]


def closing(trigger: str = "", edge: str = "", result: str = "a Closing has been made") -> Deal:
    return opened(CLOSING.format(trigger=trigger, edge=edge, result=result))


def test_beneath_an_event_stand_the_sentences_that_bring_it_about_down_to_who_can_act() -> None:
    lines = told(closing())

    order = (
        "a Closing has been made: pending (none yet)",
        (
            "2, first sentence When a Deed has been completed and a Filing has been made, then a Closing occurs.: "
            "pending (not yet)"
        ),
        "waits for: Buyer and Seller must sign a Deed under section 2",
        "a Filing has been made: pending (none yet)",
        "2, second sentence When a Permit has been made, then a Filing occurs.: pending (not yet)",
        "waits for: Agent can find a Permit under section 2",
    )
    assert [lines.index(each) for each in order] == sorted(lines.index(each) for each in order)


def test_what_has_come_about_on_the_way_is_not_waited_for() -> None:
    deal = closing()

    deal.does("", "Agent: find the Permit.")

    assert not any("Agent can find a Permit" in line for line in told(deal))
    assert any("Buyer and Seller must sign a Deed" in line for line in told(deal))


def test_under_while_and_while_it_is_suspended_it_is_told_as_well() -> None:
    following = closing("While no Stop has been made, then ")
    suspended = closing(edge=" subject to section 2 by suspension while a Stop has been made")
    suspended.does("", "Buyer: make a Stop.")

    for deal in (following, suspended):
        assert "waits for: Agent can find a Permit under section 2" in told(deal)


CIRCLE = """
Clause 2 "Events":
  "Day" means a finding, made by the Agent.
  "First" means an event.
  "Second" means an event.
  "Begun" means that a First has been made.
  When a Day has been made and Begun applies, then a Second occurs.
  When a Day has been made, then a First occurs.
Clause 3 "Result":
  The Seller must ensure by 5 September 2005 that any of (i) a Second has been made; or (ii) a First has been made.
"""


def test_it_is_told_for_each_item_of_a_list() -> None:
    lines = told(opened(CIRCLE))

    assert lines.count("2, second sentence When a Day has been made, then a First occurs.: pending (not yet)") == 2


MANY = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Buyer.
  "Award" means an event, about a Claim.
  "Permit" means a finding, made by the Agent.
  For each Claim, when such Claim has been made and a Permit has been made, then an Award occurs about such Claim.
Clause 3 "Result":
  The Seller must ensure by 5 September 2005 that an Award has been made.
"""


def test_of_many_rows_the_latest_three_are_told() -> None:
    deal = opened(MANY)
    for name in ("A", "B", "C", "D"):
        deal.does("", f'Buyer: make the Claim "{name}".')

    lines = told(deal)

    assert [any(f'not yet for "{name}"' in line for line in lines) for name in "ABCD"] == [False, True, True, True]


FEES = """
Clause 2 "Recoveries":
  "Recovery" means a claim, made by the Seller, stating Amount as amount.
  "Default" means an event.
  The Buyer must pay USD 1.00 to the Seller by 5 September 2005, failing which a Default occurs.
  "Fee" means USD 5.00 where a Default has been made, otherwise USD 3.00.
  Accepted "What follows `otherwise` never counts": "It is what is tested.".
Clause 3 "Rounds":
  "Round" means an event, about a Recovery, stating Part as amount.
  For each Recovery, when such Recovery has been made, then a Round occurs about such Recovery stating Part as the Fee.
Clause 4 "Paying":
  For each Round, when such Round has been made, then the Buyer must pay the Part of such Round to the Seller.
"""


def test_what_ranges_over_an_event_that_has_not_come_says_what_that_waits_for() -> None:
    """The Round has not come because the Fee rests on a Default, for which the time of section 2 must be over."""
    deal = opened(FEES)
    deal.does("10:00 on 2 September 2005", 'Seller: present the Recovery "R" stating Amount as USD 9.00.')

    told = render_reason(explain(deal.agreement, deal.state, "4"))

    assert 'pending (not yet for "R")' in told
    assert "waits for: the time of section 2 to end: the end of 5 September 2005" in told
    assert "a Round must come about" not in told


def test_what_ranges_over_an_event_of_which_there_could_be_no_row_says_who_can_make_that() -> None:
    deal = opened(FEES)

    told = render_reason(explain(deal.agreement, deal.state, "4"))

    assert "there is no Recovery yet (Seller can present a Recovery)" in told
