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

    @property
    def most(self) -> int:
        """Return how many each service is asked for: with one more it is known whether there are more."""
        return self.limit + 1


PARTS: tuple[Part[Asked], ...] = (
    Part("customers", "customers", lambda services, asked: services.customers.search(asked.q, asked.most)),
    Part("contracts", "contracts", lambda services, asked: services.contracts.search(asked.q, asked.most)),
    Part("cases", "feedback", lambda services, asked: services.feedback.search(asked.q, asked.most)),
)


def merged(answers: Iterable[object], limit: int) -> tuple[list[Found], bool]:
    """Return the best results of all answers, best first, and whether there are more.

    Equals keep the order of the services.
    """
    found = [item for hits in answers if isinstance(hits, Hits) for item in hits.items]
    return sorted(found, key=lambda item: -item.score)[:limit], len(found) > limit
