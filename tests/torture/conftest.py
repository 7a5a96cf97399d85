"""Long tests, run by `make torture`: real processes are killed under load, and what was acknowledged is counted.

Their files do not begin with `test_`, so that the suite leaves them out. `--short` keeps each to some seconds.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--short", action="store_true", help="a few seconds of each, to see that it still works")


@pytest.fixture
def short(request: pytest.FixtureRequest) -> bool:
    """Whether only a few seconds of each are wanted."""
    return bool(request.config.getoption("--short"))
