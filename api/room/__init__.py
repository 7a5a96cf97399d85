"""The deal room: the page at `/`, its files as they are, and the headers they go out with.

The page is a client of the public GraphQL API like any other and gets nothing from here but its files. They are read
once, when the application is made. Nothing is loaded from elsewhere, no script or style stands inside the page, and no
other page may show it in a frame: the headers hold a browser to that.
"""

import gzip
import hashlib
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}
"""What a browser is told with every file of the page (W3C Content Security Policy Level 3, and Trusted Types)."""

_KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


def routes() -> list[Route]:
    """The page at `/`, and each of its files at `/room/NAME`."""
    found = {each.name: each.read_bytes() for each in (files("api") / "room" / "static").iterdir() if each.is_file()}
    page = Route("/", File("index.html", found.pop("index.html")), methods=["GET"])
    return [page, *(Route(f"/room/{name}", File(name, data), methods=["GET"]) for name, data in sorted(found.items()))]


class File:
    """Answers with a file, compressed where that is understood; a browser that has it already is told so."""

    def __init__(self, name: str, data: bytes) -> None:
        self.kind = _KINDS[name[name.rindex(".") :]]
        self.data = data
        self.packed = gzip.compress(data, mtime=0)
        self.tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(Request(scope))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        headers = {**HEADERS, "ETag": self.tag}
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, media_type=self.kind, headers={**headers, "Content-Encoding": "gzip"})
        return Response(self.data, media_type=self.kind, headers=headers)


__all__ = ["HEADERS", "routes"]
