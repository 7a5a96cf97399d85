"""Scenarios are promises: what is not as expected is told with its place, what was expected and what was found."""

import pytest

from dsl.parse import parse_scenarios
from dsl.scenarios import Book, Run, play
from dsl.source import Source
from tests.dsl.deals import HEAD, agreement_of

TEXT = (
    HEAD
    + """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Deed" means a document, signed by the Buyer, delivered by the Buyer, addressed to the Agent.
  "Count" means an optional blank number.
  The Buyer must deliver the Deed to the Agent.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
Clause 3 "Draw": The Agent may pay any amount to the Seller from the Fund.
"""
)
BEFORE = """
Scenario "Before":
  Open at 09:00 on 1 September 2005.
  At 10:00 on 1 September 2005, Seller: present the Claim "C" stating Amount as USD 5.00.
  At 12:00 on 1 September 2005, Seller: withdraw the Claim "C".
"""


def played(steps: str, header: str = "", before: str = BEFORE) -> Run:
    """A scenario of these steps, played."""
    source = Source("test.scenario", f'{before}\nScenario "Tried"{header}:\n{steps}')
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None, parsed.diagnostics
    book = Book({each.name.text: (each, source) for each in parsed.syntax.scenarios})
    return play(agreement_of(TEXT), parsed.syntax.scenarios[-1], source, book)


OPEN = "Open at 09:00 on 1 September 2005.\n"
CLAIM = 'At 10:00 on 1 September 2005, Seller: present the Claim "C" stating Amount as USD 5.00.\n'


@pytest.mark.parametrize(
    "steps",
    [
        OPEN
        + CLAIM
        + "Expect a Claim has been made. Expect false, no Claim has been made. Expect section 2 is active.",
        OPEN + CLAIM + "Expect the Buyer may pay USD 5.00 to the Seller under section 2.",
        OPEN
        + "Expect pending, a Claim has been made. Expect the Buyer may deliver the Deed to the Agent under section 2.",
        OPEN + "Expect the Buyer may sign the Deed. Expect the Seller may not sign the Deed because section 2.",
        OPEN + "At 10:00 on 1 September 2005, Buyer: present a Claim stating Amount as USD 5.00.\n"
        'Expect refused because section 2 saying "only Seller".',
        OPEN + "At 10:00 on 1 September 2005, Buyer: deposit EUR 5.00 into the Fund.\nExpect invalid.",
        OPEN + CLAIM + "At 10:00 on 9 September 2005, nothing happens. Expect 9 September 2005 has come.",
        OPEN + CLAIM + 'Expect the explanation of section 2 says "active".',
        OPEN.replace(".\n", " with Count as 3.\n") + "Expect the Count is equal to 3.",
    ],
)
def test_what_is_as_expected_is_silent(steps: str) -> None:
    assert [each.diagnostic.title for each in played(steps).failures] == []


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        (CLAIM, "The deal is not open"),
        ("Expect a Claim has been made.", "The deal is not open"),
        (OPEN + "Expect a Claim has been made.", "Expected true, found pending"),
        (OPEN + CLAIM + "Expect refused because section 2.", "Expected a refusal"),
        (OPEN + CLAIM + "Expect invalid.", "Expected an attempt that is not understood"),
        (OPEN + "Expect refused because section 2.", "Expected a refusal"),
        (OPEN + "Expect the Seller may pay USD 5.00 to the Seller from the Fund.", "Expected to be allowed"),
        (OPEN + "Expect the Agent may not pay USD 5.00 to the Seller from the Fund.", "Expected not to be allowed"),
        (
            OPEN + "Expect the Seller may not sign the Deed because section 3.",
            "Not allowed, but not because of this section",
        ),
        (OPEN + 'Expect the explanation of section 2 says "moonlight".', "The explanation does not say this"),
        (OPEN + "Expect divergence under section 2.", "Expected a divergence"),
        (
            OPEN + "At 10:00 on 1 September 2005, Buyer: present a Claim stating Amount as USD 5.00.",
            "Refused, and nothing expects it",
        ),
        (
            OPEN + "At 10:00 on 1 September 2005, Buyer: present a Claim stating Amount as USD 5.00.\n"
            "Expect refused because section 3.",
            "Refused, but not because of this section",
        ),
        (
            OPEN + "At 10:00 on 1 September 2005, Buyer: present a Claim stating Amount as USD 5.00.\n"
            'Expect refused because section 2 saying "moonlight".',
            "The refusal does not say this",
        ),
        (OPEN + "At 10:00 on 1 September 2005, Buyer: deposit EUR 5.00 into the Fund.", "Not understood"),
        (OPEN.replace(".\n", " with Cuont as 3.\n"), "Unknown blank"),
    ],
)
def test_what_is_not_as_expected_is_told(steps: str, title: str) -> None:
    assert title in {each.diagnostic.title for each in played(steps).failures}


def test_a_scenario_goes_on_from_another_up_to_an_instant() -> None:
    run = played("Expect a Claim has been made.", ' continuing "Before" until 12:00 on 1 September 2005')

    assert run.failures == ()
    assert run.history is not None
    assert len(run.history.records) == 1


def test_a_scenario_that_goes_on_from_none_is_told() -> None:
    run = played(OPEN, ' continuing "Beforr"')

    assert [each.diagnostic.title for each in run.failures] == ["Unknown scenario"]


def test_a_scenario_says_which_sections_it_is_about() -> None:
    assert played(OPEN, " citing sections 2 and 3").cites == ("2", "3")


def test_nobody_may_pay_the_balance_of_an_empty_fund() -> None:
    run = played(OPEN + "Expect the Agent may pay the balance of the Fund to the Seller from the Fund under section 3.")

    (failure,) = run.failures
    assert failure.diagnostic.title == "Expected to be allowed"
    assert failure.diagnostic.explanation == "USD 0.00 is not more than nothing."


def test_a_sentence_of_a_section_of_which_only_one_binds_is_cited_by_the_number_alone() -> None:
    run = played(OPEN + "Expect section 3, first sentence is dormant.")

    (failure,) = run.failures
    assert failure.diagnostic.title == "Unknown sentence"
    assert failure.diagnostic.explanation == "Only one sentence of section 3 binds, and its number says which."
    assert failure.diagnostic.hint == "Write `section 3`."
