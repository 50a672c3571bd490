"""Search in all services at once; what one of them cannot answer is missing and said to be."""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.answers import Found, Hits
from gateway.compose.parts import Part


@dataclass(frozen=True)
class Asked:
    """What is searched, and how many results at most."""

    q: str
    limit: int


PARTS: tuple[Part[Asked], ...] = (
    Part("customers", "customers", lambda services, asked: services.customers.search(asked.q, asked.limit)),
    Part("contracts", "contracts", lambda services, asked: services.contracts.search(asked.q, asked.limit)),
    Part("cases", "feedback", lambda services, asked: services.feedback.search(asked.q, asked.limit)),
)


def merged(answers: Iterable[object], limit: int) -> list[Found]:
    """Return the best results of all answers, best first; equals keep the order of the services."""
    found = [item for hits in answers if isinstance(hits, Hits) for item in hits.items]
    return sorted(found, key=lambda item: -item.score)[:limit]
