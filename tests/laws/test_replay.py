"""A log says all there is to know: replayed it gives the same state, and a fact that comes late finds its place."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from api import codec
from dsl.engine import advance
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.fallen import divergences
from dsl.history import History, attempt, begin, folded, state_at
from dsl.replay import fold
from dsl.state import State
from tests.dsl.deals import HEAD, agreement_of, attempt_of
from tests.laws.depth import deep
from tests.laws.stories import START, Story, few, small_stories, stories, tell


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
    """A state without the order in which refused acts were counted, and without what was so before it was all known."""
    return replace(state, acts=0, restated=())


@deep(3)
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


BY_ITSELF = """
Clause 2 "Claims":
  "Reserve" means a fund in USD, held by the Agent.
  "Claim" means a claim, made by the Seller, stating Amount as amount.
  "Objection" means a claim, made by the Buyer, about a Claim.
  "Award" means an event, about a Claim.
  "Stop" means a claim, made by the Buyer.
  "Receipt" means a movement, into the Fund.
  For each Claim, when no Objection about such Claim has been made within 3 calendar days after the making of such
    Claim, then an Award occurs about such Claim.
  For each Award, when such Award has been made, then the Amount of the Claim of such Award passes from the Fund to
    the Seller.
Clause 3 "Reserve":
  For each Receipt, when such Receipt has been made and no Stop has been made, then 10 percent of the Amount of such
    Receipt passes from the Fund to the Reserve.
  While the number of Awards is at least 2, then USD 1.00 passes from the Reserve to the Buyer.
Clause 4 "Ends":
  When the number of Awards is at least 3 and no Stop has been made, then "New Trust" becomes the Agent.
  When no Claim has been made for 8 calendar days, then this agreement terminates.
"""
ACTS = (
    "Buyer: deposit USD 60.00 into the Fund.",
    "Buyer: deposit USD 5.00 into the Fund.",
    "Seller: make the Claim stating Amount as USD 10.00.",
    "Seller: make the Claim stating Amount as USD 45.00.",
    'Buyer: make the Objection about "Claim".',
    'Buyer: make the Objection about "Claim 2".',
    'Buyer: withdraw "Objection".',
    'Seller: withdraw "Claim".',
    "Buyer: make the Stop.",
    'Buyer: withdraw "Stop".',
)
DAYS = st.sampled_from((0, 0, 1, 2, 5))
SOME = st.tuples(DAYS, DAYS, st.sampled_from(ACTS))


@deep(6)
@given(some=st.lists(SOME, min_size=2, max_size=9))
def test_what_a_late_fact_takes_away_of_what_had_passed_is_told_and_replay_tells_the_same(
    some: list[tuple[int, int, str]],
) -> None:
    """After a deposit and two claims each act is recorded so many days after the last, and happened so many before."""
    history = begun(Story(agreement_of(HEAD + BY_ITSELF), Opened(START), ()))
    law, recorded = history.agreement, START
    for gap, delay, words in ((0, 0, ACTS[0]), (0, 0, ACTS[2]), (1, 0, ACTS[3]), *some):
        recorded += timedelta(days=gap, hours=1)
        at = max(START, recorded - timedelta(days=delay))
        before = advance(law, history.state, recorded)

        history, _ = attempt(history, attempt_of(law, words), at, recorded)

        after = advance(law, history.state, recorded)
        told = [each for each in divergences(law, after) if each.act == 0 and each not in divergences(law, before)]
        assert at < recorded or after.restated == before.restated
        if passed(before) - passed(after):
            assert any("has passed" in each.text for each in told)
    again = advance(law, folded(law, history.opened, history.records), history.state.now)
    assert again == history.state
    assert codec.read(codec.write(history.state, State), State) == history.state
    for record in history.records:
        known = state_at(history, recorded, record.recorded)
        assert all(each.until <= record.recorded for each in known.restated)


def passed(state: State) -> Counter[tuple[datetime, str, str, int]]:
    """What has passed by itself: when, from where, where to and how much."""
    return Counter(
        (each.at, each.source, each.target, each.amount.amount) for each in state.postings if not each.number
    )
