"""Attempts and openings to a log that is never rewritten: the store of the service.

`Store.open` is the way in. What the store asks of the engine stands in `handler`, what can become
of a request in `outcomes`, and the columns that are kept, and why, in `tables`.
"""

from api.databases import UnsafeDatabase
from api.store.access_tables import reading, revoked
from api.store.codec import LONGEST_LABEL, NotCanonical, canonical
from api.store.content_tables import content
from api.store.evidence_tables import personal
from api.store.handler import (
    Command,
    Decision,
    Handler,
    History,
    Invalid,
    Kind,
    Member,
    Opening,
    StoredDeal,
    StoredEvent,
)
from api.store.hub import Wake
from api.store.lock import AlreadyWritten
from api.store.outcomes import (
    Busy,
    Conflict,
    DealTaken,
    DiskFull,
    InDoubt,
    KeyReused,
    Moved,
    Outcome,
    StoreClosed,
    Stored,
    StoreFailed,
    UnknownDeal,
)
from api.store.pace import Pace
from api.store.reads import Look, Page, Reads, Seat, Seats
from api.store.store import Store
from api.store.verify import FileReport, Known, Report
from api.store.webhook_tables import delivery, webhook
from api.store.wholeness import Fault

__all__ = [
    "LONGEST_LABEL",
    "AlreadyWritten",
    "Busy",
    "Command",
    "Conflict",
    "DealTaken",
    "Decision",
    "DiskFull",
    "Fault",
    "FileReport",
    "Handler",
    "History",
    "InDoubt",
    "Invalid",
    "KeyReused",
    "Kind",
    "Known",
    "Look",
    "Member",
    "Moved",
    "NotCanonical",
    "Opening",
    "Outcome",
    "Pace",
    "Page",
    "Reads",
    "Report",
    "Seat",
    "Seats",
    "Store",
    "StoreClosed",
    "StoreFailed",
    "Stored",
    "StoredDeal",
    "StoredEvent",
    "UnknownDeal",
    "UnsafeDatabase",
    "Wake",
    "canonical",
    "content",
    "delivery",
    "personal",
    "reading",
    "revoked",
    "webhook",
]
