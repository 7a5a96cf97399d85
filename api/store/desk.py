"""The database to what a batch needs to be heard, and the heard batch back to the database.

Three reads however large the batch is (deals with their heads, keys used before, seats), and one
bulk write for each table. The last row of the log says where a deal stands; a head that does not
match it, or that other rules made, is treated as if it were not there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from api.store.batch import Batch, Docket, Request
from api.store.codec import from_microseconds
from api.store.handler import Command, Handler, Opening, StoredDeal, StoredEvent
from api.store.rows import deal_from, deal_row, event_from, read_rows
from api.store.statements import (
    ADD_DEALS,
    ADD_ENTRIES,
    ADD_TEXTS,
    DEALS,
    HISTORY,
    KNOWN,
    PUT_HEADS,
    PUT_MEMBERS,
    SEATS,
    TEXTS,
)

TEXTS_KEPT = 64


class Desk:
    """Prepares batches for the writer and files them."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._texts: OrderedDict[str, str] = OrderedDict()

    def prepare(self, connection: Connection, requests: Sequence[Request], now: datetime) -> Batch:
        """All that hearing these requests takes, as it stands inside this transaction.

        A deal is looked up for its members alone: to a stranger it costs as much as one that is not there.
        """
        seats = _seats(connection, {(r.deal, r.actor) for r in requests if isinstance(r, Command)})
        heard = {r.deal for r in requests if isinstance(r, Opening) or r.operator or (r.deal, r.actor) in seats}
        return Batch(
            handler=self._handler,
            now=now,
            dockets=self._dockets(connection, heard),
            known=_known(connection, {(request.actor, request.key) for request in requests}),
            seats=seats,
            read_history=lambda id: read_history(connection, id),
        )

    def file(self, connection: Connection, batch: Batch) -> None:
        """Write what the batch added; the caller commits."""
        touched = tuple(batch.touched())
        if not touched:
            return
        _file_openings(connection, [d.deal for d in touched if d.added[0].version == 1])
        connection.execute(ADD_ENTRIES, [row for docket in touched for row in docket.rows])
        _file_members(connection, [entry for docket in touched for entry in docket.added])
        _file_heads(connection, touched, self._handler.engine_version)

    def _dockets(self, connection: Connection, ids: Iterable[str]) -> dict[str, Docket]:
        told = {"ids": sorted(ids), "engine_version": self._handler.engine_version}
        rows = read_rows(connection, DEALS, told)
        texts = self._texts_of(connection, {row["agreement_sha256"] for row in rows})
        return {
            row["id"]: Docket(
                deal=deal_from(row, texts[row["agreement_sha256"]]),
                version=row["version"],
                hash=row["hash"],
                recorded_at=from_microseconds(row["recorded_at_us"]),
                state=row["state"],
            )
            for row in rows
        }

    def _texts_of(self, connection: Connection, hashes: set[str]) -> dict[str, str]:
        """The pinned texts; they never change, so those used lately are kept at hand."""
        missing = sorted(hashes - self._texts.keys())
        texts = {sha256: self._texts[sha256] for sha256 in hashes & self._texts.keys()}
        if missing:
            for row in read_rows(connection, TEXTS, {"hashes": missing}):
                texts[row["sha256"]] = row["text"]
        for sha256, text in texts.items():
            self._texts[sha256] = text
            self._texts.move_to_end(sha256)
        while len(self._texts) > TEXTS_KEPT:
            self._texts.popitem(last=False)
        return texts


def read_history(connection: Connection, id: str) -> tuple[StoredEvent, ...]:
    """Every entry of a deal, in order."""
    return tuple(event_from(row) for row in read_rows(connection, HISTORY, {"id": id}))


def _known(connection: Connection, keys: set[tuple[str, str]]) -> dict[tuple[str, str], StoredEvent]:
    rows = read_rows(connection, KNOWN, {"pairs": sorted(keys)})
    return {(row["actor"], row["key"]): event_from(row) for row in rows}


def _seats(connection: Connection, pairs: set[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    seats: dict[tuple[str, str], set[str]] = {}
    if pairs:
        for row in read_rows(connection, SEATS, {"pairs": sorted(pairs)}):
            seats.setdefault((row["deal"], row["person"]), set()).add(row["party"])
    return seats


def _file_openings(connection: Connection, deals: Sequence[StoredDeal]) -> None:
    if not deals:
        return
    connection.execute(
        ADD_TEXTS,
        [{"sha256": d.agreement_sha256, "text": d.text} for d in deals],
    )
    connection.execute(ADD_DEALS, [deal_row(d) for d in deals])


def _file_members(connection: Connection, entries: Iterable[StoredEvent]) -> None:
    rows = [
        {
            "deal": entry.deal,
            "person": person,
            "party": party,
            "acts": int(acts),
            "since_version": entry.version,
        }
        for entry in entries
        for person, party, acts in entry.members
    ]
    if rows:
        connection.execute(PUT_MEMBERS, rows)


def _file_heads(connection: Connection, dockets: Sequence[Docket], engine_version: str) -> None:
    rows = [
        {
            "deal": docket.deal.id,
            "version": docket.version,
            "hash": docket.hash,
            "engine_version": engine_version,
            "state": docket.state,
        }
        for docket in dockets
    ]
    connection.execute(PUT_HEADS, rows)
