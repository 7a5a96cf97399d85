"""Who names a section that is not there is told which there are: those that stand in the text, in its order."""

from dsl.engine import explain
from dsl.parse import parse_attempt
from dsl.resolve import resolve_attempt
from dsl.source import Source
from tests.dsl.deals import HEAD, opened, problems

NUMBERED = """
Clause 2.1 "First": The Buyer must pay USD 5.00 to the Seller.
Clause 2.2 "Second":
  When any of (i) section 2.1 has been performed; or (ii) section 2.1 is overdue, then this agreement terminates.
Clause 10 "Tenth": The Buyer must pay USD 6.00 to the Seller.
Clause Schedule A "Annex": The Buyer must pay USD 7.00 to the Seller.
"""
SECTIONS = "1, 2.1, 2.2, 10, Schedule A"


WRONG = "When section 9 has been performed, then this agreement terminates."


def test_the_sections_of_the_text_are_listed_and_not_what_only_stands_above_them() -> None:
    wrong = problems(f'{HEAD}{NUMBERED}Clause 11 "Wrong": {WRONG}')

    assert f"The sections are {SECTIONS}, 11." in wrong
    assert "Write the clause: `clause 9: ...`." in wrong


def test_of_many_sections_the_first_are_listed_and_how_many_more_there_are() -> None:
    """Sixteen in all, of which twelve are listed."""
    more = "".join(f'Clause {each} "N": The Buyer must pay USD {each}.00 to the Seller.\n' for each in range(20, 30))

    wrong = problems(f'{HEAD}{NUMBERED}{more}Clause 90 "Wrong": {WRONG}')

    assert f"The sections are {SECTIONS}, 20, 21, 22, 23, 24, 25, 26 and 4 others." in wrong


def test_a_question_and_an_act_about_no_section_list_them_too() -> None:
    deal = opened(NUMBERED)
    source = Source("attempt", "Seller: assert breach of section 9.")
    parsed = parse_attempt(source)
    assert parsed.syntax is not None

    _, wrong = resolve_attempt(parsed.syntax, deal.agreement.terms, source)

    assert explain(deal.agreement, deal.state, "9").text == f"Test has no section `9`. Its sections are {SECTIONS}."
    assert [(each.explanation, each.hint) for each in wrong] == [
        (f"The sections are {SECTIONS}.", "Name one of these.")
    ]
