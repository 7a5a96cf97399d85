"""Acts of a group: each member does the same, and the act is the group's once enough have done it by its rule.

The first act of a member is a concurrence and changes nothing else. The same holds of people who act for somebody
together. A signature, a delivery and a payment out of one's
own pocket need none: every member does them for itself.
"""

from dataclasses import replace

from dsl.compile import Agreement
from dsl.entries import person_of, principal_of, satisfied_at
from dsl.events import Acted
from dsl.norms import change
from dsl.state import Concurrence, State


def joins(law: Agreement, state: State, acted: Acted) -> Acted | str:
    """An act, which says so where it is one member's of a group; or why not: the actor, or the person who acts for it,
    has done the very same before, and waits for the others."""
    group, principal, member = _level(law, acted)
    if not group:
        return acted
    found = _so_far(state, acted, group, principal)
    if found is None or member not in dict(found.by):
        return replace(acted, note=concurs(law, acted))
    who = acted.attempt.by or acted.attempt.actor
    return f"{who} has done this already, and waits for the others of {group}."


def concur(law: Agreement, state: State, acted: Acted) -> tuple[State, Acted | None]:
    """The state with one more concurrence, and the act as a whole where it is now complete.

    Who acts for the actor together comes first; then the act is the actor's, who may have to concur with others.
    """
    group, principal, member = _level(law, acted)
    if not group:
        return state, acted
    found = _so_far(state, acted, group, principal)
    by = (*(found.by if found is not None else ()), (member, state.now))
    others = tuple(each for each in state.concurrences if each is not found)
    if satisfied_at(law, group, dict(by)) is not None:
        state = replace(state, concurrences=others)
        if acted.hands:
            return concur(law, state, replace(acted, hands=""))
        return state, replace(acted, attempt=replace(acted.attempt, actor=group), group="")
    waiting = Concurrence(group, acted.attempt.action, acted.attempt.under, by, principal)
    state = replace(state, concurrences=(*others, waiting))
    rule = law.terms.parties[group].rule
    return change(state, acted.section, concurs(law, acted), f"{group} acts by {rule} of them"), None


def concurs(law: Agreement, acted: Acted) -> str:
    """`Ann concurs for Lenders`, `Ann concurs for Signatories, who act for Buyer`."""
    group, principal, member = _level(law, acted)
    return f"{member} concurs for {group}" + (f", who act for {principal}" if principal else "")


def _level(law: Agreement, acted: Acted) -> tuple[str, str, str]:
    """The group that has to act together now, for whom it acts if it is no party, and its member."""
    if acted.hands:
        return acted.hands, principal_of(law, acted.attempt), person_of(law, acted.attempt)
    return acted.group, "", acted.attempt.actor


def _so_far(state: State, acted: Acted, group: str, principal: str) -> Concurrence | None:
    attempt = acted.attempt
    for each in state.concurrences:
        same = (each.action, each.under) == (attempt.action, attempt.under)
        if same and (each.group, each.principal) == (group, principal):
            return each
    return None
