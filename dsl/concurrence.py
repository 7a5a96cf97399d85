"""Acts of a group: each member does the same, and the act is the group's once enough have done it by its rule.

The first act of a member is a concurrence and changes nothing else. A signature, a delivery and a payment out of one's
own pocket need none: every member does them for itself.
"""

from dataclasses import replace

from dsl.compile import Agreement
from dsl.entries import satisfied_at
from dsl.events import Acted
from dsl.norms import change
from dsl.state import Concurrence, State


def has_concurred(state: State, acted: Acted) -> bool:
    """Whether the actor has done the very same for the group before, and the others have not followed yet."""
    found = _so_far(state, acted)
    return found is not None and acted.attempt.actor in dict(found.by)


def concur(law: Agreement, state: State, acted: Acted) -> tuple[State, Acted | None]:
    """The state with one more concurrence, and the act as that of the group where it is now complete."""
    if not acted.group:
        return state, acted
    found = _so_far(state, acted)
    by = (*(found.by if found is not None else ()), (acted.attempt.actor, state.now))
    others = tuple(each for each in state.concurrences if each is not found)
    if satisfied_at(law, acted.group, dict(by)) is not None:
        whole = replace(acted, attempt=replace(acted.attempt, actor=acted.group), group="")
        return replace(state, concurrences=others), whole
    waiting = Concurrence(acted.group, acted.attempt.action, acted.attempt.under, by)
    state = replace(state, concurrences=(*others, waiting))
    told = f"{acted.attempt.actor} concurs for {acted.group}"
    rule = law.terms.parties[acted.group].rule
    return change(state, acted.section, told, f"{acted.group} acts by {rule} of them"), None


def _so_far(state: State, acted: Acted) -> Concurrence | None:
    attempt = acted.attempt
    for each in state.concurrences:
        if (each.group, each.action, each.under) == (acted.group, attempt.action, attempt.under):
            return each
    return None
