"""An entry of the log to what it looks like, worked out once for all who follow its deal with the same words.

Who follows a deal may see each entry of it, and all see the same: nothing below an entry depends on who asks. So that
this stays true, entries are shown without anybody's context: a field that would look at it fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from graphql import (
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    Node,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.lru import Lately
from api.store import StoredEvent


@dataclass(frozen=True)
class _Words:
    """The words that are followed with, and the variables on which depends what is shown of an entry."""

    operation: OperationDefinitionNode
    names: frozenset[str]


@dataclass(frozen=True)
class _Shown:
    """What an entry looks like in some words."""

    words: _Words
    result: ExecutionResult


_Key: TypeAlias = tuple[int, str, str]
_WORDS: Final[Lately[int, _Words]] = Lately(64)
_SHOWN: Final[Lately[_Key, _Shown]] = Lately(64)
"""By which words they are, which are kept with it, for what they say takes long to compare; and by the entry's seal."""


class Sharing(StrawberryGraphQLCoreExecutionContext):
    """Executes as Strawberry does; an entry that comes on a stream, once for the same words."""

    def execute_operation(self, serially: bool | None = None) -> Any:
        """The result of an operation, or of one thing that came on a stream."""
        entry = self.root_value
        if not isinstance(entry, StoredEvent):
            return super().execute_operation(serially)
        words = _words(self.operation, self.fragment_definitions.values())
        values = sorted((name, self.variable_values.coerced.get(name)) for name in words.names)
        asked = id(words.operation), entry.hash, repr(values)
        shown = _SHOWN.get(asked)
        if shown is None or shown.words is not words:
            self.context_value = None
            shown = _Shown(words, cast(ExecutionResult, super().execute_operation(serially)))
            if not shown.result.errors:
                _SHOWN.put(asked, shown)
        return ExecutionResult(shown.result.data, shown.result.errors)


def _words(operation: OperationDefinitionNode, fragments: Iterable[FragmentDefinitionNode]) -> _Words:
    """Of the variables, those are left out that only say what is followed, and from where on."""
    words = _WORDS.get(id(operation))
    if words is None or words.operation is not operation:
        roots = operation.selection_set.selections
        shown = [each.selection_set if isinstance(each, FieldNode) else each for each in roots]
        found = _Variables()
        for node in (*shown, *fragments):
            visit(cast(Node, node), found)
        words = _Words(operation, frozenset(found.names))
        _WORDS.put(id(operation), words)
    return words


class _Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.add(node.name.value)
