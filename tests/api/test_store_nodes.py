"""Several processes on one server: one log for each deal, and whoever follows one hears of what another wrote."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.answers import Opened
from api.clock import ManualClock
from api.editions import catalogue_of
from api.kernel import Kernel
from api.service import Ask, Service, Terms
from api.store import Conflict, Store, Stored, relay
from api.store.relay import payloads
from tests.api.postgres import Postgres
from tests.api.store_ledger import command, do, ledger, opening

BICYCLE = (Path(__file__).parent / "cli" / "bicycle" / "agreement.clause").read_text()


@contextmanager
def nodes(url: str, count: int = 2) -> Iterator[list[Store]]:
    """Several stores over one database, as several processes would have them."""
    opened = [ledger(url, writers=2) for _ in range(count)]
    try:
        yield opened
    finally:
        for store in opened:
            store.close()


def test_one_key_at_two_nodes_at_once_is_one_entry(server: str) -> None:
    with nodes(server) as stores, ThreadPoolExecutor(8) as people:
        do(stores[0], opening())
        for n in range(10):
            request = command(f"k{n}", add=1)
            asked = [people.submit(do, stores[m % 2], request) for m in range(8)]
            assert len({future.result(timeout=60).hash for future in asked}) == 1

        assert [entry.key for entry in stores[0].read.history("bicycle")[1:]] == [f"k{n}" for n in range(10)]


def test_one_opening_at_two_nodes_at_once_is_one_deal(server: str) -> None:
    with nodes(server) as stores, ThreadPoolExecutor(4) as people:
        for n in range(5):
            request = opening(f"deal-{n}", limit=n)
            asked = [people.submit(do, stores[m % 2], request) for m in range(4)]
            assert len({future.result(timeout=60).hash for future in asked}) == 1


@pytest.mark.parametrize("heads", ["there", "thrown away"])
def test_two_nodes_racing_have_one_winner_per_version(server: str, heads: str) -> None:
    """Without a head there is no row to lock, and the unique keys alone have to do."""
    end = 21 if heads == "there" else 8

    def race(name: str) -> list[int]:
        won, version = [], 1
        store = stores[ord(name) % 2]
        while version < end:
            match store.submit(command(f"{name}-{version}", expected=version, add=1)).result(timeout=60):
                case Stored(event):
                    won.append(event.version)
                    version = event.version
                case Conflict(actual):
                    assert actual > version
                    version = actual
                case other:
                    raise AssertionError(other)
            if heads == "thrown away":
                with stores[0]._writing.begin() as connection:
                    connection.exec_driver_sql("DELETE FROM head")
        return won

    with nodes(server) as stores, ThreadPoolExecutor(4) as people:
        do(stores[0], opening())

        wins = list(people.map(race, "abcd"))

        assert sorted(version for won in wins for version in won) == list(range(2, end + 1))
        assert [entry.version for entry in stores[1].read.history("bicycle")] == list(range(1, end + 1))
        assert stores[1].verify("bicycle").log_sound


def test_a_follower_hears_of_what_another_node_wrote(server: str) -> None:
    with nodes(server) as (near, far):
        do(near, opening())
        heard = threading.Event()
        far.follow("bicycle", lambda version: heard.set() if version == 2 else None)

        do(near, command("a", add=1))

        assert heard.wait(timeout=10)


def test_a_notice_that_is_lost_is_made_up_for(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens where the notices are sent, so that looking once a second is all there is."""
    with ledger(server) as near:
        do(near, opening())
        monkeypatch.setattr(relay, "CHANNEL", "elsewhere")
        with ledger(server) as far:
            heard = threading.Event()
            far.follow("bicycle", lambda version: heard.set() if version == 2 else None)
            monkeypatch.setattr(relay, "CHANNEL", "nowhere")

            do(near, command("a", add=1))

            assert heard.wait(timeout=10)


def test_a_listener_that_is_cut_off_comes_back(server: str, postgres: Postgres) -> None:
    name = server.partition("@/")[2].partition("?")[0]
    with nodes(server) as (near, far):
        do(near, opening())
        heard = threading.Event()
        far.follow("bicycle", lambda version: heard.set() if version == 2 else None)
        postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

        do(near, command("a", add=1))

        assert heard.wait(timeout=10)


def test_many_deals_fit_into_notices_that_the_server_takes() -> None:
    newest = {f"{n:03}" + "é" * 252: n for n in range(100)}

    sent = payloads(newest)

    assert all(len(payload.encode()) < 8_000 for payload in sent)
    assert len(sent) > 1
    assert {deal: n for payload in sent for deal, n in json.loads(payload).items()} == newest
    assert payloads({}) == []


def test_two_nodes_give_one_answer_at_a_deadline(server: str) -> None:
    """What happens by itself is worked out from the log and the instant; nothing is claimed, and nothing fires twice.

    The price is due by 3 June 2024, a Monday: from midnight in New York, 04:00 UTC on the 4th, it is overdue.
    """
    clock = ManualClock(datetime(2024, 6, 1, 13, tzinfo=UTC))
    services = []
    stores = []
    for _ in range(2):
        kernel = Kernel()
        stores.append(Store.open(server, kernel, clock))
        services.append(Service(stores[-1], kernel, catalogue_of({"bicycle": BICYCLE}), clock))
    answer = services[0].open("ada", Terms("bicycle", {"Buyer": ["ada"], "Seller": ["carl"], "Agent": ["erin"]}), "one")
    assert isinstance(answer, Opened), answer
    deal = answer.place.deal
    states = []
    for seconds in (-1, 0, 1):
        clock.set(datetime(2024, 6, 4, 4, tzinfo=UTC) + timedelta(seconds=seconds))
        here, there = (service.read("ada", deal) for service in services)
        assert here is not None
        assert there is not None
        assert here.state == there.state
        states.append(here.state)
    ask = Ask(deal, "Buyer", {"text": "deposit USD 900.00 into the Fund"})
    with ThreadPoolExecutor(2) as people:
        answers = list(people.map(lambda service: service.submit("ada", ask, "late"), services))

    assert len(states[0].changes) < len(states[1].changes)
    assert answers[0] == answers[1]
    assert len(stores[0].read.history(deal)) == 2
    for store in stores:
        store.close()
