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


LISTS = (
    HEAD
    + """
Clause 2 "Bids":
  "Bid" means a claim, made by the Seller, stating Amount as amount.
  The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Good bids":
  "Good" of a Bid means that all of
    (i) the Amount of such Bid is at least USD 5.00; and
    (ii) any of (A) the Amount of such Bid is at most USD 9.00; or (B) 2 September 2005 has come.
Clause 4 "Filter":
  "Number" means the number of Bids which is Good.
Clause 5 "Guard":
  No Bid is valid unless all of
    (i) all of
      (A) the Amount of such Bid is more than USD 0.00; and
      (B) the Amount of such Bid is at most USD 90.00; and
    (ii) the Number is at most 7.
Clause 6 "Only asked": "Busy" means that any of (i) the Number is at least 1; or (ii) 3 September 2005 has come.
"""
)
BIDS = """
Scenario "Bids":
  Open at 09:00 on 1 September 2005.
  At 10:00 on 1 September 2005, Seller: present a Bid stating Amount as USD 6.00.
  At 11:00 on 1 September 2005, Seller: present a Bid stating Amount as USD 4.00.
  At 12:00 on 1 September 2005, Seller: present a Bid stating Amount as USD 91.00.
  Expect refused because section 5(i)(B).
"""


def test_items_count_as_seen_in_filters_in_questions_and_in_nested_guards() -> None:
    agreement = agreement_of(LISTS)
    source = Source("test.scenario", BIDS)
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None
    run = play(agreement, parsed.syntax.scenarios[0], source, Book({}))

    seen = {each.section: (each.met, each.unmet) for each in exercise(agreement, [run]).items}

    assert run.failures == ()
    assert seen["3(i)"] == (True, True)
    assert seen["3(ii)"] == (True, False)
    assert seen["3(ii)(A)"] == (True, False)
    assert seen["3(ii)(B)"] == (False, True)
    assert seen["5(i)"] == (True, True)
    assert seen["5(i)(A)"] == (True, False)
    assert seen["5(i)(B)"] == (True, True)
    assert seen["6(i)"] == (True, True)
    assert seen["6(ii)"] == (False, True)


def test_the_items_of_a_result_count_as_seen() -> None:
    agreement = agreement_of(
        HEAD
        + """
Clause 2 "Result":
  "Permit" means a claim, made by the Buyer.
  "Word" means a claim, made by the Seller.
  The Seller must ensure by 9 September 2005 that any of (i) a Permit has been made; or (ii) a Word has been made.
"""
    )
    source = Source(
        "test.scenario",
        'Scenario "One": Open at 09:00 on 1 September 2005. At 10:00 on 1 September 2005, Buyer: present a Permit.',
    )
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None

    run = play(agreement, parsed.syntax.scenarios[0], source, Book({}))

    seen = {each.section: (each.met, each.unmet) for each in exercise(agreement, [run]).items}
    assert seen == {"2(i)": (True, True), "2(ii)": (False, True)}


NAMED = (
    HEAD
    + """
Clause 2 "Doubt":
  "Doubt" means a claim, made by the Buyer.
  "Calm" means that no Doubt has been made.
  "Told" means that the Moment is read as Early or a Doubt has been made.
  "Moment" means an ambiguity "When?" with readings Early and Late.
  While a Doubt has been made, then the Agent may refund any amount to the Buyer from the Fund.
Clause 2.1 "In it":
  The Seller must pay USD 1.00 to the Buyer within 9 business days.
Clause 3 "Release":
  "Go" means a claim, made by the Seller.
  When a Go has been made and Calm applies and Told applies,
    then the Agent must pay USD 5.00 to the Seller from the Fund.
"""
)


def test_a_condition_that_another_section_names_shows_nothing_of_its_own_section() -> None:
    """Nobody does anything: Calm is so and Told under one reading, but no sentence of clauses 2 and 3 has held; and
    that the duty inside clause 2 is owed says nothing of clause 2."""
    agreement = agreement_of(NAMED)
    source = Source("test.scenario", 'Scenario "Opened": Open at 09:00 on 1 September 2005.')
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None
    run = play(agreement, parsed.syntax.scenarios[0], source, Book({}))

    seen = {each.section: (each.met, each.unmet) for each in exercise(agreement, [run]).clauses}

    assert (seen["2"], seen["2.1"], seen["3"]) == ((False, True), (True, False), (False, True))
