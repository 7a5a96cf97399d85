"""What every test of the service can ask for: a site of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.escrow import Site, site


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as web:
        yield web
