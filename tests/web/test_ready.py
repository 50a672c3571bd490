"""The pages are ready when their gateway answers, also one in the same process."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chassis.in_process import inward
from web.app import create_app
from web.settings import WebSettings


@pytest.mark.parametrize(("status", "expected"), [(200, 200), (500, 503)])
def test_ready_follows_the_gateway(status: int, expected: int) -> None:
    gateway = FastAPI()

    @gateway.get("/health/live", status_code=status)
    def live() -> dict[str, str]:
        return {}

    with TestClient(create_app(WebSettings(demo=True), transport=inward(gateway))) as client:
        assert client.get("/health/ready").status_code == expected
