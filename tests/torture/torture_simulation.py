"""A million steps of the simulation, each life with a seed of its own; the suite takes ten thousand."""

import logging
import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.bad_days.trying import Tried
from tests.laws.depth import DEPTH
from tests.simulation.simulate import Simulation

TOP = Path(__file__).parent.parent.parent
LIFE = 5_000
"""Steps that are taken with one seed."""

PARTS = 20
"""So many tests share the lives, so that several processes take them."""


@pytest.mark.parametrize("part", range(PARTS))
def test_a_million_steps_break_no_promise(
    tmp_path: Path, part: int, short: bool, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = len(range(part, 2 if short else 2 * DEPTH, PARTS))
    if not lives:
        pytest.skip("there are not so many lives")
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)  # a disk that fails is told loudly
    first = int(os.environ.get("CLAUSULA_SEED") or (1_000 if short else secrets.randbelow(10**9)))
    total = Counter[str]()
    for nth in range(lives):
        folder = tmp_path / str(nth)
        folder.mkdir()
        total += lived(first + PARTS * nth + part, folder)

    tried(lives=lives, **total)
    assert total["steps"] == lives * LIFE


def lived(seed: int, folder: Path) -> Counter[str]:
    """What happened in the life of a seed."""
    simulation = Simulation(seed, folder)
    with closing(simulation):
        simulation.run(LIFE)
    checker = simulation.checker
    return Counter(steps=LIFE, entries=len(checker.stored), answers=checker.outcomes.total(), ends=simulation.crashes)


def test_a_seed_is_the_same_life_in_every_process() -> None:
    """However this process and this machine mix up what has no order."""
    told = set(traces())

    assert len(told) == 1


def traces() -> Iterator[str]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(traced, ("0", "1", "random"))


def traced(seed: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    return subprocess.run(
        [sys.executable, "-m", "tests.simulation.simulate", "5", "2000"],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
