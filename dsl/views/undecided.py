"""What is open of a deal because the courses that it may have taken, one for each reading, are not the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from dsl.compile import Agreement
from dsl.holders import may_have_filled
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.reasons import Wait
from dsl.state import State
from dsl.worlds import states_of, told_apart, voices

Answer = TypeVar("Answer")

NOBODY, FREED = "nobody", "discharged"
OPEN = "open"
"""The status of what does not have the same one under every reading."""


@dataclass(frozen=True, slots=True)
class UndecidedView:
    """Something that is not the same under every reading of what is ambiguous or blank.

    `what` is `end`, `role`, `fund`, `paid`, `discharge` or `event`, `name` which one, `told` how it stands under each
    reading, and `waits` what settles it.
    """

    what: str
    name: str
    told: str
    waits: tuple[str, ...]


def undecided(law: Agreement, state: State) -> tuple[UndecidedView, ...]:
    """Everything that is open so: whether all has ended, who fills a role, what a fund holds, what somebody was paid,
    who is discharged, and how many events of a kind there have been."""
    return tuple(_found(law, state))


def heard(state: State) -> tuple[State, ...]:
    """The states of the worlds that are asked; a state without any answers itself."""
    return tuple(world.state for world in voices(state)) or (state,)


def in_all(state: State, asked: Callable[[State], Answer], otherwise: Answer) -> Answer:
    """What the worlds of a state answer, if it is the same in all; of a state without any, what it answers itself."""
    answers = [asked(each) for each in heard(state)]
    return answers[0] if all(each == answers[0] for each in answers) else otherwise


def ended(state: State) -> tuple[datetime | None, str]:
    """When the agreement has ended, and by which section; nothing where that is not the same under every reading."""
    nothing: tuple[datetime | None, str] = (None, "")
    return in_all(state, _ending, nothing)


def _ending(world: State) -> tuple[datetime | None, str]:
    return world.terminated, world.terminated_by


def fillers(law: Agreement, state: State) -> dict[str, str]:
    """Who fills each role now, as far as it is the same under every reading."""
    roles = dict.fromkeys(role for each in states_of(state) for role in each.fillers)
    found = {role: in_all(state, partial(_filler_if_known, law, role), "") for role in roles}
    return {role: filler for role, filler in found.items() if filler not in ("", NOBODY)}


def _filler_if_known(law: Agreement, role: str, world: State) -> str:
    """Who fills a role in a world; nothing where somebody else may, or nobody."""
    filler = _filler(role, world)
    maybe = may_have_filled(Judge(law, world, world.now), role)
    return filler if all(each == filler for each, _ in maybe) else ""


def discharged(state: State) -> tuple[str, ...]:
    """Who has been discharged under every reading."""
    everybody = dict.fromkeys(party for each in states_of(state) for party in each.discharged)
    return tuple(party for party in everybody if in_all(state, partial(_freed, party), "") == FREED)


def totals(state: State) -> dict[tuple[str, str], int]:
    """What each payee got in each unit, in the order of the first payment; what stays in a fund is not paid."""
    found: dict[tuple[str, str], int] = {}
    for each in state.postings:
        if "/" not in each.target:
            key = (each.target, each.amount.unit)
            found[key] = found.get(key, 0) + each.amount.amount
    return found


def open_answer(law: Agreement, state: State, asked: Callable[[State], str]) -> tuple[str, tuple[Wait, ...]] | None:
    """How the worlds of a state answer differently, and what settles that; None where they do not."""
    if not state.worlds:
        return None
    answers = [asked(world.state) for world in voices(state)]
    return told_apart(law, state, answers) if len({*answers}) > 1 else None


def _found(law: Agreement, state: State) -> Iterator[UndecidedView]:
    for what, name, asked in _questions(law, state):
        found = open_answer(law, state, asked)
        if found is not None:
            yield UndecidedView(what, name, found[0], tuple(wait.text for wait in found[1]))


def _questions(law: Agreement, state: State) -> Iterator[tuple[str, str, Callable[[State], str]]]:
    """What may not be the same in all worlds, by what it is and its name, and how a world answers."""
    yield "end", "this agreement", _end
    for role in dict.fromkeys(role for each in states_of(state) for role in each.fillers):
        yield "role", role, partial(_filler, role)
    for fund in law.terms.funds.values():
        for part in ("balance", "excess", "interest"):
            name = fund.name if part == "balance" else f"{part} of the {fund.name}"
            yield "fund", name, partial(_held, f"{fund.name}/{part}", fund.unit)
    for payee, unit in dict.fromkeys(key for each in states_of(state) for key in totals(each)):
        yield "paid", payee, partial(_paid, payee, unit)
    for party in law.terms.parties:
        yield "discharge", party, partial(_freed, party)
    for kind in law.occurring:
        yield "event", kind, partial(_times, kind)


def _end(world: State) -> str:
    return "runs" if world.terminated is None else "has ended"


def _filler(role: str, world: State) -> str:
    return world.fillers.get(role, NOBODY)


def _held(account: str, unit: str, world: State) -> str:
    return str(world.balance(account, unit))


def _paid(payee: str, unit: str, world: State) -> str:
    return str(Quantity(totals(world).get((payee, unit), 0), unit))


def _freed(party: str, world: State) -> str:
    return FREED if party in world.discharged else "bound"


def _times(kind: str, world: State) -> str:
    return str(len(world.of_kind(kind)))
