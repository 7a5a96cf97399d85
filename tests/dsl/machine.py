"""The changes of status that a state tells of, held against the table of the norm machine."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from dsl.compile import Agreement
from dsl.engine import MACHINE, Step
from dsl.state import Norm, State
from dsl.transitions import NEW


def changes(state: State) -> Iterator[tuple[str, str, str]]:
    """Every change of status of every norm: the key of its provision, from which status, to which."""
    forms: dict[str, list[Norm | None]] = defaultdict(list)
    for former in state.former_norms:
        forms[former.key].append(former.norm)
    for key, norm in state.norms.items():
        statuses = [each.status if each is not None else NEW for each in (*forms[key], norm)]
        for before, after in pairwise(statuses):
            if before != after:
                yield norm.provision, before, after


def steps_of(law: Agreement, change: tuple[str, str, str]) -> tuple[Step, ...]:
    """The steps of the machine that a change can be."""
    key, before, after = change
    statement = law.by_key[key].statement
    return tuple(each for each in MACHINE if after in each.after and each.concerns(before, statement))


def undeclared(law: Agreement, state: State) -> tuple[str, ...]:
    """The changes of status that are no step of the machine; what an amendment has taken out is left out."""
    told = (change for change in changes(state) if change[0] in law.by_key)
    return tuple(f"{law.by_key[each[0]].cited}: {each[1]} to {each[2]}" for each in told if not steps_of(law, each))
