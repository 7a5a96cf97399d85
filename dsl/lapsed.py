"""What would have happened by itself while its section was replaced: for that occasion it does not happen any more.

That it lapsed is kept as a latch beside the one that says that it happened, for every statement of the sentence.
"""

from collections.abc import Iterable
from datetime import datetime

from dsl.state import State, key_of

_LAPSED = "~"
"""What ends the key of a latch that says that something lapsed."""


def lapsed_at(state: State, provision: str, number: int | None) -> datetime | None:
    """When what a provision makes happen for a row lapsed; None if it did not, or has happened since."""
    lapsed = state.latches.get(key_of(provision + _LAPSED, number))
    happened = state.latches.get(key_of(provision, number))
    return lapsed if lapsed is None or happened is None or lapsed >= happened else None


def done_at(state: State, provision: str, number: int | None) -> datetime | None:
    """When the condition of a provision was last met, whether what it makes happen then happened or lapsed."""
    return lapsed_at(state, provision, number) or state.latches.get(key_of(provision, number))


def with_lapse(state: State, provision: str, number: int | None, at: datetime | None) -> State:
    """The state in which what a provision makes happen has lapsed at an instant, or no longer so."""
    return state.with_latch(key_of(provision + _LAPSED, number), at)


def has_lapsed(state: State, provisions: Iterable[str]) -> bool:
    """Whether anything that some provisions make happen has lapsed, for any row."""
    lapsed = {provision + _LAPSED for provision in provisions}
    return any(key.rpartition("#")[0] in lapsed for key in state.latches)
