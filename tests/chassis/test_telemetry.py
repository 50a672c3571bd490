"""Traces: spans reach the collector that the standard variables name."""

import random
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from opentelemetry import trace

from chassis.app import create_app
from chassis.settings import Settings
from chassis.telemetry import trace_headers


@contextmanager
def collector(received: list[tuple[str, bytes]]) -> Generator[str]:
    """Listen as an OpenTelemetry collector does, and keep what comes."""

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Keep) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def test_spans_reach_the_collector_before_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[tuple[str, bytes]] = []
    with collector(received) as address:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        app = create_app(name="feedback", title="Feedback", settings=Settings(), routers=[])
        with TestClient(app) as client:
            client.get("/health/live")
    assert {path for path, _ in received} == {"/v1/traces"}
    assert any(b"kumppani-feedback" in spans for _, spans in received)
    assert any(b"GET /health/live" in spans for _, spans in received)


def test_an_app_that_is_only_made_has_no_thread_that_a_fork_would_leave_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    before = set(threading.enumerate())
    create_app(name="feedback", title="Feedback", settings=Settings(), routers=[])
    assert set(threading.enumerate()) == before


def test_without_a_collector_the_trace_of_a_caller_is_passed_on_but_nothing_is_recorded() -> None:
    router = APIRouter()

    @router.get("/trace")
    async def trace_of_this() -> dict[str, object]:
        return {"recorded": trace.get_current_span().is_recording(), **trace_headers()}

    app = create_app(name="feedback", title="Feedback", settings=Settings(), routers=[router])
    caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    with TestClient(app) as client:
        told = client.get("/trace", headers={"traceparent": caller}).json()
        begun = client.get("/trace").json()
    assert told["traceparent"].split("-")[1] == caller.split("-")[1]
    assert told["traceparent"].split("-")[2] != caller.split("-")[2]
    assert begun["traceparent"].split("-")[1] != caller.split("-")[1]
    assert not told["recorded"]
    assert not begun["recorded"]


def test_what_fails_or_is_nobodys_is_measured_too() -> None:
    router = APIRouter()

    @router.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError

    settings = Settings(metrics_token="known")
    app = create_app(name="part", title="Part", settings=settings, routers=[router])
    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/broken")
        client.get("/nowhere")
        client.request("BREW", "/broken")
        told = client.get("/metrics", headers={"Authorization": "Bearer known"}).text
    counted = [
        line for line in told.splitlines() if line.startswith("http_server_request_duration_seconds_count")
    ]
    assert {line.partition("{")[2] for line in counted} == {
        'http_request_method="GET",http_response_status_code="500",http_route="/broken"} 1.0',
        'http_request_method="GET",http_response_status_code="404",http_route=""} 1.0',
        'http_request_method="_OTHER",http_response_status_code="405",http_route=""} 1.0',
    }
    assert 'http_server_active_requests{http_request_method="GET"} 1.0' in told


def test_two_processes_of_one_fork_have_other_ids() -> None:
    def ids() -> set[str]:
        """Return the ids that a process draws from one state of ``random``."""
        random.seed(7)
        app = create_app(name="part", title="Part", settings=Settings(), routers=[router])
        with TestClient(app) as client:
            return set(client.get("/traced").json())

    router = APIRouter()

    @router.get("/traced")
    async def traced() -> list[str]:
        return list(trace_headers().values())

    assert ids().isdisjoint(ids())


def test_a_route_costs_nine_lines_of_metrics_whoever_asks_it() -> None:
    router = APIRouter()

    @router.get("/things/{number}")
    async def thing(number: int) -> int:
        return number

    app = create_app(
        name="things", title="Things", settings=Settings(metrics_token="known"), routers=[router]
    )
    with TestClient(app) as client:
        for number in range(20):
            client.get(f"/things/{number}", headers={"User-Agent": f"browser {number}"})
        told = client.get("/metrics", headers={"Authorization": "Bearer known"}).text
    lines = [line for line in told.splitlines() if "/things/{number}" in line]
    assert len(lines) == 9
    assert any(line.endswith(" 20.0") and "_count" in line for line in lines)
