"""What machines ask of a service: whether it takes requests, and its metrics."""

import asyncio
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.auth import NotSignedIn, bearer

if TYPE_CHECKING:
    from api.view import View


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
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
