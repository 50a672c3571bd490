"""Closed lists that several services share; the values are the words on the wire."""

from enum import StrEnum


class Service(StrEnum):
    """What is produced for a site."""

    MEALS = "meals"
    CLEANING = "cleaning"
    MULTISERVICE = "multiservice"
    STAFF_MEALS = "staff_meals"
    COFFEE = "coffee"


class Severity(StrEnum):
    """How grave a word is; critical is a suspected food poisoning or allergic reaction."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Basis(StrEnum):
    """business: open hours of the calendar count; calendar: every hour counts, day and night."""

    BUSINESS = "business"
    CALENDAR = "calendar"


class Role(StrEnum):
    """What a person does here."""

    CONTRACT_CONTACT = "contract_contact"
    SITE_HEAD = "site_head"
    SITE_STAFF = "site_staff"
    SERVICE_SUPERVISOR = "service_supervisor"
    COMPLAINT_HANDLER = "complaint_handler"
    ACCOUNT_MANAGER = "account_manager"
    MANAGEMENT = "management"
    ADMINISTRATOR = "administrator"
    PRODUCER_SUPERVISOR = "producer_supervisor"
    INTEGRATION = "integration"


class Party(StrEnum):
    """The two sides of a contract, and whom a person speaks for."""

    CUSTOMER = "customer"
    PRODUCER = "producer"


STAFF_ROLES = (
    Role.COMPLAINT_HANDLER,
    Role.SERVICE_SUPERVISOR,
    Role.ACCOUNT_MANAGER,
    Role.MANAGEMENT,
    Role.ADMINISTRATOR,
)
"""Roles of the producer's own staff, the closest to a complaint first; they see every customer and site."""
