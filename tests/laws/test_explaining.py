"""Explaining is deciding without doing: it changes nothing, and says the same."""

from copy import deepcopy

from hypothesis import given

from dsl.engine import decide, explain
from tests.laws.promises import agrees
from tests.laws.stories import Story, few, stories, tell


@few
@given(story=stories)
def test_a_permit_is_granted_exactly_where_deciding_finds_one(story: Story) -> None:
    for (before, _), (_, attempt) in zip(tell(story).states, story.steps, strict=True):
        agrees(story.agreement, before, attempt)


@few
@given(story=stories)
def test_explaining_changes_nothing(story: Story) -> None:
    told = tell(story)
    state = told.last
    as_it_was = deepcopy(state)

    for section in story.agreement.terms.clauses:
        explain(story.agreement, state, section)
    again = [
        decide(story.agreement, before, attempt, at)
        for (before, _), (at, attempt) in zip(told.states, story.steps, strict=True)
    ]

    assert state == as_it_was
    assert tuple(again) == told.answers
