"""How many actions a second are stored for good, and what that is beside other ways of storing them in the same run.

Run with `python -m benchmarks.store` where the dependency group `bench` is installed; `--seconds 2` is shorter. Each
line is 32 callers who send one action after the other and wait until it is on the disk: to a hundred deals, or all to
one. The engine behind the store is a trivial one, which adds numbers, unless the line says otherwise. A rate is one of
this machine in this minute, and what it should reach is meant for two quiet processors; the ratios at the end can be
compared between machines.
"""

import argparse
import asyncio
import threading
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import event as on
from sqlalchemy.ext.asyncio import create_async_engine

from api.clock import SystemClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.service import Ask, Service, Terms
from api.store import Store, Stored
from api.store.desk import Desk
from tests.api import postgres
from tests.api.store_ledger import LedgerHandler, command, do, ledger, opening
from tests.api.test_store_durable import told_of_statements

CALLERS, DEALS, FULL = 32, 100, 50_000
LEAST, LONGEST = 3_000, 30.0
"""Actions a second, and milliseconds in which 99 of a hundred should be done, on either kind of database."""
NOTE = "x" * 300
BICYCLE = Path(__file__).parent.parent / "tests" / "api" / "cli" / "bicycle" / "agreement.clause"
WHO = {"Buyer": ["ada"], "Seller": ["carl"], "Agent": ["erin"]}


@dataclass(frozen=True)
class Measured:
    """Actions a second, and how long 50 and 99 of a hundred took at most, in milliseconds."""

    rate: float
    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.rate:8.0f}/s   p50 {self.p50:7.1f} ms   p99 {self.p99:7.1f} ms"


def measured(durations: list[float], seconds: float) -> Measured:
    """The figures of a run."""
    ordered = sorted(durations)
    at = [ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99)]
    return Measured(len(ordered) / seconds, *at)


def by_threads(seconds: float, act: Callable[[int, int], object]) -> Measured:
    """Callers as threads; each acts again as soon as it was answered."""
    durations: list[float] = []
    guard = threading.Lock()
    began = perf_counter()

    def work(caller: int) -> None:
        mine = []
        number = 0
        while perf_counter() < began + seconds:
            start = perf_counter()
            act(caller, number)
            mine.append(perf_counter() - start)
            number += 1
        with guard:
            durations.extend(mine)

    threads = [threading.Thread(target=work, args=(caller,)) for caller in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured(durations, perf_counter() - began)


async def by_tasks(seconds: float, act: Callable[[int, int], Awaitable[object]]) -> Measured:
    """Callers as tasks of one loop."""
    durations: list[float] = []
    began = perf_counter()

    async def work(caller: int) -> None:
        number = 0
        while perf_counter() < began + seconds:
            start = perf_counter()
            await act(caller, number)
            durations.append(perf_counter() - start)
            number += 1

    await asyncio.gather(*(work(caller) for caller in range(CALLERS)))
    return measured(durations, perf_counter() - began)


# ------------------------------------------------------------------- the store


def ours(where: Any, seconds: float, deals: int) -> Measured:
    """The store, over a file or a server, called as the service calls it: from one loop."""
    with ledger(where) as store:
        for number in range(deals):
            do(store, opening(f"deal-{number}", limit=10**9))

        async def act(caller: int, number: int) -> None:
            deal = f"deal-{(caller * 7 + number) % deals}"
            outcome = await asyncio.wrap_future(
                store.submit(command(f"{caller}-{number}", deal=deal, add=1, note=NOTE))
            )
            assert isinstance(outcome, Stored), outcome

        return asyncio.run(by_tasks(seconds, act))


def with_the_language(where: Any, seconds: float) -> Measured:
    """The store with the real engine: a bicycle sale for each caller, in which acts are tried and refused or done."""
    clock, kernel = SystemClock(), Kernel()
    with Store.open(where, kernel, clock) as store:
        service = Service(store, kernel, catalogue_of({"bicycle": BICYCLE.read_text(encoding="utf-8")}), clock)
        deals = [service.open("ada", Terms("bicycle", WHO), f"open-{n}") for n in range(CALLERS)]
        ids = [deal.place.deal for deal in deals]  # type: ignore[union-attr]

        async def act(caller: int, number: int) -> None:
            asked = Ask(ids[caller], "Seller", {"text": f'take the Key "K-{number}"'})
            await service.submit_soon("carl", asked, f"key-{number}")

        return asyncio.run(by_tasks(seconds, act))


def costs(where: Any, at: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    """How many statements an action takes, and how many rows are read for it, after so many entries of its deal.

    A server counts the rows it reads; of SQLite the steps of its machine are counted.
    """
    found = {}
    with ledger(where) as store:
        do(store, opening(limit=10**9))
        made = 1
        for size in at:
            for start in range(made, size - 1, 500):
                several = range(start, min(start + 500, size - 1))
                for future in [store.submit(command(f"fill-{n}", add=1)) for n in several]:
                    future.result(timeout=600)
            do(store, command(f"before-{size}", add=1))
            made = size
            found[size] = cost_of(store, f"at-{size}")
    return found


def cost_of(store: Store, key: str) -> tuple[int, int]:
    """Statements and rows of one action."""
    said: list[str] = []
    sqlite = store._writing.dialect.name == "sqlite"
    steps: list[int] = []
    if sqlite:
        with store._writing.connect() as connection:
            connection.connection.driver_connection.set_progress_handler(lambda: steps.append(1), 1)  # type: ignore
    before = 0 if sqlite else rows_read(store)
    with told_of_statements(store, said.append):
        do(store, command(key, add=1))
    if sqlite:
        counted = len(steps)
        with store._writing.connect() as connection:
            connection.connection.driver_connection.set_progress_handler(None, 0)  # type: ignore
    else:
        counted = rows_read(store) - before
    return len(said), counted


def rows_read(store: Store) -> int:
    """How many rows the server has read from the tables of this database so far."""
    with store._writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")
    with store._writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        read = "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables"
        return int(connection.exec_driver_sql(read).scalar_one())


# ------------------------------------------------------------------ other ways


def one_by_one(path: Path, seconds: float, deals: int) -> Measured:
    """The same actions, each in a transaction of its own, through asyncio and aiosqlite, on as safe a file."""
    with ledger(path) as store:
        for number in range(deals):
            do(store, opening(f"deal-{number}", limit=10**9))
    return asyncio.run(_one_by_one(path, seconds, deals))


async def _one_by_one(path: Path, seconds: float, deals: int) -> Measured:
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", pool_size=CALLERS)

    @on.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=60000", "recursive_triggers=ON"):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    @on.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    desk = Desk(LedgerHandler())

    def settle(connection: Any, request: Any) -> None:
        batch = desk.prepare(connection, [request], datetime.now(UTC))  # noqa: TID251 -- the edge of this program
        batch.hear(request)
        desk.file(connection, batch)

    async def act(caller: int, number: int) -> None:
        request = command(f"{caller}-{number}", deal=f"deal-{(caller * 7 + number) % deals}", add=1, note=NOTE)
        async with engine.begin() as connection:
            await connection.run_sync(settle, request)

    found = await by_tasks(seconds, act)
    await engine.dispose()
    return found


def eventsourcing(server: postgres.Postgres, seconds: float) -> Measured:
    """The recorder of the library `eventsourcing` on the same server: an event of the same size for each action."""
    from eventsourcing.persistence import StoredEvent  # type: ignore # noqa: PLC0415 -- of the group `bench`
    from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore  # type: ignore # noqa: PLC0415

    server.sql("CREATE DATABASE library")
    store = PostgresDatastore("library", str(server.folder), 5432, "postgres", "none", pool_size=10, max_waiting=100)
    recorder = PostgresApplicationRecorder(store)
    recorder.create_table()
    deals = [uuid.uuid4() for _ in range(CALLERS)]

    def act(caller: int, number: int) -> None:
        recorder.insert_events([StoredEvent(deals[caller], number + 1, "deal:Added", NOTE.encode() + b"y" * 100)])

    found = by_threads(seconds, act)
    store.close()
    return found


# ------------------------------------------------------------------ the report


@contextmanager
def on_the_disk() -> Iterator[postgres.Postgres]:
    """A server whose files are on a disk."""
    with TemporaryDirectory(prefix="clausula-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        postgres.PLACES.insert(0, folder)
        try:
            with postgres.new_server(autovacuum="on") as server:
                yield server
        finally:
            postgres.PLACES.remove(folder)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="how long each line takes")
    parser.add_argument("--full", type=int, default=FULL, help="the entries of a long log")
    told = parser.parse_args()
    with TemporaryDirectory() as folder, on_the_disk() as server:
        rates, grown = measure(Path(folder), server, told.seconds, told.full)
    for name, each in rates.items():
        goal = f"   should be {LEAST} or more, and p99 {LONGEST:.0f} ms or less   " if name in HELD_TO else ""
        reached = "ok" if each.rate >= LEAST and each.p99 <= LONGEST else "MISSED"
        print(f"{name:34}{each}{goal}{reached if goal else ''}")
    for name, counts in grown.items():
        print(f"{name:34}{'   '.join(f'at {size}: {s} statements, {r}' for size, (s, r) in counts.items())}")
    print()
    for name, ratio, least in ratios(rates):
        print(f"{name:60}{ratio:6.2f}   should be {least} or more   {'ok' if ratio >= least else 'TOO LOW'}")
    for name, counts in grown.items():
        same = len(set(counts.values())) == 1
        print(f"{name:60}{'equal' if same else 'NOT EQUAL'}")


Rates = dict[str, Measured]
HELD_TO = ("SQLite, 100 deals", "PostgreSQL, 100 deals", "PostgreSQL, one deal")


def measure(folder: Path, server: postgres.Postgres, seconds: float, full: int) -> tuple[Rates, dict[str, Any]]:
    """Everything, one after the other."""
    for name in ("spread", "hot", "language", "grown"):
        server.sql(f"CREATE DATABASE {name}")
    server.sql("ALTER DATABASE grown SET enable_seqscan = off")  # a table of a few rows is read whole otherwise
    rates = {
        "SQLite, 100 deals": ours(folder / "spread", seconds, DEALS),
        "SQLite, one deal": ours(folder / "hot", seconds, 1),
        "one by one through aiosqlite": one_by_one(folder / "single", seconds, DEALS),
        "PostgreSQL, 100 deals": ours(server.url("spread"), seconds, DEALS),
        "PostgreSQL, one deal": ours(server.url("hot"), seconds, 1),
        "eventsourcing on PostgreSQL": eventsourcing(server, seconds),
        "SQLite, with the language": with_the_language(folder / "language", seconds),
        "PostgreSQL, with the language": with_the_language(server.url("language"), seconds),
    }
    grown = {
        "SQLite, steps": costs(folder / "grown", (10, full)),
        "PostgreSQL, rows read": costs(server.url("grown"), (10, full)),
    }
    return rates, grown


def ratios(rates: Rates) -> Iterator[tuple[str, float, float]]:
    """What is compared, and what it should reach."""
    for kind in ("SQLite", "PostgreSQL"):
        spread = rates[f"{kind}, 100 deals"].rate
        yield f"{kind}: one deal beside a hundred", rates[f"{kind}, one deal"].rate / spread, 0.8
    yield (
        "SQLite beside one by one through aiosqlite",
        rates["SQLite, 100 deals"].rate / rates["one by one through aiosqlite"].rate,
        5,
    )
    yield (
        "PostgreSQL beside the recorder of eventsourcing",
        rates["PostgreSQL, 100 deals"].rate / rates["eventsourcing on PostgreSQL"].rate,
        3,
    )


if __name__ == "__main__":
    main()
