"""Traces leave the process for the place that the environment names, and carry nothing of what was asked with."""

import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "hunter2"
ASKED = f"""
import os, tempfile
from pathlib import Path

from opentelemetry import trace

from api.telemetry import traces

assert traces.configure(os.environ)

from tests.api.escrow import site

with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as web:
    web.data("query Mine($d: ID!) {{ deal(id: $d) {{ version }} }}", d="{SECRET}")
trace.get_tracer_provider().shutdown()
"""
PRINTED = """
import importlib
from types import SimpleNamespace

from opentelemetry.sdk.trace.export import ConsoleSpanExporter

found = importlib.import_module
stand_in = SimpleNamespace(OTLPSpanExporter=ConsoleSpanExporter)
importlib.import_module = lambda name, *more: stand_in if "otlp" in name else found(name, *more)
"""
"""Spans are written to the standard output instead, by the library's own exporter for that."""


class Collector(BaseHTTPRequestHandler):
    """Takes what is sent to it, as a collector of OpenTelemetry does."""

    taken: ClassVar[list[tuple[str, str, bytes]]] = []

    def do_POST(self) -> None:
        """Keep a request."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, self.headers["Content-Type"], body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[str]:
    """The address of a collector on this machine."""
    Collector.taken.clear()
    server = HTTPServer(("127.0.0.1", 0), Collector)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def ran(script: str, endpoint: str) -> str:
    """What a process prints that serves one question."""
    environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "no_proxy": "127.0.0.1"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_service_hands_its_spans_to_the_exporter_that_is_named() -> None:
    told = ran(PRINTED + ASKED, "http://127.0.0.1:9")

    for word in ('"POST /graphql"', '"query"', '"graphql.operation.name": "Mine"', '"service.name": "clausula"'):
        assert word in told
    assert SECRET not in told
    assert "Bearer" not in told


def test_a_collector_gets_them_over_http(collector: str) -> None:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http.trace_exporter", reason="the extra is not installed")

    ran(ASKED, collector)

    assert {(path, kind) for path, kind, _ in Collector.taken} == {("/v1/traces", "application/x-protobuf")}
    sent = b"".join(body for *_, body in Collector.taken)
    for word in (b"POST /graphql", b"Mine", b"clausula.cost", b"service.name"):
        assert word in sent
    assert SECRET.encode() not in sent
