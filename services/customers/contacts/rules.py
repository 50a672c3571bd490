"""Whom to contact about a topic, and why (need N10): a pure choice among the people named for a site."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.customers.vocabulary import Topic
from trade.vocabulary import Role, Service

ALTERNATIVES = 3
"""How many others are named at most."""
_PRODUCTION = (
    Role.PRODUCER_SUPERVISOR,
    Role.SERVICE_SUPERVISOR,
    Role.COMPLAINT_HANDLER,
    Role.ACCOUNT_MANAGER,
    Role.MANAGEMENT,
)
ORDER: Mapping[Topic, tuple[Role, ...]] = {
    Topic.MEALS: _PRODUCTION,
    Topic.CLEANING: _PRODUCTION,
    Topic.SPECIAL_DIET: _PRODUCTION,
    # Who may have to act within minutes is somebody of the work; management is no number for that.
    Topic.FOOD_SAFETY: _PRODUCTION[:-1],
    # The first is whoever has the case (`trade.answering`); these are the others who can help.
    Topic.COMPLAINT: (
        Role.COMPLAINT_HANDLER,
        Role.SERVICE_SUPERVISOR,
        Role.ACCOUNT_MANAGER,
        Role.MANAGEMENT,
    ),
    Topic.CONTRACT: (Role.CONTRACT_CONTACT, Role.ACCOUNT_MANAGER, Role.MANAGEMENT),
    Topic.BILLING: (Role.ACCOUNT_MANAGER, Role.CONTRACT_CONTACT, Role.MANAGEMENT),
    Topic.CHANGE: (
        Role.SERVICE_SUPERVISOR,
        Role.ACCOUNT_MANAGER,
        Role.CONTRACT_CONTACT,
        Role.MANAGEMENT,
    ),
    Topic.OTHER: (
        Role.SERVICE_SUPERVISOR,
        Role.ACCOUNT_MANAGER,
        Role.COMPLAINT_HANDLER,
        Role.MANAGEMENT,
    ),
}
"""Whom a topic goes to, the first first. Small changes are agreed on site (need N5), so they start there."""
_EATING = (Service.MEALS, Service.MULTISERVICE, Service.STAFF_MEALS, Service.COFFEE)
FAMILY: Mapping[Topic, tuple[Service, ...]] = {
    Topic.MEALS: _EATING,
    Topic.SPECIAL_DIET: _EATING,
    Topic.FOOD_SAFETY: _EATING,
    Topic.CLEANING: (Service.CLEANING, Service.MULTISERVICE),
}
"""The services a topic is about, the likeliest first; other topics are about any."""
_REASONS = {
    Role.PRODUCER_SUPERVISOR: "produces_here",
    Role.SERVICE_SUPERVISOR: "supervises_here",
    Role.COMPLAINT_HANDLER: "handles_complaints",
    Role.ACCOUNT_MANAGER: "answers_for_customer",
    Role.CONTRACT_CONTACT: "decides_for_customer",
    Role.MANAGEMENT: "last_resort",
    Role.ADMINISTRATOR: "last_resort",
}


@dataclass(frozen=True)
class Reachable:
    """A person and how to reach the person."""

    person_id: UUID
    name: str
    title: str
    phone: str
    email: str
    away_until: date | None = None
    """Last day of the present absence; None when the person is there."""


@dataclass(frozen=True)
class Candidate:
    """Somebody named for the site, by one assignment."""

    person: Reachable
    role: Role
    nearness: int
    """3 named for the site, 2 for its customer, 1 for the department, 0 for all."""
    service: Service | None = None
    topics: frozenset[Topic] = frozenset()
    producer_id: UUID | None = None
    stand_in: Reachable | None = None


@dataclass(frozen=True)
class Production:
    """Who produces a service at the site."""

    service: Service
    producer_id: UUID
    producer_name: str
    own: bool


@dataclass(frozen=True)
class Reason:
    """Why somebody is the one to contact: codes whose words are in `texts`, and values for them."""

    codes: tuple[str, ...]
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One person to contact, with the reason."""

    person: Reachable
    reason: Reason
    stand_in: Reachable | None = None
    """Who stands in when the person does not answer; None when the person is the stand-in already."""
    instead_of: Reachable | None = None
    """Who is away, when the person stands in."""
    away: bool = False
    """Whether the one named for the topic is away today."""


def whom(
    topic: Topic,
    candidates: Collection[Candidate],
    productions: Sequence[Production],
    *,
    decides: bool = False,
    reader: UUID | None = None,
    answering: Sequence[Candidate] = (),
) -> list[Choice]:
    """Return whom to contact about the topic, the best first; empty when nobody is named.

    A person who is away is replaced by the stand-in; without one the next candidate comes first. ``decides``
    is set when a contract contact asks: such a person is sent to the other party, not to colleagues. Nobody
    is sent to themselves: a ``reader`` who is the one named is told so, and shown the own stand-in. Those
    ``answering`` come before all others.
    """
    production = production_of(topic, productions)
    order = list(ORDER[topic])
    if decides and Role.CONTRACT_CONTACT in order:
        order.remove(Role.CONTRACT_CONTACT)
        order.insert(len(order) - 1, Role.CONTRACT_CONTACT)
    fitting = [each for each in candidates if _fits(each, topic, order, production)]
    fitting.sort(key=lambda each: _rank(each, topic, order, production))
    first, others = (
        [choice for each in some if (choice := _choice_for(reader, each, topic, production)) is not None]
        for some in (answering, fitting)
    )
    others.sort(key=lambda each: each.person.away_until is not None)
    once: dict[UUID, Choice] = {}
    for each in (*first, *others):
        once.setdefault(each.person.person_id, each)
    return list(once.values())[: ALTERNATIVES + 1]


def production_of(topic: Topic, productions: Sequence[Production]) -> Production | None:
    """Return the production at the site that the topic is about, if it is about one."""
    by_service = {each.service: each for each in productions}
    return next((by_service[each] for each in FAMILY.get(topic, ()) if each in by_service), None)


def _fits(each: Candidate, topic: Topic, order: Sequence[Role], production: Production | None) -> bool:
    if each.role not in order and topic not in each.topics:
        return False
    if each.topics and topic not in each.topics:
        return False
    if each.service is not None and topic in FAMILY and each.service not in FAMILY[topic]:
        return False
    if each.role is Role.PRODUCER_SUPERVISOR:
        return production is not None and not production.own and each.producer_id == production.producer_id
    return True


def _rank(
    each: Candidate, topic: Topic, order: Sequence[Role], production: Production | None
) -> tuple[bool, int, int, bool, str]:
    place = order.index(each.role) if each.role in order else len(order)
    exact = production is not None and each.service is production.service
    return (topic not in each.topics, place, -each.nearness, not exact, each.person.name)


def _choice_for(
    reader: UUID | None, each: Candidate, topic: Topic, production: Production | None
) -> Choice | None:
    """Return the choice that a candidate is for a reader; for the reader self the present stand-in."""
    if each.person.person_id != reader:
        return _choice(each, topic, production)
    if each.stand_in is None or each.stand_in.away_until is not None:
        return None
    return Choice(each.stand_in, Reason(("you_yourself",)))


def _choice(each: Candidate, topic: Topic, production: Production | None) -> Choice:
    code = _REASONS.get(each.role, "named_for_topic")
    if topic in each.topics:
        code = "named_for_topic"
    elif each.role is Role.SERVICE_SUPERVISOR and production is not None and not production.own:
        code = "duty_of_care"
    params: dict[str, object] = {"producer": production.producer_name if production else ""}
    stand_in = each.stand_in if each.stand_in is not None and each.stand_in.away_until is None else None
    until = each.person.away_until
    if until is None:
        return Choice(each.person, Reason((code,), params), stand_in)
    params |= {"absent": each.person.name, "until": until}
    if stand_in is None:
        return Choice(each.person, Reason(("away_alone", code), params), away=True)
    return Choice(stand_in, Reason(("stands_in", code), params), instead_of=each.person, away=True)
