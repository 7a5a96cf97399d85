"""What an operator writes for a database to where it is: a file of this machine, or a PostgreSQL server.

A URL holds a password, and what is printed or logged must not: a `Server` shows itself without one, and a URL that
cannot be read is never repeated in the message about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import SplitResult, unquote, urlsplit

SERVERS: Final = ("postgresql", "postgres", "postgresql+psycopg")
SHAPE: Final = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^:@\[\]\s]*)(:[0-9]{0,5})?")


class UnsafeDatabase(Exception):
    """The database at hand cannot keep the promises of the store, or there is none."""


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server: the URL as libpq takes it, and as it may be shown."""

    url: str = field(repr=False)
    shown: str

    def __str__(self) -> str:
        return self.shown


Database: TypeAlias = Path | Server


def database(written: str | Path | Server) -> Database:
    """The database that a path or a URL stands for. Raises UnsafeDatabase for a URL that is none of ours."""
    if not isinstance(written, str):
        return written
    scheme, colon, rest = written.partition("://")
    if not colon:
        return Path(written)
    if scheme in SERVERS:
        return _server(rest)
    if scheme != "sqlite":
        raise UnsafeDatabase(f"the store needs a file, sqlite:///FILE or {SHAPE}, not {scheme}://")
    path = unquote(rest.removeprefix("/"))
    if not rest.startswith("/") or not path or "?" in rest:
        raise UnsafeDatabase("the store needs sqlite:///FILE, with three slashes and no options")
    return Path(path)


def _server(rest: str) -> Server:
    try:
        url = urlsplit(f"postgresql://{rest}")
    except ValueError:
        url = None
    if url is None or not _plain(url):
        raise UnsafeDatabase(
            f"the URL of the database cannot be read: the store needs {SHAPE}. Characters of the user and the "
            "password other than letters and digits are written as % and two hexadecimal digits, such as %40 for @."
        )
    account, _, hosts = url.netloc.rpartition("@")
    user = account.partition(":")[0]
    shown = f"postgresql://{user}{'@' if user else ''}{hosts}{url.path}"
    return Server(f"postgresql://{rest}", shown)


def _plain(url: SplitResult) -> bool:
    """Whether each part is where it belongs; what is not may be a piece of a password."""
    hosts = url.netloc.rpartition("@")[2]
    whole = all(_HOST.fullmatch(host) for host in hosts.split(","))
    return whole and not url.fragment and "@" not in url.path + url.query and "/" not in url.path[1:]
