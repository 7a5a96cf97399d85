"""Explaining is deciding without doing: it changes nothing, and says the same."""

from copy import deepcopy

from hypothesis import given

from dsl import actions as a
from dsl.bans import banned
from dsl.checks import Objection
from dsl.engine import decide, explain, in_force
from dsl.events import Acted, Malformed, Refused
from dsl.permits import permits
from dsl.verdicts import permit_for
from dsl.wellformed import problems
from tests.laws.stories import Story, few, stories, tell

FREE = (a.Fill, a.Choose, a.AssertBreach)


@few
@given(story=stories)
def test_a_permit_is_granted_exactly_where_deciding_finds_one(story: Story) -> None:
    told = tell(story)

    for (before, _), answer, (_, attempt) in zip(told.states, told.answers, story.steps, strict=True):
        law = in_force(story.agreement, before)
        if isinstance(answer, Malformed) or isinstance(attempt.action, FREE) or tuple(problems(law, before, attempt)):
            continue
        found = permits(law, before, attempt.actor, attempt.action)
        granted = {each.section for each in found if each.granted}
        refused = isinstance(permit_for(law, before, attempt), Objection)
        if isinstance(answer, Acted):
            assert answer.section in granted
            assert banned(law, before, attempt) is None
        if not granted:
            assert refused
            assert isinstance(answer, Refused)


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
