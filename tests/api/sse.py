"""A client of server-sent events that is cut off whenever a test wants, which Starlette's own cannot be."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.types import Message

from tests.api.escrow import Site

PATIENCE = 30.0
"""Seconds after which a test that waits for what never comes fails."""


@dataclass(frozen=True)
class Event:
    """One event: its name, its id, and what it carries."""

    name: str
    id: str
    data: Any


@dataclass
class Events:
    """What comes on one connection."""

    status: int
    headers: Mapping[str, str]
    _queue: "asyncio.Queue[Message]"

    async def next(self) -> Event:
        """The next event; comments that keep the connection open are passed over."""
        while True:
            message = await asyncio.wait_for(self._queue.get(), PATIENCE)
            body = message.get("body", b"").decode()
            lines = dict(line.split(": ", 1) for line in body.splitlines() if not line.startswith(":") and line)
            if lines:
                data = lines.get("data")
                return Event(lines["event"], lines.get("id", ""), json.loads(data) if data else None)

    async def take(self, count: int) -> list[Event]:
        """The next few."""
        return [await self.next() for _ in range(count)]


@asynccontextmanager
async def stream(
    web: Site, person: str, query: str, last: str | None = None, **variables: Any
) -> AsyncIterator[Events]:
    """An operation that is asked for as a stream; the connection is cut at the end of the block."""
    queue: asyncio.Queue[Message] = asyncio.Queue()
    asked, gone = asyncio.Event(), asyncio.Event()
    headers = {"content-type": "application/json", "accept": "text/event-stream", **web.token(person)}
    headers |= {} if last is None else {"last-event-id": last}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": "/graphql",
        "raw_path": b"/graphql", "query_string": b"", "root_path": "", "scheme": "http", "server": ("testserver", 80),
        "client": ("testclient", 1), "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip

    async def receive() -> Message:
        if not asked.is_set():
            asked.set()
            return {"type": "http.request", "body": json.dumps({"query": query, "variables": variables}).encode()}
        await gone.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(web.app(scope, receive, queue.put))
    started = await asyncio.wait_for(queue.get(), PATIENCE)
    yield Events(started["status"], {k.decode(): v.decode() for k, v in started["headers"]}, queue)
    gone.set()
    await asyncio.wait_for(task, PATIENCE)
