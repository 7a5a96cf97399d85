"""Servers and services are killed while people act: nothing acknowledged is lost, and nothing is stored twice."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from api.store import Store
from tests.api.bad_days.trying import Tried
from tests.api.postgres import Postgres, new_server
from tests.api.store_ledger import command, ledger
from tests.torture.load import (
    Acknowledged,
    Callers,
    deal_of,
    judged,
    open_deals,
    require_zeros,
    settled,
)

TOP = Path(__file__).parent.parent.parent


# ------------------------------------------------- the server stops and starts


def test_a_server_that_stops_at_once_again_and_again_loses_and_doubles_nothing(short: bool, tried: Tried) -> None:
    """Eight callers; the server is stopped as by a crash, and started again; what is not answered is sent again."""
    with new_server() as server, ledger(server.url(), writers=2) as store:
        open_deals(store)
        callers = Callers(store, 8, "caller")
        for stop in range(3 if short else 25):
            callers.heard.more(100 + 17 * (stop % 4))
            server.stop("immediate")
            server.start()
        callers.heard.more(100)
        heard = callers.stop()

        require_zeros(judged(store, heard), 400 if short else 2_600, tried)


# ---------------------------------------------------- one of three nodes is killed


class Node:
    """A process of its own that acts on the database, and what it says."""

    def __init__(self, url: str, name: str, heard: Acknowledged) -> None:
        self._heard = heard
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.load", url, name],
            env={**os.environ, "PYTHONPATH": str(TOP)},
            cwd=TOP,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith("\n"):
                continue
            match line.split():
                case ["?", deal, key]:
                    self._heard.tried.add((deal, key))
                case ["!", deal, key, version, seal]:
                    self._heard.hear(deal, key, int(version), seal)
                case other:
                    raise AssertionError(other)

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        self._reader.join(timeout=30)
        assert self.process.stdout is not None
        self.process.stdout.close()


def test_three_nodes_of_which_one_is_killed_every_few_seconds(short: bool, tried: Tried) -> None:
    """Whoever follows a deal meanwhile, at a fourth node, gets each entry once and in order."""
    with new_server() as server, ledger(server.url(), writers=2) as store:
        open_deals(store)
        heard, seen = Acknowledged(), Seen()
        followers = [threading.Thread(target=follow, args=(store, deal_of(n), seen)) for n in range(3)]
        for follower in followers:
            follower.start()
        nodes = [Node(server.url(), f"node-{n}", heard) for n in range(3)]
        for kill in range(3 if short else 30):
            heard.more(150)
            nodes.pop(0).end(signal.SIGKILL)
            nodes.append(Node(server.url(), f"again-{kill}", heard))
        for node in nodes:
            node.end(signal.SIGKILL)

        unanswered = heard.tried - heard.stored.keys()
        outcomes = Counter[str]()
        for deal, key in sorted(unanswered):
            event = settled(store, command(key, deal=deal, add=1), outcomes).event
            heard.hear(deal, key, event.version, event.hash)
        ends = {deal_of(n): len(store.read.history(deal_of(n))) for n in range(3)}
        seen.wait_for(ends)
        for follower in followers:
            follower.join(timeout=30)

        tried(
            unanswered_when_killed=len(unanswered),
            of_these_stored_before=outcomes["Stored again"],
            followed=seen.versions.total(),
        )
        assert seen.versions == ends
        require_zeros(judged(store, heard), 450 if short else 4_500, tried)


class Seen:
    """How far followers have come in some deals."""

    def __init__(self) -> None:
        self.versions = Counter[str]()
        self.enough = False
        self._grown = threading.Condition()

    def tell(self, deal: str, version: int) -> None:
        """A follower has the next entry."""
        with self._grown:
            assert version == self.versions[deal] + 1
            self.versions[deal] = version
            self._grown.notify_all()

    def wait_for(self, ends: dict[str, int]) -> None:
        """Wait until followers have come so far, and let them go."""
        with self._grown:
            assert self._grown.wait_for(lambda: self.versions == ends, 120), (self.versions, ends)
        self.enough = True


def follow(store: Store, deal: str, seen: Seen) -> None:
    """Read on from the last entry seen whenever woken; each has to be the next one."""
    woken = threading.Event()
    leave = store.follow(deal, lambda _: woken.set())
    while not seen.enough:
        woken.clear()
        page = store.read.events_after(deal, seen.versions[deal])
        for event in page.events:
            seen.tell(deal, event.version)
        if not page.more:
            woken.wait(timeout=5)  # longer than the store takes to look for what it was not told of
    leave()


# ------------------------------------------- the primary is lost, its standby promoted


@contextmanager
def standby_of(primary: Postgres) -> Iterator[Postgres]:
    """A standby that has to have each commit before it is acknowledged."""
    with new_server(started=False) as standby:
        shutil.rmtree(standby.data)
        told = f"host={primary.folder} user=postgres application_name=second"
        standby.run("pg_basebackup", "-D", str(standby.data), "-R", "-c", "fast", "--no-sync", "-d", told)
        standby.start(primary_conninfo=told.replace("'", ""))
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'second'", "SELECT pg_reload_conf()")
        told_by(primary, "SELECT sync_state FROM pg_stat_replication", "sync")
        yield standby


@pytest.mark.parametrize("turn", range(5))
def test_a_standby_that_is_promoted_has_all_that_was_acknowledged(short: bool, turn: int, tried: Tried) -> None:
    """The primary is killed at some moment, and never comes back; the same store goes on with its successor."""
    if short and turn:
        pytest.skip("one turn is enough to see that it works")
    with new_server(wal_level="replica") as primary, standby_of(primary) as standby:
        both = f"postgresql://postgres@/postgres?host={primary.folder},{standby.folder}"
        with ledger(both, writers=2) as store:
            open_deals(store)
            callers = Callers(store, 8, f"turn-{turn}")
            callers.heard.more(300 + 37 * turn)
            kill(primary)
            standby.run("pg_ctl", "-D", str(standby.data), "-w", "promote")
            callers.heard.more(200)
            heard = callers.stop()

            require_zeros(judged(store, heard), 500, tried)
        (primary.data / "postmaster.pid").unlink()


def test_a_loss_would_be_seen(tried: Tried) -> None:
    """The same, with a standby that nobody waits for and that is away: the counts are not zero."""
    with new_server(wal_level="replica") as primary, standby_of(primary) as standby:
        primary.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
        with ledger(primary.url(), writers=2) as store:
            open_deals(store)
            told_by(primary, "SELECT sent_lsn = replay_lsn FROM pg_stat_replication", True)
            standby.stop("fast")
            callers = Callers(store, 8, "hasty")
            callers.heard.more(100)
            heard = callers.stop()
        kill(primary)
        (primary.data / "postmaster.pid").unlink()
        standby.start()
        standby.run("pg_ctl", "-D", str(standby.data), "-w", "promote")

        with ledger(standby.url()) as store:
            found = judged(store, heard)

    tried(**found)
    assert found["lost"] == found["acknowledged"] >= 100


def told_by(server: Postgres, question: str, answer: object) -> None:
    """Ask a server until it gives the answer that is waited for."""
    end = time.monotonic() + 120
    while (found := server.sql(question)) != [(answer,)]:
        assert time.monotonic() < end, found


def kill(server: Postgres) -> None:
    """End the first process of a server with SIGKILL, and those that it leaves behind."""
    first = server.pid
    with psycopg.connect(server.url(), autocommit=True) as connection:
        others = [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity").fetchall()]
    for pid in (first, *others):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
