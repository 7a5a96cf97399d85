"""What machines ask of a service: whether it takes requests, and its metrics."""

import asyncio
import time
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.access.health import out_of_reach
from api.auth import NotSignedIn, bearer
from api.webhooks.outbox import backlog_of

if TYPE_CHECKING:
    from api.view import View

PATIENCE: Final = 5.0
_SEEN: Final[WeakKeyDictionary["View", tuple[float, str | None]]] = WeakKeyDictionary()


async def unready(view: "View") -> str | None:
    """Why a service should be sent no requests now; None where it takes them. It tells nothing of any deal."""
    if view.going:
        return "It is about to stop."
    if not view.service.store.writable:
        return "It takes no acts: writing has failed."
    if not view.entry.ready:
        return "The keys of the issuer of tokens could not be fetched."
    try:
        await asyncio.to_thread(view.service.store.look, lambda connection: connection.execute(select(1)).close())
    except SQLAlchemyError:
        return "The database cannot be asked."
    return None


async def documents_out(view: "View") -> str | None:
    """Why documents can neither be put nor got now, looked at once in some seconds, whoever asks; None if they can."""
    at, seen = _SEEN.get(view, (-PATIENCE, None))
    if time.monotonic() - at > PATIENCE and view.service.contents is not None:
        seen = await asyncio.to_thread(out_of_reach, view.service.contents)
        _SEEN[view] = time.monotonic(), seen
    return seen


async def metrics_for(view: "View", request: Request) -> Response:
    """The metrics, for the token of an operator alone."""
    try:
        person = await view.person(bearer(request.headers.get("authorization")))
    except NotSignedIn:
        person = None
    if person is None or not person.operator:
        message = "Metrics are for whoever operates the service: send the token of `clausula token NAME --operator`."
        said = {"errors": [{"message": message, "extensions": {"code": "FORBIDDEN" if person else "UNAUTHENTICATED"}}]}
        return JSONResponse(said, 403 if person else 401, None if person else {"WWW-Authenticate": "Bearer"})
    metrics = view.telemetry.metrics
    metrics.ready.set(await unready(view) is None)
    metrics.readings.set(view.service.access.journal.waiting)
    metrics.documents.set(await documents_out(view) is None)
    try:
        backlog = await asyncio.to_thread(backlog_of, view.service.store)
    except SQLAlchemyError:
        backlog = None
    metrics.told_of(backlog, view.service.clock.now())
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
