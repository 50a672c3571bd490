"""The trade's closed vocabularies of a contract year, and what each is called in the three languages."""

from enum import StrEnum

from chassis.languages import LANGUAGES, Language


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


class Party(StrEnum):
    """The two sides of a contract."""

    CUSTOMER = "customer"
    PRODUCER = "producer"


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


POINT_TITLES: dict[Point, tuple[str, str, str]] = {
    Point.RESPONSIBLE_PERSONS: ("vastuuhenkilöt", "ansvarspersoner", "responsible persons"),
    Point.ANNUAL_CLOCK: ("valmistelun vuosikello", "beredningens årsklocka", "annual clock of preparation"),
    Point.COMMUNICATION: (
        "viestinnän työnjako",
        "arbetsfördelning i kommunikationen",
        "division of communication work",
    ),
    Point.TENDERING: (
        "kilpailutusten valmistelun työnjako",
        "arbetsfördelning i beredningen av upphandlingar",
        "division of work in preparing tenders",
    ),
    Point.JOINT_DEVELOPMENT: ("yhteinen kehittäminen", "gemensam utveckling", "joint development"),
    Point.CHANGES: (
        "sopimuskauden muutosten käsittely",
        "hantering av ändringar under avtalsperioden",
        "handling of changes during the term",
    ),
}
_MISSING: dict[Missing, tuple[str, str, str]] = {
    Missing.LINES: (
        "palvelut ja hinnat kohteittain",
        "tjänster och priser per objekt",
        "services and prices by site",
    ),
    Missing.CUSTOMER_APPROVAL: ("asiakkaan hyväksyntä", "kundens godkännande", "the customer's approval"),
    Missing.PRODUCER_APPROVAL: (
        "palveluntuottajan hyväksyntä",
        "serviceproducentens godkännande",
        "the producer's approval",
    ),
}
_PREFIX: dict[Language, str] = {"fi": "puuttuu", "sv": "saknas", "en": "missing"}


def point_title(point: Point, language: Language) -> str:
    """Return the point's name as a heading."""
    title = POINT_TITLES[point][LANGUAGES.index(language)]
    return title[0].upper() + title[1:]


def blocker_text(code: Point | Missing, language: Language) -> str:
    """Return what is missing, e.g. "puuttuu: viestinnän työnjako"."""
    words = POINT_TITLES[code] if isinstance(code, Point) else _MISSING[code]
    return f"{_PREFIX[language]}: {words[LANGUAGES.index(language)]}"
