"""The database to what a batch needs to be heard, and the heard batch back to the database.

Three reads however large the batch is (deals with their heads, keys used before, seats), and one
bulk write for each table. Where several processes write, the heads are locked before the first of
the reads, which so sees all that was committed by whoever held them. The last row of the log says
where a deal stands; a head that does not match it, or that other rules made, is treated as if it
were not there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from api.store.batch import Batch, Docket, Request, keys_of
from api.store.codec import from_microseconds
from api.store.handler import Command, Handler, Opening, StoredEvent
from api.store.rows import deal_from, deal_row, event_from, read_rows
from api.store.statements import HISTORY, STATEMENTS, Record, Row, Statements

TEXTS_KEPT = 64


class Desk:
    """Prepares batches for the writer and files them."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._texts: OrderedDict[str, str] = OrderedDict()

    def prepare(self, connection: Connection, requests: Sequence[Request], now: datetime) -> Batch:
        """All that hearing these requests takes, as it stands inside this transaction.

        A deal is made ready for its members alone: to a stranger it costs no statement more than one that is not there.
        """
        statements = STATEMENTS[connection.dialect.name]
        deals = {"ids": sorted({request.deal for request in requests})}
        keys = {"pairs": sorted({(r.deal, r.actor, key) for r in requests for key in keys_of(r)})}
        pairs = {"pairs": sorted({(r.deal, r.actor) for r in requests if isinstance(r, Command)})}
        locks = [] if statements.lock is None else [(statements.lock, deals)]
        standing = (statements.deals, {**deals, "engine_version": self._handler.engine_version})
        asked = [(statements.seats, pairs)] if pairs["pairs"] else []
        found = statements.ask(connection, *locks, standing, (statements.known, keys), *asked)[len(locks) :]
        seats = _seats(found[2] if asked else [])
        heard = {r.deal for r in requests if isinstance(r, Opening) or r.operator or (r.deal, r.actor) in seats}
        return Batch(
            handler=self._handler,
            now=now,
            dockets=self._dockets(connection, statements, [row for row in found[0] if row["id"] in heard]),
            known={(row["deal"], row["actor"], row["key"]): event_from(row) for row in found[1]},
            seats=seats,
            read_history=lambda id: read_history(connection, id),
        )

    def file(self, connection: Connection, batch: Batch) -> None:
        """Write what the batch added; the caller commits."""
        touched = sorted(batch.touched(), key=lambda docket: docket.deal.id)
        if not touched:
            return
        statements = STATEMENTS[connection.dialect.name]
        opened = [docket.deal for docket in touched if docket.added[0].version == 1]
        texts = {each.agreement_sha256: each.text for each in opened}
        statements.write(
            connection,
            (statements.writes.texts, [{"sha256": sha256, "text": texts[sha256]} for sha256 in sorted(texts)]),
            (statements.writes.deals, [deal_row(each) for each in opened]),
            (statements.writes.entries, [row for docket in touched for row in docket.rows]),
            (statements.writes.members, _member_rows(entry for docket in touched for entry in docket.added)),
            (statements.writes.heads, [self._head_row(docket) for docket in touched]),
        )

    def _head_row(self, docket: Docket) -> Row:
        return {
            "deal": docket.deal.id,
            "version": docket.version,
            "hash": docket.hash,
            "engine_version": self._handler.engine_version,
            "state": docket.state,
        }

    def _dockets(self, connection: Connection, statements: Statements, rows: Sequence[Record]) -> dict[str, Docket]:
        texts = self._texts_of(connection, statements, {row["agreement_sha256"] for row in rows})
        return {
            row["id"]: Docket(
                deal=deal_from(row, texts[row["agreement_sha256"]]),
                version=row["version"],
                hash=row["hash"],
                recorded_at=from_microseconds(row["recorded_at_us"]),
                state=row["state"],
                moved=row["moved"] is not None,
            )
            for row in rows
        }

    def _texts_of(self, connection: Connection, statements: Statements, hashes: set[str]) -> dict[str, str]:
        """The texts, from the database only where they were not seen lately; a batch may need more than are kept."""
        texts = {sha256: self._texts[sha256] for sha256 in hashes if sha256 in self._texts}
        missing = sorted(hashes - texts.keys())
        if missing:
            for row in statements.ask(connection, (statements.texts, {"hashes": missing}))[0]:
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


def _seats(rows: Iterable[Record]) -> dict[tuple[str, str], set[str]]:
    seats: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        seats.setdefault((row["deal"], row["person"]), set()).add(row["party"])
    return seats


def _member_rows(entries: Iterable[StoredEvent]) -> list[Row]:
    """Who was seated or unseated, the last word for each seat: one statement cannot put a row twice."""
    rows: dict[tuple[str, str, str], Row] = {
        (entry.deal, person, party): {
            "deal": entry.deal,
            "person": person,
            "party": party,
            "acts": int(acts),
            "since_version": entry.version,
        }
        for entry in entries
        for person, party, acts in entry.members
    }
    return list(rows.values())
