"""Operations made from the schema itself: for each question, act and stream, one that asks for everything below it.

A type is opened once in an operation, so that what refers to itself has an end. Of a union one member is asked for, and
the next one by the next operation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_required_argument,
)

Told = tuple[str, str]
"""A type and a field of it."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation in words, and each field of each type that it asks for."""

    root: str
    words: str
    fields: frozenset[Told]


@dataclass(slots=True)
class _Maker:
    schema: GraphQLSchema
    samples: Mapping[str, str]
    turn: int
    open: set[str] = field(default_factory=set)
    fields: set[Told] = field(default_factory=set)

    def field(self, parent: str, name: str, of: GraphQLField) -> str:
        self.fields.add((parent, name))
        given = ", ".join(self.arguments(f"{parent}.{name}", of.args))
        return f"{name}{f'({given})' if given else ''}{self.selection(of.type)}"

    def arguments(self, place: str, wanted: Mapping[str, GraphQLArgument]) -> Iterator[str]:
        for name, argument in wanted.items():
            sample = self.samples.get(f"{place}.{name}")
            if sample is None and is_required_argument(argument):
                raise LookupError(f"There is no sample for the argument {place}.{name}: give one in the matrix.")
            if sample is not None:
                yield f"{name}: {sample}"

    def selection(self, of: GraphQLOutputType) -> str:
        named = get_named_type(of)
        match named:
            case GraphQLUnionType(types=types):
                chosen = types[self.turn % len(types)]
                why = " ... on Invalid { code }" if any(each.name == "Invalid" for each in types) else ""
                return f" {{ __typename ... on {chosen.name}{self.selection(chosen)}{why} }}"
            case GraphQLInterfaceType():
                of_kind = self.schema.get_possible_types(named)
                chosen = of_kind[self.turn % len(of_kind)]
                return f" {{ __typename ... on {chosen.name}{self.selection(chosen)} }}"
            case GraphQLObjectType(name=name, fields=fields):
                if name in self.open:
                    return " { __typename }"
                self.open.add(name)
                inner = " ".join(self.field(name, each, one) for each, one in fields.items())
                return f" {{ __typename {inner} }}"
            case _:
                return ""


def roots(schema: GraphQLSchema) -> dict[str, tuple[str, GraphQLField]]:
    """Every question, act and stream by its name, with the word that an operation of it begins with."""
    found: dict[str, tuple[str, GraphQLField]] = {}
    for word, root in (
        ("query", schema.query_type), ("mutation", schema.mutation_type), ("subscription", schema.subscription_type),
    ):  # fmt: skip
        assert root is not None
        found |= {f"{root.name}.{name}": (word, each) for name, each in root.fields.items()}
    return found


def operations(schema: GraphQLSchema, samples: Mapping[str, str]) -> list[Operation]:
    """All operations; `samples` are the arguments to ask with, by `Type.field.argument`."""
    made: dict[str, Operation] = {}
    for root, (word, each) in roots(schema).items():
        named = get_named_type(each.type)
        turns = len(schema.get_possible_types(named)) if isinstance(named, GraphQLInterfaceType) else 4
        for turn in range(turns):
            maker = _Maker(schema, samples, turn)
            parent, name = root.split(".")
            words = f"{word} {{ {maker.field(parent, name, each)} }}"
            made.setdefault(words, Operation(root, words, frozenset(maker.fields)))
    return list(made.values())


def all_fields(schema: GraphQLSchema) -> set[Told]:
    """Each field of each type that can be asked for."""
    types = (each for each in schema.type_map.values() if isinstance(each, GraphQLObjectType))
    return {(each.name, name) for each in types if not each.name.startswith("__") for name in each.fields}


def told(answer: Any, root: str) -> Iterator[Told]:
    """Each field of each type of which an answer tells something: it has a value, be it an empty list."""
    parent, name = root.split(".")
    found = (answer or {}).get(name)
    if found not in (None, [None]) and not (isinstance(found, dict) and found["__typename"] == "Invalid"):
        yield parent, name
        yield from _below(found)


def _below(value: Any) -> Iterator[Told]:
    if isinstance(value, list):
        for each in value:
            yield from _below(each)
    elif isinstance(value, dict) and "__typename" in value:  # else it is a JSON, which has no fields
        type_ = value["__typename"]
        for name, each in value.items():
            if name != "__typename" and each is not None:
                yield type_, name
                yield from _below(each)
