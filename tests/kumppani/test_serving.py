"""How the product is served."""

import socket

import pytest

from kumppani.errors import SetupError
from kumppani.serve_one import serve_part
from kumppani.serving import TakenAtOnce, take_port


def test_small_answers_leave_at_once() -> None:
    """Sockets that do not say they are TCP get no TCP_NODELAY from asyncio: a body then waits 40 ms."""
    with take_port("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_demo_mode_is_served_at_this_machines_own_address_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUMPPANI_WEB_DEMO", "true")

    with pytest.raises(SetupError, match="Demo mode is for this machine only"):
        serve_part("web", "0.0.0.0", 0, processes=1)


def test_a_full_process_takes_many_connections_at_a_time_and_another_one() -> None:
    full = [False]
    taken = TakenAtOnce(lambda: full[0])
    assert len(range(taken)) == 1
    full[0] = True
    assert len(range(taken)) > 30
