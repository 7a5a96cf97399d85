"""Syntax in, terms out: the agreement that says everything, and what an author is told of mistakes."""

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dsl import syntax, terms
from dsl.diagnostics import Severity, render_all
from dsl.load import load
from dsl.money import Quantity
from dsl.parse import parse_agreement, parse_question
from dsl.resolve import resolve, resolve_condition, resolve_value
from dsl.resolve.walk import walk
from dsl.source import Source
from dsl.syntax import scenarios
from dsl.terms import Balance, Selection, StageReached, Terms
from tests.conftest import Golden
from tests.dsl.sale import asked, deal

_HERE = Path(__file__).parent
_EVERYTHING = (_HERE / "everything.clause").read_text(encoding="utf-8")
_BROKEN = sorted((_HERE / "diagnostics").glob("*.clause"))


# ---------------------------------------------------------------- the whole


def _forms(module: ModuleType, base: type[Any]) -> set[str]:
    """The names of the classes a module has of a kind."""
    return {name for name, each in vars(module).items() if isinstance(each, type) and issubclass(each, base)}


def test_an_agreement_that_says_everything_has_no_mistake() -> None:
    loaded = load(_EVERYTHING)

    assert loaded.agreement is not None, render_all(loaded.diagnostics, loaded.source)
    assert {each.severity for each in loaded.diagnostics} == {Severity.OPEN, Severity.ACCEPTED}


def test_the_agreement_that_says_everything_has_every_term() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    parts = [getattr(agreement, name) for name in Terms.__dataclass_fields__]
    flat = tuple(tuple(part.values()) if isinstance(part, dict) else part for part in parts)
    found = {type(each).__name__ for each in walk(flat)}

    assert _forms(terms, terms.Term) - found == {"Term"}


def test_the_agreement_that_says_everything_has_every_form_of_the_grammar() -> None:
    parsed = parse_agreement(Source("everything.clause", _EVERYTHING)).syntax
    in_scenarios = {
        name for name, each in vars(scenarios).items() if getattr(each, "__module__", "") == scenarios.__name__
    }

    found = {type(each).__name__ for each in walk(parsed)}

    of_several_files = {"Library", "Use"}
    assert _forms(syntax, syntax.Node) - found - in_scenarios - of_several_files == {"Node"}


@pytest.mark.parametrize("path", _BROKEN, ids=lambda path: path.stem)
def test_every_mistake_is_told_at_once(path: Path, golden: Golden) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    parsed = parse_agreement(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)

    resolved = resolve(parsed.syntax, source)

    assert resolved.terms is None
    assert all(each.label and each.explanation and each.hint for each in resolved.diagnostics)
    golden(path.with_suffix(".err"), render_all(resolved.diagnostics, source) + "\n")


# ----------------------------------------------------------- the whole again


def test_headers_are_kept_and_nothing_is_required_that_is_not_used() -> None:
    full = load(_EVERYTHING).agreement
    bare = load('Agreement "Bare". Clause 1: This section is interpretive.').agreement

    assert full is not None
    assert (full.version, full.source, full.governing_law) == ("1", "Written for the test", "Nowhere")
    assert (full.calendar.name, full.calendar.added, full.calendar.removed) == (
        "US-NY",
        (date(2026, 7, 6),),
        (date(2026, 10, 12),),
    )
    assert bare is not None
    assert (bare.zone, bare.calendar.name, bare.currency) == ("UTC", "", "")


def test_a_section_that_binds_is_operative_unless_it_says_otherwise() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    said = {number: (each.category, each.reason, each.part) for number, each in agreement.clauses.items()}

    assert said["2.1"] == ("operative", "", "What binds")
    assert said["5"] == ("protective", "", "Guards")
    assert said["Schedule A"] == ("boilerplate", "Nothing else.", "Guards")
    assert said["Schedule B"] == ("not encoded", "A person decides.", "Guards")


def test_an_edge_runs_from_the_section_that_yields() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    edges = [(edge.lower, edge.upper, edge.mode, edge.condition is not None) for edge in agreement.edges]

    assert edges == [
        ("2.1", "3.1", "suspension", True),
        ("2.1", "2.2", "exclusion", False),
        ("5", "2", "condition", False),
    ]


def test_a_guard_on_a_list_guards_each_kind_of_it() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    assert [guard.kind for guard in agreement.validities] == ["Joint Instruction", "Deed", "Joint Instruction"]


def test_an_entry_known_from_signing_states_figures() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None
    (row,) = agreement.rows
    content = dict(row.fields)

    assert (row.kind, row.name) == ("Milestone", "Design")
    assert content["Value"] == Quantity(500, "USD")
    assert content["Part"] == terms.SectionValue("2.1")
    assert content["Split"] == terms.Plan(
        (
            terms.PlanLine("Anna", Quantity(100, "USD")),
            terms.PlanLine("Manager", Quantity(3_750, "USD")),
            terms.PlanLine('"Hard Cash Ltd."', Quantity(200, "USD")),
        ),
        "Bruno",
    )


def test_lists_of_lists_are_one_list() -> None:
    agreement = load(_EVERYTHING).agreement
    assert agreement is not None

    assert agreement.collections["Records"] == ("Deed", "Joint Instruction", "Report")


def test_a_value_can_be_asked_for() -> None:
    agreement = deal("This agreement terminates.")
    source = Source("question", "the balance of the Fund is equal to EUR 5.00.")
    question = parse_question(source).syntax
    assert question is not None
    assert isinstance(question.condition, syntax.Comparison)

    found, problems = resolve_value(question.condition.left, agreement, source)

    assert problems == ()
    assert isinstance(found, Balance)


def test_a_question_with_a_mistake_is_told_so() -> None:
    source = Source("question", "the Prise is equal to EUR 5.00.")
    question = parse_question(source).syntax
    assert question is not None

    found, problems = resolve_condition(question.condition, deal("This agreement terminates."), source)

    assert found is None
    assert [(each.title, each.hint) for each in problems] == [("Unknown name", "Did you mean `Price`?")]


def test_a_stage_reached_keeps_its_section_out_of_a_question() -> None:
    found = asked("all of (i) Late applies; (ii) a Claim has been made.")

    assert [each.path for each in found.items] == ["(i)", "(ii)"]
    assert isinstance(found.items[1].condition, StageReached)
    assert isinstance(found.items[1].condition.subject, Selection)
