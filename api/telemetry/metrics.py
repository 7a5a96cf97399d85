"""Counts and durations for Prometheus. Each label has few values, known before: no name that a client chose is one."""

import math
from datetime import datetime
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

if TYPE_CHECKING:
    from api.webhooks.outbox import Backlog

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_COSTS = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)


class Metrics:
    """The metrics of one process, in a registry of their own."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)
        self.requests = Counter(
            "clausula_http_requests", "Requests that were answered.", ["method", "route", "status"], registry=own
        )
        self.seconds = Histogram(
            "clausula_http_request_seconds", "From a request to the beginning of its answer.", ["route"],
            buckets=_SECONDS, registry=own,
        )  # fmt: skip
        self.working = Gauge("clausula_http_requests_in_progress", "Requests that wait for an answer.", registry=own)
        self.streams = Gauge("clausula_streams_open", "Connections that are followed.", ["transport"], registry=own)
        self.operations = Counter(
            "clausula_operations", "Operations by how they ended.", ["type", "outcome"], registry=own
        )
        self.cost = Histogram(
            "clausula_operation_cost", "What operations cost at most.", ["type"], buckets=_COSTS, registry=own
        )
        self.ready = Gauge("clausula_ready", "1 where requests are taken.", registry=own)
        self.readings = Gauge("clausula_readings_waiting", "What was read and is not yet written down.", registry=own)
        self.tries = Counter(
            "clausula_webhook_tries", "Tries to send something for a webhook, by what came of them.", ["outcome"],
            registry=own,
        )  # fmt: skip
        self.outbox = Gauge(
            "clausula_webhook_deliveries", "What waits to be sent for webhooks, and dead letters; in the database.",
            ["status"], registry=own,
        )  # fmt: skip
        self.oldest = Gauge(
            "clausula_webhook_oldest_waiting_seconds", "How long ago that was made which has waited longest; or 0.",
            registry=own,
        )  # fmt: skip
        self.documents = Gauge(
            "clausula_documents_ready", "1 where the place in which documents are held can be used.", registry=own
        )

    def told_of(self, backlog: "Backlog | None", at: datetime) -> None:
        """What the database says of the outbox; what it could not be asked for is not a number."""
        waiting, dead, since = (backlog.waiting, backlog.dead, backlog.since) if backlog else (math.nan, math.nan, None)
        self.outbox.labels("waiting").set(waiting)
        self.outbox.labels("dead").set(dead)
        age = (at - since).total_seconds() if since is not None else 0.0
        self.oldest.set(age if backlog is not None else math.nan)

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)
