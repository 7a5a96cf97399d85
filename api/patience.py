"""Whoever takes nothing of what it is sent is cut off after a while.

What a client does not take waits here, up to some kilobytes, and whatever makes more of it waits too. Closing such a
connection in good order would be to wait for that client once more; so it is broken off. A stream is taken up again
from its cursor.
"""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

PATIENCE: Final = 30.0
"""Seconds in which a client takes some of what waits for it."""


class _Cut(asyncio.Protocol):
    """A connection that is broken off unless some of what waits for the client is taken in time."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    cut: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """More waits than should."""
        super().pause_writing()
        self.cut = self.loop.call_later(PATIENCE, self.transport.abort)

    def resume_writing(self) -> None:
        """Enough of it was taken."""
        super().resume_writing()
        if self.cut is not None:
            self.cut.cancel()


class Requests(_Cut, HttpToolsProtocol):
    """Requests over HTTP, and what is streamed in answer to them."""


class Sockets(_Cut, WebSocketsSansIOProtocol):
    """Messages on a WebSocket."""

    def keepalive_timeout(self) -> None:
        """It was asked whether it is there, and has not answered."""
        super().keepalive_timeout()
        self.transport.abort()
