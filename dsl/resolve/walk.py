"""Every part of a term or a syntax node, in the order it was written."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from dsl.terms import Reference, Row, Selection


def walk(part: Any, leaving_out: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Each frozen value inside a part, outermost first; fields named in `leaving_out` are not entered."""
    waiting = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting += reversed(each)
        elif (names := _field_names(each.__class__)) is not None:
            yield each
            inner = [getattr(each, name) for name in names if name not in leaving_out]
            waiting += reversed(inner)


def kinds_within(reference: Reference) -> tuple[str, ...]:
    """The kinds of all entries that a reference speaks of: of its row, and of what it selects from."""
    return tuple(
        kind
        for each in walk(reference)
        for kind in ((each.kind,) if isinstance(each, Row) else each.kinds if isinstance(each, Selection) else ())
    )


@lru_cache(maxsize=512)
def _field_names(kind: Any) -> tuple[str, ...] | None:
    """What a kind of value has inside; None of one that is no part of a term or syntax node."""
    if not is_dataclass(kind):
        return None
    return tuple(each.name for each in fields(kind) if each.name not in ("span", "text"))
