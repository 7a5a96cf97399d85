"""The n-th action costs what the tenth did: the same statements, rows and steps of the database's own machine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event as on

from api.clock import ManualClock
from api.evidence import log
from api.evidence.sealer import Sealer
from api.store import Store, Stored
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import NOON, Where, command, do, ledger, opening
from tests.api.test_store_durable import told_of_statements

ROWS = """
SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int, sum(n_tup_ins)::int
FROM pg_stat_xact_user_tables
"""
"""Rows of all tables that this transaction has read and written."""

START_ANEW = "SELECT pg_stat_force_next_flush()"
"""What was counted so far is not counted with the next transaction."""


@contextmanager
def counted(store: Store, file: bool) -> Iterator[list[Any]]:
    """The statements of what is done in the block; and the steps of SQLite's machine, or the rows of the server."""
    said: list[Any] = []
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    def commit(connection: Any) -> None:
        if not file:
            server = connection.connection.dbapi_connection
            said.append(server.execute(ROWS).fetchall())
            server.execute(START_ANEW)

    engines = (store._writing, store._reading)
    with ExitStack() as undo:
        for engine in engines:
            on.listen(engine, "commit", commit)
            undo.callback(on.remove, engine, "commit", commit)
            connection: Any = engine.raw_connection()
            if file:
                connection.set_progress_handler(step, 1)
                undo.callback(connection.dbapi_connection.set_progress_handler, None, 1)
            else:
                connection.cursor().execute(START_ANEW)
                connection.commit()
            connection.close()
        with told_of_statements(store, said.append):
            yield said
    said.append(steps)


def cost_of_acting_and_looking(store: Store, end: int) -> list[Any]:
    """An action accepted, refused, sent again, and after a look at another version; and looks at the end of the log."""
    with counted(store, isinstance(store.where, Path)) as cost:
        do(store, command(f"accepted-{end:09}", add=1))
        do(store, command(f"refused-{end:09}", add=10**9))
        do(store, command(f"accepted-{end:09}", add=1))
        store.submit(command(f"conflict-{end:09}", expected=1)).result(timeout=60)
        look = store.read.look("bicycle", "ana")
        assert look is not None
        assert len(store.read.events_before("bicycle", limit=3).events) == 3
        assert len(store.read.events_after("bicycle", look.version - 3, limit=3).events) == 3
    return cost


def test_a_late_action_costs_what_an_early_one_did(db: Where, depth: int, tried: Tried) -> None:
    """Nobody gathers statistics for the server meanwhile: autovacuum, which would, is off in these tests."""
    ends = (10, 250, 500 * depth)
    with ledger(db) as store:
        do(store, opening(limit=10**9))
        do(store, opening("boat"))
        cost_of_acting_and_looking(store, 0)  # each connection has to learn once which tables there are
        costs = []
        for start, end in zip((0, *ends), ends, strict=False):
            write(store, start, end)
            costs.append(cost_of_acting_and_looking(store, end))
    tenth, middle, last = costs

    assert tenth == middle == last
    tried(entries=ends[-1], statements=len(last), rows_or_steps=cost_in_numbers(last))


def test_statistics_that_were_true_long_ago_cost_nothing_more(server: str, depth: int, tried: Tried) -> None:
    """They were gathered when every deal had one entry, so that to ask for a deal seemed to be to ask for an entry."""
    with ledger(server) as store:
        for future in [store.submit(opening(f"boat-{n}", limit=10**9)) for n in range(300)]:
            assert isinstance(future.result(timeout=60), Stored)
        do(store, opening(limit=10**9))
        with store._writing.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        write(store, 0, 10)
        tenth = cost_of_acting_and_looking(store, 10)
        write(store, 10, 500 * depth)

        assert cost_of_acting_and_looking(store, 500 * depth) == tenth
    tried(entries=500 * depth, rows=cost_in_numbers(tenth))


def test_what_is_to_be_sealed_is_found_at_one_cost_however_long_the_logs_are_and_however_much_waits(
    db: Where, tmp_path: Path, depth: int, tried: Tried
) -> None:
    """The three entries after the last that is sealed, and of a pile that waits as many as are sealed at once."""
    end = 500 * depth
    with ledger(db) as store:
        do(store, opening(limit=10**9))
        do(store, opening("boat"))
        sealer = Sealer(store, bytes(32), tmp_path / "checkpoints", ManualClock(NOON))
        cost_of_finding(store, 2)
        after_few = []
        for start in (0, 10):
            sealer.seal()
            write(store, start, start + 3)
            after_few.append(cost_of_finding(store, 3))
        sealer.seal()
        write(store, 100, 100 + log.BATCH + 10)
        _, pile = (cost_of_finding(store, log.BATCH) for _ in range(2))  # the first time a statement is made ready
        write(store, 10_000, 10_000 + end)
        larger_pile = cost_of_finding(store, log.BATCH)
        sealer.seal()
        write(store, 100_000 + end, 100_000 + end + 3)
        after_many = cost_of_finding(store, 3)

    assert after_few == [after_many, after_many]
    assert pile == larger_pile
    tried(entries=end, rows_or_steps=cost_in_numbers(after_many), of_a_pile=cost_in_numbers(pile))


def cost_of_finding(store: Store, waiting: int) -> list[Any]:
    """What is to be sealed next in two deals is looked up."""
    with counted(store, isinstance(store.where, Path)) as cost, store.reading.begin() as connection:
        assert len(log.unsealed(connection, ("bicycle", "boat"))) == waiting
    return cost


def write(store: Store, start: int, end: int) -> None:
    """Many entries, as many at a time as may wait."""
    for first in range(start, end, 1000):
        for future in [store.submit(command(f"k{n}", add=1)) for n in range(first, min(end, first + 1000))]:
            assert isinstance(future.result(timeout=60), Stored)


def cost_in_numbers(cost: list[Any]) -> int:
    """The steps, or the rows of all tables together."""
    rows = [row for each in cost if isinstance(each, list) for row in each]
    return sum(each for each in cost if isinstance(each, int)) + sum(map(sum, rows))
