"""A million steps of the simulation, each life with a seed of its own; the suite takes ten thousand."""

import gc
import logging
import multiprocessing
import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.laws.depth import DEPTH
from tests.simulation.simulate import Simulation
from tests.torture.load import say

TOP = Path(__file__).parent.parent.parent
LIFE = 5_000
"""Steps that are taken with one seed."""


def begin() -> None:
    """What is loaded stays to the end of a process, so it is not looked through for garbage; no log is written."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    logging.disable(logging.CRITICAL)  # a disk that fails is told loudly


def lived(seed: int) -> Counter[str]:
    """What happened in the life of a seed."""
    with TemporaryDirectory() as folder:
        simulation = Simulation(seed, Path(folder))
        simulation.run(LIFE)
        simulation.end()
    checker = simulation.checker
    return Counter(steps=LIFE, entries=len(checker.stored), answers=checker.outcomes.total(), ends=simulation.crashes)


def test_a_million_steps_break_no_promise(short: bool) -> None:
    first = int(os.environ.get("CLAUSULA_SEED") or (1_000 if short else secrets.randbelow(10**9)))
    lives = 2 if short else 2 * DEPTH
    total = Counter[str]()
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn"), begin) as pool:
        for done in as_completed([pool.submit(lived, seed) for seed in range(first, first + lives)]):
            total += done.result()

    say({"first seed": first, "lives": lives, **total})
    assert total["steps"] == lives * LIFE


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
