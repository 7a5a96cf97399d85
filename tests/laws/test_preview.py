"""A preview is what submitting the same would lead to: the answer, and the deal after it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers import Accepted, Refused
from api.clock import ManualClock
from api.editions import catalogue_of
from api.service import Ask, Preview, Terms
from tests.api.escrow import CLOSING, SEATS, TEN, World, escrow
from tests.laws.crossings import ACTS, BEGINNING, text_of
from tests.laws.depth import deep
from tests.laws.journeys import of
from tests.laws.stories import POOL, STAGES

WORDS = tuple(dict.fromkeys((*POOL, *(each for stage in STAGES for each in stage))))
PEOPLE = {party: persons[0] for party, persons in SEATS.items()}
FIRST_OF_JUNE = datetime(2026, 6, 1, 13, 0, tzinfo=UTC)
AGO = (None, None, 0, 1, 30)
"""How many minutes before the last act something is said to have happened; None says nothing of it."""

steps = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(AGO), st.integers(1, 3)), min_size=1, max_size=6)


@deep(4)
@given(done=st.integers(0, len(CLOSING)), steps=steps)
def test_a_preview_is_what_submitting_leads_to(
    tmp_path_factory: pytest.TempPathFactory, done: int, steps: list[tuple[str, int | None, int]]
) -> None:
    with escrow(tmp_path_factory.mktemp("deals"), ManualClock(TEN)) as world:
        world.open()
        world.close(done)
        last = TEN + timedelta(minutes=done)
        for number, (words, ago, wait) in enumerate(steps):
            party, _, text = words.rstrip(".").partition(": ")
            happened = None if ago is None else max(TEN, last - timedelta(minutes=ago))
            world.clock.advance(timedelta(minutes=wait))
            foretold_is_done(world, Ask(world.deal, party, {"text": text}, happened), f"step-{number}")
            last = max(last, world.clock.now())


@deep(4)
@given(data=st.data())
def test_a_preview_is_what_submitting_leads_to_where_two_forms_meet(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    def choose(count: int) -> int:
        return data.draw(st.integers(0, count - 1))

    clock, library = ManualClock(FIRST_OF_JUNE), catalogue_of({"crossing": text_of(choose)})
    with escrow(tmp_path_factory.mktemp("deals"), clock, library) as world:
        world.open(terms=Terms("crossing", {"Buyer": ["erin"], "Seller": ["erin"], "Agent": ["erin"]}))
        for number, words in enumerate((*BEGINNING, *(of(choose, ACTS) for _ in range(4)))):
            party, _, text = words.rstrip(".").partition(": ")
            clock.advance(timedelta(minutes=of(choose, (1, 60, 1440, 4320))))
            ago = of(choose, (None, None, timedelta(), timedelta(hours=1)))
            happened = None if ago is None else max(FIRST_OF_JUNE, clock.now() - ago)
            foretold_is_done(world, Ask(world.deal, party, {"text": text}, happened), f"step-{number}")


def foretold_is_done(world: World, ask: Ask, key: str) -> None:
    """A preview, and then the same for good."""
    person = PEOPLE.get(ask.party, "erin")
    preview = world.service.preview(person, ask)
    answer = world.service.submit(person, ask, key)
    if not isinstance(preview, Preview):
        assert preview == answer
        return
    assert isinstance(answer, Accepted | Refused)
    assert type(preview.answer) is type(answer)
    assert said(preview.answer) == said(answer)
    assert preview.after.state == world.read(person).state


def said(answer: object) -> object:
    """What an answer says, whenever and wherever it is kept."""
    assert isinstance(answer, Accepted | Refused)
    return replace(answer, place=None)
