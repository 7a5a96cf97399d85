"""What the file has of its source, and what the scenarios have shown of the file."""

from dsl.coverage import exercise, sections
from dsl.parse import parse_scenarios
from dsl.resolve.known import item_paths
from dsl.scenarios import Book, play
from dsl.source import Source
from tests.dsl.deals import HEAD, agreement_of

TEXT = (
    HEAD
    + """
Clause 2 "Draw":
  "Claim" means a claim, made by the Seller.
  "Word" means a claim, made by the Seller.
  When all of (i) a Claim has been made; and (ii) a Word has been made;
    then the Agent may pay any amount to the Seller from the Fund.
Clause 3 "Rules": No Claim is valid unless 2 September 2005 has come.
Clause 4 "Words": This section is boilerplate: "Nothing to run.".
"""
)
SCENARIO = """
Scenario "One":
  Open at 09:00 on 1 September 2005.
  At 10:00 on 1 September 2005, Seller: present a Claim.
  Expect refused because section 3.
  At 10:00 on 3 September 2005, Seller: present a Claim.
"""


def test_a_section_of_the_source_that_has_no_clause_is_missing() -> None:
    rows = sections(agreement_of(TEXT), ("1", "2", "2.5", "4"))

    assert [(row.section, row.category, row.in_source) for row in rows] == [
        ("1", "operative", True),
        ("2", "operative", True),
        ("2.5", "missing", True),
        ("4", "boilerplate", True),
        ("3", "operative", False),
    ]


def test_every_labelled_item_can_be_shown() -> None:
    assert item_paths(agreement_of(TEXT).terms) == {"2(i)", "2(ii)"}


def test_a_clause_is_shown_both_ways_or_not() -> None:
    agreement = agreement_of(TEXT)
    source = Source("test.scenario", SCENARIO)
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None
    run = play(agreement, parsed.syntax.scenarios[0], source, Book({}))

    shown = exercise(agreement, [run])

    assert run.failures == ()
    clauses = {each.section: (each.met, each.unmet) for each in shown.clauses}
    assert clauses["3"] == (True, True)
    assert clauses["2"][1]
    items = {each.section: each.both for each in shown.items}
    assert items == {"2(i)": True, "2(ii)": False}
