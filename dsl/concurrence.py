"""Acts of a group: each member does the same, and the act is the group's once enough have done it by its rule.

The first act of a member is a concurrence and changes nothing else. The same holds of people who act for somebody
together. A signature, a delivery and a payment out of one's own pocket need none: every member does them for itself.
Until the group has acted, a member takes back what it would have made (`withdraw`), or says it with other content.
"""

from dataclasses import replace

from dsl import actions as a
from dsl.compile import Agreement
from dsl.entries import find, person_of, principal_of, satisfied_at
from dsl.events import Acted
from dsl.norms import change
from dsl.state import Concurrence, Entry, State


def joins(law: Agreement, state: State, acted: Acted) -> Acted | str:
    """An act, which says so where it is one member's of a group; or why not: the actor, or the person who acts for it,
    has done the very same before, and waits for the others."""
    taken_back = own_voices(law, state, acted.attempt)
    if taken_back:
        return replace(acted, note=_no_longer(law, taken_back[0], acted.attempt))
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

    Who acts for the actor together comes first; then the act is the actor's, who may have to concur with others. Where
    the act takes back a concurrence there is one less, and no act.
    """
    if isinstance(acted.attempt.action, a.Withdraw) and _named(law, state, acted.attempt.action) is None:
        return _taken_back(law, state, acted), None
    group, principal, member = _level(law, acted)
    if not group:
        return state, acted
    found = _so_far(state, acted, group, principal)
    by = (*(found.by if found is not None else ()), (member, state.now))
    said_before = [each for each in state.concurrences if _is_instead(acted, each, group, principal)]
    state = _without(state, said_before, member)
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


def own_voices(law: Agreement, state: State, attempt: a.Attempt) -> tuple[Concurrence, ...]:
    """The concurrences of its own that an attempt to withdraw would take back: to make what it names, which the group
    has not made; none if it is another attempt."""
    action = attempt.action
    if not isinstance(action, a.Withdraw) or _named(law, state, action) is not None:
        return ()
    return tuple(
        each
        for each in state.concurrences
        if isinstance(each.action, a.Make)
        and (not action.name or each.action.name == action.name)
        and (not action.kind or each.action.kind in law.kinds_of(action.kind))
        and _member(law, each, attempt) in dict(each.by)
    )


def _named(law: Agreement, state: State, action: a.Withdraw) -> Entry | None:
    """The entry that is to be withdrawn, if it has been made."""
    return find(state, law.kinds_of(action.kind), action.name) if action.name else None


def _member(law: Agreement, concurrence: Concurrence, attempt: a.Attempt) -> str:
    """As whom an attempt is made in a group: the actor, or the person who acts for the one that the group acts for."""
    if not concurrence.principal:
        return attempt.actor
    return person_of(law, attempt) if principal_of(law, attempt) == concurrence.principal else ""


def _taken_back(law: Agreement, state: State, acted: Acted) -> State:
    for each in own_voices(law, state, acted.attempt):
        state = _without(state, [each], _member(law, each, acted.attempt))
        told = _no_longer(law, each, acted.attempt)
        state = change(state, acted.section, told, f"it is withdrawn before {each.group} has acted")
    return state


def _no_longer(law: Agreement, concurrence: Concurrence, attempt: a.Attempt) -> str:
    """`Ann no longer concurs for Panel`."""
    return f"{_member(law, concurrence, attempt)} no longer concurs for {concurrence.group}"


def _is_instead(acted: Acted, concurrence: Concurrence, group: str, principal: str) -> bool:
    """Whether an act says otherwise what a concurrence says: there can be one entry only of a kind and a name."""
    made, before = acted.attempt.action, concurrence.action
    if not isinstance(made, a.Make) or not isinstance(before, a.Make) or made == before:
        return False
    same = (concurrence.group, concurrence.principal) == (group, principal)
    return same and (made.kind, made.name) == (before.kind, before.name)


def _without(state: State, some: list[Concurrence], member: str) -> State:
    """The state in which a member has no part in some concurrences; one that nobody has a part in is gone."""
    kept = (
        replace(each, by=tuple(one for one in each.by if one[0] != member)) if each in some else each
        for each in state.concurrences
    )
    return replace(state, concurrences=tuple(each for each in kept if each.by))
