"""An amendment that parts one sentence in two, or joins two in one: nothing that is settled is paid again.

Row by row the sentence goes on that is for the row now. Where it cannot be told which one goes on with what was paid,
the amendment is refused, and says what to write instead.
"""

from tests.dsl.amending import BILLED, amend, deal
from tests.dsl.deals import Deal

CLASSED = 'Clause 3 "Lots": "Lot" means a claim, made by the Seller, stating Size as one of (Small, Large).'
LOT = "For each Lot{}, when such Lot has been made, then "
SMALL, LARGE = LOT.format(" whose Size is Small"), LOT.format(" whose Size is Large")
PAYS = "the Buyer must pay USD {} to the Seller within 5 calendar days. "
PASSES = "USD {} passes from the Fund to the Seller. "


def with_lots(sentences: str) -> Deal:
    """A deal with a small lot A and a large lot B."""
    made = deal(sentences, CLASSED)
    made.does("10:00 on 1 September 2005", 'Seller: present the Lot "A" stating Size as Small.')
    made.does("10:01 on 1 September 2005", 'Seller: present the Lot "B" stating Size as Large.')
    return made


def proposed(made: Deal, sentences: str, section: str = "2") -> str:
    """The words by which the Buyer proposes to replace a section."""
    return f"Buyer: sign the Amendment stating Changes as clauses \"Clause {section} 'As amended': {sentences}\"."


# ------------------------------------------------------------- parted, row by row


def test_a_duty_that_is_parted_by_what_its_rows_state_stays_performed() -> None:
    """USD 10.00 was paid for lot A; of lot B, for which 4.00 of 10.00 were paid, 8.00 of 12.00 are left."""
    made = with_lots(LOT.format("") + PAYS.format("10.00"))
    made.does("", 'Buyer: pay USD 10.00 to the Seller about "A".')
    made.does("", 'Buyer: pay USD 4.00 to the Seller about "B".')

    amend(made, LARGE + PAYS.format("12.00") + SMALL + PAYS.format("10.00"), "10:00 on 2 September 2005")

    assert made.status("2", "A") == "fulfilled"
    assert made.asks('the deadline of section 2 for "B" is equal to 6 September 2005.') == "true"
    made.fails("", 'Buyer: pay USD 8.01 to the Seller about "B".', "2, first sentence")
    made.does("", 'Buyer: pay USD 8.00 to the Seller about "B".')
    assert made.status("2", "B") == "fulfilled"
    assert made.got("Seller") == "USD 22.00"
    made.does("", 'Seller: present the Lot "C" stating Size as Small.')
    made.does("", 'Buyer: pay USD 10.00 to the Seller about "C".')


def test_what_has_passed_and_occurred_is_not_done_again_where_it_is_parted() -> None:
    """USD 10.00 passed for each of two lots, with a mark for each; the next large lot takes 20.00."""
    made = with_lots(LOT.format("") + "USD 10.00 passes from the Fund to the Seller, and a Mark occurs.")
    assert made.holds() == "USD 80.00"

    amend(made, SMALL + PASSES.format("10.00") + LARGE + PASSES.format("20.00") + LOT.format("") + "a Mark occurs.")

    assert made.holds() == "USD 80.00"
    assert made.asks("the number of Marks is equal to 2.") == "true"
    made.does("", 'Seller: present the Lot "C" stating Size as Large.')
    assert made.holds() == "USD 60.00"
    assert made.asks("the number of Marks is equal to 3.") == "true"


def test_two_sentences_for_different_rows_are_joined_in_one() -> None:
    """USD 10.00 passed for the small lot and 20.00 for the large one; the next one takes 15.00."""
    made = with_lots(SMALL + PASSES.format("10.00") + LARGE + PASSES.format("20.00"))
    assert made.holds() == "USD 70.00"

    amend(made, LOT.format("") + PASSES.format("15.00"))

    assert made.holds() == "USD 70.00"
    made.does("", 'Seller: present the Lot "C" stating Size as Large.')
    assert made.holds() == "USD 55.00"


def test_what_was_paid_counts_where_two_sentences_for_different_rows_are_joined() -> None:
    """Of 15.00 for each lot 5.00 are left for A, for which 10.00 were paid, and nothing for B, for which 20.00 were."""
    made = with_lots(SMALL + PAYS.format("10.00") + LARGE + PAYS.format("20.00"))
    made.does("", 'Buyer: pay USD 10.00 to the Seller about "A".')
    made.does("", 'Buyer: pay USD 20.00 to the Seller about "B".')

    amend(made, LOT.format("") + PAYS.format("15.00"))

    assert (made.status("2", "A"), made.status("2", "B")) == ("active", "fulfilled")
    made.fails("", 'Buyer: pay USD 5.01 to the Seller about "A".', "2")
    made.does("", 'Buyer: pay USD 5.00 to the Seller about "A".')


def test_what_followed_from_a_failed_duty_does_not_follow_again_where_the_duty_is_parted() -> None:
    """Lot A was not paid for in time, so USD 3.00 passed; it passes for lot B when B fails after the amendment."""
    duty = "the Buyer must pay USD {} to the Seller within {} calendar days, failing which USD 3.00 passes from the "
    duty += "Fund to the Seller. "
    made = with_lots(SMALL + duty.format("10.00", 2) + LARGE + duty.format("10.00", 9))
    made.passes("10:00 on 5 September 2005")
    assert (made.status("2", "A"), made.holds()) == ("overdue", "USD 97.00")

    amend(made, LOT.format("") + duty.format("11.00", 2), "10:00 on 5 September 2005")

    assert made.status("2", "A") == "overdue"
    made.passes("10:01 on 5 September 2005")
    assert made.holds() == "USD 94.00"
    made.passes("10:00 on 5 October 2005")
    assert made.holds() == "USD 94.00"


def test_a_section_is_parted_twice() -> None:
    """What went over once goes over again with all that was paid towards it: 10.00 in all of 12.00."""
    made = with_lots(LOT.format("") + PAYS.format("10.00"))
    made.does("", 'Buyer: pay USD 6.00 to the Seller about "A".')
    amend(made, SMALL + PAYS.format("11.00") + LARGE + PAYS.format("10.00"))
    made.does("", 'Buyer: pay USD 4.00 to the Seller about "A".')

    words = LOT.format("") + PAYS.format("12.00")
    made.does("", f'Buyer: sign the Amendment "2nd" stating Changes as clauses "Clause 2 \'B\': {words}".')
    made.does("", 'Seller: sign the Amendment "2nd".')

    made.fails("", 'Buyer: pay USD 2.01 to the Seller about "A".', "2")
    made.does("", 'Buyer: pay USD 2.00 to the Seller about "A".')
    assert made.status("2", "A") == "fulfilled"


def test_nothing_is_in_doubt_where_nothing_was_done() -> None:
    """Nothing was paid of USD 10.00, which becomes 6.00 and 4.00: both are owed for the lot that there is."""
    made = with_lots(LOT.format("") + PAYS.format("10.00"))

    amend(made, LOT.format("") + PAYS.format("6.00") + LOT.format("") + PAYS.format("4.00"))

    made.does("", 'Buyer: pay USD 6.00 to the Seller about "A" under section 2, first sentence.')
    made.does("", 'Buyer: pay USD 4.00 to the Seller about "A" under section 2, second sentence.')
    assert made.status("2", "A") == "fulfilled, fulfilled"


# -------------------------------------------------------- what cannot be told


def test_an_amendment_is_refused_where_two_sentences_could_go_on_with_what_has_passed() -> None:
    """USD 10.00 passed for bill A; whether the 6.00 and the 4.00 are in place of it nobody can tell."""
    made = deal(f"{BILLED}{PASSES.format('10.00')}")
    made.does("", 'Seller: present the Bill "A".')
    parted = f"{BILLED}{PASSES.format('6.00')}{BILLED}{PASSES.format('4.00')}"

    why = made.fails("", proposed(made, parted), "9")

    assert 'Under section 2 it has happened for "A"' in why
    assert "leave one of them in section 2 and put the others in a section of their own" in why
    assert made.holds() == "USD 90.00"


def test_what_the_refusal_says_to_write_is_accepted_and_pays_nothing_twice() -> None:
    """For what was made until 10:30 there was one sentence, under which USD 10.00 passed; the next bill has two."""
    made = deal(f"{BILLED}{PASSES.format('10.00')}")
    made.does("10:00 on 1 September 2005", 'Seller: present the Bill "A".')
    early = "'Early' of a Bill means that such Bill has been made before 10:30 on 1 September 2005. "
    until, since = (
        f"For each Bill which is {which}, when such Bill has been made, then " for which in ("Early", "not Early")
    )

    amend(
        made,
        early + until + PASSES.format("10.00") + since + PASSES.format("6.00") + since + PASSES.format("4.00"),
        "11:00 on 1 September 2005",
    )

    assert made.holds() == "USD 90.00"
    made.does("12:00 on 1 September 2005", 'Seller: present the Bill "B".')
    assert made.holds() == "USD 80.00"


def test_one_part_stays_in_the_section_and_the_other_is_another_sentence_in_its_own() -> None:
    """Of USD 10.00, 7.00 were paid. 8.00 are owed in section 2, so 1.00 is left, and 3.00 in a section of their own."""
    made = deal("The Buyer must pay USD 10.00 to the Seller.")
    made.does("", "Buyer: pay USD 7.00 to the Seller.")
    one, other = (f"The Buyer must pay USD {amount} to the Seller. " for amount in ("8.00", "3.00"))
    made.fails("", proposed(made, one + other), "9")

    amend(made, f"{one} Clause 4 'More': {other}")

    made.fails("", "Buyer: pay USD 1.01 to the Seller under section 2.", "2")
    made.does("", "Buyer: pay USD 1.00 to the Seller under section 2.")
    made.does("", "Buyer: pay USD 3.00 to the Seller under section 4.")
    assert (made.status("2"), made.status("4")) == ("fulfilled", "fulfilled")


def test_two_instalments_of_which_one_was_paid_cannot_be_joined_in_one() -> None:
    """USD 5.00 of 5.00 and 7.00 were paid; whether 12.00 in their place is for both or for the second nobody can tell.
    Kept word for word, the first stays paid, and what is raised is the second."""
    first = "The Buyer must pay USD 5.00 to the Seller by 10 September 2005. "
    made = deal(f"{first}The Buyer must pay USD 7.00 to the Seller by 20 September 2005.")
    made.does("", "Buyer: pay USD 5.00 to the Seller under section 2, first sentence.")

    why = made.fails("", proposed(made, "The Buyer must pay USD 12.00 to the Seller by 20 September 2005."), "9")
    assert "Keep that sentence word for word" in why
    assert "USD 5.00 has been paid" in why

    amend(made, f"{first}The Buyer must pay USD 8.00 to the Seller by 20 September 2005.")
    made.fails("", "Buyer: pay USD 8.01 to the Seller.", "2, second sentence")
    made.does("", "Buyer: pay USD 8.00 to the Seller.")


def test_a_power_that_is_parted_after_it_was_used_in_part_is_refused() -> None:
    made = deal("The Buyer may pay USD 50.00 to the Seller.")
    made.does("", "Buyer: pay USD 30.00 to the Seller.")

    why = made.fails(
        "", proposed(made, "The Buyer may pay USD 30.00 to the Seller. The Buyer may pay USD 20.00 to the Seller."), "9"
    )

    assert "USD 30.00 has been paid" in why


def test_what_was_paid_once_is_not_owed_again_for_each_row() -> None:
    """USD 10.00 in all were paid; that each lot is to be paid for now cannot be set against that."""
    made = with_lots("The Buyer must pay USD 10.00 to the Seller.")
    made.does("", "Buyer: pay USD 10.00 to the Seller.")

    why = made.fails("", proposed(made, LOT.format("") + PAYS.format("5.00")), "9")

    assert "Keep that sentence word for word" in why


def test_what_is_paid_between_the_two_signatures_is_seen_at_the_second() -> None:
    made = deal("The Buyer must pay USD 10.00 to the Seller.")
    one, other = (f"The Buyer must pay USD {amount} to the Seller. " for amount in ("8.00", "3.00"))
    made.does("", proposed(made, one + other))
    made.does("", "Buyer: pay USD 10.00 to the Seller.")

    made.fails("", "Seller: sign the Amendment.", "9")

    made.fails("", "Buyer: pay USD 3.00 to the Seller.")


def test_what_is_paid_after_the_signatures_keeps_the_amendment_from_taking_effect() -> None:
    """The amendment waits for a go; by then USD 10.00 have been paid, so it changes nothing, and the story says why."""
    made = deal("The Buyer must pay USD 10.00 to the Seller.", LATER)
    one, other = (f"The Buyer must pay USD {amount} to the Seller. " for amount in ("8.00", "3.00"))
    made.does("", f"Buyer: sign the Later stating Changes as clauses \"Clause 2 'Two': {one}{other}\".")
    made.does("", "Seller: sign the Later.")
    made.does("", "Buyer: pay USD 10.00 to the Seller.")

    made.does("", "Seller: make a Go.")

    assert made.status("2") == "fulfilled"
    assert made.state.enacted == ()
    told = [each.text for each in made.state.changes if each.section == "4"]
    assert any("cannot amend the agreement" in each and "USD 10.00 has been paid" in each for each in told)


LATER = """
Clause 4 "Later":
  "Later" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Later, when such Later has been completed and a Go has been made, then this agreement is amended by such
    Later.
"""
