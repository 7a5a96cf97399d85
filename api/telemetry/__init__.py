"""What the service tells those who run it: metrics, traces and logs; nothing of what anybody asks or is answered."""

from dataclasses import dataclass, field

from opentelemetry import trace
from opentelemetry.trace import Tracer

from api.telemetry.metrics import Metrics


def _tracer() -> Tracer:
    return trace.get_tracer("clausula")


@dataclass(frozen=True, slots=True)
class Telemetry:
    """The metrics of one application, and whom it tells its traces; nobody, unless an exporter was set up."""

    metrics: Metrics = field(default_factory=Metrics)
    tracer: Tracer = field(default_factory=_tracer)


__all__ = ["Metrics", "Telemetry"]
