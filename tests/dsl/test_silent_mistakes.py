"""Mistakes that look right: each is told, or comes out as the words say to a careful reader."""

import pytest

from dsl.load import load
from tests.dsl.deals import HEAD, opened


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('"Gap" means the Sum plus USD 1.00. "Sum" means the Gap plus USD 1.00.', "Definitions that define each other"),
        (
            (
                '"Bill" means a claim, made by the Seller. "Late" of a Bill means that 1 October 2005 has come.'
                " When every Bill which is Late has been withdrawn, then the Buyer must pay USD 5.00 to the Seller."
            ),
            "Every Bill of which there may be none",
        ),
        (
            "The Buyer must pay USD 5.00 to the Seller within 5 calendar days by 1 October 2005.",
            "Two deadlines in one sentence",
        ),
        (
            "The Buyer must pay USD 5.00 to the Seller and must not pay USD 6.00 to the Agent.",
            "A second `must` or `may` without its actor",
        ),
        (
            '"Fine" means that all of (i) this agreement has terminated; or (ii) 1 October 2005 has come.',
            "`or` in a list that says `all of`",
        ),
        ('The Buyer and the Seller or the Agent may pay USD 5.00 to "X".', "`and` mixed with `or`"),
    ],
)
def test_a_mistake_that_looks_right_is_told(text: str, title: str) -> None:
    found = load(f"{HEAD}\nClause 2: {text}")

    assert title in [each.title for each in found.diagnostics]


def test_an_instruction_latched_with_a_date_pays_no_later_instruction() -> None:
    deal = opened(
        'Clause 2: "Instruction" means a writing, signed by the Buyer, addressed to the Agent,'
        " stating Payments as payments. When an Instruction has been received and 1 October 2005 has passed,"
        " then the Agent must release the Fund according to the latest Instruction."
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    for day, name in ((2, "I-1"), (3, "I-2")):
        words = f'Buyer: sign the Instruction "{name}" stating Payments as USD 40.00 to the Seller.'
        deal.does(f"10:00 on {day} October 2005", words)
        deal.does("", f'Buyer: deliver "{name}".')
        if name == "I-1":
            deal.does("", 'Agent: release the Fund according to "I-1".')

    deal.fails("", 'Agent: release the Fund according to "I-2".', "2")
    assert deal.got("Seller") == "USD 40.00"


def test_halves_that_are_owed_together_are_halves_of_the_whole() -> None:
    deal = opened(
        'Clause 2: "Start" means an act, made by the Buyer. When a Start has been made,'
        " then the Agent must pay 50 percent of the balance of the Fund to the Seller,"
        " and the Agent must pay 50 percent of the balance of the Fund to the Buyer."
    )
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Buyer: take a Start.")

    deal.does("", "Agent: pay USD 50.00 to the Seller from the Fund.")
    deal.does("", "Agent: pay USD 50.00 to the Buyer from the Fund.")

    assert deal.holds() == "USD 0.00"


def test_the_later_of_two_times_binds_as_it_is_written() -> None:
    deal = opened(
        'Clause 2: "After Both" means 5 calendar days after the later of 1 October 2005 and 3 September 2005.\n'
        '  "Later Of" means the later of 1 October 2005 and 5 calendar days after 3 September 2005.'
    )

    assert deal.asks("After Both is equal to 6 October 2005.") == "true"
    assert deal.asks("Later Of is equal to 1 October 2005.") == "true"


def test_nouns_hold_numerals_and_apostrophes_and_a_comma_before_then_changes_nothing() -> None:
    deal = opened(
        'Clause 2: "Target 2008" means USD 5.00. "Sellers\' Representative" means a party.\n'
        "  When 2 September 2005 has come then the Sellers' Representative must pay the Target 2008 to the Buyer.\n"
        "Clause 3: When 2 September 2005 has come, then the Sellers' Representative must pay USD 6.00 to the Seller."
    )
    deal.passes("00:00 on 2 September 2005")

    deal.does("", "Sellers' Representative: pay USD 5.00 to the Buyer.")

    assert (deal.status("2"), deal.status("3")) == ("fulfilled", "active")
