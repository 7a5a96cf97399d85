"""What was acknowledged is there, whatever happens to the process; and there is only one writer."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection
from sqlalchemy import event as on

from api.databases import UnsafeDatabase
from api.store import AlreadyWritten, Busy, Conflict, DiskFull, Store, Stored
from api.store.driver import writing_engine
from api.store.lock import ProcessLock
from tests.api.store_ledger import Where, command, do, ledger, opening

TOP = Path(__file__).parent.parent.parent

# Says on its output what has been acknowledged, and never stops by itself.
ACKNOWLEDGER = """
import itertools, sys
from tests.api.store_ledger import Where, command, ledger
name = sys.argv[2]
store = ledger(sys.argv[1])
waiting = []
for n in itertools.count():
    waiting.append(store.submit(command(f"{name}-{n}", add=1)))
    if len(waiting) == 8:
        event = waiting.pop(0).result().event
        print(event.key, event.version, event.hash, flush=True)
"""

SECOND = """
import sys
from pathlib import Path
from tests.api.store_ledger import ledger
ledger(Path(sys.argv[1]))
"""


def python(program: str, *arguments: str) -> "subprocess.Popen[str]":
    """Another process that runs a program over this checkout."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def acknowledged(path: Where, name: str, count: int) -> dict[str, tuple[int, str]]:
    """What a process says it has stored before it is killed in the middle of its work."""
    with python(ACKNOWLEDGER, str(path), name) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(count)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines(keepends=True)
    said = [line.split() for line in lines if line.endswith("\n")]
    assert len(said) >= count, child.stderr
    return {key: (int(version), seal) for key, version, seal in said}


def test_what_was_acknowledged_survives_a_kill(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening(limit=10**9))

    said: dict[str, tuple[int, str]] = {}
    for round_ in range(2):
        said |= acknowledged(db, f"round-{round_}", 20 + 74 * round_)

    with ledger(db) as store:
        stored = {e.key: (e.version, e.hash) for e in store.read.history("bicycle")}
        assert said.items() <= stored.items()
        assert store.verify_file().sound
        first = next(iter(said))
        again = store.submit(command(first, add=1)).result(timeout=60)
        assert isinstance(again, Stored)
        assert again.replayed
        assert (again.event.version, again.event.hash) == said[first]


def test_a_second_process_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with ledger(path), python(SECOND, str(path)) as second:
        _, errors = second.communicate(timeout=60)

        assert second.returncode == 1
        assert f"already has a writer, the process with the pid {os.getpid()}." in errors


def test_a_second_store_in_one_process_is_refused_too(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "db")
    with ledger(tmp_path / "db") as store:
        do(store, opening())
        for name in (tmp_path / "db", link):
            with pytest.raises(AlreadyWritten, match=f"pid {os.getpid()}"):
                ledger(name)
        assert do(store, command("a", add=1)).version == 2

    with ledger(link) as store:
        assert len(store.read.history("bicycle")) == 2


def test_a_lock_is_free_after_its_holder(tmp_path: Path) -> None:
    first = ProcessLock(tmp_path / "db")
    first.release()
    second = ProcessLock(tmp_path / "db")
    first.release()

    with pytest.raises(AlreadyWritten):
        ProcessLock(tmp_path / "db")
    second.release()
    assert (tmp_path / "db.lock").read_text() == ""


def test_a_store_that_cannot_open_leaves_the_lock_free(tmp_path: Path) -> None:
    path = tmp_path / "db"
    path.write_text("this is a letter and not a database, and it is long enough to be taken for one")
    for _ in range(2):
        with pytest.raises(Exception, match="not a database"):
            ledger(path)


@contextmanager
def told_of_statements(store: Store, tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of each statement of the writer before it is run."""
    if store._writing.dialect.name == "sqlite":

        def before(*told: object) -> None:
            tell(str(told[2]))

        on.listen(store._writing, "before_cursor_execute", before)
        yield
        on.remove(store._writing, "before_cursor_execute", before)
        return
    real = psycopg.Cursor.execute

    def execute(self: Any, query: Any, *rest: Any, **more: Any) -> Any:
        if self.connection.info.transaction_status != TransactionStatus.IDLE or not self.connection.autocommit:
            tell(query.decode() if isinstance(query, bytes) else str(query))
        return real(self, query, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", execute)
        yield


@pytest.mark.parametrize("nth", range(1, 9))
def test_whichever_statement_fails_all_or_nothing_is_stored(db: Where, nth: int) -> None:
    """The statements of one opening: begin or lock, two reads, text, deal, entry, members, head."""
    store = ledger(db)
    count = 0

    def fail(_: str) -> None:
        nonlocal count
        count += 1
        if count == nth:
            raise InterruptedError("the power went, say")

    with told_of_statements(store, fail), pytest.raises(InterruptedError):
        store.submit(opening()).result(timeout=60)

    tables = ("agreement_text", "deal", "event", "membership", "head")
    with store._reading.begin() as connection:
        assert rows(connection, *tables) == dict.fromkeys(tables, 0)
    assert do(store, opening()).version == 1
    with store._reading.begin() as connection:
        assert rows(connection, *tables) == dict.fromkeys(tables, 1) | {"membership": 2}
    store.close()


def rows(connection: Connection, *tables: str) -> dict[str, int]:
    return {table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables}


def statements(store: Store, key: str) -> list[str]:
    """The texts of the statements that one command costs."""
    said: list[str] = []
    with told_of_statements(store, said.append):
        do(store, command(key, add=1))
    return said


def test_the_thousandth_entry_costs_the_statements_of_the_tenth(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening(limit=10**9))
        for n in range(9):
            do(store, command(f"k{n}", add=1))
        tenth = statements(store, "tenth")
        for future in [store.submit(command(f"more-{n}", add=1)) for n in range(989)]:
            future.result(timeout=60)
        later = statements(store, "'; DROP TABLE event; --")

    assert tenth == later
    kinds = Counter(statement.split()[0] for statement in tenth)
    assert kinds == ({"BEGIN": 1, "SELECT": 3, "INSERT": 2} if isinstance(db, Path) else {"SELECT": 4, "INSERT": 2})


def test_many_waiting_requests_are_one_transaction(db: Where) -> None:
    store = ledger(db)
    do(store, opening(limit=10**9))
    commits: list[object] = []
    on.listen(store._writing, "commit", commits.append)

    with store._writing.connect() as only_connection:  # the writer has to wait for it
        futures = [store.submit(command(f"k{n}", add=1)) for n in range(513)]
        assert only_connection.exec_driver_sql("SELECT 1").scalar() == 1
    for future in futures:
        assert isinstance(future.result(timeout=60), Stored)
    store.close()

    # at most one batch was taken before the others arrived, and it may be any size
    assert 3 <= len(commits) <= 4


def test_conflicts_and_repeats_write_nothing(db: Where) -> None:
    with ledger(db) as store:
        do(store, opening())
        do(store, command("a", add=1))
        said: list[str] = []
        with told_of_statements(store, said.append):
            do(store, command("a", add=1))
            conflict = store.submit(command("b", expected=1)).result(timeout=60)

    assert conflict == Conflict(2)
    assert {statement.split()[0] for statement in said} <= {"BEGIN", "SELECT"}


@pytest.mark.parametrize("where", ["mysql://localhost/x", "sqlite://", "sqlite:///x?mode=ro", ":memory:"])
def test_only_a_file_or_a_server_can_be_opened(where: str) -> None:
    with pytest.raises(UnsafeDatabase, match="the store needs"):
        ledger(where)


def test_a_path_may_hold_any_characters(tmp_path: Path) -> None:
    path = tmp_path / "a b%20c?d#é.sqlite3"
    with ledger(path) as store:
        do(store, opening())
        assert store.where == path

    with ledger(f"sqlite:///{tmp_path}/plain.sqlite3") as store:
        assert store.where == tmp_path / "plain.sqlite3"
    assert {p.name for p in tmp_path.iterdir()} == {
        "a b%20c?d#é.sqlite3",
        "a b%20c?d#é.sqlite3.lock",
        "plain.sqlite3",
        "plain.sqlite3.lock",
    }


def test_a_full_disk_stores_nothing_and_the_store_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with ledger(tmp_path / "db") as store:
        do(store, opening())
        limit_pages(store, "(SELECT page_count FROM pragma_page_count)")

        refused = [store.submit(command(key, note="x" * 100_000)) for key in ("big", "bigger")]

        assert [each.result(timeout=60) for each in refused] == [DiskFull(), DiskFull()]
        assert store.writable
        assert store.read.look("bicycle", "ana") is not None
        assert len(store.read.history("bicycle")) == 1
        limit_pages(store, "4294967294")
        assert do(store, command("big", note="x" * 100_000)).version == 2
        assert store.verify_file().sound


def limit_pages(store: Store, count: str) -> None:
    """Let the file have at most so many pages, as a full disk would."""
    with store._writing.connect() as connection:
        pages = connection.exec_driver_sql(f"SELECT {count}").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")


def test_while_somebody_else_holds_the_file_the_store_is_busy(tmp_path: Path) -> None:
    with ledger(tmp_path / "db") as store:
        do(store, opening())
        with store._writing.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
        prompt = writing_engine(tmp_path / "db")
        with prompt.begin():
            refused = store.submit(command("a", add=1)).result(timeout=60)

        assert refused == Busy(retry_after=1)
        assert do(store, command("a", add=1)).version == 2
        prompt.dispose()
