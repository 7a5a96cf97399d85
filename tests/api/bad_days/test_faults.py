"""Whatever fails, and wherever: a request is stored whole or not at all, and sent again it is stored once."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event as on
from sqlalchemy.exc import DBAPIError

from api.store import Command, DiskFull, Opening, Outcome, Store, Stored, StoreFailed, UnknownDeal, writer
from tests.api.bad_days.disk import FULL, OK, SYNC_FAILED, WRITE_FAILED, Cut, Step, Sync, Write, watched
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import Where, command, do, ledger, opening


def requests(turn: int) -> list[Command | Opening]:
    """One of each kind that writes: a deal with its text and seats; two attempts that follow; a new seat; a refusal."""
    deal = f"deal-{turn}"
    return [
        opening(deal, limit=50 + turn, key=f"open-{turn}"),
        command(f"add-{turn}", deal=deal, add=7),
        command(f"seat-{turn}", deal=deal, grant=[["carl", "Agent", True]]),
        command(f"too-much-{turn}", "carl", deal=deal, add=1000),
        command(f"other-{turn}", "ben", add=1),
    ]


def stored(store: Store, asked: Sequence[Command | Opening]) -> dict[str, str]:
    """Keys and seals of those requests that are in the logs."""
    keys = {(each.deal, each.actor, each.key) for each in asked}
    logs = [store.read.history(deal) for deal in sorted({each.deal for each in asked})]
    found = [entry for log in logs for entry in log if (entry.deal, entry.actor, entry.key) in keys]
    assert len({entry.key for entry in found}) == len(found)
    return {entry.key: entry.hash for entry in found}


def answer(future: Future[Outcome]) -> Outcome | BaseException:
    failed = future.exception(timeout=60)
    return failed if failed is not None else future.result()


# --------------------------------------------------------- a statement or a commit


class Points:
    """Places where something can fail: before and after each statement, and before and after each commit."""

    def __init__(self, failing: int, fail: Callable[[Any], None]) -> None:
        self.reached = 0
        self._failing = failing
        self._fail = fail

    def point(self, connection: Any) -> None:
        self.reached += 1
        if self.reached == self._failing:
            self._fail(connection)

    @contextmanager
    def under(self, store: Store) -> Iterator[None]:
        """Stand in the way of the writer of a store, who alone says anything meanwhile."""
        engine = store._writing
        execute: Any = psycopg.Cursor.execute

        def executed(this: Any, said: Any, *told: Any, **more: Any) -> Any:
            """On a server, all but the notices between processes, which have no transaction."""
            if getattr(this.connection, "autocommit", False) is True:
                return execute(this, said, *told, **more)
            self.point(this.connection)
            done = execute(this, said, *told, **more)
            self.point(this.connection)
            return done

        def statement(connection: Any, _cursor: Any, said: str, *_: Any) -> None:
            if not said.startswith("BEGIN"):
                self.point(connection.connection.dbapi_connection)

        with pytest.MonkeyPatch.context() as patch:
            dialect: Any = engine.dialect
            commit = dialect.do_commit

            def do_commit(connection: Any) -> None:
                self.point(connection)
                commit(connection)
                self.point(connection)

            patch.setattr(dialect, "do_commit", do_commit)
            if engine.dialect.name == "postgresql":
                patch.setattr(psycopg.Cursor, "execute", executed)
                yield
                return
            on.listen(engine, "before_cursor_execute", statement)
            on.listen(engine, "after_cursor_execute", statement)
            try:
                yield
            finally:
                on.remove(engine, "before_cursor_execute", statement)
                on.remove(engine, "after_cursor_execute", statement)


def interrupt(_connection: Any) -> None:
    raise InterruptedError("something of ours failed, say")


def hang_up(connection: Any) -> None:
    connection.close()
    raise DBAPIError("", None, psycopg.OperationalError("server closed the connection unexpectedly"))


TOGETHER = pytest.mark.parametrize("together", [False, True], ids=["one by one", "in a batch"])


@TOGETHER
def test_whichever_statement_or_commit_fails_a_request_is_stored_whole_or_not_at_all(
    db: Where, together: bool, depth: int, tried: Tried
) -> None:
    with ledger(db) as store:
        do(store, opening(limit=10**9))

        tried(points=every_point(store, together, interrupt, stride(depth, together)))


@TOGETHER
def test_wherever_the_server_hangs_up_all_is_stored_once(
    server: str, together: bool, depth: int, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "pauses", lambda: iter([0.0]))
    with ledger(server) as store:
        do(store, opening(limit=10**9))

        tried(points=every_point(store, together, hang_up, stride(depth, together), all_stored=True))


def test_a_commit_that_fails_strikes_nobody_else(db: Where) -> None:
    """The next request finds no transaction that was left open, and no lock that is still held."""
    with ledger(db) as store:
        do(store, opening())
        on.listen(store._writing, "commit", interrupt, once=True)

        assert isinstance(answer(store.submit(command("a", add=1))), InterruptedError)
        assert do(store, command("b", "ben", add=1)).version == 2
        assert do(store, command("a", add=1)).version == 3


def stride(depth: int, together: bool) -> int:
    """Each point in a long run; in the suite some, different ones for the two ways of asking."""
    return 1 if depth > 1 else 5 if together else 17


def every_point(
    store: Store, together: bool, fail: Callable[[Any], None], stride: int, *, all_stored: bool = False
) -> int:
    """Let one point after the other fail, until there are no more; how many did. A failure strikes one request alone,
    and those that stand on it: under a deal that was not opened nothing can be done.
    """
    for failing in count(1, stride):
        points, asked = Points(failing, fail), requests(failing)
        with points.under(store):
            outcomes = submit_together(store, asked) if together else [answer(store.submit(each)) for each in asked]
        told = {o.event.key: o.event.hash for o in outcomes if isinstance(o, Stored)}
        failed = [each for each in outcomes if not isinstance(each, Stored | UnknownDeal)]
        assert told.items() <= stored(store, asked).items()
        assert len(failed) <= (0 if all_stored else 1)
        for each in asked:
            do(store, each)
        assert len(stored(store, asked)) == len(asked)
        assert store.verify(f"deal-{failing}").sound
        if points.reached < failing:
            assert store.verify_file().sound
            return failing // stride
    raise AssertionError("a counter came to an end")


def submit_together(store: Store, asked: Sequence[Command | Opening]) -> list[Outcome | BaseException]:
    """All in one batch: the writer gets no connection until they wait."""
    with store._writing.connect():
        store.submit(command("nobody", nonsense=1))  # the batch that the writer may have begun already
        futures = [store.submit(each) for each in asked]
    return [answer(each) for each in futures]


# ------------------------------------------------------------ a write or a sync


class Failing:
    """Lets the n-th step on the disk from now on fail, once or, like a full disk, until there is room again."""

    def __init__(self, nth: int, told: int, *, lasting: bool) -> None:
        self.reached = 0
        self._nth = nth
        self._told = told
        self._lasting = lasting

    def __call__(self, step: Step) -> int:
        wanted = Sync if self._told == SYNC_FAILED else (Write, Cut)
        if not isinstance(step, wanted):
            return OK
        self.reached += 1
        hit = self.reached >= self._nth if self._lasting else self.reached == self._nth
        return self._told if hit else OK


def test_a_disk_that_fills_up_at_any_write_stores_nothing_and_then_goes_on(
    tmp_path: Path, depth: int, tried: Tried
) -> None:
    """Nothing is started anew: what was refused is sent again when there is room, and what is there can be read."""
    turns = 0
    with watched(tmp_path) as disk, ledger(tmp_path / "db") as store:
        do(store, opening(limit=10**9))
        copied_every(store, 8)
        for nth in count(1, 1 if depth > 1 else 7):
            disk.fault = failing = Failing(nth, FULL, lasting=True)
            asked = requests(nth)
            outcomes = [answer(store.submit(each)) for each in asked]
            told = {o.event.key: o.event.hash for o in outcomes if isinstance(o, Stored)}
            assert told == stored(store, asked)
            assert all(isinstance(each, Stored | DiskFull | UnknownDeal) for each in outcomes)
            assert store.read.look("bicycle", "ana") is not None
            disk.fault = no_fault
            for each in asked:
                do(store, each)
            assert len(stored(store, asked)) == len(asked)
            if failing.reached < nth:
                break
            turns += 1
        assert store.verify_file().sound
    tried(times_full=turns)


@pytest.mark.parametrize("told", [WRITE_FAILED, SYNC_FAILED], ids=["write", "sync"])
def test_a_disk_that_fails_at_any_step_stops_the_store_and_loses_nothing(
    tmp_path: Path, told: int, depth: int, tried: Tried
) -> None:
    """No later success could be believed; who starts the store again finds whole requests, and sends the rest again."""
    turns = 0
    for nth in count(1, 1 if depth > 1 else 37 if told == WRITE_FAILED else 5):
        folder = tmp_path / str(nth)
        folder.mkdir()
        asked = requests(nth)
        with watched(folder) as disk:
            with ledger(folder / "db") as store:
                do(store, opening(limit=10**9))
                copied_every(store, 8)
                disk.fault = failing = Failing(nth, told, lasting=False)
                outcomes = [answer(store.submit(each)) for each in asked]
                disk.fault = no_fault
                acknowledged = {o.event.key: o.event.hash for o in outcomes if isinstance(o, Stored)}
                failures = [each for each in outcomes if not isinstance(each, Stored)]
                assert all(isinstance(each, StoreFailed) for each in failures[1:])
            with ledger(folder / "db") as store:
                assert acknowledged.items() <= stored(store, asked).items()
                for each in asked:
                    do(store, each)
                assert len(stored(store, asked)) == len(asked)
                assert store.verify_file().sound
        if failing.reached < nth:
            break
        turns += 1
    tried(times_failed=turns)


def copied_every(store: Store, pages: int) -> None:
    """Let SQLite copy its log into the file often, so that this can fail too."""
    connection = store._writing.raw_connection()
    connection.cursor().execute(f"PRAGMA wal_autocheckpoint={pages}")
    connection.close()


def no_fault(_step: Step) -> int:
    return OK
