"""A server that fails in passing: the same keys are tried again, and nothing is lost or stored twice."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from api.store import Busy, Command, InDoubt, Outcome, Store, Stored, failures, writer
from api.store.failures import LONGEST_PAUSE, TRIES, Trouble, pauses, trouble_of
from api.store.postgres import Link
from tests.api.postgres import Postgres
from tests.api.store_ledger import command, do, ledger, opening
from tests.api.test_store_durable import told_of_statements

GONE = psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries, without waiting."""
    monkeypatch.setattr(writer, "pauses", lambda: iter([0.0, 0.0]))


def wrapped(error: BaseException) -> DBAPIError:
    return DBAPIError("COMMIT", None, error)


class Failing:
    """Lets the next transactions of a store fail at their first statement, each with an error of the server."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)

    def __call__(self, *_: object) -> None:
        if self.errors:
            raise self.errors.pop(0)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (errors.SerializationFailure(), Trouble.PASSING),
        (errors.DeadlockDetected(), Trouble.PASSING),
        (errors.LockNotAvailable(), Trouble.PASSING),
        (errors.DiskFull(), Trouble.FULL),
        (errors.TooManyConnections(), Trouble.PASSING),
        (errors.ConnectionFailure(), Trouble.LOST),
        (errors.AdminShutdown(), Trouble.LOST),
        (errors.CannotConnectNow(), Trouble.LOST),
        (errors.ReadOnlySqlTransaction(), Trouble.LOST),
        (psycopg.OperationalError("connection refused"), Trouble.LOST),
        (psycopg.InterfaceError("the connection is closed"), Trouble.LOST),
        (errors.QueryCanceled(), Trouble.OURS),
        (errors.IdleInTransactionSessionTimeout(), Trouble.OURS),
        (errors.CheckViolation(), Trouble.OURS),
        (errors.UndefinedTable(), Trouble.OURS),
        (errors.UniqueViolation(), Trouble.OURS),
        (psycopg.DataError("a NUL"), Trouble.OURS),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, BaseException) else each.name,
)
def test_only_what_may_pass_is_tried_again(error: psycopg.Error, trouble: Trouble) -> None:
    assert trouble_of(wrapped(error)) is trouble


def test_the_pauses_are_bounded_and_never_alike() -> None:
    one, other = list(pauses()), list(pauses())

    assert len(one) == len(other) == TRIES - 1
    assert one != other
    assert all(0 < pause <= LONGEST_PAUSE for pause in one)
    assert one[-1] > one[0]
    assert failures.OUR_KEYS.count("uq_event_deal_actor_key") == 1


@pytest.mark.parametrize("error", [errors.SerializationFailure(), errors.DeadlockDetected(), GONE])
def test_what_passes_is_answered_as_if_nothing_had_been(server: str, error: psycopg.Error) -> None:
    with ledger(server) as store:
        do(store, opening())
        failing = Failing(error, error)

        with told_of_statements(store, failing):
            assert do(store, command("a", add=1)).version == 2
        assert failing.errors == []
        assert len(store.read.history("bicycle")) == 2


def test_what_does_not_pass_stores_nothing_and_may_be_sent_again(server: str) -> None:
    with ledger(server) as store:
        do(store, opening())
        with told_of_statements(store, Failing(*[GONE] * 3)):
            busy = store.submit(command("a", add=1)).result(timeout=60)

        assert busy == Busy(retry_after=1)
        assert do(store, command("a", add=1)).version == 2


def test_an_error_of_one_request_is_not_tried_again(server: str) -> None:
    with ledger(server) as store:
        do(store, opening())
        failing = Failing(errors.CheckViolation("no such kind"), GONE)
        with told_of_statements(store, failing), pytest.raises(errors.CheckViolation, match="no such kind"):
            store.submit(command("a", add=1)).result(timeout=60)
        assert len(failing.errors) == 1


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each truth here a commit loses its answer: after it was done if it is true, before if not."""
    to_lose: list[bool] = []
    commit = Link.commit

    def losing(self: Link) -> None:
        if not to_lose:
            return commit(self)
        if to_lose.pop(0):
            commit(self)
        self.close()
        raise GONE

    monkeypatch.setattr(Link, "commit", losing)
    return to_lose


@pytest.mark.parametrize("done", [True, False])
def test_a_commit_whose_answer_is_lost_is_found_by_its_key(server: str, lost: list[bool], done: bool) -> None:
    seen: list[int] = []
    with ledger(server) as store:
        do(store, opening())
        store.follow("bicycle", seen.append)
        lost.append(done)

        outcome = store.submit(command("a", add=1)).result(timeout=60)

        assert isinstance(outcome, Stored)
        assert [entry.key for entry in store.read.history("bicycle")] == ["open-bicycle", "a"]
        assert outcome.event == store.read.history("bicycle")[1]
        assert 2 in seen  # whoever follows hears of it, whichever try it was


def test_an_opening_whose_answer_is_lost_is_found_by_its_key(server: str, lost: list[bool]) -> None:
    with ledger(server) as store:
        lost.append(True)

        assert do(store, opening()).version == 1
        assert len(store.read.history("bicycle")) == 1


def test_a_commit_that_stays_in_doubt_is_told_as_one(server: str, lost: list[bool]) -> None:
    with ledger(server) as store:
        do(store, opening())
        lost.extend([True, False, False])

        assert store.submit(command("a", add=1)).result(timeout=60) == InDoubt(retry_after=1)
        again = store.submit(command("a", add=1)).result(timeout=60)
        assert isinstance(again, Stored)
        assert again.replayed


def cut_short(postgres: Postgres, store: Store) -> tuple[Command, Outcome]:
    """A request whose wait for the standby was cut short, and how it was answered."""
    for number in range(10_000):  # until the server has taken over what it was told, which nothing tells
        request, cuts = command(f"a-{number}", add=1), 0
        asked = store.submit(request)
        while not asked.done():
            cuts += len(
                postgres.sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            )
        if cuts:
            return request, asked.result()
    raise AssertionError("the server did not once wait for its standby")


def test_a_wait_for_the_standby_that_is_cut_short_is_no_success(postgres: Postgres, server: str) -> None:
    """The server then warns and reports success, though a failover would lose the entry."""
    with ledger(server) as store:
        do(store, opening())
        postgres.sql("ALTER SYSTEM SET synchronous_standby_names = 'far_away'", "SELECT pg_reload_conf()")
        try:
            request, outcome = cut_short(postgres, store)
        finally:
            postgres.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
        again = store.submit(request).result(timeout=60)

    assert isinstance(outcome, InDoubt)
    assert isinstance(again, Stored)
    assert again.replayed


def test_sessions_that_are_ended_again_and_again_lose_and_double_nothing(
    server: str, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "pauses", pauses)
    requests = [command(f"k{n}", add=1) for n in range(120)]
    with ledger(server, writers=2, batch_size=4) as store, ThreadPoolExecutor(4) as people:
        do(store, opening(limit=10**9))

        def send(part: Sequence[int]) -> list[str]:
            return [do(store, requests[n]).hash for n in part]

        asked = [people.submit(send, range(n, 120, 4)) for n in range(4)]
        for _ in range(5):
            postgres.sql(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'clausula'"
            )
        acknowledged = {seal for each in asked for seal in each.result(timeout=60)}
        log = store.read.history("bicycle")

        assert {entry.hash for entry in log[1:]} == acknowledged
        assert len(log) == 121
        assert store.verify("bicycle").sound
