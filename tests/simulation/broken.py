"""Parts that break one promise each: what the checker has to find out, or it would find nothing else either."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api import seats
from api.kernel import Held, Kernel
from api.store import Command, Page, Reads, Stored, canonical
from api.store.batch import Batch, Request
from api.store.desk import Desk
from api.store.tables import head
from api.store.writer import Answer
from dsl.actions import Attempt
from dsl.compile import Agreement
from tests.api.bad_days.disk import OK, Step, Sync
from tests.simulation.stack import Parts, Turned, Volatile


class Forgetful(Turned):
    """Answers before it commits, and now and then does not commit."""

    commits = 0

    def __init__(self, *parts: Any, **sizes: Any) -> None:
        super().__init__(*parts, **sizes)
        commit = self._engine.dialect.do_commit

        def do_commit(connection: Any) -> None:
            self.commits += 1
            (connection.rollback if self.commits % 6 == 0 else lambda: commit(connection))()

        self._engine.dialect.do_commit = do_commit  # type: ignore[assignment, method-assign]


class Anew(Turned):
    """Answers a request that comes again anew."""

    def _answers(self, requests: Sequence[Request]) -> list[Answer]:
        return [_anew(each) for each in super()._answers(requests)]


def _anew(answer: Answer) -> Answer:
    if isinstance(answer, Stored) and answer.replayed:
        again = canonical({**json.loads(answer.event.answer), "note": "asked again"})
        return replace(answer, event=replace(answer.event, answer=again))
    return answer


class AnyVersion(Turned):
    """Does not care which version somebody has seen."""

    def _answers(self, requests: Sequence[Request]) -> list[Answer]:
        seen = [replace(each, expected_version=None) if isinstance(each, Command) else each for each in requests]
        return super()._answers(seen)


class Silent(Turned):
    """Tells nobody who follows."""

    def _announce(self, answers: Sequence[Answer], *, also_found: bool) -> None:
        pass


class AtDesk(Turned):
    """Has a broken desk."""

    desk: type[Desk] = Desk

    def __init__(self, *parts: Any, **sizes: Any) -> None:
        super().__init__(*parts, **sizes)
        self._desk = self.desk(parts[1])


class HeadLosing(Desk):
    """Loses the head of a deal now and then."""

    filed = 0

    def file(self, connection: Connection, batch: Batch) -> None:
        super().file(connection, batch)
        self.filed += 1
        for docket in list(batch.touched())[:1] if self.filed % 6 == 0 else ():
            connection.execute(head.delete().where(head.c.deal == docket.deal.id))


class ByItsOwnClock(Desk):
    """Forgets when a deal was last written to."""

    def prepare(self, connection: Connection, requests: Sequence[Request], now: datetime) -> Batch:
        batch = super().prepare(connection, requests, now)
        for docket in batch.dockets.values():
            docket.recorded_at = None
        return batch


class Hospitable(Desk):
    """Forgets that the seat of a person was revoked."""

    def prepare(self, connection: Connection, requests: Sequence[Request], now: datetime) -> Batch:
        batch = super().prepare(connection, requests, now)
        for request in requests:
            batch.seats.setdefault((request.deal, request.actor), {"Buyer"})
        return batch


class Standing(set[str]):
    """Seats that nobody loses."""

    def discard(self, party: object) -> None:
        pass


class Stale(Desk):
    """Judges all who are heard together by the seats they had before."""

    def prepare(self, connection: Connection, requests: Sequence[Request], now: datetime) -> Batch:
        batch = super().prepare(connection, requests, now)
        batch.seats = {key: Standing(parties) for key, parties in batch.seats.items()}
        return batch


class LosesHeads(AtDesk):
    desk = HeadLosing


class OwnClock(AtDesk):
    desk = ByItsOwnClock


class OpenDoor(AtDesk):
    desk = Hospitable


class OldRights(AtDesk):
    desk = Stale


class Trusting(Kernel):
    """Lets a member of a deal act for every party."""

    def attempt(
        self, agreement: Agreement, held: Held, person: str, asked: dict[str, Any], at: datetime
    ) -> Attempt | Any:
        seated = (*held.seats, seats.Seat(person, asked["as"], ""))
        return super().attempt(agreement, replace(held, seats=seated), person, asked, at)


class Generous(Kernel):
    """Lets pass twice what passes by itself."""

    def write(self, held: Held) -> str:
        passed = [each for each in held.state.postings if each.verb == "pass"]
        if len(passed) == 1:
            held = replace(held, state=held.state.with_posting(passed[0]))
        return super().write(held)


class Late(Kernel):
    """Lets pass a second too late what passes by itself."""

    def write(self, held: Held) -> str:
        late = tuple(
            replace(each, at=each.at.replace(second=59)) if each.verb == "pass" else each
            for each in held.state.postings
        )
        return super().write(replace(held, state=replace(held.state, postings=late)))


class Lying(Volatile):
    """Says that it has synced what it has not."""

    def do(self, step: Step, act: Callable[[], int]) -> int:
        """Do a step; a sync is not done."""
        return OK if isinstance(step, Sync) else super().do(step, act)


class Skipping(Reads):
    """Skips an entry now and then."""

    def events_after(self, id: str, version: int, limit: int = 100) -> Page:
        return super().events_after(id, version + (version % 3 == 2), limit)


class Disordered(Reads):
    """Shows the last entries first."""

    def events_after(self, id: str, version: int, limit: int = 100) -> Page:
        page = super().events_after(id, version, limit)
        return replace(page, events=page.events[::-1])


BROKEN: dict[str, tuple[Parts, str]] = {
    "drops a commit": (Parts(writer=Forgetful), "what is acknowledged is stored"),
    "answers a duplicate anew": (Parts(writer=Anew), "byte for byte"),
    "lets two win a version": (Parts(writer=AnyVersion), "a version has one winner"),
    "tells no follower": (Parts(writer=Silent), "whoever follows is told"),
    "loses the head": (Parts(writer=LosesHeads), "the head is the last entry"),
    "goes back in time": (Parts(writer=OwnClock), "time goes on in the log"),
    "hears who has no seat": (Parts(writer=OpenDoor), "a stranger learns nothing of a deal"),
    "heeds no revocation on the way": (Parts(writer=OldRights), "a stranger learns nothing of a deal"),
    "lets anybody act for anybody": (Parts(kernel=Trusting), "nobody acts without right"),
    "fires a timer twice": (Parts(kernel=Generous), "an account holds"),
    "fires a timer late": (Parts(kernel=Late), "comes once, when it is due"),
    "does not sync": (Parts(disk=Lying), "the log is never shortened|never lost|starts again"),
    "skips an entry": (Parts(reads=Skipping), "each entry is read once, in order"),
    "shows entries out of order": (Parts(reads=Disordered), "each entry is read once, in order"),
}
"""What each does, and the promise that it breaks."""
