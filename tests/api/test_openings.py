"""What is told of an opening that is not as the agreement asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.answers import Invalid
from api.service import Terms
from tests.api.escrow import SEATS, World, escrow


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with escrow(tmp_path) as world:
        yield world


def test_a_blank_beyond_its_limits_is_told_beside_what_cannot_be_read(world: World) -> None:
    blanks = {"Agreement Date": "5 May 1850", "Agent's Fee": "EUR 5.00"}

    answer = world.service.open("erin", Terms("funds_escrow", SEATS, blanks), "new")

    assert isinstance(answer, Invalid)
    fee, date = sorted(answer.problems)
    assert fee.startswith("The blank Agent's Fee must be an amount of USD")
    assert date.startswith("The blank Agreement Date is to be not before 1 September 2005 and not after 30 September")
