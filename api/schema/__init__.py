"""The GraphQL schema: one module per subject, thin resolvers, and unions of success and expected refusals."""

from collections.abc import Iterable
from functools import cache
from types import new_class
from typing import Any, Final

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    ObjectTypeExtensionNode,
    TypeDefinitionNode,
    parse,
    print_ast,
)
from strawberry.types import ExecutionContext

from api.editions import Edition
from api.lru import Lately
from api.schema.access import Audience, Row, govern
from api.schema.gate import EXTENSIONS
from api.schema.mutation import Mutation
from api.schema.query import Query
from api.schema.scalars import CONFIG
from api.schema.sharing import Sharing
from api.schema.subscription import Subscription
from api.schema.typed import TypedMutation, typed_mutations
from api.schema.words import describe


class _Schema(strawberry.Schema):
    """The schema; what failed inside is logged by its guards, and what a client got wrong is not."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        return


_MADE: Final[Lately[tuple[tuple[str, str], ...], strawberry.Schema]] = Lately(8)


def make_schema(editions: Iterable[Edition] = ()) -> strawberry.Schema:
    """The schema, with its guards and with a mutation for each of the agreements; made once for the same texts."""
    under = tuple(editions)
    key = tuple((each.name, each.agreement.digest) for each in under)
    made = _MADE.get(key)
    if made is None:
        made = _make(under)
        _MADE.put(key, made)
    return made


def _make(editions: tuple[Edition, ...]) -> strawberry.Schema:
    plain = _over(Mutation)
    typed = typed_mutations(editions, plain._schema.type_map)
    schema = _over(_with(typed)) if typed else plain
    govern(schema._schema, {f"Mutation.{each.name}": Row(Audience.PERSON) for each in typed})
    describe(schema._schema)
    return schema


def _over(mutation: type) -> strawberry.Schema:
    return _Schema(Query, mutation, Subscription, config=CONFIG, extensions=EXTENSIONS, execution_context_class=Sharing)


def _with(typed: Iterable[TypedMutation]) -> type:
    """The mutations with those of the agreements."""
    made = new_class("Mutation", (Mutation,), {}, lambda ns: ns.update({each.name: each.field for each in typed}))
    return strawberry.type(made, name="Mutation", description=Mutation.__doc__)


@cache
def printed(schema: strawberry.Schema) -> str:
    """The schema as text, as it is committed beside the code."""
    return f"{schema.as_str().strip()}\n"


def added(schema: strawberry.Schema) -> str:
    """What agreements add to the schema that every service has, as text: mutations and types of acts."""
    every, whole = _types(make_schema()), _types(schema)
    mutations = {each.name.value for each in every["Mutation"].fields}
    mutation = whole["Mutation"]
    new = tuple(each for each in mutation.fields if each.name.value not in mutations)
    extension = ObjectTypeExtensionNode(name=mutation.name, interfaces=(), directives=(), fields=new)
    types = (each for name, each in whole.items() if name not in every)
    return f"{print_ast(DocumentNode(definitions=(extension, *types)))}\n"


def _types(schema: strawberry.Schema) -> dict[str, Any]:
    found = parse(printed(schema)).definitions
    return {each.name.value: each for each in found if isinstance(each, TypeDefinitionNode)}
