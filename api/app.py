"""Wires the parts: settings and a clock in, the service as an ASGI application out.

    app = create_app(settings, SystemClock())

The store is opened when the application starts and closed when it stops. Who has a service already, such as the server
that wants to know before it listens whether the database is free, makes the application over it with `app_over`; and
`service_in` alone is for callers that need no server at all, such as the command line; `reader_in` for those of them
that only look, and must not wait for a server to stop.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Lifespan, Receive, Scope, Send

from api.access import Access
from api.agreements import read_catalogue
from api.auth import KeptTokens, Tokens, WeakKey, secret_in
from api.clock import Clock
from api.editions import Catalogue, catalogue_of
from api.evidence.note import KEY_BYTES
from api.evidence.sealer import INTERVAL, Sealer, Sealing
from api.kernel import Kernel
from api.schema import make_schema, printed
from api.service import Service
from api.settings import Settings, WrongSetting
from api.store import Store
from api.view import BodyLimit, View


def tokens_from(settings: Settings) -> Tokens:
    """The tokens of a service, as its keys are now."""
    return tokens_of(settings)()


def tokens_of(settings: Settings) -> Callable[[], Tokens]:
    """Gives the tokens of a service: signed with the key that is set, or with the one kept beside the database.

    Of several keys the first one signs, and tokens of the others are still good.
    """
    if not settings.token_key:
        return KeptTokens(settings.key_folder)
    try:
        first, *rest = (bytes.fromhex(each) for each in settings.token_key.split(","))
        tokens = Tokens(first, tuple(rest))
    except WeakKey as error:
        raise WrongSetting(f"The token key is too short: {error}.") from error
    except ValueError as error:
        told = "CLAUSULA_TOKEN_KEY is a key in hexadecimal, 64 digits or more, or several with commas between them."
        raise WrongSetting(told) from error
    return lambda: tokens


@contextmanager
def service_in(settings: Settings, clock: Clock, catalogue: Catalogue | None = None) -> Iterator[Service]:
    """The service over its store, for as long as the block lasts."""
    if isinstance(settings.database, Path):
        settings.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kernel = Kernel()
    with Store.open(settings.database, kernel, clock) as store, sealing(store, settings, clock) as sealed:
        service = Service(store, kernel, catalogue or read_catalogue(settings.agreements), clock, sealed.sealer)
        with service.access.running():
            yield service


def sealing(store: Store, settings: Settings, clock: Clock) -> Sealing:
    """What seals the entries of a store in the background, and signs checkpoints of them."""
    try:
        seed = bytes.fromhex(settings.seal_key)
    except ValueError as error:
        raise WrongSetting("CLAUSULA_SEAL_KEY is a key in hexadecimal: 64 digits.") from error
    if seed and len(seed) != KEY_BYTES:
        raise WrongSetting(f"CLAUSULA_SEAL_KEY has {len(seed)} bytes and needs {KEY_BYTES}: 64 digits.")
    sealer = Sealer(
        store, seed or secret_in(settings.seal_key_file.resolve()), settings.checkpoint_file.resolve(), clock
    )
    return Sealing(store, sealer, INTERVAL)


@contextmanager
def reader_in(settings: Settings, clock: Clock) -> Iterator[Service]:
    """The service over a store that is only read, beside whoever writes to it; no deal can be opened by it."""
    kernel = Kernel()
    with Store.read_only(settings.database, kernel) as store:
        yield Service(store, kernel, catalogue_of({}), clock)


@contextmanager
def access_in(settings: Settings, clock: Clock) -> Iterator[Access]:
    """Revoked tokens and the record of readings, beside whoever writes the log."""
    with Store.beside(settings.database, Kernel()) as store:
        yield Access(store, clock)


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
    ]
    limit = Middleware(BodyLimit, most=settings.largest_body)
    return Starlette(routes=routes, middleware=[limit], lifespan=lifespan)
