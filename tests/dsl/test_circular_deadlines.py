"""A deadline that rests on itself: told where the text alone shows it, open where only the entries of a deal do."""

import pytest

from dsl.diagnostics import Severity
from dsl.load import Loaded, load, load_clauses
from dsl.reasons import Truth
from tests.dsl.deals import HEAD, opened

ROWS = """
  "Claim" means a claim, made by the Buyer, stating Former as optional Claim.
  "Answer" means a finding, made by the Seller, about a Claim.
"""
BY_THE_LATEST = f"""{ROWS}
Clause 2:
  For each Claim, the Seller must find an Answer about such Claim
    by 1 calendar day after the deadline of section 2 for the latest Claim.
"""
BY_THE_FORMER = f"""{ROWS}
  "Start" means a finding, made by the Agent.
Clause 2:
  For each Claim, the Seller must find an Answer about such Claim by the later of
    the day of the making of the latest Start
    and 1 calendar day after the deadline of section 2 for the Former of such Claim.
"""


def titles(loaded: Loaded) -> list[str]:
    """The titles of the mistakes."""
    return [each.title for each in loaded.diagnostics if each.severity is Severity.ERROR]


def test_a_deadline_that_only_the_entries_make_circular_is_open_and_says_so() -> None:
    deal = opened(BY_THE_LATEST)
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Claim "C-1".')
    deal.does("10:00 on 3 September 2005", 'Buyer: present the Claim "C-2".')

    for claim in ("C-1", "C-2"):
        why = deal.why(f'the deadline of section 2 for "{claim}" has passed.')

        assert why.truth is Truth.OPEN
        assert "rests on itself" in " ".join(wait.text for wait in why.awaited())
    deal.passes("10:00 on 3 October 2005")
    assert deal.asks('section 2 is overdue for "C-2".') != "true"


def test_rows_that_wait_one_for_the_other_wait_however_many_there_are() -> None:
    """Each by that of the one before it, of which the first is about none: nobody knows any of them."""
    deal = opened(BY_THE_FORMER)
    deal.does("10:00 on 2 September 2005", 'Buyer: present the Claim "C-0".')
    for number in range(1, 60):
        deal.does("", f'Buyer: present the Claim "C-{number}" stating Former as "C-{number - 1}".')

    assert deal.asks('the deadline of section 2 for "C-1" has passed.') == "pending"
    assert deal.asks('the deadline of section 2 for "C-59" has passed.') in ("pending", "open")


@pytest.mark.parametrize(
    "clauses",
    [
        "Clause 2: The Buyer must pay USD 1.00 to the Seller by the deadline of section 2.",
        (
            "Clause 2: The Buyer must pay USD 1.00 to the Seller by the deadline of section 3."
            " Clause 3: The Seller must pay USD 1.00 to the Buyer by the deadline of section 2."
        ),
        "Clause 2: 'Due' means the deadline of section 2. The Buyer must pay USD 1.00 to the Seller by Due.",
    ],
)
def test_an_amendment_with_a_circle_is_refused_with_the_circle(clauses: str) -> None:
    base = load(HEAD).agreement
    assert base is not None

    refused = load_clauses(clauses, base)

    assert refused.agreement is None
    (told,) = (each for each in refused.diagnostics if each.rule == "circular_deadlines")
    assert told.explanation.startswith("The circle is the deadline of section ")
    assert "the deadline of section 2 -> " in told.explanation
    assert told.explanation.endswith(", so none of it is ever known.")


def test_deadlines_are_not_counted_from_too_many_others() -> None:
    one_by_one = "\n".join(
        f"Clause {number}: The Buyer must pay USD 1.00 to the Seller"
        f" by 1 calendar day after the deadline of section {number - 1}."
        for number in range(3, 60)
    )
    first = "Clause 2: The Buyer must pay USD 1.00 to the Seller by 3 October 2005."

    assert titles(load(f"{HEAD}\n{first}\n{one_by_one}")) == ["Deadlines that lean on each other too long"]


@pytest.mark.parametrize(
    "meanings",
    [
        '"Aa" means the Aa plus USD 1.00.',
        '"Aa" means the Bb plus USD 1.00. "Bb" means the Aa.',
        '"Aa" means the Bb. "Bb" means the Aa.',
        '"Aa" means 5 percent of the Bb. "Bb" means the smaller of the Aa and the balance of the Fund.',
    ],
)
@pytest.mark.parametrize(
    "sentence", ["pay the Aa to the Seller", "deposit the Aa into the Fund", "hold the Aa in the Fund"]
)
def test_an_amount_defined_by_itself_is_told_of(meanings: str, sentence: str) -> None:
    loaded = load(f"{HEAD}\n{meanings}\nThe Agent must {sentence}.")

    assert loaded.agreement is None
    assert any("efinition" in title and ("itself" in title or "each other" in title) for title in titles(loaded))
