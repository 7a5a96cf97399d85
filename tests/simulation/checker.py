"""Every promise of the service, checked after every step of a simulation against what was asked and answered.

The checker remembers what each person sent and was told, and reads the tables by a connection of its own. It asks the
service nothing, so that a part that lies to people cannot lie to it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from api.kernel import Kernel
from api.store import Command, Conflict, Invalid, Opening, Outcome, Stored, UnknownDeal
from api.store.batch import Request, request_digest
from api.store.chain import seal
from api.store.codec import from_microseconds, to_microseconds
from api.store.outcomes import DiskFull, KeyReused
from api.store.rows import event_row, members_from
from api.store.tables import NO_HASH, event
from tests.simulation.expected import Act, Books, Done, books

Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str, str, str]
"""A deal, a person and what he or she calls a request."""

COLUMNS = [column.name for column in event.columns]
_NEW = f"select rowid, {', '.join(COLUMNS)} from event where rowid > ? order by rowid"
_LAST = "select coalesce(max(rowid), 0) from event"
_HEAD = "select version, hash, state from head where deal = ?"
_SEATS = "select person, party from membership where deal = ? and acts = 1"
_ALL = f"select {', '.join(COLUMNS)} from event"


class Violated(AssertionError):
    """A promise of the service was not kept."""


def require(kept: object, promise: str, *what: object) -> None:
    """Raise Violated unless the promise was kept."""
    if not kept:
        raise Violated(f"{promise}: {'; '.join(map(str, what))}")


@dataclass(frozen=True)
class Heard:
    """A request that the store has heard, and what came of it."""

    request: Request
    outcome: Outcome | BaseException
    delivered: bool = True
    """Whether the answer reaches who asked."""


@dataclass(frozen=True)
class Accounts:
    """What a state says of money and time; instants are whole microseconds, amounts minor units."""

    now: int
    balances: dict[str, int]
    postings: Sequence[tuple[int, str, str, str, int, str]]
    """When, by which verb, from where, to where, how much, and in which unit."""

    defaults: Sequence[int]
    diverged: bool
    """Whether the state tells that something it holds would be answered otherwise now."""


def accounts_of(state: dict[str, Any]) -> Accounts:
    """The accounts of a state as it is kept, where what is nothing is left out."""
    return Accounts(
        state["now"],
        {account: amount for account, (amount, _) in state.get("balances", ())},
        [(p["at"], p["verb"], p["source"], p["target"], *p["amount"]) for p in state.get("postings", ())],
        [each["at"] for each in state.get("entries", ()) if each["kind"] == "Default"],
        "divergences" in state,
    )


class Log:
    """The log of a deal as it must be, with whatever follows from it about who acts for whom."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.seats: dict[str, set[str]] = defaultdict(set)
        self.done: list[Done] = []

    @property
    def version(self) -> int:
        """That of the last entry."""
        return len(self.rows)

    def seated(self, person: str) -> bool:
        """Whether a person acts for anybody."""
        return bool(self.seats.get(person))

    def add(self, row: Row) -> None:
        """One more entry, which has to follow the last."""
        last: Row = self.rows[-1] if self.rows else {"version": 0, "hash": NO_HASH, "recorded_at_us": -1}
        require(row["version"] == last["version"] + 1, "versions have no gap", row["version"], last["version"])
        require(row["prev_hash"] == last["hash"] and seal(row) == row["hash"], "the chain of seals holds", row)
        require(row["recorded_at_us"] > last["recorded_at_us"], "time goes on in the log", row, last)
        require(row["effective_at_us"] <= row["recorded_at_us"], "nothing happens in the future", row)
        said = json.loads(row["body"])
        if row["kind"] != "opened" and not said.get("operator"):
            self._require_right(row, said)
        for person, party, acts in members_from(row["members"]):
            (self.seats[person].add if acts else self.seats[person].discard)(party)
        if row["kind"] == "accepted" and "attempt" in said:
            done = Done(from_microseconds(row["effective_at_us"]), row["version"], act_of(said))
            self.done.append(done)
        self.rows.append(row)

    def _require_right(self, row: Row, said: dict[str, Any]) -> None:
        party = said["attempt"]["actor"] if "attempt" in said else said["seat"]["party"]
        require(party in self.seats.get(row["actor"], ()), "nobody acts without right", row["actor"], party, row)

    def books(self, now: int) -> Books:
        """What the accounts must say."""
        return books(from_microseconds(self.rows[0]["effective_at_us"]), self.done, from_microseconds(now))


def act_of(said: dict[str, Any]) -> Act:
    """What was done, as the body of an entry says it."""
    action = said["attempt"]["action"]
    amount = action.get("amount", [0])[0]
    match action["is"], action.get("fund"), action.get("kind"):
        case "Deposit", "Fund", _:
            return Act("deposit", amount)
        case "Deposit", "Bond", _:
            return Act("bond", amount)
        case "Pay", "Fund", _:
            return Act("return" if said["section"] == "4" else "refund", amount)
        case "Make", _, "Delivery":
            return Act("deliver", name=action["name"])
        case "Make", _, "Objection":
            return Act("object", name=action["name"], about=action["about"])
        case "AssertBreach", _, _:
            return Act("assert")
        case _:
            raise Violated(f"only what the agreement allows is accepted: {action}")


class Checker:
    """What was sent, told and stored so far."""

    def __init__(self) -> None:
        self.logs: dict[str, Log] = defaultdict(Log)
        self.stored: dict[Key, Row] = {}
        self.told: dict[Key, tuple[str, str]] = {}
        self.sent: dict[Key, set[str]] = defaultdict(set)
        self.outcomes = Counter[str]()
        self.room = True
        self._last = 0
        self._fresh: list[Row] = []
        self._versions: dict[str, int] = {}

    # ---------------------------------------------------------------- requests

    def sending(self, request: Request) -> None:
        """Note that a person asks for something."""
        self.sent[key_of(request)].add(request_digest(request))

    def heard(self, answers: Sequence[Heard]) -> None:
        """What the store made of some requests, one after the other."""
        self._versions = {}
        fresh: dict[Key, Row] = {}
        for each in answers:
            self._judge(each.request, each.outcome, fresh)
            self.outcomes[type(each.outcome).__name__] += 1
            if each.delivered and isinstance(each.outcome, Stored):
                self._tell(key_of(each.request), each.outcome)
        self._fresh = list(fresh.values())

    def _tell(self, key: Key, outcome: Stored) -> None:
        told = (outcome.event.hash, outcome.event.answer)
        require(self.told.setdefault(key, told) == told, "the same request has one answer, byte for byte", key, told)

    def _judge(self, request: Request, outcome: Outcome | BaseException, fresh: dict[Key, Row]) -> None:
        key, digest = key_of(request), request_digest(request)
        known = self.stored.get(key) or fresh.get(key)
        version = self._versions.get(request.deal, self.logs[request.deal].version)
        stranger = isinstance(request, Command) and not request.operator and self._is_stranger(request, fresh.values())
        told = isinstance(outcome, UnknownDeal | DiskFull) or known is not None
        require(told or not stranger, "a stranger learns nothing of a deal", request, outcome)
        match outcome:
            case Stored(event=entry, replayed=True):
                require(known is not None, "an answer is in the log", key)
                require(event_row(entry) == known, "the same request has one answer, byte for byte", known, entry)
                require(digest == entry.request_sha256, "a key is good for one request", key)
            case Stored(event=entry):
                require(known is None, "a request is stored once", key, known)
                require(entry.version == version + 1, "versions have no gap", entry, version)
                expected = None if isinstance(request, Opening) else request.expected_version
                require(expected in (None, version), "a version has one winner", expected, version, entry)
                require(entry.request_sha256 == digest and key_of(entry) == key, "what was asked is stored", key)
                fresh[key] = event_row(entry)
                self._versions[request.deal] = entry.version
            case KeyReused():
                require(known is not None and known["request_sha256"] != digest, "a key is good for one request", key)
            case Conflict(actual_version=actual):
                expected = None if isinstance(request, Opening) else request.expected_version
                require(actual == version != expected, "a conflict tells the version there is", actual, version)
            case UnknownDeal():
                require(stranger, "a member of a deal is not turned away", request)
            case Invalid():
                require(known is None, "what is in the log is answered from it", key, outcome)
            case DiskFull():
                require(not self.room, "only a full disk is full", request)
            case _:
                raise Violated(f"a sound store answers: {outcome!r} to {request}")

    def _is_stranger(self, request: Request, fresh: Iterable[Row]) -> bool:
        """Whether a person has no seat in a deal, in the midst of what is just being heard."""
        parties = set(self.logs[request.deal].seats.get(request.actor, ()))
        for row in fresh:
            for person, party, acts in members_from(row["members"]) if row["deal"] == request.deal else ():
                if person == request.actor:
                    (parties.add if acts else parties.discard)(party)
        return not parties

    # ------------------------------------------------------------------ tables

    def look(self, raw: Any, *, cut_off: bool = False, in_doubt: Collection[Key] = ()) -> set[str]:
        """Read what is new in the tables: all that was just stored; or after a cut all of it, or nothing.

        Of requests in doubt nobody was told what they came to; they may be there.
        """
        found = raw.execute(_NEW, (self._last,)).fetchall()
        rows = [dict(zip(COLUMNS, row[1:], strict=True)) for row in found]
        fresh, self._fresh = self._fresh, []
        missing = [row for row in fresh if row not in rows]
        others = [row for row in rows if row not in fresh and (row["deal"], row["actor"], row["key"]) not in in_doubt]
        require(not missing or (cut_off and not rows), "what is acknowledged is stored", missing)
        require(not others, "nothing is stored that was answered otherwise", others)
        if found:
            self._last = found[-1][0]
        else:
            require(raw.execute(_LAST).fetchone()[0] == self._last, "the log is never shortened", self._last)
        for row in rows:
            key = (row["deal"], row["actor"], row["key"])
            require(row["request_sha256"] in self.sent[key], "nothing is stored that nobody asked for", row)
            self.logs[row["deal"]].add(row)
            self.stored[key] = row
        touched = {row["deal"] for row in rows}
        for deal in sorted(touched):
            self.state(raw, deal)
        return touched

    def state(self, raw: Any, deal: str) -> str:
        """The state of a deal and who acts in it, which must be what the log says."""
        log = self.logs[deal]
        head = raw.execute(_HEAD, (deal,)).fetchone()
        last = log.rows[-1]
        require(
            head is not None and head[:2] == (last["version"], last["hash"]), "the head is the last entry", head, last
        )
        seats: dict[str, set[str]] = defaultdict(set)
        for person, party in raw.execute(_SEATS, (deal,)):
            seats[person].add(party)
        require(seats == {who: has for who, has in log.seats.items() if has}, "seats are those of the log", seats)
        self.accounts(log, accounts_of(json.loads(head[2])["state"]))
        return str(head[2])

    def accounts(self, log: Log, found: Accounts) -> None:
        """The accounts of a state: nothing made or lost, and what time brought, once, at its instant."""
        held: dict[str, int] = defaultdict(int)
        for _, _, source, target, amount, unit in found.postings:
            held[f"{source} {unit}"] -= amount
            held[f"{target} {unit}"] += amount
        require(held == found.balances, "an account holds what came in less what went out", held, found.balances)
        due = log.books(found.now)
        ours = {"Fund/balance GBP": due.fund, "Fund/excess GBP": due.excess, "Bond/balance USD": due.bond}
        for account, amount in ours.items():
            require(held.get(account, 0) == amount, "an account holds what the agreement says", account, held, due)
            require(amount >= 0 or found.diverged, "a fund never holds less than nothing", account, amount)
        passed = sorted((at, source.partition("/")[0]) for at, verb, source, *_ in found.postings if verb == "pass")
        self._once("what passes by itself", passed, [(to_microseconds(at), fund) for at, fund in sorted(due.passed)])
        self._once("a default", [(at, "") for at in found.defaults], [(to_microseconds(at), "") for at in due.defaults])

    def _once(self, what: str, found: Sequence[tuple[int, str]], due: Sequence[tuple[int, str]]) -> None:
        """What time brings comes once, at its instant or a tick before it is over."""
        on_time = len(found) == len(due) and all(
            0 <= at[0] - came[0] <= 1 and came[1] == at[1] for came, at in zip(found, due, strict=True)
        )
        require(on_time, f"{what} comes once, when it is due", found, due)

    # ------------------------------------------------------------------- crashes

    def survived(self, raw: Any) -> None:
        """After a crash: every entry that was there before is there still, as it was."""
        found = raw.execute(_ALL).fetchall()
        rows = {(row[0], row[1]): dict(zip(COLUMNS, row, strict=True)) for row in found}
        for row in self.stored.values():
            require(rows.get((row["deal"], row["version"])) == row, "what is acknowledged is never lost", row)
        for key in self.told:
            require(key in self.stored, "what is acknowledged is never lost", key)

    def replays(self, store: Any, raw: Any, deal: str) -> None:
        """The log alone leads to the state that is kept."""
        found, history = store.read.deal(deal), store.read.history(deal)
        require([event_row(each) for each in history] == self.logs[deal].rows, "what is read is what is stored", deal)
        require(Kernel().replay(found, history) == self.state(raw, deal), "replay gives the live state", deal)


def key_of(request: Any) -> Key:
    """The key of a request, or of the entry that it led to."""
    return request.deal, request.actor, request.key
