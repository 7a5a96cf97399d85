"""The laws of the language where any two of its forms meet."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from dsl import syntax
from dsl.format import format_agreement
from dsl.parse import parse_agreement
from dsl.source import Source
from tests.laws import promises
from tests.laws.crossings import crossing, text_of
from tests.laws.depth import deep
from tests.laws.journeys import Choose, Journey
from tests.laws.test_journeys import ASKED, LAWS


def parsed(text: str) -> syntax.Agreement:
    """The syntax of a clause file."""
    tree = parse_agreement(Source("crossing", text)).syntax
    assert tree is not None
    return tree


@deep(8)
@given(data=st.data(), asked=st.sampled_from(ASKED))
def test_every_law_holds_where_two_forms_meet(data: st.DataObject, asked: Callable[[Journey, Choose], None]) -> None:
    def choose(count: int) -> int:
        return data.draw(st.integers(0, count - 1))

    text = text_of(choose)
    tree = parsed(text)
    made = crossing(text, choose, 5)

    assert parsed(format_agreement(tree)) == tree
    assert parsed(format_agreement(tree, Source("crossing", text))) == tree
    promises.explaining_agrees_with_deciding(made)
    for law in LAWS:
        law(made)
    asked(made, choose)
