"""The people of a customer or a site told once each, those one needs first on top."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from web.pages.registry.reads import Contact

SHOWN = 4
# Whom one most often needs comes first; the directors of the enterprise come last.
ORDER = (
    "account_manager",
    "contract_contact",
    "site_head",
    "service_supervisor",
    "producer_supervisor",
    "complaint_handler",
    "site_staff",
    "management",
    "administrator",
)
ON_SITE = ("service_supervisor", "producer_supervisor", "complaint_handler", "account_manager")


@dataclass(frozen=True)
class Known:
    """A person with every service they answer for here."""

    contact: Contact
    services: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Those shown at once, and the rest behind a summary."""

    first: tuple[Known, ...]
    rest: tuple[Known, ...]


def people_of(contacts: Iterable[Contact], *, order: Sequence[str] = ORDER, side: str = "") -> People:
    """Return the people of a side (both without one) in the order of their roles, each once."""
    by_person: dict[str, list[Contact]] = {}
    for each in contacts:
        if each.role in order and side in ("", each.side):
            by_person.setdefault(each.person_id or each.name, []).append(each)
    known = [
        Known(
            min(roles, key=lambda each: order.index(each.role)),
            tuple(dict.fromkeys(each.service for each in roles if each.service)),
        )
        for roles in by_person.values()
    ]
    known.sort(key=lambda each: (order.index(each.contact.role), each.contact.name))
    return People(tuple(known[:SHOWN]), tuple(known[SHOWN:]))


def team_of(contacts: Iterable[Contact], services: Iterable[str]) -> People:
    """Return the producer's people for a site: those of its own services, the nearest to the work first."""
    used = set(services)
    return people_of(
        (each for each in contacts if each.service is None or each.service in used),
        order=ON_SITE,
        side="producer",
    )
