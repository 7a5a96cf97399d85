"""Wires the parts: settings and a clock in, the service as an ASGI application out.

    app = create_app(settings, SystemClock())

The store is opened when the application starts and closed when it stops. Who has a service already, such as the server
that wants to know before it listens whether the database is free, makes the application over it with `app_over`. Who
needs no server at all finds the service in `api.parts`.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager

from graphql import GraphQLSchema
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Lifespan, Receive, Scope, Send

from api.auth import NotSignedIn, bearer
from api.bodies import BodyLimit
from api.clock import Clock
from api.contents.places import contents_of
from api.contents.serving import PATH, Documents
from api.crosssite import guards
from api.editions import Catalogue
from api.entry import Entry
from api.issuer import issuer_from
from api.parts import service_in, tokens_of
from api.room import routes as room
from api.schema import make_schema, printed
from api.schema.scalars import HERE as SCALARS
from api.schema.scalars import told
from api.service import Service
from api.settings import Settings
from api.telemetry import Telemetry
from api.telemetry.observed import Observed
from api.telemetry.probes import documents_out, metrics_for, unready
from api.trusted import Trusted, trusted_in
from api.view import View, not_signed_in
from api.webhooks.dispatcher import Dispatcher


def create_app(
    settings: Settings, clock: Clock, catalogue: Catalogue | None = None, telemetry: Telemetry | None = None
) -> Starlette:
    """The application, which opens its store itself."""
    endpoint, entry, watched = _Endpoint(), entry_of(settings), telemetry or Telemetry()

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        with service_in(settings, clock, catalogue) as service:
            app.state.service = service
            endpoint.view = _view(service, entry, settings, watched)
            with dispatching(service, watched):
                yield

    return _application(settings, endpoint, running, watched)


def app_over(service: Service, settings: Settings, telemetry: Telemetry | None = None) -> Starlette:
    """The application over a service that somebody else opened and will close."""
    watched = telemetry or Telemetry()
    view = _view(service, entry_of(settings), settings, watched)
    app = _application(settings, _Endpoint(view), None, watched)
    app.state.service = service
    return app


def _view(service: Service, entry: Entry, settings: Settings, telemetry: Telemetry) -> View:
    schema = make_schema(service.editions())
    return View(schema, service, entry, settings, trusted_of(settings, schema._schema), telemetry)


def dispatching(service: Service, telemetry: Telemetry) -> AbstractContextManager[None]:
    """Webhooks are sent for as long as the block lasts."""
    return Dispatcher(service, make_schema(service.editions()), metrics=telemetry.metrics).running()


def entry_of(settings: Settings) -> Entry:
    """Who may come in, as the settings say. Raises WrongSetting."""
    issuer = issuer_from(settings.issuer, settings.jwks, settings.audience, settings.clock_skew)
    return Entry(tokens_of(settings), issuer)


def trusted_of(settings: Settings, schema: GraphQLSchema) -> Trusted:
    """The trusted documents that the settings name; none, and no others refused, if they name none."""
    if settings.trusted is None:
        return Trusted()
    return trusted_in(settings.trusted, settings.only_trusted, schema)


class _Endpoint:
    """The GraphQL endpoint as a route takes it; its view is there once the store is open."""

    def __init__(self, view: View | None = None) -> None:
        self.view = view

    @property
    def opened(self) -> View:
        """The view. Raises RuntimeError before the start."""
        if self.view is None:
            raise RuntimeError("the application has not been started")
        return self.view

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.opened(scope, receive, send)

    async def text(self, token: str | None) -> str:
        """The schema that is served; with what was made of the agreements for who is signed in. Raises NotSignedIn."""
        person = await self.opened.person(token)
        return printed(make_schema(self.opened.service.editions() if person is not None else ()))


def _application(
    settings: Settings, endpoint: _Endpoint, lifespan: Lifespan[Starlette] | None, telemetry: Telemetry
) -> Starlette:
    async def sdl(request: Request) -> Response:
        try:
            text = await endpoint.text(bearer(request.headers.get("authorization")))
        except NotSignedIn:
            return not_signed_in()
        return PlainTextResponse(text, headers={"Vary": "Authorization", "Cache-Control": "no-cache"})

    async def scalars(_: Request) -> PlainTextResponse:
        return PlainTextResponse(told())

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> JSONResponse:
        why, out = await unready(endpoint.opened), await documents_out(endpoint.opened)
        said = {"status": "ready"} if why is None else {"status": "not ready", "why": why}
        return JSONResponse({**said, "documents": "ready" if out is None else "out of reach"}, 503 if why else 200)

    async def metrics(request: Request) -> Response:
        return await metrics_for(endpoint.opened, request)

    routes: list[Route | WebSocketRoute] = [
        Route("/graphql", endpoint, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", endpoint),
        Route("/schema.graphql", sdl),
        Route(SCALARS, scalars),
        Route("/health", health),
        Route("/ready", ready),
        Route("/metrics", metrics),
        *Documents(endpoint, contents_of(settings), settings.documents).routes,
        *room(),
    ]
    observed = Middleware(Observed, telemetry=telemetry, paths={each.path for each in routes})
    limit = Middleware(BodyLimit, most=settings.largest_body, apart=PATH)
    app = Starlette(routes=routes, middleware=[observed, *guards(settings.origins), limit], lifespan=lifespan)
    app.state.endpoint = endpoint
    return app


def going(app: Starlette) -> None:
    """Let whoever follows something go: the service is about to stop. Called on the loop that it runs on."""
    app.state.endpoint.opened.go()
