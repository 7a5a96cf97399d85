"""What those who run the service are told: health, metrics, traces and logs; and that no secret is in any of them."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from api.agreements import Unusable, shipped
from api.app import create_app, going
from api.clock import ManualClock
from api.parts import tokens_from
from api.settings import Settings, WrongSetting, settings_from
from api.telemetry import Metrics, Telemetry, logs, traces
from tests.api.escrow import LIBRARY, TEN, Site
from tests.api.store_ledger import prepared

SECRET = "hunter2"
ASKED = f"""query Mine($deal: ID!) {{
  me {{ id }} deal(id: $deal) {{ version }} other: deal(id: "{SECRET}-literal") {{ version }} }}"""


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def told(tmp_path: Path, spans: InMemorySpanExporter) -> Iterator[Site]:
    """A site whose traces are kept here."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    settings = Settings(prepared(tmp_path / "deals.db"), shipped(), rate=0)
    clock = ManualClock(TEN)
    app = create_app(settings, clock, LIBRARY, Telemetry(Metrics(), provider.get_tracer("test")))
    with TestClient(app) as client:
        yield Site(client, settings, clock, app)


def operator(web: Site) -> dict[str, str]:
    token = tokens_from(web.settings).issue("keeper", web.clock.now(), timedelta(days=1), operator=True)
    return {"Authorization": f"Bearer {token}"}


def metrics(web: Site) -> dict[str, float]:
    text = web.client.get("/metrics", headers=operator(web)).text
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


# ---------------------------------------------------------------------- probes


def test_a_service_that_runs_is_alive_and_ready(told: Site) -> None:
    assert told.client.get("/health").json() == {"status": "ok"}
    ready = told.client.get("/ready")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "documents": "ready"})


def test_one_that_is_about_to_stop_takes_no_more_and_is_alive(told: Site) -> None:
    going(told.app)

    ready = told.client.get("/ready")
    assert (ready.status_code, ready.json()["why"]) == (503, "It is about to stop.")
    assert told.client.get("/health").status_code == 200


def test_one_whose_database_is_away_is_not_ready(told: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("the database is away"))

    monkeypatch.setattr(type(told.app.state.service.store), "look", away)

    ready = told.client.get("/ready")
    assert (ready.status_code, ready.json()["why"]) == (503, "The database cannot be asked.")


def test_where_documents_are_out_of_reach_acts_are_taken_all_the_same(tmp_path: Path) -> None:
    """A file stands where the folder for documents should be; nobody else is told where that is."""
    settings = Settings(prepared(tmp_path / "deals.db"), shipped())
    Path(settings.document_place).write_text("no folder")
    clock = ManualClock(TEN)
    app = create_app(settings, clock, LIBRARY)
    with TestClient(app) as client:
        web = Site(client, settings, clock, app)
        ready = client.get("/ready")
        asked = {"query": "{ health { ready documents documentsOut } }"}
        health = client.post("/graphql", json=asked, headers=operator(web)).json()["data"]["health"]

        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "documents": "out of reach"})
        assert metrics(web)["clausula_documents_ready"] == 0
        assert (health["ready"], health["documents"]) == (True, settings.document_place)
        assert health["documentsOut"] == f"Not a directory: {settings.document_place}"


def test_one_that_has_no_keys_of_its_issuer_is_not_ready(tmp_path: Path) -> None:
    where = "http://127.0.0.1:9/keys"  # nobody answers at the port of `discard`
    settings = Settings(prepared(tmp_path / "deals.db"), shipped(), issuer="https://id.example", jwks=where)
    with TestClient(create_app(settings, ManualClock(TEN), LIBRARY)) as client:
        assert client.get("/ready").json()["why"] == "The keys of the issuer of tokens could not be fetched."


# --------------------------------------------------------------------- metrics


def test_metrics_count_requests_and_operations_and_no_names_of_clients(told: Site) -> None:
    deal = told.open()
    told.post("query Rare { me { id } }")
    told.post("{ nothing }")
    told.post("{ deals(first: 0) { edges { cursor } } }")
    told.client.get("/etc/passwd")
    told.client.request("BREW", "/graphql")

    found = metrics(told)

    assert found['clausula_operations_total{outcome="ok",type="mutation"}'] == 1
    assert found['clausula_operations_total{outcome="ok",type="query"}'] == 1
    assert found['clausula_operations_total{outcome="refused",type="query"}'] == 1
    assert found['clausula_operations_total{outcome="error",type="query"}'] == 1
    assert found['clausula_http_requests_total{method="POST",route="/graphql",status="200"}'] == 4
    assert found['clausula_http_requests_total{method="GET",route="other",status="404"}'] == 1
    assert found['clausula_http_requests_total{method="other",route="/graphql",status="405"}'] == 1
    assert found['clausula_http_request_seconds_count{route="/graphql"}'] == 5
    assert found["clausula_http_requests_in_progress"] == 1  # this one
    assert (found["clausula_ready"], found["clausula_documents_ready"]) == (1, 1)
    for name in ("Rare", "erin", deal, "passwd", "BREW"):
        assert name not in str(found)


def test_metrics_are_for_operators(told: Site) -> None:
    assert told.client.get("/metrics").status_code == 401
    assert told.client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401
    assert told.client.get("/metrics", headers=told.token("erin")).status_code == 403
    assert "clausula_operations" in told.client.get("/metrics", headers=operator(told)).text


# ---------------------------------------------------------------------- traces


def test_a_span_says_what_was_asked_and_nothing_of_what_with(told: Site, spans: InMemorySpanExporter) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = {**told.token("erin"), "traceparent": parent, "X-Request-Id": "r-1"}
    body = {"query": ASKED, "variables": {"deal": f"{SECRET}-variable"}, "operationName": "Mine"}
    assert told.client.post("/graphql", json=body, headers=headers).status_code == 200

    operation, request = spans.get_finished_spans()

    assert (request.name, operation.name) == ("POST /graphql", "query")
    assert format(request.context.trace_id, "032x") == "0af7651916cd43dd8448eb211c80319c"
    assert operation.parent is not None
    assert operation.parent.span_id == request.context.span_id
    assert dict(operation.attributes or {}) == {
        "graphql.operation.type": "query", "graphql.operation.name": "Mine", "clausula.cost": 2 + 2 + 2,
        "clausula.outcome": "ok",
    }  # fmt: skip
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST", "http.route": "/graphql", "http.response.status_code": 200,
        "clausula.request": "r-1",
    }  # fmt: skip
    everything = " ".join(each.to_json() for each in (operation, request))
    for secret in (SECRET, "erin", headers["Authorization"][7:]):
        assert secret not in everything


def test_what_is_no_operation_has_a_span_without_words_of_it(told: Site, spans: InMemorySpanExporter) -> None:
    told.post(f'{{ "{SECRET}')
    told.post(f"{{ {SECRET} }}")

    assert [each.name for each in spans.get_finished_spans()] == [
        "none", "POST /graphql", "query", "POST /graphql",
    ]  # fmt: skip
    assert SECRET not in " ".join(each.to_json() for each in spans.get_finished_spans())


def test_traces_go_nowhere_unless_somebody_says_where() -> None:
    assert traces.configure({}) is False
    assert traces.configure({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_SDK_DISABLED": "true"}) is False


def test_who_wants_traces_is_told_which_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(f"No module named {name}", name=name)

    monkeypatch.setattr("api.telemetry.traces.importlib.import_module", missing)

    with pytest.raises(Unusable, match=r"opentelemetry\.sdk\.resources is not installed") as error:
        traces.configure({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})

    assert "clausula[telemetry]" in error.value.advice


# ------------------------------------------------------------------------ logs


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as a service writes it in JSON."""
    stream = io.StringIO()
    with logs.written(as_json=True, stream=stream):
        yield stream


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_is_a_line_with_its_name_and_nothing_that_was_asked(told: Site, log: io.StringIO) -> None:
    headers = {**told.token("erin"), "X-Request-Id": "r-7"}
    body = {"query": ASKED, "variables": {"deal": SECRET}}
    answer = told.client.post(f"/graphql?note={SECRET}", json=body, headers=headers)
    unnamed = told.client.get("/health", headers={"X-Request-Id": "two words"})

    first, second = lines(log)

    assert answer.headers["X-Request-Id"] == first["request"] == "r-7"
    assert unnamed.headers["X-Request-Id"] == second["request"] != "two words"
    assert {name: first[name] for name in ("level", "logger", "method", "path", "status")} == {
        "level": "info", "logger": "api.requests", "method": "POST", "path": "/graphql", "status": 200,
    }  # fmt: skip
    assert first["milliseconds"] >= 0
    for secret in (SECRET, "erin", headers["Authorization"][7:]):
        assert secret not in log.getvalue()


def test_what_fails_inside_is_logged_under_the_name_of_its_request(
    told: Site, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError(f"cannot reach postgresql://clausula:{SECRET}@db/deals")

    monkeypatch.setattr(told.app.state.service, "editions", explode)
    headers = {**told.token("erin"), "X-Request-Id": "r-8"}
    told.client.post("/graphql", json={"query": "{ agreements { name } }"}, headers=headers)

    failed, request = lines(log)

    assert (failed["level"], failed["request"], request["request"]) == ("error", "r-8", "r-8")
    assert "postgresql://clausula:[password]@db/deals" in failed["exception"]
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Authorization: Bearer abc.def", "Authorization: Bearer [token]"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJlIn0.c2ln good", "token [token] good"),
        ("postgresql://me:pa55@host/db", "postgresql://me:[password]@host/db"),
        ("password=pa55&x=1", "password=[secret]&x=1"),
        ("token_key: abcdef", "token_key: [secret]"),
        ("nothing to hide: 12:30 a@b.example", "nothing to hide: 12:30 a@b.example"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out_of_every_line(log: io.StringIO, written: str, kept: str) -> None:
    logging.getLogger("anything").warning("%s", written)

    assert lines(log)[0]["message"] == kept


def test_a_person_reads_plain_lines() -> None:
    record = logging.LogRecord("api.store", logging.WARNING, "", 0, "Bearer %s", ("abc",), None)

    assert logs.Plain().format(record) == "WARNING api.store: Bearer [token]"


def test_how_it_is_logged_and_how_long_it_drains_are_settings() -> None:
    assert (settings_from({"CLAUSULA_LOG": "json"}).log, settings_from({"CLAUSULA_DRAIN": "5"}).drain) == ("json", 5)
    for name in ("CLAUSULA_LOG", "CLAUSULA_DRAIN"):
        with pytest.raises(WrongSetting, match=name):
            settings_from({name: "xml"})
