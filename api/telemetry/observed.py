"""Around each request: a name for it, its time and status in the metrics and the log, and a span of its own."""

import re
import secrets
import time
from collections.abc import Collection
from typing import Any, Final

from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.telemetry import Telemetry
from api.telemetry.logs import REQUEST, requests

NAME: Final = "X-Request-Id"
EVENTS: Final = "text/event-stream"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Observed:
    """Names, times and counts what passes. Paths that are none of ours are counted as one."""

    def __init__(self, app: ASGIApp, telemetry: Telemetry, paths: Collection[str]) -> None:
        self.app = app
        self.telemetry = telemetry
        self.paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        name = _name(headers.get(NAME))
        token = REQUEST.set(name)
        route = scope["path"] if scope["path"] in self.paths else "other"
        method = scope.get("method", "WEBSOCKET")
        parent = propagate.extract(headers)
        with self.telemetry.tracer.start_as_current_span(
            f"{method if method in _METHODS else 'other'} {route}", parent, SpanKind.SERVER
        ) as span:
            span.set_attributes({"http.request.method": method, "http.route": route, "clausula.request": name})
            try:
                passing = _Passing(self.telemetry, method if method in _METHODS else "other", route, name, send)
                await self._pass(passing, scope, receive)
            finally:
                REQUEST.reset(token)

    async def _pass(self, passing: "_Passing", scope: Scope, receive: Receive) -> None:
        if scope["type"] == "websocket":
            with self.telemetry.metrics.streams.labels("websocket").track_inprogress():
                await self.app(scope, receive, passing.send)
            return
        self.telemetry.metrics.working.inc()
        try:
            await self.app(scope, receive, passing.send)
        finally:
            passing.ended()


class _Passing:
    """One request on its way."""

    def __init__(self, telemetry: Telemetry, method: str, route: str, name: str, send: Send) -> None:
        self.telemetry = telemetry
        self.method = method
        self.route = route
        self.name = name
        self.began = time.perf_counter()
        self.status: int | None = None
        self.streaming = False
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers[NAME] = self.name
            self.answered(message["status"], headers.get("content-type", ""))
        await self._send(message)

    def answered(self, status: int, kind: str) -> None:
        """Take note that an answer begins."""
        seconds, metrics = time.perf_counter() - self.began, self.telemetry.metrics
        self.status = status
        metrics.working.dec()
        metrics.requests.labels(self.method, self.route, str(status)).inc()
        metrics.seconds.labels(self.route).observe(seconds)
        trace.get_current_span().set_attribute("http.response.status_code", status)
        if kind.startswith(EVENTS):
            self.streaming = True
            metrics.streams.labels("sse").inc()
        told: dict[str, Any] = {"method": self.method, "path": self.route, "status": status}
        told["milliseconds"] = round(seconds * 1000, 1)
        requests.info("%s %s %d", self.method, self.route, status, extra={"told": told})

    def ended(self) -> None:
        """Take note that there is no more of it."""
        if self.status is None:
            self.telemetry.metrics.working.dec()
        if self.streaming:
            self.telemetry.metrics.streams.labels("sse").dec()


def _name(given: str | None) -> str:
    """What a request is called in the record: as the client calls it, if that is a plain name."""
    return given if given is not None and _NAME.fullmatch(given) else secrets.token_hex(8)
