"""Pages of other sites: what they may send, and that nothing they send by themselves changes anything here.

Who somebody is stands in a header that no page sends unless a script of ours put it there: another site has nothing to
ride on. All the same, what would change something is refused where the browser says that it comes from a site that is
not listed, whatever it holds and whichever address it is for: operations, uploads, and what there may be one day.
"""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.http.websocket_origin import is_same_origin, normalize_allowed_origins, normalize_origin

from api.settings import WrongSetting

SAFE: Final = ("GET", "HEAD", "OPTIONS")
ASKED_WITH: Final = ("Authorization", "Content-Type", "Last-Event-ID", "X-Request-Id", "traceparent", "tracestate")
TOLD: Final = ("Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id")
MINUTES: Final = 10
FOREIGN: Final = "A page of another site sent this. Whoever runs the service lists those that may (CLAUSULA_ORIGINS)."


def guards(origins: Sequence[str]) -> list[Middleware]:
    """What stands before everything else: other sites are kept out, but for those listed, whose pages may ask."""
    try:
        listed = normalize_allowed_origins(origins)
    except ValueError as error:
        raise WrongSetting(f"CLAUSULA_ORIGINS lists sites like https://app.example, and says {origins}.") from error
    if "*" in listed:
        raise WrongSetting("CLAUSULA_ORIGINS names each site; `*` would let every page in the world act.")
    guard = Middleware(CrossSite, origins=listed)
    if not listed:
        return [guard]
    allowed = Middleware(
        CORSMiddleware,
        allow_origins=sorted(listed),
        allow_methods=("GET", "POST", "PUT"),
        allow_headers=ASKED_WITH,
        expose_headers=TOLD,
        max_age=60 * MINUTES,
    )
    return [allowed, guard]


class CrossSite:
    """Refuses what would change something and comes from a page of a site that is not listed."""

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and self.foreign(Headers(scope=scope)):
            said = {"errors": [{"message": FOREIGN, "extensions": {"code": "CROSS_SITE"}}]}
            await JSONResponse(said, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def foreign(self, headers: Headers) -> bool:
        """Whether the browser says that a page of another site sends this. What is no browser says nothing."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is None:
            return site in ("cross-site", "same-site")
        if is_same_origin(origin, headers.get("host")):
            return False
        return normalize_origin(origin) not in self.origins
