"""Whoever takes nothing of what it is sent is cut off, and what was made for it ends."""

import asyncio
import socket
import threading
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from api import patience
from api.agreements import shipped
from api.serve import _config
from api.settings import Settings
from tests.api.serving import listening

ASKED = b"GET / HTTP/1.1\r\nHost: here\r\n"
UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
PIECE = b"x" * 100_000
ENOUGH = 400
"""Pieces, many more than wait anywhere on the way."""


class Stream:
    """Sends for as long as anybody is there, and says when nobody is any more, and how much it could send."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.sent = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.left = asyncio.create_task(self._until_left(receive))
        is_socket = scope["type"] == "websocket"
        await send({"type": "websocket.accept"} if is_socket else {"type": "http.response.start", "status": 200})
        try:
            while not self.left.done():
                more = {"bytes": PIECE} if is_socket else {"body": PIECE, "more_body": True}
                await send({"type": "websocket.send" if is_socket else "http.response.body", **more})
                self.sent += 1
                await asyncio.sleep(0)  # lets it be heard that nobody is there, where nothing has to be waited for
        except OSError:
            assert is_socket
        await self.left
        self.ended.set()

    async def _until_left(self, receive: Receive) -> None:
        while not (await receive())["type"].endswith("disconnect"):
            pass


@pytest.mark.parametrize("headers", [b"", UPGRADE], ids=["http", "websocket"])
def test_a_client_that_takes_nothing_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: bytes
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.1)
    stream = Stream()
    config = _config(stream, Settings(tmp_path / "a.db", shipped()))  # type: ignore[arg-type]

    with listening(config) as port, socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(ASKED + headers + b"\r\n")

        assert stream.ended.wait(60)
        assert 0 < stream.sent < ENOUGH


@pytest.mark.parametrize("headers", [b"", UPGRADE], ids=["http", "websocket"])
def test_a_client_that_takes_it_slowly_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: bytes) -> None:
    """Whenever it has taken what waits, there is as much time again."""
    monkeypatch.setattr(patience, "PATIENCE", 60.0)
    stream = Stream()
    config = _config(stream, Settings(tmp_path / "a.db", shipped()))  # type: ignore[arg-type]

    with listening(config) as port, socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(ASKED + headers + b"\r\n")
        taken = 0
        while taken < ENOUGH * len(PIECE):
            taken += len(client.recv(1_000_000))
            assert not stream.ended.is_set()
