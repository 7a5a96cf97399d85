"""Content in a bucket of an S3-compatible service: one object for each, named by its hash.

The library is the Python binding of Apache's `object_store`, which knows the ways in which a machine is let in
(environment, web identity, instance), signs, tries again, and sends large files in parts. What it is told comes from
the environment under the names that AWS gives: `AWS_ACCESS_KEY_ID`, `AWS_REGION`, `AWS_ENDPOINT_URL` and so on.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from api.contents import CHUNK, Stored
from api.contents.digests import SHA256
from api.contents.limits import BUCKET

NOTHING: Final = "0" * 64
"""The hash of nothing that anybody has."""
_PART: Final = 8 * 1024 * 1024
_PARTS_AT_ONCE: Final = 2


class Bucket:
    """Objects of a store of obstore; what comes in waits in a folder of this machine until it is whole."""

    def __init__(self, store: Any, where: str, incoming: Path) -> None:
        self._store = store
        self._where = where
        self._incoming = incoming

    @property
    def where(self) -> str:
        return self._where

    @property
    def incoming(self) -> Path:
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._incoming

    def reach(self) -> None:
        self.size(NOTHING)

    def take(self, file: Path, sha256: str) -> None:
        with self._reached():
            obstore.put(self._store, sha256, file, chunk_size=_PART, max_concurrency=_PARTS_AT_ONCE)
        file.unlink()

    def size(self, sha256: str) -> int | None:
        try:
            with self._reached():
                return int(obstore.head(self._store, sha256)["size"])
        except FileNotFoundError:
            return None

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        if start == end:
            return
        with self._reached():
            found = obstore.get(self._store, sha256, options={"range": (start, end)})
            for some in found.stream(min_chunk_size=CHUNK):
                yield bytes(some)

    def remove(self, sha256: str) -> bool:
        there = self.size(sha256) is not None
        if there:
            with self._reached():
                obstore.delete(self._store, sha256)
        return there

    def all(self) -> Iterator[Stored]:
        with self._reached():
            for some in obstore.list(self._store):
                for each in some:
                    if SHA256.fullmatch(each["path"]):
                        yield Stored(each["path"], int(each["size"]), each["last_modified"])

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """An object that is not there is a file that is not there; anything else means that it is out of reach."""
        try:
            yield
        except FileNotFoundError:
            raise
        except BaseError as error:
            told = str(error).partition("\n")[0]
            raise OSError(errno.EIO, f"the bucket cannot be used: {told}", self._where) from error


def bucket_at(address: str, incoming: Path) -> Bucket:
    """The bucket at `s3://BUCKET/PREFIX`, for which files wait in a folder; how to get there is in the environment."""
    name, _, prefix = address.removeprefix(BUCKET).strip("/").partition("/")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    options: dict[str, Any] = {}
    if endpoint:
        options = {"endpoint": endpoint, "client_options": {"allow_http": endpoint.startswith("http:")}}
    return Bucket(S3Store(name, prefix=prefix or None, **options), address, incoming)
