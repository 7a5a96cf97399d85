"""A section is cited by sentence where several of it bind, and what is printed so is understood where it is written."""

import pytest

from dsl.actions import AssertBreach, Attempt
from dsl.engine import explain
from dsl.explain import render_reason
from dsl.figures import figures_for
from dsl.sections import no_section, section_named
from dsl.wellformed import problems
from tests.dsl.deals import Deal, opened

TWO = """
Clause 2 "Two":
  The Buyer must pay USD 5.00 to the Seller promptly.
  The Buyer must pay USD 6.00 to the Agent promptly.
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 2 protects the Seller.
Clause 3 "One": The Seller must pay USD 7.00 to the Buyer promptly.
"""


def explained(deal: Deal, section: str) -> str:
    return render_reason(explain(deal.agreement, deal.state, section))


def test_the_breach_of_one_sentence_is_asserted() -> None:
    deal = opened(TWO)

    deal.does("", "Seller: assert breach of section 2, second sentence.")

    assert deal.asks("section 2, second sentence is said to be breached.") == "true"
    assert deal.asks("section 2, first sentence is said to be breached.") == "false"


def test_of_a_sentence_that_does_not_bind_no_breach_is_asserted() -> None:
    deal = opened(TWO)

    refused = deal.fails("", "Seller: assert breach of section 2, third sentence.")

    assert "Nothing is owed under this section now." in refused


def test_one_sentence_is_explained_by_itself_with_its_figures() -> None:
    deal = opened(TWO)
    deal.does("", "Buyer: pay USD 6.00 to the Agent.")

    second = explained(deal, "2, second sentence")
    figures = [each.text for each in figures_for(deal.agreement, deal.state, "2, second sentence")]

    assert "The Buyer must pay USD 6.00 to the Agent promptly.: true (fulfilled since" in second
    assert "USD 5.00" not in second
    assert figures == ["what is owed under section 2, second sentence"]
    assert "USD 5.00 to the Seller" in explained(deal, "2")


@pytest.mark.parametrize("written", ["2, second sentence", "section 2, Second  Sentence", "Clause 2,second sentence."])
def test_a_sentence_is_named_in_any_capitals(written: str) -> None:
    assert section_named(opened(TWO).agreement, written) == "2, second sentence"


def test_of_a_sentence_that_there_is_not_a_near_one_is_named() -> None:
    agreement = opened(TWO).agreement

    assert section_named(agreement, "2, fifth sentence") is None
    assert no_section(agreement, "2, fifth sentence")[1] == "Did you mean `2, first sentence`?"
    assert section_named(agreement, "3, first sentence") is None


def test_a_waiver_of_one_sentence_leaves_the_others_and_can_be_withdrawn() -> None:
    deal = opened(TWO)

    deal.does("", 'Seller: give the Waiver "W" stating Requirement as section 2, second sentence.')
    waived = [deal.asks(f"section 2, {each} sentence is waived.") for each in ("first", "second")]
    deal.does("", 'Seller: withdraw "W".')

    assert waived == ["false", "true"]
    assert deal.asks("section 2, second sentence is active.") == "true"


def test_a_waiver_of_the_section_reaches_each_of_its_sentences() -> None:
    deal = opened(TWO)

    deal.does("", "Seller: give the Waiver stating Requirement as section 2.")

    assert deal.asks("section 2, second sentence is waived.") == "true"


def test_whom_one_sentence_protects_waives_no_other() -> None:
    deal = opened(TWO.replace("Section 2 protects", "Section 2, first sentence protects"))

    refused = deal.fails("", "Seller: give the Waiver stating Requirement as section 2, second sentence.", "2")
    deal.does("", "Seller: give the Waiver stating Requirement as section 2, first sentence.")

    assert "No sentence says whom section 2, second sentence protects" in refused
    assert deal.asks("section 2, first sentence is waived.") == "true"


def test_a_section_that_there_is_not_is_told() -> None:
    deal = opened(TWO)

    (problem,) = problems(deal.agreement, deal.state, Attempt("Seller", AssertBreach("9")))

    assert problem == "There is no section 9. The sections are 1, 2, 3."
