"""The time of a scenario: every expectation is judged at the instant of the step before it, and steps go forward."""

import pytest

from dsl.parse import parse_scenarios
from dsl.scenarios import Book, Run, play, report
from dsl.source import Source
from tests.dsl.deals import HEAD, agreement_of

TEXT = (
    HEAD
    + """
Clause 2 "Licence":
  "Fee" means an event.
  "Stop" means a claim, made by the Buyer.
  The Buyer must pay USD 100.00 to the Seller by 2 September 2005, failing which a Fee occurs.
Clause 3 "Draw": The Agent may pay any amount to the Seller from the Fund.
"""
)
OPEN = "Open at 09:00 on 1 September 2005. "
OVERDUE = "Expect 2 September 2005 has passed. Expect section 2 is overdue. Expect the number of Fees is equal to 1."


def played(*texts: str) -> Run:
    """The last of some scenarios, played."""
    source = Source("test.scenario", "\n".join(texts))
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None, parsed.diagnostics
    book = Book({each.name.text: (each, source) for each in parsed.syntax.scenarios})
    return play(agreement_of(TEXT), parsed.syntax.scenarios[-1], source, book)


@pytest.mark.parametrize(
    "attempt",
    [
        'Buyer: pay USD 100.00 to the Seller about "nothing"',
        "Buyer: pay EUR 100.00 to the Seller",
        'Buyer: withdraw "X"',
        "Dancer: present the Stop",
    ],
)
def test_what_is_not_understood_takes_time_all_the_same(attempt: str) -> None:
    run = played(f'Scenario "T": {OPEN} At 10:00 on 3 September 2005, {attempt}. Expect invalid. {OVERDUE}')

    assert run.failures == (), report(run)


@pytest.mark.parametrize("attempt", ["Buyer: present the Stop", 'Buyer: withdraw "X"'])
def test_what_is_recorded_late_is_judged_when_it_is_recorded(attempt: str) -> None:
    """The Fee of 3 September is there on the 4th, when the step of the 1st is recorded, and not on the 1st."""
    late = f"At 10:00 on 1 September 2005, recorded at 11:00 on 4 September 2005, {attempt}."
    invalid = "" if "Stop" in attempt else "Expect invalid."
    run = played(f'Scenario "T": {OPEN} {late} {invalid} {OVERDUE} Expect today is equal to 4 September 2005.')

    assert run.failures == (), report(run)


def test_a_step_is_not_dated_before_the_one_before_it_was_recorded() -> None:
    late = "At 10:00 on 1 September 2005, recorded at 11:00 on 4 September 2005, Buyer: present the Stop."
    run = played(f'Scenario "T": {OPEN} {late} At 10:00 on 3 September 2005, nothing happens.')

    (failure,) = run.failures
    assert failure.diagnostic.title == "A step before the one before it"
    assert "11:00 on 4 September 2005" in failure.diagnostic.label


def test_what_was_recorded_after_the_time_until_which_a_scenario_is_continued_is_left_out() -> None:
    late = "At 10:00 on 1 September 2005, recorded at 11:00 on 4 September 2005, Buyer: present the Stop."
    base = f'Scenario "A": {OPEN} {late}'
    step = "At 10:00 on 3 September 2005, nothing happens. Expect no Stop has been made."

    run = played(base, f'Scenario "B" continuing "A" until 10:00 on 2 September 2005: {step}')

    assert run.failures == (), report(run)


def test_what_is_not_understood_leaves_no_record() -> None:
    run = played(f'Scenario "T": {OPEN} At 10:00 on 3 September 2005, Buyer: withdraw "X". Expect invalid.')

    assert run.history is not None
    assert run.history.records == ()


BACK = [
    "At 10:00 on 1 September 2005, nothing happens.",
    "At 10:00 on 1 September 2005, Buyer: pay USD 100.00 to the Seller.",
    "At 09:59 on 3 September 2005, Buyer: present the Stop.",
]


@pytest.mark.parametrize("step", BACK)
def test_a_step_before_the_one_before_it_is_a_mistake(step: str) -> None:
    run = played(f'Scenario "T": {OPEN} At 10:00 on 3 September 2005, nothing happens. {step}')

    (failure,) = run.failures
    assert failure.diagnostic.title == "A step before the one before it"
    assert failure.diagnostic.label == "the deal has come to 10:00 on 3 September 2005"
    assert failure.source.excerpt(failure.diagnostic.span) == step
    assert "recorded at" in failure.diagnostic.hint


def test_what_is_recorded_late_may_come_before() -> None:
    late = "At 10:00 on 1 September 2005, recorded at 10:00 on 3 September 2005, Buyer: pay USD 100.00 to the Seller."

    steps = f"{OPEN} At 10:00 on 3 September 2005, nothing happens. {late} Expect no Fee has been made."

    run = played(f'Scenario "T": {steps}')

    assert run.failures == (), report(run)


def test_two_steps_at_one_instant_are_no_mistake() -> None:
    pay = "At 10:00 on 1 September 2005, Buyer: pay USD 50.00 to the Seller. "

    run = played(f'Scenario "T": {OPEN} {pay} {pay} Expect section 2 is fulfilled.')

    assert run.failures == (), report(run)


def test_a_step_before_those_of_the_scenario_that_is_continued_is_told_at_its_place() -> None:
    base = f'Scenario "A": {OPEN} At 10:00 on 3 September 2005, nothing happens.'
    step = "At 12:00 on 1 September 2005, nothing happens."

    run = played(base, f'Scenario "B" continuing "A": {step}')

    (failure,) = run.failures
    assert failure.source.excerpt(failure.diagnostic.span) == step
    assert "until" in failure.diagnostic.hint
