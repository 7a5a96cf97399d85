"""A service that is told to stop: what was asked before is answered, and whoever follows is told to come again."""

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from api.agreements import shipped
from api.app import app_over
from api.clock import ManualClock
from api.parts import service_in, tokens_from
from api.serve import _config, _Server
from api.settings import Settings
from tests.api.escrow import LIBRARY, OPENING, TEN
from tests.api.store_ledger import prepared

EVENTS = "subscription ($d: ID!) { dealEvents(dealId: $d) { version } }"
SERVICE_RESTART = 1012
"""Of the registry of WebSocket close codes: the service goes, and the client may come again."""


LONGEST = 30
"""Seconds after which a test that waits in vain ends too."""


class Observed(_Server):
    """The server, which says when it begins to listen, when a request has come to it, and when it listens no more."""

    def __init__(self, app: Starlette, settings: Settings) -> None:
        async def noticing(scope: Scope, receive: Receive, send: Send) -> None:
            self.asked.set()
            await app(scope, receive, send)

        super().__init__(_config(app, settings), app, lambda _: self.listening.set(), "")
        self.config.app = noticing
        self.listening, self.asked, self.closed = threading.Event(), threading.Event(), threading.Event()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        closing = asyncio.create_task(super().shutdown(sockets))
        await asyncio.sleep(0)  # up to where it waits for what is being asked; it has closed the door before
        self.closed.set()
        await closing


class Running:
    """A service on a port, with a deal of Erin's."""

    def __init__(self, server: Observed, port: int, token: str, deal: str) -> None:
        self.server = server
        self.port = port
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.deal = deal

    def stop(self) -> None:
        self.server.should_exit = True

    @property
    def asked(self) -> bytes:
        return json.dumps({"query": EVENTS, "variables": {"d": self.deal}}).encode()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    settings = Settings(prepared(tmp_path / "deals.db"), shipped(), rate=0)
    clock = ManualClock(TEN)
    with service_in(settings, clock, LIBRARY) as service, socket.create_server(("127.0.0.1", 0)) as listener:
        opened: Any = service.open("erin", OPENING, "open")
        app = app_over(service, settings)
        server = Observed(app, settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert server.listening.wait(LONGEST)
        token = tokens_from(settings).issue("erin", clock.now(), timedelta(days=1))
        try:
            yield Running(server, listener.getsockname()[1], token, opened.place.deal)
        finally:
            server.should_exit = True
            thread.join(LONGEST)
        assert not thread.is_alive()


@contextmanager
def posting(running: Running, length: int, accept: str) -> Iterator[http.client.HTTPConnection]:
    """A request whose head is sent, and whose body of a length is to follow."""
    made = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    made.putrequest("POST", "/graphql")
    for name, value in {**running.headers, "Content-Length": str(length), "Accept": accept}.items():
        made.putheader(name, value)
    made.endheaders()
    yield made
    made.close()


def test_what_is_being_asked_is_answered_before_it_stops_and_nobody_else_comes_in(running: Running) -> None:
    body = b'{"query": "{ me { id } }"}'
    with posting(running, len(body), "application/json") as made:
        made.send(body[:5])
        assert running.server.asked.wait(LONGEST)
        running.stop()
        assert running.server.closed.wait(LONGEST)
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", running.port), timeout=5)
        made.send(body[5:])

        answer = made.getresponse()

        assert (answer.status, json.loads(answer.read())["data"]) == (200, {"me": {"id": "erin"}})


def test_who_follows_over_a_websocket_is_told_to_come_again(running: Running) -> None:
    where, protocols = f"ws://127.0.0.1:{running.port}/graphql", [Subprotocol("graphql-transport-ws")]
    with connect(where, subprotocols=protocols, proxy=None) as made:
        made.send(
            json.dumps({"type": "connection_init", "payload": {"authorization": running.headers["Authorization"]}})
        )
        assert json.loads(made.recv()) == {"type": "connection_ack"}
        made.send(json.dumps({"id": "1", "type": "subscribe", "payload": json.loads(running.asked)}))
        assert json.loads(made.recv())["type"] == "next"

        running.stop()
        with pytest.raises(ConnectionClosed) as closed:
            made.recv(timeout=30)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == SERVICE_RESTART


def test_a_stream_over_http_ends_and_is_not_told_to_be_complete(running: Running) -> None:
    """A client that is told `complete` is done; one whose stream just ends asks again, from where it was."""
    with posting(running, len(running.asked), "text/event-stream") as made:
        made.send(running.asked)
        answer = made.getresponse()
        assert (answer.status, answer.getheader("Content-Type")) == (200, "text/event-stream")
        assert [answer.readline().strip() for _ in range(2)] == [b"id: 1", b"event: next"]

        running.stop()
        rest = answer.read()

    assert b'"version":"1"' in rest
    assert b"complete" not in rest
