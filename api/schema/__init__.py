"""The GraphQL schema: one module per subject, thin resolvers, and unions of success and expected refusals."""

from functools import cache

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

from api.schema.access import govern
from api.schema.gate import EXTENSIONS
from api.schema.mutation import Mutation
from api.schema.query import Query
from api.schema.scalars import CONFIG
from api.schema.subscription import Subscription


class _Schema(strawberry.Schema):
    """The schema; what failed inside is logged by its guards, and what a client got wrong is not."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        return


@cache
def make_schema() -> strawberry.Schema:
    """The schema, with its guards; it is made once, and never changes."""
    schema = _Schema(Query, Mutation, Subscription, config=CONFIG, extensions=EXTENSIONS)
    govern(schema._schema)
    return schema


@cache
def printed(schema: strawberry.Schema) -> str:
    """The schema as text, as it is committed beside the code."""
    return f"{schema.as_str().strip()}\n"
