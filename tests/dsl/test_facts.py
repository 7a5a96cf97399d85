"""What rules each other out, and what is written out, in conditions."""

import pytest

from dsl.load import load
from dsl.rules.facts import exclude, known, needed
from dsl.terms import Terms

HEAD = """Agreement "Facts". The time zone is "Europe/Berlin". The currency is EUR.
Clause 1: "Buyer" means a party. "Fee" means an optional blank amount.
  "Interest" means an ambiguity "Is it due?" with readings Due and Not Due.
  "Claim" means a claim, made by the Buyer, stating Day as date.
  "Claimed" means that a Claim has been made.
"""


def terms_of(text: str) -> Terms:
    """The terms of the agreement above with more definitions."""
    terms = load(HEAD + text).agreement
    assert terms is not None
    return terms


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("Interest is read as Due", "Interest is read as Not Due", True),
        ("Interest is read as Due", "Interest is read as Due", False),
        ("the Fee is blank", "the Fee is filled", True),
        ("the Fee is blank", "the Fee is blank", False),
        ("the Fee is at least EUR 5.00", "the Fee is less than the Fee", False),
        ("the Fee is at least EUR 5.00", "the Fee is at least EUR 9.00", False),
        ("the Fee is not EUR 5.00", "the Fee is equal to EUR 5.00", True),
        ("the Fee is not EUR 5.00", "the Fee is at least EUR 5.00", False),
        ("the Fee is blank", "Interest is read as Due", False),
    ],
)
def test_two_conditions_exclude_each_other(first: str, second: str, apart: bool) -> None:
    terms = terms_of(f'"First" means that {first}. "Second" means that {second}.')

    one, other = terms.conditions["First"].condition, terms.conditions["Second"].condition

    assert exclude(one, other, terms) is apart
    assert exclude(other, one, terms) is apart


def test_a_time_counted_from_what_is_not_known_is_not_known() -> None:
    terms = terms_of('"Eve" means 1 calendar day before the Day of the latest Claim. "New Year" means 1 January 2026.')

    assert known(terms.values["Eve"].value, terms) is None
    assert str(known(terms.values["New Year"].value, terms)) == "2026-01-01"


def test_what_a_name_needs_is_told_once() -> None:
    terms = terms_of('"Twice" means that Claimed applies and Claimed applies.')

    assert len(needed(terms.conditions["Twice"].condition, terms)) == 3
