"""The n-th action costs what the tenth did: the same statements, rows and steps of the database's own machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event as on

from api.store import Store, Stored
from tests.api.bad_days.trying import Tried
from tests.api.store_ledger import Where, command, do, ledger, opening
from tests.api.test_store_durable import told_of_statements

ROWS = """
SELECT seq_tup_read + idx_tup_fetch, n_tup_ins FROM pg_stat_xact_user_tables WHERE relname = 'event'
"""
"""Rows of the log, the one table here that grows, that this transaction has read and written."""

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

    on.listen(store._writing, "commit", commit)
    connection: Any = store._writing.raw_connection()
    if file:
        connection.set_progress_handler(step, 1)
    else:
        connection.cursor().execute(START_ANEW)
        connection.commit()
    connection.close()
    try:
        with told_of_statements(store, said.append):
            yield said
    finally:
        on.remove(store._writing, "commit", commit)
        if file:
            said.append(steps)
            connection = store._writing.raw_connection()
            connection.set_progress_handler(None, 1)
            connection.close()


def test_a_late_action_costs_what_an_early_one_did(db: Where, depth: int, tried: Tried) -> None:
    """Each of them accepted, refused, sent again, and after a look at another version.

    A server reads a table of a few rows as a whole, so that there the tenth may cost more than the others, not less;
    and its statistics are renewed here, as autovacuum, which these tests do without, would have renewed them.
    """
    ends = (10, 250, 500 * depth)
    with ledger(db) as store:
        do(store, opening(limit=10**9))
        do(store, opening("boat"))
        costs = []
        for start, end in zip((0, *ends), ends, strict=False):
            write(store, start, end)
            if isinstance(db, str):
                with store._writing.begin() as connection:
                    connection.exec_driver_sql("ANALYZE")
            with counted(store, isinstance(db, Path)) as cost:
                do(store, command(f"accepted-{end:09}", add=1))
                do(store, command(f"refused-{end:09}", add=10**9))
                do(store, command(f"accepted-{end:09}", add=1))
                store.submit(command(f"conflict-{end:09}", expected=1)).result(timeout=60)
            costs.append(cost)
    tenth, middle, last = costs

    assert last == middle
    assert [each for each in tenth if isinstance(each, str)] == [each for each in last if isinstance(each, str)]
    assert cost_in_numbers(last) <= cost_in_numbers(tenth)
    assert isinstance(db, str) or last == tenth
    tried(entries=ends[-1], statements=len(last), rows_or_steps=cost_in_numbers(last))


def write(store: Store, start: int, end: int) -> None:
    """Many entries, as many at a time as may wait."""
    for first in range(start, end, 1000):
        for future in [store.submit(command(f"k{n}", add=1)) for n in range(first, min(end, first + 1000))]:
            assert isinstance(future.result(timeout=60), Stored)


def cost_in_numbers(cost: list[Any]) -> int:
    """The steps, or the rows of all tables together."""
    rows = [row for each in cost if isinstance(each, list) for row in each]
    return sum(each for each in cost if isinstance(each, int)) + sum(map(sum, rows))
