"""Who may do what in this service, in one place.

**Seeing** is decided by one statement per thing, in `registry.visibility`, `people.repository` and
`contacts.repository`; there is no other way to read them, and what is not visible is answered with 404:

- the own staff and integration clients see every department, customer, site and producer;
- a contract contact sees its customers, their departments and sites, and the producers at these;
- people of a site see the site, its customer and department, and the producers at the site; of the customer
  the name and contacts, not how it pays; the producer's note about a customer is for the own staff;
- an outside producer's supervisor sees the sites where it produces, and its own producer;
- people's own pages are seen by the own staff and by each person alone. Names, phones and e-mail addresses
  of contacts are seen by whoever sees what they are contacts of.

**Doing** is decided by `RIGHTS`: a visible thing that the actor may not change is answered with 403.
"""

from enum import StrEnum
from uuid import UUID

from chassis.actors import Actor
from chassis.errors import Forbidden
from trade.vocabulary import Role


class Right(StrEnum):
    """Something that not everybody may do."""

    EDIT_DEPARTMENTS = "edit_departments"
    EDIT_CUSTOMERS = "edit_customers"
    EDIT_SITES = "edit_sites"
    EDIT_PRODUCERS = "edit_producers"
    EDIT_PEOPLE = "edit_people"
    NAME_ACCOUNT_MANAGERS = "name_account_managers"
    READ_PEOPLE = "read_people"
    RECORD_ABSENCES = "record_absences"
    IMPORT_FILES = "import_files"


RIGHTS: dict[Right, frozenset[Role]] = {
    Right.EDIT_DEPARTMENTS: frozenset({Role.ADMINISTRATOR}),
    Right.EDIT_CUSTOMERS: frozenset({Role.ADMINISTRATOR, Role.ACCOUNT_MANAGER}),
    Right.EDIT_SITES: frozenset({Role.ADMINISTRATOR, Role.ACCOUNT_MANAGER}),
    Right.EDIT_PRODUCERS: frozenset({Role.ADMINISTRATOR}),
    Right.EDIT_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Right.NAME_ACCOUNT_MANAGERS: frozenset({Role.ADMINISTRATOR, Role.MANAGEMENT}),
    Right.READ_PEOPLE: frozenset(
        {
            Role.SERVICE_SUPERVISOR,
            Role.COMPLAINT_HANDLER,
            Role.ACCOUNT_MANAGER,
            Role.MANAGEMENT,
            Role.ADMINISTRATOR,
        }
    ),
    Right.RECORD_ABSENCES: frozenset({Role.ADMINISTRATOR, Role.SERVICE_SUPERVISOR}),
    Right.IMPORT_FILES: frozenset({Role.ADMINISTRATOR}),
}
RESOLVE_ACTORS = "actors:resolve"
"""Scope by which the gateway, and nobody else, learns what a person may see."""
INTEGRATION_SCOPES = frozenset(
    {"customers:read", "contracts:read", "cases:read", "cases:write", "events:read"}
)
"""What an integration client of the city may do."""


def may(actor: Actor, right: Right) -> bool:
    """Tell whether the actor has the right."""
    return actor.has_role(*RIGHTS[right])


def demand(actor: Actor, right: Right) -> None:
    """Refuse an actor without the right.

    Raises:
        Forbidden: none of the actor's roles carries the right.
    """
    if not may(actor, right):
        raise Forbidden


def sees_terms(actor: Actor, customer_id: UUID) -> bool:
    """Tell whether how the customer pays is the actor's to see: its sites' people do not."""
    return actor.everything or customer_id in actor.customer_ids


def is_self(actor: Actor, person_id: UUID) -> bool:
    """Tell whether the actor is that person."""
    return actor.person_id == person_id
