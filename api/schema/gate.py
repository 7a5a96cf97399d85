"""What stands before every operation: limits on what one may ask, caches, and errors that tell clients no secrets.

The limits are worked out once for each document, and once for each fragment in it however often it is spread, before
anything dearer looks at it. What failed inside is logged here and told to the client as one sentence.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    parse,
    specified_rules,
)
from graphql import ExecutionResult as Executed
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document
from strawberry.types.execution import ExecutionResult, StreamExecutionResult

from api.answers import DISK_FULL, in_seconds
from api.schema.context import LARGEST_PAGE
from api.schema.cursors import Cursors
from api.store.failures import Trouble, trouble_of
from api.store.pace import SHORTEST

MOST_TOKENS: Final = 4000
DEEPEST: Final = 24
MOST_FIELDS: Final = 3000
MOST_ALIASES: Final = 100
MOST_ROOTS: Final = 20
DEAREST: Final = 100_000
DEAR: Final = {"preview": 5_000, "compare": 5_000, "whyNot": 5_000, "explain": 5_000}
"""What it costs to ask for what is tried out on a whole deal; anything else costs 1."""
MOST_ERRORS: Final = 5
AWAY: Final = "The database cannot be asked just now. Ask again"
_ENDLESS: Final = 10**9

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a selection asks for."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    cost: int = 0

    def beside(self, other: "Weight") -> "Weight":
        """Two selections in one place."""
        return Weight(
            max(self.depth, other.depth),
            min(self.fields + other.fields, _ENDLESS),
            min(self.aliases + other.aliases, _ENDLESS),
            min(self.cost + other.cost, _ENDLESS),
        )


@dataclass(slots=True)
class Scale:
    """Weighs one document; a fragment is weighed once."""

    fragments: dict[str, FragmentDefinitionNode]
    known: dict[str, Weight] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def selection(self, selections: SelectionSetNode | None) -> Weight:
        total = Weight()
        for each in selections.selections if selections is not None else ():
            match each:
                case FieldNode():
                    total = total.beside(self.field(each))
                case InlineFragmentNode():
                    total = total.beside(self.selection(each.selection_set))
                case FragmentSpreadNode():
                    total = total.beside(self.fragment(each.name.value))
                case _:
                    continue
        return total

    def field(self, node: FieldNode) -> Weight:
        inner = self.selection(node.selection_set)
        times = _times(node) if node.selection_set is not None else 1
        cost = min(DEAR.get(node.name.value, 1) + times * inner.cost, _ENDLESS)
        return Weight(inner.depth + 1, inner.fields + 1, inner.aliases + (node.alias is not None), cost)

    def fragment(self, name: str) -> Weight:
        if name not in self.known:
            found = self.fragments.get(name)
            if found is None or name in self.open:
                return Weight()  # a fragment that is missing or a circle: validation says so
            self.open.add(name)
            self.known[name] = self.selection(found.selection_set)
            self.open.discard(name)
        return self.known[name]


def _times(node: FieldNode) -> int:
    """How many rows a field may bring: what it asks for, or the most there can be if that is a variable."""
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last", "ids"):
            match argument.value:
                case ListValueNode(values=values):
                    return max(len(values), 1)
                case IntValueNode(value=value):
                    return min(max(int(value), 1), LARGEST_PAGE)
                case VariableNode():
                    return LARGEST_PAGE
                case _:
                    return 1
    return 1


def excess(document: DocumentNode) -> str | None:
    """Which limit a document passes, or None if it keeps within all of them."""
    scale = Scale({each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)})
    for each in document.definitions:
        if not isinstance(each, OperationDefinitionNode):
            continue
        weight = scale.selection(each.selection_set)
        roots = sum(1 for one in each.selection_set.selections if isinstance(one, FieldNode))
        for name, asked, most in (
            ("depth", weight.depth, DEEPEST),
            ("number of fields", weight.fields, MOST_FIELDS),
            ("number of aliases", weight.aliases, MOST_ALIASES),
            ("number of questions", roots, MOST_ROOTS),
            ("cost", weight.cost, DEAREST),
        ):
            if asked > most:
                return f"The {name} of this operation is more than {most}."
    return None


@lru_cache(maxsize=256)
def _parsed(query: str) -> DocumentNode:
    return parse(query, max_tokens=MOST_TOKENS)


@lru_cache(maxsize=256)
def checked(schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
    """What is wrong with a document: a limit that it passes, or all that makes it none of the schema."""
    passed = excess(document)
    if passed is not None:
        return (GraphQLError(passed, extensions={"code": "TOO_MUCH"}),)
    return tuple(validate_document(schema, document, tuple(specified_rules)))


class Gate(SchemaExtension):
    """Reads and checks each document once."""

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MOST_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query is not None:
            try:
                context.graphql_document = _parsed(context.query)
            except GraphQLError:
                context.graphql_document = None  # read again, and told, by the schema itself
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if context.graphql_document is not None:
            graphql_schema: GraphQLSchema = context.schema._schema
            context.pre_execution_errors = list(checked(graphql_schema, context.graphql_document))
        yield


class Errors(SchemaExtension):
    """Gives every error a code, and hides what was not meant for clients."""

    def on_operation(self) -> Iterator[None]:
        yield
        result = self.execution_context.result
        if isinstance(result, Executed | ExecutionResult) and result.errors:
            result.errors = tell(result.errors)

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        errors = getattr(result, "errors", None)
        if errors:
            result.errors = tell(errors)  # type: ignore[union-attr]
        yield


def tell(errors: list[GraphQLError]) -> list[GraphQLError]:
    """The errors as clients may see them, the first few of them."""
    return [_told(each) for each in errors[:MOST_ERRORS]]


def _told(error: GraphQLError) -> GraphQLError:
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    if original is not None and not isinstance(original, GraphQLError):
        log.error("an operation failed", exc_info=original)
        message, extensions = _of_our_side(original)
        return GraphQLError(message, nodes=error.nodes, path=error.path, extensions=extensions)
    if not error.extensions or "code" not in error.extensions:
        error.extensions = {**(error.extensions or {}), "code": "BAD_OPERATION"}
    return error


def _of_our_side(error: Exception) -> tuple[str, dict[str, object]]:
    """What is told of a failure of ours: whether to ask again, and nothing of what is inside."""
    match trouble_of(error):
        case Trouble.BUSY | Trouble.LOST | Trouble.PASSING:
            return f"{AWAY} {in_seconds(SHORTEST)}.", {"code": "BUSY", "retryAfter": SHORTEST}
        case Trouble.FULL:
            return DISK_FULL, {"code": "DISK_FULL"}
        case _:
            return "Something went wrong on our side. It is on record.", {"code": "INTERNAL"}


EXTENSIONS = (Gate, Errors, Cursors)
