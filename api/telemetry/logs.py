"""The log as lines of JSON: one object each, with the request it belongs to, and with no secret in it.

What people write is not logged at all, nor who they are: `request` is the name under which the record of readings has
both. As a last line, whatever looks like a token or a password is taken out of each line, wherever it came from.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, TextIO

REQUEST: Final[ContextVar[str]] = ContextVar("clausula_request", default="")
"""The name of the request that is being worked on; empty outside of any."""
requests: Final = logging.getLogger("api.requests")
"""Where each request is told, with its method, path, status and duration: at the level INFO."""

_SECRETS: Final = (
    (re.compile(r"\beyJ[\w-]*\.[\w-]+\.[\w-]*"), "[token]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',]+"), r"\1 [token]"),
    (re.compile(r"(\w+://[^\s:/@]+):[^\s/@]+@"), r"\1:[password]@"),
    (re.compile(r"(?i)\b(password|passwd|secret|token_key|seal_key)(\s*[=:]\s*)[^\s\"',&]+"), r"\1\2[secret]"),
)


def redacted(text: str) -> str:
    """A text without tokens and passwords."""
    for secret, instead in _SECRETS:
        text = secret.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if REQUEST.get():
            told["request"] = REQUEST.get()
        if record.exc_info:
            told["exception"] = redacted(self.formatException(record.exc_info))
        told.update(getattr(record, "told", {}))
        return json.dumps(told, ensure_ascii=False)


class Plain(logging.Formatter):
    """Writes a record for a person to read."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


@contextmanager
def written(as_json: bool, stream: TextIO | None = None) -> Iterator[None]:
    """While the block lasts the log goes to a stream, or else the standard error; in JSON, also a line a request."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Plain())
    root = logging.getLogger()
    before = root.handlers[:], root.level, requests.level
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    requests.setLevel(logging.INFO if as_json else logging.WARNING)
    try:
        yield
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        requests.setLevel(before[2])
