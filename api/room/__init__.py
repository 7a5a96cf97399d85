"""The deal room: the page at `/`, its files as they are, and the headers they go out with.

The page is a client of the public GraphQL API like any other and gets nothing from here but its files. They are read
once, when the application is made. Nothing is loaded from elsewhere, no script or style stands inside the page, and no
other page may show it in a frame: the headers hold a browser to that.

Beside it stands GraphiQL at `/graphiql`, to ask the API by hand. The files in `graphiql/` are those of the packages
`graphiql`, `react` and `react-dom` as npm has them, byte for byte; a test compares them. GraphiQL 4 is the last one
that needs no styles inside the page, which the headers forbid.
"""

import gzip
import hashlib
from functools import cached_property
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": f"{POLICY}; require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}
"""What a browser is told with every file of the page (W3C Content Security Policy Level 3, and Trusted Types)."""
GRAPHIQL: Final = {**HEADERS, "Content-Security-Policy": f"{POLICY}; font-src data:"}
"""The same for GraphiQL, whose fonts stand in its styles, and which writes markup that it made itself into the page."""

_KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


def routes() -> list[Route]:
    """The page at `/`, GraphiQL at `/graphiql`, and each of their files at `/room/NAME`."""
    found = {
        each.name: each.read_bytes()
        for folder in ("static", "graphiql")
        for each in (files("api") / "room" / folder).iterdir()
        if each.is_file() and not each.name.startswith("LICENSE")
    }
    pages = [
        Route("/", File("index.html", found.pop("index.html")), methods=["GET"]),
        Route("/graphiql", File("graphiql.html", found.pop("graphiql.html"), GRAPHIQL), methods=["GET"]),
    ]
    return pages + [Route(f"/room/{name}", File(name, data), methods=["GET"]) for name, data in sorted(found.items())]


class File:
    """Answers with a file, compressed where that is understood; a browser that has it already is told so."""

    def __init__(self, name: str, data: bytes, headers: dict[str, str] = HEADERS) -> None:
        self.kind = _KINDS[name[name.rindex(".") :]]
        self.data = data
        self.headers = {**headers, "ETag": f'"{hashlib.sha256(data).hexdigest()[:32]}"'}

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.data, mtime=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(Request(scope))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.headers.get("if-none-match") == self.headers["ETag"]:
            return Response(status_code=304, headers=self.headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, media_type=self.kind, headers={**self.headers, "Content-Encoding": "gzip"})
        return Response(self.data, media_type=self.kind, headers=self.headers)


__all__ = ["GRAPHIQL", "HEADERS", "routes"]
