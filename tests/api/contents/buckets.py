"""A stand-in for an S3-compatible service: one bucket in memory, over HTTP on this machine."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

WHEN = "2026-03-02T12:00:00.000Z"


@dataclass
class Shop:
    """What is in the bucket, what comes in parts, and what was asked for."""

    objects: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False


@contextmanager
def shop() -> Iterator[tuple[Shop, str]]:
    """The service, and its address."""
    inside = Shop()

    class Handler(_Handler):
        shop = inside

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield inside, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    shop: Shop
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _asked(self) -> tuple[str, dict[str, list[str]], bytes]:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        key = unquote(url.path).lstrip("/").partition("/")[2]
        self.shop.asked.append(f"{self.command} {key}")
        return key, parse_qs(url.query, keep_blank_values=True), body

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        status = 403 if self.shop.down else status
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), "ETag": '"e"', **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        key, query, body = self._asked()
        if "partNumber" in query:
            self.shop.parts[query["uploadId"][0]][int(query["partNumber"][0])] = body
        elif not self.shop.down:
            self.shop.objects[key] = body
        self._answer(200)

    def do_POST(self) -> None:
        key, query, body = self._asked()
        if "delete" in query:
            gone = re.findall(r"<Key>([^<]*)</Key>", body.decode())
            for each in gone:
                self.shop.objects.pop(each, None)
            told = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in gone)
            self._answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())
        elif "uploads" in query:
            self.shop.parts[key] = {}
            told = f"<InitiateMultipartUploadResult><UploadId>{key}</UploadId></InitiateMultipartUploadResult>"
            self._answer(200, told.encode())
        else:
            parts = self.shop.parts.pop(query["uploadId"][0])
            self.shop.objects[key] = b"".join(parts[number] for number in sorted(parts))
            told = "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"
            self._answer(200, told.encode())

    def do_GET(self) -> None:
        key, query, _ = self._asked()
        if "list-type" in query:
            prefix = query.get("prefix", [""])[0]
            self._answer(200, self._listed(prefix), Content_Type="application/xml")
            return
        found = self.shop.objects.get(key)
        if found is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        headers: dict[str, Any] = {"Last_Modified": "Mon, 02 Mar 2026 12:00:00 GMT"}
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if part is None:
            self._answer(200, found, **headers)
            return
        start, end = int(part[1]), int(part[2])
        headers["Content_Range"] = f"bytes {start}-{min(end, len(found) - 1)}/{len(found)}"
        self._answer(206, found[start : end + 1], **headers)

    do_HEAD = do_GET  # noqa: N815 -- the name that the base class calls

    def do_DELETE(self) -> None:
        key, _, _ = self._asked()
        self.shop.objects.pop(key, None)
        self._answer(204)

    def _listed(self, prefix: str) -> bytes:
        rows = "".join(
            f"<Contents><Key>{key}</Key><Size>{len(found)}</Size><LastModified>{WHEN}</LastModified>"
            "<ETag>e</ETag></Contents>"
            for key, found in self.shop.objects.items()
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()
