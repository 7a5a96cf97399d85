"""Every part of a term or a syntax node, in the order it was written."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any


def walk(part: Any, leaving_out: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Each frozen value inside a part, outermost first; fields named in `leaving_out` are not entered."""
    waiting = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting += reversed(each)
        elif is_dataclass(each) and not isinstance(each, type):
            yield each
            inner = [getattr(each, name) for name in _field_names(type(each)) if name not in leaving_out]
            waiting += reversed(inner)


@lru_cache(maxsize=512)
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name not in ("span", "text"))
