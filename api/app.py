"""Wires the parts: settings and a clock in, the service as an ASGI application out.

    app = create_app(settings, SystemClock())

The store is opened when the application starts and closed when it stops. Who has a service already, such as the server
that wants to know before it listens whether the database is free, makes the application over it with `app_over`. Who
needs no server at all finds the service in `api.parts`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Lifespan, Receive, Scope, Send

from api.clock import Clock
from api.editions import Catalogue
from api.parts import service_in, tokens_of
from api.room import routes as room
from api.schema import make_schema, printed
from api.service import Service
from api.settings import Settings
from api.view import BodyLimit, View


def create_app(settings: Settings, clock: Clock, catalogue: Catalogue | None = None) -> Starlette:
    """The application, which opens its store itself."""
    endpoint = _Endpoint()

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        with service_in(settings, clock, catalogue) as service:
            app.state.service = service
            endpoint.view = View(make_schema(), service, tokens_of(settings), settings.origins, settings.most_requests)
            yield

    return _application(settings, endpoint, running)


def app_over(service: Service, settings: Settings) -> Starlette:
    """The application over a service that somebody else opened and will close."""
    view = View(make_schema(), service, tokens_of(settings), settings.origins, settings.most_requests)
    app = _application(settings, _Endpoint(view), None)
    app.state.service = service
    return app


class _Endpoint:
    """The GraphQL endpoint as a route takes it; its view is there once the store is open."""

    def __init__(self, view: View | None = None) -> None:
        self.view = view

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.view is None:
            raise RuntimeError("the application has not been started")
        await self.view(scope, receive, send)


def _application(settings: Settings, endpoint: _Endpoint, lifespan: Lifespan[Starlette] | None) -> Starlette:
    text = printed(make_schema())

    async def sdl(_: Request) -> PlainTextResponse:
        return PlainTextResponse(text)

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    routes = [
        Route("/graphql", endpoint, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", endpoint),
        Route("/schema.graphql", sdl),
        Route("/health", health),
        *room(),
    ]
    limit = Middleware(BodyLimit, most=settings.largest_body)
    return Starlette(routes=routes, middleware=[limit], lifespan=lifespan)
