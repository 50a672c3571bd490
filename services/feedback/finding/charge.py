"""What a person answers for: the cases it has, and those of the places that its assignments name. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.feedback.read_model import ReadModel
from trade.answering import Assignment
from trade.vocabulary import Role

ANSWERING = frozenset({Role.SERVICE_SUPERVISOR, Role.ACCOUNT_MANAGER})
"""Roles that answer for places; who handles cases answers for those it has, wherever they are."""


@dataclass(frozen=True)
class Share:
    """The cases of some places, of one service or of all; what is empty does not limit."""

    service: str | None = None
    site_ids: tuple[UUID, ...] = ()
    customer_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Charge:
    """All that a person answers for: the cases it has, and its shares of the others."""

    person_id: UUID
    shares: tuple[Share, ...] = ()


def charge_of(read_model: ReadModel, person_id: UUID, day: date) -> Charge:
    """Return what the person answers for on the day; of somebody unknown only the cases it has."""
    person = read_model.people.by_id.get(person_id)
    held = [
        each
        for each in (person.assignments if person else ())
        if each.role in ANSWERING and each.holds(day) and not _answers_for_nobody(each)
    ]
    departments: dict[UUID, set[UUID]] = {}
    for customer in read_model.customers.values():
        if customer.department_id is not None:
            departments.setdefault(customer.department_id, set()).add(customer.id)
    return Charge(person_id, tuple(_shares(held, departments)))


def _answers_for_nobody(assignment: Assignment) -> bool:
    """Tell whether it is the account manager's bare role, which names no customer (`trade.answering`)."""
    return assignment.role == Role.ACCOUNT_MANAGER and assignment.customer_id is None


def _shares(held: Iterable[Assignment], departments: Mapping[UUID, set[UUID]]) -> Iterable[Share]:
    """Return a share a service for all its sites, one for all its customers, and one for the whole city."""
    sites: dict[str | None, set[UUID]] = {}
    customers: dict[str | None, set[UUID]] = {}
    for each in held:
        if each.site_id is not None:
            sites.setdefault(each.service, set()).add(each.site_id)
        elif each.customer_id is not None:
            customers.setdefault(each.service, set()).add(each.customer_id)
        elif each.department_id is not None:
            customers.setdefault(each.service, set()).update(departments.get(each.department_id, ()))
        else:
            yield Share(each.service)
    yield from (Share(service, site_ids=tuple(sorted(ids))) for service, ids in sites.items())
    yield from (Share(service, customer_ids=tuple(sorted(ids))) for service, ids in customers.items() if ids)
