"""What follows from a person's assignments: roles, what is seen, and scopes."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.customers.access import INTEGRATION_SCOPES
from services.customers.people.rules import STAFF, Scope
from trade.vocabulary import Role

SEES_EVERYTHING = STAFF | {Role.INTEGRATION}


@dataclass(frozen=True)
class Sight:
    """What a person sees by the assignments of one day; departments stand for all their customers."""

    roles: frozenset[Role]
    everything: bool
    department_ids: frozenset[UUID]
    customer_ids: frozenset[UUID]
    site_ids: frozenset[UUID]
    producer_ids: frozenset[UUID]
    scopes: frozenset[str]


def sight_of(scopes: Collection[Scope]) -> Sight:
    """Return what a person sees who has these assignments."""
    roles = frozenset(each.role for each in scopes)
    return Sight(
        roles=roles,
        everything=not SEES_EVERYTHING.isdisjoint(roles),
        department_ids=_ids(scopes, "department_id", Role.CONTRACT_CONTACT),
        customer_ids=_ids(scopes, "customer_id", Role.CONTRACT_CONTACT, Role.ACCOUNT_MANAGER),
        site_ids=_ids(scopes, "site_id", Role.SITE_HEAD, Role.SITE_STAFF),
        producer_ids=_ids(scopes, "producer_id", Role.PRODUCER_SUPERVISOR),
        scopes=INTEGRATION_SCOPES if Role.INTEGRATION in roles else frozenset(),
    )


def _ids(scopes: Collection[Scope], place: str, *roles: Role) -> frozenset[UUID]:
    return frozenset(getattr(each, place) for each in scopes if each.role in roles) - {None}
