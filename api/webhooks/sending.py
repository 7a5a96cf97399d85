"""One request to a target: the body goes out, a status comes back, and all of it within a time.

A redirection is not followed, for where it leads was not looked at; of the answer nothing is read but its beginning.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final, Protocol

import httptools

from api.webhooks.targets import Target

PATIENCE: Final = 15.0
"""Seconds from the beginning of a request to the end of its answer's headers."""
MOST_READ: Final = 16 * 1024


class NoAnswer(Exception):
    """Nobody answered, or not as HTTP wants it; the message says what was seen of that."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The status of an answer, and the seconds after which to come again, if it says so."""

    status: int
    retry_after: int | None = None


class Sender(Protocol):
    """Sends a body."""

    async def __call__(self, target: Target, headers: Mapping[str, str], body: bytes, /) -> Reply:
        """The reply. Raises NoAnswer."""
        ...


class _Answer:
    """What has been read of an answer; interim answers (1xx) are passed over."""

    def __init__(self) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.reply: Reply | None = None
        self._retry_after: int | None = None

    def on_header(self, name: bytes, value: bytes) -> None:
        """See a header."""
        if name.lower() == b"retry-after" and value.isdigit() and len(value) < 7:
            self._retry_after = int(value)

    def on_headers_complete(self) -> None:
        """See the end of the headers."""
        status = self.parser.get_status_code()
        if status >= 200 and self.reply is None:
            self.reply = Reply(status, self._retry_after)
        self._retry_after = None


async def send(target: Target, headers: Mapping[str, str], body: bytes) -> Reply:
    """Send a body to a target with POST. Raises NoAnswer."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _sent(target, _request(target, headers, body))
    except TimeoutError as error:
        raise NoAnswer(f"no answer within {PATIENCE:.0f} seconds") from error
    except ssl.SSLError as error:
        raise NoAnswer(f"no secure connection: {error.reason or type(error).__name__}") from error
    except OSError as error:
        raise NoAnswer("no connection") from error
    except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
        raise NoAnswer("no answer of HTTP/1.1") from error


async def _sent(target: Target, request: bytes) -> Reply:
    context = ssl.create_default_context() if target.secure else None
    name = target.host if target.secure else None
    reader, writer = await asyncio.open_connection(target.address, target.port, ssl=context, server_hostname=name)
    answer, seen = _Answer(), 0
    try:
        writer.write(request)
        await writer.drain()
        while answer.reply is None and seen < MOST_READ:
            read = await reader.read(4096)
            if not read:
                break
            seen += len(read)
            answer.parser.feed_data(read)
    finally:
        writer.transport.abort()
    if answer.reply is None:
        raise NoAnswer("an answer without an end" if seen >= MOST_READ else "the connection was closed")
    return answer.reply


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = {
        "Host": target.authority,
        "User-Agent": f"clausula/{version('clausula')}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body
