"""What programs can rely on about the names and arguments of acts: one for each, always the same, and both ways."""

import json
import re
from typing import Any

import pytest

from api.acts import Unreadable, read_act, read_value
from api.agreements import read_catalogue, shipped
from api.editions import Edition, compiled
from api.forms import camel, constant, forms_of, pascal
from api.stating import act_of_form, arguments_of, json_schema
from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement
from tests.laws import journeys
from tests.laws.journeys import PLACES

EDITIONS = read_catalogue(shipped()).editions
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
FIRST = next(iter(journeys.shipped("spac_trust").shelf.book.scenarios))
SMALL = """Agreement "Small".
  The version is "1".
  The source is "none".
  The governing law is "State of Oregon".
  The time zone is "America/Los_Angeles".
  The business days are those of "US".
  The currency is USD.

Part "One".

Clause 1 "Words":
  "Client" means a party, "Marlow Street Bakery, LLC".
  "Agent Fee" means an optional blank text.
  "Agent-Fee" means an optional blank text.
"""


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_every_act_has_a_name_of_its_own_that_programs_can_use(edition: Edition) -> None:
    forms = forms_of(edition.agreement)

    assert len({form.key for form in forms.values()}) == len(forms)
    for name, form in forms.items():
        assert (form.member, bool(NAME.fullmatch(name))) == (name, True)
        for slots in (form.slots, form.stating):
            names = [slot.name for slot in slots]
            assert len(set(names)) == len(names)
            assert all(NAME.fullmatch(each) for each in names)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Agent's Fee", ("AgentsFee", "agentsFee", "AGENTS_FEE")),
        ("Non-Appealable", ("NonAppealable", "nonAppealable", "NON_APPEALABLE")),
        ("1st Day", ("1stDay", "x1stDay", "X_1ST_DAY")),
        ("Übergabe", ("Ubergabe", "ubergabe", "UBERGABE")),
        ("", ("X", "x", "X")),
    ],
)
def test_names_are_made_from_the_words_of_the_agreement(words: str, written: tuple[str, str, str]) -> None:
    assert (pascal(words), camel(words), constant(words)) == written


def test_letters_of_other_scripts_do_not_run_together() -> None:
    assert len({pascal(each) for each in ("定金", "订金", "Депозит")}) == 3


def test_names_that_would_be_the_same_are_told_apart() -> None:
    law = compiled(SMALL)[0]

    assert [forms_of(law)[name].key for name in ("fillAgentFee", "fillAgentFee2")] == [
        ("fill", "Agent Fee"),
        ("fill", "Agent-Fee"),
    ]


def test_an_act_is_described_by_the_words_of_its_clause() -> None:
    forms = forms_of(EDITIONS["funds_escrow"].agreement)

    assert forms["fillOmahaSignatory"].description == (
        'Signature Page: "Omaha Signatory" means an optional blank text, filled by Omaha.'
    )
    assert forms["depositIntoEscrowFund"].description.startswith("2.3: The Purchaser must deposit the Escrowed Payment")
    both = forms["remitEscrowFund"]
    assert (both.sections, both.description.count("\n\n")) == (("3.1(b)", "4.2(b)"), 1)


@pytest.mark.parametrize("name", PLACES)
def test_every_attempt_of_a_scenario_is_the_same_by_its_name_and_arguments(name: str) -> None:
    deal = journeys.shipped(name)
    state = journeys.played(name, next(iter(deal.shelf.book.scenarios))).state
    tried = 0
    for attempt in deal.attempts:
        found = arguments_of(deal.agreement, state, attempt.action, attempt.under)
        if found is None or attempt.every is not None or attempt.also or _never_accepted(deal.agreement, attempt):
            continue
        form, arguments = found
        said = json.loads(json.dumps(arguments))
        act = act_of_form(deal.agreement, form.member, said)
        again = read_act(deal.agreement, state, attempt.actor, act)
        assert (again.action, again.under) == (attempt.action, attempt.under if "under" in said else "")
        tried += 1

    assert tried > 20


def _never_accepted(law: Agreement, attempt: a.Attempt) -> bool:
    """Nothing is no content of a blank, and dollars go into a fund in dollars: no arguments say otherwise."""
    match attempt.action:
        case a.Fill(content=""):
            return True
        case a.Deposit(amount=amount, fund=fund):
            return amount.unit != law.terms.funds[fund].unit
        case _:
            return False


def test_what_is_wrong_with_arguments_is_told_all_at_once_with_its_place() -> None:
    law = EDITIONS["funds_escrow"].agreement
    stating = {"amount": "EUR 5.00", "cause": True, "reason": "x"}

    with pytest.raises(Unreadable) as told:
        act_of_form(law, "presentExpenseClaim", {"nam": "E-1", "name": 7, "stating": stating})

    assert told.value.problems == (
        "presentExpenseClaim.name is a text, and not `7`.",
        "presentExpenseClaim.stating.amount is an amount like `USD 25000.00`, and not `EUR 5.00`.",
        "presentExpenseClaim.stating.cause is a text, and not `true`.",
        "presentExpenseClaim has no `nam`. Did you mean `name`?",
        "presentExpenseClaim.stating has no `reason`. It has amount, cause.",
    )


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("presentDispyte", {}, "Did you mean `presentDispute`?"),
        ("presentDispute", [], "are an object with names"),
        ("presentDispute", {}, "has to state grounds: give `stating`"),
        ("presentDispute", {"stating": {}}, "presentDispute.stating.grounds is missing"),
        ("presentDispute", {"stating": []}, "presentDispute.stating is an object"),
        ("chooseAccountInterest", {"reading": "Maybe"}, "is one of Interest Bearing, No Interest"),
        ("fillWarrantCount", {"value": "01"}, "is a whole number as text"),
        ("depositIntoEscrowFund", {"amount": "USD 1,000.00"}, "leave the commas out"),
        ("depositIntoEscrowFund", {"amount": "USD 1.5"}, "2 decimals"),
        ("depositIntoEscrowFund", {"amount": "1.00"}, "is an amount like `USD 25000.00`"),
        ("signJointInstruction", {"stating": {"payments": [{"to": "ATG"}, {"to": "Omaha"}]}}, "only the last payment"),
        ("signJointInstruction", {"stating": {"payments": []}}, "is a list of payments"),
        ("signJointInstruction", {"stating": {"payments": [{"amount": "USD 1.00"}]}}, "is a payment with `to`"),
        ("deliverJointInstruction", {"to": "Escrow Agent"}, "is a list, and not"),
        ("stateVerbalInstruction", {"stating": {"disbursementDirected": "yes"}}, "is true or false"),
    ],
)
def test_an_argument_has_one_way_of_being_written(name: str, arguments: Any, problem: str) -> None:
    with pytest.raises(Unreadable) as told:
        act_of_form(EDITIONS["funds_escrow"].agreement, name, arguments)

    assert problem in " ".join(told.value.problems)


def test_somebody_whom_the_agreement_does_not_name_stands_in_quotation_marks() -> None:
    law, state = EDITIONS["spac_trust"].agreement, journeys.played("spac_trust", FIRST).state
    type_ = t.Type("name")

    assert read_value(law, state, type_, "Trustee", "x") == t.NameValue("Trustee")
    assert read_value(law, state, type_, '"Gansevoort Bank"', "x") == "Gansevoort Bank"
    with pytest.raises(Unreadable, match="Gansevoort"):
        read_value(law, state, type_, "Gansevoort Bank", "x")


def test_what_an_act_takes_is_told_as_a_json_schema() -> None:
    forms = forms_of(EDITIONS["funds_escrow"].agreement)

    found = json_schema(forms["presentExpenseClaim"])

    assert (found["title"], found["required"]) == ("Present the Expense Claim", ["stating"])
    stating = found["properties"]["stating"]
    assert (stating["required"], stating["additionalProperties"]) == (["amount", "cause"], False)
    assert stating["properties"]["amount"] == {
        "type": "string",
        "pattern": "^USD (0|[1-9][0-9]*)(\\.[0-9]{2})?$",
        "title": "Amount",
        "description": "Amount of the Expense Claim: amount of USD.",
    }
    reading = json_schema(forms["chooseAccountInterest"])["properties"]["reading"]
    assert reading["enum"] == ["Interest Bearing", "No Interest"]
    assert json_schema(forms["signJointInstruction"])["required"] == []
