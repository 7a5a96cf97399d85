"""Simulations by seed: those of the suite, or the one that CLAUSULA_SEED and CLAUSULA_STEPS name."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.simulation.simulate import Simulation
from tests.simulation.stack import Parts

Simulate: TypeAlias = Callable[..., Simulation]
"""`simulate(seed, parts)`: a simulation that has not begun yet."""

SEED = os.environ.get("CLAUSULA_SEED")
STEPS = os.environ.get("CLAUSULA_STEPS")


@pytest.fixture
def simulate(tmp_path: Path) -> Iterator[Simulate]:
    """Makes simulations, one after the other, and takes them down."""
    numbers = count()
    with ExitStack() as ending:

        def made(seed: int, parts: Parts | None = None) -> Simulation:
            ending.close()
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            simulation = Simulation(seed, folder, parts)
            ending.callback(simulation.close)
            return simulation

        yield made
