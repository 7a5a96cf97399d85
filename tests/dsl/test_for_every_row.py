"""What one entry makes pass for every one of others counts for both, in figures, caps and holds."""

from tests.dsl.deals import HEAD, Deal, opened, problems

SHARED = """
Clause 2 "Claims":
  "Holder" means an event, stating Who as name and Stake as number.
  At signing, the Holder "A" occurs stating Who as "Ann" and Stake as 60.
  At signing, the Holder "B" occurs stating Who as "Ben" and Stake as 40.
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  "Got" of a Holder means the amount paid under section 3 for such Holder.

Clause 3 "Division":
  For each Claim, when such Claim has been made,
    then for every Holder, the share of such Holder in the Amount of such Claim in proportion to Stake of every Holder
      passes from the Fund to the Who of such Holder.
"""
CAP = """
Clause 4 "Cap":
  The total paid under section 3 for each Claim must not exceed USD 50.00 in the life of this agreement;
    the excess is not payable.
"""
HOLD = """
Clause 4 "Hold":
  For each Claim, the Agent must hold the Amount of such Claim in the Fund.
"""


def claimed(more: str = "") -> Deal:
    deal = opened(SHARED + more)
    deal.does("", "Buyer: deposit USD 90.00 into the Fund.")
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 70.00.')
    return deal


def paid(deal: Deal, *rows: str) -> list[str]:
    return [deal.figure(f'the amount paid under section 3 for "{row}"') for row in rows]


def test_it_counts_for_the_row_of_the_sentence_and_for_each_of_the_others() -> None:
    """Of USD 70.00 Ann gets 60 percent, USD 42.00, and Ben the rest; then 12 and 8 of USD 20.00."""
    deal = claimed()
    deal.does("", 'Buyer: present the Claim "D" stating Amount as USD 20.00.')

    assert paid(deal, "C", "D", "A", "B") == ["USD 70.00", "USD 20.00", "USD 54.00", "USD 36.00"]
    assert deal.figure('the Got of "A"') == "USD 54.00"


def test_a_cap_for_each_row_of_the_sentence_limits_it() -> None:
    """Ann's USD 42.00 leave USD 8.00 of the cap to Ben; the next Claim has a cap of its own."""
    deal = claimed(CAP)
    deal.does("", 'Buyer: present the Claim "D" stating Amount as USD 10.00.')

    assert paid(deal, "C", "D", "B") == ["USD 50.00", "USD 10.00", "USD 12.00"]


def test_what_is_held_for_the_row_of_the_sentence_passes_for_it() -> None:
    """USD 70.00 of the USD 90.00 are held for the Claim, and none of them once they have passed."""
    deal = claimed(HOLD)

    assert paid(deal, "C") == ["USD 70.00"]
    assert deal.figure("the held part of the Fund") == "USD 0.00"


def test_what_has_to_do_with_neither_is_told() -> None:
    told = problems(
        HEAD + SHARED + '"Note" means a claim, made by the Buyer.\n'
        '"Sum" of a Note means the amount paid under section 3 for such Note.\n'
    )

    assert "Section 3 has nothing to do with a Note" in told
