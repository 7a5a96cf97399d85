"""The laws of the language on every shipped agreement, from anywhere that its scenarios lead to."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import promises
from tests.laws.depth import deep
from tests.laws.journeys import NAMES, Choose, Journey, journey

LAWS: tuple[Callable[[Journey], None], ...] = (
    promises.money_is_neither_made_nor_lost,
    promises.no_fund_goes_below_nothing,
    promises.every_answer_is_told_and_a_refusal_changes_nothing,
    promises.replay_gives_the_state_that_deciding_gave,
)
ASKED = (
    promises.what_was_known_can_be_asked_for_ever,
    promises.time_passes_alike_in_one_step_or_many,
    promises.what_is_possible_is_what_is_accepted,
    promises.a_way_that_is_shown_unlocks,
    promises.the_order_of_one_instant_does_not_matter_or_is_told,
)


@deep(3)
@given(data=st.data(), name=st.sampled_from(NAMES), asked=st.sampled_from(ASKED))
def test_every_law_holds_on_a_journey_through_a_shipped_agreement(
    data: st.DataObject, name: str, asked: Callable[[Journey, Choose], None]
) -> None:
    def choose(count: int) -> int:
        return data.draw(st.integers(0, count - 1))

    made = journey(name, choose, 4)

    for law in LAWS:
        law(made)
    asked(made, choose)
