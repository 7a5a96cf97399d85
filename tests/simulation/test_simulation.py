"""Ten thousand steps of many people and every kind of bad luck, after each of which every promise holds."""

import pytest

from tests.api.bad_days.trying import Tried
from tests.simulation.broken import BROKEN
from tests.simulation.checker import Violated
from tests.simulation.conftest import SEED, STEPS, Simulate
from tests.simulation.simulate import Simulation

SEEDS = range(1, 5) if SEED is None else (int(SEED),)
EACH = 2500 if STEPS is None else int(STEPS)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_holds_after_every_step(simulate: Simulate, seed: int, tried: Tried) -> None:
    simulation = simulate(seed)

    simulation.run(EACH)

    checker = simulation.checker
    tried(steps=EACH, entries=len(checker.stored), answers=checker.outcomes.total(), ends=simulation.crashes, broken=0)
    if SEED is None:
        assert simulation.crashes > 0
        assert {row["kind"] for row in simulation.checker.stored.values()} == {"opened", "accepted", "refused"}
        usual = {"Stored", "Conflict", "KeyReused", "UnknownDeal", "Invalid"}
        assert simulation.checker.outcomes.keys() - {"DiskFull"} == usual


def test_a_seed_replays_exactly(simulate: Simulate) -> None:
    traces = []
    for _ in range(2):
        simulation = simulate(99)
        simulation.run(200)
        traces.append(simulation.trace.hexdigest())

    assert traces[0] == traces[1]


@pytest.mark.parametrize("what", BROKEN)
def test_a_service_that_breaks_a_promise_is_found_out(simulate: Simulate, what: str) -> None:
    parts, promise = BROKEN[what]

    with pytest.raises(Violated, match=promise) as found:
        simulate(20, parts).run(3000)

    assert "CLAUSULA_SEED=20 " in found.value.__notes__[0]


def test_what_is_found_is_told_with_the_seed_that_finds_it_again(simulate: Simulate) -> None:
    """The step that a failure names is the one at which the same seed fails again, and no step before it does."""
    parts, _ = BROKEN["answers a duplicate anew"]
    with pytest.raises(Violated) as found:
        simulate(20, parts).run(3000)
    step = int(found.value.__notes__[0].partition("CLAUSULA_STEPS=")[2].split()[0])

    again: Simulation = simulate(20, parts)
    again.run(step - 1)
    with pytest.raises(Violated) as same:
        simulate(20, parts).run(step)

    assert str(same.value) == str(found.value)
