"""What is known of a state changes nothing: with it, every answer is what working everything out anew gives.

The acts are those of the scenarios of every shipped agreement, some left out and some of other scenarios put in
between, so that many are refused, late or senseless. What is known is kept in folds however few rows there are, and
what is worked out anew is looked at row by row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api import agreements
from api.cli.shelf import Shelf, shelf
from dsl import folds
from dsl import syntax as s
from dsl.actions import Attempt
from dsl.compile import Agreement
from dsl.engine import advance, agenda, decide, evolve, in_force, open_deal
from dsl.events import Malformed, Opened
from dsl.index import UNBUILT
from dsl.judge import Judge
from dsl.memory import Memory
from dsl.resolve import resolve_attempt, resolve_instant
from dsl.state import State
from tests.dsl.deals import HEAD, START, agreement_of, at, attempt_of, opened
from tests.dsl.test_folds import CLAIMS, claim
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


@contextmanager
def looking_one_by_one(most: int) -> Iterator[None]:
    """Up to so many rows are looked at one by one, instead of being kept in a fold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folds, "FEW", most)
        yield


def expect_the_same(story: Story) -> None:
    """Live one story twice, once forgetting everything before every question."""
    law = story.agreement
    known = open_deal(law, story.opened)
    assert isinstance(known, State)
    fresh = known
    for moment, tried in story.steps:
        with looking_one_by_one(0):
            known = advance(law, known, moment)
            answer = decide(law, known, tried, moment)
            then = known if isinstance(answer, Malformed) else evolve(law, known, answer)
            ahead = agenda(law, then)
        with looking_one_by_one(1_000_000):
            fresh = advance(law, anew(fresh), moment)
            assert known == fresh
            assert answer == decide(law, anew(fresh), tried, moment)
            fresh = fresh if isinstance(answer, Malformed) else evolve(law, anew(fresh), answer)
            assert then == fresh
            assert ahead == agenda(law, anew(fresh))
        known = then


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


SUMS = ("Total", "Many", "Odd Ones", "Large Ones", "Ripe Ones")
OF_EACH = ("Own Side", "Before", "Part")


def figures(law: Agreement, state: State) -> list[object]:
    """What every figure over the claims is, and every figure of each claim."""
    values = Judge(law, state, state.now).values
    found: list[object] = [values.value(law.terms.values[name].value) for name in SUMS]
    claims = state.of_kind("Claim")
    found += [values.value(law.terms.values[name].value) for name in ("Biggest", "Newest")]
    return [*found, *(values.of_entry(each, name) for each in claims for name in OF_EACH)]


ACTS = st.tuples(
    st.sampled_from(("claim", "claim", "claim", "withdraw", "fill")), st.integers(1, 12), st.sampled_from((0, 1, 2, 45))
)


@given(acts=st.lists(ACTS, min_size=5, max_size=30))
@settings(few, max_examples=25)
def test_a_figure_is_the_same_whether_it_was_kept_or_is_added_up_row_by_row(acts: list[tuple[str, int, int]]) -> None:
    deal = opened(CLAIMS)
    law, state = deal.agreement, deal.state
    for what, number, minutes in acts:
        words = {
            "claim": claim(number),
            "withdraw": f'Seller: withdraw the Claim "C-{number}".',
            "fill": f"Buyer: fill the Least with USD {number}.00.",
        }
        at = state.now + timedelta(minutes=minutes)
        with looking_one_by_one(0):
            state = advance(law, state, at)
            answer = decide(law, state, attempt_of(law, words[what]), at)
            asked = state if isinstance(answer, Malformed) else evolve(law, state, answer)
            kept = figures(law, asked)
        with looking_one_by_one(1_000_000):
            assert kept == figures(law, anew(asked))
            assert answer == decide(law, anew(state), attempt_of(law, words[what]), at)
        state = asked
