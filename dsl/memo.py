"""What has been worked out for the state that was looked at last, so that nothing is worked out twice for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dsl.compile import Agreement
from dsl.state import State

Memo = dict[tuple[object, ...], tuple[Any, frozenset[datetime]]]
"""What a definition has been found to be, and the instants ahead that were met on the way."""


@dataclass(frozen=True, slots=True)
class _Latest:
    """The definitions worked out for the state that was looked at last."""

    agreement: Agreement
    state: State
    now: datetime
    memo: Memo


_latest: list[_Latest] = []
"""At most one: what many sentences speak of is worked out once for a state and an instant."""


def memo_of(agreement: Agreement, state: State, now: datetime) -> Memo:
    """The memory of a state at an instant; another one is forgotten."""
    for each in tuple(_latest):
        if each.state is state and each.agreement is agreement and each.now == now:
            return each.memo
    made = _Latest(agreement, state, now, {})
    _latest[:] = [made]
    return made.memo
