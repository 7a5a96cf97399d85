"""Waiting requests and what is stored about their deals to outcomes and new entries, all in memory.

Deciding a batch before writing any of it is what makes one durable commit serve many people. Each
request sees what the earlier ones of its batch did, exactly as if they had been stored already;
nothing here touches the database, so a batch that cannot be written is simply forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeAlias

from api.store.chain import ALGORITHM, COMMAND, OPENING, digest, seal, text_digest
from api.store.codec import MICROSECOND
from api.store.handler import (
    Command,
    Decision,
    Handler,
    Invalid,
    Opening,
    StoredDeal,
    StoredEvent,
)
from api.store.outcomes import Conflict, DealTaken, KeyReused, Moved, Outcome, Stored, UnknownDeal
from api.store.rows import event_row
from api.store.tables import NO_HASH

Request: TypeAlias = Command | Opening


@dataclass(slots=True)
class Docket:
    """One deal while a batch is heard: where it stands, and what the batch has added."""

    deal: StoredDeal
    version: int = 0
    hash: str = NO_HASH
    recorded_at: datetime | None = None
    state: str | None = None
    moved: bool = False
    added: list[StoredEvent] = field(default_factory=list)
    rows: list[dict[str, str | int]] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """Hears requests one after the other."""

    handler: Handler
    now: datetime
    dockets: dict[str, Docket]
    known: dict[tuple[str, str, str], StoredEvent]
    seats: dict[tuple[str, str], set[str]]
    read_history: Callable[[str], tuple[StoredEvent, ...]]

    def hear(self, request: Request) -> Outcome:
        """Answer one request, and remember the entry it makes, if any."""
        earlier = self.known.get((request.deal, request.actor, request.key))
        if earlier is not None:
            same = earlier.request_sha256 == request_digest(request)
            return Stored(earlier, replayed=True) if same else KeyReused(request.key)
        if any((request.deal, request.actor, key) in self.known for key in keys_of(request)):
            return KeyReused(request.key)
        match request:
            case Opening():
                return self._open(request)
            case Command():
                return self._decide(request)

    def touched(self) -> Iterator[Docket]:
        """The deals that the batch moved on."""
        return (docket for docket in self.dockets.values() if docket.added)

    def _open(self, opening: Opening) -> Outcome:
        if opening.deal in self.dockets:
            return DealTaken(opening.deal)
        decision = self.handler.open(opening, self.now)
        if isinstance(decision, Invalid):
            return decision
        if decision.kind != "opened":
            raise ValueError(f"opening a deal cannot be {decision.kind}")
        deal = StoredDeal(
            id=opening.deal,
            agreement=opening.agreement,
            agreement_sha256=text_digest(opening.text),
            text=opening.text,
            opened_at=self.now,
            opened_by=opening.actor,
        )
        docket = Docket(deal)
        entry = self._append(docket, opening, decision, self.now)
        self.dockets[deal.id] = docket
        return Stored(entry, replayed=False)

    def _decide(self, command: Command) -> Outcome:
        docket = self.dockets.get(command.deal)
        if docket is None or not (command.operator or self.seats.get((command.deal, command.actor))):
            return UnknownDeal(command.deal)
        if docket.moved:
            return Moved(command.deal)
        if command.expected_version not in (None, docket.version):
            return Conflict(docket.version)
        at = self._instant(docket)
        decision = self.handler.decide(docket.deal, docket.state, lambda: self._history(docket), command, at)
        if isinstance(decision, Invalid):
            return decision
        if decision.kind == "opened":
            raise ValueError("an attempt under a deal cannot open it")
        first = self._append(docket, command, decision, at)
        for number, (key, more) in enumerate(zip(command.more_keys, decision.then, strict=True), 1):
            self._append(docket, command, more, at + number * MICROSECOND, key)
        return Stored(first, replayed=False)

    def _instant(self, docket: Docket) -> datetime:
        """The present, or just after the deal's last entry if the clock has gone back since."""
        if docket.recorded_at is None:
            return self.now
        return max(self.now, docket.recorded_at + MICROSECOND)

    def _history(self, docket: Docket) -> tuple[StoredEvent, ...]:
        return (*self.read_history(docket.deal.id), *docket.added)

    def _append(self, docket: Docket, request: Request, decision: Decision, at: datetime, key: str = "") -> StoredEvent:
        entry, row = sealed(
            StoredEvent(
                deal=docket.deal.id,
                version=docket.version + 1,
                kind=decision.kind,
                actor=request.actor,
                key=key or request.key,
                request_sha256=request_digest(request),
                effective_at=decision.effective_at.astimezone(UTC),
                zone=decision.zone,
                recorded_at=at,
                agreement=docket.deal.agreement,
                agreement_sha256=docket.deal.agreement_sha256,
                members=decision.members,
                body=decision.body,
                answer=decision.answer,
                algorithm=ALGORITHM,
                prev_hash=docket.hash,
                hash="",
            )
        )
        docket.added.append(entry)
        docket.rows.append(row)
        docket.version, docket.hash = entry.version, entry.hash
        docket.recorded_at, docket.state = at, decision.state
        self.known[entry.deal, entry.actor, entry.key] = entry
        for person, party, acts in decision.members:
            parties = self.seats.setdefault((entry.deal, person), set())
            (parties.add if acts else parties.discard)(party)
        return entry


def keys_of(request: Request) -> tuple[str, ...]:
    """The keys of all the entries that a request may make."""
    return request.keys if isinstance(request, Command) else (request.key,)


def sealed(entry: StoredEvent) -> tuple[StoredEvent, dict[str, str | int]]:
    """The entry with its seal on, and the row that keeps it."""
    row = event_row(entry)
    row["hash"] = seal(row)
    return replace(entry, hash=str(row["hash"])), row


def request_digest(request: Request) -> str:
    """What makes two requests the same one.

    The expected version is left out: who retries after reading the deal again, with his own entry
    now in it, must get his first answer and not an error.
    """
    match request:
        case Command():
            return digest((COMMAND, request.deal, request.body))
        case Opening():
            return digest((OPENING, request.deal, request.agreement, request.text, request.body))
