"""A sentence that gets another number by an amendment goes on: it is not owed or done again, and what was paid under
it, used and waived counts under the number that it has now.
"""

import pytest

from dsl.engine import in_force
from dsl.fallen import divergences
from tests.dsl.amending import BILLED, CHANGE, amend, deal
from tests.dsl.deals import opened

FEE = "The Buyer must pay USD 5.00 to the Seller within 10 calendar days."
PASSES = f"{BILLED}USD 10.00 passes from the Fund to the Seller."
GONE = "This section is boilerplate."


def test_a_fee_that_was_paid_stays_paid_when_its_clause_is_numbered_anew() -> None:
    """A new duty of USD 9.00 takes its number, and a cap of USD 8.00 on it leaves USD 3.00."""
    made = deal(FEE)
    made.does("", "Buyer: pay USD 5.00 to the Seller.")

    amend(
        made,
        "The Buyer must pay USD 9.00 to the Seller within 20 calendar days. "
        f"Clause 3 'Fee': {FEE} Clause 4 'Cap': The total paid under section 3 must not exceed USD 8.00 "
        "in the life of this agreement.",
    )

    assert (made.status("2"), made.status("3")) == ("active", "fulfilled")
    assert made.asks("the amount paid under section 2 is equal to USD 0.00.") == "true"
    assert made.asks("the remainder under section 3 is equal to USD 3.00.") == "true"
    made.does("", "Buyer: pay USD 9.00 to the Seller.")
    assert made.status("2") == "fulfilled"


def test_what_has_passed_under_a_clause_does_not_pass_again_under_its_new_number() -> None:
    made = deal(PASSES)
    made.does("", 'Seller: present the Bill "A".')

    amend(made, f"{GONE} Clause 3 'Fee': {PASSES}")
    once = made.holds()
    made.does("", 'Seller: present the Bill "B".')

    assert (once, made.holds()) == ("USD 90.00", "USD 80.00")
    assert made.asks("the amount paid under section 3 is equal to USD 20.00.") == "true"


def test_a_sentence_before_another_one_takes_its_count_and_not_what_was_paid() -> None:
    made = deal(FEE, 'Clause 3 "More": The Buyer must pay USD 2.00 to the Agent.')
    made.does("", "Buyer: pay USD 5.00 to the Seller.")

    amend(made, f"The Seller must pay USD 1.00 to the Buyer. {FEE}")

    assert made.asks("the amount paid under section 2, first sentence is equal to USD 0.00.") == "true"
    assert made.asks("the amount paid under section 2, second sentence is equal to USD 5.00.") == "true"
    assert made.asks("section 2, second sentence is fulfilled.") == "true"


CHANGED = [
    (FEE, "Buyer: pay USD 5.00 to the Seller.", FEE.replace("5.00", "7.00"), "USD 5.00 has been paid"),
    (PASSES, 'Seller: present the Bill "A".', PASSES.replace("10.00", "12.00"), 'it has happened for "A"'),
]


@pytest.mark.parametrize(("sentence", "act", "after", "done"), CHANGED)
def test_what_is_changed_and_numbered_anew_at_once_is_refused_where_something_was_done(
    sentence: str, act: str, after: str, done: str
) -> None:
    """Whether what was done counts towards the new words nobody can say; in two amendments it can be said."""
    made = deal(sentence)
    made.does("", act)

    words = f"Clause 2 'Gone': {GONE} Clause 3 'Fee': {after}"
    told = made.fails("", f'Buyer: sign the Amendment stating Changes as clauses "{words}".', "9")
    assert f"Under section 2 {done}, and it cannot be told whether that counts towards what section 3 now says" in told

    amend(made, f"{GONE} Clause 3 'Fee': {sentence}")
    amend(made, after, section="3")
    assert made.got("Seller") in ("USD 5.00", "USD 10.00")


def test_what_is_changed_and_numbered_anew_stands_where_nothing_was_done() -> None:
    made = deal(FEE)

    amend(made, f"{GONE} Clause 3 'Fee': {FEE.replace('5.00', '7.00')}")
    made.does("", "Buyer: pay USD 7.00 to the Seller.")

    assert made.status("3") == "fulfilled"


def test_of_two_sentences_of_the_same_words_none_is_taken_for_one_elsewhere() -> None:
    """Which of the two fees goes on as section 4 nobody can say."""
    made = deal(FEE, f'Clause 3 "Again": {FEE}')
    made.does("", "Buyer: pay USD 5.00 to the Seller under section 2.")

    words = f"Clause 2 'A': {GONE} Clause 3 'B': {GONE} Clause 4 'Fee': {FEE}"
    made.fails("", f'Buyer: sign the Amendment stating Changes as clauses "{words}".', "9")


def test_a_use_of_a_power_that_displaces_goes_on_displacing_under_its_new_number() -> None:
    held = "The Agent may hold the Fund."
    made = deal(held, f'Clause 3 "Fee" subject to section 2 by suspension: {FEE}')
    made.does("", "Agent: hold the Fund.")
    assert made.status("3") == "suspended"

    amend(made, f"{GONE} Clause 2(a) 'Hold': {held} Clause 3 'Fee' subject to section 2(a) by suspension: {FEE}")

    assert made.status("3") == "suspended"


@pytest.mark.parametrize(("number", "item"), [("3", ""), ("3", "(i)")])
def test_a_waiver_reaches_what_it_waived_under_its_new_number(number: str, item: str) -> None:
    waivers = f"""
      "Waiver" means a waiver, made by the Seller, stating Requirement as section.
      For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived for good.
      Section 2{item} protects the Seller.
    """
    duty = "For each Bill, when {} then the Buyer must pay USD 5.00 to the Seller."
    whole = duty.format("such Bill has been made,")
    listed = duty.format("all of (i) a Mark has been made; and (ii) such Bill has been made;")
    sentence = listed if item else whole
    made = opened(f'Clause 2 "Said": {sentence} Clause 5 "Waivers": {waivers} {CHANGE}')
    made.does("", f"Seller: give the Waiver stating Requirement as section 2{item}.")
    protected = waivers.replace('"', "'").replace(f"Section 2{item}", f"Section {number}{item}")

    amend(made, f"{GONE} Clause {number} 'Said': {sentence} Clause 5 'Waivers': {protected}")
    made.does("", 'Seller: present the Bill "A".')

    assert made.status(number, "A") == ("active" if item else "waived")


def test_a_waiver_for_good_does_not_reach_a_sentence_that_an_amendment_adds() -> None:
    waivers = """
      "Waiver" means a waiver, made by the Seller, stating Requirement as section.
      For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived for good.
      Section 2 protects the Seller.
    """
    sentence = f"{BILLED}the Buyer must pay USD 5.00 to the Seller."
    made = deal(sentence, f'Clause 5 "Waivers": {waivers}')
    made.does("", "Seller: give the Waiver stating Requirement as section 2.")

    amend(made, f"{BILLED}the Buyer must pay USD 6.00 to the Agent. {sentence}")
    made.does("", 'Seller: present the Bill "A".')

    assert made.asks('section 2, first sentence is active for "A".') == "true"
    assert made.asks('section 2, second sentence is waived for "A".') == "true"


def test_a_ground_that_is_withdrawn_is_told_of_what_happened_under_the_former_number() -> None:
    """What its own sentence made, a Mark, does not stand in the way of the sentence."""
    sentence = "When a Go has been made and Quiet applies, then a Mark occurs."
    made = deal(sentence, 'Clause 4 "Quiet": "Quiet" means that no Mark has been made.')
    made.does("", 'Seller: make the Go "G".')

    amend(made, f"{GONE} Clause 3 'Said': {sentence}", "10:00 on 2 September 2005")
    made.does("10:00 on 3 September 2005", 'Seller: withdraw the Go "G".')

    told = divergences(in_force(made.agreement, made.state), made.state)
    assert [(each.now, '"G"' in each.text, "rested on" in each.text) for each in told] == [("3", True, True)]
