"""Acts for which the agreement has no words by what is known now: an amendment had them that a late fact took away.

They stay on record, and nothing follows from them. An amendment that brings the words again brings back the acts.
"""

from collections.abc import Callable
from dataclasses import replace

from dsl import actions as a
from dsl.compile import Agreement
from dsl.events import Acted
from dsl.state import State


def is_wordless(law: Agreement, state: State, acted: Acted) -> bool:
    """Whether an agreement does not know of what an act speaks; what is paid needs no words, because it was paid."""
    match acted.attempt.action:
        case a.Make() | a.Sign() as action:
            return not law.kinds_of(action.kind)
        case a.Deliver() | a.Withdraw() as action:
            made = (each.attempt.action for each in state.aside)
            return any(isinstance(each, a.Make | a.Sign) and each.kind == action.kind for each in made)
        case a.Fill() as action:
            addresses = (each.blank for each in law.terms.addresses)
            return action.blank not in (*law.terms.blanks, *addresses)
        case a.Choose() as action:
            return action.ambiguity not in law.terms.ambiguities
        case _:
            return False


def set_aside(state: State, acted: Acted) -> State:
    """The state in which an act is on record and nothing else."""
    return replace(state, now=acted.at, acts=state.acts + 1, aside=(*state.aside, acted))


def taken_up_again(law: Agreement, state: State, done: Callable[[Agreement, State, Acted], State]) -> State:
    """The state in which that is done now of what was set aside for which there are words now."""
    for each in state.aside:
        left = replace(state, aside=tuple(other for other in state.aside if other is not each))
        if not is_wordless(law, left, each):
            state = replace(done(law, left, replace(each, at=state.now)), acts=state.acts)
    return state
