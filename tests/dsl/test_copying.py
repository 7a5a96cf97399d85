"""A value with other content in some fields is the value that its constructor would have made."""

from dataclasses import dataclass, field, is_dataclass
from dataclasses import replace as standard
from typing import Any

import pytest

from dsl.copying import replace


@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: int = 2
    kept: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Alone:
    only: str


@dataclass
class Open:
    first: int
    second: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Summed:
    first: int
    total: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.first + 1)


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (Pair(1, 5, (3,)), {}),
        (Pair(1, 5, (3,)), {"first": 7}),
        (Pair(1, 5, (3,)), {"second": 7, "kept": ()}),
        (Alone("a"), {"only": "b"}),
        (Open(1, [2]), {"first": 3}),
        (Summed(1), {"first": 9}),
    ],
)
def test_a_value_is_as_its_constructor_makes_it(value: object, changes: dict[str, Any]) -> None:
    assert is_dataclass(value)
    assert not isinstance(value, type)
    before = repr(value)

    found = replace(value, **changes)

    assert repr(found) == repr(standard(value, **changes))
    assert type(found) is type(value)
    assert repr(value) == before


def test_a_field_that_is_not_there_is_told() -> None:
    changes: dict[str, Any] = {"third": 3}

    with pytest.raises(TypeError, match="Pair has no field `third`"):
        replace(Pair(1), **changes)
