"""The parts of an agreement that are written on their own, and the one rule for articles."""

from textwrap import dedent

import pytest

from dsl import format as formatting
from dsl import syntax
from dsl.parse import parse_agreement, parse_question
from dsl.source import NOWHERE, Source

TEXT = """
Agreement "Sale".
Clause 1 "Hold":
  When a Stop has been given by David Grin, then the Agent must release the Fund according to such
      Stop promptly.
  ATG may hold the Fund.
"""


def clause() -> syntax.Clause:
    """The one clause of the text."""
    node = parse_agreement(Source("sale", TEXT)).syntax
    assert node is not None
    (only,) = node.headings
    assert isinstance(only, syntax.Clause)
    return only


def condition() -> syntax.Comparison:
    """A comparison, as syntax."""
    node = parse_question(Source("question", "balance of Fund is at least Price.")).syntax
    assert node is not None
    assert isinstance(node.condition, syntax.Comparison)
    return node.condition


def test_a_clause_is_written_as_in_its_file() -> None:
    assert formatting.format_heading(clause(), frozenset({"David Grin"})) == TEXT.strip().split("\n", 1)[1]


def test_a_sentence_begins_with_a_capital_and_ends_with_a_full_stop() -> None:
    first, second = clause().sentences

    assert formatting.format_sentence(first).startswith("When a Stop has been given by the David Grin, then")
    assert formatting.format_sentence(second) == "ATG may hold the Fund."


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
    tree = parse_agreement(Source("sale", text)).syntax
    assert tree is not None

    assert formatting.format_agreement(tree) == text


def test_statements_and_acts_are_written_in_the_middle_of_a_sentence() -> None:
    provision = clause().sentences[0]
    assert isinstance(provision, syntax.Provision)
    (duty,) = provision.statements
    assert isinstance(duty, syntax.Duty)

    written = "the Agent must release the Fund according to such Stop promptly"
    assert formatting.format_statement(duty) == written
    assert formatting.format_act(duty.act) == "release the Fund according to such Stop"


def test_conditions_and_values_are_written_in_the_middle_of_a_sentence() -> None:
    assert formatting.format_condition(condition()) == "the balance of the Fund is at least the Price"
    assert formatting.format_value(condition().left) == "the balance of the Fund"


def test_an_article_goes_with_the_sound_and_the_number_of_the_name() -> None:
    names = ("Invoice", "Uncertainty", "Unit", "User", "Release", "Documents", "ATG")
    kinds = [syntax.AnchorKind(NOWHERE, syntax.Name(NOWHERE, name)) for name in names]

    written = [formatting.format_statement(syntax.Enactment(NOWHERE, kind)).removeprefix("this ") for kind in kinds]

    assert [each.removeprefix("agreement is amended by ") for each in written] == [
        "an Invoice",
        "an Uncertainty",
        "a Unit",
        "a User",
        "a Release",
        "the Documents",
        "ATG",
    ]
