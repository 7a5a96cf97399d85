"""A frozen value in, the same with other content in some fields out.

An engine over values makes little else. `dataclasses.replace` looks up every field anew and passes all of them to the
constructor by name; here it is known of each kind of value how all its fields are read and written.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace  # of which the type checker knows what a value has
else:

    def replace(value, /, **changes):
        """The value with other content in these fields, for which `__post_init__` is called as for any new value.

        Raises TypeError for a field that it has not.
        """
        kind = value.__class__
        read, writers, of_field, finish = _fields_of(kind)
        copy = object.__new__(kind)
        for write, content in zip(writers, read(value)):  # noqa: B905 -- as many as there are fields, and in a hurry
            write(copy, content)
        for name, content in changes.items():
            if name not in of_field:
                raise TypeError(f"{kind.__name__} has no field `{name}`")
            of_field[name](copy, content)
        if finish is not None:
            finish(copy)
        return copy


Write = Callable[[object, object], None]


@cache
def _fields_of(kind: type) -> tuple[Callable[[Any], Any], tuple[Write, ...], dict[str, Write], Any]:
    """How all fields of a kind of value are read at once, how each is written, and what is called at the end."""
    names = tuple(each.name for each in fields(kind))
    writers = tuple(_writer(kind, name) for name in names)
    read = attrgetter(*names) if len(names) > 1 else partial(_one_by_one, names)
    return read, writers, dict(zip(names, writers, strict=True)), getattr(kind, "__post_init__", None)


def _one_by_one(names: tuple[str, ...], value: object) -> tuple[object, ...]:
    return tuple(getattr(value, name) for name in names)


def _writer(kind: type, name: str) -> Write:
    slot: Any = getattr(kind, name, None)
    if hasattr(slot, "__set__"):
        found: Write = slot.__set__
        return found

    def write(value: object, content: object) -> None:
        object.__setattr__(value, name, content)

    return write
