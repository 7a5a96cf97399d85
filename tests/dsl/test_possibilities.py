"""What each actor can do, by hand over the 2005 escrow; and that what is called possible is what would be accepted."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dsl import actions as a
from dsl.compile import Agreement, compile_terms
from dsl.engine import decide
from dsl.events import Acted, Malformed, Opened
from dsl.history import History, attempt, begin
from dsl.load import load
from dsl.money import Quantity
from dsl.parse import parse_attempt
from dsl.possibilities import Possibility, actors, possibilities
from dsl.resolve import resolve_attempt
from dsl.source import Source
from dsl.terms import Plan, PlanLine
from dsl.views import words_of_attempt
from tests.dsl import deals

TEXT = (Path(__file__).parents[2] / "agreements" / "funds_escrow" / "agreement.clause").read_text(encoding="utf-8")
TEN = datetime(2005, 9, 1, 14, 0, tzinfo=UTC)
FEE = Quantity(2_500_000, "USD")
PLAN = Plan(
    (
        PlanLine("Fund Manager", Quantity(45_000_000, "USD")),
        PlanLine("Escrow Agent", FEE),
        PlanLine("ATG", Quantity(1_152_500_000, "USD")),
    )
)


@pytest.fixture(scope="module")
def escrow() -> Agreement:
    loaded = load(TEXT)
    assert loaded.agreement is not None
    made = compile_terms(loaded.agreement)
    assert isinstance(made, Agreement)
    return made


def opened(escrow: Agreement) -> History:
    """The escrow on the first of September, with the fee agreed."""
    begun = begin(escrow, Opened(TEN, (), (("Agreement Date", date(2005, 9, 1)), ("Agent's Fee", FEE))))
    assert not isinstance(begun, Malformed)
    return begun


def after(history: History, *acts: tuple[str, a.Action]) -> History:
    """The deal after some acts, a minute apart."""
    for actor, action in acts:
        at = history.state.now + timedelta(minutes=1)
        history, answer = attempt(history, a.Attempt(actor, action), at, at)
        assert isinstance(answer, Acted), answer
    return history


def offered(history: History) -> list[Possibility]:
    """What everybody is told of."""
    law, state = history.agreement, history.state
    return [each for actor in actors(law) for each in possibilities(law, state, actor)]


def found(history: History, actor: str) -> dict[str, Possibility]:
    return {each.text: each for each in possibilities(history.agreement, history.state, actor)}


DISPUTE = ("ATG", a.Make("Dispute", "D-1", (("Grounds", "wrong payee"),)))
INSTRUCTED = ("NTSCO", a.Sign("Joint Instruction", "JI-1", (("Payments", PLAN),)))


def test_parties_and_natural_persons_act(escrow: Agreement) -> None:
    parties = ("NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent")
    assert actors(escrow) == (*parties, "Fund Manager", "David Grin", "Eugene Grin")  # 4.2(a): a Dispute is his too
    assert all(possibilities(escrow, opened(escrow).state, actor) for actor in actors(escrow))


def test_at_the_opening_the_purchaser_can_pay_in(escrow: Agreement) -> None:
    deposit = found(opened(escrow), "Purchaser")["deposit USD 12,000,000.00 into the Escrow Fund"]

    assert (deposit.allowed, deposit.section, deposit.needs) == (True, "2.3", ())


def test_the_escrow_agent_can_hold_once_there_is_a_dispute(escrow: Agreement) -> None:
    before = found(opened(escrow), "Escrow Agent")["take the Hold"]
    later = found(after(opened(escrow), DISPUTE), "Escrow Agent")["take the Hold"]

    assert (before.allowed, later.allowed, later.section) == (False, True, "4.2(a)(i)")
    assert ("NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent", "Fund Manager") in [wait.who for wait in before.waits]


def test_what_two_sections_may_allow_waits_for_what_either_asks(escrow: Agreement) -> None:
    file = found(opened(escrow), "Escrow Agent")["file the Interpleader stating Court as ..."]

    assert not file.allowed
    assert {wait.text.partition(" can ")[2].rstrip(")") for wait in file.waits} == {
        "give a Resignation", "present a Dispute", "find an Uncertainty",
    }  # fmt: skip


def test_an_act_that_no_sentence_speaks_of_is_made(escrow: Agreement) -> None:
    signed = after(opened(escrow), ("Escrow Agent", a.Sign("Funds Escrow Agreement", "")))

    assert found(signed, "Escrow Agent")['make the Counterpart Delivery about "Funds Escrow Agreement"'].allowed


def test_an_act_is_offered_in_the_words_of_its_section(escrow: Agreement) -> None:
    later = found(after(opened(escrow), DISPUTE), "Escrow Agent")

    assert later["file the Interpleader stating Court as ..."].allowed
    assert any(text.startswith("present the Indemnity Claim stating") for text in later)


def test_a_draft_waits_for_each_signatory_and_is_named(escrow: Agreement) -> None:
    history = after(opened(escrow), INSTRUCTED)

    signed = 'sign the Joint Instruction "JI-1"'
    assert found(history, "ATG")[signed].allowed
    assert found(history, "NTSCO")[signed].summary == "NTSCO has already signed this content."
    assert signed not in found(history, "Escrow Agent")
    fresh = found(history, "ATG")['sign the Joint Instruction "Joint Instruction 2" stating Payments as ...']
    assert [(need.name, str(need.type)) for need in fresh.needs] == [("Payments", "payments")]
    assert len(fresh.rules) == 3


def test_a_release_waits_for_what_the_section_asks(escrow: Agreement) -> None:
    history = after(opened(escrow), INSTRUCTED)

    release = found(history, "Escrow Agent")['release the Escrow Fund according to "JI-1"']

    assert not release.allowed
    who = {name for wait in release.waits for name in wait.who}
    assert {"David Grin", "Eugene Grin", "Purchaser"} <= who


def test_what_can_be_about_nothing_yet_names_who_can_make_it(escrow: Agreement) -> None:
    settlement = found(opened(escrow), "ATG")["sign the Settlement"]

    assert (settlement.allowed, settlement.section, settlement.summary) == (False, "3.2", "There is no Dispute yet.")
    assert settlement.waits[0].who == ("NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent", "Fund Manager")


def test_a_notice_without_an_address_waits_for_the_blank(escrow: Agreement) -> None:
    resign = next(each for text, each in found(opened(escrow), "Escrow Agent").items() if "Resignation" in text)

    assert (resign.allowed, resign.section) == (False, "5.2")
    assert [wait.what for wait in resign.waits] == ["blank"]


def test_a_claim_is_paid_in_its_amount(escrow: Agreement) -> None:
    claim = a.Make("Expense Claim", "E-1", (("Amount", Quantity(150_000, "USD")), ("Cause", "courier")))
    history = after(opened(escrow), ("Escrow Agent", claim))

    pay = found(history, "Omaha")['pay USD 1,500.00 to the Escrow Agent about "E-1"']

    assert (pay.allowed, pay.section) == (True, "4.1(c)")


def test_an_empty_fund_cannot_go_to_court(escrow: Agreement) -> None:
    history = after(opened(escrow), DISPUTE)
    empty = next(each for text, each in found(history, "Escrow Agent").items() if "New York Court" in text)
    history = after(history, ("Purchaser", a.Deposit(Quantity(1_200_000_000, "USD"), "Escrow Fund")))
    full = found(history, "Escrow Agent")["deposit USD 12,000,000.00 with the New York Court"]

    assert not empty.allowed
    assert full.allowed


def test_interest_is_open_until_the_reading_is_chosen(escrow: Agreement) -> None:
    credit = next(each for text, each in found(opened(escrow), "Escrow Agent").items() if text.startswith("credit"))

    assert (credit.text, credit.allowed) == ("credit USD ... to the Escrow Fund", False)
    assert "reading" in [wait.what for wait in credit.waits]


def test_what_others_have_said_of_a_blank_can_be_agreed_to(escrow: Agreement) -> None:
    history = after(opened(escrow), ("ATG", a.Fill("Warrant Count", 5)))

    mine = found(history, "Purchaser")

    assert mine["fill the Warrant Count with 5"].allowed
    assert mine["fill the Warrant Count with ..."].needs[0].name == "content"
    assert "fill the Warrant Count with 5" not in found(history, "ATG")
    assert found(history, "Purchaser")["fill the Warrant Count with 5"].section == "Schedule A Warrants"


def test_what_one_made_can_be_withdrawn(escrow: Agreement) -> None:
    history = after(opened(escrow), DISPUTE)

    assert found(history, "ATG")['withdraw the Dispute "D-1"'].allowed
    assert 'withdraw the Dispute "D-1"' not in found(history, "NTSCO")
    history = after(history, ("ATG", a.Withdraw("Dispute", "D-1")))
    assert 'withdraw the Dispute "D-1"' not in found(history, "ATG")


@pytest.mark.parametrize("acts", [(), (DISPUTE,), (INSTRUCTED, DISPUTE)])
def test_possible_is_what_would_be_accepted(escrow: Agreement, acts: tuple[tuple[str, a.Action], ...]) -> None:
    history = after(opened(escrow), *acts)
    for each in offered(history):
        if each.needs:
            continue
        tried = a.Attempt(each.actor, each.action)
        answer = decide(escrow, history.state, tried, history.state.now)
        assert isinstance(answer, Acted) is each.allowed, each.text
        assert bool(each.summary) is not each.allowed, each.text


@pytest.mark.parametrize("acts", [(), (INSTRUCTED, DISPUTE)])
def test_the_words_of_an_act_mean_that_act(escrow: Agreement, acts: tuple[tuple[str, a.Action], ...]) -> None:
    history = after(opened(escrow), *acts)
    for each in offered(history):
        tried = a.Attempt(each.actor, each.action)
        source = Source("act", words_of_attempt(escrow.terms, tried, history.state))
        tree = parse_attempt(source).syntax
        assert tree is not None, source.text
        if not each.needs:
            assert resolve_attempt(tree, escrow.terms, source)[0] == tried, source.text


def test_a_release_is_blocked_while_nothing_says_to_whom_to_pay() -> None:
    deal = deals.opened(
        """
Clause 2 "Release":
  "Instruction" means a writing, signed by the Buyer and the Seller, stating Payments as payments.
  The Agent may release the Fund according to the latest Instruction.
"""
    )

    (release,) = [each for each in possibilities(deal.agreement, deal.state, "Agent") if each.verb == "release"]

    assert not release.allowed
    assert release.text == "release the Fund according to ..."
    assert release.summary == "Not yet: there is no Instruction yet (Buyer and Seller must sign an Instruction)."
    assert [wait.who for wait in release.waits] == [("Buyer", "Seller")]
