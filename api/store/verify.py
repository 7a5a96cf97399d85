"""A deal's log to a list of what is wrong with it and where: empty, if nobody tampered with it.

The seals are worked out anew over every column of every row, the rows must follow one another
without a gap, and all that was folded from them (the state, the memberships, the deal's own row)
must come out the same again. What seals alone cannot show is a log cut short or rewritten whole by
somebody who can also rewrite the head; for that, a party hands in the version and seal of an entry
it once saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Integer, Select, select, union

from api.store.chain import ALGORITHM, seal, text_digest
from api.store.failures import MISTAKES
from api.store.handler import Handler
from api.store.rows import NOBODY, Record, deal_from, event_from, members_from, read_rows
from api.store.tables import NO_HASH, agreement_text, deal, event, head, membership
from api.store.wholeness import Fault, database_faults


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that somebody saw and kept the seal of, outside the store."""

    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was found about one deal. A head that is missing or older than the rules is no fault."""

    deal: str
    entries: int
    head: Literal["checked", "missing", "of another engine"]
    seal: str
    """That of the last entry, as it is kept; empty if there is none."""

    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def log_sound(self) -> bool:
        """Whether nothing is wrong with the log itself; the head beside it is only a copy, and can be folded anew."""
        return all(fault.table == "head" and fault.column == "state" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found about the whole database."""

    faults: tuple[Fault, ...]
    deals: tuple[Report, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong, in the file or in any deal."""
        return not self.faults and all(report.sound for report in self.deals)


def verify_deal(engine: Engine, handler: Handler, id: str, known: Known | None = None) -> Report:
    """Check one deal, as it stands at one moment."""
    with engine.begin() as connection:
        evidence = _gather(connection, id)
    return _report(evidence, handler, known)


def verify_within(connection: Connection, handler: Handler, id: str) -> Report:
    """Check one deal as a transaction sees it that may have written to it."""
    return _report(_gather(connection, id), handler, None)


def _report(evidence: _Evidence, handler: Handler, known: Known | None) -> Report:
    faults = [*evidence.faults, *_log_faults(evidence, known), *_members_faults(evidence)]
    if evidence.deal is None:
        faults.append(Fault("deal", None, None, "there is no such deal, or its text is gone"))
    else:
        faults += _deal_faults(evidence, evidence.deal)
    standing: Literal["checked", "missing", "of another engine"] = "missing"
    if evidence.head is not None:
        same = evidence.head["engine_version"] == handler.engine_version
        standing = "checked" if same else "of another engine"
        faults += _head_faults(evidence, evidence.head, handler if same else None)
    seal = evidence.rows[-1]["hash"] if evidence.rows else ""
    return Report(evidence.id, len(evidence.rows), standing, seal, tuple(faults))


def verify_file(engine: Engine, handler: Handler) -> FileReport:
    """Check the database by its own means, the guards of the log, and then every deal."""
    with engine.begin() as connection:
        faults = tuple(database_faults(connection))
        ids = every_deal(connection)
    return FileReport(faults, tuple(verify_deal(engine, handler, id) for id in ids))


def every_deal(connection: Connection) -> list[str]:
    """The deals that any table knows of."""
    every = union(select(deal.c.id), select(event.c.deal), select(membership.c.deal))
    return sorted(map(str, connection.execute(every).scalars()))


@dataclass(frozen=True, slots=True)
class _Evidence:
    id: str
    deal: Record | None
    rows: Sequence[Record]
    head: Record | None
    members: Sequence[Record]
    faults: Sequence[Fault]
    """Values that are not of the type of their column; a neutral one stands in their place."""


def _gather(connection: Connection, id: str) -> _Evidence:
    log = select(event).where(event.c.deal == id).order_by(event.c.version)
    pinned = select(deal, agreement_text.c.text).join(agreement_text).where(deal.c.id == id)
    faults: list[Fault] = []

    def read(query: Select[Any]) -> list[Record]:
        return [_of_its_types(query, row, faults) for row in read_rows(connection, query)]

    deals = read(pinned)
    heads = read(select(head).where(head.c.deal == id))
    return _Evidence(
        id=id,
        deal=deals[0] if deals else None,
        rows=read(log),
        head=heads[0] if heads else None,
        members=read(select(membership).where(membership.c.deal == id)),
        faults=faults,
    )


def _of_its_types(query: Select[Any], row: Record, faults: list[Fault]) -> Record:
    """A row whose every number is one, and every text; damage to a file can turn the one into the other."""
    whole = dict(row)
    for column in query.selected_columns:
        kind, wanted = (int, "a whole number") if isinstance(column.type, Integer) else (str, "a text")
        if not isinstance(row[column.name], kind):
            whole[column.name] = kind()
            faults.append(Fault(column.table.name, None, column.name, f"must be {wanted}, and something else is kept"))
    return whole


def _log_faults(evidence: _Evidence, known: Known | None) -> Iterator[Fault]:
    before: Record = {"version": 0, "hash": NO_HASH, "recorded_at_us": None}
    for row, after in zip_longest(evidence.rows, evidence.rows[1:]):
        yield from _order_faults(row, before)
        if seal(row) != row["hash"]:
            column = _culprit(row, before, after, evidence)
            yield Fault("event", row["version"], column, "the entry does not match its seal")
        before = row
    if not evidence.rows:
        yield Fault("event", None, None, "the deal has no entries")
    if known is not None:
        kept = next((row["hash"] for row in evidence.rows if row["version"] == known.version), None)
        if kept is None:
            yield Fault("event", known.version, "hash", "was seen before, and the log has no such entry")
        elif kept != known.hash:
            yield Fault("event", known.version, "hash", "is not the seal that was seen before")


def _order_faults(row: Record, before: Record) -> Iterator[Fault]:
    version = row["version"]
    if version != before["version"] + 1:
        yield Fault("event", version, "version", f"follows version {before['version']}")
    if row["prev_hash"] != before["hash"]:
        yield Fault("event", version, "prev_hash", "is not the seal of the entry before")
    if before["recorded_at_us"] is not None and row["recorded_at_us"] <= before["recorded_at_us"]:
        yield Fault("event", version, "recorded_at_us", "is not after the entry before")


def _culprit(row: Record, before: Record, after: Record | None, evidence: _Evidence) -> str | None:
    """The column that was changed, if what is told of it elsewhere fits the seal."""
    if after is not None and after["prev_hash"] == seal(row):
        return "hash"
    candidates: list[tuple[str, str | int]] = [
        ("deal", evidence.id),
        ("version", before["version"] + 1),
        ("prev_hash", before["hash"]),
        ("algorithm", ALGORITHM),
        *(("kind", kind) for kind in ("opened", "accepted", "refused")),
        ("members", NOBODY),
    ]
    if evidence.deal is not None:
        candidates.append(("agreement", evidence.deal["agreement"]))
        candidates.append(("agreement_sha256", evidence.deal["agreement_sha256"]))
    for column, value in candidates:
        if seal({**row, column: value}) == row["hash"]:
            return column
    return None


def _deal_faults(evidence: _Evidence, found: Record) -> Iterator[Fault]:
    if text_digest(found["text"]) != found["agreement_sha256"]:
        yield Fault("agreement_text", None, "text", "is not the text that the deal is pinned to")
    if not evidence.rows:
        return
    first = evidence.rows[0]
    said = {
        "agreement": first["agreement"],
        "agreement_sha256": first["agreement_sha256"],
        "opened_at_us": first["recorded_at_us"],
        "opened_by": first["actor"],
    }
    for column, value in said.items():
        if found[column] != value:
            yield Fault("deal", None, column, "is not what the opening entry says")


def _members_faults(evidence: _Evidence) -> Iterator[Fault]:
    folded: dict[tuple[str, str], tuple[int, int]] = {}
    for row in evidence.rows:
        try:
            members = [(str(person), str(party), int(acts)) for person, party, acts in members_from(row["members"])]
        except (ValueError, TypeError):
            continue  # the seal of that row says so already
        for person, party, acts in members:
            folded[person, party] = (acts, row["version"])
    stored = {(m["person"], m["party"]): (m["acts"], m["since_version"]) for m in evidence.members}
    for person, party in sorted(folded.keys() | stored.keys()):
        told, kept = folded.get((person, party)), stored.get((person, party))
        if told != kept:
            version = (told or kept or (0, None))[1]
            problem = f"{person} for {party}: kept is {_seat(kept)}, and the log says {_seat(told)}"
            yield Fault("membership", version, "acts", problem)


def _seat(found: tuple[int, int] | None) -> str:
    if found is None:
        return "no seat"
    acts, version = found
    return f"a seat that {'acts' if acts else 'does not act'}, since version {version}"


def _head_faults(evidence: _Evidence, kept: Record, handler: Handler | None) -> Iterator[Fault]:
    version = kept["version"]
    last = evidence.rows[-1] if evidence.rows else {"version": 0, "hash": NO_HASH}
    for column in ("version", "hash"):
        if kept[column] != last[column]:
            yield Fault("head", version, column, f"the log ends with version {last['version']}")
    if handler is None or evidence.deal is None:
        return
    state = _replayed(evidence, evidence.deal, handler, len(evidence.rows))
    if state is None:
        yield _unreadable(evidence, evidence.deal, handler)
    elif state != kept["state"]:
        yield Fault("head", version, "state", "the kept state is damaged: the log leads to another")


def _replayed(evidence: _Evidence, pinned: Record, handler: Handler, entries: int) -> str | None:
    """The state that the first entries lead to; None where they cannot be replayed."""
    try:
        found = deal_from(pinned, pinned["text"])
        return handler.replay(found, [event_from(row) for row in evidence.rows[:entries]])
    except MISTAKES:  # what a forged entry leads to, in code that was written for entries that we wrote
        return None


def _unreadable(evidence: _Evidence, pinned: Record, handler: Handler) -> Fault:
    """Which entry keeps a log from being replayed, and the column of it that was changed if that shows."""
    readable, stopped = 0, max(len(evidence.rows), 1)
    while stopped - readable > 1:
        middle = (readable + stopped) // 2
        if _replayed(evidence, pinned, handler, middle) is None:
            stopped = middle
        else:
            readable = middle
    if not readable:
        return Fault("event", None, None, "the log cannot be replayed: nothing can be made of its text and first entry")
    row, before = evidence.rows[readable], evidence.rows[readable - 1]
    after = evidence.rows[readable + 1] if len(evidence.rows) > readable + 1 else None
    column = None if seal(row) == row["hash"] else _culprit(row, before, after, evidence)
    what = f"its {column} cannot be read with the rest of it" if column else "it cannot be read, or cannot follow them"
    problem = f"the log can be replayed up to version {before['version']}, and not with this entry: {what}"
    return Fault("event", row["version"], column, problem)
