"""`Expect ... may` and `may not` say what an attempt would be answered: a ban forbids, whatever else allows it."""

import pytest

from dsl.parse import parse_scenarios
from dsl.scenarios import Book, Run, play, report
from dsl.source import Source
from tests.dsl.deals import HEAD, agreement_of

TEXT = (
    HEAD
    + """
Clause 2 "Kinds":
  "Project" means a claim, made by the Seller, stating Secret as yes-or-no.
  "Paper" means an act, made by the Buyer, about a Project.
  "Talk" means an act, made by the Buyer, about a Project.
  "Note" means an act, made by the Buyer.
  "Memo" means an act.
Clause 3 "Each project": For each Project, the Buyer must not make a Paper about such Project.
Clause 4 "Secret ones": For each Project which states Secret, the Buyer must not make a Talk about such Project.
Clause 5 "Plain": The Buyer must not make a Note.
Clause 6 "Claims are final": The Seller must not withdraw a Project.
Clause 7 "Money": The Buyer may pay any amount to the Seller.
Clause 8 "No money" notwithstanding section 7 by suspension: While a Project has been made, then the Buyer must not
  pay any amount to the Seller.
Clause 9 "By whom": The Agent may make a Memo. Ann may act for the Agent to make a Memo before 2 September 2005.
Clause 10 "Draw": The Agent may pay any amount to the Seller from the Fund.
"""
).replace('  "Fund" means', '  "Ann" means a person acting for the Agent.\n  "Fund" means', 1)

OPEN = """
  Open at 09:00 on 1 September 2005.
  At 10:00 on 1 September 2005, Seller: present the Project "P" stating Secret.
  At 10:00 on 1 September 2005, Seller: present the Project "Q" stating Secret as no.
"""


def played(steps: str) -> Run:
    source = Source("test.scenario", f'Scenario "Tried":{OPEN}{steps}')
    parsed = parse_scenarios(source)
    assert parsed.syntax is not None, parsed.diagnostics
    return play(agreement_of(TEXT), parsed.syntax.scenarios[-1], source, Book({}))


AS_IT_IS = [
    "Expect the Buyer may not make a Note because section 5.",
    'Expect the Buyer may not make the Paper about "P" because section 3.',
    'Expect the Buyer may not make a Talk about "P" because section 4.',
    'Expect the Buyer may make a Talk about "Q" under section 2.',
    "Expect the Seller may not withdraw a Project because section 6.",
    "Expect the Buyer may not pay USD 5.00 to the Seller because section 8.",
]


@pytest.mark.parametrize("step", AS_IT_IS)
def test_an_act_that_a_ban_forbids_is_one_that_may_not_be_done(step: str) -> None:
    run = played(step)

    assert run.failures == (), report(run)


@pytest.mark.parametrize(
    ("step", "title", "told"),
    [
        ("Expect the Buyer may make a Note.", "Expected to be allowed", "section 5: This is forbidden"),
        ("Expect the Seller may withdraw a Project.", "Expected to be allowed", "section 6: This is forbidden"),
        (
            "Expect the Buyer may not make a Note because section 2.",
            "Not allowed, but not because of this section",
            "section 5: This is forbidden",
        ),
        (
            "Expect the Buyer may not pay USD 5.00 to the Seller because section 7.",
            "Not allowed, but not because of this section",
            "section 8: This is forbidden",
        ),
    ],
)
def test_which_ban_forbids_it_is_told(step: str, title: str, told: str) -> None:
    (failure,) = played(step).failures

    assert failure.diagnostic.title == title
    assert told in failure.diagnostic.explanation


ATTEMPTS = [
    "Buyer: make the Note. Expect refused because section 5.",
    'Buyer: make the Paper about "P". Expect refused because section 3.',
    'Buyer: make the Talk about "P". Expect refused because section 4.',
    'Buyer: make the Talk about "Q".',
    'Seller: withdraw the Project "P". Expect refused because section 6.',
    "Buyer: pay USD 5.00 to the Seller. Expect refused because section 8.",
]


@pytest.mark.parametrize("step", ATTEMPTS)
def test_an_attempt_is_answered_as_the_expectation_says(step: str) -> None:
    run = played(f"At 11:00 on 1 September 2005, {step}")

    assert run.failures == (), report(run)


def test_an_act_for_which_nobody_has_authority_may_not_be_done() -> None:
    before = "Expect the Agent may make a Memo under section 9."
    after = "At 10:00 on 2 September 2005, nothing happens. Expect the Agent may not make a Memo because section 9."

    run = played(f"{before} {after}")

    assert run.failures == (), report(run)


def test_who_could_do_what_the_actor_cannot_is_told_with_its_section() -> None:
    run = played("Expect the Buyer may not make a Memo because section 9. Expect the Buyer may make a Memo.")

    (failure,) = run.failures
    assert failure.diagnostic.title == "Expected to be allowed"
    assert failure.diagnostic.explanation == "section 9, first sentence: Only Agent can do this, not Buyer."
