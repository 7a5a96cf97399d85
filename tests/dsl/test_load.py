"""Text in, a whole agreement out, also after amendments; and what is said of a text that is none."""

import pytest

from dsl.amend import amended_text, quoted
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Severity, render_all
from dsl.load import amended, load, load_clauses
from dsl.money import Quantity
from dsl.terms import Literal, Terms

_DEAL = """Agreement "Loan of a boat".
The currency is EUR.

Clause 1 "Definitions":
  "Owner" means a party. "Sailor" means a party.

Clause 2.1 "Rent":
  "Rent" means EUR 50.00.
  The Sailor must pay the Rent to the Owner.

Clause 2.2(a) "Care":
  This section is interpretive.

Clause 3 "End":
  This section is boilerplate.
"""


def terms() -> Terms:
    """The terms of the loan."""
    loaded = load(_DEAL)
    assert loaded.agreement is not None, render_all(loaded.diagnostics, loaded.source)
    return loaded.agreement


def compiled() -> Agreement:
    """The loan, ready to run."""
    made = compile_terms(terms())
    assert isinstance(made, Agreement)
    return made


def rent(agreement: Terms) -> object:
    """The rent that an agreement names."""
    value = agreement.values["Rent"].value
    return value.content if isinstance(value, Literal) else value


# ---------------------------------------------------------------------- load


def test_a_text_that_is_no_agreement_is_answered_with_the_first_mistake() -> None:
    loaded = load("Once upon a time")

    assert loaded.agreement is None
    assert len(loaded.diagnostics) == 1


def test_all_later_mistakes_are_told_together_in_the_order_of_the_text() -> None:
    loaded = load(
        'Agreement "A". Clause 1: "Boat" means the Ship. "Sail" means the Mast. "Fund" means a fund in EUX, held by A.'
    )

    assert loaded.agreement is None
    assert [each.title for each in loaded.diagnostics] == [
        "Unknown name",
        "Unknown name",
        "Unknown currency",
        "Unknown party",
    ]


def test_what_is_open_or_doubtful_does_not_stop_an_agreement() -> None:
    loaded = load(f'{_DEAL} Clause 4: "Day" means a required blank date. "Spare" means EUR 5.00.')

    assert loaded.agreement is not None
    assert [each.severity for each in loaded.diagnostics] == [Severity.OPEN, Severity.WARNING]
    assert [each.rule for each in loaded.diagnostics] == ["open_points", "unused_definitions"]


def test_what_a_rule_finds_wrong_stops_an_agreement() -> None:
    loaded = load(f'{_DEAL} Clause 4: "Event" means an event.')

    assert loaded.agreement is None
    assert [(each.rule, each.section) for each in loaded.diagnostics if each.severity is Severity.ERROR] == [
        ("unmakeable_kinds", "4")
    ]


def test_provisions_that_set_each_other_off_are_no_agreement() -> None:
    loaded = load(
        'Agreement "Chicken and egg". Clause 1: "Hen" means an event. "Egg" means an event.'
        " Clause 2: When a Hen has been made, then an Egg occurs. When an Egg has been made, then a Hen occurs."
    )

    assert loaded.agreement is None
    assert [each.title for each in loaded.diagnostics] == ["Provisions that set each other off"]


def test_of_very_many_mistakes_the_first_are_told_and_the_rest_counted() -> None:
    unknown = " ".join(f"When Train{number} applies, then this agreement terminates." for number in range(250))
    others = " ".join(
        f"When {condition}, then this agreement terminates."
        for condition in ("Railway applies", "section 7 is overdue", 'the Speed of "Express" is at least 5')
    )

    loaded = load(f'Agreement "Trains". Clause 1: "Railway" means a party. {unknown} {others}')

    assert len(loaded.diagnostics) == 201
    assert [each.title for each in loaded.diagnostics if "more" in each.title] == ["54 more mistakes"]


# ---------------------------------------------------------------- amendments


def test_a_clause_replaces_the_clause_of_its_number() -> None:
    loaded = load_clauses("Clause 2.1: 'Rent' means EUR 60.00. The Sailor must pay the Rent to the Owner.", terms())

    assert loaded.agreement is not None
    assert rent(loaded.agreement) == Quantity(6_000, "EUR")
    assert list(loaded.agreement.clauses) == ["1", "2.1", "2.2(a)", "3"]
    assert loaded.source.text.startswith(_DEAL[: _DEAL.index("Clause 2.1")])


@pytest.mark.parametrize(
    ("number", "order"),
    [
        ("2.2(b)", ["1", "2.1", "2.2(a)", "2.2(b)", "3"]),
        ("2.1(a)", ["1", "2.1", "2.1(a)", "2.2(a)", "3"]),
        ("2.3", ["1", "2.1", "2.2(a)", "2.3", "3"]),
        ("4", ["1", "2.1", "2.2(a)", "3", "4"]),
        ("Schedule", ["1", "2.1", "2.2(a)", "3", "Schedule"]),
    ],
)
def test_a_new_clause_comes_after_its_nearest_neighbour(number: str, order: list[str]) -> None:
    loaded = load_clauses(f"Clause {number}: This section is boilerplate.", terms())

    assert loaded.agreement is not None
    assert list(loaded.agreement.clauses) == order


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        (("4", "5"), ["1", "2.1", "2.2(a)", "3", "4", "5"]),
        (("5", "4"), ["1", "2.1", "2.2(a)", "3", "5", "4"]),
        (("2.3", "3", "2.4", "4"), ["1", "2.1", "2.2(a)", "2.3", "2.4", "3", "4"]),
    ],
)
def test_new_clauses_come_in_the_order_in_which_they_are_stated(numbers: tuple[str, ...], order: list[str]) -> None:
    clauses = " ".join(f"Clause {number}: This section is boilerplate." for number in numbers)

    loaded = load_clauses(clauses, terms())

    assert loaded.agreement is not None
    assert list(loaded.agreement.clauses) == order


def test_several_clauses_are_put_in_place_together() -> None:
    loaded = load_clauses(
        "Clause 5: This section is boilerplate. Clause 3: This section is interpretive."
        " Clause 4: This section is boilerplate. Clause 1.1: This section is boilerplate.",
        terms(),
    )

    assert loaded.agreement is not None
    assert set(loaded.agreement.clauses) == {"1", "1.1", "2.1", "2.2(a)", "3", "4", "5"}
    assert loaded.agreement.clauses["3"].category == "interpretive"


def test_an_agreement_without_clauses_gets_its_first() -> None:
    text = amended_text('Agreement "Empty".\n', "Clause 1: This section is boilerplate.")

    assert text == 'Agreement "Empty".\n\nClause 1: This section is boilerplate.\n'


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("clause 1 'Head': 'A' means 'words'.", 'clause 1 "Head": "A" means "words".'),
        ("clause 1: 'Owner's Rent' means EUR 5.00.", 'clause 1: "Owner\'s Rent" means EUR 5.00.'),
        ("clause 1: 'Sailors' Rent' means EUR 5.00.", 'clause 1: "Sailors\' Rent" means EUR 5.00.'),
        ("The Owner's Rent is due.", "The Owner's Rent is due."),
        ('clause 1 "Head": the Owner\'s.', 'clause 1 "Head": the Owner\'s.'),
        ("clause 1: note 'never closed", "clause 1: note 'never closed"),
    ],
)
def test_an_amendment_writes_its_quotation_marks_as_apostrophes(written: str, meant: str) -> None:
    assert quoted(written) == meant


@pytest.mark.parametrize(
    ("clauses", "titles"),
    [
        ("", ["Not a clause"]),
        ("The currency is USD. Part 'B'. Clause 1: This section is boilerplate.", ["Not a clause", "Not a clause"]),
        ("Clause 4: This section is boilerplate. Clause 4: This section is boilerplate.", ["Section numbered twice"]),
        ("Clause 4: This is.", None),
    ],
)
def test_what_is_no_clause_is_told_at_its_place(clauses: str, titles: list[str] | None) -> None:
    loaded = load_clauses(clauses, terms())

    assert loaded.agreement is None
    assert titles is None or [each.title for each in loaded.diagnostics] == titles
    assert all(0 <= each.span.start <= len(clauses) for each in loaded.diagnostics)
    assert render_all(loaded.diagnostics, loaded.source)


def test_a_base_that_cannot_be_read_is_not_amended() -> None:
    changed = amended_text("No agreement at all", "Clause 1: This section is boilerplate.")

    assert isinstance(changed, tuple)
    assert [each.title for each in changed] == ["The agreement itself cannot be read"]


def test_clauses_that_break_the_agreement_are_told_in_the_new_text() -> None:
    loaded = load_clauses("Clause 2.1: The Sailor must pay the Rent to the Owner.", terms())

    assert loaded.agreement is None
    assert [each.title for each in loaded.diagnostics] == ["Unknown name"]
    assert loaded.source.text[loaded.diagnostics[0].span.start :].startswith("Rent")


def test_amendments_take_effect_one_after_the_other() -> None:
    first = "Clause 2.1: 'Rent' means EUR 60.00. The Sailor must pay the Rent to the Owner."
    second = "Clause 2.1: 'Rent' means EUR 70.00. The Sailor must pay the Rent to the Owner."
    broken = "Clause 2.1: The Sailor must pay the Rent to the Owner."
    circle = (
        "Clause 4: 'Hen' means an event. 'Egg' means an event."
        " When a Hen has been made, then an Egg occurs. When an Egg has been made, then a Hen occurs."
    )

    assert rent(amended(compiled(), ()).terms) == Quantity(5_000, "EUR")
    assert rent(amended(compiled(), (first, second)).terms) == Quantity(7_000, "EUR")
    assert rent(amended(compiled(), (first, broken, circle, "no clause")).terms) == Quantity(6_000, "EUR")


_MISSPELT = """Agreement "Two mistakes".
The currency is USD.

Clause 1 "Who":
  "Owner" means a party. "Sailor" means a party.
  "Deed" means a document, signed by Ownr.

Clause 2 "Papers":
  "Papers" means the list of Deed.
  The Owner must sign the Papers.

Clause 3 "Costs":
  "Bill" means a claim, made by the Owner, stating Amount as amount.
  For each Bill, the Sailor must pay the Amount of such Bill to the Owner.
  The total paid under section 3 must not exceed EUR 50.00 in the life of this agreement.
"""


def test_beside_a_name_that_is_not_known_the_rules_tell_what_they_find() -> None:
    loaded = load(_MISSPELT)

    assert loaded.agreement is None
    titles = [each.title for each in loaded.diagnostics]
    assert titles == ["Unknown party", "A limit in EUR on payments in USD"]


def test_what_a_sentence_with_a_mistake_could_have_said_is_not_missed() -> None:
    """The fund is guarded, and filled, by sentences that cannot be read yet."""
    told = load(
        _MISSPELT.replace("EUR 50.00", "USD 50.00")
        + """
Clause 4 "Fund":
  "Fund" means a fund in USD, held by the Owner.
  Nothing may leave the Fund except under section 40.
  The Sailr must deposit USD 5.00 into the Fund.
  The Owner may pay any amount to the Sailor from the Fund.
"""
    )

    assert [each.title for each in told.diagnostics] == ["Unknown party", "Unknown section", "Unknown party"]


def test_a_field_that_stands_alone_is_told_to_be_one() -> None:
    text = """
    Agreement "Bills". The time zone is "Europe/Berlin". The currency is EUR.
    Clause 1 "Who": "Anna" means a party. "Bruno" means a party.
    "Bill" means a claim, made by Anna, stating Size as amount.
    For each Bill, when such Bill has been made, then Bruno must pay the Size to Anna.
    """

    (told,) = load(text).diagnostics

    assert (told.title, told.explanation) == ("Unknown name", "Each Bill states its own Size.")
    assert told.hint == "Say of which: `the Size of such Bill`, or `of the latest Bill`."
