"""Who has read what of a deal, for its parties."""

from datetime import datetime

import strawberry

from api.access import Line, Lines
from api.schema.pages import PageInfo, from_cursor, no_cursor, place_info
from api.schema.places import cursor_of
from api.schema.scalars import Instant
from api.store.codec import from_microseconds, to_microseconds


@strawberry.type(description="Something of the deal that was shown to a person.")
class AccessRecord:
    """Shows an `api.access.Line`."""

    at: Instant
    person: str
    request: str = strawberry.field(description="The answer had this name in its header `X-Request-Id`.")
    operation: str = strawberry.field(description="As the client called it; empty if it had no name.")
    fields: str = strawberry.field(description="What was asked for: `deal { funds paid }`.")


@strawberry.type
class AccessEdge:
    """A reading with its cursor."""

    cursor: str
    node: AccessRecord


@strawberry.type(description="Who has read what, the newest first.")
class AccessConnection:
    """A page."""

    edges: list[AccessEdge]
    page_info: PageInfo


def place_from(cursor: str) -> tuple[datetime, str]:
    """The reading that a cursor stands for."""
    found = from_cursor(cursor)
    match found:
        case [int(at), str(id)] if 0 <= at < 2**53 and not isinstance(at, bool):
            return from_microseconds(at), id
        case _:
            raise no_cursor()


def access_connection(found: Lines, inner: bool) -> AccessConnection:
    """A page as Relay wants it; `inner` says that there is a cursor it was read from."""
    edges = [AccessEdge(cursor=_cursor(each), node=_record(each)) for each in found.lines]
    return AccessConnection(edges=edges, page_info=place_info([each.cursor for each in edges], found.more, inner))


def _cursor(line: Line) -> str:
    return cursor_of([to_microseconds(line.at), line.id])


def _record(line: Line) -> AccessRecord:
    return AccessRecord(
        at=Instant(line.at), person=line.person, request=line.request, operation=line.operation, fields=line.fields
    )
