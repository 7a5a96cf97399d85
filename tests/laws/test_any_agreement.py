"""`load` answers for any text: with terms, or with mistakes that have a place, a reason and a next step, and soon."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.grammar import NonTerminal

from dsl.diagnostics import Severity, render_all
from dsl.load import Loaded, load, load_clauses
from dsl.parse import parse_attempt, parse_question
from dsl.resolve import resolve_attempt, resolve_condition
from dsl.source import Source
from dsl.terms import Terms
from tests.laws import derivation
from tests.laws.work import calls
from tests.rules.test_rules import FILES, MARK, pieces

EVERYTHING = (Path(__file__).parent.parent / "dsl" / "everything.clause").read_text(encoding="utf-8")
CALLS_FOR_EACH_CHARACTER = 150
"""How many functions may be called for each character of a text; at most half of it are."""

few = settings(deadline=None, max_examples=8)
many = settings(deadline=None, max_examples=20)
choices = st.lists(st.integers(0, 1_000), min_size=200, max_size=200)


def everything() -> Terms:
    """The terms of the agreement that says everything."""
    agreement = load(EVERYTHING).agreement
    assert agreement is not None
    return agreement


BASE = everything()
NOUNS = (
    *BASE.parties, *BASE.kinds, *BASE.collections, *BASE.funds, *BASE.blanks, *BASE.ambiguities, *BASE.conditions,
    *BASE.values, *(each.name for kind in BASE.kinds.values() for each in kind.fields), "Claims", "Shares", "Tax",
)  # fmt: skip
WORDS = {
    "NOUN": NOUNS,
    "STRING": ('"Design"', '"New"', '"Newer"'),
    "SECTION": ("2.1(a)", "3.1(i)", "9(z)"),
    "DOTTED": ("2.1", "2.2", "3.1"),
    "DATE": ("6 September 2026", "31 February 2026"),
    "TIME": ("11:20", "24:00"),
}


@pytest.fixture(scope="module", autouse=True)
def nouns_of_the_agreement() -> Iterator[None]:
    """Texts are made with the names of the agreement that says everything."""
    before = dict(derivation.SAMPLES)
    derivation.SAMPLES.update(WORDS)
    derivation._grammar.cache_clear()
    yield
    derivation.SAMPLES.clear()
    derivation.SAMPLES.update(before)
    derivation._grammar.cache_clear()


def derived(rule: str, drawn: list[int], budget: int) -> str:
    """A text of a rule, its forms and names chosen by the numbers drawn."""
    numbers = iter(drawn * 50)
    return " ".join(derivation.derive([NonTerminal(rule)], lambda count: next(numbers) % count, budget))


def answered(loaded: Loaded) -> None:
    """Terms and no error, or errors and no terms; everything said can be shown and acted on."""
    errors = [each for each in loaded.diagnostics if each.severity is Severity.ERROR]

    assert (loaded.agreement is None) == bool(errors)
    assert all(each.title and each.hint for each in loaded.diagnostics)
    assert bool(render_all(loaded.diagnostics, loaded.source)) == bool(loaded.diagnostics)


@many
@given(st.text(max_size=200))
def test_any_characters_are_answered(text: str) -> None:
    answered(load(text))
    answered(load_clauses(text, BASE))


@few
@given(choices, st.sampled_from(["sentence", "provision", "definition", "condition"]), st.integers(5, 100))
def test_any_sentence_of_the_language_is_answered(drawn: list[int], rule: str, budget: int) -> None:
    sentence = derived(rule, drawn, budget)
    words = f"When {sentence}, then this agreement terminates." if rule == "condition" else sentence

    answered(load(f"{EVERYTHING}\nClause 9: {words}"))


@many
@given(choices, st.integers(5, 100))
def test_any_question_and_any_attempt_is_answered(drawn: list[int], budget: int) -> None:
    for rule in ("question", "attempt"):
        source = Source("asked", derived(rule, drawn, budget))
        question, attempt = parse_question(source).syntax, parse_attempt(source).syntax

        if rule == "question" and question is not None:
            condition, problems = resolve_condition(question.condition, BASE, source)
            assert (condition is None) == any(each.severity is Severity.ERROR for each in problems)
        if rule == "attempt" and attempt is not None:
            tried, problems = resolve_attempt(attempt, BASE, source)
            assert (tried is None) == any(each.severity is Severity.ERROR for each in problems)


@few
@given(st.data())
def test_an_agreement_with_a_slip_anywhere_is_answered(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EVERYTHING)))
    end = data.draw(st.integers(start, min(len(EVERYTHING), start + 20)))
    instead = data.draw(st.sampled_from(["", " ", *NOUNS]))

    answered(load(EVERYTHING[:start] + instead + EVERYTHING[end:]))


@few
@given(st.data(), st.sampled_from([MARK.sub("", piece) for path in FILES for piece in pieces(path)]))
def test_a_small_agreement_with_two_slips_is_answered(data: st.DataObject, text: str) -> None:
    """Those of the rules, which reach every pass behind the parser."""
    for _ in range(2):
        words = text.split(" ")
        start = data.draw(st.integers(0, len(words) - 1))
        words[start : start + data.draw(st.integers(0, 3))] = data.draw(st.lists(st.sampled_from(words), max_size=3))
        text = " ".join(words)

        answered(load(text))


def repeated(sentence: str, longest: int = 4_000) -> str:
    """The sentence over and over, numbered by `#` and by `~` one less."""
    times = longest // len(sentence)
    return "\n".join(sentence.replace("#", str(number)).replace("~", str(number - 1)) for number in range(1, times))


@pytest.mark.parametrize(
    "sentence",
    [
        '"Price #" means the Price ~ plus USD 1.00.',
        '"Price #" means Unheard Of #.',
        '"Group #" means a group of A and Group ~, acting by any of them.',
        '"List #" means the list of Kind and List ~.',
        '"Kind #" means a claim, made by A, about a Kind ~, stating F as one of (G, H) and L as amount of M.',
        '"Clerk #" means a person acting for A. "Note #" means a notice, made by A.',
        '"Known #" means that the Known ~ applies.',
        "When a Kind has been received by A, then A may make a Kind.",
        "A must not make a Kind. A may make a Kind.",
        "Nothing may leave F except under section #.",
        "The total paid under section # must not exceed the limit under section ~ in the life of this agreement.",
        "The total paid under section 1 must not exceed the limit under section 1 in the life of this agreement.",
        'At signing, the Kind "K #" occurs.',
        "The address of A for B is blank.",
        "Clause 2.#: This section is boilerplate.",
        "Clause 2.# subject to section 2.~ by suspension: This section is boilerplate.",
        "Clause 2.# subject to section 2 by suspension notwithstanding section 2.~ by exclusion: A is discharged.",
        "For each Kind, when such Kind has been made, then B occurs.",
        '"B #" means an event. When a B ~ has been made, then a B # occurs.',
        "When all of (i) section # is overdue; and (i) 1 Shares has come, then A is discharged.",
    ],
)
def test_very_many_sentences_take_work_in_proportion(sentence: str) -> None:
    text = f'Agreement "Many". Clause 1: "A" means a party. "Kind" means a claim, made by A. {repeated(sentence)}'

    assert calls(lambda: answered(load(text))) < CALLS_FOR_EACH_CHARACTER * len(text)
