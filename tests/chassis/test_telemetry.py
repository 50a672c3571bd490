"""Traces: spans reach the collector that the standard variables name."""

from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from fastapi.testclient import TestClient

from chassis.app import create_app
from chassis.settings import Settings


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
        Thread(target=server.serve_forever, daemon=True).start()
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
