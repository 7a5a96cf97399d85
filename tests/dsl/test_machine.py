"""The norm machine: each of its steps in a story, and no change of a norm that is none of them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import dsl
from dsl import engine
from dsl.engine import MACHINE, Step, become
from dsl.expiry import is_over
from dsl.norms import Now
from dsl.state import State, key_of
from dsl.terms import Provision
from dsl.transitions import NEW, Guard, is_told
from tests.dsl.deals import Deal, opened
from tests.dsl.machine import undeclared
from tests.dsl.norm_stories import STORIES


def told(name: str) -> Deal:
    """A story that has been told."""
    story = STORIES[name]
    deal = opened(story.clauses)
    for step in story.steps:
        when, _, act = step.partition("|")
        if act:
            deal.does(when, act)
        else:
            deal.passes(when)
    return deal


def statuses(state: State, section: str) -> Iterator[str]:
    """The changes of status of the norms of a section, each with its cause."""
    for each in state.changes:
        found = re.search(r" is (\w+(?: late)?)(?: for \".*\")?$", each.text)
        if found is not None and each.section == section and each.text.startswith("the "):
            yield f"{found[1]}: {each.cause}"


@pytest.mark.parametrize("name", STORIES)
def test_every_change_of_a_norm_is_told_with_its_cause(name: str) -> None:
    deal = told(name)

    assert list(statuses(deal.state, STORIES[name].section)) == STORIES[name].changes
    assert undeclared(deal.agreement, deal.state) == ()


def test_every_step_of_the_machine_is_taken_in_some_story(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: set[Step] = set()

    def watched(state: State, provision: Provision, now: Now, asked: Guard = is_told) -> State:
        before = state.norms.get(key_of(now.norm.provision, now.norm.row))
        was = before.status if before is not None else NEW
        taken.update(
            step
            for step in MACHINE
            if step.asked is asked
            and step.concerns(was, provision.statement)
            and (now.norm.status in step.after or (before != now.norm and was == now.norm.status and not step.after))
        )
        return become(state, provision, now, asked)

    monkeypatch.setattr(engine, "become", watched)
    for name in STORIES:
        told(name)

    assert [(step.before, step.asked.__name__, step.after) for step in MACHINE if step not in taken] == []


def test_a_change_that_is_no_step_of_the_machine_is_an_error() -> None:
    deal = told("overdue, and done late")
    state, (provision,) = deal.state, [each for each in deal.agreement.provisions if each.section == "2"]
    (norm,) = state.norms_of(provision.key)

    with pytest.raises(
        AssertionError, match="no step of the machine leads from fulfilled late to suspended by is_told"
    ):
        become(state, provision, Now(replace(norm, status="suspended")))
    with pytest.raises(AssertionError, match="no step of the machine leads from fulfilled late to active by is_over"):
        become(state, provision, Now(replace(norm, status="active")), is_over)
    assert become(state, provision, Now(norm)) is state


def test_nobody_but_the_machine_changes_a_norm() -> None:
    """`past.py` puts norms back as they stood, to be asked; `state.py` and `index.py` are the writing itself."""
    writing: dict[str, list[str]] = {}
    for path in Path(dsl.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
            given = {each.arg for each in node.keywords} if isinstance(node, ast.Call) else set()
            if called == "with_norm" or "norms" in given:
                writing.setdefault(path.name, []).append(called)

    assert set(writing) == {"engine.py", "past.py", "state.py", "index.py"}
    assert writing["engine.py"] == ["with_norm"]


def leads() -> dict[str, str]:
    """The last column of the table of statuses in the reference."""
    reference = (Path(__file__).parents[2] / "grammar" / "README.md").read_text(encoding="utf-8")
    table = reference.partition("## The life of a norm")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "|" in line]
    told = {row[0]: row[3] for row in rows[2:]}
    return {status: told["fulfilled"] if "the same" in to else to for status, to in told.items()}


def test_the_reference_says_to_which_statuses_each_one_leads() -> None:
    """Every way from a status, but for an amendment and for what begins anew, which the reference tells beside it."""
    told = leads()
    ways = {
        (before, after.removesuffix(" late"))
        for step in MACHINE
        for before in step.before
        for after in step.after
        if step.asked.__name__ != "is_amended" and (step.asked.__name__ != "comes" or before == "dormant")
    }

    assert set(told) == {each for step in MACHINE for each in step.before} - {NEW}
    assert [
        (before, after)
        for before, after in sorted(ways)
        if before != NEW and before.removesuffix(" late") != after
        if told[before] != "every other" and not re.search(rf"\b{after}\b", told[before])
    ] == []
