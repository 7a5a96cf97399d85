"""What every test of bad days can ask for: how far to go, and where to say how far that was."""

from collections.abc import Callable

import pytest

from tests.api.bad_days.trying import Tried
from tests.laws.depth import DEPTH


@pytest.fixture
def depth(request: pytest.FixtureRequest) -> int:
    """How many times as much is tried: 1 with every run of the suite, CLAUSULA_DEPTH in `make torture`."""
    return 1 if request.config.getoption("--short", default=False) else DEPTH


@pytest.fixture
def tried(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Tried:
    """Says how much was tried, as in `tried(power_cuts=12)`; the end of the run shows it."""

    def say(**counts: int) -> None:
        record_property("tried", (request.node.name, counts))

    return say
