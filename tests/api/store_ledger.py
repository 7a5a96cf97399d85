"""A tiny engine for the tests of the store: a total that may not pass the limit in the agreement.

The agreement's text is its limit. A body `{"add": n}` adds to the total or is refused; other keys
of the body do what a test needs: `at` makes the fact a late one, `refold` asks for the history,
`grant` changes the members, `explode`, `nonsense`, `unwritable` and `starve` fail in four different
ways, and `wait` holds the writer until the test opens the gate.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from api.clock import ManualClock
from api.store import (
    Command,
    Decision,
    History,
    Invalid,
    Kind,
    Opening,
    Store,
    Stored,
    StoredDeal,
    StoredEvent,
    canonical,
)

Where: TypeAlias = Path | str
"""A path, or the URL of a database on a server."""

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ZONE = "America/New_York"


@dataclass
class LedgerHandler:
    """Adds up, and writes down how it was asked."""

    engine_version: str = "ledger-1"
    gate: threading.Event = field(default_factory=threading.Event)
    waiting: threading.Event = field(default_factory=threading.Event)
    states: list[str | None] = field(default_factory=list)
    instants: list[datetime] = field(default_factory=list)

    def open(self, opening: Opening, at: datetime) -> Decision | Invalid:
        body = json.loads(opening.body)
        if "members" not in body:
            return Invalid(canonical({"error": "a deal needs members"}))
        members = tuple((person, party, True) for person, party in body["members"])
        entry = canonical({"opened": opening.agreement})
        return Decision("opened", at, ZONE, entry, canonical({"ok": True}), '{"total":0}', members)

    def decide(
        self, deal: StoredDeal, state: str | None, history: History, command: Command, at: datetime
    ) -> Decision | Invalid:
        self.states.append(state)
        self.instants.append(at)
        body = json.loads(command.body)
        if "nonsense" in body:
            return Invalid(canonical({"error": "nobody understands this"}))
        if "explode" in body:
            raise ZeroDivisionError(command.key)
        if "starve" in body:
            raise MemoryError(command.key)
        if "wait" in body:
            self.waiting.set()
            self.gate.wait(timeout=15)  # so that a test that fails ends too
        known = state if state is not None and "refold" not in body else self.replay(deal, history())
        total = json.loads(known)["total"]
        added = body.get("add", 0)
        fits = total + added <= int(deal.text)
        kind: Kind = "accepted" if fits else "refused"
        after = total + added if fits else total
        return Decision(
            kind=kind,
            effective_at=datetime.fromisoformat(body["at"]) if "at" in body else at,
            zone=ZONE,
            body=canonical({"add": added, "note": body.get("note", "")}),
            answer=canonical({"kind": kind, "total": after}),
            state="\udc00" if "unwritable" in body else canonical({"total": after}),
            members=tuple((person, party, acts) for person, party, acts in body.get("grant", ())),
        )

    def replay(self, deal: StoredDeal, history: Sequence[StoredEvent]) -> str:
        added = [json.loads(entry.body)["add"] for entry in history if entry.kind == "accepted"]
        return canonical({"total": sum(added)})


def ledger(
    where: Where,
    handler: LedgerHandler | None = None,
    clock: ManualClock | None = None,
    **sizes: Any,
) -> Store:
    """A store for the tiny engine, at noon."""
    return Store.open(where, handler or LedgerHandler(), clock or ManualClock(NOON), **sizes)


@cache
def _empty() -> bytes:
    """A database file with today's tables and nothing in them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "db"
        ledger(path).close()
        return path.read_bytes()


def prepared(path: Path) -> Path:
    """The path, with a database there that has today's tables and nothing in them, unless there was one already."""
    if not path.exists():
        path.write_bytes(_empty())
        path.chmod(0o600)
    return path


def opening(deal: str = "bicycle", limit: int = 100, key: str = "", **extra: Any) -> Opening:
    """Ana opens a deal between herself and Ben."""
    members = [["ana", "Buyer"], ["ben", "Seller"]]
    body = canonical({"members": members, **extra})
    return Opening(deal, "Bicycle Sale", str(limit), "ana", key or f"open-{deal}", body)


def command(
    key: str,
    actor: str = "ana",
    deal: str = "bicycle",
    expected: int | None = None,
    **body: Any,
) -> Command:
    """Somebody attempts something; Ana under the bicycle deal, unless said otherwise."""
    return Command(deal, actor, key, canonical(body), expected)


def do(store: Store, request: Command | Opening) -> StoredEvent:
    """The entry that a request leads to; it has to lead to one."""
    outcome = store.submit(request).result(timeout=60)
    assert isinstance(outcome, Stored), outcome
    return outcome.event


def minutes(count: int) -> timedelta:
    """A span of whole minutes."""
    return timedelta(minutes=count)
