"""Names, values and conditions in, typed terms out: what each is resolved to."""

from datetime import UTC, date, datetime

import pytest

from dsl.calendars import Period, Unit
from dsl.load import load
from dsl.money import Quantity
from dsl.terms import (
    Balance,
    BlankValue,
    Combined,
    Compare,
    Defined,
    Duty,
    FieldOf,
    Filter,
    Holds,
    Literal,
    Move,
    Named,
    NameValue,
    Picked,
    Row,
    Sum,
    Type,
)
from tests.dsl.deals import HEAD, opened, problems
from tests.dsl.sale import DEAL, asked, deal, figure, only

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

    loaded = load(f"{DEAL}Clause 2: The Buyers must sign the Receipt.")

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
    assert large.condition.left.subject == Row("such Claim", large.span, "Claim", picked=True)


SHARED = """
  "Invoice" means a claim, made by the Seller, stating Amount as amount of USD.
  "Reply" means a claim, made by the Seller, about an Invoice, stating Part as rate.
  {definitions}
"""


@pytest.mark.parametrize(
    "definitions",
    [
        '"Amount" of a Reply means the Part of such Reply times the Amount of the Invoice of such Reply.',
        '"Amount" of a Reply means the sum of Amount of every Invoice.',
        '"Amount" of a Reply means the sum of Amount of every Invoice whose Amount is more than USD 1.00.',
        '"Amount" of a Reply means the Amount of the latest Invoice.',
        '"Amount" of a Reply means the Amount of the latest Invoice whose Amount is more than USD 1.00.',
    ],
)
def test_a_figure_may_have_the_name_of_a_field_of_another_kind(definitions: str) -> None:
    deal = opened(f'Clause 2 "Replies":{SHARED.format(definitions=definitions)}')

    deal.does("", 'Seller: present the Invoice "I" stating Amount as USD 8.00.')
    deal.does("", 'Seller: present the Reply "R" about "I" stating Part as 100 percent.')

    assert deal.asks('the Amount of "R" is equal to USD 8.00.') == "true"


def test_a_figure_that_asks_for_itself_is_still_a_circle() -> None:
    own = '"Half" of a Reply means 50 percent of the Half of such Reply.'
    by_list = (
        '"Half" of an Invoice means the sum of Whole of every Reply.\n"Whole" of a Reply means the Half of the '
        "Invoice of such Reply."
    )

    told = [problems(f'{HEAD}Clause 2 "R":{SHARED.format(definitions=each)}') for each in (own, by_list)]

    assert "A definition of itself by itself" in told[0]
    assert "Definitions that define each other" in told[1]


@pytest.mark.parametrize(
    ("one", "several"), [("Change Of Control", "Changes Of Control"), ("Notice To Perform", "Notices To Perform")]
)
def test_a_name_with_a_small_word_has_its_plural_at_its_head(one: str, several: str) -> None:
    deal = opened(f'Clause 2 "Claims": "{one}" means a claim, made by the Buyer.')

    deal.does("", f"Buyer: present a {one}.")

    assert deal.asks(f"the number of {several} is equal to 1.") == "true"


def test_one_of_a_unit_is_written_in_the_singular() -> None:
    deal = opened(
        """
Clause 2 "Shares":
  "Issue" means a claim, made by the Seller, stating Size as amount of Shares.
  "Worth" of an Issue means the Size of such Issue times USD 2.50 divided by 1 Share.
"""
    )

    deal.does("", 'Seller: present the Issue "I" stating Size as 1 Share.')
    deal.does("", 'Seller: present the Issue "J" stating Size as 4 Shares.')

    assert deal.asks('the Worth of "J" is equal to USD 10.00.') == "true"
    assert deal.asks('the Size of "I" is equal to 1 Shares.') == "true"
