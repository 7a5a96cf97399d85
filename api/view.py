"""Requests over HTTP and WebSocket to operations of the schema.

Who asks is settled here, once, for both: by the `Authorization` header, or for a WebSocket also by `authorization` in
the payload of its first message. A token that is no good is answered at once; without a token one is nobody.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextvars import ContextVar
from datetime import timedelta
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any, Final, cast

import strawberry
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.http.exceptions import NonJsonMessageReceived
from strawberry.schema.base import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.unset import UNSET

from api.allowance import TOO_FAST, Allowances, Throttled
from api.answers import in_seconds
from api.auth import NotSignedIn, Person, bearer
from api.bodies import TooLarge
from api.crowd import Crowd, Overloaded
from api.entry import Entry
from api.envelope import (
    EVENTS,
    JSON,
    RESPONSE,
    fits,
    media_type,
    require_envelope,
    require_json,
    require_no_link,
    require_once,
    status_of,
)
from api.schema import make_schema
from api.schema.context import Context
from api.schema.cursors import RESUME, ResumableSSE
from api.service import Service
from api.settings import Settings
from api.strict import Unreadable, read_json
from api.telemetry import Telemetry
from api.telemetry.logs import REQUEST
from api.trusted import Trusted, Untrusted

MOST_STREAMS: Final = 20
HOLDER: Final = "clausula.holder"
"""Where a request says whose allowance it draws on."""
OVERLOADED: Final = "Too many requests are being worked on. Nothing was done; send this again"
PATIENCE: Final = timedelta(seconds=15)
"""So long does a WebSocket wait for its first message."""
NO_CHANGE: Final = "With GET only a query is asked. Send this with POST."
NO_STREAM: Final = "A subscription is followed over SSE, with `Accept: text/event-stream`, or over a WebSocket."
NO_NAME: Final = "`operationName` names one of the operations in `query`; it can be left out where there is only one."
NO_PAGE: Final = "There is no page here. Send a GraphQL request with POST, as the server shows when it starts."


_NOBODY: Final[ContextVar[bool]] = ContextVar("clausula_nobody", default=False)
"""Whether nobody has signed in for the request that is being worked on."""


class Messages(ASGIWebSocketAdapter):
    """The messages on a WebSocket, each of them an object, and what they ask for in words."""

    @property
    def trusted(self) -> Trusted:
        """The documents that can be named instead."""
        return cast("View", self.view).trusted

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        message: Any
        async for message in super().iter_json(ignore_parsing_errors=ignore_parsing_errors):
            if not _is_message(message):
                raise NonJsonMessageReceived
            if message["type"] == "subscribe":
                payload = message["payload"]
                try:
                    payload["query"] = self.trusted.text(payload)
                except Untrusted as error:
                    refused = [{"message": error.message, "extensions": {"code": error.code}}]
                    await self.send_json({"id": message["id"], "type": "error", "payload": refused})
                    continue
            yield message


def _is_message(message: Any) -> bool:
    """Whether a message has the members that its type says it has, each of its kind."""
    match message:
        case {"type": "subscribe", "id": str(), "payload": dict(payload)}:
            named = payload.get("documentId") is not None or payload.get("extensions") is not None
            return fits(payload) and (named or payload.get("query") is not None)
        case {"type": "complete", "id": str()}:
            return True
        case {"type": "subscribe" | "complete"}:
            return False
        case {"type": str()}:
            return isinstance(message.get("payload", {}), dict | None)
        case _:
            return False


class View(GraphQL[Context, None]):
    """The endpoint.

    To who has not signed in it has the schema without what was made of the agreements, whose words are not for
    everybody: an operation that names anything else is one that does not fit, and no suggestion gives it away.
    """

    websocket_adapter_class = Messages
    stream_transport_classes_by_protocol = {GRAPHQL_SSE_PROTOCOL: ResumableSSE}  # noqa: RUF012 -- as it is declared

    def __init__(
        self,
        schema: strawberry.Schema,
        service: Service,
        entry: Entry,
        settings: Settings,
        trusted: Trusted,
        telemetry: Telemetry,
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=True,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            max_subscriptions_per_connection=MOST_STREAMS,
            allowed_origins=settings.origins,
            connection_init_wait_timeout=PATIENCE,
        )
        self._public = make_schema()
        self.service = service
        self.entry = entry
        self.trusted = trusted
        self.telemetry = telemetry
        self.going = False
        self.allowances = Allowances(settings.rate)
        self.crowd = Crowd(settings.most_requests)

    @property
    def schema(self) -> BaseSchema:
        """The schema as whoever asks may know it."""
        return self._public if _NOBODY.get() else self._whole

    @schema.setter
    def schema(self, schema: BaseSchema) -> None:
        self._whole = schema

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        try:
            with self.crowd.one_more() as answered:
                await self._answer(scope, receive, self._with_limits(scope, told_of_its_start(send, answered)))
        except Overloaded as error:
            told = f"{OVERLOADED} {in_seconds(error.retry_after)}."
            await problem(503, "BUSY", told, error.retry_after)(scope, receive, send)

    def _with_limits(self, scope: Scope, send: Send) -> Send:
        """Sends, with what is left of the allowance of who asks in the head of the answer."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and HOLDER in scope:
                MutableHeaders(scope=message).update(self.allowances.told(scope[HOLDER]))
            await send(message)

        return sent

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response: Response = await self.run(Request(scope, receive))
        except HTTPException as error:
            response = _refused(error, scope["method"])
        except NotSignedIn:
            response = not_signed_in()
        except Untrusted as error:
            response = problem(400, error.code, error.message)
        except Throttled as error:
            told = f"{TOO_FAST} {in_seconds(error.retry_after)}."
            response = problem(429, "THROTTLED", told, error.retry_after)
        except TooLarge:
            response = problem(413, "TOO_LARGE", "This request is too large.")
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        person = None
        if isinstance(request, Request) or "authorization" in request.headers:
            try:
                person = await self.person(bearer(request.headers.get("authorization")))
            except NotSignedIn:
                if isinstance(request, Request):
                    raise
        _NOBODY.set(isinstance(request, Request) and person is None)
        address = request.client.host if request.client is not None else ""
        context = Context(
            self.service,
            person,
            REQUEST.get(),
            self.entry.tokens,
            request.headers.get(RESUME, "") if isinstance(request, Request) else "",
            telemetry=self.telemetry,
            allowances=self.allowances,
            address=address,
        )
        if isinstance(request, Request):
            request.scope[HOLDER] = context.holder
            self.allowances.require(context.holder)
        return context

    async def on_ws_connect(self, context: Context) -> Any:
        """Let in who is signed in; a stream is of no use to anybody else."""
        said = context.connection_params.get("authorization") or context.connection_params.get("Authorization")
        try:
            if isinstance(said, str):
                context.person = await self.person(bearer(said))
        except NotSignedIn as error:
            raise ConnectionRejectionError from error
        if context.person is None:
            raise ConnectionRejectionError
        return UNSET

    async def person(self, token: str | None) -> Person | None:
        """Who a token is about; nobody without one. Raises NotSignedIn for one that is not good, or was revoked."""
        if token is None:
            return None
        found = await self.entry.person(token, self.service.clock.now())
        if not self.service.access.good(found):
            raise NotSignedIn
        return found

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """The beginning of an answer, which says in which media type it will be."""
        media = media_type(request.headers.get("accept"))
        if media is None and "text/html" not in request.headers["accept"]:
            told = f"An answer is `{RESPONSE}`, `{JSON}`, or `{EVENTS}` for a stream; `Accept` takes none of them."
            raise HTTPException(406, told)
        response = await super().get_sub_response(request)
        response.media_type = media or JSON
        return response

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        """Whether somebody looks for a page: nothing is asked."""
        return super().should_render_graphql_ide(request) and not {"documentId", "extensions"} & {*request.query_params}

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        require_no_link(request.method, request.headers.get("sec-fetch-mode"))
        if request.method == "GET":
            said = self.parse_query_params(request.query_params)
        else:
            require_json(request.content_type)
            said = self.parse_json(await request.get_body())
        asked = require_envelope(said)
        stream = self._get_stream_transport_from_headers(request.headers)
        return GraphQLRequestData(
            query=self.trusted.text(asked),
            variables=asked.get("variables"),
            operation_name=asked.get("operationName"),
            extensions=asked.get("extensions"),
            protocol=stream.protocol if stream is not None else "http",
        )

    def parse_query_params(self, params: Any) -> dict[str, Any]:
        """What an address asks; each word of it once, with `variables` and `extensions` in JSON."""
        require_once(name for name, _ in params.multi_items())
        return super().parse_query_params(params)

    async def execute_single(self, *, context: Context, **more: Any) -> ExecutionResult:  # type: ignore[override]
        context.streaming = False
        return await super().execute_single(context=context, **more)

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """An answer as it is sent. To what was no operation it has no `data`, not even null."""
        answer = await super().process_result(request, result)
        if result.data is None and result.errors and all(each.path is None for each in result.errors):
            del answer["data"]
        return answer

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        media = sub_response.media_type if sub_response.media_type == RESPONSE else JSON
        status = status_of(cast(dict[str, Any], response_data), media)
        response = Response(self.encode_json(response_data), status, media_type=f"{media}; charset=utf-8")
        response.headers.raw.extend(sub_response.headers.raw)
        response.headers["Cache-Control"] = "no-store"
        return response

    def go(self) -> None:
        """Let whoever follows something go; called on the loop. A WebSocket is closed by the server, with code 1012."""
        self.going = True
        self.service.end_streams()

    async def create_streaming_response(
        self,
        request: Request | WebSocket,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        """A stream that is not told to be complete when it ends because the service does: its client comes again."""

        async def told() -> AsyncGenerator[str, None]:
            async for each in stream():
                if not (self.going and each.startswith("event: complete")):
                    yield each

        return await super().create_streaming_response(request, told, sub_response, headers)

    def decode_json(self, data: str | bytes) -> object:
        """The value of a body or of a message on a WebSocket, which can be read in one way only."""
        try:
            return read_json(data)
        except Unreadable as error:
            raise JSONDecodeError(str(error), "", 0) from error


def _refused(error: HTTPException, method: str) -> Response:
    """The answer to what was no request for an operation, or for one that is not asked for in this way."""
    status, told, allowed = error.status_code, error.reason, "GET, POST"
    if isinstance(error.__cause__, InvalidOperationTypeError):
        status, told, allowed = (405, NO_CHANGE, "POST") if method == "GET" else (406, NO_STREAM, allowed)
    elif isinstance(error.__cause__, CannotGetOperationTypeError):
        told = NO_NAME
    elif status == HTTPStatus.NOT_FOUND:
        told = NO_PAGE
    response = problem(status, "BAD_REQUEST", told)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = allowed
    return response


def told_of_its_start(send: Send, started: Callable[[], None]) -> Send:
    """Sends, and calls `started` when an answer begins."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            started()
        await send(message)

    return sent


def not_signed_in() -> JSONResponse:
    """The answer to a token that is not good."""
    answer = problem(401, "UNAUTHENTICATED", "This token is not valid, or not any more.")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def problem(status: int, code: str, message: str, retry_after: int | None = None) -> JSONResponse:
    """An answer to a request that is no operation; with the seconds to wait, also in the header of RFC 9110, 10.2.3."""
    extensions = {"code": code} if retry_after is None else {"code": code, "retryAfter": retry_after}
    headers = None if retry_after is None else {"Retry-After": str(retry_after)}
    return JSONResponse({"errors": [{"message": message, "extensions": extensions}]}, status, headers)


__all__ = ["View", "not_signed_in"]
