"""What is asked or done in words that are not understood is answered for what it is: a question, an act, a name."""

import pytest

from dsl.diagnostics import Diagnostic, render_all
from dsl.parse import parse_attempt, parse_question
from dsl.resolve import resolve_attempt
from dsl.source import Source
from tests.dsl.deals import opened, told

PAPERS = """
Clause 2 "Papers":
  "Receipt" means an act, made by the Seller.
  The Agent may pay USD 5.00 to the Seller from the Fund.
"""


def wrong(words: str) -> tuple[Diagnostic, ...]:
    """What somebody is told of an act that names something else than the agreement does."""
    source = Source("attempt", words)
    parsed = parse_attempt(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    return resolve_attempt(parsed.syntax, opened(PAPERS).agreement.terms, source)[1]


def test_a_question_that_begins_with_no_question_is_not_told_about_the_title_of_an_agreement() -> None:
    (found,) = parse_question(Source("question", "is the fund full.")).diagnostics

    assert found.title == "Not a question"
    assert found.hint.startswith("Write what is to be so, `the balance of the Fund is at least USD 5.00`, or a section")


def test_an_act_that_begins_with_nobody_is_told_so() -> None:
    (found,) = parse_attempt(Source("attempt", "deposit USD 5.00 into the Fund.")).diagnostics

    assert found.title == "Nobody acts here"
    assert found.hint == "Write who acts: `Buyer: deposit USD 5.00 into the Fund.`"


@pytest.mark.parametrize("words", ["Seller: make the Bill.", "Agent: pay USD 5.00 to Bob from the Fund."])
def test_nobody_is_told_to_define_a_name_in_an_act(words: str) -> None:
    (found,) = wrong(words)

    assert found.hint == "Name one of these."
    assert "Receipt" in found.explanation or "Buyer, Seller and Agent" in found.explanation


def test_an_entry_that_is_not_there_is_answered_with_the_latest_that_are() -> None:
    deal = opened(PAPERS)
    asked = 'Seller: withdraw "X".'

    assert told(deal.tries("", asked)).endswith('There is no entry "X". Nothing has been entered yet.')
    for name in ("R-1", "R-2", "R-3", "R-4"):
        deal.does("", f'Seller: make the Receipt "{name}".')
    assert told(deal.tries("", asked)).endswith('There is no entry "X". The latest are "R-2", "R-3" and "R-4".')
