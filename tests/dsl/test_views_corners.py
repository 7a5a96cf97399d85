"""Corners of the views that the 2005 escrow does not reach, on a small agreement made for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dsl import actions as a
from dsl import views
from dsl.calendars import Period, Unit
from dsl.compile import Agreement, compile_terms
from dsl.events import Malformed, Opened
from dsl.history import History, begin, state_at
from dsl.load import load
from dsl.money import Quantity
from dsl.parse import parse_attempt
from dsl.possibilities import possibilities
from dsl.reasons import Truth
from dsl.resolve import resolve_attempt
from dsl.source import Source
from dsl.state import Norm
from dsl.terms import Content, EntryName, SectionValue
from tests.dsl.test_possibilities import TEN, after

TEXT = """
Agreement "Bicycle Sale".
  The version is "1".
  The governing law is "State of New York".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who and what":
  "Buyer" means a party.
  "Seller" means a party.
  "Job Fund" means a fund in USD, held by the Seller.
  "Claim" means a claim, made by the Buyer, stating Amount as amount and Size as optional number.
  "Bill" means a writing, signed by the Buyer, addressed to the Seller.
  "Receipt" means a document, signed by the Seller, delivered by the Seller, addressed to the Buyer.
  "Papers" means the list of Receipt and Claim.
  "Parcel" means a movement, into the Job Fund.
  "Share Count" means an optional blank amount of Shares, filled by the Buyer.
  "Meeting" means an optional blank instant, filled by the Buyer.

Clause 2 "Payment":
  The Buyer must deposit USD 100.00 into the Job Fund within 2 calendar days,
    failing which the Buyer must pay USD 5.00 to the Seller.

Clause 3 "No claims after a bill":
  While a Bill has been completed, then the Buyer must not make a Claim.

Clause 4 "What follows":
  "Upset" means an event.
  For each Claim, when any of (i) such Claim has been withdrawn; or (ii) a Bill has been completed;
    then an Upset occurs.
  For each Claim, when at least 1 of (i) such Claim has been withdrawn; (ii) a Bill has been completed;
    then an Upset occurs.
  For each Claim, when none of (i) such Claim has been withdrawn; (ii) a Bill has been completed;
    then an Upset occurs.

Clause 5 "Back":
  The Buyer may release any amount to the Seller from the Job Fund.
  While a Bill has been completed, then the Seller may hold the Job Fund.
"""
BILL = ("Buyer", a.Sign("Bill", "B-1"))
CLAIM = ("Buyer", a.Make("Claim", "C-1", (("Amount", Quantity(500, "USD")),)))


@pytest.fixture(scope="module")
def sale() -> Agreement:
    loaded = load(TEXT.strip())
    assert loaded.agreement is not None
    made = compile_terms(loaded.agreement)
    assert isinstance(made, Agreement)
    return made


def begun(sale: Agreement) -> History:
    history = begin(sale, Opened(TEN))
    assert not isinstance(history, Malformed)
    return history


def test_lists_of_every_kind_are_judged_before_their_entry(sale: Agreement) -> None:
    empty = [each.condition.truth for each in views.checklists(sale, begun(sale).state, "4")]
    billed = [each.condition.truth for each in views.checklists(sale, after(begun(sale), BILL).state, "4")]

    assert empty == [Truth.PENDING, Truth.PENDING, Truth.PENDING]
    assert billed == [Truth.TRUE, Truth.TRUE, Truth.FALSE]


def test_a_ban_stands_in_the_way_of_content_still_to_come(sale: Agreement) -> None:
    history = after(begun(sale), BILL)
    claim = next(each for each in possibilities(sale, history.state, "Buyer") if each.subject == "Claim")

    assert (claim.allowed, claim.section, claim.summary) == (False, "3", "This is forbidden.")
    (ban,) = [each for each in views.norms(sale, history.state) if each.modality == "ban"]
    assert (ban.section, ban.bearers, ban.status) == ("3", ("Buyer",), "active")


def test_what_follows_a_missed_deadline_is_a_norm_of_its_own(sale: Agreement) -> None:
    state = state_at(begun(sale), TEN + timedelta(days=5))
    found = {each.key: each for each in views.norms(sale, state)}

    missed, following = (each for each in found.values() if each.section == "2")
    assert (missed.status, missed.owed) == ("overdue", Quantity(10_000, "USD"))
    assert missed.due is not None
    assert (following.modality, following.status, following.owed) == ("duty", "active", Quantity(500, "USD"))
    assert "pay USD 5.00" in following.text


def test_a_norm_of_no_known_provision_is_not_shown(sale: Agreement) -> None:
    state = begun(sale).state
    event = next(each.key for each in sale.provisions if each.section == "4")
    for key in ("gone", "gone!", f"{sale.provisions[-1].key}!", event):
        state = state.with_norm(Norm(key, None, "active", TEN, TEN))

    assert {each.section for each in views.norms(sale, state)} == {"2", "5, first sentence"}


def test_a_fund_can_be_held_and_paid_from_under_a_power(sale: Agreement) -> None:
    history = after(begun(sale), BILL, ("Buyer", a.Deposit(Quantity(10_000, "USD"), "Job Fund")))
    seller = {each.text: each for each in possibilities(sale, history.state, "Seller")}
    buyer = {each.text: each for each in possibilities(sale, history.state, "Buyer")}

    assert seller["hold the Job Fund"].allowed
    release = buyer["release USD ... to the Seller from the Job Fund"]
    assert (release.allowed, [need.name for need in release.needs]) == (True, ["Amount"])
    assert [each.kind for each in views.entries(sale, history.state)] == ["Bill", "Parcel"]


def test_an_entry_without_recipients_is_only_made(sale: Agreement) -> None:
    history = after(begun(sale), CLAIM)

    entry = views.entries(sale, history.state)[0]

    assert [each.name for each in entry.stages] == ["made"]
    assert [(each.name, each.type, each.text) for each in entry.fields] == [("Amount", "amount of USD", "USD 5.00")]


@pytest.mark.parametrize(
    "action",
    [
        a.Deliver("", "B-1", ("Seller",)),
        a.Deliver("Bill", "B-1", ("Seller",)),
        a.Withdraw("", "B-1"),
        a.Withdraw("Bill", "B-1"),
        a.HoldFund("Job Fund"),
        a.AssertBreach("2"),
        a.Fill("Share Count", Quantity(1200, "Shares")),
        a.Fill("Meeting", datetime(2005, 9, 6, 15, 20, tzinfo=UTC)),
        a.Deposit(Quantity(1, "USD"), "Job Fund", "credit"),
        a.Pay("pay", Quantity(1, "USD")),
    ],
)
def test_every_act_has_words_that_mean_it(sale: Agreement, action: a.Action) -> None:
    attempt = a.Attempt("Buyer", action)
    source = Source("act", views.words_of_attempt(sale.terms, attempt))

    tree = parse_attempt(source).syntax
    assert tree is not None, source.text
    assert resolve_attempt(tree, sale.terms, source)[0] == attempt


def test_contents_that_no_sentence_states_are_still_worded(sale: Agreement) -> None:
    state = after(begun(sale), CLAIM).state
    contents: tuple[tuple[Content, str], ...] = (
        (EntryName("C-1"), '"C-1"'),
        (Period(5, Unit.BUSINESS_DAY), '"5 business days"'),
        (SectionValue("2"), "section 2"),
        (date(2005, 9, 6), "6 September 2005"),
    )

    assert [views.words_of_content(sale.terms, content, state) for content, _ in contents] == [
        words for _, words in contents
    ]
    assert views.words_of_content(sale.terms, EntryName("C-1")) == '"C-1"'
