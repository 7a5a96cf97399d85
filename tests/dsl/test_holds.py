"""A part of a fund that is held for a claim stays for that claim, and only for it."""

import pytest

from api.acts import read_act
from dsl.events import Refused
from dsl.figures import value_now
from dsl.possibilities import possibilities
from dsl.source import NOWHERE
from dsl.terms import Balance
from dsl.views.wording import words_of_attempt
from tests.dsl.deals import Deal, attempt_of, opened, told

CLAIMS = """
Clause 2 "Claims":
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  "Answer" means a claim, made by the Seller, about a Claim.
  "Instruction" means a writing, made by the Seller, about a Claim, stating Payments as payments.
  The Agent may pay any amount to the Seller from the Fund.
  For each Instruction, when such Instruction has been made, then the Agent may release the Fund according to such
    Instruction.
"""
FIXED = """
Clause 3 "Reserve":
  For each Claim, when such Claim has been made, then the Agent must hold the Amount of such Claim in the Fund.
"""


def funded(text: str) -> Deal:
    """A deal with USD 100.00 in the fund and a claim of USD 60.00."""
    deal = opened(text)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 60.00.')
    return deal


def test_what_is_held_for_a_claim_is_not_paid_for_anything_else() -> None:
    deal = funded(CLAIMS + FIXED)

    deal.fails("", "Agent: pay USD 40.01 to the Seller from the Fund.", "3")
    deal.does("", "Agent: pay USD 40.00 to the Seller from the Fund.")

    assert deal.holds() == "USD 60.00"


def test_a_refusal_says_how_much_is_held_for_what() -> None:
    deal = funded(CLAIMS + FIXED)

    refusal = deal.fails("", "Agent: pay USD 50.00 to the Seller from the Fund.", "3")

    assert 'Of the USD 100.00 in the Fund, this is held: USD 60.00 for "C" under section 3.' in refusal


def test_a_plan_about_the_claim_uses_what_is_held_for_it() -> None:
    deal = funded(CLAIMS + FIXED)
    deal.does("", "Agent: pay USD 40.00 to the Seller from the Fund.")
    deal.does("", 'Seller: present the Instruction "I" about "C" stating Payments as USD 25.00 to the Buyer.')

    deal.does("", 'Agent: release the Fund according to "I".')

    assert deal.figure('the held part of the Fund for "C"') == "USD 35.00"
    assert deal.figure("the free balance of the Fund") == "USD 0.00"


def test_a_plan_about_another_claim_does_not() -> None:
    deal = funded(CLAIMS + FIXED)
    deal.does("", 'Buyer: present the Claim "D" stating Amount as USD 10.00.')
    deal.does("", 'Seller: present the Instruction "I" about "D" stating Payments as USD 40.01 to the Buyer.')

    deal.fails("", 'Agent: release the Fund according to "I".', "3")


def test_more_than_there_is_can_be_held_and_keeps_what_comes() -> None:
    deal = opened(CLAIMS + FIXED)
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 60.00.')
    deal.does("", "Buyer: deposit USD 50.00 into the Fund.")

    assert deal.figure("the held part of the Fund") == "USD 50.00"
    deal.fails("", "Agent: pay USD 0.01 to the Seller from the Fund.", "3")
    deal.does("", "Buyer: deposit USD 11.00 into the Fund.")
    assert deal.figure("the free balance of the Fund") == "USD 1.00"


def test_nothing_passes_by_itself_out_of_what_is_held() -> None:
    deal = funded(
        CLAIMS
        + FIXED
        + """
Clause 4 "Sweep":
  "Go" means a claim, made by the Seller.
  When a Go has been made, then USD 50.00 passes from the Fund to the Seller.
"""
    )

    deal.does("", "Seller: present the Go.")

    assert deal.holds() == "USD 100.00"
    assert any("USD 50.00 cannot pass: Of the USD 100.00" in each.text for each in deal.state.changes)


def test_where_it_is_open_whether_something_is_held_only_that_leaves_which_is_free_either_way() -> None:
    deal = funded(
        CLAIMS
        + """
Clause 3 "Reserve":
  "Scope" means an ambiguity "Are all claims reserved?" with readings Wide and Narrow, settled by the Buyer.
  For each Claim, while Scope is read as Wide, then the Agent must hold the Amount of such Claim in the Fund.
"""
    )

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    refusal = deal.fails("", "Agent: pay USD 50.00 to the Seller from the Fund.", "3")
    assert "It is not known how much of the Fund is held under section 3." in refusal
    assert "Scope" in refusal

    deal.does("", "Buyer: choose Narrow for Scope.")
    deal.does("", "Agent: pay USD 99.00 to the Seller from the Fund.")


def test_a_figure_that_shrinks_by_payment_is_not_reduced_twice() -> None:
    deal = funded(
        CLAIMS
        + """
Clause 3 "Reserve":
  For each Claim, the Agent must hold the Amount of such Claim less the amount paid under section 4 for such Claim in
    the Fund.
Clause 4 "Claims paid":
  For each Claim, the Agent may pay any amount to the Buyer from the Fund.
"""
    )

    deal.does("", 'Agent: pay USD 20.00 to the Buyer from the Fund about "C".')

    assert deal.figure("the held part of the Fund") == "USD 40.00"


POWER = """
Clause 3 "Reserve":
  "Unanswered" of a Claim means that no Answer about such Claim has been made.
  For each Claim, while such Claim is Unanswered, then the Agent may hold the Amount of such Claim in the Fund.
"""


def test_a_power_to_hold_holds_from_its_use_until_its_condition_ends() -> None:
    deal = funded(CLAIMS + POWER)
    assert deal.figure("the held part of the Fund") == "USD 0.00"

    deal.does("", 'Agent: hold USD 60.00 in the Fund about "C".')
    assert deal.figure("the held part of the Fund") == "USD 60.00"

    deal.does("", 'Seller: present the Answer about "C".')
    assert deal.figure("the held part of the Fund") == "USD 0.00"


def test_a_later_hold_about_the_same_claim_replaces_the_earlier() -> None:
    deal = funded(CLAIMS + POWER)

    deal.does("", 'Agent: hold USD 60.00 in the Fund about "C".')
    deal.does("", 'Agent: hold USD 20.00 in the Fund about "C".')

    assert deal.figure("the held part of the Fund") == "USD 20.00"


def test_no_more_is_held_than_the_power_says() -> None:
    deal = funded(CLAIMS + POWER)

    refusal = deal.fails("", 'Agent: hold USD 60.01 in the Fund about "C".', "3")

    assert "USD 60.01 is more than the USD 60.00 that can be held." in refusal


LIFTING = """
Clause 3 "Reserve":
  The Agent may hold any amount in the Fund.
Clause 4 "Lifting":
  For each Answer, when such Answer has been made,
    then the Agent must lift the hold in the Fund about the Claim of such Answer within 2 business days.
"""


def test_a_duty_to_lift_is_performed_by_lifting() -> None:
    deal = funded(CLAIMS + LIFTING)
    deal.does("", 'Agent: hold USD 60.00 in the Fund about "C".')
    deal.fails("", 'Agent: lift the hold in the Fund about "C".', "4")

    deal.does("", 'Seller: present the Answer about "C".')
    deal.does("", 'Agent: lift the hold in the Fund about "C".')

    assert deal.figure("the free balance of the Fund") == "USD 100.00"
    assert deal.asks("section 4 is fulfilled for the latest Answer.") == "true"
    deal.does("", 'Agent: hold USD 5.00 in the Fund about "C".')
    assert deal.figure("the held part of the Fund") == "USD 5.00"


@pytest.mark.parametrize("text", [POWER, LIFTING])
def test_what_can_be_held_is_told(text: str) -> None:
    deal = funded(CLAIMS + text)

    found = [each.text for each in possibilities(deal.agreement, deal.state, "Agent") if each.verb == "hold"]

    assert found == (['hold USD 60.00 in the Fund about "C"'] if text == POWER else ["hold USD ... in the Fund"])


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ('Agent: hold USD 5.00 in the Fund about "X".', 'There is no entry "X".'),
        ('Buyer: deposit USD 5.00 into the Fund about "X".', 'There is no entry "X".'),
        ("Agent: hold USD 0.00 in the Fund.", "USD 0.00 is not more than nothing."),
        ("Agent: hold EUR 5.00 in the Fund.", "EUR 5.00 is not an amount of USD."),
    ],
)
def test_a_hold_of_what_is_not_there_is_not_understood(words: str, problem: str) -> None:
    assert problem in told(funded(CLAIMS + LIFTING).tries("", words))


def test_money_that_came_in_about_a_claim_is_told_apart() -> None:
    deal = opened(CLAIMS + 'Clause 3 "Advances": For each Claim, the Seller may deposit any amount into the Fund.')
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 60.00.')

    deal.does("", "Buyer: deposit USD 7.00 into the Fund.")
    deal.does("", 'Seller: deposit USD 5.00 into the Fund about "C".')

    assert deal.figure('the balance of the Fund for "C"') == "USD 5.00"
    assert deal.holds() == "USD 12.00"


def test_an_act_in_parts_holds_and_lifts() -> None:
    deal = funded(CLAIMS + LIFTING)
    parts = {"fund": "Fund", "about": "C"}

    held = read_act(deal.agreement, deal.state, "Agent", {"hold": {**parts, "amount": "5.00"}})
    lifted = read_act(deal.agreement, deal.state, "Agent", {"lift": parts})

    assert held == attempt_of(deal.agreement, 'Agent: hold USD 5.00 in the Fund about "C".')
    assert lifted == attempt_of(deal.agreement, 'Agent: lift the hold in the Fund about "C".')
    assert [words_of_attempt(deal.agreement.terms, each) for each in (held, lifted)] == [
        'The Agent: hold USD 5.00 in the Fund about "C".',
        'The Agent: lift the hold in the Fund about "C".',
    ]


def test_what_is_free_is_told_with_what_is_held() -> None:
    deal = funded(CLAIMS + FIXED)

    figure = value_now(deal.agreement, deal.state, Balance("", NOWHERE, "Fund", "free balance"))

    assert figure.value == "USD 40.00"
    assert figure.notes == ('USD 60.00 for "C" under section 3',)
    assert [fact.text for fact in figure.facts] == ["+ USD 100.00 from Buyer to Fund, Thu 1 Sep 2005 09:00"]


def test_a_deposit_for_one_of_several_rows_says_for_which() -> None:
    deal = opened(
        """
Clause 2 "Instalments":
  "Instalment" means an event, stating Share as amount.
  At signing, the Instalment "A" occurs stating Share as USD 30.00.
  At signing, the Instalment "B" occurs stating Share as USD 70.00.
  For each Instalment, the Seller must deposit the Share of such Instalment into the Fund.
"""
    )

    assert told(deal.tries("", "Seller: deposit USD 30.00 into the Fund.")).startswith("Not understood")
    deal.does("", 'Seller: deposit USD 30.00 into the Fund about "A".')
    deal.does("", "Seller: deposit USD 70.00 into the Fund.")

    assert (deal.status("2", "A"), deal.status("2", "B")) == ("fulfilled", "fulfilled")
    assert deal.figure('the balance of the Fund for "B"') == "USD 70.00"


DOUBT = """
Clause 2 "Claims":
  "Limit" means an optional blank amount of USD, filled by the Buyer.
  "Claim" means a claim, made by the Buyer, stating Amount as amount.
  "Cost" means a finding, made by the Agent, about a Claim, stating Sum as amount.
  "Call" means a claim, made by the Buyer.
  The Agent may pay any amount to the Seller from the Fund.
"""


def test_the_first_amount_of_a_hold_that_is_known_is_fixed() -> None:
    deal = funded(
        DOUBT
        + """
Clause 3 "Reserve":
  For each Claim, when such Claim has been made,
    then the Agent must hold the Sum of the latest Cost about such Claim in the Fund.
"""
    )
    unknown = deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", 'Agent: find the Cost about "C" stating Sum as USD 30.00.')
    deal.does("", 'Agent: find the Cost about "C" stating Sum as USD 50.00.')

    assert "It is not known how much of the Fund is held" in unknown
    assert deal.figure("the held part of the Fund") == "USD 30.00"


def test_money_that_may_be_held_does_not_pass_by_itself_before_that_is_known() -> None:
    deal = funded(
        DOUBT
        + """
Clause 3 "Reserve":
  The Agent must hold the Limit in the Fund.

Clause 4 "Passing":
  When a Call has been made, then USD 75.00 passes from the Fund to the Seller.
"""
    )
    deal.does("", "Buyer: make the Call.")
    before = deal.holds()
    deal.does("", "Buyer: fill the Limit with USD 25.00.")

    assert (before, deal.holds()) == ("USD 100.00", "USD 25.00")


def test_a_hold_over_rows_that_may_be_meant_may_hold() -> None:
    deal = funded(
        DOUBT
        + """
Clause 3 "Reserve":
  For each Claim whose Amount is at least the Limit, the Agent must hold the Amount of such Claim in the Fund.
"""
    )
    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", "Buyer: fill the Limit with USD 60.01.")
    deal.does("", "Agent: pay USD 100.00 to the Seller from the Fund.")


USE = """
Clause 3 "Use":
  While no Claim whose Amount is at least the Limit has been made, then the Agent may hold any amount in the Fund.
"""


@pytest.mark.parametrize(("limit", "free"), [("60.01", "USD 80.00"), ("60.00", "USD 100.00")])
def test_what_was_held_is_not_free_while_it_is_open_whether_the_power_has_ended(limit: str, free: str) -> None:
    deal = opened(DOUBT + USE)
    deal.does("", "Buyer: deposit USD 100.00 into the Fund.")
    deal.does("", "Agent: hold USD 20.00 in the Fund.")
    deal.does("", 'Buyer: present the Claim "C" stating Amount as USD 60.00.')
    deal.fails("", "Agent: pay USD 80.01 to the Seller from the Fund.", "3")
    deal.does("", f"Buyer: fill the Limit with USD {limit}.")

    assert deal.figure("the free balance of the Fund") == free


@pytest.mark.parametrize(("survives", "held"), [("Section 3 survives.", True), ("", False)])
def test_a_hold_that_may_be_in_force_outlives_the_agreement_only_where_its_section_does(
    survives: str, held: bool
) -> None:
    deal = funded(
        DOUBT
        + f"""
Clause 3 "Reserve":
  For each Claim, while the Amount of such Claim is at least the Limit,
    then the Agent must hold the Amount of such Claim in the Fund.

Clause 4 "End":
  When a Call has been made, then this agreement terminates.
  Section 2 survives. {survives}
"""
    )
    deal.does("", "Buyer: make the Call.")

    answer = deal.tries("", "Agent: pay USD 100.00 to the Seller from the Fund.")

    assert isinstance(answer, Refused) is held, told(answer)


def test_nobody_holds_an_amount_that_is_not_known() -> None:
    deal = opened("""
Clause 2 "Hold":
  "Limit" means an optional blank amount, filled by the Buyer.
  The Agent may hold the Limit in the Fund.
""")
    deal.does("", "Buyer: deposit USD 8.00 into the Fund.")

    assert "the blank Limit" in deal.fails("", "Agent: hold USD 1.00 in the Fund.", "2")


def test_what_is_held_for_a_named_entry_is_free_for_that_one() -> None:
    deal = opened("""
Clause 2 "Hold":
  "Claim" means a claim, made by the Seller.
  "Stop" means a claim, made by the Buyer.
  When a Stop has been made, then the Agent must hold USD 6.00 in the Fund about the latest Claim.
  For each Claim, the Agent may pay any amount to the Seller from the Fund.
""")
    deal.does("", "Buyer: deposit USD 8.00 into the Fund.")
    deal.does("", 'Seller: present the Claim "A".')
    deal.does("", 'Seller: present the Claim "B".')
    deal.does("", "Buyer: present the Stop.")

    deal.fails("", 'Agent: pay USD 3.00 to the Seller from the Fund about "A".', "2, first sentence")
    deal.does("", 'Agent: pay USD 7.00 to the Seller from the Fund about "B".')

    assert deal.holds() == "USD 1.00"
