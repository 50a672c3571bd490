"""How many requests a part answered and how long they took, by route and status, for Prometheus.

FastAPI's own OpenTelemetry metrics tell the same by two measurements with sixty calls each, for every call
from one part to another.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import Scope

BOUNDS: Final = (0.01, 0.05, 0.1, 0.25, 1.0, 5.0)
"""Seconds that somebody acts on: all of the convention's buckets make a look cost more than twice."""
_METHODS: Final = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_Labels = tuple[str, str, str]


@dataclass
class _Taken:
    """How long requests of one kind took."""

    by_bound: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0


class Durations(Collector):
    """Counts requests by method, route and status in buckets of seconds (OpenTelemetry's names)."""

    def __init__(self) -> None:
        self._taken: dict[_Labels, _Taken] = {}
        self._active: Counter[str] = Counter()

    def begin(self, method: str) -> None:
        """A request came."""
        self._active[_known(method)] += 1

    def end(self, scope: Scope, status: int, seconds: float) -> None:
        """It was answered; 0 is the status of one that was not."""
        method = _known(scope["method"])
        self._active[method] -= 1
        labels = (method, _route_of(scope), str(status or ""))
        taken = self._taken.get(labels)
        if taken is None:
            taken = self._taken[labels] = _Taken()
        taken.by_bound[bisect_left(BOUNDS, seconds)] += 1
        taken.seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """Tell Prometheus."""
        durations = HistogramMetricFamily(
            "http_server_request_duration_seconds",
            "Duration of HTTP server requests.",
            labels=("http_request_method", "http_route", "http_response_status_code"),
        )
        names = [*map(str, BOUNDS), "+Inf"]
        for labels, taken in list(self._taken.items()):
            durations.add_metric(
                labels, list(zip(names, accumulate(taken.by_bound), strict=True)), taken.seconds
            )
        yield durations
        active = GaugeMetricFamily(
            "http_server_active_requests",
            "Number of active HTTP server requests.",
            labels=("http_request_method",),
        )
        for method, count in list(self._active.items()):
            active.add_metric((method,), count)
        yield active


def _known(method: str) -> str:
    """Return the method, if it is one: strangers may make up any."""
    return method if method in _METHODS else "_OTHER"


def _route_of(scope: Scope) -> str:
    """Return the pattern of the route that answered, of what is mounted where; empty when none did."""
    route = scope.get("route")
    if route is not None:
        return str(route.path_format)
    mounted = scope.get("root_path", "")
    return f"{mounted}/{{path}}" if mounted else ""
