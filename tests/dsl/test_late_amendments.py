"""A late fact takes away an amendment under which something was done, and it is made again: what was done counts then.

An act for which the agreement has no words meanwhile, because its kind was defined by the amendment, is on record and
told, and nothing follows from it. The answers to each question were worked out by hand.
"""

import pytest

from tests.dsl.deals import opened
from tests.dsl.test_late_grounds import Story, answers, kept_as_it_is, of_acts

AMENDED = """
Clause 2 "Change":
  "Stop" means a claim, made by the Seller.
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Amendment, when such Amendment has been completed and no Stop has been made,
    then this agreement is amended by such Amendment.
"""
WORD = "'Word' means a claim, made by the Buyer, stating Sum as amount."
AMENDMENTS = {
    "money": Story(
        "The Agent may pay USD 9.00 to the Buyer from the Fund.",
        ("Agent: pay USD 9.00 to the Buyer from the Fund.",),
        {"the balance of the Fund": ("USD 291.00", "USD 291.00", "USD 291.00")},
    ),
    "a fund": Story(
        "'Pot' means a fund in USD, held by the Agent. The Buyer may deposit any amount into the Pot.",
        ("Buyer: deposit USD 9.00 into the Pot.",),
        {"the balance of the Fund": ("USD 300.00", "USD 300.00", "USD 300.00")},
    ),
    "a hold": Story(
        "The Agent may hold any amount in the Fund.",
        ("Agent: hold USD 9.00 in the Fund.",),
        {"the held part of the Fund": ("USD 9.00", "USD 0.00", "USD 9.00")},
    ),
    "a kind": Story(
        f"{WORD} For each Word, the Agent must pay the Sum of such Word to the Buyer from the Fund.",
        ('Buyer: make the Word "W" stating Sum as USD 9.00.', "Agent: pay USD 9.00 to the Buyer from the Fund."),
        {"the balance of the Fund": ("USD 291.00", "USD 291.00", "USD 291.00")},
    ),
    "what is withdrawn": Story(
        WORD,
        ('Buyer: make the Word "W" stating Sum as USD 9.00.', 'Buyer: withdraw "W".'),
        {"the balance of the Fund": ("USD 300.00", "USD 300.00", "USD 300.00")},
    ),
    "what is signed": Story(
        "'Deed' means a writing, signed by the Buyer and the Seller.",
        ('Buyer: sign the Deed "D".', 'Seller: sign the Deed "D".'),
        {"the balance of the Fund": ("USD 300.00", "USD 300.00", "USD 300.00")},
    ),
    "what is delivered": Story(
        "'Deed' means a writing, signed by the Buyer, delivered by the Buyer, addressed to the Seller.",
        ('Buyer: sign the Deed "D".', 'Buyer: deliver the Deed "D" to the Seller.'),
        {"the balance of the Fund": ("USD 300.00", "USD 300.00", "USD 300.00")},
    ),
    "a blank": Story(
        "'Level' means an optional blank amount, filled by the Buyer.",
        ("Buyer: fill Level with USD 9.00.",),
        {"the balance of the Fund": ("USD 300.00", "USD 300.00", "USD 300.00")},
    ),
    "a reading": Story(
        "'Sense' means an ambiguity 'Which?' with readings Wide and Narrow, settled by the Buyer.",
        ("Buyer: choose Wide for Sense.",),
        {"the balance of the Fund": ("USD 300.00", "USD 300.00", "USD 300.00")},
    ),
}
AGAIN = {
    "money": "section 5 has been exercised.",
    "a fund": "the balance of the Pot is equal to USD 9.00.",
    "a hold": "section 5 has been exercised.",
    "a kind": 'section 5 is fulfilled for "W".',
    "what is withdrawn": '"W" has been withdrawn.',
    "what is signed": '"D" has been completed.',
    "what is delivered": '"D" has been received by the Seller.',
    "a blank": "the Level is equal to USD 9.00.",
    "a reading": "Sense is read as Wide.",
}


@pytest.mark.parametrize("name", AMENDMENTS)
def test_what_was_done_under_an_amendment_counts_when_it_is_made_again(name: str) -> None:
    story = AMENDMENTS[name]
    deal = opened(AMENDED)
    deal.does("", "Buyer: deposit USD 300.00 into the Fund.")
    clauses = f"Clause 5 'New': {story.section}"
    deal.does("10:00 on 2 September 2005", f'Buyer: sign the Amendment stating Changes as clauses "{clauses}".')
    deal.does("", "Seller: sign the Amendment.")
    for minute, act in enumerate(story.acts):
        deal.does(f"11:0{minute} on 2 September 2005", act)
    assert deal.asks(AGAIN[name]) == "true"
    assert answers(deal, story) == [before for before, _, _ in story.answers.values()]

    deal.does("09:30 on 2 September 2005", 'Seller: present the Stop "S".', "12:00 on 2 September 2005")
    assert answers(deal, story) == [gone for _, gone, _ in story.answers.values()]
    assert len(of_acts(deal)) == len(story.acts)
    kept_as_it_is(deal)

    deal.does("10:00 on 3 September 2005", 'Seller: withdraw "S".')
    assert answers(deal, story) == [again for _, _, again in story.answers.values()]
    assert deal.asks(AGAIN[name]) == "true"
    assert of_acts(deal) == []
    kept_as_it_is(deal)
