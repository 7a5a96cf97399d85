"""Content over HTTP: a person with a seat in a deal puts a file there, and gets it, whole or in part.

A file is sent as it is and never through GraphQL. The SHA-256 of it is stated in the address (`PUT`) or in the header
`Content-Digest` (`POST`), so that what was cut off or changed on the way is not kept. To whoever has no seat in a deal
everything is as it is where there is no such deal. A browser saves what it is given, and neither shows nor runs it.
"""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, Protocol

from graphql import GraphQLError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from api.access import NotRecorded
from api.answers import in_seconds
from api.auth import NotSignedIn
from api.contents import Contents, digests, ranges
from api.contents.held import Held, NotHeld, held, hold, let_go, url_of, used_by
from api.contents.limits import MB, TYPES, Limits, type_of
from api.contents.uploads import OtherDigest, TooMuch, Upload
from api.schema.context import Context
from api.service import Service
from api.store.failures import Trouble, trouble_of
from api.store.pace import SHORTEST
from api.view import View, problem

PATH: Final = re.compile(r"/deals/[^/]*/documents(/[^/]*)?")
"""The addresses of this module; a body there may be larger than one of GraphQL."""

_DEAL: Final = re.compile(r"[0-9a-f]{32}")
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOTHING: Final = "There is no such document."
_SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization",
}

log = logging.getLogger(__name__)


class Door(Protocol):
    """Who knows the view once the store is open."""

    view: View | None


class _Refused(Exception):
    """A request that is answered with a problem, and with nothing else."""

    def __init__(self, status: int, code: str, told: str, retry_after: int | None = None) -> None:
        super().__init__(told)
        self.answer = problem(status, code, told, retry_after)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request of somebody with a seat in the deal."""

    request: Request
    context: Context
    deal: str
    sha256: str

    @property
    def service(self) -> Service:
        return self.context.service


class Documents:
    """The routes; `door` leads to who is who, and `contents` is where the bytes are."""

    def __init__(self, door: Door, contents: Contents, limits: Limits) -> None:
        self._door = door
        self._contents = contents
        self._limits = limits
        self._coming: Counter[str] = Counter()

    @property
    def routes(self) -> list[Route]:
        """What is answered here."""
        return [
            Route("/deals/{deal}/documents", self.answer, methods=["POST"]),
            Route("/deals/{deal}/documents/{sha256}", self.answer, methods=["GET", "PUT"]),
        ]

    async def answer(self, request: Request) -> Response:
        """A file in, or a file out."""
        try:
            asked = await self._admitted(request)
            return await (self._give(asked) if request.method in ("GET", "HEAD") else self._keep(asked))
        except _Refused as refused:
            return refused.answer
        except (OSError, SQLAlchemyError) as error:
            return _of_our_side(error).answer

    async def _admitted(self, request: Request) -> _Asked:
        view = self._door.view
        if view is None:
            raise RuntimeError("the application has not been started")
        try:
            context = await view.get_context(request, Response())
        except NotSignedIn as error:
            raise _unknown("This token is not valid, or not any more.") from error
        person = _person(context)
        deal, sha256 = request.path_params["deal"], request.path_params.get("sha256", "")
        parties_of = context.service.store.read.parties_of
        if not _DEAL.fullmatch(deal) or not await asyncio.to_thread(parties_of, deal, person):
            raise _Refused(404, "NO_SUCH_DOCUMENT", _NOTHING)
        return _Asked(request, context, deal, sha256)

    # ------------------------------------------------------------------ giving

    async def _give(self, asked: _Asked) -> Response:
        service, request = asked.service, asked.request
        found = await asyncio.to_thread(held, service.store, asked.deal, asked.sha256) if _is(asked.sha256) else None
        if found is None:
            raise _Refused(404, "NO_SUCH_DOCUMENT", _NOTHING)
        try:
            service.access.journal.require_room()
        except NotRecorded as error:
            told = f"What is read cannot be taken down just now. Ask again {in_seconds(error.retry_after)}."
            raise _Refused(503, "BUSY", told, error.retry_after) from error
        told = f"document {{ {found.sha256} }}"
        service.access.journal.record(found.deal, _person(asked.context), asked.context.request, "", told)
        if found.size is None or found.media_type is None:
            raise _Refused(410, "ERASED", f"This document was erased at {found.erased_at:%Y-%m-%d %H:%M} UTC.")
        there = await asyncio.to_thread(self._contents.size, found.sha256)
        if there != found.size:
            log.error("the content %s is missing or damaged: `clausula verify --all` tells more", found.sha256)
            raise _Refused(500, "DAMAGED", "This document is missing or damaged on our side. It is on record.")
        return self._sent(request, found.sha256, found.media_type, found.size)

    def _sent(self, request: Request, sha256: str, media_type: str, size: int) -> Response:
        etag = f'"{sha256}"'
        headers = {
            **_SAFE,
            "ETag": etag,
            "Accept-Ranges": "bytes",
            "Repr-Digest": digests.header(sha256),
            "Content-Disposition": f'attachment; filename="{sha256[:16]}{TYPES.get(media_type, "")}"',
            "Content-Type": media_type,
        }
        if ranges.known(request.headers.get("if-none-match"), etag):
            return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "Content-Type"})
        wanted = request.headers.get("range") if request.method == "GET" else None
        try:
            part = ranges.part(wanted if request.headers.get("if-range", etag) == etag else None, size)
        except ranges.Unsatisfiable:
            answer = problem(416, "BAD_RANGE", f"This document has {size:,} bytes, and not those that were asked for.")
            answer.headers["Content-Range"] = f"bytes */{size}"
            return answer
        start, end = part or (0, size)
        headers["Content-Length"] = str(end - start)
        if part is not None:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        if request.method == "HEAD":
            return Response(headers=headers)
        status = 200 if part is None else 206
        return StreamingResponse(self._contents.read(sha256, start, end), status, headers)

    # ------------------------------------------------------------------ keeping

    async def _keep(self, asked: _Asked) -> Response:
        media_type, stated = self._stated(asked)
        person, service = _person(asked.context), asked.service
        if self._coming[person] >= self._limits.at_once:
            told = f"{self._limits.at_once} uploads of yours are under way. Send this one when one of them has ended."
            raise _Refused(429, "TOO_MANY_UPLOADS", told, 1)
        self._coming[person] += 1
        try:
            expected = int(asked.request.headers.get("content-length", "0"))
            if expected > self._limits.largest:
                raise self._too_large()
            if await asyncio.to_thread(used_by, service.store, person) + expected > self._limits.per_person:
                raise self._over_quota()
            sha256, size = await self._received(asked, stated)
            try:
                return await self._held(asked, Held(asked.deal, sha256, asked.context.now(), media_type, size, person))
            except _Refused:
                await asyncio.to_thread(let_go, service.store, self._contents, sha256)
                raise
        except TooMuch as error:
            raise self._too_large() from error
        except OtherDigest as error:
            told = f"This is not the document that was stated: {error}. Nothing was kept."
            raise _Refused(400, "OTHER_DIGEST", told) from error
        finally:
            self._coming[person] -= 1
            if not self._coming[person]:
                del self._coming[person]

    def _stated(self, asked: _Asked) -> tuple[str, dict[str, str]]:
        """The media type and the hashes that a request states."""
        headers, stated = asked.request.headers, dict[str, str]()
        if "content-digest" in headers:
            try:
                stated = digests.stated(", ".join(headers.getlist("content-digest")))
            except digests.NoDigest as error:
                raise _Refused(400, "BAD_DIGEST", f"The header Content-Digest cannot be read: {error}.") from error
        if asked.sha256 and not _is(asked.sha256):
            told = "The address ends with the SHA-256: 64 hexadecimal digits in small letters."
            raise _Refused(400, "BAD_DIGEST", told)
        if asked.sha256 and stated.setdefault("sha-256", asked.sha256) != asked.sha256:
            raise _Refused(400, "BAD_DIGEST", "The address and the header Content-Digest state two hashes.")
        if "sha-256" not in stated:
            told = "State the SHA-256 of the document: `Content-Digest: sha-256=:BASE64:` (RFC 9530)."
            refused = _Refused(400, "NO_DIGEST", told)
            refused.answer.headers.update(digests.WANTED)
            raise refused
        if headers.get("content-encoding", "identity") != "identity":
            raise _Refused(415, "BAD_TYPE", "Send the document as it is, without a Content-Encoding.")
        media_type = type_of(headers.get("content-type", ""))
        if media_type not in self._limits.types:
            allowed = ", ".join(sorted(self._limits.types))
            raise _Refused(415, "BAD_TYPE", f"The Content-Type of a document is one of: {allowed}.")
        return media_type, stated

    async def _received(self, asked: _Asked, stated: dict[str, str]) -> tuple[str, int]:
        """The hash and the size of a file that came whole."""
        with await asyncio.to_thread(Upload, self._contents, self._limits.largest) as upload:
            pieces = aiter(asked.request.stream())
            try:
                while True:
                    async with asyncio.timeout(self._limits.idle.total_seconds()):
                        piece = await anext(pieces)
                    await asyncio.to_thread(upload.write, piece)
            except StopAsyncIteration:
                return await asyncio.to_thread(upload.take, stated), upload.size
            except TimeoutError as error:
                raise _Refused(408, "TOO_SLOW", "Nothing more came of this document. Nothing was kept.") from error
            except ClientDisconnect as error:
                raise _Refused(400, "CUT_OFF", "The document did not come whole. Nothing was kept.") from error

    async def _held(self, asked: _Asked, told: Held) -> Response:
        """The answer, once the deal has the content; who has lost the seat or the token meanwhile leaves nothing."""
        store, person = asked.service.store, _person(asked.context)
        if not await asyncio.to_thread(store.read.parties_of, asked.deal, person):
            raise _Refused(404, "NO_SUCH_DOCUMENT", _NOTHING)
        found = await asyncio.to_thread(hold, store, self._contents, told, self._limits.per_person)
        if isinstance(found, NotHeld):
            raise self._not_held(found)
        url = url_of(found.deal, found.sha256)
        answer = {"sha256": found.sha256, "size": found.size, "mediaType": found.media_type, "url": url}
        headers = {"Location": url, "ETag": f'"{found.sha256}"'}
        return Response(json.dumps(answer), 201 if found is told else 200, headers, "application/json")

    def _not_held(self, why: NotHeld) -> _Refused:
        match why:
            case NotHeld.ERASED:
                return _Refused(410, "ERASED", "This document was erased from this deal, and is not taken again.")
            case NotHeld.OVER_QUOTA:
                return self._over_quota()
            case NotHeld.MOVED:
                return _Refused(409, "MOVED", "This deal goes on in another database. Nothing was kept.")
            case NotHeld.SWEPT:
                return _Refused(503, "BUSY", "Nothing was kept. Send this document again.", 1)

    def _too_large(self) -> _Refused:
        most = f"{self._limits.largest // MB:,} MB"
        return _Refused(413, "TOO_LARGE", f"A document has at most {most}. Nothing was kept.")

    def _over_quota(self) -> _Refused:
        most = f"{self._limits.per_person // MB:,} MB"
        return _Refused(403, "QUOTA", f"A person can put {most} of documents here, in all deals. Nothing was kept.")


def _of_our_side(error: OSError | SQLAlchemyError) -> _Refused:
    """What is told of a failure of ours: whether to ask again, and nothing of what is inside."""
    full = error.errno in _NO_ROOM if isinstance(error, OSError) else trouble_of(error) is Trouble.FULL
    if full:
        return _Refused(507, "DISK_FULL", "There is no room for this document. Nothing was kept.")
    log.error("a document could not be kept or given out", exc_info=error)
    told = f"Documents cannot be reached just now. Ask again {in_seconds(SHORTEST)}."
    return _Refused(503, "BUSY", told, SHORTEST)


def _is(sha256: str) -> bool:
    return digests.SHA256.fullmatch(sha256) is not None


def _person(context: Context) -> str:
    """Who asks, with a token that is still good."""
    try:
        return context.signed_in()
    except GraphQLError as error:
        code = str((error.extensions or {}).get("code"))
        raise _unknown(error.message) if code == "UNAUTHENTICATED" else _Refused(403, code, error.message) from error


def _unknown(told: str) -> _Refused:
    refused = _Refused(401, "UNAUTHENTICATED", told)
    refused.answer.headers["WWW-Authenticate"] = "Bearer"
    return refused
