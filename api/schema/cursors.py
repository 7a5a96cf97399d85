"""How far a stream has come, told with each thing on it: `extensions.cursor`, which is also the `id` of an SSE event.

Who hands a cursor back gets what came after it: as `after`, or as the header `Last-Event-ID` that browsers send by
themselves. One operation runs in one task, which is where the cursor of its stream is kept.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any, ClassVar, Final

from strawberry.extensions import SchemaExtension
from strawberry.http import GraphQLHTTPResponse
from strawberry.http.streaming import JSONEncoder, SSETransport
from strawberry.types.execution import StreamExecutionResult

RESUME: Final = "Last-Event-ID"
_CURSOR: ContextVar[str] = ContextVar("clausula_cursor", default="")


def come_to(cursor: object) -> None:
    """What comes next on the stream of this task stands there."""
    _CURSOR.set(str(cursor))


class Cursors(SchemaExtension):
    """Tells with each thing on a stream where it stands."""

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        cursor = _CURSOR.get()
        if cursor and getattr(result, "data", None) is not None:
            told: Mapping[str, Any] = result.extensions or {}
            result.extensions = {**told, "cursor": cursor}
        yield


class ResumableSSE(SSETransport):
    """Server-sent events that a browser can go on from: the `id` of each is its cursor."""

    protocol: ClassVar = SSETransport.protocol

    def encode_next(self, response: GraphQLHTTPResponse, encode_json: JSONEncoder) -> str:
        written = super().encode_next(response, encode_json)
        cursor = (response.get("extensions") or {}).get("cursor")
        return f"id: {cursor}\r\n{written}" if cursor else written
