"""Deciding, evolving and replaying: the order at an instant, the end of a deal, amendments, and odd logs."""

import pytest

from dsl.engine import evolve, explain, in_force
from dsl.events import Acted, Opened, Refused
from dsl.explain import render_reason
from dsl.reasons import Truth
from dsl.replay import fold
from tests.dsl.deals import HEAD, START, agreement_of, at, attempt_of, opened

AMENDED = """
Clause 2 "Amendments":
  "Amendment" means an amendment, signed by the Buyer and the Seller, stating Text as clauses.
  For each Amendment, when such Amendment has been completed, then this agreement is amended by such Amendment.
Clause 3 "Fee": The Buyer must pay USD 10.00 to the Seller within 3 calendar days.
"""


def test_an_amendment_changes_the_text_from_when_it_is_complete() -> None:
    deal = opened(AMENDED)
    words = "Clause 3 'Fee': The Buyer must pay USD 20.00 to the Seller within 3 calendar days."
    deal.does("", f'Buyer: sign the Amendment "A" stating Text as clauses "{words}".')
    deal.fails("", "Buyer: pay USD 20.00 to the Seller.", "3")

    deal.does("", 'Seller: sign the Amendment "A".')
    deal.does("", "Buyer: pay USD 20.00 to the Seller.")

    assert deal.status("3") == "fulfilled"
    assert in_force(deal.agreement, deal.state) is not deal.agreement


def test_an_amendment_that_cannot_be_read_is_refused() -> None:
    deal = opened(AMENDED)

    why = deal.fails(
        "", "Buyer: sign the Amendment stating Text as clauses \"Clause 3 'Fee': The Buyr must pay.\".", "2"
    )

    assert "cannot be read" in why


def test_an_agreement_ends_once() -> None:
    deal = opened(
        """
Clause 2 "End":
  "First Goodbye" means an act, made by the Seller.
  "Second Goodbye" means an act, made by the Seller.
  When a First Goodbye has been made, then this agreement terminates.
  When a Second Goodbye has been made, then this agreement terminates.
  Section 2 survives.
"""
    )
    deal.does("10:00 on 1 September 2005", "Seller: take a First Goodbye.")

    deal.does("11:00 on 1 September 2005", "Seller: take a Second Goodbye.")

    assert deal.state.terminated == at(deal.agreement, "10:00 on 1 September 2005")


def test_while_it_is_open_whether_a_deal_has_ended_nothing_is_done_under_it() -> None:
    deal = opened(
        """
Clause 2 "Pay": The Agent may pay any amount to the Seller from the Fund.
Clause 3 "End":
  "Goodbye" means an act, made by the Seller.
  "Effect" means an ambiguity "?" with readings Ends and Goes On, settled by the Buyer.
  When a Goodbye has been made and the Effect is read as Ends, then this agreement terminates.
"""
    )
    deal.does("", "Buyer: deposit USD 9.00 into the Fund.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")

    deal.does("", "Seller: take a Goodbye.")

    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.")
    deal.does("", "Buyer: choose Goes On for Effect.")
    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_a_duty_to_pay_nothing_is_performed_as_it_arises() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
  For each Claim, when such Claim has been made, then the Amount of such Claim passes from the Fund to the Agent.
"""
    )

    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 0.00.')

    assert deal.status("2", "C") == "fulfilled"
    assert deal.state.postings == ()


def test_a_role_that_nobody_can_be_named_for_stays_as_it_was() -> None:
    deal = opened(
        """
Clause 2 "Succession":
  "Handover" means an event, made by the Seller, stating Successor as optional text.
  For each Handover, when such Handover has been made,
    then the Successor of such Handover becomes the Maker of such Handover.
"""
    )

    deal.does("", "Seller: report a Handover.")

    assert "Seller" not in deal.state.fillers


def test_a_duty_to_hold_lasts() -> None:
    deal = opened(
        """
Clause 2 "Pay" subject to section 3 by suspension: The Agent may pay any amount to the Seller from the Fund.
Clause 3 "Hold":
  "Alarm" means an act, made by the Buyer.
  While an Alarm has been made, then the Agent must hold the Fund.
"""
    )
    deal.does("", "Buyer: deposit USD 9.00 into the Fund.")
    deal.does("", 'Buyer: take the Alarm "A".')

    deal.does("", "Agent: hold the Fund.")
    assert deal.status("3") == "active"
    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3")
    deal.does("", 'Buyer: withdraw the Alarm "A".')

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_a_duty_to_answer_the_latest_waits_for_one() -> None:
    deal = opened(
        """
Clause 2 "Answers":
  "Claim" means a claim, made by the Buyer.
  "Answer" means a claim, made by the Seller, about a Claim.
  "Other" means a claim, made by the Seller.
  The Seller must present an Answer about the latest Claim.
"""
    )

    deal.does("", "Seller: present an Other.")
    assert deal.status("2") == "active"
    deal.does("", 'Buyer: present the Claim "C".')
    deal.does("", 'Seller: present an Answer about "C".')

    assert deal.status("2") == "fulfilled"


# ------------------------------------------------------------------- odd logs


def test_an_opening_in_the_log_opens_the_deal() -> None:
    agreement = agreement_of(HEAD)
    state = opened("").state
    later = Opened(at(agreement, "09:00 on 2 September 2005"))

    assert evolve(agreement, state, later).opened == later.at


def test_an_opening_that_cannot_be_changes_nothing() -> None:
    text = (
        HEAD
        + 'Clause 2 "Day": "Day" means a required blank date. The Buyer must pay USD 1.00 to the Seller by the Day.'
    )
    agreement = agreement_of(text)
    state = opened("").state

    assert evolve(agreement, state, Opened(at(agreement, START))) is state
    with pytest.raises(ValueError, match="must be filled"):
        fold(agreement, Opened(at(agreement, START)), ())


def test_an_act_that_makes_no_sense_any_more_stays_and_is_told() -> None:
    agreement = agreement_of(HEAD)
    start = at(agreement, START)
    release = attempt_of(agreement, "Buyer: deposit USD 5.00 into the Fund.")
    nonsense = attempt_of(agreement, "Buyer: deposit EUR 5.00 into the Fund.")

    state = fold(agreement, Opened(start), (Acted(start, release, "1", "1/1.1"), Acted(start, nonsense, "1", "1/1.1")))

    assert [each.act for each in state.divergences] == [2]
    assert "not an amount of USD" in state.divergences[0].text


# ------------------------------------------------------------------ explaining


def test_a_section_explains_how_it_stands() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
"""
    )
    before = render_reason(explain(deal.agreement, deal.state, "2"))
    deal.does("", 'Seller: present the Claim "C" stating Amount as USD 5.00.')
    after = render_reason(explain(deal.agreement, deal.state, "2"))

    assert "pending" in before.splitlines()[0]
    assert "there is no Claim yet" in before
    assert 'active for "C"' in after


def test_nothing_in_a_section_is_pending_once_the_agreement_has_ended() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Claim, when such Claim has been made, then the Buyer must pay the Amount of such Claim to the Seller.
  Section 4 survives.
Clause 3 "End":
  "Notice" means a claim, made by the Buyer.
  When a Notice has been made, then this agreement terminates.
  For each Claim, when such Claim has been made, then this agreement terminates.
Clause 4 "After":
  "Late Claim" means a claim, made by the Seller, stating Amount as amount.
  For each Late Claim, when such Late Claim has been made,
    then the Buyer must pay the Amount of such Late Claim to the Seller.
"""
    )
    before = [explain(deal.agreement, deal.state, each).truth for each in ("2", "3", "4")]
    deal.does("", "Buyer: present the Notice.")
    after = [explain(deal.agreement, deal.state, each) for each in ("2", "3", "4")]

    assert before == [Truth.PENDING] * 3
    assert [each.truth for each in after] == [Truth.FALSE, Truth.TRUE, Truth.PENDING]
    assert [each.note for told in after[:2] for each in told.children if each.truth is Truth.FALSE] == [
        "the agreement has terminated"
    ] * 2
    assert "there is no Late Claim yet" in render_reason(after[2])


def test_a_section_that_is_not_there_is_never_true() -> None:
    deal = opened('Clause 2.1 "Claims": "Claim" means a claim, made by the Seller.')

    told = explain(deal.agreement, deal.state, "2.2")

    assert told.truth is Truth.FALSE
    assert told.text == "Test has no section `2.2`. Did you mean `2.1`?"


def test_a_section_without_provisions_says_what_it_is() -> None:
    deal = opened(
        """
Clause 2 "Claims": "Claim" means a claim, made by the Seller.
Clause 3.1 "Headings": This section is boilerplate.
Clause 3.2 "Taxes": This section is not encoded: "It is for the accountants.".
"""
    )

    told = {each: explain(deal.agreement, deal.state, each) for each in ("2", "3", "Section 3.1", "3.2")}

    assert {each.truth for each in told.values()} == {Truth.FALSE}
    assert [each.note for each in told.values()] == [
        "it says what words mean or limits what others do; nothing in it is met or not met by itself",
        "",
        "boilerplate; nothing in it is met or not met by itself",
        "not encoded: It is for the accountants.",
    ]


def test_an_item_is_explained_alone() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller.
  "Consent" means a claim, made by the Buyer.
  When all of (i) a Claim has been made; and (ii) a Consent has been made;
    then the Buyer must pay USD 1.00 to the Seller.
"""
    )
    deal.does("", "Seller: present a Claim.")

    whole, first = (explain(deal.agreement, deal.state, each) for each in ("2", "2(i)"))

    assert (whole.truth, first.truth) == (Truth.PENDING, Truth.TRUE)
    assert [each.section for each in first.children] == ["2(i)"]


def test_a_condition_explains_what_it_waits_for() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Seller.')

    told = render_reason(deal.why("a Claim has been made."))

    assert "waits for: Seller can present a Claim under section 2" in told


def test_a_refusal_says_where_and_why() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Seller.')

    answer = deal.tries("", "Buyer: present a Claim.")

    assert isinstance(answer, Refused)
    assert answer.section == "2"
    assert answer.summary == "Buyer cannot: only Seller."
