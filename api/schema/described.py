"""Fields of the schema with a description, which the schema shows to whoever reads it."""

from collections.abc import Callable
from typing import Any

import strawberry

Resolver = Callable[..., Any]


def field(description: str) -> Callable[[Resolver], Any]:
    """A field that a function resolves."""
    return lambda resolver: strawberry.field(resolver, description=description)


def mutation(description: str) -> Callable[[Resolver], Any]:
    """A mutation."""
    return lambda resolver: strawberry.mutation(resolver, description=description)


def subscription(description: str) -> Callable[[Resolver], Any]:
    """A subscription."""
    return lambda resolver: strawberry.subscription(resolver, description=description)
