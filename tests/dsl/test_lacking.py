"""Of alternatives it is said that one of them is enough, or how many are, and of what all is needed that it all is."""

import pytest

from tests.dsl.deals import opened

KINDS = """
Clause 2 "Papers":
  "Key" means an act, made by the Buyer.
  "Word" means an act, made by the Seller.
  "Note" means an act, made by the Agent.
"""
KEY, WORD, NOTE = "Buyer can make a Key", "Seller can make a Word", "Agent can make a Note"


@pytest.mark.parametrize(
    ("condition", "done", "summary"),
    [
        ("all of (i) a Key has been made; (ii) a Word has been made; and (iii) a Note has been made", "",
         f"Not yet: {KEY}; {WORD}; {NOTE}."),
        ("any of (i) a Key has been made; (ii) a Word has been made; or (iii) a Note has been made", "",
         f"Not yet: one of: {KEY}; {WORD}; or {NOTE}."),
        ("a Key has been made or a Word has been made", "", f"Not yet: one of: {KEY}; or {WORD}."),
        ("at least 2 of (i) a Key has been made; (ii) a Word has been made; or (iii) a Note has been made", "",
         f"Not yet: at least 2 of: {KEY}; {WORD}; or {NOTE}."),
        ("at least 2 of (i) a Key has been made; (ii) a Word has been made; or (iii) a Note has been made",
         "Seller: make a Word.", f"Not yet: one of: {KEY}; or {NOTE}."),
        ("all of (i) a Key has been made; and (ii) any of (A) a Word has been made; or (B) a Note has been made", "",
         f"Not yet: {KEY}; one of ({WORD}; or {NOTE})."),
        ("any of (i) a Key has been made; or (ii) all of (A) a Word has been made; and (B) a Note has been made", "",
         f"Not yet: one of: {KEY}; or all of ({WORD}; {NOTE})."),
        ("any of (i) a Key has been made; or (ii) any of (A) a Word has been made; or (B) a Note has been made", "",
         f"Not yet: one of: {KEY}; {WORD}; or {NOTE}."),
        ("any of (i) a Key has been made; or (ii) a Key has been made", "", f"Not yet: {KEY}."),
    ],
)  # fmt: skip
def test_alternatives_are_told_apart_from_what_all_is_needed(condition: str, done: str, summary: str) -> None:
    deal = opened(f'{KINDS}Clause 3 "Pay": When {condition}, then the Buyer may pay USD 5.00 to the Seller.\n')
    if done:
        deal.does("", done)

    assert summary in deal.fails("", "Buyer: pay USD 5.00 to the Seller.")


def test_a_way_that_is_over_is_no_alternative() -> None:
    deal = opened(
        f"""{KINDS}Clause 3 "Pay":
  When any of (i) a Key has been made on or before 2 September 2005; (ii) a Word has been made; or
    (iii) a Note has been made, then the Buyer may pay USD 5.00 to the Seller.
"""
    )
    deal.passes("10:00 on 5 September 2005")

    assert f"Not yet: one of: {WORD}; or {NOTE}." in deal.fails("", "Buyer: pay USD 5.00 to the Seller.")


def test_of_two_sections_that_could_allow_an_act_one_is_enough() -> None:
    deal = opened(
        f"""{KINDS}Clause 3 "First": When a Key has been made, then the Buyer may pay USD 5.00 to the Seller.
Clause 4 "Second":
  When a Word has been made and a Note has been made, then the Buyer may pay USD 5.00 to the Seller.
"""
    )

    assert f"Not yet: one of: {KEY}; or all of ({WORD}; {NOTE})." in deal.fails(
        "", "Buyer: pay USD 5.00 to the Seller."
    )


def test_what_is_open_in_two_ways_waits_for_one_of_them() -> None:
    deal = opened(
        """
Clause 2 "Terms":
  "Floor" means an optional blank amount, filled by the Buyer.
  "Ceiling" means an optional blank amount, filled by the Seller.
  While the balance of the Fund is more than the Floor or the balance of the Fund is less than the Ceiling,
    then the Buyer may pay USD 5.00 to the Seller.
"""
    )

    assert "Open: waits for one of: the blank Floor; or the blank Ceiling." in deal.fails(
        "", "Buyer: pay USD 5.00 to the Seller."
    )


def test_content_that_needs_one_of_two_things_is_refused_as_lacking_one() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount and Days as number.
  No Claim is valid unless the Amount of such Claim is less than USD 5.00 or the Days of such Claim is more than 3.
"""
    )

    refusal = deal.fails("", "Seller: present the Claim stating Amount as USD 9.00 and Days as 2.", "2")

    assert (
        "because this is not so: one of (the Amount of such Claim is less than USD 5.00; "
        "or the Days of such Claim is more than 3)."
    ) in refusal


def test_none_of_several_is_not_told_as_if_what_is_not_so_were_missing() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount and Days as number.
  No Claim is valid unless none of (i) the Amount of such Claim is more than USD 5.00; or
    (ii) the Days of such Claim is less than 2.
"""
    )

    refusal = deal.fails("", "Seller: present the Claim stating Amount as USD 9.00 and Days as 2.", "2")

    assert (
        "because this is not so: none of (i) the Amount of such Claim is more than USD 5.00; or "
        "(ii) the Days of such Claim is less than 2."
    ) in refusal


@pytest.mark.parametrize(
    ("sentence", "how"),
    [
        (
            "For each Claim, when an Approval about such Claim has been made, then an Award occurs about such Claim.",
            "section 2, first sentence, when an Approval about such Claim has been made",
        ),
        (
            (
                "For each Claim, the Seller must make an Approval about such Claim by 2 September 2005, "
                "failing which an Award occurs about such Claim."
            ),
            "section 2, first sentence, if it is not performed in time",
        ),
    ],
)
def test_of_what_comes_about_by_itself_it_is_said_by_which_sentence_and_when(sentence: str, how: str) -> None:
    deal = opened(
        f"""Clause 2:
          "Claim" means a claim, made by the Buyer. "Approval" means a finding, made by the Seller, about a Claim.
          "Award" means an event, about a Claim.
          {sentence}
          For each Award, when such Award has been made, then the Agent must pay USD 5.00 to the Buyer."""
    )
    deal.does("", "Buyer: make the Claim.")

    told = deal.fails("", "Agent: pay USD 5.00 to the Buyer.", "2, second sentence")

    assert f"there is no Award yet (an Award must come about under {how})" in told
