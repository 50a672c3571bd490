"""How the product is served."""

import socket

from kumppani.serving import take_port


def test_small_answers_leave_at_once() -> None:
    """Sockets that do not say they are TCP get no TCP_NODELAY from asyncio: a body then waits 40 ms."""
    with take_port("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
