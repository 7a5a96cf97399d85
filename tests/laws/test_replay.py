"""A log says all there is to know: replayed it gives the same state, and a fact that comes late finds its place."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from dsl.engine import advance
from dsl.events import Acted, Malformed, Refused
from dsl.history import History, attempt, begin, state_at
from dsl.replay import fold
from dsl.state import State
from tests.laws.depth import deep
from tests.laws.stories import Story, few, small_stories, stories, tell


def begun(story: Story) -> History:
    """The story before anything is tried."""
    history = begin(story.agreement, story.opened)
    assert isinstance(history, History)
    return history


@few
@given(story=stories)
def test_replay_gives_the_state_that_deciding_gave(story: Story) -> None:
    told = tell(story)

    again = fold(story.agreement, story.opened, told.log)

    untold = replace(again, divergences=())
    assert advance(story.agreement, untold, told.last.now) == told.last


@few
@given(story=stories)
def test_every_attempt_is_answered_and_a_refusal_changes_nothing(story: Story) -> None:
    told = tell(story)

    for (before, after), answer in zip(told.states, told.answers, strict=True):
        assert isinstance(answer, Acted | Refused | Malformed)
        if isinstance(answer, Refused):
            assert replace(after, acts=before.acts) == before
            assert answer.reasons
            assert answer.summary
        if isinstance(answer, Malformed):
            assert after == before
            assert answer.problems


@few
@given(story=small_stories(), chosen=st.integers(0, 21))
def test_a_late_fact_gives_the_state_of_the_same_facts_in_order(story: Story, chosen: int) -> None:
    assume(story.steps)
    place = chosen % len(story.steps)
    in_order = tell(story)
    late = story.steps[place]
    history = begun(story)
    answers = []

    for when, tried in (*story.steps[:place], *story.steps[place + 1 :]):
        history, answer = attempt(history, tried, when, when)
        answers.append(answer)
    end = story.steps[-1][0] + timedelta(days=1)
    assume(all(when != late[0] for when, _ in story.steps[place + 1 :]))
    history, answer = attempt(history, late[1], late[0], end)
    answers.insert(place, answer)

    same = [type(each) for each in answers] == [type(each) for each in in_order.answers]
    assume(same and not history.state.divergences)
    left = advance(story.agreement, history.state, end)
    right = advance(story.agreement, in_order.last, end)
    assert unlogged(left) == unlogged(right)


def unlogged(state: State) -> State:
    """A state without the order in which refused acts were counted."""
    return replace(state, acts=0)


@deep(4)
@given(story=stories, chosen=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_what_was_known_only_grows(story: Story, chosen: tuple[int, int]) -> None:
    history = begun(story)
    for when, tried in story.steps:
        history, _ = attempt(history, tried, when, when)
    instants = [story.opened.at, *(when for when, _ in story.steps)]
    first, second = sorted(instants[each % len(instants)] for each in chosen)

    earlier = state_at(history, second, known_at=first)
    later = state_at(history, second, known_at=second)

    assert len(earlier.entries) <= len(later.entries)
    assert later.postings[: len(earlier.postings)] == earlier.postings
    assert earlier.acts <= later.acts
    assert state_at(history, first, known_at=second) == state_at(history, first, known_at=first)
    assert state_at(history, history.state.now) == history.state
