"""What is told to somebody whose attempt says something that the agreement does not know, and that it leaves no record.

The words of an attempt are checked when they are read; what is tried here reaches the deal as it is, as from a service.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

import pytest

from dsl import actions as a
from dsl.calendars import Period, Unit
from dsl.events import Malformed, Opened
from dsl.history import attempt, begin
from dsl.money import Quantity
from dsl.terms import Content, EntryName, NameValue, Plan, PlanLine, SectionValue
from tests.dsl.deals import START, Deal, agreement_of, at, opened

SALE = """
Agreement "Sale of a bicycle".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who and what":
  "Buyer" means a party.
  "Seller" means a party.
  "Agent" means a party.
  "Bank" means a payee.
  "Notary" means a channel.
  "Fund" means a fund in USD, held by the Agent.
  "Shelf" means a fund in Shares, held by the Agent.
  "Handover" means an optional blank date.
  "Fate" means an ambiguity "Whose is the bell?" with readings Keep and Return, settled by the Buyer.
  "Claim" means a claim, made by the Buyer, stating Amount as amount and Reason as optional text.
  "Objection" means a notice, made by the Seller, addressed to the Buyer, about a Claim.
  "Receipt" means a document, signed by the Buyer.
  "Order" means a writing, signed by the Buyer and the Seller, stating Payments as payments.
  "Crash" means an event, stating Final as yes-or-no.
  "Form" means an act, made by the Seller, stating
    Wording as optional text and Certain as optional yes-or-no and Day as optional date and Hour as optional instant
    and Parts as optional number and Split as optional payments and Heir as optional name
    and Part as optional section and Term as optional period and Price as optional amount
    and Stake as optional amount of Shares and Class as optional one of (Damage, Delay) and Former as optional Claim.
  "Paper" means the list of Receipt and Order.
  The address of the Buyer for Notary is blank.

Clause 2 "What is owed":
  The Buyer may deposit any amount into the Fund.
  The Agent may pay any amount to the Bank from the Fund.
  The Agent may hold the Fund.
  When a Receipt has been completed, then a Crash occurs stating Final.
"""
FIVE = Quantity(500, "USD")
CLAIM = 'Buyer: make the Claim "C-1" stating Amount as USD 5.00.'


def sale(*words: str) -> Deal:
    """The sale, opened, after some acts."""
    deal = _opened()
    for each in words:
        deal = Deal(deal.agreement, deal.history, deal.now)
        deal.does("", each)
    return deal


@lru_cache(maxsize=1)
def _opened() -> Deal:
    return opened(SALE, head="")


def told(deal: Deal, actor: str, action: a.Action) -> tuple[str, ...]:
    """What the actor is told is malformed; nothing is recorded of it."""
    history, answer = attempt(deal.history, a.Attempt(actor, action), deal.now, deal.now)
    assert isinstance(answer, Malformed), answer
    assert history is deal.history
    return answer.problems


# --------------------------------------------------------------- who and what


@pytest.mark.parametrize("actor", ["Byer", "Fund", "Notary"])
def test_somebody_who_cannot_act_is_told_who_can(actor: str) -> None:
    (problem,) = told(sale(), actor, a.HoldFund("Fund"))

    assert problem.startswith(f"`{actor}` cannot act.")
    assert problem.endswith("Who can: Buyer, Seller, Agent.")


def test_a_misspelt_actor_is_told_the_likely_spelling() -> None:
    assert told(sale(), "Byer", a.HoldFund("Fund")) == (
        "`Byer` cannot act. Did you mean `Buyer`? Who can: Buyer, Seller, Agent.",
    )


def test_a_breach_of_a_section_that_is_not_there_cannot_be_asserted() -> None:
    assert told(sale(), "Buyer", a.AssertBreach("9.9")) == ("There is no section 9.9. The sections are 1, 2.",)


@pytest.mark.parametrize(
    "action", [a.Sign("", "R-9"), a.Deliver("", "R-9"), a.Withdraw("Receipt", "R-9"), a.Deliver("Receipt", "R-9")]
)
def test_paper_that_nobody_made_cannot_be_signed_or_handed_over_or_taken_back(action: a.Action) -> None:
    assert told(sale(), "Buyer", action) == ('There is no entry "R-9". Nothing has been entered yet.',)


def test_a_misspelt_entry_is_told_the_likely_name() -> None:
    deal = sale('Buyer: sign the Receipt "Bicycle".')

    assert told(deal, "Buyer", a.Deliver("Receipt", "Bicycel")) == (
        'There is no entry "Bicycel". Did you mean `Bicycle`?',
    )


def test_an_entry_is_not_found_under_another_kind() -> None:
    assert told(sale(CLAIM), "Buyer", a.Withdraw("Receipt", "C-1"))[0].startswith('There is no entry "C-1".')


@pytest.mark.parametrize("action", [a.Deliver("Reciept"), a.Make("Reciept"), a.Sign("Reciept"), a.Withdraw("Reciept")])
def test_a_misspelt_kind_is_told_the_likely_spelling(action: a.Action) -> None:
    assert told(sale(), "Buyer", action) == (
        "`Reciept` is nothing the agreement lets anybody make. Did you mean `Receipt`?",
    )


@pytest.mark.parametrize("action", [a.Deliver(""), a.Withdraw("")])
def test_handing_over_or_taking_back_says_what(action: a.Action) -> None:
    assert told(sale(), "Buyer", action) == ("Say what: the name of an entry, or its kind.",)


def test_who_has_made_no_claim_can_withdraw_none() -> None:
    assert told(sale(), "Buyer", a.Withdraw("Claim")) == ("Buyer has made no Claim that could be withdrawn.",)


# ---------------------------------------------------------------------- money


@pytest.mark.parametrize(
    "action",
    [
        a.HoldFund("Purse"),
        a.Deposit(FIVE, "Purse"),
        a.Pay("pay", FIVE, "Bank", "Purse"),
        a.DepositWith(FIVE, "Bank", "Purse"),
    ],
)
def test_an_unknown_fund_is_told_which_there_are(action: a.Action) -> None:
    assert told(sale(), "Agent", action) == ("`Purse` is no fund. The funds are Fund, Shelf.",)


def test_where_there_is_no_fund_this_is_told() -> None:
    head = 'Agreement "Plain".\n  The time zone is "UTC".\n  The currency is USD.\n'
    deal = opened('Clause 1 "Who":\n  "Buyer" means a party.\n  "Seller" means a party.\n', head=head)

    assert told(deal, "Buyer", a.HoldFund("Fund")) == ("`Fund` is no fund. The funds are none.",)


@pytest.mark.parametrize("action", [a.Pay("pay", FIVE, "Bnak", "Fund"), a.Pay("pay", FIVE, "Bnak")])
def test_nobody_is_paid_whom_the_agreement_does_not_name(action: a.Action) -> None:
    assert told(sale(), "Agent", action) == ("`Bnak` is nobody the agreement names. Did you mean `Bank`?",)


def test_a_payment_about_an_entry_that_is_not_there_says_so() -> None:
    found = told(sale(), "Agent", a.Pay("pay", FIVE, "Bank", "Fund", "C-9"))
    assert found == ('There is no entry "C-9". Nothing has been entered yet.',)


@pytest.mark.parametrize(
    "action",
    [
        a.Deposit(Quantity(500, "EUR"), "Fund"),
        a.DepositWith(Quantity(500, "EUR"), "Bank", "Fund"),
    ],
)
def test_an_amount_is_in_the_currency_of_the_fund(action: a.Action) -> None:
    assert told(sale(), "Agent", action) == ("EUR 5.00 is not an amount of USD.",)


def test_what_leaves_no_fund_is_in_a_unit_that_the_agreement_speaks_of() -> None:
    action = a.Pay("pay", Quantity(500, "EUR"), "Bank")

    assert told(sale(), "Agent", action) == ("EUR 5.00 is not an amount of USD or Shares.",)


def test_a_fund_of_shares_takes_no_money() -> None:
    assert told(sale(), "Agent", a.Deposit(FIVE, "Shelf")) == ("USD 5.00 is not an amount of Shares.",)


@pytest.mark.parametrize(("cents", "written"), [(0, "USD 0.00"), (-500, "USD -5.00")])
def test_an_amount_is_more_than_nothing(cents: int, written: str) -> None:
    assert told(sale(), "Buyer", a.Deposit(Quantity(cents, "USD"), "Fund")) == (f"{written} is not more than nothing.",)


def test_everything_that_is_wrong_with_a_payment_is_told_at_once() -> None:
    action = a.Pay("pay", Quantity(0, "EUR"), "Stranger", "Purse", "C-9")

    assert told(sale(), "Agent", action) == (
        "`Purse` is no fund. The funds are Fund, Shelf.",
        "`Stranger` is nobody the agreement names.",
        'There is no entry "C-9". Nothing has been entered yet.',
        "EUR 0.00 is not an amount of USD or Shares.",
        "EUR 0.00 is not more than nothing.",
    )


def test_a_release_names_an_entry_that_is_there() -> None:
    found = told(sale(), "Agent", a.Release("release", "Fund", "O-9"))
    assert found == ('There is no entry "O-9". Nothing has been entered yet.',)


def test_nothing_is_released_according_to_an_entry_without_payments() -> None:
    deal = sale(CLAIM)

    assert told(deal, "Agent", a.Release("release", "Fund", "C-1")) == (
        '"C-1" states no payments, so nothing can be released according to it.',
    )


# ------------------------------------------------------- blanks and ambiguities


def test_an_unknown_ambiguity_is_told_the_likely_one() -> None:
    assert told(sale(), "Buyer", a.Choose("Fat", "Keep")) == ("There is no ambiguity `Fat`. Did you mean `Fate`?",)


def test_an_unknown_reading_is_told_which_there_are() -> None:
    assert told(sale(), "Buyer", a.Choose("Fate", "Sell")) == ("`Sell` is no reading of Fate: Keep, Return.",)


def test_an_unknown_blank_is_told_the_likely_one() -> None:
    assert told(sale(), "Buyer", a.Fill("Handovr", date(2005, 9, 2))) == (
        "There is no blank `Handovr`. Did you mean `Handover`?",
    )


def test_a_blank_takes_no_content_of_another_type() -> None:
    assert told(sale(), "Buyer", a.Fill("Handover", "soon")) == ('The blank Handover must be a date, not "soon".',)


@pytest.mark.parametrize(("content", "said"), [(5, "5"), ("", "an empty text"), (" \n", "an empty text")])
def test_an_address_is_text_that_says_something(content: Content, said: str) -> None:
    problem = f"The address Buyer Notary must be text, not {said}."
    assert told(sale(), "Buyer", a.Fill("Buyer Notary", content)) == (problem,)


def test_a_deal_does_not_open_with_blanks_it_does_not_know() -> None:
    agreement = agreement_of(SALE)

    begun = begin(agreement, Opened(at(agreement, START), (), (("Colour", "red"), ("Handover", 5))))

    assert begun == Malformed(("There is no blank `Colour`.", "The blank Handover must be a date, not 5."))


# --------------------------------------------------------------------- entries


def test_what_occurs_by_itself_is_made_by_nobody() -> None:
    assert told(sale(), "Buyer", a.Make("Crash", fields=(("Final", True),))) == (
        "Crash is not made by anybody: it occurs by itself.",
    )


def test_what_is_signed_is_not_made() -> None:
    assert told(sale(), "Buyer", a.Make("Receipt", "R-1")) == ("Receipt is made by signing it: use `sign`.",)


def test_what_needs_no_signature_is_not_signed() -> None:
    assert told(sale(), "Buyer", a.Sign("Claim", "C-1")) == ("Claim needs no signatures: use `present`.",)


def test_a_name_is_given_to_one_entry_of_a_kind() -> None:
    again = a.Make("Claim", "C-1", (("Amount", FIVE),))

    assert told(sale(CLAIM), "Buyer", again) == ('There already is a Claim named "C-1". Choose another name.',)


def test_a_name_is_not_shared_by_entries_of_two_kinds() -> None:
    assert told(sale(CLAIM), "Buyer", a.Sign("Receipt", "C-1")) == (
        'There already is a Claim named "C-1". Choose another name.',
    )


def test_an_objection_says_which_claim_it_is_about() -> None:
    assert told(sale(CLAIM), "Seller", a.Make("Objection", "O-1")) == (
        'Objection concerns a Claim: say which, `about "..."`.',
    )


def test_an_objection_is_about_a_claim_that_is_there() -> None:
    found = told(sale(CLAIM), "Seller", a.Make("Objection", "O-1", about="X-7"))
    assert found == ('There is no entry "X-7". The latest is "C-1".',)


def test_a_notice_goes_to_those_it_is_addressed_to() -> None:
    action = a.Make("Objection", "O-1", about="C-1", to=("Buyer", "Agent"))

    assert told(sale(CLAIM), "Seller", action) == ("Objection is addressed to Buyer, not to Agent.",)


# ---------------------------------------------------------------------- fields


def test_a_field_that_must_be_stated_is_told_with_its_type() -> None:
    assert told(sale(), "Buyer", a.Make("Claim", "C-1")) == ("Claim must state Amount (amount of USD).",)


def test_the_first_signature_states_what_the_order_pays() -> None:
    assert told(sale(), "Buyer", a.Sign("Order", "O-1")) == ("Order must state Payments (payments).",)


def test_an_unknown_field_is_told_the_likely_one() -> None:
    action = a.Make("Claim", "C-1", (("Amount", FIVE), ("Raeson", "late")))

    assert told(sale(), "Buyer", action) == ("Claim has no field `Raeson`. Did you mean `Reason`?",)


def test_a_plan_must_have_allotted_the_rest_before_it_is_signed() -> None:
    """With two funds nobody can say of which one the rest is meant."""
    plan = Plan((PlanLine("Bank", FIVE),), "Seller")

    (problem,) = told(sale(), "Buyer", a.Sign("Order", "O-1", (("Payments", plan),)))

    assert problem.startswith("Payments of Order must be a plan of payments, not ")


NOON = datetime(2005, 9, 1, 16, 0, tzinfo=UTC)
PLAN = Plan((PlanLine("Bank", FIVE), PlanLine('"Hard Cash Ltd."', FIVE)))
RIGHT: list[tuple[str, Content]] = [
    ("Wording", "as agreed"),
    ("Certain", False),
    ("Day", date(2005, 9, 1)),
    ("Hour", NOON),
    ("Parts", 3),
    ("Split", PLAN),
    ("Heir", NameValue("Seller")),
    ("Heir", "Somebody else"),
    ("Part", SectionValue("2")),
    ("Term", Period(5, Unit.BUSINESS_DAY)),
    ("Price", FIVE),
    ("Class", NameValue("Delay")),
    ("Former", "C-1"),
]


@pytest.mark.parametrize(("field", "content"), RIGHT)
def test_a_field_takes_content_of_its_type(field: str, content: Content) -> None:
    deal = sale(CLAIM)

    _, answer = attempt(deal.history, a.Attempt("Seller", a.Make("Form", "F-1", ((field, content),))), NOON, NOON)

    assert not isinstance(answer, Malformed), answer


@pytest.mark.parametrize(
    ("field", "content", "wanted", "said"),
    [
        ("Wording", 5, "text", "5"),
        ("Wording", "", "text", "an empty text"),
        ("Certain", "yes", "yes or no", '"yes"'),
        ("Day", NOON, "a date", "12:00 on 1 September 2005"),
        ("Hour", date(2005, 9, 1), "an instant", "1 September 2005"),
        ("Parts", SectionValue("2(i)"), "a number", "section 2(i)"),
        ("Parts", True, "a number", "yes"),
        ("Parts", "three", "a number", '"three"'),
        ("Split", FIVE, "a plan of payments", "USD 5.00"),
        ("Split", Plan((PlanLine("Stranger", FIVE),)), "a plan of payments", "USD 5.00 to Stranger"),
        ("Split", Plan((PlanLine('" "', FIVE),)), "a plan of payments", 'USD 5.00 to " "'),
        (
            "Split",
            Plan((PlanLine("Bank", FIVE), PlanLine("Bank", Quantity(500, "EUR")))),
            "a plan of payments",
            "USD 5.00 to Bank, EUR 5.00 to Bank",
        ),
        ("Split", Plan((PlanLine("Bank", Quantity(0, "USD")),)), "a plan of payments", "USD 0.00 to Bank"),
        ("Heir", 5, "a name", "5"),
        ("Heir", "  ", "a name", "an empty text"),
        ("Part", "2", "a section", '"2"'),
        ("Term", 5, "a period", "5"),
        ("Price", 5, "an amount of USD", "5"),
        ("Price", Quantity(500, "EUR"), "an amount of USD", "EUR 5.00"),
        ("Class", "Delay", "one of Damage, Delay", '"Delay"'),
        ("Class", NameValue("Theft"), "one of Damage, Delay", "Theft"),
        ("Former", "C-9", "a Claim", '"C-9"'),
    ],
)
def test_a_field_takes_no_content_of_another_type(field: str, content: Content, wanted: str, said: str) -> None:
    problems = told(sale(CLAIM), "Seller", a.Make("Form", "F-1", ((field, content),)))

    assert problems == (f"{field} of Form must be {wanted}, not {said}.",)


def test_an_entry_named_in_a_field_is_kept_as_that_entry() -> None:
    deal = sale(CLAIM)
    action = a.Make("Form", "F-1", (("Former", "C-1"),))

    history, _ = attempt(deal.history, a.Attempt("Seller", action), deal.now, deal.now)

    assert history.state.entries[-1].fields == (("Former", EntryName("C-1")),)
