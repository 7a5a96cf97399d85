"""What is not understood, and what is refused beside permission: unknown nouns, content rules, waivers, openings."""

from datetime import date

import pytest

from dsl import actions as a
from dsl import terms as t
from dsl.actions import Action, Attempt
from dsl.engine import decide, open_deal
from dsl.events import Malformed, Opened
from dsl.money import Quantity
from tests.dsl.deals import HEAD, START, agreement_of, at, opened

PAPERS = """
Clause 2 "Papers":
  "Claim" means a claim, made by the Seller, addressed to the Buyer, stating Amount as amount and Due as date
    and Sort as one of (Tax, Other) and Note as optional text.
  "Deed" means a document, signed by the Buyer and the Seller, stating Payments as payments.
  "Reply" means a claim, made by the Buyer, about a Claim.
  "Fact" means an event.
  When a Claim has been made, then a Fact occurs.
  "Count" means an optional blank number.
  "Account" means an ambiguity "?" with readings Kept and Shared.
  "Bank" means a court.
"""
FIVE = Quantity(500, "USD")
GOOD: a.Fields = (("Amount", FIVE), ("Due", date(2005, 9, 5)), ("Sort", t.NameValue("Tax")))


@pytest.mark.parametrize(
    ("actor", "action", "told"),
    [
        ("Nobody", a.Make("Claim"), "cannot act"),
        ("Seller", a.Make("Clam"), "nothing the agreement lets anybody make"),
        ("Seller", a.Make("Fact"), "occurs by itself"),
        ("Seller", a.Make("Deed"), "use `sign`"),
        ("Seller", a.Sign("Claim"), "needs no signatures"),
        ("Seller", a.Make("Claim"), "must state Amount"),
        ("Seller", a.Make("Claim", fields=(*GOOD, ("Colour", "red"))), "no field `Colour`"),
        ("Seller", a.Make("Claim", fields=(("Amount", Quantity(5, "EUR")), *GOOD[1:])), "must be an amount of USD"),
        ("Seller", a.Make("Claim", fields=(GOOD[0], ("Due", "soon"), GOOD[2])), "must be a date"),
        ("Seller", a.Make("Claim", fields=(*GOOD[:2], ("Sort", t.NameValue("Fee")))), "one of Tax, Other"),
        ("Seller", a.Make("Claim", fields=GOOD, to=("Agent",)), "addressed to Buyer"),
        ("Buyer", a.Make("Reply"), "concerns a Claim"),
        ("Buyer", a.Make("Reply", about="C-9"), 'no entry "C-9"'),
        ("Buyer", a.Sign("Deed", fields=(("Payments", t.Plan(())), ("Note", "x"))), "no field `Note`"),
        (
            "Buyer",
            a.Sign("Deed", fields=(("Payments", t.Plan((t.PlanLine("Nobody", FIVE),))),)),
            "must be a plan of payments",
        ),
        ("Buyer", a.Deliver("Deed", "D"), 'no entry "D"'),
        ("Buyer", a.Deliver("Dead"), "nothing the agreement lets anybody make"),
        ("Buyer", a.Deliver(""), "Say what"),
        ("Buyer", a.Withdraw("Claim", "C"), 'no entry "C"'),
        ("Buyer", a.Release("release", "Pot", "P"), "is no fund"),
        ("Buyer", a.Release("release", "Fund", "P"), 'no entry "P"'),
        ("Buyer", a.Pay("pay", FIVE, "Nobody"), "nobody the agreement names"),
        ("Buyer", a.Pay("pay", FIVE, "Seller", "Pot"), "is no fund"),
        ("Buyer", a.Pay("pay", FIVE, "Seller", about="C"), 'no entry "C"'),
        ("Buyer", a.Pay("pay", Quantity(5, "EUR"), "Seller"), "not an amount of USD"),
        ("Buyer", a.Pay("pay", Quantity(-5, "USD"), "Seller"), "not more than nothing"),
        ("Buyer", a.Deposit(FIVE, "Pot"), "is no fund"),
        ("Buyer", a.DepositWith(FIVE, "Bank", "Pot"), "is no fund"),
        ("Buyer", a.HoldFund("Pot"), "is no fund"),
        ("Buyer", a.Fill("Cuont", 5), "no blank `Cuont`"),
        ("Buyer", a.Fill("Count", "five"), "must be a number"),
        ("Buyer", a.Fill("Count", True), "must be a number"),
        ("Buyer", a.Choose("Acount", "Kept"), "no ambiguity `Acount`"),
        ("Buyer", a.Choose("Account", "Lost"), "no reading of Account"),
        ("Buyer", a.AssertBreach("9"), "no section 9"),
    ],
)
def test_what_the_agreement_does_not_know_is_said(actor: str, action: Action, told: str) -> None:
    deal = opened(PAPERS)

    answer = decide(deal.agreement, deal.state, Attempt(actor, action), deal.now)

    assert isinstance(answer, Malformed)
    assert told in " ".join(answer.problems)


def test_a_name_is_given_once() -> None:
    deal = opened(PAPERS)
    claim = 'present the Claim "C" stating Amount as USD 5.00 and Due as 5 September 2005 and Sort as Tax'
    deal.does("", f"Seller: {claim}.")

    again = deal.tries("", f"Seller: {claim}.")
    other = deal.tries("", 'Buyer: present the Reply "C" about "C".')

    assert isinstance(again, Malformed)
    assert isinstance(other, Malformed)


def test_a_name_nobody_gave_is_one_nobody_has() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Seller.')
    deal.does("", 'Seller: present the Claim "Claim 2".')

    deal.does("", "Seller: present a Claim.")
    deal.does("", "Seller: present a Claim.")

    names = [entry.name for entry in deal.state.entries]
    assert len(set(names)) == 3


# -------------------------------------------------------------------- openings


@pytest.mark.parametrize(
    ("blanks", "told"),
    [
        ((), "The blank Day must be filled"),
        ((("Day", "today"),), "must be a date"),
        ((("Day", date(2005, 9, 5)), ("Night", date(2005, 9, 5))), "no blank `Night`"),
    ],
)
def test_a_deal_opens_with_its_blanks_filled_as_they_must_be(
    blanks: tuple[tuple[str, t.Content], ...], told: str
) -> None:
    agreement = agreement_of(
        HEAD
        + 'Clause 2 "Day": "Day" means a required blank date. The Buyer must pay USD 1.00 to the Seller by the Day.'
    )

    state = open_deal(agreement, Opened(at(agreement, START), (), blanks))

    assert isinstance(state, Malformed)
    assert told in " ".join(state.problems)


# --------------------------------------------------------------------- refusals


def test_an_entry_that_breaks_a_rule_is_refused_under_it() -> None:
    deal = opened(
        """
Clause 2 "Claims":
  "Claim" means a claim, made by the Seller, stating Amount as amount.
Clause 3 "Rules":
  "Limit" means an optional blank amount, filled by the Buyer.
  No Claim is valid unless the Amount of such Claim is at least USD 5.00.
  No Claim is valid unless the Amount of such Claim is at most the Limit.
"""
    )

    deal.fails("", "Seller: present a Claim stating Amount as USD 4.99.", "3")
    assert "Open" in deal.fails("", "Seller: present a Claim stating Amount as USD 5.00.", "3")
    deal.does("", "Buyer: fill Limit with USD 6.00.")
    deal.does("", "Seller: present a Claim stating Amount as USD 5.00.")
    deal.fails("", "Seller: present a Claim stating Amount as USD 6.01.", "3")

    assert len(deal.state.entries) == 1


def test_only_who_is_protected_can_waive() -> None:
    deal = opened(
        """
Clause 2 "Waivers":
  "Waiver" means a waiver, made by the Buyer or the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
Clause 3 "Draw":
  "Report" means a claim, made by the Seller.
  "Word" means a claim, made by the Buyer.
  While all of (i) a Report has been made; and (ii) a Word has been made;
    then the Agent may pay any amount to the Seller from the Fund.
  Section 3(i) protects the Buyer.
"""
    )
    deal.does("", "Buyer: deposit USD 9.00 into the Fund.")
    deal.does("", "Buyer: present a Word.")
    deal.fails("", "Agent: pay USD 1.00 to the Seller from the Fund.", "3(i)")

    assert "protects Buyer" in deal.fails("", "Seller: give a Waiver stating Requirement as section 3(i).")
    assert "whom section 3(ii) protects" in deal.fails("", "Buyer: give a Waiver stating Requirement as section 3(ii).")
    deal.does("", "Buyer: give a Waiver stating Requirement as section 3(i).")

    deal.does("", "Agent: pay USD 1.00 to the Seller from the Fund.")


def test_nobody_takes_back_the_word_of_another() -> None:
    deal = opened('Clause 2 "Claims": "Claim" means a claim, made by the Buyer or the Seller.')
    deal.does("", 'Seller: present the Claim "C".')

    assert "made by Seller" in deal.fails("", 'Buyer: withdraw the Claim "C".', "2")
    deal.does("", 'Seller: withdraw the Claim "C".')

    assert "already" in deal.fails("", 'Seller: withdraw the Claim "C".', "2")


def test_what_is_not_owed_cannot_be_breached() -> None:
    deal = opened('Clause 2 "Fee": The Buyer must pay USD 1.00 to the Seller.')
    deal.does("", "Buyer: pay USD 1.00 to the Seller.")

    deal.fails("", "Seller: assert breach of section 2.", "2")


# ------------------------------------------------------------- waivers of several

SHARED_WAIVER = """
Clause 2 "Waivers":
  "Sellers' Waiver" means a waiver, {how}, stating Requirement as a section.
  "Event" means a claim, made by the Agent.
  For each Sellers' Waiver, when such Sellers' Waiver has been {stage}, then the requirement of such Sellers' Waiver
    is waived.

Clause 3 "Payment": When all of (i) the balance of the Fund is at least USD 1.00; and (ii) an Event has been made,
  then the Agent must pay USD 1.00 to the Seller from the Fund.
  Section 3(ii) protects the Buyer and the Seller.
"""


def test_what_protects_two_is_waived_when_both_have_waived_it() -> None:
    deal = opened(SHARED_WAIVER.format(how="made by the Buyer or the Seller", stage="made"))
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    deal.does("", 'Buyer: give the Sellers\' Waiver "W-1" stating Requirement as section 3(ii).')
    alone = deal.status("3")
    deal.does("", 'Seller: give the Sellers\' Waiver "W-2" stating Requirement as section 3(ii).')

    assert (alone, deal.status("3")) == ("dormant", "active")
    assert any(change.text == "waived by Buyer, and still protects Seller" for change in deal.state.changes)


def test_a_waiver_signed_by_several_is_theirs_whoever_signed_first() -> None:
    text = SHARED_WAIVER.format(how="signed by the Agent, the Buyer and the Seller", stage="completed")
    deal = opened(text)
    deal.does("", "Buyer: deposit USD 5.00 into the Fund.")

    deal.does("", 'Agent: sign the Sellers\' Waiver "W-1" stating Requirement as section 3(ii).')
    deal.does("", 'Seller: sign the Sellers\' Waiver "W-1".')
    before = deal.status("3")
    deal.does("", 'Buyer: sign the Sellers\' Waiver "W-1".')

    assert (before, deal.status("3")) == ("dormant", "active")
