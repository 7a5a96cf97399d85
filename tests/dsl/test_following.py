"""Sentences that undo what others wait for: told, and nothing is written."""

from dsl.events import Acted, Malformed, Opened
from dsl.history import attempt, begin
from dsl.parse import parse_scenarios
from dsl.scenarios import Book, play, report
from dsl.source import Source
from tests.dsl.deals import HEAD, agreement_of, at, attempt_of, opened, told

CHASE = """
Clause 2 "Watch":
  "Start" means a claim, made by the Buyer.
  "Begun" means that {begun}.
Clause 3 "First":
  While all of (i) the Begun applies; and (ii) section 4 is dormant; then the Buyer may pay USD 5.00 to the Seller.
Clause 4 "Second":
  While section 3 is active, then the Seller may pay USD 5.00 to the Buyer.
"""
"""With 4 dormant 3 is active; with 3 active 4 is; then 3 is dormant, and so is 4."""
BY_ACT = CHASE.format(begun="a Start has been made")
BY_TIME = CHASE.format(begun="2 September 2005 has come")


def test_an_act_after_which_nothing_comes_to_rest_is_not_taken_up() -> None:
    deal = opened(BY_ACT)
    before = deal.history

    answer = deal.tries("", "Buyer: make a Start.")

    assert isinstance(answer, Malformed)
    assert "Section 3 and section 4 set each other off again and again" in told(answer)
    assert deal.history == before
    assert isinstance(deal.tries("", "Buyer: deposit USD 1.00 into the Fund."), Acted)


def test_a_deal_that_time_brings_to_no_rest_says_so_to_everybody_after() -> None:
    deal = opened(BY_TIME)
    assert isinstance(deal.tries("12:00 on 1 September 2005", "Buyer: deposit USD 1.00 into the Fund."), Acted)

    answer = deal.tries("12:00 on 2 September 2005", "Buyer: deposit USD 1.00 into the Fund.")

    assert isinstance(answer, Malformed)
    assert "section 4 set each other off" in told(answer)
    assert (deal.holds(), len(deal.history.records)) == ("USD 1.00", 1)


def test_what_is_recorded_late_and_leaves_the_deal_without_rest_is_not_taken_up() -> None:
    deal = opened(BY_TIME)
    deal.passes("12:00 on 2 September 2005")
    law, late = deal.agreement, at(deal.agreement, "10:00 on 1 September 2005")

    _, answer = attempt(deal.history, attempt_of(law, "Buyer: deposit USD 1.00 into the Fund."), late, deal.now)

    assert isinstance(answer, Malformed)
    assert [change.text for change in deal.state.changes].count("nothing more happens") == 1


def test_a_deal_that_never_comes_to_rest_is_not_opened() -> None:
    agreement = agreement_of(HEAD + CHASE.format(begun="31 August 2005 has come"))

    assert isinstance(begin(agreement, Opened(at(agreement, "09:00 on 1 September 2005"))), Malformed)


def played(text: str, steps: str) -> str:
    source = Source("test.scenario", f'Scenario "One":\n  Open at 09:00 on 1 September 2005.\n  {steps}\n')
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None
    return report(play(agreement_of(HEAD + text), parsed.syntax.scenarios[0], source, Book({})))


def test_a_scenario_fails_with_the_sections_that_set_each_other_off() -> None:
    by_act = played(BY_ACT, "At 10:00 on 1 September 2005, Buyer: make a Start.")
    by_time = played(BY_TIME, "At 10:00 on 3 September 2005, nothing happens.")

    assert "Section 3 and section 4 set each other off" in by_act
    assert "What follows does not come to rest" in by_time
    assert "Section 3 and section 4 set each other off" in by_time


def test_what_has_passed_does_not_pass_again_because_it_was_suspended_meanwhile() -> None:
    deal = opened(
        """
Clause 2 "Passing" subject to section 3 by suspension while the Paused applies:
  "Go" means a claim, made by the Buyer.
  "Stop" means a claim, made by the Buyer.
  While a Go has been made, then USD 10.00 passes from the Fund to the Seller.

Clause 3 "Pause":
  "Paused" means that a Stop has been made.
"""
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Buyer: make the Go "G".')
    deal.does("", 'Buyer: make the Stop "S".')
    deal.does("", 'Buyer: withdraw the Stop "S".')
    once = deal.holds()
    deal.does("", 'Buyer: withdraw the Go "G".')
    deal.does("", "Buyer: make the Go.")

    assert (once, deal.holds()) == ("USD 90.00", "USD 80.00")


def test_what_follows_a_missed_time_follows_each_time_that_it_is_missed() -> None:
    deal = opened(
        """
Clause 2 "Reports":
  "Report" means a claim, made by the Seller.
  "Call" means a claim, made by the Buyer.
  "Default" means an event.
  While a Call has been made, then the Seller must make a Report within 2 calendar days,
    failing which a Default occurs.
"""
    )
    deal.does("", 'Buyer: make the Call "A".')
    deal.passes("10:00 on 10 September 2005")
    deal.does("", 'Buyer: withdraw the Call "A".')
    deal.does("11:00 on 10 September 2005", 'Buyer: make the Call "B".')
    first = deal.asks("the number of Defaults is equal to 1.")
    deal.passes("00:00 on 13 September 2005")

    assert first == "true"
    assert deal.asks("the number of Defaults is equal to 2.") == "true"
