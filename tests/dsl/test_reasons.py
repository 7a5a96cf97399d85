"""Reasons: what is below them, what they wait for, and how names are joined."""

import pytest

from dsl.reasons import Reason, Truth, Wait, a_noun, either

MET = Reason(Truth.TRUE, "met")
WAIT = Wait("act", "somebody must act", ("Buyer",))
MISSING = Reason(Truth.PENDING, "missing", waits=(WAIT,))
LIST = Reason(Truth.PENDING, "list", "3.1(a)", children=(MET, Reason(Truth.PENDING, "item", children=(MET, MISSING))))


def test_the_leaves_are_what_is_not_so_with_the_nearest_section() -> None:
    assert [(leaf.text, leaf.section) for leaf in LIST.leaves()] == [("missing", "3.1(a)")]
    assert MET.leaves() == (MET,)


def test_what_is_met_is_left_out_of_what_is_unmet() -> None:
    assert [child.text for child in LIST.unmet().children] == ["item"]
    assert MET.unmet() == MET


def test_everything_awaited_is_found_below() -> None:
    assert list(LIST.awaited()) == [WAIT]


@pytest.mark.parametrize(
    ("names", "joined"), [((), "nobody"), (("A",), "A"), (("A", "B"), "A or B"), (("A", "B", "C"), "A, B or C")]
)
def test_names_are_joined_as_a_sentence_does(names: tuple[str, ...], joined: str) -> None:
    assert either(names, "or") == joined


def test_a_noun_has_its_article() -> None:
    assert (a_noun("Order"), a_noun("Claim")) == ("an Order", "a Claim")
