"""What somebody tries to do, read in the nouns of a deal."""

from datetime import UTC, date, datetime

import pytest

from dsl.actions import (
    Action,
    AssertBreach,
    Attempt,
    Choose,
    Deliver,
    Deposit,
    DepositWith,
    Fill,
    HoldFund,
    Make,
    Pay,
    Release,
    Sign,
    Withdraw,
)
from dsl.diagnostics import Diagnostic, render_all
from dsl.load import load
from dsl.money import Quantity
from dsl.parse import parse_agreement, parse_attempt, parse_question
from dsl.resolve import impossible_times, resolve_act, resolve_attempt, resolve_content, resolve_instant
from dsl.source import NOWHERE, Source
from dsl.syntax import DateLiteral, InstantLiteral, TruthLiteral
from dsl.terms import Enter, Named, NameValue, Plan, PlanLine, Terms, Type

_DEAL = """Agreement "Sale of a bicycle".
The time zone is "Europe/Berlin". The currency is EUR.
Clause 1 "Definitions":
  "Buyer" means a party. "Seller" means a party. "Agent" means a party. "Court" means a court.
  "Sides" means a group of the Buyer and the Seller, acting by each of them.
  "Fax" means a channel. "Post" means a channel.
  "Price" means EUR 500.00.
  "Fund" means a fund in EUR, held by the Agent.
  "Gold" means a fund in Ounces, held by the Agent.
  "Silver" means a fund in EUR, held by the Agent.
  "Handover Day" means a required blank date.
  "Certain" means an optional blank yes-or-no.
  "Fate" means an ambiguity "Whose is the bell?" with readings To Buyer and To Seller.
  "Claim" means a claim, made by the Buyer, stating Amount as amount and Class as one of (Damage, Delay)
    and Proven as optional yes-or-no and Weight as optional amount of Ounces and Former as optional Claim.
  "Objection" means a notice, made by the Seller, about a Claim.
  "Order" means a writing, signed by the Sides, stating Payments as payments.
  "Receipt" means a document, signed by the Buyer.
  "Paper" means the list of Order and Receipt.
Clause 2:
  The Agent must pay EUR 5.00 to the Buyer.
  The Agent may hold the Fund within 5 calendar days.
  The Buyer must not hold the Fund.
  The address of the Buyer for Fax is blank.
"""


def terms() -> Terms:
    """The terms of the sale."""
    loaded = load(_DEAL)
    assert loaded.agreement is not None, render_all(loaded.diagnostics, loaded.source)
    return loaded.agreement


def tried(words: str) -> tuple[Attempt | None, tuple[Diagnostic, ...]]:
    """An attempt, or what is wrong with it."""
    source = Source("attempt", words)
    parsed = parse_attempt(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    return resolve_attempt(parsed.syntax, terms(), source)


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("sign the Papers", Sign("Paper")),
        ('sign the Receipt "R-1"', Sign("Receipt", "R-1")),
        (
            'sign the Order "O-1" stating Payments as the Price to the Buyer, the rest to the Seller',
            Sign("Order", "O-1", (("Payments", Plan((PlanLine("Buyer", Quantity(50_000, "EUR")),), "Seller")),)),
        ),
        ('issue the Order "O-1"', Sign("Order", "O-1")),
        ('deliver the Receipt "R-1" to the Agent', Deliver("Receipt", "R-1", ("Agent",))),
        ('withdraw the Claim "C-1"', Withdraw("Claim", "C-1")),
        (
            'present the Claim "C-1" stating Amount as EUR 1.00 plus EUR 2.00 and Class as Damage and Proven',
            Make(
                "Claim",
                "C-1",
                (("Amount", Quantity(300, "EUR")), ("Class", NameValue("Damage")), ("Proven", True)),
            ),
        ),
        (
            'make a Claim stating Amount as EUR 1.00 and Class as Delay and Former as "C-1" and Weight as 3 Ounces',
            Make(
                "Claim",
                "",
                (
                    ("Amount", Quantity(100, "EUR")),
                    ("Class", NameValue("Delay")),
                    ("Weight", Quantity(3, "Ounces")),
                    ("Former", "C-1"),
                ),
            ),
        ),
        (
            'give the Objection "D-1" about "C-1" to the Buyer by Fax with a copy by Post',
            Make("Objection", "D-1", (), "C-1", ("Buyer",), "Fax", "Post"),
        ),
        ('give the Objection "D-1" about "C-1" by Fax', Make("Objection", "D-1", (), "C-1", (), "Fax", "")),
        ('sign "R-1"', Sign("", "R-1")),
        ('deliver "R-1" to the Agent', Deliver("", "R-1", ("Agent",))),
        ('withdraw "C-1"', Withdraw("", "C-1")),
        ('release the Fund according to "O-1"', Release("release", "Fund", "O-1")),
        ("pay EUR 5.00 to the Buyer", Pay("pay", Quantity(500, "EUR"), "Buyer")),
        (
            'refund EUR 5.00 to the Buyer from the Fund about "C-1"',
            Pay("refund", Quantity(500, "EUR"), "Buyer", "Fund", "C-1"),
        ),
        ("retain EUR 5.00 from the Fund", Pay("retain", Quantity(500, "EUR"), "", "Fund")),
        ("credit EUR 5.00 to the Fund", Deposit(Quantity(500, "EUR"), "Fund", "credit")),
        ("deposit EUR 5.00 into the Fund", Deposit(Quantity(500, "EUR"), "Fund")),
        ("deposit 5 Ounces with the Court", DepositWith(Quantity(5, "Ounces"), "Court", "Gold")),
        ("deposit EUR 5.00 with the Court", DepositWith(Quantity(500, "EUR"), "Court", "")),
        ("hold the Fund", HoldFund("Fund")),
        ("fill Handover Day with 5 May 2026", Fill("Handover Day", date(2026, 5, 5))),
        ('fill Buyer Fax with "1234"', Fill("Buyer Fax", "1234")),
        ("choose To Buyer for Fate", Choose("Fate", "To Buyer")),
        ("assert breach of section 2", AssertBreach("2")),
    ],
)
def test_each_deed_is_an_action(words: str, action: Action) -> None:
    attempt, problems = tried(f"the Buyer: {words}.")

    assert problems == ()
    assert attempt == Attempt("Buyer", action)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("the Byuer: hold the Fund", "Unknown party"),
        ("the Fund: hold the Fund", "`Fund` is not a party"),
        ("the Buyer: hold the Fond", "Unknown fund"),
        ("the Buyer: sign the Recipe", "Unknown kind of entry"),
        ("the Buyer: sign a Claim", "Nobody can sign a claim"),
        ('the Buyer: give "C-1"', "Nobody can give a name"),
        ("the Buyer: sign the Papers stating Payments as the rest to the Buyer", "Content for a list"),
        ("the Buyer: make a Claim stating Class as Damage", "Claim without Amount"),
        ("the Buyer: make a Claim stating Amount as 5 and Class as Damage", "Not an amount of EUR"),
        (
            'the Buyer: make a Claim stating Amount as EUR 5.00 and Class as "x" to the Seller',
            "Not one of Damage, Delay",
        ),
        ("the Buyer: give an Objection by the Court", "`Court` is not a channel"),
        ("the Buyer: fill the Hand with 5", "Unknown blank"),
        ("the Buyer: fill Handover Day with 5", "Not a date"),
        ("the Buyer: fill Handover Day with the Handover Day", "Not a fixed figure"),
        ("the Buyer: choose To Bayer for Fate", "Unknown reading"),
        ("the Buyer: choose To Buyer for the Price", "`Price` is not an ambiguity"),
        ("the Buyer: assert breach of section 7", "Unknown section"),
        ("the Buyer: pay EUR 0,5 to the Seller", "Not an amount of money"),
        ("the Buyer: pay 05 Ounces to the Seller", "Not an amount"),
    ],
)
def test_a_malformed_attempt_is_told_so(words: str, title: str) -> None:
    attempt, problems = tried(f"{words}.")

    assert attempt is None
    assert [each.title for each in problems] == [title]
    assert all(each.explanation and each.hint for each in problems)


def test_content_is_of_the_type_that_is_asked_for() -> None:
    source = Source("content", "no")
    no = TruthLiteral(NOWHERE, "no")

    assert resolve_content(no, Type("yes-or-no"), terms(), source) == (False, ())
    assert resolve_content(None, Type("yes-or-no"), terms(), source) == (True, ())
    found, problems = resolve_content(no, Type("text"), terms(), source)
    assert found is None
    assert [each.title for each in problems] == ["Not text"]


def test_an_act_can_be_asked_about() -> None:
    source = Source("agreement", 'Agreement "". Clause 1: The Seller may give an Objection about "C-1".')
    (clause,) = parse_agreement(source).syntax.headings  # type: ignore[union-attr]
    (sentence,) = clause.sentences  # type: ignore[union-attr]

    act, problems = resolve_act(sentence.statements[0].act, terms(), source)  # type: ignore[union-attr, arg-type]

    assert problems == ()
    assert isinstance(act, Enter)
    assert (act.verb, act.kinds) == ("make", ("Objection",))
    assert isinstance(act.about, Named)


def test_an_instant_is_one_of_the_agreements_zone() -> None:
    made = resolve_instant(InstantLiteral(NOWHERE, "12:00", "5 May 2026"), terms())

    assert made == datetime(2026, 5, 5, 10, 0, tzinfo=UTC)


def test_times_that_no_clock_has_are_found() -> None:
    source = Source("question", "30 February 2026 has come or 24:30 on 5 May 2026 has come.")
    question = parse_question(source).syntax
    assert question is not None

    found = impossible_times(question, terms(), source)

    assert [each.title for each in found] == ["No such date", "No such time"]
    assert impossible_times(DateLiteral(NOWHERE, "5 May 2026"), terms(), source) == ()
