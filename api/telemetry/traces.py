"""Traces for OpenTelemetry: a span for each request and one for each operation in it, without what was asked with.

A span says the type of an operation, the name that the client gave it and what it costs, and never a variable, a
literal or the document. They go nowhere unless an exporter is named in the environment as OpenTelemetry says
(`OTEL_EXPORTER_OTLP_ENDPOINT` and its like) and the packages of the extra `telemetry` are installed.
"""

import importlib
from collections.abc import Mapping
from typing import Final

from opentelemetry import trace

from api.agreements import Unusable

_NAMED: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def configure(environment: Mapping[str, str]) -> bool:
    """Send traces where the environment says; tells whether it says so. Raises Unusable where a package is missing."""
    if not any(environment.get(each) for each in _NAMED) or environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    try:
        resources = importlib.import_module("opentelemetry.sdk.resources")
        sdk = importlib.import_module("opentelemetry.sdk.trace")
        export = importlib.import_module("opentelemetry.sdk.trace.export")
        otlp = importlib.import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError as error:
        found = f"Traces are to be sent, and {error.name} is not installed."
        raise Unusable(found, "Install clausula[telemetry], or take OTEL_EXPORTER_OTLP_ENDPOINT away.") from error
    provider = sdk.TracerProvider(resource=resources.Resource.create({"service.name": "clausula"}))
    provider.add_span_processor(export.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return True
