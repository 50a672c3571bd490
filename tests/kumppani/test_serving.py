"""How the product is served."""

import asyncio
import socket
from contextlib import AsyncExitStack

import pytest

from chassis.admission import Rank
from chassis.places import Places
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


def test_a_busy_process_takes_many_connections_at_a_time_and_another_one() -> None:
    places = Places(32, line=0)

    async def scenario() -> None:
        taken = TakenAtOnce(lambda: places.busy)
        async with AsyncExitStack() as stack:
            for _ in range(4):
                await stack.enter_async_context(places.taken(Rank.PERSON))
            assert len(range(taken)) == 1
            await stack.enter_async_context(places.taken(Rank.PERSON))
            assert not places.full
            assert len(range(taken)) > 30

    asyncio.run(scenario())
