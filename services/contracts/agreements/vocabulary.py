"""The trade's closed vocabularies of a contract year."""

from enum import StrEnum


class State(StrEnum):
    """State of a contract year. ``in_force`` and ``ended`` follow from the date and are never stored."""

    DRAFT = "draft"
    IN_NEGOTIATION = "in_negotiation"
    IN_APPROVAL = "in_approval"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REJECTED = "rejected"
    TERMINATED = "terminated"


class Point(StrEnum):
    """The six things a contract must agree (source annex 2, §3)."""

    RESPONSIBLE_PERSONS = "responsible_persons"
    ANNUAL_CLOCK = "annual_clock"
    COMMUNICATION = "communication"
    TENDERING = "tendering"
    JOINT_DEVELOPMENT = "joint_development"
    CHANGES = "changes"


class Unit(StrEnum):
    """What a price is for."""

    MEAL = "meal"
    M2_MONTH = "m2_month"
    MONTH = "month"


class AnnexKind(StrEnum):
    """The annexes a contract may have; each contract has those it needs (need N12)."""

    BILLING = "billing"
    PRICE_LIST = "price_list"
    SERVICE_DESCRIPTION = "service_description"
    STANDARDS = "standards"
    OTHER = "other"


class Kind(StrEnum):
    """Kind of framework agreement."""

    PARTNERSHIP = "partnership"


class Missing(StrEnum):
    """What besides the six points keeps a contract year from being signed."""

    LINES = "lines"
    CUSTOMER_APPROVAL = "customer_approval"
    PRODUCER_APPROVAL = "producer_approval"
