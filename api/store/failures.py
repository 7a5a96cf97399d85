"""An error of the database to what it means for a batch: try again, answer each alone, stop, or give it to who asked.

Only what may pass is tried again, with the same keys, so that trying again can never store anything twice. A commit
whose answer got lost may have happened or not; it too is tried again, and the keys that are found then tell which.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from api.databases import UnsafeDatabase
from api.store.tables import deal, event, head, membership

# What SQLite says when the disk let it down or the file is not what it was. After a failed sync a
# second one may succeed without the data being there, so no later commit can be believed.
# A write that finds no room leaves the transaction undone, and the next one is as good as any.
FULL: Final = "database or disk is full"
IN_USE: Final = "database is locked"
BROKEN: Final = ("disk I/O error", "database disk image is malformed", "file is not a database")

TRIES: Final = 12
LONGEST_PAUSE: Final = 1.0

OUR_KEYS: Final = (
    "event_is_the_next",
    *(str(constraint.name) for table in (deal, event, head, membership) for constraint in table.constraints),
)
"""The unique keys that another process may have been faster with; who looks again finds what it wrote."""

MISTAKES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What a mistake in code that only works out values raises. That code keeps nothing, so the next request is as good as
any. Whatever else comes out of it (no memory, a broken interpreter) says nothing of the request, and is not caught."""

TOLD: Final = (*MISTAKES, OSError, SQLAlchemyError, psycopg.Error, UnsafeDatabase)
"""What a batch can fail with that is understood: none of it is stored, or its commit is in doubt, and that is told."""

_LOST: Final = ("08", "57")
_SLOW: Final = ("57014", "25P03")
_IN_THE_WAY: Final = ("40001", "40P01", "55P03")
_NO_LONGER_PRIMARY: Final = "25006"
_DISK_FULL: Final = "53100"


class Trouble(Enum):
    """What an error means for a batch."""

    BUSY = auto()
    """Somebody holds the file for as long as we would wait; nothing was begun."""

    FULL = auto()
    """There is no room on the disk. Nothing was stored, and it goes on by itself once there is."""

    BROKEN = auto()
    """No later success could be trusted."""

    LOST = auto()
    """The connection is gone; what was being committed may be stored or not."""

    PASSING = auto()
    """Somebody was in the way, or something ran short; nothing was stored, and it may go better next time."""

    OURS = auto()
    """A fault of a request or of our own code."""


def trouble_of(error: BaseException) -> Trouble:
    """What kind of trouble an error is."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.Error):
        return _trouble_of_server(cause)
    if str(cause) in (IN_USE, FULL):
        return Trouble.BUSY if str(cause) == IN_USE else Trouble.FULL
    return Trouble.BROKEN if str(cause) in BROKEN else Trouble.OURS


def _trouble_of_server(error: psycopg.Error) -> Trouble:
    state = error.sqlstate
    if state is None:
        outside = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return Trouble.LOST if outside else Trouble.OURS
    if state in _SLOW:
        return Trouble.OURS
    if state.startswith(_LOST) or state == _NO_LONGER_PRIMARY:
        return Trouble.LOST
    if state == _DISK_FULL:
        return Trouble.FULL
    ours = state == "23505" and error.diag.constraint_name in OUR_KEYS
    return Trouble.PASSING if ours or state in _IN_THE_WAY or state.startswith("53") else Trouble.OURS


def pauses(tries: int = TRIES) -> Iterator[float]:
    """How long to wait before each further try, in seconds: twice as long each time, and never alike for two."""
    for nth in range(tries - 1):
        longest = min(LONGEST_PAUSE, 0.02 * 2**nth)
        yield longest * (0.5 + secrets.randbelow(1000) / 2000)
