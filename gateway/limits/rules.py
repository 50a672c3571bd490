"""The rules of fairness: a leaking bucket for how often, counts for how much at once. Times are seconds."""

import ipaddress
from dataclasses import dataclass
from typing import Literal

Kind = Literal["request", "wait"]


@dataclass(frozen=True)
class Allowance:
    """What one caller may use."""

    name: str
    """What a caller is here, e.g. ``session``."""
    rate: float
    """Requests a second that may go on for ever."""
    burst: int
    """Requests that may come at once after a rest."""
    requests: int
    """Requests in flight."""
    waits: int
    """Waits for news in flight."""

    @property
    def window(self) -> float:
        """Seconds until a spent burst is whole again."""
        return self.burst / self.rate


@dataclass
class Usage:
    """What one caller uses: here, and at other processes as far as these have told."""

    allowance: Allowance
    level: float = 0.0
    """Requests in the bucket at the moment ``at``; they leak away at the allowed rate."""
    at: float = 0.0
    untold: float = 0.0
    """What of the level came in here since the other processes were told."""
    requests: int = 0
    waits: int = 0
    requests_elsewhere: int = 0
    waits_elsewhere: int = 0
    told: tuple[int, int] = (0, 0)
    """Requests and waits in flight here as the other processes know them."""
    told_at: float = float("-inf")

    def spend(self, now: float) -> float:
        """Take one request; return 0, or in how many seconds there will be room for it."""
        self._leak(now)
        over = self.level + 1 - self.allowance.burst
        if over > 0:
            return over / self.allowance.rate
        self.level += 1
        self.untold += 1
        return 0.0

    def room(self, kind: Kind) -> bool:
        """Tell whether one more of a kind may be in flight; one here always may."""
        if kind == "wait":
            return self.waits == 0 or self.waits + self.waits_elsewhere < self.allowance.waits
        return self.requests == 0 or self.requests + self.requests_elsewhere < self.allowance.requests

    def begin(self, kind: Kind) -> None:
        """Count one in flight."""
        self._count(kind, 1)

    def end(self, kind: Kind) -> None:
        """Count one in flight less."""
        self._count(kind, -1)

    def remaining(self, now: float) -> int:
        """Return how many requests would be taken now."""
        self._leak(now)
        return max(0, int(self.allowance.burst - self.level))

    def idle(self, now: float) -> bool:
        """Tell whether nothing needs to be remembered of the caller."""
        self._leak(now)
        return self.level <= 0 and not self.requests and not self.waits and self.told == (0, 0)

    def telling_rate(self) -> bool:
        """Tell whether the others must know how often: not while even all together could take it."""
        return self.untold > 0 and self.level >= self.allowance.burst / 4

    def telling_in_flight(self, now: float, refresh: float) -> bool:
        """Tell whether the others must know how many: a wait counts, a single request does not."""
        current = (self.requests, self.waits)
        if current == self.told:
            return current != (0, 0) and now - self.told_at >= refresh
        return self.told != (0, 0) or self.waits > 0 or self.requests > 1

    def shared(self, level: float, now: float) -> None:
        """Take over the level that all processes have together."""
        self._leak(now)
        self.level = level + self.untold

    def _leak(self, now: float) -> None:
        if now > self.at:
            self.level = max(0.0, self.level - (now - self.at) * self.allowance.rate)
            self.untold = min(self.untold, self.level)
        self.at = now

    def _count(self, kind: Kind, by: int) -> None:
        if kind == "wait":
            self.waits += by
        else:
            self.requests += by


def place_of(address: str) -> str:
    """Return what counts as one address: a home has a whole IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
