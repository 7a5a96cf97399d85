"""Every shipped agreement: it is sound, it covers its source, and its scenarios show what it does."""

from functools import cache

import pytest

from api import agreements
from api.cli.coverage import covered
from api.cli.shelf import Shelf, shelf
from dsl.coverage import Exercised, exercise
from dsl.diagnostics import Severity, render, render_all
from dsl.engine import in_force
from dsl.scenarios import report
from tests.dsl.machine import undeclared

PLACES = {place.name: place for place in agreements.places((agreements.shipped(),))}


@cache
def read(name: str) -> agreements.Read:
    """An agreement, read once."""
    return agreements.read(PLACES[name])


@cache
def scenarios_of(name: str) -> Shelf | None:
    """An agreement with its scenarios; None while it cannot run."""
    return shelf(read(name))


def expect_nothing(told: str) -> None:
    """Fail with what is to be told, and nothing else."""
    if told:
        pytest.fail(told, pytrace=False)


@pytest.mark.parametrize("name", PLACES)
def test_the_agreement_is_sound(name: str) -> None:
    found = read(name)

    errors = [each for each in found.diagnostics if each.severity is Severity.ERROR]
    expect_nothing(render_all(errors, found.source))


@pytest.mark.parametrize("name", PLACES)
def test_every_scenario_file_can_be_read(name: str) -> None:
    found = scenarios_of(name)
    assert found is not None, "the agreement itself cannot run"

    told = [render(each, source) for each, source in found.faults]
    expect_nothing("\n\n".join(told))
    assert found.book.scenarios, "an agreement has scenarios"


@pytest.mark.parametrize("name", PLACES)
def test_every_section_of_the_source_has_a_clause(name: str) -> None:
    agreement = read(name).agreement
    assert agreement is not None, "the agreement itself cannot run"

    found = covered(PLACES[name], agreement)

    assert not found.missing, f"without a clause: {', '.join(found.missing)}"
    assert found.whole, "it names a source, and no sections.txt lists the sections of that source"
    extra = [each.section for each in found.rows if found.listed and not each.in_source]
    assert not extra, f"not in sections.txt: {', '.join(extra)}"


@pytest.mark.parametrize("name", PLACES)
def test_every_scenario_goes_as_it_says_and_every_operative_clause_is_seen_met_and_not_met(name: str) -> None:
    found = scenarios_of(name)
    assert found is not None, "the agreement itself cannot run"

    runs = [found.play(scenario) for scenario in found.book.scenarios]
    shown = exercise(found.agreement, runs)

    told = [
        f"{run_of}: {each}" for run_of, run in zip(found.book.scenarios, runs, strict=True) if (each := report(run))
    ]
    lacking = [_lack(each) for each in (*shown.clauses, *shown.items) if not each.both]
    expect_nothing("\n\n".join((*told, *(["No scenario shows:", *lacking] if lacking else []))))
    ends = [run.history.state for run in runs if run.history is not None]
    strange = [each for state in ends for each in undeclared(in_force(found.agreement, state), state)]
    assert not strange, "these changes of status are no step of the norm machine"


def _lack(each: Exercised) -> str:
    ways = [word for seen, word in ((each.met, "met"), (each.unmet, "not met")) if not seen]
    return f"{each.section}: {' nor '.join(ways)}"
