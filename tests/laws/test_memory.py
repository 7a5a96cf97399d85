"""What is known of a state changes nothing: with it, every answer is what working everything out anew gives.

The acts are those of the scenarios of every shipped agreement, some left out and some of other scenarios put in
between, so that many are refused, late or senseless.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api import agreements
from api.cli.shelf import Shelf, shelf
from dsl import syntax as s
from dsl.actions import Attempt
from dsl.engine import advance, agenda, decide, evolve, in_force, open_deal
from dsl.events import Malformed, Opened
from dsl.index import UNBUILT
from dsl.memory import Memory
from dsl.resolve import resolve_attempt, resolve_instant
from dsl.state import State
from tests.dsl.deals import HEAD, START, agreement_of, at, attempt_of
from tests.laws.stories import Story, few, funds_escrow_stories, small_stories

PLACES = {place.name: place for place in agreements.places((agreements.shipped(),))}

Step = tuple[datetime, Attempt]


@cache
def shelf_of(name: str) -> Shelf:
    """An agreement with its scenarios."""
    found = shelf(agreements.read(PLACES[name]))
    assert found is not None
    return found


@cache
def life(name: str, scenario: str) -> tuple[Opened, tuple[Step, ...]]:
    """What is tried in a scenario of an agreement, and when."""
    found = shelf_of(name)
    written, source = found.book.scenarios[scenario]
    history = found.play(scenario).history
    assert history is not None
    own = ((step, source) for step in written.steps)
    inherited = ((step, origin.source) for step, origin in found.book.inherited(written, found.agreement.terms))
    law = in_force(found.agreement, history.state)
    steps = []
    for step, text in (*inherited, *own):
        tried = resolve_attempt(step.attempt, law.terms, text)[0] if isinstance(step, s.ActStep) else None
        if isinstance(step, s.ActStep) and tried is not None:
            steps.append((resolve_instant(step.at, law.terms), tried))
    return history.opened, tuple(steps)


@st.composite
def lives(draw: st.DrawFn, name: str) -> Story:
    """A scenario of an agreement, gone another way."""
    scenarios = sorted(shelf_of(name).book.scenarios)
    opened, own = life(name, draw(st.sampled_from(scenarios)))
    others = [step for step in life(name, draw(st.sampled_from(scenarios)))[1] if step[0] >= opened.at]
    gone = draw(st.sets(st.integers(0, len(own)), max_size=3))
    come = draw(st.lists(st.sampled_from(others), max_size=3)) if others else []
    steps = [step for number, step in enumerate(own) if number not in gone]
    return Story(shelf_of(name).agreement, opened, tuple(sorted((*steps, *come), key=lambda step: step[0])))


def anew(state: State) -> State:
    """The state as it would be read from where it was kept: without anything that was worked out of it."""
    return replace(state, index=UNBUILT, memory=Memory())


def expect_the_same(story: Story) -> None:
    """Live one story twice, once forgetting everything before every question."""
    known = open_deal(story.agreement, story.opened)
    assert isinstance(known, State)
    fresh = known
    for moment, tried in story.steps:
        known, fresh = advance(story.agreement, known, moment), advance(story.agreement, anew(fresh), moment)
        assert known == fresh
        answer = decide(story.agreement, known, tried, moment)
        assert answer == decide(story.agreement, anew(fresh), tried, moment)
        if not isinstance(answer, Malformed):
            known, fresh = evolve(story.agreement, known, answer), evolve(story.agreement, anew(fresh), answer)
        assert known == fresh
        assert agenda(story.agreement, known) == agenda(story.agreement, anew(fresh))


@pytest.mark.parametrize("name", PLACES)
@given(data=st.data())
@settings(few, max_examples=5)
def test_a_shipped_deal_goes_as_if_everything_were_worked_out_anew(name: str, data: st.DataObject) -> None:
    expect_the_same(data.draw(lives(name)))


@given(story=funds_escrow_stories() | small_stories())
@settings(few, max_examples=10)
def test_any_story_goes_as_if_everything_were_worked_out_anew(story: Story) -> None:
    expect_the_same(story)


SUCCESSION = """
Clause 2 "Succession":
  "Appointment" means a claim, made by the Buyer, stating Successor as text.
  "Outgoing" of an Appointment means the Agent as of the making of such Appointment.
  For each Appointment, when such Appointment has been made, then the Successor of such Appointment becomes the Agent.
  "Resignation" means a claim, made by the Agent.
  For each Resignation, when such Resignation has been made, then the Agent becomes vacant.
Clause 3 "Duties":
  "Warning" means a notice, made by the Buyer, addressed to the Agent.
  "Answer" means a claim, made by the Agent, about a Warning.
  "Handover" means an act, about an Appointment.
  For each Warning, when such Warning has been given,
    then the Agent must make an Answer about such Warning within 2 calendar days.
  For each Appointment, when such Appointment has been made,
    then the Outgoing of such Appointment must take a Handover about such Appointment within 1 calendar day.
  "End" means a claim, made by the Buyer, about an Appointment.
  For each End, when such End has been made, then the Outgoing of the Appointment of such End is discharged.
"""
DEEDS = (
    'Buyer: present the Appointment "A" stating Successor as "Second".',
    'Buyer: present the Appointment "B" stating Successor as "Third".',
    "Agent: present a Resignation.",
    'Buyer: give the Warning "W".',
    'Buyer: give the Warning "V".',
    'Agent: make an Answer about "W".',
    '"First": take a Handover about "A".',
    '"Second": take a Handover about "B".',
    'Buyer: present the End about "A".',
)


@given(deeds=st.lists(st.tuples(st.integers(0, 6), st.sampled_from(DEEDS)), max_size=12))
@settings(few, max_examples=25)
def test_roles_that_are_filled_and_left_go_as_if_everything_were_worked_out_anew(deeds: list[tuple[int, str]]) -> None:
    agreement = agreement_of(HEAD.replace('"Agent" means a party', '"Agent" means a party, "First"') + SUCCESSION)
    opened = Opened(at(agreement, START))
    steps = ((opened.at + timedelta(hours=14 * day), attempt_of(agreement, words)) for day, words in deeds)

    expect_the_same(Story(agreement, opened, tuple(sorted(steps, key=lambda step: step[0]))))
