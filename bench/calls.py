"""Sends requests as fast as the answers come, over plain sockets so that the caller costs little.

A client library takes longer for a call than the bare endpoint for its work: with one, every ratio would
look better than it is.
"""

import itertools
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlsplit

_PATIENCE = 30.0
_OVERLOAD = 503
Request = bytes


@dataclass(frozen=True)
class Sample:
    """What some calls took, in seconds each, and how long all of them together.

    ``cpu`` is what the asked process computed meanwhile: however busy the machine is, that stays the same.
    ``refused`` is how many calls besides were answered with 503: overload, to be sent again.
    """

    took: Sequence[float]
    seconds: float
    cpu: float = 0.0
    refused: int = 0

    @property
    def rate(self) -> float:
        """Calls a second."""
        return len(self.took) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds the asked process computed for a call."""
        return self.cpu / len(self.took) * 1000

    @property
    def p50(self) -> float:
        """Milliseconds within which half the calls were answered."""
        return median(self.took) * 1000

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 calls were answered."""
        return quantiles(self.took, n=20, method="inclusive")[-1] * 1000

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(
            [*self.took, *other.took],
            self.seconds + other.seconds,
            self.cpu + other.cpu,
            self.refused + other.refused,
        )


class Line:
    """One connection that is kept open (HTTP/1.1)."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._socket = socket.create_connection((place.hostname, place.port), timeout=_PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: Request) -> tuple[int, bytes, bytes]:
        """Send a request; return the answer's status, head and body."""
        self._socket.sendall(request)
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end].lower()
        length = head.find(b"content-length:")
        if length < 0:
            raise ValueError(f"an answer without its length: {head!r}")
        total = end + 4 + int(head[length + 15 :].split(b"\r\n", 1)[0])
        pieces, have = [answer], len(answer)
        while have < total:
            pieces.append(self._more())
            have += len(pieces[-1])
        return int(head[9:12]), answer[:end], b"".join(pieces)[end + 4 :]

    def _more(self) -> bytes:
        piece = self._socket.recv(262_144)
        if not piece:
            raise ConnectionError("the connection ended in the middle of an answer")
        return piece


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
    """Write a request."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def rush(
    url: str, requests: Callable[[], Iterator[Request]], *, clients: int, seconds: float, good: int
) -> Sample:
    """Let so many clients ask one request after the other for so long.

    An answer must be ``good``, or 503: then the client goes on to its next request.
    """
    samples: list[list[float]] = [[] for _ in range(clients)]
    refused: list[int] = []
    faults: list[str] = []
    ready = threading.Barrier(clients + 1)

    def run(mine: list[float]) -> None:
        with Line(url) as line:
            asked = requests()
            ready.wait()
            until = perf_counter() + seconds
            begun = 0.0
            while begun < until and not faults:
                each = next(asked)
                begun = perf_counter()
                status, _, body = line.ask(each)
                if status == good:
                    mine.append(perf_counter() - begun)
                elif status == _OVERLOAD:
                    refused.append(status)
                else:
                    faults.append(f"{status} instead of {good}: {body[:500]!r}")

    threads = [threading.Thread(target=run, args=(mine,), daemon=True) for mine in samples]
    for thread in threads:
        thread.start()
    ready.wait(_PATIENCE)
    begun = perf_counter()
    for thread in threads:
        thread.join()
    took = perf_counter() - begun
    if faults or not any(samples):
        raise RuntimeError(faults[0] if faults else "no client got a good answer")
    return Sample([each for mine in samples for each in mine], took, refused=len(refused))


def walk(url: str, requests: Iterator[Request], count: int, *, good: int = 200) -> Sample:
    """Ask so many requests, one client, one after the other; the first one is not counted."""
    took = []
    with Line(url) as line:
        for each in itertools.islice(requests, count + 1):
            begun = perf_counter()
            status, _, body = line.ask(each)
            took.append(perf_counter() - begun)
            if status != good:
                raise RuntimeError(f"{status} instead of {good}: {body[:500]!r}")
    return Sample(took[1:], sum(took[1:]))
