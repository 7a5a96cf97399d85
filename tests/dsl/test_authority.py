"""People who act for a party: from when, until when, in what, with whom, and what a revocation changes."""

from dataclasses import replace

from dsl.diagnostics import Severity
from dsl.engine import decide
from dsl.events import Malformed
from dsl.load import load
from dsl.possibilities import possibilities
from dsl.unlocking import ways_to
from tests.dsl.deals import HEAD, attempt_of, opened

PEOPLE = """
Clause 2 "Claims":
  "Ann" means a person acting for the Buyer.
  "Ben" means a person acting for the Buyer.
  "Claim" means a claim, made by the Buyer.
  "Order" means a writing, signed by the Buyer.
"""


def test_an_authority_begins_and_ends_at_its_instants() -> None:
    """From the first moment of 2 September to the last of 4 September, both New York."""
    deal = opened(
        PEOPLE
        + """
Clause 3 "Authority":
  Ann may act for the Buyer not before 2 September 2005 before 5 September 2005.
"""
    )

    early = deal.fails("23:59 on 1 September 2005", "Buyer by Ann: present a Claim.", "3")
    deal.does("00:00 on 2 September 2005", "Buyer by Ann: present a Claim.")
    deal.does("23:59 on 4 September 2005", "Buyer by Ann: present a Claim.")
    late = deal.fails("00:00 on 5 September 2005", "Buyer by Ann: present a Claim.", "3")

    assert "Ann has no authority for Buyer now. " in early
    assert "not before 2 September 2005" in early
    assert "its time has passed" in late.lower()


def test_where_it_is_said_who_may_act_the_act_says_who_does() -> None:
    deal = opened(PEOPLE + 'Clause 3 "Authority": Ann may act for the Buyer.')

    unsaid = deal.fails("", "Buyer: present a Claim.", "3")
    other = deal.fails("", "Buyer by Ben: present a Claim.", "3")

    assert "Say who acts for Buyer: Ann can." in unsaid
    assert "Ben has no authority for Buyer: Ann can." in other
    deal.does("", "Buyer by Ann: present a Claim.")


def test_an_authority_for_one_kind_of_act_is_none_for_another() -> None:
    deal = opened(PEOPLE + 'Clause 3 "Authority": Ann may act for the Buyer to sign an Order.')

    deal.fails("", "Buyer: sign an Order.", "3")
    deal.fails("", "Buyer by Ann: present a Claim.", "3")

    deal.does("", "Buyer by Ann: sign an Order.")
    deal.does("", "Buyer: present a Claim.")


def test_a_person_named_in_general_acts_where_no_sentence_says_who_may() -> None:
    deal = opened(PEOPLE)

    deal.does("", "Buyer by Ann: present a Claim.")
    deal.does("", "Buyer: present a Claim.")

    assert "Nothing says that Ann may act for Seller" in deal.fails(
        "", "Seller by Ann: deposit USD 5.00 into the Fund.", "1"
    )


def test_a_person_in_its_own_name_needs_the_authority_too() -> None:
    deal = opened(
        PEOPLE
        + """
Clause 3 "Authority":
  "Call" means an oral statement, made by Ann or Ben.
  Ann may act for the Buyer before 3 September 2005.
"""
    )

    deal.does("", "Ann: state a Call.")
    deal.fails("", "Ben: state a Call.", "3")
    deal.fails("00:00 on 3 September 2005", "Ann: state a Call.", "3")


def test_both_of_two_act_together_and_one_alone_waits() -> None:
    """A rule by which each signs: the order is signed at the second one's act, whose authority has not lapsed then."""
    deal = opened(
        PEOPLE
        + """
Clause 3 "Authority":
  "Signatories" means a group of Ann and Ben, acting by each of them.
  The Signatories may act for the Buyer.
"""
    )

    deal.does("10:00 on 1 September 2005", "Buyer by Ann: sign an Order.")
    assert deal.asks("an Order has been completed.") == "pending"
    again = deal.fails("10:01 on 1 September 2005", "Buyer by Ann: sign an Order.", "2")
    assert "Ann has done this already, and waits for the others of Signatories." in again
    deal.does("10:02 on 1 September 2005", "Buyer by Ben: sign an Order.")

    assert deal.asks("an Order has been completed.") == "true"


CERTIFICATES = (
    PEOPLE
    + """
Clause 3 "Incumbency":
  "Incumbency Certificate" means a claim, made by the Seller, stating Officer as name and Until as optional date.
  "Revocation" means a claim, made by the Seller, about an Incumbency Certificate.
  "In Force" of an Incumbency Certificate means that no Revocation about such Incumbency Certificate has been made.
  For each Incumbency Certificate, while such Incumbency Certificate is In Force,
    then the Officer of such Incumbency Certificate may act for the Buyer.
Clause 4 "Payment":
  The Buyer must pay USD 5.00 to the Seller.
"""
)


def test_authority_is_granted_and_revoked_by_entries() -> None:
    deal = opened(CERTIFICATES)

    deal.fails("10:00 on 1 September 2005", 'Buyer by "Nora New": present a Claim.', "3")
    deal.does(
        "11:00 on 1 September 2005", 'Seller: present the Incumbency Certificate "I-1" stating Officer as "Nora New".'
    )
    deal.does("12:00 on 1 September 2005", 'Buyer by "Nora New": present the Claim "C-1".')
    deal.does("13:00 on 1 September 2005", 'Seller: present a Revocation about "I-1".')
    deal.fails("13:01 on 1 September 2005", 'Buyer by "Nora New": present a Claim.', "3")
    deal.does("14:00 on 1 September 2005", 'Seller: present the Incumbency Certificate "I-2" stating Officer as Ben.')
    deal.does("14:01 on 1 September 2005", "Buyer by Ben: present a Claim.")

    assert deal.asks('"C-1" has been made.') == "true"


def test_a_revocation_recorded_late_leaves_a_payment_paid_and_is_told() -> None:
    deal = opened(CERTIFICATES)
    deal.does("10:00 on 1 September 2005", 'Seller: present the Incumbency Certificate "I-1" stating Officer as Ann.')
    deal.does("12:00 on 1 September 2005", "Buyer by Ann: pay USD 5.00 to the Seller.")

    deal.does(
        "11:00 on 1 September 2005", 'Seller: present a Revocation about "I-1".', recorded="15:00 on 1 September 2005"
    )

    assert deal.asks("section 4 is fulfilled.") == "true"
    (divergence,) = deal.state.divergences
    assert (divergence.then, divergence.now) == ("4", "3")
    assert "Ann has no authority for Buyer now." in divergence.text


BOTH = (
    PEOPLE
    + """
Clause 3 "Authority":
  "Signatories" means a group of Ann and Ben, acting by each of them.
  The Signatories may act for the Buyer to sign an Order.
Clause 4 "Payment":
  When an Order has been completed, then the Agent must pay USD 5.00 to the Seller.
"""
)


def test_what_a_party_can_do_says_who_could_act_for_it() -> None:
    deal = opened(BOTH)

    (order,) = [each for each in possibilities(deal.agreement, deal.state, "Buyer") if each.subject == "Order"]

    assert order.allowed
    assert order.by == "Ann"


def test_a_way_to_what_is_refused_names_each_who_has_to_act() -> None:
    deal = opened(BOTH)
    payment = attempt_of(deal.agreement, "Agent: pay USD 5.00 to the Seller.")

    (way,) = ways_to(deal.agreement, deal.state, payment)

    assert sorted(step.actors for step in way.steps) == [("Buyer by Ann",), ("Buyer by Ben",)]


def test_nobody_can_act_where_no_authority_is_in_force() -> None:
    deal = opened(CERTIFICATES)

    (claim,) = [each for each in possibilities(deal.agreement, deal.state, "Buyer") if each.subject == "Claim"]

    assert not claim.allowed
    assert claim.summary == "Say who acts for Buyer: nobody can now."


def test_an_unknown_person_is_not_understood() -> None:
    deal = opened(PEOPLE)
    tried = replace(attempt_of(deal.agreement, "Buyer by Ann: present a Claim."), by="Anne")

    answer = decide(deal.agreement, deal.state, tried, deal.state.now)

    assert isinstance(answer, Malformed)
    assert answer.problems == ("`Anne` is nobody who can act for Buyer. Did you mean `Ann`?",)


def test_an_authority_over_a_payment_is_for_any_amount_or_none() -> None:
    deal = opened(PEOPLE + 'Clause 3 "A": Ann may act for the Buyer to deposit any amount into the Fund.')

    deal.fails("", "Buyer by Ben: deposit USD 5.00 into the Fund.", "3")
    deal.does("", "Buyer by Ann: deposit USD 5.00 into the Fund.")
    loaded = load(HEAD + PEOPLE + 'Clause 3 "A": Ann may act for the Buyer to deposit USD 5.00 into the Fund.')

    assert [each.title for each in loaded.diagnostics if each.severity is Severity.ERROR] == ["An act of any amount"]
    assert [each.title for each in load(HEAD + 'Clause 3 "A": The Buyer may act for the Buyer.').diagnostics] == [
        "For itself"
    ]


def test_a_member_of_a_group_is_acted_for_by_two_and_then_concurs() -> None:
    """Two of three lenders consent; the first of them acts by two people, so it takes three acts."""
    deal = opened(
        """
Clause 2 "Lenders":
  "Ann" means a person acting for the Buyer.
  "Ben" means a person acting for the Buyer.
  "Signatories" means a group of Ann and Ben, acting by each of them.
  The Signatories may act for the Buyer.
  "Lenders" means a group of the Buyer and the Seller, acting by each of them.
  "Call" means a claim, made by the Lenders.
"""
    )

    deal.does("10:00 on 1 September 2005", 'Buyer by Ann: present the Call "C".')
    deal.does("10:01 on 1 September 2005", 'Seller: present the Call "C".')
    assert deal.asks("a Call has been made.") == "pending"
    deal.does("10:02 on 1 September 2005", 'Buyer by Ben: present the Call "C".')

    assert deal.asks("a Call has been made.") == "true"
