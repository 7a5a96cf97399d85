"""Syntax in, terms out: what each form of the language is resolved to, and what an author is told of mistakes."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dsl import syntax, terms
from dsl.calendars import Period, Unit
from dsl.diagnostics import Severity, render_all
from dsl.load import load
from dsl.money import Quantity
from dsl.parse import parse_agreement, parse_question
from dsl.resolve import resolve, resolve_condition, resolve_value
from dsl.resolve.walk import walk
from dsl.source import Source
from dsl.syntax import scenarios
from dsl.terms import (
    Balance,
    BlankValue,
    Combined,
    Compare,
    Defined,
    Duty,
    Enter,
    FieldOf,
    Filter,
    Holds,
    Literal,
    Move,
    Named,
    NameValue,
    Picked,
    Power,
    Provision,
    Row,
    Selection,
    StageReached,
    Sum,
    Terms,
    Type,
)
from tests.conftest import Golden

_HERE = Path(__file__).parent
_EVERYTHING = (_HERE / "everything.clause").read_text(encoding="utf-8")
_BROKEN = sorted((_HERE / "diagnostics").glob("*.clause"))

_DEAL = """Agreement "Sale of a bicycle".
The time zone is "Europe/Berlin". The business days are those of "DE". The currency is EUR.
Clause 1 "Definitions":
  "Buyer" means a party. "Seller" means a party. "Agent" means a party.
  "Sides" means a group of the Buyer and the Seller, acting by each of them.
  "Price" means EUR 500.00.
  "Fund" means a fund in EUR, held by the Agent, for the Price.
  "Handover Day" means a required blank date.
  "Claim" means a claim, made by the Buyer, stating Amount as amount and Class as one of (Damage, Delay)
    and Proven as yes-or-no.
  "Objection" means a notice, made by the Seller, about a Claim.
  "Order" means a writing, signed by the Sides, addressed to the Agent, stating Payments as payments.
  "Receipt" means a document, signed by the Buyer.
  "Paper" means the list of Order and Receipt.
  "Settled" of a Claim means that such Claim has been withdrawn.
  "Late" means that 5 May 2026 has passed.
"""


def deal(sentences: str) -> Terms:
    """The terms of the sale with a second clause."""
    source = Source("sale.clause", f"{_DEAL}Clause 2: {sentences}")
    parsed = parse_agreement(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    resolved = resolve(parsed.syntax, source)
    assert resolved.terms is not None, render_all(resolved.diagnostics, source)
    return resolved.terms


def only(sentences: str) -> Provision:
    """The one provision of a clause."""
    (provision,) = deal(sentences).provisions
    return provision


def asked(words: str) -> Any:
    """A condition asked about the sale."""
    source = Source("question", words)
    parsed = parse_question(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    condition, problems = resolve_condition(parsed.syntax.condition, deal("This agreement terminates."), source)
    assert condition is not None, render_all(problems, source)
    return condition


def figure(words: str) -> Any:
    """A value of the sale: the left side of a comparison with itself."""
    return asked(f"{words} is equal to {words}.").left


# ---------------------------------------------------------------- the whole


def _forms(module: ModuleType, base: type[Any]) -> set[str]:
    """The names of the classes a module has of a kind."""
    return {name for name, each in vars(module).items() if isinstance(each, type) and issubclass(each, base)}


def test_an_agreement_that_says_everything_has_no_mistake() -> None:
    loaded = load(_EVERYTHING)

    assert loaded.agreement is not None, render_all(loaded.diagnostics, loaded.source)
    assert {each.severity for each in loaded.diagnostics} == {Severity.OPEN}


def test_the_agreement_that_says_everything_has_every_term() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    parts = [getattr(agreement, name) for name in Terms.__dataclass_fields__]
    flat = tuple(tuple(part.values()) if isinstance(part, dict) else part for part in parts)
    found = {type(each).__name__ for each in walk(flat)}

    assert _forms(terms, terms.Term) - found == {"Term"}


def test_the_agreement_that_says_everything_has_every_form_of_the_grammar() -> None:
    parsed = parse_agreement(Source("everything.clause", _EVERYTHING)).syntax
    in_scenarios = {
        name for name, each in vars(scenarios).items() if getattr(each, "__module__", "") == scenarios.__name__
    }

    found = {type(each).__name__ for each in walk(parsed)}

    assert _forms(syntax, syntax.Node) - found - in_scenarios == {"Node"}


@pytest.mark.parametrize("path", _BROKEN, ids=lambda path: path.stem)
def test_every_mistake_is_told_at_once(path: Path, golden: Golden) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    parsed = parse_agreement(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)

    resolved = resolve(parsed.syntax, source)

    assert resolved.terms is None
    assert all(each.label and each.explanation and each.hint for each in resolved.diagnostics)
    golden(path.with_suffix(".err"), render_all(resolved.diagnostics, source) + "\n")


# --------------------------------------------------------------------- nouns


def test_a_noun_that_names_a_value_stands_for_the_value() -> None:
    found = asked("the balance of the Fund is at least the Price.")

    assert found == Compare(
        "the balance of the Fund is at least the Price",
        found.span,
        Balance("the balance of the Fund", found.left.span, "Fund", "balance"),
        ">=",
        Defined("the Price", found.right.span, "Price"),
    )


def test_a_noun_of_each_sort_is_looked_up() -> None:
    claim = asked("the Class of the latest Claim is Damage.")
    maker = asked("the Maker of the latest Claim is the Buyer.")
    blank = asked("the Handover Day is before 5 May 2026.")

    assert isinstance(claim.right, Literal)
    assert claim.right.content == NameValue("Damage")
    assert isinstance(maker.left, FieldOf)
    assert maker.right.content == NameValue("Buyer")
    assert isinstance(blank.left, BlankValue)
    assert blank.left.name == "Handover Day"


def test_a_kind_may_be_written_in_the_plural_and_a_party_may_not() -> None:
    assert figure("the number of Claims").entries.kinds == ("Claim",)
    assert figure("the number of Papers").entries.kinds == ("Order", "Receipt")

    loaded = load(f"{_DEAL}Clause 2: The Buyers must sign the Receipt.")

    assert [each.title for each in loaded.diagnostics] == ["Unknown party"]


def test_quoted_words_are_an_entry_where_an_entry_is_wanted_and_text_elsewhere() -> None:
    entry = asked('"C-1" has been withdrawn.')
    text = asked('"C-1" is equal to "C-2".')

    assert isinstance(entry.subject, Named)
    assert text.left.content == "C-1"


def test_a_name_for_an_entry_stands_for_the_entry() -> None:
    agreement = deal(
        '"Last Claim" means the latest Claim. "Last Order" means the latest Order. '
        "When the Amount of the Last Claim is more than the Price, "
        "then the Agent must release the Fund according to the Last Order."
    )
    (provision,) = agreement.provisions

    assert agreement.values["Last Claim"].type == Type("entry", ("Claim",))
    assert isinstance(provision.trigger, Compare)
    assert isinstance(provision.trigger.left, FieldOf)
    picked = provision.trigger.left.subject
    assert isinstance(picked, Picked)
    assert (picked.text, picked.pick) == ("the Last Claim", "latest")
    assert isinstance(provision.statement, Duty)
    assert isinstance(provision.statement.act, Move)
    assert isinstance(provision.statement.act.plan, Picked)


def test_a_field_that_holds_an_entry_leads_on_to_its_fields() -> None:
    found = figure("the Amount of the Claim of the latest Objection")

    assert isinstance(found, FieldOf)
    assert isinstance(found.subject, FieldOf)
    assert found.subject.field == "Claim"
    assert isinstance(found.subject.subject, Picked)


def test_the_article_before_a_term_belongs_to_its_words() -> None:
    found = asked("an Order has been received by the Agent.")

    assert found.text == "an Order has been received by the Agent"
    assert found.subject.text == "an Order"


# -------------------------------------------------------------------- values


def test_figures_and_times_are_exact() -> None:
    assert figure("EUR 1,250.00").content == Quantity(125_000, "EUR")
    assert figure("1,250").content == 1_250
    assert figure("6 September 2005").content == date(2005, 9, 6)
    assert figure("11:20 on 6 September 2005").content == datetime(2005, 9, 6, 9, 20, tzinfo=UTC)
    assert figure("yes").content is True
    assert figure("no").content is False


def test_a_time_that_the_clocks_skip_moves_forward_and_of_two_the_first_is_meant() -> None:
    skipped = figure("2:30 on 29 March 2026").content
    twice = figure("2:30 on 25 October 2026").content

    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_first_and_the_last_day_of_all_have_their_instants() -> None:
    assert figure("0:00 on 1 January 0001").content == datetime(1, 1, 1, tzinfo=UTC)
    assert figure("23:59 on 31 December 9999").content == datetime(9999, 12, 31, 22, 59, tzinfo=UTC)


def test_a_percentage_is_an_exact_fraction() -> None:
    share = figure("2.5 percent of the Price")
    whole = figure("10 percent of the Price")

    assert (share.numerator, share.denominator) == (25, 1_000)
    assert (whole.numerator, whole.denominator) == (10, 100)


def test_arithmetic_keeps_its_unit() -> None:
    total = figure("the Price plus EUR 5.00 less EUR 1.00")

    assert isinstance(total, Sum)
    assert total.minus
    assert isinstance(total.left, Sum)
    assert not total.left.minus


def test_a_sum_and_a_count_range_over_entries() -> None:
    added = figure("the sum of Amount of every Claim")
    counted = figure("the number of Claim which is Settled")

    assert (added.field, added.unit) == ("Amount", "EUR")
    assert isinstance(counted.entries.filter, Filter)
    assert counted.entries.filter.kind == "Claim"
    settled = counted.entries.filter.condition
    assert isinstance(settled, Holds)
    assert (settled.condition, settled.negated) == ("Settled", False)
    assert isinstance(settled.subject, Row)


def test_a_period_moves_a_time() -> None:
    after = figure("5 business days after the Handover Day")
    before = figure("24 hours before 12:00 on 5 May 2026")

    assert (after.period, after.forward) == (Period(5, Unit.BUSINESS_DAY), True)
    assert (before.period, before.forward) == (Period(24, Unit.HOUR), False)


# ---------------------------------------------------------------- conditions


def test_items_are_cited_by_their_section_and_labels() -> None:
    trigger = only(
        "When all of (i) Late applies; (ii) any of (A) a Claim has been made; or (B) all of (1) Late applies; and"
        " (2) a Receipt has been signed; and (iii) a Claim has been made and Late applies,"
        " then this agreement terminates."
    ).trigger

    assert isinstance(trigger, Combined)
    assert [(each.label, each.path) for each in trigger.items] == [
        ("(i)", "2(i)"),
        ("(ii)", "2(ii)"),
        ("(iii)", "2(iii)"),
    ]
    second, third = trigger.items[1].condition, trigger.items[2].condition
    assert isinstance(second, Combined)
    assert [each.path for each in second.items] == ["2(ii)(A)", "2(ii)(B)"]
    inner = second.items[1].condition
    assert isinstance(inner, Combined)
    assert [each.path for each in inner.items] == ["2(ii)(B)(1)", "2(ii)(B)(2)"]
    assert isinstance(third, Combined)
    assert [(each.label, each.path) for each in third.items] == [("", ""), ("", "")]


@pytest.mark.parametrize(
    ("words", "quantifier", "number"),
    [("all of", "all", 0), ("any of", "any", 0), ("none of", "none", 0), ("at least 2 of", "at least", 2)],
)
def test_a_list_says_how_many_of_its_items_are_wanted(words: str, quantifier: str, number: int) -> None:
    found = asked(f"{words} (i) Late applies; (ii) Late applies; (iii) a Claim has been made.")

    assert (found.quantifier, found.at_least) == (quantifier, number)


def test_and_and_or_make_lists_without_labels() -> None:
    both, either = asked("Late applies and a Claim has been made."), asked("Late applies or a Claim has been made.")

    assert both.quantifier == "all"
    assert either.quantifier == "any"


def test_a_stage_is_asked_of_some_of_every_or_of_no_entry() -> None:
    some = asked("a Claim has been made by the Buyer before the Handover Day.")
    every = asked("every Papers has been completed.")
    none = asked("no Objection about the latest Claim has been given after 5 May 2026.")

    assert (some.quantifier, some.stage, some.actor, some.bound.after) == ("some", "made", "Buyer", False)
    assert (every.quantifier, every.subject.kinds, every.subject.is_list) == ("every", ("Order", "Receipt"), True)
    assert every.subject.noun == "Paper"
    assert (none.quantifier, none.bound.after) == ("no", True)
    assert isinstance(none.subject.about, Picked)


def test_is_asks_a_named_condition_or_compares() -> None:
    holds = asked("the latest Claim is not Settled.")
    compares = asked("the Class of the latest Claim is not Delay.")

    assert isinstance(holds, Holds)
    assert holds.negated
    assert isinstance(compares, Compare)
    assert compares.comparator == "!="


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("EUR 1.00 is at least EUR 1.00", ">="),
        ("EUR 1.00 is at most EUR 1.00", "<="),
        ("EUR 1.00 is more than EUR 1.00", ">"),
        ("EUR 1.00 is less than EUR 1.00", "<"),
        ("EUR 1.00 is equal to EUR 1.00", "=="),
        ("the Handover Day is before 5 May 2026", "<"),
        ("the Handover Day is after 5 May 2026", ">"),
        ("the Handover Day is not before 5 May 2026", ">="),
        ("the Handover Day is not after 5 May 2026", "<="),
    ],
)
def test_a_comparison_is_made_the_right_way_round(words: str, comparator: str) -> None:
    assert asked(f"{words}.").comparator == comparator


def test_a_filter_is_judged_with_the_entry_as_the_row() -> None:
    proven = asked("a Claim which states Proven has been made.").subject.filter
    large = asked("a Claim whose Amount is more than EUR 5.00 has been made.").subject.filter

    assert proven.condition.field == "Proven"
    assert isinstance(proven.condition.subject, Row)
    assert isinstance(large.condition, Compare)
    assert isinstance(large.condition.left, FieldOf)
    assert large.condition.left.subject == Row("such Claim", large.span, "Claim")


# ---------------------------------------------------------------- provisions


def test_each_statement_is_a_provision_under_the_row_and_trigger_of_its_sentence() -> None:
    first, second, third = deal(
        "For each Claim, when such Claim is Settled, then the Seller may give an Objection about such Claim,"
        " and the Buyer must sign the Receipt. While Late applies, then the Buyer must not withdraw a Claim."
    ).provisions

    assert [each.key.partition(".")[2] for each in (first, second, third)] == ["1", "2", "1"]
    assert first.key.partition(".")[0] == second.key.partition(".")[0] != third.key.partition(".")[0]
    assert [each.cited for each in (first, third)] == ["2, first sentence", "2, second sentence"]
    assert first.rows is not None
    assert first.rows.noun == "Claim"
    assert first.trigger == second.trigger
    assert (first.latches, third.latches) == (True, False)
    assert third.rows is None


def test_a_section_with_one_sentence_that_binds_is_cited_by_its_number() -> None:
    provision = only('Note "drafted in a hurry". The Buyer must sign the Receipt.')

    assert provision.cited == "2"


def test_ordinals_are_words_up_to_twenty_and_figures_after() -> None:
    cited = [each.cited for each in deal(" ".join(["The Buyer must sign the Receipt."] * 23)).provisions]

    assert cited[1] == "2, second sentence"
    assert cited[19:] == [
        "2, twentieth sentence",
        "2, 21st sentence",
        "2, 22nd sentence",
        "2, 23rd sentence",
    ]


def test_parties_joined_by_or_may_perform_for_each_other_and_by_and_they_may_not() -> None:
    either = only("The Buyer or the Seller must pay EUR 5.00 to the Agent.").statement
    both = only("The Buyer and the Seller must pay EUR 5.00 to the Agent.").statement
    jointly = only("The Buyer and the Seller jointly and severally must pay EUR 5.00 to the Agent.").statement

    assert [duty.jointly for duty in (either, both, jointly) if isinstance(duty, Duty)] == [True, False, True]


def test_all_that_is_said_about_time_is_one_window() -> None:
    duty = only(
        "The Buyer must sign the Receipt within 5 business days after the Handover Day not before 1 May 2026"
        " not counting time while Late applies, failing which this agreement terminates."
    ).statement

    assert isinstance(duty, Duty)
    assert duty.window.within == Period(5, Unit.BUSINESS_DAY)
    assert isinstance(duty.window.origin, BlankValue)
    assert isinstance(duty.window.not_before, Literal)
    assert duty.window.stopped_while == "Late"
    assert isinstance(duty.failing, terms.Terminates)


def test_by_a_time_includes_it_and_before_a_time_does_not() -> None:
    by = only("The Buyer must sign the Receipt by 5 May 2026.").statement
    before = only("The Buyer may sign the Receipt before 5 May 2026.").statement
    vague = only("The Buyer must sign the Receipt promptly.").statement

    assert isinstance(by, Duty)
    assert isinstance(before, Power)
    assert isinstance(vague, Duty)
    assert (by.window.strictly_before, before.window.strictly_before) == (False, True)
    assert (vague.window.vague, vague.window.by) == ("promptly", None)


# ---------------------------------------------------------------------- acts


def _move(words: str) -> Move:
    statement = only(f"The Agent may {words}.").statement
    assert isinstance(statement, Power)
    assert isinstance(statement.act, Move)
    return statement.act


@pytest.mark.parametrize(
    ("words", "verb", "fund", "into", "payees"),
    [
        ("pay EUR 5.00 to the Seller", "pay", "", False, ("Seller",)),
        ("pay EUR 5.00 to the Seller from the Fund", "pay", "Fund", False, ("Seller",)),
        ("release the Fund to the Seller or the Buyer", "release", "Fund", False, ("Seller", "Buyer")),
        ("refund the excess of the Fund to the Buyer", "refund", "Fund", False, ("Buyer",)),
        ("retain EUR 5.00 from the Fund", "retain", "Fund", False, ()),
        ("credit any amount to the Fund", "credit", "Fund", True, ()),
        ("deposit the Price into the Fund", "deposit", "Fund", True, ()),
        ("deposit the Fund with the Seller", "deposit", "Fund", False, ("Seller",)),
        ("release the Fund according to the latest Order", "release", "Fund", False, ()),
    ],
)
def test_money_moves_from_or_into_a_fund(words: str, verb: str, fund: str, into: bool, payees: tuple[str, ...]) -> None:
    move = _move(words)

    assert (move.verb, move.fund, move.into, move.payees) == (verb, fund, into, payees)


def test_a_fund_where_an_amount_is_wanted_is_all_it_holds() -> None:
    assert isinstance(_move("release the Fund to the Seller").amount, Balance)
    assert _move("pay any amount to the Seller from the Fund").amount is None


def test_the_fund_is_known_from_a_value_that_speaks_of_it() -> None:
    agreement = deal('"Remains" means the balance of the Fund. The Agent may deposit the Remains with the Seller.')
    (provision,) = agreement.provisions

    assert isinstance(provision.statement, Power)
    assert isinstance(provision.statement.act, Move)
    assert provision.statement.act.fund == "Fund"


@pytest.mark.parametrize(
    ("words", "verb", "kinds"),
    [
        ("give an Objection", "make", ("Objection",)),
        ("issue an Order", "make", ("Order",)),
        ("sign the Papers", "sign", ("Order", "Receipt")),
        ("deliver the Receipt", "deliver", ("Receipt",)),
        ("withdraw a Claim", "withdraw", ("Claim",)),
    ],
)
def test_every_word_for_making_is_making(words: str, verb: str, kinds: tuple[str, ...]) -> None:
    statement = only(f"The Sides may {words}.").statement

    assert isinstance(statement, Power)
    assert isinstance(statement.act, Enter)
    assert (statement.act.verb, statement.act.kinds) == (verb, kinds)


# ----------------------------------------------------------- the whole again


def test_headers_are_kept_and_nothing_is_required_that_is_not_used() -> None:
    full = load(_EVERYTHING).agreement
    bare = load('Agreement "Bare". Clause 1: This section is interpretive.').agreement

    assert full is not None
    assert (full.version, full.source, full.governing_law) == ("1", "Written for the test", "Nowhere")
    assert (full.calendar.name, full.calendar.added, full.calendar.removed) == (
        "US-NY",
        (date(2026, 7, 6),),
        (date(2026, 10, 12),),
    )
    assert bare is not None
    assert (bare.zone, bare.calendar.name, bare.currency) == ("UTC", "", "")


def test_a_section_that_binds_is_operative_unless_it_says_otherwise() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    said = {number: (each.category, each.reason, each.part) for number, each in agreement.clauses.items()}

    assert said["2.1"] == ("operative", "", "What binds")
    assert said["5"] == ("protective", "", "Guards")
    assert said["Schedule A"] == ("boilerplate", "Nothing else.", "Guards")
    assert said["Schedule B"] == ("not encoded", "A person decides.", "Guards")


def test_an_edge_runs_from_the_section_that_yields() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    edges = [(edge.lower, edge.upper, edge.mode, edge.condition is not None) for edge in agreement.edges]

    assert edges == [
        ("2.1", "3.1", "suspension", True),
        ("2.1", "2.2", "exclusion", False),
        ("5", "2", "condition", False),
    ]


def test_a_guard_on_a_list_guards_each_kind_of_it() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    assert [guard.kind for guard in agreement.validities] == ["Joint Instruction", "Deed", "Joint Instruction"]


def test_an_entry_known_from_signing_states_figures() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None
    (row,) = agreement.rows
    content = dict(row.fields)

    assert (row.kind, row.name) == ("Milestone", "Design")
    assert content["Value"] == Quantity(500, "USD")
    assert content["Part"] == terms.SectionValue("2.1")
    assert content["Split"] == terms.Plan(
        (
            terms.PlanLine("Anna", Quantity(100, "USD")),
            terms.PlanLine("Manager", Quantity(3_750, "USD")),
            terms.PlanLine('"Hard Cash Ltd."', Quantity(200, "USD")),
        ),
        "Bruno",
    )


def test_lists_of_lists_are_one_list() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    assert agreement.collections["Records"] == ("Deed", "Joint Instruction", "Report")


def test_a_value_can_be_asked_for() -> None:
    agreement = deal("This agreement terminates.")
    source = Source("question", "the balance of the Fund is equal to EUR 5.00.")
    question = parse_question(source).syntax
    assert question is not None
    assert isinstance(question.condition, syntax.Comparison)

    found, problems = resolve_value(question.condition.left, agreement, source)

    assert problems == ()
    assert isinstance(found, Balance)


def test_a_question_with_a_mistake_is_told_so() -> None:
    source = Source("question", "the Prise is equal to EUR 5.00.")
    question = parse_question(source).syntax
    assert question is not None

    found, problems = resolve_condition(question.condition, deal("This agreement terminates."), source)

    assert found is None
    assert [(each.title, each.hint) for each in problems] == [("Unknown name", "Did you mean `Price`?")]


def test_a_stage_reached_keeps_its_section_out_of_a_question() -> None:
    found = asked("all of (i) Late applies; (ii) a Claim has been made.")

    assert [each.path for each in found.items] == ["(i)", "(ii)"]
    assert isinstance(found.items[1].condition, StageReached)
    assert isinstance(found.items[1].condition.subject, Selection)
