"""What had happened by itself until a late fact was recorded is kept beside the log, read and verified."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.answers import Accepted
from tests.api.escrow import CLOSING, TEN, World, escrow


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with escrow(tmp_path) as world:
        world.open()
        yield world


def test_what_a_late_fact_takes_away_of_what_had_happened_is_kept_told_and_verified(world: World) -> None:
    """Step 12 is signed at minute 13, step 13 at minute 14. An instruction that ATG had changed between the two was not
    complete when it was spoken of at minute 18, so no Release occurred."""
    world.close(18)
    changed = CLOSING[12][1].replace("the rest to ATG", "the rest to NTSCO")

    answer = world.act("andy", changed, at=TEN + timedelta(minutes=13, seconds=30))
    world.act("erin", 'release the Escrow Fund according to "JI-1"')

    told = world.read().state.restated
    before = world.read(known_at=TEN + timedelta(minutes=18)).state.restated
    assert isinstance(answer, Accepted)
    assert [(each.happening.text, each.until) for each in told] == [
        ('Release has occurred about "JI-1"', TEN + timedelta(minutes=19))
    ]
    assert before == ()
    report = world.service.verify("erin", world.deal)
    assert report is not None
    assert (report.head, report.faults) == ("checked", ())
