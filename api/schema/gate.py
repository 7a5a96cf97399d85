"""What stands before every operation: limits on what one may ask, caches, and errors that tell clients no secrets.

The limits are worked out once for each document, and once for each fragment in it however often it is spread, before
anything dearer looks at it. What failed inside is logged here and told to the client as one sentence.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    NoFragmentCyclesRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
)
from graphql import ExecutionResult as Executed
from opentelemetry.trace import Span
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.schema.schema import validate_document
from strawberry.types.execution import ExecutionContext, ExecutionResult, StreamExecutionResult
from strawberry.types.graphql import OperationType

from api.allowance import A_QUESTION, TOO_FAST, Throttled
from api.answers import DISK_FULL, in_seconds
from api.lru import Lately
from api.schema.context import Context, problem
from api.schema.cursors import Cursors
from api.schema.weight import DEAREST, Price, Verdict, weighed
from api.store.failures import Trouble, trouble_of
from api.store.pace import SHORTEST

MOST_TOKENS: Final = 4000
MOST_ERRORS: Final = 5
MOST_KEPT: Final = 400_000
"""So many characters the documents may have together that are kept read and checked: some 100 MB, at the worst."""
_NULL: Final = re.compile(r"Field '(\w+)' of type 'Maybe\[")
_MADE: Final = re.compile(r"Cannot query field '\w+' on type 'Mutation'|Unknown type '")
SIGN_IN: Final = (
    "Sign in: send your token as `Authorization: Bearer ...`. What is made of agreements is there for who is signed in."
)
AWAY: Final = "The database cannot be asked just now. Ask again"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was read, what it asks for, and what is wrong with it."""

    document: DocumentNode
    verdict: Verdict
    errors: tuple[GraphQLError, ...]


_checked: Lately[tuple[GraphQLSchema, str], Checked] = Lately(MOST_KEPT, lambda key: len(key[1]))


def checked(schema: GraphQLSchema, query: str) -> Checked:
    """A document read and checked, once for all requests that send it. Raises GraphQLError for one that cannot be read.

    Its weight is found first: what passes a limit is not looked at further.
    """
    found = _checked.get((schema, query))
    if found is None:
        document = parse(query, max_tokens=MOST_TOKENS)
        verdict = weighed(document, schema)
        least = weighed(document, schema, dict.fromkeys(verdict.paged, 1)) if verdict.paged else verdict
        found = Checked(document, verdict, () if least.excess else tuple(_errors(schema, document, verdict)))
        _checked.put((schema, query), found)
    return found


def known(schema: GraphQLSchema, query: str) -> bool:
    """Whether a document was read and checked before."""
    return _checked.get((schema, query)) is not None


def _errors(schema: GraphQLSchema, document: DocumentNode, verdict: Verdict) -> list[GraphQLError]:
    found = validate_document(schema, document, (NoFragmentCyclesRule,) if verdict.circle else tuple(specified_rules))
    return [_in_words_of_the_schema(each) for each in found]


def _in_words_of_the_schema(error: GraphQLError) -> GraphQLError:
    """An error without the words of the program that it is checked by."""
    found = _NULL.search(error.message)
    return error if found is None else GraphQLError(f"`{found[1]}` is left out rather than null.", error.nodes)


def _to_nobody(error: GraphQLError) -> GraphQLError:
    """An error as it is told to who has not signed in, and so is not told what is made of agreements."""
    if not _MADE.match(error.message):
        return error
    return GraphQLError(f"{error.message} {SIGN_IN}", error.nodes, extensions={"code": "UNAUTHENTICATED"})


def priced(schema: GraphQLSchema, found: Checked, variables: dict[str, Any] | None) -> Verdict:
    """What a document asks for with these variables, where they say how long a page is."""
    if not found.verdict.paged:
        return found.verdict
    asked = (each for each in found.document.definitions if isinstance(each, OperationDefinitionNode))
    usual = {
        each.variable.name.value: int(each.default_value.value)
        for operation in asked
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }
    given = {name: value for name, value in (variables or {}).items() if type(value) is int}
    return weighed(found.document, schema, {**usual, **given})


class Gate(SchemaExtension):
    """Reads and checks each document once, and tells what an operation costs."""

    def __init__(self, *, execution_context: ExecutionContext | None = None) -> None:
        if execution_context is not None:
            self.execution_context = execution_context
        self._checked: Checked | None = None
        self._price: Price | None = None
        self._refused = False

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = MOST_TOKENS
        span = context.context.telemetry.tracer.start_span("operation")
        try:
            yield
        finally:
            self._tell(context, span)
            span.end()

    def _tell(self, context: ExecutionContext, span: Span) -> None:
        """Count an operation that has ended, and say in its span what it was; nothing of what it was asked with."""
        kind = context.operation_type.value if self._checked and self._named(context) else "none"
        result, refused = context.result, self._price is None or self._refused
        failed = isinstance(result, Executed | ExecutionResult) and bool(result.errors)
        outcome = "refused" if refused else "error" if failed else "ok"
        metrics, price = context.context.telemetry.metrics, self._price or Price()
        metrics.operations.labels(kind, outcome).inc()
        metrics.cost.labels(kind).observe(price.cost)
        span.update_name(kind)
        span.set_attributes({"graphql.operation.type": kind, "clausula.cost": price.cost, "clausula.outcome": outcome})
        name = context.operation_name if kind != "none" else None
        if name is not None:
            span.set_attribute("graphql.operation.name", name[:64])

    def _named(self, context: ExecutionContext) -> bool:
        """Whether there is an operation of the name that was asked for."""
        return self._checked is not None and context.operation_name in self._checked.verdict.prices

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query:
            if not known(context.schema._schema, context.query):  # reading it is work, whatever it turns out to say
                context.context.allowances.draw(context.context.holder, len(context.query))
            try:
                self._checked = checked(context.schema._schema, context.query)
                context.graphql_document = self._checked.document
            except GraphQLError:
                context.graphql_document = None  # read again, and told, by the schema itself
        if self._checked is not None and self._checked.verdict.many and context._provided_operation_name is None:
            raise CannotGetOperationTypeError(None)
        if not context.context.streaming:
            context.allowed_operations = {*context.allowed_operations} - {OperationType.SUBSCRIPTION}
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if self._checked is not None:
            verdict = priced(context.schema._schema, self._checked, context.variables)
            self._price = verdict.price(context.operation_name)
            passed = GraphQLError(verdict.excess, extensions={"code": "TOO_MUCH"}) if verdict.excess else None
            context.pre_execution_errors = [passed] if passed is not None else list(self._checked.errors)
            if context.context.person is None:
                context.pre_execution_errors = [_to_nobody(each) for each in context.pre_execution_errors]
            self._draw(context.context, self._price, context.pre_execution_errors)
            self._refused = bool(context.pre_execution_errors)
        yield

    def _draw(self, context: Context, price: Price, errors: list[GraphQLError]) -> None:
        """Pay for an operation that is about to run, unless the allowance is overdrawn already."""
        try:
            context.allowances.require(context.holder)
        except Throttled as error:
            errors[:] = [problem("THROTTLED", f"{TOO_FAST} {in_seconds(error.retry_after)}.", error.retry_after)]
        context.allowances.draw(context.holder, 1 if errors else price.cost + A_QUESTION * price.roots)

    def get_results(self) -> dict[str, Any]:
        """What the operation costs at most, of how much it may; not told with each entry of a stream."""
        price = self._price
        if price is None or self.execution_context.operation_type is OperationType.SUBSCRIPTION:
            return {}
        return {"cost": {"requested": price.cost, "most": DEAREST, "dearest": price.dearest}}


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
