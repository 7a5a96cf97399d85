"""What every test of bad days can ask for: how far to go."""

import pytest

from tests.laws.depth import DEPTH


@pytest.fixture
def depth(request: pytest.FixtureRequest) -> int:
    """How many times as much is tried: 1 with every run of the suite, CLAUSULA_DEPTH in `make torture`."""
    return 1 if request.config.getoption("--short", default=False) else DEPTH
