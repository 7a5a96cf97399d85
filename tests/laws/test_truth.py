"""The four truth values obey strong Kleene logic: nothing is certain that what is undecided could still change."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dsl.judge import Judge
from dsl.reasons import Truth, all_of, any_of, at_least, opposite
from tests.dsl.deals import Deal, opened
from tests.laws.stories import few

SURE = (Truth.TRUE, Truth.FALSE)
TRIPLES = [list(each) for size in range(4) for each in product(Truth, repeat=size)]


def settled(truths: list[Truth]) -> list[list[Truth]]:
    """Every way in which what is undecided could be decided."""
    return [list(each) for each in product(*([each] if each in SURE else SURE for each in truths))]


def agreed(results: list[Truth]) -> Truth | None:
    """What all of them say, or None where they differ."""
    return results[0] if len(set(results)) == 1 else None


def test_a_list_is_decided_exactly_where_every_outcome_agrees() -> None:
    for truths in TRIPLES:
        for combine in (all_of, any_of, *(lambda each, n=n: at_least(n, each) for n in range(1, 4))):
            found = combine(truths)
            certain = agreed([combine(each) for each in settled(truths)])
            assert (found if found in SURE else None) == certain, truths


def test_an_undecided_list_waits_for_something_in_it() -> None:
    for truths in TRIPLES:
        for found in (all_of(truths), any_of(truths), *(at_least(n, truths) for n in range(1, 4))):
            assert found in SURE or found in truths


def test_at_least_one_is_any_and_at_least_all_is_all() -> None:
    for truths in TRIPLES:
        if truths:
            assert at_least(1, truths) is any_of(truths)
            assert at_least(len(truths), truths) is all_of(truths)


def test_not_all_is_some_not_and_not_any_is_none() -> None:
    def sure(truth: Truth) -> Truth | None:
        return truth if truth in SURE else None

    for truths in TRIPLES:
        assert sure(opposite(all_of(truths))) is sure(any_of(map(opposite, truths)))
        assert sure(opposite(any_of(truths))) is sure(all_of(map(opposite, truths)))
        assert [opposite(opposite(each)) for each in truths] == truths


def test_knowing_more_never_takes_back_what_was_certain() -> None:
    for truths in TRIPLES:
        for known in settled(truths):
            for combine in (all_of, any_of):
                assert combine(truths) not in SURE or combine(known) is combine(truths)


# ------------------------------------------------------------------ readings

READINGS = """
Clause 2 "Words":
  "Account" means an ambiguity "?" with readings Kept, Shared and Lost.
  "Moment" means an ambiguity "?" with readings Deposit and Notice.
  "Report" means an event, made by the Seller.
  "Memo" means an event, made by the Seller.
"""
ATOMS = (
    "the Account is read as Kept",
    "the Account is read as Shared",
    "the Account is read as Lost",
    "the Moment is read as Deposit",
    "the Moment is read as Notice",
    "a Report has been made",
    "a Memo has been made",
    "no Memo has been made",
)


@st.composite
def questions(draw: st.DrawFn) -> str:
    """Conditions over two ambiguities, something that has happened and something that has not."""
    heads = ("all of", "any of", "none of", "at least 2 of")

    def listed(labels: tuple[str, ...], items: list[str]) -> str:
        return f"{draw(st.sampled_from(heads))} " + "; ".join(f"{a} {b}" for a, b in zip(labels, items, strict=False))

    def lower() -> str:
        return listed(("(A)", "(B)", "(C)"), draw(st.lists(st.sampled_from(ATOMS), min_size=2, max_size=3)))

    either = st.one_of(st.sampled_from(ATOMS), st.builds(lower))
    return listed(("(i)", "(ii)", "(iii)"), draw(st.lists(either, min_size=2, max_size=3)))


def under(deal: Deal, question: str, account: str, moment: str) -> Truth:
    """The truth of a question once both ambiguities are settled."""
    state = replace(deal.state, choices={"Account": account, "Moment": moment})
    return deal.judged(question, Judge(deal.agreement, state, state.now)).truth


@few
@given(question=questions())
def test_an_answer_is_certain_exactly_where_every_reading_agrees(question: str) -> None:
    deal = opened(READINGS)
    deal.does("", "Seller: report a Report.")

    found = deal.why(f"{question}.").truth

    worlds = [
        under(deal, f"{question}.", account, moment)
        for account in ("Kept", "Shared", "Lost")
        for moment in ("Deposit", "Notice")
    ]
    same = agreed(worlds)
    assert (found in SURE) == (same in SURE)
    assert same is None or found is same
