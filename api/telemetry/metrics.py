"""Counts and durations for Prometheus. Each label has few values, known before: no name that a client chose is one."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

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

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)
