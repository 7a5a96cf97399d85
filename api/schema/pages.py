"""Lists that may be long, a page at a time, as Relay wants them: so many rows after a cursor.

A cursor is the key of its row and no count of rows: the time that the list is sorted by, and what tells rows of one
time apart. So a page goes on where the one before it ended, whatever has come between.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Generic, TypeVar, cast

import strawberry
from graphql import GraphQLError

from api.schema.context import page_size, problem
from api.schema.places import cursor_of, place_of
from api.store.codec import to_microseconds

T = TypeVar("T")
Key = tuple[int | str, ...]
Keyed = tuple[Key, T]
Shape = tuple[type, ...]
First = Annotated[int, strawberry.argument(description="From 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor.")]
USUAL = 50


@strawberry.type
class PageInfo:
    """Where a page stands."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="A row of a page with its cursor.")
class Edge(Generic[T]):
    """A row with its cursor."""

    cursor: str = strawberry.field(description="Hand it back as `after`, and you get what comes after this row.")
    node: T = strawberry.field(description="The row.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """A page."""

    edges: list[Edge[T]] = strawberry.field(description="The rows, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")


def place_info(cursors: Sequence[str], more: bool, inner: bool, backwards: bool = False) -> PageInfo:
    """Where a page stands; `more` says that it goes on in its direction, and `inner` that it was read from a cursor."""
    return PageInfo(
        has_next_page=inner if backwards else more,
        has_previous_page=more if backwards else inner,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def in_order(rows: Iterable[T], times: Iterable[datetime]) -> Iterator[Keyed[T]]:
    """Rows of a deal with their keys, in the order in which they came about.

    What is of an earlier time than a row before it came about with that row; rows of one time are told apart by their
    order.
    """
    latest, nth = -1, 0
    for row, time in zip(rows, map(to_microseconds, times), strict=True):
        latest, nth = (time, 0) if time > latest else (latest, nth + 1)
        yield (latest, nth), row


def page_of(rows: Iterable[Keyed[T]], first: int, after: str | None, shape: Shape = (int, int)) -> Connection[T]:
    """The first rows whose keys come after a cursor; they are sorted by their keys, which have a `shape`."""
    size, start = page_size(first), _key(after, shape) if after is not None else None
    found = [each for each in rows if start is None or each[0] > start]
    edges = [Edge(cursor=cursor_of(key), node=row) for key, row in found[:size]]
    info = place_info([each.cursor for each in edges], len(found) > size, start is not None)
    return Connection(edges=edges, page_info=info)


def from_cursor(cursor: str) -> object:
    """The place that a cursor stands for."""
    found = place_of(cursor)
    if found is None:
        raise no_cursor()
    return found


def no_cursor() -> GraphQLError:
    """The error of a cursor that is none of a list."""
    return problem("BAD_CURSOR", "This is not a cursor of this list.")


def _key(cursor: str, shape: Shape) -> Key:
    match from_cursor(cursor):
        case [*parts] if tuple(map(type, parts)) == shape:
            return cast(Key, tuple(parts))
        case _:
            raise no_cursor()
