"""The parts of an agreement that are written on their own, articles kept and articles made, and where lines end."""

from textwrap import dedent

import pytest

from dsl import format as formatting
from dsl.parse import parse_agreement, parse_scenarios
from dsl.source import Source

TEXT = """
Agreement "Sale".
Clause 1 "Hold":
  "David Grin" means a person acting for the Buyer.
  When a Stop has been given by David Grin,
    then Agent must release the Fund according to such Stop on or about signing.
  ATG may hold Fund.
  "Met" means that balance of Fund is at least Price.
"""


@pytest.mark.parametrize(
    ("person", "called"),
    [
        ('"David Grin" means a person acting for the Buyer.', "David Grin"),
        ('"David Grin" means a person acting for the Buyer, "David Arthur Grin".', "David Grin"),
        ('"David Grin" means a person acting for the Buyer, "director".', "David Grin"),
        ('"Director" means a person acting for the Buyer, "David Grin".', "the Director"),
    ],
)
def test_a_person_called_by_his_own_name_takes_no_article(person: str, called: str) -> None:
    text = dedent(f"""\
        Agreement "Sale".

        Clause 1 "Stop":
          "Buyer" means a party.
          {person}
          "Stop" means a claim, made by {called}.
        """)
    assert without_source(text) == text


def without_source(text: str) -> str:
    """A clause file in the canonical layout, its articles made by the rule."""
    tree = parse_agreement(Source("sale", text)).syntax
    assert tree is not None
    return formatting.format_agreement(tree)


def test_without_its_source_a_text_has_the_articles_of_the_rule() -> None:
    assert without_source(TEXT) == dedent("""\
        Agreement "Sale".

        Clause 1 "Hold":
          "David Grin" means a person acting for the Buyer.
          When a Stop has been given by David Grin,
            then the Agent must release the Fund according to such Stop on or about signing.
          ATG may hold the Fund.
          "Met" means that the balance of the Fund is at least the Price.
        """)


def test_an_article_goes_with_the_sound_and_the_number_of_the_name() -> None:
    names = ("Invoice", "Uncertainty", "Unit", "User", "Release", "Documents", "ATG")
    text = 'Agreement "Sale".\n\nClause 1:\n'
    text += "".join(f"  This agreement is amended by {name}.\n" for name in names)

    written = [line.removeprefix("  This agreement is amended by ") for line in without_source(text).splitlines()[3:]]

    assert written == [
        "an Invoice.",
        "an Uncertainty.",
        "a Unit.",
        "a User.",
        "a Release.",
        "the Documents.",
        "ATG.",
    ]


def laid_out(text: str) -> str:
    """A clause file or a scenario file in the canonical layout."""
    source = Source("text", text)
    if text.startswith("Scenario"):
        file = parse_scenarios(source).syntax
        assert file is not None
        return formatting.format_scenarios(file, source=source)
    tree = parse_agreement(source).syntax
    assert tree is not None
    return formatting.format_agreement(tree, source)


def test_the_articles_of_the_writer_are_kept() -> None:
    text = dedent("""\
        Agreement "Sale".

        Clause 1 "Who":
          "Ada Bell" means a party.
          "Sellers" means group of Ada Bell and the Sam Orr, acting by a majority of them.
          "Owners" means the group of Ada Bell and Sam Orr, acting by each of them.
          While Doubt applies, then Agent may take a Hold.
        """)

    assert laid_out(text) == text
    assert laid_out(" ".join(text.split())) == text


def test_words_of_which_the_language_takes_either_form_do_not_cost_the_articles() -> None:
    text = 'Agreement "Sale".\n\nClause 1:\n  Section 2 and 3 survives.\n  Agent must pay Price to Owner.\n'

    assert laid_out(text) == text.replace("Section 2 and 3 survives", "Sections 2 and 3 survive")


def test_texts_with_other_words_leave_the_articles_to_the_rule() -> None:
    source = Source("other", "Agreement.")
    tree = parse_agreement(Source("sale", TEXT)).syntax
    assert tree is not None

    assert formatting.format_agreement(tree, source) == formatting.format_agreement(tree)


def test_clauses_of_an_amendment_keep_their_lines() -> None:
    text = dedent("""\
        Scenario "New clauses":
          At 12:00 on 1 June 2026, the Buyer: sign the Amendment "A-1" stating Replacement as clauses
            "Clause 4 'Storage':
               The Seller must pay USD 2.00 to the Buyer
                 within 30 calendar days.
             Clause 5 'Rest':
               Nothing more.".
          At 12:00 on 1 June 2026, the Buyer: sign the Amendment "A-2" stating Replacement as clauses "Please, more.".
        """)

    assert laid_out(text) == text
    moved = text.replace("\n    ", "\n          ").replace("\n", "\r\n\r\n\t")
    assert laid_out(moved) == text


def test_clauses_that_are_too_long_for_a_line_are_broken_once() -> None:
    words = "The Seller must pay USD 2.00 to the Buyer. " * 9
    text = f"""Scenario "Long":
  At 12:00 on 1 June 2026, the Buyer: sign the A stating B as clauses "Clause 4: {words}"."""

    once = laid_out(text)

    assert max(map(len, once.splitlines())) <= 120
    assert laid_out(once) == once


def test_a_long_sentence_is_broken_where_its_parts_begin() -> None:
    text = dedent("""\
        Agreement "Sale".

        Clause 1 "Long" subject to section 4 by suspension while the Hold In Place applies
            notwithstanding section 5 by exclusion:
          "Claim" means a claim, made by the Seller, addressed to the Buyer and the Escrow Agent Of The Second Part,
            about an Order, stating Amount as amount and Cause as text.
          For each Claim, when such Claim has been received by the Escrow Agent Of The Second Part
              and no Objection about such Claim has been made,
            then the Buyer and the Seller jointly and severally must pay the Amount of such Claim to the Escrow Agent
              within 3 business days,
            and the Escrow Agent may take a Hold.
          No Claim is valid unless the Amount of such Claim is at most the Amount of the Order of such Claim
            less the amount paid under section 4 for such Claim.
          Reading "Why": "A text in quotation marks is filled, and goes on in the next line at the same place as all
            supplementary words.".
        """)

    assert laid_out(text) == text


def test_a_choice_takes_no_article() -> None:
    text = (
        'Agreement "Choices".\n\nClause 1:\n'
        '  "Ask" means a claim, stating Class as one of (Core Change, Title).\n'
        '  "Usual" means Core Change where the Class of the latest Ask is Title, otherwise Title.\n'
        '  "Met" means that the Class of the latest Ask is equal to Core Change.\n'
    )
    parsed = parse_agreement(Source("choices.clause", text)).syntax
    assert parsed is not None

    assert formatting.format_agreement(parsed) == text
