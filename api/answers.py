"""What a person is told about a request: a closed union, made from what the log keeps.

An answer is made from the entry alone. So the second answer to one request is the first one, byte for byte, however
much time and whatever else has passed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from api import codec
from api.store import (
    Busy,
    DealTaken,
    DiskFull,
    InDoubt,
    KeyReused,
    Moved,
    Outcome,
    Stored,
    StoredEvent,
    UnknownDeal,
)
from api.store import Conflict as StoreConflict
from api.store import Invalid as StoreInvalid
from api.store.codec import from_microseconds
from dsl.reasons import Reason, Truth, Wait, any_of
from dsl.state import Change


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands in the log of its deal; a preview stands nowhere."""

    deal: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The deal is open; `unseated` are the parties for which nobody acts, as who opens it is told."""

    place: Place
    happened_at: datetime
    recorded_at: datetime
    changes: tuple[Change, ...]
    unseated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The attempt was accepted under a section; `note` tells what a cap has trimmed."""

    place: Place | None
    party: str
    act: str
    section: str
    note: str
    happened_at: datetime
    recorded_at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The attempt was refused under a section, for these reasons. It is on record as refused."""

    place: Place | None
    party: str
    act: str
    section: str
    summary: str
    reasons: tuple[Reason, ...]
    happened_at: datetime
    recorded_at: datetime
    changes: tuple[Change, ...]
    clause: str = ""
    """The clause that the section stands in."""

    @property
    def code(self) -> str:
        """What kind of refusal it is."""
        return code_of(self.reasons)

    @property
    def message(self) -> str:
        """Why, in a sentence."""
        return self.summary

    @property
    def item(self) -> str:
        """What of the clause is meant: `(iv)(A)`; empty where it is the whole."""
        return self.section.removeprefix(self.clause).strip(" ,")

    @property
    def unlocks(self) -> tuple[Wait, ...]:
        """What would change it, and who can supply it; each once."""
        return unlocks_of(self.reasons)


def code_of(reasons: Sequence[Reason]) -> str:
    """What kind of refusal it is. The reasons are the ways in which it could be allowed: any one of them would do."""
    match any_of(each.truth for each in reasons):
        case Truth.PENDING:
            return "PENDING"
        case Truth.OPEN:
            return "OPEN"
        case Truth.TRUE | Truth.FALSE:
            return "NOT_MET"


def unlocks_of(reasons: Sequence[Reason]) -> tuple[Wait, ...]:
    """Everything that some reasons wait for; each once."""
    return tuple(dict.fromkeys(wait for reason in reasons for wait in reason.awaited()))


@dataclass(frozen=True, slots=True)
class Conflict:
    """The deal has moved on since the version the person was looking at; nothing was tried."""

    version: int

    @property
    def code(self) -> str:
        """The one code of it."""
        return "CONFLICT"

    @property
    def message(self) -> str:
        """Where the deal is now, and what to do."""
        return f"The deal is at version {self.version} now. Look at it again, and then send this with that version."


@dataclass(frozen=True, slots=True)
class Invalid:
    """Nothing the agreement knows, or nothing this person can ask; nothing was recorded."""

    code: str
    problems: tuple[str, ...]
    retry_after: int | None = None
    """In how many seconds the same should be sent again, under the same key; None where time alone changes nothing."""

    @property
    def message(self) -> str:
        """All the problems as one text."""
        return "\n\n".join(self.problems)


@dataclass(frozen=True, slots=True)
class AllAccepted:
    """Several acts were accepted, each an entry of its own."""

    answers: tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class NoneDone:
    """Of several acts one was refused; nothing was done, and nothing is on record. `position` counts from 1."""

    position: int
    refused: Refused

    @property
    def code(self) -> str:
        """That of the refusal."""
        return self.refused.code

    @property
    def message(self) -> str:
        """Which act it was, and why."""
        return f"Act {self.position} was refused, so none was done: {self.refused.summary}"


Answer = Opened | Accepted | Refused | Conflict | Invalid


def answer_from(
    event: StoredEvent | None,
    answer: dict[str, Any] | None = None,
    happened_at: datetime | None = None,
    recorded_at: datetime | None = None,
) -> Opened | Accepted | Refused:
    """The answer that an entry of the log holds; or, of an attempt that is not in it, what it would be."""
    place: Place | None = None
    if event is not None:
        answer = json.loads(event.answer)
        place = Place(event.deal, event.version, event.hash)
        happened_at, recorded_at = event.effective_at, event.recorded_at
    if answer is None or happened_at is None or recorded_at is None:
        raise ValueError("an answer needs an entry of the log, or everything that one would say")
    changes = codec.from_json(answer["changes"], codec.Changes)
    match answer["outcome"]:
        case "opened" if place is not None:
            return Opened(place, happened_at, recorded_at, changes)
        case "accepted":
            return Accepted(
                place, answer["as"], answer["act"], answer["section"], answer["note"], happened_at, recorded_at, changes
            )
        case "refused":
            reasons = codec.from_json(answer["reasons"], codec.Reasons)
            return Refused(
                place, answer["as"], answer["act"], answer["section"], answer["summary"], reasons, happened_at,
                recorded_at, changes, answer.get("clause", answer["section"]),
            )  # fmt: skip
        case other:
            raise codec.Undecodable(f"{other} is no outcome")


def invalid_from(answer: dict[str, Any]) -> Invalid:
    """The answer to what could not be understood."""
    return Invalid(answer["code"], tuple(answer["problems"]))


def none_done_from(answer: dict[str, Any]) -> NoneDone | None:
    """The answer to several acts of which one was refused; None if they were not answered so."""
    why = answer.get("refused")
    if why is None:
        return None
    at = from_microseconds(why["at"])
    refused = answer_from(None, why["answer"], at, at)
    assert isinstance(refused, Refused)  # noqa: S101 -- the kernel tells of refusals alone
    return NoneDone(why["act"], refused)


BUSY: Final = "Too many requests are waiting, or the database is away. Nothing was stored; send the same again"
DISK_FULL: Final = (
    "The disk of the database is full. Nothing was stored; once whoever keeps the service has made room, send the same "
    "again with the same key."
)
IN_DOUBT: Final = (
    "The database went away while this was being stored: it may be stored or not. Send the same again with the same "
    "key; the answer then is the one that counts."
)


def answer_from_outcome(outcome: Outcome) -> Answer:
    """What the store made of a request, in the words of the service."""
    match outcome:
        case Stored(event=event):
            return answer_from(event)
        case StoreConflict(actual_version=version):
            return Conflict(version)
        case StoreInvalid(answer=answer):
            return invalid_from(json.loads(answer))
        case UnknownDeal():
            return Invalid("NO_SUCH_DEAL", ("There is no such deal.",))
        case KeyReused() | DealTaken():
            return Invalid("KEY_REUSED", ("This idempotency key was used before, for something else.",))
        case Moved():
            return Invalid("MOVED", ("This deal has moved to another database; ask the service that keeps it now.",))
        case Busy(retry_after=seconds):
            return Invalid("BUSY", (f"{BUSY} {in_seconds(seconds)}.",), seconds)
        case InDoubt(retry_after=seconds):
            return Invalid("IN_DOUBT", (IN_DOUBT,), seconds)
        case DiskFull():
            return Invalid("DISK_FULL", (DISK_FULL,))


def in_seconds(count: int) -> str:
    """How long from now."""
    return f"in {count} second{'s' if count != 1 else ''}"
