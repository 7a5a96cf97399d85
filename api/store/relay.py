"""Commits of other processes on the same server to a tap on the shoulder of this one's followers.

After a commit its process sends a notice, on a connection of its own and gathered for some milliseconds: to send it
inside the transaction would take a lock over the whole server and cost two thirds of the writing. A notice is a hint
that may be lost; so once a second all that is followed here is looked up, in one statement, and that is the truth. A
connection that breaks is made anew for as long as the store is open.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Final

import psycopg

from api.databases import Server, UnsafeDatabase
from api.store.hub import Hub
from api.store.postgres import Link, single_connection

CHANNEL: Final = "clausula_commits"
GATHERING: Final = 0.01
LOOKING: Final = 1.0
FULLEST: Final = 7_900
"""Bytes of a notice: PostgreSQL takes less than 8,000."""

LATEST: Final = """
SELECT deal.id, (SELECT max(event.version) FROM event WHERE event.deal = deal.id) FROM deal WHERE deal.id = ANY(%s)
"""
NOTIFY: Final = "SELECT pg_notify(%s, %s)"

log = logging.getLogger(__name__)


class Relay:
    """Two threads: one sends, the other listens and looks."""

    def __init__(self, server: Server, hub: Hub) -> None:
        self._server = server
        self._hub = hub
        self._waiting: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._guard = threading.Lock()
        self._something = threading.Event()
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=self._for_ever, args=(each,), name=f"clausula-{name}", daemon=True)
            for name, each in (("sender", self._send), ("listener", self._listen))
        ]
        for thread in self._threads:
            thread.start()

    def announce(self, newest: Mapping[str, int]) -> None:
        """Tell the followers in this process at once, and those in others soon."""
        self._hub.publish_all(newest)
        with self._guard:
            self._waiting.update(newest)
            self._seen.update({deal: version for deal, version in newest.items() if deal in self._seen})
        self._something.set()

    def close(self) -> None:
        """Send what waits, and end."""
        self._closed.set()
        self._something.set()
        for thread in self._threads:
            thread.join()

    def _for_ever(self, work: Callable[[Link], None]) -> None:
        while not self._closed.is_set():
            try:
                with single_connection(self._server) as connection:
                    work(connection)
            except (psycopg.Error, UnsafeDatabase) as error:
                log.warning("notices between processes are late: %s", type(error).__name__)
                self._closed.wait(LOOKING)

    def _send(self, connection: Link) -> None:
        while not (self._closed.is_set() and not self._waiting):
            self._something.wait()
            self._closed.wait(GATHERING)
            self._something.clear()
            with self._guard:
                waiting, self._waiting = self._waiting, {}
            for payload in payloads(waiting):
                connection.execute(NOTIFY, (CHANNEL, payload))
        connection.execute(NOTIFY, (CHANNEL, "{}"))  # our own listener waits for a notice, and sees that it is over

    def _listen(self, connection: Link) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._closed.is_set():
            self._look(connection)
            for notice in connection.notifies(timeout=LOOKING):
                self._tell(json.loads(notice.payload))
                if self._closed.is_set():
                    return

    def _look(self, connection: Link) -> None:
        followed = list(self._hub.followed())
        if followed:
            self._tell(dict(connection.execute(LATEST, (followed,)).fetchall()))

    def _tell(self, newest: Mapping[str, int]) -> None:
        """Wake whoever follows a deal that has come further than we knew."""
        followed = set(self._hub.followed())
        with self._guard:
            self._seen = {deal: version for deal, version in self._seen.items() if deal in followed}
            news = {d: v for d, v in newest.items() if d in followed and v > self._seen.get(d, 0)}
            self._seen.update(news)
        self._hub.publish_all(news)


def payloads(newest: Mapping[str, int]) -> list[str]:
    """The notices that say how far some deals have come, each short enough for the server."""
    found: list[dict[str, int]] = []
    room = 0
    for deal, version in newest.items():
        size = len(json.dumps({deal: version})) + 2
        if size > room:
            found.append({})
            room = FULLEST
        found[-1][deal] = version
        room -= size
    return [json.dumps(each) for each in found]
