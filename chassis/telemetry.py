"""Logs as JSON with trace ids, spans by FastAPI's own OpenTelemetry, metrics for Prometheus."""

import logging
import os
import secrets
from collections.abc import MutableMapping
from hmac import compare_digest
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.id_generator import IdGenerator
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import SecretStr

from chassis.durations import Durations
from chassis.errors import Unauthenticated

_COLLECTOR = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""The standard variables that name where spans go; without one they go nowhere."""


def _trace_ids(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        entry["trace_id"] = format(context.trace_id, "032x")
        entry["span_id"] = format(context.span_id, "016x")
    return entry


def configure_logging(level: str) -> None:
    """Write structlog's and the standard library's log lines as JSON to standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace_ids,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # a line per call says nothing the trace does not


class _SecretIds(IdGenerator):
    """Ids that no two processes share: those of one fork would draw the same numbers from ``random``."""

    def generate_span_id(self) -> int:
        """Return a number of 64 bits, never 0."""
        return secrets.randbits(64) or 1

    def generate_trace_id(self) -> int:
        """Return a number of 128 bits, never 0."""
        return secrets.randbits(128) or 1


class Telemetry:
    """What one deployable tells of itself: spans carry its name, metrics go to its own registry."""

    def __init__(self, name: str) -> None:
        self.registry = CollectorRegistry()
        self.durations = Durations()
        self.registry.register(self.durations)
        self.records_spans = any(os.environ.get(name) for name in _COLLECTOR)
        self._tracers = TracerProvider(
            resource=Resource.create({"service.name": f"kumppani-{name}"}),
            shutdown_on_exit=False,
            id_generator=_SecretIds(),
        )

    def begin(self) -> None:
        """Send spans by OTLP over HTTP, if anybody collects them.

        By a thread, so not before the process serves: what is made may yet be forked.
        """
        if not self.records_spans:
            return
        # Imported here, since it costs a start that sends none.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        self._tracers.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))

    def config(self) -> TelemetryConfig:
        """Return what FastAPI needs."""
        return TelemetryConfig(
            tracer_provider=self._tracers,
            tracing=self.records_spans,
            metrics=False,
            operation_spans=False,
            logs=False,
            auto_configure=False,  # it would need uvicorn's lifespan, which the command line does without
            # A calendar link's secret stands in its query, and spans keep queries.
            exclude=lambda scope: b"token=" in scope.get("query_string", b""),
        )

    def router(self, token: SecretStr) -> APIRouter:
        """Return the route ``GET /metrics`` (Prometheus text format), which the bearer token opens."""
        router = APIRouter()

        @router.get("/metrics", include_in_schema=False)
        def metrics(request: Request) -> Response:
            if not names_token(request, token):
                raise Unauthenticated
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

        return router

    def close(self) -> None:
        """Send what is still to be sent, and stop."""
        self._tracers.shutdown()


def names_token(request: Request, token: SecretStr) -> bool:
    """Tell whether a request bears the token; an empty one is borne by nobody."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    wanted = token.get_secret_value()
    return bool(wanted) and scheme.lower() == "bearer" and compare_digest(given.encode(), wanted.encode())


def trace_headers() -> dict[str, str]:
    """Return the W3C trace headers of the current span, empty outside one."""
    span = trace.get_current_span().get_span_context()
    if not span.is_valid:
        return {}
    headers = {"traceparent": f"00-{span.trace_id:032x}-{span.span_id:016x}-{span.trace_flags:02x}"}
    if span.trace_state:
        headers["tracestate"] = span.trace_state.to_header()
    return headers


def trace_parent() -> str | None:
    """Return the current span as a ``traceparent`` value."""
    return trace_headers().get("traceparent")
