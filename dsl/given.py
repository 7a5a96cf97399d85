"""What has come about by itself, told from others of its kind: what it came from, and the name that was given to it."""

from dataclasses import dataclass
from datetime import datetime

ONLY = ' "only" of '
"""Stands in the origin of what there can be only one of (for an entry) before the name of that entry."""


def identity_of(origin: str) -> str:
    """What tells an entry that has come about by itself from others, by its origin: of a kind of which there can be
    only one, what it is the only one of, whichever sentence made it."""
    made, is_only, of = origin.partition(ONLY)
    return f"{made.partition(' under ')[0]}{ONLY}{of}" if is_only else origin


@dataclass(frozen=True, slots=True)
class Given:
    """The name of something that had come about by itself, at an instant, when a late fact was recorded; it is the
    `nth` of the entries of its `origin`, in the order in which they came about."""

    name: str
    origin: str
    nth: int
    at: datetime
