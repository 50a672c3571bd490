"""All tables of the customers database; importing this module completes the metadata."""

from services.customers.base import Base
from services.customers.people.model import Absence, Assignment, Person
from services.customers.registry.model import (
    Customer,
    CustomerGroup,
    Department,
    Producer,
    Site,
    SiteService,
)

__all__ = [
    "Absence",
    "Assignment",
    "Base",
    "Customer",
    "CustomerGroup",
    "Department",
    "Person",
    "Producer",
    "Site",
    "SiteService",
]
