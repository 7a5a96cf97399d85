"""Every way in which a scenario can go otherwise than it says is told, with its title and the words it stands at."""

from textwrap import dedent

import pytest

from dsl import syntax as s
from dsl.diagnostics import Diagnostic, render_all
from dsl.parse import parse_scenarios
from dsl.scenarios import Book, Run, play, report
from dsl.source import Source
from tests.dsl.deals import agreement_of

LOAN = """
Agreement "Loan".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who":
  "Buyer" means a party.
  "Seller" means a party.
  "Agent" means a party.
  "Courier" means a channel.
  "Fund" means a fund in USD, held by the Agent.
  "Rate" means an optional blank number.
  "Approval" means a finding, made by the Buyer.
  "Stop" means a claim, made by the Buyer.
  "Receipt" means a document, signed by the Buyer.
  The address of the Seller for Courier is blank.

Clause 2 "Deposits":
  The Buyer may deposit any amount into the Fund.

Clause 3 "Payment":
  When an Approval has been made and no Stop has been made,
    then the Agent must pay USD 10.00 to the Seller from the Fund.

Clause 4 "Fee":
  When the Rate is more than 5, then the Agent may pay USD 1.00 to the Agent from the Fund.
"""
OPEN = "Open at 09:00 on 1 September 2005."
DEPOSIT = "At 09:30 on 1 September 2005, the Buyer: deposit USD 100.00 into the Fund."
APPROVE = "At 10:00 on 1 September 2005, the Buyer: find the Approval."
PAY = "At 11:00 on 1 September 2005, the Agent: pay USD 10.00 to the Seller from the Fund."
OVERPAY = "At 11:00 on 1 September 2005, the Agent: pay USD 11.00 to the Seller from the Fund."
UNKNOWN = 'At 11:00 on 1 September 2005, the Buyer: deliver "R-9" to the Agent.'


def runs(text: str) -> dict[str, Run]:
    """Every scenario of a text, played."""
    return runs_of(Source("loan.scenario", text))


def runs_of(*sources: Source) -> dict[str, Run]:
    """Every scenario of some texts, played."""
    scenarios: dict[str, tuple[s.Scenario, Source]] = {}
    for source in sources:
        parsed = parse_scenarios(source)
        assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
        scenarios |= {each.name.text: (each, source) for each in parsed.syntax.scenarios}
    book = Book(scenarios)
    return {name: play(agreement_of(LOAN), scenario, source, book) for name, (scenario, source) in scenarios.items()}


def played(*steps: str) -> Run:
    """One scenario of these steps."""
    return runs("\n".join(('Scenario "Loan":', *steps)))["Loan"]


def only(run: Run) -> tuple[Diagnostic, str]:
    """The one failure of a scenario, and the words it stands at."""
    assert len(run.failures) == 1, report(run)
    (failure,) = run.failures
    return failure.diagnostic, failure.source.excerpt(failure.diagnostic.span)


# ------------------------------------------------------------ acts and answers


def test_a_scenario_that_goes_as_it_says_fails_nowhere() -> None:
    assert played(OPEN, DEPOSIT, APPROVE, PAY, "Expect section 3 is fulfilled.").failures == ()


@pytest.mark.parametrize("after", [(), ("At 12:00 on 1 September 2005, nothing happens.",)])
def test_a_refusal_that_nothing_expects_is_told_at_the_act(after: tuple[str, ...]) -> None:
    failure, place = only(played(OPEN, DEPOSIT, APPROVE, OVERPAY, *after))

    assert (failure.title, place) == ("Refused, and nothing expects it", OVERPAY)
    assert failure.label == "refused under section 3"
    assert failure.explanation.startswith("Refused under section 3: USD 11.00 is more than the USD 10.00")
    assert failure.hint == "Add `Expect refused because section 3.`, or make the act possible."


def test_an_act_that_is_not_understood_is_told_at_the_act() -> None:
    failure, place = only(played(OPEN, UNKNOWN))

    assert (failure.title, place) == ("Not understood", UNKNOWN)
    assert failure.explanation == 'Not understood:\n  There is no entry "R-9". Nothing has been entered yet.'


def test_an_act_that_speaks_of_nobody_known_is_told_at_the_act() -> None:
    stranger = "At 11:00 on 1 September 2005, the Byer: find the Approval."

    failure, place = only(played(OPEN, stranger))

    assert (failure.title, place) == ("Not understood", stranger)
    assert "Did you mean `Buyer`?" in failure.explanation


def test_how_an_act_of_a_continued_scenario_was_answered_is_told_there_alone() -> None:
    found = runs(f'Scenario "Loan":\n{OPEN}\n{PAY}\nScenario "Later" continuing "Loan":\nExpect the Rate is blank.')

    assert [each.diagnostic.title for each in found["Loan"].failures] == ["Refused, and nothing expects it"]
    assert found["Later"].failures == ()


def test_a_failure_of_an_inherited_step_stands_in_the_text_of_that_step() -> None:
    texts = (
        Source("first.scenario", 'Scenario "First":\n  Open at 09:00 on 1 September 2005 with Rat as 7.\n'),
        Source("next.scenario", f'Scenario "Next" continuing "First":\n  {DEPOSIT}\n'),
        Source("last.scenario", f'Scenario "Last" continuing "Next":\n  {DEPOSIT}\n  Expect the Rate is filled.\n'),
    )

    run = runs_of(*texts)["Last"]

    assert report(run) == dedent("""\
        error: Expected true, found false
          ┌─ last.scenario:3:14
          │
        3 │   Expect the Rate is filled.
          │              ^^^^^^^^^^^^^^ false

        the Rate is filled: false

        error: Unknown blank
          ┌─ first.scenario:2:42
          │
        2 │   Open at 09:00 on 1 September 2005 with Rat as 7.
          │                                          ^^^^^^^^ no blank has this name

        The only blank is Rate.
        The scenario "Last" inherited this step from "First".
        Hint: did you mean `Rate`?""")


def test_why_an_inherited_step_cannot_be_read_comes_before_how_it_was_inherited() -> None:
    found = runs(
        'Scenario "First":\nOpen at 09:00 on 1 September 2005 with Rate as "x".\nScenario "Next" continuing "First":'
    )

    (own,), (inherited,) = found["First"].failures, found["Next"].failures
    how = 'The scenario "Next" inherited this step from "First".'
    assert inherited.diagnostic.explanation == "\n".join(filter(None, (own.diagnostic.explanation, how)))
    assert (inherited.source, inherited.diagnostic.span) == (own.source, own.diagnostic.span)


# -------------------------------------------------------------- the beginning


@pytest.mark.parametrize("step", [DEPOSIT, "Expect section 3 is fulfilled."])
def test_a_step_before_the_opening_is_told_how_to_begin(step: str) -> None:
    failure, place = only(played(step))

    assert failure.title == "The deal is not open"
    assert place in step
    assert (failure.label, failure.hint) == ("before any `Open at`", "Begin with `Open at ...`.")


def test_time_that_passes_before_the_opening_is_nothing() -> None:
    run = played("At 08:00 on 1 September 2005, nothing happens.", OPEN)

    assert run.failures == ()
    assert [each.text for each in run.played] == [OPEN]


def test_an_unknown_blank_at_the_opening_is_told_the_likely_one() -> None:
    failure, place = only(played("Open at 09:00 on 1 September 2005 with Rat as 7."))

    assert (failure.title, place) == ("Unknown blank", "Rat as 7")
    assert (failure.label, failure.hint) == ("no blank has this name", "Did you mean `Rate`?")


def test_an_address_is_filled_at_the_opening() -> None:
    run = played(
        'Open at 09:00 on 1 September 2005 with Seller Courier as "1 Main St".', "Expect Seller Courier is filled."
    )

    assert run.failures == ()


def test_content_that_does_not_fit_a_blank_is_told_at_the_content() -> None:
    failure, place = only(played('Open at 09:00 on 1 September 2005 with Rate as "seven".'))

    assert place == '"seven"'
    assert "number" in f"{failure.title} {failure.label} {failure.explanation}"


def test_an_unknown_scenario_to_continue_is_told_the_likely_one() -> None:
    found = runs(f'Scenario "Loan":\n{OPEN}\nScenario "Later" continuing "Laon":\n{OPEN}')

    failure, place = only(found["Later"])
    assert (failure.title, place) == ("Unknown scenario", '"Laon"')
    assert failure.label == "Did you mean `Loan`?"


def test_scenarios_that_continue_each_other_come_to_an_end() -> None:
    found = runs(f'Scenario "A" continuing "B":\n{OPEN}\nScenario "B" continuing "A":\n{DEPOSIT}')

    assert [each.text for each in found["A"].played] == [OPEN]


# -------------------------------------------------------- refused and invalid


def test_an_act_that_is_accepted_where_a_refusal_is_expected() -> None:
    failure, place = only(played(OPEN, DEPOSIT, "Expect refused because section 2."))

    assert (failure.title, failure.label) == ("Expected a refusal", "accepted")
    assert place.startswith("refused")


def test_a_refusal_expected_of_no_act() -> None:
    failure, _ = only(played(OPEN, "Expect refused."))

    assert (failure.title, failure.label) == ("Expected a refusal", "no act before this")


def test_an_act_that_is_not_understood_where_a_refusal_is_expected() -> None:
    failure, _ = only(played(OPEN, UNKNOWN, "Expect refused."))

    assert (failure.title, failure.label) == ("Expected a refusal", "not understood")
    assert 'There is no entry "R-9".' in failure.explanation


def test_a_refusal_under_another_section() -> None:
    failure, place = only(played(OPEN, DEPOSIT, APPROVE, OVERPAY, "Expect refused because sections 3 and 4."))

    assert (failure.title, failure.label) == ("Refused, but not because of this section", "not cited")
    assert place.removeprefix("section").strip() == "4"
    assert failure.explanation.startswith("Refused under section 3")


def test_a_refusal_in_other_words() -> None:
    failure, place = only(played(OPEN, DEPOSIT, APPROVE, OVERPAY, 'Expect refused because section 3 saying "holiday".'))

    assert (failure.title, failure.label, place) == ("The refusal does not say this", "not found", '"holiday"')
    assert "USD 11.00 is more than" in failure.explanation


def test_an_act_that_is_understood_where_it_is_expected_not_to_be() -> None:
    failure, _ = only(played(OPEN, DEPOSIT, "Expect invalid."))

    assert failure.title == "Expected an attempt that is not understood"
    assert failure.label == "accepted under section 2"


def test_an_act_that_is_refused_where_it_is_expected_not_to_be_understood() -> None:
    failure, _ = only(played(OPEN, DEPOSIT, PAY, "Expect invalid."))

    assert failure.title == "Expected an attempt that is not understood"
    assert failure.label == "understood, and refused under section 3"
    assert "an Approval has been made" in failure.explanation
    assert "`Expect refused because section 3.`" in failure.hint


def test_an_invalid_act_expected_of_no_act() -> None:
    failure, _ = only(played(OPEN, "Expect invalid."))

    assert failure.title == "Expected an attempt that is not understood"
    assert failure.label == "no act before this"


def test_an_invalid_act_in_other_words() -> None:
    failure, place = only(played(OPEN, UNKNOWN, 'Expect invalid saying "no fund".'))

    assert (failure.title, failure.label, place) == ("The answer does not say this", "not found", '"no fund"')
    assert 'There is no entry "R-9".' in failure.explanation


# -------------------------------------------------------------------- truths


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        ("Expect an Approval has been made.", "Expected true, found pending"),
        ("Expect false, an Approval has been made.", "Expected false, found pending"),
        ("Expect open, an Approval has been made.", "Expected open, found pending"),
        ("Expect pending, the Rate is more than 5.", "Expected pending, found open"),
        ("Expect the balance of the Fund is equal to USD 1.00.", "Expected true, found false"),
        ("Expect false, the balance of the Fund is equal to USD 100.00.", "Expected false, found true"),
    ],
)
def test_a_condition_of_another_truth_is_told_with_both(expected: str, title: str) -> None:
    failure, place = only(played(OPEN, DEPOSIT, expected))

    assert failure.title == title
    assert failure.label == title.rpartition(" ")[2]
    assert place in expected
    assert failure.explanation


def test_a_condition_that_speaks_of_nothing_known_is_told_where_it_does() -> None:
    failure, place = only(played(OPEN, "Expect the Aproval has been made."))

    assert place == "Aproval"
    assert "Approval" in failure.hint


# ------------------------------------------------------------------ may, may not


def test_an_act_that_is_not_allowed_yet() -> None:
    failure, place = only(played(OPEN, DEPOSIT, "Expect the Agent may pay USD 10.00 to the Seller from the Fund."))

    assert (failure.title, failure.label) == ("Expected to be allowed", "not allowed")
    assert place.startswith(("the Agent may", "Agent may"))
    assert "pending" in failure.explanation


def test_an_act_that_is_allowed_under_another_section() -> None:
    failure, _ = only(played(OPEN, "Expect the Buyer may deposit USD 1.00 into the Fund under section 3."))

    assert (failure.title, failure.label) == ("Expected to be allowed", "not allowed")


def test_an_act_that_nothing_allows() -> None:
    failure, _ = only(played(OPEN, "Expect the Seller may hold the Fund."))

    assert failure.title == "Expected to be allowed"
    assert failure.explanation == "Nothing in the agreement allows it."


def test_an_act_that_is_allowed_where_it_is_expected_not_to_be() -> None:
    failure, _ = only(played(OPEN, "Expect the Buyer may not deposit USD 1.00 into the Fund."))

    assert (failure.title, failure.label) == ("Expected not to be allowed", "allowed under section 2")


def test_an_act_that_is_not_allowed_for_another_reason() -> None:
    expected = "Expect the Agent may not pay USD 10.00 to the Seller from the Fund because section 2."

    failure, place = only(played(OPEN, DEPOSIT, expected))

    assert (failure.title, failure.label) == ("Not allowed, but not because of this section", "not cited")
    assert place.removeprefix("section").strip() == "2"
    assert "an Approval has been made" in failure.explanation


def test_an_act_that_nothing_allows_cites_no_section() -> None:
    failure, _ = only(played(OPEN, "Expect the Seller may not hold the Fund because section 2."))

    assert failure.title == "Not allowed, but not because of this section"
    assert failure.explanation == "Nothing in the agreement allows it."


@pytest.mark.parametrize("word", ["may", "may not"])
def test_an_act_that_speaks_of_nothing_known_is_told_where_it_does(word: str) -> None:
    failure, place = only(played(OPEN, f"Expect the Agent {word} hold the Fnud."))

    assert place == "Fnud"
    assert "Fund" in failure.hint


# -------------------------------------------------- divergences and explanations


def test_a_divergence_that_there_is_not() -> None:
    failure, place = only(played(OPEN, DEPOSIT, APPROVE, PAY, "Expect divergence under section 3."))

    assert (failure.title, failure.label) == ("Expected a divergence", "found none")
    assert place == "Expect divergence under section 3."


def test_a_divergence_under_another_section_is_told_as_it_is() -> None:
    late = "At 09:45 on 1 September 2005, recorded at 13:00 on 1 September 2005, the Buyer: present the Stop."

    failure, _ = only(played(OPEN, DEPOSIT, APPROVE, PAY, late, "Expect divergence under section 2."))

    assert failure.title == "Expected a divergence"
    assert failure.label.startswith("found section 3: ")


def test_an_explanation_that_does_not_say_so() -> None:
    failure, place = only(played(OPEN, 'Expect explanation of section 3 says "full moon".'))

    assert (failure.title, failure.label) == ("The explanation does not say this", "not found")
    assert place == '"full moon"'
    assert "an Approval has been made" in failure.explanation


def test_an_expectation_can_ask_what_was_known_before() -> None:
    late = "At 09:45 on 1 September 2005, recorded at 13:00 on 1 September 2005, the Buyer: present the Stop."
    then = "Expect no Stop has been made, as known at 12:00 on 1 September 2005."

    failure, _ = only(played(OPEN, DEPOSIT, late, then, then.replace("12:00", "14:00")))

    assert failure.title == "Expected true, found false"
