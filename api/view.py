"""Requests over HTTP and WebSocket to operations of the schema.

Who asks is settled here, once, for both: by the `Authorization` header, or for a WebSocket also by `authorization` in
the payload of its first message. A token that is no good is answered at once; without a token one is nobody.
"""

import re
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any, Final

import strawberry
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLRequestData
from strawberry.http.exceptions import NonJsonMessageReceived
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET

from api.answers import in_seconds
from api.auth import NotSignedIn, Person, Tokens, bearer
from api.crowd import Crowd, Overloaded
from api.schema.context import Context
from api.service import Service
from api.strict import Unreadable, read_json

MOST_STREAMS: Final = 20
TOO_LARGE: Final = 1009
"""How a WebSocket is closed on which a message came that is too large (RFC 6455)."""
REQUEST: Final = "X-Request-Id"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
OVERLOADED: Final = "Too many requests are being worked on. Nothing was done; send this again"
NO_PAGE: Final = "There is no page here. Send a GraphQL request with POST, as the server shows when it starts."


class Messages(ASGIWebSocketAdapter):
    """The messages on a WebSocket, each of them an object."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        async for message in super().iter_json(ignore_parsing_errors=ignore_parsing_errors):
            if not _is_message(message):
                raise NonJsonMessageReceived
            yield message


def _is_message(message: Any) -> bool:
    """Whether a message has the members that its type says it has, each of its kind."""
    match message:
        case {"type": "subscribe", "id": str(), "payload": {"query": str(), **more}}:
            variables, name = more.get("variables"), more.get("operationName")
            return isinstance(variables, dict | None) and isinstance(name, str | None)
        case {"type": "complete", "id": str()}:
            return True
        case {"type": "subscribe" | "complete"}:
            return False
        case {"type": str()}:
            return isinstance(message.get("payload", {}), dict | None)
        case _:
            return False


class View(GraphQL[Context, None]):
    """The endpoint."""

    websocket_adapter_class = Messages

    def __init__(
        self,
        schema: strawberry.Schema,
        service: Service,
        tokens: Callable[[], Tokens],
        origins: Sequence[str],
        most_requests: int,
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            max_subscriptions_per_connection=MOST_STREAMS,
            allowed_origins=origins,
        )
        self.service = service
        self.tokens = tokens
        self.crowd = Crowd(most_requests)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        try:
            with self.crowd.one_more() as answered:
                await self._answer(scope, receive, told_of_its_start(send, answered))
        except Overloaded as error:
            told = f"{OVERLOADED} {in_seconds(error.retry_after)}."
            await problem(503, "BUSY", told, error.retry_after)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response: Response = await self.run(Request(scope, receive))
        except HTTPException as error:
            told = NO_PAGE if error.status_code == HTTPStatus.NOT_FOUND else error.reason
            response = problem(error.status_code, "BAD_REQUEST", told)
        except NotSignedIn:
            response = problem(401, "UNAUTHENTICATED", "This token is not valid, or not any more.")
            response.headers["WWW-Authenticate"] = "Bearer"
        except TooLarge:
            response = problem(413, "TOO_LARGE", "This request is too large.")
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        person, name = None, _request_name(request.headers.get(REQUEST))
        if isinstance(response, Response):
            response.headers[REQUEST] = name
        if isinstance(request, Request) or "authorization" in request.headers:
            try:
                person = self.person(bearer(request.headers.get("authorization")))
            except NotSignedIn:
                if isinstance(request, Request):
                    raise
        return Context(self.service, person, name)

    async def on_ws_connect(self, context: Context) -> Any:
        """Let in who is signed in; a stream is of no use to anybody else."""
        said = context.connection_params.get("authorization") or context.connection_params.get("Authorization")
        try:
            if isinstance(said, str):
                context.person = self.person(bearer(said))
        except NotSignedIn as error:
            raise ConnectionRejectionError from error
        if context.person is None:
            raise ConnectionRejectionError
        return UNSET

    def person(self, token: str | None) -> Person | None:
        """Who a token is about; nobody without one. Raises NotSignedIn for one that is not good, or was revoked."""
        if token is None:
            return None
        found = self.tokens().read(token, self.service.clock.now())
        if not self.service.access.good(found):
            raise NotSignedIn
        return found

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData | list[GraphQLRequestData]:
        if request.method == "POST" and not isinstance(self.parse_json(await request.get_body()), dict):
            raise HTTPException(400, "The body is one JSON object with the key `query`.")
        return await super().parse_http_body(request)

    def decode_json(self, data: str | bytes) -> object:
        """The value of a body or of a message on a WebSocket, which can be read in one way only."""
        try:
            return read_json(data)
        except Unreadable as error:
            raise JSONDecodeError(str(error), "", 0) from error


def _request_name(given: str | None) -> str:
    """What a request is called in the record: as the client calls it, if that is a plain name."""
    return given if given is not None and _NAME.fullmatch(given) else secrets.token_hex(8)


class TooLarge(Exception):
    """A body that is larger than anybody needs."""


class BodyLimit:
    """Stops reading a body as soon as it is too large, whatever its headers say; a WebSocket is closed.

    What is at an address like `apart` has limits of its own.
    """

    def __init__(self, app: Any, most: int, apart: re.Pattern[str] | None = None) -> None:
        self.app = app
        self.most = most
        self.apart = apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise TooLarge
            return message

        async def one_by_one() -> Message:
            message = await receive()
            if len(message.get("text") or "") > self.most or len(message.get("bytes") or b"") > self.most:
                await send({"type": "websocket.close", "code": TOO_LARGE})
                return {"type": "websocket.disconnect", "code": TOO_LARGE}
            return message

        limited = {"http": counted, "websocket": one_by_one}.get(scope["type"], receive)
        if scope["type"] == "http" and self.apart is not None and self.apart.fullmatch(scope["path"]):
            limited = receive
        await self.app(scope, limited, send)


def told_of_its_start(send: Send, started: Callable[[], None]) -> Send:
    """Sends, and calls `started` when an answer begins."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            started()
        await send(message)

    return sent


def problem(status: int, code: str, message: str, retry_after: int | None = None) -> JSONResponse:
    """An answer to a request that is no operation; with the seconds to wait, also in the header of RFC 9110, 10.2.3."""
    extensions = {"code": code} if retry_after is None else {"code": code, "retryAfter": retry_after}
    headers = None if retry_after is None else {"Retry-After": str(retry_after)}
    return JSONResponse({"errors": [{"message": message, "extensions": extensions}]}, status, headers)


__all__ = ["BodyLimit", "View"]
